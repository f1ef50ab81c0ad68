"""Simulated people train for a year; their doses stay sane. ``scripts/prove year`` simulates two hundred."""

from functools import cache
from statistics import mean

import pytest
from fakes.journal import MONDAY
from simulated import HABITS, YEAR, Person

from voicecoach.journal.records import DoseChange
from voicecoach.routine.doses import at_dose, raised
from voicecoach.routine.files.library import Library
from voicecoach.routine.model import Do, Routine
from voicecoach.training import limits
from voicecoach.training.exercise_log import Zone
from voicecoach.training.ladder import Ladder

LIBRARY = Library.default()
PEOPLE = 50
ROUTINE = Routine(
    id="core",
    name="Core",
    grow=True,
    steps=tuple(
        Do(exercise=LIBRARY.exercise(key))
        for key in ("mcgill_curl_up", "bird_dog", "glute_bridge", "plank_front")
    ),
    path=LIBRARY.locate("core"),
)
NOT_HERE = {"ball_bridge", "ball_bird_dog"}
"""Nobody here has a ball."""
MONTHS = 12
BARS = "▁▂▃▄▅▆▇█"


def find_variation(key):
    return None if key in NOT_HERE else LIBRARY.exercise(key)


def share_of_goal(written, decision):
    """How far on its way from the beginning (0) to the goal (1) an exercise is; None when it is left out."""
    if decision.level is None:
        return None
    if decision.exercise in {variation.exercise for variation in written.harder}:
        return 1.0
    if decision.exercise != written.key:
        return 0.0
    rungs = rungs_of(decision.exercise)
    reached = [number for number, rung in enumerate(rungs) if not raised(decision.level, rung)]
    return max(reached, default=0) / (len(rungs) - 1)


@cache
def rungs_of(key):
    """The doses of an exercise from its first to its goal."""
    ladder = Ladder(find_variation(key))
    rungs = [ladder.start]
    while steps := ladder.steps_up(rungs[-1]):
        rungs.append(steps[0])
    return rungs


def assert_sane(history, decision):
    """A dose that somebody can do, and no more than the goal."""
    if decision.dose is None:
        reds = [each for each in history.practices(decision.written) if each.zone() is Zone.RED]
        assert len(reds) >= 2 or any(
            each.change is DoseChange.REMOVE for session in history.sessions for each in session.decisions
        )
        return
    ladder = Ladder(find_variation(decision.exercise))
    bottom, top = ladder.start, rungs_of(decision.exercise)[-1]
    while (lower := ladder.down(bottom)) != bottom:
        bottom = lower
    assert max(decision.dose.reps) <= max(top.reps)
    assert sum(decision.dose.reps) <= sum(top.reps)
    assert (decision.dose.hold or 0) <= (top.hold or 0)
    assert (decision.level.hold or 0) >= (bottom.hold or 0)
    assert sum(decision.level.reps) >= sum(bottom.reps)


@pytest.mark.parametrize("habit", HABITS)
def test_a_year_ends_with_sane_doses(habit, some, record_property):
    months = [[] for _ in range(MONTHS)]
    loads, removed = [], 0
    people = some(range(PEOPLE))
    for seed in people:
        person = Person(habit, seed)
        for known in person.year(ROUTINE, find_variation):
            past, today, made = known
            assert sum(decision.change.raises for decision in made.decisions) <= limits.MOST_ADVANCES
            shares = map(share_of_goal, ROUTINE.exercises, made.decisions)
            month = (today.day - MONDAY).days * MONTHS // YEAR
            months[month].extend(share for share in shares if share is not None)
        for decision in made.decisions:
            assert_sane(past, decision)
            removed += decision.dose is None
            if decision.dose is not None:
                start = find_variation(decision.exercise)
                loads.append(person.load(at_dose(start, decision.dose), start))
    reached = [each for each in months if each]
    bars = "".join(BARS[round(mean(each) * (len(BARS) - 1))] for each in reached)
    record_property("figure", f"{habit:>10} {bars}  {mean(reached[-1]):4.0%} of the way to the goal")
    assert max(loads, default=0) < 1.6
    if len(people) == PEOPLE:  # a few people have no average
        assert mean(loads) < 1.0
        assert removed <= PEOPLE * len(ROUTINE.exercises) * 0.05
