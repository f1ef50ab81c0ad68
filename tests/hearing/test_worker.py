"""The real process that hears, with a microphone and a recogniser that need no sound."""

import os
import queue
import signal
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from fakes.clock import FakeClock

from voicecoach.clock import SystemClock
from voicecoach.hearing import worker
from voicecoach.hearing.messages import Fault, Level, Lost, Ready, Said, Spec, Starting
from voicecoach.hearing.worker import HearingWorker

pytestmark = pytest.mark.processes

FAKES = "fakes.ears"
SPEC = Spec(capture=f"{FAKES}:SlowMicrophone", ear=f"{FAKES}:FakeEar", recogniser=f"{FAKES}:open_recogniser")
LIMIT = 30


@pytest.fixture
def heard(monkeypatch):
    """Start a worker with a spec; returns it and what waits for the next message that is ``wanted``."""
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(Path(__file__).parents[1]), *sys.path]))
    monkeypatch.setattr(worker, "PAUSES", (0.05,))
    monkeypatch.setattr(worker, "HANGS_AFTER", 1.0)
    workers = []

    def start(spec=SPEC):
        messages = queue.SimpleQueue()
        client = HearingWorker(spec, messages.put, SystemClock())
        workers.append(client)
        client.expect(("go on",))
        client.start()

        def first(wanted):
            while not isinstance(message := messages.get(timeout=LIMIT), wanted):
                pass
            return message

        return client, first

    yield start
    for each in workers:
        each.close()
        assert each.pid is None


def test_it_tells_what_is_heard_until_it_is_closed(heard):
    client, first = heard()
    assert first(Ready) == Ready("base", "Samson")
    client.feed(b"\0\0" * 2400)
    while first(Said).transcript.text != "go on":
        pass
    client.expect(("go back",))
    while first(Said).transcript.text != "go back":
        pass


def test_one_that_is_killed_is_started_again(heard):
    client, first = heard()
    first(Ready)
    os.kill(client.pid, signal.SIGKILL)
    assert first(Lost) == Lost(Fault.WORKER)
    first(Ready)
    while first(Said).transcript.text != "go on":  # until it is told what is expected
        pass


def test_one_that_rests_is_gone_until_it_wakes(heard):
    client, first = heard()
    first(Ready)
    client.rest()
    assert client.pid is None
    client.wake()
    assert first((Starting, Lost)) == Starting()
    first(Ready)


def test_one_that_worked_for_long_is_started_again_as_soon_as_the_first(monkeypatch):
    clock, told, pauses = FakeClock(), [], []
    lives = iter([0, 0, worker.STEADY, 0, 0])
    client = HearingWorker(SPEC, told.append, clock, spawn=None)
    monkeypatch.setattr(client, "_serve", lambda: clock.sleep(next(lives)))
    monkeypatch.setattr(client._closed, "wait", lambda pause: pauses.append(pause) or len(pauses) == 5)
    client._keep()
    assert pauses == [*worker.PAUSES[:2], *worker.PAUSES[:3]]


def test_one_that_hangs_is_started_again(heard):
    _, first = heard(replace(SPEC, capture=f"{FAKES}:DeafMicrophone"))
    assert first(Lost) == Lost(Fault.WORKER)
    assert first(Lost) == Lost(Fault.WORKER)


def test_one_whose_recogniser_hangs_is_started_again(heard):
    _, first = heard(replace(SPEC, recogniser=f"{FAKES}:open_hanging_recogniser"))
    first(Ready)
    assert first(Lost) == Lost(Fault.WORKER)
    first(Ready)


def test_a_damaged_model_is_told_of_and_nothing_is_tried_again(heard):
    client, first = heard(replace(SPEC, model="damaged"))
    assert first(Lost) == Lost(Fault.MODEL, "The model is damaged.")
    client._keeper.join(LIMIT)
    assert client.pid is None


def test_a_microphone_that_is_not_there_is_told_of(heard):
    _, first = heard(replace(SPEC, microphone="nowhere"))
    assert first(Lost) == Lost(Fault.UNNAMED, "nowhere")
    assert first(Level)


def test_the_coach_s_sound_is_dropped_before_it_holds_anybody(heard):
    client = HearingWorker(SPEC, print, SystemClock(), spawn=None)
    for _ in range(100):
        client.feed(b"\0\0" * 2400)
    missing, *far = client._due()
    assert (missing.frames, len(far)) == (60 * 2400, 40)
