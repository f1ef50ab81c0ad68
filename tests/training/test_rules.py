"""Each rule on a history of a few sessions of made-up exercises: ``cases/rules.txt``; ``pace.txt`` has lives
with an agreed pace.

``## TITLE`` begins a case; the indented lines are what is told. In it, so many days after a Monday::

    0 done bridge 8-6 worst=4      a session: all sets at a dose (reps, hold, duration, load, lowering) and
                                   what was said; further exercises after ``&``; ``share``, ``hurt``: of sets
    2..6 follows                   every second day a session by the plan of its day
    6 forget 2                     all sessions but the last two are too long ago
    2 pace begin                   what is agreed about a pace; ``at`` so many hours after eight o'clock
    9 pace                         how the pace is then
    8 weak yes                     whether a leg or foot is newly weak, yes or no
    2 wish dose 6                  or ``keep``, ``cleared``; ``at`` so many hours after eight o'clock
    4 ? bridge why                 the decision for that exercise, and what it is based on
    4 zones                        what the last session shows of each exercise
    4 flare 10                     the stage of a flare on these days

After a wanted change run ``VOICECOACH_GOLDEN=write pytest tests/training``; read it as you read code.
"""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import timedelta

import pytest
from golden import assert_cases
from pasts import CASES, Past

from voicecoach.journal.records import DoseChange
from voicecoach.session.listener import Ending


def told(case):
    past, shown = Past(), []
    for line in case.splitlines():
        if line[:1] in {"", "#", " "}:
            shown += [line] if line[:1] != " " else []
            continue
        shown += [line, *(f"    {each}" for each in past.does(line) or ())]
    return "".join(f"{line}\n" for line in shown)


@pytest.mark.parametrize("name", ["rules", "pace"])
def test_what_is_decided(name):
    assert_cases(CASES / f"{name}.txt", told)


def test_a_set_that_an_explanation_cut_up_is_one_set():
    past = Past()
    past.does("0..2 done bridge")
    (whole,) = past.sessions[1].sets
    pieces = (replace(whole, reps=3, ending=Ending.SKIPPED), replace(whole, reps=5, reps_planned=5))
    past.sessions[1] = replace(past.sessions[1], sets=pieces)
    assert past.decided(4).change is DoseChange.ADVANCE


@pytest.fixture
def los_angeles(monkeypatch):
    """Somebody who lives eight hours behind UTC."""
    with monkeypatch.context() as here:
        here.setenv("TZ", "PST8")
        time.tzset()
        yield
    time.tzset()


@pytest.mark.usefixtures("los_angeles")
def test_a_wish_in_the_evening_is_not_of_the_day_after():
    """There the 2nd of March begins in UTC at four in the afternoon of the 1st."""
    past = Past()
    past.does("-3 done bridge")
    past.does("0 wish dose 12-12 at=-7")
    past.does("-1 done plank pain=7")
    later = past.choices[0].at + timedelta(hours=1)
    past.sessions[-1] = replace(past.sessions[-1], started=later)
    assert past.decided(0).dose.reps == (6, 6)
