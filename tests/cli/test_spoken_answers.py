"""Answers to questions that are said instead of typed."""

from contextlib import contextmanager
from dataclasses import replace

import pytest
from fakes import commands as fakes
from fakes.clock import MONDAY_EVENING, FakeClock
from fakes.hearing import Mouth
from fakes.transcripts import understood

from voicecoach import cli
from voicecoach.app.compose import Sounding
from voicecoach.cli import home as homepage
from voicecoach.cli import notices, one_key, page
from voicecoach.cli.home import open_home
from voicecoach.cli.one_key import BACK, Asker
from voicecoach.cli.spoken_answers import UNCLEAR, Answers, CoachSpeech, Spoken, answers, is_certain
from voicecoach.cli.welcome import welcomed
from voicecoach.hearing.vocabulary import LIKE, alike, plain
from voicecoach.language import phrases
from voicecoach.session.microphone import Microphone
from voicecoach.settings import safety
from voicecoach.settings.table import SessionSettings
from voicecoach.timeline.segment import Role, Speak
from voicecoach.training.questions import (
    ARM,
    BARRIER,
    COMMENT,
    EFFORT,
    EMERGENCY,
    FLARE,
    FORM,
    HAS,
    INSTEAD,
    LEG,
    LEGS,
    NOTICE,
    PACE,
    PAIN,
    QUESTIONS,
    SIGN,
    STILL,
    THINGS,
    YES_OR_NO,
    AskedWhen,
    Known,
)
from voicecoach.units import frames

SAY = phrases.load()
SILENT = Sounding("silent", output="instant")


@pytest.fixture
def asking(home, monkeypatch):
    """Ask somebody who answers aloud."""
    notices.begin()
    monkeypatch.setattr(one_key, "Keyboard", fakes.Prearranged)

    def asker(*said, clock=None, **how):
        mouth = Mouth(*said)
        return mouth, Asker(SILENT, clock or FakeClock(step=4.0), patience=0.01, hearing=mouth, **how)

    return asker


@pytest.mark.parametrize(
    ("question", "said", "answer"),
    [
        (PAIN, "three", 3),
        (PAIN, "3.", 3),
        (PAIN, "Ten.", 10),
        (PAIN, "One.", 1),
        (PAIN, "Zero", 0),
        (EFFORT, "Coach, seven", 7),
        (PAIN, "skip", None),
        (PAIN, "leave", None),
        (LEG, "in the thigh", LEGS[1].value),
        (LEG, "Two", LEGS[2].value),
        (LEG, "nothing", LEGS[0].value),
        (ARM, "the hand", ARM.answers[4].value),
        (FORM, "yes", True),
        (FORM, "No.", False),
        (STILL, "nothing", True),
        (STILL, "something", False),
        (PACE, "the same", PACE.answers[1].value),
        (BARRIER, "I forgot", BARRIER.answers[3].value),
        (THINGS, "a mat\none\nfive\nthat's all", (1, 5)),
        (THINGS, "none of them", ()),
        (THINGS, "skip", None),
        (COMMENT, "skip", None),
    ],
)
def test_an_answer_that_is_said_counts_as_its_key(asking, question, said, answer):
    _, ask = asking(said)
    with ask:
        assert ask.answer(question, "What?") == answer
    assert ask.left is (said == "leave")


def test_one_counts_at_once_as_ten_is_a_word_of_its_own(asking):
    clock = FakeClock(step=4.0)
    _, ask = asking("one", "zero", clock=clock)
    with ask:
        assert [ask.answer(PAIN, "How much?") for _ in "ab"] == [1, 0]


def test_it_is_told_once_that_answers_can_be_said_and_an_answer_is_shown_as_its_key(asking, capsys):
    for _ in range(2):
        _, ask = asking("ten", "yes")
        with ask:
            ask.answer(PAIN, "How much?")
            ask.answer(FORM, "Good?")
    told = "You can answer by voice: say a number, yes, no, or skip."
    sign, asked = "● microphone on", ["How much?", "  10", "Good?", "  y"]
    assert capsys.readouterr().out.splitlines() == [sign, told, *asked, sign, *asked]


def test_without_hearing_nothing_is_told_of_it(home, monkeypatch, capsys):
    monkeypatch.setattr(one_key, "Keyboard", fakes.Prearranged)
    with Asker(SILENT, FakeClock(step=4.0), patience=0.01) as ask:
        ask.answer(PAIN, "How much?")
    assert capsys.readouterr().out == "How much?\n"


def test_what_was_heard_is_said_before_the_next_question_and_at_once_where_several_can_be(
    asking, monkeypatch
):
    spoken = []

    def says(ask, sentences, *_):
        spoken.extend((*ask._unspoken, *sentences))
        ask._unspoken = ()

    monkeypatch.setattr(Asker, "_say", says)
    _, ask = asking("three", "yes", "mat\nfive\ndone")
    with ask:
        for question in (PAIN, FORM, THINGS, COMMENT):
            ask.answer(question, f"{question.id}?")
    assert spoken[1:] == [
        *("pain?", "I heard: three.", "form?", "I heard: yes.", "things?"),
        *("I heard: a mat.", "I heard: a stick.", "comment?"),
    ]


