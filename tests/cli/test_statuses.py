"""The exit status of every kind of end. Those that need a process of their own are in ``test_terminal``."""

import io
import os
import signal
import sys
from contextlib import contextmanager
from typing import Any

import pytest
from fakes.commands import Prearranged, typed
from naming import naming

from voicecoach.__main__ import main as begin
from voicecoach.app import compose
from voicecoach.audio import outputs
from voicecoach.cli import chooser, doctor, one_key, session_in_terminal
from voicecoach.cli.doctor import Finding
from voicecoach.control.sources import Key
from voicecoach.errors import JournalError, OutputError
from voicecoach.journal import store
from voicecoach.journal.store import Journal
from voicecoach.session.commands import Command
from voicecoach.settings import safety

FILES = {
    "mine.yaml": "name: Mine\nsteps: [{exercise: Heel slide, rep: 'slide 1s, back 1s', reps: 2}]\n",
    "wrong.yaml": "name: Wrong\nsteps: [{exercise: Heel slide, reps: many}]\n",
    "hasty.yaml": "name: Hasty\nsteps: [{exercise: Calf, kind: stretch, rep: hold 5s, reps: 1}]\n",
}
LOOSE = "--voice silent --output instant --plain"
PLAY = f"play mine.yaml {LOOSE}"
WRITTEN = f"{PLAY} --journal"
TERM, INT = signal.SIGTERM, signal.SIGINT
HUP = getattr(signal, "SIGHUP", TERM)


class Signalling:
    """A keyboard whose program gets a signal as soon as it listens."""

    def __init__(self, number):
        self.number = number

    @contextmanager
    def connected(self, send, notice):
        os.kill(os.getpid(), self.number)
        yield


class Ending(io.StringIO):
    """A terminal at which typing ends with ``how``, or with Ctrl-D."""

    def __init__(self, how):
        super().__init__()
        self.how = how

    def isatty(self):
        return True

    def readline(self, *_):
        if self.how:
            raise self.how
        return ""


class Person:
    """Somebody who exercised before, sits at a terminal, and is not asked how they are."""

    def __init__(self, run, patch, clock):
        self.run, self.patch, self.clock = run, patch, clock
        self.at_a_terminal()

    def at_a_terminal(self, *, really=True):
        for stream in ("stdin", "stdout"):
            self.patch(f"sys.{stream}.isatty", lambda: really, raising=False)
        self.patch(one_key, "Keyboard", lambda: typed("q"))
        self.patch(session_in_terminal, "Keyboard", typed)

    def in_a_script(self):
        self.at_a_terminal(really=False)

    def is_new(self):
        (store.file().parent / "safety.json").unlink()

    def answers(self, *keys):
        """Before a session."""
        self.clock.step = 2.0
        self.patch(one_key, "Keyboard", lambda: typed(*keys))

    def presses(self, *keys):
        self.asks_for(*map(Key, keys))

    def asks_for(self, *requests):
        self.patch(session_in_terminal, "Keyboard", lambda: Prearranged(*requests))

    def is_signalled_in_the_session(self, number):
        self.patch(session_in_terminal, "Keyboard", lambda: Signalling(number))

    def is_signalled_at_a_question(self, number):
        self.patch(one_key, "Keyboard", lambda: Signalling(number))

    def is_signalled_at_the_start(self, number):
        self.patch(compose, "sounding", lambda *_, **__: os.kill(os.getpid(), number))

    def ends_typing(self, how=None):
        self.patch("sys.stdin", Ending(how))

    def leaves_the_list(self):
        self.patch(chooser, "choose", lambda _: None)
        self.chooses("4", "q")

    def chooses(self, *keys):
        """One key each time that something is to be chosen."""
        pressed = iter(keys)
        self.patch(one_key, "Keyboard", lambda: typed(next(pressed)))

    def has_run(self, *commands):
        for command in commands:
            assert self.run(*command.split()).status == 0

    def has_a_full_disk(self):
        def full(*_):
            raise JournalError("Your disk is full.")

        self.patch(Journal, "add_set", full)

    def has_no_sound(self):
        def none(*_):
            raise OutputError("There is no loudspeaker.")

        self.patch(outputs, "DEVICES", {**outputs.DEVICES, "miniaudio": none})

    def has_a_fault(self):
        self.patch(doctor, "_findings", lambda: iter([Finding("voice", "none", "Add one.", serious=True)]))

    def has_a_folder_for_a_journal(self):
        store.file().mkdir(parents=True)


