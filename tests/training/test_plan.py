"""A whole routine by the plan: who rises first, who gives way, and what is left of it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from fakes.journal import MONDAY, done_by, session_on, sets_of

from voicecoach.journal.records import Decision, DoseChange
from voicecoach.language import phrases
from voicecoach.language.phrases import Message
from voicecoach.routine.doses import dose_of
from voicecoach.routine.files.library import Library
from voicecoach.routine.model import Caution, Do, Rest, Routine, Say
from voicecoach.routine.profile import Profile
from voicecoach.routine.suit import HOUSEHOLD, tailor
from voicecoach.session.listener import Ending
from voicecoach.training.dosed_routine import apply, prescription_for
from voicecoach.training.exercise_log import History
from voicecoach.training.ladder import Ladder
from voicecoach.training.readiness import Today

LIBRARY = Library.default()
FOUR = ("mcgill_curl_up", "glute_bridge", "hamstring_strap", "dead_bug")


def routine(*keys, phases=(2,)):
    steps = tuple(Do(exercise=LIBRARY.exercise(key)) for key in keys)
    return Routine(id="core", name="Core", steps=steps, phases=phases, path=LIBRARY.locate("core"))


def planned(what, *sessions, day=None):
    day = (max(each.day for each in sessions) - MONDAY).days + 2 if day is None else day
    today = Today(day=MONDAY + timedelta(day))
    return prescription_for(what, History(sessions=sessions), today, find_variation=LIBRARY.exercise)


def went_well(day, made):
    sets = [done_by(LIBRARY.exercise(each.exercise), each) for each in made.decisions if each.dose]
    return session_on(day, *sets, decisions=made.decisions)


def test_two_rise_and_the_others_are_next():
    what, sessions, rising = routine(*FOUR), [], []
    for day in (0, 2, 4, 6):
        made = planned(what, *sessions, day=day)
        rising.append([each.written for each in made.decisions if each.change is DoseChange.ADVANCE])
        sessions.append(went_well(day, made))
    stretched = ["mcgill_curl_up", "glute_bridge", "hamstring_strap"]
    assert rising == [[], [], stretched, ["dead_bug"]], "a stretch takes no place of the two"
    waiting = sessions[2].decisions[3]
    assert phrases.load().words(waiting.reason).capitalize() == (
        "It is ready for more, but today other exercises go first: it stays at 10."
    )


def test_a_warm_up_takes_no_place_of_the_two():
    what = routine("march_in_place", "good_morning_bodyweight", "glute_bridge", phases=(3,))
    sessions = [went_well(0, planned(what, day=0))]
    sessions.append(went_well(2, planned(what, *sessions)))
    assert [each.change for each in planned(what, *sessions).decisions] == [DoseChange.ADVANCE] * 3


def test_of_a_walk_two_rise():
    what = routine("easy_walk", "brisk_walk", "march_in_place")
    sessions = [went_well(0, planned(what, day=0))]
    sessions.append(went_well(2, planned(what, *sessions)))
    changes = [each.change for each in planned(what, *sessions).decisions]
    assert sorted(changes) == [DoseChange.ADVANCE, DoseChange.ADVANCE, DoseChange.HOLD]


def test_nothing_rises_in_calm_and_maintain():
    for phases in ((1,), (4,)):
        what = routine(*FOUR, phases=phases)
        sessions = [went_well(day, planned(what, day=day)) for day in (0, 2, 4)]
        assert {each.change for each in planned(what, *sessions).decisions} == {DoseChange.HOLD}


def test_an_easier_form_that_is_in_the_routine_already_takes_nobodys_place():
    what = routine("glute_bridge", "glute_bridge_low")
    hurt = session_on(0, sets_of(LIBRARY.exercise("glute_bridge"), ending=Ending.HURT))
    made = planned(what, hurt)
    assert [each.exercise for each in made.decisions] == ["glute_bridge", "glute_bridge_low"]
    assert made.decisions[0].change is DoseChange.REGRESS
    assert made.decisions[0].advice == "Press your arms into the floor."


def test_advice_that_a_caution_gives_already_is_not_said_twice():
    hip = Profile(cautions=frozenset({Caution.HIP}))
    what = tailor(routine("wall_squat", "sit_to_stand"), hip, LIBRARY).routine
    made = planned(what, session_on(0, sets_of(what.exercises[0], ending=Ending.HURT))).decisions
    mine = apply(what, made, LIBRARY.exercise).exercises[0]
    assert mine.advice == (made[0].advice,) == ("Slide down only a hand's width.",)


@pytest.mark.parametrize("of_caution", [True, False])
def test_who_is_advised_to_do_it_as_in_an_easier_variation_sees_that(of_caution):
    squat = LIBRARY.exercise("wall_squat")
    (easier,) = (each for each in squat.easier if each.text)
    if of_caution:
        hip = Profile(cautions=frozenset({Caution.HIP}))
        (mine,) = tailor(routine("wall_squat"), hip, LIBRARY).routine.exercises
    else:
        (mine,) = apply(
            routine("wall_squat"),
            [decided("wall_squat", "wall_squat", DoseChange.REGRESS, dose_of(squat), easier.text)],
            LIBRARY.exercise,
        ).exercises
    assert mine.advice == (easier.text,)
    assert mine.figure == easier.drawn(squat.figure) != squat.figure


def test_an_exercise_at_two_doses_is_decided_once_and_stays_as_written():
    bridge = LIBRARY.exercise("glute_bridge")
    what = routine("dead_bug", "glute_bridge")
    what = replace(what, steps=(*what.steps, Do(exercise=replace(bridge, reps=(4,)))))
    made = planned(what, day=0).decisions
    assert [each.written for each in made] == ["dead_bug", "glute_bridge"]
    assert apply(what, made, LIBRARY.exercise) == what
    same = replace(what, steps=(*what.steps[:2], what.steps[1]))
    assert [each.written for each in planned(same, day=0).decisions] == ["dead_bug", "glute_bridge"]


def test_a_routine_is_changed_as_decided():
    what = routine("plank_front", "dead_bug", "glute_bridge")
    steps = [step for each in what.steps for step in (each, Rest(seconds=20))]
    what = replace(what, steps=(Say(text="Hello."), *steps))
    bug, bridge = LIBRARY.exercise("dead_bug"), LIBRARY.exercise("glute_bridge")
    less = replace(dose_of(bridge), reps=(7,))
    decisions = [
        decided("plank_front", "plank_wall", DoseChange.EASIER, dose_of(LIBRARY.exercise("plank_wall"))),
        decided("dead_bug", "dead_bug", DoseChange.REMOVE, None),
        decided("glute_bridge", "glute_bridge", DoseChange.REGRESS, less, "Half way."),
    ]
    made = apply(what, decisions, LIBRARY.exercise)
    wall, changed = made.exercises
    assert wall == LIBRARY.exercise("plank_wall")
    assert changed == replace(bridge, reps=(7,), advice=("Half way.",))
    assert [type(step) for step in made.steps] == [Say, Do, Rest, Do, Rest]
    assert bug not in made.exercises


def test_what_was_not_decided_stays_as_it_is_written():
    assert apply(routine(*FOUR), [], LIBRARY.exercise) == routine(*FOUR)


def test_a_plan_of_beginnings_changes_nothing():
    what = routine(*FOUR)
    assert apply(what, planned(what, day=0).decisions, LIBRARY.exercise) == what


def test_every_shipped_routine_can_be_planned_for_months():
    for name in LIBRARY.routines():
        what, sessions = LIBRARY.load(name), []
        for day in range(0, 40, 2):
            made = planned(what, *sessions, day=day)
            assert apply(what, made.decisions, LIBRARY.exercise).exercises
            sessions.append(went_well(day, made))


def steps_up(exercise):
    """How many steps there are from the first dose, through all harder variations, with what homes have."""
    ladder = Ladder(exercise)
    dose, steps = ladder.start, 0
    while True:
        while higher := ladder.up(dose):
            dose, steps = higher, steps + 1
        harder = (LIBRARY.exercise(each.exercise) for each in ladder.exercise.harder if each.exercise)
        mastered = ladder.work(dose)
        following = next((each for each in harder if HOUSEHOLD.issuperset(each.equipment)), None)
        if following is None:
            return steps
        ladder = Ladder(following)
        dose = ladder.begun_after(mastered)


def test_strength_for_belly_and_back_goes_on_for_half_a_year():
    """A step takes two good sessions, which is a week, as strength comes on two days."""
    for name in ("partial_crunch", "leg_lift_supine", "back_extension_prone"):
        assert steps_up(LIBRARY.exercise(name)) >= 26, name


def decided(written, exercise, change, dose, advice=""):
    return Decision(
        written=written,
        exercise=exercise,
        dose=dose,
        change=change,
        reason=Message.verbatim(""),
        advice=advice,
    )
