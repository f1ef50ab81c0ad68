"""Questions before and after a session, with typed keys; real terminals are in ``test_terminal``."""

import math
import re
from contextlib import contextmanager
from dataclasses import replace
from types import SimpleNamespace
from typing import Any, ClassVar

import numpy as np
import pytest
from fakes import commands as fakes
from fakes.clock import MONDAY_EVENING, FakeClock
from fakes.journal import session_on, sets_of

from voicecoach.app.compose import Sounding
from voicecoach.audio import outputs
from voicecoach.audio.outputs import InstantOutput
from voicecoach.cli import notices, one_key, session_in_terminal
from voicecoach.cli.home import open_home
from voicecoach.cli.one_key import Asker
from voicecoach.cli.pressed_keys import Pressed
from voicecoach.cli.questions import Beginning, Questions
from voicecoach.cli.welcome import Welcome
from voicecoach.control.keyboard import OTHER
from voicecoach.control.sources import GONE, Key
from voicecoach.errors import Declined, VoiceFailed
from voicecoach.journal.records import Session
from voicecoach.language import phrases
from voicecoach.routine.files.library import Library
from voicecoach.routine.instructions import NO_INSTRUCTIONS
from voicecoach.routine.region import Region
from voicecoach.session.listener import Ending
from voicecoach.settings import safety
from voicecoach.settings.table import SessionSettings
from voicecoach.training.questions import (
    FORM,
    INSTEAD,
    LEG,
    STILL,
    THINGS,
    WELCOME,
    WORST_PAIN,
    AskedWhen,
    Known,
)
from voicecoach.training.stats import trained

SILENT = Sounding("silent", output="instant")


@pytest.fixture
def typed(home, monkeypatch):
    """Type keys ahead."""

    def type_keys(*pressed):
        monkeypatch.setattr(one_key, "Keyboard", lambda: fakes.typed(*pressed))
        for stream in ("stdin", "stdout"):
            monkeypatch.setattr(f"sys.{stream}.isatty", lambda: True, raising=False)

    return type_keys


def test_nobody_is_asked_whose_session_a_signal_stopped(typed, capsys):
    typed("3")
    stopped = Questions(SessionSettings(voice="silent"), FakeClock(step=2.0), asked=True)
    stopped.signalled()
    kept: Any = SimpleNamespace(written=session_on(0))
    done: Any = SimpleNamespace(results=[SimpleNamespace(ending=Ending.DONE)])
    stopped.after(kept, done)
    assert capsys.readouterr().out == ""


def test_who_stops_in_the_first_set_is_asked_as_the_day_counts(typed, capsys):
    walk = sets_of(Library.default().exercise("brisk_walk"), share=0.5, ending=Ending.STOPPED)
    skipped = tuple(replace(each, ending=Ending.SKIPPED, seconds=9.0) for each in walk)
    begun = tuple(replace(each, seconds=1.0) for each in walk)
    for sets, asked in ((walk, True), (skipped, False), (begun, False)):
        typed()
        session = replace(session_on(0, sets), finished=False)
        kept: Any = SimpleNamespace(
            written=session, past=(), steps=(), say=pytest.fail, leave_open=list, settle=list
        )
        over: Any = SimpleNamespace(steps=())
        chosen = SessionSettings(voice="silent", output="instant")
        Questions(chosen, FakeClock(step=60.0), asked=True).after(kept, over)
        assert trained(session) is asked
        assert ("How much did it hurt" in capsys.readouterr().out) is asked


def test_answers_are_taken_though_the_journal_cannot_be_written_any_more(typed, capsys):
    class Kept:
        past, steps = (), ()
        leave_open = settle = list  # nothing of it matters here
        said: ClassVar[list[Session]] = []

        @property
        def written(self):
            return None if self.said else session_on(0, sets_of(Library.default().exercise("brisk_walk")))

        def say(self, session):
            self.said.append(session)

    typed("3", "4", "2")
    over: Any = SimpleNamespace(steps=())
    kept: Any = Kept()
    Questions(SessionSettings(voice="silent"), FakeClock(step=2.0), asked=True).after(kept, over)
    assert len(kept.said) > 1
    assert (kept.said[-1].after.worst_pain, kept.said[-1].after.effort) == (3, 2)


