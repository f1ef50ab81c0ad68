import pytest

from voicecoach.hearing.utterances import (
    CLEAR,
    LONGEST,
    MARGIN,
    PAUSE,
    SHORTEST,
    Moment,
    Sign,
    Utterances,
)

SILENCE = Moment(0.01, 0.0, coach=False)
VOICE = Moment(0.9, 30.0, coach=False)


def heard(*moments):
    """Return the signs that ``moments`` give, each with the index of its moment."""
    utterances = Utterances()
    signs = ((index, utterances.hear(moment)) for index, moment in enumerate(moments))
    return [(index, sign) for index, sign in signs if sign is not None]


def test_silence_gives_no_sign():
    assert heard(*[SILENCE] * 1000) == []


def test_an_utterance_begins_at_once_and_ends_after_a_pause():
    signs = heard(*[SILENCE] * 10, *[VOICE] * 20, *[SILENCE] * 40)
    assert signs == [(10, Sign.BEGAN), (30 + PAUSE - 1, Sign.SPOKEN)]


def test_a_voice_that_the_model_doubts_begins_when_it_is_loud_for_some_moments():
    doubted = Moment(0.15, 30.0, coach=True)
    assert heard(*[doubted] * 20)[0] == (1, Sign.BEGAN)
    assert heard(*[doubted._replace(above=MARGIN + 1)] * 20) == []


def test_a_pause_between_two_words_does_not_end_it():
    words = [*[VOICE] * 10, *[SILENCE] * (PAUSE - 1), *[VOICE] * 10]
    assert heard(*words, *[SILENCE] * 40) == [(0, Sign.BEGAN), (len(words) + PAUSE - 1, Sign.SPOKEN)]


def test_a_loud_noise_is_no_voice():
    bang = Moment(0.02, 60.0, coach=False)
    assert heard(*([SILENCE] * 5 + [bang] * 3) * 20) == []


def test_a_cough_is_a_voice_but_no_utterance():
    signs = heard(*[VOICE] * (SHORTEST - 1), *[SILENCE] * 40)
    assert [sign for _, sign in signs] == [Sign.BEGAN, Sign.ENDED]


def test_a_voice_that_goes_on_is_given_up_until_it_pauses():
    signs = heard(*[VOICE] * 500, *[SILENCE] * PAUSE, *[VOICE] * 20, *[SILENCE] * PAUSE)
    assert [sign for _, sign in signs] == [Sign.BEGAN, Sign.ENDED, Sign.BEGAN, Sign.SPOKEN]
    assert [index for index, _ in signs[:3]] == [0, LONGEST, 500 + PAUSE]


@pytest.mark.parametrize("speech", [0.5, 1.0])
def test_what_is_no_louder_than_the_coach_may_be_is_no_voice_however_likely(speech):
    assert heard(*[Moment(speech, MARGIN, coach=True)] * 100) == []
    assert heard(*[Moment(speech, CLEAR, coach=True)] * 100)[0][1] is Sign.BEGAN


def test_what_is_left_of_the_coach_does_not_prolong_a_voice():
    left = Moment(0.9, 0.0, coach=True)
    assert heard(*[VOICE] * 20, *[left] * 100) == [(0, Sign.BEGAN), (20 + PAUSE - 1, Sign.SPOKEN)]


def test_it_tells_whether_the_coach_was_heard_in_it():
    utterances = Utterances()
    for moment in [VOICE] * 10 + [SILENCE] * PAUSE:
        utterances.hear(moment)
    assert not utterances.over_coach
    for moment in [VOICE] * 10 + [VOICE._replace(coach=True)] + [SILENCE] * PAUSE:
        utterances.hear(moment)
    assert utterances.over_coach


def test_the_length_covers_the_moments_of_weak_evidence_and_the_pause():
    utterances = Utterances()
    soft = Moment(0.05, 20.0, coach=False)
    for moment in [SILENCE] * 10 + [soft] * 3 + [VOICE] * 20 + [SILENCE] * PAUSE:
        utterances.hear(moment)
    assert utterances.length == 3 + 20 + PAUSE
