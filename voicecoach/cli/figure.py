"""``voicecoach figure``: how an exercise moves, in a terminal or as a picture in a file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Final

import typer

from voicecoach.app import prepare
from voicecoach.cli import page, places, vocabulary
from voicecoach.errors import FileError, UsageError
from voicecoach.figure import svg
from voicecoach.figure.drawing import Drawing
from voicecoach.figure.motion import motion_of
from voicecoach.paragraph import cells
from voicecoach.routine.model import OTHER_SIDE, Exercise, Sides
from voicecoach.safefiles import hand_over
from voicecoach.settings import file

_ENDING: Final = ".svg"


def figure(
    exercise: Annotated[
        str,
        typer.Argument(
            metavar="EXERCISE",
            help="An exercise's name, as 'voicecoach exercises' or the screen shows it.",
            parser=vocabulary.exercise,
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
    found = prepare.library(file.load().language).exercise(exercise)
    motion = motion_of(found)
    if motion is None:
        raise UsageError(f"'{found.name}' has no figure. How to draw one: voicecoach help figure-format")
    is_sided = side is not None or found.sides is not Sides.BOTH
    if side is not None:
        found = replace(found, order=(side, OTHER_SIDE[side]))
    flipped = is_sided and motion.is_mirrored(found.side_order[0])
    if out is None:
        _show(found)
    else:
        _write(found, Drawing(motion), out, flipped=flipped)


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


def _show(exercise: Exercise) -> None:
    """Print what it shows in words."""
    page.show(f"{exercise.name}\n{'=' * cells(exercise.name)}")
    for text in _in_words(exercise):
        page.show(text)


def _in_words(exercise: Exercise) -> Iterator[str]:
    """Yield the position and the movement, for the side that works."""
    side = exercise.side_order[0]
    for text in (" ".join(exercise.position), exercise.movement):
        if text:
            yield text.replace("{side}", side).replace("{other}", OTHER_SIDE[side])
