"""In every shipped routine there is time to get there, a way down and up, and a way off the ball."""

import pytest

from voicecoach.app import estimates, prepare
from voicecoach.routine.files.library import Library
from voicecoach.routine.model import Posture
from voicecoach.timeline.expand import Settings
from voicecoach.timeline.segment import Speak
from voicecoach.timeline.steps import Briefing, Coaching, Outro, Work
from voicecoach.timeline.travel import BALL, posture_seconds
from voicecoach.units import seconds

ROUTINES = Library.default().routines()
ON_FEET = {Posture.STANDING, Posture.SITTING}
LYING = {Posture.SUPINE, Posture.PRONE, Posture.SIDE_LYING}
SLOW = {Posture.SIDE_LYING, Posture.HALF_KNEELING}


def session(name, coaching):
    """The steps of a routine with their segments, and the second each begins at."""
    steps = prepare.steps_of(prepare.library().load(name), Settings(coaching=coaching))
    score = estimates.estimate(steps)
    starts = (seconds(start) for start, _ in score.starts())
    return list(zip(starts, steps, score.segments, strict=True))


def said(segment):
    return " ".join(event.text for event in segment.events if isinstance(event, Speak)).casefold()


@pytest.mark.parametrize("coaching", Coaching)
def test_there_is_time_to_get_into_position(coaching):
    for name in ROUTINES:
        free, before = 0.0, None
        for start, step, segment in session(name, coaching):
            if not isinstance(step, Work):
                continue
            exercise, gap = step.exercise, start + seconds(segment.begins) - free
            what = f"{name}: {exercise.name}, {step.side}"
            if before is not None and before.exercise is not exercise:
                assert gap >= posture_seconds(before.exercise.posture, exercise.posture), what
                fetched = {"towel", "strap"}.intersection(exercise.equipment) - {*before.exercise.equipment}
                assert gap >= 25 or not (fetched and exercise.posture in LYING), what
            elif before is not None and before.side != step.side:
                slow = exercise.posture in SLOW or "strap" in exercise.equipment
                assert gap >= (15 if slow else 6), what
            free, before = start + seconds(segment.frames), step


@pytest.mark.parametrize("coaching", Coaching)
def test_one_is_led_down_up_and_out(coaching):
    ways = 0
    for name in ROUTINES:
        posture, exercise, heard = Posture.STANDING, None, ""
        for _, step, segment in session(name, coaching):
            heard += said(segment)
            if not isinstance(step, Briefing | Outro):
                continue
            end = step.exercise.posture if isinstance(step, Briefing) else Posture.STANDING
            if (posture in ON_FEET) != (end in ON_FEET):
                words = "stand still for one breath" if end in ON_FEET else "one knee"
                assert words in said(segment), f"{name}: {step.title}"
                ways += 1
            follows = step.exercise if isinstance(step, Briefing) else None
            if (
                exercise
                and BALL in exercise.equipment
                and (follows is None or follows.posture is not posture)
            ):
                assert exercise.leaving.casefold() in heard, f"{name}: {exercise.name}"
            if isinstance(step, Briefing):
                posture, exercise, heard = end, step.exercise, ""
    assert ways >= 20


def test_who_does_something_on_a_ball_is_told_how_to_rest_and_to_leave():
    shelf = prepare.library()
    exercises = [shelf.exercise(name) for name in shelf.exercises()]
    with_ball = [each for each in exercises if BALL in each.equipment]
    assert len(with_ball) >= 7
    assert all(each.leaving for each in with_ball)
    hold = [each for each in with_ball if len(each.goal.reps if each.goal else each.reps) > 1]
    assert [each.name for each in hold if not each.resting and each.posture is not Posture.SITTING] == []
