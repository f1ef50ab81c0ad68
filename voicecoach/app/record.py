"""Writing a session into the journal while it is played."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import fields, replace
from datetime import UTC, datetime
from typing import BinaryIO, Final

from voicecoach.app.estimates import estimate
from voicecoach.app.journal import Notice, write_down
from voicecoach.app.prepare import PreparedSession, library
from voicecoach.audio import outputs
from voicecoach.clock import Clock
from voicecoach.errors import UsageError
from voicecoach.journal import claims, records, store
from voicecoach.journal.recorder import JournalListener
from voicecoach.journal.writer import Writer
from voicecoach.language import phrases
from voicecoach.session.listener import Listener, Summary
from voicecoach.settings.table import SessionSettings
from voicecoach.timeline.saved_plan import SavedPlan
from voicecoach.training import stats
from voicecoach.units import seconds

NOTHING_SAID: Final = records.Before()
UNWRITTEN: Final = "This session is not written down."


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


def keep_rest(session: PreparedSession, before: records.Before, notice: Notice, moment: datetime) -> None:
    """Write down that somebody left ``session`` out on a red day, with what they said before it.

    It has no sets and cannot go on, so that it is no exercise; a flare begins with it all the same, and
    whoever reads the journal sees the day. ``notice`` says when that is not possible.
    """
    rest = records.Session(
        id=0,
        routine=session.routine,
        version=session.version,
        started=moment.astimezone(UTC),
        ended=moment.astimezone(UTC),
        day=moment.date(),
        utc_offset=records.minutes_ahead(moment),
        planned=0.0,
        sets_planned=0,
        as_written=session.as_written,
        region=session.region,
        before=before,
    )
    write_down(lambda journal: journal.begin(rest), "Your answers are not written down.", notice)


class Recording:
    """One session on its way into the journal, or into a file beside it while there can be none."""

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
        self.incomplete = False
        """Whether something of the session should be in the journal, and could not be written there."""
        self.lacks = ""
        """What its end on the full screen says of what the journal lacks; empty when that is nothing."""
        self._writer: Writer | None = None
        self._is_over = False
        """Whether it came to its end, and that was written."""
        self._has_gone = False
        """Whether it is no longer played here."""
        self._claim: BinaryIO | None = None
        """Shows other programs that this session is being played."""
        self._claimed = 0
        """The number that it is claimed under; 0 for none."""
        self._notice, self._say = notice, phrases.load(how.language)
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
            utc_offset=records.minutes_ahead(now),
            planned=seconds(estimate(session.steps, how.rate, how.language).expected),
            sets_planned=plan.sets,
            as_written=session.as_written,
            region=session.region,
            asked=session.asked,
            before=before,
            decisions=session.decisions,
            instructions=session.instructions,
        )
        if resumes is not None:
            if not self._take(resumes.id):
                raise UsageError("This session goes on in another window, so it cannot go on here.")
            said = _completed(resumes.before, before)
            length = stats.length(resumes)
            new = replace(resumes, ended=None, seconds=length, finished=False, before=said)
        writer = Writer(new, plan, store.file(), self._notice, self._say, entered=self._take_over)
        writer.begin()
        if writer.is_refused:  # as it will be at the end, too
            self.incomplete = True
            self._notice(f"{writer.error} {UNWRITTEN}")
            return
        self._writer = writer
        self.listener = JournalListener(writer, clock.moment, plan, in_step=how.output == outputs.INSTANT)

    def _take_over(self, number: int) -> None:
        """Claim the session under the number that it has got."""
        if not self._has_gone:
            self._take(number)

    def _take(self, number: int) -> bool:
        """Claim the session with that number for this program; False when another one plays it."""
        if number == self._claimed:
            return True
        with suppress(OSError):  # where nothing can be claimed, it is not known either
            claim, before = claims.claim(number), self._claim
            self._claim, self._claimed = claim, number if claim else 0
            if before is not None:
                before.close()
            return claim is not None
        return True

    @property
    def written(self) -> records.Session | None:
        """The session with its sets, those before an interruption too, as it stands in the journal or will.

        None when it is not written down, and will not be.
        """
        if self._writer is None or not isinstance(self.listener, JournalListener):
            return None
        return self.listener.session if self._is_kept else None

    @property
    def _is_kept(self) -> bool:
        writer = self._writer
        return writer is not None and not writer.is_refused and (writer.error is None or bool(writer.file))

    def close(self, summary: Summary) -> None:
        """Write how it ended. One that was stopped before anything was done leaves nothing behind."""
        writer = self._writer
        if writer is None:
            return
        assert isinstance(self.listener, JournalListener)
        self._is_over = True
        if not (summary.results or summary.finished or self.listener.is_at_end or self._resumes):
            writer.drop()
            self._writer = None
            self.incomplete = not writer.close()
            return
        self.listener.end(summary)
        if writer.error is not None:
            self.lacks = self._say.part("unkept.lacks", why=writer.error.why)

    def abandon(self) -> None:
        """Keep what was done in a session that an error ended; when that is nothing, keep nothing of it."""
        writer, resumes = self._writer, self._resumes
        if self._is_over or writer is None:
            return
        assert isinstance(self.listener, JournalListener)
        if len(self.listener.session.sets) > len(resumes.sets if resumes else ()):
            return
        if resumes is None:
            writer.drop()
        else:
            self.listener.say(resumes)

    def say(self, answered: records.Session) -> None:
        """Write what the person said of it."""
        if isinstance(self.listener, JournalListener):
            self.listener.say(answered)

    def leave_open(self) -> None:
        """Write that the questions after it are open, until they are settled."""
        if isinstance(self.listener, JournalListener):
            self.listener.leave_open()

    def settle(self) -> None:
        """Write that the questions after it are answered, or not wanted."""
        if isinstance(self.listener, JournalListener):
            self.listener.settle()

    def let_go(self) -> None:
        """Write the rest, and tell what is missing; the session may go on elsewhere."""
        if self._writer is not None and not self._writer.close():
            self.incomplete = True
            self._tell_what_is_missing(self._writer)
        self._has_gone = True
        if self._claim is not None:
            self._claim.close()

    def _tell_what_is_missing(self, writer: Writer) -> None:
        assert isinstance(self.listener, JournalListener)
        say, error = self._say.part, str(writer.error)
        if writer.file is not None:
            self._notice(say("unkept.kept", error=error))
        elif writer.error is None:
            self._notice(say("unkept.part", what=writer.missing))
        elif stats.trained(session := _without(self.listener.session, self._resumes, writer.sets_written)):
            from voicecoach.app.done_dose import log_command  # noqa: PLC0415 - few sessions need it

            how_much = "rest" if writer.sets_written else "all"
            self._notice(say(f"unkept.by_hand.{how_much}", error=error))
            self._notice(log_command(session, library()))


def _without(session: records.Session, before: records.Session | None, written: int) -> records.Session:
    """Return what of ``session`` was done since it was resumed and is not among the sets ``written``."""
    earlier = len(before.sets) if before else 0
    if written:
        sets = session.sets[earlier + written :]
        return replace(session, sets=sets, seconds=sum(each.seconds for each in sets))
    if before is None:
        return session
    return replace(session, sets=session.sets[earlier:], seconds=session.seconds - stats.length(before))


def _completed(first: records.Before, now: records.Before) -> records.Before:
    """Return the answers of the beginning, and of those that were not given then the present ones."""
    missing = {each.name for each in fields(first) if getattr(first, each.name) is None}
    return replace(first, **{name: getattr(now, name) for name in missing})
