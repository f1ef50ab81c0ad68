"""Sets: their tempo, their reps, where they go on after a pause, and how long one at one's own pace lasts."""

import itertools
from dataclasses import replace
from pathlib import Path

import pytest
from fakes.speech import SOUNDS, LetterSpeech

from voicecoach.language import phrases
from voicecoach.routine.model import Cue, Cues, Do, Exercise, Pace, Posture, Routine, Sides, Wait
from voicecoach.routine.phase import Phase, PhaseKind
from voicecoach.timeline.compile import compile_all, compile_step, with_length
from voicecoach.timeline.expand import Settings, expand, expand_exercise
from voicecoach.timeline.segment import LEAST_LEFT, SegmentKind, Speak, reps_done
from voicecoach.timeline.speech_track import TO_LEAVE, Kit
from voicecoach.timeline.steps import (
    FASTEST_TEMPO,
    SLOWEST_TEMPO,
    Briefing,
    ChangeSides,
    Coaching,
    Outro,
    RestStep,
    Work,
    at_tempo,
    has_tempo,
    works,
)
from voicecoach.units import RATE, frames

KIT = Kit(LetterSpeech(), SOUNDS, phrases.load())
LIFT = Exercise(
    name="Lift",
    rep=(Phase(name="lift", seconds=2), Phase(name="hold", seconds=5, kind=PhaseKind.HOLD)),
    reps=(4,),
)
HOLD = replace(LIFT, rep=LIFT.rep[1:])
WALK = Exercise(
    name="Walk", duration=605, cadence=120, cues=Cues(rotating=(Cue("Stand tall."), Cue("Arms loose.")))
)
OWN = replace(LIFT, pace=Pace.SELF, reps=(8,))


def planned(*steps, **chosen):
    done = tuple(Do(exercise=each) if isinstance(each, Exercise) else each for each in steps)
    return expand(Routine(id="x", name="X", steps=done, path=Path("x")), Settings(**chosen))


def compiled(exercise, **chosen):
    (work,) = works(planned(exercise, **chosen))
    return work, compile_step(0, work, KIT)


def test_the_tempo_can_change_from_one_rep_on_and_come_back():
    work, _ = compiled(LIFT)
    slow, back = at_tempo(work, 0.5, first=3), at_tempo(at_tempo(work, 0.5, first=3), 1.0, first=4)
    for changed, moves in ((slow, (2, 2, 4, 4)), (back, (2, 2, 4, 2))):
        beats = compile_step(0, changed, KIT).beats[1:]
        assert [beat.frames for beat in beats] == [frames(each) for move in moves for each in (move, 5)]
    assert at_tempo(back, 1.0) == work


CLAM = Exercise(
    name="Clam",
    rep=tuple(Phase(name=name, seconds=2) for name in ("lift", "lower")),
    words={"lift": "Knee up", "lower": "And close"},
    reps=(15,),
)


@pytest.mark.parametrize("seconds", [1.0, 1.2, 1.5, 1.8, 2.0, 3.0])
@pytest.mark.parametrize("reps", [5, 12, 25])
@pytest.mark.parametrize("word", ["And close", "Close slowly", "Knees shut now"])
def test_the_word_of_a_phase_is_the_same_in_the_whole_set(seconds, reps, word):
    """As counts get longer it has less room; who hears another word makes another movement."""
    rep = (CLAM.rep[0], replace(CLAM.rep[1], seconds=seconds))
    cues = Cues(rotating=(Cue("Keep your feet together."), Cue("Do not roll back with the pelvis.")))
    clam = replace(CLAM, rep=rep, reps=(reps,), words={**CLAM.words, "lower": word}, cues=cues)
    _, segment = compiled(clam)
    said = [event.text for event in segment.events if isinstance(event, Speak)]
    assert len({text for text in said if text in {word, "Lower."} or "close" in text or "lower" in text}) <= 1


def test_who_rolls_over_hears_the_first_reminder_before_lifting():
    side = replace(
        LIFT, posture=Posture.SIDE_LYING, sides=Sides.EACH, cues=Cues(always=(Cue("Elbow in."), Cue("Up.")))
    )
    steps = planned(side, replace(side, posture=Posture.STANDING), coaching=Coaching.SHORT)
    told = [each.position for each in steps if isinstance(each, ChangeSides)]
    assert told == [("Elbow in.",), ()]
    change = next(each for each in planned(replace(side, position=())) if isinstance(each, ChangeSides))
    heard = compile_step(0, replace(change, position=("Elbow in.",)), KIT)
    assert "Elbow in." in [getattr(event, "text", "") for event in heard.events]