def test_silence_ends_the_questions(typed, capsys):
    typed()
    with Asker(SILENT, FakeClock(step=2.0), patience=0.01) as ask:
        assert ask.answer(WORST_PAIN, "How much?") is None
        assert (ask.over, ask.left, ask.interrupted) == (True, False, False)
        assert ask.key("Which?", "123") == ""
        assert ask.line("What?") == ""
    assert capsys.readouterr().out == "How much?\n"


def test_near_the_end_of_silence_the_rest_is_told_once_or_goes_down_in_its_place(monkeypatch, capsys):
    monkeypatch.setattr(one_key, "Keyboard", fakes.Prearranged)
    for counts in (False, True):
        with Asker(
            SILENT, FakeClock(step=2.0), patience=16, unanswered="ask.unanswered", counts=counts
        ) as ask:
            assert ask.answer(WORST_PAIN, "How much?") is None
        assert (ask.over, ask.left) == (True, False)
        shown = capsys.readouterr().out
        assert shown.startswith("How much?\n")
        assert shown.endswith("There was no answer, so I go on without one.\n")
        left = [int(number) for number in re.findall(r"(\d+) seconds? left to answer", shown)]
        assert left == sorted(left, reverse=True)
        assert (len(left) > 1) is ("\r" in shown) is counts


@pytest.mark.parametrize("counts", [False, True])
@pytest.mark.parametrize("late", [0, 20])
def test_a_key_that_comes_while_the_rest_is_told_answers(monkeypatch, counts, late):
    monkeypatch.setattr(one_key, "Keyboard", fakes.Prearranged)
    clock = FakeClock(step=2.0)
    with Asker(SILENT, clock, patience=16, counts=counts) as ask:
        say = ask._say

        def told(sentences, wanted, *shown):
            say(sentences, wanted, *shown)
            if "seconds left" in "".join(sentences):
                ask._press("4", said=False)
                assert ask._pressed.are_there, "the voice need not go on"
                clock.time += late

        monkeypatch.setattr(ask, "_say", told)
        assert ask.answer(WORST_PAIN, "How much?") == 4


def test_a_wrong_key_is_answered_with_those_that_answer(monkeypatch, capsys):
    spoken, says = [], Asker._say

    def noting(ask, sentences, *more):
        spoken.append(sentences)
        says(ask, sentences, *more)

    monkeypatch.setattr(one_key, "Keyboard", lambda: fakes.typed(*"?é?"))
    monkeypatch.setattr(Asker, "_say", noting)
    for question, keys in (
        (WORST_PAIN, "0 to 9"),
        (FORM, "y or n"),
        (LEG, "0 to 4"),
        (STILL, "1 or Enter"),
        (INSTEAD, "w or Enter"),
        (THINGS, "0 to 9 or Enter"),
    ):
        spoken.clear()
        with Asker(SILENT, FakeClock(step=2.0)) as ask:
            assert ask.answer(question, "What?") is None
        assert capsys.readouterr().out == "What?\n" + f"Press {keys}.\n" * 3
        assert spoken == [("What?",), (f"Press {keys}.",), (), ()]


def test_a_wrong_key_that_is_held_is_answered_once(typed, capsys):
    typed(*"?" * 30)
    with Asker(SILENT, FakeClock(step=0.01)) as ask:
        ask.answer(WORST_PAIN, "What?")
    assert capsys.readouterr().out == "What?\nPress 0 to 9.\n"


class Hand:
    """Presses keys, each so many seconds after the one before it."""

    def __init__(self, clock, *presses):
        self.clock, self.presses = clock, presses

    @contextmanager
    def connected(self, send, notice):
        for wait, key in self.presses:
            self.clock.sleep(wait)
            send(Key(key))
        send(GONE)
        yield


