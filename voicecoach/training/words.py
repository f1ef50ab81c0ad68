"""Doses and reasons in words, for the person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Final

from voicecoach.journal.records import Decision, DoseChange
from voicecoach.routine.model import Dose
from voicecoach.routine.programme import Activity, ProgrammePhase, Weekday
from voicecoach.training.exercise_log import Practice, Zone
from voicecoach.training.week import ActivityStanding, Due
from voicecoach.units import format_duration

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six")


def number(count: int) -> str:
    """Small numbers in words."""
    return _NUMBERS[count] if count < len(_NUMBERS) else str(count)


def often(times: int, days: int) -> str:
    """How often in how long: ``"twice within a week"``."""
    how_often = {1: "once", 2: "twice"}.get(times, f"{number(times)} times")
    if times == 1:
        return how_often
    return f"{how_often} within {'a week' if days == 7 else f'{number(days)} days'}"


def amount(dose: Dose) -> str:
    """A dose as routines are written: ``"6-4-2 x 8s"``, ``"2 x 12"``, ``"60s"``, ``"2 x 10 with 5 kg"``."""
    sets = len(dose.reps)
    if dose.duration is not None:
        text = format_duration(dose.duration)
        text = text if sets == 1 else f"{sets} x {text}"
    else:
        text = _reps(dose)
        if dose.hold is not None:
            text += f" x {format_duration(dose.hold)}"
    if dose.load:
        text += f" with {dose.load:g} kg"
    return text


def step(before: Dose, after: Dose) -> str:
    """What changes between two doses: ``"hold goes from 8 to 10 seconds"``; empty when nothing does."""
    parts = [
        _sets(before, after),
        _seconds("hold goes", before.hold, after.hold),
        _seconds("each set goes" if len(after.reps) > 1 else "it goes", before.duration, after.duration),
        _seconds("lowering goes", before.lowering, after.lowering),
        f"the load goes from {before.load:g} to {after.load:g} kg" if before.load != after.load else "",
    ]
    return " and ".join(part for part in parts if part)


def looked_at(practice: Practice, planned: Dose) -> str:
    """One session of an exercise in a line, for the list of what a decision was based on."""
    zone = practice.zone()
    done = "hurt" if practice.hurt else "pain not said" if zone is Zone.UNKNOWN else zone.value
    parts = [f"{practice.day.isoformat()}: {amount(planned)}", done]
    if practice.effort is not None:
        parts.append(f"effort {practice.effort}")
    pain = practice.own_pain if practice.own_pain is not None else practice.session.after.worst_pain
    if pain is not None:
        parts.append(f"worst pain {pain}")
    if practice.session.next_morning is not None:
        parts.append(f"next morning {practice.session.next_morning}")
    return ", ".join(parts)


def efforts(practices: Sequence[Practice]) -> str:
    """The efforts of some sessions: ``"effort 4"``, ``"effort 4 and 5"``."""
    said = sorted({each.effort for each in practices if each.effort is not None})
    return "effort " + " and ".join(map(str, said))


def _reps(dose: Dose) -> str:
    if len(set(dose.reps)) > 1:
        return "-".join(map(str, dose.reps))
    return str(dose.reps[0]) if len(dose.reps) == 1 else f"{len(dose.reps)} x {dose.reps[0]}"


def _sets(before: Dose, after: Dose) -> str:
    if len(after.reps) > len(before.reps):
        return "a set is added" if after.duration is not None else f"a set is added, {_reps(after)} now"
    if len(after.reps) < len(before.reps) and after.reps == before.reps[: len(after.reps)]:
        fewer = len(before.reps) - len(after.reps)
        return "one set less" if fewer == 1 else f"{number(fewer)} sets less"
    if after.reps == before.reps:
        return ""
    return f"reps go from {_reps(before)} to {_reps(after)}"


def _seconds(what: str, before: float | None, after: float | None) -> str:
    if before is None or after is None or before == after:
        return ""
    if max(before, after) >= 60:
        return f"{what} from {format_duration(before)} to {format_duration(after)}"
    return f"{what} from {before:g} to {after:g} seconds"


_UNTOLD: Final = {DoseChange.START, DoseChange.HOLD}
"""What is no news."""
_FOR_MANY: Final = {
    DoseChange.LAY_OFF: "Good to have you back: {n} exercises have less, or what they began with.",
    DoseChange.FLARE: "After a flare less is enough, in {n} exercises.",
    DoseChange.DELOAD: "An easy week, with less in {n} exercises.",
    DoseChange.BACK: "In {n} exercises it is as much again as before.",
}
"""Changes with a reason outside the single exercise, told once when there are several."""
_MANY: Final = 3


def news(decisions: Iterable[Decision], names: Mapping[str, str]) -> tuple[str, ...]:
    """A sentence or two for each change; ``names`` are the exercises' by their keys in the routine."""
    return tuple(_told([each for each in decisions if each.change not in _UNTOLD], names))


