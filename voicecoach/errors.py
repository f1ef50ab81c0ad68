"""Every error a person can meet, in one tree. Each says what to do next.

A program ends with the ``status`` of the error, which is in brackets where it is another than that of the
error above it::

    VoicecoachError            what a person can put right [2]
    ├── Declined               the person stopped, or said no [3]
    ├── UsageError             an option or argument that makes no sense
    │   ├── NothingSuits       a routine with no exercise that suits the person
    │   │   └── AllHurt        a routine whose exercises all wait because they hurt
    │   └── UnknownName        a routine, exercise, voice or output that does not exist
    ├── RoutineError           a routine or exercise file with problems, each with its place
    ├── VoiceError             speech could not be made [1]
    │   ├── VoiceUnavailable   the engine is not installed or cannot start here
    │   └── VoiceFailed        the engine broke, hung or stayed silent
    ├── OutputError            sound could not be played [1]
    ├── HearingUnavailable     what recognises speech is not installed, incomplete or damaged [1]
    ├── SharingError           a page could not be served [1]
    └── FileError              a file or folder that cannot be read or written
        ├── OwnFileError       one that the program keeps for itself [1]
        └── JournalError       the journal cannot be opened, read or written [1]
            ├── EntryRefused   one entry that the journal refuses
            └── NoCopy         the file that was named for a copy of it cannot be that [2]
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Final, NamedTuple

_QUOTED: Final = 120
"""The most characters of a name that a message quotes."""


class VoicecoachError(Exception):
    """An error that the person can put right.

    ``str()`` is the whole message, written for them; it is empty when they were told already.
    """

    status: ClassVar[int] = 2
    """The exit status of a program that it ends."""


class Declined(VoicecoachError):
    """The person stopped before the end, said no, or said what speaks against it."""

    status = 3


class UsageError(VoicecoachError):
    """An option or argument that makes no sense."""


class NothingSuits(UsageError):
    """A routine with no exercise that suits the person; the message names another routine."""


class AllHurt(NothingSuits):
    """A routine whose exercises all wait because they hurt; the message says what to do meanwhile."""


class UnknownName(UsageError):
    """A name that does not exist; the message suggests the nearest one that does."""

    def __init__(self, what: str, name: str, known: Iterable[str], *, hint: str = "") -> None:
        self.name = name
        self.nearest = nearest(name, known)
        shown = name if len(name) <= _QUOTED else f"{name[: _QUOTED - 1]}…"
        message = f"There is no {what} called '{shown}'."
        if self.nearest:
            message += f" Did you mean '{self.nearest}'?"
        super().__init__(f"{message} {hint}".rstrip())


class Place(NamedTuple):
    """Line and column in a file, counted from 1."""

    line: int
    column: int


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One mistake in a file: where it is, what is wrong, what is expected instead."""

    path: Path
    line: int
    """First line is 1."""
    column: int
    """First column is 1."""
    wrong: str
    expected: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}: {self.wrong}; {self.expected}"


class RoutineError(VoicecoachError):
    """A file with problems. :attr:`problems` has all of them, in the order of the file.

    The message tells several of one kind in a file once, with the other places.
    """

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__("\n".join(told(self.problems)))


_TOLD_ALONE: Final = 2
"""The most problems of one kind in a file that are told one by one. [own choice]"""
_IN_QUOTES: Final = re.compile(r"'[^']*'")


def told(problems: Iterable[Problem]) -> Iterator[str]:
    """Yield a line for each of the ``problems``, or one for all of a kind in a file.

    Two are of one kind when they differ only in what they quote from the file, and ask for the same.
    """
    kinds: dict[tuple[Path, str, str], list[Problem]] = {}
    for each in problems:
        kinds.setdefault((each.path, _IN_QUOTES.sub("", each.wrong), each.expected), []).append(each)
    alone = (each for kind in kinds.values() if len(kind) <= _TOLD_ALONE for each in kind)
    together = {kind[0]: kind[1:] for kind in kinds.values() if len(kind) > _TOLD_ALONE}
    for problem in sorted([*alone, *together]):
        others = together.get(problem, [])
        yield f"{problem}; and in {len(others)} more places: {_places(others)}" if others else str(problem)


def _places(problems: Iterable[Problem]) -> str:
    """Name each line with what is wrong there: "line 4 'side', line 7"."""
    quoted = ((each, _IN_QUOTES.search(each.wrong)) for each in problems)
    named = (f"line {each.line}{f' {found[0]}' if found else ''}" for each, found in quoted)
    return ", ".join(dict.fromkeys(named))


class VoiceError(VoicecoachError):
    """Speech could not be made."""

    status = 1


class VoiceUnavailable(VoiceError):
    """The engine is not installed, or cannot start on this computer."""


class VoiceFailed(VoiceError):
    """The engine broke, hung past its time limit, or returned silence."""


class OutputError(VoicecoachError):
    """Sound could not be played."""

    status = 1


class HearingUnavailable(VoicecoachError):
    """What recognises speech, or its model, is not installed, incomplete or damaged."""

    status = 1


class SharingError(VoicecoachError):
    """A page could not be served to a browser."""

    status = 1


class FileError(VoicecoachError):
    """A file or folder that cannot be read or written."""


class OwnFileError(FileError):
    """A file or folder that the program keeps for itself cannot be read or written."""

    status = 1


class JournalError(FileError):
    """The journal cannot be opened, read or written; sessions go on without it."""

    status = 1

    def __init__(self, message: str, why: str = "") -> None:
        super().__init__(message)
        self.why = re.sub(r"\bit\b", "your journal", why or message.rstrip("."), count=1)
        """The reason alone, for the end of a sentence that has not named the journal."""


class EntryRefused(JournalError):
    """The journal refuses this entry, now and later; other entries can still be written."""


class NoCopy(JournalError):
    """The file that a person names for a copy of the journal, or as one, cannot be that."""

    status = 2


MISSPELT: Final = 0.85
"""A name that is so like another one is probably meant as it [own choice]: 'Brid dog', 'Step-ups'."""


def nearest(name: str, known: Iterable[str], likeness: float = 0.6) -> str | None:
    """Return the name in ``known`` that ``name`` most likely stands for, or None when none is similar.

    ``likeness`` is how similar it has to be, from 0 to 1, which is the same but for case, spaces and hyphens.
    """
    by_key = {_key(candidate): candidate for candidate in known}
    found = difflib.get_close_matches(_key(name), by_key, n=1, cutoff=likeness)
    return by_key[found[0]] if found else None


def _key(name: str) -> str:
    return name.casefold().replace("-", "_").replace(" ", "_")
