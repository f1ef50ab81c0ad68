"""How far down a leg it is felt, from one answer to the next; ``cases/rules.txt`` has what follows."""

from datetime import timedelta

import pytest
from fakes.journal import MONDAY, session_on

from voicecoach.journal.records import Leg
from voicecoach.routine.files.library import Library
from voicecoach.training import leg
from voicecoach.training.leg import LegCourse

BIRD_DOG = Library.default().exercise("bird_dog")
NONE, BACK, THIGH, KNEE, CALF, FOOT = Leg
ROSE, LATER, UP, SAME = (
    LegCourse(rose_in=True),
    LegCourse(rose_after=True),
    LegCourse(moved_up=True),
    LegCourse(),
)


@pytest.mark.parametrize(
    ("answers", "courses"),
    [
        ([(0, THIGH, KNEE)], [ROSE]),
        ([(0, THIGH, THIGH)], [SAME]),
        ([(0, CALF, BACK)], [UP]),
        ([(0, NONE, BACK)], [SAME]),  # the back is no leg
        ([(0, BACK, NONE)], [SAME]),
        ([(0, NONE, None)], [SAME]),
        # Where a question was skipped, what was said before holds …
        ([(0, NONE, None), (2, None, FOOT)], [SAME, ROSE]),
        ([(0, FOOT, None), (2, None, FOOT)], [SAME, SAME]),
        ([(0, FOOT, None), (2, None, KNEE)], [SAME, UP]),
        # … and who never spoke of a leg had nothing there.
        ([(0, None, KNEE)], [ROSE]),
        # What rises between sessions counts against all since the last that says …
        ([(0, NONE, None), (2, CALF, None)], [LATER, SAME]),
        ([(0, NONE, None), (1, None, None), (2, CALF, None)], [LATER, LATER, SAME]),
        ([(0, NONE, None), (0, CALF, None)], [LATER, SAME]),
        ([(0, KNEE, CALF), (2, CALF, None)], [ROSE, SAME]),
        ([(0, NONE, None), (2, THIGH, None), (4, KNEE, None)], [LATER, LATER, SAME]),
        # … unless that is long ago.
        ([(0, NONE, None), (10, CALF, None)], [LATER, SAME]),
        ([(0, NONE, None), (11, CALF, None)], [SAME, SAME]),
    ],
)
def test_the_course_of_a_leg(answers, courses):
    sessions = [session_on(day, leg=before, after_leg=after) for day, before, after in answers]
    assert leg.leg_courses(sessions) == tuple(courses)
    *earlier, last = sessions
    if earlier:  # so it is on the day itself, before the last one is done
        assert leg.rose_since(earlier[-1], earlier, last.day, last.before.leg) is courses[-2].rose_after


def test_how_far_down_a_leg():
    assert leg.furthest(session_on(0, leg=BACK), session_on(1, after_leg=KNEE)) is KNEE
    assert leg.furthest(session_on(0, leg=NONE)) is NONE
    assert leg.furthest(session_on(0)) is None
    assert leg.last_of(session_on(0, leg=CALF, after_leg=BACK)) is BACK


def test_the_last_one_that_says():
    sessions = [session_on(0, leg=CALF), session_on(2, leg=KNEE), session_on(4)]
    assert leg.last_said(reversed(sessions)) is KNEE
    assert leg.last_said(reversed(sessions), sessions[1]) is CALF
    assert leg.last_said([]) is None
    assert leg.rose_since(sessions[2], sessions, MONDAY, CALF)
    assert not leg.rose_since(sessions[0], sessions, MONDAY, CALF)


@pytest.mark.parametrize(
    ("answers", "day", "worse"),
    [
        ([], 0, False),
        ([(0, NONE, NONE)], 0, False),
        ([(0, NONE, CALF)], 0, True),
        ([(0, NONE, NONE), (1, CALF, None)], 1, True),
        ([(0, NONE, CALF)], 2, True),
        ([(0, NONE, CALF)], 3, False),  # nobody said more
        ([(0, NONE, CALF), (1, CALF, CALF)], 1, False),
        ([(0, NONE, CALF), (1, None, None)], 1, True),
    ],
)
def test_the_days_after_a_leg_got_worse_are_for_calming_it(answers, day, worse):
    sessions = [session_on(at, leg=before, after_leg=after) for at, before, after in answers]
    assert leg.is_worse_lately(sessions, MONDAY + timedelta(day)) is worse
