"""Exercises that another exercise names: easier and harder forms, and what is done instead of it."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from voicecoach.errors import nearest
from voicecoach.routine.mistakes import At, Data, Mistake, show
from voicecoach.routine.model import Exercise


def references(exercise: Exercise) -> Iterator[tuple[At, str]]:
    """The id of every exercise that ``exercise`` names, and where in its file it does."""
    for key, forms in (("easier", exercise.easier), ("harder", exercise.harder)):
        for index, form in enumerate(forms):
            if form.exercise:
                yield (key, index), form.exercise
    for caution, remedy in exercise.cautions.items():
        if remedy.exercise:
            yield ("cautions", caution.value), remedy.exercise


def unknown_references(exercise: Exercise, raw: Data, known: Collection[str]) -> list[Mistake]:
    """A mistake for each exercise that is named and is not one of ``known``; ``raw`` is what was written."""
    mistakes = []
    for at, name in references(exercise):
        if name in known:
            continue
        near = nearest(name, known)
        expected = f"did you mean '{near}'?" if near else "the name of an exercise, or a whole sentence"
        # A form that stands alone is not in a list.
        alone = isinstance(raw, dict) and isinstance(raw.get(str(at[0])), str)
        mistakes.append(Mistake(f"no exercise is called {show(name)}", expected, at[:1] if alone else at))
    return mistakes
