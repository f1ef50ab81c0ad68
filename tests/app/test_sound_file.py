"""What a sound file tells of its session."""

from dataclasses import replace

import numpy as np
import pytest
import soundfile
import soxr

from voicecoach.app import compose, prepare, sound_file
from voicecoach.app.compose import Sounding, Studio
from voicecoach.render import mp3, sinks
from voicecoach.render.about import About
from voicecoach.render.cover import portrait
from voicecoach.timeline.expand import Settings
from voicecoach.timeline.medium import Medium
from voicecoach.timeline.segment import Play, Score, Segment, SegmentKind
from voicecoach.timeline.steps import Work
from voicecoach.units import RATE, frames, seconds


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


def test_every_tone_of_a_session_stands_in_the_mp3_where_it_stood_in_the_session(tmp_path, monkeypatch):
    monkeypatch.setenv("VOICECOACH_HOME", str(tmp_path))
    steps = prepare.steps_of(prepare.library().load("quick"), Settings())[:5]
    sounding = Sounding(voice="silent", medium=Medium.FILE)
    with Studio(sounding, print, patient=True) as studio:
        path = tmp_path / "quick.mp3"
        written = compose.render(studio, steps, path, lambda _: About(title="Quick"), lambda _: None)
        mixed = np.concatenate([*sinks.blocks(written, studio.mixer())]).astype(np.float32)
    heard, rate = soundfile.read(path, dtype="float32")
    heard = np.pad(soxr.resample(heard, rate, RATE), (0, RATE))
    room = frames(0.02)
    tones = [(frame, event) for frame, _, event in written.events() if isinstance(event, Play)]
    assert len({event.sound for _, event in tones}) >= 3
    for frame, event in tones:
        tone = mixed[frame : frame + min(event.frames, frames(0.15))]
        late = frame + frames(mp3.DELAY)
        around = heard[late - room : late + len(tone) + room]
        off = int(np.argmax(np.correlate(around, tone))) - room
        assert abs(off) <= frames(0.002), f"{event.sound} is {seconds(off)} s from its place"
