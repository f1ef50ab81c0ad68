import math

import numpy as np
import pytest

from voicecoach.hearing.levels import FLOOR, LATEST, LEARNED, UNSETTLED, Levels, level

NOISE = -60.0
COACH = -20.0


def coach_speaks(levels, moments, *, loss=0.0, gain=-10.0, learn=True):
    """Let the coach be heard at once, ``loss`` decibels of it taken out; return the last echo expected."""
    echo = -math.inf
    for _ in range(moments):
        near = COACH + gain
        echo = levels.hear(near, COACH, max(near - loss, NOISE), 0, learn=learn)
    return echo


def silence(levels, moments):
    for _ in range(moments):
        echo = levels.hear(NOISE, FLOOR, NOISE, 0, learn=True)
    return echo


def test_the_level_of_a_sound():
    assert level(np.full(512, 3277, np.int16)) == pytest.approx(-20, abs=0.01)
    assert level(np.zeros(512, np.int16)) == FLOOR


def test_no_echo_is_expected_of_a_silent_coach():
    levels = Levels()
    assert silence(levels, 50) == -math.inf
    assert levels.noise == NOISE


def test_anything_may_be_echo_until_the_coach_was_heard_for_a_while():
    levels = Levels()
    silence(levels, 50)
    assert coach_speaks(levels, LEARNED - 1) == 0.0
    assert coach_speaks(levels, 1) == pytest.approx(-30 + UNSETTLED)


def test_what_is_taken_out_is_not_expected():
    levels = Levels()
    silence(levels, 50)
    assert coach_speaks(levels, 100, loss=25) == pytest.approx(-55)
    assert levels.loss == pytest.approx(25)


def test_an_echo_dies_away():
    levels = Levels()
    silence(levels, 50)
    coach_speaks(levels, 100)
    assert -45 < silence(levels, 5) < -30 + UNSETTLED
    assert silence(levels, 50) == -math.inf


def test_a_coach_in_headphones_does_not_hide_a_voice():
    levels = Levels()
    silence(levels, 50)
    echoes = [levels.hear(NOISE, COACH, NOISE, None, learn=True) for _ in range(LATEST + LEARNED)]
    assert set(echoes[:-1]) == {0.0}
    assert echoes[-1] == -math.inf


def test_a_voice_teaches_nothing_about_the_echo():
    levels = Levels()
    silence(levels, 50)
    before = coach_speaks(levels, 100, loss=25)
    assert coach_speaks(levels, 100, loss=0, gain=10, learn=False) == before


def test_an_echo_is_expected_as_late_as_it_may_come_while_its_delay_is_unknown():
    levels = Levels()
    silence(levels, 50)
    coach_speaks(levels, LATEST + LEARNED)
    echoes = [levels.hear(NOISE, FLOOR, NOISE, None, learn=True) for _ in range(LATEST + 30)]
    assert all(echo == pytest.approx(-30 + UNSETTLED) for echo in echoes[: LATEST - 1])
    assert echoes[-1] == -math.inf


def test_at_another_delay_the_echo_is_learned_anew():
    levels = Levels()
    silence(levels, 50)
    coach_speaks(levels, 100, loss=25)
    assert levels.hear(COACH, COACH, NOISE, 8000, learn=True) == 0.0
    assert levels.loss == 0.0
