"""Every shipped routine, compiled with each voice that ships."""

import pytest
from scores import assert_well_timed

from voicecoach import app
from voicecoach.routine.library import Library
from voicecoach.timeline.plan import Settings
from voicecoach.timeline.segment import Role, Say
from voicecoach.timeline.steps import Coaching

ROUTINES = Library.default().routines()
VOICES = ["natural", "pyttsx3", "silent"]
KEPT = {role for role in Role if role.rank < Role.CUE.rank}
"""What may never be dropped from a shipped routine."""


@pytest.mark.parametrize("coaching", Coaching)
@pytest.mark.parametrize("voice", VOICES)
@pytest.mark.parametrize("name", ROUTINES)
def test_nothing_overlaps_nothing_is_cut_every_beat_is_marked(studio, name, voice, coaching):
    room = studio(voice=voice)
    steps = app.steps_of(app.library().load(name), Settings(coaching=coaching))
    score = room.compile(steps)
    assert_well_timed(score, room.narrator.measure)
    assert room.notices == []
    lost = [dropped for segment in score.segments for dropped in segment.dropped if dropped.role in KEPT]
    assert lost == []


@pytest.mark.parametrize("voice", ["natural", "pyttsx3"])
def test_a_clip_begins_with_its_sound(studio, voice):
    """The audible onset lies on the event's frame: within 10 ms there is sound, for every text of core."""
    room = studio(voice=voice)
    score = room.compile(app.steps_of(app.library().load("core"), Settings()))
    for text in {event.text for _, _, event in score.events() if isinstance(event, Say)}:
        clip = room.narrator.clip(text)
        assert clip.engine == voice
        start = abs(clip.samples[:480].astype(int)).max()
        assert start > 0.003 * 32768, f"{text!r} begins with silence"


def test_full_coaching_says_everything_that_short_coaching_says_of_the_dose(studio):
    room = studio(voice="silent")
    routine = app.library().load("core")
    full, short = (
        {
            event.text
            for _, _, event in room.compile(app.steps_of(routine, Settings(coaching=how))).events()
            if isinstance(event, Say)
        }
        for how in (Coaching.FULL, Coaching.SHORT)
    )
    for exercise in routine.exercises:
        assert exercise.why in full
        assert exercise.why not in short
