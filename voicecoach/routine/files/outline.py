"""The outline of a routine that comes from another program or from paper, and the file that it becomes.

Each format is read into an :class:`Outline`, and :func:`write` is the one way from there to YAML. What cannot
be carried over is a :class:`Loss`, which stands as a comment where it belongs.
"""

from __future__ import annotations

import re
import textwrap
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, NamedTuple

from voicecoach.errors import Place, Problem, RoutineError
from voicecoach.routine.files import starter, values
from voicecoach.routine.files.located_yaml import At, Data, Document
from voicecoach.routine.files.routine import ExerciseIndex, read_document
from voicecoach.routine.model import Routine
from voicecoach.text import clean

LOST: Final = "Not carried over"
"""What a comment about a loss begins with."""
_MAX_IDENT: Final = 40
"""Bytes of a file's name that is made of a title. [own choice]"""
MAX_LOSSES: Final = 200
"""A file with more of them is something else than a routine. [own choice]"""
_SHOWN: Final = 20
"""The most losses that an error names. [own choice]"""
_COLUMNS: Final = 100
_PLAIN_DOSE: Final = re.compile(
    r"(?=.*[msxt])(?:\d+(?:\.\d+)?(?:s|m(?:\d+(?:\.\d+)?s)?)?(?: x | to |$))+|\d+(?:\.\d+)? (?:kg|lb)",
    re.ASCII,
)
"""Doses and times that YAML takes for text without quotes."""


class Loss(NamedTuple):
    """One thing that the new file cannot have."""

    what: str
    """What was written, or what it was, as the beginning of a sentence."""
    why: str
    """Why it is left out, or the way out; the end of that sentence."""
    place: Place
    """Where it stood."""
    where: str = ""
    """Where it stood, in words, for a file in which nobody counts lines; empty for the line."""

    def __str__(self) -> str:
        return f"{LOST} ({self.where or f'line {self.place.line}'}): {self.what}: {self.why}."


_START: Final = Place(1, 1)


class Unreadable(Exception):
    """Raised for a text in which nothing can be found, because it breaks the rules of its format."""

    def __init__(self, wrong: str, expected: str, place: Place = _START) -> None:
        super().__init__(wrong)
        self.wrong, self.expected, self.place = wrong, expected, place


@dataclass(kw_only=True)
class OutlineItem:
    """One step of an outline, or only what is said about one that is left out."""

    place: Place
    step: Data = None
    """As it stands in the new file; None when there is nothing to do."""
    inner: list[OutlineItem] = field(default_factory=list)
    """The steps that a ``repeat`` does."""
    comments: list[str] = field(default_factory=list)
    """What the file says to its reader above the step."""
    losses: list[Loss] = field(default_factory=list)


@dataclass(kw_only=True)
class Outline:
    """A routine as another file describes it."""

    title: str = ""
    """Its name; empty when the file has none."""
    days: str = ""
    """How often, in words."""
    comments: list[str] = field(default_factory=list)
    """What the file says to its reader above the name."""
    losses: list[Loss] = field(default_factory=list)
    """What cannot be carried over and belongs to no step."""
    items: list[OutlineItem] = field(default_factory=list)

    def entitle(self, text: str, place: Place, where: str = "") -> None:
        """Take ``text`` for the title, as far as it can be said."""
        self.title = sayable(text)
        if self.title != clean(text):
            self.losses.append(Loss(f"'{clean(text)}'", "it cannot be a name in full", place, where))

    def all_losses(self) -> list[Loss]:
        """Return every loss, in the order of the new file."""
        return [*self.losses, *(loss for item in _all(self.items) for loss in item.losses)]


def read(outline: Outline, path: Path, ident: str, exercises: ExerciseIndex) -> Routine:
    """Return the routine that ``outline``, which comes from the file at ``path``, describes.

    Raises RoutineError, with places in that file, when nothing is left to do or when it is too much.
    """
    if len(outline.all_losses()) > MAX_LOSSES or not any(
        isinstance(item.step, str | dict) and _works(item.step) for item in _all(outline.items)
    ):
        raise RoutineError(list(_problems(outline, path)))
    document = Document(path, _data(outline, ident))
    document.values |= dict(_places(outline.items, ("steps",)))
    return read_document(document, ident, exercises)