def test_with_one_side_first_the_sides_change_once_and_each_side_has_all_its_sets():
    turning = replace(LIFT, reps=(3, 2), sides=Sides.EACH, rest=20, change=15, one_side_first=True)
    steps = planned(turning)[2:-1]
    told = [f"{step.set_number}/{step.sets} {step.side} x{step.reps}" for step in works(steps)]
    assert told == ["1/2 left x3", "2/2 left x2", "1/2 right x3", "2/2 right x2"]
    assert [type(each) for each in steps] == [
        *(Briefing, Work, RestStep, Work),
        *(ChangeSides, Work, RestStep, Work),
    ]
    change, *rests = steps[4], steps[2], steps[6]
    assert (change.side, change.set_number, change.sets) == ("right", 1, 2)
    assert [(rest.next_set, rest.side) for rest in rests] == [(2, "left"), (2, "right")]
    in_each_set = replace(turning, one_side_first=False)
    assert turning.total_seconds - in_each_set.total_seconds == 20 - 15
    assert [work.side for work in works(planned(in_each_set))] == ["left", "right"] * 2


def test_of_what_is_half_done_the_rest_is_planned_on_each_side():
    sets = replace(LIFT, reps=(3, 2, 1), sides=Sides.EACH)
    for first, done, told, order in (
        (False, {(1, "")}, (2, 1), "2left 2right 3left 3right"),
        (False, {(1, ""), (2, "left")}, None, "2right 3left 3right"),
        (True, {(1, "left"), (2, "left")}, None, "3left 1right 2right 3right"),
        (True, {(1, ""), (2, ""), (3, "left")}, None, "3right"),
    ):
        exercise = replace(sets, one_side_first=first)
        steps = expand_exercise(1, exercise, Settings(), None, frozenset(done))
        assert " ".join(f"{work.set_number}{work.side}" for work in works(steps)) == order
        begins = steps[0]
        assert (begins.side, begins.going_on) == (works(steps)[0].side, told is None)
        assert told in {None, begins.exercise.reps}
        for before, change, after in zip(steps[1:], steps[2:], steps[3:], strict=False):
            if isinstance(change, ChangeSides):
                assert before.side != change.side == after.side


def test_tempo_has_bounds_and_only_what_goes_by_a_beat_has_one():
    for asked, held in ((0.1, SLOWEST_TEMPO), (9, FASTEST_TEMPO), (1.1, 1.1)):
        assert compiled(LIFT, tempo=asked)[0].tempo == (held,) * 4
    found = [has_tempo(compiled(each)[0]) for each in (LIFT, HOLD, WALK, OWN)]
    assert found == [True, False, False, False]
    assert has_tempo(compiled(WALK, clicks=True)[0])


def test_reps_are_done_when_their_last_phase_is_over():
    _, segment = compiled(LIFT)
    starts = segment.rep_starts()
    assert [later - starts[0] for later in starts] == [frames(7 * rep) for rep in range(4)]
    places = (0, starts[1] - 1, starts[1], segment.frames)
    assert [reps_done(segment, frame) for frame in places] == [0, 0, 1, 4]
    assert segment.restarts == (0, *starts)


MOVE, BACK = Phase(name="lift", seconds=2), Phase(name="lower", seconds=2, kind=PhaseKind.LOWER)
TWELVE = Phase(name="hold", seconds=12, kind=PhaseKind.HOLD)
HELD = replace(LIFT, name="Held", rep=(MOVE, TWELVE, BACK), reps=(3,))


def longest_word(segment):
    return max(event.frames for event in segment.events)


