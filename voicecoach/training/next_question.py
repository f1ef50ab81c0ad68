"""Chooses the next question of the table, and tells which one of how many it is. All pure."""

from __future__ import annotations

import string
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Final, NamedTuple

from voicecoach.training import limits
from voicecoach.training.questions import NAMED, PERSON, QUESTIONS, WELCOME, Answer, Known, Question

_KEYS: Final = (*string.digits[1:], *(letter for letter in string.ascii_lowercase if letter not in "qw"))
"""The keys for exercises, as far as they go; q leaves, and w puts the questions off."""


def next_question(known: Known, now: datetime) -> Question | None:
    """Return the next question, or None.

    After :data:`WELCOME`, and the first time those about the person, no more than ``limits.MOST_QUESTIONS``
    are asked, the most important ones first. One that may become due keeps its place.
    """
    beside = (*WELCOME, *PERSON) if known.first else WELCOME
    open_ones = [each for each in QUESTIONS if _is_open(each, known, now)]
    if open_ones and open_ones[0] in beside:
        return open_ones[0]
    asked = (_whole(each) for each in QUESTIONS if each.id in known.asked and each not in beside)
    by_rank = map(_whole, sorted(open_ones, key=lambda each: each.rank))
    first = [*dict.fromkeys((*asked, *by_rank))][: limits.MOST_QUESTIONS]
    found = next((each for each in open_ones if _whole(each) in first and each.due(known)), None)
    return replace(NAMED, answers=which(known.done)) if found is NAMED else found


class QuestionNumber(NamedTuple):
    """Which question of how many."""

    number: int
    of: int
    """How many there are if the later ones are skipped: an answer may lead to one more."""


def number_of(
    question: Question,
    known: Known,
    now: datetime,
    among: Collection[Question],
    facts: Callable[[Known], Known] = lambda known: known,
) -> QuestionNumber:
    """Return the place of ``question`` among those of ``among`` at this moment; the parts of one share it.

    ``facts`` adds what follows from the answers so far.
    """
    counted = {each.id: _whole(each) for each in among}
    later = known.and_asked(question, None)
    while (coming := next_question(facts(later), now)) and coming.id in counted:
        later = later.and_asked(coming, None)
    wholes = [*dict.fromkeys(counted[each] for each in later.asked if each in counted)]
    return QuestionNumber(wholes.index(_whole(question)) + 1, len(wholes))


def which(done: Mapping[str, str]) -> tuple[Answer, ...]:
    """Return the answers to which exercise it was: the keys of ``done``, or empty for none in particular."""
    return (*map(Answer, done, _KEYS), Answer("", "0"))


def _is_open(question: Question, known: Known, now: datetime) -> bool:
    """Tell whether ``question`` is due, or may become due."""
    if question.moment is not known.moment or question.id in known.asked or question.due(known) is False:
        return False
    last = known.answered.get(question.id)
    return last is None or now - last >= question.holds


def _whole(question: Question) -> str:
    return question.part_of or question.id
