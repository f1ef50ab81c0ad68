"""Writes what is done into the journal, set by set, without delaying a session that is heard.

Each set is handed over when it ends, and written within milliseconds: a kill loses the set in progress, and
at most the one that ended in those milliseconds. A session that nobody hears (``in_step``) waits until each
set is on the disk, so nothing is shown after a set that a kill would lose.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from typing import Final

from voicecoach.errors import EntryRefused, JournalError
from voicecoach.journal.records import Event, Happening, Session, SetDone
from voicecoach.journal.store import Journal
from voicecoach.routine.doses import dose_of
from voicecoach.session.commands import Command
from voicecoach.session.listener import Ending, Listener, Position, Script, SetResult, Summary
from voicecoach.timeline.saved_plan import NOTHING, SavedPlan
from voicecoach.timeline.segment import Segment
from voicecoach.timeline.steps import AnyStep, works
from voicecoach.units import seconds

PATIENCE: Final = 15.0
"""Seconds that the end of a session, or of a set in step, waits for the journal; more than the store waits
for another program [own choice]."""
_PLAN: Final = "how to go on with it"
"""The name of an entry with the plan of the session."""
_PLACE: Final = "how far it came"
"""The name of an entry with the place in the plan."""
_NAMED: Final = 3
"""How many missing entries are named to the person; further ones are counted."""


@dataclass(frozen=True, slots=True, eq=False)
class _Entry:
    """Something to write."""

    what: str
    """Its name for the person, in case it is missing."""
    write: Callable[[], None]
    tried: threading.Event = field(default_factory=threading.Event)
    """Set once it is written, or could not be."""


class JournalListener(Listener):
    """Hands everything to its own thread, which writes it.

    While the journal cannot be written, entries wait and are tried again with the next one and at the end. An
    entry that the journal refuses is set aside, and the others are written. The person is told once when
    writing fails, and at the end what is missing.
    """

    def __init__(
        self,
        journal: Journal,
        session: Session,
        now: Callable[[], datetime],
        notice: Callable[[str], None],
        plan: SavedPlan = NOTHING,
        *,
        in_step: bool = False,
    ) -> None:
        """Record ``session``, which ``journal`` has begun. Call :meth:`close` or :meth:`stop` at its end.

        ``plan`` is its plan in the journal; for a session that goes on, it includes the steps that are over.
        With ``in_step``, :meth:`set_ended` waits until the set is written, failed, or took
        :data:`PATIENCE` seconds, after which nothing waits again. ``now`` returns the moment with its time
        zone; ``notice`` may be called from another thread.
        """
        self._journal = journal
        self._session = session
        self._now = now
        self._notice = notice
        self._written: Mapping[str, str] = {each.exercise: each.written for each in session.decisions}
        self._blocks = dict(plan.written)
        """The exercise of the routine in each block, where another variation of it may be done."""
        self._sides: dict[tuple[int, int], set[str]] = {}
        """The planned sides of each set, by its block and number."""
        self._steps = plan.steps
        self._past = plan.steps[: plan.at]
        self._look_at(self._steps)
        self._here = self._at = plan.at
        """The step being heard, and the one to go on with, counted from the start of the plan."""
        self._block = 0
        self._heard = 0
        """Frames of the session that were heard, without those before it was resumed."""
        self._line: queue.SimpleQueue[_Entry | None] = queue.SimpleQueue()
        self._in_step = in_step
        self._failed = False
        """Whether the journal could not be written at once; then nothing waits for it any more."""
        self._aside: list[_Entry] = []
        """Entries that the journal refused."""
        self._told_of_one = False
        """Whether the person knows that something was set aside."""
        self._over = False
        """Whether everything was tried."""
        self.incomplete = False
        """Whether something is missing in the journal, as is known at the end."""
        self._thread = threading.Thread(target=self._work, name="journal", daemon=True)
        self._thread.start()

    def planned(self, script: Script) -> None:
        before, self._steps = self._steps, (*self._past, *script.steps)
        if len(self._past) + script.at != self._here:  # gone there by a command, and not heard of it yet
            self._come_to(script.at, script.steps[script.at].block)
        if self._steps == before:
            return
        self._look_at(self._steps)
        plan = SavedPlan(steps=self._steps, at=self._at, written=dict(self._blocks))
        self._session = replace(self._session, sets_planned=plan.sets)
        self._line.put(_Entry(_PLAN, partial(self._journal.keep_plan, self._session, plan)))

    def moved(self, position: Position) -> None:
        self._heard = position.elapsed

    def segment_started(self, segment: Segment) -> None:
        self._come_to(segment.index, segment.block)

    def _come_to(self, index: int, block: int) -> None:
        self._here = len(self._past) + index
        if block != self._block or self._here < self._at:  # else it is what comes next
            self._block, self._at = block, self._here
            self._line.put(_Entry(_PLACE, partial(self._journal.keep_place, self._session.id, self._at)))

    def set_ended(self, result: SetResult) -> None:
        work = result.work
        name = f"set {work.set_number} of {work.exercise.name}{f' ({work.side})' if work.side else ''}"
        self._at = self._here + (result.ending is Ending.DONE)
        heard = self._session.seconds + seconds(self._heard)
        add = partial(self._journal.add_set, self._session.id, self._done(result), self._at, heard)
        entry = _Entry(name, add)
        self._line.put(entry)
        if self._in_step and not self._failed:
            self._in_step = entry.tried.wait(PATIENCE)

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
        self._line.put(_Entry("how it ended", partial(self._journal.end, ended)))
        self.stop()
        return ended

    def stop(self) -> None:
        """Wait until all is written; anything reported afterwards is lost."""
        self._line.put(None)
        self._in_step = False
        self._thread.join(PATIENCE)
        self.incomplete |= not self._over
        if self._thread.is_alive():
            self._notice("The journal is still being written: the end of this session may be missing in it.")
        elif not self._over:
            self._notice("The journal was left before its end: part of this session may be missing in it.")

    def _look_at(self, steps: Iterable[AnyStep]) -> None:
        self._sides = {}
        for work in works(steps):
            key = work.exercise.key
            self._blocks.setdefault(work.block, self._written.get(key, key))
            self._sides.setdefault((work.block, work.set_number), set()).add(work.side)

    def _happened(self, what: Happening, command: Command, why: str = "") -> None:
        event = Event(at=self._now().astimezone(UTC), what=what, command=str(command), why=why)
        add = partial(self._journal.add_event, self._session.id, event)
        self._line.put(_Entry("what you asked for on the way", add))

    def _done(self, result: SetResult) -> SetDone:
        work, dose = result.work, dose_of(result.work.exercise)
        key = work.exercise.key
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
            load=dose.load,
            tempo=sum(work.tempo) / len(work.tempo) if work.tempo else 1.0,
            ending=result.ending,
            at=self._now().astimezone(UTC),
        )

    def _work(self) -> None:
        """Write the entries in order, in the journal's thread."""
        waiting: list[_Entry] = []
        while (entry := self._line.get()) is not None:
            waiting.append(entry)
            error = self._write(waiting)
            if error and not self._failed:
                self._failed = True
                self._tell(
                    f"{error} The session goes on; what you do is written as soon as that is possible."
                )
            entry.tried.set()
        error = self._write(waiting)
        if missing := (*self._aside, *waiting):
            self.incomplete = True
            why = str(error) if error else "Your journal did not take everything."
            self._tell(f"{why} Part of this session is missing in it: {_names(missing)}.")
        self._over = True

    def _write(self, waiting: list[_Entry]) -> JournalError | None:
        """Write as many waiting entries as possible; return the reason why some are left, or None."""
        while waiting:
            try:
                waiting[0].write()
            except EntryRefused as error:
                self._set_aside(waiting[0], str(error))
            except JournalError as error:
                return error
            except Exception as error:  # noqa: BLE001 - whatever it is, the entries behind it are written
                self._set_aside(
                    waiting[0],
                    f"Something could not be written into your journal ({type(error).__name__}: {error}).",
                )
            else:
                if (what := waiting[0].what) in {_PLAN, _PLACE}:  # each is the whole of it
                    self._aside = [each for each in self._aside if each.what != what]
            del waiting[0]
        return None

    def _set_aside(self, entry: _Entry, why: str) -> None:
        if not self._told_of_one:
            self._told_of_one = True
            self._tell(f"{why} The session goes on, and the rest of it is written down.")
        self._aside.append(entry)

    def _tell(self, line: str) -> None:
        """Give the notice; a failing screen must not stop the writing."""
        with suppress(Exception):
            self._notice(line)


def _names(missing: Iterable[_Entry]) -> str:
    """Name the first missing entries, and count the others."""
    names = list(dict.fromkeys(entry.what for entry in missing))
    shown, more = names[:_NAMED], len(names) - _NAMED
    last = f"{more} more" if more > 0 else shown.pop() if len(shown) > 1 else ""
    return " and ".join(filter(None, (", ".join(shown), last)))
