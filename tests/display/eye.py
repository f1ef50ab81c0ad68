"""How the screen looks from the mat to somebody short-sighted without glasses: its light, out of focus."""

import functools
import math
import struct
import zlib

import numpy as np
from coloraide import Color
from screens import BLOCKS, CELL

SCREEN = (310, 186)
"""Width and height of the screen of a 14-inch laptop that a terminal fills, in mm."""
DISTANCE, PUPIL = 3.0, 5.0
"""The mat from the screen, in m; the pupil in a lit room, in mm."""
SIGHT = -2.0
"""Without glasses, in dioptres: sharp up to half a metre."""
BLUR = (-SIGHT - 1 / DISTANCE) * PUPIL * DISTANCE
"""The disc that each point becomes, as wide as on the screen, in mm: 25, or 64 pixels of 800."""
LETTER = (0.2, 0.2, 0.6, 0.6)
"""The part of its cell that a letter fills, as far as a blurred picture tells."""
LINES = {"━": (0, 0.44, 1, 0.12), "─": (0, 0.47, 1, 0.06), "┃": (0.4, 0, 0.2, 1)}

DOTS = ((0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2), (0, 3), (1, 3))
"""By its bit, the column and the row of a dot of braille."""


def light(rows):
    """The light of each pixel of ``rows`` of a screen: red, green and blue from 0 to 1, linear."""
    wide, tall = CELL
    picture = np.zeros((len(rows) * tall, rows[0].cell_length * wide, 3), np.float32)
    for y, row in enumerate(rows):
        x = 0
        for segment in row:
            ink, ground = _light_of(segment.style.color.name), _light_of(segment.style.bgcolor.name)
            width = segment.cell_length
            picture[y * tall : (y + 1) * tall, x * wide : (x + width) * wide] = ground
            for number, mark in enumerate(segment.text):
                if not mark.isspace():
                    for left, top, w, h in _filled(mark):
                        x0, y0 = (x + number + left) * wide, (y + top) * tall
                        picture[round(y0) : round(y0 + h * tall), round(x0) : round(x0 + w * wide)] = ink
            x += width
    return picture


@functools.cache
def _filled(mark):
    """The parts of its cell that a character fills."""
    code = ord(mark) - 0x2800
    if not 0 < code < 256:
        return (BLOCKS.get(mark) or LINES.get(mark) or LETTER,)
    return tuple(
        (right / 2 + 1 / 8, down / 4 + 1 / 16, 1 / 4, 1 / 8)
        for bit, (right, down) in enumerate(DOTS)
        if code >> bit & 1
    )


@functools.cache
def _light_of(colour):
    return tuple(Color(colour).convert("srgb-linear").coords())


def blurred(picture):
    """``picture`` as it falls into the eye, in a dark room; each pixel is four or sixteen."""
    tall, wide, _ = picture.shape
    by = 2 if wide <= 80 * CELL[0] else 4
    tall, wide = tall // by, wide // by
    picture = picture.reshape(tall, by, wide, by, 3).mean(axis=(1, 3))
    disc = _disc(BLUR / min(SCREEN[0] / wide, SCREEN[1] / tall))
    around = len(disc)
    size = (tall + around, wide + around)
    spread = np.fft.rfft2(picture, size, axes=(0, 1)) * np.fft.rfft2(disc, size)[..., None]
    half = around // 2
    found = np.fft.irfft2(spread, size, axes=(0, 1))[half : half + tall, half : half + wide]
    return np.clip(found, 0, 1)


@functools.cache
def _disc(width):
    """A disc ``width`` pixels wide, with smooth edges, that adds up to 1."""
    fine, side = 8, math.ceil(width) // 2 * 2 + 1
    places = (np.arange(side * fine) + 0.5) / fine - side / 2
    inside = np.hypot(places[:, None], places[None, :]) <= width / 2
    disc = inside.reshape(side, fine, side, fine).mean(axis=(1, 3))
    return disc / disc.sum()


def colour(part):
    """The colour that a part of a picture has from afar: its mean."""
    return Color("srgb-linear", [float(value) for value in part.reshape(-1, 3).mean(axis=0)])


def coloured(picture):
    """The most colourful hundredth of a picture; of what is grey, the brightest."""
    points = picture.reshape(-1, 3)
    colourful = np.ptp(points, axis=1) + points.max(axis=1) / 10
    return points[np.argsort(colourful)[-(len(points) // 100) :]]


def difference(one, other):
    """How far apart two colours are, as CIEDE2000: 2.3 is just noticed, 10 at a glance."""
    return one.delta_e(other, method="2000")


@functools.cache
def contrast(ink, ground):
    """The contrast of two colours of the screen (WCAG 2.2)."""
    return Color(ink).contrast(ground, method="wcag21")


def png(picture):
    """``picture`` as a file."""
    coded = np.where(picture <= 0.0031308, picture * 12.92, 1.055 * picture ** (1 / 2.4) - 0.055)
    pixels = np.rint(coded * 255).astype(np.uint8)
    tall, wide, _ = pixels.shape
    rows = b"".join(b"\0" + row.tobytes() for row in pixels)
    parts = (
        (b"IHDR", struct.pack(">IIBBBBB", wide, tall, 8, 2, 0, 0, 0)),
        (b"IDAT", zlib.compress(rows)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in parts
    )
