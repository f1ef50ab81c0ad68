"""Follows the names of other exercises that an exercise gives: variations, substitutes, remedies."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import cache
from typing import Final, Protocol

from voicecoach import names
from voicecoach.language import phrases, tables
from voicecoach.routine.bounds import Harder
from voicecoach.routine.files.located_yaml import At, Data, Mistake, show
from voicecoach.routine.files.values import meant
from voicecoach.routine.model import Exercise

NEW_EXERCISE: Final = "A new exercise has 'rep', 'duration', 'tempo' or a time in 'reps'."
_ANY: Final = (
    "a name that 'voicecoach exercises' shows; a new exercise begins with 'exercise:' and has"
    " 'rep', 'duration', 'tempo' or a time in 'reps'"
)


class Named(Protocol):
    """Knows the names of all exercises."""

    def has_exercise(self, name: str) -> bool:
        """Tell whether ``name`` is the id of one."""
        ...

    def exercises(self) -> Collection[str]:
        """Return their ids."""
        ...

    def exercise_names(self) -> Mapping[str, Sequence[str]]:
        """Return the names of each: its id, then its titles."""
        ...


def called(name: str, library: Named) -> str | None:
    """Return the id of the one exercise called ``name`` but for capitals, hyphens and plurals, or None."""
    if library.has_exercise(name):
        return name
    found = names.equal(name, {each: [each] for each in library.exercises()}) or names.equal(
        name, library.exercise_names()
    )
    return found[0] if len(found) == 1 else None


def called_elsewhere(name: str, library: Named) -> str | None:
    """Return the id of an exercise that goes by ``name`` elsewhere, or None."""
    known = library.exercises()
    found = names.equal(name, {key: other for key, other in _other_names().items() if key in known})
    return found[0] if found else None


def suggestion(name: str, library: Named, others: Collection[str] = ()) -> str:
    """Return what to write in place of ``name``, which is no exercise.

    That is the exercise that goes by this name elsewhere, a forgotten colon, or the name that is most like
    it, also of ``others``, the words that could stand there.
    """
    known = library.exercises()
    if elsewhere := called_elsewhere(name, library):
        return f"did you mean '{elsewhere}'?"
    first, _, more = name.partition(" ")
    while more:
        if first in others or called(first, library):
            return f"did you mean '{first}: {more}'?"
        word, _, more = more.partition(" ")
        first = f"{first} {word}"
    return meant(name, [*known, *others], _ANY)


@cache
def _other_names() -> dict[str, list[str]]:
    """Return what exercises are called elsewhere, by their ids."""
    found: dict[str, list[str]] = tables.read(phrases.folder() / "other_names.en.yaml")
    return found


FindExercise = Callable[[str], Exercise | None]
"""An exercise by its key, or None when there is none that can be read."""


def references(exercise: Exercise) -> Iterator[tuple[At, str]]:
    """Yield the id of each exercise that ``exercise`` refers to, with its place in the file."""
    for key, variations in (("easier", exercise.easier), ("harder", exercise.harder)):
        for index, variation in enumerate(variations):
            if variation.exercise:
                yield (key, index), variation.exercise
    if exercise.figure_from:
        yield ("figure",), exercise.figure_from
    for index, name in enumerate(exercise.substitutes):
        yield ("substitutes", index), name
    for caution, remedy in exercise.cautions.items():
        if remedy.exercise:
            yield ("cautions", caution.value), remedy.exercise


_SENTENCES: Final = {"easier", "harder", "cautions"}
"""Keys that take a sentence in place of a name."""


def unknown_references(exercise: Exercise, raw: Data, known: Collection[str]) -> list[Mistake]:
    """Return a mistake for each reference to an exercise not in ``known``; ``raw`` is the written data."""
    mistakes = []
    for at, name in references(exercise):
        if name in known:
            continue
        takes = "the name of an exercise" + (", or a whole sentence" if at[0] in _SENTENCES else "")
        expected = meant(name, known, takes)
        if at[0] == "harder" and name in {*Harder}:
            expected = f"write it in 'grow', as in 'grow: {{harder: {name}}}'"
        # A single one is written without a list.
        alone = isinstance(raw, dict) and isinstance(raw.get(str(at[0])), str)
        mistakes.append(Mistake(f"no exercise is called {show(name)}", expected, at[:1] if alone else at))
    return mistakes


def variation_with_load(exercise: Exercise, find: FindExercise) -> str:
    """Return the key of a variation of ``exercise`` that takes a load, a harder one first; empty for none."""
    variations = (*exercise.harder, *exercise.easier)
    found = (find(each.exercise) for each in variations if each.exercise)
    return next((each.key for each in found if each and each.load is not None), "")
