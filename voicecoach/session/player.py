"""The only loop: pulls segments, writes blocks, obeys commands, and reports what has been heard."""

from __future__ import annotations

import queue
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import accumulate
from typing import Generic

from voicecoach.clock import Clock
from voicecoach.errors import OutputError
from voicecoach.session.listener import Listener, Position, Summary
from voicecoach.session.lookahead import Lookahead
from voicecoach.session.ports import Block, Mixer, Output
from voicecoach.session.tape import Tape
from voicecoach.session.transport import (
    Command,
    Outline,
    State,
    Transport,
    count_in_over,
    obey,
    segment_over,
)
from voicecoach.timeline.segment import Segment, SegmentKind
from voicecoach.units import frames

BLOCK = frames(0.02)
"""Frames written at a time: how soon a command is seen while sound is queued."""
MOMENT = 0.02
"""Seconds to wait when there is nothing to do but wait for a command."""
LOST_AFTER = 3.0
"""Seconds without a delivered frame after which the loudspeaker counts as lost; an idle sound server was
seen to stall for up to two."""
RETRY_EVERY = (1.0, 2.0, 4.0, 8.0)
"""Seconds between attempts to get it back; the last goes on."""


LOST = "The loudspeaker is gone. The session waits until it is back."
BACK_AGAIN = "The loudspeaker is back."


