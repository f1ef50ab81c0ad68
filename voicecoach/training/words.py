"""Puts doses, reasons and what is due into messages, or into the words of a language."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from voicecoach.language import dates
from voicecoach.language.phrases import Message, Phrases, Value, load_words
from voicecoach.routine.dose import Counted, Dose
from voicecoach.routine.model import Exercise, Kind
from voicecoach.routine.programme import Activity, PhaseName, ProgrammePhase, Weekday
from voicecoach.timeline.words import COUNTED_HOLD, TOLD_HOLD
from voicecoach.training import limits
from voicecoach.training.practice import Practice, Zone
from voicecoach.training.readiness import Condition, Stage
from voicecoach.training.week import ActivityStanding, Due, rests_tomorrow
from voicecoach.training.week_goal import RoutineGoal, WeekGoal
from voicecoach.training.work import dose_done
from voicecoach.units import format_duration, format_load


def amount(dose: Dose) -> str:
    """A dose as routines are written: ``"6-4-2 x 8s"``, ``"3 lengths"``, ``"60s"``, ``"10 with 5 kg"``, ``"8
    (15 cm step)"``.
    """
    sets = len(dose.reps)
    if dose.duration is not None:
        text = format_duration(dose.duration)
        text = text if sets == 1 else f"{sets} x {text}"
    else:
        text = _reps(dose)
        if dose.counted is not Counted.REPS:
            text += f" {dose.counted.one if text == '1' else dose.counted}"
        if dose.hold is not None:
            text += f" x {format_duration(dose.hold)}"
    if dose.load:
        text += f" with {format_load(dose.load)}"
    return f"{text} ({dose.grade.words})" if dose.grade else text


def amount_to(least: Dose, most: Dose) -> str:
    """A range of doses as routines are written, but for loads: ``"3 x 8-10"``, ``"30-45s"``.

    Where the reps of the sets differ, it is the least alone.
    """
    if len(set(least.reps)) > 1 or len(set(most.reps)) > 1:
        return amount(replace(least, load=0.0, grade=None))
    timed = least.duration is not None
    sets = _between(str(len(least.reps)), str(len(most.reps)))
    reps = "" if timed else _between(str(least.reps[0]), str(most.reps[0]))
    if reps and least.counted is not Counted.REPS:
        reps += f" {least.counted.one if reps == '1' else least.counted}"
    begin, end = (least.duration, most.duration) if timed else (least.hold, most.hold)
    time = "" if begin is None else _between(format_duration(begin), format_duration(end or begin))
    return " x ".join(filter(None, ("" if sets == "1" else sets, reps, time)))


_PLAIN_TIME: Final = re.compile(r"\d+[ms]", re.ASCII)


def _between(least: str, most: str) -> str:
    """``"8-10"``, ``"30-45s"`` or ``"45s-1m"``; one of them where they are the same."""
    if least == most:
        return least
    same_unit = _PLAIN_TIME.fullmatch(least) and _PLAIN_TIME.fullmatch(most) and least[-1] == most[-1]
    return f"{least[:-1] if same_unit else least}-{most}"


def step(before: Dose, after: Dose, kind: Kind) -> Message | None:
    """Say what changes between two doses, such as "each hold now lasts ten seconds"; or None."""
    sets, load = _sets(before, after, kind), _grade(before, after) or _load(before.load, after.load)
    whole = sets is not None and sets.code == "step.now"
    if sets and load:
        sets, load = Message("step.load_and", load=load, sets=sets), None
    parts = [
        sets,
        None if whole else _seconds("hold", before.hold, after.hold),
        _seconds("each_set" if len(after.reps) > 1 else "duration", before.duration, after.duration),
        _seconds("lowering", before.lowering, after.lowering),
        load,
    ]
    given = [part for part in parts if part]
    return Message.joined(given) if given else None


def in_words(dose: Dose, kind: Kind | None = None) -> Message:
    """A dose as it is said: ``"six, four and two holds of eight seconds"``, ``"two sets of eight reps"``."""
    sets, counts = len(dose.reps), [Message("amount.number", number=count) for count in dose.reps]
    if dose.duration is not None:
        said = _sets_of(sets, Message("amount.time", seconds=round(dose.duration)))
    elif len(set(dose.reps)) == 1:
        said = _sets_of(sets, _reps_of(counts[0], dose.reps[0], dose, kind))
    else:
        every = Message("list_and", first=tuple(counts[:-1]), last=counts[-1])
        said = _reps_of(every, sum(dose.reps), dose, kind)
    said = Message("amount.loaded", dose=said, load=load_words(dose.load)) if dose.load else said
    return Message("amount.graded", dose=said, level=dose.grade.words) if dose.grade else said


def _sets_of(sets: int, work: Message) -> Message:
    return work if sets == 1 else Message("amount.sets", sets=sets, work=work)


def _reps_of(counts: Message, n: int, dose: Dose, kind: Kind | None) -> Message:
    counted, hold = _counted(dose, kind), dose.hold or 0.0
    if counted == _HOLDS:
        return Message("amount.holds", counts=counts, n=n, hold=round(hold))
    said = Message(f"amount.{counted}", counts=counts, n=n)
    return Message("amount.held", dose=said, n=n, hold=round(hold)) if hold >= TOLD_HOLD else said


_HOLDS: Final = "holds"


def _counted(dose: Dose, kind: Kind | None) -> str:
    """What the reps of a dose are called: holds where these are counted out loud, as in a set."""
    if dose.hold is not None and dose.hold >= COUNTED_HOLD:
        return _HOLDS
    return Counted.BREATHS if kind is Kind.BREATHING else dose.counted


def looked_at(practice: Practice, exercise: Exercise) -> Message:
    """One session of an exercise in a line, for the list of what a decision was based on.

    ``exercise`` is the one that was planned, at any dose.
    """
    figures = (
        ("effort", "effort", practice.effort),
        ("worst", "pain", practice.session.after.worst_pain),
        ("morning", "pain", practice.session.next_morning),
    )
    said = (
        Message(f"based_on.{_how_it_went(practice, exercise)}"),
        *(Message(f"based_on.{code}", **{blank: said}) for code, blank, said in figures if said is not None),
    )
    what = _what_was_done(practice, exercise)
    return Message("based_on.session", day=practice.day.isoformat(), dose=what, said=said)


def _how_it_went(practice: Practice, exercise: Exercise) -> str:
    """Return the name of how it went: well only when all of it was done."""
    zone = practice.zone()
    if practice.hurt or zone is not Zone.GREEN:
        return "hurt" if practice.hurt else zone.name.lower()
    return "green" if practice.known and practice.reached(exercise) else "no_worse"


def _what_was_done(practice: Practice, exercise: Exercise) -> Value:
    """Say the dose of a session, and what was done of it where that was not the same."""
    if not practice.known:
        return Message("based_on.by_hand")
    planned = practice.planned(exercise)
    dose = amount(planned)
    if not practice.sets:
        return Message("based_on.changed", dose=dose)
    done = dose_done(practice, exercise)
    if done is None:
        return Message("based_on.nothing", dose=dose)
    return dose if done == planned else Message("based_on.other", done=amount(done), dose=dose)


def _reps(dose: Dose) -> str:
    if len(set(dose.reps)) > 1:
        return "-".join(map(str, dose.reps))
    return str(dose.reps[0]) if len(dose.reps) == 1 else f"{len(dose.reps)} x {dose.reps[0]}"


def _sets(before: Dose, after: Dose, kind: Kind) -> Message | None:
    """Say what changes in sets and reps; where that is not one plain number, what they are now."""
    more = len(after.reps) - len(before.reps)
    if more > 0 and after.duration is None and len(set(after.reps)) == 1:
        return Message("step.sets_of", sets=len(after.reps), reps=after.reps[0])
    if more > 0:
        return Message("step.set_more") if more == 1 else Message("step.sets_more", n=more)
    if more < 0 and after.reps == before.reps[: len(after.reps)]:
        return Message("step.sets_less", n=-more)
    changes = [now - then for then, now in zip(before.reps, after.reps, strict=False)]
    if more or (len({*changes}) > 1 and sum(map(abs, changes)) > 1):
        return Message("step.now", dose=in_words(replace(after, load=0.0, grade=None), kind))
    if not (reps := sum(changes)):
        return None
    how = "more" if reps > 0 else "less"
    same = len({*changes}) == 1
    change = Message(f"step.{_counted(after, kind)}_{how}", n=abs(changes[0] if same else reps))
    return Message("step.in_each_set", change=change) if same and len(changes) > 1 else change


def _seconds(what: str, before: float | None, after: float | None) -> Message | None:
    if before is None or after is None or before == after:
        return None
    return Message(f"step.{what}", after=round(after))


def _grade(before: Dose, after: Dose) -> Message | None:
    if before.grade == after.grade or after.grade is None:
        return None
    return Message("step.level", level=after.grade.words)


def _load(before: float, after: float) -> Message | None:
    if before == after:
        return None
    if not (before and after):
        return Message("step.load_first", load=load_words(after)) if after else Message("step.load_none")
    return Message("step.load", before=load_words(before), after=load_words(after))


Names = Mapping[str, str]
"""The name of each routine to be told, with its length, such as "Core three (21 min)"."""

_LISTED = 7
"""Days ahead that a day of the week names without doubt."""


def agenda(due: Due, names: Names, say: Phrases) -> Iterator[str]:
    """Say what to do today, or when next, and how the week goes; the most important line first."""
    if due.sore:
        yield say("agenda.sore_done" if due.sore_done else "agenda.sore", routine=names[due.sore])
        return
    if due.rests:
        yield say("agenda.rests")
        return
    for each in due.standings:
        if each.hurt:
            how = "hurt" if each.part else "hurt_at_once"
            yield say(f"agenda.{how}", routine=each.name or names[each.activity.routine])
    if due.gently:
        yield say("agenda.gently", routine=names[due.gently])
    yield from _now(due, names, say)
    for each in due.moved:
        day = day_name(each.next or due.day, due.day, say)
        yield say("agenda.moved", routine=names[each.activity.routine], day=day)
    if not due.routines:
        free = () if any(each.hurt for each in due.standings) else _free(due, say)
        if told := " ".join((*free, *_next(due, names, say))):
            yield told
    if due.goal.of and (due.routines or not due.goal.reached):
        yield week_so_far(due.goal, say)


def _now(due: Due, names: Names, say: Phrases) -> Iterator[str]:
    """Say what is due today, and what may take its place; after the last of the week's days "if you like"."""
    days_done = due.exercised and due.goal.lacking and not due.goal.prescribed
    if due.now and days_done and not any(each.begun for each in due.now):
        named = [Message.verbatim(names[each.activity.routine]) for each in due.now]
        yield say("agenda.if_you_like", routines=say.words(Message.joined(named)))
        return
    for number, each in enumerate(due.now):
        yield _today(each, number, names[each.activity.routine], say)
        if others := [Message.verbatim(names[name]) for name in each.activity.others if name in names]:
            yield say("agenda.instead", routines=say.words(Message.either(others)))


