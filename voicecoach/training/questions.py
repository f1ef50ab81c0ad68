"""The table of questions before and after a session, and the choice of the next one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, NamedTuple

from voicecoach.journal.records import WORST, Leg

MOST: Final = 4
"""Questions before a session, and after it; what is left waits for the next one [own choice]."""
FOREVER: Final = timedelta.max
EACH_TIME: Final = timedelta(0)


class AskedWhen(StrEnum):
    """When a question is asked."""

    BEFORE = "before"
    AFTER = "after"


class Barrier(StrEnum):
    """The reasons for a week without a session; names of phrases, in the order of their keys."""

    TIME = "time"
    PAIN = "pain"
    BORED = "bored"
    FORGOT = "forgot"
    OTHER = "other"


class Answer(NamedTuple):
    """One answer that can be given."""

    value: object
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """The facts that decide which question comes next."""

    moment: AskedWhen
    answered: Mapping[str, datetime] = field(default_factory=dict)
    """When a question was answered last, by its id, where that is known."""
    interrupted: bool = False
    """Whether an interrupted session may be the one asked for."""
    goes_on: bool = False
    """Whether this is the rest of an interrupted session, whose questions were asked at its beginning."""
    morning: bool = False
    """Whether the morning after some session is not known yet."""
    calm: bool | None = None
    """Whether the day is red and a calm routine can be offered; None before that is known."""
    barrier: bool = False
    """Whether a week of the plan had no session."""
    asked: Mapping[str, object] = field(default_factory=dict)
    """The answers so far at this moment, None for skipped questions."""

    def and_asked(self, question: Question, answer: object) -> Known:
        """Return the facts after ``question`` was asked."""
        return replace(self, asked={**self.asked, question.id: answer})


@dataclass(frozen=True, slots=True)
class Question:
    """One row of the table."""

    id: str
    moment: AskedWhen
    phrase: str
    """The name of its phrase; empty for the notice, which has its own text."""
    answers: tuple[Answer, ...] = ()
    """Its answers; none when a line is typed."""
    due: Callable[[Known], bool | None] = lambda _: True
    """Tell whether it is due; None while that depends on other answers."""
    safety: bool = False
    """Whether it is about safety and so comes first when there are too many."""
    holds: timedelta = EACH_TIME
    """How long an answer holds before it is asked again."""
    any_key: bool = False
    """Whether any other key means that none of the answers is meant."""

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of its answers."""
        return tuple(answer.key for answer in self.answers)

    def meant_by(self, key: str) -> object | None:
        """Return the value of the answer with that key, or None."""
        return next((answer.value for answer in self.answers if answer.key == key), None)


SCALE: Final = tuple(Answer(number, "t" if number == WORST else str(number)) for number in range(WORST + 1))
"""From 0 to 10."""
NOTICE: Final = Question(
    "notice",
    AskedWhen.BEFORE,
    "",
    (Answer(value=True, key="y"), Answer(value=True, key="enter"), Answer(value=False, key="n")),
    safety=True,
    holds=FOREVER,
)
EMERGENCY: Final = Question(
    "emergency",
    AskedWhen.BEFORE,
    "emergency.ask",
    (Answer(value=True, key="y"), Answer(value=False, key="n")),
    safety=True,
    holds=FOREVER,
)
WELCOME: Final = (NOTICE, EMERGENCY)
"""What is asked once, before everything else; it does not count towards :data:`MOST`."""
GO_ON: Final = Question(
    "go_on",
    AskedWhen.BEFORE,
    "ask.go_on",
    (Answer(value=True, key="y"), Answer(value=True, key="enter")),
    lambda known: known.interrupted and all(each.id in known.answered for each in WELCOME),
    safety=True,  # how it is now depends on it
    any_key=True,
)
MORNING: Final = Question(
    "morning", AskedWhen.BEFORE, "ask.morning", SCALE, lambda known: known.morning and not known.goes_on
)
PAIN: Final = Question("pain", AskedWhen.BEFORE, "ask.pain", SCALE, safety=True)
LEG: Final = Question(
    "leg",
    AskedWhen.BEFORE,
    "ask.leg",
    tuple(Answer(leg, str(int(leg))) for leg in Leg),
    lambda known: not known.goes_on,
    safety=True,
)
INSTEAD: Final = Question(
    "instead",
    AskedWhen.BEFORE,
    "red.instead",
    (Answer(value=True, key="w"),),
    lambda known: known.calm,
    safety=True,
)
WORST_PAIN: Final = Question("worst", AskedWhen.AFTER, "ask.worst", SCALE, safety=True)
EFFORT: Final = Question("effort", AskedWhen.AFTER, "ask.effort", SCALE, safety=True)
FORM: Final = Question(
    "form",
    AskedWhen.AFTER,
    "ask.form",
    (Answer(value=True, key="g"), Answer(value=False, key="l")),
    safety=True,
)
BARRIER: Final = Question(
    "barrier",
    AskedWhen.AFTER,
    "barrier.ask",
    tuple(Answer(each, str(number)) for number, each in enumerate(Barrier, start=1)),
    lambda known: known.barrier,
    holds=timedelta(weeks=1),
)
COMMENT: Final = Question("comment", AskedWhen.AFTER, "ask.comment")

QUESTIONS: Final = (*WELCOME, GO_ON, MORNING, PAIN, LEG, INSTEAD, WORST_PAIN, EFFORT, FORM, BARRIER, COMMENT)
"""In the order in which they are asked."""


def next_question(known: Known, now: datetime) -> Question | None:
    """Return the next question, or None.

    After :data:`WELCOME` no more than :data:`MOST` are asked, those about safety before the others. One that
    may become due keeps its place.
    """
    open_ones = [each for each in QUESTIONS if _is_open(each, known, now)]
    if open_ones and open_ones[0] in WELCOME:
        return open_ones[0]
    left = MOST - len(known.asked.keys() - {each.id for each in WELCOME})
    first = sorted(open_ones, key=lambda each: not each.safety)[: max(0, left)]
    return next((each for each in open_ones if each in first and each.due(known)), None)


def _is_open(question: Question, known: Known, now: datetime) -> bool:
    """Tell whether ``question`` is due, or may become due."""
    if question.moment is not known.moment or question.id in known.asked or question.due(known) is False:
        return False
    last = known.answered.get(question.id)
    return last is None or now - last >= question.holds
