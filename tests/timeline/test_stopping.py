"""What one does at once at a stop, and what goes on by itself: with keys, and in a file that has none."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from fakes.speech import SOUNDS, LetterSpeech

from voicecoach.language import phrases
from voicecoach.routine.model import Do, Exercise, Pace, Posture, Routine, Wait
from voicecoach.routine.phase import Phase
from voicecoach.timeline.compile import compile_all, compile_step
from voicecoach.timeline.expand import Settings, expand
from voicecoach.timeline.medium import Medium
from voicecoach.timeline.segment import SegmentKind
from voicecoach.timeline.speech_track import Kit
from voicecoach.timeline.steps import Briefing, Coaching, Hurt, Intro, Outro, WaitStep
from voicecoach.units import frames

KIT = Kit(LetterSpeech(), SOUNDS, phrases.load())
FILE = replace(KIT, medium=Medium.FILE)
LIFT = Exercise(name="Lift", rep=(Phase(name="lift", seconds=2),), reps=(4,), equipment=("mat", "ball"))
KEYS = re.compile(r"\b(keys?|press|space bar|button|letter)\b", re.IGNORECASE)


def planned(*steps, **chosen):
    done = tuple(Do(exercise=each) if isinstance(each, Exercise) else each for each in steps)
    return expand(Routine(id="x", name="X", steps=done, path=Path("x")), Settings(**chosen))


def said(segment):
    return [each.text for each in segment.events if hasattr(each, "text")]


def test_only_a_file_says_itself_how_long_it_was():
    """Who plays a session is told when it is over, with what they really did."""
    step = Outro(block=1, title="X", name="X", exercises=2, after_work=False, seconds=600)
    assert said(compile_step(0, step, KIT)) == ["That was X."]
    told = " ".join(said(compile_step(0, step, FILE)))
    assert told.startswith("That was X: two exercises, ten minutes.")


def intro(kit, *steps, **chosen):
    (step,) = (each for each in planned(*steps, **chosen) if isinstance(each, Intro))
    return " ".join(said(compile_step(0, step, kit)))


def test_the_first_sessions_say_how_to_stop_pause_skip_and_come_back():
    text = intro(KIT, LIFT)
    for word in ("easiest", "pause, press the space bar", "headset", "letter X", "letter N", "come back in"):
        assert word in text
    # With more than one exercise the first begins sooner, and the second tells what nobody needed before.
    several = planned(LIFT, replace(LIFT, name="Push"), replace(LIFT, name="Pull"))
    told = [
        " ".join(said(compile_step(0, each, KIT))) for each in several if isinstance(each, Intro | Briefing)
    ]
    assert ["letter X" in each for each in told] == [True, False, False, False]
    assert ["letter N" in each and "headset" in each for each in told] == [False, False, True, False]
    assert "cannot burst" in text
    short = intro(KIT, LIFT, coaching=Coaching.SHORT)
    assert "space bar" in short
    assert "letter X" in short
    assert len(short) < len(text) / 2
    assert "burst" not in short
    # One exercise that is new does not make the session a first one.
    known = replace(LIFT, name="Known")
    how = {"coaching_for": lambda each: Coaching.SHORT if each == known else Coaching.FULL}
    assert "letter N" not in intro(KIT, LIFT, known, **how)


@pytest.mark.parametrize("coaching", Coaching)
def test_a_file_names_no_keys(coaching):
    own = replace(LIFT, name="Own", pace=Pace.SELF)
    steps = planned(LIFT, Wait(what="The ball"), own, coaching=coaching)
    for kit, named in ((KIT, True), (FILE, False)):
        texts = [text for segment in compile_all(steps, kit).segments for text in said(segment)]
        assert any(map(KEYS.search, texts)) is named
    assert any("come back in with the next exercise" in text for text in texts)
    assert "Four reps at your own pace. You have one minute." in texts
    assert "The ball. We go on in one minute." in texts


@pytest.mark.parametrize(
    ("limit", "reminded"), [(5.0, 0), (15.0, 0), (20.0, 1), (25.0, 1), (30.0, 2), (61.0, 2)]
)
def test_a_wait_says_when_it_goes_on_and_does_so(limit, reminded):
    step = WaitStep(block=1, title="", what="Fetch the ball.", limit=limit, after_work=False)
    segment = compile_step(0, step, KIT)
    told, *reminders, go_on = segment.events
    time = KIT.phrases.time(limit)
    assert told.text == f"Fetch the ball. We go on in {time}, or when you press Enter."
    assert abs(segment.frames - told.end - frames(limit)) <= frames(1)
    assert go_on.text == "Let's carry on."
    assert len(reminders) == reminded
    for each in reminders:
        left = re.search(r"in (.*)\.", each.text)[1]
        assert left == KIT.phrases.time(round((segment.frames - each.frame) / frames(1)))
    assert (segment.kind, segment.waits) == (SegmentKind.WAIT, True)


@pytest.mark.parametrize("posture", [None, *Posture])
def test_what_hurts_is_left_for_a_position_to_rest_in(posture):
    hurt = Hurt(block=1, title="", exercise=replace(LIFT, posture=posture))
    texts = said(compile_step(0, hurt, KIT))
    assert texts[1] == KIT.phrases(f"hurt.rest.{posture or 'unknown'}")
    assert "slowly" in texts[1]
    assert texts[-1].endswith("we go on with what comes next.")
    last = said(compile_step(0, replace(hurt, goes_on=False), KIT))
    assert last[-1] == "Wait until the pain has settled."
    ball = replace(hurt, exercise=replace(hurt.exercise, leaving="Let the ball roll aside."))
    assert said(compile_step(0, ball, KIT))[1] == "Let the ball roll aside."
    assert texts[1] not in said(compile_step(0, ball, KIT))
    strap = replace(ball.exercise, equipment=("mat", "strap"), leaving="Take the strap off.")
    assert said(compile_step(0, replace(hurt, exercise=strap), KIT))[1:3] == [texts[1], "Take the strap off."]
    chair = replace(strap, equipment=("mat", "chair", "wall"))
    assert said(compile_step(0, replace(hurt, exercise=chair), KIT)) == texts
