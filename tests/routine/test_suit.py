"""A routine changed for one person; in the end, the whole library for every caution and every lack."""

import re
from dataclasses import replace
from itertools import combinations, product
from pathlib import Path

import pytest
from naming import for_each

from voicecoach import paths
from voicecoach.errors import UnknownName
from voicecoach.routine.files.library import Library
from voicecoach.routine.files.references import references
from voicecoach.routine.model import (
    Caution,
    Do,
    Exercise,
    Posture,
    Remedy,
    Rest,
    Routine,
    Say,
    Sides,
    Variation,
    Wait,
)
from voicecoach.routine.one_side import in_order
from voicecoach.routine.phase import Phase
from voicecoach.routine.profile import Profile
from voicecoach.routine.suit import alone, suited, tailor

SHIPPED = Library((paths.shipped("routines"),))
LYING = {Posture.SUPINE, Posture.PRONE}


def exercise(name, *, easier="", equipment="", **cautions):
    """Each caution with the exercise to do instead, what to mind, or "" to leave it out."""
    forms = tuple(Variation(**{"text" if "." in each else "exercise": each}) for each in easier.split())
    remedies = {
        Caution(tag): Remedy(**{"advice" if "." in told else "exercise": told}) if told else Remedy()
        for tag, told in cautions.items()
    }
    things = tuple(equipment.split())
    return Exercise(
        id=name.lower(), name=name, duration=10.0, easier=forms, equipment=things, cautions=remedies
    )


SHELF = {
    each.id: each
    for each in (
        exercise("Lift", knee="turn", hip="", neck="Look down.", bp="sway"),
        exercise("Turn", neck="Turn less.", wrist="roll", bp="lift"),
        exercise("Sway", bp="lift"),
        exercise("Bow", knee="turn"),
        exercise("Ball", equipment="ball mat", easier="Slower. swing roll", knee=""),
        exercise("Swing", equipment="ball", easier="ball"),
        exercise("Roll", equipment="mat", hip=""),
        exercise("Strap", equipment="strap", easier="ball", wrist="swing"),
        exercise("Step", op=""),
        exercise("Sit", op="", hip="bow", hip_new="High."),
    )
}


class Only:
    """A library with a single exercise."""

    def __init__(self, exercise):
        self.only = exercise

    def exercise(self, _):
        return self.only


class Shelf:
    def exercise(self, name):
        if name not in SHELF:
            raise UnknownName("exercise", name, SHELF)
        return SHELF[name]


@pytest.mark.parametrize(("library", "name"), [(Shelf(), "lift"), (Library.default(), "bird_dog")])
def test_a_library_knows_its_exercises_by_name_and_no_others(library, name):
    assert library.exercise(name).key == name
    with pytest.raises(UnknownName):
        library.exercise("no_such_exercise")


def routine(*names):
    steps = tuple(
        Do(exercise=SHELF[name])
        if name in SHELF
        else Rest(seconds=9)
        if name == "-"
        else Wait(what=name)
        if name.startswith("?")
        else Say(text=name)
        for name in names
    )
    return Routine(id="r", name="R", steps=steps, path=Path("r.yaml"))


def somebody(who):
    """Cautions, and after a slash all that this person has."""
    cautions, has, things = who.partition("/")
    equipment = frozenset(things.split()) if has else None
    return Profile(cautions=frozenset(map(Caution, cautions.split())), equipment=equipment)


def told(tailored):
    """What is done, with its advice, and after a colon each change with its reasons."""
    steps = (
        " ".join([step.exercise.name, *step.exercise.advice])
        if isinstance(step, Do)
        else "-"
        if isinstance(step, Rest)
        else step.what
        if isinstance(step, Wait)
        else step.text
        for step in tailored.routine.steps
    )
    swaps = (
        f"{swap.name} > {swap.instead or '-'} for {' '.join((*swap.cautions, *swap.missing))}"
        for swap in tailored.swaps
    )
    return ": ".join([" ".join(steps), *swaps])


def test_a_replacement_is_done_on_the_same_side_or_begins_with_it():
    """Its own dose counts both sides together; one without sides is done as it always is."""
    bow, swing = replace(SHELF["bow"], sides=Sides.EACH), replace(SHELF["turn"], sides=Sides.ALTERNATE)
    swing = replace(swing, reps=(7,), duration=None, rep=(Phase(name="swing", seconds=2),))
    for order, given in ((("right",), (4,)), (("right", "left"), (7,)), ((), (7,))):
        planned = replace(routine("bow"), steps=(Do(exercise=in_order(bow, order)),))
        for stand_in, sided in ((swing, True), (SHELF["turn"], False)):
            (done,) = tailor(planned, somebody("knee"), Only(stand_in)).routine.exercises
            assert done.order == (order if sided else ())
            assert done.reps == (given if sided else (1,))


