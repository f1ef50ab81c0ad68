"""What is left to play of an interrupted session."""

from dataclasses import replace
from pathlib import Path

from fakes.speech import SOUNDS, LetterSpeech
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.language import phrases
from voicecoach.routine.instructions import Instructions
from voicecoach.routine.model import Do, Exercise, Rest, Routine, Say, Sides, Wait
from voicecoach.routine.phase import Phase
from voicecoach.session.resume import remaining
from voicecoach.timeline.compile import compile_step
from voicecoach.timeline.expand import Settings, expand, opening
from voicecoach.timeline.saved_plan import SavedPlan, from_json, to_json
from voicecoach.timeline.speech_track import Kit
from voicecoach.timeline.steps import (
    Briefing,
    Hurt,
    Intro,
    OtherVariation,
    RestStep,
    TalkLevel,
    Work,
    telling,
    works,
)

OPENING = opening("X", Settings())
REP = (Phase(name="lift", seconds=2), Phase(name="lower", seconds=2))


def exercise(name, **how):
    return Exercise(name=name, rep=REP, **{"reps": (3, 3), **how})


BRIDGE, DOG = exercise("Bridge"), exercise("Dog", sides=Sides.EACH)


def planned(*what):
    done = tuple(Do(exercise=each) if isinstance(each, Exercise) else each for each in what)
    return expand(Routine(id="x", name="X", steps=done, path=Path("x")), Settings())


def sheet(steps):
    """The steps in a line, a word each: a set with its place, and "+" where an exercise only goes on."""
    words = []
    for step in steps:
        word = type(step).__name__.removesuffix("Step")
        if isinstance(step, Work):
            word = f"{step.block}.{step.set_number}{step.side[:1]}"
        elif isinstance(step, Briefing):
            word += "+" * step.going_on
        elif isinstance(step, Intro) and step.resumes_at:
            word = f"Resume@{sheet([step.resumes_at])}"
        words.append(word)
    return " ".join(words)


def left(steps, at, hurt=()):
    return remaining(SavedPlan(steps=steps, at=at), OPENING, hurt)


def test_as_much_is_said_as_before():
    quiet = telling(planned(BRIDGE, DOG), TalkLevel.NAMES)
    for at in range(len(quiet)):
        told = remaining(from_json(to_json(SavedPlan(steps=quiet, at=at))), OPENING)
        assert {step.talk for step in told[len(OPENING) :] if not isinstance(step, Intro)} == {
            TalkLevel.NAMES
        }


WHAT_IS_LEFT = """\
LeadIn      LeadIn Intro Say Briefing 2.1 Rest 2.2 Rest Briefing 4.1l
Intro       LeadIn Intro Say Briefing 2.1 Rest 2.2 Rest Briefing 4.1l
Say         LeadIn Intro Say Briefing 2.1 Rest 2.2 Rest Briefing 4.1l
Briefing    LeadIn Intro Briefing 2.1 Rest 2.2 Rest Briefing 4.1l
2.1         LeadIn Resume@2.1 Briefing 2.1 Rest 2.2 Rest Briefing 4.1l
Rest        LeadIn Resume@2.2 Briefing+ 2.2 Rest Briefing 4.1l
2.2         LeadIn Resume@2.2 Briefing+ 2.2 Rest Briefing 4.1l
Rest        LeadIn Resume@4.1l Briefing 4.1l
Briefing    LeadIn Resume@4.1l Briefing 4.1l
4.1l        LeadIn Resume@4.1l Briefing 4.1l
ChangeSides LeadIn Resume@4.1r Briefing+ 4.1r Rest 4.2l ChangeSides 4.2r Wait Outro
4.1r        LeadIn Resume@4.1r Briefing+ 4.1r Rest 4.2l ChangeSides 4.2r Wait Outro
Rest        LeadIn Resume@4.2l Briefing+ 4.2l ChangeSides 4.2r Wait Outro
4.2l        LeadIn Resume@4.2l Briefing+ 4.2l ChangeSides 4.2r Wait Outro
ChangeSides LeadIn Resume@4.2r Briefing+ 4.2r Wait Outro
4.2r        LeadIn Resume@4.2r Briefing+ 4.2r Wait Outro
Wait        LeadIn Wait Outro
Outro       LeadIn Outro
"""


