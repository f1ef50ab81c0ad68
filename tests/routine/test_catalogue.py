"""The library and the routines as tables, to be read against the exercise catalogue: ``cases/catalogue.txt``.

A row: the phases of a rep in order with their seconds (or the cadence of timed work), the start dose, the
goal, the rest between sets, the seconds that start and goal take, the cautions, L for the rule to stop when
leg symptoms spread, P for pulling on a leg, and what is done while it is left out because it hurt. Where
the catalogue gives a range the figures are its gentle end.
"""

import re
from pathlib import Path

import pytest
from golden import assert_golden

from voicecoach import paths
from voicecoach.routine.doses import at_goal
from voicecoach.routine.files.library import Library
from voicecoach.routine.model import Caution, Kind, Posture, Sides
from voicecoach.units import format_duration

SHIPPED = Library((paths.shipped("routines"),))
EXERCISES = [SHIPPED.exercise(name) for name in SHIPPED.exercises()]
ROUTINES = [SHIPPED.load(name) for name in SHIPPED.routines()]


def dose(exercise, *, hold=False):
    if exercise.duration is not None:
        times = f"{len(exercise.reps)} x " if len(exercise.reps) > 1 else ""
        return times + format_duration(exercise.duration)
    reps = "-".join(map(str, exercise.reps))
    seconds = [phase.seconds for phase in exercise.rep if phase.is_hold]
    reps += f" x {seconds[0]:g}" if hold and seconds else ""
    return reps if exercise.sides is Sides.BOTH else f"{reps} {exercise.sides}"


def figures(exercise):
    goal = at_goal(exercise)
    paced = ", ".join(f"{phase.name} {phase.seconds:g}" for phase in exercise.rep)
    yield paced or (f"at {exercise.cadence:g}" if exercise.cadence else "-")
    yield dose(exercise)
    load = "" if exercise.load is None else f" with up to {goal.load:g} kg"
    yield dose(goal, hold=exercise.goal.hold is not None) + load
    yield f"{exercise.rest:g}"
    yield f"{exercise.total_seconds:g} to {goal.total_seconds:g}"
    yield " ".join([*exercise.cautions, *["L"] * exercise.leg_rule, *["P"] * exercise.pulls_on_leg])
    yield " or ".join(exercise.substitutes)


def contents(routine):
    yield f"{routine.phases[0]}-{routine.phases[-1]}"
    longest = {
        each.id: max((p.seconds for p in each.rep if p.is_hold), default=0) for each in routine.exercises
    }
    yield ", ".join(f"{each.id} {dose(each, hold=longest[each.id] >= 5)}" for each in routine.exercises)


def test_the_figures_are_those_of_the_catalogue():
    rows = [f"{each.id:<25} | " + " | ".join(figures(each)) for each in EXERCISES]
    rows += ["", *(f"{each.id:<25} | " + " | ".join(contents(each)) for each in ROUTINES)]
    text = "\n".join(map(str.rstrip, rows)) + "\n"
    assert_golden(Path(__file__).parent / "cases" / "catalogue.txt", text)
    assert {each.kind for each in EXERCISES} == set(Kind)


def test_what_each_caution_asks_for():
    """To be read: advice stays within what the words of the exercise ask for, or names another exercise."""
    lines = []
    for each in EXERCISES:
        lines.append(each.id)
        for caution, remedy in each.cautions.items():
            instead = f"-> {remedy.exercise}" if remedy.exercise else "left out"
            lines.append(f"    {caution:<8} {remedy.advice or instead}")
    assert_golden(Path(__file__).parent / "cases" / "cautions.txt", "\n".join(lines) + "\n")


DECIDE = {
    Caution.OP: (lambda _: True, {"breathing_diaphragm", "breathing_seated"}),
    Caution.BP: (
        lambda each: each.kind in {Kind.STRENGTH, Kind.STABILISATION},
        {"heel_slide", "ball_pelvic_circles"},
    ),
    Caution.BAL: (
        lambda each: each.posture is Posture.STANDING,
        {"pelvic_tilt_wall", "march_supported"},
    ),
}
"""Which exercises decide what a person with a caution does, and the few that suit them as they are."""


@pytest.mark.parametrize("caution", DECIDE)
def test_an_exercise_decides_on_a_caution(caution):
    concerned, as_they_are = DECIDE[caution]
    undecided = {each.id for each in EXERCISES if concerned(each) and caution not in each.cautions}
    assert undecided == as_they_are


def test_after_surgery_only_what_the_surgeon_allowed_is_done():
    after = {each.id: each.cautions[Caution.OP] for each in EXERCISES if Caution.OP in each.cautions}
    done = {key: remedy for key, remedy in after.items() if not remedy.leaves_out}
    assert done.pop("brisk_walk").exercise == "easy_walk"
    assert set(done) == {"pelvic_tilt", "pelvic_tilt_wall", "heel_slide", "easy_walk"}
    assert all("only what your surgeon or physiotherapist allowed" in each.advice for each in done.values())


def harder_than(exercise):
    """Every exercise on the way up from ``exercise``."""
    found, coming = set(), [exercise]
    while coming:
        names = {each.exercise for each in coming.pop().harder if each.exercise} - found
        found |= names
        coming += map(SHIPPED.exercise, names)
    return found


def test_what_is_done_while_an_exercise_hurts_pulls_on_no_leg_and_is_not_harder():
    """Breathing, mobility and walking are made less, never left out, so nothing stands in for them.

    A chair and a wall are at hand where a mat is, and who has neither gets the next one.
    """
    for exercise in EXERCISES:
        never_left_out = exercise.kind in {Kind.BREATHING, Kind.MOBILITY, Kind.AEROBIC}
        assert bool(exercise.substitutes) is not never_left_out, exercise.id
        for name in exercise.substitutes:
            assert name != exercise.id
            other = SHIPPED.exercise(name)
            assert {*other.equipment} <= {*exercise.equipment, "mat", "chair", "wall"}, (exercise.id, name)
            assert not other.pulls_on_leg, (exercise.id, name)
        assert harder_than(exercise).isdisjoint(exercise.substitutes), exercise.id


def test_stretching_alone_is_never_the_programme():
    """It did not differ from doing nothing in chronic back pain (Owen 2020, catalogue section 10)."""
    stretching = {Kind.STRETCH, Kind.MOBILITY, Kind.BREATHING, Kind.NERVE}
    for routine in ROUTINES:
        training = {each.id for each in routine.exercises if each.kind not in stretching}
        if set(routine.phases) > {1} and routine.id != "desk-break" and training <= {"march_in_place"}:
            assert "goes along with core or strength days" in routine.about, routine.id


def test_minutes_are_computed_not_typed_and_days_are_told():
    for routine in ROUTINES:
        typed = re.search(r"(\d|two|three|five|ten|twelve|few) (quiet )?minutes", routine.about)
        assert not typed, routine.id
        assert routine.days or routine.id == "quick", routine.id
