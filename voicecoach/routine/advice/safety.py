"""Advice on who should be careful with an exercise, and what keeps one safe in it."""

from __future__ import annotations

import re
from typing import Final

from voicecoach.routine.model import Caution, Exercise, Kind, Posture, Routine
from voicecoach.routine.region import Region
from voicecoach.routine.suit import remedies
from voicecoach.text import and_more

FOR_EVERYBODY: Final = "without it, everybody does it as it is, whatever they are careful with"
_MOST_NAMED: Final = 2
_AFTER_SURGERY: Final = {Region.BACK: Caution.OP, Region.HIP: Caution.HIP_NEW}
"""The cautions of who had surgery there, for the first three months."""
_OF_ONE: Final = "write 'cautions: [knee, hip]' or the like, or 'cautions: none' where it is for everybody"
_CAUTIONS: Final = f"{_OF_ONE}, in each or once at the top"
_BALANCE = re.compile(
    r"\bbalanc\w*|\b(?:one|single)[- ]leg(?:ged)? (?:stand|stance|balance)|\bstand\w* on one leg\b"
    r"|\btandem\b|\bheel[- ]to[- ]toe\b|\bflamingo\b|\bstork\b",
    re.IGNORECASE,
)
"""The names of exercises for balance. [own choice]"""
_FIRM = re.compile(
    r"\b(?:bar|bench|chair|counter|door(?:frame)?|frame|furniture|kitchen|rail|railing|banister|sink|sofa|table"
    r"|wall|windowsill|work ?top)s?\b|\bhold(?:ing)? on\b|\bsomething (?:firm|steady|solid)\b",
    re.IGNORECASE,
)
"""What one can hold on to. [own choice]"""
_NERVE = re.compile(r"hamstring|sciatic|nerve", re.IGNORECASE)


def leg_rule(exercise: Exercise) -> str:
    nervous = exercise.kind is Kind.NERVE or _NERVE.search(f"{exercise.id} {exercise.name}")
    elsewhere = exercise.region is not None  # a routine for another region warns of something else
    if exercise.kind not in {Kind.NERVE, Kind.STRETCH} or not nervous or exercise.leg_rule or elsewhere:
        return ""
    return f"{exercise.name} pulls on the nerve of the leg; add 'leg_rule: true'"


def balance_hold_on(exercise: Exercise) -> str:
    if not _for_balance(exercise) or exercise.posture not in {None, Posture.STANDING}:
        return ""
    if _FIRM.search(" ".join((*exercise.texts, *exercise.equipment))):
        return ""
    within = "begin 'position' with what is within reach, such as a wall or the kitchen counter"
    return f"{exercise.name} names nothing to hold on to; {within}"


def balance_kind(exercise: Exercise) -> str:
    if exercise.kind_known or not _for_balance(exercise):
        return ""
    return f"{exercise.name} counts as stabilisation, which is held 10s at most; write 'kind: balance'"


def _for_balance(exercise: Exercise) -> bool:
    """Tell whether an exercise trains balance, by its kind or, without one, its name."""
    return exercise.kind is Kind.BALANCE or (not exercise.kind_known and bool(_BALANCE.search(exercise.name)))


def uncautious(routine: Routine) -> str:
    own = [each.name for each in routine.exercises if not each.id and not each.cautions_known]
    if not own:
        return ""
    said = f"nothing says who should not do {and_more(own, _MOST_NAMED)}; {_CAUTIONS}"
    return "; ".join(filter(None, [said, _unsuited(routine)]))


def uncautious_exercise(exercise: Exercise) -> str:
    return "" if exercise.cautions_known else f"nothing says who should not do {exercise.name}; {_OF_ONE}"


def unsuited_after_surgery(routine: Routine) -> str:
    return "" if uncautious(routine) else _unsuited(routine)  # one piece of advice is about cautions


def _unsuited(routine: Routine) -> str:
    """Tell which exercises the coach replaces or leaves out after the surgery that a routine is for."""
    said = _AFTER_SURGERY.get(routine.region) if routine.region and routine.surgery else None
    names = [each.name for each in routine.exercises if said and _is_refused(each, said)]
    if not names:
        return ""
    return (
        f"whoever has '{said}' in the profile, as after such a surgery, does not do"
        f" {and_more(names, _MOST_NAMED)}; to keep one, write what to heed beside it, such as"
        f" 'cautions: {{{said}: Only as far as is easy.}}'"
    )


def _is_refused(exercise: Exercise, caution: Caution) -> bool:
    """Tell whether the coach replaces an exercise or leaves it out for a caution."""
    return any(not remedy.advice for remedy in remedies(exercise, (caution,)).values())


def region_unsaid(routine: Routine) -> str:
    if routine.region or not (routine.instructions or routine.affected):
        return ""
    some = ", ".join(each for each in Region if each not in {Region.BACK, Region.GENERAL})
    return (
        "nothing says which part of the body it is for, so questions and warning signs are those of a back,"
        f" or of the profile; write 'region: back', or one of {some}, general"
    )
