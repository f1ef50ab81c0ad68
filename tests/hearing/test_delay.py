import numpy as np
import pytest

from voicecoach.hearing.delay import DelayFinder
from voicecoach.hearing.sound import RATE


def syllables(seconds, seed=1):
    """Return noise that comes and goes like words, as int16."""
    rng = np.random.default_rng(seed)
    length = round(seconds * RATE)
    loudness = np.repeat(rng.choice([0, 0.2, 1], length // 1600 + 1), 1600)[:length]
    return rng.normal(0, 2000, length) * loudness


def echo(far, delay, seed=2):
    """Return ``far`` in a small room ``delay`` frames later, at a third of its level, with some noise."""
    rng = np.random.default_rng(seed)
    room = rng.normal(0, 0.05, 1600) * np.exp(-np.arange(1600) / 400)
    room[0] = 0.3
    heard = np.convolve(far, room)[: len(far)]
    near = np.concatenate([np.zeros(delay), heard])[: len(far)]
    return near + rng.normal(0, 100, len(far))


def hear(finder, near, far):
    for at in range(0, len(near) - 1599, 1600):
        finder.hear(near[at : at + 1600].astype(np.int16), far[at : at + 1600].astype(np.int16))


@pytest.mark.parametrize("seconds", [0.02, 1.45])
def test_a_delay_is_found_within_some_seconds(seconds):
    finder = DelayFinder()
    far = syllables(3)
    hear(finder, echo(far, round(seconds * RATE)), far)
    assert finder.delay == pytest.approx(seconds * RATE, abs=2)
    assert finder.sureness > 10


def test_a_delay_that_changes_is_found_again():
    finder = DelayFinder()
    far = syllables(6)
    near = np.concatenate([echo(far, 1600)[: 3 * RATE], echo(far, 12_800)[3 * RATE :]])
    hear(finder, near[: 3 * RATE], far[: 3 * RATE])
    assert finder.delay == pytest.approx(1600, abs=2)
    hear(finder, near[3 * RATE :], far[3 * RATE :])
    assert finder.delay == pytest.approx(12_800, abs=2)


def test_without_an_echo_no_delay_is_found():
    finder = DelayFinder()
    hear(finder, syllables(4, seed=3), syllables(4, seed=4))
    assert finder.delay is None
    assert finder.sureness < 10


def test_silence_changes_nothing():
    finder = DelayFinder()
    far = syllables(3)
    hear(finder, echo(far, 1600), far)
    before = finder.delay
    noise = np.random.default_rng(5).normal(0, 100, 3 * RATE)
    hear(finder, noise, np.zeros(3 * RATE))
    assert finder.delay == before
