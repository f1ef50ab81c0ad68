import numpy as np
import pytest
from fakes.clock import FakeClock

from voicecoach.audio.outputs import CAPACITY, FADE, InstantOutput, SilentOutput
from voicecoach.clock import Alarm
from voicecoach.units import RATE

BLOCK = np.zeros(960, np.int16)


def test_frames_are_delivered_at_the_pace_of_the_clock_to_the_frame():
    clock = FakeClock()
    output = SilentOutput(clock)
    began, written = clock.now(), 0
    while written < 60 * RATE:
        if output.write(BLOCK):
            written += 960
        else:
            output.wait(Alarm())
        assert abs(output.delivered - (clock.now() - began) * RATE) <= 0.5
    output.close()
    assert clock.now() - began == pytest.approx(60)


def test_time_without_blocks_counts_as_nothing():
    clock = FakeClock()
    output = SilentOutput(clock)
    clock.sleep(5)
    output.write(BLOCK)
    clock.sleep(0.005)
    assert output.delivered == 240
    clock.sleep(5)
    assert output.delivered == 960
    output.write(BLOCK)
    assert output.delivered == 960


def test_drop_lets_a_fade_go_out():
    clock = FakeClock()
    output = SilentOutput(clock)
    while output.write(BLOCK):
        pass
    before = output.delivered
    written = CAPACITY
    assert output.drop() == written - before - FADE
    clock.sleep(1)
    assert output.delivered == before + FADE
    output.write(BLOCK)
    now = clock.now()
    output.close(drain=False)
    output.close()
    assert clock.now() == now, "who does not drain does not wait"


def test_the_instant_output_hands_on_every_block_in_order():
    heard = []
    output = InstantOutput(heard.append)
    blocks = [np.full(length, length, np.int16) for length in (3, 1, 2)]
    assert all(output.write(block) for block in blocks)
    assert [block.tolist() for block in heard] == [[3, 3, 3], [1], [2, 2]]
    assert output.delivered == 6
