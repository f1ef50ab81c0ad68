"""Writing a session into the journal while it is played."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import fields, replace
from datetime import UTC
from pathlib import Path
from typing import BinaryIO, Final

from voicecoach import safefiles
from voicecoach.app.estimates import estimate
from voicecoach.app.journal import Notice
from voicecoach.app.prepare import PreparedSession
from voicecoach.audio import outputs
from voicecoach.clock import Clock
from voicecoach.errors import EntryRefused, JournalError, UsageError
from voicecoach.journal import records, store
from voicecoach.journal.opening import connect_to_nothing
from voicecoach.journal.recorder import JournalListener
from voicecoach.journal.store import Journal
from voicecoach.session.listener import Listener, Summary
from voicecoach.settings.table import SessionSettings
from voicecoach.timeline.saved_plan import SavedPlan
from voicecoach.training import stats
from voicecoach.units import seconds

NOTHING_SAID: Final = records.Before()
UNWRITTEN: Final = "This session is not written down."
LATER: Final = "The session goes on, and is written down at its end if that is possible then."


@contextmanager
def recording(
    session: PreparedSession,
    notice: Notice,
    how: SessionSettings,
    clock: Clock,
    *,
    before: records.Before = NOTHING_SAID,
    journal: bool = True,
) -> Iterator[Recording]:
    """Inside the block the session is written into the journal, set by set, when its listener is told.

    One that an error ends keeps its sets; when there is none, it leaves the journal as it was. Without
    ``journal`` nothing is written. Raises UsageError for one that should go on, but goes on already in
    another window.
    """
    kept = Recording(session, notice, how, clock, before=before, journal=journal)
    try:
        yield kept
    except BaseException:
        kept.abandon()
        raise
    finally:
        kept.let_go()


class Recording:
    """One session on its way into the journal; where there can be none now, it is tried again at the end."""

    def __init__(
        self,
        session: PreparedSession,
        notice: Notice,
        how: SessionSettings,
        clock: Clock,
        *,
        before: records.Before,
        journal: bool,
    ) -> None:
        self.listener: Listener = Listener()
        """To be told what is done."""
        self.written: records.Session | None = None
        """The session as it stands in the journal; None when it is not written down."""
        self.incomplete = False
        """Whether something of the session should be in the journal, and could not be written there."""
        self._journal: Journal | None = None
        self._later = False
        """Whether that is one in memory, because the file could not be written to at the start."""
        self._closed = False
        """Whether it came to its end, and that was written."""
        self._claim: BinaryIO | None = None
        """Shows other programs that this session is being played."""
        self._notice = notice
        self._resumes = session.resumes
        self.past = session.past.steps
        """The steps that were over before it was resumed; empty for a new one."""
        self.steps = session.steps
        """The steps with which it began, whatever became of them."""
        if journal and session.routine:
            try:
                self._begin(session, before, how, clock)
            except BaseException:
                self.let_go()
                raise

    def _begin(
        self, session: PreparedSession, before: records.Before, how: SessionSettings, clock: Clock
    ) -> None:
        now = clock.moment()
        resumes = session.resumes
        plan = SavedPlan(steps=session.steps) if resumes is None else session.past
        new = records.Session(
            id=0,
            routine=session.routine,
            version=session.version,
            started=now.astimezone(UTC),
            day=now.date(),
            planned=seconds(estimate(session.steps, how.rate, how.language).expected),
            sets_planned=plan.sets,
            as_written=session.as_written,
            asked=session.asked,
            before=before,
            decisions=session.decisions,
        )
        if resumes is not None:
            if not self._take(resumes):
                raise UsageError("This session goes on in another window, so it cannot go on here.")
            said = _completed(resumes.before, before)
            length = stats.length(resumes)
            new = replace(resumes, ended=None, seconds=length, finished=False, before=said)
        try:
            journal, new = self._enter(new, plan)
        except EntryRefused as error:  # as it will be at the end, too
            self._lack(f"{error} {UNWRITTEN}")
            return
        self.written = new
        self.listener = JournalListener(
            journal, self.written, clock.moment, self._notice, plan, in_step=how.output == outputs.INSTANT
        )

    def _enter(self, session: records.Session, plan: SavedPlan) -> tuple[Journal, records.Session]:
        """Begin ``session`` with its ``plan``, or go on with it, in the journal or, when that cannot be
        written, in memory. Raises EntryRefused.
        """
        try:
            self._journal = journal = Journal.open(store.file(), self._notice)
            if self._resumes is None:
                session = journal.begin(session, plan)
                self._take(session)
            else:
                journal.update(session)
        except EntryRefused:
            raise
        except JournalError as error:
            self._notice(f"{error} {LATER}")
            if self._journal is not None:
                self._journal.close()
            self._journal = journal = Journal(connect_to_nothing(), store.file())
            self._later = True
            session = journal.begin(replace(session, sets=()), plan)
        return journal, session

    def _take(self, session: records.Session) -> bool:
        """Claim ``session`` for this program; False when another one plays it."""
        with suppress(OSError):  # where nothing can be claimed, it is not known either
            self._claim = safefiles.claimed(_claims(), session.id)
            return self._claim is not None
        return True

    def close(self, summary: Summary) -> None:
        """Write how it ended. A session in which nothing was done leaves nothing behind."""
        if self._journal is None or self.written is None:
            return
        assert isinstance(self.listener, JournalListener)
        self._closed = True
        self.written = self.listener.close(summary)
        if summary.results or summary.finished or self._resumes:
            self.incomplete = self.listener.incomplete
            if self._later:
                self._catch_up(self._journal, self.written)
            return
        try:
            self._journal.remove(self.written.id)
        except JournalError as error:
            self._lack(str(error))
        self.written = None

    def abandon(self) -> None:
        """Keep what was done in a session that an error ended; when that is nothing, keep nothing of it."""
        journal = self._journal
        if self._closed or journal is None or self.written is None:
            return
        assert isinstance(self.listener, JournalListener)
        self.listener.stop()
        before = 0 if self._resumes is None or self._later else len(self._resumes.sets)
        try:
            found = journal.session(self.written.id)
            if found is not None and len(found.sets) > before:
                if self._later:
                    self._catch_up(journal, found)
            elif self._resumes is None:
                journal.remove(self.written.id)
            elif not self._later:
                journal.update(self._resumes)
        except JournalError as error:
            self._notice(str(error))

    def _catch_up(self, memory: Journal, kept: records.Session) -> None:
        """Write down the whole session, which is in ``memory``, in the file."""
        events, sets, plan = memory.events(kept.id), _sets(memory, kept), memory.plan(kept.id)
        self.written = None
        try:
            self._journal = Journal.open(store.file(), self._notice)
            if self._resumes is None:
                kept = self._journal.begin(replace(kept, sets=sets))
            else:
                kept = replace(kept, id=self._resumes.id)
                self._journal.replace_sets(kept.id, (*self._resumes.sets, *sets))
                self._journal.update(kept)
            self.written = kept
            if plan is not None:
                self._journal.keep_plan(kept, plan)
            for event in events:
                self._journal.add_event(kept.id, event)
        except JournalError as error:
            self._lack(str(error) if self.written else f"{error} {UNWRITTEN}")
        memory.close()

    def say(self, answered: records.Session) -> None:
        """Write what the person said of it."""
        if self._journal is not None and self.written is not None:
            try:
                self._journal.update(answered)
            except JournalError as error:
                self._lack(f"{error} Your answers are not written down.")
            else:
                self.written = answered

    def _lack(self, why: str) -> None:
        """Tell the person what the journal lacks."""
        self.incomplete = True
        self._notice(why)

    def as_kept(self) -> records.Session:
        """Return the session, which must be written down, with its sets, those before an interruption too."""
        assert self.written is not None
        sets: tuple[records.SetDone, ...] = ()
        if self._journal is not None:
            try:
                sets = _sets(self._journal, self.written)
            except JournalError as error:
                self._notice(str(error))
        return replace(self.written, sets=sets)

    def let_go(self) -> None:
        """Close the journal; the session may go on elsewhere."""
        if self._journal is not None:
            self._journal.close()
        if self._claim is not None:
            self._claim.close()


def _completed(first: records.Before, now: records.Before) -> records.Before:
    """Return the answers of the beginning, and of those that were not given then the present ones."""
    missing = {each.name for each in fields(first) if getattr(first, each.name) is None}
    return replace(first, **{name: getattr(now, name) for name in missing})


def playing(session: records.Session) -> bool:
    """Whether another program is playing ``session`` now; False where that cannot be known."""
    try:
        claim = safefiles.claimed(_claims(), session.id)
    except OSError:
        return False
    if claim is not None:
        claim.close()
    return claim is None


def _sets(journal: Journal, session: records.Session) -> tuple[records.SetDone, ...]:
    found = journal.session(session.id)
    return found.sets if found else ()


def _claims() -> Path:
    """The file in which each session has a byte that is locked while it is played."""
    return store.file().with_suffix(".playing")
