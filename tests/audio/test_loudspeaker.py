"""The loudspeaker of a session: found, lost, hanging, absent, and taken when it appears."""

import threading
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
import pytest
from fakes.clock import FakeClock
from fakes.devices import FakeDevices

from voicecoach.audio import loudspeaker, outputs
from voicecoach.audio.device_thread import DeviceThread
from voicecoach.audio.loudspeaker import (
    CLOSE_WITHIN,
    LOST_AFTER,
    OPEN_WITHIN,
    RETRY_EVERY,
    START_WITHIN,
    Loudspeaker,
    open_output,
    try_device,
)
from voicecoach.audio.outputs import CAPACITY, NAMES, InstantOutput, SilentOutput
from voicecoach.clock import Alarm
from voicecoach.errors import OutputError, UnknownName
from voicecoach.session.audibility import Audibility
from voicecoach.session.ports import DeviceSpent
from voicecoach.units import RATE

BLOCK = np.zeros(960, np.int16)
LOOK = 0.125


@dataclass
class Place:
    """Where loudspeakers come and go, and what was done with them."""

    clock: FakeClock = field(default_factory=FakeClock)
    there: bool = True
    plays: bool = True
    done: list = field(default_factory=list)
    tried: list = field(default_factory=list)
    """When it was tried to open one, by the clock."""

    def __post_init__(self):
        self.devices = FakeDevices(self.clock)

    def device(self, clock):
        return _Device(self)

    def begun(self, name="auto"):
        return Loudspeaker(name, self.clock, devices=self.devices)


class _Device(SilentOutput):
    name, spent = "miniaudio", False

    def __init__(self, place):
        super().__init__(place.clock)
        self.place, self.heard = place, 0
        self.ducked, self.far = False, None

    def start(self):
        self.place.tried.append(self.place.clock.time)
        if not self.place.there:
            raise OutputError("There is no loudspeaker.")
        self.place.done.append("start")

    @property
    def delivered(self):
        self.heard = super().delivered if self.place.plays else self.heard
        return self.heard

    def write(self, block):
        if self.spent:
            raise DeviceSpent
        return super().write(block)

    def duck(self, *, on):
        self.ducked = on

    def tap(self, far):
        self.far = far

    def close(self, *, drain=True):
        self.place.done.append("drain" if drain else "close")
        super().close(drain=drain and self.place.plays)


@pytest.fixture
def place(monkeypatch):
    made = Place()
    monkeypatch.setattr(outputs, "DEVICES", {"miniaudio": made.device, "simpleaudio": made.device})
    return made


def play(output, length):
    """Write what there is room for, and look, for ``length`` seconds; return each change with its time."""
    clock, changes = output._clock, []
    end, before = clock.time + length, output.audibility()
    while clock.time < end:
        if (now := output.audibility()) is not before:
            changes.append((round(length - (end - clock.time), 3), now))
            before = now
            output.drop()
        while output.write(BLOCK):
            pass
        clock.sleep(LOOK)
    return changes


def test_it_plays_at_once_where_there_is_a_loudspeaker(place):
    output = place.begun()
    output.start()
    assert (output.audibility(), output.name) == (Audibility.HEARD, "miniaudio")
    assert play(output, 20) == []
    output.close()
    assert place.done == ["start", "start", "drain"], "in its own thread, and then in the one that plays"


def test_without_one_it_goes_on_in_real_time_and_takes_one_that_appears(place):
    place.there = False
    output = place.begun()
    output.start()
    assert (output.audibility(), output.name) == (Audibility.ABSENT, "silent")
    began = place.clock.time
    assert play(output, 30) == []
    assert output.delivered == pytest.approx(30 * RATE, abs=LOOK * RATE)
    tried = [at - began for at in place.tried[::2]]
    assert [later - earlier for earlier, later in pairwise(tried)] == pytest.approx(
        [*RETRY_EVERY, 8], abs=LOOK
    )
    place.there = True
    heard = output.delivered
    ((_, now),) = play(output, 9)
    assert (now, output.name) == (Audibility.HEARD, "miniaudio")
    assert heard < output.delivered <= heard + 9 * RATE


def test_a_chosen_one_that_cannot_play_is_an_error_at_the_start(place):
    place.there = False
    with pytest.raises(OutputError, match="no loudspeaker"):
        place.begun("miniaudio").start()
    with pytest.raises(OutputError, match="no loudspeaker"):
        try_device("miniaudio", place.clock)


