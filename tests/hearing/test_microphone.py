"""Microphones of a real sound server: found, heard, unplugged, and there again."""

import subprocess
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
import room as rooms

from voicecoach.hearing.messages import Fault
from voicecoach.hearing.microphone import Capture, MicrophoneFault, list_microphones
from voicecoach.hearing.sound import RATE

pytestmark = rooms.NEEDED
LOUD = 1000


@pytest.fixture
def server(tmp_path):
    """A sound server that has a loudspeaker and no microphone, but somebody who speaks for a minute."""
    voice = tmp_path / "voice"
    tone = 8000 * np.sin(np.arange(60 * 48_000) * 2 * np.pi * 440 / 48_000)
    voice.write_bytes(tone.astype("<i2").tobytes())
    with rooms.room() as room:
        room.run("pactl", "load-module", "module-null-sink", "sink_name=mat", "rate=48000", "channels=1")
        command = "pacat -d mat --rate=48000 --format=s16le --channels=1 --raw"
        with voice.open("rb") as words, subprocess.Popen(command.split(), stdin=words) as person:
            yield room
            person.kill()


def plug_in(room):
    """Plug a microphone in and return what it is taken out by."""
    module = ("module-remap-source", "source_name=microphone", "master=mat.monitor")
    return room.run("pactl", "load-module", *module).strip()


@contextmanager
def opened():
    capture = Capture()
    try:
        yield capture
    finally:
        capture.close()


def heard(capture, frames):
    """Return so many frames; less where nothing comes for a second."""
    parts = [np.zeros(0, np.int16)]
    while sum(map(len, parts)) < frames:
        block = capture.read(1.0)
        if not len(block.sound):
            break
        parts.append(block.sound)
    return np.concatenate(parts)


def test_a_loudspeaker_s_own_sound_is_no_microphone(server):
    assert not any(each.hears_room for each in list_microphones())
    with pytest.raises(MicrophoneFault) as caught:
        Capture()
    assert caught.value.fault is Fault.NONE


def test_one_is_heard_until_it_is_unplugged_and_again_when_it_is_back(server):
    for _ in range(2):
        plug = plug_in(server)
        with opened() as capture:
            assert capture.name
            assert np.abs(heard(capture, RATE // 2)).max() > LOUD
            server.run("pactl", "unload-module", plug)
            assert len(heard(capture, 10 * RATE)) < RATE


def test_each_gives_back_its_connection_to_the_sound_server(server):
    plug_in(server)
    open_files = []
    for _ in range(4):
        with opened() as capture:
            heard(capture, RATE // 10)
        open_files.append(len([*Path("/proc/self/fd").iterdir()]))
    assert open_files[1:] == open_files[1:2] * 3
