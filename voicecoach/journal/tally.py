"""What the sets of each session come to, counted by the database: a list of ten years need not read them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from voicecoach.journal.records import SetDone
from voicecoach.session.listener import Ending


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """The sets of one session together."""

    done: int = 0
    """Sets that were done to their end, on every side that was planned."""
    seconds: float = 0.0
    """Of work that was heard."""
    worst_pain: int | None = None
    """The worst that was said of a set."""
    effort: int | None = None
    """The most that was said of a set."""
    hurt: bool = False
    """Whether one was ended because it hurt."""


NOTHING: Final = Tally()
"""Of a session without sets."""

_COMPLETE: Final = """
    SELECT session, count(*) FROM (
        SELECT session FROM set_done
        WHERE ending = 'done' AND session IN (SELECT id FROM session WHERE day >= ?)
        GROUP BY session, block, written, set_number HAVING count(DISTINCT side) >= max(sides)
    ) GROUP BY session
"""
_TOGETHER: Final = """
    SELECT session, sum(seconds), max(worst_pain), max(effort), max(ending = 'hurt') FROM set_done
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
    )


def _complete(parts: list[SetDone]) -> bool:
    return len({each.side for each in parts}) >= max(each.sides for each in parts)


def tallies(connection: sqlite3.Connection, since: date | None) -> dict[int, Tally]:
    """The tally of each session since a day that has sets, by its number. Raises sqlite3.Error."""
    day = (since.isoformat() if since else "",)
    done: dict[int, int] = dict(connection.execute(_COMPLETE, day))
    return {
        session: Tally(
            done=done.get(session, 0), seconds=seconds, worst_pain=worst, effort=effort, hurt=bool(hurt)
        )
        for session, seconds, worst, effort, hurt in connection.execute(_TOGETHER, day)
    }
