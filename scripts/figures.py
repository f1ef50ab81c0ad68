"""Draw contact sheets of all figures into ``docs/figures/``: ``python scripts/figures.py [FOLDER]``.

Each exercise has its start, its middle and its end, with an arrow along the way. Needs Chromium.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby
from pathlib import Path
from typing import Final, NamedTuple

from PIL import Image

from voicecoach.figure import svg
from voicecoach.figure.check import faults
from voicecoach.figure.drawing import Drawing
from voicecoach.figure.motion import Motion, figures_of
from voicecoach.figure.rig import Posed
from voicecoach.figure.stances import STARTS
from voicecoach.paths import shipped
from voicecoach.routine.figure import Figure
from voicecoach.routine.files.library import Library
from voicecoach.routine.model import Exercise

FOLDER: Final = Path(__file__).parents[1] / "docs" / "figures"
MOST: Final = 18
"""Figures on a sheet: more could not be read at the width of a page."""
WIDTH: Final = 1240
"""Pixels of a sheet."""
UPRIGHT: Final = (3, 226)
LYING: Final = (2, 142)
"""Figures in a row, and pixels of its height, by whether a body is taller or longer."""
COLOURS: Final = 48
"""Colours of a sheet; the edges of lines take most of them."""


class Pictured(NamedTuple):
    """One figure on a sheet."""

    name: str
    figure: Figure
    exercise: Exercise | None = None
    """None for a stance."""

    @property
    def motion(self) -> Motion:
        """The figure with the phases of its exercise."""
        if self.exercise is None:
            return Motion(self.figure)
        return Motion(self.figure, self.exercise.rep, self.exercise.cadence)


class Sheet(NamedTuple):
    """Figures that begin in the same position."""

    title: str
    figures: tuple[Pictured, ...]

    @property
    def layout(self) -> tuple[int, int]:
        """The figures in a row, and its height."""
        sizes = [Drawing(each.motion).extent for each in self.figures]
        return UPRIGHT if sum(size.height > size.width for size in sizes) > len(sizes) / 3 else LYING

    @property
    def file(self) -> str:
        """The name of its picture."""
        return f"{self.title.lower().replace(' ', '-')}.png"


def sheets(library: Library) -> list[Sheet]:
    """Return all figures of the library by position, and the stances that figures start from."""
    exercises = [library.exercise(name) for name in library.exercises()]
    every = [each for exercise in exercises for each in _figures(exercise)]
    order = [start.value for start, _ in STARTS]
    every.sort(key=lambda each: (order.index(each.figure.stance), each.name))
    made = []
    for stance, same in groupby(every, key=lambda each: each.figure.stance):
        figures = tuple(same)
        count = -(-len(figures) // MOST)
        size = -(-len(figures) // count)
        for number in range(count):
            title = stance.replace("_", " ").capitalize() + (f" {number + 1}" if count > 1 else "")
            made.append(Sheet(title, figures[number * size : (number + 1) * size]))
    return [*made, Sheet("Stances", tuple(_stances()))]


def _figures(exercise: Exercise) -> Iterator[Pictured]:
    """Yield the figure of an exercise, and those of its variations that move in another way."""
    if exercise.figure:
        yield Pictured(exercise.id, exercise.figure, exercise)
    for place, figure in figures_of(exercise):
        if place[0] != "figure":
            key, number, _ = place
            variation = getattr(exercise, str(key))[number]
            name = f"{exercise.id}, {key}: {variation.text}"
            yield Pictured(name, figure, exercise)


def _stances() -> Iterator[Pictured]:
    for stance, view in STARTS:
        yield Pictured(f"{stance} ({view})", Figure(stance=stance, view=view))


def moments(motion: Motion) -> Iterator[tuple[Posed, bool]]:
    """Yield the start, the middle and the end of a movement; the end has an arrow."""
    yield motion.position, False
    ends = [stop.through[-1] for stop in motion.stops]
    if motion.farthest in ends:
        yield motion.at(ends.index(motion.farthest), 0.5, first=True), False
        yield motion.farthest, True


def page(sheet: Sheet) -> str:
    """Return a sheet as HTML."""
    columns, tall = sheet.layout
    return (
        "<meta charset=utf-8><style>"
        "body{margin:0;padding:8px;background:#fff;font:600 15px/20px 'DejaVu Sans',sans-serif}"
        f"main{{display:grid;grid-template-columns:repeat({columns},1fr)}}"
        f"figure{{margin:0;min-width:0;padding:6px;height:{tall}px;box-sizing:border-box}}"
        "figure{border-top:1px solid #d5dae0}"
        "figcaption{overflow:hidden;white-space:nowrap;text-overflow:ellipsis}"
        f"div{{display:flex;gap:8px;height:{tall - 38}px}}"
        "svg{flex:1;min-width:0;height:100%}"
        f"</style><main>{''.join(map(_cell, sheet.figures))}</main>"
    )


def _cell(pictured: Pictured) -> str:
    drawing = Drawing(pictured.motion)
    pictures = "".join(svg.still(drawing, posed, path=path) for posed, path in moments(drawing.motion))
    return f"<figure><figcaption>{escape(pictured.name)}</figcaption><div>{pictures}</div></figure>"


def draw(sheet: Sheet, to: Path) -> None:
    """Write what a sheet looks like, with a palette: that takes a third of the room."""
    browser = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if browser is None:
        raise SystemExit("Chromium is needed to draw the sheets.")
    columns, row = sheet.layout
    tall = -(-len(sheet.figures) // columns) * row + 16
    with tempfile.TemporaryDirectory() as folder:
        source, seen = Path(folder) / "sheet.html", Path(folder) / "sheet.png"
        source.write_text(page(sheet), encoding="utf-8")
        how = ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"]
        how += [f"--window-size={WIDTH},{tall}", f"--screenshot={seen}", source.as_uri()]
        subprocess.run([browser, *how], check=True, capture_output=True)  # noqa: S603 - found by name above
        with Image.open(seen) as picture:
            picture.convert("RGB").quantize(COLOURS).save(to, optimize=True)


def index(made: Sequence[Sheet]) -> str:
    """Return the page that shows all sheets, and what the checker says of each figure."""
    figures = [each for sheet in made[:-1] for each in sheet.figures]
    text = (
        "# Figures\n\nEvery figure of the library, written by `python scripts/figures.py`: its start, its"
        " middle, and its end with an\narrow along the way of what goes farthest.\n"
    )
    for sheet in made:
        text += f"\n## {sheet.title}\n\n![{sheet.title}: {len(sheet.figures)} figures]({sheet.file})\n"
    rows = [_checked(each) for each in figures]
    wrong, largest = sum(row.faults for row in rows), max(row.size for row in rows)
    text += (
        f"\n## What `voicecoach check` finds\n\n{len(rows)} figures, {wrong} faults; the largest picture that"
        f" moves has {largest / 1000:.1f} kB.\n\n| figure | seen from | phases | faults | kB |\n"
        "|---|---|---|---|---|\n"
    )
    return text + "".join(
        f"| {row.name} | {row.view} | {row.phases} | {row.faults} | {row.size / 1000:.1f} |\n" for row in rows
    )


class Checked(NamedTuple):
    """What is found of a figure."""

    name: str
    view: str
    phases: str
    faults: int
    size: int
    """Bytes of the picture that moves."""


def _checked(pictured: Pictured) -> Checked:
    motion = pictured.motion
    phases = ", ".join(stop.phase for stop in motion.stops)
    size = len(svg.moving(Drawing(motion)).encode())
    return Checked(pictured.name, pictured.figure.view, phases or "none", len(faults(motion)), size)


def main(folder: Path = FOLDER) -> None:
    """Write the sheets and their index, and say how large they are."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.png"):
        old.unlink()
    made = sheets(Library((shipped("routines"),)))
    for sheet in made:
        path = folder / sheet.file
        draw(sheet, path)
        print(f"{path}: {len(sheet.figures)} figures, {path.stat().st_size / 1000:.0f} kB")
    (folder / "README.md").write_text(index(made), encoding="utf-8")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
