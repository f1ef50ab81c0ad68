"""What the coach says of a routine that it changed."""

from pathlib import Path

import pytest
from scores import assert_well_timed

from voicecoach.app import prepare
from voicecoach.language import phrases
from voicecoach.language.speech_length import EstimatedSpeech
from voicecoach.routine.model import Caution, Do, Exercise, Routine
from voicecoach.routine.suit import Swap
from voicecoach.timeline.expand import Settings, expand
from voicecoach.timeline.segment import Role, Speak
from voicecoach.timeline.steps import Briefing, Coaching
from voicecoach.timeline.words import every_swap, swap_sentences

KNEE = Swap("Wall squat", "Glute bridge", (Caution.KNEE,))


@pytest.mark.parametrize(
    ("swap", "sentence"),
    [
        (KNEE, "Glute bridge takes the place of Wall squat, because your knees hurt."),
        (Swap("Plank", "", (Caution.FLEX,)), "I leave out Plank, because bending makes your back worse."),
        (
            Swap("Plank", "Bridge", (Caution.KNEE,), ("chair", "mat")),
            "Bridge takes the place of Plank, because your knees hurt and you do not have a chair and a mat.",
        ),
    ],
)
def test_each_is_a_sentence_with_its_reason(swap, sentence):
    assert swap_sentences([swap], phrases.load()) == (sentence,)


def test_more_than_three_are_counted():
    say = phrases.load()
    assert len(swap_sentences([KNEE] * 3, say)) == 3
    assert swap_sentences([KNEE] * 4, say) == (
        "I changed four exercises to suit you. The show command lists them.",
    )
    assert len(every_swap([KNEE] * 4, say)) == 4


@pytest.mark.parametrize("caution", Caution)
def test_every_caution_has_a_question_and_a_reason(caution):
    say = phrases.load()
    assert say(f"caution.{caution}.ask").endswith("?")
    assert say.part(f"caution.{caution}.because")[0].islower()


def spoken(segment):
    return [(event.text, event.role) for event in segment.events if isinstance(event, Speak)]


def session(settings, swaps=()):
    steps = (
        Do(exercise=Exercise(name="Plank", duration=20.0, advice=("Stay high.",), why="It helps.")),
        Do(exercise=Exercise(name="Bow", duration=20.0, why="It helps.")),
    )
    return expand(Routine(id="r", name="R", steps=steps, path=Path("r.yaml")), settings, swaps)


def test_the_intro_tells_the_changes_and_the_briefing_the_advice():
    score = prepare.estimate(session(Settings(coaching=Coaching.SHORT), (KNEE,)))
    assert_well_timed(score, EstimatedSpeech().measure)
    intro, briefing = score.segments[1], score.segments[2]
    assert swap_sentences([KNEE], phrases.load())[0] in dict(spoken(intro))
    assert ("Stay high.", Role.SAFETY) in spoken(briefing)


def test_each_exercise_can_be_explained_as_much_as_it_needs():
    def how(exercise):
        return Coaching.SHORT if exercise.name == "Bow" else Coaching.FULL

    briefings = [step for step in session(Settings(coaching_for=how)) if isinstance(step, Briefing)]
    assert [step.coaching for step in briefings] == [Coaching.FULL, Coaching.SHORT]
