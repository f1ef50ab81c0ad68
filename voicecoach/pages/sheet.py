"""The page of a sheet: a routine on paper, with pictures, boxes to tick and the warning signs."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, NamedTuple

from markupsafe import Markup

from voicecoach import __version__
from voicecoach.language import phrases
from voicecoach.language.dates import day_in_full
from voicecoach.language.phrases import Phrases
from voicecoach.pages import tables
from voicecoach.pages.markup import filled_in
from voicecoach.pages.stills import Picture
from voicecoach.routine.model import Exercise
from voicecoach.routine.sheet import Block, Remark, Sheet, SheetItem
from voicecoach.settings.safety import SafetyText

WEEKS: Final = 4
"""How many weeks have boxes to tick [own choice]."""
_PARTS: Final = (
    *("written", "position", "sides", "movement", "pace", "mind", "during", "growth", "advice", "stop"),
    *("not_with", "with_care"),
)
"""What the page says of an exercise; ``show`` says more."""
_FRAME: Final = re.compile(r'viewBox="\S+ \S+ (?P<width>\S+) (?P<height>\S+)"')
_FLAT: Final = 2.2
"""How many times as wide as high a picture is that gets more room in width [own choice]."""
_SEPARATOR: Final = "\N{NO-BREAK SPACE}\N{MIDDLE DOT} "
_PICTURED: Final = ("position", "movement")
"""The parts that tell in words what the first picture shows, and what those after it do."""


Pictures = Callable[[Exercise], tuple[Picture, ...]]
"""Returns the pictures of an exercise, the start first; none of one that has no figure."""


def no_pictures(_: Exercise) -> tuple[Picture, ...]:
    """Return none, for a page of text."""
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetPage:
    """The contents of the page."""

    sheet: Sheet
    safety: SafetyText
    today: date
    name: str = ""
    """The person's name; may be empty."""
    pictures: Pictures = no_pictures

    @property
    def say(self) -> Phrases:
        return phrases.load(self.sheet.language)


class Row(NamedTuple):
    """What is said of an exercise below one heading."""

    key: str
    title: str
    texts: tuple[str, ...]
    ident: str
    """The element with the texts, to which pictures refer."""


class Drawn(NamedTuple):
    """A picture as it stands on the page."""

    svg: Markup
    words: str
    label: str
    told_in: str
    """The element with the sentences on what it shows; empty where there are none."""


class Shown(NamedTuple):
    """A block as it stands on the page."""

    ident: str
    block: Block
    pace: str
    """The seconds of each phase, where they stand below the pictures."""
    rows: tuple[Row, ...]
    pictures: tuple[Drawn, ...]
    flat: bool
    """Whether the pictures are so much wider than high that they stand below one another."""


def page(contents: SheetPage) -> str:
    """Return the page as HTML, which loads nothing and runs no script."""
    sheet, say = contents.sheet, contents.say
    name = tables.clipped(contents.name, tables.NAME)
    made = say.part("sheet.page.made", version=__version__, day=day_in_full(contents.today, say))
    return filled_in(
        "sheet.html",
        say=say.part,
        language=sheet.language,
        title=say.part("sheet.page.title_for", routine=sheet.name, name=name) if name else sheet.name,
        whom=say.part("sheet.page.for", name=name) if name else "",
        **blanks(contents),
        ticked=tuple(dict.fromkeys(each.exercise.name for each in sheet.blocks)),
        weeks=[say.part("sheet.page.week", n=str(week)) for week in range(1, WEEKS + 1)],
        days=say.all_of("sheet.page.days"),
        foot=f"{made} {contents.safety.who_chose(sheet.by)}",
    )


def blanks(contents: SheetPage) -> dict[str, Any]:
    """Return what fills in the parts of a sheet that stand on other pages too: all but boxes to tick."""
    sheet, excluded = contents.sheet, _excluded(contents.sheet)
    who = _SEPARATOR.join(excluded)
    return {
        "sheet": sheet,
        "for_none": contents.say.part("sheet.page.for_none", who=who) if excluded else "",
        "items": [_shown(contents, number, item, excluded) for number, item in enumerate(sheet.items, 1)],
        "warnings": contents.safety.warnings,
    }


def _excluded(sheet: Sheet) -> tuple[str, ...]:
    """Return who should do none of several exercises, so that this stands once, above them all."""
    each = [dict(block.parts).get("not_with", ()) for block in sheet.blocks if not block.again]
    return tuple(who for who in each[0] if all(who in other for other in each)) if len(each) > 1 else ()


def _shown(contents: SheetPage, number: int, item: SheetItem, excluded: Collection[str]) -> Shown | Remark:
    if isinstance(item, Remark):
        return item
    ident, said = f"block-{number}", dict(item.parts)
    if others := tuple(who for who in said.pop("not_with", ()) if who not in excluded):
        said["not_with"] = others
    pictures = () if item.again else contents.pictures(item.exercise)

    flat = all(map(_is_flat, pictures))
    # Below two pictures in a row it leaves the room beside them to the sentences.
    pace = "" if flat else " ".join(said.pop("pace", ()))
    told = [f"{ident}-{key}" if key in said else "" for key in _PICTURED]
    return Shown(
        ident=ident,
        block=item,
        pace=pace,
        rows=tuple(
            Row(key, contents.say.part(f"sheet.parts.{key}"), said[key], f"{ident}-{key}")
            for key in _PARTS
            if key in said
        ),
        pictures=tuple(
            Drawn(
                # Drawn by ourselves, from numbers.
                Markup(picture.svg),  # noqa: S704
                picture.words,
                contents.say.part("sheet.page.picture", exercise=item.exercise.name, what=picture.words),
                told[min(index, len(told) - 1)],
            )
            for index, picture in enumerate(pictures)
        ),
        flat=flat,
    )


def _is_flat(picture: Picture) -> bool:
    """Tell whether it shows somebody who lies, by its frame."""
    frame = _FRAME.search(picture.svg)
    return frame is not None and float(frame["width"]) > _FLAT * float(frame["height"])
