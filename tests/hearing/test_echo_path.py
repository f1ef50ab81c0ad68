"""What is left of an utterance when the coach's echo is taken out of it afterwards."""

import numpy as np
import pytest

from voicecoach.hearing.echo_path import EARLY, LastSeconds, without_echo
from voicecoach.hearing.sound import RATE

SECONDS = 3


@pytest.fixture(scope="module")
def sounds():
    """The coach's sound with pauses, its echo in a room, and a voice in the last second."""
    chance = np.random.default_rng(1)
    count = SECONDS * RATE
    far = chance.normal(0, 0.1, count) * np.repeat(chance.random(count // 1600) > 0.3, 1600)
    room = chance.normal(0, 0.1, RATE // 10) * np.exp(-np.arange(RATE // 10) / 400)
    room[0] = 1.0
    echo = np.convolve(np.pad(far, (EARLY, 0)), room)[:count]
    voice = np.zeros(count)
    voice[-RATE:] = chance.normal(0, 0.1, RATE) * np.sin(np.arange(RATE) / 2000) ** 2
    return [each.astype(np.float32) for each in (far, echo, voice)]


def decibels(sound):
    return 10 * np.log10(np.mean(np.square(sound)) + 1e-12)


def test_the_voice_is_left_and_the_echo_is_not(sounds):
    far, echo, voice = sounds
    left = without_echo(echo + voice, far)
    assert decibels((left - voice)[-RATE:]) < decibels(voice[-RATE:]) - 15
    assert decibels(left[:RATE]) < decibels(echo[:RATE]) - 25


def test_without_the_coach_the_sound_stays_as_it_is(sounds):
    _, _, voice = sounds
    np.testing.assert_allclose(without_echo(voice, np.zeros_like(voice)), voice, atol=1e-5)


@pytest.mark.parametrize("delay", [0, EARLY // 2, 3000, RATE * 3 // 2])
def test_the_last_seconds_have_the_coach_shortly_before_its_echo(delay):
    sent = (np.arange(10 * RATE) % 30_000 + 1).astype(np.int16)
    heard = np.pad(sent, (delay, 0))[: len(sent)]
    last = LastSeconds()
    for at in range(0, len(sent), 512):
        last.put(heard[at : at + 512], sent[at : at + 512])
    near, far = last.aligned(delay)
    assert 6 * RATE <= len(near) == len(far) < 6 * RATE + 512
    np.testing.assert_array_equal(near, heard[-len(near) :])
    early = min(delay, EARLY)
    np.testing.assert_array_equal(far[: len(far) - early], near[early:])
