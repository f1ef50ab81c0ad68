"""Finds words that say the opposite of what is done while they are heard."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from voicecoach.routine.model import Cue, Exercise
from voicecoach.routine.phase import Phase, PhaseKind

_GO: Final = r"(?:bring|come|go|hips|lean|push|rock|shift|sit|slide|step|swing)"
"""Begins an order to go somewhere; "a long back", "your back" and "toes forward" order nothing."""
_LIMBS: Final = ("arm", "elbow", "foot", "hand", "heel", "hip", "knee", "leg", "shoulder", "side")
_OPPOSITES: Final = (
    (r"breathe (?:\w+ )?in|inhale", r"breathe (?:in and |\w+ )?out|exhale"),
    (r"lift|raise|rise|up", r"(?<!your )lower|sink|down"),
    (rf"{_GO}(?: \w+){{0,3}} forwards?|^forwards?$", rf"{_GO}(?: (?!a\b)\w+){{0,3}}(?<! your) back|^back$"),
    ("to the left", "to the right"),
    *((f"left {limb}", f"right {limb}") for limb in _LIMBS),
)
"""Two opposite orders each."""
_ORDERS: Final = tuple(
    tuple(re.compile(rf"\b(?:{way})\b", re.IGNORECASE) for way in ways) for ways in _OPPOSITES
)
_ASIDE: Final = re.compile(
    r"\b(?:(?:keep|leave|stay|after|before|than|until)\b[^,;.]*"
    r"|(?:chest|chin|elbows?|head|heels?|knees?|ribs|shoulders?|toes) (?:up|down)\b)",
    re.IGNORECASE,
)
"""Tells what does not move ("Ribs down."), or of another time, and so orders nothing."""
_WHEN: Final = re.compile(r"\b(?:as|when|while|with|on)\b", re.IGNORECASE)
"""Tells when an order holds, so that it is true at any time."""
_BREATH: Final = re.compile(r"\bbreathe (?:\w+ )?(?:in|out)\b", re.IGNORECASE)
_NO_SIDE: Final = re.compile(
    r"(?<!\bthe )(?<!\byour )\b(?:right|left)"
    r" (?:under|over|above|below|behind|beside|before|after|at|in|on|angles?|away|now)\b",
    re.IGNORECASE,
)
"""A side does not stand so, except as a noun: "your left over your right"."""


def contradicts(cue: str, word: str) -> bool:
    """Tell whether ``cue`` orders the opposite of ``word``, which is said of a phase, and nothing like it."""
    said, done = (_ASIDE.sub("", text) for text in (cue, word))
    for ways in _ORDERS:
        ordered, called = ([bool(way.search(text)) for way in ways] for text in (said, done))
        if any(ordered) and any(called) and not any(map(min, ordered, called)):
            return True
    return False


def contradictions(exercise: Exercise) -> Iterator[str]:
    """Yield each text of ``exercise`` that says the opposite of its phase, or may, with what is wrong."""
    moving = [phase for phase in exercise.rep if phase.kind in {PhaseKind.MOVE, PhaseKind.LOWER}]
    for cue in (*exercise.cues, *exercise.breathing):
        if not cue.phase and _WHEN.search(cue.text):
            continue
        if not cue.phase and _BREATH.search(cue.text) and len(moving) > 1:
            yield f"'{cue.text}' may come in any of {len(moving)} movements; name its phase"
        elif phase := _opposed(exercise, cue):
            comes = "is said" if cue.phase else "may come"
            yield f"'{cue.text}' {comes} in the phase '{phase.name}', which says the opposite"
    for text in exercise.texts:
        if found := _NO_SIDE.search(text):
            yield f"'{found[0]}' sounds like a side"


def said_in(exercise: Exercise, phase: Phase) -> tuple[str, ...]:
    """Return all that tells what is done in ``phase``: its name, its word and its breaths."""
    breaths = (breath.text for breath in exercise.breathing if breath.phase in {phase.name, phase.kind})
    return phase.name, exercise.words.get(phase.name, ""), *breaths


def _opposed(exercise: Exercise, cue: Cue) -> Phase | None:
    """Return the first phase that hears ``cue`` and that it contradicts."""
    for phase in (phase for phase in exercise.rep if cue.fits(phase.name, phase.kind)):
        if any(contradicts(cue.text, said) for said in said_in(exercise, phase)):
            return phase
    return None
