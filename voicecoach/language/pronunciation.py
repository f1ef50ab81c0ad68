"""Changes written text for speech: "3 x 10s" to "3 times 10 seconds", and words that a voice gets wrong.

The table is ``routines/phrases/pronunciation.<language>.yaml``, which explains its own format. The changes
are for the engine alone: screen, captions and the length of a caption keep the written text.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any, Final

from voicecoach import paths
from voicecoach.language import tables

_FRACTIONS: Final = "½¼¾⅓⅔"
_NUMBER: Final = rf"(?<![\w.,])(\d+(?:[.,]\d+)*)?( ?[{_FRACTIONS}])?(?<=[\d{_FRACTIONS}])( ?|-)"
_ENDLESS: Final = re.compile(r"\d{13,}")
"""A number beyond billions, which nobody reads as one: its digits are said one by one."""
_ABBREVIATED: Final = r"(?!\w)(?:\.(?= (?-i:[a-z])))?"
"""After a unit: its full stop, when the sentence goes on."""
_SAID: Final = frozenset("LMN")
"""The first letters of Unicode's general categories of letters, accents and numbers."""
_SHAPING: Final = re.compile("[\u20d0-\u20ff\ufe00-\ufe0f]")
"""Marks that change the look of a symbol: the box round a number, the colours of an emoji."""
_HEARD: Final = frozenset(".,;:!?'-%$€£ ")
"""What else an engine makes something of: a pause, a word or a tune. All other symbols are removed, and with
them the brackets that are commands to some engines."""


class Pronunciation:
    """The table of one language. Calling it changes a text for an engine, and never fails.

    The constructor raises KeyError or re.error for a wrong table, which is a fault in the program; a test
    reads every table.
    """

    def __init__(self, entries: Mapping[str, Any]) -> None:
        self._patterns = [(re.compile(pattern), said) for pattern, said in entries["patterns"]]
        self._units: Mapping[str, tuple[str, str]] = entries["units"]
        self._unit = re.compile(f"{_NUMBER}({_any_of(self._units)}){_ABBREVIATED}", re.IGNORECASE)
        self._thing = re.compile(rf" (?:{_any_of(entries['things'])})\b", re.IGNORECASE)
        self._fractions: Mapping[str, Mapping[str, str]] = entries["fractions"]
        self._fraction = re.compile(rf"(?:(\d) ?)?([{_FRACTIONS}])(?=( ?[^\W\d])?)")
        words = dict(entries["words"])
        everywhere = words.pop("all")
        self._everywhere = _Words(everywhere)
        self._words = {engine: _Words(everywhere | own) for engine, own in words.items()}

    def __call__(self, text: str, engine: str) -> str:
        """Change ``text``, already cleaned, for the engine of this name."""
        said = _ENDLESS.sub(lambda number: " ".join(number[0]), text)
        for pattern, replacement in self._patterns:
            said = pattern.sub(replacement, said)
        said = self._unit.sub(self._with_unit, said)
        said = self._fraction.sub(self._in_words, said)
        return self._words.get(engine, self._everywhere).respell(_without_symbols(said))

    def _with_unit(self, match: re.Match[str]) -> str:
        whole, fraction, joint, unit = match.groups()
        one, many = self._units[unit.lower()]
        if joint == "-" or self._thing.match(match.string, match.end()):
            many = one  # a 20-cm step, a 2 kg bottle
        if not fraction:
            return f"{whole} {one if whole == '1' else many}"
        words = self._fractions[fraction.strip()]
        return f"{whole} {words['and']} {many}" if whole else words["of"].format(one)

    def _in_words(self, match: re.Match[str]) -> str:
        whole, fraction, word = match.groups()
        words = self._fractions[fraction]
        return f"{whole} {words['and']}" if whole else words["some" if word else "alone"]


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


def _any_of(words: Iterable[str]) -> str:
    """Return a regular expression for any of ``words``, longest first; without words it matches nothing."""
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True))) or r"(?!)"


_LEFT_OVER: Final = [
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"\s+(?=[.,;:!?])", ""),
        (r"[.,;:]+(?=[!?])", ""),
        (r"([.!?:])[.,;:!?\s]*(?=[.,;:!?])[.,;:!?]", r"\1"),
        (r"([,;])(?:\s*[,;])+", r"\1"),
        (r"[,;]\s*(?=[.:])", ""),
        (r"^[\s.,;:!?-]+", ""),
        (r"[\s,;-]+$", ""),
        (r"\s+", " "),
    )
]
"""What becomes of the punctuation and space that are left where symbols were."""


def _without_symbols(text: str) -> str:
    """Return ``text`` without what no voice has a word for."""
    said = "".join(char if char in _HEARD or _is_said(char) else " " for char in text)
    for pattern, replacement in _LEFT_OVER:
        said = pattern.sub(replacement, said)
    return said


@functools.cache
def _is_said(char: str) -> bool:
    return unicodedata.category(char)[0] in _SAID and not _SHAPING.match(char)


@functools.cache
def load(language: str = "en") -> Pronunciation:
    """The table of ``language``, read once."""
    path = paths.shipped("routines", "phrases", f"pronunciation.{language}.yaml")
    return Pronunciation(tables.read(path))
