"""An exercise at several doses in one routine is made less and left out like any other, and never more."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

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

DOG = find_variation("bird_dog")
DOSES = (Dose(reps=(3,), hold=5.0), Dose(reps=(5, 5), hold=5.0))
MINE = Routine(
    id="mine",
    name="Mine",
    steps=tuple(
        Do(exercise=at_dose(each, dose))
        for each, dose in (
            (DOG, DOSES[0]),
            (find_variation("glute_bridge"), dose_of(find_variation("glute_bridge"))),
            (DOG, DOSES[1]),
        )
    ),
    path=PATH,
)


def day(number, sessions):
    made = prescription_for(
        MINE,
        History(sessions=tuple(sessions)),
        Today(day=MONDAY + timedelta(number)),
        find_variation=find_variation,
    )
    played = apply(MINE, made.decisions, find_variation)
    return {each.written: each for each in made.decisions}["bird_dog"], played


def does(number, sessions, *, hurt=False, **said):
    made, played = day(number, sessions)
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