@pytest.mark.parametrize(
    ("who", "planned", "found"),
    [
        ("", "lift - Hello. ball strap", "Lift - Hello. Ball Strap"),
        ("wrist", "lift", "Lift"),
        ("", "?Ready ?Mat lift", "?Ready ?Mat Lift"),
        ("knee", "?Ready sway ?Mat lift", "?Ready Sway Turn: Lift > Turn for knee"),
        ("hip", "?Ready Hello. ?Mat lift turn", "?Ready Hello. Turn: Lift > - for hip"),
        ("neck", "lift", "Lift Look down."),
        ("knee", "lift", "Turn: Lift > Turn for knee"),
        ("knee neck", "lift", "Turn Turn less.: Lift > Turn for knee"),
        ("knee wrist", "lift", "Roll: Lift > Roll for knee wrist"),
        ("hip", "lift turn", "Turn: Lift > - for hip"),
        ("knee hip", "lift bow", "Turn: Lift > - for knee hip: Bow > Turn for knee"),
        ("bp", "lift roll", "Roll: Lift > - for bp"),
        ("knee bp", "lift roll", "Roll: Lift > - for knee bp"),
        ("knee", "lift bow", "Turn: Lift > Turn for knee: Bow > - for knee"),
        ("knee", "lift turn", "Turn: Lift > - for knee"),
        ("knee", "lift roll lift", "Turn Roll Turn: Lift > Turn for knee"),
        ("hip", "lift - Hm. - turn", "Hm. Turn: Lift > - for hip"),
        ("hip", "turn - lift - turn", "Turn - Turn: Lift > - for hip"),
        ("/mat", "ball", "Roll: Ball > Roll for ball"),
        ("/ball mat", "ball", "Ball"),
        ("/mat", "strap", "Roll: Strap > Roll for strap"),
        ("/ball mat", "strap", "Ball: Strap > Ball for strap"),
        ("/", "ball turn", "Turn: Ball > - for ball mat"),
        ("hip/mat", "ball turn", "Turn: Ball > - for ball"),
        ("wrist knee/mat", "strap bow", "Roll: Strap > - for wrist ball: Bow > Roll for knee wrist"),
        # What says nothing of a new hip does what it says of a hip and of surgery.
        ("hip_new", "lift bow", "Bow: Lift > - for hip_new"),
        ("hip_new hip", "lift bow", "Bow: Lift > - for hip_new"),
        ("hip_new", "step bow", "Bow: Step > - for hip_new"),
        ("hip_new op", "step bow", "Bow: Step > - for op"),
        ("hip_new", "sit bow", "Sit High. Bow"),
        ("hip_new hip", "sit", "Sit High."),
        ("hip_new op", "sit bow", "Bow: Sit > - for op"),
        ("hip", "sit", "Bow: Sit > Bow for hip"),
    ],
)
def test_what_is_done_and_why(who, planned, found):
    assert told(tailor(routine(*planned.split()), somebody(who), Shelf())) == found


def test_a_planned_dose_is_kept_and_an_alternative_has_its_own():
    planned = replace(routine(), steps=(Do(exercise=replace(SHELF["lift"], duration=99.0)),))
    for who, seconds in (("neck", 99.0), ("knee", 10.0)):
        (done,) = tailor(planned, somebody(who), Shelf()).routine.exercises
        assert done.duration == seconds


def test_two_of_the_same_name_are_looked_at_each():
    mine = Exercise(name="Mine", duration=5.0)
    risky = replace(mine, cautions={Caution.HIP: Remedy()})
    planned = replace(routine(), steps=(Do(exercise=mine), Do(exercise=risky)))
    assert tailor(planned, somebody("hip"), Shelf()).routine.exercises == (mine,)


def test_when_nothing_is_left_it_is_empty():
    assert tailor(routine("lift", "-"), somebody("hip"), Shelf()).empty
    assert not tailor(routine("Hello."), somebody("hip"), Shelf()).empty


@for_each(SHIPPED.exercises())
def test_an_alternative_exists_and_is_safe_for_the_caution_it_is_for(name):
    planned = SHIPPED.exercise(name)
    assert all(SHIPPED.exercise(named).id == named != name for _, named in references(planned))
    for caution in Caution:
        done = suited(planned, {caution}, SHIPPED).exercise
        if done is not None:
            assert caution not in done.cautions or done.cautions[caution].advice, caution
            assert caution is not Caution.PREG or done.posture not in LYING
        elif named := planned.cautions[caution].exercise:
            # Left out although an alternative was named: only where that one is left out as well.
            assert suited(SHIPPED.exercise(named), {caution}, SHIPPED).exercise is None, caution
        seen, here = [name], planned
        while (remedy := here.cautions.get(caution)) and remedy.exercise:
            assert remedy.exercise not in seen, f"a circle for {caution}: {seen}"
            here = SHIPPED.exercise(remedy.exercise)
            seen.append(here.id)
    left = suited(planned, set(Caution), SHIPPED).exercise
    assert left is None or all(remedy.advice for remedy in left.cautions.values())


