"""``voicecoach listen`` in a room that is made up."""

from pathlib import Path

import pytest
from fakes.quiet_room import COACH, QUIET, QuietRoom
from golden import assert_golden

from voicecoach.app import hearing_check
from voicecoach.app.hearing_check import HearingCheck
from voicecoach.cli import listen
from voicecoach.errors import HearingUnavailable
from voicecoach.hearing import models
from voicecoach.hearing.messages import Level
from voicecoach.hearing.microphone import MicrophoneDevice
from voicecoach.hearing.vocabulary import Vocabulary
from voicecoach.session.commands import WARY
from voicecoach.settings import listen_file

HERE = Path(__file__).with_name("listen")
FOUND = (
    MicrophoneDevice("USB microphone", "alsa_input.usb", is_default=True),
    MicrophoneDevice("Headset", "bluez_input.1"),
    MicrophoneDevice("Monitor of Loudspeaker", "loudspeaker.monitor"),
)


@pytest.fixture
def clock():
    """The room, whose time passes."""
    return QuietRoom()


@pytest.fixture
def tried(run, clock, monkeypatch):
    """Try it with what is said: by its number the words, in the order in which they are asked for."""

    def opened(chosen, words, clock, say, notice):
        return HearingCheck(clock.opened, Vocabulary(words, WARY), clock, say, notice)

    def speak(sentence, sounding, notice, clock, far):
        for _ in range(9):
            clock.told(Level(COACH, QUIET, 0.18, 28.0))

    monkeypatch.setattr(models, "chosen", lambda choice: [])
    monkeypatch.setattr(listen, "list_microphones", lambda: FOUND)
    monkeypatch.setattr(hearing_check, "opened", opened)
    monkeypatch.setattr(hearing_check, "speak", speak)

    def listened(*said, options=()):
        start = 4.0
        for words in said:
            if words:
                clock.says(words, start + 1.0)
            start += 2.6 if words and words != "Um." else 6.2
        return run("listen", *options)

    return listened


ALL = (
    *("Pause please.", "Go on.", "Next exercise.", "Slower, please.", "I'm ready.", "Repeat that."),
    *("More rest.", "Easier please.", "That hurts.", "Stop the session."),
)


def test_who_is_understood_is_told_so(tried):
    found = tried(*ALL)
    assert (found.status, found.err) == (0, "")
    assert_golden(HERE / "well.txt", found.out)


def test_what_goes_wrong_is_shown_with_advice(tried):
    found = tried("Pause please.", "Um.", "", "Go back.", *ALL[4:])
    assert (found.status, found.err) == (0, "")
    assert_golden(HERE / "wrong.txt", found.out)


def test_who_is_not_heard_at_all_is_told_where_to_look(tried):
    found = tried(*[""] * 10)
    assert (found.status, found.err) == (1, "")
    assert_golden(HERE / "silent.txt", found.out)


def test_what_is_heard_is_shown_until_the_person_leaves(tried, clock):
    clock.leaves_after = 12.0
    found = tried("Stop.", "Um.", options=["--free"])
    assert found.status == 130
    assert found.out.splitlines()[-3:] == [
        "Say what you like; Ctrl-C ends it.",
        "    heard 'Stop.': stop",
        "    heard 'Um.': not understood",
    ]
    assert clock.log[-1] == "closed"


def test_microphones_are_only_listed(tried, clock):
    found = tried(options=["--microphones"])
    assert (found.status, found.out.splitlines()[0]) == (0, "Microphones:")
    assert clock.log == []


def test_without_a_model_or_a_microphone_nothing_is_opened(tried, clock, monkeypatch):
    monkeypatch.setattr(listen, "list_microphones", lambda: FOUND[1:])
    none = tried()
    assert none.status == 1
    assert "Headset" in none.out
    assert "Bluetooth" in none.err

    def missing(choice):
        raise HearingUnavailable("Nothing is installed.")

    monkeypatch.setattr(models, "chosen", missing)
    none = tried()
    assert (none.status, none.out, none.err) == (1, "", "Nothing is installed.\n")
    assert clock.log == []


def test_words_of_ones_own_count_and_are_looked_at(tried):
    file = listen_file.file()
    file.parent.mkdir(parents=True)
    file.write_text("pause: [wait for me, halt]\n")
    found = tried("Wait for me.", *ALL[1:])
    assert f"{file}:1:22: 'halt' is short" in found.out
    assert "Right: 10 of 10." in found.out
    file.write_text("puase: wait for me\n")
    assert tried().status == 2
