"""What an utterance is taken for: a whole phrase or nothing."""

import pytest
from fakes.transcripts import understood

from voicecoach.hearing.transcript import Guess, Transcript
from voicecoach.hearing.vocabulary import (
    LIKELY,
    LIKELY_OF_WARY,
    Clash,
    Match,
    Vocabulary,
    clashes,
    once,
    plain,
)

PHRASES = {
    "pause please": "pause",
    "pause": "pause",
    "go on": "resume",
    "go back": "back",
    "next exercise": "next",
    "slower please": "slower",
    "faster please": "faster",
    "I'm ready": "ready",
    "stop": "stop",
    "stop the session": "stop",
    "this hurts": "hurts",
    "3": "3",
    "three": "3",
}
WARY = {"stop", "hurts"}


def heard(text: str, unprompted: str | None = None, likelihood: float = -0.1) -> Match | None:
    return Vocabulary(PHRASES, WARY, called=["Coach"]).match(understood(text, unprompted, likelihood))


def guessed(*hearings: dict[str, float], unprompted: str = "anything else") -> Match | None:
    guesses = tuple(tuple(Guess(*each) for each in hearing.items()) for hearing in hearings)
    return Vocabulary(PHRASES, WARY, called=["Coach"]).match(Transcript(unprompted, guesses))


def test_a_whole_phrase_is_its_meaning_however_it_is_written():
    spoken = {
        "Pause, please.": "pause",
        "PAUSE PLEASE!": "pause",
        "I\N{RIGHT SINGLE QUOTATION MARK}m ready.": "ready",
        "Im ready": "ready",
        "3.": "3",
        "Three!": "3",
    }
    assert {text: match and match.meaning for text in spoken if (match := heard(text))} == spoken


def test_the_name_of_the_coach_before_a_phrase_is_dropped_and_never_required():
    assert heard("Coach, go back.") == heard("Go back") == Match("back", "go back")
    assert heard("Coach.") is None


def test_a_phrase_inside_a_sentence_is_not_obeyed():
    sentences = (
        "Stop it, you silly dog.",
        "I paused the film",
        "we go on holiday",
        "what hurts is my knee",
        "pause please, I said to the children",
        "",
        "...",
        "you",
    )
    assert [each for each in sentences if heard(each)] == []


def test_what_is_said_again_and_again_counts_once():
    assert heard("Stop, stop, stop!") == Match("stop", "stop", sure=True)
    assert heard("go back go back go back go") == Match("back", "go back")


@pytest.mark.parametrize(
    ("text", "told"),
    [("go on go on go", "go on"), ("a b a c", "a b a c"), ("go", "go"), ("", ""), ("three three", "three")],
)
def test_only_a_text_that_is_nothing_but_a_loop_is_one(text, told):
    assert once(text) == told


def test_several_phrases_of_one_meaning_are_one_and_of_two_none():
    assert heard("Stop, stop the session!") == Match("stop", "stop")
    assert heard("pause please, pause, pau") == Match("pause", "pause please")
    assert heard("Stop, go back.") is None


def test_a_phrase_that_only_the_expecting_ear_heard_has_to_be_likely():
    assert heard("Go back.", "Go ba.", LIKELY) == Match("back", "go back")
    assert heard("Go back.", "Go ba.", LIKELY - 0.1) is None


def test_what_is_only_like_a_phrase_is_none():
    assert heard("slower pleas", "So lower please") is None
    assert heard("I'm not ready") is None


def test_each_hearing_counts_as_much_and_all_guesses_of_one_meaning_together():
    assert guessed({"faster please": -2.0}, {"slower please": -3.0}) == Match("faster", "faster please")
    assert guessed({"Fast, please": -0.5, "slower please": -3.0}, {"Slower please": -2.0}) == Match(
        "slower", "slower please"
    )
    assert guessed({"stop": -3.0, "pause": -3.2, "pause please": -3.2}) == Match("pause", "pause")


def test_what_only_one_hearing_suggests_counts_little():
    assert guessed({"go back": -0.5}, {"Go bag": -0.4, "Go, Ben": -6.0}) == Match("back", "go back")
    assert guessed({"go back": -0.5}, {"Go bag": -0.4, "Go, Ben": -11.0}) is None


def test_a_meaning_that_has_to_be_certain_has_to_be_likelier():
    assert guessed({"stop": LIKELY_OF_WARY}) == Match("stop", "stop", sure=False)
    assert guessed({"stop": LIKELY_OF_WARY - 0.1}) is None


def test_the_phrases_that_are_expected_end_where_each_meaning_has_one():
    assert Vocabulary({"halt": 1, "go back": 2, "stop": 1, "stop please": 1}).expected == ("halt", "go back")
    assert Vocabulary({"halt": 1}, called=["Coach"]).expected == ("coach", "halt")
    assert Vocabulary({}).expected == ()


def test_a_repeated_phrase_that_is_nothing_like_what_was_heard_unprompted_is_an_invention():
    assert heard("I'm ready, I'm ready", "Let us call the dogs") is None
    assert heard("go back, go back, go back", "Turn it off") is None


def test_stop_is_certain_only_when_it_is_heard_without_being_expected_too():
    assert heard("Stop.", "Stop!") == Match("stop", "stop", sure=True)
    assert heard("Stop.", "Stop it!") == Match("stop", "stop", sure=False)
    assert heard("Stop at.", "Stop.") == Match("stop", "stop", sure=False)


def test_what_is_heard_unprompted_counts_whatever_the_prompt_makes_of_it():
    assert heard("no, no, I'm not, I'm not", "Go on.") == Match("resume", "go on")
    assert heard("three", "3.") == Match("3", "three")


def test_letters_of_every_language_are_compared():
    assert (
        plain("L\N{LATIN SMALL LETTER E WITH ACUTE}g\N{LATIN SMALL LETTER E WITH GRAVE}re_ment !")
        == "légère ment"
    )


def test_words_of_ones_own_are_told_apart_from_the_others_and_from_what_the_coach_says():
    own = {"halt please": "pause", "faster pleas": "slower", "rest now": "pause", "!": "pause", "hop": "next"}
    assert clashes(own, PHRASES, ["Rest now."]) == [
        Clash("faster pleas", "phrase", "faster please"),
        Clash("rest now", "said", "Rest now."),
        Clash("!", "empty"),
        Clash("hop", "short"),
    ]
    assert [each.is_warning for each in clashes({"hop": "next", "": "next"}, PHRASES)] == [True, False]
