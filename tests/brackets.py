"""A made-up language: each sentence of ours stands in brackets, so that what is not translated is seen."""

from __future__ import annotations

import re
from typing import Any


def bracketed(entry: Any) -> Any:
    """What the English data holds, each sentence in brackets."""
    if isinstance(entry, dict):
        return {key: bracketed(value) for key, value in entry.items()}
    if isinstance(entry, list):
        return [bracketed(each) for each in entry]
    return f"⟦{entry}⟧" if entry else entry


def stray(text: str) -> list[str]:
    """The letters outside of all brackets."""
    while (outside := re.sub(r"⟦[^⟦⟧]*⟧", "", text)) != text:
        text = outside
    return [char for char in text if char.isalpha()]
