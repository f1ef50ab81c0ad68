"""What is heard in a rest and after an exercise, and when."""

import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from fakes.speech import SOUNDS, LetterSpeech

from voicecoach.language import phrases
from voicecoach.routine.model import Do, Exercise, Fix, Posture, Rest, Routine
from voicecoach.routine.phase import Phase, PhaseKind
from voicecoach.timeline.compile import compile_all, compile_step
from voicecoach.timeline.expand import Settings, expand, expand_exercise
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


def test_a_rest_that_has_to_grow_is_not_told_to_the_voice_for_each_second_that_is_too_short():
    """A voice takes its time for a sentence, and this comes before the first word of a session."""
    speech = LetterSpeech()
    lie = Exercise(id="lie", name="Leg raise", posture=Posture.SUPINE, rep=(Phase(name="lift", seconds=2),))
    lie = replace(lie, position=("Lie on your back.", "Stretch out both legs."), movement="Lift one leg.")
    steps = (
        Do(exercise=replace(lie, id="", name="March", posture=Posture.STANDING)),
        Rest(seconds=10),
        Do(exercise=lie),
    )
    routine = Routine(id="r", name="R", steps=steps, path=Path("r.yaml"))
    score = compile_all(expand(routine, Settings()), Kit(speech, SOUNDS, phrases.load()))
    said = {event.text for _, _, event in score.events() if isinstance(event, Speak)}
    lengths = {text for text in speech.asked if re.search("[a-z] seconds", text)}
    assert len(lengths & said) == 1
    assert len(lengths - said) < 6
