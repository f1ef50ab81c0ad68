"""Finds words that say the opposite of what is done while they are heard."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from voicecoach.routine.model import Exercise, Phase, PhaseKind

_OPPOSITES: Final = (
    (r"breathe (?:\w+ )?in|inhale", r"breathe (?:\w+ )?out|exhale"),
    (r"lift|raise|rise|(?:\w+ )?up", r"lower|sink|(?:\w+ )?down"),
    (r"to the left|left \w+", r"to the right|right \w+"),
)
"""What two opposite orders begin with."""
_ORDERS: Final = tuple(
    tuple(re.compile(rf"(?:and |slowly )?(?:{way})\b", re.IGNORECASE) for way in ways) for ways in _OPPOSITES
)
_BREATH: Final = re.compile(r"breathe (?:\w+ )?(?:in|out)\b", re.IGNORECASE)
_WHEN: Final = re.compile(r"\b(?:as|when|while|with|on)\b", re.IGNORECASE)
"""Begins what tells when an order holds, so that it is true at any time."""
_NO_SIDE: Final = re.compile(
    r"\b(?:right|left) (?:under|over|above|below|behind|beside|before|after|at|in|on|angles?|away|now)\b",
    re.IGNORECASE,
)


def contradicts(cue: str, word: str) -> bool:
    """Tell whether ``cue`` orders the opposite of ``word``, which is said of a phase."""
    for one, other in _ORDERS:
        if (one.match(cue) and other.match(word)) or (other.match(cue) and one.match(word)):
            return True
    return False


def contradictions(exercise: Exercise) -> Iterator[str]:
    """Yield each text of ``exercise`` that says the opposite of its phase, or may, with what is wrong."""
    moving = [phase for phase in exercise.rep if phase.kind in {PhaseKind.MOVE, PhaseKind.LOWER}]
    for cue in (*exercise.cues, *exercise.breathing):
        meant = [phase for phase in exercise.rep if cue.phase in {phase.name, phase.kind}]
        if any(contradicts(cue.text, word) for phase in meant for word in _words(exercise, phase)):
            yield f"'{cue.text}' is said in the phase '{cue.phase}'"
        if not cue.phase and len(moving) > 1 and _BREATH.match(cue.text) and not _WHEN.search(cue.text):
            yield f"'{cue.text}' may come in any of {len(moving)} movements; name its phase"
    for text in (*exercise.position, exercise.movement, *(cue.text for cue in exercise.cues)):
        if found := _NO_SIDE.search(text):
            yield f"'{found[0]}' sounds like a side"


def _words(exercise: Exercise, phase: Phase) -> tuple[str, ...]:
    return phase.name, exercise.words.get(phase.name, "")
