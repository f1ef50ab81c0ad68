"""The coach's answer to the answers after a session: what they mean, and what comes next. All pure.

Nothing is said because a session is over: a word of praise has its reason in the journal, or is left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from voicecoach.journal.records import Agreement, Leg, Session, Weakness
from voicecoach.language.phrases import Message
from voicecoach.routine.region import Region, of_region
from voicecoach.training import limits, stats
from voicecoach.training.agreement import Pace, Waits, pace_on
from voicecoach.training.alarm import is_alarming
from voicecoach.training.alarm import sentence as alarm_sentence
from voicecoach.training.closing import Coming, first_full_week, sore_days
from voicecoach.training.exercise_log import History, is_paced
from voicecoach.training.leg import furthest, last_said, place, rose_in
from voicecoach.training.practice import keys_that_hurt
from voicecoach.training.readiness import Condition, Stage, Today, condition
from voicecoach.training.stats import days_between
from voicecoach.training.words import ahead


@dataclass(frozen=True, slots=True, kw_only=True)
class Aftermath:
    """What there is to know when a session is over."""

    session: Session
    """With its sets and all answers."""
    past: Sequence[Session]
    """The last weeks' sessions before it, earliest first."""
    names: Mapping[str, str]
    """The names of its exercises by their keys in the routine."""
    older: tuple[date, ...] = ()
    """The days with exercise before those of :attr:`past`, earliest first."""
    goal: int = 0
    """Days of exercise that a whole week aims at; 0 without one, and while a routine of it lacks days."""
    coming: Coming | None = None
    """None when nothing is to be named."""
    agreements: tuple[Agreement, ...] = ()
    """What was said about an agreed pace, earliest first."""
    weakness: tuple[Weakness, ...] = ()
    """Whether a leg or foot was newly weak or numb, earliest first."""
    praise: Message | None = None
    """The word on the week that the end of the session held back until it is known how it was."""
    told: Aftermath | None = None
    """What there was to know when the end of the session told how the week goes and what comes next; None
    when it did not."""

    @property
    def days(self) -> tuple[date, ...]:
        """The days with exercise before it, earliest first."""
        return (*self.older, *(each.day for each in self.past if stats.trained(each)))

    @property
    def own(self) -> tuple[Session, ...]:
        """Those of :attr:`past` for the same region."""
        return of_region(self.past, self.session.region)

    @property
    def today(self) -> date:
        return self.session.day

    @property
    def condition(self) -> Condition:
        """The condition of the day as it was before the session."""
        return condition(self.past, Today.of(self.session, paced=is_paced(self.agreements)))

    @property
    def has_doses(self) -> bool:
        """Whether the next doses follow from it: it was done with the coach, or noted with what was done, or
        its routine was.
        """
        known = any(each.sets and each.routine == self.session.routine for each in self.past)
        return known or bool(self.session.sets) or not self.session.by_hand

    @property
    def alarms(self) -> bool:
        """Whether it was a session after which nothing is praised."""
        return self.hurt_much or self.session.after.form_ok is False

    @property
    def hurt_much(self) -> bool:
        """Whether it alarms for more than a lost form."""
        return is_alarming(self.session, leg_rose=self.leg_rose, before=self._usual)

    @property
    def _usual(self) -> float:
        """What pain before the session is taken for when nobody said how it was."""
        return stats.assumed_pain(stats.pain_by_day(self.past), self.today)

    @property
    def leg_rose(self) -> bool:
        """Whether it went further down a leg in the session, or there was another warning sign."""
        return rose_in(self.session, last_said(reversed(self.own)))

    def pace(self, sessions: Sequence[Session]) -> Pace | None:
        """Return the agreed pace after these sessions; None without one."""
        known = History(sessions=tuple(sessions), agreements=self.agreements, weakness=self.weakness)
        region = self.session.region
        return pace_on(known.of(region), Today(day=self.today, region=region))


def debrief(after: Aftermath) -> tuple[Message, ...]:
    """Return what the coach says after the last answer, a sentence or two for each thing."""
    meaning = _meaning(after)
    said = [Message("debrief.thanks", said=meaning)] if meaning else [*_silence(after)]
    if after.condition.suspended and not _moved_up(after):
        said.append(Message("debrief.see_leg"))
    alarm = (*_alarm(after, meaning),)
    if alarm and after.session.instructions:
        return (*said, *alarm)
    praise = None if after.alarms else _praise(after)
    following = () if after.told and _comes_as_told(after, after.told) else _next(after)
    return (*said, *alarm, *([praise] if praise else []), *_pace(after), *following)


