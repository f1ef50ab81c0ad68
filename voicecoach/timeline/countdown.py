"""Counting down to a beat, and the tones that stand in for words."""

from __future__ import annotations

import itertools
from dataclasses import replace

from voicecoach.language.phrases import Phrases
from voicecoach.routine.phase import PhaseKind
from voicecoach.timeline.segment import Beat, Play, Role, Segment, Sound, only_said
from voicecoach.timeline.speech_track import BREATH, SENTENCE_PAUSE, Kit, Lane
from voicecoach.timeline.steps import TalkLevel, Work
from voicecoach.units import frames

COUNT_IN_SECONDS = 4.5
"""Seconds of a tone, "Ready" and a countdown from three. A very slow voice makes it longer."""
COUNTDOWN = (3, 2, 1)
TAIL = frames(0.25)
"""Frames of silence after the tone that ends a set."""


def count_in_segment(
    resumed: Segment, frame: int, kit: Kit, said: str = "", *, counted: bool = True
) -> Segment:
    """Compile what is played before ``resumed`` goes on at ``frame``.

    That is what is ``said``, and when ``counted`` "three, two, one". Where no phase begins there, and so no
    word says to go, a tone does. Its beat ends with the countdown, so that the screen counts with the voice.
    """
    talk = resumed.work.talk if resumed.work else TalkLevel.ALL
    lane = Lane(replace(kit, talk=talk))
    length = lane.follow(0, said, Role.NAME) + SENTENCE_PAUSE if said else 0
    beats: tuple[Beat, ...] = ()
    if counted:
        begun, length = length, length + frames(COUNTDOWN[0]) + TAIL
        count_down(lane, length, since=begun)
        side = resumed.beats[-1].side if resumed.beats else ""
        beats = (Beat(0, length, PhaseKind.COUNT_IN, 0, 0, side),)
        if not any(beat.frame == frame for beat in resumed.beats):
            length = max(length + TAIL, lane.play(length, Sound.GO, Role.PHASE))
    before = replace(resumed, frames=length, events=lane.events(), beats=beats, dropped=(), restarts=())
    return only_said(before, talk)


def closing_frames(kit: Kit) -> int:
    """Return the frames from the end of the last rep of a set to the end of its segment."""
    return kit.sounds[Sound.END_OF_SET] + TAIL


def count_in_frames(step: Work, kit: Kit) -> int:
    """Return the frames of a whole count-in: "ready", the side, and "three, two, one"."""
    ready = kit.sounds[Sound.GET_READY] + BREATH + kit.speech.measure(ready_words(step, kit.phrases))
    return max(frames(COUNT_IN_SECONDS), ready + BREATH + frames(COUNTDOWN[0]))


def ready_words(step: Work, say: Phrases) -> str:
    """Return what is said before the countdown to a set: its side, and "ready"."""
    if not step.side:
        return say("count_in")
    return say.of_limb("count_in_side", step.exercise.limb, side=say.side(step.side))


def count_down(lane: Lane, zero: int, *, since: int, partly: bool = False) -> None:
    """Say "three, two, one" a second apart, ending at ``zero``.

    Says none of them when a number is too long or would begin before ``since``; ``partly`` leaves out those
    that would. Ticks replace the words when they are not heard.
    """
    numbers = [n for n in COUNTDOWN if not partly or zero - frames(n) >= since]
    say, speech, heard = lane.kit.phrases, lane.kit.speech, lane.kit.is_heard(Role.COUNT)
    marks = [(zero - frames(n), say("count", n=say.number(n))) for n in numbers]
    fits = all(frame >= since and speech.measure(text) + BREATH <= frames(1) for frame, text in marks)
    for frame, text in marks:
        if fits:
            lane.fix(frame, [text], Role.COUNT, until=frame + frames(1))
        if not (fits and heard):
            lane.play(frame, Sound.TICK, Role.COUNT)


def click(lane: Lane, rate: float, zero: int, end: int) -> None:
    """Tick at each step between ``zero`` and ``end``, at ``rate`` steps a minute; never when that is 0."""
    for step in itertools.count(1) if rate else ():
        frame = zero + frames(step * 60 / rate)
        if frame >= end:
            return
        lane.play(frame, Sound.TICK, Role.PACE)


def without_collisions(plays: list[Play]) -> list[Play]:
    """Remove tones that overlap a more important one.

    "Halfway" yields to other tones, but replaces the beat that starts on the same frame; a click yields to
    everything.
    """
    others = [play for play in plays if play.sound is not Sound.HALFWAY and play.role is not Role.PACE]
    halfway = [
        play
        for play in plays
        if play.sound is Sound.HALFWAY
        and all(play.frame == other.frame or not _overlap(play, other) for other in others)
    ]
    beats = {play.frame for play in halfway}
    kept = [*halfway, *(play for play in others if play.frame not in beats)]
    paced = [play for play in plays if play.role is Role.PACE]
    return [*kept, *(play for play in paced if not any(_overlap(play, other) for other in kept))]


def _overlap(one: Play, other: Play) -> bool:
    return one.frame < other.end and other.frame < one.end
