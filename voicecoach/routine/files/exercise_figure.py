"""Decides the figure of an exercise: its poses belong to the phases of its rep, or it borrows another's."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from typing import Final, TypeVar

from voicecoach.routine.figure import Figure, FigureChange, Pose
from voicecoach.routine.files.draft import Draft
from voicecoach.routine.files.located_yaml import At, Mistake, show
from voicecoach.routine.files.references import FindExercise
from voicecoach.routine.files.values import meant
from voicecoach.routine.model import Exercise, Variation
from voicecoach.routine.phase import Phase

F = TypeVar("F", bound=Figure | FigureChange)


def decide_figure(draft: Draft) -> None:
    """Take the figure that is written, or fit those of the library to the phases that a routine gives it."""
    written = draft.get("figure")
    if isinstance(written, str):
        draft.put(figure=None, figure_from=written)
    elif written is not None:
        draft.put(figure=written, figure_from="")
        draft.mistakes += _misfits(written, _rep(draft), ("figure",))
    elif draft.base and draft.base.rep != draft.exercise.rep:
        _fit(draft, draft.base.rep)
    for key in _VARIATIONS:
        if draft.get(key):
            draft.mistakes += _misfits_of(draft, key)


_VARIATIONS: Final = ("easier", "harder")


def _rep(draft: Draft) -> Sequence[Phase]:
    """Return the rep as far as it is known; nothing misfits one with a mistake of its own."""
    return () if "rep" in draft.bad else draft.exercise.rep


def _fit(draft: Draft, theirs: Sequence[Phase]) -> None:
    """Fit the figures of the library, whose rep has the phases ``theirs``, to the rep of a routine."""
    exercise = draft.exercise
    if exercise.figure:
        draft.put(figure=fitted(exercise.figure, theirs, exercise.rep))
    for key in _VARIATIONS:
        if not draft.get(key):
            variations: tuple[Variation, ...] = getattr(exercise, key)
            draft.put(**{key: tuple(_fitted_to(each, theirs, exercise.rep) for each in variations)})


def _fitted_to(variation: Variation, theirs: Sequence[Phase], own: Sequence[Phase]) -> Variation:
    if not variation.figure:
        return variation
    return replace(variation, figure=fitted(variation.figure, theirs, own))


def _misfits_of(draft: Draft, key: str) -> Iterator[Mistake]:
    listed = isinstance(draft.written(key), list)
    exercise, rep = draft.exercise, _rep(draft)
    for index, variation in enumerate(draft.get(key)):
        at: At = (key, index, "figure") if listed else (key, "figure")
        if isinstance(variation.figure, FigureChange):
            if not (exercise.figure or exercise.figure_from or "figure" in draft.bad):
                yield Mistake("the exercise has no figure of which this is a part", _WHOLE, at)
            yield from _unknown_phases(variation.figure, rep, at)
        elif variation.figure:
            yield from _misfits(variation.figure, rep, at)


_WHOLE: Final = "a whole one, which begins with 'from'"


def _misfits(figure: Figure, rep: Sequence[Phase], at: At) -> Iterator[Mistake]:
    """Yield what does not fit together: poses of no phase, and phases that would move without a pose."""
    yield from _unknown_phases(figure, rep, at)
    for phase in _moving(rep)[:-1]:
        if phase.name not in figure.poses:
            wrong = f"{show(phase.name)} moves, and has no pose"
            yield Mistake(wrong, f"a line '{phase.name}: …' with where it ends", (*at, "poses"))


def _unknown_phases(figure: Figure | FigureChange, rep: Sequence[Phase], at: At) -> Iterator[Mistake]:
    """Yield what belongs to no phase of the rep."""
    if not rep:
        return
    if figure.alternates:
        wrong = "a rep is drawn on the side that the coach names"
        yield Mistake(wrong, "'alternates' in timed work alone", (*at, "alternates"))
    names = [phase.name for phase in rep]
    for name in figure.poses:
        if name not in names:
            wrong = f"no phase of the rep is called {show(name)}"
            yield Mistake(wrong, meant(name, names), (*at, "poses", name), key=True)


def _moving(rep: Sequence[Phase]) -> list[Phase]:
    return [phase for phase in rep if not phase.kind.is_still]


def borrowed(
    exercise: Exercise, find: FindExercise, known: Collection[str]
) -> tuple[Exercise, list[Mistake]]:
    """Return ``exercise`` with the figure of the one that it names, and what is wrong with that.

    ``known`` are all exercises, those that cannot be read among them.
    """
    name = exercise.figure_from
    donor = find(name)
    figure = donor and donor.figure and fitted(donor.figure, donor.rep, exercise.rep)
    if figure:
        return replace(exercise, figure=figure), []
    expected = "an exercise that has one, or a figure of its own"
    if name not in known:
        wrong, expected = f"no exercise is called {show(name)}", meant(name, known, "one that has a figure")
    elif donor is None:
        wrong, expected = f"{name} has mistakes of its own", f"a figure that can be read: {_CHECK}"
    elif donor.figure is None and donor.figure_from:
        wrong = f"{name} borrows its figure from this one, or from itself"
    elif donor.figure is None:
        wrong = f"{name} has no figure"
    elif donor.rep:
        wrong = f"the figure of {name} has the phases {', '.join(phase.name for phase in donor.rep)}"
        expected = "a rep with as many phases that move"
    else:
        wrong, expected = f"the figure of {name} is that of timed work", "a duration, or a figure of its own"
    return exercise, [Mistake(wrong, expected, ("figure",))]


_CHECK: Final = "'voicecoach check' finds the mistakes of its file"


def fitted(figure: F, theirs: Sequence[Phase], own: Sequence[Phase]) -> F | None:
    """Return the figure of a rep with other names for its phases; None when it has others that move.

    In timed work the poses follow each other, and then the body goes back. Poses of timed work belong to no
    phase of a rep.
    """
    if not theirs:
        return None if own and figure.poses else figure
    if not own:
        return _in_timed_work(figure, theirs)
    before, now = ([phase.name for phase in _moving(rep)] for rep in (theirs, own))
    if len(before) != len(now):
        return None
    names = {phase.name: phase.name for phase in own}  # a hold, for one, may have poses, too
    names |= zip(before, before if {*before} == {*now} else now, strict=True)
    if figure.poses.keys() - names.keys():
        return None
    return replace(figure, poses={names[name]: poses for name, poses in figure.poses.items()})


def _in_timed_work(figure: F, rep: Sequence[Phase]) -> F:
    """Return the figure of a rep as timed work has it: with a pose for the phase that goes back, too."""
    if isinstance(figure, FigureChange):
        return figure
    last = _moving(rep)[-1:]
    back = {phase.name: (Pose(),) for phase in last if phase.name not in figure.poses}
    return replace(figure, poses={**figure.poses, **back})