_SENDS: Final = frozenset({"debrief.leg_rose", "debrief.hurt_again", "debrief.see_leg"})
"""What already says whom to ask."""
_PRAISE: Final = frozenset({"debrief.no_pain", "debrief.as_before"})


def _alarm(after: Aftermath, meaning: Message | None) -> Iterator[Message]:
    """Yield the one sentence after a session that hurt too much, or whose form was lost."""
    if not after.alarms:
        return
    asked = after.session.instructions
    if not asked and meaning is not None and meaning.code in _SENDS:
        return
    yield alarm_sentence(asked, only_form=not after.hurt_much)


def _meaning(after: Aftermath) -> Message | None:
    """What the answers mean; None when nothing was answered."""
    session, worst, hurt = after.session, after.session.after.worst_pain, _hurt(after)
    before = session.before.pain
    rise = worst - before if worst is not None and before is not None else 0
    effort = session.after.effort or 0
    pace = "pace_" if is_paced(after.agreements) else ""
    agreed, said = session.instructions.pain, worst or 0
    fine = worst is not None and agreed.is_fine(worst)
    meanings = (
        (after.leg_rose, _of_leg(after.session)),
        (not after.has_doses and (hurt or rise >= limits.SORE_RISE), Message("debrief.sore_elsewhere")),
        (hurt, _of_hurt(after, hurt)),
        (agreed.is_too_much(said), Message("debrief.agreed_stop")),
        (_moved_up(after), _of_moving_up(after.session.region)),
        (fine and rise >= limits.AMBER_RISE, Message("debrief.agreed_fine", worst=said)),
        (rise >= limits.SORE_RISE, Message(f"debrief.{pace}sore")),
        (agreed.is_much(said), Message("debrief.agreed_much")),
        (rise >= limits.AMBER_RISE, Message("debrief.settles", worst=said)),
        (effort >= limits.HARD_EFFORT and after.has_doses, Message(f"debrief.{pace}hard")),
        (worst == 0, Message("debrief.no_pain")),
        (worst is not None and before is not None, Message("debrief.as_before")),
        (worst is not None and not session.by_hand, Message("debrief.noted")),
    )
    found = next((meaning for holds, meaning in meanings if holds), None)
    if found is not None and found.code in _PRAISE and after.alarms:
        return Message("debrief.noted")
    return found


def _of_leg(session: Session) -> Message:
    """Say what it means that a leg or an arm went further down, or that there was a warning sign."""
    if session.region is Region.BACK:
        return Message("debrief.leg_rose")
    return Message(f"region.{session.region}.{'rose' if session.after.sign else 'arm_rose'}")


def _of_moving_up(region: Region) -> Message:
    return Message("debrief.moved_up" if region is Region.BACK else f"region.{region}.arm_up")


def what_hurt(after: Aftermath) -> Message | None:
    """Say what the coach does about the exercises that hurt; None when none did, or no doses follow."""
    hurt = _hurt(after)
    return _of_hurt(after, hurt) if hurt and after.has_doses else None


def _of_hurt(after: Aftermath, names: Sequence[str]) -> Message:
    paced = is_paced(after.agreements)
    how = "hurt_again" if _hurt_again(after) else "pace_hurt" if paced else "hurt"
    listed = Message.joined([Message.verbatim(name) for name in names or [""]])
    return Message(f"debrief.{how}", names=listed, n=max(1, len(names)))


def _hurt(after: Aftermath) -> list[str]:
    """The names of the exercises that hurt, as far as is known."""
    return [after.names.get(key, key) for key in keys_that_hurt(after.session)]


def _hurt_again(after: Aftermath) -> bool:
    """Tell whether an exercise hurt that hurt within the days before, so that it is left out (rule 6)."""
    since = after.today - timedelta(limits.RED_DAYS)
    lately = (key for each in after.past if each.day >= since for key in keys_that_hurt(each))
    return not {*lately}.isdisjoint(keys_that_hurt(after.session))


def _moved_up(after: Aftermath) -> bool:
    """Tell whether it is felt less far down a leg than before, in the session or since the last one."""
    region = after.session.region
    said = [place(told, region) for each in (*after.own, after.session) for told in (each.before, each.after)]
    last = [leg for leg in said if leg is not None][-2:]
    answered = furthest(after.session) is not None
    return answered and len(last) == len({*last}) == 2 and max(last[1], Leg.BACK) < last[0]


