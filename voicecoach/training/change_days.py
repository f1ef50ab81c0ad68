"""The changes of doses by day: what went down, what went up, and what it was after. All pure.

A bad session takes a little from many exercises at once, so that its day is told in one line, with its cause,
and no rise is hidden by it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import groupby
from typing import Final

from voicecoach.journal.records import DoseChange, Session
from voicecoach.language.phrases import Message
from voicecoach.training.dose_history import Changed, Direction, direction
from voicecoach.training.practice import keys_that_hurt


class Cause(StrEnum):
    """What a change came after."""

    HURT = "hurt"
    """An exercise that hurt in a session, or in the session itself."""
    SORE = "sore"
    """A session after which it hurt more."""
    LEG = "leg"
    ARM = "arm"
    SIGN = "sign"
    """A warning sign of another region than the back."""
    HARD = "hard"
    MISSED = "missed"
    BREAK = "break"
    FLARE = "flare"
    EASY_WEEK = "easy_week"
    OVER = "over"
    """The end of doing less for a time."""
    GOOD = "good"
    CLEARED = "cleared"
    """A professional's word."""
    PACE = "pace"


_CAUSES: Final = {
    **dict.fromkeys(("hurt", "hurt_ago", "left_out", "left_out_instead"), Cause.HURT),
    **dict.fromkeys(
        ("sore", "sore_ago", "sore_morning", "above", "worse_morning", "agreed_stop"), Cause.SORE
    ),
    **dict.fromkeys(("leg", "leg_ago", "leg_suspended", "leg_suspended_instead"), Cause.LEG),
    **dict.fromkeys(("arm_worse", "arm_worse_ago"), Cause.ARM),
    **dict.fromkeys(("worse", "worse_ago"), Cause.SIGN),
    **dict.fromkeys(("hard", "hard_ago"), Cause.HARD),
    "missed": Cause.MISSED,
    **dict.fromkeys(("gap", "gap_anew", "pause", "pause_anew"), Cause.BREAK),
    **dict.fromkeys(("flare", "flare_half", "flare_more"), Cause.FLARE),
    "deload": Cause.EASY_WEEK,
    **dict.fromkeys(("flare_over", "deload_over", "less_over"), Cause.OVER),
    **dict.fromkeys(("good", "lasted"), Cause.GOOD),
    **dict.fromkeys(("cleared", "cleared_easier"), Cause.CLEARED),
    **dict.fromkeys(("pace_begins", "pace_more", "pace_less", "pace_back", "pace_whole"), Cause.PACE),
}
"""The cause that a reason of the rules names, by its code after "reason.", or after its region."""
_OF_ALL: Final = {
    DoseChange.LAY_OFF: Cause.BREAK,
    DoseChange.FLARE: Cause.FLARE,
    DoseChange.DELOAD: Cause.EASY_WEEK,
    DoseChange.BACK: Cause.OVER,
}
"""The cause of a change that several exercises share, and so has no reason of its own."""
_AGO: Final = "_ago"
PAINFUL: Final = frozenset({Cause.HURT, Cause.SORE})


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangePart:
    """The changes of one day that lead the same way."""

    leads: Direction
    causes: tuple[Cause, ...]
    """Each once; none when the reasons say something else."""
    changed: tuple[Changed, ...]
    """At least one."""
    pain: int | None = None
    """The worst pain of the session that it came after, where pain was a cause and was said."""
    after: date | None = None
    """The day of that session; None when pain was no cause, or the session is not known."""

    @property
    def exercises(self) -> tuple[tuple[str, str], ...]:
        """The keys of the exercises, each with the side that it is about."""
        return tuple(dict.fromkeys((key, each.side) for each in self.changed for key in each.exercises))


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeDay:
    """Everything that was changed on a day."""

    day: date
    parts: tuple[ChangePart, ...]
    """What is less comes first, then what is left out, and then what is more."""


def change_days(changed: Sequence[Changed], sessions: Sequence[Session]) -> tuple[ChangeDay, ...]:
    """Return the changes by day, latest first; ``sessions`` are those with them, earliest first."""
    found = []
    for day, some in groupby(changed, key=lambda each: each.day):
        by_direction: dict[Direction, list[Changed]] = {}
        for each in some:
            if leads := direction(each.change):
                by_direction.setdefault(leads, []).append(each)
        parts = [
            _part(leads, by_direction[leads], day, sessions) for leads in Direction if leads in by_direction
        ]
        if parts:
            found.append(ChangeDay(day=day, parts=tuple(parts)))
    return tuple(found)


def _part(leads: Direction, own: Sequence[Changed], day: date, sessions: Sequence[Session]) -> ChangePart:
    causes = [_cause(each) for each in own]
    painful = next((each for each, cause in zip(own, causes, strict=True) if cause in PAINFUL), None)
    after = _session_before(painful, day, sessions) if painful else None
    return ChangePart(
        leads=leads,
        causes=tuple(dict.fromkeys(filter(None, causes))),
        changed=tuple(own),
        pain=after.after.worst_pain if after else None,
        after=after.day if after else None,
    )


def _cause(changed: Changed) -> Cause | None:
    if changed.reason is None:
        return _OF_ALL.get(changed.change)
    causes = (_CAUSES.get(code) for code, _ in _codes(changed.reason))
    return next(filter(None, causes), None)


def _codes(message: Message) -> Iterator[tuple[str, Message]]:
    """Yield the codes of a reason and of the reasons inside, the outermost first."""
    group, _, code = message.code.partition(".")
    known = {"reason": code, "region": code.rpartition(".")[2]}
    yield known.get(group, message.code), message
    for value in message.values.values():
        for each in value if isinstance(value, tuple) else (value,):
            if isinstance(each, Message):
                yield from _codes(each)


def _session_before(changed: Changed, day: date, sessions: Sequence[Session]) -> Session | None:
    """Return the session that a change came after: as long ago as its reason says, else the last one."""
    before = [each for each in sessions if each.day < day]
    for code, message in _codes(changed.reason) if changed.reason else ():
        ago = message.values.get("n")
        if code.endswith(_AGO) and isinstance(ago, int):
            on = day - timedelta(ago)
            return next((each for each in reversed(before) if each.day == on), None)
    hurt = (each for each in reversed(before) if set(keys_that_hurt(each)) & set(changed.exercises))
    return next(hurt, before[-1] if before else None)
