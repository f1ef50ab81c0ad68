"""Gathers what is told when a session is over: in the words of the coach, and as the last picture."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from voicecoach.app import plan, prepare, questions
from voicecoach.app.journal import Notice
from voicecoach.app.prepare import PreparedSession
from voicecoach.app.record import Recording
from voicecoach.display.scene import Closing
from voicecoach.errors import VoicecoachError
from voicecoach.journal.records import Session, tally
from voicecoach.language.dates import counted
from voicecoach.language.phrases import Message, Phrases
from voicecoach.session.listener import Ending, SetResult, Summary
from voicecoach.timeline.saved_plan import SavedPlan
from voicecoach.timeline.steps import AnyStep, Hurt, Work, works
from voicecoach.training import closing, stats
from voicecoach.training.alarm import sentence as alarm_sentence
from voicecoach.training.closing import Achieved
from voicecoach.training.debrief import Aftermath, what_hurt
from voicecoach.training.readiness import Condition, Stage
from voicecoach.units import seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Farewell:
    """What is told at the end of a session."""

    said: tuple[str, ...]
    """A sentence or two, which are shown, too."""
    shown: tuple[str, ...] = ()
    """What is only shown."""
    known: Aftermath | None = None
    """What was known of the days around it; None when none of it is told."""
    picture: Closing | None = None
    """None for a session that was stopped, and when nothing was done: then nothing is spoken, either."""


def farewell(
    session: PreparedSession,
    kept: Recording,
    summary: Summary,
    notice: Notice,
    now: datetime,
    say: Phrases,
    *,
    asks: bool,
) -> Farewell:
    """Return what is told after ``session``, which ``kept`` has written down if it is written down at all.

    When it ``asks`` afterwards, nothing more is offered for today: the answers may forbid that.
    """
    written = kept.written
    what = _of_journal(written) if written else _of_summary(session, summary)
    hurt = dict.fromkeys(step.title for step in summary.steps if isinstance(step, Hurt))
    hurts = "summary.hurt" if written else "summary.hurt_unkept"
    shown = tuple(say(hurts, name=name) for name in hurt)
    alarms = bool(hurt) or (written is not None and stats.was_hurt(written))
    alarm = [alarm_sentence(session.instructions, only_form=False)] if alarms and not asks else []
    if not what.worked:
        return Farewell(said=(say("closing.nothing"), *map(say.tell, alarm)), shown=shown)
    better: list[str] = []
    facts = _Facts()
    if written and not kept.lacks:
        names = {each.exercise.key: each.exercise.name for each in works((*kept.past, *summary.steps))}
        with contextlib.suppress(VoicecoachError):  # of a file that could still be read when it began
            facts = _facts(written, names, notice, now, asks=asks)
        facts = facts.counted(session, what, plain=asks or alarms)
        if alarms and session.instructions:
            facts = replace(facts, coming=None)  # the clinician is asked first
        better = [names[key] for key in facts.better if key in names]
    if not asks and facts.known and (told := what_hurt(facts.known)):
        shown = (*shown, say.tell(told))
    said = (closing.achieved(what, better), *facts.sentences, *alarm)
    picture = _picture(session.name, what, better, facts, say) if summary.finished else None
    if picture and kept.lacks:
        picture = replace(picture, lines=(*picture.lines, kept.lacks))
    return Farewell(said=tuple(map(say.tell, said)), shown=shown, known=facts.known, picture=picture)


def _of_journal(session: Session) -> Achieved:
    return Achieved(
        finished=session.finished,
        seconds=stats.length(session),
        done=tally(session.sets).done,
        sets=session.sets_planned,
        worked=stats.trained(session),
    )


def _of_summary(session: PreparedSession, summary: Summary) -> Achieved:
    """Return what was done in a session that is not written down."""
    before = session.resumes
    planned = {_key(work) for work in works(summary.steps)}
    left = planned - {_key(work) for work in summary.done}
    done = {key[:2] for key in planned} - {key[:2] for key in left}
    whole: tuple[AnyStep, ...] = (*session.past.steps, *summary.steps)
    sets = SavedPlan(steps=whole).sets
    return Achieved(
        finished=summary.finished,
        seconds=seconds(summary.frames) + (stats.length(before) if before else 0.0),
        done=len(done) + (tally(before.sets).done if before else 0),
        sets=sets,
        worked=any(map(_is_work, summary.results)) or (summary.finished and not sets),
    )


def _key(work: Work) -> tuple[int, int, str]:
    """Two works with the same key are the same side of the same set."""
    return work.block, work.set_number, work.side


def _is_work(result: SetResult) -> bool:
    return result.ending is not Ending.SKIPPED and result.reps > 0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Facts:
    """What the journal and the plan know."""

    better: tuple[str, ...] = ()
    """The keys of the exercises of which more was done than the last time."""
    week: closing.Told | None = None
    coming: Message | None = None
    """What comes next, as a part of a sentence."""
    sore: Message | None = None
    """How far a flare is."""
    known: Aftermath | None = None
    """What all of this follows from."""

    def counted(self, session: PreparedSession, what: Achieved, *, plain: bool) -> _Facts:
        """Return these with what the session adds to the week; ``plain`` is without praise, for now."""
        week, before = self.week, session.resumes
        if week is None:
            return self
        counts = stats.is_whole if week.goal.of else stats.trained
        counted = week.counted or (before is not None and counts(before))
        week = week._replace(counted=counted, begun=bool(what.sets) and not what.done, plain=plain)
        known = self.known and replace(self.known, praise=closing.held_back(week))
        return replace(self, week=week, known=known)

    @property
    def sentences(self) -> Iterator[Message]:
        """Say how the week goes, and what comes next."""
        parts = [part for part in (self.week and closing.week(self.week), self.coming) if part]
        if parts:
            first, *then = parts
            joined = Message("closing.and", first=first, next=then[0]) if then else first
            yield Message("closing.sentence", what=joined)
        if self.sore:
            yield self.sore


def _facts(
    session: Session, names: Mapping[str, str], notice: Notice, now: datetime, *, asks: bool
) -> _Facts:
    past, following = questions.past(session.day, notice), plan.followed()
    after = questions.aftermath(session, past, following, notice, now, names)
    told, condition = plan.week_after(following, session, after.past), after.condition
    calm = condition.flare is Stage.CALM
    waits = asks and after.coming is not None and after.coming.day == now.date()
    coming = None
    if not (calm or waits):
        alone = told.week.goal.prescribed
        coming = closing.coming(after.coming, now.date(), rest=told.rest, prescribed=alone)
    return _Facts(
        better=_better(session, condition, notice, now),
        week=told.week._replace(
            first=not after.days,
            first_full=closing.first_full_week(after.days, session.day, after.goal),
        ),
        coming=coming,
        sore=closing.sore_days(condition, session.day),
        known=after,
    )


def _better(session: Session, now: Condition, notice: Notice, moment: datetime) -> tuple[str, ...]:
    """Return nothing on a day on which coming at all is enough."""
    history = prepare.known(notice, moment.date()).of(session.region)
    sore = now.sore or now.flare is Stage.CALM or now.leg_worse or now.suspended or history.weak
    return () if sore or stats.was_hurt(session) else tuple(closing.better(session, history))


def _picture(name: str, what: Achieved, better: list[str], facts: _Facts, say: Phrases) -> Closing:
    lines = [Message("closing.sentence", what=closing.more(better))] if better else []
    goal = facts.week.goal if facts.week else None
    first = facts.week is not None and facts.week.first
    lines += [Message("closing.sentence", what=Message("closing.first"))] if first else []
    lines += [Message("closing.sentence", what=facts.coming)] if facts.coming else []
    lines += [facts.sore] if facts.sore else []
    minutes = counted(what.minutes, "minute", say)
    return Closing(
        title=name,
        time=(minutes, say.part("date.minutes", minutes=str(what.minutes))),
        sets=say.part("summary.sets", n=str(what.done), sets=str(what.sets)) if what.sets else "",
        days=(goal.done, goal.of) if goal else (0, 0),
        week=_week(goal.done, goal.of, say) if goal else "",
        lines=tuple(map(say.tell, lines)),
    )


def _week(done: int, of: int, say: Phrases) -> str:
    if of:
        return say.part("summary.days_of", n=str(done), days=counted(of, "day", say))
    return say.part("summary.days", days=counted(done, "day", say))
