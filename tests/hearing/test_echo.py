"""What the canceller is given: the coach's sound at most shortly before its echo."""

import sys
from types import SimpleNamespace

import numpy as np
import pytest

from voicecoach.hearing.echo import EASY, SPARE, EchoCanceller
from voicecoach.hearing.sound import RATE

BLOCK = 320


class FakeAec3:
    """Cancels nothing, and remembers the coach's sound that it was given."""

    def __init__(self, rate):
        assert rate == RATE
        self.given = []

    def process(self, near, far):
        self.given.append(far)
        return near


@pytest.fixture
def canceller(monkeypatch):
    monkeypatch.setitem(sys.modules, "pywebrtc_audio", SimpleNamespace(EchoCanceller=FakeAec3))
    return EchoCanceller()


def given(canceller, near, far):
    """The coach's sound as the canceller has it in the end, equally long."""
    for at in range(0, len(far), BLOCK):
        cleaned = canceller.clean(near[at : at + BLOCK], far[at : at + BLOCK])
        np.testing.assert_array_equal(cleaned, near[at : at + BLOCK])
    return np.concatenate(canceller._aec3.given)


def echoed(delay, seconds=4):
    far = np.random.default_rng(2).normal(0, 3000, seconds * RATE).astype(np.int16)
    return np.pad(far, (delay, 0))[: len(far)] // 4, far


@pytest.mark.parametrize("delay", [EASY.start, RATE // 5])
def test_a_delay_that_it_finds_by_itself_is_left_to_it(canceller, delay):
    near, far = echoed(delay)
    assert np.abs(given(canceller, near, far) - far).max() <= 1
    assert canceller.delay == pytest.approx(delay, abs=2)


def test_a_longer_delay_is_shortened(canceller):
    delay = RATE * 9 // 10
    near, far = echoed(delay)
    end = given(canceller, near, far)[-RATE:]
    expected = np.pad(far, (delay - SPARE, 0))[: len(far)][-RATE:]
    assert canceller.delay == pytest.approx(delay, abs=2)
    assert np.abs(end - expected).max() <= 1


def test_digital_silence_is_not_quite_silent(canceller):
    silence = np.zeros(RATE, np.int16)
    far = given(canceller, silence, silence)
    assert np.abs(far).max() == 1
    assert np.count_nonzero(far) > RATE // 2
    assert canceller.delay is None
