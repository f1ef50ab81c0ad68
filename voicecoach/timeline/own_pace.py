"""Compiles a set at the person's own pace: the coach says what to do, then mostly keeps silent."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import count, cycle

from voicecoach.language.phrases import Phrases
from voicecoach.routine.phase import PhaseKind
from voicecoach.timeline import reminders
from voicecoach.timeline.countdown import COUNTDOWN, TAIL, count_down
from voicecoach.timeline.medium import HOLD_QUIET, Medium
from voicecoach.timeline.rep_calls import BEFORE_COUNTDOWN
from voicecoach.timeline.segment import Beat, Hold, Role, Segment, SegmentKind, Sound
from voicecoach.timeline.set_cues import CUE_EVERY, MOST_SPEECH
from voicecoach.timeline.speech_track import SENTENCE_PAUSE, Kit, Talk
from voicecoach.timeline.steps import Work, work_seconds
from voicecoach.timeline.within import UNHURRIED, Within
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


def limit_seconds(step: Work) -> float:
    """Return the seconds after which the session leaves ``step`` even if nobody presses a key."""
    given = step.exercise.limit if step.limit is None else step.limit
    if given is not None:
        return given
    return max(LEAST_TIME, 2 * work_seconds(step) + MORE_TIME)


def own_pace_segment(index: int, step: Work, kit: Kit, within: Within = UNHURRIED) -> Segment:
    """Compile one set at its limit; the player leaves it when the person is done, and a page waits for them.

    It has one beat, from the go tone to its end. Reminders start when the reps would be over on the beat.
    Where there is no time for that before the tone, the task is told after it the first time, and then not.
    """
    talk = Talk(kit)
    told = within.count_in is None or within.count_in >= task_frames(step, kit)
    if told:
        _tell_task(talk, step)
    talk.at = max(talk.at, within.count_in or 0)
    if is_held(step, kit):
        return _until_tapped(index, step, talk, within, told=told)
    talk.play(Sound.GO, Role.PHASE, pause=0 if within.runs_on else SENTENCE_PAUSE)
    zero, usual = talk.at, frames(work_seconds(step))
    if within.runs_on:
        zero = talk.lane.tones[-1].frame
        length = end = zero + frames(limit_seconds(step))
        _lead_on(talk, within, talk.at, length)
    else:
        go_on = kit.phrases("wait.go_on")
        length = zero + max(frames(limit_seconds(step)), SENTENCE_PAUSE + kit.speech.measure(go_on))
        talk.lane.place([go_on], Role.NAME, since=zero, until=length, late=True)
        end = talk.lane.play(length, Sound.END_OF_SET, Role.NAME) + TAIL
    if not told and not step.keys_known:  # nobody could know yet what to press
        talk.lane.place([_task(step, kit)], Role.NAME, since=talk.at, until=length)
    _remind(talk, zero + max(usual, frames(REMINDER_EVERY)), length)
    _cue(talk, step, talk.at, length)
    segment = talk.done(index, SegmentKind.WORK, step, end, set_number=step.set_number, sets=step.sets)
    beats = (Beat(zero, length - zero, PhaseKind.OWN_PACE, 1, 1, step.side),)
    likely = min(zero + usual, end) if kit.medium.has_keys else 0  # where nobody can say that they are done
    return replace(segment, frames=end, beats=beats, waits=True, usual=likely)


def is_held(step: Work, kit: Kit) -> bool:
    """Tell whether a page waits in ``step`` until the person taps; a round of fixed time does not wait."""
    return kit.medium is Medium.PAGE and step.every is None


def _until_tapped(index: int, step: Work, talk: Talk, within: Within, *, told: bool) -> Segment:
    """Lay out a set, from its go tone on, in which a page stops the sound until the person taps.

    Nothing can be said while they work, so a cue comes before the tone.
    """
    talk.play(Sound.GO, Role.PHASE)
    zero = talk.at
    if not told and not step.keys_known:
        talk.say(_task(step, talk.kit), Role.NAME)
    hold = Hold(talk.at, talk.at + HOLD_QUIET)
    if within.runs_on:
        end = hold.to + talk.kit.speech.measure(within.announces) + BEFORE_COUNTDOWN + frames(COUNTDOWN[0])
        _lead_on(talk, within, hold.to, end)
    else:
        end = talk.lane.play(hold.to, Sound.END_OF_SET, Role.NAME) + TAIL
    segment = talk.done(index, SegmentKind.WORK, step, end, set_number=step.set_number, sets=step.sets)
    beats = (Beat(zero, hold.to - zero, PhaseKind.OWN_PACE, 1, 1, step.side),)
    usual = end - HOLD_QUIET + frames(work_seconds(step))
    return replace(segment, beats=beats, waits=True, holds=(hold,), usual=usual)


def _lead_on(talk: Talk, within: Within, since: int, end: int) -> None:
    """Say what begins at the ``end``, and count down to it."""
    three = end - frames(COUNTDOWN[0])
    count_down(talk.lane, end, since=since, partly=True)
    windows = [(since, three - pause) for pause in (BEFORE_COUNTDOWN, SENTENCE_PAUSE)]
    talk.lane.place_in(windows, [within.announces], Role.NAME, late=True)
    call = talk.kit.phrases("rest.ten_seconds")
    if end - since > frames(2 * 10):
        talk.lane.fix(end - frames(10), [call], Role.COUNT, until=three, missed=False)


def _remind(talk: Talk, since: int, end: int) -> None:
    """Say from time to time that the coach waits for the person."""
    for turn in count() if talk.kit.medium.has_keys else ():
        at = since + frames(turn * REMINDER_EVERY)
        if at >= end - frames(REMINDER_EVERY / 2):
            return
        reminder = talk.kit.phrases(f"own_pace.reminder.{talk.kit.medium}", turn)
        talk.lane.fix(at, [reminder], Role.TEACH, until=end)


def task_frames(step: Work, kit: Kit) -> int:
    """Return the frames in which the task of a set is told."""
    talk = Talk(kit)
    _tell_task(talk, step)
    return talk.at


def _tell_task(talk: Talk, step: Work) -> None:
    talk.play(Sound.GET_READY)
    talk.say(_task(step, talk.kit), Role.NAME)
    if is_held(step, talk.kit):
        talk.say(_cue_before(step, talk.kit.phrases), Role.CUE)


def _cue_before(step: Work, say: Phrases) -> str:
    """Return what else to mind in a set besides its focus, which was named already."""
    cues = tuple(_lasting_cues(step))
    return say.sided(cues[step.ordinal % len(cues)], step.side) if cues else ""


def _task(step: Work, kit: Kit) -> str:
    """Return how much to do, and what to say, press or tap then, or how much time there is."""
    say = kit.phrases
    if kit.medium is Medium.HEARING:
        how = "hearing"
    elif kit.medium.has_keys:
        how = "again" if step.ordinal or step.keys_known else "first"
    else:
        how = "page" if is_held(step, kit) else "timed"
    time = say.time(limit_seconds(step))
    return say(f"own_pace.{how}", dose=set_dose(step.exercise, step.reps, say), time=time)


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
    """Yield the cues of the set, its focus first."""
    rotating = (cue.text for cue in reminders.in_turn(step.exercise, step.turn))
    for cue in (*rotating, *_lasting_cues(step)):
        yield say.sided(cue, step.side)


def _lasting_cues(step: Work) -> Iterator[str]:
    """Yield the breaths that belong to no phase, as none is called, and the cues for every set but the first,
    before which they were told.
    """
    breathing = (cue for cue in step.exercise.breathing if not cue.phase)
    yield from (cue.text for cue in (*breathing, *(step.exercise.cues.always if step.ordinal else ())))
