"""Advice on what is written in a way that may mean something else, or that does nothing."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final, NamedTuple

from voicecoach.errors import MISSPELT, nearest
from voicecoach.routine.exercise_words import phases_in_words
from voicecoach.routine.model import Exercise, Routine
from voicecoach.units import format_duration

_TWO_NUMBERS = re.compile(r"(\d+)\s*[-\u2013]\s*(\d+)")
_IN_ORDER: Final = 3
"""The numbers of a tempo that is written in the order of doing."""


class NewName(NamedTuple):
    """The name of an exercise that a routine defines."""

    name: str
    library: Collection[str]
    """The names of the library's exercises."""


def rest_range(exercise: Exercise) -> str:
    if not exercise.rest_range:
        return ""
    longer = format_duration(exercise.rest)
    return f"{exercise.name} rests {longer} of '{exercise.rest_range}', the longer; a key goes on sooner"


def picture(exercise: Exercise) -> str:
    return (
        f"{exercise.picture} is not shown; draw a figure: voicecoach help figure-format"
        if exercise.picture
        else ""
    )


def tempo_factor(exercise: Exercise) -> str:
    if exercise.factor is None:
        return ""
    speed = round(100 / exercise.factor)
    return f"{exercise.name} has 'tempo: {exercise.factor:g}', an old way to say it; write 'speed: {speed}'"


def misspelt(new: NewName) -> str:
    near = nearest(new.name, new.library, MISSPELT)
    if not near or nearest(new.name, new.library, 1):
        return ""
    return f"{new.name} is taken for a new exercise; did you mean '{near}'?"


def in_library(new: NewName) -> str:
    known = nearest(new.name, new.library, 1)
    return f"{new.name} is in the library too; write '{known}' to have it explained" if known else ""


def two_numbers(routine: Routine) -> str:
    for exercise in routine.exercises:
        if found := _TWO_NUMBERS.fullmatch(exercise.dose_range):
            least, most = found.groups()
            begins = f"{exercise.name} begins with {least} reps and works up to {most}"
            return f"{begins}; write '{least} to {most}' if that is meant, or '{least}, {most}' for two sets"
    return ""


def tempo_order(routine: Routine) -> str:
    """Check for tempos of three numbers that name no phases: their order is read from the movement."""
    read = dict.fromkeys(
        f"{each.name} {each.tempo} as {phases_in_words(each)}"
        for each in routine.exercises
        if not each.tempo_named and len(each.tempo_numbers) == _IN_ORDER and each.rep
    )
    if not read:
        return ""
    other = "where that is wrong, write 'phases: [up, stay, down]' beside it"
    return f"tempo is read in this order: {'; '.join(read)}; {other}"
