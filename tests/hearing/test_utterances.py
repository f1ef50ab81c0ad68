import math

import pytest

from voicecoach.hearing.utterances import (
    EVIDENCE,
    LONGEST,
    MARGIN,
    PAUSE,
    SHORTEST,
    Moment,
    Sign,
    Utterances,
)

SILENCE = Moment(0.01, -60.0, -math.inf)
VOICE = Moment(0.9, -30.0, -math.inf)


def heard(*moments):
    """Return the signs that ``moments`` give, each with the index of its moment."""
    utterances = Utterances()
    signs = ((index, utterances.hear(moment)) for index, moment in enumerate(moments))
    return [(index, sign) for index, sign in signs if sign is not None]


def test_silence_gives_no_sign():
    assert heard(*[SILENCE] * 1000) == []


def test_an_utterance_begins_fast_and_ends_after_a_pause():
    signs = heard(*[SILENCE] * 10, *[VOICE] * 20, *[SILENCE] * 40)
    assert signs == [(10 + EVIDENCE - 1, Sign.BEGAN), (30 + PAUSE - 1, Sign.SPOKEN)]


def test_a_pause_between_two_words_does_not_end_it():
    words = [*[VOICE] * 10, *[SILENCE] * (PAUSE - 1), *[VOICE] * 10]
    signs = heard(*words, *[SILENCE] * 40)
    assert [sign for _, sign in signs] == [Sign.BEGAN, Sign.SPOKEN]
    assert signs[-1][0] == len(words) + PAUSE - 1


def test_a_single_likely_moment_is_no_voice():
    assert heard(*([SILENCE] * 5 + [VOICE]) * 20) == []


def test_a_cough_is_a_voice_but_no_utterance():
    signs = heard(*[VOICE] * (SHORTEST - 1), *[SILENCE] * 40)
    assert [sign for _, sign in signs] == [Sign.BEGAN, Sign.ENDED]


def test_a_voice_that_goes_on_is_given_up_until_it_pauses():
    signs = heard(*[VOICE] * 500, *[SILENCE] * PAUSE, *[VOICE] * 20, *[SILENCE] * PAUSE)
    assert [sign for _, sign in signs] == [Sign.BEGAN, Sign.ENDED, Sign.BEGAN, Sign.SPOKEN]
    assert signs[1][0] == LONGEST
    assert signs[2][0] > 500


@pytest.mark.parametrize(("above", "begins"), [(MARGIN - 1, False), (MARGIN + 1, True)])
def test_over_the_coach_a_voice_must_be_louder_than_what_may_be_left_of_it(above, begins):
    signs = heard(*[Moment(0.9, -30.0, -30.0 - above)] * 20)
    assert bool(signs) is begins


def test_it_tells_whether_the_coach_was_heard_in_it():
    utterances = Utterances()
    for moment in [VOICE] * 10 + [SILENCE] * PAUSE:
        utterances.hear(moment)
    assert not utterances.over_coach
    for moment in [VOICE] * 10 + [Moment(0.9, -20.0, -40.0)] * 3 + [SILENCE] * PAUSE:
        utterances.hear(moment)
    assert utterances.over_coach


def test_the_length_covers_the_voice_and_its_pause():
    utterances = Utterances()
    for moment in [SILENCE] * 10 + [VOICE] * 20 + [SILENCE] * PAUSE:
        utterances.hear(moment)
    assert utterances.length == 20 + PAUSE