def test_a_sound_system_that_hangs_at_the_start_keeps_nobody(place):
    place.devices.hangs = True
    began = place.clock.time
    output = place.begun()
    output.start()
    assert place.clock.time - began == START_WITHIN
    assert (output.audibility(), output.write(BLOCK), output.name) == (Audibility.HEARD, False, "silent")
    output.wait(Alarm())
    place.clock.time = began + OPEN_WITHIN - 0.001
    assert output.audibility() is Audibility.HEARD
    place.clock.time = began + OPEN_WITHIN
    assert output.audibility() is Audibility.HUNG
    assert play(output, 10) == []
    place.devices.go_on()
    assert output.audibility() is Audibility.HEARD


def test_what_hangs_once_is_not_waited_for_again(place):
    place.devices.hangs = True
    first = place.begun()
    first.start()
    place.clock.sleep(OPEN_WITHIN)
    assert first.audibility() is Audibility.HUNG
    began = place.clock.time
    second = place.begun()
    second.start()
    assert second.audibility() is Audibility.HUNG
    second.close()
    first.close()
    assert place.clock.time == began
    place.devices.go_on()
    assert place.done == [], "nobody wants them any more"


def test_one_that_plays_no_more_is_lost_and_another_is_taken(place):
    output = place.begun()
    output.start()
    play(output, 2)
    place.plays, place.there = False, False
    stuck, written = output.delivered, output._written
    ((after, now),) = play(output, 5)
    assert (now, after) == (Audibility.LOST, pytest.approx(LOST_AFTER, abs=2 * LOOK))
    assert (output.delivered, output._written, output.write(BLOCK)) == (stuck, stuck, False)
    assert written > stuck
    assert place.done[-1] == "close"
    place.plays = place.there = True
    ((_, now),) = play(output, 3)
    assert now is Audibility.HEARD
    assert output.delivered > stuck
    output.close()


def test_a_drop_after_a_change_forgets_what_will_not_be_heard(place):
    output = place.begun()
    output.start()
    place.plays = False
    while output.write(BLOCK):
        place.clock.sleep(0.001)
    written = output._written
    assert written >= CAPACITY
    for _ in range(30):
        place.clock.sleep(LOOK)
        output.audibility()
    assert output.drop() == written
    assert output.drop() == 0


def test_a_key_goes_on_without_the_lost_one_until_it_is_back(place):
    output = place.begun()
    output.start()
    output.go_on()
    assert output.audibility() is Audibility.HEARD, "nothing is lost"
    play(output, 2)
    place.plays = place.there = False
    play(output, 5)
    output.go_on()
    assert (output.audibility(), output.name) == (Audibility.LEFT, "silent")
    before = output.delivered
    assert play(output, 10) == []
    assert output.delivered == pytest.approx(before + 10 * RATE, abs=LOOK * RATE)
    place.plays = place.there = True
    assert [now for _, now in play(output, 9)] == [Audibility.HEARD]


def test_whichever_device_plays_is_ducked_and_tapped_and_a_lost_one_is_no_longer(place):
    output = place.begun()
    output.duck(on=True)
    output.tap(print)
    output.start()
    first = output._device
    assert (first.ducked, first.far) == (True, print)
    output.duck(on=False)
    assert not first.ducked
    output.duck(on=True)
    place.plays = place.there = False
    play(output, 5)
    output.go_on()
    place.plays = place.there = True
    play(output, 9)
    assert first.far is None, "what it plays late is not heard"
    assert (output._device.ducked, output._device.far) == (True, print)
    output.tap(None)
    output.duck(on=False)
    assert (output._device.ducked, output._device.far) == (False, None)


@pytest.mark.parametrize(("hangs", "after"), [(False, 2 * LOOK), (True, LOST_AFTER + LOOK)])
def test_one_that_is_spent_is_lost_only_when_no_other_opens(place, hangs, after):
    output = place.begun()
    output.start()
    play(output, 2)
    place.clock.sleep(CAPACITY / RATE)
    output._device.spent, place.there, place.devices.hangs = True, False, hangs
    ((at, now),) = play(output, 5)
    assert (now, at) == (Audibility.LOST, pytest.approx(after, abs=LOOK))
    place.there = True
    place.devices.go_on()
    play(output, 3)
    assert (output.audibility(), output.name) == (Audibility.HEARD, "miniaudio")


def test_while_another_one_hangs_too_no_more_are_tried(place):
    output = place.begun()
    output.start()
    play(output, 2)
    place.plays, place.devices.hangs = False, True
    assert [now for _, now in play(output, 60)] == [Audibility.LOST]
    assert len(place.devices.tasks) == 2, "the lost one is to be closed, and the next to be opened"
    place.plays, place.devices.hangs = True, False
    place.devices.work()
    assert output.audibility() is Audibility.HEARD


