"""The table of questions before and after a session, and the facts on which they depend."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import IntEnum, StrEnum
from typing import Final, NamedTuple

from voicecoach.journal.records import WORST, Agreed, Arm, Leg
from voicecoach.routine.instructions import NO_AGREEMENT, AgreedPain
from voicecoach.routine.model import Caution
from voicecoach.routine.region import Region
from voicecoach.training import limits

FOREVER: Final = timedelta.max
EACH_TIME: Final = timedelta(0)
WEEKLY: Final = timedelta(limits.ASK_AGAIN_DAYS)


class AskedWhen(StrEnum):
    """When a question is asked."""

    BEFORE = "before"
    AFTER = "after"


class Rank(IntEnum):
    """Which questions are asked when there are too many: the lower ones."""

    SAFETY = 0
    RULES = 1
    """The rules decide less well without its answer."""
    OTHER = 2


class Barrier(StrEnum):
    """The reasons for a week without a session; names of phrases, in the order of their keys."""

    TIME = "time"
    PAIN = "pain"
    BORED = "bored"
    FORGOT = "forgot"
    OTHER = "other"


class Back(StrEnum):
    """How a back is when a plan begins; names of phrases, in the order of their keys."""

    SORE = "sore"
    BETTER = "better"
    LASTING = "lasting"
    STRONGER = "stronger"
    GOOD = "good"
    UNSURE = "unsure"


class Onward(StrEnum):
    """What becomes of a session that was interrupted, when somebody wants to play."""

    GO_ON = "go on"
    ANEW = "anew"
    """What was asked for begins."""


class Answer(NamedTuple):
    """One answer that can be given."""

    value: object
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """The facts that decide which question comes next."""

    moment: AskedWhen
    region: Region = Region.BACK
    """What the session is for: a back is asked of a leg, any other region of its warning signs."""
    answered: Mapping[str, datetime] = field(default_factory=dict)
    """When a question was answered last, by its id, where that is known."""
    asked: Mapping[str, object] = field(default_factory=dict)
    """The answers so far at this moment, None for skipped questions."""
    interrupted: bool = False
    """Whether an interrupted session may be the one asked for."""
    goes_on: bool = False
    """Whether this is the rest of an interrupted session, whose questions were asked at its beginning."""
    first: bool = False
    """Whether the person was welcomed just now: then all questions about them are asked, and do not count."""
    person: Collection[str] = ()
    """The ids of the questions about the person that are due."""
    morning: bool = False
    """Whether the morning after some session is not known yet."""
    leg_quiet: bool = False
    """Whether nothing was felt in a leg for so long that a shorter question will do."""
    worse: bool | None = None
    """Whether pain is that of a flare, if the person says so too; None before that is known."""
    leg_rose: bool | None = None
    """Whether it is felt further down a leg than the last time; None before that is known."""
    calm: bool | None = None
    """Whether the day is red and a calm routine can be offered; None before that is known."""
    weak: bool = False
    """Whether a leg or foot was newly weak or numb when that was said last, or there was a warning sign of
    another region."""
    precautions_ended: bool = False
    """Whether the precautions of the routine ran until a day that is over, and are not known to be lifted."""
    pace: str | None = ""
    """The id of the question about an agreed pace that is due, empty for none; None before that is known."""
    pain_before: float | None = None
    """Pain before the session, or what it is taken for, for the questions after it."""
    agreed: AgreedPain = NO_AGREEMENT
    """The pain that a clinician agreed on with the person for this session."""
    leg_after: bool = False
    """Whether it is time to ask about the leg after the session, whatever else is answered."""
    done: Mapping[str, str] = field(default_factory=dict)
    """The names of the exercises that were done, by their keys in the routine, for the one that hurt; empty
    when that is known, as one was ended because it hurt."""
    barrier: bool = False
    """Whether a week of the plan had no session."""

    def and_asked(self, question: Question, answer: object) -> Known:
        """Return the facts after ``question`` was asked."""
        return replace(self, asked={**self.asked, question.id: answer})

    def without_last(self, among: Collection[Question]) -> Known:
        """Return the facts before the last question of ``among`` was asked; the same before the first."""
        last = next((name for name in reversed([*self.asked]) if name in {each.id for each in among}), None)
        return replace(self, asked={name: said for name, said in self.asked.items() if name != last})

    @property
    def of_back(self) -> bool:
        """Whether the session is for the back."""
        return self.region is Region.BACK

    @property
    def leg_free(self) -> bool:
        """Whether the person just said that they feel nothing in a leg."""
        return self.asked.get(HAS[Caution.LEG].id) is False

    @property
    def rose(self) -> bool | None:
        """Whether the session raised pain to amber, or above what is agreed; None before that is known."""
        if WORST_PAIN.id not in self.asked:
            return None
        worst = self.asked[WORST_PAIN.id]
        if not isinstance(worst, int):
            return False
        rose = self.pain_before is not None and worst >= self.pain_before + limits.AMBER_RISE
        return rose or self.agreed.is_much(worst)


@dataclass(frozen=True, slots=True)
class Question:
    """One row of the table."""

    id: str
    moment: AskedWhen
    phrase: str
    """The name of its phrase, with ``{region}`` where each region has its own (see :meth:`named`); empty for
    the notice, which has its own text."""
    answers: tuple[Answer, ...] = ()
    """Its answers; none when a line is typed."""
    due: Callable[[Known], bool | None] = lambda _: True
    """Tell whether it is due; None while that depends on other answers."""
    rank: Rank = Rank.OTHER
    """Which come first when there are too many."""
    holds: timedelta = EACH_TIME
    """How long an answer holds before it is asked again."""
    several: bool = False
    """Whether several of the answers can be given, which Enter ends."""
    part_of: str = ""
    """The question that it is a part of, and with which it counts as one; empty for none."""

    def named(self, region: Region) -> str:
        """Return the name of its phrase for a region."""
        return self.phrase.format(region=region)

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of its answers."""
        return tuple(answer.key for answer in self.answers)

    @property
    def told_keys(self) -> tuple[str, ...]:
        """The keys that are told: one for each answer, but none for ten, which is a one and a zero."""
        values: dict[object, str] = {}
        for answer in self.answers:
            values.setdefault(answer.value, answer.key)
        return tuple(key for key in values.values() if self.answers != SCALE or key.isdigit())

    def meant_by(self, key: str) -> object | None:
        """Return the value of the answer with that key, or None."""
        return next((answer.value for answer in self.answers if answer.key == key), None)


