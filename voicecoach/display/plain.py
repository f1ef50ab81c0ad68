"""The plain view: what is said and done as whole lines, for a screen reader, which reads each once."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Final, TextIO

from voicecoach.display import readout
from voicecoach.language.phrases import Phrases, sentence
from voicecoach.paragraph import columns, filled
from voicecoach.session.audibility import Audibility
from voicecoach.session.commands import Command
from voicecoach.session.levels import Levels
from voicecoach.session.listener import Listener, Position, Script
from voicecoach.session.microphone import Microphone
from voicecoach.session.transport import MOVING, State
from voicecoach.session.whereabouts import about_left, roughly
from voicecoach.timeline.dump import heading
from voicecoach.timeline.segment import Event, Segment, SegmentKind, Speak
from voicecoach.units import seconds

_STILL: Final = {State.PAUSED: "plain.paused", State.LOST: "plain.waiting"}
"""What tells that time stands still, and how it goes on."""
_MICROPHONE: Final = {
    Microphone.OFF: Microphone.OFF,
    Microphone.ON: Microphone.ON,
    Microphone.VOICE: Microphone.ON,
    Microphone.LOST: Microphone.LOST,
}
"""What is told of the microphone: not that it starts, and not each voice."""
_BETWEEN: Final = frozenset({SegmentKind.REST, SegmentKind.SAY, SegmentKind.CHANGE})
"""The segments between two sets, whose titles do not tell what comes."""


class PlainView(Listener):
    """Writes to ``stream`` in the words of ``say``: each sentence when it is said, and nothing besides.

    A screen reader says each line once, in its time. So there is no clock and no heading before what is said,
    which would be read as well while the session goes on: :meth:`where` tells them to whoever asks.
    """

    def __init__(
        self,
        stream: TextIO,
        say: Phrases,
        *,
        levels: Levels | None = None,
        breaks: bool = False,
        is_new: Callable[[str], bool] = bool,
    ) -> None:
        """``levels`` are those at the start. ``is_new`` tells of what is noticed before the session begins
        whether it was not told earlier.

        With ``breaks`` lines are broken at the edge of the terminal, for people who see them; else each is
        whole, as screen readers stop at the end of a line.
        """
        self._stream = stream
        self._say = say
        self._levels = levels or Levels()
        self._breaks = breaks
        self._is_new = is_new
        self._state = State.PLAYING
        self._audibility = Audibility.HEARD
        self._microphone = Microphone.OFF
        """As it was told last."""
        self._position: Position | None = None
        self._script: Script | None = None
        self._index = -1
        """That of the segment that began last."""
        self._jumped = False
        """Whether what would have been said before the next segment was skipped."""
        self._noticed = ""
        """The notice that was printed last, if nothing was since; it is not read again when it is said."""
        self._first: list[str] | None = []
        """What is noticed before the session begins, to be one line; None when it has begun."""
        self.is_gone = False
        """Whether nobody reads any more what is printed."""
        self._lock = threading.RLock()
        """Notices come from the look-ahead's thread, keys from another, all else from the player's."""

    def segment_started(self, segment: Segment) -> None:
        self.tell_first()
        if segment.index == self._index and not self._jumped:
            return  # a count-in, after a pause
        self._index = segment.index
        if segment.kind is not SegmentKind.INTRO or not segment.events:
            self.line("")
        if segment.kind is SegmentKind.WORK and self._jumped:
            self.line(sentence(heading(segment, self._say)))
        self._jumped = False

    def event_started(self, event: Event) -> None:
        if isinstance(event, Speak) and event.text != self._noticed:
            self.line(sentence(event.text))

    def planned(self, script: Script) -> None:
        self._script = script

    def moved(self, position: Position) -> None:
        self._position = position

    def state_changed(self, state: State) -> None:
        before, self._state = self._state, state
        if state in _STILL:
            self._tell_still()
        elif before is State.PAUSED and state in MOVING:
            self._told("plain.going_on")

    def audibility_changed(self, audibility: Audibility) -> None:
        self._audibility = audibility

    def microphone_changed(self, microphone: Microphone) -> None:
        before, now = self._microphone, _MICROPHONE.get(microphone, self._microphone)
        self._microphone = now
        if now is not before:
            is_back = now is Microphone.ON and before is Microphone.LOST
            self.noticed(sentence(self._say.part(f"plain.microphone.{'back' if is_back else now}")))

    def obeyed(self, command: Command) -> None:
        self._jumped |= command.row.jumps
        if command is Command.NEXT and self._position and self._position.segment.kind is SegmentKind.OUTRO:
            return  # the session is over, and what follows says so
        if line := readout.confirmed(command, self._say):
            self.noticed(sentence(line))

    def refused(self, command: Command, why: str) -> None:
        self.noticed(sentence(readout.refusal(command, why, self._say)))

    def levels_changed(self, levels: Levels) -> None:
        before, self._levels = self._levels, levels
        changed = readout.loudness(levels, before, self._say)
        if levels.muted != before.muted:
            changed.append(self._say.part("screen.muted" if levels.muted else "plain.unmuted"))
        if changed:
            self.noticed(sentence(", ".join(changed)))

    def noticed(self, text: str) -> None:
        with self._lock:
            if self._first is not None:
                self._first.append(text)
                return
            self.line(text)
            self._noticed = text

    def help(self, rows: tuple[tuple[str, str], ...]) -> None:
        """Show what each key does."""
        for keys, meaning in rows:
            self.noticed(f"{keys}: {meaning}.")

    def where(self) -> None:
        """Say where the session is: what is done or comes, which rep it is, and how long it still takes."""
        if self._position is not None:
            coming = _coming(self._position, self._script, self._say)
            self.line(_where(self._position, coming, self._state, self._audibility, self._say))

    def come_back(self) -> None:
        """Say again that the session is paused, in a thread, as this may be amid a write.

        For a signal handler. One that was playing says so itself, when it pauses.
        """
        if self._state in _STILL:
            threading.Thread(target=self._tell_still, name="come back").start()

    def _tell_still(self) -> None:
        if phrase := _STILL.get(self._state):  # it may go on meanwhile
            self._told(phrase)

    def _told(self, phrase: str) -> None:
        self.line(sentence(self._say.part(phrase)))

    def line(self, text: str) -> None:
        """Print ``text`` and end the line; ignore a lost screen: the session is for the ears."""
        self.tell_first()
        text = filled(text, columns(self._stream)) if self._breaks else text
        with self._lock:
            self._noticed = ""
            if self.is_gone:
                return
            try:
                self._stream.write(f"{text}\n")
                self._stream.flush()
            except OSError:
                self.is_gone = True

    def tell_first(self) -> None:
        """Print what was noticed before the session, if it is not printed yet."""
        with self._lock:
            first, self._first = self._first, None
        if told := " ".join(filter(self._is_new, first or ())):
            self.noticed(told)


def _where(position: Position, coming: str, state: State, audibility: Audibility, say: Phrases) -> str:
    """Return where the session is, in whole sentences; ``coming`` is the set to come, outside of sets."""
    segment, beat = position.segment, position.beat
    if segment.kind is SegmentKind.WAIT:
        doing = [say.part("plain.ready")]
    elif segment.waits:
        doing = [say.part("plain.done")]
    elif beat is not None:
        rep = readout.rep(beat.rep, beat.reps, readout.unit(segment), say)
        doing = [readout.phase(beat, say), rep, *readout.counted(segment, say)[:1]]
    else:
        doing = [coming]
    title = heading(segment, say)
    if segment.kind is SegmentKind.REST:
        title = say.part("title.rest")
    elif coming:
        title = ""
    told = [
        say.part(_STILL[state]) if state in _STILL else "",
        say.part("screen.no_sound") if audibility.is_silent else "",
        ": ".join(filter(None, (title, ", ".join(filter(None, doing))))),
        about_left(position.remaining, say),
    ]
    return " ".join(map(sentence, filter(None, told)))


def _coming(position: Position, script: Script | None, say: Phrases) -> str:
    """Return which set comes after a rest or a remark, and when; empty where none does."""
    here = position.segment
    later = script.outline[here.index + 1 :] if script else ()
    index = next((index for index, each in enumerate(later) if each.work), None)
    if index is None or here.kind not in _BETWEEN:
        return ""
    left = here.frames - position.frame + sum(each.expected for each in later[:index])
    return say.part("plain.next", time=say.time(roughly(seconds(left))), what=heading(later[index], say))