def test_a_question_can_be_asked_again_with_how_to_answer_it(asking, monkeypatch):
    spoken, says = [], Asker._say

    def noting(ask, sentences, *more):
        spoken.append(sentences)
        says(ask, sentences, *more)

    monkeypatch.setattr(Asker, "_say", noting)
    _, ask = asking("say that again\nfour")
    with ask:
        assert ask.key("Which?", "1234", listed=("One: this.",)) == "4"
    told = "You can answer by voice: say a number, yes, no, or skip."
    assert spoken == [("Which?", "One: this."), (told, "Which?", "One: this.")]


@pytest.mark.parametrize("microphone", [Microphone.STARTING, Microphone.VOICE, Microphone.LOST])
def test_the_screen_tells_what_the_microphone_does(asking, capsys, microphone):
    mouth, ask = asking("four")
    mouth.microphone = microphone
    with ask:
        ask.answer(PAIN, "How much?")
    sign = {Microphone.STARTING: "○ microphone starts", Microphone.LOST: "! microphone lost"}
    assert capsys.readouterr().out.splitlines()[0] == sign.get(microphone, "● microphone on")


@pytest.mark.parametrize("question", [NOTICE, EMERGENCY, SIGN, *HAS.values()])
def test_a_yes_or_no_about_safety_has_to_be_certain(asking, capsys, question):
    _, ask = asking("no?", "yes")
    with ask:
        assert is_certain(question)
        assert ask.answer(question, "Really?") is None
        ask.reopen()
        assert ask.answer(question, "Really?") is True
    shown = capsys.readouterr().out.splitlines()
    assert shown[2:] == ["Really?", "I am not sure what you said. Press or say yes or no.", "Really?", "  y"]


def test_an_answer_that_is_not_certain_will_do_elsewhere(asking):
    _, ask = asking("three?", "yes?")
    with ask:
        assert [ask.answer(each, "What?") for each in (PAIN, FORM)] == [3, True]
    assert not any(map(is_certain, (PAIN, FORM, FLARE)))


def test_who_says_it_twice_answers_one_question(asking):
    _, ask = asking("three", "three\nfour", clock=FakeClock())
    with ask:
        assert [ask.answer(each, "What?") for each in (PAIN, EFFORT)] == [3, 4]


def test_going_back_and_answering_later_can_be_said_only_where_they_are_offered(asking):
    _, ask = asking("go back", "go back", later=True)
    with ask:
        assert ask.answer(FORM, "What?", goes_back=True) == BACK
        assert ask.answer(FORM, "What?") is None
    for later in (True, False):
        _, ask = asking("ask me later", later=later)
        with ask:
            ask.answer(PAIN, "What?")
        assert ask.put_off is later


def test_skip_is_no_answer_where_enter_is_one(asking):
    mouth, ask = asking("skip")
    with ask:
        assert ask.answer(STILL, "What?") is None
    assert "skip" not in mouth.expected[0]


@pytest.mark.parametrize("text", ["now", "for", "done", "I have none", "one two", "yes I think so maybe"])
def test_what_is_only_like_an_answer_is_none(text):
    for question in (PAIN, FORM):
        assert Answers(answers(question, SAY), CoachSpeech(FakeClock()), SAY).match(understood(text)) is None


def test_an_answer_that_is_not_certain_has_to_be_likely():
    expected = Answers(answers(PAIN, SAY), CoachSpeech(FakeClock()), SAY)
    for text, unprompted, likelihood, counts in (
        ("4,", "Four.", -4.0, True),
        ("five", "Bye.", -1.0, True),
        ("10.", "Tin", -3.6, False),  # a two
    ):
        heard = understood(text, unprompted, likelihood)
        assert (expected.match(heard) is not None) is counts, text


def test_names_can_be_said_for_their_keys(asking):
    _, ask = asking("Bird dog", "two")
    with ask:
        assert ask.key("Which?", "123", words={"bird dog": "2"}) == "2"
        assert ask.key("Which?", "123") == "2"


@pytest.fixture
def reading():
    """A coach that begins to read the answers, which can be said, on a clock."""
    clock = FakeClock()
    coach = CoachSpeech(clock)
    coach.began()
    coach.event_started(Speak(0, frames(2), "Do you feel anything?", Role.CUE))
    clock.sleep(2)
    coach.event_started(
        Speak(frames(2), frames(10), "One, in the thigh. Two, the knee. Three, or four.", Role.CUE)
    )
    return coach, clock


