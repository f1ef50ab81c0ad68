"""Each exercise over time, and what was changed of it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from fakes.journal import MONDAY, session_on, sets_of

from voicecoach.journal.records import Decision, DoseChange, Felt
from voicecoach.language import phrases
from voicecoach.language.phrases import Message
from voicecoach.routine.files.library import Library
from voicecoach.routine.model import Dose
from voicecoach.session.listener import Ending
from voicecoach.training.dose_history import changes, courses, name_of, ups_and_downs

LIBRARY = Library.default()
CAT = replace(LIBRARY.exercise("cat_camel"), reps=(6,))
BIRD_DOG = replace(LIBRARY.exercise("bird_dog"), reps=(3, 2))
WALK = replace(LIBRARY.exercise("brisk_walk"), duration=100.0)


def find_variation(key):
    return {each.key: each for each in (CAT, BIRD_DOG, WALK)}.get(key)


def decided(change, reason="Because.", written="cat_camel", dose=None):
    return Decision(
        written=written, exercise=written, dose=dose, change=change, reason=Message.verbatim(reason)
    )


def course(*sessions):
    """That of the one exercise in these sessions."""
    (found,) = courses(sessions, find_variation)
    return found


def share(*sets, **more):
    return course(session_on(0, *sets, **more)).doings[0].share


def test_the_most_frequent_exercise_comes_first():
    sessions = [session_on(0, sets_of(WALK), sets_of(CAT)), session_on(1, sets_of(CAT))]
    assert [(each.name, len(each.doings)) for each in courses(sessions, find_variation)] == [
        (CAT.name, 2),
        (WALK.name, 1),
    ]


def test_what_is_done_on_two_sides_is_told_apart():
    assert course(session_on(0, sets_of(BIRD_DOG))).each_side
    assert not course(session_on(0, sets_of(CAT))).each_side


def test_an_exercise_that_is_not_known_any_more_has_its_key_and_the_sides_it_was_done_on():
    gone = [replace(each, exercise="old_one") for each in sets_of(BIRD_DOG)]
    found = course(session_on(0, gone))
    assert (found.name, found.each_side, found.first) == ("Old one", True, "3-2 x 5s")


@pytest.mark.parametrize(
    ("key", "name"),
    [("old_one", "Old one"), ("My own", "My own"), ("cat_camel", CAT.name), ("Übung", "Übung")],
)
def test_names(key, name):
    assert name_of(key, find_variation) == name


def test_the_dose_is_that_of_the_plan_where_there_was_one():
    plan = decided(DoseChange.ADVANCE, dose=Dose(reps=(12,)))
    begun = course(session_on(0, sets_of(CAT), decisions=[plan]))
    assert (begun.first, begun.doings[0].share) == ("12", 0.5)


@pytest.mark.parametrize(
    ("sets", "expected"),
    [
        (sets_of(CAT), 1.0),
        (sets_of(CAT, share=0.5), 0.5),
        (sets_of(BIRD_DOG)[:2], 0.5),  # both sides of the first set; the second is taken to be as long
        (sets_of(BIRD_DOG)[:1], 0.25),
        ((*sets_of(CAT, share=0.5), *sets_of(CAT, share=0.5)), 1.0),  # in pieces, with an explanation between
        ((*sets_of(CAT), *sets_of(CAT)), 1.0),  # done again is not more than all
        (sets_of(WALK, share=0.91), 1.0),  # left in its last moments
        (sets_of(WALK, share=0.5), 0.5),
    ],
)
def test_how_much_of_a_dose_was_done(sets, expected):
    assert share(sets) == pytest.approx(expected)


def test_an_exercise_that_comes_twice_is_done_when_it_was_done_twice():
    again = [replace(each, block=1) for each in sets_of(CAT)]
    assert share(sets_of(CAT), again) == 1.0
    assert share(sets_of(CAT), [replace(each, reps=3) for each in again]) == 0.75


def test_what_was_stopped_because_it_hurt_is_not_done_as_planned():
    hurt = sets_of(WALK, share=0.95, ending=Ending.HURT, felt=Felt(worst_pain=6))
    found = course(session_on(0, sets_of(WALK)), session_on(1, hurt))
    assert (found.as_planned, [each.day for each in found.hurts], found.worst_pain) == (
        1,
        [MONDAY + timedelta(1)],
        6,
    )


@pytest.mark.parametrize(
    ("exercise", "size"), [(CAT, 6.0), (BIRD_DOG, 5 * 5.0), (WALK, 100.0)], ids=["reps", "holds", "time"]
)
def test_the_size_of_a_dose(exercise, size):
    assert course(session_on(0, sets_of(exercise))).doings[0].size == size


def told(*plans):
    """What was changed, when each session has one of these plans."""
    sessions = [session_on(day, decisions=plan) for day, plan in enumerate(plans)]
    return [
        (
            each.day - MONDAY,
            each.change,
            each.reason and phrases.load().tell(each.reason),
            len(each.exercises),
        )
        for each in changes(sessions)
    ]


def days(number):
    return timedelta(number)


def test_changes_come_latest_first():
    assert told([decided(DoseChange.ADVANCE, "Up.")], [decided(DoseChange.REGRESS, "Down.")]) == [
        (days(1), DoseChange.REGRESS, "Down.", 1),
        (days(0), DoseChange.ADVANCE, "Up.", 1),
    ]


def test_what_stays_is_no_change():
    assert told([decided(DoseChange.HOLD)], [decided(DoseChange.HOLD)]) == []


def test_what_all_began_with_is_no_change_but_what_is_new_later_is():
    assert told([decided(DoseChange.START)], [decided(DoseChange.START, written="x")]) == [
        (days(1), DoseChange.START, "Because.", 1)
    ]


def test_a_reason_that_goes_on_holding_is_told_once():
    plan = [decided(DoseChange.REMOVE, "Ask a professional.")]
    assert told(plan, plan, plan) == [(days(0), DoseChange.REMOVE, "Ask a professional.", 1)]


def test_the_same_reason_after_a_while_is_told_again():
    plan = [decided(DoseChange.ADVANCE)]
    assert [each[0] for each in told(plan, [decided(DoseChange.HOLD)], plan)] == [days(2), days(0)]


def test_what_concerns_all_exercises_is_told_once():
    plan = [decided(DoseChange.LAY_OFF, f"{key} begins lower.", key) for key in "abc"]
    assert told(plan) == [(days(0), DoseChange.LAY_OFF, None, 3)]
    assert len(told(plan[:2])) == 2


def test_how_many_doses_rose_and_fell():
    sessions = [
        session_on(0, decisions=[decided(DoseChange.ADVANCE), decided(DoseChange.HARDER, written="b")]),
        session_on(1, decisions=[decided(DoseChange.REGRESS), decided(DoseChange.DELOAD, written="b")]),
    ]
    assert ups_and_downs(changes(sessions)) == (2, 1)
