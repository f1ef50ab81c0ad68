"""``voicecoach help``: the help of a command, or a page of the docs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

import typer

from voicecoach import names
from voicecoach.cli import main, manual, page, table


def _offered(incomplete: str) -> list[tuple[str, str]]:
    """Offer the commands and the pages."""
    known = {each.name: each.help for each in main.COMMANDS}
    known |= {each.name: each.title for each in manual.topics() if each.name not in known}
    return [(name, about) for name, about in known.items() if name.startswith(incomplete)]


def help_(
    context: typer.Context,
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[COMMAND or TOPIC]...",
            help="A command, such as 'play' or 'plan dose', or one of the pages listed without one.",
            autocompletion=_offered,
        ),
    ] = None,
) -> None:
    """Explain a command, or show a page to read; without one, list both."""
    root, pages = context.find_root(), manual.topics()
    if not words:
        _list(root.get_help(), pages)
        return
    typed = " ".join(words)
    topics = {each: each.names for each in pages}
    commands = {each.name: (each.name,) for each in main.COMMANDS}
    shown = names.equal(typed, topics)
    called = names.equal(words[0], commands)
    if not called and not shown:
        known = {**{each.name: each.names for each in pages}, **commands}
        first = words[0] if len(words) > 1 and names.candidates(words[0], commands) else typed
        found = names.meant("command or page", first, known, hint="'voicecoach help' lists them.")
        called, shown = [found] if found in commands else [], [each for each in pages if each.name == found]
    if called:
        page.put(_help_of(root, called[0], *words[1:]) + ("\n" if shown else ""))
    for each in shown:
        each.show()


def _list(commands: str, pages: Sequence[manual.Topic]) -> None:
    """Print the help of all ``commands``, and the pages."""
    page.put(commands)
    page.show("\nPages:")
    table.show([(each.name, each.title) for each in pages], indent=2)
    page.show(f"\nMore, for example: voicecoach help play, voicecoach help {pages[-1].name}")


def _help_of(context: Any, *words: str) -> str:  # noqa: ANN401 - of click, or of the copy that newer typers bring
    """Return the help of a command, by the words that call it. Raises UnknownName."""
    for word in words:
        group = context.command
        known = {each: (each,) for each in getattr(group, "commands", {})}
        _, command, _ = group.resolve_command(context, [names.meant("command", word, known)])
        context = command.make_context(command.name, [], parent=context, resilient_parsing=True)
    found: str = context.get_help()
    return found
