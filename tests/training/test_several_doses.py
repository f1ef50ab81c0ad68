"""An exercise at several doses in one routine is made less and left out like any other, and never more."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from fakes.journal import MONDAY, session_on, sets_of
from histories import PATH, find_variation, work_of

from voicecoach.journal.records import DoseChange
from voicecoach.routine.dose import Dose
from voicecoach.routine.doses import at_dose, dose_of
from voicecoach.routine.model import Do, Routine
from voicecoach.session.listener import Ending
from voicecoach.training.dosed_routine import apply, prescription_for
from voicecoach.training.exercise_log import History
from voicecoach.training.readiness import Today
from voicecoach.training.work import share_done, work_done

DOG = find_variation("bird_dog")
BRIDGE = find_variation("glute_bridge")
WALK = find_variation("easy_walk")
DOSES = (Dose(reps=(3,), hold=5.0), Dose(reps=(5, 5), hold=5.0))


def at_doses(first, last):
    """A bridge, before and after it the same exercise at two doses."""
    done = (at_dose(DOG, first), BRIDGE, at_dose(DOG, last))
    return Routine(id="mine", name="Mine", steps=tuple(Do(exercise=each) for each in done), path=PATH)


MINE = at_doses(*DOSES)


def day(number, sessions, routine):
    made = prescription_for(
        routine,
        History(sessions=tuple(sessions)),
        Today(day=MONDAY + timedelta(number)),
        find_variation=find_variation,
    )
    played = apply(routine, made.decisions, find_variation)
    return {each.written: each for each in made.decisions}["bird_dog"], played


def does(number, sessions, routine=MINE, *, hurt=False, **said):
    made, played = day(number, sessions, routine)
    sets = []
    for block, each in enumerate(played.exercises):
        key = "bird_dog" if each.key != "glute_bridge" else each.key
        ending = Ending.HURT if hurt and key == "bird_dog" else Ending.DONE
        sets += [replace(one, block=block) for one in sets_of(each, written=key, ending=ending)]
    done = session_on(number, sets, decisions=[made], **{"pain": 1, "worst": 1, "morning": 1} | said)
    sessions.append(replace(done, routine="mine", id=len(sessions)))
    return made, played


def test_it_stays_as_it_is_written():
    sessions = []
    for number in range(0, 40, 2):
        assert does(number, sessions)[1].exercises == MINE.exercises


SILENT = {"worst": None, "effort": None, "morning": None}


@pytest.mark.parametrize("doses", [DOSES, (Dose(reps=(5,), hold=3.0), Dose(reps=(5, 5), hold=5.0))])
def test_sessions_without_an_answer_take_nothing_from_it(doses):
    """A place with less is no place where less was done than planned."""
    sessions, mine = [], at_doses(*doses)
    for number in range(0, 12, 2):
        assert does(number, sessions, mine, **SILENT)[1].exercises == mine.exercises
    (practice,) = History(sessions=tuple(sessions[-1:])).practices("bird_dog")
    assert work_done(practice, DOG) == work_of(DOG, doses[1])
    assert share_done(practice.planned(DOG), practice.sets, DOG.sides_apart) == 1


def test_timed_work_at_several_lengths_is_whole_when_each_was():
    sets = [
        replace(each, block=block)
        for block, length in enumerate((60.0, 120.0, 60.0))
        for each in sets_of(replace(WALK, duration=length))
    ]
    (practice,) = History(sessions=(session_on(0, sets),)).practices(WALK.key)
    assert work_done(practice, WALK) == 120
    assert share_done(practice.planned(WALK), practice.sets, 1) == 1
    half = (replace(practice.sets[0], seconds=0.0), *practice.sets[1:])
    assert work_done(replace(practice, sets=half), WALK) == 90
    assert share_done(practice.planned(WALK), half, 1) == 0.75


def test_what_hurt_twice_is_left_out_once_for_all_places():
    sessions = []
    does(0, sessions, hurt=True)
    made, easier = does(2, sessions, hurt=True)
    assert made.change in {DoseChange.EASIER, DoseChange.REGRESS}
    before, after = (
        sum(work_of(each, dose_of(each)) for each in routine.exercises) for routine in (MINE, easier)
    )
    assert after < before
    made, played = does(4, sessions)
    assert made.leaves_out
    assert [each.key for each in played.exercises].count("bird_dog") == 0
    assert len(played.exercises) == 2


def test_what_was_made_easier_comes_back():
    sessions = []
    does(0, sessions, hurt=True)
    for number in range(2, 60, 2):
        last = does(number, sessions)[1]
    assert last.exercises == MINE.exercises