def _today(each: ActivityStanding, number: int, name: str, say: Phrases) -> str:
    """Say what is due today, or what is left of it for today."""
    if each.times:
        left = each.activity.times - each.times
        return say.tell(Message("agenda.times_left", n=left, routine=Message.verbatim(name)))
    if each.begun:
        return say("agenda.part", routine=name)
    said = say("agenda.also" if number else "agenda.today", routine=name)
    times = each.activity.times
    return say("agenda.times", what=said.removesuffix("."), times=_times(times, say)) if times > 1 else said


def _times(n: int, say: Phrases) -> str:
    """``"twice"`` or ``"five times"``."""
    return say.part("agenda.twice") if n == 2 else say.part("agenda.n_times", n=say.number(n))


def week_so_far(goal: WeekGoal, say: Phrases) -> str:
    """Say how a week goes, or that its goal is reached; by routine where the days do not say it."""
    if goal.reached:
        return say.tell(Message("agenda.reached", n=goal.of))
    if goal.by_routine:
        told = (Message("agenda.routine", what=routine_goal(each)) for each in goal.asked)
        return " ".join(map(say.tell, told))
    said = dates.counted(goal.of, "day", say)
    if goal.parts:
        return say.tell(
            Message("agenda.week_so_far_part", done=str(goal.done), goal=Message.verbatim(said), n=goal.parts)
        )
    return say("agenda.week_so_far", done=str(goal.done), goal=said)


