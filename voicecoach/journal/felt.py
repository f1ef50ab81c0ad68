"""How far down a leg it was felt last."""

from __future__ import annotations

import sqlite3
from datetime import date
from typing import Final

_LAST: Final = """
    SELECT coalesce(leg, leg_before) FROM session
    WHERE coalesce(leg, leg_before) IS NOT NULL AND region = 'back' AND day BETWEEN ? AND ?
    ORDER BY started DESC, id DESC LIMIT 1"""


def last_leg(connection: sqlite3.Connection, since: date, until: date) -> int | None:
    """Return the last answer about a leg of these days, the one after a session before the one before it.

    It is a number of ``records.Leg``, or None when there is none. Raises sqlite3.Error.
    """
    found = connection.execute(_LAST, (since.isoformat(), until.isoformat())).fetchone()
    return found and int(found[0])
