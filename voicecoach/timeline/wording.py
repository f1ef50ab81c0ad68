"""What a phase is called, and how fully: words are taught, and fade as a set goes on."""

from __future__ import annotations

from enum import IntEnum

from voicecoach.language.phrases import Phrases, capitalised
from voicecoach.routine.model import Exercise, Sides
from voicecoach.timeline.segment import Beat, Speech

RELAX = frozenset({"relax", "rest"})
"""Phase names of letting go between reps."""
TIMED = "work"
"""The phase name of exercises that go on for a time without reps."""


class Wording(IntEnum):
    """How phases are named in a set, from the fullest to the sparsest."""

    FULL = 0
    """The full words in every rep."""
    FADING = 1
    """The full words in the first two reps, the shortest ones after that."""
    SHORT = 2
    """The shortest words in every rep."""
    SPARSE = 3
    """No "ready", no bare numbers, and from the second rep on tones for all phases but the first."""


TAUGHT_REPS = 2
"""Reps after which the words of a phase are known. [own choice]"""


def words_for(exercise: Exercise, beat: Beat, phrases: Phrases, *, opens_rep: bool) -> list[str]:
    """What may be said on a beat, the fullest form first; the side as well where it alternates."""
    name = phrases.phase(beat.phase)
    if beat.phase == TIMED and exercise.duration is not None:
        name = phrases("work.start")
    word = exercise.words.get(beat.phase, name)
    texts = [phrases.sided(word, beat.side)]
    if opens_rep and beat.side and exercise.sides is Sides.ALTERNATE and "{" not in word:
        side = phrases.side(beat.side)
        texts = [phrases("work.sided", side=side, word=texts[0]), f"{capitalised(side)}."]
    return list(dict.fromkeys([*texts, name]))


def worded(texts: list[str], beat: Beat, wording: Wording, speech: Speech, *, opens_rep: bool) -> list[str]:
    """Those of ``texts`` that ``wording`` allows on ``beat``; none where a tone is enough."""
    if wording is Wording.SPARSE and beat.rep > 1 and not opens_rep:
        return []
    if wording >= Wording.SHORT or (wording is Wording.FADING and beat.rep > TAUGHT_REPS):
        return [min(texts, key=speech.measure)]
    return texts
