"""What is said and how a rest changes when somebody asks for something."""

from dataclasses import replace
from pathlib import Path

import pytest
from fakes.speech import SOUNDS, LetterSpeech
from hypothesis import given
from hypothesis import strategies as st
from scores import assert_well_timed

from voicecoach.language import phrases
from voicecoach.routine.model import Do, Exercise, Phase, Posture, Routine
from voicecoach.timeline.compile import compile_step, lengthened
from voicecoach.timeline.expand import Settings, expand
from voicecoach.timeline.segment import Role, Score, SegmentKind, Speak
from voicecoach.timeline.speech_track import Kit
from voicecoach.timeline.steps import Hurt, OtherVariation, RestStep
from voicecoach.units import frames

KIT = Kit(LetterSpeech(), SOUNDS, phrases.load())
BRIDGE = Exercise(name="Bridge", rep=(Phase(name="lift", seconds=2),), reps=(4, 4), posture=Posture.SUPINE)
REST = RestStep(block=1, title="Rest", seconds=30, after_work=True, posture=None)


def said(step):
    segment = compile_step(0, step, KIT)
    assert_well_timed(Score((segment,)), KIT.speech.measure)
    return [event.text for event in segment.events if isinstance(event, Speak)]


def hurt(**changes):
    return said(Hurt(block=1, title="Bridge", exercise=replace(BRIDGE, **changes)))


def test_an_exercise_that_hurts_is_ended_kindly():
    first, last = hurt()
    assert first == "All right, we stop this one. Let yourself down slowly, and rest."
    assert last.startswith("Stop the session if")
    assert hurt(posture=Posture.STANDING)[0].endswith("Come out of it slowly, and rest.")
    assert hurt(posture=None)[0] == first


def test_the_leg_rule_is_said_where_it_applies():
    assert not [text for text in hurt() if "leg, leave" in text]
    assert [text for text in hurt(leg_rule=True) if "leg, leave it out today" in text]


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({"harder": False, "text": "put a pillow below."}, "Easier: put a pillow below."),
        ({"harder": True, "text": "Lift your {side} leg.", "side": "left"}, "Harder: Lift your left leg."),
        ({"harder": False, "instead": "Pelvic tilt"}, "Instead: Pelvic tilt."),
    ],
)
def test_another_form(form, sentence):
    step = OtherVariation(block=1, title="Bridge", **form)
    assert said(step) == [sentence]
    assert compile_step(0, step, KIT).kind is SegmentKind.SAY


def rests():
    """The rests of a session: between sets, before another exercise, and one of stated length."""
    routine = Routine(id="x", name="X", steps=(Do(exercise=BRIDGE),) * 2, path=Path("x"))
    return [*(step for step in expand(routine, Settings()) if isinstance(step, RestStep)), REST]


@given(
    st.sampled_from(rests()),
    st.none() | st.sampled_from([0, 3, 5, 10, 12, 20.5, 30, 60]),
    st.sampled_from([1, 5, 15, 60]),
    st.floats(0.02, 0.2),
)
def test_a_longer_rest_begins_like_the_old_one(rest, length, more, pace):
    kit = Kit(LetterSpeech(seconds_per_letter=pace), SOUNDS, phrases.load())
    rest = replace(rest, seconds=length)
    old = compile_step(0, rest, kit)
    new = compile_step(0, lengthened(rest, more, old.frames), kit)
    assert_well_timed(Score((new,)), kit.speech.measure)
    assert new.frames == old.frames + frames(more)
    assert _without_calls(new) == _without_calls(old)
    twice = compile_step(0, lengthened(lengthened(rest, more, old.frames), 15, new.frames), kit)
    assert twice.frames == new.frames + frames(15)


def _without_calls(segment):
    return [event for event in segment.events if event.role is not Role.COUNT]


@pytest.mark.parametrize("rest", rests(), ids=["between sets", "before the next", "between sets", "stated"])
def test_the_last_ten_seconds_are_called_once_and_at_the_new_end(rest):
    segment = compile_step(0, lengthened(rest, 30, 1), KIT)
    calls = [event.frame for event in segment.events if event.role is Role.COUNT]
    count_in = frames(4.5) if rest.counts_in else 0
    assert calls == [segment.frames + count_in - frames(10)]


def test_a_rest_yet_to_come_is_announced_as_longer():
    assert "Forty-five seconds." in said(lengthened(REST, 15))
    assert "Thirty seconds." in said(lengthened(REST, 15, 1))


def test_another_exercise_says_what_it_takes():
    step = OtherVariation(
        block=1, title="Bridge", harder=True, instead="Ball bridge", equipment=("ball", "mat")
    )
    assert said(step) == ["Instead: Ball bridge.", "You need an exercise ball and a mat."]
