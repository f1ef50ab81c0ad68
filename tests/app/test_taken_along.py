"""What a page and a sound file say of the shipped routines: nothing that only a live session can know."""

import re
from dataclasses import replace
from functools import cache

import pytest
from fakes.speech import SOUNDS, LetterSpeech

from voicecoach.app import prepare
from voicecoach.errors import NothingSuits
from voicecoach.language import phrases
from voicecoach.language.speech_length import DEFAULT_WPM, EstimatedSpeech
from voicecoach.routine.instructions import Instructions
from voicecoach.routine.model import Caution
from voicecoach.routine.profile import Profile
from voicecoach.routine.region import Region
from voicecoach.timeline.compile import compile_all, compile_step
from voicecoach.timeline.expand import Settings, expand
from voicecoach.timeline.medium import Medium
from voicecoach.timeline.segment import SegmentKind, Speak
from voicecoach.timeline.speech_track import Kit
from voicecoach.timeline.steps import Coaching, Intro
from voicecoach.units import frames

KIT = Kit(LetterSpeech(), SOUNDS, phrases.load())
LIBRARY = prepare.library()
WHOEVER = (
    (Profile(), Coaching.FULL),
    (Profile(cautions=frozenset({Caution.FLEX})), Coaching.SHORT),
)
ONLY_LIVE = re.compile(
    r"\b(?<!for )today\b|\b(tomorrow|yesterday|weeks?|ago|last time|lately|keys?|button|enter|space bar"
    r"|letter|headset|screen|plan|profile)\b|\bpress (\w|the \w+)[,.]",
    re.IGNORECASE,
)
"""One may stop "for today" on any day."""
PAUSE = 'To pause, tap the pause button. If an exercise hurts, tap "this hurts".'
OWN_PACE = """
name: Own
region: hip
steps:
  - wait: {for: Fetch a strap, limit: 40s}
  - {exercise: Slide, rep: slide 2s, reps: 2 x 5, rest: 30s, pace: self}
  - {exercise: Walk, duration: 60s, amrap: rounds}
"""


@cache
def planned(person, coaching):
    """The steps of each shipped routine that suits."""
    made = []
    for name in LIBRARY.routines():
        try:
            tailored = prepare.tailored(LIBRARY, name, person)
        except NothingSuits:
            continue
        made.append(expand(tailored.routine, Settings(coaching=coaching), tailored.swaps))
    return made


def sentences(segments):
    return [event.text for segment in segments for event in segment.events if isinstance(event, Speak)]


def score_of(steps, medium):
    return compile_all(steps, replace(KIT, medium=medium))


@pytest.fixture
def own(tmp_path):
    path = tmp_path / "own.yaml"
    path.write_text(OWN_PACE)
    return str(path)


def test_the_test_knows_what_only_a_live_session_says():
    for text in (
        "Four reps at your own pace. Press Enter when you are done.",
        "To pause, press the space bar. If an exercise hurts, press the letter X.",
        "That makes two of five days this week.",
        "One rep more than last time.",
        "Half of everything today.",
    ):
        assert ONLY_LIVE.search(text), text


@pytest.mark.parametrize("medium", [Medium.PAGE, Medium.FILE])
@pytest.mark.parametrize("whoever", WHOEVER, ids=["anybody", "careful"])
def test_no_shipped_routine_says_what_only_a_live_session_knows(medium, whoever):
    said = {text for steps in planned(*whoever) for text in sentences(score_of(steps, medium).segments)}
    assert len(said) > 100
    assert not [each for each in said - {PAUSE} if ONLY_LIVE.search(each)]
    assert (PAUSE in said) is (medium is Medium.PAGE)


