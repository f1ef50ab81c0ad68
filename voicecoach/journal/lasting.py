"""The last session with each exercise, found by the indices: ten years take long to scan."""

from __future__ import annotations

from typing import Final


def _last_of_each(table: str) -> str:
    """From one key to the next above it, as SQLite has no such scan itself (sqlite.org/lang_with.html)."""
    return f"""
        SELECT (SELECT max(session) FROM {table} WHERE written = key) FROM (
            WITH RECURSIVE keys(key) AS (
                SELECT min(written) FROM {table}
                UNION ALL
                SELECT (SELECT min(written) FROM {table} WHERE written > key) FROM keys WHERE key IS NOT NULL
            )
            SELECT key FROM keys WHERE key IS NOT NULL
        )
    """  # noqa: S608 - the name of a table, from this module


LAST_OF_EACH: Final = f"{_last_of_each('set_done')} UNION {_last_of_each('decision')}"
"""Selects the number of the last session with a set of each exercise, and with a decision on it."""
