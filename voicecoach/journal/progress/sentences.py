"""Doses and reasons in words, for the person."""

from __future__ import annotations

from collections.abc import Sequence

from voicecoach.journal.progress.practice import Practice, Zone
from voicecoach.journal.records import Dose
from voicecoach.routine.progression import Rules
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


def looked_at(practice: Practice, planned: Dose, rules: Rules) -> str:
    """One session of an exercise in a line, for the list of what a decision was based on."""
    zone = practice.zone(rules)
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
