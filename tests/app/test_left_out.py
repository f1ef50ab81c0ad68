"""What hurt twice stays out of a session, also of one as it is written."""

from datetime import timedelta

import pytest
from fakes.journal import MONDAY, session_on, sets_of

from voicecoach.app import prepare
from voicecoach.errors import NothingSuits
from voicecoach.journal import store
from voicecoach.journal.store import Journal
from voicecoach.language.speech_length import DEFAULT_WPM
from voicecoach.routine.files.library import Library
from voicecoach.routine.profile import Profile
from voicecoach.session.listener import Ending
from voicecoach.timeline.expand import Settings
from voicecoach.timeline.steps import works

TODAY = MONDAY + timedelta(4)
ME = Profile()


@pytest.fixture(autouse=True)
def hurt(monkeypatch, tmp_path):
    """A journal in which some exercises hurt in two sessions."""
    monkeypatch.setenv("VOICECOACH_HOME", str(tmp_path))

    def write(*exercises):
        with Journal.open(store.file(), print) as journal:
            for day in (0, 2):
                journal.begin(session_on(day, *(sets_of(each, ending=Ending.HURT) for each in exercises)))

    return write


def session(name, decide):
    prepared = prepare.session_for(ME, name, Settings(), DEFAULT_WPM, decide=decide)
    return list(dict.fromkeys(work.exercise.key for work in works(prepared.steps)))


def test_as_written_does_not_bring_it_back(hurt):
    hurt(Library.default().exercise("glute_bridge"))
    by_the_plan = session("quick", prepare.deciding(ME, print, TODAY))
    assert (
        session("quick", prepare.deciding(ME, print, TODAY, as_written=True))
        == by_the_plan
        == ["pelvic_tilt", "bird_dog"]
    )


def test_a_routine_with_nothing_left_is_not_played(hurt, tmp_path):
    path = tmp_path / "alone.yaml"
    path.write_text("name: Alone\nsteps:\n  - exercise: Reach\n    rep: reach 2s, back 2s\n    reps: 5\n")
    hurt(*Library.default().load(path).exercises)
    with pytest.raises(NothingSuits, match="Everything of 'Alone' hurt lately"):
        session(path, prepare.deciding(ME, print, TODAY))