def routine_goal(each: RoutineGoal) -> Message:
    """Say how a week goes for one routine, as a part of a sentence."""
    said = Message("agenda.routine_days", name=Message.verbatim(each.name), done=each.done, n=each.of)
    return Message("agenda.routine_part", said=said, n=each.parts) if each.parts else said


def phase(name: PhaseName) -> Message:
    """Return what a phase is called in a sentence."""
    return Message(f"phase_called.{name}")


def proposal(now: ProgrammePhase, coming: ProgrammePhase, why: Message) -> Message:
    """That the next phase may begin, and how to say yes or no."""
    return Message(
        "gate.proposal",
        phase=phase(now.name),
        coming=phase(coming.name),
        why=why,
        stay=now.name.value,
        go=coming.name.value,
    )


def sore_days(how: Condition, routine: str, today: date) -> Message | None:
    """Say what a flare changes in the plan, for the ``routine`` of sore days, if any; None without one."""
    if how.since is None or how.until is None:
        return None
    if how.flare is Stage.CALM:
        day = ahead(how.since + timedelta(limits.CALM_DAYS), today)
        if not routine:
            return Message("agenda.rest_days", day=day)
        return Message("agenda.flare_calm", routine=routine, day=day)
    day = ahead(how.until + timedelta(1), today)
    return Message("agenda.flare_return", day=day, n=limits.RETURN_GOOD)