@pytest.fixture
def pressed(typed, monkeypatch):
    """Ask with an :class:`Hand` that presses keys in their time."""

    def asker(*presses, **how):
        typed()
        clock = FakeClock()
        monkeypatch.setattr(one_key, "Keyboard", lambda: Hand(clock, *presses))
        return Asker(SILENT, clock, patience=0.01, **how)

    return asker


def test_a_key_that_is_hit_twice_or_held_answers_one_question(pressed):
    for again in (0.2, 0.6):
        with pressed((1, "3"), (again, "3"), (1, "3"), (1, "1"), (0.3, "1"), (0.3, "0")) as ask:
            assert [ask.answer(WORST_PAIN, "How much?") for _ in "abc"] == [3, 3, 10]
    with pressed((1, "enter"), (0.5, "enter"), *[(0.03, "enter")] * 300, (1, "2")) as ask:
        assert [ask.answer(WORST_PAIN, "How much?") for _ in "ab"] == [None, 2]


def test_letters_of_a_comment_may_come_twice_but_none_comes_from_the_answer_before(pressed):
    with pressed((1, "y"), (0.3, "y"), (1, "a"), (0.1, "l"), (0.1, "l"), (1, "enter")) as ask:
        assert (ask.answer(FORM, "Good?"), ask.line("What?")) == (True, "all")


def test_the_key_that_ended_a_session_skips_no_question_after_it(pressed):
    held = [(0.4, "q"), *[(0.03, "q")] * 30]
    with pressed(*held, (1, "4"), follows="q") as ask:
        assert ask.answer(WORST_PAIN, "How much?") == 4
    with pressed(*held, (1, "q"), follows="q") as ask:
        assert ask.answer(WORST_PAIN, "How much?") is None
    assert ask.left


def test_questions_can_be_put_off_where_that_is_offered(typed, capsys):
    said = "All right. I will ask the next time you start, today or tomorrow."
    for later, answered in ((True, said), (False, "Press 0 to 9.")):
        typed("w")
        with Asker(SILENT, FakeClock(step=2.0), later=later) as ask:
            assert ask.answer(WORST_PAIN, "How much?") is None
        assert (ask.over, ask.put_off, ask.settled) == (True, later, False)
        assert " ".join(capsys.readouterr().out.split()) == f"How much? {answered}"


def test_what_is_put_off_at_the_home_page_is_not_asked_again_before_what_is_chosen(typed, monkeypatch):
    asked: list[object] = []
    for answer in (safety.accept, safety.rule_out_signs):
        answer(safety.load().version, MONDAY_EVENING, pytest.fail)
    monkeypatch.setattr("voicecoach.app.questions.left_open", lambda *_: asked.append(None))
    monkeypatch.setattr(Questions, "before", lambda *_, **__: Beginning(leaves=True))
    monkeypatch.setattr(session_in_terminal, "_asks", lambda *_, **__: True)
    typed("1")
    with pytest.raises(Declined):
        open_home(SessionSettings(voice="silent", output="instant"))
    assert len(asked) == 1


def test_a_key_without_a_meaning_ends_no_questions_and_loses_no_line(typed, capsys):
    typed(OTHER, "3")
    with Asker(SILENT, FakeClock(step=2.0)) as ask:
        assert ask.answer(WORST_PAIN, "How much?") == 3
    typed("h", OTHER, "i", "enter")
    with Asker(SILENT, FakeClock(step=2.0)) as ask:
        assert ask.line("What?") == "hi"
    assert capsys.readouterr().out == "How much?\nPress 0 to 9.\n  3\nWhat?\nhi\n"


def test_questions_without_a_limit_wait_until_the_window_is_closed(typed, capsys):
    typed("h", "i")
    with Asker(SILENT, FakeClock(step=7.0), patience=math.inf) as ask:
        assert ask.line("What?") == "hi"
        assert (ask.over, ask.left, ask.interrupted) == (True, False, False)
    assert capsys.readouterr().out == "What?\nhi\n"


