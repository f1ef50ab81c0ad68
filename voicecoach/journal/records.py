"""The records of a session: the session itself, its sets, what the person said and what they pressed.

Moments are stored in UTC. Beside a session stand the day on which it began where the person was, because
"twice this week" is counted in their days, and how far the clock there was ahead of UTC: its day and its time
of day are those of that place, wherever they are read. Times are seconds, loads kilograms.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from enum import IntEnum, StrEnum
from typing import Final, NamedTuple

from voicecoach.language.phrases import Message
from voicecoach.plain import SPARSE
from voicecoach.routine.dose import Counted, Dose
from voicecoach.routine.instructions import MAX_PAIN, NO_INSTRUCTIONS, Instructions
from voicecoach.routine.model import Round
from voicecoach.routine.region import Region
from voicecoach.session.listener import Ending

WORST: Final = MAX_PAIN
"""Pain and effort are said on a scale from 0 to this."""


class Leg(IntEnum):
    """How far down a leg the pain, tingling or numbness is felt (catalogue section 11)."""

    NONE = 0
    BACK = 1
    """In the back or the buttock, and no further."""
    THIGH = 2
    KNEE = 3
    CALF = 4
    FOOT = 5


class Arm(IntEnum):
    """How far down an arm the pain, tingling or numbness of a neck is felt: as :class:`Leg` for a back."""

    NONE = 0
    NECK = 1
    """In the neck or the shoulder blade, and no further."""
    UPPER_ARM = 2
    ELBOW = 3
    FOREARM = 4
    HAND = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """Answers before a session; None where there was none."""

    pain: int | None = None
    """At rest, from 0 to :data:`WORST`."""
    leg: Leg | None = None
    flare: bool | None = None
    """Whether it is worse than usual, hard to bear, and in the way of what they do (Costa 2019, J Pain
    20:1267)."""
    weak: bool | None = None
    """Whether a leg or foot is newly weak or numb; as a :class:`Weakness` it holds on without a session."""
    arm: Arm | None = None
    """In a session for the neck, which has no :attr:`leg`."""
    sign: bool | None = None
    """Whether there was a warning sign of another region than the back; see :class:`Weakness`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Felt:
    """Answers after a set or a session; None where there was none."""

    worst_pain: int | None = None
    """From 0 to :data:`WORST`."""
    effort: int | None = None
    """From 0 to :data:`WORST` (RPE): 0 is rest, 10 is all they had."""
    leg: Leg | None = None
    """Afterwards."""
    form_ok: bool | None = None
    """Whether the form was good to the end."""
    arm: Arm | None = None
    """Afterwards, in a session for the neck."""
    sign: bool | None = None
    """Whether there was a warning sign of the session's region afterwards, other than the back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SetDone:
    """One finished or abandoned set (one side of it, when sides are done one after the other)."""

    exercise: str
    """The key of the exercise that was done."""
    written: str = ""
    """The key of the routine's exercise; the same unless another variation was done for it."""
    block: int = 0
    """The exercise's place in the session; one that comes twice has two."""
    rounds: tuple[Round, ...] = ()
    """The rounds of the routine that it was done in, the outermost first; each has sets of its own."""
    set_number: int
    """Counted from 1."""
    sets: int
    side: str = ""
    """"left", "right" or empty."""
    sides: int = 1
    """The number of planned sides; the set counts as done when all of them are."""
    alone: str = ""
    """The only side on which the exercise was planned; empty when it was planned on both, or has none."""
    reps: int
    """Done to their end."""
    reps_planned: int
    unit: Counted = Counted.REPS
    """What its reps are called."""
    seconds: float
    """Of work that was heard."""
    seconds_planned: float | None = None
    """Of timed work; None when the exercise has reps."""
    hold: float | None = None
    """Planned seconds of each hold."""
    lowering: float | None = None
    """Planned seconds of each lowering."""
    counted: int = 0
    """The rounds or reps that the person counted in timed work of as many as possible."""
    load: float = 0.0
    level: str = field(default="", metadata=SPARSE)
    """The level of the exercise's own ladder, in the words of its grade; empty when it has none."""
    tempo: float = 1.0
    """The mean over its reps: 1 as written, 0.8 slower."""
    ending: Ending
    at: datetime
    """When it was left, in UTC."""
    felt: Felt = Felt()
    """Is kept and shown; nobody is asked about a single set, so no rule reads it."""


