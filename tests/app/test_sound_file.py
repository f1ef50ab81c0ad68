"""What a sound file tells of its session."""

from dataclasses import replace

import pytest

from voicecoach.app import prepare, sound_file
from voicecoach.render.cover import portrait
from voicecoach.timeline.segment import Score, Segment, SegmentKind
from voicecoach.timeline.steps import Work
from voicecoach.units import frames


def score(*sets):
    """A session with a set of so many seconds of each exercise."""
    segments = []
    for number, (exercise, length) in enumerate(sets):
        work = Work(
            block=number, title="", exercise=exercise, set_number=1, sets=1, reps=1, side="", ordinal=0
        )
        segments.append(Segment(number, SegmentKind.WORK, "", number, frames(length), (), work=work))
    return Score(tuple(segments))


@pytest.fixture
def covers(monkeypatch):
    """What covers are drawn of."""
    drawn = []
    monkeypatch.setattr(sound_file, "cover", lambda *what: drawn.append(what) or b"")
    return drawn


def test_the_cover_has_the_name_the_length_and_the_figure_of_what_is_done_longest(covers):
    bird, bridge = map(prepare.library().exercise, ("bird_dog", "glute_bridge"))
    nameless = replace(prepare.library().exercise("dead_bug"), figure=None)
    sets = score((bird, 50), (nameless, 100), (bridge, 40), (bridge, 50))
    sound_file.about(prepare.remark("Morning"), sets, "en")
    assert covers == [("Morning", "4 minutes", portrait(bridge))]


def test_a_session_without_figures_has_its_name_and_its_length(covers):
    sound_file.about(prepare.remark("Morning"), score(), "en")
    assert covers == [("Morning", "1 minute", None)]
