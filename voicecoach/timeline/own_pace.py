"""Compiles a set at the person's own pace: the coach says what to do, then mostly keeps silent."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import count, cycle

from voicecoach.language.phrases import Phrases
from voicecoach.routine.model import PhaseKind
from voicecoach.timeline import reminders
from voicecoach.timeline.countdown import TAIL
from voicecoach.timeline.segment import Beat, Role, Segment, SegmentKind, Sound
from voicecoach.timeline.set_cues import CUE_EVERY, MOST_SPEECH
from voicecoach.timeline.speech_track import SENTENCE_PAUSE, Kit, Talk
from voicecoach.timeline.steps import Work, phases_at
from voicecoach.timeline.words import set_dose
from voicecoach.units import frames

REMINDER_EVERY = 30.0
"""Seconds between reminders that the coach waits for a key. [own choice]"""
CUES_FROM = frames(8)
"""Frames from the start of the set to its first form cue. [own choice]"""
CUES_APART = frames(20)
"""Frames from the end of one form cue to the next: twice those of a set on the beat, so that the coach does
not seem to set the pace. [own choice]"""
MORE_TIME = 30.0
LEAST_TIME = 60.0
"""Seconds that a set without a limit of its own gets at least; else twice the time of its reps on the beat,
plus :data:`MORE_TIME`. [own choice]"""


def beat_seconds(step: Work) -> float:
    """Return the seconds that the reps of ``step`` would take if the coach called them."""
    return sum(
        phase.seconds
        for rep in range(1, step.reps + 1)
        for phase in phases_at(step.exercise, step.tempo_of(rep))
    )


def limit_seconds(step: Work) -> float:
    """Return the seconds after which the session leaves ``step`` even if nobody presses a key."""
    if step.exercise.limit is not None:
        return step.exercise.limit
    return max(LEAST_TIME, 2 * beat_seconds(step) + MORE_TIME)


def own_pace_segment(index: int, step: Work, kit: Kit, count_in: int | None = None) -> Segment:
    """Compile one set at its limit; the player leaves it when the person is done.

    It has one beat, from the go tone to its end. Reminders start when the reps would be over on the beat.
    The tone comes after ``count_in`` frames; where that is too short for it, the task is not told.
    """
    say = kit.phrases
    talk = Talk(kit)
    if count_in is None or count_in >= task_frames(step, kit):
        _tell_task(talk, step)
    talk.at = max(talk.at, count_in or 0)
    talk.play(Sound.GO, Role.PHASE)
    zero, usual = talk.at, frames(beat_seconds(step))
    go_on = say("wait.go_on")
    length = zero + max(frames(limit_seconds(step)), SENTENCE_PAUSE + kit.speech.measure(go_on))
    talk.lane.place([go_on], Role.NAME, since=zero, until=length, late=True)
    remind_from = zero + max(usual, frames(REMINDER_EVERY))
    for turn in count() if kit.keys else ():
        at = remind_from + frames(turn * REMINDER_EVERY)
        if at >= length - frames(REMINDER_EVERY / 2):
            break
        talk.lane.fix(at, [say("own_pace.reminder", turn)], Role.TEACH, until=length)
    _cue(talk, step, zero, length)
    end = talk.lane.play(length, Sound.END_OF_SET, Role.NAME) + TAIL
    segment = talk.done(index, SegmentKind.WORK, step, end, set_number=step.set_number, sets=step.sets)
    beats = (Beat(zero, length - zero, PhaseKind.OWN_PACE, 1, 1, step.side),)
    return replace(segment, beats=beats, waits=True, usual=min(zero + usual, end))


def task_frames(step: Work, kit: Kit) -> int:
    """Return the frames in which the task of a set is told."""
    talk = Talk(kit)
    _tell_task(talk, step)
    return talk.at


def _tell_task(talk: Talk, step: Work) -> None:
    say = talk.kit.phrases
    talk.play(Sound.GET_READY)
    time = say.time(limit_seconds(step))
    what = "own_pace.again" if step.ordinal or step.keys_known else "own_pace.first"
    phrase = what if talk.kit.keys else "own_pace.file"
    talk.say(say(phrase, dose=set_dose(step.exercise, step.reps, say), time=time), Role.NAME)


def _cue(talk: Talk, step: Work, zero: int, end: int) -> None:
    """Place form cues and a breath cue in turn, continuing from the last set, well apart from other words."""
    cues = list(_cues(step, talk.kit.phrases))
    at = zero + CUES_FROM
    for cue in cycle(cues):
        length = talk.kit.speech.measure(cue)
        if at + length > end or talk.lane.spoken() + length > MOST_SPEECH * end:
            return
        said = talk.lane.place([cue], Role.CUE, since=at, until=end, margin=CUE_EVERY // 2)
        if said is None:
            return
        at = said.end + CUES_APART


def _cues(step: Work, say: Phrases) -> Iterator[str]:
    """Yield the cues of the set, its focus first, without breaths that belong to a phase: none is called."""
    exercise = step.exercise
    always = exercise.cues.always if step.ordinal else ()
    breathing = (cue for cue in exercise.breathing if not cue.phase)
    for cue in (*reminders.in_turn(exercise, step.turn), *breathing, *always):
        yield say.sided(cue.text, step.side)
