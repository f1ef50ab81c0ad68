"""What trains balance: how long it may be held, what it asks of a day, and what happens when it hurts."""

from dataclasses import replace
from pathlib import Path

import pytest

from voicecoach import paths
from voicecoach.routine.dose import Dose
from voicecoach.routine.doses import dose_of
from voicecoach.routine.files.library import Library
from voicecoach.routine.files.routine import read_routine
from voicecoach.routine.model import Kind
from voicecoach.training import limits
from voicecoach.training.ladder import Ladder
from voicecoach.training.standing import REMOVABLE, TRAINED
from voicecoach.training.week_plan import Load, load_of

SHIPPED = Library((paths.shipped("routines"),))


def read(body):
    source = f"name: X\nsteps:\n  - exercise: Stand\n    position: At the wall.\n    {body}\n"
    return read_routine(source.encode(), Path("x.yaml"), "x", SHIPPED)


@pytest.mark.parametrize(("kind", "longest"), [("balance", 30), ("stabilisation", 10), ("stretch", 30)])
def test_a_stand_grows_beyond_ten_seconds(kind, longest):
    (exercise,) = read(f"kind: {kind}\n    rep: hold 10s\n    reps: 3").exercises
    exercise = replace(exercise, goal=Dose(reps=(3,), hold=60.0))
    dose = dose_of(exercise)
    for _ in range(30):
        dose = next(iter(Ladder(exercise).steps_up(dose)), dose)
    assert dose.hold == longest
    assert limits.MOST_BALANCE == 30


def test_whoever_stands_long_keeps_still_whatever_the_phase_is_called():
    for kind, held in ((Kind.BALANCE, True), (Kind.STABILISATION, False)):
        (exercise,) = read(f"kind: {kind}\n    rep: stand 15s").exercises
        assert exercise.rep[0].is_hold is held


def test_it_is_training_and_may_be_left_out_when_it_hurts():
    assert load_of(read("kind: balance\n    rep: stand 15s")) is Load.TRAINING
    assert Kind.BALANCE in TRAINED
    assert Kind.BALANCE in REMOVABLE
    stands = {name for name in SHIPPED.exercises() if SHIPPED.exercise(name).kind is Kind.BALANCE}
    assert stands == {"single_leg_stand", "tandem_stand", "cushion_stand"}


def test_a_file_of_a_released_version_that_calls_it_stabilisation_is_still_valid():
    (exercise,) = read("kind: stabilisation\n    rep: lift 2s, hold 5s, lower 2s").exercises
    assert exercise.kind is Kind.STABILISATION


def test_a_stand_that_gets_no_shorter_has_fewer_sets_and_comes_back():
    """Somebody who stands 3 x 10 s still has less to do after pain."""
    (stand,) = read("kind: balance\n    dose: 3 x 10-30 s each side").exercises
    ladder = Ladder(stand)
    least = ladder.bottom(dose_of(stand))
    assert (least.reps, least.duration) == ((1, 1), 10.0)
    for _ in range(9):
        least = ladder.up(least) or least
    assert (least.reps, least.duration) == ((1, 1, 1), 30.0)
