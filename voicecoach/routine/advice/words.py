"""Advice on what is said of an exercise: what is missing in its texts, and what contradicts something."""

from __future__ import annotations

import re
from typing import Final

from voicecoach.routine.contradictions import contradictions
from voicecoach.routine.effort import longest_hold
from voicecoach.routine.files.placeholders import IN_TEXT
from voicecoach.routine.model import EFFORT, WAY, Exercise, Kind, Sides
from voicecoach.units import format_duration

LONG_BREATH: Final = 10.0
"""Seconds of a hold in which people hold their breath too, unless told otherwise. [own choice]"""
_NO_SIDE = re.compile(r"\b(?:for|back)wards?\b|\bin all (?:four )?directions\b", re.IGNORECASE)
"""Ways that are not left and right."""
_THING = re.compile(
    r"\b(?P<thing>backpack|ball|chair|cushion|pillow|strap|towel)s?\b(?! of\b)", re.IGNORECASE
)
"""Equipment by its only meaning, unlike a step, a weight or the ball of a foot."""
_ANOTHER_WAY = re.compile(
    r"\binstead of\b|\bonly (?:the|your)\b|\bleave (?:both|the|your)\b.*\b(?:down|floor)\b", re.IGNORECASE
)


def _cues(exercise: Exercise) -> str:
    """Return all words said during the work, in small letters."""
    reminders = (cue.text for cue in (*exercise.cues, *exercise.breathing))
    return " ".join((*exercise.words.values(), *reminders)).casefold()


def stretch_bounce(exercise: Exercise) -> str:
    if exercise.kind is not Kind.STRETCH or "bounc" in _cues(exercise):
        return ""
    return f"{exercise.name} is a stretch and has no cue 'No bouncing.'"


def hold_breath(exercise: Exercise) -> str:
    if exercise.kind not in EFFORT or longest_hold(exercise) < LONG_BREATH or "breath" in _cues(exercise):
        return ""
    return f"{exercise.name} is held {format_duration(longest_hold(exercise))} without a word on breathing"


def sides_unnamed(exercise: Exercise) -> str:
    told = " ".join((*exercise.position, exercise.movement))
    changes = exercise.sides is not Sides.BOTH and len(exercise.side_order) > 1
    if not changes or not told.strip() or IN_TEXT.search(told):
        return ""
    if exercise.limb == WAY and (other := _NO_SIDE.search(told)):
        ways = " and ".join(exercise.side_order)
        return f"{exercise.name} goes {ways} alone, not '{other[0]}'; write an exercise for each direction"
    return f"{exercise.name} changes sides, and its texts never say {{side}} or {{other}}"


def thing_unlisted(exercise: Exercise) -> str:
    found = dict.fromkeys(
        match["thing"].lower() for text in exercise.texts for match in _THING.finditer(text)
    )
    missing = [f"'{thing}'" for thing in found if thing not in exercise.equipment]
    if not missing:
        return ""
    return (
        f"{exercise.name} names {' and '.join(missing)}, not listed in 'equipment'; list it, or name no thing"
    )


def another_movement(exercise: Exercise) -> str:
    told = (
        *(remedy.advice for remedy in exercise.cautions.values()),
        *(each.text for each in exercise.easier),
    )
    if not (found := next(filter(_ANOTHER_WAY.search, told), "")):
        return ""
    return f"{exercise.name} has '{found}', which is another movement; name an exercise of its own for it"


def contradiction(exercise: Exercise) -> str:
    found = next(contradictions(exercise), "")
    return f"in {exercise.name} {found}" if found else ""


def untaught(exercise: Exercise) -> str:
    parts = {
        "position": exercise.position,
        "movement": exercise.movement,
        "why": exercise.why,
        "errors": exercise.errors,
    }
    missing = [f"'{key}'" for key, told in parts.items() if not told]
    return f"{exercise.name} has no {', no '.join(missing)}" if missing else ""
