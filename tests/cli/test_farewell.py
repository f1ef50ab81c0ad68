"""What the end of a session tells before any answer: nothing is praised before it is known how it was."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from fakes.journal import MONDAY, session_on, sets_of

from voicecoach import paths
from voicecoach.app.closing import farewell
from voicecoach.app.prepare import library
from voicecoach.journal import store
from voicecoach.journal.store import Journal
from voicecoach.language import phrases
from voicecoach.routine.instructions import NO_INSTRUCTIONS, Instructions
from voicecoach.session.listener import Ending, Summary

SAY = phrases.load()
BERG = Instructions(by="Anna Berg, physiotherapist", stop=("The knee locks.",))
RING = "Ring Anna Berg before the next session, and at once if you notice this: The knee locks."
NO_BETTER = "If it is no better tomorrow, ask a doctor or physiotherapist before the next session."


@pytest.fixture
def told(run, clock):
    """What is told after a session on the fifth day of a week whose goal is five."""
    own = paths.user_data() / "routines" / "programmes" / "mine.yaml"
    own.parent.mkdir(parents=True)
    own.write_text("name: Mine\nsore: calm-mini\nphases: [{name: restore, routines: {core: 5}}]\n")
    assert run("plan", "new", "--programme", "mine", "--phase", "restore").status == 0
    bridge = library().exercise("glute_bridge")

    def tell(*, asks, asked=NO_INSTRUCTIONS, ending=Ending.DONE):
        last = session_on(4, sets_of(bridge, ending=ending), pain=1)
        last = replace(last, instructions=asked, sets_planned=1, id=0)
        with Journal.open(store.file(), pytest.fail) as journal:
            for day in (-7, 0, 1, 2, 3):
                journal.begin(session_on(day, sets_of(bridge), pain=1))
            last = journal.begin(last)
        session: Any = SimpleNamespace(name="Core", resumes=None, instructions=asked)
        kept: Any = SimpleNamespace(written=last, lacks="", past=())
        clock.then = datetime.combine(MONDAY + timedelta(4), datetime.min.time(), UTC) + timedelta(hours=18)
        summary = Summary(finished=True, frames=0, steps=(), results=())
        said = farewell(session, kept, summary, pytest.fail, clock.moment(), SAY, asks=asks).said
        return " ".join(said)

    return tell


def test_a_goal_is_told_at_once_where_nothing_is_asked(told):
    assert "five of five days this week: your first full week" in told(asks=False)


def test_where_answers_follow_the_days_are_only_counted(told):
    said = told(asks=True)
    assert "that makes five of five days this week" in said.lower()
    assert "full week" not in said
    assert "goal" not in said


@pytest.mark.parametrize("asks", [False, True])
def test_after_an_x_the_days_are_only_counted(told, asks):
    said = told(asks=asks, ending=Ending.HURT)
    assert "that makes four of five days this week" in said.lower()
    assert "full week" not in said
    assert said.endswith(NO_BETTER) != asks


@pytest.mark.parametrize("asks", [False, True])
def test_after_an_x_the_clinician_is_asked_before_anything_else_comes(told, asks):
    said = told(asks=asks, ending=Ending.HURT, asked=BERG)
    assert said.endswith(RING) != asks
    assert "next is" not in said.replace(RING, "")
    assert "full week" not in said
