"""``voicecoach config``: shows, explains and changes the settings for all sessions."""

from __future__ import annotations

from typing import Annotated

import typer

from voicecoach.cli import page, table, vocabulary
from voicecoach.cli.editor import open_in_editor
from voicecoach.errors import FileError
from voicecoach.settings import file
from voicecoach.settings.table import SETTINGS
from voicecoach.training.limits import ABOUT, LIMITS

Key = Annotated[
    str,
    typer.Argument(
        metavar="KEY",
        help="A setting's name, such as voice-volume.",
        autocompletion=vocabulary.settings,
    ),
]

app = typer.Typer(name="config", add_completion=False, rich_markup_mode=None)


@app.callback(invoke_without_command=True)
def config(context: typer.Context) -> None:
    """Show the settings and what they mean, or change them.

    They are kept in one file, which you may also edit yourself. An option of a command overrides them.
    """
    if context.invoked_subcommand is None:
        show()


@app.command()
def rules() -> None:
    """Show the figures of the rules by which doses rise and fall, with their sources."""
    page.show(ABOUT)
    for limit in LIMITS:
        whose = f"Source: {limit.source}." if limit.source else "Our own choice, untested."
        page.show(f"\n{limit.name} = {limit.figure}")
        page.show(f"{limit.about} {whose}", indent=4)
    if remark := file.read().remark:
        page.show(f"\n{remark}")


def show() -> None:
    """Print all settings, and what is wrong with the file.

    Raises FileError when something is.
    """
    found, path = file.read(), file.file()
    page.show(f"Kept in {path}" if path.exists() else f"Nothing is set yet; it would be kept in {path}")
    for key, setting in SETTINGS.items():
        value = setting.shown(found.value(setting)) or "''"
        default = setting.shown(setting.default) or "''"
        whose = f"yours; the default is {default}" if key in found.yours else "the default"
        page.show()
        table.show([(f"{f'{key} = {value}':<28}", whose)])
        expected = setting.sort.expected
        page.show(f"{setting.about} {expected[0].upper()}{expected[1:]}.", indent=4)
    page.show("\nTo change one, as an example: voicecoach config set rate 140")
    page.show("The figures by which doses rise and fall: voicecoach config rules")
    if found.remark:
        page.show(found.remark)
    if found.problems:
        raise FileError(file.complaint(found))


@app.command()
def get(key: Key) -> None:
    """Print the value of one setting."""
    wanted = file.setting(key)
    page.put(wanted.shown(file.checked().value(wanted)))


@app.command("set", context_settings={"ignore_unknown_options": True})  # a value may begin with a minus
def set_value(
    key: Key,
    value: Annotated[
        str, typer.Argument(metavar="VALUE", help="Its new value.", autocompletion=vocabulary.values)
    ],
) -> None:
    """Change one setting; comments in the file stay."""
    file.change(key, value)
    get(key)


@app.command()
def unset(key: Key) -> None:
    """Give one setting its default again."""
    file.reset(key)
    get(key)


@app.command()
def edit() -> None:
    """Open the file in your editor, or in one that is there; at first everything in it is a comment."""
    file.create()
    if open_in_editor(file.file()):
        file.load()
        page.show(f"{file.file()}: good")
    else:
        page.show(f"{file.file()} is open. What is wrong in it, if anything: voicecoach config")


@app.command()
def path() -> None:
    """Print where the file is; it may not exist yet."""
    page.put(str(file.file()))
