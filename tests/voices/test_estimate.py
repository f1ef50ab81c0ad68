import pytest
from fakes.voices import FakeCache

from voicecoach.language.speech_length import EstimatedSpeech, estimate
from voicecoach.units import seconds
from voicecoach.voices.narrator import Narrator

LENGTHS = {  # syllables, commas and sentences before the last
    "Hold.": (1, 0, 0),
    "Three, two, one.": (3, 2, 0),
    "Slide back. Breathe.": (3, 0, 1),
    "Table": (2, 0, 0),
    "10 reps": (3 + 2 * 0.4, 0, 0),
    "Don't bounce!": (2, 0, 0),
    "Hmm": (1, 0, 0),
}


def test_a_text_lasts_as_its_syllables_and_pauses():
    for text, (syllables, commas, sentences) in LENGTHS.items():
        length = 0.30 + 0.26 * syllables + 0.35 * commas + 0.90 * sentences
        assert seconds(estimate(text)) == pytest.approx(length, abs=1e-4), text
    assert [estimate(text) for text in ("", " ", "…", "- - -")] == [0] * 4


def test_twice_the_rate_is_half_the_time():
    assert estimate("Hold.", 330) == pytest.approx(estimate("Hold.", 165) / 2, abs=1)


def test_a_narrator_without_a_voice_measures_the_same():
    with Narrator((), FakeCache(), print, wpm=200) as narrator:
        for speech in (EstimatedSpeech(200), narrator):
            assert not speech.audible
            assert speech.measure("Lie on your back.") == estimate("Lie on your back.", 200)