@pytest.mark.parametrize("exercise", [WALK, HOLD, HELD], ids=lambda each: each.name)
def test_a_long_hold_goes_on_with_what_was_left_and_hears_its_countdown(exercise):
    _, segment = compiled(exercise)
    for beat in (each for each in segment.beats if each.goes_on):
        for tenth in range(0, beat.frames, RATE // 10):
            paused = beat.frame + tenth
            at = segment.resume_at(paused)
            left = min(paused, beat.end - LEAST_LEFT)
            assert at <= left
            assert at >= left - longest_word(segment) or at in segment.restarts
            assert segment.resume_at(at) == at, "a pause after a pause costs nothing"
        assert segment.resume_at(beat.frame + frames(6)) > beat.frame + frames(4)


def test_what_was_held_is_not_held_again_and_a_short_hold_begins_again_with_its_rep():
    _, segment = compiled(HELD)
    move, hold, back = segment.beats[4:7]
    assert [each.kind for each in (move, hold, back)] == [PhaseKind.MOVE, PhaseKind.HOLD, PhaseKind.LOWER]
    assert segment.resume_at(back.end - 1) == back.frame
    assert segment.resume_at(hold.frame) == segment.resume_at(move.end - 1) == move.frame
    _, short = compiled(replace(HELD, rep=(MOVE, replace(TWELVE, seconds=5), BACK)))
    for frame in range(short.beats[4].frame, short.beats[6].end, RATE // 10):
        assert short.resume_at(frame) == short.beats[4].frame


def test_who_pauses_at_the_tone_of_the_end_does_nothing_again():
    for exercise in (LIFT, HOLD, WALK):
        _, segment = compiled(exercise)
        assert segment.resume_at(segment.frames - 1) >= segment.ends == segment.beats[-1].end


@pytest.mark.parametrize(
    ("changes", "chosen", "seconds"),
    [
        ({}, {}, 2 * 56 + 30),
        ({"reps": (2,)}, {}, 60),
        ({"limit": 45}, {}, 45),
        ({}, {"tempo": 0.5}, 2 * 72 + 30),
    ],
)
def test_a_set_at_ones_own_pace_waits_until_its_limit(changes, chosen, seconds):
    _, segment = compiled(replace(OWN, **changes), **chosen)
    (beat,) = segment.beats
    assert (beat.kind, beat.frame, segment.waits) == (PhaseKind.OWN_PACE, segment.begins, True)
    assert (segment.rep_starts(), reps_done(segment, segment.frames)) == ((), 0)
    assert segment.events[-1].frame - beat.frame == pytest.approx(frames(seconds), abs=frames(0.5))


def test_a_session_is_announced_as_long_as_it_is_likely_to_last_and_only_waits_wait():
    steps = planned(OWN, Wait(what="a strap"), LIFT)
    steps = with_length(steps, compile_all(steps, KIT).expected)
    score = compile_all(steps, KIT)
    (outro,) = (step for step in steps if isinstance(step, Outro))
    assert frames(outro.seconds) < score.frames - frames(60)
    waiting = [(each.kind, each.title) for each in score.segments if each.waits]
    assert waiting == [(SegmentKind.WORK, "Lift"), (SegmentKind.WAIT, "a strap")]


def test_a_long_change_of_sides_is_a_rest_with_time_to_come_back():
    held = replace(LIFT, reps=(3, 3), sides=Sides.EACH, rest=20, change=15, resting="Sit back.")
    changes = [step for step in planned(held) if isinstance(step, ChangeSides)]
    assert [step.resting for step in changes] == ["Sit back.", "Sit back."]
    says = [event for event in compile_step(0, changes[0], KIT).events if isinstance(event, Speak)]
    assert [say.text for say in says][1:3] == ["Sit back.", "Get back into position."]
    assert says[2].frame - says[1].end >= TO_LEAVE
    assert not any(step.resting for step in planned(replace(held, change=8)) if isinstance(step, ChangeSides))


def _let_go(seconds, word):
    """How each of ten reps says to let go; empty where it does not."""
    kinds = (PhaseKind.MOVE, PhaseKind.HOLD, PhaseKind.RELAX)
    rep = tuple(
        Phase(name=str(kind), seconds=each, kind=kind) for kind, each in zip(kinds, seconds, strict=True)
    )
    _, segment = compiled(Exercise(name="Squeeze", rep=rep, reps=(10,), words={"relax": word}))
    relaxing = [beat for beat in segment.beats if beat.kind is PhaseKind.RELAX]
    said = [event for event in segment.events if isinstance(event, Speak)]
    return [next((say.text for say in said if say.frame == beat.frame), "") for beat in relaxing]


def test_one_word_for_letting_go_is_said_in_the_whole_set():
    """Only the last one is always called by its name: who lets go in the end keeps hold of nothing."""
    full, short = "Let everything go.", "Relax."
    seen = set()
    for move, hold, relax in itertools.product((1, 2, 3), (1, 2, 3), (2, 3, 4)):
        *between, last = _let_go((move, hold, relax), full)
        counted = [text for rep, text in enumerate(between, start=1) if rep not in {5, 8, 9}]
        assert len(set(counted)) == 1, "where only a number is called, all say the same"
        assert {*between} <= {counted[0], ""}
        assert last in {short, ""}
        seen |= {*counted}
    assert seen == {full, short}
