"""What follows from the answers before and after a session."""

from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from fakes.journal import MONDAY, session_on
from naming import for_each

from voicecoach.app.questions import Past, Red, calm_for, keep_morning, past, worth_asking
from voicecoach.journal import store
from voicecoach.journal.records import Before, Leg
from voicecoach.journal.store import Journal
from voicecoach.language import phrases
from voicecoach.routine.model import Caution, Profile
from voicecoach.session.listener import Ending
from voicecoach.training.questions import Barrier


def on(day, *sessions):
    """How things stand so many days after Monday."""
    return Past(MONDAY + timedelta(day), sessions)


@pytest.mark.parametrize(("day", "asked"), [(3, False), (4, True), (17, True), (18, False)])
def test_the_next_morning_is_asked_for_on_another_day_and_within_a_fortnight(day, asked):
    last = session_on(3)
    assert on(day, session_on(0), last).morning_of == (last if asked else None)
    assert on(day, replace(last, next_morning=0)).morning_of is None
    assert on(day).morning_of is None


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
    (on(1, session_on(0, pain=8)), Before(pain=3), None),  # after a flare yesterday
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


def test_who_did_a_set_is_asked():
    for ending, worth in {Ending.DONE: True, Ending.HURT: True, Ending.SKIPPED: False}.items():
        done: Any = SimpleNamespace(ending=ending)
        assert worth_asking([done]) is worth


def test_the_morning_belongs_to_the_session_before(tmp_path, monkeypatch):
    monkeypatch.setenv("VOICECOACH_HOME", str(tmp_path))
    with Journal.open(store.file(), print) as journal:
        for day in (0, 2):
            journal.begin(replace(session_on(day, pain=1), id=0))
    found = past(MONDAY + timedelta(3), pytest.fail)
    keep_morning(found.morning_of, 4, pytest.fail)
    again = past(MONDAY + timedelta(3), pytest.fail)
    assert [each.next_morning for each in again.sessions] == [None, 4]
    assert again.sessions[-1] == replace(found.sessions[-1], next_morning=4)
    assert again.morning_of is None


def test_a_journal_that_cannot_be_written_is_told(tmp_path, monkeypatch):
    monkeypatch.setenv("VOICECOACH_HOME", str(tmp_path / "file"))
    (tmp_path / "file").write_text("in the way")
    told = []
    keep_morning(session_on(0), 4, told.append)
    assert "is not written down" in told[0]


def test_there_is_a_sentence_for_everything():
    say = phrases.load()
    assert all(say(f"red.{red}") for red in Red)
    assert all(say(f"barrier.{each}.tip") and say.part(f"barrier.{each}.what") for each in Barrier)
