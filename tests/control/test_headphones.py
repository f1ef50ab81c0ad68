"""Headphones that are pulled out pause the session; sound that somebody moves does not."""

import os
import signal
import subprocess
import sys
import time
import wave
from contextlib import ExitStack

import numpy as np
import pytest
from bus import until
from room import NEEDED, room

from voicecoach.audio.miniaudio_output import MiniaudioOutput
from voicecoach.control.headphones import TOGETHER, Headphones, Sink, Trail, sinks_in, stream_of
from voicecoach.session.commands import Command
from voicecoach.session.transport import State

GONE = "Gone."

CARD = """\
Sink #3
	State: RUNNING
	Name: alsa_output.pci-0000_00_1f.3.analog-stereo
	Description: Built-in Audio Analog Stereo
	Driver: module-alsa-card.c
	Properties:
		alsa.card = "0"
		device.string = "front:0"
	Ports:
		analog-output-speaker: Speakers (type: Speaker, priority: 10000, availability unknown)
		analog-output-headphones: Headphones (type: Headphones, priority: 9900, {plugged})
	Active Port: {port}
	Formats:
		pcm
"""
HEADSET = """
Sink #7
	State: SUSPENDED
	Name: bluez_sink.AC_12_2F_00_00_01.{profile}
	Properties:
		device.description = "WH-1000XM4"
		device.string = "AC:12:2F:00:00:01"
	Ports:
		headset-output: Headset (type: Headset, priority: 0, available)
	Active Port: headset-output
"""
STREAMS = """\
Sink Input #12
	Client: 6
	Sink: 7
	Properties:
		application.process.id = "4711"

Sink Input #13
	Client: 8
	Sink: 3
	Properties:
		application.process.id = "471"
"""
SPEAKER, WORN = "analog-output-speaker", "analog-output-headphones"


def card(port, plugged="available"):
    return sinks_in(CARD.format(port=port, plugged=plugged))


def headset(profile="a2dp_sink"):
    return sinks_in(HEADSET.format(profile=profile))


def test_what_pactl_prints_is_understood():
    sinks = sinks_in(CARD.format(port=WORN, plugged="not available") + HEADSET.format(profile="a2dp_sink"))
    assert list(sinks) == [3, 7]
    assert (sinks[3].port, sinks[3].device, sinks[3].is_worn) == (WORN, "0", True)
    assert sinks[3].ports[WORN].endswith("not available)")
    assert (sinks[7].device, sinks[7].is_worn) == ("AC:12:2F:00:00:01", True)
    assert [stream_of(STREAMS, process) for process in (4711, 471, 47)] == [7, 3, None]
    assert (sinks_in("Connection failure"), stream_of("", 1)) == ({}, None)


HDMI = {4: Sink("alsa_output.hdmi", device="0")}
USB = {5: Sink("alsa_output.usb", device="1")}


@pytest.mark.parametrize(
    ("what", "seen", "lost"),
    [
        ("headphones pulled out", [(card(WORN), 3), (card(SPEAKER, "not available"), 3)], True),
        (
            "the same, told bit by bit",
            [(card(WORN), 3), (card(SPEAKER), 3), (card(SPEAKER, "not available"), 3)],
            True,
        ),
        ("another port chosen", [(card(WORN), 3), (card(SPEAKER), 3)], False),
        ("headphones plugged in", [(card(SPEAKER, "not available"), 3), (card(WORN), 3)], False),
        ("a headset that is gone", [(headset() | card(SPEAKER), 7), (card(SPEAKER), 3)], True),
        (
            "a headset that is gone after a moment",
            [(headset() | card(SPEAKER), 7), (headset() | card(SPEAKER), 3), (card(SPEAKER), 3)],
            True,
        ),
        (
            "a headset that is gone, heard nowhere for a while",
            [(headset() | card(SPEAKER), 7), (card(SPEAKER), None), (card(SPEAKER), 3)],
            True,
        ),
        ("moved from a headset", [(headset() | card(SPEAKER), 7), (headset() | card(SPEAKER), 3)], False),
        (
            "a headset taken for a call",
            [(headset(), 7), ({8: headset("handsfree_head_unit")[7]}, 8)],
            False,
        ),
        ("plugged in again", [(USB, 5), ({}, None), ({6: USB[5]}, 6)], False),
        ("a loudspeaker unplugged", [(USB | HDMI, 5), (HDMI, 4)], True),
        ("the card goes over to a monitor", [(card(SPEAKER), 3), (HDMI, 4)], False),
        ("the card goes over from headphones", [(card(WORN), 3), (HDMI, 4)], True),
        ("another device vanishes", [(USB | HDMI, 5), (USB, 5)], False),
        ("the server is gone", [(USB, 5), ({}, None)], False),
    ],
)
def test_what_is_lost(what, seen, lost):
    trail = Trail()
    told = [trail.is_lost(sinks, number, float(at) / 10) for at, (sinks, number) in enumerate(seen)]
    assert told == [*[False] * (len(seen) - 1), lost], what