class Happening(StrEnum):
    """What became of a command."""

    OBEYED = "obeyed"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A command and the moment in UTC when it was given."""

    at: datetime
    what: Happening
    command: str
    why: str = ""
    """Why it was refused."""


class DoseChange(StrEnum):
    """What a decision does to a dose."""

    START = "start"
    """The first time."""
    HOLD = "hold"
    ADVANCE = "advance"
    REGRESS = "regress"
    EASIER = "easier"
    """Another, easier variation."""
    HARDER = "harder"
    """Another, harder variation."""
    RETURN = "return"
    """From an easier variation to the one in the routine."""
    LAY_OFF = "lay-off"
    FLARE = "flare"
    DELOAD = "deload"
    BACK = "back"
    """Back to the usual dose after less for a time."""
    ASK = "ask"
    """A step up that waits for the one who prescribed the exercise: the dose stays."""
    CHOSEN = "chosen"
    """By the person."""
    REMOVE = "remove"
    """Left out because it hurt."""
    REPLACE = "replace"
    """Left out because it hurt, with a substitute in its place."""
    OFFER = "offer"
    """Tried again at its least."""
    PACE_BEGIN = "pace-begin"
    """Where an agreed pace begins."""
    PACE_MORE = "pace-more"
    """The step up of a week, as the person agreed."""
    PACE_LESS = "pace-less"
    """The step down of a week, as the person wished."""

    @property
    def raises(self) -> bool:
        """Whether it asks for more than last time."""
        return self in {DoseChange.ADVANCE, DoseChange.HARDER, DoseChange.RETURN}

    @property
    def is_paced(self) -> bool:
        """Whether it follows an agreed pace."""
        return self in {DoseChange.PACE_BEGIN, DoseChange.PACE_MORE, DoseChange.PACE_LESS}


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """The next dose of one exercise, and why."""

    written: str
    """The key of the routine's exercise."""
    exercise: str
    """The key of the exercise to do; the same unless another variation was chosen."""
    dose: Dose | None
    """The next dose; None when the exercise is left out, or another variation is done at its own dose."""
    level: Dose | None = None
    """The dose the person has reached, which a flare or an easy week does not lower; no level of a ladder."""
    change: DoseChange
    reason: Message
    """A sentence for the person."""
    advice: str = ""
    """How to make it easier, said with the exercise; empty when it is done as usual."""
    based_on: tuple[Message, ...] = ()
    """The sessions that were looked at, latest first."""
    side: str = ""
    """The side that it is for, where each has a dose of its own; empty when it is for both, or has none."""
    substitute: bool = False
    """Whether the exercise to do is no variation but takes the place of one that is left out or waits."""
    one_round: bool = False
    """Whether it is done in the first round only, however many the routine has."""

    @property
    def leaves_out(self) -> bool:
        """Whether the routine's exercise is left out or waits, with a substitute or without one."""
        return self.substitute or self.change is DoseChange.REMOVE


