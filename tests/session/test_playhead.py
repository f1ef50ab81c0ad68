"""What was written, heard and dropped."""

from dataclasses import replace
from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st

from voicecoach.session.playhead import Playhead
from voicecoach.session.running_plan import Stretch
from voicecoach.session.transport import State, Transport
from voicecoach.timeline.segment import Segment, SegmentKind

SEGMENTS = tuple(Segment(index, SegmentKind.WORK, "", index, 10_000, ()) for index in range(3))


class Plan:
    """Three segments of equal length, all compiled."""

    def __init__(self, outline=SEGMENTS):
        self.outline = outline

    def segment(self, index):
        return self.outline[index]

    def left_after(self, index):
        return 10_000 * (2 - index)

    def is_left(self, segment):
        return False


def playhead(plan: Any = None):
    plan = plan or Plan()
    return Playhead(plan)


def write(head, index, start, length):
    head.wrote(Stretch(SEGMENTS[index], start, start + length))


def heard(head, delivered):
    return [(part.segment.index, part.start, part.end) for part in head.advance(delivered)]


def reach(head, index, frame):
    """Hear a segment up to there, and what was written before it."""
    write(head, index, 0, frame)
    return [head.reached(part, part.end) for part in head.advance(head.written)][-1]


def test_consecutive_blocks_are_heard_as_one_stretch():
    head = playhead()
    write(head, 0, 0, 100)
    write(head, 0, 100, 100)
    write(head, 1, 0, 50)
    assert heard(head, 210) == [(0, 0, 200), (1, 0, 10)]
    assert heard(head, 210) == []
    assert heard(head, 250) == [(1, 10, 50)]


PLACES = st.none() | st.tuples(st.integers(0, 2), st.integers(0, 5_000))
"""Where the next block comes from; None for where the last one ended."""


@given(st.lists(st.tuples(st.sampled_from("wwdh"), st.integers(1, 300), PLACES), max_size=60))
@example([("w", 100, None), ("w", 100, (0, 500)), ("h", 200, None)])
def test_what_is_heard_is_what_was_written_and_not_dropped_in_unbroken_stretches(actions):
    head, model, out = playhead(), [], []
    segment, start = 0, 0
    for action, amount, place in actions:
        if action == "w":
            segment, start = place or (segment, start % 9_000)
            write(head, segment, start, amount)
            model += [(segment, start + frame) for frame in range(amount)]
            start += amount
        elif action == "d":
            lost = min(amount, len(model) - head.heard)
            head.dropped(lost)
            del model[len(model) - lost :]
        else:
            for index, first, end in heard(head, min(len(model), head.heard + amount)):
                out += [(index, frame) for frame in range(first, end)]
            assert out == model[: head.heard]
        assert head.written == len(model)


def test_commands_go_by_what_is_heard_and_writing_by_what_is_written():
    head = playhead()
    write(head, 0, 0, 10_000)
    write(head, 1, 0, 500)
    assert (head.transport, head.at) == (Transport(segment=0), Transport(segment=1, frame=500))
    (part,) = head.advance(10_000)
    head.reached(part, 4_000)
    assert head.transport == Transport(segment=0, frame=4_000)
    head.reached(part, 10_000)
    assert head.transport == Transport(segment=1)
    write(head, 1, 500, 9_500)
    write(head, 2, 0, 10_000)
    assert (head.at.finished, head.sounding, head.transport.finished) == (True, True, False)
    *_, part = head.advance(30_000)
    head.reached(part, part.end)
    assert (head.sounding, head.transport.finished) == (False, True)


def test_after_a_command_it_is_where_that_led_until_something_from_there_is_heard():
    head = playhead()
    write(head, 0, 0, 1_000)
    assert [part.fading for part in head.advance(400)] == [False]
    head.dropped(500)
    head.lead(Transport(segment=2, frame=30))
    assert head.transport == Transport(segment=2, frame=30)
    write(head, 2, 30, 100)
    fade, part = head.advance(550)
    assert (fade.segment.index, fade.fading, part.segment.index, part.fading) == (0, True, 2, False)
    head.reached(fade, fade.end)
    assert head.transport == Transport(segment=2, frame=30), "a fade is no part of where it goes on"
    head.reached(part, 80)
    assert head.transport == Transport(segment=2, frame=80)


def test_a_pause_is_held_where_one_can_go_on():
    head = playhead(Plan((SEGMENTS[0], replace(SEGMENTS[1], restarts=(0, 5_000)), SEGMENTS[2])))
    head.wrote(Stretch(head._plan.segment(1), 0, 7_000))
    (part,) = head.advance(7_000)
    head.reached(part, 7_000)
    assert head.held(Transport(State.PAUSED, 1, 7_000)) == Transport(State.PAUSED, 1, 5_000)
    assert head.held(Transport(State.PLAYING, 1, 7_000)).frame == 7_000
    assert head.held(Transport(State.PAUSED, 2, 7_000)).frame == 7_000


def test_what_remains_counts_from_where_the_last_command_led():
    head = playhead()
    assert reach(head, 0, 4_000).remaining == 26_000
    write(head, 0, 4_000, 480)
    head.lead(Transport(segment=1, frame=1_000))
    (fade,) = head.advance(head.written)
    position = head.reached(fade, fade.end)
    assert (position.elapsed, position.remaining) == (4_480, 19_000)
