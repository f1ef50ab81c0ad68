"""Follows the names of other exercises that an exercise gives: variations, substitutes, remedies."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

from voicecoach.routine.files.located_yaml import At, Data, Mistake, show
from voicecoach.routine.files.values import meant
from voicecoach.routine.model import Exercise

FindExercise = Callable[[str], Exercise | None]
"""An exercise by its key, or None when there is none that can be read."""


def references(exercise: Exercise) -> Iterator[tuple[At, str]]:
    """Yield the id of each exercise that ``exercise`` refers to, with its place in the file."""
    for key, variations in (("easier", exercise.easier), ("harder", exercise.harder)):
        for index, variation in enumerate(variations):
            if variation.exercise:
                yield (key, index), variation.exercise
    for index, name in enumerate(exercise.substitutes):
        yield ("substitutes", index), name
    for caution, remedy in exercise.cautions.items():
        if remedy.exercise:
            yield ("cautions", caution.value), remedy.exercise


def unknown_references(exercise: Exercise, raw: Data, known: Collection[str]) -> list[Mistake]:
    """Return a mistake for each reference to an exercise not in ``known``; ``raw`` is the written data."""
    mistakes = []
    for at, name in references(exercise):
        if name in known:
            continue
        takes = "the name of an exercise" + ("" if at[0] == "substitutes" else ", or a whole sentence")
        expected = meant(name, known, takes)
        # A single one is written without a list.
        alone = isinstance(raw, dict) and isinstance(raw.get(str(at[0])), str)
        mistakes.append(Mistake(f"no exercise is called {show(name)}", expected, at[:1] if alone else at))
    return mistakes


def variation_with_load(exercise: Exercise, find: FindExercise) -> str:
    """Return the key of a variation of ``exercise`` that takes a load, a harder one first; empty for none."""
    variations = (*exercise.harder, *exercise.easier)
    found = (find(each.exercise) for each in variations if each.exercise)
    return next((each.key for each in found if each and each.load is not None), "")
