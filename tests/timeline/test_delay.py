"""Getting to the mat before the session begins."""

from pathlib import Path

import pytest
from fakes.speech import SOUNDS, LetterSpeech

from voicecoach.language import phrases
from voicecoach.routine.model import Routine
from voicecoach.timeline.compile import compile_step
from voicecoach.timeline.expand import Settings, expand
from voicecoach.timeline.segment import Play, Speak
from voicecoach.timeline.speech_track import Kit
from voicecoach.units import frames, seconds

KIT = Kit(LetterSpeech(), SOUNDS, phrases.load())
ROUTINE = Routine(id="r", name="R", steps=(), path=Path("r.yaml"))


def said(delay):
    (_, to_mat, *_) = expand(ROUTINE, Settings(delay=delay))
    segment = compile_step(1, to_mat, KIT)
    assert segment.waits
    return segment, [
        (seconds(event.frame), event.text) for event in segment.events if isinstance(event, Speak)
    ]


def test_the_way_to_the_mat_is_told_and_its_end_counted():
    segment, words = said(20.0)
    assert segment.frames == frames(20)
    assert words == [
        (0.0, "Get to your mat. We begin in twenty seconds, or when you press a key."),
        (17.0, "Three."),
        (18.0, "Two."),
        (19.0, "One."),
    ]


@pytest.mark.parametrize("delay", [0.5, 3.0, 6.0])
def test_a_short_way_is_told_and_not_counted(delay):
    segment, words = said(delay)
    assert len(words) == 1
    assert not [event for event in segment.events if isinstance(event, Play)]
    assert segment.frames >= max(event.end for event in segment.events)


def test_without_a_delay_nothing_is_said_of_it():
    assert [type(step).__name__ for step in expand(ROUTINE, Settings())] == ["LeadIn", "Intro", "Outro"]
