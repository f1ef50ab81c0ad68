"""A figure as SVG: moving with the seconds of its phases, or standing still. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
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


class _Shade(NamedTuple):
    """A colour on a light ground, and the one on a dark ground."""

    light: str
    dark: str


_SHADES: Final = {
    Role.BODY: _Shade("#1d2733", "#e8edf2"),
    Role.FAR: _Shade("#9aa6b2", "#66727f"),
    Role.WORK: _Shade("#00796b", "#37c8b3"),
    Role.PROP: _Shade("#c9b79c", "#8a7758"),
    Role.FLOOR: _Shade("#d5dae0", "#3a434d"),
    Role.GROUND: _Shade("#fff", "#12171d"),
    Role.PATH: _Shade("#d1495b", "#ff8f9d"),
}
_LINES: Final = ".f path{fill:none;stroke-linecap:round;stroke-linejoin:round}"
STYLE: Final = _LINES + "".join(
    f".f .{role}{{stroke:var(--figure-{role},{shade.light})}}" for role, shade in _SHADES.items()
)
"""The colours of the roles in a page, which can set them for all of its figures."""


def _plainly(shade: int) -> str:
    """Return the colours as every viewer of pictures reads them, which may know no variables."""
    strokes = "".join(f".f .{role}{{stroke:{shades[shade]}}}" for role, shades in _SHADES.items())
    return f"{strokes}.f{{background:{_SHADES[Role.GROUND][shade]}}}"


_ALONE: Final = f"{_LINES}{_plainly(0)}@media(prefers-color-scheme:dark){{{_plainly(1)}}}"
"""The colours of a file of its own, which is seen on the ground that the person reads on."""
_STILL: Final = ".s{display:none}@media(prefers-reduced-motion:reduce){.m{display:none}.s{display:inline}}"
"""Shows people who want less motion the picture that stands still."""


def still(
    drawing: Drawing,
    posed: Posed,
    *,
    path: bool = False,
    flipped: bool = False,
    title: str = "",
    about: str = "",
) -> str:
    """Return a picture of one moment for a page, with an arrow along the path where one is wanted."""
    body = _still(drawing, posed, path=path)
    return _document(drawing.extent, _said(title, about), STYLE, body, flipped=flipped)


def moving(drawing: Drawing, *, flipped: bool = False, title: str = "", about: str = "") -> str:
    """Return a file with a picture that moves, rep after rep.

    It stands still, with an arrow, for people who want less motion, and goes with a dark screen.
    """
    said = _said(title, about)
    at_rest = _still(drawing, drawing.motion.farthest, path=True)
    takes, within = _takes(drawing), _NEAREST
    while True:
        body = f'<g class="m">{_animated(takes, within)}</g><g class="s">{at_rest}</g>'
        made = _document(drawing.extent, said, _ALONE + _STILL, body, flipped=flipped)
        if len(made.encode()) <= LARGEST or within > drawing.extent.height:
            return made
        within *= _FARTHER


def _still(drawing: Drawing, posed: Posed, *, path: bool) -> str:
    strokes = drawing.strokes(posed)
    return "".join(map(_path, drawing.with_path(strokes) if path else strokes))


@dataclass(frozen=True, slots=True)
class _Take:
    """A phase at moments that are equally far apart, the last being its end."""

    seconds: float
    frames: tuple[tuple[Stroke, ...], ...]

    def chosen(self, before: tuple[Stroke, ...], within: float) -> Iterator[tuple[float, tuple[Stroke, ...]]]:
        """Yield the moments that are drawn: the seconds since the one before, and the picture.

        Between two of them every point goes straight on, at most ``within`` centimetres from where it should
        be.
        """
        frames = (before, *self.frames)
        ways = {way for way in zip(*map(_points, frames), strict=True) if len(set(way)) > 1}
        last, now = len(self.frames), 0
        while now < last:
            then = next((n for n in range(last, now + 1, -1) if _straight(ways, now, n, within)), now + 1)
            yield self.seconds * (then - now) / last, frames[then]
            now = then


def _points(frame: Sequence[Stroke]) -> list[complex]:
    return [point for stroke in frame for point in stroke.points]


def _straight(ways: Collection[Sequence[complex]], start: int, end: int, within: float) -> bool:
    """Tell whether every point is near the straight line from one moment to the other."""
    shares = [(n, (n - start) / (end - start)) for n in range(start + 1, end)]
    return all(
        abs(way[start] + (way[end] - way[start]) * share - way[n]) <= within
        for way in ways
        for n, share in shares
    )


def _takes(drawing: Drawing) -> list[_Take]:
    """Return the phases of one rep; of timed work that changes sides, one turn for each side."""
    motion, takes = drawing.motion, []
    for turn in range(1 + motion.figure.alternates):
        for number, stop in enumerate(motion.stops):
            is_still = motion.at(number, 0.5) is motion.at(number, 1.0)
            moments = (motion.at(number, n / _LOOKS) for n in range(is_still * (_LOOKS - 1) + 1, _LOOKS + 1))
            frames = (drawing.strokes(motion.swapped(each) if turn else each) for each in moments)
            takes.append(_Take(stop.seconds, tuple(frames)))
    return takes or [_Take(1.0, (drawing.strokes(motion.position),))]


def _animated(takes: Sequence[_Take], within: float) -> str:
    """Return the strokes of a rep, each with the lines that it goes through."""
    seconds, frames = [0.0], [takes[-1].frames[-1]]
    for take in takes:
        for since, frame in take.chosen(frames[-1], within):
            seconds.append(seconds[-1] + since)
            frames.append(frame)
    times = ";".join(f"{each / seconds[-1]:.3f}".rstrip("0").rstrip(".") for each in seconds)
    animate = f'<animate attributeName="d" dur="{seconds[-1]:g}s" repeatCount="indefinite" keyTimes="{times}"'
    return "".join(_path(strokes[0], strokes, animate) for strokes in zip(*frames, strict=True))


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
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="f" role="img"'
        f' viewBox="{left} {top} {width} {height}">\n'
        f"{said}<style>{style}</style>\n{body}</svg>\n"
    )


def _path(stroke: Stroke, moments: Sequence[Stroke] = (), animate: str = "") -> str:
    shown = f'class="{stroke.role}" stroke-width="{round(stroke.width * _SCALE)}"'
    lines = [_line(each) for each in moments]
    if len(set(lines)) < 2:
        return f'<path {shown} d="{_line(stroke)}"/>'
    return f'<path {shown} d="{lines[0]}">{animate} values="{";".join(lines)}"/></path>'


def _line(stroke: Stroke) -> str:
    """Return the points of a stroke; a dot is a line of no length, which has round ends."""
    at = [(round(each.real * _SCALE), round(-each.imag * _SCALE)) for each in stroke.points]
    (x, y), *_ = at
    steps = " ".join(f"{then[0] - now[0]} {then[1] - now[1]}" for now, then in pairwise(at))
    return f"M{x} {y}{f'l{steps}' if steps else 'h0'}".replace(" -", "-")