def way(coming: ProgrammePhase, so_far: Message) -> Message:
    """How far it is to the next phase."""
    return Message("gate.way", coming=phase(coming.name), steps=so_far)


def week(activity: Activity, on: Iterable[Weekday], title: Callable[[str], str], say: Phrases) -> str:
    """Say how often, on which days, and what may take its place: ``"2 days a week: Mon, Fri (or Ball)"``.

    ``title`` returns the name of a routine.
    """
    often = _often(activity, on, say)
    if not activity.others:
        return often
    others = Message.either([Message.verbatim(title(name)) for name in activity.others])
    return say.part("agenda.week_or", week=often, routines=say.words(others))


def _often(activity: Activity, on: Iterable[Weekday], say: Phrases) -> str:
    days, clocks = _days(activity, on, say), [f"{each.hour}:{each.minute:02}" for each in activity.at]
    at = say.join(clocks) if clocks else ""
    if activity.times == 1:
        return say.part("agenda.at", week=days, time=at) if at else days
    times = _times(activity.times, say)
    return say.part(f"agenda.times_{'at' if at else 'a_day'}", week=days, times=times, at=at)


def _days(activity: Activity, on: Iterable[Weekday], say: Phrases) -> str:
    if activity.days == len(Weekday):
        return say.part("agenda.daily")
    named = ", ".join(say.part("date.short_weekdays", list(Weekday).index(day)) for day in on)
    name = {1: "agenda.week", 2: "agenda.week_apart"}.get(activity.apart, "agenda.week_far_apart")
    return say.part(name, days=dates.counted(activity.days, "day", say), named=named, n=str(activity.apart))


def day_name(day: date, today: date, say: Phrases) -> str:
    """A day to come: ``"tomorrow"``, ``"on Friday"`` or ``"on 12 March"``."""
    ahead = (day - today).days
    if ahead == 1:
        return say.part("agenda.tomorrow")
    if ahead < _LISTED:
        return say.part("agenda.weekday", weekday=say.part("date.weekdays", day.weekday()))
    return say.part("agenda.date", date=dates.without_year(day, say))


def ahead(day: date, today: date) -> Message:
    """A day to come, for the inside of a sentence: ``"tomorrow"``, ``"on Friday"`` or ``"in nine days"``."""
    days = (day - today).days
    if days < _LISTED:
        near = ("today", "tomorrow")
        return Message(
            f"ahead.{near[days] if days < len(near) else list(Weekday)[day.weekday()].name.lower()}"
        )
    return Message("ahead.days", n=days)


def _free(due: Due, say: Phrases) -> Iterator[str]:
    """Say why nothing is due; whoever has reached the goal may rest."""
    if not due.goal.reached:
        if due.exercised or not due.waits:
            yield say("agenda.nothing_more" if due.exercised else "agenda.free")
        return
    yield week_so_far(due.goal, say)
    rest = "free" if due.goal.prescribed else "rest"
    if not due.exercised:
        yield say(f"agenda.{rest}_today")
    elif rests_tomorrow(due.day) and due.next_day != due.day + timedelta(1):
        yield say(f"agenda.{rest}_tomorrow")


def _next(due: Due, names: Names, say: Phrases) -> Iterator[str]:
    if due.next_day is not None:
        named = [Message.verbatim(names[each.activity.routine]) for each in due.next]
        day = day_name(due.next_day, due.day, say)
        yield say("agenda.next", routines=say.words(Message.joined(named)), day=day)
