"""The coach's own sentences and the names of phases, from ``routines/phrases/``.

No spoken sentence stands in Python. Phrases that a language lacks are said in English. What is to be said
later, or in another language, is kept as a :class:`Message`.
"""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, TypeAlias

from voicecoach import paths
from voicecoach.language import tables
from voicecoach.units import load_as_written, whole_minutes

ENGLISH: Final = "en"


Value: TypeAlias = "str | int | Message | tuple[Message, ...]"
"""What fills a blank of a message; of several messages, all of them, in a list."""


@dataclass(frozen=True, init=False, slots=True)
class Message:
    """A sentence, or a part of one, as the name of a phrase and the values that fill its blanks.

    A number fills a blank in figures, in words where the phrase has it as ``{n:words}``, or as so many
    seconds with ``{n:time}``. Of a phrase with two texts, the first is for an ``n`` of one and the second for
    any other.
    """

    code: str
    values: Mapping[str, Value] = field(hash=False)

    def __init__(self, code: str, /, **values: Value) -> None:
        object.__setattr__(self, "code", code)
        object.__setattr__(self, "values", values)

    def as_plain(self) -> list[Any]:
        """Return the message as JSON has it: its code and its values, messages inside likewise."""
        return [self.code, {name: _as_plain(value) for name, value in self.values.items()}]

    @classmethod
    def of_plain(cls, raw: Any) -> Message:  # noqa: ANN401 - what JSON has
        """Return the message in ``raw``, which may be JSON still.

        A sentence of a version without messages is kept as it is. Raises ValueError or TypeError when ``raw``
        makes no sense.
        """
        if isinstance(raw, str):
            if not raw.startswith('["'):
                return cls.verbatim(raw)
            raw = json.loads(raw)
        code, values = raw
        return cls(code, **{name: _of_plain(value) for name, value in values.items()})

    @classmethod
    def verbatim(cls, text: str) -> Message:
        """Return the message that says ``text`` as it is, in any language."""
        return cls("verbatim", text=text)

    @classmethod
    def joined(cls, parts: Sequence[Message]) -> Message:
        """Join one or more ``parts`` by "and"."""
        return cls._joined("list_and", parts)

    @classmethod
    def either(cls, parts: Sequence[Message]) -> Message:
        """Join one or more ``parts`` by "or"."""
        return cls._joined("list_or", parts)

    @classmethod
    def _joined(cls, code: str, parts: Sequence[Message]) -> Message:
        *before, last = parts
        if not before:
            return last
        return cls(code, first=before[0] if len(before) == 1 else tuple(before), last=last)


def _as_plain(value: Value) -> Any:  # noqa: ANN401 - what JSON has
    if isinstance(value, tuple):
        return [each.as_plain() for each in value]
    return value.as_plain() if isinstance(value, Message) else value


def _of_plain(raw: Any) -> Any:  # noqa: ANN401 - a value
    if not isinstance(raw, list):
        return raw
    return Message.of_plain(raw) if raw and isinstance(raw[0], str) else tuple(map(Message.of_plain, raw))


class _Number(str):
    """A number in figures; with the format ``words`` in words, with ``time`` as so many seconds."""

    __slots__ = ("spelled", "timed")
    spelled: str
    timed: str

    def __format__(self, spec: str) -> str:
        return {"words": self.spelled, "time": self.timed}.get(spec) or str(self)


