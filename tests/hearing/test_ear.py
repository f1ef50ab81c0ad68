import numpy as np
import pytest

pytest.importorskip("pywebrtc_audio")
pytest.importorskip("onnxruntime")
pytest.importorskip("faster_whisper")

from voicecoach.hearing.ear import HEARS_AT, Ear


def test_silence_and_noise_are_no_voice():
    ear = Ear()
    noise = np.random.default_rng(1).normal(0, 60, HEARS_AT).astype(np.int16)
    silence = np.zeros(HEARS_AT, np.int16)
    assert ear.hear(noise, silence) == []
    assert ear.delay is None
    assert ear.noise == pytest.approx(ear.level, abs=3)
    assert ear.hear(silence, silence) == []
