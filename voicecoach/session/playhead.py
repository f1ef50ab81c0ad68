"""Where the session is: the positions written and heard, and where the last command led."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from voicecoach.session.commands import Command
from voicecoach.session.listener import Ending, Listener, Position, SetResult
from voicecoach.session.revision import PlanPosition
from voicecoach.session.running_plan import RunningPlan, Stretch
from voicecoach.session.transport import STILL, State, Transport, count_in_over, segment_over
from voicecoach.timeline.segment import Event, Play, Segment, Sound, reps_done
from voicecoach.timeline.steps import Work
from voicecoach.units import seconds


@dataclass(frozen=True, slots=True)
class Heard(Stretch):
    """A stretch that was just heard."""

    fading: bool
    """Whether a command has left it already."""
    counts_in: bool
    """Whether it is part of a count-in, which is not in the plan."""

    @property
    def events(self) -> tuple[Event, ...]:
        """The events that began in it; none while it fades."""
        events = () if self.fading else self.segment.events
        return tuple(event for event in events if self.start <= event.frame < self.end)


class Playhead:
    """Tracks the frames of ``plan`` from writing to hearing, counted from the start of the output.

    The position written is a little ahead of the position heard. Commands go by the one heard.
    """

    def __init__(self, plan: RunningPlan) -> None:
        self.at = Transport()
        """The position to write next."""
        self.written = 0
        self.heard = 0
        self._plan = plan
        self._runs: deque[Stretch] = deque()
        """Frames that are written and not yet heard."""
        self._count_in: Stretch | None = None
        """The rest of the last count-in."""
        self._reached = (plan.outline[0], 0)
        """The last segment of the plan that was heard, and up to which frame."""
        self._led_to: Transport | None = None
        """The target of the last command, until something from there is heard."""
        self._led_from = 0
        """The count of frames heard at which that begins; until then the fade of the old place is heard."""

    @property
    def outstanding(self) -> bool:
        """Tell whether some of what was written is not heard yet."""
        return self.heard < self.written

    @property
    def is_arriving(self) -> bool:
        """Whether nothing was heard yet from where the last command led."""
        return self._led_to is not None

    @property
    def sounding(self) -> bool:
        """Tell whether the end of the session was written and is not heard yet."""
        return self.at.finished and self.outstanding

    # Writing

    def due(self, timeout: float) -> Stretch | None:
        """Return what to write next; None when it is not compiled within ``timeout`` seconds."""
        if self.at.state is State.COUNTING_IN:
            return self._count_in
        return self._plan.due(self.at, timeout)

    def wrote(self, new: Stretch) -> None:
        """Move past ``new``, which was written."""
        last = self._runs[-1] if self._runs else None
        if last and last.segment is new.segment and last.end == new.start:
            self._runs[-1] = Stretch(new.segment, last.start, new.end)
        else:
            self._runs.append(new)
        self.written += new.length
        over = new.end >= new.segment.frames
        if self._is_count_in(new.segment):
            self._count_in = Stretch(new.segment, new.end, new.segment.frames)
            self.at = count_in_over(self.at) if over else self.at
        elif over and not self._plan.is_left(new.segment):
            self.at = segment_over(self.at, self._plan.outline)
        else:
            self.at = replace(self.at, frame=new.end)

    def dropped(self, length: int) -> None:
        """Forget the last ``length`` frames written, which will never be heard."""
        self.written -= length
        while length and self._runs:
            last = self._runs.pop()
            if length < last.length:
                self._runs.append(Stretch(last.segment, last.start, last.end - length))
            length = max(length - last.length, 0)

    def lead(self, after: Transport, said: str = "") -> None:
        """Move to ``after``, the target of a command, with a count-in before it when its state says so.

        A sentence that is ``said`` comes before that.
        """
        counted = after.state is State.COUNTING_IN
        self.at = replace(after, state=State.COUNTING_IN) if said else after
        self._led_to = replace(after, state=State.PLAYING)
        self._led_from = self.written
        if self.at.state is State.COUNTING_IN:
            first = self._plan.count_in(after, said, counted=counted)
            self._count_in = Stretch(first, 0, first.frames)

    # Audibility

    def advance(self, delivered: int) -> Iterator[Heard]:
        """Yield what was heard since the last call, now that ``delivered`` frames were."""
        while self.heard < delivered and self._runs:
            run = self._runs.popleft()
            end = min(run.end, run.start + delivered - self.heard)
            if end < run.end:
                self._runs.appendleft(Stretch(run.segment, end, run.end))
            self.heard += end - run.start
            fading = self.heard <= self._led_from
            yield Heard(run.segment, run.start, end, fading, self._is_count_in(run.segment))

    def reached(self, part: Heard, frame: int) -> Position:
        """Move the position heard to ``frame`` of ``part``, if that is of the plan, and return it."""
        if not (part.fading or part.counts_in):
            self._led_to = None
            self._reached = (part.segment, frame)
        return Position(part.segment, frame, self.heard - (part.end - frame), self.remaining)

    @property
    def transport(self) -> Transport:
        """The position of the session for the person: the one heard, or the target of the last command."""
        if self.at.state is not State.PLAYING and not self.sounding:
            return self.at
        if self._led_to:
            return self._led_to
        segment, frame = self._reached
        at = Transport(segment=segment.index, frame=frame)
        return segment_over(at, self._plan.outline) if frame >= segment.frames else at

    @property
    def place(self) -> PlanPosition:
        """The same position with the segment that plays there."""
        at, segment = self.transport, self._reached[0]
        if segment.index != at.segment:
            segment = self._plan.segment(at.segment)
        return PlanPosition(at.segment, at.frame, segment)

    def go_back(self, segment: Segment, frame: int) -> None:
        """Take that for what was heard last; :meth:`lead` follows."""
        self._reached = (segment, frame)

    def held(self, at: Transport) -> Transport:
        """Return ``at``; where time stands still, moved back to a point that halves no word and no rep."""
        segment = self._reached[0]
        if at.state in STILL and segment.index == at.segment:
            return replace(at, frame=segment.resume_at(at.frame))
        return at

    @property
    def remaining(self) -> int:
        """The frames from here to the end, if nothing is skipped."""
        at, frame = self._reached
        if self._led_to:  # what was heard may not be in the plan any more
            at, frame = self._plan.segment(self._led_to.segment), self._led_to.frame
        return max(at.expected - frame, 0) + self._plan.left_after(at.index)

    def _is_count_in(self, segment: Segment) -> bool:
        return self._count_in is not None and segment is self._count_in.segment


@dataclass(frozen=True, slots=True)
class ReportState:
    """The sets as they were once."""

    heard: int
    """Frames heard by then."""
    results: tuple[SetResult, ...]
    open: tuple[Segment, int] | None
    """The set that was being done, and up to which frame it was heard."""
    went: Mapping[int, int]
    """The frames heard at the last "go" of each set, by its index."""


class Reporter:
    """Reports to ``listener`` what is heard, and each set when it is left."""

    def __init__(self, listener: Listener, playhead: Playhead) -> None:
        self._listener = listener
        self._playhead = playhead
        self._state = State.PLAYING
        """The state that the listener knows of."""
        self._open: tuple[Segment, int] | None = None
        """The set that is being done, and up to which frame it was heard."""
        self._went: dict[int, int] = {}
        """The frames heard at the last "go" of each set, by its index."""
        self.results: tuple[SetResult, ...] = ()
        """Every set that was done or begun, in order."""

    def report(self, delivered: int) -> None:
        """Report what was heard since the last call, now that ``delivered`` frames were."""
        for part in self._playhead.advance(delivered):
            segment = part.segment
            if not segment.frames:  # where one set runs on into the next, nothing else is seen or heard
                continue
            if part.start == 0 and not part.fading:
                self._listener.segment_started(segment)
            for event in part.events:
                position = self._playhead.reached(part, event.frame)
                if isinstance(event, Play) and event.sound is Sound.GO and not part.counts_in:
                    self._went[segment.index] = position.elapsed
                self._listener.moved(position)
                self._listener.event_started(event)
            if part.counts_in and part.end == segment.frames:
                self.tell(State.PLAYING)
            elif segment.work and not (part.counts_in or part.fading):
                # After a pause it may go on from before what was heard already.
                so_far = self._open[1] if self._open else 0
                self._open = (segment, max(so_far, part.end))
                if part.end == segment.frames:
                    self.leave(Ending.DONE)
            self._listener.moved(self._playhead.reached(part, part.end))

    def since_go(self, index: int) -> float:
        """Return the seconds from the last "go" of the set at ``index`` to what is written next."""
        return seconds(self._playhead.written - self._went.get(index, self._playhead.written))

    def tell(self, state: State) -> None:
        """Report the state of the session when it has changed."""
        if state is not self._state:
            self._state = state
            self._listener.state_changed(state)

    @property
    def so_far(self) -> tuple[SetResult, ...]:
        """The results with that of the present set, as if it were left now."""
        result = self._result(Ending.SKIPPED)
        return (*self.results, result) if result else self.results

    @property
    def state(self) -> ReportState:
        """All that :meth:`take_back` needs."""
        return ReportState(self._playhead.heard, self.results, self._open, dict(self._went))

    def take_back(self, command: Command, at: int, before: ReportState, through: int) -> None:
        """Go back to the sets ``before`` a command at step ``at``, after which ``through`` sets were over.

        What ended since then stays. The time since then counts no more than that of a pause.
        """
        since = self.results[through:]
        taken = (None,) * (through - len(before.results))
        endings = (*(each.ending for each in before.results), *taken, *(each.ending for each in since))
        self.results, self._open = (*before.results, *since), before.open
        away = self._playhead.heard - before.heard
        self._went |= {index: went + away for index, went in before.went.items()}
        self._listener.taken_back(command, at, endings)

    def leave(self, ending: Ending) -> None:
        """End the present set as ``ending``; does nothing outside a set and before its first rep."""
        result, self._open = self._result(ending), None
        if result is not None:
            self.results = (*self.results, result)
            self._listener.set_ended(result)

    def _result(self, ending: Ending) -> SetResult | None:
        """Return what the present set comes to when it ends as ``ending``; None before its first rep."""
        if self._open is None:
            return None
        segment, frame = self._open
        begun = segment.begins
        if segment.work is None or frame <= begun:
            return None
        reps = segment.work.reps if ending is Ending.DONE else reps_done(segment, frame)
        if reps == segment.work.reps and ending is not Ending.HURT:
            ending = Ending.DONE  # only the tone at its end was not heard
        return SetResult(segment.work, reps, min(frame, segment.ends) - begun, ending)

    def hurt(self, key: str, first: Work | None) -> None:
        """Let the last set of the exercise with that key end as HURT, also when it was over by then.

        When it hurt before its ``first`` set, that one ends so with nothing done.
        """
        of_it = [index for index, each in enumerate(self.results) if each.work.exercise.key == key]
        if not of_it and first is not None:
            result = SetResult(first, 0, 0, Ending.HURT)
            self.results = (*self.results, result)
            self._listener.set_ended(result)
        elif of_it and self.results[of_it[-1]].ending is not Ending.HURT:
            self.results = (
                *self.results[: of_it[-1]],
                replace(self.results[of_it[-1]], ending=Ending.HURT),
                *self.results[of_it[-1] + 1 :],
            )
            self._listener.exercise_hurt(key)
