"""Seconds are counted one way: downwards, those that are left, by the voice as on the screen."""

from dataclasses import replace

import pytest
from fakes.speech import SOUNDS, LetterSpeech

from voicecoach.display import readout
from voicecoach.language import phrases
from voicecoach.routine.files.library import Library
from voicecoach.routine.model import Amrap, Exercise, Pace
from voicecoach.routine.phase import Phase, PhaseKind
from voicecoach.timeline.compile import compile_all, compile_step
from voicecoach.timeline.countdown import count_in_segment
from voicecoach.timeline.expand import Settings, expand, expand_exercise
from voicecoach.timeline.rep_calls import BEFORE_COUNTDOWN
from voicecoach.timeline.segment import Beat, Role, Segment, SegmentKind, Speak
from voicecoach.timeline.speech_track import Kit
from voicecoach.timeline.steps import works
from voicecoach.timeline.words import COUNTED_HOLD
from voicecoach.timeline.work_set import TEN_TOLD
from voicecoach.units import format_clock, frames

SAY = phrases.load()
LIBRARY = Library.default()
KIT = Kit(LetterSpeech(), SOUNDS, SAY)
SECONDS = {SAY("count", n=SAY.number(n)): n for n in range(1, 10)} | {SAY("work.ten_seconds"): 10}
OTHER_COUNTS = {SAY("work.hold", n=SAY.number(n)) for n in range(1, 100)} | {SAY("count_in")}
COUNTED = {PhaseKind.HOLD, PhaseKind.TIMED, PhaseKind.COUNT_IN}


def counted(segment: Segment, beat: Beat, since: int = 0) -> list[int]:
    """Return the seconds that are told in ``beat`` from frame ``since`` on, each as the screen shows it."""
    told = []
    for event in segment.events:
        begins = isinstance(event, Speak) and event.frame >= since and beat.frame <= event.frame < beat.end
        if not begins or event.role is not Role.COUNT or event.text in OTHER_COUNTS:
            continue
        number = SECONDS[event.text]
        shown = readout.count(beat.end - event.frame, beat.frames)
        assert shown in {str(number), format_clock(number)}, f"{event} while the screen shows {shown}"
        told.append(number)
    return told


def expected(beat: Beat, since: int = 0) -> list[int]:
    """Return the seconds to be told in ``beat`` from frame ``since`` on."""
    last = [3, 2, 1] if beat.frames >= frames(COUNTED_HOLD) or beat.kind is PhaseKind.COUNT_IN else []
    nearly = [10] if beat.frames >= frames(TEN_TOLD) else []
    return [number for number in [*nearly, *last] if beat.end - frames(number) >= since]


