"""Which questions about the person are open, and what becomes of the profile by their answers."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Final

from voicecoach.app import prepare
from voicecoach.errors import VoicecoachError
from voicecoach.language.phrases import Phrases
from voicecoach.routine.model import Caution
from voicecoach.routine.region import Region
from voicecoach.settings.profile_file import ALWAYS, UNKNOWN, OwnProfile
from voicecoach.training import limits
from voicecoach.training.cautions import HOLDS, due
from voicecoach.training.questions import AGAIN, FUSION, HAS, NEW, NEW_HIP, THINGS, Question

GROUPS: Final = (
    *(("mat",), ("chair",), ("cushion", "pillow"), ("strap", "towel"), ("stick",)),
    *(("step",), ("ball",), ("backpack",), ("weight",)),
)
"""The things that are asked about, a key each; what is beside one another can stand in for one another."""
_EVERYWHERE: Final = "wall"


_ELSEWHERE: Final = {
    Caution.LEG: frozenset({Region.BACK}),
    Caution.ACUTE: frozenset({Region.BACK}),
    Caution.OP: frozenset({Region.BACK, Region.NECK, Region.HIP}),
}
"""The regions in whose sessions a caution is asked about, where that is not all."""


def open_questions(own: OwnProfile, day: date, *, first: bool, region: Region) -> frozenset[str]:
    """Return the ids of the questions that are due on ``day``: never answered, or asked again.

    That about a leg is asked the ``first`` time only: later every session has one of its own. What is only
    about a back waits for a session for the back.
    """
    asked = {caution for caution in Caution if region in _ELSEWHERE.get(caution, Region)}
    found = {AGAIN[caution].id for caution in due(own.cautions, day) if caution in asked}
    if own.skipped is None or (day - own.skipped).days >= limits.SKIPPED_DAYS:
        unanswered = own.unanswered if first else own.unanswered - {Caution.LEG}
        found |= {question.id for caution, question in HAS.items() if caution in unanswered & asked}
        found |= {THINGS.id} if own.equipment == UNKNOWN else set()
    return frozenset(found)


def answered(own: OwnProfile, answers: Mapping[str, object], day: date) -> OwnProfile:
    """Return the profile with ``answers`` of ``day`` by the ids of their questions; None is a skipped one."""
    for caution, question in (*HAS.items(), *AGAIN.items()):
        answer = answers.get(question.id)
        if isinstance(answer, bool):
            own = own.with_answer(caution, careful=answer, on=day if caution in HOLDS else None)
    if answers.get(FUSION.id) is True:
        own = own.with_answer(Caution.OP, careful=True, on=ALWAYS)
    if answers.get(NEW_HIP.id) is True:
        own = own.with_new_hip(day)
    if answers.get(AGAIN[Caution.HIP_NEW].id) is False:
        own = own.with_answer(Caution.HIP, careful=True, on=None)
    things = answers.get(THINGS.id)
    if isinstance(things, tuple):
        own = replace(own, equipment=_things(things))
    if any(each.id in answers and answers[each.id] is None for each in NEW):
        own = replace(own, skipped=day)
    return own


def sentence(question: Question, own: OwnProfile, say: Phrases) -> str:
    """Return the words of a question about the person."""
    if question in {FUSION, NEW_HIP}:
        return f"{say(question.phrase)} {say('person.yes_or_no')}"
    caution = next((each for each, again in AGAIN.items() if again is question), None)
    if caution is None:
        return say(question.phrase)
    said = own.cautions.get(caution)
    when = say.part("person.earlier")
    if said:
        when = say.part("person.in", month=say.part("date.months", said.month - 1))
    return f"{say(question.phrase, when=when)} {say('person.yes_or_no')}"


def listed(say: Phrases) -> Iterator[str]:
    """Yield a line for each key of :data:`THINGS`."""
    for key, group in enumerate(GROUPS, 1):
        yield say("person.thing", key=str(key), thing=say.part(f"person.things.{group[0]}"))


def _things(keys: Collection[object]) -> frozenset[str]:
    """Return the things with these keys, and what no key is for: a wall, and what own exercises need."""
    grouped = {thing for group in GROUPS for thing in group}
    try:
        others = set(prepare.equipment(prepare.library())) - grouped
    except VoicecoachError:
        others = set()
    chosen = {thing for key, group in enumerate(GROUPS, 1) if key in keys for thing in group}
    return frozenset(chosen | others | {_EVERYWHERE})