DONE_FOR_TODAY = ("has_run", "plan new --phase calm", *[f"play {LOOSE} --journal --yes"] * 3)
TABLE: list[tuple[str, list[tuple[Any, ...]], str, int]] = [
    # what happens, then the command, its status
    ("a session is played to its end", [], PLAY, 0),
    ("… and written down", [], WRITTEN, 0),
    ("… and its exercise skipped", [("presses", "n", "n")], PLAY, 0),
    ("… in a script", [("in_a_script",), ("is_new",)], f"{PLAY} --yes", 0),
    ("nothing is due any more", [("in_a_script",), DONE_FOR_TODAY], f"play {LOOSE}", 0),
    ("advice is given", [], "check hasty.yaml", 0),
    ("help is asked for", [], "--help", 0),
    ("a set cannot be written down", [("has_a_full_disk",)], f"{WRITTEN} --yes", 1),
    ("the journal is none", [("has_a_folder_for_a_journal",)], "history", 1),
    ("no sound where some is wanted", [("has_no_sound",)], f"{PLAY} --output miniaudio", 1),
    ("the doctor finds a fault", [("has_a_fault",)], "doctor --quiet", 1),
    ("a name is wrong", [], "play coer", 2),
    ("an option is wrong", [], "play core --rate loud", 2),
    ("a file has mistakes", [], "check wrong.yaml", 2),
    ("advice counts as mistakes", [], "check --strict hasty.yaml", 2),
    ("there is no plan, in a script", [("in_a_script",)], f"play {LOOSE}", 2),
    ("there is nothing to go on with", [], f"resume {LOOSE}", 2),
    ("a copy would replace a file", [("has_run", f"{WRITTEN} --yes")], "backup mine.yaml", 2),
    ("a copy is none", [], "restore mine.yaml", 2),
    ("nobody accepts the notice", [("in_a_script",), ("is_new",)], PLAY, 2),
    ("the notice is declined", [("is_new",), ("answers", "n")], PLAY, 3),
    ("the notice is left", [("is_new",), ("answers", "escape")], PLAY, 3),
    ("the question about an emergency is left", [("is_new",), ("answers", "y", "q")], PLAY, 3),
    ("there is an emergency", [("is_new",), ("answers", "y", "y")], PLAY, 3),
    ("the home page is left", [("chooses", "q")], "", 3),
    ("… after the list", [("leaves_the_list",)], "", 3),
    ("q twice", [("presses", *"qzq")], PLAY, 3),
    ("q and a held one", [("presses", *"qqqq")], PLAY, 0),
    ("Ctrl-C in a session", [("presses", "ctrl+c")], PLAY, 3),
    ("… as a signal", [("is_signalled_in_the_session", INT)], PLAY, 3),
    ("a media key stops it", [("asks_for", Command.STOP)], PLAY, 3),
    ("an exercise hurts", [("presses", "n", "x")], PLAY, 3),
    ("… by a slip", [("presses", "n", "x", "u")], PLAY, 0),
    ("a sentence is stopped", [("presses", *"qzq")], "say Hello. --voice silent --output instant", 3),
    ("a file is not described to its end", [("ends_typing",)], "new my-back", 3),
    ("no profile is told", [("ends_typing",)], "profile", 3),
    ("Ctrl-C where one types", [("ends_typing", KeyboardInterrupt())], "profile", 130),
    ("Ctrl-C at the notice", [("is_new",), ("answers", "ctrl+c")], PLAY, 130),
    ("… as a signal", [("is_new",), ("is_signalled_at_a_question", INT)], PLAY, 130),
    ("Ctrl-C at a question", [("is_signalled_at_a_question", INT)], WRITTEN, 130),
    ("Ctrl-C at the start", [("is_signalled_at_the_start", INT)], PLAY, 130),
    ("SIGTERM in a session", [("is_signalled_in_the_session", TERM)], PLAY, 128 + TERM),
    ("SIGTERM at the notice", [("is_new",), ("is_signalled_at_a_question", TERM)], PLAY, 128 + TERM),
    ("SIGTERM at a question", [("is_signalled_at_a_question", TERM)], WRITTEN, 128 + TERM),
    ("SIGTERM at the start", [("is_signalled_at_the_start", TERM)], PLAY, 128 + TERM),
    ("the terminal is closed", [("is_signalled_in_the_session", HUP)], PLAY, 128 + HUP),
    ("… at a question", [("is_signalled_at_a_question", HUP)], WRITTEN, 128 + HUP),
    ("… at the start", [("is_signalled_at_the_start", HUP)], PLAY, 128 + HUP),
]


@pytest.fixture
def heeds_ctrl_c():
    """What is started in the background, as these tests may be, would ignore it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.skipif(os.name == "nt", reason="a signal ends a program there")
@pytest.mark.usefixtures("heeds_ctrl_c")
@pytest.mark.parametrize("status", sorted({row[-1] for row in TABLE}))
def test_status(status, run, monkeypatch, clock, tmp_path):
    for number, (situation, happens, command, expected) in enumerate(TABLE):
        if expected != status:
            continue
        home = tmp_path / str(number)
        home.mkdir()
        with monkeypatch.context() as here, naming(situation, command):
            here.setenv("VOICECOACH_HOME", str(home / "home"))
            here.chdir(home)
            for name, text in FILES.items():
                (home / name).write_text(text)
            for accept in (safety.accept, safety.rule_out_signs):
                accept(safety.load().version, clock.moment(), print)
            person = Person(run, here.setattr, clock)
            for what, *how in happens:
                getattr(person, what)(*how)
            ran = run(*command.split())
            assert ran.status == status, (ran.out, ran.err)
            assert "Traceback" not in ran.err


def test_ctrl_c_while_the_program_loads_ends_it_without_a_word(monkeypatch, capsys):
    class Interrupting:
        @staticmethod
        def find_spec(name, *_):
            if name == "voicecoach.cli.main":
                raise KeyboardInterrupt

    monkeypatch.delitem(sys.modules, "voicecoach.cli.main")
    monkeypatch.setattr(sys, "meta_path", [Interrupting, *sys.meta_path])
    handler = signal.getsignal(signal.SIGINT)
    try:
        with pytest.raises(SystemExit) as ended:
            begin()
    finally:
        signal.signal(signal.SIGINT, handler)
    assert ended.value.code == 130
    assert capsys.readouterr() == ("", "")
