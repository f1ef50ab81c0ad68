"""The coach's own sentences, from ``routines/phrases/<language>.yaml``.

No spoken sentence stands in Python. What a language lacks is said in English.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import yaml

from voicecoach import paths

ENGLISH: Final = "en"
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Phrases:
    """Sentences by name, such as ``"rest.time"``; several ways to say a thing take turns.

    Raises KeyError for a name or a blank that does not exist: that is a fault in the program, and a test
    asks for every name.
    """

    def __init__(self, entries: Mapping[str, Any]) -> None:
        self._entries = entries

    def __call__(self, name: str, turn: int = 0, /, **blanks: str) -> str:
        """The sentence ``name`` with its blanks filled in; ``turn`` picks among its variants in rotation."""
        return capitalised(self.part(name, turn, **blanks))

    def part(self, name: str, turn: int = 0, /, **blanks: str) -> str:
        """The same for words that stand inside a sentence: the first letter stays as it is.

        A blank written with a large letter, ``{Side}``, is filled with a large first letter.
        """
        entry: Any = self._entries
        for key in name.split("."):
            entry = entry[key]
        template: str = entry[turn % len(entry)] if isinstance(entry, list) else entry
        return template.format(
            **blanks, **{capitalised(key): capitalised(value) for key, value in blanks.items()}
        )

    def number(self, n: int) -> str:
        """``n`` in words: "eight", "twenty-five", "one hundred twenty"."""
        words = self._entries["numbers"]
        if n < len(words["ones"]):
            return str(words["ones"][n])
        if n < 100:
            tens = str(words["tens"][n // 10])
            return words["tens_and_ones"].format(tens=tens, ones=self.number(n % 10)) if n % 10 else tens
        hundreds: str = words["hundred"].format(n=self.number(n // 100))
        if not n % 100:
            return hundreds
        return str(words["hundreds_and_rest"].format(hundreds=hundreds, rest=self.number(n % 100)))

    def time(self, length: float) -> str:
        """``length`` seconds as people say it: "twenty seconds", "one and a half minutes"."""
        if length < 90 and length != 60:
            whole, half = divmod(round(length * 2), 2)
            if whole == 1 and not half:
                return self.part("one_second")
            return self.part("half_seconds" if half else "seconds", n=self.number(whole))
        minutes, rest = divmod(round(length), 60)
        if (minutes, rest) == (1, 30):
            return self.part("one_and_a_half_minutes")
        whole_minutes = (
            self.part("one_minute") if minutes == 1 else self.part("minutes", n=self.number(minutes))
        )
        if not rest:
            return whole_minutes
        return self.part("minutes_and_seconds", minutes=whole_minutes, seconds=self.time(rest))

    def minutes(self, length: float) -> str:
        """``length`` seconds as whole minutes, at least one: "about" times for the start and the end."""
        return self.time(60 * max(1, round(length / 60)))

    def join(self, things: Sequence[str]) -> str:
        """A list as people say it: "a mat", "a mat and a chair", "a mat, a strap and a chair"."""
        *before, last = things
        if not before:
            return last
        first = functools.reduce(lambda some, one: self.part("list_more", first=some, next=one), before)
        return self.part("list_and", first=first, last=last)

    def phase(self, name: str) -> str:
        """The shortest way to call a phase: "Lower."."""
        return capitalised(str(self._entries["phase"].get(name, name.replace("_", " ")))) + "."

    def thing(self, item: str) -> str:
        """A piece of equipment with its article: "a mat"."""
        return str(self._entries["things"].get(item, item))

    def side(self, side: str) -> str:
        """The word for "left" or "right" in this language."""
        return str(self._entries[side])

    def sided(self, text: str, side: str) -> str:
        """``text`` with ``{side}`` and ``{other}`` filled in for the working ``side``."""
        if not side:
            return text
        other = "right" if side == "left" else "left"
        filled = text
        for blank, word in (("side", self.side(side)), ("other", self.side(other))):
            filled = filled.replace(f"{{{blank}}}", word)
        return capitalised(filled)


def capitalised(text: str) -> str:
    """``text`` with its first letter large, the rest as it is."""
    return text[:1].upper() + text[1:]


def folder() -> Path:
    """Where the words of all languages lie."""
    return paths.shipped("routines", "phrases")


def languages() -> tuple[str, ...]:
    """The languages that there are phrases for, by their codes."""
    return tuple(sorted(path.stem for path in folder().glob("*.yaml") if "." not in path.stem))


@functools.cache
def load(language: str = ENGLISH) -> Phrases:
    """The phrases of ``language``, one of :func:`languages`, read once; the English one where it has none."""
    return Phrases(_merged(entries(ENGLISH), entries(language)))


@functools.cache
def entries(language: str) -> Mapping[str, Any]:
    """The phrases that ``language`` has itself, as they are written."""
    text = (folder() / f"{language}.yaml").read_text(encoding="utf-8")
    found: Mapping[str, Any] = yaml.load(text, Loader=_LOADER)  # noqa: S506 - a safe loader
    return found


def lacking(language: str) -> tuple[str, ...]:
    """The names of the phrases that ``language`` has not and says in English."""
    own = set(_names(entries(language)))
    return tuple(name for name in _names(entries(ENGLISH)) if name not in own)


def _merged(english: Mapping[str, Any], own: Mapping[str, Any]) -> Mapping[str, Any]:
    """``english`` with what ``own`` has in its place."""
    both = {key: _merged(english[key], own[key]) for key in own if isinstance(english.get(key), Mapping)}
    return {**english, **own, **both}


def _names(entries: Mapping[str, Any], above: str = "") -> Iterator[str]:
    for key, entry in entries.items():
        if isinstance(entry, Mapping):
            yield from _names(entry, f"{above}{key}.")
        else:
            yield f"{above}{key}"
