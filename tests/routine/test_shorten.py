"""A shorter session keeps the warm-up, every exercise as long as it can, and what the routine is about."""

import re
from pathlib import Path

import pytest
from naming import for_each

from voicecoach.errors import UsageError
from voicecoach.routine.files.library import Library
from voicecoach.routine.model import Do, Exercise, Kind, Rest, Routine
from voicecoach.routine.phase import Phase
from voicecoach.routine.select import warm_up, within

SHIPPED = Library.default()


def do(name, kind, *reps, minutes=1.0):
    rep = (Phase(name="lift", seconds=60 * minutes),)
    return Do(exercise=Exercise(name=name, kind=kind, rep=rep, reps=reps or (1,), rest=0))


def seconds_of(routine):
    """A minute a set, and what the rests say."""
    rests = sum(step.seconds for step in routine.steps if isinstance(step, Rest))
    return rests + sum(each.total_seconds for each in routine.exercises)


def routine(*steps):
    return Routine(id="x", name="X", steps=steps, path=Path("x.yaml"))


def shortened(whole, minutes):
    return [(each.name, len(each.reps)) for each in within(whole, minutes, seconds_of).exercises]


CAT = do("Cat", Kind.MOBILITY, 1, 1)
DOG = do("Dog", Kind.STABILISATION, 1, 1, 1)
PLANK = do("Plank", Kind.STABILISATION, 1, 1)
PULL = do("Pull", Kind.STRETCH, 1, 1, 1)
WHOLE = routine(CAT, DOG, PLANK, PULL)


def test_what_fits_stays_as_it_is():
    assert within(WHOLE, 10, seconds_of) == WHOLE
    assert within(WHOLE, 99, seconds_of) == WHOLE


SHORTER = {
    9: [("Cat", 2), ("Dog", 3), ("Plank", 2), ("Pull", 2)],
    8: [("Cat", 2), ("Dog", 2), ("Plank", 2), ("Pull", 2)],
    7: [("Cat", 2), ("Dog", 2), ("Plank", 2), ("Pull", 1)],
    5: [("Cat", 2), ("Dog", 1), ("Plank", 1), ("Pull", 1)],
    4: [("Cat", 2), ("Dog", 1), ("Plank", 1)],
    3: [("Cat", 2), ("Dog", 1)],
}


def test_sets_go_evenly_and_before_exercises_and_the_warm_up_never():
    assert {minutes: shortened(WHOLE, minutes) for minutes in SHORTER} == SHORTER


def test_a_routine_keeps_what_it_is_mostly_about():
    stretches = routine(CAT, PULL, do("Twist", Kind.STRETCH), DOG)
    assert shortened(stretches, 4) == [("Cat", 2), ("Pull", 1), ("Twist", 1)]


def test_turns_of_a_circuit_go_before_the_last_of_any_exercise():
    circuit = routine(CAT, *(do("Dog", Kind.STABILISATION), do("Pull", Kind.STRETCH)) * 3)
    assert shortened(circuit, 5) == [("Cat", 2), ("Dog", 1), ("Pull", 1), ("Dog", 1)]
    assert shortened(circuit, 4) == [("Cat", 2), ("Dog", 1), ("Pull", 1)]


def test_time_that_is_left_over_is_used_for_what_went_last():
    whole = routine(CAT, DOG, do("Long", Kind.STABILISATION, minutes=6))
    assert shortened(whole, 9) == [("Cat", 2), ("Dog", 1), ("Long", 1)]
    assert shortened(whole, 6) == [("Cat", 2), ("Dog", 3)]
    assert shortened(whole, 4) == [("Cat", 2), ("Dog", 2)]


def test_rests_go_with_what_they_follow():
    whole = routine(CAT, Rest(seconds=30), DOG, Rest(seconds=30), PULL)
    assert within(whole, 3.5, seconds_of).steps[1] == Rest(seconds=30)
    assert len(within(whole, 3.5, seconds_of).steps) == 3


def test_what_cannot_fit_says_how_long_the_shortest_form_is():
    with pytest.raises(UsageError) as caught:
        within(WHOLE, 2, seconds_of)
    assert "its shortest version, with 'Cat' and 'Dog', takes 3. Use --minutes 3" in str(caught.value)
    assert "does not fit into 2 minutes: its" in str(caught.value)
    with pytest.raises(UsageError, match="does not fit into 1 minute: its"):
        within(WHOLE, 1, seconds_of)
    assert shortened(WHOLE, 3)
    for minutes in (0, -3, float("nan"), float("inf")):
        with pytest.raises(UsageError, match="is not a possible length"):
            within(WHOLE, minutes, seconds_of)


@pytest.mark.parametrize(
    ("kinds", "count"),
    [
        ([], 0),
        ([Kind.STRENGTH, Kind.MOBILITY], 0),
        ([Kind.MOBILITY, Kind.STRENGTH], 1),
        ([Kind.MOBILITY] * 3, 1),
        ([Kind.BREATHING, Kind.MOBILITY, Kind.AEROBIC, *[Kind.STRETCH] * 4], 2),
    ],
)
def test_the_warm_up(kinds, count):
    assert warm_up(routine(*(do(str(number), kind) for number, kind in enumerate(kinds)))) == count


@for_each(SHIPPED.routines())
def test_every_shipped_routine_can_be_made_as_short_as_it_says(name):
    whole = SHIPPED.load(name)
    with pytest.raises(UsageError) as caught:
        within(whole, 0.1, seconds_of)
    [least] = map(int, re.findall(r"--minutes (\d+)", str(caught.value)))
    for minutes in range(least, 25):
        shorter = within(whole, minutes, seconds_of)
        assert seconds_of(shorter) <= 60 * minutes
        assert shorter.exercises[: warm_up(whole)] == whole.exercises[: warm_up(whole)]
