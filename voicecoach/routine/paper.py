"""Sheets as plain text: their paragraphs, and how these become lines of a width."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from voicecoach.language import phrases
from voicecoach.language.phrases import Phrases
from voicecoach.paragraph import cells, filled
from voicecoach.routine.exercise_sheet import ExerciseSheet, Part
from voicecoach.routine.model import Exercise
from voicecoach.routine.sheet import Block, Sheet

WIDTH: Final = 80
"""The columns of a sheet whose reader has not said how wide it may be."""
_IN_FULL: Final = {"instead", "caution", "sources"}
"""Parts that only the sheet of one exercise has."""
_IN_SHORT: Final = {"not_with", "with_care"}
"""Parts that say briefly what another one says in full."""
_LISTED: Final = {"check", "caution"}
"""Parts of which each text begins a line; the texts of others are joined."""
_MARGIN: Final = " " * 3
_HEADING: Final = 10
"""Columns for the heading of a part."""


class Paragraph(NamedTuple):
    """A text to be broken into lines once the width is known."""

    text: str
    first: str = ""
    """The margin of the first line."""
    after: str = ""
    """The margin of the other lines."""


class Framed(NamedTuple):
    """Paragraphs with a frame around them."""

    inside: tuple[Paragraph, ...]


Line = str | Paragraph | Framed


Pictures = Callable[[Exercise, int], Sequence[str]]
"""Returns the lines of the picture of an exercise, of at most so many columns; none without one."""


def no_pictures(_: Exercise, __: int) -> Sequence[str]:
    """Return none, for a sheet of text alone."""
    return ()


def sheet_as_text(sheet: Sheet, width: int | None = WIDTH, pictures: Pictures = no_pictures) -> str:
    """Return a sheet in lines of at most ``width`` columns; None leaves each paragraph on one line."""
    return _printed(_sheet_lines(sheet, lambda each: pictures(each, (width or WIDTH) - len(_MARGIN))), width)


def exercise_as_text(sheet: ExerciseSheet, width: int | None = WIDTH) -> str:
    """Return the sheet of an exercise, likewise."""
    about = _part_lines(
        (each for each in sheet.parts if each.key not in _IN_SHORT), phrases.load(sheet.language)
    )
    return _printed([*_heading(sheet.name), *map(Paragraph, sheet.facts), "", *about], width)


def title_as_text(title: str, width: int | None = WIDTH) -> str:
    """Return a title in lines likewise, underlined."""
    return _printed(_heading(title), width)


def _sheet_lines(sheet: Sheet, pictures: Callable[[Exercise], Sequence[str]]) -> Iterator[Line]:
    say = phrases.load(sheet.language)
    yield from _heading(sheet.name)
    if sheet.about:
        yield Paragraph(sheet.about)
    if sheet.box:
        yield Framed(tuple(itertools.chain.from_iterable(_boxed(*each) for each in sheet.box)))
    yield from map(Paragraph, filter(None, (sheet.when, sheet.needs, sheet.safety)))
    for change in sheet.changes:
        yield Paragraph(change, "* ", "  ")
    for item in sheet.items:
        yield ""
        if isinstance(item, Block):
            yield Paragraph(f"{item.numbers}. {item.exercise.name}: {item.dose}", "", _MARGIN)
            yield from (_MARGIN + line for line in (() if item.again else pictures(item.exercise)))
            yield from _part_lines((each for each in item.parts if each.key not in _IN_FULL | _IN_SHORT), say)
        else:
            margin = _MARGIN if item.is_step else ""
            yield Paragraph(item.text, margin, margin)


def _heading(name: str) -> tuple[Line, Line]:
    """Return the title of a sheet, underlined."""
    return Paragraph(name), "=" * cells(name)


def _part_lines(parts: Iterable[Part], say: Phrases) -> Iterator[Paragraph]:
    """Yield each part with its heading in front."""
    hang = " " * (len(_MARGIN) + _HEADING)
    for key, texts in parts:
        if not key:
            yield from (Paragraph(text, _MARGIN, _MARGIN) for text in texts)
            continue
        head = say.part(f"sheet.parts.{key}")
        for text in texts if key in _LISTED else [" ".join(texts)]:
            yield Paragraph(text, f"{_MARGIN}{head:{_HEADING}}", hang)
            head = ""


def _boxed(title: str, texts: Sequence[str]) -> Iterator[Paragraph]:
    """Yield a heading and its texts, each with a mark where there are several."""
    yield Paragraph(f"{title}:" if texts else title)
    several = len(texts) > 1
    for text in texts:
        yield Paragraph(text, "  * " if several else "  ", "    " if several else "  ")


def _printed(lines: Iterable[Line], width: int | None) -> str:
    """Return the text of a sheet in lines of at most ``width`` columns."""
    wrapped: list[str] = []
    for line in lines:
        if isinstance(line, str):
            wrapped.append(line[:width])  # only what underlines a title may be that long
        elif isinstance(line, Framed):
            wrapped += _framed(line, width or WIDTH)
        else:
            wrapped.append(filled(line.first + line.text, width, hang=len(line.after)))
    return "\n".join(wrapped) + "\n"


def _framed(box: Framed, width: int) -> list[str]:
    """Return the lines of a box of that width, or of one that is narrower when nothing is longer."""
    room = width - 4
    lines = [
        line
        for each in box.inside
        for line in filled(each.first + each.text, room, hang=len(each.after)).splitlines()
    ]
    widest = max(map(cells, lines))
    edge = f"+{'-' * (widest + 2)}+"
    return [edge, *(f"| {line}{' ' * (widest - cells(line))} |" for line in lines), edge]
