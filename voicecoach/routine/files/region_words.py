"""Finds the region that a text names, such as the name of a routine that somebody prescribed."""

from __future__ import annotations

import functools
import re

from voicecoach.language import phrases, tables
from voicecoach.routine.region import Region


def region_named(*texts: str) -> Region | None:
    """Return the region that the first of ``texts`` to name one names first; None when none does."""
    for text in texts:
        if found := _pattern().search(text):
            return Region(str(found.lastgroup))
    return None


@functools.cache
def _pattern() -> re.Pattern[str]:
    """One named group for each region."""
    rows = tables.read(phrases.folder() / "region_words.en.yaml")
    groups = (f"(?P<{region}>{'|'.join(map(re.escape, words))})" for region, words in rows.items())
    return re.compile(rf"\b(?:{'|'.join(groups)})", re.IGNORECASE)
