"""The long buffer, written ahead of a play head that only a clock knows. No device needed."""

import sys
import threading
import time

import numpy as np
import pytest
from fakes.clock import FakeClock
from fakes.devices import FakeDevices

from voicecoach.audio import simpleaudio_output
from voicecoach.audio.attenuator import DUCKED, FULL
from voicecoach.audio.loudspeaker import Loudspeaker
from voicecoach.audio.simpleaudio_output import LEAD, READ_AHEAD, SimpleaudioOutput
from voicecoach.clock import Alarm, SystemClock
from voicecoach.errors import OutputError
from voicecoach.session.audibility import Audibility
from voicecoach.session.ports import DeviceSpent
from voicecoach.units import RATE, frames

BLOCK = np.full(960, 1000, np.int16)


class Playing:
    """simpleaudio's handle on a sound; ``heard`` is the buffer it was given."""

    def __init__(self, buffer):
        self.heard = buffer
        self.alive = True

    def is_playing(self):
        return self.alive

    def stop(self):
        self.alive = False


@pytest.fixture
def played(monkeypatch):
    """What was given to simpleaudio to play, one window after the other."""
    windows = []

    def play(buffer):
        windows.append(Playing(buffer))
        return windows[-1]

    monkeypatch.setattr(simpleaudio_output, "_play", play)
    return windows


@pytest.fixture
def clock():
    return FakeClock()


@pytest.fixture
def output(played, clock):
    made = SimpleaudioOutput(clock)
    made.start()
    return made


def write(output, blocks):
    for _ in range(blocks):
        while not output.write(BLOCK):
            output.wait(Alarm())


def test_blocks_lie_one_after_the_other_a_lead_ahead_of_what_is_heard(output, played, clock):
    clock.sleep(5)
    write(output, 100)
    sounding = np.flatnonzero(played[0].heard)
    assert sounding[0] == 5 * RATE + LEAD
    assert len(sounding) == sounding[-1] - sounding[0] + 1 == 100 * 960


def test_nothing_is_written_where_it_has_been_read_already(output, played, clock):
    for _ in range(50):
        write(output, 1)
        clock.sleep(0.13)
        here = frames(clock.now() - output._began)
        before = played[0].heard[: here + READ_AHEAD].copy()
        write(output, 1)
        output.drop()
        assert np.array_equal(played[0].heard[: here + READ_AHEAD], before)


def test_an_overlay_lies_just_ahead_of_what_was_read_and_moves_nothing(output, played, clock):
    write(output, 20)
    clock.sleep(0.3)
    before, delivered = played[0].heard[: 3 * RATE].copy(), output.delivered
    output.overlay(np.full(4800, 7, np.int16))
    start = frames(clock.now() - output._began) + READ_AHEAD
    added = played[0].heard[: 3 * RATE] - before
    assert set(added[start : start + 4800]) == {7}
    assert np.count_nonzero(added) == 4800
    assert output.delivered == delivered


def test_what_is_written_after_an_overlay_does_not_cut_it(output, played, clock):
    output.overlay(np.full(RATE, 7, np.int16))
    write(output, 20)
    heard = played[0].heard
    assert set(heard[READ_AHEAD : READ_AHEAD + LEAD - READ_AHEAD]) == {7}
    assert set(heard[LEAD : LEAD + 20 * 960]) == {1007}


