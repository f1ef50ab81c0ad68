"""Sets that nobody counts: they hold until the person is ready, and are over by themselves in the end."""

from dataclasses import replace
from pathlib import Path

import pytest
from fakes.speech import SOUNDS, LetterSpeech

from voicecoach.language import phrases
from voicecoach.routine.model import Cues, Do, Exercise, Pace, Phase, PhaseKind, Routine, Sides, Wait
from voicecoach.timeline.compile import compile_all, with_length
from voicecoach.timeline.expand import Settings, expand
from voicecoach.timeline.segment import Play, Role, SegmentKind, Sound, Speak, reps_done
from voicecoach.timeline.speech_track import SENTENCE_PAUSE, Kit
from voicecoach.timeline.steps import Outro, Work, has_tempo
from voicecoach.units import frames

KIT = Kit(LetterSpeech(), SOUNDS, phrases.load())
LIFT = Exercise(
    name="Lift",
    rep=(Phase(name="up", seconds=2), Phase(name="down", seconds=3, kind=PhaseKind.LOWER)),
    reps=(8,),
    pace=Pace.SELF,
    cues=Cues(always=("Keep breathing.",), rotating=("Soft neck.", "Long arms.")),
)


def planned(*steps, **chosen):
    return expand(Routine(id="x", name="X", steps=steps, path=Path("x")), Settings(**chosen))


def sets(exercise, **chosen):
    score = compile_all(planned(Do(exercise=exercise), **chosen), KIT)
    return [each for each in score.segments if each.kind is SegmentKind.WORK]


def said(segment):
    return [event for event in segment.events if isinstance(event, Speak)]


def own_time(segment):
    """Seconds from "go" to the tone at the limit."""
    go = next(event for event in segment.events if getattr(event, "sound", "") == "go")
    return round((segment.events[-1].frame - go.end) / frames(1))


@pytest.mark.parametrize(
    ("changes", "chosen", "seconds"),
    [
        ({}, {}, 2 * 40 + 30),
        ({"reps": (2,)}, {}, 60),
        ({"limit": 45}, {}, 45),
        ({}, {"tempo": 0.5}, 2 * 80 + 30),
    ],
)
def test_the_limit(changes, chosen, seconds):
    (segment,) = sets(replace(LIFT, **changes), **chosen)
    assert segment.waits
    assert own_time(segment) == seconds


def test_the_dose_and_how_to_go_on_are_said_and_nothing_is_counted():
    (segment,) = sets(LIFT)
    texts = [say.text for say in said(segment)]
    expected = "Eight reps at your own pace. Press any key, or the button of your headset, when you are done."
    assert expected in texts
    assert not [say for say in said(segment) if say.role in {Role.PHASE, Role.COUNT, Role.HALFWAY}]
    (beat,) = segment.beats
    (go,) = [event for event in segment.events if isinstance(event, Play) and event.sound is Sound.GO]
    assert (beat.kind, beat.frame, beat.frames) == (
        PhaseKind.OWN_PACE,
        go.end + SENTENCE_PAUSE,
        segment.frames - beat.frame,
    )
    assert segment.begins == beat.frame
    assert segment.rep_starts() == ()
    assert reps_done(segment, segment.frames) == 0


def test_most_of_the_set_is_silent():
    (segment,) = sets(replace(LIFT, reps=(40,)))
    spoken = sum(say.frames for say in said(segment))
    assert spoken < segment.frames / 8


def test_what_must_be_said_comes_before_it_and_cues_go_on_where_the_last_set_ended():
    first, second = sets(replace(LIFT, sides=Sides.EACH))
    assert said(first)[0].text == "Keep breathing."
    cues = [next(say.text for say in said(each) if say.role is Role.CUE) for each in (first, second)]
    assert cues == ["Soft neck.", "Long arms."]


def test_no_reminder_comes_before_the_reps_can_be_over():
    (segment,) = sets(LIFT)
    reminders = [say.frame for say in said(segment) if "when you are done" in say.text][1:]
    assert min(reminders) >= segment.usual


def test_a_session_is_announced_as_long_as_it_is_likely_to_last():
    steps = with_length(planned(Do(exercise=LIFT)), KIT)
    outro = next(step for step in steps if isinstance(step, Outro))
    score = compile_all(steps, KIT)
    assert frames(outro.seconds) < score.frames - frames(60)


def test_a_wait_waits_and_nothing_else_does():
    score = compile_all(planned(Wait(what="a strap"), Do(exercise=replace(LIFT, pace=Pace.BEAT))), KIT)
    assert {each.kind for each in score.segments if each.waits} == {SegmentKind.WAIT}


def test_it_has_no_tempo():
    work = next(step for step in planned(Do(exercise=LIFT)) if isinstance(step, Work))
    assert not has_tempo(work)