SCALE: Final = tuple(Answer(number, "t" if number == WORST else str(number)) for number in range(WORST + 1))
"""From 0 to 10."""
YES_OR_NO: Final = (Answer(value=True, key="y"), Answer(value=False, key="n"))
LEGS: Final = tuple(
    Answer(leg, str(key)) for key, leg in enumerate((Leg.NONE, Leg.THIGH, Leg.KNEE, Leg.CALF, Leg.FOOT))
)
"""The leg alone: the back and the buttock are no leg."""
ARMS: Final = tuple(
    Answer(arm, str(key))
    for key, arm in enumerate((Arm.NONE, Arm.UPPER_ARM, Arm.ELBOW, Arm.FOREARM, Arm.HAND))
)
"""The arm alone: the neck is no arm."""
NOTICE: Final = Question(
    "notice",
    AskedWhen.BEFORE,
    "",
    YES_OR_NO,
    rank=Rank.SAFETY,
    holds=FOREVER,
)
"""Enter alone accepts nothing: it may have been pressed too often."""
EMERGENCY: Final = Question(
    "emergency",
    AskedWhen.BEFORE,
    "emergency.ask",
    YES_OR_NO,
    rank=Rank.SAFETY,
    holds=FOREVER,
)
WELCOME: Final = (NOTICE, EMERGENCY)
"""What is asked once, before everything else; it does not count towards ``limits.MOST_QUESTIONS``."""
GO_ON: Final = Question(
    "go_on",
    AskedWhen.BEFORE,
    "ask.go_on",
    (Answer(Onward.GO_ON, "g"), Answer(Onward.GO_ON, "enter"), Answer(Onward.ANEW, "b")),
    lambda known: known.interrupted and all(each.id in known.answered for each in WELCOME),
    rank=Rank.SAFETY,  # how it is now depends on it
)
GO_ON_AFTER_PAIN: Final = replace(
    GO_ON,
    phrase="ask.go_on_after_pain",
    answers=tuple(each for each in GO_ON.answers if each.key != "enter"),
)
"""The same where nobody should go on without choosing to."""


_SURGERY: Final = "surgery"


def _of_person(name: str, phrase: str) -> Question:
    """Make a question about the person, which is due when its id is in :attr:`Known.person`."""
    return Question(
        name,
        AskedWhen.BEFORE,
        phrase,
        YES_OR_NO,
        lambda known: name in known.person,
        part_of=_SURGERY if name.endswith((f"_{Caution.OP}", f"_{Caution.HIP_NEW}")) else "",
    )


