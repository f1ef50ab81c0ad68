"""Slower and faster reps: movements stretch, holds and times do not, and what was done stays where it was."""

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from fakes.speech import SOUNDS, LetterSpeech
from hypothesis import given
from hypothesis import strategies as st
from scores import assert_well_timed

from voicecoach.language import phrases
from voicecoach.routine.model import (
    KINDS_IN_A_REP,
    SHORTEST_PHASE,
    Cues,
    Do,
    Exercise,
    Phase,
    PhaseKind,
    Routine,
    Sides,
)
from voicecoach.timeline.compile import compile_step, with_length
from voicecoach.timeline.expand import Settings, expand
from voicecoach.timeline.segment import Play, Role, Score, reps_done
from voicecoach.timeline.speech_track import Kit
from voicecoach.timeline.steps import FASTEST_TEMPO, SLOWEST_TEMPO, Intro, Work, at_tempo, has_tempo
from voicecoach.units import frames

KIT = Kit(LetterSpeech(), SOUNDS, phrases.load())
LIFT = Exercise(
    name="Lift",
    rep=(
        Phase(name="lift", seconds=2),
        Phase(name="hold", seconds=5, kind=PhaseKind.HOLD),
        Phase(name="lower", seconds=2, kind=PhaseKind.LOWER),
        Phase(name="relax", seconds=1, kind=PhaseKind.RELAX),
    ),
    reps=(4,),
    cues=Cues(always=("Keep breathing.",), rotating=("Soft neck.",)),
)
WALK = Exercise(name="Walk", duration=30, cadence=120)


def works(exercise, **chosen):
    routine = Routine(id="x", name="X", steps=(Do(exercise=exercise),), path=Path("x"))
    return [step for step in expand(routine, Settings(**chosen)) if isinstance(step, Work)]


def lengths(work):
    return [beat.frames for beat in compile_step(0, work, KIT).beats[1:]]


def test_movements_last_longer_at_a_slow_tempo_and_holds_keep_their_seconds():
    (work,) = works(LIFT, tempo=0.8)
    assert lengths(work) == [frames(2.5), frames(5), frames(2.5), frames(1.25)] * 4


def test_the_tempo_can_change_from_one_rep_on():
    work = at_tempo(works(LIFT)[0], 0.5, first=3)
    written, slow = [frames(s) for s in (2, 5, 2, 1)], [frames(s) for s in (4, 5, 4, 2)]
    assert lengths(work) == written * 2 + slow * 2
    assert lengths(at_tempo(work, 1.0, first=4)) == written * 2 + slow + written


def test_back_at_the_written_tempo_it_is_the_set_as_it_was():
    (work,) = works(LIFT)
    assert at_tempo(at_tempo(work, 0.7), 1.0) == work


@pytest.mark.parametrize(("asked", "held"), [(0.1, SLOWEST_TEMPO), (9, FASTEST_TEMPO), (1.1, 1.1)])
def test_tempo_has_bounds(asked, held):
    (work,) = works(LIFT, tempo=asked)
    assert work.tempo == (held,) * 4


def test_no_phase_becomes_too_short_to_be_coached():
    quick = replace(LIFT, rep=(Phase(name="tap", seconds=0.6), Phase(name="back", seconds=SHORTEST_PHASE)))
    (work,) = works(quick, tempo=FASTEST_TEMPO)
    assert set(lengths(work)) == {frames(SHORTEST_PHASE)}


def test_timed_work_keeps_its_time_and_its_clicks_change_their_rate():
    (work,) = works(WALK, tempo=0.5, clicks=True)
    segment = compile_step(0, work, KIT)
    assert lengths(work) == [frames(30)]
    clicks = [event.frame for event in segment.events if isinstance(event, Play) and event.role is Role.PACE]
    assert {later - earlier for earlier, later in pairwise(clicks[:10])} == {frames(1)}


def test_what_goes_by_no_beat_has_no_tempo():
    hold = replace(LIFT, rep=(Phase(name="hold", seconds=20, kind=PhaseKind.HOLD),))
    assert [has_tempo(works(each)[0]) for each in (LIFT, hold, WALK)] == [True, False, False]
    assert has_tempo(works(WALK, clicks=True)[0])


def test_the_announced_minutes_know_the_tempo():
    routine = Routine(id="x", name="X", steps=(Do(exercise=LIFT),) * 4, path=Path("x"))

    def announced(tempo):
        steps = with_length(expand(routine, Settings(tempo=tempo)), KIT)
        return next(step.seconds for step in steps if isinstance(step, Intro))

    assert announced(0.5) - announced(1.0) == 4 * 4 * 5


def test_reps_are_done_when_their_last_phase_is_over():
    (work,) = works(LIFT)
    segment = compile_step(0, work, KIT)
    starts = segment.rep_starts()
    assert [later - starts[0] for later in starts] == [frames(10 * rep) for rep in range(4)]
    assert [reps_done(segment, frame) for frame in (0, starts[1] - 1, starts[1], segment.frames)] == [
        0,
        0,
        1,
        4,
    ]


tempos = st.sampled_from([0.5, 0.6, 0.75, 0.9, 1.0, 1.1, 1.3, 1.5])
texts = st.sampled_from(
    ["Long and slow and all the way out.", "Soft neck.", "Breathe.", "Push the wall away now."]
)
exercises = st.builds(
    Exercise,
    name=st.just("Lift"),
    rep=st.lists(
        st.builds(
            Phase,
            name=st.sampled_from(["lift", "hold", "lower", "relax"]),
            seconds=st.sampled_from([0.5, 1, 1.7, 2, 3, 5, 10, 21]),
            kind=st.sampled_from(KINDS_IN_A_REP),
        ),
        min_size=1,
        max_size=4,
    ).map(tuple),
    reps=st.integers(2, 9).map(lambda count: (count,)),
    sides=st.sampled_from(Sides),
    cues=st.builds(Cues, always=st.lists(texts, max_size=3).map(tuple), rotating=st.lists(texts).map(tuple)),
)


@given(exercises, tempos, tempos, st.data(), st.floats(0.02, 0.2))
def test_a_new_tempo_leaves_the_beats_before_it_where_they_were(exercise, old, new, data, pace):
    voice = LetterSpeech(seconds_per_letter=pace)
    kit = Kit(voice, SOUNDS, phrases.load())
    work = works(exercise, tempo=old)[0]
    first = data.draw(st.integers(2, max(2, work.reps)))
    before = compile_step(0, work, kit)
    after = compile_step(0, at_tempo(work, new, first=first), kit)
    assert_well_timed(Score((after,)), voice.measure)
    assert [beat for beat in before.beats if beat.rep < first] == [
        beat for beat in after.beats if beat.rep < first
    ]
    assert before.rep_starts()[:first] == after.rep_starts()[:first]
