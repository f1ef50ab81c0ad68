"""A listener that writes what is done into the journal, set by set, without ever delaying the player."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import Final

from voicecoach.errors import JournalError
from voicecoach.journal.doses import dose_of
from voicecoach.journal.records import Dose, Event, Happening, Session, SetDone
from voicecoach.journal.store import Journal
from voicecoach.session.listener import Listener, SetResult, Summary
from voicecoach.session.script import Script
from voicecoach.session.transport import Command
from voicecoach.timeline.steps import Work
from voicecoach.units import seconds

PATIENCE: Final = 15.0
"""Seconds that the end of a session waits for the last writes; more than the store waits for another program
[own choice]."""

Write = Callable[[], None]


class JournalListener(Listener):
    """Hands everything over to a thread of its own, which writes it.

    What cannot be written stays in line and is tried again with the next set and at the end. The person is
    told once when it begins to fail, and at the end when something is missing for good.
    """

    def __init__(
        self,
        journal: Journal,
        session: Session,
        now: Callable[[], datetime],
        notice: Callable[[str], None],
        past: Collection[tuple[int, int]] = (),
    ) -> None:
        """``session`` is one that ``journal`` has begun; :meth:`close` must be called at its end.

        One that goes on brings along its seconds so far, and as ``past`` the block and number of each set
        that was planned in it and is not in what is played now.

        ``now`` gives the moment with its time zone; ``notice`` may be called from another thread.
        """
        self._journal = journal
        self._session = session
        self._now = now
        self._notice = notice
        self._past = frozenset(past)
        self._written: Mapping[str, str] = {each.exercise: each.written for each in session.decisions}
        self._doses: Mapping[str, Dose | None] = {each.exercise: each.dose for each in session.decisions}
        # What the routine has in each block: the person may ask for another form of it on the way.
        self._blocks: dict[int, str] = {}
        self._sides: dict[tuple[int, int], set[str]] = {}
        """The sides of each set, by its block and number."""
        self._line: queue.SimpleQueue[Write | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._work, name="journal", daemon=True)
        self._thread.start()

    def planned(self, script: Script) -> None:
        for step in script.steps:
            if isinstance(step, Work):
                key = step.exercise.key
                self._blocks.setdefault(step.block, self._written.get(key, key))
                self._sides.setdefault((step.block, step.set_number), set()).add(step.side)
        coming = {(step.block, step.set_number) for step in script.steps if isinstance(step, Work)}
        sets = self._past | coming
        if len(sets) != self._session.sets_planned:
            self._session = replace(self._session, sets_planned=len(sets))
            self._line.put(partial(self._journal.plan_sets, self._session.id, len(sets)))

    def set_ended(self, result: SetResult) -> None:
        done = self._done(result)
        self._line.put(partial(self._journal.add_set, self._session.id, done))

    def obeyed(self, command: Command) -> None:
        self._happened(Happening.OBEYED, command)

    def refused(self, command: Command, why: str) -> None:
        self._happened(Happening.REFUSED, command, why)

    def close(self, summary: Summary) -> Session:
        """Write how the session ended, wait until all is written, and return the session as it is now.

        Its sets are not in it; ask the journal for them.
        """
        ended = replace(
            self._session,
            ended=self._now().astimezone(UTC),
            seconds=self._session.seconds + seconds(summary.frames),
            finished=summary.finished,
        )
        self._line.put(partial(self._journal.end, ended))
        self._line.put(None)
        self._thread.join(PATIENCE)
        if self._thread.is_alive():
            self._notice("The journal is still being written: the end of this session may be missing in it.")
        return ended

    def _happened(self, what: Happening, command: Command, why: str = "") -> None:
        event = Event(at=self._now().astimezone(UTC), what=what, command=str(command), why=why)
        self._line.put(partial(self._journal.add_event, self._session.id, event))

    def _done(self, result: SetResult) -> SetDone:
        work, dose = result.work, dose_of(result.work.exercise)
        key = work.exercise.key
        planned = self._doses.get(key)
        return SetDone(
            exercise=key,
            written=self._blocks.get(work.block) or self._written.get(key, key),
            set_number=work.set_number,
            sets=work.sets,
            block=work.block,
            side=work.side,
            sides=len(self._sides.get((work.block, work.set_number), {work.side})),
            reps=result.reps,
            reps_planned=work.reps,
            seconds=seconds(result.frames),
            seconds_planned=dose.duration,
            hold=dose.hold,
            lowering=dose.lowering,
            load=planned.load if planned else 0.0,
            tempo=sum(work.tempo) / len(work.tempo) if work.tempo else 1.0,
            ending=result.ending,
            at=self._now().astimezone(UTC),
        )

    def _work(self) -> None:
        """On a thread of its own: write what is in line, in order."""
        waiting: list[Write] = []
        told = False
        while (write := self._line.get()) is not None:
            waiting.append(write)
            error = _written(waiting)
            if error and not told:
                told = True
                self._notice(
                    f"{error} The session goes on; what you do is written as soon as that is possible."
                )
        if error := _written(waiting):
            self._notice(f"{error} Part of this session is missing in it.")


def _written(waiting: list[Write]) -> JournalError | None:
    """Write what is waiting, as far as possible; what is left there could not be, for the returned reason."""
    while waiting:
        try:
            waiting[0]()
        except JournalError as error:
            return error
        del waiting[0]
    return None
