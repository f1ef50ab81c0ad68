"""What hurt twice stays out of a session, also of one as it is written."""

from datetime import timedelta

import pytest
from fakes.journal import MONDAY, session_on, sets_of
from fakes.speech import SOUNDS, LetterSpeech

from voicecoach.app import prepare
from voicecoach.app.director import SessionDirector
from voicecoach.app.estimates import Estimates
from voicecoach.errors import NothingSuits
from voicecoach.journal import store
from voicecoach.journal.store import Journal
from voicecoach.language import phrases
from voicecoach.language.speech_length import DEFAULT_WPM
from voicecoach.routine.files.library import Library
from voicecoach.routine.profile import Profile
from voicecoach.session.listener import Ending
from voicecoach.session.rungs import varied
from voicecoach.timeline.expand import Settings
from voicecoach.timeline.speech_track import Kit
from voicecoach.timeline.steps import Rung, works

TODAY = MONDAY + timedelta(4)
ME = Profile()
KIT = Kit(LetterSpeech(), SOUNDS, phrases.load())


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


def test_it_is_no_easier_or_harder_variation_either(hurt):
    """Those below and above it are reached where the exercise names them itself."""
    shelf = Library.default()
    hurt(shelf.exercise("glute_bridge_low"))
    prepared = prepare.session_for(ME, "quick", Settings(), DEFAULT_WPM)
    history = prepare.known(print, TODAY)
    for found, barred in ((prepared, False), (prepare.without_what_hurt(prepared, history, TODAY), True)):
        choices = SessionDirector(found.choices, kit=KIT, estimates=Estimates(KIT), can_say=bool)
        rung = varied(Rung(written=shelf.exercise("glute_bridge"), number=-2), choices)
        assert (rung is None) == barred
        assert varied(Rung(written=shelf.exercise("glute_bridge_low")), choices)
        assert choices.variation("glute_bridge_single")
