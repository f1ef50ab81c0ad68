"""``voicecoach new``: writes the first text of a routine, from questions, a file or an example."""

from __future__ import annotations

import contextlib
import re
import shlex
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated, TypeVar

import typer

from voicecoach import paths
from voicecoach.app import prepare
from voicecoach.cli import page, table, vocabulary
from voicecoach.cli.editor import open_in_editor
from voicecoach.errors import FileError, OwnFileError, RoutineError, UnknownName, UsageError
from voicecoach.routine.files import import_file, outline, starter, values
from voicecoach.routine.files.described import NamedExercises
from voicecoach.routine.files.library import Library, is_name, read_file
from voicecoach.routine.files.located_yaml import Mistakes
from voicecoach.routine.files.outline import Outline
from voicecoach.routine.files.routine import read_routine
from voicecoach.routine.files.values import MAX_STEPS
from voicecoach.routine.model import Do, Exercise, Step
from voicecoach.routine.place import ENDINGS, composed
from voicecoach.safefiles import make_folder, private
from voicecoach.units import format_count

T = TypeVar("T")

DEVICE = re.compile(r"con|prn|aux|nul|(?:com|lpt)[0-9¹²³]", re.IGNORECASE)
"""Names that Windows takes for devices, whatever ending follows; people share their routines."""

STYLES = {
    "1": "each at the dose to begin with",
    "2": "each at the dose to work up to",
    "3": "all of them twice round, at the dose to begin with",
}


def new(
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="NAME",
            help="What you want to call it, such as my-back. May be left out for a leaflet, table or workout"
            " that has a title.",
            show_default=False,
        ),
    ] = None,
    *,
    source: Annotated[
        str | None,
        typer.Option(
            "--from",
            metavar="FILE",
            help="Start from a routine, a leaflet as plain text, a table (CSV), or a workout of Just Another"
            " Workout Timer (JSON), instead of questions.",
            parser=vocabulary.routine_or_file,
            autocompletion=vocabulary.routines_and_files,
        ),
    ] = None,
    edit: Annotated[bool, typer.Option("--edit", help="Then open it in an editor.")] = False,
) -> None:
    """Start a routine of your own.

    A few questions, and you have a file whose comments explain what a step can be.
    """
    library = prepare.library()
    foreign = source is not None and vocabulary.is_foreign(source)
    origin = Path(source).expanduser() if source is not None and foreign else source
    if isinstance(origin, Path) and (found := _read(origin, library)) is not None:
        path = _import(library, name, origin, found)
    elif name is not None:
        path = start(library, name, origin)
    else:
        raise UsageError(_say_a_name(origin))
    if edit:
        open_in_editor(path)


def start(library: Library, ident: str, source: str | Path | None) -> Path:
    """Write the routine ``ident`` into the user's folder and say how to go on; the file.

    It is copied from the routine ``source``, or asked for in a terminal, or else a short example.
    Raises UsageError, RoutineError or FileError; a file that is there already is never written to.
    """
    ident = composed(ident)
    path = _free_path(ident)
    if source is not None:
        text = _copied(library, ident, source, path)
    elif page.at_terminal():
        text = starter.write(_asked(library, ident))
    else:
        exercises = [library.exercise(name) for name in starter.FIRST_STEPS]
        text = starter.write(starter.NewRoutine(ident=ident, name=starter.title(ident), exercises=exercises))
    read_routine(text.encode(), path, ident, library)
    _keep(library, ident, path, text)
    return path


def _read(source: Path, library: Library) -> Outline | None:
    """Return what another program's file or a leaflet describes; None for a routine.

    Raises RoutineError or FileError for a file in which no exercise can be found.
    """
    text = import_file.text_of(source)
    return (
        None if import_file.is_routine(text) else import_file.outline(text, source, NamedExercises(library))
    )


def _import(library: Library, ident: str | None, source: Path, found: Outline) -> Path:
    """Write the routine that the file ``source`` describes, and say what is lost of it; the new file."""
    ident = composed(ident) if ident else outline.ident(found)
    if not ident:
        raise UsageError(f"{source} has no title. {_say_a_name(source)}")
    path = _free_path(ident)
    steps = outline.read(found, source, ident, library).steps
    text = outline.write(found, ident)
    read_routine(text.encode(), path, ident, library)
    _keep(library, ident, path, text)
    page.show(_count(steps, found))
    return path


def _say_a_name(source: str | Path | None) -> str:
    said = f" --from {shlex.quote(str(source))}" if source is not None else ""
    return f"Say what to call it, such as: voicecoach new my-back{said}"


def _count(steps: Sequence[Step], found: Outline) -> str:
    """Say how much came over, and how much did not."""
    exercises = len({step.exercise.key for step in steps if isinstance(step, Do)})
    losses = len(found.all_losses())
    came = f"Carried over: {format_count(exercises, 'exercise')}."
    if not losses:
        return f"{came} Nothing was lost."
    return f"{came} {outline.LOST}: {format_count(losses, 'thing')}; the file names each in its place."


def _keep(library: Library, ident: str, path: Path, text: str) -> None:
    """Write the routine and say how to go on."""
    shadowed = ident in library.routines()
    _create(path, text)
    page.show(f"Your routine is {path}")
    if shadowed:
        page.show(
            f"It takes the place of the '{ident}' that came with the program; delete it to have that back."
        )
    page.show(f"Change it in an editor. Mistakes and advice: voicecoach check {ident}")
    page.show(f"When you are ready: voicecoach play {ident}")