def assert_counts_on(segment: Segment, beat: Beat) -> None:
    """After a pause in ``beat``, what is counted is what was left of it."""
    for part in range(1, 4):
        at = segment.resume_at(beat.frame + beat.frames * part // 4)
        before = count_in_segment(segment, at, KIT)
        assert counted(before, before.beats[0]) == [3, 2, 1], f"after {part}/4 of {beat}"
        if at > beat.frame:
            assert counted(segment, beat, at) == expected(beat, at)


@pytest.mark.parametrize("speed", [0.8, 1.0, 1.2])
def test_each_number_in_a_hold_is_the_one_that_the_screen_shows(speed):
    """In every set of every included routine, and after a pause."""
    holds = 0
    for name in LIBRARY.routines():
        for step in works(expand(LIBRARY.load(name), Settings(tempo=speed))):
            segment = compile_step(0, step, KIT)
            for beat in (each for each in segment.beats if each.kind in COUNTED):
                assert counted(segment, beat) == expected(beat), f"{beat} of {segment.title}, {name}"
                if beat.rep:
                    assert_counts_on(segment, beat)
                holds += beat.kind is PhaseKind.HOLD
    assert holds > 300


def test_a_hold_and_timed_work_of_the_same_length_are_counted_alike():
    """From half a minute on the seconds are told once before the countdown, and never near its half."""
    for length in (5, 10, 20, 29, 30, 45, 120):
        held = Exercise(name="Held", rep=(Phase(name="hold", seconds=length, kind=PhaseKind.HOLD),))
        timed = Exercise(name="Timed", duration=length)
        for exercise in (held, timed):
            (step,) = works(expand_exercise(1, exercise, Settings(), None))
            segment = compile_step(0, step, KIT)
            told = counted(segment, segment.beats[1])
            assert told == ([10, 3, 2, 1] if length >= 30 else [3, 2, 1])
            half = [say.text for say in segment.events if say.role is Role.HALFWAY and isinstance(say, Speak)]
            assert half == (["Halfway."] if length >= 20 else [])


@pytest.mark.parametrize(("held", "after"), [(4, ()), (4, (0.4,)), (8, ()), (8, (1.0,)), (8, (0.4,))])
def test_no_bare_number_of_a_rep_is_said_within_a_hold_or_after_a_countdown(held, after):
    """At the end of the third hold of a breath "three" would be taken for seconds."""
    hold = Phase(name="hold", seconds=held, kind=PhaseKind.HOLD)
    relax = tuple(Phase(name="relax", seconds=each, kind=PhaseKind.RELAX) for each in after)
    exercise = Exercise(name="Box", rep=(Phase(name="in", seconds=2), hold, *relax), reps=(8,))
    (step,) = works(expand_exercise(1, exercise, Settings(), None))
    segment = compile_step(0, step, KIT)
    says = [say for say in segment.events if isinstance(say, Speak) and say.role is Role.COUNT]
    told = [say.text for say in says if say.frame >= segment.begins]
    countdown = ["Three.", "Two.", "One."] if held >= COUNTED_HOLD else []
    assert [text for text in told if text not in OTHER_COUNTS] == 8 * countdown
    assert {"Two done.", "Three done.", "Five done."} <= set(told)


TIMED = Exercise(name="Timed", duration=20, reps=(1, 1, 1), rest=0, exact_rest=True)
OWN_PACE = replace(TIMED, duration=None, reps=(4, 4, 4), pace=Pace.SELF, limit=30)


def assert_countdown_stands_alone(segment: Segment) -> None:
    says = [say for say in segment.events if isinstance(say, Speak)]
    three = segment.ends - frames(3)
    assert [say.text for say in says if say.frame >= three] == ["Three.", "Two.", "One."]
    before = [say for say in says if say.frame < three]
    assert three - before[-1].end >= BEFORE_COUNTDOWN, f"{before[-1].text} seems to be a part of it"


@pytest.mark.parametrize("exercise", [TIMED, OWN_PACE], ids=["timed", "own pace"])
def test_what_comes_next_is_told_well_before_the_countdown(exercise):
    """It has numbers of its own: "set two of three"."""
    steps = expand_exercise(1, exercise, Settings(), None)
    first, second, _ = (each for each in compile_all(steps, KIT).segments if each.work)
    for segment in (first, second):
        assert any(isinstance(say, Speak) and say.text.startswith("Next, ") for say in segment.events)
        assert_countdown_stands_alone(segment)


def test_a_rep_that_is_counted_by_a_key_is_never_said_in_the_countdown():
    (step,) = works(expand_exercise(1, replace(TIMED, reps=(1,), amrap=Amrap.REPS), Settings(), None))
    for tenth in range(140, 200):
        segment = compile_step(0, replace(step, marked=(4.0, tenth / 10)), KIT)
        assert_countdown_stands_alone(segment)
        said = [say.text for say in segment.events if isinstance(say, Speak) and say.role is Role.NAME]
        assert said == (["One.", "Two."] if tenth <= 148 else ["One."])


def test_ten_seconds_of_a_rest_are_ten_on_the_screen():
    """In every rest of every included routine: both count to the next "go"."""
    rests = 0
    for name in LIBRARY.routines():
        outline = compile_all(expand(LIBRARY.load(name), Settings()), KIT).segments
        for rest in (each for each in outline if each.kind is SegmentKind.REST):
            for event in (each for each in rest.events if each.role is Role.COUNT):
                left = rest.frames - event.frame + rest.to_go
                assert readout.count(left, rest.frames + rest.to_go) in {"10", "0:10"}, (name, event)
                rests += 1
    assert rests > 10
