"""One cache of rendered speech for all tests here: rendering a sentence once is enough."""

import pytest

from voicecoach import app


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
        opened.append(app.Studio(app.Sounding(**sounding), notices.append))
        opened[-1].notices = notices
        return opened[-1]

    yield open_studio
    for each in opened:
        each.__exit__()
