"""Parses doses as people write them: ``12``, ``8-12``, ``6-4-2 x 8s``, ``8 each side``, ``8 with 2 kg``."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from enum import IntEnum, auto
from typing import Final, NamedTuple

from voicecoach.routine.dose import Counted
from voicecoach.routine.files.leaflet_doses import MAX_LENGTH, refuse, short_form
from voicecoach.routine.files.located_yaml import Mistakes, show, wrong
from voicecoach.routine.files.side_words import NO_SIDES, WrittenSides, sides_at_end, take_sides
from voicecoach.routine.model import OTHER_SIDE
from voicecoach.units import POUND, format_load, parse_duration

MAX_REPS: Final = 100
MAX_SETS: Final = 20
MAX_SECONDS: Final = 3600.0
MAX_LOAD: Final = 100.0
"""Kilograms; more is a slip of the finger for a sore back. [own choice]"""

EXPECTED: Final = (
    "a dose such as 12, '2 x 12', '8-12', '3 x 10s', '6-4-2 x 8s', '8 each side', '10 left',"
    " '2 x 8 with 2 kg' or 60s"
)
LOAD_EXPECTED: Final = "a load with its unit, such as 2 kg or 5 lb"
_BY = re.compile(r"\s*(?:(?<![a-z])x(?![a-z])|\*|\btimes\b(?=\s*\d))\s*")
_LABEL = re.compile(
    r"\s*\b(?:(?P<sets>sets?|series)|reps?|repetitions?|times|holds?|circles|taps"
    r"|(?:deep\s+)?(?P<counted>breath|length|step)s?)$"
)
_WITH = re.compile(r"\s*(?:\bwith\b(?!\s+(?:the\s+)?(?:left|right)\b)|@)(?P<load>\s*[-+]?[\d.,]*\s*[^\W\d]*)")
_LOAD = re.compile(r"\s*(?P<number>[-+]?\d+(?:[.,]\d+)?)\s*(?P<unit>[^\W\d]*)\s*", re.ASCII)
_LOAD_ALONE = re.compile(
    r"(?:\bx\s*|\+\s*)?(?P<load>(?<![\w.,/])\d[\d.,]*\s*(?:kgs?|kilos?|kilograms?|lbs?|pounds?)\b)"
)
"""A load without "with" before it."""
_KILOGRAMS: Final = {
    **dict.fromkeys(("kg", "kgs", "kilo", "kilos", "kilogram", "kilograms"), 1.0),
    **dict.fromkeys(("lb", "lbs", "pound", "pounds"), POUND),
}
"""By each unit of a load."""
_A_TIME: Final = r"\d[\d.,]*\s*(?:s|secs?|seconds?|mins?|minutes?)"
_RELAX = re.compile(
    rf"[\s,;x]*(?:\bwith\s+)?(?:\ban?\s+)?(?:\b(?:rest|relax|pause)\s+(?:of\s+|for\s+)?(?P<after>{_A_TIME})"
    rf"|(?P<before>{_A_TIME})\s+(?:of\s+)?(?:rest|relax|pause))"
    r"\s+(?:between|after|in between)\s+(?:the\s+|each\s+)?(?:reps?|repetitions?|holds?|one|each)$"
)
_COUNT = re.compile(r"\d+", re.ASCII)
_ROW = re.compile(r"\d+(?:\s*[-\u2013,]\s*\d+)+", re.ASCII)
_RANGE = re.compile(r"(?P<least>\d[^-\u2013]*?)\s*(?:-|\u2013|\bto\b)\s*(?P<most>\d[^-\u2013]*)", re.ASCII)
_BARE = re.compile(r"[\d.,/ \u00bc-\u00be]+", re.ASCII)
"""A number without a unit, which is reps or, when it is not whole, nothing that can be done."""


@dataclass(frozen=True, slots=True)
class WrittenDose:
    """A dose as far as it was written.

    In ``3 x 10s`` the 3 is in ``reps``. The exercise decides what it means: three reps held 10 s or, when it
    is timed, three sets of 10 s.
    """

    reps: tuple[int, ...] | None = None
    """Reps of each set, the least of a range; None when only a time or a load was given."""
    seconds: float | None = None
    """Seconds of each hold, or of each set of a timed exercise; the least of a range."""
    sides: WrittenSides = NO_SIDES
    load: float | None = None
    """Kilograms; 0 for ``with 0 kg``, None when the dose says nothing of a load."""
    most_reps: tuple[int, ...] | None = None
    """Reps of each set at the end of a range such as ``8-12``; None when there is none."""
    most_seconds: float | None = None
    """Seconds at the end of a range such as ``30-45s``; None when there is none."""

    counted: Counted | None = field(default=None, compare=False)
    """What the reps are called, such as lengths; None when that is not said."""
    relax: float | None = None
    """Seconds of rest between reps; None when the dose says nothing of it."""
    held: bool = field(default=False, compare=False)
    """Whether its seconds are those of a hold in each rep, and surely not of a set."""
    range: str = field(default="", compare=False)
    """The dose as written, when it is a range: with how much to begin, and how much to work up to."""


class _Unit(IntEnum):
    """What a number in a dose counts, in the order of ``2 sets x 12 reps x 10s``."""

    SETS = auto()
    UNSAID = auto()
    REPS = auto()
    SECONDS = auto()


class _Factor(NamedTuple):
    """What stands before or after an ``x``: the reps of a set or of several, a number of sets, or a time."""

    unit: _Unit
    least: tuple[float, ...]
    """One number; several for a pyramid."""
    most: float | None = None
    """The end of a range."""
    counted: Counted | None = None
    """What they are, when that is said."""


def parse_dose(raw: str) -> WrittenDose:
    """Parse a dose. Raises Mistakes."""
    if len(raw) > MAX_LENGTH:
        raise wrong(f"{show(raw)} is not a dose", EXPECTED)
    text, relax = _take_relax(short_form(raw))
    refuse(text, raw)
    text, load = _take_load(text)
    factors, sides = _factors(text, raw)
    if not factors and (load is not None or sides.order):
        return WrittenDose(sides=sides, load=load)
    times = [each for each in factors if each.unit is _Unit.SECONDS]
    counts = sorted((each for each in factors if each not in times), key=lambda each: each.unit)
    last = factors[-1:] == times if times else True
    if not factors or len(times) > 1 or len(counts) > 2 or not (last or len(factors) == 2):
        raise wrong(f"{show(raw)} is not a dose", EXPECTED)
    time = times[0] if times else None
    if time is None and len(counts) == 1 and counts[0].unit is _Unit.SETS:
        raise wrong(f"{show(raw)} is not a dose", EXPECTED)
    reps, most_reps = _reps(counts, raw)
    return WrittenDose(
        reps,
        time and time.least[0],
        sides,
        load,
        most_reps,
        time and time.most,
        counted=next((each.counted for each in counts if each.counted), None),
        relax=relax,
        held=time is not None and reps is not None and _is_held(text, reps, time.least[0]),
        range=raw.strip() if most_reps or (time and time.most) else "",
    )


_REPS_SAID: Final = re.compile(r"\brep(?:s|etitions?)?\b")
LONG_TIME: Final = 15.0
"""Seconds; several times for so long are sets, several shorter ones are held reps. [own choice]"""


def _is_held(text: str, reps: tuple[int, ...], seconds: float) -> bool:
    """Tell whether a dose in its short form has reps that are held so long, as 2 x 10 reps x 5s has."""
    short = "hold" in text and seconds < LONG_TIME
    return len(reps) > 1 or (reps[0] > 1 and (short or bool(_REPS_SAID.search(text))))


def sides_in(raw: str) -> WrittenSides:
    """Return what is said of left and right anywhere in a dose, or in words for sides alone."""
    try:
        found = parse_dose(raw).sides
    except Mistakes:
        found = sides_at_end(raw)[1]
    return found if set(found.order) <= OTHER_SIDE.keys() else replace(found, order=())


def _factors(text: str, raw: str) -> tuple[list[_Factor], WrittenSides]:
    """Parse what stands around each ``x``, and the sides, which may follow any of it.

    At an end, as in ``8x``, an ``x`` only marks what stands there as a number.
    """
    parts = _BY.split(text)
    if len(parts) == 2 and "" in parts and any(parts):
        parts.remove("")
    taken = [take_sides(part) for part in parts]
    said = [sides for _, sides in taken if sides != NO_SIDES]
    if len(said) > 1:
        raise wrong(f"{show(raw)} is not a dose", EXPECTED)
    if not any(part for part, _ in taken):
        return [], said[0] if said else NO_SIDES
    factors = [_factor(part, raw, has_sides=sides != NO_SIDES) for part, sides in taken]
    return factors, said[0] if said else NO_SIDES


def _factor(text: str, raw: str, *, has_sides: bool) -> _Factor:
    unit, counted = _Unit.REPS if has_sides else _Unit.UNSAID, None
    if label := _LABEL.search(text):
        unit = _Unit.SETS if label["sets"] else _Unit.REPS
        counted = Counted(f"{label['counted']}s") if label["counted"] else None
        text = text[: label.start()]
    if _COUNT.fullmatch(text):
        return _Factor(unit, (int(text),), counted=counted)
    if ends := range_ends(text):
        least, most = ends
        if not (_COUNT.fullmatch(least) and _COUNT.fullmatch(most)):
            begin, end = _seconds(least, raw), _seconds(most, raw)
            if begin >= end:
                raise wrong(f"{show(raw)} is not a dose", EXPECTED)
            return _Factor(_Unit.SECONDS, (begin,), end)
        if int(least) < int(most):
            return _Factor(unit, (int(least),), int(most), counted)
    if _ROW.fullmatch(text):
        return _Factor(unit, tuple(int(count) for count in re.findall(r"\d+", text)), None, counted)
    return _Factor(_Unit.SECONDS, (_seconds(text, raw),))


def range_ends(text: str) -> tuple[str, str] | None:
    """Return the least and the most of a range such as ``30-45s``, each with its unit; None without one."""
    if not (found := _RANGE.fullmatch(text)):
        return None
    least, most = found["least"].strip(), found["most"].strip()
    if _BARE.fullmatch(least):  # the unit stands once, after both
        least += most.lstrip("0123456789.,/ \u00bc\u00bd\u00be")
    return least, most


def _reps(counts: list[_Factor], raw: str) -> tuple[tuple[int, ...] | None, tuple[int, ...] | None]:
    """Return the reps of each set, and those at the end of a range, from the number of sets and of reps."""
    if not counts:
        return None, None
    if len(counts) == 1:
        counts = [_Factor(_Unit.SETS, (1,)), *counts]
    elif counts[0].unit is counts[1].unit is not _Unit.UNSAID or max(len(each.least) for each in counts) > 1:
        raise wrong(f"{show(raw)} is not a dose", EXPECTED)
    sets, row = counts
    if sets.unit is _Unit.UNSAID and sets.most and not row.most and sets.least > row.least:
        sets, row = row, sets  # 8-12 x 3 is three sets of 8-12: nobody does eight to twelve sets of three
    least = tuple(map(int, row.least)) * check_sets(int(sets.least[0]))
    most = None
    if row.most is not None or sets.most is not None:
        goal = int(row.least[0] if row.most is None else row.most)
        most = check_reps((goal,) * check_sets(int(sets.least[0] if sets.most is None else sets.most)))
    return check_reps(least), most


def parse_load(raw: str) -> float:
    """Return the kilograms in ``2 kg`` or ``5 lb``; 0 is no load. Raises Mistakes."""
    found = _LOAD.fullmatch(raw.casefold()) if len(raw) <= MAX_LENGTH else None
    if found and not found["unit"]:
        raise wrong(f"{show(raw.strip())} has no unit", LOAD_EXPECTED)
    if not found or found["unit"] not in _KILOGRAMS:
        raise wrong(f"{show(raw.strip())} is not a load", LOAD_EXPECTED)
    number = float(found["number"].replace(",", "."))
    load = number * _KILOGRAMS[found["unit"]]
    if number < 0:
        raise wrong(f"{show(raw.strip())} is less than no load", LOAD_EXPECTED)
    if load > MAX_LOAD:
        raise wrong(f"{format_load(load)} is too heavy to exercise with", f"at most {format_load(MAX_LOAD)}")
    if not ((10 * number).is_integer() or (4 * number).is_integer()):
        raise wrong(f"{show(raw.strip())} is finer than can be said", "tenths or quarters, such as 1.2 kg")
    return load


def check_sets(sets: int) -> int:
    """Return ``sets`` when a person can do that many. Raises Mistakes."""
    if sets < 1:
        raise wrong(f"{sets} sets", "at least 1 set; write 'off: true' to leave a step out")
    if sets > MAX_SETS:
        raise wrong(f"{sets} sets are too many", f"at most {MAX_SETS} sets")
    return sets


def check_reps(reps: tuple[int, ...]) -> tuple[int, ...]:
    """Return ``reps`` when a person can do that many. Raises Mistakes."""
    check_sets(len(reps))
    if min(reps) < 1:
        raise wrong(f"{min(reps)} reps", "at least 1 rep; write 'off: true' to leave a step out")
    if max(reps) > MAX_REPS:
        raise wrong(f"{max(reps)} reps are too many", f"at most {MAX_REPS} reps a set")
    return reps


def check_seconds(seconds: float) -> float:
    """Return ``seconds`` when a person can go on that long. Raises Mistakes."""
    if not seconds <= MAX_SECONDS:
        raise wrong(f"{seconds:g} seconds are too long", "at most an hour for one thing")
    return seconds


def _take_load(text: str) -> tuple[str, float | None]:
    found = _WITH.search(text) or _LOAD_ALONE.search(text)
    if found is None:
        return text, None
    rest = f"{text[: found.start()]} {text[found.end() :]}".strip()
    return re.sub(r"^x\s+", "", rest), parse_load(found["load"])


def _take_relax(text: str) -> tuple[str, float | None]:
    """Take the rest between reps from a dose, as in ``10 x 10s, rest 5s between reps``."""
    if not (found := _RELAX.search(text)):
        return text, None
    return text[: found.start()].rstrip(" ,;"), _seconds(found["before"] or found["after"], text)


def _seconds(text: str, raw: str) -> float:
    try:
        if _BARE.fullmatch(text):
            raise ValueError(text)  # noqa: TRY301 - half a rep
        seconds = parse_duration(text)
    except ValueError:
        raise wrong(f"{show(raw)} is not a dose", EXPECTED) from None
    if seconds == 0:
        raise wrong(f"{show(raw)} lasts no time", EXPECTED)
    return check_seconds(seconds)