def test_while_the_coach_reads_the_answers_only_a_certain_other_one_counts(reading):
    coach, clock = reading
    expected = Answers(answers(LEG, SAY), coach, SAY)
    heard = {each: understood(each) for each in ("one", "in the thigh", "four")}
    heard["four?"] = understood("four", "or")

    def counted():
        return [text for text, each in heard.items() if expected.match(each)]

    assert counted() == ["four"]
    clock.sleep(4)
    assert counted() == ["one", "in the thigh", "four"]
    clock.sleep(5)
    assert counted() == ["one", "in the thigh"]
    clock.sleep(1)
    coach.ended()
    assert counted() == ["one", "in the thigh"]
    clock.sleep(1.1)
    assert counted() == [*heard]
    assert expected.match(heard["four?"]).meaning == Spoken("4")


def test_an_answer_about_safety_counts_only_when_the_question_is_over(reading):
    coach, clock = reading
    expected = Answers(answers(EMERGENCY, SAY), coach, SAY, certain=True)
    assert expected.match(understood("no")) is None
    coach.ended()
    assert expected.match(understood("no")) is None
    clock.sleep(1.1)
    assert expected.match(understood("no")).meaning == Spoken("n")
    assert expected.match(understood("no", "know")).meaning is UNCLEAR


def test_every_answer_can_be_said_and_none_is_like_another():
    for question in QUESTIONS:
        said = answers(question, SAY)
        unsaid = set(question.keys) - {*said.values(), "enter", "g", "l"}
        assert not unsaid, question.id
        like = {
            (one, other)
            for one, key in said.items()
            for other, meant in said.items()
            if key != meant and " " in other and alike(plain(one), plain(other)) >= LIKE
        }
        assert not like, question.id


def test_the_words_of_answers_are_those_of_questions_and_their_keys():
    known = {each.id: each for each in QUESTIONS}
    for name in SAY.names("spoken.answers.to"):
        if name != "sound":
            keys = {*SAY.names(f"spoken.answers.to.{name}")}
            assert keys <= {*known[name].keys} | {"0", "enter"}, name
    assert {each.id for each in QUESTIONS if each.answers == YES_OR_NO}.isdisjoint(
        SAY.names("spoken.answers.to")
    )


@pytest.fixture
def at_terminal(home, monkeypatch):
    """Somebody at a terminal who types nothing; what the coach says is noted."""
    notices.begin()
    monkeypatch.setattr(cli, "clock", FakeClock(step=4.0))
    spoken: list[str] = []

    def says(ask, sentences, _, *shown):
        spoken.extend((*ask._unspoken, *sentences))
        ask._unspoken = ()
        ask.show(*shown)

    monkeypatch.setattr(one_key, "Keyboard", fakes.Prearranged)
    monkeypatch.setattr(Asker, "_say", says)
    for stream in ("stdin", "stdout"):
        monkeypatch.setattr(f"sys.{stream}.isatty", lambda: True, raising=False)
    return spoken


CHOSEN = SessionSettings(voice="silent", output="instant")


def test_a_newcomer_can_be_welcomed_by_voice(at_terminal):
    mouth = Mouth("yes", "no", "no", "no", "no", "a mat\nthat's all")
    found = welcomed(CHOSEN, Known(moment=AskedWhen.BEFORE), unasked=False, hearing=mouth)
    assert found is not None
    assert found.hearing is mouth
    assert found.known.asked[THINGS.id] == (1,)
    assert not mouth.said
    assert at_terminal.index("Do you have any of them now? Press y for yes, or n for no.") < len(at_terminal)


def test_the_choices_at_home_are_read_out_with_their_numbers_and_can_be_said(at_terminal, monkeypatch):
    played: list[str] = []
    for answer in (safety.accept, safety.rule_out_signs):
        answer(safety.load().version, MONDAY_EVENING, pytest.fail)
    monkeypatch.setattr(homepage, "_play", lambda routine, welcome: played.append(routine))
    open_home(replace(CHOSEN, questions=False), Mouth("one"))
    assert played
    assert [each for each in at_terminal if each.startswith("One: ")]
    assert at_terminal[-1] == "Press Enter for 1, or the number of your choice."


def test_the_microphone_is_open_at_home_only_at_a_terminal(run, at_terminal, monkeypatch):
    opened: list[object] = []
    mouth = Mouth("leave")

    @contextmanager
    def heard(chosen):
        opened.append(chosen)
        yield mouth

    for answer in (safety.accept, safety.rule_out_signs):
        answer(safety.load().version, MONDAY_EVENING, pytest.fail)
    monkeypatch.setattr(homepage, "heard", heard)
    for at_terminal_now in (True, False):
        monkeypatch.setattr(page, "at_terminal", lambda there=at_terminal_now: there)
        run("home", "--no-questions")
        assert len(opened) == len(mouth.expected) == 1


def test_the_calm_routine_is_taken_or_not_by_its_name(asking):
    for said, answer in (("Calm start", None), ("yes", None), ("Core", True), ("Core?", None)):
        _, ask = asking(said)
        with ask:
            assert ask.answer(INSTEAD, "?", words={"Calm start": "enter", "Core": "w"}) is answer, said
