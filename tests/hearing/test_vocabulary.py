"""What an utterance is taken for: a whole phrase or nothing."""

import pytest

from voicecoach.hearing.transcript import Transcript
from voicecoach.hearing.vocabulary import Clash, Match, Vocabulary, clashes, once, plain

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


def heard(text: str, unprompted: str | None = None, **other) -> Match | None:
    vocabulary = Vocabulary(PHRASES, WARY, called=["Coach"])
    return vocabulary.match(Transcript(text, text if unprompted is None else unprompted, **other))


def test_a_whole_phrase_is_its_meaning_however_it_is_written():
    spoken = {
        "Pause, please.": "pause",
        "PAUSE PLEASE!": "pause",
        "I\N{RIGHT SINGLE QUOTATION MARK}m ready.": "ready",
        "Im ready": "ready",
        "Slower, pleas.": "slower",
        "3.": "3",
        "Three!": "3",
        "Next exercises.": "next",
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


def test_a_phrase_between_two_meanings_is_neither():
    between = Vocabulary({"faster please": "faster", "master please": "slower"})
    assert between.match(Transcript("paster please", "paster please")) is None


def test_an_unlikely_text_is_nothing():
    assert heard("go back", likelihood=-3.0) is None


@pytest.mark.parametrize(("unprompted", "sure"), [("Stop!", True), ("Top.", False), ("", False)])
def test_stop_is_certain_only_when_it_is_heard_without_being_expected_too(unprompted, sure):
    assert heard("Stop.", unprompted) == Match("stop", "stop", sure)


def test_what_is_only_like_a_wary_phrase_is_a_doubt():
    assert heard("This hurt.") == Match("hurts", "this hurts", sure=False)


def test_other_meanings_are_sure_without_a_second_hearing():
    assert heard("Go back.", "Co back") == Match("back", "go back", sure=True)


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
