"""Changes written text for speech: "3 x 10s" to "3 times 10 seconds", and words that a voice gets wrong.

The table is ``routines/phrases/pronunciation.<language>.yaml``, which explains its own format. The changes
are for the engine alone: screen, captions and the length of a caption keep the written text.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from typing import Any, Final

import yaml

from voicecoach import paths

_NUMBER: Final = r"(?<![\w.,])(\d+(?:[.,]\d+)*) ?"
_ENDLESS: Final = re.compile(r"\d{13,}")
"""A number beyond billions, which nobody reads as one: its digits are said one by one."""
_ABBREVIATED: Final = r"(?!\w)(?:\.(?= (?-i:[a-z])))?"
"""After a unit: its full stop, when the sentence goes on."""


class Pronunciation:
    """The table of one language. Calling it changes a text for an engine, and never fails.

    The constructor raises KeyError or re.error for a wrong table, which is a fault in the program; a test
    reads every table.
    """

    def __init__(self, entries: Mapping[str, Any]) -> None:
        self._patterns = [(re.compile(pattern), said) for pattern, said in entries["patterns"]]
        self._units: Mapping[str, tuple[str, str]] = entries["units"]
        self._unit = re.compile(f"{_NUMBER}({_any_of(self._units)}){_ABBREVIATED}", re.IGNORECASE)
        words = dict(entries["words"])
        everywhere = words.pop("all")
        self._everywhere = _Words(everywhere)
        self._words = {engine: _Words(everywhere | own) for engine, own in words.items()}

    def __call__(self, text: str, engine: str) -> str:
        """Change ``text``, already cleaned, for the engine of this name."""
        text = _ENDLESS.sub(lambda number: " ".join(number[0]), text)
        for pattern, said in self._patterns:
            text = pattern.sub(said, text)
        text = self._unit.sub(self._with_unit, text)
        return self._words.get(engine, self._everywhere).respell(text)

    def _with_unit(self, match: re.Match[str]) -> str:
        one, many = self._units[match[2].lower()]
        return f"{match[1]} {one if match[1] == '1' else many}"


class _Words:
    """Respells whole words; entries in small letters fit any case and keep a capital first letter."""

    def __init__(self, respellings: Mapping[str, str]) -> None:
        self._respellings = respellings
        exact = [word for word in respellings if word != word.lower()]
        self._any_case = {word: said for word, said in respellings.items() if word == word.lower()}
        self._find = re.compile(rf"(?<!\w)(?:({_any_of(exact)})|(?i:({_any_of(self._any_case)})))(?!\w)")

    def respell(self, text: str) -> str:
        return self._find.sub(self._respelt, text)

    def _respelt(self, match: re.Match[str]) -> str:
        if match[1]:
            return self._respellings[match[1]]
        said = self._any_case[match[2].lower()]
        return said[:1].upper() + said[1:] if match[2][0].isupper() else said


def _any_of(words: Mapping[str, Any] | list[str]) -> str:
    """Return a regular expression for any of ``words``, longest first; without words it matches nothing."""
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True))) or r"(?!)"


@functools.cache
def load(language: str = "en") -> Pronunciation:
    """The table of ``language``, read once."""
    path = paths.shipped("routines", "phrases", f"pronunciation.{language}.yaml")
    return Pronunciation(yaml.safe_load(path.read_text(encoding="utf-8")))
