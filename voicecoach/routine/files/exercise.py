"""Builds an exercise from its keys: a library exercise with changes, or a definition of its own."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from voicecoach.language import phrases
from voicecoach.routine.files import bounds, dose, exercise_figure, rep, sides, tempo
from voicecoach.routine.files.bound_words import WrittenGrowth
from voicecoach.routine.files.draft import Draft
from voicecoach.routine.files.exercise_parts import when_it_hurts
from voicecoach.routine.files.located_yaml import Data, Mistake
from voicecoach.routine.files.references import FindExercise
from voicecoach.routine.files.shapes import DoseShape
from voicecoach.routine.model import Cues, Exercise, Fix

_COPIED: Final = (
    *("kind", "region", "posture", "why", "position", "movement", "feel", "breathing", "resting", "changing"),
    *(
        "leaving",
        "limb",
        "change",
        "picture",
        "cadence",
        "pace",
        "limit",
        "amrap",
        "prompts",
        "easier",
        "harder",
    ),
    *("substitutes", "care_order", "poised", "leg_rule", "pulls_on_leg", "equipment", "sources"),
)
"""Keys whose values the model takes unchanged."""
_NO_VARIATIONS: Final[Mapping[str, object]] = MappingProxyType({"easier": (), "harder": ()})
"""No variations: each has the position and the movement of the library."""
_DROPPED: Final[Mapping[str, Mapping[str, object]]] = MappingProxyType(
    {
        "position": {
            **_NO_VARIATIONS,
            "figure": None,
            "poised": False,
            "resting": "",
            "changing": "",
            "leaving": "",
        },
        "movement": {
            **_NO_VARIATIONS,
            "figure": None,
            "cues": Cues(),
            "errors": (),
            "feel": "",
            "prompts": (),
            "substitutes": (),  # none of them moves in the direction that hurt, which is not known here
        },
    }
)
"""What a library exercise loses, with the empty values, where a routine has a position or a movement of its
own: all this belongs to the one that is not done there."""


def new_exercise(
    name: str,
    given: DoseShape,
    bad: set[str],
    raw: Data,
    ident: str = "",
    affected: str = "",
    growth: WrittenGrowth | None = None,
) -> tuple[Exercise, list[Mistake]]:
    """Build the exercise that ``given`` defines, and list its mistakes.

    ``growth`` is how the exercises of its routine may grow.
    """
    exercise = Exercise(id=ident, name=name)
    return _decide(Draft(exercise, None, given, bad, raw, affected=affected, growth=growth))


def changed_exercise(
    base: Exercise,
    given: DoseShape,
    bad: set[str],
    raw: Data,
    find: FindExercise,
    affected: str = "",
    growth: WrittenGrowth | None = None,
) -> tuple[Exercise, list[Mistake]]:
    """Apply the changes in ``given`` to ``base``, and list their mistakes; ``growth`` as for a new one."""
    return _decide(Draft(base, base, given, bad, raw, find, affected, growth=growth))


def _decide(draft: Draft) -> tuple[Exercise, list[Mistake]]:
    """Decide one thing after another; each may depend on those before it."""
    _copy(draft)
    tempo.name_phases(draft)
    dose.decide_work(draft)
    dose.decide_sets(draft)
    dose.decide_rests(draft)
    rep.decide_phases(draft)
    rep.decide_words(draft)
    sides.decide_sides(draft)
    bounds.decide_levels(draft)
    dose.decide_load(draft)
    dose.decide_goal(draft)
    bounds.decide_bounds(draft)
    dose.decide_amrap(draft)
    dose.check_time(draft)
    exercise_figure.decide_figure(draft)
    return draft.exercise, draft.mistakes


def _copy(draft: Draft) -> None:
    for key in _DROPPED if draft.base else ():
        if draft.get(key):
            draft.put(**_DROPPED[key])
    draft.put(**{key: value for key in _COPIED if (value := draft.get(key)) is not None})
    if draft.base is None:
        draft.put(kind_known=draft.get("kind") is not None, cautions_known=draft.get("cautions") is not None)
    if draft.base or not draft.exercise.id:  # in the library they are the least times
        given = draft.given
        draft.put(exact_rest=given.rest is not None, exact_change=given.change is not None)
    if (cautions := draft.get("cautions")) is not None:
        draft.put(cautions=draft.exercise.cautions | cautions)
    if draft.given.cues is not None:
        draft.put(cues=dataclasses.replace(draft.exercise.cues, **draft.given.cues))
    if (errors := draft.get("errors")) is not None:
        draft.put(errors=tuple(Fix(when=when, fix=fix) for when, fix in errors))
    if "cautions" not in draft.bad and (fix := when_it_hurts(draft.written("cautions"))):
        hurts = Fix(when=phrases.load().part("written.it_hurts"), fix=fix)
        draft.put(errors=(*draft.exercise.errors, hurts))
