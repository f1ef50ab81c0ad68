"""Whole sessions, played by the program and recorded in a room: they are the timeline, to the sample."""

import os
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass
from importlib.util import find_spec

import pytest
import room as rooms
from hearing import assert_heard, expected

from voicecoach import app
from voicecoach.audio import sounds
from voicecoach.timeline.plan import Settings
from voicecoach.units import RATE, seconds

pytestmark = [
    pytest.mark.audio,
    pytest.mark.skipif(bool(rooms.MISSING), reason=f"not installed: {', '.join(rooms.MISSING)}"),
]

LEAD_IN = 2.5
"""Seconds; an idle server stalls for up to two when a stream starts, which is not what is measured here."""


@dataclass(frozen=True)
class Case:
    """One session: a process of its own, in a room of its own."""

    routine: str
    output: str
    voice: str


TWO_MINUTES = [
    Case("quick", "miniaudio", "natural"),
    Case("quick", "miniaudio", "silent"),
    Case("quick", "simpleaudio", "pyttsx3"),
]


def play_together(cases):
    """Play all ``cases`` at the same time, each in its own room; the lateness of each one's events."""
    with ExitStack() as stack:
        started = [start(case, stack) for case in cases]
        for process, recording, _ in started:
            assert process.wait() == 0
            recording.wait_for(RATE)
        return [assert_heard(recording.samples, heard) for _, recording, heard in started]


def start(case, stack):
    """The process that plays, its recording, and what must be heard in it. Speech is rendered beforehand."""
    home = stack.enter_context(tempfile.TemporaryDirectory())
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VOICECOACH_HOME", home)
        steps = app.steps_of(app.library().load(case.routine), Settings(lead_in=LEAD_IN))
        with app.Studio(app.Sounding(voice=case.voice), print) as studio:
            score = studio.compile(steps)
            said = expected(score.events(), sounds.load, lambda text: studio.narrator.clip(text).samples)
    assert seconds(score.frames) > 120
    room = stack.enter_context(rooms.room())
    recording = stack.enter_context(room.recorder())
    command = f"-m voicecoach play {case.routine} --yes --lead-in {LEAD_IN}"
    command += f" --output {case.output} --voice {case.voice}"
    environ = os.environ | room.environ | {"VOICECOACH_HOME": home}
    process = subprocess.Popen([sys.executable, *command.split()], env=environ, stdout=subprocess.DEVNULL)
    stack.callback(process.kill)
    return process, recording, [event for event in said if len(event.samples)]


@pytest.fixture(scope="module")
def late():
    """Frames late of every event of every case. They are played side by side, to save time."""
    here = [case for case in TWO_MINUTES if find_spec(case.output)]
    return dict(zip(here, play_together(here), strict=True))


@pytest.mark.parametrize("case", TWO_MINUTES, ids=lambda case: f"{case.output}-{case.voice}")
def test_every_event_of_two_minutes_is_heard_on_its_frame_and_nothing_else(late, case):
    if case not in late:
        pytest.skip(f"{case.output} is not installed")
    assert {abs(frames) for frames in late[case]} <= {0, 1}


@pytest.mark.long
def test_ten_minutes_do_not_drift():
    (late,) = play_together([Case("core", "miniaudio", "natural")])
    assert set(late) == {0}
