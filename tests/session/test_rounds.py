"""Rounds in a plan that is changed or gone on with: which round each set is in, and where a round is said."""

from dataclasses import replace
from pathlib import Path

import pytest
from fakes.speech import SOUNDS, LetterSpeech

from voicecoach.language import phrases
from voicecoach.routine.model import Amrap, Do, Exercise, Rest, Round, Routine, Step, Variation
from voicecoach.routine.phase import Phase
from voicecoach.session.commands import Command
from voicecoach.session.edits import revise
from voicecoach.session.resume import remaining
from voicecoach.session.revision import PlanPosition
from voicecoach.timeline.compile import compile_all
from voicecoach.timeline.expand import Settings, expand, expand_exercise, opening
from voicecoach.timeline.saved_plan import SavedPlan, from_json, to_json
from voicecoach.timeline.segment import Segment, SegmentKind
from voicecoach.timeline.speech_track import Kit
from voicecoach.timeline.steps import Briefing, Intro, RestStep, Work, works
from voicecoach.units import frames

REP = (Phase(name="lift", seconds=2),)
LIGHT = Exercise(id="light", name="Light row", rep=REP, reps=(5, 5, 5))
ROW = Exercise(id="row", name="Row", rep=REP, reps=(5,), easier=(Variation(exercise="light"),))
SQUAT = Exercise(id="squat", name="Squat", rep=REP, reps=(5,))
PLANK = Exercise(id="plank", name="Plank", rep=REP, reps=(5,))


def circuit(every=None):
    """Three rounds of a row and a squat, then a plank."""
    steps: list[Step] = []
    for number in range(1, 4):
        rounds = (Round(number, 3, every),)
        steps += [Do(exercise=ROW, rounds=rounds), Do(exercise=SQUAT, rounds=rounds)]
        steps += [Rest(seconds=30, between=True, rounds=rounds)] if number < 3 and not every else []
    routine = Routine(id="x", name="X", steps=(*steps, Do(exercise=PLANK)), path=Path("x"))
    return expand(routine, Settings())


class Variations:
    hurt = ()

    def variation(self, key):
        return LIGHT if key == "light" else None

    def plan(self, block, exercise, posture, done=frozenset()):
        return expand_exercise(block, exercise, Settings(), posture, done)


def told(steps):
    """What is said of rounds, and the sets with theirs: "rest 2/3", "Row 2/3"."""
    for step in steps:
        if isinstance(step, Work):
            yield " ".join([step.title, *(f"{each.number}/{each.of}" for each in step.rounds)])
        elif isinstance(step, Briefing | RestStep) and step.round:
            name = "rest" if isinstance(step, RestStep) else "tell"
            yield f"{name} {step.round.number}/{step.round.of}"


def at_set(steps, name, number):
    """The place of the set of an exercise in a round."""
    found = [index for index, step in enumerate(steps) if isinstance(step, Work) and step.title == name]
    return found[number - 1]


def after(command, steps, index):
    segment = Segment(index, SegmentKind.WORK, "", steps[index].block, 48_000, ())
    return revise(steps, PlanPosition(index, 0, segment), command, Variations()).steps


def test_each_round_is_announced_once():
    assert list(told(circuit())) == [
        *("tell 1/3", "Row 1/3", "Squat 1/3", "rest 2/3", "tell 2/3", "Row 2/3", "Squat 2/3"),
        *("rest 3/3", "tell 3/3", "Row 3/3", "Squat 3/3", "Plank"),
    ]


def test_a_round_whose_first_exercise_is_left_out_begins_with_the_next_one():
    steps = circuit()
    left = after(Command.HURTS, steps, at_set(steps, "Row", 2))
    assert list(told(left)) == [
        *("tell 1/3", "Row 1/3", "Squat 1/3", "rest 2/3", "tell 2/3"),
        *("Squat 2/3", "rest 3/3", "tell 3/3", "Squat 3/3", "Plank"),
    ]


@pytest.mark.parametrize("every", [None, 60.0])
def test_another_variation_is_done_in_the_same_rounds(every):
    steps = circuit(every)
    easier = after(Command.EASIER, steps, at_set(steps, "Row", 2))
    before, now = works(steps), works(easier)
    changed = {"Row": "Light row"}
    expected = [
        *(each.title for each in before[:2]),
        *(changed.get(each.title, each.title) for each in before[2:]),
    ]
    assert [each.title for each in now] == expected
    assert [each.rounds for each in now] == [each.rounds for each in before]
    assert {each.exercise.exact_rest for each in now if each.title == "Light row"} == {every is not None}
    assert [each for each in told(easier) if each.startswith("rest")] == ["rest 2/3", "rest 3/3"]
    fills = [each.fills for each in easier if isinstance(each, RestStep)]
    assert fills == [each.fills for each in steps if isinstance(each, RestStep)]


@pytest.mark.parametrize("command", [Command.SLOWER, Command.EASIER, Command.HURTS, Command.MORE_REST])
def test_rounds_at_fixed_times_begin_at_them_again_after_a_change(command):
    steps = circuit(60.0)
    changed = after(command, steps, at_set(steps, "Row", 1))
    score = compile_all(changed, Kit(LetterSpeech(), SOUNDS, phrases.load()))
    begun = {}
    for step, (start, segment) in zip(changed, score.starts(), strict=True):
        if isinstance(step, Work) and step.rounds:
            begun.setdefault(step.rounds[0].number, start + segment.begins)
    assert [*begun] == [1, 2, 3]
    assert begun[3] - begun[2] == frames(60)


def test_what_was_interrupted_in_a_round_goes_on_in_that_round():
    steps = circuit()
    plan = from_json(to_json(SavedPlan(steps=steps, at=at_set(steps, "Squat", 2))))
    assert plan.steps == steps
    left = remaining(plan, opening("X", Settings()))
    assert list(told(left)) == [
        *("tell 2/3", "Squat 2/3", "rest 3/3", "tell 3/3", "Row 3/3", "Squat 3/3", "Plank"),
    ]
    (intro,) = (step for step in left if isinstance(step, Intro))
    assert (intro.resumes_set, intro.resumes_at.rounds) == ((4, 7), (Round(2, 3),))
    without = remaining(replace(plan, at=at_set(steps, "Squat", 1)), opening("X", Settings()), {"row"})
    assert list(told(without)) == [
        *("tell 1/3", "Squat 1/3", "rest 2/3", "tell 2/3", "Squat 2/3"),
        *("rest 3/3", "tell 3/3", "Squat 3/3", "Plank"),
    ]


def test_what_was_counted_before_an_interruption_is_not_counted_again():
    work = Do(exercise=Exercise(name="Circuit", duration=60.0, amrap=Amrap.ROUNDS))
    steps = expand(Routine(id="x", name="X", steps=(work,), path=Path("x")), Settings())
    at = next(index for index, step in enumerate(steps) if isinstance(step, Work))
    counted = tuple(replace(step, marked=(20.0, 45.0)) if isinstance(step, Work) else step for step in steps)
    left = remaining(SavedPlan(steps=counted, at=at), opening("X", Settings()))
    assert [step.marked for step in works(left)] == [()]
