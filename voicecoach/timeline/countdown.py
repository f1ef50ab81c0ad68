"""Counting down to a beat, and the tones that stand in for words."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import replace

from voicecoach.language.phrases import Phrases
from voicecoach.routine.model import PhaseKind
from voicecoach.timeline.segment import Beat, Event, Play, Role, Segment, Sound
from voicecoach.timeline.speech_track import BREATH, Kit, Lane
from voicecoach.units import frames

COUNT_IN_SECONDS = 4.5
"""Seconds of a tone, "Ready" and a countdown from three. A very slow voice makes it longer."""
COUNTDOWN = (3, 2, 1)
TAIL = frames(0.25)
"""Frames of silence after the tone that ends a set."""


def count_in_segment(resumed: Segment, kit: Kit) -> Segment:
    """Compile the "three, two, one" after which the paused set ``resumed`` goes on."""
    lane = Lane(kit.speech)
    length = frames(COUNTDOWN[0]) + TAIL
    plays = count_down(lane, length, 0, kit.phrases, kit.sounds)
    events: list[Event] = sorted([*lane.said, *plays], key=lambda event: event.frame)
    side = resumed.beats[-1].side if resumed.beats else ""
    beats = (Beat(0, length, PhaseKind.COUNT_IN, 0, 0, side),)
    return replace(resumed, frames=length, events=tuple(events), beats=beats, dropped=(), restarts=())


def count_down(
    lane: Lane, zero: int, since: int, phrases: Phrases, sounds: Mapping[Sound, int]
) -> list[Play]:
    """Say "three, two, one" a second apart, ending at ``zero``.

    Says none of them when a number is too long or would begin before ``since``. Returns the ticks that
    replace the words when there is no voice.
    """
    marks = [(zero - frames(n), phrases("count", n=phrases.number(n))) for n in COUNTDOWN]
    fits = marks[0][0] >= since and all(lane.speech.measure(text) + BREATH <= frames(1) for _, text in marks)
    if fits:
        for frame, text in marks:
            lane.fix(frame, [text], Role.COUNT, until=frame + frames(1))
    if fits and lane.speech.audible:
        return []
    return [Play(frame, sounds[Sound.TICK], Sound.TICK, Role.COUNT) for frame, _ in marks]


def clicks(rate: float, zero: int, end: int, sounds: Mapping[Sound, int]) -> list[Play]:
    """Return a tick for each step after ``zero``, at ``rate`` steps a minute; none when the rate is 0."""
    if not rate:
        return []
    frame_of = (zero + frames(step * 60 / rate) for step in itertools.count(1))
    ticks = itertools.takewhile(lambda frame: frame < end, frame_of)
    return [Play(frame, sounds[Sound.TICK], Sound.TICK, Role.PACE) for frame in ticks]


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
