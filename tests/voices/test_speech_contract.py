"""What every voice promises to the timeline and to the mixer, the fakes included."""

import numpy as np
import pytest
from fakes.audio import FakeClips
from fakes.speech import LetterSpeech
from fakes.voices import FakeCache, FakeWorker, spec

from voicecoach.language.speech_length import EstimatedSpeech
from voicecoach.voices.narrator import Narrator

SHORT, LONG = "Hold.", "Hold, and breathe on as you do."


def narrator(*engines):
    return Narrator(engines, FakeCache(), print, worker=FakeWorker)


@pytest.mark.parametrize(
    ("speech", "audible"),
    [
        (LetterSpeech(), True),
        (LetterSpeech(audible=False), False),
        (EstimatedSpeech(165), False),
        (narrator(), False),
        (narrator(spec()), True),
    ],
)
def test_a_text_always_lasts_as_long_and_longer_ones_longer(speech, audible):
    lengths = [speech.measure(text) for text in (SHORT, LONG, SHORT)]
    assert 0 < lengths[0] == lengths[2] < lengths[1]
    assert speech.audible is audible


@pytest.mark.parametrize("clips", [FakeClips(), narrator(), narrator(spec())])
def test_a_clip_is_mono_and_the_same_each_time(clips):
    samples = clips.clip(SHORT).samples
    assert (samples.dtype, samples.ndim) == (np.int16, 1)
    assert np.array_equal(samples, clips.clip(SHORT).samples)
