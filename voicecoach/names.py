"""Finds what a person means by a name that they typed: as it is shown, or nearly so.

A thing goes by several names, its id first. What is typed is compared as it stands, then without capitals,
spaces, hyphens and underscores, then without the endings of plurals. When nothing is called so, a beginning
will do that belongs to one thing alone.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Final, TypeVar

from voicecoach.errors import UnknownName, UsageError

T = TypeVar("T")

_SHOWN: Final = 8
"""The most candidates that a message names [own choice]."""
_PLURAL: Final = re.compile(r"(?:(?<=[cs]h)|(?<=ss)|(?<=x))es$|(?<=\w\w[^s])s$")
"""The ending of an English plural."""


class AmbiguousName(UnknownName):
    """A name that several things may go by; the message names them."""

    def __init__(self, name: str, several: Sequence[str]) -> None:
        self.name, self.nearest = name, several[0]
        *shown, last = several
        if len(shown) > _SHOWN:
            shown, last = shown[:_SHOWN], f"{len(several) - _SHOWN} more"
        could = f"'{name.strip()}' could be {', '.join(shown)} or {last}."
        UsageError.__init__(self, f"{could} Type one of these names.")


def meant(what: str, typed: str, known: Mapping[T, Sequence[str]], *, hint: str = "") -> T:
    """Return the one of ``known``, each with its names, that ``typed`` means.

    Raises UnknownName, which says ``what`` it is not, with the nearest one and ``hint``, or AmbiguousName.
    """
    found = candidates(typed, known)
    if not found:
        every = (name for names in known.values() for name in reversed(names))
        raise UnknownName(what, typed, every, hint=hint)
    if len(found) > 1:
        raise AmbiguousName(typed, [known[each][0] for each in found])
    return found[0]


def candidates(typed: str, known: Mapping[T, Sequence[str]]) -> list[T]:
    """Return those of ``known`` that are called ``typed``; when none is, those that begin so."""
    if found := equal(typed, known):
        return found
    start = plain(typed)
    return [each for each, names in known.items() if start and any(plain(n).startswith(start) for n in names)]


def equal(typed: str, known: Mapping[T, Sequence[str]]) -> list[T]:
    """Return those of ``known`` that are called ``typed``, and not only at their beginning.

    A name as it was typed counts before one that is spelt otherwise, and an id before another name.
    """
    for read in (_as_typed, plain, _singular):
        wanted = read(typed)
        called = [each for each, names in known.items() if wanted and wanted in map(read, names)]
        by_id = [each for each in called if read(known[each][0]) == wanted]
        if called:
            return by_id or called
    return []


def _as_typed(name: str) -> str:
    """Return ``name`` without blanks around it, and each letter with its accent as one character."""
    return unicodedata.normalize("NFC", name.strip())


@functools.lru_cache(maxsize=1024)
def plain(name: str) -> str:
    """Return the letters and digits of ``name`` alone, without capitals."""
    return "".join(_words(name))


@functools.lru_cache(maxsize=1024)
def _singular(name: str) -> str:
    """Return ``name`` as :func:`plain` does, each word without the ending of a plural."""
    return "".join(_PLURAL.sub("", word) for word in _words(name))


def _words(name: str) -> list[str]:
    letters = unicodedata.normalize("NFKC", name).casefold()
    return re.findall(r"[^\W_]+", letters.replace("'", "").replace("\N{RIGHT SINGLE QUOTATION MARK}", ""))