class Wish(StrEnum):
    """What a person can reply to a decision."""

    DOSE = "dose"
    """Do this dose from now on."""
    KEEP = "keep"
    """No change next time."""
    CLEARED = "cleared"
    """A professional agreed that an exercise left out may be done again."""
    SIDE = "side"
    """Do it on this side only, or beginning with it, until they say otherwise."""
    ALLOW = "allow"
    """Whoever prescribed it allows a harder variation, or more than their bounds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    """Something that was said between the sessions, by the person or the coach."""

    at: datetime
    """In UTC."""

    @property
    def day(self) -> date:
        """The local day on which it was said."""
        return self.at.astimezone().date()


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice(_Said):
    """A wish of the person for one exercise of a routine, by the key it has there."""

    written: str
    wish: Wish
    dose: Dose | None = None
    side: str = ""
    """The side that it is for; with :attr:`Wish.SIDE` as in ``one_side.SIDES_SAID``. Empty for both."""
    variation: str = ""
    """The key of the harder variation that was allowed."""

    @property
    def is_of_dose(self) -> bool:
        """Whether it says something of the dose of the next time, and not only of sides or bounds."""
        return self.wish is not Wish.ALLOW and (self.wish is not Wish.SIDE or self.dose is not None)


class Agreed(StrEnum):
    """What was said about an agreed pace (rule 9)."""

    BEGIN = "begin"
    """Doses follow an agreed pace from now on, and no longer how sessions go."""
    MORE = "more"
    """A little more, up to what is written."""
    BEYOND = "beyond"
    """A little more, also of what has reached what is written."""
    SAME = "same"
    LESS = "less"
    """A little less."""
    END = "end"
    """Doses follow how sessions go again."""

    @property
    def answers(self) -> bool:
        """Whether it answers the question of a week."""
        return self in {Agreed.MORE, Agreed.BEYOND, Agreed.SAME, Agreed.LESS}


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement(_Said):
    """One thing that was said about an agreed pace, which counts for all exercises."""

    said: Agreed


@dataclass(frozen=True, slots=True, kw_only=True)
class Weakness(_Said):
    """An answer to whether a leg or foot is newly weak or numb, or there is a warning sign of another region.
    A yes holds, for the sessions of that region, until it is answered no.
    """

    present: bool
    region: Region = Region.BACK


@dataclass(frozen=True, slots=True, kw_only=True)
class Lifted(_Said):
    """An answer to whether precautions that ran until a day have been lifted."""

    source: str
    """The name of the routine or programme in whose file they stand."""
    until: date
    lifted: bool


class RemarkTopic(StrEnum):
    """What the coach says once."""

    AGAIN = "again"
    """That an earlier phase may be better after a long break."""
    TWO_WEEKS = "two-weeks"
    """That pain has not changed in so much of a phase."""
    SIX_WEEKS = "six-weeks"
    TWELVE_WEEKS = "twelve-weeks"
    LATER = "later"
    """The same, now and then, for as long as it stays so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark(_Said):
    """Something that the coach says once, and when it was said."""

    about: RemarkTopic
    since: date
    """The day of the last session before the break, or on which the phase began."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The request that started a session."""

    name: str
    """The routine's name, or its file."""
    start: str = ""
    only: tuple[str, ...] = ()
    sets: int | None = None
    minutes: float | None = None
    coaching: str = ""
    """"full" or "short"; empty when it was not said."""
    side: str = ""
    """The side or the order of sides, as in ``one_side.SIDES_SAID``; empty when it was not said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One session with everything known about it."""

    id: int
    routine: str
    version: str = ""
    """A hash of the routine's text, which shows whether it was changed."""
    started: datetime
    """In UTC."""
    day: date
    """The local day on which it started."""
    utc_offset: int | None = None
    """How many minutes the clock there was ahead of UTC; None in sessions of earlier versions."""
    planned: float
    """Its planned seconds."""
    sets_planned: int = 0
    """Sets, where both sides count as one; 0 when unknown."""
    ended: datetime | None = None
    """None while it goes on, and when the program was killed."""
    seconds: float = 0.0
    """Heard, pauses left out; while it goes on, and when the program was killed, until its last set (0 in
    sessions of earlier versions)."""
    finished: bool = False
    """Whether it reached its end, whatever was skipped; true when it was entered by hand."""
    as_written: bool = False
    """Whether the routine was done as its file has it, without the rules' doses."""
    region: Region = Region.BACK
    """The part of the body that it was for: it counts for the rules of that one."""
    asked: Asked | None = None
    """None when it was not played here, or by a version that did not keep this."""
    before: Before = Before()
    after: Felt = Felt()
    next_morning: int | None = None
    """Pain on the next morning, asked at the start of the next session."""
    named: str | None = None
    """The key of the routine's exercise that the person named as the one that hurt; empty for none in
    particular, None when it was not asked."""
    comment: str = ""
    instructions: Instructions = NO_INSTRUCTIONS
    """What the clinician asked who wrote its routine; it is judged by the pain that was agreed then."""
    by_hand: bool = False
    """Whether the person entered it afterwards."""
    sets: tuple[SetDone, ...] = field(default=())
    """In the order in which they ended."""
    decisions: tuple[Decision, ...] = ()
    """The decisions that set its doses."""

    def local(self, at: datetime) -> datetime:
        """Return a moment of it by the clock where it was done; by the one here when that is unknown."""
        ahead = self.utc_offset
        return at.astimezone(None if ahead is None else timezone(timedelta(minutes=ahead)))


