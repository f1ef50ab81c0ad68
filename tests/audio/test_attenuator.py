"""Ducked sound is the same sound times a factor, to the sample; sound that is not ducked is not touched."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.audio.attenuator import DUCKED, FULL, Attenuator
from voicecoach.audio.pcm import gain
from voicecoach.units import RATE


def applied(attenuator, samples):
    return np.frombuffer(attenuator.apply(np.array(samples, np.int16).tobytes()), np.int16).tolist()


def test_it_lowers_by_12_decibels_in_16_milliseconds_and_gives_back_as_fast():
    attenuator, ramp = Attenuator(), RATE * 16 // 1000
    attenuator.duck(on=True)
    down = applied(attenuator, [FULL] * 2 * ramp)
    assert down == [max(FULL - 1 - frame, DUCKED) for frame in range(2 * ramp)]
    assert down[ramp - 1 :] == [DUCKED] * (ramp + 1)
    assert abs(DUCKED / FULL - gain(-12)) < 0.002
    attenuator.duck(on=False)
    up = applied(attenuator, [FULL] * 2 * ramp)
    assert up == [min(DUCKED + 1 + frame, FULL) for frame in range(2 * ramp)]


def test_what_is_not_ducked_is_the_very_same():
    attenuator, data = Attenuator(), b"\1\2\3\4"
    assert attenuator.apply(data) is data
    attenuator.duck(on=True)
    attenuator.duck(on=False)
    assert attenuator.apply(data) is data
    attenuator.duck(on=True)
    attenuator.apply(bytes(RATE))
    attenuator.duck(on=False)
    attenuator.apply(bytes(RATE))
    assert attenuator.apply(data) is data


@given(
    st.lists(st.integers(-32_768, 32_767), max_size=60),
    st.lists(st.tuples(st.booleans(), st.integers(0, 500)), max_size=20),
)
def test_however_the_frames_are_cut_they_are_as_loud_as_one_by_one(samples, pieces):
    whole, single = Attenuator(), Attenuator()
    for on, length in pieces:
        for attenuator in (whole, single):
            attenuator.duck(on=on)
        piece = (samples * (length // max(len(samples), 1) + 1))[:length]
        assert applied(whole, piece) == [applied(single, [sample])[0] for sample in piece]
