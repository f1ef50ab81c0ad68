"""What every clock promises, the fake included."""

import pytest
from fakes.clock import FakeClock

from voicecoach.clock import Alarm, SystemClock

NEVER = 1e6
"""Seconds; who waited so long would not be woken."""


@pytest.mark.parametrize("clock", [SystemClock(), FakeClock(), FakeClock(step=2.0)])
def test_it_never_goes_back_and_knows_the_day_of_its_moment(clock):
    before = clock.now()
    clock.sleep(0.0)
    clock.sleep(-1.0)
    alarm = Alarm()
    alarm.ring()
    clock.wait(alarm, NEVER)
    assert clock.now() >= before
    moment = clock.moment()
    assert moment.utcoffset() is not None
    assert clock.today() in {moment.date(), clock.moment().date()}


def test_a_ring_ends_the_next_wait_when_nobody_waits_yet_and_only_that():
    alarm = Alarm()
    alarm.ring()
    alarm.ring()
    alarm.wait(NEVER)
    alarm.wait(0.0)
    alarm.wait(-1.0)
    alarm.ring()
    alarm.wait(NEVER)