class Player(Generic[Block]):
    """Plays one session on one output, once.

    ``outline`` holds every segment as estimated, to know where blocks begin and how much is left;
    ``segments`` supplies the compiled ones and is closed at the end; what ``count_in`` makes is played
    before a set goes on after a pause.
    """

    def __init__(
        self,
        outline: Outline,
        segments: Lookahead,
        count_in: Callable[[Segment], Segment],
        *,
        mixer: Mixer[Block],
        output: Output[Block],
        listener: Listener,
        clock: Clock,
    ) -> None:
        self._outline = outline
        ends = tuple(accumulate(segment.frames for segment in outline))
        self._left_after = tuple(ends[-1] - end for end in ends)
        """Frames from the end of each segment to the end of the session, as estimated."""
        self._segments = segments
        self._make_count_in = count_in
        self._mixer = mixer
        self._output = output
        self._listener = listener
        self._clock = clock
        self._commands: queue.SimpleQueue[Command] = queue.SimpleQueue()
        self._at = Transport()
        """What is written next; what is heard lies a little behind."""
        self._told = State.PLAYING
        """The state that the listener knows of."""
        self._mixed: Block | None = None
        """The next block, while there is no room for it, so that each is mixed once."""
        self._count_in: Segment | None = None
        self._count_in_frame = 0
        self._tape = Tape()
        self._done: list[Segment] = []
        self._heard_at: tuple[Segment, int] = (outline[0], 0)
        self._target: Transport | None = None
        """Where the last command led to, until something from there is heard."""
        self._target_from = 0
        """Frames heard in all when that will be; before it the fade of what was left is heard."""
        self._advanced = 0.0
        """When a frame was last delivered."""

    def send(self, command: Command) -> None:
        """Ask for something; may be called from any thread and from a signal handler."""
        self._commands.put(command)

    def run(self) -> Summary:
        """Play until the end or STOP, and close the output, which must have been started."""
        self._advanced = self._clock.now()
        try:
            while not self._ended() or self._sounding():
                self._turn()
        except BaseException:
            self._output.close(drain=False)
            raise
        finally:
            self._segments.close()
        self._output.close()
        self._tell(State.ENDED)
        return Summary(self._at.finished, self._tape.heard, tuple(self._done))

    def _turn(self) -> None:
        for command in self._pending():
            self._obey(command)
        if self._at.state in {State.PAUSED, State.ENDED} or not self._write():
            self._wait()
        self._report()
        if self._lost():
            self._recover()

    def _ended(self) -> bool:
        return self._at.state is State.ENDED

    def _sounding(self) -> bool:
        """Whether the end was written but not yet heard."""
        return self._at.finished and self._tape.heard < self._tape.written

    def _pending(self) -> Iterator[Command]:
        while not self._commands.empty():
            yield self._commands.get()

    def _wait(self) -> None:
        """Let a moment pass, or less when a command comes."""
        try:
            command = self._commands.get(timeout=MOMENT)
        except queue.Empty:
            return
        self._obey(command)

    def _obey(self, command: Command) -> None:
        self._report()
        before = self._as_heard()
        if obey(before, command, self._outline) != before:
            self._tape.dropped(self._output.drop())
            self._report()
            self._go_on(self._held(obey(self._as_heard(), command, self._outline)))

    def _as_heard(self) -> Transport:
        """The transport as it is for the person, who hears what was written a little ago."""
        if self._at.state is not State.PLAYING and not self._sounding():
            return self._at
        if self._target:
            return self._target
        segment, frame = self._heard_at
        heard = Transport(segment=segment.index, frame=frame)
        return segment_over(heard, self._outline) if frame >= segment.frames else heard

    def _held(self, at: Transport) -> Transport:
        """``at``, moved back when it is a pause, to where one can go on without halving a word or a rep."""
        segment, _ = self._heard_at
        if at.state is State.PAUSED and segment.index == at.segment:
            return replace(at, frame=segment.resume_at(at.frame))
        return at

    def _go_on(self, after: Transport) -> None:
        self._at = after
        self._mixed = None
        self._target = replace(after, state=State.PLAYING)
        self._target_from = self._tape.written
        if after.state is State.COUNTING_IN:
            self._count_in = self._make_count_in(self._outline[after.segment])
            self._mixer.load(self._count_in)
            self._count_in_frame = 0
        self._tell(after.state)
        self._advanced = self._clock.now()

    def _write(self) -> bool:
        """Write the next block; False when there is no room or nothing to write yet."""
        if self._at.state is State.COUNTING_IN and self._count_in:
            segment, frame = self._count_in, self._count_in_frame
        else:
            compiled = self._segments.wait(self._at.segment, MOMENT)
            if compiled is None:
                self._advanced = self._clock.now()
                return False
            segment, frame = compiled, self._at.frame
        length = min(BLOCK, segment.frames - frame)
        if self._mixed is None:
            self._mixed = self._mixer.block(segment, frame, length)
        if not self._output.write(self._mixed):
            return True
        self._mixed = None
        self._tape.wrote(segment, frame, length)
        self._wrote_until(segment, frame + length)
        return True

    def _wrote_until(self, segment: Segment, frame: int) -> None:
        over = frame >= segment.frames
        if segment is self._count_in:
            self._count_in_frame = frame
            if over:
                self._at = count_in_over(self._at)
        elif over:
            self._at = segment_over(self._at, self._outline)
        else:
            self._at = replace(self._at, frame=frame)

    def _report(self) -> None:
        delivered = self._output.delivered
        if delivered > self._tape.heard:
            self._advanced = self._clock.now()
        for heard in self._tape.advance(delivered):
            segment = heard.segment
            if heard.start == 0:
                self._listener.segment_started(segment)
            for event in segment.events:
                if heard.start <= event.frame < heard.end:
                    self._listener.event_started(event)
            if segment is self._count_in:
                if heard.end == segment.frames:
                    self._tell(State.PLAYING)
            elif heard.total > self._target_from:
                self._target = None
                self._heard_at = (segment, heard.end)
                if heard.end == segment.frames and segment.kind is SegmentKind.WORK:
                    self._done.append(segment)
            self._listener.moved(self._position(segment, heard.end))

    def _position(self, segment: Segment, frame: int) -> Position:
        at, heard = self._heard_at
        remaining = at.frames - heard + self._left_after[at.index]
        return Position(segment, frame, self._tape.heard, remaining)

    def _tell(self, state: State) -> None:
        if state is not self._told:
            self._told = state
            self._listener.state_changed(state)

    def _lost(self) -> bool:
        waiting = self._tape.written > self._tape.heard and self._at.state is not State.PAUSED
        return waiting and self._clock.now() - self._advanced > LOST_AFTER

    def _recover(self) -> None:
        """Hold the session until the loudspeaker is back, then go on from the start of the rep."""
        self._listener.noticed(LOST)
        self._tape.dropped(self._output.drop())
        self._report()
        held = self._at = self._held(replace(self._as_heard(), state=State.PAUSED))
        attempt = 0
        while not self._ended():
            try:
                self._output.reopen()
            except OutputError:
                retry_at = self._clock.now() + RETRY_EVERY[min(attempt, len(RETRY_EVERY) - 1)]
                attempt += 1
                while self._clock.now() < retry_at and not self._ended():
                    self._wait()
            else:
                self._listener.noticed(BACK_AGAIN)
                if self._at is held:  # else the person has asked for something meanwhile
                    self._go_on(obey(held, Command.RESUME, self._outline))
                return
