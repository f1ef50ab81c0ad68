"""What was written, heard and dropped."""

from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from voicecoach.session.playhead import Playhead
from voicecoach.session.transport import State, Transport
from voicecoach.timeline.segment import Segment, SegmentKind

SEGMENTS = tuple(Segment(index, SegmentKind.WORK, "", index, 10_000, ()) for index in range(3))


def heard(head, delivered):
    return [(part.segment.index, part.start, part.end) for part in head.advance(delivered)]


def test_consecutive_blocks_are_heard_as_one_stretch():
    head = Playhead(SEGMENTS[0])
    head.wrote(SEGMENTS[0], 0, 100)
    head.wrote(SEGMENTS[0], 100, 100)
    head.wrote(SEGMENTS[1], 0, 50)
    assert heard(head, 210) == [(0, 0, 200), (1, 0, 10)]
    assert heard(head, 210) == []
    assert heard(head, 250) == [(1, 10, 50)]


def test_dropped_frames_are_never_heard():
    head = Playhead(SEGMENTS[0])
    head.wrote(SEGMENTS[0], 0, 100)
    head.wrote(SEGMENTS[1], 0, 100)
    head.dropped(150)
    assert (head.written, heard(head, 50)) == (50, [(0, 0, 50)])
    head.wrote(SEGMENTS[2], 30, 10)
    assert heard(head, 60) == [(2, 30, 40)]


@given(st.lists(st.tuples(st.sampled_from("wdh"), st.integers(1, 500)), max_size=60))
def test_what_is_heard_is_what_was_written_and_not_dropped(actions):
    head, model, out = Playhead(SEGMENTS[0]), [], []
    position = [0, 0, 0]
    for number, (action, amount) in enumerate(actions):
        segment = number % 3
        if action == "w":
            head.wrote(SEGMENTS[segment], position[segment], amount)
            model += [(segment, position[segment] + frame) for frame in range(amount)]
            position[segment] += amount
        elif action == "d":
            lost = min(amount, len(model) - head.heard)
            head.dropped(lost)
            del model[len(model) - lost :]
        else:
            for index, start, end in heard(head, min(len(model), head.heard + amount)):
                out += [(index, frame) for frame in range(start, end)]
            assert out == model[: head.heard]
        assert head.written == len(model)


def test_commands_go_by_what_is_heard():
    head = Playhead(SEGMENTS[0])
    head.wrote(SEGMENTS[0], 0, 10_000)
    head.wrote(SEGMENTS[1], 0, 500)
    assert head.transport(SEGMENTS) == Transport(segment=0, frame=0)
    head.reached(SEGMENTS[0], 4_000)
    assert head.transport(SEGMENTS) == Transport(segment=0, frame=4_000)
    head.reached(SEGMENTS[0], 10_000)
    assert head.transport(SEGMENTS) == Transport(segment=1)
    head.reached(SEGMENTS[2], 10_000)
    assert head.transport(SEGMENTS).finished


def test_after_a_command_it_is_where_that_led_until_something_from_there_is_heard():
    head = Playhead(SEGMENTS[0])
    head.wrote(SEGMENTS[0], 0, 1_000)
    assert [part.fading for part in head.advance(400)] == [False]
    head.dropped(500)
    head.led(Transport(State.PAUSED, 2, 30))
    assert head.transport(SEGMENTS) == Transport(State.PLAYING, 2, 30)
    head.wrote(SEGMENTS[2], 30, 100)
    assert [(part.segment.index, part.fading) for part in head.advance(550)] == [(0, True), (2, False)]
    assert head.transport(SEGMENTS) == Transport(State.PLAYING, 2, 30), "the player says what was reached"
    head.reached(SEGMENTS[2], 80)
    assert head.transport(SEGMENTS) == Transport(segment=2, frame=80)


def test_a_pause_is_held_where_one_can_go_on():
    head = Playhead(replace(SEGMENTS[1], restarts=(0, 5_000)))
    assert head.held(Transport(State.PAUSED, 1, 7_000)) == Transport(State.PAUSED, 1, 5_000)
    assert head.held(Transport(State.PLAYING, 1, 7_000)).frame == 7_000
    assert head.held(Transport(State.PAUSED, 2, 7_000)).frame == 7_000


def test_what_remains_counts_from_where_the_last_command_led():
    class Plan:
        def segment(self, index):
            return SEGMENTS[index]

        def left_after(self, index):
            return 10_000 * (2 - index)

    plan: Any = Plan()  # the two methods that are asked of it
    head = Playhead(SEGMENTS[0])
    head.reached(SEGMENTS[0], 4_000)
    assert head.remaining(plan) == 26_000
    head.led(Transport(segment=1, frame=1_000))
    assert head.remaining(plan) == 19_000