def _told(changed: list[Decision], names: Mapping[str, str]) -> Iterator[str]:
    counts = Counter(each.change for each in changed)
    together = {change for change in _FOR_MANY if counts[change] >= _MANY}
    for change in sorted(together, key=list(_FOR_MANY).index):
        yield _FOR_MANY[change].format(n=number(counts[change]))
    for each in changed:
        if each.change not in together:
            yield f"{names[each.written]}. {each.reason}"


Names = Mapping[str, str]
"""What each routine is called, such as "Core three (about 21 minutes)"."""

_LISTED = 7
"""Days ahead that a day of the week names without doubt."""


def agenda(due: Due, names: Names) -> Iterator[str]:
    """What to do today, or when next; the most important line first."""
    if due.sore and not due.sore_done:
        yield (f"Today, gently: {names[due.sore]}. On sore days that is enough, and better than rest alone.")
    elif due.sore:
        yield f"{names[due.sore]} is done for today. Once more later is fine, if it does you good."
    elif due.now:
        first, *others = due.now
        yield f"Today: {names[first.activity.routine]}, {count(first)}."
        for each in others:
            yield f"Also today: {names[each.activity.routine]}, {count(each)}."
    else:
        yield f"{_praise(due)} {_next(due, names)}"


def proposal(phase: ProgrammePhase, coming: ProgrammePhase, why: str) -> str:
    """That the next phase may begin, and how to say yes or no."""
    return (
        f"You may go on from '{phase.name}' to '{coming.name}': {why}. To do so: voicecoach plan phase"
        f" {coming.name}. To stay: voicecoach plan phase {phase.name}."
    )


def count(standing: ActivityStanding) -> str:
    """How much of the week's goal is done: ``"1 of 3 days this week"``."""
    return f"{standing.done} of {_days(standing.goal)} this week"


def week(activity: Activity, on: Iterable[Weekday]) -> str:
    """How often, and on which days: ``"3 days a week: Mon, Wed, Fri"``."""
    if activity.days == len(Weekday):
        return "every day"
    gap = ", not on days in a row" if activity.apart == 2 else f", {activity.apart} days apart"
    named = ", ".join(day.name.capitalize() for day in on)
    return f"{_days(activity.days)} a week{gap if activity.apart > 1 else ''}: {named}"


def day_name(day: date, today: date) -> str:
    """A day to come: ``"tomorrow"``, ``"on Friday"`` or ``"on 12 March"``."""
    ahead = (day - today).days
    if ahead == 1:
        return "tomorrow"
    return f"on {day:%A}" if ahead < _LISTED else f"on {day.day} {day:%B}"


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{count} days"


def _praise(due: Due) -> str:
    if all(each.reached for each in due.standings):
        return "This week's goal is reached."
    if any(each.today for each in due.standings):
        return "Nothing more is due today."
    return "Nothing is due today: enjoy a free day."


def _next(due: Due, names: Names) -> str:
    coming = due.next
    named = " and ".join(names[each.activity.routine] for each in coming)
    return f"Next: {named}, {day_name(coming[0].next, due.day)}."
