"""The order in which segments are made, and what happens when making one fails."""

import threading
from dataclasses import replace

import pytest

from voicecoach.session import lookahead
from voicecoach.session.lookahead import Lookahead
from voicecoach.timeline.gaps import gaps
from voicecoach.timeline.segment import Segment, SegmentKind
from voicecoach.timeline.steps import SayStep

FOREVER = 30.0
"""Seconds; reached only when something is broken."""


def unused():
    raise AssertionError("nothing to call here")


def steps(count):
    return tuple(SayStep(block=index, title="", text=str(index), after_work=False) for index in range(count))


def segment(index, step=None, around=None):
    return Segment(index, SegmentKind.SAY, "", index, 100, ())


def revise(ahead, planned, joins):
    ahead.revise(planned, joins, gaps(planned))


def longer(made):
    return replace(made, frames=made.frames + 1)


class Work(Lookahead):
    """A look-ahead whose making of a step, if it is told to wait, goes on when it may."""

    def __init__(self, planned, waiting=(), interrupt=unused, hurried=bool):
        self.made, self.waiting = [], waiting
        self.all_made, self.begun, self.may = threading.Semaphore(0), threading.Event(), threading.Event()
        super().__init__(planned, self.make, done=self.all_made.release, interrupt=interrupt, hurried=hurried)
        self.start()

    def make(self, index, step, around):
        self.made.append(step.text)
        self.begun.set()
        if index in self.waiting:
            assert self.may.wait(FOREVER)
        return segment(index)

    def finish(self):
        assert self.all_made.acquire(timeout=FOREVER)


def test_every_segment_is_made_once_in_order_but_what_is_wanted_comes_first():
    ahead = Work(steps(5))
    ahead.finish()
    assert ahead.made == ["0", "1", "2", "3", "4"]
    ahead.close()
    ahead = Work(steps(5), waiting={0})
    assert ahead.begun.wait(FOREVER)
    assert ahead.wait(3, 0) is None
    ahead.may.set()
    assert ahead.wait(3, FOREVER).index == 3
    ahead.finish()
    assert ahead.made == ["0", "3", "4", "1", "2"]
    ahead.close()


@pytest.mark.parametrize("failure", [LookupError, SystemExit])
def test_a_failure_reaches_the_one_who_waits(failure):
    def make(index, step, around):
        raise failure(f"no segment {index}")

    ahead = Lookahead(steps(2), make, done=unused, interrupt=unused)
    ahead.start()
    with pytest.raises(failure, match="no segment 0"):
        ahead.wait(0, FOREVER)
    ahead.close()


def test_work_that_never_ends_does_not_hold_up_the_end(monkeypatch):
    monkeypatch.setattr(lookahead, "PATIENCE", 0.01)
    ahead = Work(steps(2), waiting={0}, interrupt=lambda: None)
    assert ahead.begun.wait(FOREVER)
    ahead.close()
    assert not ahead.may.is_set()
    ahead.may.set()


def test_in_a_hurry_only_what_is_played_next_is_made():
    hurry = threading.Event()
    hurry.set()
    ahead = Work(steps(5), hurried=hurry.is_set)
    assert [ahead.wait(index, FOREVER).index for index in (0, 1)] == [0, 1]
    assert ahead.wait(4, FOREVER).index == 4
    assert ahead.peek(3) is None
    hurry.clear()
    ahead.finish()
    assert sorted(ahead.made) == ["0", "1", "2", "3", "4"]
    ahead.close()


def test_closing_stops_the_work_and_a_look_ahead_never_started_can_be_closed():
    Lookahead(steps(1), segment, done=unused, interrupt=unused).close()
    ahead = Work(steps(100), waiting=range(100), interrupt=lambda: None)
    ahead._interrupt = ahead.may.set
    assert ahead.begun.wait(FOREVER)
    closer = threading.Thread(target=ahead.close)
    closer.start()
    closer.join(FOREVER)
    assert ahead.made == ["0"]


def test_another_plan_is_followed_and_what_stays_is_kept():
    old = steps(4)
    ahead = Work(old)
    ahead.finish()
    kept = ahead.wait(1, 0)
    new = replace(old[2], text="new")
    revise(ahead, (*old[:2], new, old[3], old[2]), {2: longer})
    assert ahead.wait(2, FOREVER).frames == 101
    ahead.finish()
    assert ahead.wait(1, 0) is kept
    assert ahead.wait(4, 0).index == 4
    assert ahead.made == ["0", "1", "2", "3", "new", "2"]
    ahead.close()


def test_what_was_to_be_joined_to_a_step_is_not_joined_to_another_one_in_its_place():
    old = steps(3)
    ahead = Work(old, waiting=range(4))
    assert ahead.begun.wait(FOREVER)
    slower = replace(old[1], text="slower")
    revise(ahead, (old[0], slower, old[2]), {1: longer})
    revise(ahead, (old[0], replace(old[1], text="told"), slower, old[2]), {})
    ahead.may.set()
    ahead.finish()
    assert [ahead.wait(index, 0).frames for index in range(4)] == [100] * 4
    ahead.close()
