"""The plain view: what is said as lines, and in a terminal one status line below them."""

from __future__ import annotations

import shutil
import textwrap
import threading
from typing import TextIO

from voicecoach.display import scene
from voicecoach.language.phrases import Phrases
from voicecoach.session.commands import Command
from voicecoach.session.levels import Levels
from voicecoach.session.listener import Listener, Position
from voicecoach.session.transport import State
from voicecoach.timeline.dump import heading
from voicecoach.timeline.segment import Beat, Event, Segment, SegmentKind, Speak
from voicecoach.units import format_clock, seconds


class PlainView(Listener):
    """Writes to ``stream`` in the words of ``say``.

    With ``live`` (a terminal) it also keeps a status line up to date. A set counts seconds up to the end of
    each phase; the clock shows the time since the start.
    """

    def __init__(self, stream: TextIO, say: Phrases, *, live: bool) -> None:
        self._stream = stream
        self._say = say
        self._live = live
        self._clock = "0:00"
        self._status = ""
        self.is_gone = False
        """Whether nobody reads any more what is printed."""
        self._lock = threading.RLock()
        """Notices come from the look-ahead's thread, all else from the player's."""

    def segment_started(self, segment: Segment) -> None:
        if segment.kind is not SegmentKind.INTRO or not segment.events:
            self.line("")
        if segment.kind is SegmentKind.WORK:
            self.line(f"== {heading(segment, self._say)} ==")

    def event_started(self, event: Event) -> None:
        if isinstance(event, Speak):
            self._caption(event.text)

    def moved(self, position: Position) -> None:
        self._clock = format_clock(seconds(position.elapsed))
        if self._live:
            self._show(_status(position, self._say))

    def state_changed(self, state: State) -> None:
        if state is State.PAUSED:
            self.line(f"{self._clock:>6}  -- {self._say.part('screen.paused')} --")
        elif state is State.ENDED:
            self._show("")

    def obeyed(self, command: Command) -> None:
        if line := scene.confirmed(command, self._say):
            self.line(f"        ({line})")

    def refused(self, command: Command, why: str) -> None:
        self.line(f"        ({scene.refusal(command, why, self._say)})")

    def levels_changed(self, levels: Levels) -> None:
        if levels.muted:
            self.line(f"        ({self._say.part('screen.muted')})")
            return
        named = {"voice": levels.voice, "tones": levels.sounds, "music": levels.music}
        if levels.master != Levels().master:
            named["overall"] = levels.master
        loudness = (self._say.part(f"screen.{name}", n=str(percent)) for name, percent in named.items())
        self.line(f"        ({', '.join(loudness)})")

    def noticed(self, text: str) -> None:
        self.line(f"        {text}")

    def help(self, rows: tuple[tuple[str, str], ...]) -> None:
        """Show what each key does."""
        width = max(len(keys) for keys, _ in rows)
        for keys, meaning in rows:
            self.line(f"        {keys:<{width}}  {meaning}")

    def line(self, text: str) -> None:
        """Print ``text`` above the status line."""
        with self._lock:
            status, self._status = self._status, ""
            self._write(("\r\x1b[K" if status else "") + text + "\n")
            self._show(status)

    def _show(self, status: str) -> None:
        with self._lock:
            if status != self._status:
                self._status = status
                width = shutil.get_terminal_size().columns - 1
                self._write("\r\x1b[K" + status[:width])

    def _write(self, text: str) -> None:
        """Write, and ignore a lost screen: the session is for the ears."""
        if self.is_gone:
            return
        try:
            self._stream.write(text)
            self._stream.flush()
        except OSError:
            self.is_gone = True

    def _caption(self, text: str) -> None:
        """What is said, with the time; in a terminal broken between words."""
        margin = " " * len(f"{'':>6}  ")
        width = shutil.get_terminal_size().columns - 1 if self._live else len(margin) + len(text)
        lines = textwrap.wrap(text, max(width - len(margin), 10)) or [""]
        self.line(f"{self._clock:>6}  " + f"\n{margin}".join(lines))


def _status(position: Position, say: Phrases) -> str:
    left = say.part("screen.left", time=format_clock(seconds(position.remaining)))
    clock = f"{format_clock(seconds(position.elapsed))}  {left}"
    segment, beat = position.segment, position.beat
    if beat is None:
        press = say.part("screen.press") if segment.kind is SegmentKind.WAIT else ""
        return "  ".join(filter(None, (clock, press, heading(segment, say))))
    return f"{clock}  {heading(segment, say)}  {_beat(segment, beat, position.frame, say)}"


def _beat(segment: Segment, beat: Beat, frame: int, say: Phrases) -> str:
    """Return the phase, the counted second and the rep, or the key to press when nothing is counted."""
    if segment.waits:
        return f"{scene.phase_word(beat, say)}  {say.part('screen.press_when_done')}"
    counted = f"{scene.phase_word(beat, say)} {scene.count(beat.end - frame, beat.frames)}"
    return "  ".join(part for part in (counted, scene.rep(beat, say)) if part)