def test_an_enter_that_comes_with_an_answer_is_none_to_the_next_question(typed):
    typed("3", "enter", "2")
    with Asker(SILENT, FakeClock(), patience=0.01) as ask:
        assert [ask.answer(WORST_PAIN, "How much?") for _ in "ab"] == [3, 2]


def test_all_emergency_signs_are_spoken_as_they_are_shown(typed, monkeypatch, capsys):
    """They stand in for the one line about them, and the advice follows."""
    spoken = []

    def says(ask, sentences, *_):
        spoken.extend((*ask._unspoken, *sentences))
        ask._unspoken = ()

    monkeypatch.setattr(Asker, "_say", says)
    typed("8", "0", "y", "q")
    asked = Questions(SessionSettings(voice="silent"), FakeClock(step=2.0), asked=True)
    known = Known(moment=AskedWhen.BEFORE, answered={each.id: FakeClock().moment() for each in WELCOME})
    wanted: Any = SimpleNamespace(
        routine="core",
        name="Core",
        steps=(),
        asked=None,
        instructions=NO_INSTRUCTIONS,
        region=Region.BACK,
    )
    assert asked.before(wanted, Welcome(known, SessionSettings()), as_written=False).leaves
    say, points = phrases.load(), safety.load().emergency.points
    signs = [say("red.signs"), *points, say("region.back.advice")]
    at = spoken.index(signs[0])
    assert spoken[at - 1].startswith("A sore day.")
    assert spoken[at : at + len(signs)] == signs
    assert say("region.back.urgent") not in spoken
    shown = " ".join(capsys.readouterr().out.split())
    assert all(f"* {point}" in shown for point in points)


@pytest.mark.processes
def test_a_question_is_spoken(home, monkeypatch):
    heard = []
    monkeypatch.setattr(one_key, "Keyboard", fakes.Prearranged)
    monkeypatch.setitem(outputs.STAND_INS, "instant", lambda _: InstantOutput(sink=heard.extend))
    with Asker(Sounding("natural", output="instant"), FakeClock(step=2.0), patience=0.01) as ask:
        assert ask.key("How much does it hurt?", "123") == ""
    assert np.abs(np.array(heard, dtype=np.int64)).max() > 3000


def test_a_voice_that_cannot_be_had_is_told_once_and_the_questions_go_on(typed, capsys):
    typed()
    with Asker(Sounding("nobody"), FakeClock(step=2.0), patience=0.01) as ask:
        ask.key("First?", "123")
        ask.reopen()
        ask.key("Second?", "123")
    shown = capsys.readouterr().out
    assert shown.count("nobody") == 1
    assert shown.endswith("Second?\n")


class WithoutSound:
    """A Studio that finds no loudspeaker and whose voice fails."""

    def __init__(self, _, notice):
        notice("The voice needs a while.")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass

    def attended_by(self, _):
        pass

    def player(self, _, listener, __):
        listener.noticed("No loudspeaker was found.")
        raise VoiceFailed("The voice failed.")


def test_what_is_noticed_is_one_line_once_and_never_between_a_question_and_its_answer(monkeypatch, capsys):
    notices.begin()
    monkeypatch.setattr(one_key, "Keyboard", fakes.Prearranged)
    monkeypatch.setattr(one_key, "Studio", WithoutSound)
    monkeypatch.setattr(Asker, "_next", lambda _: Pressed("y", math.inf))
    for _ in range(2):
        with Asker(Sounding(), FakeClock()) as ask:
            ask.key("Shall we?", ("y", "n"))
            ask.key("Really?", ("y", "n"))
    asked = ["Shall we?", "  y", "Really?", "  y"]
    noticed = "The voice needs a while. No loudspeaker was found. The voice failed."
    assert capsys.readouterr().out.splitlines() == [noticed, *asked, *asked]
