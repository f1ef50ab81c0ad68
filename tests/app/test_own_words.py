"""What may be said in a session: the words of the language, and those of the person's own."""

import pytest

from voicecoach.app import own_words
from voicecoach.errors import FileError
from voicecoach.language import phrases
from voicecoach.session.commands import Command, spoken
from voicecoach.settings import listen_file


@pytest.fixture
def written(tmp_path, monkeypatch):
    monkeypatch.setenv("VOICECOACH_HOME", str(tmp_path))

    def write(text):
        path = listen_file.file()
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    return write


def test_own_words_are_added_to_those_of_the_language(written):
    shipped = spoken(phrases.load())
    assert own_words.understood("en").phrases == shipped
    written("pause: wait for me\n")
    found = own_words.understood("en").phrases
    assert found == {**shipped, "wait for me": Command.PAUSE}
    assert next(iter(found)) == "wait for me"


@pytest.mark.parametrize("phrase", ["two", "breathe in", "halfway", "cat camel", "stand tall"])
def test_what_the_coach_says_is_no_command(written, phrase):
    written(f"pause: {phrase}\n")
    with pytest.raises(FileError, match="too much like what the coach says"):
        own_words.understood("en")