def _silence(after: Aftermath) -> Iterator[Message]:
    """What it means that nothing was answered, the third time and every third time after that."""
    if is_paced(after.agreements) or after.session.by_hand:  # then other answers let doses rise
        return
    silent = 0
    for each in (after.session, *reversed(after.past)):
        if each.by_hand or not stats.trained(each):
            continue
        if each.after.worst_pain is not None or each.after.effort is not None:
            break
        silent += 1
    if silent and silent % limits.SILENT_SESSIONS == 0:
        yield Message("debrief.silent")


def _praise(after: Aftermath) -> Message | None:
    """One thing in the journal that is worth a word; mostly there is none."""
    past, now, days = after.own, after.condition, after.days
    if not days:
        return None if after.told else Message("debrief.first")
    away, paced = days_between(days[-1], after.today), is_paced(after.agreements)
    last = condition(past[:-1], Today.of(past[-1], paced=paced)) if past else now
    today = condition(past, Today.of(after.session))
    held = after.told.praise if after.told else None
    reasons = (
        (paced and (today.sore or today.flare is Stage.CALM), Message("debrief.pace_bad_day")),
        (away >= limits.AWAY_DAYS, Message("debrief.back", n=away)),
        (last.flare is not Stage.NONE and now.flare is Stage.NONE, Message("debrief.flare_over")),
        (not after.told and first_full_week(days, after.today, after.goal), Message("debrief.full_week")),
        (held is not None, held),
        (now.sore or now.since == after.today, Message("debrief.sore_day")),
        (_chose_short(after.session), Message("debrief.short")),
    )
    return next((word for holds, word in reasons if holds), None) or _best_week(after)


def _chose_short(session: Session) -> bool:
    """Tell whether the person asked the coach for fewer minutes; by hand they said how many there were."""
    return not session.by_hand and session.asked is not None and session.asked.minutes is not None


def _best_week(after: Aftermath) -> Message | None:
    """Tell of a week with less pain than any before it, when there is enough to compare."""
    said: dict[date, list[int]] = {}
    for each in (*after.own, after.session):
        if each.before.pain is not None:
            said.setdefault(stats.monday_of(each.day), []).append(each.before.pain)
    week = stats.monday_of(after.today)
    if after.session.before.pain is None or len(said[week]) != limits.BETTER_ANSWERS:
        return None
    means = {
        day: sum(pains) / len(pains) for day, pains in said.items() if len(pains) >= limits.BETTER_ANSWERS
    }
    first, now = min(means), means.pop(week)
    if not means or round(means[first]) - round(now) < limits.BETTER_PAIN or now >= min(means.values()):
        return None
    weeks = (week - first).days // 7
    return Message("debrief.best_week", n=weeks, then=round(means[first]), now=round(now))


def _pace(after: Aftermath) -> Iterator[Message]:
    """How an agreed pace goes on: how much of its beginning is known, and what it waits for."""
    before, now = after.pace(after.past), after.pace((*after.past, after.session))
    if before is None or now is None:
        return
    if now.waits is Waits.LEG and before.waits is not Waits.LEG:
        yield Message("debrief.pace_leg")
    elif before.waits is Waits.GAP:
        yield Message("debrief.pace_gap")
    elif now.began is not None and before.began is None:
        yield Message("debrief.pace_found")
    elif now.sessions > before.sessions:
        yield Message("debrief.pace_measured", n=now.sessions, of=limits.PACE_SESSIONS)


def _comes_as_told(after: Aftermath, told: Aftermath) -> bool:
    """Tell whether the answers have left what comes next as it was told before them, and it was not today."""
    if told.coming is not None and told.coming.day == after.today:
        return False
    routines = ((each.coming.day, each.coming.routine) if each.coming else None for each in (after, told))
    sore = (sore_days(each.condition, each.today) for each in (after, told))
    return len({*routines}) == len({*sore}) == 1


def _next(after: Aftermath) -> Iterator[Message]:
    """What comes next, and when; of a flare, how long it takes."""
    coming = after.coming
    if sore := sore_days(after.condition, after.today):
        yield sore
        if after.condition.flare is Stage.CALM:
            return
    if coming is not None:
        about = Message("debrief.about", n=coming.minutes)
        what = Message.verbatim(coming.name)
        if coming.day == after.today and _hurt(after):
            yield Message("debrief.enough")
        elif coming.times:
            yield Message("debrief.times_left", what=what, n=coming.times)
        elif coming.day == after.today:
            yield Message("debrief.today", what=Message.joined(coming.whole_day))
        elif coming.minutes:
            code = "debrief.again" if coming.again else "debrief.next"
            yield Message(code, day=ahead(coming.day, after.today), what=what, about=about)
        else:
            yield Message("debrief.next_only", day=ahead(coming.day, after.today), what=what)
