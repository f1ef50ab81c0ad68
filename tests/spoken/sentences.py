"""Sentences that are no command: near-commands by the hundred, and talk."""

from __future__ import annotations

import functools
import re
from pathlib import Path

_HERE = Path(__file__).resolve().parent
_DOCS = _HERE.parents[1] / "docs"
_FIGURES = "proofs.md"
"""The only page without sentences."""
_FEWEST_WORDS, _MOST_WORDS = 6, 25


@functools.cache
def near_commands() -> tuple[str, ...]:
    """Sentences that contain a command or resemble one, and that nobody says to the coach."""
    return tuple((_HERE / "near_commands.txt").read_text("utf-8").splitlines())


@functools.cache
def talk() -> tuple[str, ...]:
    """Sentences of the documentation that can be read aloud: of exercise, pain and pauses, as commands."""
    found = []
    for page in sorted(_DOCS.glob("*.md")):
        if page.name == _FIGURES:
            continue
        whole = page.read_text("utf-8")
        text = re.sub(r"```.*?```|^[#|>].*?$", "\n\n", whole, flags=re.MULTILINE | re.DOTALL)
        for paragraph in re.split(r"\n\s*\n|^\s*(?:[-*]|\d+\.) ", text, flags=re.MULTILINE):
            plain = re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", paragraph).replace("*", "")
            found += re.split(r"(?<=[.?!:])\s+(?=[A-Z])", " ".join(plain.split()))
    return tuple(each for each in found if _can_be_read(each))


def _can_be_read(sentence: str) -> bool:
    words = sentence.split()
    return (
        _FEWEST_WORDS <= len(words) <= _MOST_WORDS and re.fullmatch(r"[A-Za-z,.'?! -]+", sentence) is not None
    )
