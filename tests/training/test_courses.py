"""Each exercise over time, and what was changed of it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from fakes.journal import MONDAY, session_on, sets_of
from naming import naming

from voicecoach.journal.records import Decision, DoseChange
from voicecoach.language import phrases
from voicecoach.language.phrases import Message
from voicecoach.routine.dose import Dose
from voicecoach.routine.files.library import Library
from voicecoach.session.listener import Ending
from voicecoach.training.dose_history import Direction, changes, courses, directions, name_of

LIBRARY = Library.default()
CAT = replace(LIBRARY.exercise("cat_camel"), reps=(6,))
BIRD_DOG = replace(LIBRARY.exercise("bird_dog"), reps=(3, 2))
WALK = replace(LIBRARY.exercise("brisk_walk"), duration=100.0)


def find_variation(key):
    return {each.key: each for each in (CAT, BIRD_DOG, WALK)}.get(key)


def decided(change, reason="Because.", written="cat_camel", dose=None):
    why = Message.verbatim(reason)
    return Decision(written=written, exercise=written, dose=dose, change=change, reason=why)


def course(*sessions):
    """That of the one exercise in these sessions."""
    (found,) = courses(sessions, find_variation)
    return found


def share(*sets, **more):
    return course(session_on(0, *sets, **more)).doings[0].share


def test_the_most_frequent_exercise_comes_first_and_its_sides_are_known():
    gone = [replace(each, exercise="old_one") for each in sets_of(BIRD_DOG)]  # not known any more
    sessions = [session_on(0, sets_of(WALK), sets_of(CAT), gone), session_on(1, sets_of(CAT))]
    assert [
        (each.name, len(each.doings), each.each_side, each.first)
        for each in courses(sessions, find_variation)
    ] == [
        (CAT.name, 2, False, "6"),
        (WALK.name, 1, False, "1m40s"),
        ("Old one", 1, True, "3-2 x 5s"),
    ]
    assert course(session_on(0, sets_of(BIRD_DOG))).each_side
    for key, name in {"old_one": "Old one", "My own": "My own", "Übung": "Übung"}.items():
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
    hurt = sets_of(WALK, share=0.95, ending=Ending.HURT)
    found = course(session_on(0, sets_of(WALK)), session_on(1, hurt))
    assert (found.as_planned, [each.day for each in found.hurts]) == (1, [MONDAY + timedelta(1)])


@pytest.mark.parametrize(
    ("exercise", "size"), [(CAT, 6.0), (BIRD_DOG, 5 * 5.0), (WALK, 100.0)], ids=["reps", "holds", "time"]
)
def test_the_size_of_a_dose(exercise, size):
    assert course(session_on(0, sets_of(exercise))).doings[0].size == size


ADVANCE, REGRESS, HOLD = DoseChange.ADVANCE, DoseChange.REGRESS, DoseChange.HOLD
START, REMOVE, LAY_OFF = DoseChange.START, DoseChange.REMOVE, DoseChange.LAY_OFF
EVERY = [decided(LAY_OFF, f"{key} begins lower.", key) for key in "abc"]
GONE = [decided(REMOVE, "Ask a professional.")]
UP = [decided(ADVANCE)]
CHANGES: dict[str, tuple[list, list]] = {
    "the latest comes first": (
        [[decided(ADVANCE, "Up.")], [decided(REGRESS, "Down.")]],
        [(1, REGRESS, "Down.", 1), (0, ADVANCE, "Up.", 1)],
    ),
    "what stays is none": ([[decided(HOLD)], [decided(HOLD)]], []),
    "what is new later is one, but not what all began with": (
        [[decided(START)], [decided(START, written="x")]],
        [(1, START, "Because.", 1)],
    ),
    "a reason that goes on is told once": ([GONE] * 3, [(0, REMOVE, "Ask a professional.", 1)]),
    "and again after a while": (
        [UP, [decided(HOLD)], UP],
        [(2, ADVANCE, "Because.", 1), (0, ADVANCE, "Because.", 1)],
    ),
    "what concerns all is told once": ([EVERY], [(0, LAY_OFF, None, 3)]),
    "but not of two": (
        [EVERY[:2]],
        [(0, LAY_OFF, "A begins lower.", 1), (0, LAY_OFF, "B begins lower.", 1)],
    ),
}


def test_what_was_changed():
    tell = phrases.load().tell
    for name, (plans, expected) in CHANGES.items():
        found = changes([session_on(day, decisions=plan) for day, plan in enumerate(plans)])
        with naming(name):
            assert [
                (
                    (each.day - MONDAY).days,
                    each.change,
                    each.reason and tell(each.reason),
                    len(each.exercises),
                )
                for each in found
            ] == expected


def test_how_many_doses_rose_and_fell():
    sessions = [
        session_on(0, decisions=[decided(DoseChange.ADVANCE), decided(DoseChange.HARDER, written="b")]),
        session_on(1, decisions=[decided(DoseChange.REGRESS), decided(DoseChange.DELOAD, written="b")]),
    ]
    assert directions(changes(sessions)) == {Direction.MORE: 2, Direction.LESS: 2}