def write(outline: Outline, ident: str) -> str:
    """Return the text of the routine file, which reads back as :func:`read` has it."""
    lines = [
        *_comments(outline.comments, outline.losses, ""),
        f"name: {starter.quoted(name(outline, ident))}",
    ]
    if outline.days:
        lines.append(f"days: {starter.quoted(outline.days)}")
    lines += ["", "steps:", *_steps(outline.items, "  ")]
    return f"{starter.HEAD.format(ident=ident)}\n" + "\n".join(lines) + f"\n\n{starter.GUIDE}"


def name(outline: Outline, ident: str) -> str:
    """Return the name of the routine: its title, or one made of the file's name."""
    return outline.title or starter.title(ident)


def ident(outline: Outline) -> str:
    """Return a name for the file of the new routine, made of its title; empty when there is none."""
    words = re.findall(r"[^\W_]+", unicodedata.normalize("NFC", outline.title).casefold())
    name = ""
    for word in words:
        if len((longer := f"{name}-{word}".strip("-")).encode()) > _MAX_IDENT:
            break
        name = longer
    return name


def sayable(raw: str, longest: int = values.MAX_NAME) -> str:
    """Return ``raw`` as a name or a text that a routine may have; empty when nothing in it can be said."""
    text = clean(raw).replace("{", "(").replace("}", ")")
    if len(text) > longest:
        text = text[:longest].rsplit(" ", 1)[0].rstrip(" ,;:-(")
    return text if any(char.isalnum() for char in text) else ""


def _all(items: list[OutlineItem]) -> Iterator[OutlineItem]:
    for item in items:
        yield item
        yield from _all(item.inner)


def _works(step: str | dict[str, Data]) -> bool:
    return isinstance(step, str) or next(iter(step)) not in {"rest", "repeat"}


def _problems(outline: Outline, path: Path) -> Iterator[Problem]:
    """Yield what is wrong with a file that describes no exercise, or little that can be read."""
    losses = outline.all_losses()
    for loss in losses[:_SHOWN]:
        what = f"{loss.what} ({loss.where})" if loss.where else loss.what
        yield Problem(path, *loss.place, what, loss.why)
    what = "no exercise can be found here"
    if len(losses) > _SHOWN:
        what = f"{len(losses)} things in this file cannot be read, of which {_SHOWN} are named"
    expected = "an exercise and how much of it, such as 'Bridge 3 x 10' or 'Plank 30 s each side'"
    yield Problem(path, 1, 1, what, expected)


def _data(outline: Outline, ident: str) -> dict[str, Data]:
    days: dict[str, Data] = {"days": outline.days} if outline.days else {}
    return {"name": name(outline, ident), **days, "steps": _step_data(outline.items)}


def _step_data(items: list[OutlineItem]) -> list[Data]:
    found: list[Data] = []
    for item in items:
        if item.inner and isinstance(item.step, dict):
            found.append({**item.step, "steps": _step_data(item.inner)})
        elif item.step is not None:
            found.append(item.step)
    return found


def _places(items: list[OutlineItem], at: At) -> Iterator[tuple[At, Place]]:
    for number, item in enumerate(item for item in items if item.step is not None):
        yield (*at, number), item.place
        yield from _places(item.inner, (*at, number, "steps"))


def _steps(items: list[OutlineItem], indent: str) -> Iterator[str]:
    for item in items:
        yield from _comments(item.comments, item.losses, indent)
        if isinstance(item.step, dict):
            for number, (key, value) in enumerate(item.step.items()):
                yield f"{indent}{'  ' if number else '- '}{starter.quoted(key)}: {_value(value)}"
        elif item.step is not None:
            yield f"{indent}- {_value(item.step)}"
        if item.inner:
            yield f"{indent}  steps:"
            yield from _steps(item.inner, f"{indent}    ")


def _value(value: Data) -> str:
    if isinstance(value, list):
        return f"[{', '.join(_value(item) if isinstance(item, int) else _in_list(item) for item in value)}]"
    if isinstance(value, str) and not _PLAIN_DOSE.fullmatch(value):
        return starter.quoted(value)
    return str(value)


def _in_list(item: Data) -> str:
    """Write a text for a list in brackets, where a comma would end it."""
    text = str(item) if _PLAIN_DOSE.fullmatch(str(item)) else starter.quoted(str(item))
    return f'"{text}"' if "," in text and not text.startswith('"') else text


def _comments(comments: list[str], losses: list[Loss], indent: str) -> Iterator[str]:
    for text in (*comments, *map(str, losses)):
        yield from textwrap.wrap(
            clean(text), _COLUMNS, initial_indent=f"{indent}# ", subsequent_indent=f"{indent}#   "
        )