def test_what_is_left_at_each_step():
    steps = planned(Say(text="One."), BRIDGE, Rest(seconds=30), DOG, Wait(what="Your strap", limit=5))
    lines = WHAT_IS_LEFT.splitlines()
    assert len(lines) == len(steps)
    for at, line in enumerate(lines):
        here, expected = line.split(maxsplit=1)
        assert sheet(steps[at : at + 1]) == here
        assert sheet(left(steps, at)).startswith(expected), f"{at} {here}: {sheet(left(steps, at))}"


def test_who_has_to_be_near_is_told_however_often_it_goes_on():
    asked = Instructions(supervision="Your daughter stands beside you.", precautions=("No jumping.",))
    steps = tuple(
        replace(step, instructions=asked) if isinstance(step, Intro) else step for step in planned(BRIDGE)
    )
    kit = Kit(LetterSpeech(), SOUNDS, phrases.load())
    for _ in range(2):
        steps = left(steps, next(at for at, step in enumerate(steps) if isinstance(step, Work)))
        (intro,) = (step for step in steps if isinstance(step, Intro))
        said = [getattr(each, "text", "") for each in compile_step(0, intro, kit).events]
        assert [each for each in said if "daughter" in each or "jumping" in each] == [asked.supervision]


def test_the_side_that_is_left_is_named():
    steps = planned(DOG)
    (told,) = (step for step in left(steps, 4) if isinstance(step, Briefing))
    assert (told.side, told.exercise) == ("right", DOG)


def test_what_makes_it_easier_is_said_again():
    steps = planned(BRIDGE, DOG)
    told = OtherVariation(block=1, title="", harder=False, text="Lift only halfway.")
    steps = (*steps[:5], told, *steps[5:])
    assert sheet(left(steps, 4)).startswith("LeadIn Resume@1.2 Briefing+ OtherVariation 1.2 ")
    assert sheet(left(steps, 6)).startswith("LeadIn Resume@1.2 Briefing+ OtherVariation 1.2 ")
    assert sheet(left(steps, 7)).startswith("LeadIn Resume@2.1l Briefing 2.1l ")


def test_what_hurt_does_not_come_again_even_where_the_plan_still_has_it():
    steps = planned(BRIDGE, DOG, BRIDGE, exercise("Plank"))
    rest = left(steps, 3, {"Bridge"})
    assert sheet(rest) == (
        "LeadIn Resume@2.1l Briefing 2.1l ChangeSides 2.1r Rest 2.2l ChangeSides 2.2r"
        " Rest Briefing 4.1 Rest 4.2 Outro"
    )
    (between,) = (step for step in rest if isinstance(step, RestStep) and not step.next_set)
    assert between.next_exercise == exercise("Plank")


exercises = st.builds(
    exercise,
    st.sampled_from(["Bridge", "Dog", "Plank"]),
    reps=st.lists(st.integers(1, 6), min_size=1, max_size=4).map(tuple),
    sides=st.sampled_from(list(Sides)),
    one_side_first=st.booleans(),
)
others = st.sampled_from([Rest(seconds=30), Say(text="Well."), Wait(what="Your strap", limit=5)])


@given(st.lists(exercises | others, min_size=1, max_size=6), st.data())
def test_wherever_and_however_often_it_was_interrupted_the_rest_is_done_once(routine, data):
    plan = SavedPlan(steps=planned(*routine))
    for _ in range(3):
        at = data.draw(st.integers(plan.at, len(plan.steps) - 1))
        rest = remaining(from_json(to_json(replace(plan, at=at))), OPENING)
        assert works(rest) == works(plan.steps[at:])
        told = [step.exercise for step in rest if isinstance(step, Briefing)]
        assert [work.exercise for work in works(rest) if work.exercise not in told] == []
        over = works(plan.steps[:at])
        plan = SavedPlan(steps=(*over, *rest), at=len(over))


def test_what_was_said_to_hurt_after_its_set_was_left_does_not_come_again():
    """Paused, "next" and then "this hurts": nothing of what follows was heard, so the place is the set's."""
    steps = planned(BRIDGE, DOG)
    first = next(index for index, step in enumerate(steps) if isinstance(step, Work))
    dog = next(index for index, step in enumerate(steps) if isinstance(step, Briefing) and step.block == 2)
    told = (*steps[:dog], Hurt(block=2, title="Bridge", exercise=BRIDGE), *steps[dog:])
    assert {work.exercise.key for work in works(left(told, first))} == {DOG.key}
