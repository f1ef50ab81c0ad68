"""Draws the consequences of a person's answers before and after a session.

Apart from :func:`calm_for` and the access to the journal, everything here is pure.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final, NamedTuple

from voicecoach.app import agenda, plan, prepare, remarks
from voicecoach.app.journal import Notice, ask_journal, write_down
from voicecoach.errors import VoicecoachError
from voicecoach.journal.claims import playing
from voicecoach.journal.records import Agreement, Arm, Before, Felt, Leg, Session, Weakness
from voicecoach.journal.store import Journal
from voicecoach.language.phrases import Message
from voicecoach.routine.model import Routine
from voicecoach.routine.profile import Profile
from voicecoach.routine.region import Region, of_region
from voicecoach.training import limits, stats
from voicecoach.training.agreement import pace_on
from voicecoach.training.debrief import Aftermath, debrief
from voicecoach.training.exercise_log import History, is_paced
from voicecoach.training.leg import last_said, place
from voicecoach.training.questions import (
    ARM,
    ARM_AFTER,
    COMMENT,
    EFFORT,
    FLARE,
    FORM,
    LEG,
    LEG_AFTER,
    NAMED,
    PACE,
    PACE_BEYOND,
    PAIN,
    SIGN,
    SIGN_AFTER,
    STILL,
    STILL_WEAK,
    WEAK,
    WEEKLY,
    WORST_PAIN,
    AskedWhen,
    Known,
)
from voicecoach.training.readiness import Condition, Stage, Today, condition, worse_than_usual
from voicecoach.training.weakness import going_on
from voicecoach.training.words import ahead

FELT: Final = {
    WORST_PAIN.id: "worst_pain",
    LEG_AFTER.id: "leg",
    ARM_AFTER.id: "arm",
    SIGN_AFTER.id: "sign",
    EFFORT.id: "effort",
    FORM.id: "form_ok",
}
"""The field of the journal for each answer after a session."""
HELPED: Final = 2
"""Sessions with a word on the keys [own choice]."""
_ANSWERED_LATER: Final = timedelta(days=1)
"""How many days later somebody still knows how a session was [own choice]."""
_RECENT: Final = timedelta(weeks=3)
"""How far back sessions are read to find a missed week."""


class Red(StrEnum):
    """The reason for a calm routine today; each is the name of a phrase."""

    PAIN = "pain"
    LEG = "leg"
    """Also an arm."""
    PACED = "paced"
    """A sore day, which an agreed pace does not change."""


@dataclass(frozen=True, slots=True)
class Past:
    """The sessions that decide which questions are asked."""

    day: date
    """Today."""
    sessions: tuple[Session, ...]
    """The last weeks' sessions, earliest first, as they were before this one.

    Of those that were left out on a red day only the answers count.
    """
    agreements: tuple[Agreement, ...] = ()
    """What was said about an agreed pace, earliest first."""
    weakness: tuple[Weakness, ...] = ()
    """Whether a leg or foot was newly weak or numb, earliest first."""
    older: tuple[date, ...] = ()
    """The days with exercise before these weeks, earliest first."""
    region: Region = Region.BACK
    """What the session is for; after :meth:`about`, the sessions and answers are those for it alone."""
    elsewhere: tuple[Session, ...] = ()
    """The sessions of these weeks for other regions, earliest first."""

    def about(self, region: Region) -> Past:
        """Return what decides for a session for ``region``: an answer about a knee says nothing of a back."""
        everything = self.everything
        return replace(
            self,
            sessions=of_region(everything, region),
            weakness=of_region(self.weakness, region),
            region=region,
            elsewhere=tuple(each for each in everything if each.region is not region),
        )

    @property
    def everything(self) -> tuple[Session, ...]:
        """The last weeks' sessions for whatever region, earliest first."""
        return tuple(sorted((*self.sessions, *self.elsewhere), key=lambda each: each.started))

    @property
    def mornings(self) -> tuple[Session, ...]:
        """The sessions to ask the morning-after question about: those of the last day, if it is not known."""
        done = [each for each in self.sessions if stats.trained(each)]
        last = done[-1].day if done else self.day
        if not 1 <= (self.day - last).days <= limits.MORNING_DAYS:
            return ()
        return tuple(each for each in done if each.day == last and each.next_morning is None)

    @property
    def helped(self) -> bool:
        """Whether the keys were explained often enough."""
        return len(self.sessions) + len(self.elsewhere) + len(self.older) >= HELPED

    def beginning(self, known: Known, *, offers: bool = True) -> Known:
        """Return ``known`` with what follows from these sessions and from the answers so far.

        ``offers`` is whether there is a calm routine to do instead.
        """
        said = answers_before(known)
        today = Today(day=self.day, before=said, region=self.region)
        quiet = STILL.id in known.asked and known.asked[STILL.id] is not False
        leg_said = LEG.id in known.asked or quiet or known.leg_free
        if self.region is not Region.BACK:
            leg_said = SIGN.id in known.asked or STILL_WEAK.id in known.asked
        leg_worse = condition(self.sessions, today).leg_worse
        weak = None if leg_worse or not self.weakness else self.weakness[-1].at
        known = replace(
            known,
            answered={**known.answered, **({WEAK.id: weak} if weak else {})},
            morning=bool(self.mornings),
            leg_quiet=self._leg_quiet,
            weak=going_on(self.weakness) is not None,
            worse=worse_than_usual(self.sessions, today) if PAIN.id in known.asked else None,
            leg_rose=leg_worse if leg_said or known.goes_on else None,
            pace=self._pace_question(today) if leg_said or known.goes_on else None,
        )
        settled = known.worse is not None and known.leg_rose is not None
        if settled and (FLARE.id in known.asked or not FLARE.due(known)):
            known = replace(known, calm=offers and self.red(said) not in {None, Red.PACED})
        return known

    def ending(self, session: Session, done: Mapping[str, str], now: datetime, *, follows: bool) -> Known:
        """Return the facts that decide what is asked after ``session``.

        ``done`` are the names of its exercises by their keys in the routine; ``follows`` is whether the
        person follows a plan.
        """
        last = self._answered(lambda each: place(each.after, self.region))
        leg = place(session.before, self.region)
        leg = last_said(reversed(self.sessions)) if leg is None else leg
        felt = leg is not None and leg > Leg.BACK
        pain, pains = session.before.pain, stats.pain_by_day(self.sessions)
        days = {*self.older, *(each.day for each in self.sessions if stats.trained(each))}
        first = len(days) < limits.LEG_SESSIONS
        return Known(
            moment=AskedWhen.AFTER,
            region=self.region,
            pain_before=stats.assumed_pain(pains, session.day) if pain is None else pain,
            agreed=session.instructions.pain,
            leg_after=felt or first or last is None or now - last >= WEEKLY,
            done={} if stats.was_hurt(session) else done,
            barrier=session.after == Felt() and follows and self.missed_a_week,
        )

    def red(self, before: Before) -> Red | None:
        """Return why the answers make today red (rule 7): a flare, or a leg that feels worse.

        Without an answer nothing is red. A leg comes first: it is red at any level of pain.
        """
        found = self._condition(before)
        if found.leg_worse:
            return Red.LEG
        if before.pain is None or found.flare is not Stage.CALM:
            return None
        return Red.PACED if self.paced else Red.PAIN

    def told(self, red: Red, before: Before) -> Message:
        """Say why today is red, and of a flare how long it takes."""
        found = self._condition(before)
        if red is Red.PACED:
            return Message("red.paced")
        if self.region is not Region.BACK:
            return self._told_elsewhere(red, found)
        if red is Red.LEG or found.since is None:
            return Message("red.leg")
        up = found.since + timedelta(limits.CALM_DAYS)
        number = (self.day - found.since).days + 1
        day, days = ahead(up, self.day), limits.CALM_DAYS
        if number > 1:
            return Message("red.pain", n=number, days=days, day=day)
        whole = ahead(up + timedelta(limits.RETURN_DAYS), self.day)
        return Message("red.plan", days=days, day=day, whole=whole, n=limits.RETURN_GOOD)

    def _told_elsewhere(self, red: Red, found: Condition) -> Message:
        """Say why today is red for another region than the back, which has no calm routine."""
        if red is Red.LEG or found.since is None:
            return Message(f"region.{self.region}.arm_red")
        part, number = Message(f"region.{self.region}.part"), (self.day - found.since).days + 1
        if number > 1:
            return Message("red.rest_again", n=number, part=part)
        return Message("red.rest", days=limits.CALM_DAYS, part=part)

    def lists_signs(self, red: Red) -> bool:
        """Tell whether all emergency signs are listed: the first time, each month, and when a leg is worse.

        Whoever notes a session by hand is told none.
        """
        shown: date | None = None
        for number, session in enumerate(self.sessions):
            if session.by_hand:
                continue
            why = Past(session.day, self.sessions[:number], region=self.region).red(session.before)
            if why and (why is Red.LEG or shown is None or (session.day - shown).days >= limits.SIGNS_DAYS):
                shown = session.day
        return red is Red.LEG or shown is None or (self.day - shown).days >= limits.SIGNS_DAYS

    @property
    def paced(self) -> bool:
        """Whether doses follow an agreed pace."""
        return is_paced(self.agreements)

    def _pace_question(self, today: Today) -> str:
        """Return the id of the question about the pace that is due; empty when none is."""
        known = History(sessions=self.sessions, agreements=self.agreements, weakness=self.weakness)
        found = pace_on(known, today)
        if found is None or not found.is_due(today.day):
            return ""
        return PACE_BEYOND.id if found.beyond else PACE.id

    @property
    def missed_a_week(self) -> bool:
        """Whether there was no session last week, but one in the week before, and none yet this week.

        So it is true at most once a week for somebody whose session is written down.
        """
        monday = self.day - timedelta(self.day.weekday())
        days = (each.day for each in (*self.sessions, *self.elsewhere))
        weeks = {(monday - day + timedelta(day.weekday())).days // 7 for day in days}
        return 2 in weeks and not weeks & {0, 1}

    def _condition(self, before: Before) -> Condition:
        return condition(self.sessions, Today(day=self.day, before=before, region=self.region))

    @property
    def _leg_quiet(self) -> bool:
        said = [each for each in self.sessions if each.before.leg is not None][-limits.QUIET_ANSWERS :]
        legs = [leg for each in said for leg in (each.before.leg, each.after.leg) if leg is not None]
        return len(said) == limits.QUIET_ANSWERS and max(legs) <= Leg.BACK

    def _answered(self, answer: Callable[[Session], object]) -> datetime | None:
        """Return when there was an answer last."""
        return next((each.started for each in reversed(self.sessions) if answer(each) is not None), None)


def answers_before(known: Known) -> Before:
    """Return the answers before a session as the journal keeps them."""
    said = known.asked
    leg = Leg.NONE if said.get(STILL.id) or known.leg_free else said.get(LEG.id)
    arm, warned = said.get(ARM.id), _bool(said.get(STILL_WEAK.id, said.get(WEAK.id, said.get(SIGN.id))))
    return Before(
        pain=pain if isinstance(pain := said.get(PAIN.id), int) else None,
        leg=leg if isinstance(leg, Leg) else None,
        flare=_bool(said.get(FLARE.id)),
        weak=warned if known.of_back else None,
        arm=arm if isinstance(arm, Arm) else None,
        sign=None if known.of_back else warned,
    )


def _bool(answer: object) -> bool | None:
    return answer if isinstance(answer, bool) else None


def past(day: date, notice: Notice) -> Past:
    """What the journal knows; a journal that cannot be read is told, and taken for an empty one."""
    since = day - max(_RECENT, limits.FLARE_MEMORY)

    def everything(journal: Journal) -> Past:
        sessions = tuple(each for each in journal.sessions(since) if each.day <= day and _counts(each))
        return Past(day, sessions, journal.agreements(), journal.weakness(), _days_before(since, journal))

    return ask_journal(everything, Past(day, ()), notice)


def _counts(session: Session) -> bool:
    """Tell whether it was exercise, or left out on a red day, on which only the answers count."""
    return stats.trained(session) or stats.is_rest(session)


def _days_before(since: date, journal: Journal) -> tuple[date, ...]:
    """Return the days with exercise before a day, as far as they can be told without reading all sets."""
    return tuple(sorted({each.day for each in journal.overview() if each.day < since}))


def keep_morning(sessions: Iterable[Session], pain: int, notice: Notice) -> None:
    """Write today's answer about the morning after some sessions into the journal."""

    def write(journal: Journal) -> None:
        for each in sessions:
            journal.answer(each, replace(each, next_morning=pain))

    write_down(write, "Your answer about the morning is not written down.", notice)


def keep_answers(before: Session, after: Session, notice: Notice) -> None:
    """Write the answers about an earlier session into the journal."""
    write_down(lambda journal: journal.answer(before, after), "Your answer is not written down.", notice)


def settle(session: Session, notice: Notice) -> None:
    """Note in the journal that the questions after an earlier session are answered, or not wanted."""
    write_down(lambda journal: journal.settle(session.id), "What you answered is asked once more.", notice)


def left_open(notice: Notice, day: date) -> Session | None:
    """Return the last session of today or yesterday whose questions are open; None when there is none.

    One that is being played in another window is asked about there.
    """
    nothing: tuple[Session, ...] = ()
    found = ask_journal(lambda journal: journal.left_open(day - _ANSWERED_LATER), nothing, notice)
    return next((each for each in reversed(found) if each.day <= day and not playing(each)), None)


def given(session: Session, day: date) -> dict[str, object]:
    """Return what is known after ``session``, by the ids of its questions.

    On a later ``day`` than its own nobody is asked any more how a leg or an arm feels right after it.
    """
    answers = {name: getattr(session.after, field) for name, field in FELT.items()}
    answers |= {NAMED.id: session.named, COMMENT.id: session.comment or None}
    known = {name: answer for name, answer in answers.items() if answer is not None}
    late = (LEG_AFTER, ARM_AFTER, SIGN_AFTER) if day > session.day else ()
    return {**dict.fromkeys((each.id for each in late), None), **known}


class LastWord(NamedTuple):
    """What the coach answers after a session."""

    said: tuple[Message, ...]
    """What the answers mean, and what comes next; then what is said once of the phase."""
    shown: tuple[Message, ...]
    """What is never spoken, as it names a command."""


def last_word(
    session: Session,
    earlier: Past,
    notice: Notice,
    now: datetime,
    names: Mapping[str, str] = MappingProxyType({}),
    *,
    told: Aftermath | None = None,
) -> LastWord:
    """Return what the coach answers after ``session``, and note in the journal what is said only once.

    ``names`` are those of its exercises by their keys in the routine; ``told`` is what there was to
    know when its end told how the week goes and what comes next.
    """
    following = plan.followed()
    once = remarks.after_session(following, notice, now)
    after = aftermath(session, earlier, following, notice, now, names)
    said = debrief(replace(after, told=told))
    return LastWord((*said, *(each.said for each in once)), tuple(each.shown for each in once if each.shown))


def aftermath(
    session: Session,
    earlier: Past,
    following: plan.Following | None,
    notice: Notice,
    now: datetime,
    names: Mapping[str, str] = MappingProxyType({}),
) -> Aftermath:
    """Return what there is to know when ``session`` is over, for somebody who is ``following`` a plan."""
    return Aftermath(
        session=session,
        past=tuple(each for each in earlier.everything if each.id != session.id),
        agreements=earlier.agreements,
        weakness=earlier.weakness,
        names=names,
        older=earlier.older,
        goal=plan.whole_week(following, session.day),
        coming=agenda.coming(following, notice, now, session),
    )


def calm_for(person: Profile, region: Region = Region.BACK) -> Routine | None:
    """The routine for a red day of a region: that of a plan for it, else the region's own.

    None when there is none, or nothing of it suits ``person``.
    """
    followed = plan.followed()
    name = followed.calm if followed and followed.region is region else region.calm
    if not name:
        return None
    try:
        return prepare.tailored(prepare.library(), name, person).routine
    except VoicecoachError:
        return None


def has_plan() -> bool:
    """Tell whether the person follows a plan."""
    return plan.followed() is not None