def _free_path(ident: str) -> Path:
    if not is_name(ident):
        raise UsageError(
            f"'{ident}' cannot be the name of a routine. Use letters, digits, '-' and '_', as in my-back."
        )
    if DEVICE.fullmatch(ident):
        raise UsageError(f"Windows keeps the name '{ident}' for itself. Choose another, such as my-{ident}.")
    folder = paths.user_routines()
    for ending in ENDINGS:
        if (path := folder / f"{ident}{ending}").exists():
            raise _taken(path)
    return folder / f"{ident}{ENDINGS[0]}"


def _taken(path: Path) -> FileError:
    return FileError(f"You have a routine of that name: {path}. Choose another name, or edit that one.")


def _copied(library: Library, ident: str, source: str | Path, path: Path) -> str:
    original = library.load(source)
    plan = starter.NewRoutine(ident=ident, name=starter.title(ident))
    text = read_file(original.path).decode("utf-8-sig")
    try:
        return starter.copy(text, original, plan, path, library)
    except RoutineError as error:
        beside, folder = original.path.parent / "exercises", path.parent / "exercises"
        raise UsageError(f"{error}\nCopy the exercises in {beside} to {folder} first.") from error


def _create(path: Path, text: str) -> None:
    try:
        make_folder(path.parent)
    except OSError as error:
        raise OwnFileError(
            f"The folder {path.parent} cannot be made: {error.strerror}. Set VOICECOACH_HOME to another"
            " folder."
        ) from error
    try:
        file = open(path, "x", encoding="utf-8", newline="\n", opener=private)  # noqa: SIM115 - closed below
    except FileExistsError:
        raise _taken(path) from None
    except OSError as error:
        raise _unwritten(path, error) from error
    try:
        with file:
            file.write(text)
    except BaseException as error:
        with contextlib.suppress(OSError):
            path.unlink()  # half a file would replace a shipped routine
        if isinstance(error, OSError):
            raise _unwritten(path, error) from error
        raise


def _unwritten(path: Path, error: OSError) -> OwnFileError:
    return OwnFileError(f"{path} cannot be written: {error.strerror}. Nothing was kept.")


def _asked(library: Library, ident: str) -> starter.NewRoutine:
    """The answers to all questions; leaving early (Ctrl-C, Ctrl-D) has written nothing."""
    name = page.ask("Its name, as it is shown and spoken", _checked(values.name), starter.title(ident))
    about = page.ask(
        "What it is for, in a sentence (or just Enter)", _checked(values.plain_text, empty=True), ""
    )
    listed = _list(library)
    exercises = page.ask(
        "Which of them, in which order? Numbers, or names with commas",
        lambda answer: _chosen(library, listed, answer),
        " ".join(starter.FIRST_STEPS),
    )
    page.show()
    table.show([(f"{number:>4}", style) for number, style in STYLES.items()])
    style = page.ask("How", _style, "1")
    return starter.NewRoutine(
        ident=ident,
        name=name,
        about=about,
        exercises=exercises,
        rounds=2 if style == "3" else 1,
        goal=style == "2",
    )


def _checked(parse: Callable[[str], str], *, empty: bool = False) -> Callable[[str], str]:
    """The parser of a file's key for an answer; with ``empty`` it may be left out."""

    def read(answer: str) -> str:
        if empty and not answer.strip():
            return ""
        try:
            return parse(answer)
        except Mistakes as error:
            mistake = error.mistakes[0]
            raise typer.BadParameter(f"{mistake.wrong}; {mistake.expected}") from None

    return read


def _list(library: Library) -> list[str]:
    """Print the library with numbers, by kind; the ids in that order."""
    entries = [entry for entry in library.browse() if entry.kind is not None]
    kind = None
    for number, entry in enumerate(entries, start=1):
        if entry.kind is not kind:
            kind = entry.kind
            page.show(f"\n{kind}")
        table.show([(f"{number:>4}", f"{entry.id:<26}", entry.name)])
    page.show()
    return [entry.id for entry in entries]


def _chosen(library: Library, listed: list[str], answer: str) -> list[Exercise]:
    words = [
        word for word in re.split(r"[,;]" if re.search("[,;]", answer) else r"\s+", answer) if word.strip()
    ]
    if not 1 <= len(words) <= MAX_STEPS // 2:
        raise typer.BadParameter(f"one exercise or more, at most {MAX_STEPS // 2}")
    return [library.exercise(_choice(library, listed, word.strip())) for word in words]


def _choice(library: Library, listed: list[str], word: str) -> str:
    if re.fullmatch(r"\d{1,6}", word, re.ASCII):
        number = int(word)
        if 1 <= number <= len(listed):
            return listed[number - 1]
        raise typer.BadParameter(f"there is no number {number}; the last one is {len(listed)}")
    try:
        return library.exercise_meant(word)
    except UnknownName as error:
        raise typer.BadParameter(str(error)) from None


def _style(answer: str) -> str:
    if answer.strip() not in STYLES:
        raise typer.BadParameter(f"one of {', '.join(STYLES)}")
    return answer.strip()