HAS: Final = {
    caution: _of_person(f"has_{caution}", f"caution.{caution}.ask")
    for caution in (Caution.LEG, Caution.OSTEO, Caution.OP)
}
"""The questions that change most, by their cautions."""
THINGS: Final = replace(
    _of_person("things", "person.which"),
    answers=tuple(Answer(key, str(key)) for key in range(1, 10)),
    several=True,
)
"""The equipment; ``app.person_questions`` says what each key is for."""
AGAIN: Final = {
    caution: _of_person(f"again_{caution}", f"person.again.{caution}")
    for caution in (Caution.ACUTE, Caution.LEG, Caution.OP, Caution.HIP_NEW, Caution.PREG)
}
"""Whether a caution that passes still holds."""


def _had_surgery(known: Known) -> bool:
    """Tell whether the person just said that they had surgery."""
    return any(known.asked.get(each[Caution.OP].id) is True for each in (HAS, AGAIN))


FUSION: Final = Question(
    "fusion",
    AskedWhen.BEFORE,
    "person.fusion",
    YES_OR_NO,
    _had_surgery,
    part_of=_SURGERY,
)
"""Whether the surgery was a fusion, which does not pass."""
NEW_HIP: Final = Question(
    "new_hip",
    AskedWhen.BEFORE,
    "person.new_hip",
    YES_OR_NO,
    lambda known: _had_surgery(known) and known.asked.get(FUSION.id) is False,
    part_of=_SURGERY,
)
"""Whether the surgery was the replacement of a hip and nothing else, of which more is known."""
NEW: Final = (*HAS.values(), THINGS)
"""What is asked about the person at first."""
PERSON: Final = (*NEW, *AGAIN.values(), FUSION, NEW_HIP)
"""All that is asked about the person."""
PAIN: Final = Question("pain", AskedWhen.BEFORE, "ask.pain", SCALE, rank=Rank.SAFETY)
STILL: Final = Question(
    "still",
    AskedWhen.BEFORE,
    "ask.still",
    (Answer(value=True, key="enter"), Answer(value=True, key="0"), Answer(value=False, key="1")),
    lambda known: known.of_back and known.leg_quiet and not known.goes_on and not known.leg_free,
    rank=Rank.SAFETY,
    part_of="leg",
)
"""Whether nothing is felt in a leg, as before."""
LEG: Final = Question(
    "leg",
    AskedWhen.BEFORE,
    "ask.leg",
    LEGS,
    lambda known: (
        known.of_back
        and not known.goes_on
        and not known.leg_free
        and (_felt_again(known) if known.leg_quiet else True)
    ),
    rank=Rank.SAFETY,
)
SIGN: Final = Question(
    "sign",
    AskedWhen.BEFORE,
    "region.{region}.ask",
    YES_OR_NO,
    lambda known: not (known.of_back or known.goes_on or known.weak),
    rank=Rank.SAFETY,
)
"""Whether there is a warning sign of a region other than the back, each time."""
ARM: Final = Question(
    "arm",
    AskedWhen.BEFORE,
    "region.neck.arm",
    ARMS,
    lambda known: known.region is Region.NECK and not known.goes_on,
    rank=Rank.SAFETY,
    part_of=SIGN.id,
)
"""How far down an arm, before a session for the neck."""
FLARE: Final = Question(
    "flare",
    AskedWhen.BEFORE,
    "ask.flare",
    YES_OR_NO,
    lambda known: known.worse and not known.leg_rose if known.worse is not None else None,
    rank=Rank.RULES,
)
"""Costa 2019, J Pain 20:1267: worse than usual, hard to bear, and in the way of what somebody does."""
STILL_WEAK: Final = Question(
    "still_weak",
    AskedWhen.BEFORE,
    "region.{region}.still",
    YES_OR_NO,
    lambda known: known.weak,
    rank=Rank.SAFETY,
)
"""Whether new weakness is still there and nobody has looked at it; asked each time until the answer is no."""
LIFTED: Final = Question(
    "lifted",
    AskedWhen.BEFORE,
    "ask.lifted",
    YES_OR_NO,
    lambda known: known.precautions_ended and not known.goes_on,
    rank=Rank.SAFETY,
    holds=WEEKLY,
)
"""Whether a clinician has lifted the precautions of the routine."""
WEAK: Final = Question(
    "weak",
    AskedWhen.BEFORE,
    "region.{region}.ask",
    YES_OR_NO,
    lambda known: (
        known.of_back
        and not known.weak
        and not known.goes_on
        and not known.first  # then it is one of the signs of an emergency
    ),
    rank=Rank.RULES,
    holds=WEEKLY,
)
_MORE_SAME_LESS: Final = (Answer(Agreed.MORE, "1"), Answer(Agreed.SAME, "2"), Answer(Agreed.LESS, "3"))


