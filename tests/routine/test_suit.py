"""Exercises replaced or left out for a person's cautions; over the whole shipped library in the end."""

from dataclasses import dataclass, field
from itertools import product

import pytest
from naming import for_each

from voicecoach import paths
from voicecoach.routine.files.exercise import references
from voicecoach.routine.files.library import Library
from voicecoach.routine.model import Caution, Exercise, Posture, Remedy
from voicecoach.routine.suit import Suited, suited

SHIPPED = Library((paths.shipped("routines"),))
LYING = {Posture.SUPINE, Posture.PRONE}
OUT = Remedy()


def to(name):
    return Remedy(exercise=name)


@dataclass
class Shelf:
    """Exercises by name."""

    cautions: dict = field(default_factory=dict)

    def exercise(self, name):
        return Exercise(id=name, name=name, duration=10.0, cautions=self.cautions.get(name, {}))


SHELF = Shelf(
    {
        "lift": {
            Caution.KNEE: to("turn"),
            Caution.HIP: OUT,
            Caution.NECK: Remedy(advice="Look down."),
            Caution.BP: to("swing"),
        },
        "turn": {
            Caution.NECK: Remedy(advice="Turn less."),
            Caution.WRIST: to("roll"),
            Caution.BP: to("lift"),
        },
        "swing": {Caution.BP: to("lift")},
    }
)


@pytest.mark.parametrize(
    ("cautions", "instead", "advice", "because"),
    [
        ("", "lift", (), ""),
        ("wrist", "lift", (), ""),
        ("neck", "lift", ("Look down.",), ""),
        ("knee", "turn", (), "knee"),
        ("knee neck", "turn", ("Turn less.",), "knee"),
        ("knee wrist", "roll", (), "knee wrist"),
        ("hip", None, (), "hip"),
        ("knee hip", None, (), "knee hip"),
        ("bp", None, (), "bp"),
        ("knee bp", None, (), "knee bp"),
    ],
)
def test_what_is_done(cautions, instead, advice, because):
    tags = set(map(Caution, cautions.split()))
    found = suited(SHELF.exercise("lift"), tags, SHELF)
    assert found == Suited(instead and SHELF.exercise(instead), advice, tuple(map(Caution, because.split())))


def test_every_exercise_that_is_named_exists():
    for name in SHIPPED.exercises():
        for _, named in references(SHIPPED.exercise(name)):
            assert SHIPPED.exercise(named).id == named != name


@for_each(product(SHIPPED.exercises(), Caution))
def test_an_alternative_is_safe_for_the_caution_it_is_for(case):
    name, caution = case
    planned = SHIPPED.exercise(name)
    found = suited(planned, {caution}, SHIPPED)
    if found.exercise is not None:
        remedy = found.exercise.cautions.get(caution)
        assert remedy is None or remedy.advice
        if caution is Caution.PREG:
            assert found.exercise.posture not in LYING
    elif named := planned.cautions[caution].exercise:
        # Left out although an alternative was named: only where that one is left out as well.
        assert suited(SHIPPED.exercise(named), {caution}, SHIPPED).exercise is None


@for_each(SHIPPED.exercises())
def test_alternatives_never_lead_in_a_circle(name):
    for caution in Caution:
        seen, exercise = [name], SHIPPED.exercise(name)
        while (remedy := exercise.cautions.get(caution)) and remedy.exercise:
            assert remedy.exercise not in seen, (caution, seen)
            seen.append(remedy.exercise)
            exercise = SHIPPED.exercise(remedy.exercise)


def test_somebody_with_every_caution_gets_only_what_all_of_them_allow():
    everything = set(Caution)
    for name in SHIPPED.exercises():
        found = suited(SHIPPED.exercise(name), everything, SHIPPED)
        if found.exercise is not None:
            assert all(remedy.advice for remedy in found.exercise.cautions.values())
