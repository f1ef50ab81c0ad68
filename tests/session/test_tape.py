"""What was written, heard and dropped."""

from hypothesis import given
from hypothesis import strategies as st

from voicecoach.session.playhead import Tape
from voicecoach.timeline.segment import Segment, SegmentKind

SEGMENTS = [Segment(index, SegmentKind.WORK, "", index, 10_000, ()) for index in range(3)]


def heard(tape, delivered):
    return [(part.segment.index, part.start, part.end) for part in tape.advance(delivered)]


def test_consecutive_blocks_are_heard_as_one_stretch():
    tape = Tape()
    tape.wrote(SEGMENTS[0], 0, 100)
    tape.wrote(SEGMENTS[0], 100, 100)
    tape.wrote(SEGMENTS[1], 0, 50)
    assert heard(tape, 210) == [(0, 0, 200), (1, 0, 10)]
    assert heard(tape, 210) == []
    assert heard(tape, 250) == [(1, 10, 50)]


def test_dropped_frames_are_never_heard():
    tape = Tape()
    tape.wrote(SEGMENTS[0], 0, 100)
    tape.wrote(SEGMENTS[1], 0, 100)
    tape.dropped(150)
    assert (tape.written, heard(tape, 50)) == (50, [(0, 0, 50)])
    tape.wrote(SEGMENTS[2], 30, 10)
    assert heard(tape, 60) == [(2, 30, 40)]


@given(st.lists(st.tuples(st.sampled_from("wdh"), st.integers(1, 500)), max_size=60))
def test_what_is_heard_is_what_was_written_and_not_dropped(actions):
    tape, model, out = Tape(), [], []
    position = [0, 0, 0]
    for number, (action, amount) in enumerate(actions):
        segment = number % 3
        if action == "w":
            tape.wrote(SEGMENTS[segment], position[segment], amount)
            model += [(segment, position[segment] + frame) for frame in range(amount)]
            position[segment] += amount
        elif action == "d":
            lost = min(amount, len(model) - tape.heard)
            tape.dropped(lost)
            del model[len(model) - lost :]
        else:
            for index, start, end in heard(tape, min(len(model), tape.heard + amount)):
                out += [(index, frame) for frame in range(start, end)]
            assert out == model[: tape.heard]
        assert tape.written == len(model)
