"""``voicecoach figure``: how an exercise moves, in a terminal or as a picture in a file."""

from __future__ import annotations

import operator
import os
import sys
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from itertools import dropwhile
from pathlib import Path
from typing import Annotated, Final

import typer

from voicecoach import cli, letters
from voicecoach.app import prepare
from voicecoach.cli import page, places, vocabulary
from voicecoach.display.scene import FigureShown
from voicecoach.errors import FileError, UsageError
from voicecoach.figure import svg
from voicecoach.figure.cells import CellPicture
from voicecoach.figure.drawing import Drawing
from voicecoach.figure.motion import is_seen_mirrored, motion_of
from voicecoach.language import phrases
from voicecoach.paragraph import columns
from voicecoach.routine.files.library import Library
from voicecoach.routine.model import OTHER_SIDE, Exercise
from voicecoach.routine.paper import Pictures, no_pictures, title_as_text
from voicecoach.routine.place import is_path
from voicecoach.safefiles import hand_over
from voicecoach.settings import file
from voicecoach.settings.table import SessionSettings, Theme, View

_ENDING: Final = ".svg"
_WIDEST: Final = 80
TALLEST: Final = 16
"""Columns and rows of a picture that is printed."""
_LOW: Final = 8
"""Rows of a picture within a sheet. [own choice]"""
_BETWEEN: Final = "    "
"""What parts two pictures side by side."""


def figure(
    exercise: Annotated[
        str,
        typer.Argument(
            metavar="EXERCISE",
            help="An exercise's name, as 'voicecoach exercises' or the screen shows it, or a file.",
            parser=vocabulary.exercise_or_file,
            autocompletion=vocabulary.exercises,
        ),
    ],
    *,
    out: Annotated[
        Path | None,
        typer.Option("-o", "--out", metavar="FILE.svg", help="A picture that moves, to open in a browser."),
    ] = None,
    side: Annotated[
        str | None,
        typer.Option(
            "--side",
            metavar="SIDE",
            help="The side that works, or from which it is seen: left or right.",
            parser=vocabulary.side,
            autocompletion=vocabulary.offering(OTHER_SIDE),
        ),
    ] = None,
) -> None:
    """Show how an exercise moves, or write that to a file."""
    settings = file.load()
    found = _found(prepare.library(settings.language), exercise)
    motion = motion_of(found)
    if motion is None:
        raise UsageError(f"'{found.name}' has no figure. How to draw one: voicecoach help figure-format")
    if side is not None:
        found = replace(found, order=(side, OTHER_SIDE[side]))
    flipped = is_seen_mirrored(found, motion) if side is None else motion.is_mirrored(side)
    if out is not None:
        _write(found, Drawing(motion), out, flipped=flipped)
    elif settings.figure is FigureShown.ON and settings.view is not View.PLAIN and _has_screen():
        _move(found, Drawing(motion), settings.theme, flipped=flipped)
    else:
        _print(found, Drawing(motion), flipped=flipped, pictured=settings.view is not View.PLAIN)


def _found(library: Library, name: str) -> Exercise:
    """Return the exercise with that name, or in that file."""
    if not is_path(name):
        return library.exercise(name)
    found = library.read(places.at_home(Path(name)))
    if not isinstance(found, Exercise):
        raise UsageError(f"'{name}' is no exercise. The pictures of a routine: voicecoach sheet ROUTINE")
    return found


def _has_screen() -> bool:
    return page.at_terminal() and page.moves_cursor()


def _write(exercise: Exercise, drawing: Drawing, out: Path, *, flipped: bool) -> None:
    """Write the picture that moves, and say where it is."""
    if out.suffix.lower() != _ENDING:
        raise UsageError(f"'{out}' is not the name of an SVG picture. End it in {_ENDING}.")
    about = " ".join(_in_words(exercise))
    made = svg.moving(drawing, flipped=flipped, title=exercise.name, about=about)
    try:
        hand_over(places.at_home(out), made.encode())
    except OSError as error:
        raise FileError(f"{out} cannot be written: {error.strerror}. Name another file or folder.") from error
    page.show(f"The figure is in {out}: open it in a browser.")


def _move(exercise: Exercise, drawing: Drawing, theme: Theme, *, flipped: bool) -> None:
    """Show it on a screen of its own, until a key is pressed."""
    from voicecoach.display.figure_screen import FigureScreen  # noqa: PLC0415 - Textual loads with it

    words = "\n".join(_in_words(exercise))
    FigureScreen(
        drawing, cli.clock.now, title=exercise.name, words=words, flipped=flipped, theme=theme
    ).show_in_terminal()


def _print(exercise: Exercise, drawing: Drawing, *, flipped: bool, pictured: bool) -> None:
    """Print where it goes as a picture that stands still, unless it is read aloud, and in words."""
    page.put(title_as_text(exercise.name, columns(sys.stdout)), nl=False)
    if pictured:
        page.put()
        room = min(columns(sys.stdout) or _WIDEST, _WIDEST)
        picture = CellPicture.fitted(drawing, room, TALLEST, flipped=flipped)
        for line in picture.lines(drawing.motion.farthest, path=True):
            page.put(line.translate(_signs()).rstrip())
        page.put()
    for text in _in_words(exercise):
        page.show(text)


def pictures(settings: SessionSettings, tallest: int = _LOW) -> Pictures:
    """Return the pictures of a sheet in a terminal by these settings, in the signs that the output has now.

    They have at most ``tallest`` rows: few, so that words are seen, too.
    """
    if settings.figure is FigureShown.OFF or settings.view is View.PLAIN:
        return no_pictures
    return partial(_start_and_end, tallest=tallest, signs=_signs())


def _start_and_end(exercise: Exercise, width: int, *, tallest: int, signs: Mapping[int, str]) -> list[str]:
    """Return the lines of a picture of where it begins and where it goes, for the side that comes first.

    There are none where it has no figure.
    """
    motion = motion_of(exercise)
    if motion is None:
        return []
    flipped = is_seen_mirrored(exercise, motion)
    room = (min(width, _WIDEST) - len(_BETWEEN)) // 2
    picture = CellPicture.fitted(Drawing(motion), room, tallest, flipped=flipped)
    both = zip(picture.lines(motion.position), picture.lines(motion.farthest, path=True), strict=True)
    lines = [f"{start}{_BETWEEN}{end}".translate(signs).rstrip() for start, end in both]
    return [*dropwhile(operator.not_, lines)]


def _signs() -> Mapping[int, str]:
    """Return what takes the place of the signs of a picture that the terminal lacks."""
    return letters.for_cells(letters.of_terminal(sys.stdout.encoding or "ascii", os.environ))


def _in_words(exercise: Exercise) -> Iterator[str]:
    """Yield the position and the movement, for the side that works."""
    say = phrases.load(file.load().language)
    for text in (" ".join(exercise.position), exercise.movement):
        if text:
            yield say.sided(text, exercise.side_order[0])
