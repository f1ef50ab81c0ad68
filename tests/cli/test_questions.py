"""Questions before and after a session, with typed keys; real terminals are in ``test_terminal``."""

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest
from fakes import commands as fakes
from fakes.clock import FakeClock
from fakes.journal import session_on
from naming import naming

from voicecoach.app.compose import Sounding
from voicecoach.audio import outputs
from voicecoach.audio.outputs import InstantOutput
from voicecoach.cli import one_key
from voicecoach.cli.one_key import Asker
from voicecoach.cli.questions import Questions
from voicecoach.journal import store
from voicecoach.journal.records import Felt
from voicecoach.journal.store import Journal
from voicecoach.session.listener import Ending
from voicecoach.settings.table import SessionSettings
from voicecoach.training.questions import WORST_PAIN

SILENT = Sounding("silent", output="instant")
DONE = SimpleNamespace(results=[SimpleNamespace(ending=Ending.DONE)])
AFTER_A_MISSED_WEEK = """
Press 0 to 9, or t for 10. Enter skips a question, q skips all of them.
How much did it hurt at the worst, from zero, no pain, to ten, the worst?
  3
How hard was it, from zero, like rest, to ten, all you had?
Did your movements stay as they should be? Press g for good, or l when the form
was lost.
  g
Last week had no session, and that is all right. What was most in the way? One,
no time. Two, pain. Three, it was dull. Four, I forgot. Five, something else.
  4
Tie it to something you do anyway, such as your morning coffee. Or let
'voicecoach plan calendar' remind you.
"""


class Kept:
    """A session in the journal."""

    def __init__(self):
        self.written = session_on(0)

    def say(self, answered):
        self.written = answered


@pytest.fixture
def typed(home, monkeypatch):
    """Type keys ahead."""

    def type_keys(*pressed):
        monkeypatch.setattr(one_key, "Keyboard", lambda: fakes.typed(*pressed))
        for stream in ("stdin", "stdout"):
            monkeypatch.setattr(f"sys.{stream}.isatty", lambda: True, raising=False)

    return type_keys


def asked():
    return Questions(SessionSettings(voice="silent"), FakeClock(step=2.0), asked=True)


def test_after_a_missed_week_a_question_and_a_tip_follow(typed, run, capsys):
    assert run("plan", "new", "--phase", "build").status == 0
    with Journal.open(store.file(), print) as journal:
        journal.begin(replace(session_on(-14), id=0, next_morning=1))
    typed("3", "enter", "g", "4")
    kept = Kept()
    asked().after(kept, DONE)
    assert capsys.readouterr().out == AFTER_A_MISSED_WEEK
    assert kept.written.after == Felt(worst_pain=3, form_ok=True)
    assert kept.written.comment == "In the way last week: I forgot."


def test_without_a_plan_nobody_asks_about_last_week(typed, capsys):
    with Journal.open(store.file(), print) as journal:
        journal.begin(replace(session_on(-14), id=0))
    typed("3", "4", "g", "enter")
    asked().after(Kept(), DONE)
    assert "Last week" not in capsys.readouterr().out


def test_nobody_is_asked_who_did_nothing_or_was_stopped_by_a_signal_or_is_not_written_down(typed, capsys):
    typed("3")
    asked().after(Kept(), SimpleNamespace(results=[]))
    stopped = asked()
    stopped.signalled()
    stopped.after(Kept(), DONE)
    asked().after(SimpleNamespace(written=None), DONE)
    assert capsys.readouterr().out == ""


def test_silence_ends_the_questions(typed, capsys):
    typed()
    with Asker(SILENT, FakeClock(step=2.0), patience=0.01) as ask:
        assert ask.answer(WORST_PAIN, "How much?") is None
        assert (ask.over, ask.left, ask.interrupted) == (True, False, False)
        assert ask.key("Which?", "123") == ""
        assert ask.line("What?") == ""
    assert capsys.readouterr().out == "How much?\n"


def test_a_number_is_a_key_and_ten_may_be_two(typed):
    cases = {"t2": [10, 2], "12": [1, 2], "10": [10], "z7": [7], "011": [0, 1, 1]}
    for pressed, numbers in cases.items():
        typed(*pressed)
        with naming(pressed), Asker(SILENT, FakeClock(step=2.0), patience=0.01) as ask:
            assert [ask.answer(WORST_PAIN, "How much?") for _ in numbers] == numbers


@pytest.mark.parametrize(
    ("pressed", "line"),
    [
        (["q", "é", "right", "enter"], "qé"),
        (["a", "b", "backspace", "backspace", "backspace"], ""),
        ("ab", "ab"),
    ],
)
def test_a_line_can_be_typed_and_mended(typed, pressed, line):
    typed(*pressed)
    with Asker(SILENT, FakeClock(step=2.0), patience=0.01) as ask:
        assert ask.line("What?") == line


def test_an_enter_that_comes_with_an_answer_is_none_to_the_next_question(typed):
    typed("3", "enter", "2")
    with Asker(SILENT, FakeClock(), patience=0.01) as ask:
        assert [ask.answer(WORST_PAIN, "How much?") for _ in "ab"] == [3, 2]


def test_a_line_is_left_with_escape(typed):
    typed("a", "escape", "3")
    with Asker(SILENT, FakeClock(step=2.0), patience=0.01) as ask:
        assert ask.line("What?") == ""


@pytest.mark.processes
def test_a_question_is_spoken(home, monkeypatch):
    heard = []
    monkeypatch.setitem(outputs.OUTPUTS, "instant", lambda _: InstantOutput(sink=heard.extend))
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
