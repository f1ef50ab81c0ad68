"""The order in which segments are made, and what happens when making one fails."""

import threading
from dataclasses import replace

import pytest

from voicecoach.session import lookahead
from voicecoach.session.lookahead import Lookahead
from voicecoach.timeline.segment import Segment, SegmentKind
from voicecoach.timeline.steps import SayStep

FOREVER = 30.0
"""Seconds; reached only when something is broken."""


def unused():
    raise AssertionError("nothing to call here")


def steps(count):
    return tuple(SayStep(block=index, title="", text=str(index), after_work=False) for index in range(count))


def segment(index, step=None):
    return Segment(index, SegmentKind.SAY, "", index, 100, ())


def test_every_segment_is_made_once_and_then_done_is_called():
    made, done = [], threading.Event()

    def make(index, step):
        made.append(index)
        return segment(index)

    ahead = Lookahead(steps(5), make, done=done.set, interrupt=unused)
    ahead.start()
    assert done.wait(FOREVER)
    assert made == [0, 1, 2, 3, 4]
    assert ahead.wait(3, 0).index == 3
    ahead.close()


def test_what_is_wanted_comes_first():
    made, done, go_on = [], threading.Event(), threading.Event()

    def make(index, step):
        made.append(index)
        if index == 0:
            assert go_on.wait(FOREVER)
        return segment(index)

    ahead = Lookahead(steps(5), make, done=done.set, interrupt=unused)
    ahead.start()
    assert ahead.wait(3, 0) is None
    go_on.set()
    assert ahead.wait(3, FOREVER).index == 3
    assert done.wait(FOREVER)
    assert made == [0, 3, 4, 1, 2]
    ahead.close()


@pytest.mark.parametrize("failure", [LookupError, SystemExit])
def test_a_failure_reaches_the_one_who_waits(failure):
    def make(index, step):
        raise failure(f"no segment {index}")

    ahead = Lookahead(steps(2), make, done=unused, interrupt=unused)
    ahead.start()
    with pytest.raises(failure, match="no segment 0"):
        ahead.wait(0, FOREVER)
    ahead.close()


def test_work_that_never_ends_does_not_hold_up_the_end(monkeypatch):
    monkeypatch.setattr(lookahead, "PATIENCE", 0.01)
    begun, never = threading.Event(), threading.Event()

    def make(index, step):
        begun.set()
        never.wait(FOREVER)
        return segment(index)

    ahead = Lookahead(steps(2), make, done=unused, interrupt=lambda: None)
    ahead.start()
    assert begun.wait(FOREVER)
    ahead.close()
    assert not never.is_set()
    never.set()


def test_closing_stops_the_work_and_a_look_ahead_never_started_can_be_closed():
    Lookahead(steps(1), segment, done=unused, interrupt=unused).close()
    first, go_on = threading.Event(), threading.Event()
    made = []

    def make(index, step):
        made.append(index)
        first.set()
        assert go_on.wait(FOREVER)
        return segment(index)

    ahead = Lookahead(steps(100), make, done=unused, interrupt=go_on.set)
    ahead.start()
    assert first.wait(FOREVER)
    closer = threading.Thread(target=ahead.close)
    closer.start()
    closer.join(FOREVER)
    assert made == [0]


def test_another_plan_is_followed_and_what_stays_is_kept():
    made, done = [], threading.Semaphore(0)

    def make(index, step):
        made.append(step.text)
        return segment(index)

    old = steps(4)
    ahead = Lookahead(old, make, done=done.release, interrupt=unused)
    ahead.start()
    assert done.acquire(timeout=FOREVER)
    kept = ahead.wait(1, 0)
    new = replace(old[2], text="new")
    ahead.revise((*old[:2], new, old[3], old[2]), {2: lambda made: replace(made, frames=made.frames + 1)})
    assert ahead.wait(2, FOREVER).frames == 101
    assert done.acquire(timeout=FOREVER)
    assert ahead.wait(1, 0) is kept
    assert ahead.wait(4, 0).index == 4
    assert made == ["0", "1", "2", "3", "new", "2"]
    ahead.close()


def test_what_was_to_be_joined_to_a_step_is_not_joined_to_another_one_in_its_place():
    first, go_on, done = threading.Event(), threading.Event(), threading.Event()

    def make(index, step):
        first.set()
        assert go_on.wait(FOREVER)
        return segment(index)

    old = steps(3)
    ahead = Lookahead(old, make, done=done.set, interrupt=unused)
    ahead.start()
    assert first.wait(FOREVER)
    slower = replace(old[1], text="slower")
    ahead.revise((old[0], slower, old[2]), {1: lambda made: replace(made, frames=made.frames + 1)})
    ahead.revise((old[0], replace(old[1], text="told"), slower, old[2]), {})
    go_on.set()
    assert done.wait(FOREVER)
    assert [ahead.wait(index, 0).frames for index in range(4)] == [100] * 4
    ahead.close()
