"""Whole timelines as text: ``cases/NAME.yaml`` compiled with a round-numbered voice is ``cases/NAME.txt``."""

from dataclasses import replace
from pathlib import Path

import pytest
from fakes.speech import SOUNDS, LetterSpeech
from golden import assert_golden
from scores import assert_well_timed

from voicecoach.language import phrases
from voicecoach.routine.files.library import Library
from voicecoach.routine.model import Caution, Do, Exercise, Posture, Routine
from voicecoach.routine.phase import Phase
from voicecoach.routine.suit import Swap
from voicecoach.timeline.compile import compile_all, compile_step, with_length
from voicecoach.timeline.countdown import count_in_segment
from voicecoach.timeline.dump import as_json, as_text
from voicecoach.timeline.expand import Settings, expand
from voicecoach.timeline.medium import Medium
from voicecoach.timeline.rests import lengthened
from voicecoach.timeline.segment import Score
from voicecoach.timeline.speech_track import Kit
from voicecoach.timeline.steps import Coaching, Hurt, Intro, OtherVariation, Outro, RestStep, works

FOLDER = Path(__file__).parent / "cases"
CASES = sorted(FOLDER.glob("*.yaml"))
SETTINGS = {
    "slowly": Settings(tempo=0.8, clicks=True, delay=20.0),
    "quickly": Settings(tempo=1.5, delay=3.0, coaching=Coaching.SHORT),
}
BRIDGE = Exercise(
    name="Bridge",
    rep=(Phase(name="lift", seconds=2.0),),
    reps=(4, 4),
    posture=Posture.SUPINE,
    why="It is strong.",
    advice=("Stay low.",),
)
STAND = Exercise(name="Stand", why="Not said.", duration=9.0, posture=Posture.STANDING, leg_rule=True)
REST = RestStep(block=1, title="Rest", seconds=30, after_work=True, posture=None)


def other(**what):
    return OtherVariation(block=1, title="Bridge", **{"harder": False, **what})


def asked_for():
    """What no routine holds: changes for the person, and answers to what somebody asked for."""
    swaps = (
        Swap("Squat", "Bridge", (Caution.KNEE,)),
        Swap("Plank", "", (Caution.FLEX,)),
        Swap("Lift", "Bridge", (Caution.KNEE,), ("chair", "mat")),
    )
    steps = (Do(exercise=BRIDGE), Do(exercise=STAND))
    routine = Routine(id="x", name="Asked for", steps=steps, path=Path("x"))
    settings = Settings(coaching_for=lambda each: Coaching.FULL if each is BRIDGE else Coaching.SHORT)
    planned = expand(routine, settings, swaps)
    intro = next(step for step in planned if isinstance(step, Intro))
    rests = [*(step for step in planned if isinstance(step, RestStep)), REST]
    return (
        *planned[:-1],
        replace(intro, swaps=swaps * 2, seconds=0.0, equipment=("mat",)),
        replace(intro, resumes_at=works(planned)[1], resumes_set=(2, 4)),
        replace(intro, resumes_at=works(planned)[0], resumes_set=(1, 1)),
        *(longer for rest in rests for longer in (lengthened(rest, 15), lengthened(rest, 15, 1))),
        Hurt(block=1, title="Bridge", exercise=BRIDGE),
        Hurt(block=2, title="Stand", exercise=STAND),
        other(text="put a pillow below."),
        other(text="Lift your {side} leg.", side="left", harder=True),
        other(instead="Ball bridge", equipment=("ball", "mat")),
        Outro(block=9, title="", name="Asked for", exercises=0, after_work=False),
    )


def check(name, compiled, *, audible, medium=Medium.LIVE):
    """Compare the score that ``compiled(kit)`` makes with its text."""
    kit = Kit(LetterSpeech(audible), SOUNDS, phrases.load(), medium=medium)
    score = compiled(kit)
    assert as_json(score) == as_json(compiled(kit))
    variant = f".{medium}" if medium is not Medium.LIVE else "" if audible else ".captions"
    assert_golden(FOLDER / f"{name}{variant}.txt", as_text(score, kit.phrases))
    return score


@pytest.mark.parametrize("audible", [True, False], ids=["spoken", "captions"])
@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_timeline(path, audible):
    score = check(path.stem, compiling(path), audible=audible)
    assert_well_timed(score, LetterSpeech().measure)


def compiling(path):
    steps = expand(Library([]).load(path), SETTINGS.get(path.stem, Settings()))
    return lambda kit: compile_all(with_length(steps, compile_all(steps, kit).expected), kit)


@pytest.mark.parametrize("medium", [Medium.PAGE, Medium.FILE])
def test_the_timeline_of_a_page_and_of_a_file(medium):
    score = check("taken_along", compiling(FOLDER / "taken_along.yaml"), audible=True, medium=medium)
    assert_well_timed(score, LetterSpeech().measure)


def test_what_is_said_when_somebody_asks_and_counted_after_a_pause():
    steps = asked_for()

    def compiled(kit):
        # What is asked for has its own time, and stands in a row here only to be read.
        said = tuple(compile_step(index, step, kit) for index, step in enumerate(steps))
        set_ = said[steps.index(works(steps)[0])]
        return Score((*said, count_in_segment(set_, set_.begins, kit)))

    score = check("asked_for", compiled, audible=True)
    assert_well_timed(Score(score.segments[:-1]), LetterSpeech().measure)
