"""Parses the words for sides as people write them: ``each side``, ``10 left``, ``alternate, right first``."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from voicecoach.errors import nearest
from voicecoach.routine.files.leaflet_doses import MAX_LENGTH, short_form
from voicecoach.routine.files.located_yaml import Data, show, wrong
from voicecoach.routine.model import LEFT, OTHER_SIDE, RIGHT, Sides

EXPECTED: Final = "both, each, alternate, swap, left, right, 'left first' or 'right first'"
AFFECTED: Final = "affected"
"""In an order of sides, the one that a routine names as ``side``."""
UNAFFECTED: Final = "unaffected"
"""The other one than :data:`AFFECTED`."""
_MEANT: Final = {
    LEFT: LEFT,
    RIGHT: RIGHT,
    **dict.fromkeys(("affected", "operated", "painful", "injured", "sore"), AFFECTED),
    **dict.fromkeys(("unaffected", "healthy", "uninjured"), UNAFFECTED),
}
"""The side by each word for it."""
_OPPOSITE: Final = {**OTHER_SIDE, AFFECTED: UNAFFECTED, UNAFFECTED: AFFECTED}
_SIDE: Final = "|".join(_MEANT)
_WORDED: Final = "|".join(word for word in _MEANT if word not in OTHER_SIDE)
_BODY: Final = r"(?:side|leg|arm|knee|hand|foot|feet|hip|shoulder|direction|way)s?"
_FIRST: Final = re.compile(
    rf"(?:\bstart(?:ing)?|\bbegin(?:ning)?)?\s*(?:\b(?:on|with))?\s*(?:\bthe)?\s*\b({_SIDE})(?:\s+{_BODY})?\s+first$"
)
_ONLY: Final = re.compile(
    rf"(?:\bonly)?\s*(?:\bon)?\s*(?:\bthe)?\s*"
    rf"\b(left|right|(?:{_WORDED})(?=\s+(?:{_BODY}|only)\b))(?:\s+{_BODY})?(?:\s+only)?$"
)
_SHARED: Final = {
    Sides.EACH: re.compile(rf"(?:/|\b(?:on\s+)?(?:each|per|a|every|both)\b)\s*{_BODY}$|\b(?:each|ea)$"),
    Sides.ALTERNATE: re.compile(rf"\b(?:alternating|alternately|alternate)(?:\s+{_BODY})?$"),
}


_WAYS: Final = re.compile(r"(?:direction|way)s?$")


@dataclass(frozen=True, slots=True)
class WrittenSides:
    """What was written about sides, as far as it was."""

    shared: Sides | None = None
    """How left and right share a set."""
    order: tuple[str, ...] = ()
    """The sides in the order in which they are worked; one when only one is. Each is left, right,
    :data:`AFFECTED` or :data:`UNAFFECTED`."""
    ways: bool = field(default=False, compare=False)
    """Whether they are ways to go and no parts of the body: ``each way``, ``each direction``."""


NO_SIDES: Final = WrittenSides()


def take_sides(text: str) -> tuple[str, WrittenSides]:
    """Take the words for sides from the end of a dose in small letters; return the rest, and the sides."""
    order: tuple[str, ...] = ()
    if found := _FIRST.search(text):
        order = (_MEANT[found[1]], _OPPOSITE[_MEANT[found[1]]])
    elif found := _ONLY.search(text):
        order = (_MEANT[found[1]],)
    text = _before(text, found)
    for shared, pattern in _SHARED.items():
        if found := pattern.search(text):
            return _before(text, found), WrittenSides(shared, order, bool(_WAYS.search(found[0])))
    return text, WrittenSides(None, order)


def sides_at_end(raw: str) -> tuple[str, WrittenSides]:
    """Take the words for sides from the end of what was written; return the rest in its short form, and the
    sides.
    """
    return take_sides(short_form(raw.replace("_", " "))) if len(raw) <= MAX_LENGTH else (raw, NO_SIDES)


def said_order(raw: str) -> tuple[str, ...]:
    """Return the sides that ``raw`` names and nothing else, in their order; empty for any other text."""
    rest, found = sides_at_end(raw)
    return () if rest or found.shared or not set(found.order) <= OTHER_SIDE.keys() else found.order


def _before(text: str, found: re.Match[str] | None) -> str:
    return text[: found.start()].rstrip(" ,;") if found else text


def sides(raw: Data) -> WrittenSides:
    """Parse how left and right share a set, which comes first, or the only one that is worked."""
    if isinstance(raw, str):
        rest, found = sides_at_end(raw)
        if rest in _MEANT:  # alone it is no dose, and so needs no "only"
            rest, found = "", WrittenSides(found.shared, (_MEANT[rest],))
        if not rest and found != NO_SIDES:
            return found
        if rest in set(Sides) and found.shared is None:
            return WrittenSides(Sides(rest), found.order)
    near = nearest(raw, (*Sides, LEFT, RIGHT)) if isinstance(raw, str) else ""
    raise wrong(f"{show(raw)} is not known here", f"did you mean '{near}'?" if near else EXPECTED)


def affected(raw: Data) -> str:
    """Parse the side that pain or surgery affects, which a routine names once: left or right."""
    order = said_order(raw) if isinstance(raw, str) else ()
    if len(order) != 1:
        raise wrong(
            f"{show(raw)} is not one side", "left or right, the painful or operated one; or no 'side'"
        )
    return order[0]


def first(raw: Data) -> tuple[str, ...]:
    """Parse which side comes first: left, right, affected, painful or operated."""
    rest, found = (
        sides_at_end(f"{raw.strip().removesuffix(' first')} first")
        if isinstance(raw, str)
        else ("", NO_SIDES)
    )
    if rest or found.shared or len(found.order) != len(OTHER_SIDE):
        raise wrong(f"{show(raw)} is not a side", "affected, painful, operated, left or right")
    return found.order
