"""A listener that writes what is done into the journal, set by set, without delaying a player that is heard.

Each set is handed over when it ends, and written within milliseconds: a kill loses the set in progress, and
at most the one that ended in those milliseconds. A session that nobody hears (``in_step``) goes on when the
set is on the disk: nothing is ever shown that comes after a set which a kill then loses.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from typing import Final

from voicecoach.errors import EntryRefused, JournalError
from voicecoach.journal.records import Course, Event, Happening, Session, SetDone, VariationInBlock
from voicecoach.journal.store import Journal
from voicecoach.routine.doses import Dose, dose_of
from voicecoach.session.commands import Command
from voicecoach.session.listener import Listener, Script, SetResult, Summary
from voicecoach.timeline.segment import Segment
from voicecoach.timeline.steps import AS_WRITTEN, Hurt, OtherVariation, Work, has_tempo
from voicecoach.units import seconds

PATIENCE: Final = 15.0
"""Seconds that the end of a session, or of a set in step, waits for the journal; more than the store waits
for another program [own choice]."""
_COURSE: Final = "how far it came"
"""The name of an entry that has what became of the session up to then."""
_NAMED: Final = 3
"""How many missing entries are named to the person; further ones are counted."""


@dataclass(frozen=True, slots=True, eq=False)
class _Entry:
    """One thing to write."""

    what: str
    """Its name, for a person who is told that it is missing."""
    write: Callable[[], None]
    tried: threading.Event = field(default_factory=threading.Event)
    """Set once it is written, or could not be."""


class JournalListener(Listener):
    """Hands everything over to a thread of its own, which writes it.

    When the journal cannot be written, everything stays in line and is tried again with the next entry and at
    the end. An entry that fails for a reason of its own would fail again, so it is set aside, and the others
    are written. The person is told once when it begins to fail, and at the end what is missing.
    """

    def __init__(
        self,
        journal: Journal,
        session: Session,
        now: Callable[[], datetime],
        notice: Callable[[str], None],
        past: Collection[Work] = (),
        *,
        in_step: bool = False,
    ) -> None:
        """``session`` is one that ``journal`` has begun; :meth:`close` or :meth:`stop` must be
        called at its end.

        One that goes on brings along its seconds so far, and as ``past`` each set that was planned in it and
        is not in what is played now. With ``in_step`` the end of a set returns when it is written, or could
        not be, or after :data:`PATIENCE` seconds, once.

        ``now`` gives the moment with its time zone; ``notice`` may be called from another thread.
        """
        self._journal = journal
        self._session = session
        self._now = now
        self._notice = notice
        self._written: Mapping[str, str] = {each.exercise: each.written for each in session.decisions}
        self._doses: Mapping[str, Dose | None] = {each.exercise: each.dose for each in session.decisions}
        self._blocks = {form.block: form.written for form in session.course.forms}
        """What the routine has in each block: the person may ask for another form of it on the way."""
        self._first: dict[int, str] = {}
        """What was planned in each block at the start."""
        self._sides: dict[tuple[int, int], set[str]] = {}
        """The sides of each set as it is planned now, by its block and number."""
        self._past = tuple(past)
        self._plan(self._past)
        self._line: queue.SimpleQueue[_Entry | None] = queue.SimpleQueue()
        self._in_step = in_step
        self._failed = False
        """Whether the journal could not be written at once; then nobody waits for it any more."""
        self._aside: list[_Entry] = []
        """What fails for a reason of its own."""
        self._told_of_one = False
        """Whether the person knows that something was set aside."""
        self._over = False
        """Whether everything was tried."""
        self._thread = threading.Thread(target=self._work, name="journal", daemon=True)
        self._thread.start()

    def planned(self, script: Script) -> None:
        works = [step for step in script.steps if isinstance(step, Work)]
        self._plan((*self._past, *works))
        self._keep(replace(self._session, sets_planned=len(self._sides), course=self._course(script, works)))

    def segment_started(self, segment: Segment) -> None:
        if segment.block:
            self._keep(replace(self._session, course=replace(self._session.course, block=segment.block)))

    def set_ended(self, result: SetResult) -> None:
        work = result.work
        name = f"set {work.set_number} of {work.exercise.name}{f' ({work.side})' if work.side else ''}"
        entry = _Entry(name, partial(self._journal.add_set, self._session.id, self._done(result)))
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
        """Wait until all is written; what is told afterwards is not."""
        self._line.put(None)
        self._in_step = False
        self._thread.join(PATIENCE)
        if self._thread.is_alive():
            self._notice("The journal is still being written: the end of this session may be missing in it.")
        elif not self._over:
            self._notice("The journal was left before its end: part of this session may be missing in it.")

    def _plan(self, works: Collection[Work]) -> None:
        self._sides = {}
        for work in works:
            key = work.exercise.key
            self._first.setdefault(work.block, key)
            self._blocks.setdefault(work.block, self._written.get(key, key))
            self._sides.setdefault((work.block, work.set_number), set()).add(work.side)

    def _course(self, script: Script, works: Collection[Work]) -> Course:
        """What became of the session by a new plan."""
        course = self._session.course
        forms = {form.block: form for form in course.forms}
        for work in works:
            if (key := work.exercise.key) != self._first[work.block] or work.block in forms:
                forms[work.block] = VariationInBlock(work.block, self._blocks[work.block], key)
        told = [step for step in script.steps if isinstance(step, OtherVariation) and step.text]
        hurt = [step for step in script.steps if isinstance(step, Hurt)]
        tempo = [step.tempo_of(step.reps) for step in works if has_tempo(step)]
        return replace(
            course,
            tempo=tempo[-1] if tempo else AS_WRITTEN,
            forms=tuple(forms.values()),
            advice=tuple(dict.fromkeys((*course.advice, *((step.block, step.text) for step in told)))),
            over=tuple(dict.fromkeys((*course.over, *((step.block, step.exercise.key) for step in hurt)))),
        )

    def _keep(self, session: Session) -> None:
        if session != self._session:
            self._session = session
            self._line.put(_Entry(_COURSE, partial(self._journal.keep_course, session)))

    def _happened(self, what: Happening, command: Command, why: str = "") -> None:
        event = Event(at=self._now().astimezone(UTC), what=what, command=str(command), why=why)
        add = partial(self._journal.add_event, self._session.id, event)
        self._line.put(_Entry("what you asked for on the way", add))

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
            why = str(error) if error else "Your journal did not take everything."
            self._tell(f"{why} Part of this session is missing in it: {_names(missing)}.")
        self._over = True

    def _write(self, waiting: list[_Entry]) -> JournalError | None:
        """Write what is waiting as far as possible; what is left could not be, for the returned reason."""
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
                if waiting[0].what == _COURSE:  # each is the whole of it
                    self._aside = [each for each in self._aside if each.what != _COURSE]
            del waiting[0]
        return None

    def _set_aside(self, entry: _Entry, why: str) -> None:
        if not self._told_of_one:
            self._told_of_one = True
            self._tell(f"{why} The session goes on, and the rest of it is written down.")
        self._aside.append(entry)

    def _tell(self, line: str) -> None:
        """A screen that fails does not keep the journal from being written."""
        with suppress(Exception):
            self._notice(line)


def _names(missing: Iterable[_Entry]) -> str:
    """The first of what is missing by name, and how much there is besides."""
    names = list(dict.fromkeys(entry.what for entry in missing))
    shown, more = names[:_NAMED], len(names) - _NAMED
    last = f"{more} more" if more > 0 else shown.pop() if len(shown) > 1 else ""
    return " and ".join(filter(None, (", ".join(shown), last)))
