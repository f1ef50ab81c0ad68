"""Exercises in rounds: the rounds are their sets, the dose is that of one, and no rule adds sets to it."""

from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest
from fakes.journal import session_on, sets_of

from voicecoach.journal.records import Asked, DoseChange
from voicecoach.routine.dose import Dose
from voicecoach.routine.doses import work_seconds
from voicecoach.routine.files.library import Library
from voicecoach.routine.files.routine import read_routine
from voicecoach.routine.model import Caution, Do, Exercise, Kind, Remedy, Rest, Variation
from voicecoach.routine.phase import Phase
from voicecoach.routine.profile import Profile
from voicecoach.routine.select import at_most_sets
from voicecoach.routine.suit import tailor
from voicecoach.session.listener import Ending
from voicecoach.training.dosed_routine import apply, prescription_for
from voicecoach.training.exercise_log import History
from voicecoach.training.in_rounds import rounds_of
from voicecoach.training.practice import practices_of
from voicecoach.training.readiness import Today
from voicecoach.training.work import dose_done, share_done, work_done

LIFT = (Phase(name="lift", seconds=2),)
SQUAT = Exercise(
    id="squat",
    name="Squat",
    kind=Kind.STABILISATION,
    rep=LIFT,
    reps=(8,),
    goal=Dose(reps=(10, 10, 10)),
    easier=(Variation(exercise="sit"),),
    cautions={Caution.KNEE: Remedy(exercise="sit")},
)
SIT = replace(SQUAT, id="sit", name="Sit", reps=(6, 6, 6), goal=None, easier=(), cautions={})
SHELF = {each.key: each for each in (SQUAT, SIT)}
SOURCE = """
name: Core
grow: yes
steps:
  - repeat: 3
    rest: 30s
    steps: [{exercise: Squat, rep: lift 2s, reps: 8}]
"""


def circuit(rounds=3, exercise=SQUAT):
    read = read_routine(SOURCE.replace("3", str(rounds), 1).encode(), Path("core.yaml"), "core", Library([]))
    steps = tuple(replace(step, exercise=exercise) if isinstance(step, Do) else step for step in read.steps)
    return replace(read, steps=steps)


def decided(routine, sessions, day):
    history = History(sessions=tuple(sessions), growing=frozenset({"core"}))
    made = prescription_for(
        routine, history, today := Today(day=session_on(day).day), find_variation=SHELF.get
    )
    assert today.day == session_on(day).day
    (decision,) = made.decisions
    return decision, apply(routine, made.decisions, SHELF.get)


def played(routine, decisions, day, *, done=None, asked=None, **said):
    """A session with all its sets, or with those of so many rounds."""
    places = [step for step in routine.steps if isinstance(step, Do)]
    sets = [
        replace(each, block=block, written="squat", rounds=step.rounds)
        for block, step in zip(count(1), places[:done], strict=False)
        for each in sets_of(step.exercise)
    ]
    session = session_on(day, sets, decisions=decisions, **said)
    return replace(session, asked=asked, finished=done is None)


def lived(days, routine=None, **said):
    """Sessions by the plan on these days, and the decision of each."""
    sessions, decisions = [], []
    for day in days:
        decision, today = decided(routine or circuit(), sessions, day)
        sessions.append(played(today, [decision], day, **said))
        decisions.append(decision)
    return sessions, decisions


def test_reps_rise_in_each_round_and_sets_never():
    _, decisions = lived(range(0, 40, 2))
    doses = [each.dose.reps for each in decisions]
    assert doses[:6] == [(8,), (8,), (9,), (9,), (10,), (10,)]
    assert set(doses[6:]) == {(10,)}
    _, decisions = lived(range(0, 40, 2), replace(circuit(), steps=(Do(exercise=SQUAT),)))
    assert len(decisions[-1].dose.reps) > 1, "outside rounds sets rise as before"


def test_what_was_not_reached_in_a_round_is_not_reached():
    (practice,) = practices_of(played(circuit(), (), 0, done=2))
    assert not practice.reached(SQUAT)
    assert work_done(practice, SQUAT) == pytest.approx(work_seconds(SQUAT) * 2 / 3)
    assert share_done(practice.planned(SQUAT), practice.sets, 1) == pytest.approx(2 / 3)
    (practice,) = practices_of(played(circuit(), (), 0))
    assert practice.reached(SQUAT)
    assert (work_done(practice, SQUAT), dose_done(practice, SQUAT)) == (work_seconds(SQUAT), Dose(reps=(8,)))


def test_fewer_rounds_by_choice_raise_nothing_and_are_no_miss():
    sessions, _ = lived((0, 2))
    short = played(at_most_sets(circuit(), 1), (), 4, asked=Asked(name="core", sets=1))
    decision, _ = decided(circuit(), [*sessions, short], 6)
    assert (decision.change, decision.reason.values["why"].code) == (DoseChange.HOLD, "reason.shortened")


def test_more_rounds_in_the_file_begin_with_the_same_dose_and_no_blame():
    sessions, _ = lived((0, 2), circuit(2))
    decision, today = decided(circuit(3), sessions, 4)
    assert (decision.change, decision.dose.reps) == (DoseChange.HOLD, (8,))
    assert len(today.exercises) == 3


def test_after_a_long_break_there_is_one_round():
    sessions, _ = lived((0, 2, 4))
    decision, today = decided(circuit(), sessions, 120)
    assert (decision.change, decision.dose.reps, decision.one_round) == (DoseChange.LAY_OFF, (8,), True)
    assert [type(step) for step in today.steps] == [Do]
    assert today.steps[0].rounds == ()
    sessions.append(played(today, [decision], 120))
    decision, today = decided(circuit(), sessions, 122)
    assert (decision.change, decision.dose.reps, decision.one_round) == (DoseChange.HOLD, (8,), False)
    assert [step.seconds for step in today.steps if isinstance(step, Rest)] == [30, 30]
    sessions.append(played(today, [decision], 122))
    assert decided(circuit(), sessions, 124)[0].change is DoseChange.HOLD, "the short one is no success"


def test_sides_that_are_written_apart_are_in_as_many_rounds_each():
    right = "{bird_dog: {reps: 4, sides: right}}"
    both = SOURCE.replace(
        "[{exercise: Squat, rep: lift 2s, reps: 8}]", f"[{right}, {right.replace('right', 'left')}]"
    )
    routine = read_routine(both.encode(), Path("core.yaml"), "core", Library.default())
    assert (len(routine.exercises), rounds_of(routine)) == (6, {"bird_dog": 3})


def test_another_variation_has_no_more_sets_in_a_round():
    sessions, _ = lived((0, 2))
    hurt = replace(sessions[-1].sets[-1], ending=Ending.HURT)
    sessions[-1] = replace(sessions[-1], sets=(*sessions[-1].sets[:-1], hurt))
    decision, today = decided(circuit(), sessions, 4)
    assert (decision.exercise, len(decision.dose.reps), len(today.exercises)) == ("sit", 1, 3)
    knee = tailor(circuit(), Profile(cautions=frozenset({Caution.KNEE})), Shelf()).routine
    assert [each.reps for each in knee.exercises] == [(6,)] * 3


class Shelf:
    def exercise(self, name):
        return SHELF[name]
