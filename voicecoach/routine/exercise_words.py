"""Says the dose, the goal and the rep of an exercise in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from voicecoach.routine.doses import at_goal, halves
from voicecoach.routine.model import WAY, Exercise, Pace, Sides
from voicecoach.text import and_list
from voicecoach.units import format_count, format_duration, format_load

_SIDES: Final = {
    Sides.BOTH: "",
    Sides.EACH: " on each side",
    Sides.ALTERNATE: " in all, left and right in turn",
    Sides.SWAP: "",
}
_SIDED: Final = {Sides.EACH, Sides.ALTERNATE}


def dose_in_words(exercise: Exercise) -> str:
    """Describe sets, reps, sides and holds: "2 sets of 3 reps on each side, each held 5s; rest 20s …"."""
    sets, counted = len(exercise.reps), exercise.counted
    if exercise.duration is not None:
        times = f"{sets} times " if sets > 1 else ""
        dose = f"{times}{format_duration(exercise.duration)}"
    elif sets > 1 and len(set(exercise.reps)) == 1:
        dose = f"{sets} sets of {format_count(exercise.reps[0], counted.one)}"
    elif sets > 1:
        dose = f"{sets} sets of {and_list([*map(str, exercise.reps)])} {counted}"
    else:
        dose = format_count(exercise.reps[0], counted.one)
    dose += _sides(exercise)
    if exercise.one_side_first and sets > 1:
        dose += ", all of one side first"
    dose += _holds(exercise)
    if exercise.load:
        dose += f", with {format_load(exercise.load)}"
    if exercise.grade:
        dose += f", {exercise.grade.words}"
    if exercise.pace is Pace.SELF:
        dose += ", at your own pace"
    if exercise.sides is Sides.SWAP:
        dose += f", {_halves(exercise)}"
    rests = ", then ".join(map(format_duration, dict.fromkeys(exercise.between_sets)))
    return f"{dose}; rest {rests} between sets" if rests else dose


def goal_in_words(exercise: Exercise) -> str:
    """Describe the goal, which is the same at each level of an exercise."""
    return dose_in_words(replace(at_goal(exercise), grade=None))


def _holds(exercise: Exercise) -> str:
    """Tell how each rep is held: ", each held 5s", ", each with 2 holds of 5s"."""
    held = [format_duration(phase.seconds) for phase in exercise.rep if phase.is_hold]
    if len(held) < 2:
        return f", each held {held[0]}" if held else ""
    if len(set(held)) == 1:
        return f", each with {len(held)} holds of {held[0]}"
    return f", each with holds of {and_list(held)}"


def _sides(exercise: Exercise) -> str:
    first, *others = exercise.side_order
    goes = exercise.limb == WAY
    if not others:
        return f" {'to' if goes else 'on'} the {first} only"
    shared = " each way" if goes and exercise.sides is Sides.EACH else _SIDES[exercise.sides]
    return shared + (f", the {first} first" if exercise.order and exercise.sides in _SIDED else "")


def _halves(exercise: Exercise) -> str:
    """Tell the side of each set: "set 1 with the left knee, sets 2 and 3 with the right"."""
    shared, (first, second) = halves(exercise.reps), exercise.side_order
    before = [number for number, (reps, _) in enumerate(shared, start=1) if reps]
    after = [number for number, (_, reps) in enumerate(shared, start=1) if reps]
    with_first = f"with the {first} {exercise.limb}"
    if len(shared) > 1:
        return f"{_sets(before)} {with_first}, {_sets(after)} with the {second}"
    return f"{shared[0][0]} {with_first}, then {shared[0][1]} with the {second}" if after else with_first


def _sets(numbers: Sequence[int]) -> str:
    """Name consecutive sets: "set 1", "sets 2 and 3", "sets 1 to 4"."""
    if len(numbers) == 1:
        return f"set {numbers[0]}"
    return f"sets {numbers[0]} {'and' if len(numbers) == 2 else 'to'} {numbers[-1]}"


def phases_in_words(exercise: Exercise) -> str:
    """Describe a rep: "down 3s, stay 1s, up 3s"; nothing for timed work."""
    return ", ".join(f"{phase.name} {format_duration(phase.seconds)}" for phase in exercise.rep)
