"""A routine as a plain-text sheet that one can exercise from on paper."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from typing import Final

from voicecoach.routine.model import Do, Exercise, Rest, Routine, Say, Sides, Wait
from voicecoach.units import format_duration

WIDTH: Final = 80

SAFETY: Final = (
    "Never bounce. Move slowly and keep breathing."
    " Stop if pain, tingling or numbness travels further down a leg."
)
"""Spoken and printed with every routine (catalogue section 2, universal rules)."""

_SIDES: Final = {
    Sides.BOTH: "",
    Sides.EACH: " on each side",
    Sides.ALTERNATE: " in all, left and right in turn",
    Sides.SWAP: "",
}


def sheet(routine: Routine) -> str:
    """The whole sheet, lines of at most 80 characters."""
    return "\n".join(line.rstrip() for line in _lines(routine)) + "\n"


def dose_in_words(exercise: Exercise) -> str:
    """Sets, reps, sides and holds: "2 sets of 3 reps on each side, each held 5s; rest 20s between sets"."""
    sets = len(exercise.reps)
    if exercise.duration is not None:
        times = f"{sets} times " if sets > 1 else ""
        dose = f"{times}{format_duration(exercise.duration)}"
    elif sets > 1 and len(set(exercise.reps)) == 1:
        dose = f"{sets} sets of {_count(exercise.reps[0], 'rep')}"
    elif sets > 1:
        dose = f"{sets} sets of {', '.join(map(str, exercise.reps[:-1]))} and {exercise.reps[-1]} reps"
    else:
        dose = _count(exercise.reps[0], "rep")
    dose += _SIDES[exercise.sides]
    for phase in exercise.rep:
        if phase.is_hold:
            dose += f", each held {format_duration(phase.seconds)}"
    if exercise.sides is Sides.SWAP:
        dose += ", change sides halfway"
    return f"{dose}; rest {format_duration(exercise.rest)} between sets" if sets > 1 else dose


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def _lines(routine: Routine) -> Iterator[str]:
    yield routine.name
    yield "=" * len(routine.name)
    if routine.about:
        yield from _wrap(routine.about)
    if routine.equipment:
        yield from _wrap(f"You need: {', '.join(routine.equipment)}.")
    yield from _wrap(SAFETY)
    number = 0
    seen: set[tuple[object, ...]] = set()
    for step in routine.steps:
        yield ""
        match step:
            case Do(exercise=exercise):
                number += 1
                title = f"{number}. {exercise.name}: {dose_in_words(exercise)}"
                yield from _wrap(title, after="   ")
                # What has been read once is not printed again for every repeat.
                what = (exercise.name, exercise.position, exercise.movement, exercise.rep)
                if what not in seen:
                    yield from _exercise(exercise)
                seen.add(what)
            case Rest(seconds=seconds):
                yield f"   Rest {format_duration(seconds)}."
            case Say(text=text):
                yield from _wrap(text, "   ")
            case Wait(what=what):
                yield from _wrap(f"Go on when you are ready: {what}.", "   ")


def _exercise(exercise: Exercise) -> Iterator[str]:
    if exercise.why:
        yield from _wrap(exercise.why, "   ")
    yield from _part("Position", exercise.position)
    if exercise.sides is not Sides.BOTH:
        yield from _part("Sides", ["Written for the left side. For the right, swap left and right."])
    yield from _part("Movement", [exercise.movement])
    yield from _part("Pace", [_pace(exercise)])
    yield from _part("Feel", [exercise.feel])
    yield from _part("Breath", [exercise.breathing])
    yield from _part("Mind", [*exercise.cues.always, *exercise.cues.rotating])
    for index, error in enumerate(exercise.errors):
        yield from _part("" if index else "Check", [f"{error.when.rstrip('.?')}?", error.fix])
    yield from _part("Easier", exercise.easier)
    yield from _part("Harder", exercise.harder)


def _pace(exercise: Exercise) -> str:
    joined = ", ".join(f"{phase.name} {format_duration(phase.seconds)}" for phase in exercise.rep)
    return f"{joined}." if joined else ""


def _part(title: str, texts: Iterable[str]) -> Iterator[str]:
    """One heading with its texts run together; nothing when there are none."""
    if joined := " ".join(filter(None, texts)):
        yield from _wrap(joined, f"   {title:10}", " " * 13)


def _wrap(text: str, first: str = "", after: str | None = None) -> list[str]:
    text = text.replace("{side}", "left").replace("{other}", "right")
    return textwrap.wrap(
        text, WIDTH, initial_indent=first, subsequent_indent=first if after is None else after
    )