def minutes_ahead(moment: datetime) -> int:
    """Return how many minutes the clock of a moment with a time zone is ahead of UTC."""
    return round((moment.utcoffset() or timedelta()).total_seconds() / 60)


class Undone(NamedTuple):
    """A change made by hand that was taken back."""

    was: Session | None
    """The session with the change; without decisions. None when the change had removed the session."""
    now: Session | None
    """The session without it; None when the change had added the session."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """The sets of one session together."""

    done: int = 0
    """Sets that were done to their end, on every side that was planned."""
    seconds: float = 0.0
    """Of work that was heard."""
    worst_pain: int | None = None
    """The worst pain of any set."""
    effort: int | None = None
    """The highest effort of any set."""
    hurt: bool = False
    """Whether one was ended because it hurt."""
    last: datetime | None = None
    """When the last of them was left."""

    def length(self, started: datetime) -> float:
        """Seconds from the start of the session to its last set; where the clock was wrong, those of work."""
        between = (self.last - started).total_seconds() if self.last else 0.0
        return between if self.seconds <= between <= _LONGEST else self.seconds


_LONGEST: Final = 6 * 3600.0
"""Seconds; nobody exercises longer, so the clock was put forward, or the computer slept [own choice]."""
NOTHING: Final = Tally()
"""The tally of a session without sets."""

_COMPLETE: Final = """
    SELECT session, count(*) FROM (
        SELECT session FROM set_done
        WHERE ending = 'done' AND session IN (SELECT id FROM session WHERE day >= ?)
        GROUP BY session, block, written, set_number HAVING count(DISTINCT side) >= max(sides)
    ) GROUP BY session
"""
_TOGETHER: Final = """
    SELECT session, sum(seconds), max(worst_pain), max(effort), max(ending = 'hurt'), max(at) FROM set_done
    WHERE session IN (SELECT id FROM session WHERE day >= ?) GROUP BY session
"""


def tally(sets: Iterable[SetDone]) -> Tally:
    """The tally of the sets of one session."""
    sets = tuple(sets)
    done: dict[tuple[int, str, int], list[SetDone]] = {}
    for each in sets:
        if each.ending is Ending.DONE:
            done.setdefault((each.block, each.written or each.exercise, each.set_number), []).append(each)
    felt = [each.felt for each in sets]
    return Tally(
        done=sum(map(_complete, done.values())),
        seconds=sum(each.seconds for each in sets),
        worst_pain=max((each.worst_pain for each in felt if each.worst_pain is not None), default=None),
        effort=max((each.effort for each in felt if each.effort is not None), default=None),
        hurt=any(each.ending is Ending.HURT for each in sets),
        last=max((each.at for each in sets), default=None),
    )


def _complete(parts: list[SetDone]) -> bool:
    return len({each.side for each in parts}) >= max(each.sides for each in parts)


def tallies(connection: sqlite3.Connection, since: date | None) -> dict[int, Tally]:
    """The tally of each session since a day that has sets, by its number. Raises sqlite3.Error."""
    day = (since.isoformat() if since else "",)
    done: dict[int, int] = dict(connection.execute(_COMPLETE, day))
    return {
        session: Tally(
            done=done.get(session, 0),
            seconds=seconds,
            worst_pain=worst,
            effort=effort,
            hurt=bool(hurt),
            last=datetime.fromisoformat(last),
        )
        for session, seconds, worst, effort, hurt, last in connection.execute(_TOGETHER, day)
    }
