"""Every shipped routine, compiled with each voice that ships, at each coaching and pace of speech."""

import re
from collections import Counter
from itertools import pairwise, product

import pytest
from naming import naming
from scores import assert_well_timed

from voicecoach.app import estimates, prepare
from voicecoach.language.speech_length import DEFAULT_WPM
from voicecoach.routine.files.library import Library
from voicecoach.timeline.compile import compile_all, compile_step
from voicecoach.timeline.expand import Settings
from voicecoach.timeline.lint import LONGEST_BREATH, MOST_HEARD
from voicecoach.timeline.segment import Role, SegmentKind, Speak
from voicecoach.timeline.set_cues import CUE_EVERY
from voicecoach.timeline.steps import Coaching, Intro

LIBRARY = Library.default()
VOICES = [*(pytest.param(name, marks=pytest.mark.processes) for name in ("natural", "pyttsx3")), "silent"]
PACES = [0.8, 1.4]
"""Of the default speech rate: what fits at both ends fits between them."""
KEPT = {role for role in Role if role.rank < Role.CUE.rank}
"""What may never be dropped from a shipped routine."""


def compiled(studio, name, voice, coaching=Coaching.FULL, pace=1.0):
    rate = round(DEFAULT_WPM * pace)
    room = studio(voice=voice, rate=rate)
    score = room.compile(prepare.steps_of(prepare.library().load(name), Settings(coaching=coaching), rate))
    assert room.notices == []
    return room, score


def said(segment):
    return [event for event in segment.events if isinstance(event, Speak)]


@pytest.mark.parametrize("voice", VOICES)
def test_everything_fits(studio, some, record_property, voice):
    """No overlap, no cut, every beat marked; nothing dropped but form cues; most of a set is silence."""
    cases = some(product(LIBRARY.routines(), [Coaching.FULL, Coaching.SHORT], PACES))
    for name, coaching, pace in cases:
        room, score = compiled(studio, name, voice, coaching, pace)
        with naming(name, coaching, pace):
            assert_well_timed(score, room.narrator.measure)
            assert_only_cues_are_dropped(score)
            assert_most_of_a_set_is_silence(score)
            if voice != "silent":
                assert_clips_begin_with_their_sound(score, room.narrator, voice)
    record_property("figure", f"{voice}: {len(cases)} sessions fit")


def assert_only_cues_are_dropped(score):
    lost = {f"{s.title}: {d.text} [{d.role}]" for s in score.segments for d in s.dropped if d.role in KEPT}
    assert lost == set()


def assert_most_of_a_set_is_silence(score):
    for segment in score.segments:
        if segment.kind is SegmentKind.WORK:
            speech = sum(say.frames for say in said(segment))
            assert speech < segment.frames / 2, f"{segment.title}: {speech / segment.frames:.0%} is speech"
            cues = [say for say in said(segment) if say.role is Role.CUE]
            assert all(second.frame - first.end >= CUE_EVERY for first, second in pairwise(cues))


def assert_clips_begin_with_their_sound(score, narrator, voice):
    """The audible onset lies on the event's frame: within 10 ms there is sound."""
    for text in {event.text for _, _, event in score.events() if isinstance(event, Speak)}:
        clip = narrator.clip(text)
        assert clip.engine == voice
        start = abs(clip.samples[:480].astype(int)).max()
        assert start > 0.003 * 32768, f"{text!r} begins with silence"


COUNTS = {Role.COUNT, Role.SIDE, Role.PHASE, Role.HALFWAY}
TIME = re.compile(r"[\w -]+ (seconds?|minutes?)\.")
"""A sentence that is nothing but a time."""


def breathes_shortly(say):
    """Tell whether it is such as "Breathe out.", which belongs to its phase."""
    return say.role is Role.BREATH and len(say.text.split()) <= LONGEST_BREATH


def test_no_sentence_wears_out():
    """None is heard more often in a session than the limit, unless it counts, or names a side or a phase."""
    for name, coaching in product(LIBRARY.routines(), Coaching):
        score = estimates.estimate(prepare.steps_of(LIBRARY.load(name), Settings(coaching=coaching)))
        words = (say for s in score.segments for say in said(s) if say.role not in COUNTS)
        heard = Counter(say.text for say in words if not breathes_shortly(say))
        worn = {
            text: times for text, times in heard.items() if times > MOST_HEARD and not TIME.fullmatch(text)
        }
        with naming(name, coaching):
            assert worn == {}


def test_what_stays_of_a_plan_is_estimated_once(monkeypatch):
    made = []
    monkeypatch.setattr(estimates, "compile_step", lambda *of: made.append(of[1]) or compile_step(*of))
    steps = prepare.steps_of(LIBRARY.load("quick"), Settings(), 123)  # a pace of its own
    for _ in range(2):
        assert estimates.estimate(steps, 123) == compile_all(steps, estimates.estimates(123, "en")._kit)
    assert len(made) == len(steps) + 2, "the intro and the outro are told how long it takes"


def test_nobody_is_told_to_walk_slowly():
    steps = {name: prepare.steps_of(LIBRARY.load(name), Settings()) for name in LIBRARY.routines()}
    brisk = {name for name, some in steps.items() for each in some if isinstance(each, Intro) and each.brisk}
    assert brisk == {"walk", "easy-walk", "indoors", "aerobics"}
    score = estimates.estimate(steps["walk"])
    words = " ".join(event.text for _, _, event in score.events() if isinstance(event, Speak))
    assert "Move slowly" not in words
    assert "spreads down your leg" in words
