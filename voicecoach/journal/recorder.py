"""Writes what is done into the journal, set by set, without delaying a session that is heard.

Each set is handed over when it ends, and written within milliseconds: a kill loses the set in progress, and
at most the one that ended in those milliseconds. A session that nobody hears (``in_step``) waits until each
set is on the disk, so nothing is shown after a set that a kill would lose.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Final

from voicecoach.journal.records import Event, Happening, Session, SetDone
from voicecoach.journal.store import Journal
from voicecoach.journal.writer import Pending, Writer
from voicecoach.routine.doses import dose_of
from voicecoach.session.commands import Command
from voicecoach.session.listener import Ending, Listener, Position, Script, SetResult, Summary
from voicecoach.timeline.saved_plan import NOTHING, SavedPlan
from voicecoach.timeline.segment import Segment
from voicecoach.timeline.steps import AnyStep, Outro, Work, works
from voicecoach.units import seconds

_PLAN: Final = "how to go on with it"
"""The name of an entry with the plan of the session."""
_PLACE: Final = "how far it came"
"""The name of an entry with the place in the plan."""

_UNKNOWN: Final = -1
"""The number of no block."""


class JournalListener(Listener):
    """Hands everything to a :class:`Writer`, and knows the session as it should stand in the journal."""

    def __init__(
        self, writer: Writer, now: Callable[[], datetime], plan: SavedPlan = NOTHING, *, in_step: bool = False
    ) -> None:
        """Record the session of ``writer``, which has begun to write.

        ``plan`` is its plan in the journal; for a session that goes on, it includes the steps that are over.
        With ``in_step``, :meth:`set_ended` waits until the set is written or that was tried in vain, after
        which nothing waits again. ``now`` returns the moment with its time zone.
        """
        self._writer = writer
        self._session = session = writer.session
        self._now = now
        self._written: Mapping[str, str] = {each.exercise: each.written for each in session.decisions}
        self._blocks = dict(plan.written)
        """The exercise of the routine in each block, where another variation of it may be done."""
        self._sides: dict[tuple[int, int], set[str]] = {}
        """The planned sides of each set, by its block and number."""
        self._steps = plan.steps
        self._past = plan.steps[: plan.at]
        self._look_at(self._steps)
        self._here = self._at = self._begun = plan.at
        """The step being heard, and the one to go on with, counted from the start of the plan."""
        self._block = 0
        self._before = session.seconds
        """Seconds of it that were heard before it was resumed."""
        self._heard = 0
        """Frames of the session that were heard, without those before it was resumed."""
        self._in_step = in_step
        self._earlier = len(session.sets)
        """The number of sets before it was resumed."""
        self._hurts: list[Event] = []
        """Each time that something hurt, unless that was taken back."""

    @property
    def session(self) -> Session:
        """The session with its sets, those before an interruption too, and its number in the journal."""
        return replace(self._session, id=self._writer.number)

    @property
    def is_at_end(self) -> bool:
        """Whether it has come to its last words, having been done or skipped."""
        return isinstance(self._steps[self._here], Outro) if self._steps else False

    def planned(self, script: Script) -> None:
        before, self._steps = self._steps, (*self._past, *script.steps)
        if len(self._past) + script.at != self._here:  # gone there by a command, and not heard of it yet
            self._come_to(script.at, script.steps[script.at].block)
        if self._steps == before:
            return
        self._look_at(self._steps)
        plan = SavedPlan(steps=self._steps, at=self._at, written=dict(self._blocks))
        self._session = replace(self._session, sets_planned=plan.sets)
        session = self._session

        def keep(journal: Journal, number: int) -> None:
            journal.keep_plan(replace(session, id=number), plan)

        self._writer.put(Pending(_PLAN, keep, replaces=True))

    def moved(self, position: Position) -> None:
        self._heard = position.elapsed

    def segment_started(self, segment: Segment) -> None:
        self._come_to(segment.index, segment.block)

    def _come_to(self, index: int, block: int) -> None:
        self._here = len(self._past) + index
        if block != self._block or self._here < self._at:  # else it is what comes next
            self._block, self._at = block, self._here
            self._writer.put(self._place(self._at))

    def _place(self, at: int) -> Pending:
        return Pending(_PLACE, lambda journal, number: journal.keep_place(number, at), replaces=True)

    def set_ended(self, result: SetResult) -> None:
        work = result.work
        name = f"set {work.set_number} of {work.exercise.name}{f' ({work.side})' if work.side else ''}"
        self._at = self._here + (result.ending is Ending.DONE)
        at, heard = self._at, self._before + seconds(self._heard)
        done = self._done(result)
        self._session = replace(self._session, sets=(*self._session.sets, done), seconds=heard)
        entry = Pending(name, lambda journal, number: journal.add_set(number, done, at, heard), is_set=True)
        self._writer.put(entry)
        if self._in_step and self._writer.error is None:
            self._in_step = self._writer.wait(entry)

    def exercise_hurt(self, key: str) -> None:
        sets = self._session.sets
        last = max((index for index, each in enumerate(sets) if each.exercise == key), default=None)
        if last is None:
            return
        hurt = replace(sets[last], ending=Ending.HURT)
        self._session = replace(self._session, sets=(*sets[:last], hurt, *sets[last + 1 :]))
        self._writer.put(
            Pending(f"that {key} hurt", lambda journal, number: journal.end_as_hurt(number, key), urgent=True)
        )

    def taken_back(self, command: Command, at: int, endings: tuple[Ending | None, ...]) -> None:
        """Write the sets as they are now, and forget that something hurt, if that was taken back."""
        before, here = self._session.sets[: self._earlier], self._session.sets[self._earlier :]
        told = zip(here, endings, strict=True)
        sets = (*before, *(replace(done, ending=ending) for done, ending in told if ending is not None))
        self._session = replace(self._session, sets=sets)
        self._here = self._at = step = len(self._past) + at
        self._block = _UNKNOWN  # so that the next step is the one to go on with, whichever it is
        event = self._hurts.pop() if command is Command.HURTS else None
        self._writer.put(
            Pending(
                "what you took back",
                lambda journal, number: journal.take_back(number, sets, step, event),
                leaves=len(sets) - self._earlier,
                urgent=True,
            )
        )

    def obeyed(self, command: Command) -> None:
        event = self._happened(Happening.OBEYED, command)
        if command is Command.HURTS:
            self._hurts.append(event)

    def refused(self, command: Command, why: str) -> None:
        self._happened(Happening.REFUSED, command, why)

    def end(self, summary: Summary) -> None:
        """Write how the session ended, and wait until that was tried.

        One that was only skipped to its end goes on from where it began: nobody wants its last words alone.
        """
        if self.is_at_end and not summary.finished:
            self._writer.put(self._place(self._begun))
        self._session = ended = replace(
            self._session,
            ended=self._now().astimezone(UTC),
            seconds=self._before + seconds(summary.frames),
            finished=summary.finished,
        )
        self._writer.is_ending = True
        entry = Pending(
            "how it ended", lambda journal, number: journal.end(replace(ended, id=number)), urgent=True
        )
        self._writer.wait(self._writer.put(entry))

    def say(self, answered: Session) -> None:
        """Write what the person said of the session."""
        self._session = answered
        self._writer.put(
            Pending(
                "your answers",
                lambda journal, number: journal.update(replace(answered, id=number)),
                urgent=True,
            )
        )

    def leave_open(self) -> None:
        """Write that the questions after it are not answered yet."""
        self._writer.put(Pending("that its questions wait", Journal.leave_open))

    def settle(self) -> None:
        """Write that they are answered, or never will be."""
        self._writer.put(Pending("that its questions are over", Journal.settle))

    def _look_at(self, steps: Iterable[AnyStep]) -> None:
        self._sides = {}
        for work in works(steps):
            key = work.exercise.key
            self._blocks.setdefault(work.block, self._written.get(key, key))
            self._sides.setdefault((work.block, work.set_number), set()).add(work.side)

    def _happened(self, what: Happening, command: Command, why: str = "") -> Event:
        event = Event(at=self._now().astimezone(UTC), what=what, command=str(command), why=why)
        self._writer.put(
            Pending("what you asked for on the way", lambda journal, number: journal.add_event(number, event))
        )
        return event

    def _done(self, result: SetResult) -> SetDone:
        work, key = result.work, result.work.exercise.key
        return set_done(
            work,
            written=self._blocks.get(work.block) or self._written.get(key, key),
            sides=len(self._sides.get((work.block, work.set_number), {work.side})),
            reps=result.reps,
            heard=seconds(result.frames),
            ending=result.ending,
            at=self._now().astimezone(UTC),
        )


def set_done(
    work: Work, *, written: str, sides: int, reps: int, heard: float, ending: Ending, at: datetime
) -> SetDone:
    """Return the record of a set, of which ``reps`` and so many seconds were ``heard`` to their end.

    ``written`` is the routine's exercise that it was done for, and ``sides`` the number of its sides.
    """
    dose = dose_of(work.exercise)
    return SetDone(
        exercise=work.exercise.key,
        written=written,
        set_number=work.set_number,
        sets=work.sets,
        block=work.block,
        rounds=work.rounds,
        side=work.side,
        sides=sides,
        alone=(work.rung.written if work.rung else work.exercise).only_side,
        reps=reps,
        reps_planned=work.reps,
        unit=dose.counted,
        seconds=heard,
        seconds_planned=dose.duration,
        counted=len(work.marked),
        hold=dose.hold,
        lowering=dose.lowering,
        load=dose.load,
        level=dose.grade.words if dose.grade else "",
        tempo=sum(work.tempo) / len(work.tempo) if work.tempo else 1.0,
        ending=ending,
        at=at,
    )
