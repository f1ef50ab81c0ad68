"""The ears themselves: they must notice what is wrong."""

import numpy as np
import pytest
from mat import CHUNK, Echo
from recordings import Expected, assert_heard, ducked, find_sounds, lateness

from voicecoach.audio import earcons
from voicecoach.audio.attenuator import Attenuator
from voicecoach.timeline.segment import Sound
from voicecoach.units import RATE

LIBRARY = {sound: earcons.load(sound) for sound in Sound}
PLACES = [
    (100, Sound.GET_READY),
    (30_000, Sound.TICK),
    (60_001, Sound.SESSION_END),
    (60_001, Sound.TICK),
    (150_000, Sound.TICK),
    (200_000, Sound.PHASE),
]
EXPECTED = [Expected(frame, LIBRARY[sound], sound) for frame, sound in PLACES]


def recording(places, before=50_000):
    heard = np.zeros(before + 6 * RATE, np.int16)
    for frame, sound in places:
        heard[before + frame : before + frame + len(LIBRARY[sound])] += LIBRARY[sound]
    return heard


def moved(number, by):
    return [(frame + by * (index == number), sound) for index, (frame, sound) in enumerate(PLACES)]


def test_a_faithful_recording_passes_wherever_it_begins():
    assert assert_heard(recording(PLACES), EXPECTED) == [0] * len(PLACES)
    assert_heard(recording(PLACES, before=123), EXPECTED)
    assert_heard(recording(PLACES, before=10 * RATE), EXPECTED)


def test_a_sound_in_the_wrong_place_or_missing_is_noticed():
    for number in range(len(PLACES)):
        for by in (2, -2, 300)[number % 3 :][:1] if number else ():
            with pytest.raises(AssertionError, match=r"frames late|not heard"):
                assert_heard(recording(moved(number, by)), EXPECTED)
        without = [place for index, place in enumerate(PLACES) if index != number]
        with pytest.raises(AssertionError, match=r"not heard|something else"):
            assert_heard(recording(without), EXPECTED)


def test_one_frame_is_forgiven():
    assert assert_heard(recording(moved(1, 1)), EXPECTED) == [0, 1, 0, 0, 0, 0]


def test_a_gap_moves_what_follows():
    heard = recording(PLACES)
    heard = np.concatenate((heard[:100_000], np.zeros(1814, np.int16), heard[100_000:]))
    assert lateness(heard, EXPECTED) == [0, 0, 1814, 1814]  # the two that overlap are not looked for


def test_a_sound_that_is_not_there_has_no_lateness():
    assert lateness(recording([PLACES[0], *PLACES[2:]]), EXPECTED) == [0, None, 0, 0]


def test_drift_is_seen():
    drifting = [(frame + 2 * index, sound) for index, (frame, sound) in enumerate(PLACES)]
    assert lateness(recording(drifting), EXPECTED) == [0, 2, 8, 10]


def test_something_else_and_silence_are_noticed():
    for frame in (-20_000, 40_000, 215_000):
        heard = recording(PLACES)
        heard[50_000 + frame : 50_000 + frame + 100] = 50
        with pytest.raises(AssertionError, match="something else"):
            assert_heard(heard, EXPECTED)
    with pytest.raises(AssertionError, match="the first sound was not heard"):
        assert_heard(np.zeros(RATE, np.int16), EXPECTED)


def test_sounds_are_found_without_being_told_where_they_are():
    alone = [place for place in PLACES if place[0] != 60_001] + [(60_001, Sound.SESSION_END)]
    found = find_sounds(recording(alone), LIBRARY)
    assert found == sorted((50_000 + frame, sound) for frame, sound in alone)
    assert find_sounds(np.zeros(RATE, np.int16), LIBRARY) == []


def test_where_it_is_ducked_is_found_to_the_millisecond_and_a_missing_sample_is_noticed():
    plain = (8000 * np.sin(np.arange(3 * RATE) / 20)).astype(np.int16)
    plain[RATE // 2 : RATE] = 0
    turns, attenuator, parts = (20_000, 60_000, 100_000, 140_000), Attenuator(), []
    for number, part in enumerate(np.split(plain, turns)):
        attenuator.duck(on=number % 2 == 1)
        parts.append(np.frombuffer(attenuator.apply(part.tobytes()), np.int16))
    heard = np.concatenate(parts)
    assert np.abs(np.subtract(ducked(heard, plain), turns)).max() < RATE // 1000
    assert ducked(plain, plain) == []
    for place in (10_000, 20_100, 80_000, 110_000):
        shortened = np.append(np.delete(heard, place), heard[-1:])
        with pytest.raises(AssertionError, match="neither"):
            ducked(shortened, plain)


def test_an_echo_is_the_same_sound_at_each_of_its_delays():
    far = np.random.default_rng(5).integers(-8000, 8000, 10 * CHUNK).astype(np.int16)
    echo = Echo()
    heard = np.concatenate([echo.hear(chunk) for chunk in np.split(far, 10)])
    assert heard == pytest.approx(np.convolve(far, echo.response)[: len(far)], abs=1e-6)