class Phrases:
    """Sentences by name, such as ``"rest.time"``; several ways to say a thing take turns.

    Raises KeyError for an unknown name or blank, which is a fault in the program; a test uses every name.
    """

    def __init__(self, entries: Mapping[str, Any]) -> None:
        self._entries = entries
        self._found: dict[str, Any] = {}
        """The entries that were asked for, by their whole name."""

    def __call__(self, name: str, turn: int = 0, /, **blanks: str) -> str:
        """Return the sentence ``name`` with its blanks filled in; ``turn`` rotates through its variants."""
        return capitalised(self.part(name, turn, **blanks))

    def of_limb(self, name: str, limb: str, **blanks: str) -> str:
        """Return the sentence ``name`` about a ``limb``, or whatever else is left or right.

        A mapping has other texts for some limbs, and one for any other: circles have a way, not a side.
        """
        entry = self._entry(name)
        named = f"{name}.{limb if limb in entry else 'any'}" if isinstance(entry, Mapping) else name
        return self(named, limb=limb, **blanks)

    def part(self, name: str, turn: int = 0, /, **blanks: str) -> str:
        """Return words for the inside of a sentence, with the first letter as it is.

        A blank with a capital, ``{Side}``, is filled with a capital first letter.
        """
        entry = self._entry(name)
        template: str = entry[turn % len(entry)] if isinstance(entry, list) else entry
        if not blanks:
            return template.format()
        capitals = {capitalised(key): capitalised(value) for key, value in blanks.items()}
        return _with_one_stop(template.format(**blanks, **capitals))

    def _entry(self, name: str) -> Any:  # noqa: ANN401 - what YAML has
        if (entry := self._found.get(name)) is None:
            entry = functools.reduce(lambda found, key: found[key], name.split("."), self._entries)
            self._found[name] = entry
        return entry

    def all_of(self, name: str) -> tuple[str, ...]:
        """Return all texts of ``name``, with their blanks."""
        entry = self._entry(name)
        return tuple(entry) if isinstance(entry, list) else (entry,)

    def names(self, name: str) -> tuple[str, ...]:
        """Return the names below ``name``; none where there is no such name."""
        *above, last = name.split(".")
        entry = self._entry(".".join(above)).get(last, {})
        return tuple(entry)

    def table(self, name: str) -> dict[str, str]:
        """Return all texts below ``name`` by their names, with their blanks."""
        return {key: str(text) for key, text in self._entry(name).items()}

    def tell(self, message: Message) -> str:
        """Return the sentence of ``message``; the code itself when only a later version has words."""
        try:
            return capitalised(self.words(message))
        except (KeyError, TypeError):
            return message.code

    def words(self, message: Message) -> str:
        """Return the words of ``message`` for the inside of a sentence."""
        blanks = {name: self._filled(value) for name, value in message.values.items()}
        return self.part(message.code, int(message.values.get("n") != 1), **blanks)

    def _filled(self, value: Value) -> str:
        if isinstance(value, Message):
            return self.words(value)
        if isinstance(value, tuple):
            return self.listed(map(self.words, value))
        if isinstance(value, str):
            return value
        number = _Number(value)
        number.spelled, number.timed = self.number(value), self.time(value)
        return number

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
        """Say ``length`` seconds: "twenty seconds", "one and a half minutes"."""
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

    def load(self, kilograms: float) -> str:
        """Say a load in the unit it was written in: "two kilos", "two and a half kilos", "five pounds"."""
        return self.words(load_words(kilograms))

    def minutes(self, length: float) -> str:
        """Say ``length`` seconds as whole minutes, at least one, for the start and the end of a session."""
        return self.time(60 * whole_minutes(length))

    def join(self, things: Sequence[str]) -> str:
        """Say a list: "a mat", "a mat and a chair", "a mat, a strap and a chair"."""
        *before, last = things
        if not before:
            return last
        return self.part("list_and", first=self.listed(before), last=last)

    def listed(self, things: Iterable[str]) -> str:
        """Say a list without "and"."""
        return functools.reduce(lambda some, one: self.part("list_more", first=some, next=one), things)

    def phase(self, name: str) -> str:
        """Return the shortest call of a phase: "Lower."."""
        return sentence(str(self._entries["phase"].get(name, name.replace("_", " "))))

    def thing(self, item: str) -> str:
        """Return a piece of equipment with its article: "a mat"."""
        return str(self._entries["things"].get(item, item))

    def has_articles(self, items: Iterable[str]) -> bool:
        """Tell whether all these pieces of equipment are known with their articles."""
        return all(item in self._entries["things"] for item in items)

    def care(self, item: str) -> tuple[str, ...]:
        """Return sentences on what a piece of equipment must be like and where to lay it."""
        return tuple(self._entries["care"].get(item, ()))

    def side(self, side: str) -> str:
        """Return the word for "left" or "right" in this language."""
        return str(self._entries[side])

    def sided(self, text: str, side: str) -> str:
        """Fill in ``{side}`` and ``{other}`` in ``text`` for the working ``side``."""
        if not side:
            return text
        other = "right" if side == "left" else "left"
        filled = text
        for blank, word in (("side", self.side(side)), ("other", self.side(other))):
            filled = filled.replace(f"{{{blank}}}", word)
        return capitalised(filled)