AMOUNT = re.compile(r"only (a little|half|an inch|a hand's width)|halfway|closer|short,|both hands|one hand")
"""How much of a movement advice asks for. "As far as your leg stays quiet" is no amount: it holds at any."""
TWO_MOVEMENTS = {
    ("ball_pelvic_tilts", Caution.FLEX, Caution.EXT),
    ("ball_pelvic_tilts", Caution.EXT, Caution.OSTEO),
    ("cat_camel", Caution.FLEX, Caution.EXT),
    ("cat_camel", Caution.EXT, Caution.OSTEO),
    ("cat_camel_seated", Caution.FLEX, Caution.EXT),
    ("cat_camel_seated", Caution.EXT, Caution.OSTEO),
}
"""Exercises and cautions that limit one movement each, such as rounding and arching."""


def test_two_cautions_never_give_two_amounts_of_one_movement():
    both = set()
    for name, pair in product(SHIPPED.exercises(), combinations(Caution, 2)):
        found = suited(SHIPPED.exercise(name), pair, SHIPPED)
        if sum(bool(AMOUNT.search(sentence)) for sentence in found.advice) > 1:
            both.add((found.exercise.id, *pair))
    assert both == TWO_MOVEMENTS


def test_the_order_of_care_names_advice():
    for each in map(SHIPPED.exercise, SHIPPED.exercises()):
        assert all(each.cautions[caution].advice for caution in each.care_order), each.id
        assert all(AMOUNT.search(each.cautions[caution].advice) for caution in each.care_order), each.id


def test_of_advice_on_one_movement_the_most_careful_is_said():
    planned = replace(SHELF["lift"], cautions={tag: Remedy(advice=f"{tag}.") for tag in Caution})
    planned = replace(planned, care_order=(Caution.OSTEO, Caution.EXT, Caution.FLEX))
    for cautions, said in (
        ({Caution.FLEX, Caution.EXT, Caution.OSTEO, Caution.LEG}, ("leg.", "osteo.")),
        ({Caution.FLEX, Caution.EXT}, ("ext.",)),
        ({Caution.FLEX}, ("flex.",)),
    ):
        assert suited(planned, cautions, Shelf()).advice == said


@for_each(SHIPPED.routines())
def test_every_caution_and_every_lack_leaves_what_is_safe_and_can_be_done(name):
    planned = SHIPPED.load(name)
    for caution in Caution:
        tailored = tailor(planned, Profile(cautions=frozenset({caution})), SHIPPED)
        done = {each.id for each in tailored.routine.exercises}
        # After surgery a training routine has nothing left; the calm routines and the walk have.
        assert done or (caution is Caution.OP and name not in {"calm-mini", "calm-start", "quick", "walk"})
        for each in tailored.routine.exercises:
            assert caution not in each.cautions or each.cautions[caution].advice in each.advice, caution
        changed = {swap.name for swap in tailored.swaps}
        kept = {each.name for each in tailored.routine.exercises}
        assert changed.isdisjoint(kept)
        assert {each.name for each in planned.exercises} <= changed | kept
        for thing in planned.equipment:
            has = frozenset(planned.equipment) - {thing}
            for each in tailor(
                planned, Profile(cautions=frozenset({caution}), equipment=has), SHIPPED
            ).routine.exercises:
                assert set(each.equipment) <= has, (caution, thing)
                assert caution not in each.cautions or not each.cautions[caution].exercise, (caution, thing)


@pytest.mark.parametrize(
    ("weights", "planned", "load"),
    [
        ((), {"load": 0.0}, 0.0),
        ((1.0, 2.0), {"load": 0.0}, 0.0),
        ((1.0, 2.0), {"load": 0.0, "equipment": ("weight",)}, 1.0),
        ((1.0, 2.0), {"load": 2.0, "equipment": ("weight",)}, 2.0),
        ((1.0, 2.0), {"equipment": ("weight",)}, None),
        ((16.0,), {"load": 0.0, "equipment": ("weight",)}, "lacks"),
    ],
)
def test_an_exercise_that_needs_a_weight_begins_with_the_lightest(weights, planned, load):
    exercise, person = replace(SHELF["lift"], **planned), Profile(weights=weights)
    found = alone(exercise, person, Library(()))
    if load == "lacks":
        assert (found, person.lacks(exercise)) == (None, ("weight",))
    else:
        assert (found.load, found.weights) == (load, weights if load is not None else ())


def test_whoever_has_weights_has_a_weight():
    exercise = replace(SHELF["lift"], equipment=("mat", "weight"))
    assert Profile(equipment=frozenset(), weights=(2.0,)).lacks(exercise) == ("mat",)
    assert Profile(equipment=frozenset({"weight"})).lacks(exercise) == ("mat",)
