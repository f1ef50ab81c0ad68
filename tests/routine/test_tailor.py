"""A routine changed for one person; in the end, every shipped routine for every caution and every lack."""

from dataclasses import replace
from pathlib import Path

import pytest

from voicecoach import paths
from voicecoach.routine.files.library import Library
from voicecoach.routine.model import Caution, Do, Exercise, Profile, Remedy, Rest, Routine, Say, Variation
from voicecoach.routine.suit import Swap, tailor

SHIPPED = Library((paths.shipped("routines"),))
OUT = Remedy()


def exercise(name, *, easier="", equipment="", **cautions):
    variations = tuple(
        Variation(exercise=each) if "." not in each else Variation(text=each) for each in easier.split()
    )
    remedies = {Caution(tag): remedy for tag, remedy in cautions.items()}
    equipment = tuple(equipment.split())
    return Exercise(
        id=name.lower(),
        name=name,
        duration=10.0,
        easier=variations,
        equipment=equipment,
        cautions=remedies,
    )


SHELF = {
    each.id: each
    for each in (
        exercise("Lift", knee=Remedy(exercise="turn"), hip=OUT, neck=Remedy(advice="Look down.")),
        exercise("Turn", neck=Remedy(advice="Turn less.")),
        exercise("Bow", knee=Remedy(exercise="turn")),
        exercise("Ball", equipment="ball mat", easier="Slower. swing roll", knee=OUT),
        exercise("Swing", equipment="ball", easier="ball"),
        exercise("Roll", equipment="mat", hip=OUT),
        exercise("Strap", equipment="strap", easier="ball", wrist=Remedy(exercise="swing")),
    )
}


class Shelf:
    def exercise(self, name):
        return SHELF[name]


def routine(*names):
    steps = tuple(
        Do(exercise=SHELF[name]) if name in SHELF else Rest(seconds=9) if name == "-" else Say(text=name)
        for name in names
    )
    return Routine(id="r", name="R", steps=steps, path=Path("r.yaml"))


def done(tailored):
    return [
        step.exercise.name if isinstance(step, Do) else "-" if isinstance(step, Rest) else step.text
        for step in tailored.routine.steps
    ]


def somebody(cautions="", equipment=None):
    things = None if equipment is None else frozenset(equipment.split())
    return Profile(cautions=frozenset(map(Caution, cautions.split())), equipment=things)


def test_somebody_without_complaints_does_it_as_written():
    planned = routine("lift", "-", "Hello.", "ball", "strap")
    tailored = tailor(planned, Profile(), Shelf())
    assert (tailored.routine, tailored.swaps, tailored.empty) == (planned, (), False)


@pytest.mark.parametrize(
    ("planned", "who", "does", "swaps"),
    [
        ("lift", somebody("knee"), "Turn", [Swap("Lift", "Turn", (Caution.KNEE,))]),
        ("lift turn", somebody("hip"), "Turn", [Swap("Lift", "", (Caution.HIP,))]),
        (
            "lift bow",
            somebody("knee"),
            "Turn",
            [Swap("Lift", "Turn", (Caution.KNEE,)), Swap("Bow", "", (Caution.KNEE,))],
        ),
        ("lift turn", somebody("knee"), "Turn", [Swap("Lift", "", (Caution.KNEE,))]),
        ("lift roll lift", somebody("knee"), "Turn Roll Turn", [Swap("Lift", "Turn", (Caution.KNEE,))]),
        ("lift - Hm. - turn", somebody("hip"), "Hm. Turn", [Swap("Lift", "", (Caution.HIP,))]),
        ("turn - lift - turn", somebody("hip"), "Turn - Turn", [Swap("Lift", "", (Caution.HIP,))]),
        ("ball", somebody(equipment="mat"), "Roll", [Swap("Ball", "Roll", (), ("ball",))]),
        ("ball", somebody(equipment="ball mat"), "Ball", []),
        ("strap", somebody(equipment="mat"), "Roll", [Swap("Strap", "Roll", (), ("strap",))]),
        ("strap", somebody(equipment="ball mat"), "Ball", [Swap("Strap", "Ball", (), ("strap",))]),
        ("ball turn", somebody(equipment=""), "Turn", [Swap("Ball", "", (), ("ball", "mat"))]),
        ("ball turn", somebody("hip", "mat"), "Turn", [Swap("Ball", "", (), ("ball",))]),
        (
            "strap turn",
            somebody("wrist knee", "mat"),
            "Turn",
            [Swap("Strap", "", (Caution.WRIST,), ("ball",))],
        ),
    ],
)
def test_what_is_done_and_why(planned, who, does, swaps):
    tailored = tailor(routine(*planned.split()), who, Shelf())
    assert done(tailored) == does.split()
    assert list(tailored.swaps) == swaps


def test_advice_goes_with_what_is_done():
    (kept,) = tailor(routine("lift"), somebody("neck"), Shelf()).routine.exercises
    assert kept.advice == ("Look down.",)
    (instead,) = tailor(routine("lift"), somebody("neck knee"), Shelf()).routine.exercises
    assert instead.advice == ("Turn less.",)


def test_a_planned_dose_is_kept_and_an_alternative_has_its_own():
    planned = routine("lift", "turn")
    more = replace(
        planned, steps=tuple(Do(exercise=replace(each, duration=99.0)) for each in planned.exercises)
    )
    kept = tailor(more, somebody("neck"), Shelf())
    assert [each.duration for each in kept.routine.exercises] == [99.0, 99.0]
    (instead,) = tailor(replace(more, steps=more.steps[:1]), somebody("knee"), Shelf()).routine.exercises
    assert instead.duration == 10.0


def test_two_of_the_same_name_are_looked_at_each():
    mine = Exercise(name="Mine", duration=5.0)
    risky = replace(mine, cautions={Caution.HIP: OUT})
    planned = replace(routine(), steps=(Do(exercise=mine), Do(exercise=risky)))
    assert tailor(planned, somebody("hip"), Shelf()).routine.exercises == (mine,)


def test_when_nothing_is_left_it_is_empty():
    assert tailor(routine("lift", "-"), somebody("hip"), Shelf()).empty
    assert not tailor(routine("Hello."), somebody("hip"), Shelf()).empty


@pytest.mark.parametrize("name", SHIPPED.routines())
def test_every_caution_leaves_a_safe_variant_of_every_routine(name):
    planned = SHIPPED.load(name)
    for caution in Caution:
        tailored = tailor(planned, Profile(cautions=frozenset({caution})), SHIPPED)
        assert tailored.routine.exercises, caution
        for each in tailored.routine.exercises:
            remedy = each.cautions.get(caution)
            assert remedy is None or remedy.advice in each.advice
        changed = {swap.name for swap in tailored.swaps}
        kept = {each.name for each in tailored.routine.exercises}
        assert changed.isdisjoint(kept)
        assert {each.name for each in planned.exercises} <= changed | kept


@pytest.mark.parametrize("name", SHIPPED.routines())
def test_nothing_is_asked_for_that_somebody_lacks(name):
    planned = SHIPPED.load(name)
    for thing in planned.equipment:
        has = frozenset(planned.equipment) - {thing}
        for caution in Caution:
            who = Profile(cautions=frozenset({caution}), equipment=has)
            for each in tailor(planned, who, SHIPPED).routine.exercises:
                assert thing not in each.equipment
                assert set(each.equipment) <= has
                assert not (each.cautions.get(caution) or Remedy(advice="-")).exercise
