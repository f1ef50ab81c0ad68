"""What follows from the answers before and after a session."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from fakes.journal import MONDAY, session_on
from naming import for_each

from voicecoach.app.questions import (
    Past,
    Red,
    calm_for,
    keep_morning,
    left_open,
    past,
    settle,
)
from voicecoach.journal import store
from voicecoach.journal.records import Before, Leg, Weakness
from voicecoach.journal.store import Journal
from voicecoach.language import phrases
from voicecoach.routine.model import Caution
from voicecoach.routine.profile import Profile
from voicecoach.training.next_question import next_question
from voicecoach.training.questions import WELCOME, AskedWhen, Barrier, Known

NOON = datetime.combine(MONDAY + timedelta(5), time(12), UTC)


def on(day, *sessions, weak=()):
    """How things stand so many days after Monday; on the days in ``weak`` they were asked, and said so."""
    said = tuple(Weakness(at=session_on(each).started, present=present) for each, present in weak)
    return Past(MONDAY + timedelta(day), sessions, weakness=said)


@pytest.mark.parametrize(("day", "asked"), [(3, False), (4, True), (6, True), (7, False)])
def test_the_next_morning_is_asked_for_on_one_of_the_next_three_days(day, asked):
    first, last = session_on(3), replace(session_on(3), id=1)
    assert on(day, session_on(0), first, last).mornings == ((first, last) if asked else ())
    assert on(day, first, replace(last, next_morning=0)).mornings == ((first,) if asked else ())
    assert on(day).mornings == ()


USUAL = tuple(session_on(day, pain=2) for day in (0, 2, 4))
ANSWERS: list[tuple[Past, Before, Red | None]] = [
    *(
        (on(2, session_on(0, pain=3, leg=Leg.THIGH)), said, red)
        for said, red in (
            (Before(), None),
            (Before(pain=6), None),
            (Before(pain=7), Red.PAIN),
            (Before(pain=7, flare=False), None),
            (Before(pain=10, leg=Leg.CALF), Red.LEG),
            (Before(pain=0, leg=Leg.THIGH), None),
            (Before(leg=Leg.KNEE), Red.LEG),
        )
    ),
    (on(7, *USUAL), Before(pain=6), Red.PAIN),  # far above the usual
    (on(7, *USUAL), Before(pain=5), None),
    (on(7, *USUAL, session_on(6, pain=4)), Before(pain=4), Red.PAIN),  # well above it, twice running
    (on(2, session_on(0, leg=Leg.NONE)), Before(leg=Leg.BACK), None),  # can be felt again, and is no leg
    (on(1, session_on(0, pain=8)), Before(pain=3), Red.PAIN),  # the second day of a flare
    (on(3, session_on(0, pain=8)), Before(pain=3), None),  # when its calm days are over
]


@for_each(ANSWERS)
def test_a_day_is_red_by_pain_or_by_a_leg_that_feels_worse(case):
    before, said, red = case
    assert before.red(said) is red


MISSED = {(): False, (0,): True, (6,): True, (0, 13): False, (6, 7): False, (0, 14): False, (-1,): False}


@for_each(MISSED)
def test_a_week_was_missed_when_only_the_one_before_had_a_session(days):
    for day in (14, 20) if 14 not in days else (20,):
        assert on(day, *map(session_on, days)).missed_a_week is MISSED[days]


def test_the_calm_routine_is_one_that_suits():
    assert calm_for(Profile()).id == "calm-mini"
    everything = Profile(cautions=frozenset(Caution), equipment=frozenset())
    assert calm_for(everything) is None or calm_for(everything).steps


def test_the_morning_belongs_to_all_sessions_of_the_day_before(tmp_path, monkeypatch):
    monkeypatch.setenv("VOICECOACH_HOME", str(tmp_path))
    with Journal.open(store.file(), print) as journal:
        for day in (0, 2, 2):
            journal.begin(replace(session_on(day, pain=1), id=0))
    found = past(MONDAY + timedelta(3), pytest.fail)
    keep_morning(found.mornings, 4, pytest.fail)
    again = past(MONDAY + timedelta(3), pytest.fail)
    assert [each.next_morning for each in again.sessions] == [None, 4, 4]
    assert again.sessions[-1] == replace(found.sessions[-1], next_morning=4)
    assert again.mornings == ()


def test_a_session_dated_after_today_is_not_the_last_one(tmp_path, monkeypatch):
    monkeypatch.setenv("VOICECOACH_HOME", str(tmp_path))
    with Journal.open(store.file(), print) as journal:
        for day in (0, 20):
            journal.begin(replace(session_on(day, pain=1), id=0))
    found = past(MONDAY + timedelta(1), pytest.fail)
    assert [each.day for each in found.mornings] == [MONDAY]
    assert found.older == ()


def test_what_is_open_is_asked_today_and_tomorrow_until_it_is_settled(tmp_path, monkeypatch):
    monkeypatch.setenv("VOICECOACH_HOME", str(tmp_path))
    with Journal.open(store.file(), print) as journal:
        first, last = (journal.begin(replace(session_on(day), id=0)) for day in (0, 2))
        for each in (first.id, 99):  # the last of which the journal does not have
            journal.leave_open(each)

    def due():
        return [
            found.id if (found := left_open(pytest.fail, MONDAY + timedelta(day))) else 0 for day in range(5)
        ]

    assert due() == [first.id, first.id, 0, 0, 0]
    with Journal.open(store.file(), print) as journal:
        journal.leave_open(last.id)
    assert due() == [first.id, first.id, last.id, last.id, 0]
    settle(last, pytest.fail)
    assert due() == [first.id, first.id, 0, 0, 0]


def test_who_was_away_for_long_is_no_beginner(tmp_path, monkeypatch):
    monkeypatch.setenv("VOICECOACH_HOME", str(tmp_path))
    with Journal.open(store.file(), print) as journal:
        for day in (0, 2, 4):
            journal.begin(replace(session_on(day, after_leg=Leg.NONE), id=0))
    found = past(MONDAY + timedelta(209), pytest.fail)
    assert found.sessions == ()
    assert found.older == tuple(MONDAY + timedelta(day) for day in (0, 2, 4))
    assert found.helped


def test_a_journal_that_cannot_be_written_is_told(tmp_path, monkeypatch):
    monkeypatch.setenv("VOICECOACH_HOME", str(tmp_path / "file"))
    (tmp_path / "file").write_text("in the way")
    told = []
    keep_morning([session_on(0)], 4, told.append)
    assert "is not written down" in told[0]


def test_a_sore_day_is_told_as_a_plan():
    first = on(2, session_on(0, pain=1))  # a Wednesday
    assert phrases.load().tell(first.told(Red.PAIN, Before(pain=8))) == (
        "A sore day. We keep moving gently for three days. On Saturday we start building up again, first with"
        " half of everything and then with three quarters, and in nine days you will be doing all of it. It"
        " will be sooner if you have two good days in a row at your usual pain."
    )
    day = on(3, session_on(2, pain=8))  # a Thursday
    assert phrases.load().tell(day.told(Red.PAIN, Before(pain=8))) == (
        "Day two of three. We keep moving gently, and on Saturday we start building up again."
    )


def test_all_emergency_signs_are_shown_the_first_time_each_month_and_when_a_leg_is_worse():
    flares = [session_on(day, pain=8, worst=8) for day in (0, 1, 15)]
    assert on(0).lists_signs(Red.PAIN)
    assert not on(1, *flares[:1]).lists_signs(Red.PAIN)
    assert not on(16, *flares).lists_signs(Red.PAIN)
    assert on(16, *flares).lists_signs(Red.LEG)
    assert on(28, *flares).lists_signs(Red.PAIN)
    by_hand = [replace(each, by_hand=True) for each in flares]
    assert on(16, *by_hand).lists_signs(Red.PAIN), "nothing was shown to who noted them"
    assert not on(16, by_hand[0], *flares[1:]).lists_signs(Red.PAIN)


YES, NO = True, False


def asked(past, *answers):
    """Which questions come before a session, when the first of them get these answers."""
    known = Known(moment=AskedWhen.BEFORE, answered={each.id: NOON for each in WELCOME})
    while question := next_question(past.beginning(known), NOON):
        known = known.and_asked(
            question, answers[len(known.asked)] if len(known.asked) < len(answers) else None
        )
    return list(known.asked)


def test_what_the_journal_knows_decides_what_is_asked():
    thigh, calf = (session_on(2, leg=leg, pain=2) for leg in (Leg.THIGH, Leg.CALF))
    well, newly = ((2, False),), ((-9, True), (2, True))
    quiet = tuple(session_on(day, leg=Leg.NONE, pain=2) for day in range(-1, 4))
    assert asked(on(3)) == ["pain", "leg", "weak"]
    assert asked(on(3, thigh, weak=well), 2, Leg.THIGH) == ["pain", "leg", "morning"]
    assert asked(on(5, weak=((-3, False),))) == ["pain", "leg", "weak"], "a week later"
    assert asked(on(3, thigh, weak=well), 2, Leg.FOOT) == ["pain", "leg", "weak", "instead"], "a worse leg"
    assert asked(on(3, calf, weak=well), 2, Leg.THIGH) == ["pain", "leg", "morning"], "it moved up"
    assert asked(on(3, thigh, weak=newly), NO, 2, Leg.THIGH) == ["still_weak", "pain", "leg", "morning"]
    assert asked(on(3, thigh, weak=(*newly, (3, False))), 2, Leg.THIGH) == ["pain", "leg", "morning"]
    assert asked(on(5, *quiet), 2, YES) == ["pain", "still", "weak", "morning"]
    assert asked(on(5, *quiet), 2, NO, Leg.THIGH) == ["pain", "still", "leg", "weak", "instead"]
    assert asked(on(5, *quiet), 6, YES, YES) == ["pain", "still", "flare", "instead"]
    assert asked(on(5, *quiet), 6, YES, NO) == ["pain", "still", "flare", "weak"]


def test_the_leg_is_asked_about_afterwards_when_it_matters_and_else_once_a_week():
    older = [session_on(day) for day in (-9, -8, -7)]
    some = session_on(5)
    for case, (sessions, leg, due) in {
        "first sessions": (older[:2], Leg.NONE, True),
        "a week ago": ([*older, session_on(-2, after_leg=Leg.NONE)], Leg.NONE, True),
        "lately": ([*older, session_on(1, after_leg=Leg.NONE)], Leg.NONE, False),
        "felt before": ([*older, session_on(1, after_leg=Leg.NONE)], Leg.THIGH, True),
        "the back is no leg": ([*older, session_on(1, after_leg=Leg.NONE)], Leg.BACK, False),
    }.items():
        session = replace(some, before=replace(some.before, leg=leg))
        assert on(5, *sessions).ending(session, {}, NOON, follows=False).leg_after is due, case


def test_there_is_a_sentence_for_everything():
    say = phrases.load()
    assert all(say.tell(on(0).told(red, Before(pain=8))) for red in Red)
    assert all(say(f"barrier.{each}.tip") and say.part(f"barrier.{each}.what") for each in Barrier)
