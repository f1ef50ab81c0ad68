"""What is heard in a rest and after an exercise, and when."""

from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from fakes.speech import SOUNDS, LetterSpeech

from voicecoach.language import phrases
from voicecoach.routine.model import Exercise, Fix, Phase, PhaseKind, Posture
from voicecoach.timeline.compile import compile_step
from voicecoach.timeline.expand import Settings, expand_exercise
from voicecoach.timeline.rests import LONGEST_SILENCE
from voicecoach.timeline.segment import Role, Speak
from voicecoach.timeline.speech_track import SENTENCE_PAUSE, Kit
from voicecoach.timeline.steps import Outro, RestStep, SayStep, WaitStep
from voicecoach.units import frames

KIT = Kit(LetterSpeech(), SOUNDS, phrases.load())
HOW: dict[str, Any] = {"block": 1, "title": "", "after_work": True, "praise": "All ten."}


def rest(seconds, **more):
    return RestStep(
        seconds=seconds,
        posture=Posture.SUPINE,
        next_set=2,
        sets=2,
        focus="Slow.",
        **(HOW | {"praise": ""}),
        **more,
    )


def said(step):
    return [event for event in compile_step(0, step, KIT).events if isinstance(event, Speak)]


@pytest.mark.parametrize(
    "step",
    [
        RestStep(seconds=None, posture=Posture.PRONE, resting="Get off the ball.", **HOW),
        RestStep(seconds=60, posture=Posture.PRONE, next_set=2, sets=2, resting="Get off the ball.", **HOW),
        SayStep(text="A word.", leaving="Get off the ball.", **HOW),
        WaitStep(what="The mat", limit=20, leaving="Get off the ball.", **HOW),
        Outro(name="Any", exercises=1, leaving="Get off the ball.", **HOW),
    ],
)
def test_praise_does_not_interrupt_the_way_out(step):
    texts = [say.text for say in said(step)]
    assert texts.index("Get off the ball.") == texts.index("All ten.") + 1


@pytest.mark.parametrize(("seconds", "fillers"), [(40, 1), (60, 1), (90, 1), (180, 7)])
def test_a_long_silence_of_a_rest_is_broken_in_its_middle(seconds, fillers):
    says = said(rest(seconds))
    silences = [second.frame - first.end for first, second in pairwise(says)]
    middles = [place for place, say in enumerate(says) if say.role is Role.BREATH]
    assert len(middles) == fillers
    assert max(silences) <= LONGEST_SILENCE + frames(1)
    for place in middles:
        assert silences[place - 1] == pytest.approx(silences[place], abs=SENTENCE_PAUSE + 1)


def test_a_rest_without_a_long_silence_stays_quiet():
    assert Role.BREATH not in {
        say.role for say in said(rest(20, check=Fix(when="It pulls.", fix="Do less.")))
    }


def test_a_rest_tells_how_much_the_next_set_has_where_sets_differ():
    hold = Phase(name="hold", seconds=8, kind=PhaseKind.HOLD)
    pyramid = Exercise(name="Plank", rep=(hold,), reps=(3, 2, 1), posture=Posture.PRONE, rest=30)
    for exercise, told in ((pyramid, True), (replace(pyramid, reps=(2, 2, 2)), False)):
        steps = expand_exercise(1, exercise, Settings(), Posture.PRONE)
        texts = [say.text for step in steps if isinstance(step, RestStep) for say in said(step)]
        assert ("Two holds of eight seconds." in texts) is told
        assert ("One hold of eight seconds." in texts) is told