def _of_pace(name: str, *answers: Answer) -> Question:
    """Make a question about an agreed pace, which is due when :attr:`Known.pace` has its id."""

    def due(known: Known) -> bool | None:
        return None if known.pace is None else known.pace == name and not known.goes_on

    return Question(name, AskedWhen.BEFORE, f"ask.{name}", answers, due, rank=Rank.RULES)


PACE: Final = _of_pace("pace", *_MORE_SAME_LESS)
"""The step of the week."""
PACE_BEYOND: Final = _of_pace("pace_beyond", *_MORE_SAME_LESS, Answer(Agreed.BEYOND, "4"))
"""The step of the week, when something has come as far as its routine goes."""
MORNING: Final = Question(
    "morning", AskedWhen.BEFORE, "ask.morning", SCALE, lambda known: known.morning and not known.goes_on
)
INSTEAD: Final = Question(
    "instead",
    AskedWhen.BEFORE,
    "red.instead",
    (Answer(value=True, key="w"),),
    lambda known: known.calm,
    rank=Rank.SAFETY,
)
WORST_PAIN: Final = Question("worst", AskedWhen.AFTER, "ask.worst", SCALE, rank=Rank.SAFETY)
NAMED: Final = Question(
    "named",
    AskedWhen.AFTER,
    "ask.named",
    due=lambda known: known.rose if known.done else False,
    rank=Rank.SAFETY,
)
"""Which exercise it was; ``next_question`` gives it its answers."""
LEG_AFTER: Final = Question(
    "leg_after",
    AskedWhen.AFTER,
    "ask.leg_after",
    LEGS,
    lambda known: known.of_back and (known.leg_after or known.rose),
    rank=Rank.SAFETY,
)
SIGN_AFTER: Final = Question(
    "sign_after",
    AskedWhen.AFTER,
    "region.{region}.ask_after",
    YES_OR_NO,
    lambda known: not known.of_back,
    rank=Rank.SAFETY,
)
ARM_AFTER: Final = Question(
    "arm_after",
    AskedWhen.AFTER,
    "region.neck.arm_after",
    ARMS,
    lambda known: known.region is Region.NECK and (known.leg_after or known.rose),
    rank=Rank.SAFETY,
    part_of=SIGN_AFTER.id,
)
EFFORT: Final = Question("effort", AskedWhen.AFTER, "ask.effort", SCALE, rank=Rank.RULES)
FORM: Final = Question(
    "form",
    AskedWhen.AFTER,
    "ask.form",
    (*YES_OR_NO, Answer(value=True, key="g"), Answer(value=False, key="l")),
)
"""The letters for good and less good, which were told once, are still taken."""
BARRIER: Final = Question(
    "barrier",
    AskedWhen.AFTER,
    "barrier.ask",
    tuple(Answer(each, str(number)) for number, each in enumerate(Barrier, start=1)),
    lambda known: known.barrier,
    rank=Rank.RULES,  # before the form: it comes after a week away only, when the leg is asked about too
    holds=WEEKLY,
)
CONFIRM: Final = Question("confirm", AskedWhen.BEFORE, "", YES_OR_NO)
"""Whether a command shall do what it says."""
BACK: Final = Question(
    "back",
    AskedWhen.BEFORE,
    "back.ask",
    tuple(Answer(each, str(number)) for number, each in enumerate(Back, start=1)),
)
"""Where a plan begins; asked when one is made, and not before a session."""
COMMENT: Final = Question("comment", AskedWhen.AFTER, "ask.comment")

QUESTIONS: Final = (
    *WELCOME,
    *(GO_ON, STILL_WEAK, LIFTED, *HAS.values(), FUSION, NEW_HIP, THINGS),
    *(PAIN, STILL, LEG, ARM, SIGN, *AGAIN.values(), FLARE, WEAK, PACE, PACE_BEYOND, MORNING, INSTEAD),
    *(WORST_PAIN, NAMED, LEG_AFTER, ARM_AFTER, SIGN_AFTER, EFFORT, FORM, BARRIER, COMMENT),
)
"""In the order in which they are asked."""


def _felt_again(known: Known) -> bool | None:
    return known.asked[STILL.id] is False if STILL.id in known.asked else None
