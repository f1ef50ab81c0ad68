"""A figure as SVG: moving with the seconds of its phases, or standing still. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Final

from voicecoach.figure.drawing import Drawing
from voicecoach.figure.rig import Posed
from voicecoach.figure.strokes import Extent, Stroke

_SCALE: Final = 4
"""Units to a centimetre: whole numbers are then exact to a millimetre or so."""
_A_SECOND: Final = 4
"""Moments of each second of a movement that are drawn; between them every point moves straight on."""
_MOST: Final = 10
"""Moments of a phase that are drawn at most."""
STYLE: Final = (
    ".f path{fill:none;stroke-linecap:round;stroke-linejoin:round}"
    ".f .body{stroke:var(--figure-body,#1d2733)}.f .far{stroke:var(--figure-far,#9aa6b2)}"
    ".f .work{stroke:var(--figure-work,#00796b)}.f .prop{stroke:var(--figure-prop,#c9b79c)}"
    ".f .floor{stroke:var(--figure-floor,#d5dae0)}.f .ground{stroke:var(--figure-ground,#fff)}"
    ".f .path{stroke:var(--figure-path,#d1495b)}"
)
"""The colours of the roles, which a page can set for all of its figures."""


def still(
    drawing: Drawing, posed: Posed, *, path: bool = False, flipped: bool = False, title: str = ""
) -> str:
    """Return a picture of one moment, with an arrow along the path where one is wanted."""
    strokes = drawing.strokes(posed)
    if path:
        strokes = drawing.with_path(strokes)
    return _document(drawing.extent, "".join(map(_path, strokes)), flipped=flipped, title=title)


def moving(drawing: Drawing, *, flipped: bool = False, title: str = "") -> str:
    """Return a picture that moves, rep after rep; it stands still for people who want less motion."""
    moments = _moments(drawing)
    frames = [drawing.strokes(posed) for _, posed in moments]
    total = sum(seconds for seconds, _ in moments)
    shares, now = [0.0], 0.0
    for seconds, _ in moments[1:]:
        now += seconds
        shares.append(now / total if total else 1.0)
    times = ";".join(f"{share:.3f}".rstrip("0").rstrip(".") for share in shares)
    body = "".join(_path(column[0], column, times, total) for column in zip(*frames, strict=True))
    return _document(drawing.extent, body, flipped=flipped, title=title)


def _moments(drawing: Drawing) -> list[tuple[float, Posed]]:
    """Return moments of one rep: the seconds since the one before, and the body."""
    motion = drawing.motion
    moments = [(0.0, motion.start)]
    for turn in range(1 + motion.figure.alternates):
        for number, stop in enumerate(motion.stops):
            still = motion.at(number, 0.5) is motion.at(number, 1.0)
            count = 1 if still else min(max(int(stop.seconds * _A_SECOND), 5), _MOST)
            for n in range(1, count + 1):
                posed = motion.at(number, n / count)
                moments.append((stop.seconds / count, motion.swapped(posed) if turn else posed))
    return moments


def _document(extent: Extent, body: str, *, flipped: bool, title: str) -> str:
    width, height = round(extent.width * _SCALE), round(extent.height * _SCALE)
    left, top = round(extent.left * _SCALE), round(-extent.top * _SCALE)
    name = f"<title>{escape(title)}</title>" if title else ""
    if flipped:
        left = -left - width
        body = f'<g transform="scale(-1 1)">{body}</g>'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="f" role="img"'
        f' viewBox="{left} {top} {width} {height}">'
        f"{name}<style>{STYLE}</style>{body}</svg>"
    )


def _path(stroke: Stroke, moments: Sequence[Stroke] = (), times: str = "", seconds: float = 0.0) -> str:
    shown = f'class="{stroke.role}" stroke-width="{round(stroke.width * _SCALE)}"'
    lines = [_line(each) for each in moments]
    if len(set(lines)) < 2:
        return f'<path {shown} d="{_line(stroke)}"/>'
    return (
        f'<path {shown} d="{lines[0]}"><animate attributeName="d" dur="{seconds:g}s" repeatCount="indefinite"'
        f' keyTimes="{times}" values="{";".join(lines)}"/></path>'
    )


def _line(stroke: Stroke) -> str:
    """Return the points of a stroke; a dot is a line of no length, which has round ends."""
    at = [(round(each.real * _SCALE), round(-each.imag * _SCALE)) for each in stroke.points]
    text, (x, y) = f"M{at[0][0]} {at[0][1]}", at[0]
    if len(at) == 1:
        return f"{text}h0"
    text += "l"
    pieces = []
    for then_x, then_y in at[1:]:
        pieces.append(f"{then_x - x} {then_y - y}".replace(" -", "-"))
        x, y = then_x, then_y
    return text + " ".join(pieces).replace(" -", "-")
