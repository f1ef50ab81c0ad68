"""Chooses the words for the phases of a set: the full words are taught first, then fade."""

from __future__ import annotations

import math
from collections.abc import Iterator
from enum import IntEnum

from voicecoach.language.phrases import Phrases, capitalised
from voicecoach.routine.model import Exercise, Moment, PhaseKind, Prompt, Sides
from voicecoach.timeline.segment import Beat, Speech


class Wording(IntEnum):
    """How fully the phases of a set are named."""

    FULL = 0
    """The full words in every rep."""
    FADING = 1
    """The full words in the first two reps, the shortest ones after that."""
    SHORT = 2
    """The shortest words in every rep."""
    SPARSE = 3
    """No "ready", no bare numbers, and from the second rep on tones for all phases but the first."""


TAUGHT_REPS = 2
"""The number of reps after which the words of a phase are known. [own choice]"""


def words_for(exercise: Exercise, beat: Beat, phrases: Phrases, *, opens_rep: bool) -> list[str]:
    """Return what may be said on a beat, fullest wording first, with the side where sides alternate."""
    name = phrases("work.start") if beat.kind is PhaseKind.TIMED else phrases.phase(beat.phase)
    word = exercise.words.get(beat.phase, name)
    texts = [phrases.sided(word, beat.side)]
    if opens_rep and beat.side and exercise.sides is Sides.ALTERNATE and "{" not in word:
        side = phrases.side(beat.side)
        texts = [phrases("work.sided", side=side, word=texts[0]), f"{capitalised(side)}."]
    return list(dict.fromkeys([*texts, name]))


def worded(texts: list[str], beat: Beat, wording: Wording, speech: Speech, *, opens_rep: bool) -> list[str]:
    """Return the ``texts`` that ``wording`` allows on ``beat``; none where a tone is enough."""
    if wording is Wording.SPARSE and beat.rep > 1 and not opens_rep:
        return []
    if wording >= Wording.SHORT or (wording is Wording.FADING and beat.rep > TAUGHT_REPS):
        return [min(texts, key=speech.measure)]
    return texts


START_AFTER = 1.5
"""Seconds from "go" to a prompt for the start. [own choice]"""


def due(prompts: tuple[Prompt, ...], duration: float) -> Iterator[tuple[float, Prompt, str]]:
    """Yield each prompt of ``duration`` seconds of work: its time in seconds, the prompt and its text."""
    # Once the end is announced ("ease the pace"), a regular prompt would contradict it.
    easing = duration - max((prompt.before_end or 0.0 for prompt in prompts), default=0.0)
    for prompt in prompts:
        for turn, at in enumerate(_moments(prompt, duration, easing)):
            yield at, prompt, prompt.say[turn % len(prompt.say)]


def _moments(prompt: Prompt, duration: float, easing: float) -> list[float]:
    """Return the seconds at which ``prompt`` is due; a prompt with "every" ends at ``easing``."""
    if prompt.at is not None:
        return [duration / 2 if prompt.at is Moment.HALF else START_AFTER]
    if prompt.before_end is not None:
        return [duration - prompt.before_end] if prompt.before_end < duration else []
    assert prompt.every is not None
    return [prompt.every * count for count in range(1, math.ceil(easing / prompt.every))]
