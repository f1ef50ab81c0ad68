"""The only loop: pulls segments, writes blocks, obeys commands, and reports what has been heard."""

from __future__ import annotations

import queue
from dataclasses import dataclass, replace
from typing import Generic

from voicecoach.clock import Alarm, Clock
from voicecoach.errors import OutputError
from voicecoach.session.commands import Command, Door
from voicecoach.session.edits import (
    PlanPosition,
    Refused,
    Revision,
    Steps,
    revise,
    shortened,
)
from voicecoach.session.levels import Levels, Volume
from voicecoach.session.listener import Ending, Listener, Position, Results, Summary
from voicecoach.session.lookahead import Lookahead
from voicecoach.session.playhead import Playhead
from voicecoach.session.ports import Block, Director, Mixer, Output
from voicecoach.session.running_plan import RunningPlan, Stretch
from voicecoach.session.transport import State, Transport, count_in_over, obey, segment_over
from voicecoach.timeline.segment import Segment, Sound
from voicecoach.units import frames

BLOCK = frames(0.16)
"""Frames written at a time, and so how often the player wakes and tells how far it is: four periods of a
loudspeaker, which holds nearly as much, so that what is told is not behind what is heard. A command wakes it
at once."""
MOMENT = 0.02
"""Seconds between two looks at what says nothing when it happens: a segment is compiled, the end is heard."""
IDLE = 0.5
"""Seconds between two looks while the session is paused and nothing can happen but a command."""
LOST_AFTER = 3.0
"""Seconds without a delivered frame after which the loudspeaker counts as lost; an idle sound server was
seen to stall for up to two."""
RETRY_EVERY = (1.0, 2.0, 4.0, 8.0)
"""Seconds between attempts to get it back; the last goes on."""


@dataclass(frozen=True, slots=True)
class Mixed(Generic[Block]):
    """The samples of ``length`` frames of ``segment`` from ``start`` on."""

    block: Block
    segment: Segment
    start: int
    length: int


