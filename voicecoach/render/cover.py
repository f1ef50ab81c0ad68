"""Draws the cover of a sound file: the name of the routine, its length, and the figure of an exercise."""

from __future__ import annotations

import contextlib
import io
import unicodedata
from typing import TYPE_CHECKING, Final, NamedTuple

from voicecoach.figure import svg
from voicecoach.figure.drawing import Drawing
from voicecoach.figure.motion import is_seen_mirrored, motion_of
from voicecoach.figure.strokes import Extent, Stroke
from voicecoach.routine.model import Exercise

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

_SIDE: Final = 1000
"""Pixels; players want a square, and show it as small as a thumb."""
_MARGIN: Final = 70
_BAND: Final = 400
"""Pixels of the band that the name stands on, above a figure."""
_COLOURS: Final = 64
"""Edges of lines and letters look smooth, and the file is a third of what it is in full colour."""
_FINER: Final = 3
"""A figure is drawn so many times larger and then made smaller, which smooths its edges."""
_GROUND, _STRONG, _LETTERS, _SOFT = "#fff", "#00517d", "#fff", "#c4e2f4"
_SIZES: Final = range(132, 43, -8)
"""Pixels of the letters of a name, the first that fit."""
_SMALL: Final = 60
"""Pixels of the letters of the length."""
_LEADING: Final = 1.16
_GAP: Final = 20
"""Pixels between the two."""
_FONTS: Final = ("DejaVuSans.ttf", "NotoSansCJK-Regular.ttc", "segoeui.ttf", "msyh.ttc", "Arial Unicode.ttf")
"""Fonts of the system for names that Pillow's own font, which is always there, has not all letters of."""
_UNKNOWN: Final = "\uffff"
"""No character, so that every font draws for it what it draws for one that it does not have."""
_RIGHT_TO_LEFT: Final = frozenset({"R", "AL"})
_COMBINING: Final = frozenset({"Mn", "Mc"})
"""What is set above, below or around the letter before it."""


class Portrait(NamedTuple):
    """A figure at one moment."""

    strokes: tuple[Stroke, ...]
    extent: Extent


def portrait(exercise: Exercise) -> Portrait | None:
    """Return the figure of an exercise where it is farthest from its start; None when it has none."""
    motion = motion_of(exercise)
    if motion is None:
        return None
    drawing = Drawing(motion)
    strokes, extent = drawing.strokes(motion.farthest), drawing.extent
    if is_seen_mirrored(exercise, motion):
        strokes = tuple(
            Stroke(each.role, each.width, tuple(-point.conjugate() for point in each.points))
            for each in strokes
        )
        extent = extent._replace(left=-extent.right, right=-extent.left)
    return Portrait(strokes, extent)


def cover(name: str, length: str, figure: Portrait | None) -> bytes:
    """Return the cover as PNG, which has a palette.

    A name is left out when no font on this computer has all of its letters.
    """
    from PIL import Image, ImageDraw  # noqa: PLC0415 - only a sound file needs it

    picture = Image.new("RGB", (_SIDE, _SIDE), _STRONG)
    if figure:
        room = (_SIDE, _SIDE - _BAND)
        drawn = Image.new("RGB", (room[0] * _FINER, room[1] * _FINER), _GROUND)
        _draw(ImageDraw.Draw(drawn), figure, drawn.size)
        picture.paste(drawn.reduce(_FINER), (0, _BAND))
    _write(ImageDraw.Draw(picture), name, length, _BAND if figure else _SIDE)
    file = io.BytesIO()
    picture.quantize(_COLOURS, dither=Image.Dither.NONE).save(file, "PNG", optimize=True)
    return file.getvalue()