def test_a_program_that_was_stopped_itself_blames_nobody(place):
    output = place.begun()
    output.start()
    play(output, 2)
    place.plays = False
    place.clock.sleep(600)
    assert output.audibility() is Audibility.HEARD
    place.plays = True
    assert play(output, 5) == []


@pytest.mark.parametrize(("silence", "waited"), [(0.4, CLOSE_WITHIN), (0.6, 0)])
def test_its_end_waits_a_little_for_one_that_hangs_and_not_at_all_where_that_was_seen(place, silence, waited):
    output = place.begun()
    output.start()
    output.write(BLOCK)
    output.audibility()
    place.plays, place.devices.hangs = False, True
    place.clock.sleep(silence)
    began = place.clock.time
    output.close()
    output.close()
    assert place.clock.time - began == pytest.approx(waited)


def test_what_nobody_took_is_closed(place):
    place.begun().close(drain=False)
    assert place.done == ["start", "close"]


@pytest.mark.parametrize("answered", [0.2, 2.4])
def test_one_that_opens_slowly_is_waited_for_by_the_next_as_well(place, answered):
    place.devices.hangs = True
    first = place.begun()
    place.clock.sleep(answered)
    first.close()
    second = place.begun()
    assert second.audibility() is Audibility.HEARD, "nobody is told that it hangs"
    place.devices.go_on()
    assert (second.audibility(), second.name) == (Audibility.HEARD, "miniaudio")
    assert place.done == ["start", "start"], "the first one wants none any more"


def test_one_that_closes_slowly_is_no_hanging_one_for_the_next(place):
    first = place.begun()
    first.start()
    first.write(BLOCK)
    place.devices.hangs = True
    first.close()
    second = place.begun()
    assert second.audibility() is Audibility.HEARD
    place.clock.sleep(OPEN_WITHIN)
    assert second.audibility() is Audibility.HUNG, "in its own time"


def test_at_the_end_of_a_long_wait_for_a_lost_one_the_next_does_not_wait(place):
    first = place.begun()
    first.start()
    play(first, 2)
    place.plays, place.devices.hangs = False, True
    play(first, 10)
    first.close()
    assert place.begun().audibility() is Audibility.HUNG


def test_a_device_that_is_tried_is_closed_and_one_that_hangs_keeps_no_other_from_being_tried(
    place, monkeypatch
):
    hanging = FakeDevices(place.clock)
    hanging.hangs = True
    threads = [hanging, place.devices]
    monkeypatch.setattr(loudspeaker, "DeviceThread", lambda: threads.pop(0))
    with pytest.raises(OutputError, match="is not responding"):
        try_device("miniaudio", place.clock)
    try_device("simpleaudio", place.clock)
    assert place.done[-1] == "close"


@pytest.mark.parametrize(("name", "kind"), [("silent", SilentOutput), ("instant", InstantOutput)])
def test_outputs_without_a_device_open_by_name_and_say_nothing(name, kind):
    output = open_output(name, FakeClock())
    assert isinstance(output, kind)
    output.go_on()
    assert output.audibility() is Audibility.HEARD, "it is what was chosen"


def test_an_unknown_output_suggests_the_nearest():
    with pytest.raises(UnknownName, match="Did you mean 'miniaudio'") as caught:
        open_output("miniaduio", FakeClock())
    assert all(name in str(caught.value) for name in NAMES)


def test_the_thread_of_the_devices_does_one_thing_after_the_other_and_nobody_waits_for_one_that_hangs():
    devices, go_on, done = DeviceThread(), threading.Event(), []
    devices.wait(devices.begin(lambda: done.append(1)), 20)
    failing = devices.begin(lambda: 1 // 0)
    assert devices.wait(failing, 20)
    with pytest.raises(ZeroDivisionError):
        failing.result()
    hanging = devices.begin(lambda: go_on.wait(20))
    after = devices.begin(lambda: done.append(2))
    assert not devices.wait(hanging, 0.001)
    assert not devices.is_stuck
    devices.give_up(hanging)
    assert devices.is_stuck
    assert not devices.wait(after, 20)
    assert done == [1]
    go_on.set()
    assert after.wait(20)
    assert (done, devices.is_stuck) == ([1, 2], False)


def test_a_fault_in_opening_is_raised_where_it_plays(place, monkeypatch):
    monkeypatch.setattr(outputs, "DEVICES", {"miniaudio": lambda _: 1 // 0, "simpleaudio": place.device})
    with pytest.raises(ZeroDivisionError):
        place.begun().start()
