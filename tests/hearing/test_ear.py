"""What the ear makes of silence, noise, a voice, and the coach's own sound."""

from importlib.util import find_spec

import numpy as np
import pytest

from voicecoach.hearing.ear import Ear, Utterance, VoiceBegan, VoiceEnded
from voicecoach.hearing.sound import RATE
from voicecoach.hearing.voice_activity import CHUNK, VoiceActivity, model_file

NEEDED = ("faster_whisper", "onnxruntime", "pywebrtc_audio")
pytestmark = [
    pytest.mark.listen,
    pytest.mark.skipif(not all(map(find_spec, NEEDED)), reason="needs the extra listen"),
]
BLOCK = RATE // 50
DELAY = RATE // 10
"""Frames from the coach's sound to its echo."""


def noise(frames, level=30):
    """Noise as int16 steps."""
    return np.random.default_rng(1).normal(0, level, frames)


def heard(near, far):
    """What an ear that is new hears, and that ear."""
    ear, signs = Ear(), []
    for at in range(0, len(near) // BLOCK * BLOCK, BLOCK):
        both = (np.asarray(sound[at : at + BLOCK], np.int16) for sound in (near, far))
        signs += ear.hear(*both)
    return signs, ear


def spoken(say, text, before, after):
    """Noise in which ``text`` is said after so many seconds, and the frames where it begins and ends."""
    voice = say(text) * 20_000
    loud = np.flatnonzero(np.abs(voice) > 0.05 * np.abs(voice).max())
    near = noise(round((before + after) * RATE) + len(voice))
    begin = round(before * RATE)
    near[begin : begin + len(voice)] += voice
    return near, begin + int(loud[0]), begin + int(loud[-1])


def test_silence_and_noise_are_no_voice():
    signs, ear = heard(np.concatenate([noise(2 * RATE, 60), np.zeros(RATE)]), np.zeros(3 * RATE))
    assert signs == []
    assert ear.delay is None
    signs, ear = heard(noise(2 * RATE, 60), np.zeros(2 * RATE))
    assert ear.noise == pytest.approx(ear.level, abs=3)


def test_a_voice_is_noticed_at_once_and_is_an_utterance_when_it_has_ended(say):
    near, begin, end = spoken(say, "Next exercise.", 1.5, 1.5)
    (began, utterance, ended), _ = heard(near, np.zeros(len(near)))
    assert isinstance(began, VoiceBegan)
    assert 0 < began.frame - begin < 0.2 * RATE
    assert isinstance(utterance, Utterance)
    assert not utterance.over_coach
    assert 0.3 * RATE < utterance.frame - end < 0.8 * RATE
    assert isinstance(ended, VoiceEnded)
    first = utterance.frame - len(utterance.samples)
    assert first < begin, "nothing of it is cut off"
    whole = near[first : utterance.frame] / 32_768
    assert np.std(utterance.clear()) == pytest.approx(np.std(whole), rel=0.3)


def test_the_coach_alone_is_no_voice_and_somebody_who_speaks_over_it_is_one(say):
    far = np.concatenate(
        [say("Lift slowly, and keep your back where it is. Lower, and relax. Once more.")] * 3
    )
    far = far * 20_000
    echo = np.concatenate([np.zeros(DELAY), far[:-DELAY]]) * 0.3
    signs, ear = heard(echo + noise(len(echo)), far)
    assert signs == []
    assert ear.delay == pytest.approx(DELAY / RATE, abs=0.005)
    voice, begin, _ = spoken(say, "Pause please.", len(far) / RATE - 4, 3)
    near = echo + voice[: len(echo)]
    (began, *_, utterance, _), _ = heard(near, far)
    assert 0 < began.frame - begin < 0.3 * RATE
    assert utterance.over_coach


def test_the_detector_tells_a_voice_from_noise(say):
    likely = {}
    for name, sound in (("voice", say("Keep breathing all the time.")), ("noise", noise(RATE) / 32_768)):
        detector = VoiceActivity(model_file())
        chunks = np.asarray(sound[: len(sound) // CHUNK * CHUNK], np.float32).reshape(-1, CHUNK)
        likely[name] = np.array([detector.hear(chunk) for chunk in chunks])
    assert likely["voice"].max() > 0.9
    assert likely["noise"].max() < 0.2
