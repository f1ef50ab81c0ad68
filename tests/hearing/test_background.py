"""People who talk all at once do not pause together; one person does."""

import math

from voicecoach.hearing.background import WATCHED, Background

VOICE, PAUSE = 0.9, 0.1


def after(*moments):
    background = Background()
    for level, speech in moments:
        background.hear(level, speech)
    return background.level


def babble(moments):
    """Talk that rises and falls by 6 dB, with gaps too short to be pauses."""
    return [(-40.0 + number % 4 * 2, PAUSE if number % 10 == 0 else VOICE) for number in range(moments)]


def test_talk_without_a_pause_is_a_background_as_loud_as_it_is_again_and_again():
    assert after(*babble(WATCHED)) == -34.0


def test_it_is_none_before_it_has_gone_on_for_long_or_once_it_has_ended():
    assert after(*babble(WATCHED // 2)) == -math.inf
    assert after(*babble(WATCHED), *[(-60.0, PAUSE)] * (WATCHED // 2)) == -math.inf


def test_noise_that_is_no_voice_and_a_person_who_pauses_are_none():
    sentence = [(-30.0, VOICE)] * 40 + [(-60.0, PAUSE)] * 25
    assert after(*[(-30.0, PAUSE)] * WATCHED) == -math.inf
    assert after(*sentence * 5) == -math.inf


def test_a_command_in_it_does_not_raise_it():
    assert after(*babble(WATCHED), *[(-20.0, VOICE)] * 40, *babble(WATCHED - 60)) == -34.0