@pytest.mark.parametrize("passed", [0, 0.05])
def test_a_drop_leaves_an_overlay_whole(output, played, clock, passed):
    write(output, 15)
    clock.sleep(0.3)
    output.overlay(np.full(4800, 7, np.int16))
    start = frames(clock.now() - output._began) + READ_AHEAD
    clock.sleep(passed)
    assert output.drop()
    silent = frames(clock.now() - output._began) + READ_AHEAD + RATE // 100
    heard = played[0].heard
    assert set(heard[silent : start + 4800]) == {7}
    assert not heard[max(silent, start + 4800) :].any()
    fading = heard[silent - RATE // 100 : silent].astype(int)
    assert fading[0] > 990
    assert (np.diff(fading) <= 0).all()
    assert fading[-1] == 7


def test_an_overlay_at_the_end_of_the_window_is_heard_as_far_as_it_fits(monkeypatch, played, clock):
    monkeypatch.setattr(simpleaudio_output, "WINDOW", RATE)
    output = SimpleaudioOutput(clock)
    output.start()
    for passed in (0.8, 1.1, 5):
        clock.sleep(passed)
        output.overlay(np.full(RATE, 7, np.int16))
    assert np.count_nonzero(played[0].heard) == RATE - 4 * RATE // 5 - READ_AHEAD


def test_when_the_window_is_full_and_was_heard_it_is_spent(monkeypatch, played, clock):
    monkeypatch.setattr(simpleaudio_output, "WINDOW", 2 * RATE)
    output = SimpleaudioOutput(clock)
    output.start()
    with pytest.raises(DeviceSpent):
        write(output, 300)
    fits = (2 * RATE - LEAD) // 960
    assert np.count_nonzero(played[0].heard) == fits * 960 == output.delivered
    assert len(played) == 1


def test_a_session_goes_on_in_another_window_which_is_opened_where_nobody_waits(monkeypatch, played, clock):
    monkeypatch.setattr(simpleaudio_output, "WINDOW", 2 * RATE)
    devices = FakeDevices(clock)
    output = Loudspeaker("simpleaudio", clock, devices=devices)
    output.start()
    blocks = 300
    while blocks:
        assert output.audibility() is Audibility.HEARD
        devices.hangs = True
        blocks -= output.write(BLOCK)
        output.wait(Alarm())
        devices.go_on()
    output.close()
    assert len(played) > 3
    assert sum(np.count_nonzero(window.heard) for window in played) == 300 * 960 == output.delivered
    assert not any(window.alive for window in played)


def factors(turns, length):
    """The factor of each of ``length`` frames, where each turn is the frame it is heard from and its goal."""
    found, factor, goal = [], FULL, FULL
    for frame in range(length):
        goal = turns.get(frame, goal)
        factor += (goal > factor) - (goal < factor)
        found.append(factor)
    return np.array(found)


def test_ducked_it_is_the_same_sound_times_a_factor_and_comes_back_as_it_was(monkeypatch, played):
    monkeypatch.setattr(simpleaudio_output, "WINDOW", 2 * RATE)
    random = np.random.default_rng(7)
    for _ in range(20):
        clocks = FakeClock(), FakeClock()
        plain, ducked = (SimpleaudioOutput(clock) for clock in clocks)
        plain.start()
        ducked.start()
        turns = {}
        while (here := frames(clocks[0].now() - plain._began)) + LEAD + RATE // 3 < 2 * RATE:
            block = random.integers(-12_000, 12_000, int(random.integers(1, RATE // 10))).astype(np.int16)
            action = random.choice(["write", "write", "overlay", "drop", "duck", "give back", "wait"])
            if action == "write":
                assert plain.write(block) == ducked.write(block)
            elif action == "overlay":
                plain.overlay(block)
                ducked.overlay(block)
            elif action == "drop":
                assert plain.drop() == ducked.drop()
            elif action == "wait":
                for clock in clocks:
                    clock.sleep(len(block) / RATE)
            else:
                ducked.duck(on=action == "duck")
                turns[here + READ_AHEAD] = DUCKED if action == "duck" else FULL
            assert plain.delivered == ducked.delivered
        heard, lowered = (window.heard for window in played[-2:])
        assert np.array_equal(lowered, heard.astype(int) * factors(turns, 2 * RATE) // FULL)
        ducked.duck(on=False)
        here = frames(clocks[0].now() - plain._began) + READ_AHEAD + FULL
        assert np.array_equal(lowered[here:], heard[here:])


def test_a_tap_is_told_of_all_that_goes_out_until_the_device_plays_no_more(played):
    output, told = SimpleaudioOutput(SystemClock()), []
    output.tap(told.append)
    output.start()
    output.overlay(BLOCK)
    output.duck(on=True)
    write(output, 1)
    while len(b"".join(told)) < 2 * (LEAD + len(BLOCK)):
        time.sleep(0.01)
    output.close(drain=False)
    while any(thread.name == "tap" for thread in threading.enumerate()):
        time.sleep(0.01)
    tapped = np.frombuffer(b"".join(told), np.int16)
    sounding = np.flatnonzero(played[0].heard)
    assert np.array_equal(tapped[np.flatnonzero(tapped)], played[0].heard[sounding])
    assert np.array_equal(np.diff(np.flatnonzero(tapped)), np.diff(sounding))


def test_a_lost_device_delivers_nothing_more(output, played, clock):
    write(output, 20)
    clock.sleep(LEAD / RATE + 0.1)
    before = output.delivered
    played[0].alive = False
    clock.sleep(10)
    assert output.delivered == before


@pytest.mark.parametrize(
    ("python", "installed", "refused"),
    [
        ((3, 11), {"simpleaudio"}, False),
        ((3, 12), {"simpleaudio"}, True),
        ((3, 13), {"simpleaudio-patched"}, False),
        ((3, 13), set(), False),
    ],
)
def test_the_version_that_crashes_is_refused(monkeypatch, python, installed, refused):
    monkeypatch.setattr(simpleaudio_output, "_is_installed", installed.__contains__)
    monkeypatch.setattr(sys, "version_info", python)
    monkeypatch.setitem(sys.modules, "simpleaudio", None)
    with pytest.raises(OutputError, match="simpleaudio-patched" if refused else "is not installed"):
        SimpleaudioOutput(FakeClock()).start()


def test_whether_it_is_installed():
    assert simpleaudio_output._is_installed("numpy")
    assert not simpleaudio_output._is_installed("no-such-distribution")
