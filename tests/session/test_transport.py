"""Every transition of the state machine, as a table."""

from dataclasses import replace
from itertools import product

import pytest

from voicecoach.routine.phase import PhaseKind
from voicecoach.session.commands import Command, Door
from voicecoach.session.transport import BACK_WITHIN, State, Transport, count_in_over, obey, segment_over
from voicecoach.timeline.segment import Beat, Segment, SegmentKind
from voicecoach.units import frames

KINDS = "intro 0, briefing 1, work 1, change 1, work 1, rest 1, briefing 2, work 2, wait 3, outro 4"
OUTLINE = tuple(
    Segment(index, SegmentKind(kind), "", int(block), frames(30), (), waits=kind == "wait")
    for index, (kind, block) in enumerate(map(str.split, KINDS.split(",")))
)
LATE = frames(10)


def at(segment, frame=LATE, state=State.PLAYING):
    return Transport(state=state, segment=segment, frame=frame)


@pytest.mark.parametrize(
    ("before", "command", "after"),
    [
        (at(2), Command.PAUSE, at(2, state=State.PAUSED)),
        (at(2), Command.TOGGLE, at(2, state=State.PAUSED)),
        (at(2, state=State.PAUSED), Command.PAUSE, at(2, state=State.PAUSED)),
        (at(2, state=State.PAUSED), Command.RESUME, at(2, state=State.COUNTING_IN)),
        (at(2, 0, State.PAUSED), Command.TOGGLE, at(2, 0)),  # a set not begun counts in by itself
        (at(1, state=State.PAUSED), Command.TOGGLE, at(1)),
        (at(2), Command.RESUME, at(2)),
        (at(2, state=State.COUNTING_IN), Command.PAUSE, at(2, state=State.PAUSED)),
        (at(2, state=State.COUNTING_IN), Command.RESUME, at(2, state=State.COUNTING_IN)),
        (at(2), Command.NEXT, at(6, 0)),
        (at(5), Command.NEXT, at(6, 0)),
        (at(2, state=State.PAUSED), Command.NEXT, at(6, 0)),
        (at(9), Command.NEXT, replace(at(9, state=State.ENDED), finished=True)),
        (at(9), Command.STOP, replace(at(9, state=State.ENDED), finished=True)),
        (at(4), Command.BACK, at(1, 0)),
        (at(1, frames(1)), Command.BACK, at(0, 0)),
        (at(0, frames(1)), Command.BACK, at(0, 0)),
        (at(6, frames(1)), Command.BACK, at(1, 0)),
        (at(6, BACK_WITHIN - 1), Command.BACK, at(1, 0)),
        (at(6, BACK_WITHIN), Command.BACK, at(6, 0)),
        (at(6, frames(1)), Command.REPEAT, at(6, 0)),
        (at(5), Command.REPEAT, at(1, 0)),
        (at(2), Command.READY, at(2)),
        (at(8), Command.READY, at(9, 0)),
        (at(8), Command.TOGGLE, at(8, state=State.PAUSED)),
        (at(8), Command.PAUSE, at(8, state=State.PAUSED)),
        (at(8, state=State.PAUSED), Command.TOGGLE, at(8)),
        (at(8, state=State.PAUSED), Command.READY, at(8, state=State.PAUSED)),
        (at(2), Command.STOP, at(2, state=State.ENDED)),
        (at(2, state=State.PAUSED), Command.STOP, at(2, state=State.ENDED)),
    ],
)
def test_commands(before, command, after):
    assert obey(before, command, OUTLINE) == after


def test_every_command_everywhere_leads_somewhere_that_exists():
    last = len(OUTLINE) - 1
    for command, state, segment in product(Command, State, range(len(OUTLINE))):
        before = at(segment, state=state)
        after = obey(before, command, OUTLINE)
        where = f"{command} at segment {segment}, {state}"
        assert 0 <= after.segment <= last, where
        assert not after.finished or (segment == last and after.state is State.ENDED), where
        assert state is not State.ENDED or after == before, f"{where}: an ended session stays ended"
        if command.row.door is not Door.TRANSPORT:
            assert after == before, f"{where}: the transport has nothing to do with it"


def test_segments_follow_one_another_to_the_end():
    assert segment_over(at(2), OUTLINE) == at(3, 0)
    assert segment_over(at(9), OUTLINE) == replace(at(9, state=State.ENDED), finished=True)


def test_after_the_count_in_the_rep_begins():
    assert count_in_over(at(2, state=State.COUNTING_IN)) == at(2)


def test_a_set_at_ones_own_pace_is_done_only_after_it_has_begun():
    beat = Beat(frames(8), frames(22), PhaseKind.OWN_PACE, 1, 1, "")
    own = (replace(OUTLINE[2], index=0, waits=True, beats=(beat,)), replace(OUTLINE[9], index=1))
    assert obey(at(0, frames(7)), Command.READY, own) == at(0, frames(7))
    assert obey(at(0, frames(7)), Command.TOGGLE, own).state is State.PAUSED
    assert obey(at(0, frames(7), State.PAUSED), Command.TOGGLE, own) == at(0, frames(7))
    assert obey(at(0, frames(8)), Command.TOGGLE, own) == at(0, frames(8), State.PAUSED)
    assert obey(at(0, frames(8), State.PAUSED), Command.TOGGLE, own) == at(0, frames(8)), "no count-in"
    assert obey(at(0, frames(8)), Command.READY, own) == at(1, 0)


def test_nothing_is_counted_in_when_only_the_tone_of_the_end_is_left():
    beat = Beat(frames(4), frames(20), PhaseKind.HOLD, 1, 1, "")
    held = (replace(OUTLINE[2], index=0, beats=(beat,)), replace(OUTLINE[9], index=1))
    for frame, state in ((frames(24) - 1, State.COUNTING_IN), (frames(24), State.PLAYING)):
        assert obey(at(0, frame, State.PAUSED), Command.RESUME, held).state is state
