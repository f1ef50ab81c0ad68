"""An alarm; the clock itself is the computer's."""

from voicecoach.clock import Alarm, SystemClock

NEVER = 1e6
"""Seconds; who waited so long would not be woken."""


def test_a_ring_ends_the_next_wait_when_nobody_waits_yet_and_only_that():
    alarm = Alarm()
    alarm.ring()
    alarm.ring()
    SystemClock().wait(alarm, NEVER)
    alarm.wait(0.0)
    alarm.wait(-1.0)
    alarm.ring()
    alarm.wait(NEVER)
