"""What every output promises, the fake included."""

from __future__ import annotations

import numpy as np
import pytest
import room as rooms
from fakes.clock import FakeClock
from fakes.devices import FakeDevices
from fakes.session import FakeLoudspeaker, FakeOutput

from voicecoach.audio.device_thread import Task
from voicecoach.audio.loudspeaker import Loudspeaker
from voicecoach.audio.miniaudio_output import MiniaudioOutput
from voicecoach.audio.outputs import InstantOutput, SilentOutput
from voicecoach.audio.simpleaudio_output import SimpleaudioOutput
from voicecoach.clock import Alarm, SystemClock

BLOCK = np.full(960, 1000, np.int16)


def simpleaudio():
    pytest.importorskip("simpleaudio")
    return SimpleaudioOutput(SystemClock())


def loudspeaker():
    """That of a session where the sound system hangs, so that a clock stands in for it."""
    clock = FakeClock()
    devices = FakeDevices(clock)
    devices.hangs = True
    devices.give_up(Task(clock.now))
    return Loudspeaker("auto", clock, devices=devices)


@pytest.fixture(
    params=[
        pytest.param(FakeOutput, id="fake"),
        pytest.param(FakeLoudspeaker, id="fake loudspeaker"),
        pytest.param(InstantOutput, id="instant"),
        pytest.param(lambda: SilentOutput(FakeClock()), id="silent"),
        pytest.param(loudspeaker, id="loudspeaker"),
        pytest.param(MiniaudioOutput, id="miniaudio", marks=rooms.NEEDED),
        pytest.param(simpleaudio, id="simpleaudio", marks=rooms.NEEDED),
    ]
)
def output(request):
    """A started output; each real one in its own room."""
    if request.param in {MiniaudioOutput, simpleaudio}:
        request.getfixturevalue("room")
    made = request.param()
    made.start()
    yield made
    made.close(drain=False)


def write(output, blocks):
    for _ in range(blocks):
        while not output.write(BLOCK):
            output.wait(Alarm())


def test_nothing_is_delivered_before_something_is_written(output):
    assert output.delivered == 0
    assert isinstance(output.name, str)


def test_everything_written_is_delivered_by_a_draining_close(output):
    write(output, 30)
    output.close()
    assert output.delivered == 30 * 960


def test_delivered_goes_up_and_never_past_what_is_written(output):
    before = 0
    for written in range(960, 960 * 40, 960):
        write(output, 1)
        delivered = output.delivered
        assert before <= delivered <= written
        before = delivered
    assert before > 0, "what is queued is bounded"


def test_what_drop_does_not_forget_is_delivered(output):
    write(output, 30)
    forgotten = output.drop()
    assert 0 <= forgotten < 30 * 960
    output.close()
    assert output.delivered == 30 * 960 - forgotten


@pytest.mark.parametrize("again", ["start", "drop"])
def test_it_goes_on_after_a_drop(output, again):
    assert output.drop() == 0, "nothing was queued"
    write(output, 20)
    forgotten = output.drop()
    assert output.drop() == 0, "nothing more"
    if again != "drop":
        getattr(output, again)()
    write(output, 20)
    output.close()
    output.close()
    assert output.delivered == 40 * 960 - forgotten


def test_what_is_overlaid_counts_as_nothing(output):
    output.overlay(BLOCK)
    assert output.delivered == 0
    write(output, 20)
    output.overlay(BLOCK)
    output.overlay(BLOCK[:0])
    forgotten = output.drop()
    output.overlay(BLOCK)
    write(output, 20)
    output.overlay(BLOCK)
    output.close()
    assert output.delivered == 40 * 960 - forgotten


def test_what_is_overlaid_is_not_in_the_way(output):
    write(output, 5)
    output.overlay(np.full(200 * 960, 1, np.int16))
    before = output.delivered
    write(output, 30)
    assert output.delivered > before


def test_ducking_moves_no_frame(output):
    output.duck(on=True)
    write(output, 20)
    output.overlay(BLOCK)
    output.duck(on=True)
    forgotten = output.drop()
    output.duck(on=False)
    write(output, 20)
    output.duck(on=True)
    output.close()
    assert output.delivered == 40 * 960 - forgotten


def test_what_is_tapped_is_what_goes_out_or_nothing(output):
    heard = []
    output.tap(heard.append)
    write(output, 10)
    output.duck(on=True)
    write(output, 10)
    output.close()
    tapped = np.frombuffer(b"".join(heard), np.int16)
    sounding = np.flatnonzero(tapped)
    assert len(sounding) in {0, 20 * 960}
    if len(sounding):
        assert sounding[-1] - sounding[0] == 20 * 960 - 1
        assert tapped[sounding[-1]] == 250
