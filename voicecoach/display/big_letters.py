"""Very large characters: a bitmap face, scaled, in half-block characters.

A picture has the same pixels at every scale; only whole scales are used, so that strokes stay even.
"""

from __future__ import annotations

import functools
import itertools
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

GAP: Final = 1
"""Pixels between letters, and between lines."""
_HALVES: Final = {(False, False): " ", (True, False): "▀", (False, True): "▄", (True, True): "█"}


@dataclass(frozen=True, slots=True)
class Face:
    """A face at a scale: a pixel is ``scale`` cells wide and ``scale`` half rows tall."""

    glyphs: Mapping[str, Glyph]
    scale: int

    @property
    def pixels(self) -> int:
        """How tall a line is, in half rows."""
        return len(self.glyphs["0"]) * self.scale

    def rows(self, lines: int = 1) -> int:
        """How tall ``lines`` lines are, in rows."""
        return -(-(lines * (self.pixels + GAP * self.scale) - GAP * self.scale) // 2)

    def width(self, text: str) -> int:
        """Cells that ``text`` takes in one line."""
        return self.scale * (sum(len(self.glyphs[letter][0]) + GAP for letter in text) - GAP)

    def draw(self, lines: Sequence[str], *, half_first: bool = False) -> tuple[str, ...]:
        """``lines`` in half-blocks: :meth:`rows` rows, all as wide as the widest line.

        Half a row that is left over is empty under them or, with ``half_first``, above them.
        """
        bitmap: list[str] = []
        for text in lines:
            bitmap += [""] * GAP if bitmap else []
            glyphs = (self.glyphs[letter] for letter in text)
            bitmap += [("." * GAP).join(parts) for parts in zip(*glyphs, strict=True)]
        wide = max(map(len, bitmap))
        scaled = ["".join(mark * self.scale for mark in row.ljust(wide, ".")) for row in bitmap]
        tall = [row for row in scaled for _ in range(self.scale)]
        if len(tall) % 2:
            tall.insert(0 if half_first else len(tall), "." * len(tall[0]))
        return tuple(
            "".join(_HALVES[upper == "#", lower == "#"] for upper, lower in zip(*pair, strict=True))
            for pair in zip(tall[::2], tall[1::2], strict=True)
        )


def drawable(text: str) -> str:
    """``text`` in the characters that the faces have: capitals without accents; "" when it has others."""
    plain = unicodedata.normalize("NFKD", text.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'").upper())
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter)).strip()
    return letters if all(letter in BOLD for letter in letters) else ""


@functools.lru_cache(maxsize=256)
def fit(texts: tuple[str, ...], width: int, height: int, lines: int = 1) -> Face | None:
    """The largest face in which each of ``texts`` fits ``width`` cells and ``height`` rows.

    Words may be spread over up to ``lines`` lines. None when not even the smallest face fits, or when a text
    has characters that the faces have not.
    """
    letters = [drawable(text) for text in texts]
    if not letters or not all(letters):
        return None
    for face in faces(height):
        if all(_broken(text, face, width, height, lines) for text in letters):
            return face
    return None


def draw(
    text: str, face: Face, width: int, height: int, lines: int = 1, *, half_first: bool = False
) -> tuple[str, ...]:
    """``text`` in ``face``, in the fewest lines in which it fits, as :func:`fit` found."""
    return face.draw(_broken(drawable(text), face, width, height, lines), half_first=half_first)


@functools.cache
def faces(height: int) -> tuple[Face, ...]:
    """The faces up to ``height`` rows, tallest first; the bold one of two that are equally tall."""
    faces = [Face(glyphs, scale) for glyphs in (BOLD, FINE) for scale in range(1, height + 1)]
    return tuple(sorted((face for face in faces if face.rows() <= height), key=lambda face: -face.pixels))


def _broken(text: str, face: Face, width: int, height: int, lines: int) -> tuple[str, ...]:
    """``text`` broken between words into the fewest lines in which it fits; none when it does not."""
    for broken in _breaks(text, lines):
        if face.rows(len(broken)) <= height and all(face.width(line) <= width for line in broken):
            return broken
    return ()


def _breaks(text: str, most: int) -> Iterator[tuple[str, ...]]:
    """The ways to break ``text`` between words into at most ``most`` lines: fewest first, then evenest."""
    words = text.split()
    for count in range(min(most, len(words))):
        cuts = ((0, *places, len(words)) for places in itertools.combinations(range(1, len(words)), count))
        broken = (tuple(" ".join(words[a:b]) for a, b in itertools.pairwise(cut)) for cut in cuts)
        yield from sorted(broken, key=lambda lines: max(map(len, lines)))


Glyph = tuple[str, ...]
"""Rows of ``#`` and ``.``, all of one length."""


def _face(name: str, space: int) -> Mapping[str, Glyph]:
    """Read the glyphs of a face by character, from blocks with the characters in their first line."""
    drawing = (Path(__file__).with_name("faces") / f"{name}.txt").read_text(encoding="utf-8")
    glyphs: dict[str, Glyph] = {}
    for block in drawing.strip("\n").split("\n\n"):
        names, *rows = (line.split() for line in block.splitlines())
        glyphs |= dict(zip(names, zip(*rows, strict=True), strict=True))
    height = len(glyphs["0"])
    return {**glyphs, " ": ("." * space,) * height}


BOLD: Final = _face("bold", 2)
"""10 pixels tall, strokes of two."""
FINE: Final = _face("fine", 1)
"""5 pixels tall, strokes of one."""
