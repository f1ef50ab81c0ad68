"""Where a page waits for a tap, and what a page, a file and a session that hears say instead of keys."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from fakes.speech import SOUNDS, LetterSpeech

from voicecoach.language import phrases
from voicecoach.routine.model import Cue, Cues, Do, Exercise, Pace, Rest, Round, Routine, Sides, Wait
from voicecoach.routine.phase import Phase
from voicecoach.session.commands import spoken
from voicecoach.timeline.compile import compile_all
from voicecoach.timeline.expand import Settings, expand
from voicecoach.timeline.medium import HOLD_QUIET, Medium
from voicecoach.timeline.segment import SegmentKind, Sound, Speak
from voicecoach.timeline.speech_track import Kit
from voicecoach.units import frames

LIVE = Kit(LetterSpeech(), SOUNDS, phrases.load())
PAGE = replace(LIVE, medium=Medium.PAGE)
HEARING = replace(LIVE, medium=Medium.HEARING)
OWN = Exercise(
    name="Slide",
    rep=(Phase(name="slide", seconds=2),),
    reps=(4, 4),
    rest=20,
    sides=Sides.EACH,
    pace=Pace.SELF,
    limit=40,
    cues=Cues(always=(Cue(text="Keep breathing."),)),
)


def compiled(*steps, kit=PAGE, rounds=(), **chosen):
    done = tuple(Do(exercise=each, rounds=rounds) if isinstance(each, Exercise) else each for each in steps)
    planned = expand(Routine(id="x", name="X", steps=done, path=Path("x")), Settings(**chosen))
    return compile_all(planned, kit)


def said(segment):
    return [each.text for each in segment.events if isinstance(each, Speak)]


def assert_held(segment):
    """The page waits in two seconds of quiet after the last word, from which the segment goes on."""
    (hold,) = segment.holds
    assert (hold.to - hold.at, segment.waits) == (HOLD_QUIET, True)
    assert not [each for each in segment.events if each.end > hold.at and each.frame < hold.to]
    assert hold.to <= segment.frames
    return hold


def test_a_page_waits_for_a_tap_and_goes_on_at_once():
    score = compiled(Wait(what="Fetch a strap.", limit=50), Wait(what="Sit", limit=50), OWN, delay=20.0)
    waits = [each for each in score.segments if each.kind is SegmentKind.WAIT]
    assert [said(each) for each in waits] == [
        ["Get to your mat. Tap when you are ready."],
        ["Fetch a strap. Tap when you are ready."],
        ["Sit. Tap when you are ready."],
    ]
    for each, limit in zip(waits, (20, 50, 50), strict=True):
        hold = assert_held(each)
        assert hold.to == each.frames
        assert each.expected == hold.at + frames(limit)


def test_a_page_waits_in_a_set_at_ones_own_pace_and_then_ends_it():
    sets = [each for each in compiled(OWN).segments if each.work]
    for number, each in enumerate(sets):
        hold = assert_held(each)
        task, *cue = said(each)
        assert task == "Four reps at your own pace. Tap when you are done."
        assert cue == (["Keep breathing."] if number else []), "the first time it was told before"
        go, end = (event for event in each.events[-2:])
        assert (go.sound, end.sound) == (Sound.GO, Sound.END_OF_SET)
        assert go.end < each.begins == hold.at
        assert end.frame == hold.to == each.ends
        # The sound stands still while they work.
        assert each.expected == each.frames - HOLD_QUIET + frames(4 * 2)


def test_where_the_next_set_begins_at_once_a_page_counts_down_to_it_after_the_tap():
    first, last = (
        each
        for each in compiled(replace(OWN, sides=Sides.BOTH, rest=0, exact_rest=True)).segments
        if each.work
    )
    hold = assert_held(first)
    after = [each for each in first.events if isinstance(each, Speak) and each.frame >= hold.to]
    assert [each.text for each in after] == ["Next, the last set.", "Three.", "Two.", "One."]
    assert after[1].frame == first.frames - frames(3)
    assert assert_held(last).to < last.frames


@pytest.mark.parametrize("kit", [PAGE, replace(LIVE, medium=Medium.FILE)])
def test_rounds_of_fixed_time_wait_for_nobody(kit):
    rounds = (Round(number=1, of=1, every=40),)
    score = compiled(replace(OWN, sides=Sides.BOTH, reps=(4,)), kit=kit, rounds=rounds)
    (each,) = (each for each in score.segments if each.work)
    assert not each.holds
    assert said(each)[0] == "Four reps at your own pace. You have forty seconds."
    assert each.frames > frames(40)


@pytest.mark.parametrize("medium", [Medium.LIVE, Medium.FILE])
def test_nothing_else_waits_for_a_tap(medium):
    score = compiled(Wait(what="Sit", limit=50), OWN, Rest(seconds=5), kit=replace(LIVE, medium=medium))
    assert not [each for each in score.segments if each.holds]


def test_who_is_heard_can_say_what_others_press():
    long = replace(OWN, limit=120)
    score = compiled(Wait(what="Fetch a strap.", limit=50), long, delay=20.0, kit=HEARING)
    heard = [text for each in score.segments for text in said(each) if '"' in text]
    stop = 'To pause, say "pause please", or press the space bar. If an exercise hurts, say "that hurts", or '
    assert list(dict.fromkeys(heard)) == [
        'Get to your mat. We begin in twenty seconds, or when you say "I\'m ready" or press Enter.',
        f"{stop}press the letter X.",
        'Fetch a strap. We go on in fifty seconds, or when you say "I\'m ready" or press Enter.',
        'Four reps at your own pace. When you are done, say "I\'m done", or press Enter.',
        'No hurry. Say "I\'m done" when you are.',
        'Say "I\'m done" when you are.',
    ]


def test_what_is_told_to_be_said_is_understood():
    written = (phrases.folder() / "en.yaml").read_text("utf-8").replace("\\", "")
    told = set(re.findall(r'say "([^"]+)"', written, re.IGNORECASE))
    assert {"I'm done", "I'm ready", "count one", "pause please", "that hurts"} <= told
    assert told <= spoken(phrases.load()).keys()