def test_what_vanishes_long_after_the_sound_was_moved_is_no_loss():
    for later, lost in ((TOGETHER, True), (TOGETHER + 0.1, False)):
        trail = Trail()
        assert not trail.is_lost(USB | HDMI, 5, 0.0)
        assert not trail.is_lost(USB | HDMI, 4, 0.0)
        assert trail.is_lost(HDMI, 4, later) is lost
        assert not trail.is_lost(HDMI, 4, later), "told once"


def test_without_pactl_nothing_changes(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    with Headphones(GONE).connected(lambda wish: pytest.fail(str(wish)), pytest.fail):
        pass


class Listening:
    """A room with two loudspeakers, and the output of a session that plays in the first."""

    def __init__(self, made):
        self.room = made
        made.run("pactl", "load-module", "module-null-sink", "sink_name=other", "rate=48000")
        made.run("pactl", "set-default-sink", "room")
        self.output = MiniaudioOutput()
        self.output.start()
        self.asked, self.said = [], []
        until(self.sink)

    def sink(self):
        """The number of the sink in which this program is heard."""
        return self.room.run("pactl", "list", "short", "sink-inputs").split("\t")[1:2]


@pytest.fixture
def listening():
    with room() as made:
        each = Listening(made)
        yield each
        each.output.close(drain=False)


def watching(listening):
    return Headphones(GONE).connected(listening.asked.append, listening.said.append)


@pytest.mark.audio
@NEEDED[1]
def test_a_loudspeaker_that_vanishes_pauses_and_one_that_is_chosen_does_not(listening):
    headphones = Headphones(GONE)
    with headphones.connected(listening.asked.append, listening.said.append):
        time.sleep(0.5)  # until it has looked for the first time
        listening.room.run("pactl", "move-sink-input", stream(listening), "other")
        until(lambda: listening.sink() == ["1"])
        listening.room.run("pactl", "move-sink-input", stream(listening), "room")
        until(lambda: listening.sink() == ["0"])
        time.sleep(TOGETHER + 0.5)
        assert listening.asked == []
        before = time.monotonic()
        listening.room.remove_loudspeaker()
        until(lambda: listening.asked)
        assert time.monotonic() - before < 1.5
        headphones.state_changed(State.PAUSED)
        time.sleep(0.3)
    assert (listening.asked, listening.said) == ([Command.PAUSE], [GONE])


def found(*which):
    """The numbers of the processes that are found."""
    return subprocess.run(["pgrep", *which], check=False, capture_output=True, text=True).stdout.split()


def stream(listening):
    return listening.room.run("pactl", "list", "short", "sink-inputs").split("\t")[0]


@pytest.mark.audio
@NEEDED[1]
def test_a_server_that_hangs_holds_nobody_and_leaves_no_process(listening):
    (server,) = map(int, found("-f", f"{listening.room.folder}/socket"))
    with watching(listening):
        time.sleep(0.5)
        os.kill(server, signal.SIGSTOP)
        began = time.monotonic()
    try:
        assert time.monotonic() - began < 1
        assert found("-P", str(os.getpid()), "pactl") == []
    finally:
        os.kill(server, signal.SIGCONT)


ROUTINE = "name: Long\nsteps:\n  - exercise: Sitting still\n    duration: 2m\n"


@pytest.fixture
def music(tmp_path):
    """A tone that lasts for minutes."""
    path = tmp_path / "tone.wav"
    tone = np.sin(2 * np.pi * 440 / 48_000 * np.arange(48_000)) * 12_000
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, 48_000, 0, "NONE", ""))
        file.writeframes(np.tile(tone.astype("<i2"), 60).tobytes())
    return path


def loud(samples):
    """How many of the hundredths of a second are loud."""
    whole = samples[: len(samples) // 480 * 480].astype(float).reshape(-1, 480)
    return int((np.abs(whole).max(axis=1) > 300).sum())


@pytest.mark.audio
@pytest.mark.processes
@NEEDED[1]
def test_the_other_loudspeaker_stays_quiet(tmp_path, music):
    """The session is paused before it is heard for long where nobody should hear it."""
    routine, told = tmp_path / "long.yaml", tmp_path / "told"
    routine.write_text(ROUTINE)
    command = [sys.executable, "-m", "voicecoach", "play", str(routine), "--yes", "--plain"]
    command += ["--voice", "silent", "--music", str(music)]
    with ExitStack() as stack:
        made = stack.enter_context(room())
        made.run("pactl", "load-module", "module-null-sink", "sink_name=other", "rate=48000")
        made.run("pactl", "set-default-sink", "room")
        first, other = (stack.enter_context(made.recorder(each)) for each in ("room", "other"))
        environ = os.environ | {"VOICECOACH_HOME": str(tmp_path / "home")}
        out = stack.enter_context(told.open("w"))
        coach = stack.enter_context(subprocess.Popen(command, stdout=out, stderr=out, env=environ))
        until(lambda: loud(first.samples[-48_000:]) > 50, 30)
        assert loud(other.samples) == 0
        made.remove_loudspeaker()
        until(lambda: "got disconnected" in told.read_text())
        other.wait_for(48_000)
        aloud = loud(other.samples)
        other.wait_for(48_000)
        assert loud(other.samples) == aloud
        print(f"heard from the other loudspeaker: {aloud} hundredths of a second")
        assert aloud < 100
        coach.terminate()
        coach.wait(10)
    assert told.read_text().count("got disconnected") == 1
