"""The bars: how far a phase is, and how far the session."""

from __future__ import annotations

from typing import Final

from voicecoach.display.cells import width_of
from voicecoach.display.layout import Box
from voicecoach.display.palette import Ink
from voicecoach.display.rows import Line, Lines, line
from voicecoach.display.scene import Scene

_EIGHTHS: Final = " ▏▎▍▌▋▊▉"
_TRACK: Final = "▂"
"""The part of a bar that is still to come: its shape tells it from the rest without colour."""
_TICK: Final = "┃"
_LEAST_SESSION: Final = 20
"""Columns from which the time has a bar."""


def eighths(share: float, width: int) -> int:
    """How many eighths of a cell a bar of ``width`` cells is filled by."""
    return int(share * width * 8)


def _bar(share: float, width: int, *, track: str = _TRACK, half: bool = False) -> Line:
    """Return a bar of one row, with a tick at its ``half`` where that matters."""
    full, part = divmod(eighths(share, width), 8)
    filled = "█" * full + (_EIGHTHS[part] if part else "")
    whole = filled + track * (width - len(filled))
    runs = ((whole[:full], Ink.AREA), (whole[full:], Ink.TRACK))
    if not half:
        return runs
    middle = width // 2
    tick = (_TICK, Ink.BAND if middle < full else Ink.AREA)
    before = (whole[: min(full, middle)], Ink.AREA), (whole[full:middle], Ink.TRACK)
    after = (whole[middle + 1 : full], Ink.AREA), (whole[max(full, middle + 1) :], Ink.TRACK)
    return tuple(run for run in (*before, tick, *after) if run[0])


def phase(scene: Scene, box: Box) -> Lines:
    """Return the bar of the phase; the track of a tall one is only its lowest row."""
    upper = _bar(scene.phase_share, box.width, track=" ", half=scene.half)
    return (*(upper,) * (box.height - 1), _bar(scene.phase_share, box.width, half=scene.half))


def session(scene: Scene, box: Box) -> Lines:
    """Return the time so far, a line for how far the session is, and the time that is left."""
    left = f" {scene.say.part('screen.left', time=scene.left)}" if scene.left else ""
    if box.width < _LEAST_SESSION:
        return (line(box.width, (left.strip(), Ink.STRONG)),)
    start = f"{scene.elapsed} "
    room = box.width - width_of(left) - width_of(start)
    done = int(scene.session_share * room)
    bar = ("━" * done, Ink.ACCENT), ("─" * (room - done), Ink.ACCENT)
    return (line(box.width, (start, Ink.STRONG), *bar, (left, Ink.STRONG)),)
