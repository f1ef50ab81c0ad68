"""Draw contact sheets of all figures into ``docs/figures/``: ``python scripts/figures.py [FOLDER]``.

Each exercise has its start, its middle and its end, with an arrow along the way. Needs Chromium.
"""

from __future__ import annotations

import shutil
import struct
import subprocess
import sys
import tempfile
import zlib
from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np

from voicecoach.figure import svg
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
        to.write_bytes(with_palette(seen.read_bytes()))


def with_palette(png: bytes) -> bytes:
    """Return a PNG of red, green and blue, as browsers write it, in its most frequent colours."""
    wide, tall, _, kind = struct.unpack_from(">IIBB", png, 16)
    size = 4 if kind == 6 else 3
    data = zlib.decompress(b"".join(part for name, part in _chunks(png) if name == b"IDAT"))
    pixels = np.frombuffer(b"".join(_rows(data, wide * size, size)), np.uint8).reshape(-1, size)[:, :3]
    colours, which, count = np.unique(pixels, axis=0, return_inverse=True, return_counts=True)
    palette = colours[np.argsort(-count)[:COLOURS]]
    apart = colours[:, None].astype(np.int64) - palette[None].astype(np.int64)
    nearest = (apart**2).sum(axis=2).argmin(axis=1).astype(np.uint8)
    rows = nearest[which.reshape(tall, wide)]
    raw = np.hstack([np.zeros((tall, 1), np.uint8), rows]).tobytes()
    parts = (
        (b"IHDR", struct.pack(">IIBBBBB", wide, tall, 8, 3, 0, 0, 0)),
        (b"PLTE", palette.tobytes()),
        (b"IDAT", zlib.compress(raw, 9)),
        (b"IEND", b""),
    )
    return png[:8] + b"".join(
        struct.pack(">I", len(part)) + name + part + struct.pack(">I", zlib.crc32(name + part))
        for name, part in parts
    )


def _chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 8
    while at < len(png):
        (length,) = struct.unpack_from(">I", png, at)
        yield png[at + 4 : at + 8], png[at + 8 : at + 8 + length]
        at += length + 12


def _rows(data: bytes, length: int, size: int) -> Iterator[bytes]:
    """Yield the rows of a picture without their filters (Portable Network Graphics 1.2, section 6)."""
    above = bytes(length)
    for start in range(0, len(data), length + 1):
        how, row = data[start], bytearray(data[start + 1 : start + 1 + length])
        for at in range(length) if how else ():
            left, up = row[at - size] if at >= size else 0, above[at]
            corner = above[at - size] if at >= size else 0
            guess = (0, left, up, (left + up) // 2, _nearest(left, up, corner))[how]
            row[at] = row[at] + guess & 255
        yield (above := bytes(row))


def _nearest(left: int, up: int, corner: int) -> int:
    """Return the one of the three that is nearest to where they lead together (Paeth)."""
    to_left, to_up, to_corner = abs(up - corner), abs(left - corner), abs(left + up - 2 * corner)
    if to_left <= to_up and to_left <= to_corner:
        return left
    return up if to_up <= to_corner else corner


def index(made: Sequence[Sheet]) -> str:
    """Return the page that shows all sheets."""
    text = (
        "# Figures\n\nEvery figure of the library, written by `python scripts/figures.py`: its start, its"
        " middle, and its end with an\narrow along the way of what goes farthest.\n"
    )
    for sheet in made:
        text += f"\n## {sheet.title}\n\n![{sheet.title}: {len(sheet.figures)} figures]({sheet.file})\n"
    return text


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