class Player(Generic[Block]):
    """Plays one session on one output, once.

    ``segments`` supplies the compiled steps and is closed at the end; ``director`` knows what the person may
    ask for instead.
    """

    def __init__(
        self,
        steps: Steps,
        segments: Lookahead,
        director: Director,
        *,
        mixer: Mixer[Block],
        output: Output[Block],
        listener: Listener,
        clock: Clock,
    ) -> None:
        self._segments = segments
        self._director = director
        self._plan = RunningPlan(steps, segments, director)
        self._mixer = mixer
        self._output = output
        self._listener = listener
        self._clock = clock
        self._commands: queue.SimpleQueue[Command | Volume] = queue.SimpleQueue()
        self._alarm = Alarm()
        self._at = Transport()
        """What is written next; what is heard lies a little behind."""
        self._told = State.PLAYING
        """The state that the listener knows of."""
        self._mixed: Mixed[Block] | None = None
        """What is written next, while there is no room for it, so that each block is mixed once."""
        self._count_in: Segment | None = None
        self._count_in_frame = 0
        self._playhead = Playhead(self._plan.outline[0])
        self._results = Results(listener)
        self._stopped = False
        """Whether the person has asked for the end."""
        self._advanced = 0.0
        """When a frame was last delivered."""

    def send(self, request: Command | Volume) -> None:
        """Ask for something; may be called from any thread and from a signal handler."""
        self._commands.put(request)
        self._alarm.ring()

    def run(self) -> Summary:
        """Play until the end or STOP, and close the output, which must have been started."""
        self._advanced = self._clock.now()
        self._tell_plan()
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
        return Summary(self._at.finished, self._playhead.heard, self._plan.steps, self._results.all)

    def _turn(self) -> None:
        self._obey_all()
        if self._at.state in {State.PAUSED, State.ENDED}:
            outstanding = self._playhead.heard < self._playhead.written
            self._clock.wait(self._alarm, MOMENT if outstanding else IDLE)
        elif not self._write():
            self._output.wait(self._alarm)
        self._report()
        if self._lost():
            self._recover()

    def _ended(self) -> bool:
        return self._at.state is State.ENDED

    def _sounding(self) -> bool:
        """Whether the end was written but not yet heard, and is waited for."""
        return self._at.finished and not self._stopped and self._playhead.heard < self._playhead.written

    # Obeying

    def _obey_all(self) -> None:
        while not self._commands.empty():
            self._obey(self._commands.get())

    def _obey(self, request: Command | Volume) -> None:
        self._report()
        if isinstance(request, Volume):
            self._set_levels(self._mixer.levels.at_volume(request))
        elif request.row.door is Door.LEVEL:
            self._adjust(request)
        elif self._ended():
            return
        elif request.row.door is Door.EDIT:
            self._revise(request)
        else:
            self._steer(request)

    def _adjust(self, command: Command) -> None:
        levels = self._mixer.levels.adjusted(command)
        if levels == self._mixer.levels:
            self._refuse(command, Refused("last_level"))
            return
        self._set_levels(levels)
        self._accept(command)

    def _set_levels(self, levels: Levels) -> None:
        silenced = levels.muted and not self._mixer.levels.muted
        self._mixer.levels = levels
        self._listener.levels_changed(levels)
        if silenced and self._at.state is State.PLAYING:  # at once, and not after what is mixed already
            self._interrupt()
            self._go_on(self._as_heard())

    def _steer(self, command: Command) -> None:
        """Go somewhere else in the plan as it is."""
        before = self._as_heard()
        if obey(before, command, self._plan.outline) == before:
            if not command.row.quiet:
                self._refuse(command, Refused("nothing_to_skip"))
            return
        self._accept(command)
        self._interrupt()
        before = self._as_heard()
        after = obey(before, command, self._plan.outline)
        if command is Command.STOP:
            self._stopped = True
            self._results.leave(Ending.STOPPED)
        elif not command.row.jumps and after.segment != before.segment:
            self._results.leave(Ending.DONE)  # what waited for the person
        elif command.row.jumps:
            self._results.leave(Ending.SKIPPED)
        shorter = command is Command.NEXT and after.state is not State.ENDED
        if shorter:
            self._plan.follow(Revision(shortened(self._plan.steps)), self._place_heard())
        self._go_on(self._playhead.held(after))
        if shorter:
            self._tell_plan()

    def _revise(self, command: Command) -> None:
        """Go over to another plan."""
        splicing = command.row.splices
        place = self._place_written() if splicing else self._place_heard()
        try:
            revision = revise(self._plan.steps, place, command, self._director)
        except Refused as refusal:
            self._refuse(command, refusal)
            return
        self._accept(command)
        if revision.jump is not None:
            self._interrupt()
            self._results.leave(Ending.HURT if command is Command.HURTS else Ending.SKIPPED)
            self._plan.follow(revision, place)
            self._go_on(Transport(segment=revision.jump))
        elif splicing or self._plan.keeps(revision, self._at.segment):
            self._plan.follow(revision, place)
        else:  # some of what follows what is heard was written already, and something else comes now
            self._interrupt()
            heard = self._as_heard()
            after = heard if self._plan.keeps(revision, heard.segment) else Transport(segment=heard.segment)
            self._plan.follow(revision, place)
            self._go_on(after)
        self._tell_plan()

    def _place_written(self) -> PlanPosition:
        return self._plan.place(self._at.segment, self._at.frame)

    def _place_heard(self) -> PlanPosition:
        heard = self._as_heard()
        segment = self._playhead.segment
        if segment.index != heard.segment:
            segment = self._plan.segment(heard.segment)
        return PlanPosition(heard.segment, heard.frame, segment)

    def _tell_plan(self) -> None:
        self._listener.planned(self._plan.script(self._as_heard().segment))

    def _accept(self, command: Command) -> None:
        self._output.overlay(self._mixer.sound(Sound.ACCEPTED))
        self._listener.obeyed(command)

    def _refuse(self, command: Command, refusal: Refused) -> None:
        self._output.overlay(self._mixer.sound(Sound.REFUSED))
        why = self._director.say(f"refused.{refusal.reason}", **refusal.blanks)
        self._listener.refused(command, why)

    # Where the session is

    def _as_heard(self) -> Transport:
        """The transport as it is for the person, who hears what was written a little ago."""
        if self._at.state is not State.PLAYING and not self._sounding():
            return self._at
        return self._playhead.transport(self._plan.outline)

    def _interrupt(self) -> None:
        """Forget what is mixed and not yet heard."""
        forgotten = self._output.drop()
        self._playhead.dropped(forgotten)
        self._mixer.dropped(forgotten + (self._mixed.length if self._mixed else 0))
        self._mixed = None
        self._report()

    def _go_on(self, after: Transport) -> None:
        self._at = after
        self._playhead.led(after)
        if after.state is State.COUNTING_IN:
            self._count_in = self._director.count_in(self._plan.segment(after.segment))
            self._mixer.load(self._count_in)
            self._count_in_frame = 0
        self._tell(after.state)
        self._advanced = self._clock.now()

    # Writing

    def _write(self) -> bool:
        """Write the next block; False when there is no room or nothing to write yet."""
        self._mixed = mixed = self._mixed or self._mix()
        if mixed is None:
            self._advanced = self._clock.now()
            return False
        if not self._output.write(mixed.block):
            return False
        self._mixed = None
        self._playhead.wrote(mixed.segment, mixed.start, mixed.length)
        self._wrote_until(mixed.segment, mixed.start + mixed.length)
        return True

    def _mix(self) -> Mixed[Block] | None:
        due = self._due()
        if due is None:
            return None
        segment, frame = due.segment, due.frame
        length = min(BLOCK, due.end - frame)
        then = None if segment is self._count_in else self._plan.following(segment)
        return Mixed(self._mixer.block(segment, frame, length, then), segment, frame, length)

    def _due(self) -> Stretch | None:
        """What to write next; None when it is not there yet."""
        if self._at.state is State.COUNTING_IN and self._count_in:
            return Stretch(self._count_in, self._count_in_frame, self._count_in.frames)
        return self._plan.due(self._at.segment, self._at.frame, MOMENT)

    def _wrote_until(self, segment: Segment, frame: int) -> None:
        if segment is self._count_in:
            self._count_in_frame = frame
            if frame >= segment.frames:
                self._at = count_in_over(self._at)
        elif frame >= segment.frames and not self._plan.is_left(segment):
            self._at = segment_over(self._at, self._plan.outline)
        else:
            self._at = replace(self._at, frame=frame)

    # Reporting

    def _report(self) -> None:
        delivered = self._output.delivered
        if delivered > self._playhead.heard:
            self._advanced = self._clock.now()
        for heard in self._playhead.advance(delivered):
            segment = heard.segment
            if heard.start == 0 and not heard.fading:
                self._listener.segment_started(segment)
            for event in () if heard.fading else segment.events:
                if heard.start <= event.frame < heard.end:
                    self._reached(segment, event.frame, since=heard.end - event.frame)
                    self._listener.event_started(event)
            if segment is self._count_in:
                if heard.end == segment.frames:
                    self._tell(State.PLAYING)
            elif not heard.fading:
                self._results.heard(segment, heard.end)
            self._reached(segment, heard.end, fading=heard.fading)

    def _reached(self, segment: Segment, frame: int, *, since: int = 0, fading: bool = False) -> None:
        """Tell where the session is, or was ``since`` frames ago: much is heard from one look to the next."""
        if segment is not self._count_in and not fading:
            self._playhead.reached(segment, frame)
        elapsed, left = self._playhead.heard - since, self._playhead.remaining(self._plan)
        self._listener.moved(Position(segment, frame, elapsed, left))

    def _tell(self, state: State) -> None:
        if state is not self._told:
            self._told = state
            self._listener.state_changed(state)

    # Losing the loudspeaker

    def _lost(self) -> bool:
        waiting = self._playhead.written > self._playhead.heard and self._at.state is not State.PAUSED
        return waiting and self._clock.now() - self._advanced > LOST_AFTER

    def _recover(self) -> None:
        """Hold the session until the loudspeaker is back, then go on from the start of the rep."""
        self._listener.noticed(self._director.say("loudspeaker.lost"))
        self._interrupt()
        held = self._at = self._playhead.held(replace(self._as_heard(), state=State.PAUSED))
        attempt = 0
        while not self._ended():
            try:
                self._output.reopen()
            except OutputError:
                retry_at = self._clock.now() + RETRY_EVERY[min(attempt, len(RETRY_EVERY) - 1)]
                attempt += 1
                while self._clock.now() < retry_at and not self._ended():
                    self._clock.wait(self._alarm, retry_at - self._clock.now())
                    self._obey_all()
            else:
                self._listener.noticed(self._director.say("loudspeaker.back"))
                if self._at is held:  # else the person has asked for something meanwhile
                    self._go_on(obey(held, Command.RESUME, self._plan.outline))
                return
