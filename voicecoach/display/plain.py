"""The plain view: what is said and done as whole sentences, and in a terminal one status line below them."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Final, TextIO

from voicecoach.display import readout
from voicecoach.language.phrases import Phrases, sentence
from voicecoach.paragraph import WIDEST, cells, columns, filled
from voicecoach.session.commands import Command
from voicecoach.session.hearing import Hearing
from voicecoach.session.levels import Levels
from voicecoach.session.listener import Listener, Position
from voicecoach.session.transport import State
from voicecoach.timeline.dump import heading
from voicecoach.timeline.segment import Beat, Event, Segment, SegmentKind, Speak
from voicecoach.units import format_clock, seconds

ERASE: Final = "\r\x1b[K"
"""Back to the first column of an empty line."""
_MARGIN: Final = 8
"""Columns before a sentence: those of the clock, for one that is said."""


class PlainView(Listener):
    """Writes to ``stream`` in the words of ``say``.

    With ``live`` (a terminal that moves its cursor) it also keeps a status line up to date until the session
    ends. A set counts seconds up to the end of each phase; the clock shows the time since the start.
    """

    def __init__(
        self, stream: TextIO, say: Phrases, *, live: bool, is_new: Callable[[str], bool] = bool
    ) -> None:
        """``is_new`` tells of what is noticed before the session begins whether it was not told earlier."""
        self._stream = stream
        self._is_new = is_new
        self._say = say
        self._live = live
        self._clock = "0:00"
        self._status = ""
        self._hearing = Hearing.HEARD
        self._is_paused = False
        self._first: list[str] | None = []
        """What is noticed before the session begins, to be one line; None when it has begun."""
        self.is_gone = False
        """Whether nobody reads any more what is printed."""
        self._lock = threading.RLock()
        """Notices come from the look-ahead's thread, all else from the player's."""

    @property
    def is_live(self) -> bool:
        """Whether there is a status line, which all that is printed meanwhile has to heed."""
        return self._live

    def segment_started(self, segment: Segment) -> None:
        self.tell_first()
        if segment.kind is not SegmentKind.INTRO or not segment.events:
            self.line("")
        if segment.kind is SegmentKind.WORK:
            self.line(sentence(heading(segment, self._say)))

    def event_started(self, event: Event) -> None:
        if isinstance(event, Speak):
            self._told(event.text)

    def moved(self, position: Position) -> None:
        self._clock = format_clock(seconds(position.elapsed))
        if self._live:
            self._show(_status(position, self._hearing, self._say, columns(self._stream) or WIDEST))

    def state_changed(self, state: State) -> None:
        self._is_paused = state is State.PAUSED
        if self._is_paused:
            self._tell_paused()
        elif state is State.LOST:
            self._told(self._say.part("screen.waiting"))
        elif state is State.ENDED:
            self.clear_status()
            self._live = False  # the shell writes its prompt there

    def hearing_changed(self, hearing: Hearing) -> None:
        self._hearing = hearing

    def obeyed(self, command: Command) -> None:
        if line := readout.confirmed(command, self._say):
            self.noticed(sentence(line))

    def refused(self, command: Command, why: str) -> None:
        self.noticed(sentence(readout.refusal(command, why, self._say)))

    def levels_changed(self, levels: Levels) -> None:
        if levels.muted:
            self.noticed(sentence(self._say.part("screen.muted")))
            return
        named = {"voice": levels.voice, "tones": levels.sounds, "music": levels.music}
        if levels.master != Levels().master:
            named["overall"] = levels.master
        loudness = (self._say.part(f"screen.{name}", n=str(percent)) for name, percent in named.items())
        self.noticed(sentence(", ".join(loudness)))

    def noticed(self, text: str) -> None:
        with self._lock:
            if self._first is not None:
                self._first.append(text)
                return
        self.line(" " * _MARGIN + text)

    def help(self, rows: tuple[tuple[str, str], ...]) -> None:
        """Show what each key does."""
        for keys, meaning in rows:
            self.noticed(f"{keys}: {meaning}.")

    def clear_status(self) -> None:
        """Remove the status line until the session moves on: somebody else writes there."""
        self._show("")

    def leave(self) -> None:
        """Remove the status line before the program stops. For a signal handler, so it waits for nothing."""
        status, self._status = self._status, ""
        if status:
            with suppress(OSError):
                os.write(self._stream.fileno(), ERASE.encode())

    def come_back(self) -> None:
        """Say again that the session is paused, in a thread, as this may be amid a write. See :meth:`leave`.

        One that was playing says so itself, when it pauses.
        """
        if self._is_paused:
            threading.Thread(target=self._tell_paused, name="come back").start()

    def _tell_paused(self) -> None:
        self._told(self._say.part("screen.paused"))

    def line(self, text: str) -> None:
        """Print ``text`` above the status line, broken between words at the edge of the terminal."""
        self.tell_first()
        text = filled(text, columns(self._stream), hang=_MARGIN * text.startswith(" "))
        with self._lock:
            status, self._status = self._status, ""
            self._write((ERASE if status else "") + text + "\n")
            self._show(status)

    def tell_first(self) -> None:
        """Print what was noticed before the session, if it is not printed yet."""
        with self._lock:
            first, self._first = self._first, None
        if told := " ".join(filter(self._is_new, first or ())):
            self.noticed(told)

    def _show(self, status: str) -> None:
        with self._lock:
            if status != self._status:
                self._status = status
                self._write(ERASE + status)

    def _write(self, text: str) -> None:
        """Write, and ignore a lost screen: the session is for the ears."""
        if self.is_gone:
            return
        try:
            self._stream.write(text)
            self._stream.flush()
        except OSError:
            self.is_gone = True

    def _told(self, text: str) -> None:
        """Print ``text`` with the time."""
        self.line(f"{self._clock:>6}  {sentence(text)}")


def _status(position: Position, hearing: Hearing, say: Phrases, width: int) -> str:
    """Return the time, the set, and what is counted or pressed.

    Where that is too wide the end of the title gives way, then the set.
    """
    left = say.part("screen.left", time=format_clock(seconds(position.remaining)))
    clock = f"{format_clock(seconds(position.elapsed))}  {left}"
    if hearing.is_silent:
        clock = f"{say.part('screen.no_sound')}  {clock}"
    segment, beat = position.segment, position.beat
    if beat is not None:
        matters = _beat(segment, beat, position.frame, say)
    else:
        matters = say.part("screen.press") if segment.kind is SegmentKind.WAIT else ""
    room = width - 1  # one column is the cursor's
    status = "  ".join(filter(None, (clock, heading(segment, say), matters)))
    if (too_much := cells(status) - room) <= 0:
        return status
    from voicecoach.display.cells import clip  # noqa: PLC0415 - few titles are too long

    title = clip(segment.title, max(cells(segment.title) - too_much, readout.LEAST_OF_TITLE))
    shorter = ((clock, heading(segment, say, title), matters), (clock, matters))
    shown = ("  ".join(filter(None, parts)) for parts in shorter)
    return next((each for each in shown if cells(each) <= room), clock)


def _beat(segment: Segment, beat: Beat, frame: int, say: Phrases) -> str:
    """Return the phase, the counted second and the rep, or the key to press when nothing is counted."""
    if segment.waits:
        return f"{readout.phase_word(beat, say)}  {say.part('screen.press_when_done')}"
    left = f"{readout.phase_word(beat, say)} {readout.count(beat.end - frame, beat.frames)}"
    which = readout.rep(beat.rep, beat.reps, readout.unit(segment), say)
    return "  ".join(part for part in (left, which, *readout.counted(segment, say)[:1]) if part)
