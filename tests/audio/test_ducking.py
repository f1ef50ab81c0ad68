"""The curve of the music under speech, frame by frame."""

from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.audio.music_bed import (
    ATTACK,
    BRIDGE,
    DECIBELS,
    FULL,
    HOLD,
    LONG_AGO,
    RELEASE,
    Ducking,
    duck,
    factors,
)

END = 1_000_000
UP = Ducking(0, LONG_AGO)
DOWN = Ducking(FULL, 0)


def depths(*speech, start=0, length=END, before=UP, known=2 * END):
    return duck(speech, known, start, length, before)[0]


def corners(curve):
    """Frames after which the curve changes its slope, each with the depth there."""
    slopes = np.diff(curve, prepend=curve[0])
    return [(int(frame), int(curve[frame])) for frame in np.flatnonzero(np.diff(slopes))]


def test_music_is_down_when_the_word_begins_and_comes_back_after_it():
    assert corners(depths((100_000, 150_000))) == [
        (100_000 - ATTACK - 1, 0),
        (100_000 - 1, FULL),
        (150_000 + HOLD - 1, FULL),
        (150_000 + HOLD + RELEASE - 1, 0),
    ]


def test_it_moves_within_100_to_400_ms_and_by_15_db():
    assert 4_800 <= ATTACK <= RELEASE <= 19_200
    assert np.allclose(
        20 * np.log10(factors(np.array([0, FULL // 3, FULL]))), [0, -DECIBELS / 3, -DECIBELS], atol=1e-4
    )


def test_a_short_pause_is_bridged_and_a_longer_one_is_not():
    for pause, low in ((BRIDGE - 1, True), (BRIDGE, False)):
        curve = depths((100_000, 150_000), (150_000 + pause, 300_000))
        assert (curve[100_000:300_000] == FULL).all() == low
        assert (curve[150_000 : 150_000 + pause] == 0).any() != low


def test_what_comes_after_the_end_of_what_is_known_may_be_a_word():
    assert (depths((100, 50_000), length=60_000, known=60_000)[50_000:] == FULL).all()
    assert depths((100, 50_000), length=150_000, known=150_000)[-1] == 0


def test_a_word_at_the_start_of_the_next_segment_is_prepared():
    curve, after = duck([(100_000, 120_000)], 200_000, 0, 100_000, UP)
    assert curve[-1] == FULL
    assert after == Ducking(FULL, LONG_AGO)


def test_a_pause_over_the_border_of_segments_is_bridged():
    _, after = duck([(1000, 90_000)], 100_000, 0, 100_000, UP)
    assert after == Ducking(FULL, 10_000)
    assert (depths((BRIDGE - 10_001, 200_000), before=after)[:200_000] == FULL).all()
    assert (depths((BRIDGE - 10_000, 200_000), before=after) == 0).any()


def test_when_nothing_was_heard_before_music_begins_where_it_has_to_be():
    assert depths((100, 5000), before=None)[0] == FULL
    assert depths((ATTACK, 90_000), before=None)[0] == FULL
    assert depths((ATTACK + 1, 90_000), before=None)[0] == 0


def test_a_jump_into_silence_releases_from_where_it_was():
    curve = depths(before=Ducking(FULL, LONG_AGO))
    assert curve[:RELEASE].tolist() == list(range(FULL - 1, -1, -1))
    assert not curve[RELEASE:].any()


def test_no_frames_change_nothing():
    curve, after = duck([(100, 5000)], END, 50, 0, DOWN)
    assert (len(curve), after) == (0, Ducking(FULL, 0))


SPEECH = st.lists(st.integers(1, 80_000), max_size=12).map(
    lambda lengths: tuple(pairwise(int(each) for each in np.cumsum(lengths)))[::2]
)


@given(SPEECH, st.lists(st.integers(0, 500_000), max_size=12))
def test_it_is_smooth_and_the_same_however_it_is_cut(speech, cuts):
    whole, _ = duck(speech, 500_000, 0, 500_000, None)
    steps = np.diff(whole)
    assert steps.max() <= 2
    assert steps.min() >= -1
    assert all((whole[on:off] == FULL).all() for on, off in speech if on >= ATTACK)
    parts, state = [], None
    for start, end in pairwise(sorted({0, *cuts, 500_000})):
        part, state = duck(speech, 500_000, start, end - start, state)
        parts.append(part)
    assert np.array_equal(np.concatenate(parts), whole)
