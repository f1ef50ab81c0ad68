"""Removes from text what must not be read, shown or spoken: terminal escapes, controls, invisible marks."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Final

_ESCAPE: Final = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\].*?(?:\x07|\x1b\\)|\x1b[@-_]?", re.DOTALL)
_INVISIBLE: Final = frozenset({"Cc", "Cf", "Cs", "Cn", "Co"})
"""Controls, format marks, surrogates, and what is unassigned or private, by Unicode's general category."""
_SELECTORS: Final = frozenset(map(chr, range(0xFE00, 0xFE10)))
"""Variation selectors, of which no two terminals think the same."""


@dataclass(frozen=True)
class _Row:
    """What is removed."""

    categories: frozenset[str] = _INVISIBLE
    also: frozenset[str] = frozenset()
    escapes: bool = False
    """Whether a terminal's escape goes as a whole; else its first character alone."""
    composed: bool = False
    """Whether a letter and its accent become one character (NFC)."""
    one_line: bool = True
    """Whether all white space becomes single spaces."""


class Use(Enum):
    """Where text goes, and what is removed from it on the way."""

    LINE = _Row(escapes=True)
    """A file, a journal or a terminal's line, where an escape could be obeyed."""
    SCREEN = _Row(composed=True, also=_SELECTORS)
    """Cells of a screen. A family emoji becomes its members, each of them two cells wide everywhere."""
    VOICE = _Row(composed=True)
    """An engine. espeak takes a control character for commands."""
    PAGE = _Row(categories=frozenset({"Cc", "Cs"}), also=frozenset("\ufffe\uffff"), one_line=False)
    """HTML. XML does not allow these; joiners and direction marks belong to scripts that a browser knows."""


class _Kept(dict[int, str]):
    """What becomes of each character, decided when it comes for the first time."""

    def __init__(self, row: _Row) -> None:
        super().__init__()
        self._row = row

    def __missing__(self, code: int) -> str:
        char, row = chr(code), self._row
        if char.isspace() and row.one_line:
            kept = " "
        elif char in "\t\n\r":
            kept = char
        else:
            kept = "" if unicodedata.category(char) in row.categories or char in row.also else char
        self[code] = kept
        return kept


_KEPT: Final = {use: _Kept(use.value) for use in Use}


SURROGATE: Final = re.compile("[\ud800-\udfff]")
"""What Python makes of a byte in the name of a file that is not UTF-8."""


def legible(name: str) -> str:
    """Return the name of a file with a mark for each byte of it that is not UTF-8."""
    return SURROGATE.sub("\N{REPLACEMENT CHARACTER}", name)


def clean(raw: str, use: Use = Use.LINE) -> str:
    """``raw`` without what its ``use`` must not meet."""
    row = use.value
    text = _ESCAPE.sub("", raw) if row.escapes else raw
    text = unicodedata.normalize("NFC", text) if row.composed else text
    text = text.translate(_KEPT[use])
    return " ".join(text.split()) if row.one_line else text


def and_list(names: Sequence[str]) -> str:
    """Return a list in English, for what is no phrase of a language: "", "a", "a and b", "a, b and c"."""
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def and_more(names: Iterable[str], most: int) -> str:
    """List ``names``, each once, with ``most`` of them and the number of others: "a and 3 more"."""
    known = list(dict.fromkeys(names))
    others = len(known) - most
    return and_list([*known[:most], *([f"{others} more"] if others > 0 else [])])


def quoted(text: str) -> str:
    """Quote what somebody wrote, for a message: its beginning, with a mark for each unprintable character."""
    printable = "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in text)
    return f"'{printable}'" if len(printable) <= 40 else f"'{printable[:39]}…'"
