"""One cache of rendered speech for all tests here: rendering a sentence once is enough."""

import pytest

from voicecoach.app import prepare
from voicecoach.app.compose import Sounding, Studio
from voicecoach.language.speech_length import DEFAULT_WPM
from voicecoach.routine.profile import Profile
from voicecoach.timeline.expand import Settings


@pytest.fixture(scope="session")
def speech_folder(tmp_path_factory):
    return tmp_path_factory.mktemp("home")


@pytest.fixture(autouse=True)
def _home(monkeypatch, speech_folder):
    monkeypatch.setenv("VOICECOACH_HOME", str(speech_folder))


@pytest.fixture
def studio():
    """Studios that are closed at the end, by the way they should sound."""
    opened = []

    def open_studio(**sounding):
        notices = []
        opened.append(Studio(Sounding(**sounding), notices.append))
        opened[-1].notices = notices  # type: ignore[attr-defined]  # so that a test can look
        return opened[-1]

    yield open_studio
    for each in opened:
        each.__exit__()


@pytest.fixture
def quick():
    """The routine of that name, as a session."""
    return prepare.session_for(Profile(), "quick", Settings(), DEFAULT_WPM)