_QUARTERS: Final = ("", "quarter", "half", "three_quarters")


def load_words(kilograms: float) -> Message:
    """Return the words of a load above 0: "two kilos", "half a pound"."""
    number, unit = load_as_written(kilograms)
    whole, part = divmod(round(number * 100), 100)
    name = _QUARTERS[part // 25] if part % 25 == 0 else "tenths"
    if name == "tenths":
        return Message(f"load.{unit}.tenths", n=whole, tenths=round(part / 10))
    kind = "whole" if not name else name if whole else f"only_{name}"
    return Message(f"load.{unit}.{kind}", n=whole)


def capitalised(text: str) -> str:
    """Capitalise the first letter of ``text`` and keep the rest."""
    return text[:1].upper() + text[1:]


def sentence(text: str) -> str:
    """Return ``text`` with a capital and with a full stop, unless it ends with a mark of its own."""
    return _with_one_stop(f"{capitalised(text)}.")


_STOPPED: Final = re.compile(r"(\.{3}|[!?…]|(?<!\.)\.)\.(?!\.)")


def _with_one_stop(text: str) -> str:
    """Return ``text`` without the full stops that follow what somebody else ended: "Now: hip 2x10 ea.."."""
    return _STOPPED.sub(r"\1", text)


def folder() -> Path:
    """Return the folder with the words of all languages."""
    return paths.shipped("routines", "phrases")


def languages() -> tuple[str, ...]:
    """Return the codes of the languages with phrases."""
    return tuple(sorted(path.stem for path in folder().glob("*.yaml") if "." not in path.stem))


@functools.cache
def load(language: str = ENGLISH) -> Phrases:
    """Return the phrases of ``language``, one of :func:`languages`, read once; English fills the gaps."""
    return Phrases(_merged(entries(ENGLISH), entries(language)))


@functools.cache
def entries(language: str) -> Mapping[str, Any]:
    """Return the phrases of ``language`` as written, without English ones.

    Those of the regions of the body, in a file of their own, are below ``region``.
    """
    found: Mapping[str, Any] = tables.read(folder() / f"{language}.yaml")
    regions = folder() / f"regions.{language}.yaml"
    return {**found, "region": tables.read(regions)} if regions.exists() else found


def lacking(language: str) -> tuple[str, ...]:
    """Return the names of the phrases that ``language`` lacks and says in English."""
    own = set(_names(entries(language)))
    return tuple(name for name in _names(entries(ENGLISH)) if name not in own)


def _merged(english: Mapping[str, Any], own: Mapping[str, Any]) -> Mapping[str, Any]:
    """Replace entries of ``english`` by those in ``own``."""
    both = {key: _merged(english[key], own[key]) for key in own if isinstance(english.get(key), Mapping)}
    return {**english, **own, **both}


def _names(entries: Mapping[str, Any], above: str = "") -> Iterator[str]:
    for key, entry in entries.items():
        if isinstance(entry, Mapping):
            yield from _names(entry, f"{above}{key}.")
        else:
            yield f"{above}{key}"


@functools.cache
def phase_kinds() -> Mapping[str, str]:
    """Map each known name to its kind, from the ``phases.<language>.yaml`` of all languages.

    Where languages disagree, English wins. Names are in small letters.
    """
    return {name: kind for name, kind in _phase_names().items() if kind != _BREATH}


@functools.cache
def breath_names() -> frozenset[str]:
    """Return the names of phases in which one breathes in or out, in any language, in small letters."""
    return frozenset(name for name, what in _phase_names().items() if what == _BREATH)


_BREATH: Final = "breath"
"""The one entry of the files of phases that is no kind: its phases are movements of the breath."""


def _phase_names() -> Mapping[str, str]:
    files = folder().glob("phases.*.yaml")
    named: dict[str, str] = {}
    for path in sorted(files, key=lambda path: (path.name != "phases.en.yaml", path.name)):
        for what, names in tables.read(path).items():
            named = {name.casefold(): what for name in names} | named
    return named