def _draw(canvas: ImageDraw, figure: Portrait, size: tuple[int, int]) -> None:
    """Draw a figure as large as fits into ``size``, in its middle."""
    width, height = size
    margin, extent = _MARGIN * _FINER, figure.extent
    scale = min((width - 2 * margin) / extent.width, (height - 2 * margin) / extent.height)
    left = (width - extent.width * scale) / 2 - extent.left * scale
    top = (height - extent.height * scale) / 2 + extent.top * scale
    for stroke in figure.strokes:
        line = [(left + each.real * scale, top - each.imag * scale) for each in stroke.points]
        colour, across = svg.SHADES[stroke.role].light, stroke.width * scale
        canvas.line(line, colour, round(across))
        for joint in line:  # Pillow's own joints are ragged where pieces are shorter than wide
            canvas.circle(joint, across / 2, colour)


def _write(canvas: ImageDraw, name: str, length: str, height: int) -> None:
    """Write the name, and the length below it, in the middle of the topmost ``height``."""
    below = _rows(length, range(_SMALL, _SMALL - 1, -1), height)
    gap = _GAP + sum(row.height for row in below)
    above = _rows(unicodedata.normalize("NFC", name), _SIZES, height - 2 * _MARGIN - gap)
    top = (height - gap - sum(row.height for row in above)) / 2
    for row in above:
        canvas.text((_MARGIN, top), row.text, _LETTERS, row.font, stroke_width=round(row.font.size / 40))
        top += row.height
    for row in below:
        canvas.text((_MARGIN, top + _GAP), row.text, _SOFT, row.font)


class _Row(NamedTuple):
    """A line of text."""

    text: str
    font: FreeTypeFont

    @property
    def height(self) -> float:
        return self.font.size * _LEADING


def _rows(text: str, sizes: range, height: float) -> list[_Row]:
    """Return ``text`` as large as fits into ``height``, cut off at its end where the last size is too large.

    It is nothing when no font has all of its letters.
    """
    font = _font(text)
    if font is None:
        return []
    for size in sizes:
        font = font.font_variant(size=size)
        lines = _lines(text, font)
        most = int(height / (size * _LEADING))
        if len(lines) <= most and " ".join(lines) == text:
            return [_Row(line, font) for line in lines]
    shown = lines if len(lines) <= most else [*lines[: most - 1], f"{lines[most - 1][:-1].rstrip()}…"]
    return [_Row(line, font) for line in shown]


def _lines(text: str, font: FreeTypeFont) -> list[str]:
    """Return ``text`` in lines that are as wide as the picture at most; a wider word goes on in the next."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if _fits(longer, font):
            lines[-1] = longer
            continue
        if lines[-1]:
            lines.append("")
        for letter in word:
            if not _fits(lines[-1] + letter, font):
                lines.append("")
            lines[-1] += letter
    return lines


def _fits(text: str, font: FreeTypeFont) -> bool:
    return font.getlength(text) <= _SIDE - 2 * _MARGIN


def _font(text: str) -> FreeTypeFont | None:
    """Return a font that has all letters of ``text``: Pillow's own, or one of the system."""
    from PIL import ImageFont  # noqa: PLC0415 - as above

    if not text or not _is_simple(text):
        return None
    own = ImageFont.load_default(_SMALL)
    if isinstance(own, ImageFont.FreeTypeFont) and _has(own, text):
        return own
    for name in _FONTS:
        with contextlib.suppress(OSError):
            font = ImageFont.truetype(name, _SMALL)
            if _has(font, text):
                return font
    return None


def _is_simple(text: str) -> bool:
    """Tell whether its letters stand one beside the other, from left to right: Pillow may not know more."""
    return not any(
        unicodedata.bidirectional(each) in _RIGHT_TO_LEFT or unicodedata.category(each) in _COMBINING
        for each in text
    )


def _has(font: FreeTypeFont, text: str) -> bool:
    unknown = _drawn(_UNKNOWN, font)
    return all(_drawn(letter, font) != unknown for letter in set(text) - {" "})


def _drawn(letter: str, font: FreeTypeFont) -> tuple[tuple[int, int], bytes]:
    mask = font.getmask(letter)
    return mask.size, bytes(mask)
