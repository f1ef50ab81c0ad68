"""What is heard of the form cues of the shipped routines, and of the same sentence in a set."""

import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from fakes.speech import SOUNDS
from golden import assert_golden
from naming import naming

from voicecoach.app import prepare
from voicecoach.language import phrases
from voicecoach.language.speech_length import EstimatedSpeech
from voicecoach.routine.contradictions import contradictions, contradicts, said_in
from voicecoach.routine.files.library import Library
from voicecoach.timeline.compile import compile_all, with_length
from voicecoach.timeline.dump import as_text
from voicecoach.timeline.expand import Settings
from voicecoach.timeline.segment import Role, Score, SegmentKind, Speak
from voicecoach.timeline.speech_track import Kit
from voicecoach.timeline.steps import Briefing, Coaching, works

LIBRARY = Library.default()
SAY = phrases.load()


class Voice(EstimatedSpeech):
    """A voice as fast as the natural one, on any machine."""

    audible = True


KIT = Kit(Voice(), SOUNDS, SAY)
ALL_WITHIN = 5
"""The sessions within which every cue of an exercise is heard."""
HEARD_AT_ONCE = 0.45
"""The share of all cues that is heard in the first session, at least."""
CUES_IN_0_1_0 = 207
"""The cues of the routines of version 0.1.0, each counted wherever its exercise stands in one."""
COUNTED = {Role.COUNT, Role.HALFWAY, Role.SIDE}


def session(name, met, coaching=Coaching.FULL):
    """The steps and segments of a session for somebody who did each exercise ``met`` times."""
    steps = prepare.steps_of(LIBRARY.load(name), Settings(met=lambda _: met, coaching=coaching))
    steps = with_length(steps, compile_all(steps, KIT).expected)
    return steps, compile_all(steps, KIT).segments


def plain(text):
    return re.sub(r"[^a-z' ]", "", text.lower())


def cues_by_exercise(name, met):
    """For each exercise: the sets it has, its rotating cues, and those that are heard."""
    steps, segments = session(name, met)
    for told in (step for step in steps if isinstance(step, Briefing)):
        here = [segment for segment in segments if segment.block == told.block]
        said = "|".join(plain(e.text) for s in here for e in s.events if isinstance(e, Speak))
        cues = [cue.text for cue in told.exercise.cues.rotating]
        spoken = {cue: {plain(SAY.sided(cue, side)) for side in ("left", "right")} for cue in cues}
        heard = {cue for cue, ways in spoken.items() if any(way in said for way in ways)}
        yield told.exercise.key, len([w for w in works(steps) if w.block == told.block]), cues, heard


def test_each_first_session_has_its_tasks(record_property):
    """Each exercise has a cue, each with two sets or two sides has two, and nearly half of all are heard."""
    every = [(name, *row) for name in LIBRARY.routines() for row in cues_by_exercise(name, 0)]
    few = [
        (routine, exercise)
        for routine, exercise, sets, cues, heard in every
        if len(heard) < min(len(cues), 2 if sets > 1 else 1)
    ]
    assert few == []
    count, heard = (sum(len(row[place]) for row in every) for place in (3, 4))
    record_property("figure", f"{heard} of {count} cues are heard in the first full sessions")
    assert count >= CUES_IN_0_1_0
    assert heard >= HEARD_AT_ONCE * count


@pytest.mark.parametrize("name", LIBRARY.routines())
def test_every_cue_is_heard_within_five_sessions(name):
    cues, heard = {}, Counter()
    for met in range(ALL_WITHIN):
        for exercise, _, all_of_it, now in cues_by_exercise(name, met):
            cues[exercise] = set(all_of_it)
            heard.update((exercise, cue) for cue in now)
    missed = {
        exercise: {cue for cue in all_of_it if not heard[exercise, cue]}
        for exercise, all_of_it in cues.items()
    }
    assert {exercise: lost for exercise, lost in missed.items() if lost} == {}


@pytest.mark.parametrize("coaching", [Coaching.FULL, Coaching.SHORT])
def test_in_a_set_nothing_is_said_three_times_but_counts_sides_and_short_phase_words(coaching):
    for name in LIBRARY.routines():
        for segment in session(name, 0, coaching)[1]:
            if segment.kind is not SegmentKind.WORK:
                continue
            heard = Counter(
                event.text
                for event in segment.events
                if isinstance(event, Speak)
                and event.role not in COUNTED
                and not (event.role is Role.PHASE and len(event.text.split()) <= 3)
            )
            with naming(name, segment.title):
                assert {text for text, times in heard.items() if times > 2} == set()


def opposites(segment):
    """Each text in a set with what it says the opposite of, in a phase in which it is heard."""
    phases = {phase.name: phase for phase in segment.work.exercise.rep}
    for event in (event for event in segment.events if isinstance(event, Speak)):
        for beat in segment.beats:
            if beat.phase in phases and beat.frame < event.end and event.frame < beat.end:
                told = said_in(segment.work.exercise, phases[beat.phase])
                sided = (SAY.sided(text, beat.side) for text in told)
                yield from ((event.text, text) for text in sided if contradicts(event.text, text))


def test_no_text_of_an_exercise_says_the_opposite_of_what_is_done():
    assert [found for name in LIBRARY.exercises() for found in contradictions(LIBRARY.exercise(name))] == []


@pytest.mark.parametrize("coaching", [Coaching.FULL, Coaching.SHORT])
@pytest.mark.parametrize("met", [0, 1])
def test_in_a_set_nothing_says_the_opposite_of_what_is_done(met, coaching):
    for name in LIBRARY.routines():
        for segment in session(name, met, coaching)[1]:
            if segment.work:
                with naming(name, segment.title):
                    assert list(opposites(segment)) == []


def test_the_opposite_is_found_also_in_the_phase_into_which_it_reaches():
    bridge = next(s for s in session("core", 0)[1] if s.work and s.work.exercise.id == "glute_bridge")
    hold = next(beat for beat in bridge.beats if beat.phase == "hold")
    late = Speak(frame=hold.end - 1, frames=2, text="Lift your hips.", role=Role.CUE)
    found = [("Lift your hips.", "lower"), ("Lift your hips.", "Lower slowly")]
    assert list(opposites(replace(bridge, events=(late,)))) == found


@pytest.mark.parametrize("name", ["core", "strong-back", "calm-start"])
def test_the_whole_session_reads_as_beside_this_file(name):
    """Read one aloud when it changes: would a person on a mat wish to hear this three times a week?"""
    score = Score(session(name, 0)[1])
    assert_golden(Path(__file__).parent / "cases" / f"{name}.txt", as_text(score, SAY))
