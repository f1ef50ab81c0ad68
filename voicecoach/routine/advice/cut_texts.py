"""Advice on texts that YAML cuts short: by a comment, or by a comma in brackets."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import Final

from voicecoach.routine.advice.rule import OWN, Advice, Rule
from voicecoach.routine.files.located_yaml import At, Data, Document

SPOKEN: Final = frozenset(
    {
        *("name", "about", "say", "wait", "why", "position", "movement", "feel", "breathing"),
        *("resting", "changing", "leaving", "cues", "words", "when", "fix", "text"),
    }
)
"""The keys of texts."""
_SENTENCES: Final = SPOKEN | {"always", "rotating", "precautions", "stop"}
_ENDS: Final = (".", "!", "?")
_TOLD_ALONE: Final = 2
"""So many lists are told one by one, as mistakes of one kind are."""


def advise_comments(document: Document) -> tuple[Advice, ...]:
    """Return all advice on texts that a comment may cut short."""
    spoken = {at: text for at, text in document.commented.items() if SPOKEN & set(at)}
    return tuple(
        advice
        for at, text in spoken.items()
        for rule in TEXT_RULES
        for advice in rule.on(text, document.values[at])
    )


def advise_lists(document: Document) -> tuple[Advice, ...]:
    """Return all advice on lists of sentences in brackets, where each comma ends one; three and more once."""
    found = tuple(
        advice
        for at in document.bracketed
        if _SENTENCES & set(at)
        for rule in LIST_RULES
        for advice in rule.on(tuple(map(str, _value(document.data, at))), document.values[at])
    )
    if len(found) <= _TOLD_ALONE:
        return found
    first, *others = found
    lines = ", ".join(dict.fromkeys(f"line {each.place.line}" for each in others if each.place))
    return (replace(first, what=f"{first.what}; and in {len(others)} more places: {lines}"),)


def _value(data: Data, at: At) -> list[Data]:
    """Return the list at ``at``."""
    for step in at:
        data = data[step]  # type: ignore[index] # the path leads there
    assert isinstance(data, list)
    return data


def _comma_in_list(items: tuple[str, ...]) -> str:
    ended = any(item.endswith(_ENDS) for item in items)
    for before, item in itertools.pairwise(items):
        goes_on = item[:1].islower() and before[:1].isupper()
        if (goes_on or ended) and not before.endswith(_ENDS):
            return (
                f"'{before}' and '{item}' are two texts; a comma inside brackets? put the sentence in quotes"
            )
    return ""


def _cut_text(text: str) -> str:
    return f"only '{text}' is said, and what follows ' #' is a comment; put the text in quotes if it is none"


TEXT_RULES: Final[tuple[Rule[str], ...]] = (
    Rule("cut-text", _cut_text, "two spaces before a '#' show that it is meant as a comment", OWN),
)
"""The rules for a text with a comment after it."""
LIST_RULES: Final[tuple[Rule[tuple[str, ...]], ...]] = (
    Rule("comma-in-list", _comma_in_list, "half a sentence is heard as a whole one", OWN),
)
"""The rules for a list of sentences in brackets."""