@pytest.mark.parametrize("medium", [Medium.PAGE, Medium.FILE])
def test_no_sentence_about_waiting_and_counting_does_either(own, medium):
    steps = prepare.session_for(Profile(), own, Settings(delay=20.0), DEFAULT_WPM).steps
    said = {*sentences(score_of(steps, medium).segments)}
    assert not [each for each in said - {PAUSE} if ONLY_LIVE.search(each)]
    at_once = {
        Medium.PAGE: {
            "Get to your mat. Tap when you are ready.",
            "Fetch a strap. Tap when you are ready.",
            "Five reps at your own pace. Tap when you are done.",
            "As many rounds as you can. Tap after each of them.",
        },
        Medium.FILE: {
            "Get to your mat. We begin in twenty seconds.",
            "Fetch a strap. We go on in forty seconds.",
            "Five reps at your own pace. You have one minute.",
            "As many rounds as you can. Count them yourself.",
            "Let's carry on.",
        },
    }
    assert at_once[medium] <= said
    other = Medium.FILE if medium is Medium.PAGE else Medium.PAGE
    assert not at_once[other] & said


@pytest.mark.parametrize("medium", [Medium.PAGE, Medium.FILE])
def test_what_is_new_since_the_last_session_is_for_a_live_one(medium):
    intro = Intro(block=0, title="X", equipment=(), changes=("Slide: one rep more than last time.",))
    told = "one rep more than last time. You can change that in your plan."
    assert told in " ".join(sentences([compile_step(0, intro, KIT)]))
    assert "last time" not in " ".join(sentences([compile_step(0, intro, replace(KIT, medium=medium))]))


@pytest.mark.parametrize("region", Region)
def test_a_file_begins_with_the_notice_in_twelve_seconds(region):
    """Live and on a page it was read before."""
    intro = Intro(block=0, title="Hip", equipment=(), region=region, full=True)
    kit = replace(KIT, speech=EstimatedSpeech(DEFAULT_WPM), medium=Medium.FILE)
    told = [each for each in compile_step(0, intro, kit).events if isinstance(each, Speak)]
    notice = ["No physiotherapist has seen this.", KIT.phrases(f"region.{region}.recording")]
    assert [each.text for each in told[:3]] == [*notice, "Hip."]
    assert told[1].text.endswith("get emergency care.")
    assert told[1].end <= frames(12)
    for medium in (Medium.LIVE, Medium.PAGE):
        assert sentences([compile_step(0, intro, replace(KIT, medium=medium))])[0] == "Hip."


@pytest.mark.parametrize("by", ["Anna Berg", "Anna Berg, physiotherapist"])
def test_the_notice_of_a_file_names_who_chose_the_exercises(by):
    asked = Instructions(by=by, precautions=("Do not cross your legs.",))
    intro = Intro(block=0, title="Hip", equipment=(), instructions=asked)
    said = sentences([compile_step(0, intro, replace(KIT, medium=Medium.FILE))])
    assert said[0] == f"{by}{',' if ',' in by else ''} chose these exercises for you."
    assert "Do not cross your legs." in said
    assert not [each for each in said if "reviewed" in each or "wrote this" in each], "it is said once"


def test_a_session_says_how_long_it_is_where_it_is_heard(own):
    """In a file a set at one's own pace takes all its time, and on a page the sound stands still in it."""
    told = {}
    for medium in Medium:
        steps = prepare.session_for(Profile(), own, Settings(), DEFAULT_WPM, medium=medium).steps
        (intro,) = (step for step in steps if isinstance(step, Intro))
        score = compile_all(steps, replace(KIT, speech=EstimatedSpeech(DEFAULT_WPM), medium=medium))
        assert abs(frames(intro.seconds) - score.expected) < frames(6)
        told[medium] = (score.expected, score.frames)
    assert told[Medium.FILE][0] == told[Medium.FILE][1] > told[Medium.LIVE][0] + frames(60)
    assert told[Medium.PAGE][1] < told[Medium.PAGE][0] < told[Medium.FILE][0]


def test_where_the_words_are_the_same_a_file_and_a_page_are_the_live_session():
    """Then the samples are the same, too, as those of a file and of a session are for one medium."""
    steps = planned(*WHOEVER[1])[0]
    mediums = (Medium.LIVE, Medium.PAGE, Medium.FILE)
    for live, page, file in zip(*(score_of(steps, medium).segments for medium in mediums), strict=True):
        if live.kind not in {SegmentKind.INTRO, SegmentKind.OUTRO}:
            assert live == page == file
