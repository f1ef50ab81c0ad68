"""A figure as SVG: moving with the seconds of its phases, or standing still. Pure."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from typing import Final, NamedTuple

from voicecoach.figure.drawing import Drawing
from voicecoach.figure.rig import Posed
from voicecoach.figure.strokes import Extent, Role, Stroke

LARGEST: Final = 12_000
"""Bytes of a picture that moves at most."""
_SCALE: Final = 4
"""Units to a centimetre: whole numbers are then exact to a millimetre or so."""
_LOOKS: Final = 24
"""Moments of a phase among which those that are drawn are chosen."""
_NEAREST: Final = 0.6
"""Centimetres that a point is away at most from where it should be between two moments that are drawn."""
_FARTHER: Final = 1.3
"""By how much that grows while the picture is too large."""
_MOST_STEPS: Final = 30
"""How often it grows at most: to a few metres, where nothing but ends of movements is left."""


class _Shade(NamedTuple):
    """A colour on a light ground, and the one on a dark ground."""

    light: str
    dark: str


SHADES: Final = {
    Role.BODY: _Shade("#1d2733", "#e8edf2"),
    Role.FAR: _Shade("#9aa6b2", "#66727f"),
    Role.WORK: _Shade("#00796b", "#37c8b3"),
    Role.PROP: _Shade("#c9b79c", "#8a7758"),
    Role.FLOOR: _Shade("#d5dae0", "#3a434d"),
    Role.GROUND: _Shade("#fff", "#12171d"),
    Role.PATH: _Shade("#d1495b", "#ff8f9d"),
}
"""The colours of the roles."""
_LINES: Final = ".f path{fill:none;stroke-linecap:round;stroke-linejoin:round}"
STYLE: Final = _LINES + "".join(
    f".f .{role}{{stroke:var(--figure-{role},{shade.light})}}" for role, shade in SHADES.items()
)
"""The colours of the roles in a page, which can set them for all of its figures."""


def _plainly(shade: int) -> str:
    """Return the colours as every viewer of pictures reads them, which may know no variables."""
    strokes = "".join(f".f .{role}{{stroke:{shades[shade]}}}" for role, shades in SHADES.items())
    return f"{strokes}.f{{background:{SHADES[Role.GROUND][shade]}}}"


_ALONE: Final = f"{_LINES}{_plainly(0)}@media(prefers-color-scheme:dark){{{_plainly(1)}}}"
"""The colours of a file of its own, which is seen on the ground that the person reads on."""
CALM: Final = ".s{display:none}@media(prefers-reduced-motion:reduce){.m{display:none}.s{display:inline}}"
"""Shows people who want less motion the picture that stands still."""


def still(
    drawing: Drawing,
    posed: Posed,
    *,
    path: bool = False,
    flipped: bool = False,
    title: str = "",
    about: str = "",
    style: str = STYLE,
) -> str:
    """Return a picture of one moment for a page, with an arrow along the path where one is wanted.

    It needs no ``style`` of its own where that stands on the page.
    """
    body = _still(drawing, posed, path=path)
    return _document(drawing.extent, _said(title, about), style, body, flipped=flipped)


def moving(
    drawing: Drawing,
    *,
    flipped: bool = False,
    title: str = "",
    about: str = "",
    alone: bool = True,
    largest: int = LARGEST,
) -> str:
    """Return a picture that moves, rep after rep, in at most so many bytes if it can be.

    ``alone`` it is a file: it stands still, with an arrow, for people who want less motion, and goes with a
    dark screen. On a page these styles stand once for all pictures: :data:`STYLE` and :data:`CALM`.
    """
    said = _said(title, about)
    at_rest = _still(drawing, drawing.motion.farthest, path=True)
    ways = _ways(_moments(drawing))

    def made(step: int) -> str:
        within = _NEAREST * _FARTHER**step
        body = f'<g class="m">{"".join(way.drawn(within) for way in ways)}</g><g class="s">{at_rest}</g>'
        style = _ALONE + CALM if alone else ""
        return _document(drawing.extent, said, style, body, flipped=flipped)

    def fits(step: int) -> bool:
        return len(made(step).encode()) <= largest

    return made(0 if fits(0) else bisect_left(range(_MOST_STEPS), True, lo=1, key=fits))  # noqa: FBT003 - sought


def _still(drawing: Drawing, posed: Posed, *, path: bool) -> str:
    strokes = drawing.strokes(posed)
    return "".join(map(_path, drawing.with_path(strokes) if path else strokes))


class _Moment(NamedTuple):
    """A picture at so many seconds into the movement."""

    at: float
    strokes: tuple[Stroke, ...]


def _moments(drawing: Drawing) -> list[_Moment]:
    """Return the moments of one rep, from its start to its end; of what changes sides, one turn for each."""
    motion, now = drawing.motion, 0.0
    moments = [_Moment(0.0, drawing.strokes(motion.start))]
    for turn in range(1 + motion.figure.alternates):
        for number, stop in enumerate(motion.stops):
            for look in range(_LOOKS if motion.stays(number) else 1, _LOOKS + 1):
                posed = motion.at(number, look / _LOOKS)
                shown = drawing.strokes(motion.swapped(posed) if turn else posed)
                moments.append(_Moment(now + stop.seconds * look / _LOOKS, shown))
            now += stop.seconds
    return moments


@dataclass(frozen=True, slots=True)
class _Way:
    """A stroke in all moments."""

    shown: str
    times: Sequence[float]
    points: Sequence[Sequence[complex]]
    lines: Sequence[str]

    def drawn(self, within: float) -> str:
        """Return the stroke with the lines that it goes through, at most so far from where it should be."""
        times, lines = self.times, self.lines
        if len(set(lines)) < 2:
            return f'<path {self.shown} d="{lines[0]}"/>'
        chosen = _chosen(self.points, times, within)
        shares = ";".join(f"{times[each] / times[-1]:.3f}".rstrip("0").rstrip(".") for each in chosen)
        seen = ";".join(lines[each] for each in chosen)
        return (
            f'<path {self.shown} d="{lines[0]}"><animate attributeName="d" dur="{times[-1]:g}s"'
            f' repeatCount="indefinite" keyTimes="{shares}" values="{seen}"/></path>'
        )


def _ways(moments: Sequence[_Moment]) -> list[_Way]:
    """Return the strokes of a rep, each with the lines that it goes through."""
    times = [moment.at for moment in moments]
    ways = zip(*(moment.strokes for moment in moments), strict=True)
    return [
        _Way(_shown(strokes[0]), times, [each.points for each in strokes], [*map(_line, strokes)])
        for strokes in ways
    ]


def _chosen(way: Sequence[Sequence[complex]], times: Sequence[float], within: float) -> list[int]:
    """Return the moments of a stroke that are drawn.

    Between two of them every point goes straight on, at most ``within`` centimetres from where it should be.
    """
    chosen, last = [0], len(way) - 1
    while (now := chosen[-1]) < last:
        then = now + 1
        paces = [_Paces() for _ in way[now]]
        while then < last:
            surely = True
            for point, pace in enumerate(paces):
                pace.narrow(way[then][point] - way[now][point], times[then] - times[now], within)
                surely = surely and pace.has(
                    way[then + 1][point] - way[now][point], times[then + 1] - times[now]
                )
            if not (surely or _is_straight(way, times, (now, then + 1), within)):
                break
            then += 1
        chosen.append(then)
    return chosen


class _Paces:
    """How fast a point may go straight on so that it surely is near all of its moments so far.

    A long stroke of moments need then not be looked at again for each one more.
    """

    __slots__ = ("high", "left", "low", "right")

    def __init__(self) -> None:
        self.left = self.low = -math.inf
        self.right = self.high = math.inf

    def narrow(self, gone: complex, seconds: float, within: float) -> None:
        """Take the moment in which the point has gone so far in so many seconds."""
        pace, room = gone / seconds, within / seconds / math.sqrt(2)
        self.left, self.right = max(self.left, pace.real - room), min(self.right, pace.real + room)
        self.low, self.high = max(self.low, pace.imag - room), min(self.high, pace.imag + room)

    def has(self, gone: complex, seconds: float) -> bool:
        """Tell whether a point may go so far in so many seconds."""
        pace = gone / seconds
        return self.left <= pace.real <= self.right and self.low <= pace.imag <= self.high


def _is_straight(
    way: Sequence[Sequence[complex]], times: Sequence[float], ends: tuple[int, int], within: float
) -> bool:
    start, end = ends
    length = times[end] - times[start]
    shares = [(times[between] - times[start]) / length for between in range(start + 1, end)]
    for number, (one, other) in enumerate(zip(way[start], way[end], strict=True)):
        along = other - one
        for between, share in enumerate(shares, start + 1):
            if abs(one + along * share - way[between][number]) > within:
                return False
    return True


def _said(title: str, about: str) -> str:
    """Return what a picture says to people who do not see it."""
    named = f"<title>{escape(title, quote=False)}</title>\n" if title else ""
    return named + (f"<desc>{escape(about, quote=False)}</desc>\n" if about else "")


def _document(extent: Extent, said: str, style: str, body: str, *, flipped: bool) -> str:
    width, height = round(extent.width * _SCALE), round(extent.height * _SCALE)
    left, top = round(extent.left * _SCALE), round(-extent.top * _SCALE)
    if flipped:
        left = -left - width
        body = f'<g transform="scale(-1 1)">{body}</g>'
    styled = f"<style>{style}</style>\n" if style else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="f" role="img"'
        f' viewBox="{left} {top} {width} {height}">\n'
        f"{said}{styled}{body}</svg>\n"
    )


def _path(stroke: Stroke) -> str:
    return f'<path {_shown(stroke)} d="{_line(stroke)}"/>'


def _shown(stroke: Stroke) -> str:
    return f'class="{stroke.role}" stroke-width="{round(stroke.width * _SCALE)}"'


def _line(stroke: Stroke) -> str:
    """Return the points of a stroke; a dot is a line of no length, which has round ends."""
    at = [(round(each.real * _SCALE), round(-each.imag * _SCALE)) for each in stroke.points]
    (x, y), *_ = at
    steps = " ".join(f"{then[0] - now[0]} {then[1] - now[1]}" for now, then in pairwise(at))
    return f"M{x} {y}{f'l{steps}' if steps else 'h0'}".replace(" -", "-")
