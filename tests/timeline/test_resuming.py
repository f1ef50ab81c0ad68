"""Where a session goes on after a pause, and a few shapes of exercise that are easily got wrong."""

from pathlib import Path

import pytest
from fakes.speech import SOUNDS, LetterSpeech

from voicecoach.language import phrases
from voicecoach.routine.model import Cues, Do, Exercise, Phase, PhaseKind, Rest, Routine, Sides
from voicecoach.timeline.compile import compile_all
from voicecoach.timeline.countdown import count_in_segment
from voicecoach.timeline.dump import heading
from voicecoach.timeline.expand import Settings, expand
from voicecoach.timeline.segment import SegmentKind, Speak
from voicecoach.timeline.speech_track import Kit
from voicecoach.units import frames

KIT = Kit(LetterSpeech(), SOUNDS, phrases.load())
BRIDGE = Exercise(
    name="Bridge",
    rep=(Phase(name="lift", seconds=2), Phase(name="lower", seconds=2, kind=PhaseKind.LOWER)),
    reps=(4,),
)


def compiled(*steps):
    routine = Routine(id="x", name="X", steps=steps, path=Path("x"))
    return compile_all(expand(routine, Settings()), KIT).segments


def work(exercise):
    return next(each for each in compiled(Do(exercise=exercise)) if each.kind is SegmentKind.WORK)


def said(segment):
    return [event.text for event in segment.events if isinstance(event, Speak)]


def test_a_set_goes_on_from_the_start_of_its_rep():
    segment = work(BRIDGE)
    zero = segment.beats[1].frame
    assert segment.resume_at(zero - 1) == 0
    assert segment.resume_at(zero + frames(5)) == zero + frames(4)


def test_timed_work_goes_on_a_few_seconds_back_and_hears_its_countdown():
    segment = work(Exercise(name="Walk", duration=605, cues=Cues(rotating=("Stand tall.", "Arms loose."))))
    zero, end = segment.beats[1].frame, segment.beats[-1].frame + segment.beats[-1].frames
    for second in range(0, 605, 7):
        at = zero + frames(second)
        back = at - segment.resume_at(at)
        assert 0 <= back <= frames(15)
        assert segment.resume_at(at) <= end - frames(5)
    words = [event for event in segment.events if isinstance(event, Speak)]
    assert not [p for p in segment.restarts for say in words if say.frame < p < say.end]


def test_elsewhere_it_goes_on_where_it_was_or_with_the_word_it_would_cut():
    rest = next(each for each in compiled(Rest(seconds=30)) if each.kind is SegmentKind.REST)
    silent = rest.frames - frames(1)
    assert rest.resume_at(silent) == silent
    say = next(event for event in rest.events if isinstance(event, Speak))
    assert rest.resume_at(say.frame + 10) == say.frame


def test_the_count_in_after_a_pause_belongs_to_its_set():
    segment = work(BRIDGE)
    counting = count_in_segment(segment, KIT)
    assert heading(counting, KIT.phrases) == heading(segment, KIT.phrases)
    assert said(counting) == ["Three.", "Two.", "One."]
    assert counting.frames - frames(1) == [event.frame for event in counting.events][-1]


@pytest.mark.parametrize("sides", [Sides.EACH, Sides.ALTERNATE])
def test_sides_are_named_in_whatever_is_said(sides):
    exercise = Exercise(
        name="Reach",
        why="Your {side} side gets strong.",
        breathing="Breathe into the {side} ribs.",
        rep=(Phase(name="reach", seconds=6), Phase(name="return", seconds=6)),
        reps=(4,),
        sides=sides,
    )
    spoken = " ".join(text for segment in compiled(Do(exercise=exercise)) for text in said(segment))
    assert "Your left side gets strong." in spoken
    assert "Breathe into the right ribs." in spoken
    assert "{" not in spoken


def test_timed_work_that_alternates_has_no_side_of_its_own():
    segment = work(Exercise(name="March", duration=30, sides=Sides.ALTERNATE, limb="leg"))
    assert {beat.side for beat in segment.beats} == {""}
    assert "Go." in said(segment)


def test_a_rest_too_short_to_be_told_is_not_told():
    exercise = Exercise(name="Bridge", rep=BRIDGE.rep, reps=(1, 1), rest=0)
    rest = next(each for each in compiled(Do(exercise=exercise)) if each.kind is SegmentKind.REST)
    assert not [text for text in said(rest) if "ero" in text or "second" in text]
