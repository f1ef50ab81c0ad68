"""Reads a table of exercises: comma-separated values, with a line of column names in any order."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable
from typing import Final

from voicecoach.errors import Place, nearest
from voicecoach.routine.files import described, leaflet_words, side_words
from voicecoach.routine.files.described import Described, NamedExercises
from voicecoach.routine.files.dose_words import WrittenDose, parse_dose, parse_load
from voicecoach.routine.files.located_yaml import Data, Mistake, Mistakes, show, wrong
from voicecoach.routine.files.outline import Loss, Outline, OutlineItem, Unreadable
from voicecoach.routine.files.values import some_seconds
from voicecoach.routine.model import Posture
from voicecoach.text import clean
from voicecoach.units import format_count, format_duration

COLUMNS: Final = {
    "name": ("name", "exercise", "exercise name", "title", "movement", "what"),
    "position": ("position", "posture", "start", "start position", "starting position"),
    "seconds": ("seconds", "secs", "sec", "s", "time", "duration", "hold", "hold time", "length"),
    "reps": ("reps", "rep", "repetitions", "repetition", "times", "count"),
    "sets": ("sets", "set", "series", "rounds"),
    "side": ("side", "sides", "left right", "l r"),
    "rest": ("rest", "rests", "pause", "break", "rest between sets"),
    "load": ("load", "weight", "resistance"),
    "note": (
        "note",
        "notes",
        "comment",
        "comments",
        "remark",
        "remarks",
        "instruction",
        "instructions",
        "cue",
    ),
}
"""By each column, what people call it."""
SIGNS: Final = ",;\t|"
"""What may stand between two columns."""
_POSTURES: Final = {
    Posture.SUPINE: (
        "supine",
        "on back",
        "on the back",
        "on your back",
        "lying on back",
        "lying",
        "back",
        "face up",
    ),
    Posture.PRONE: ("prone", "on front", "on your front", "on stomach", "on your stomach", "face down"),
    Posture.SIDE_LYING: ("side lying", "side", "on side", "on your side", "lying on side"),
    Posture.HANDS_AND_KNEES: (
        "hands and knees",
        "all fours",
        "on all fours",
        "quadruped",
        "4 point kneeling",
    ),
    Posture.HALF_KNEELING: ("half kneeling", "half kneel"),
    Posture.SITTING: ("sitting", "seated", "sit", "chair", "on a chair"),
    Posture.STANDING: ("standing", "stand"),
}
_NO_SIDES: Final = frozenset(("bilateral", "none", "no", "n a", "-", "together", "both together"))
_NUMBER: Final = re.compile(r"\d+(?:[.,]\d+)?", re.ASCII)
_NUMBERS: Final = re.compile(r"\d+\s*(?:-|\u2013|to)\s*\d+", re.ASCII)


def outline(text: str, shelf: NamedExercises) -> Outline:
    """Return what the table ``text`` describes. Raises Unreadable when its first line names no columns."""
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator(text))
    found = Outline()
    columns: list[str] = []
    try:
        for cells in rows:
            place = Place(rows.line_num, 1)
            values = [clean(cell) for cell in cells]
            if not any(values):
                continue
            if columns:
                found.items += _items(
                    dict(zip(columns, values, strict=False)), values[len(columns) :], place, shelf
                )
            else:
                columns = header(values)
                _unknown(columns, values, place, found)
    except csv.Error as error:
        found.losses.append(
            Loss(
                f"everything from line {rows.line_num} on",
                f"it is no table ({error})",
                Place(rows.line_num, 1),
            )
        )
    return found


def separator(text: str) -> str:
    """Return the sign between the columns: the one that is most often in the first line."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    return max(SIGNS, key=first.count)


def is_header(line: str) -> bool:
    """Tell whether a line names at least two columns, one of them that of the names."""
    cells = re.split("[,;\t|]", line)
    found = {column for column in map(column_called, cells) if column} if len(cells) > 1 else set()
    return "name" in found and len(found) > 1


def header(cells: list[str]) -> list[str]:
    """Return the column for each cell of the first line, empty for an unknown one.

    Raises Unreadable when none is that of the names.
    """
    columns: list[str] = []
    for cell in cells:
        column = column_called(cell)
        columns.append("" if column in columns else column)
    if "name" not in columns:
        expected = f"the names of columns in the first line, 'name' and some of {', '.join([*COLUMNS][1:])}"
        raise Unreadable("no column is called 'name'", expected)
    return columns


def column_called(cell: str) -> str:
    """Return the column that people call so; empty when there is none."""
    plain = " ".join(re.findall(r"[^\W_]+", cell.casefold()))
    plain = re.sub(r" (?:in )?(?:s|secs?|seconds|kg|lbs?)$", "", plain)
    called = {each: column for column, names in COLUMNS.items() for each in names}
    return called.get(plain, "") or called.get(nearest(plain, called, 0.85) or "", "")


def _unknown(columns: list[str], cells: list[str], place: Place, found: Outline) -> None:
    """Name the columns that mean nothing here."""
    for column, cell in zip(columns, cells, strict=True):
        if cell and not column:
            found.losses.append(Loss(f"the column '{cell}'", "nothing here stands for it", place))


def _items(
    row: dict[str, str], more: Iterable[str], place: Place, shelf: NamedExercises
) -> list[OutlineItem]:
    """Return the step for one line of the table."""
    name = row.get("name", "")
    cells = [cell for cell in row.values() if cell]
    now = Described(name=name, place=place, written=[", ".join(cells)])
    if extra := ", ".join(filter(None, more)):
        now.lose(f"'{extra}'", "it stands beyond the last column")
    if not name:
        now.lose(f"'{', '.join(cells)}'", "this line has no name")
        return [OutlineItem(place=place, losses=now.losses)]
    if leaflet_words.RESTING.fullmatch(name):
        return [_rest(row, now)]
    for column, read in _READ.items():
        if cell := row.get(column, ""):
            try:
                read(now, cell)
            except Mistakes as error:
                now.lose(f"'{cell}' under '{column}'", _why(error))
    now.held = now.dose.seconds is not None and now.dose.reps is not None
    return [described.item(now, shelf)]


def _why(error: Mistakes) -> str:
    mistake = next(iter(error.mistakes), Mistake("it is said twice", "once is enough"))
    return f"{mistake.wrong}; {mistake.expected}"


def _rest(row: dict[str, str], now: Described) -> OutlineItem:
    """Return the step for a line that is a rest."""
    length = row.get("seconds", "") or row.get("rest", "")
    try:
        step: Data = {"rest": format_duration(some_seconds(length))}
    except Mistakes as error:
        now.lose(f"'{now.name}'", _why(error))
        step = None
    for column, cell in row.items():
        if cell and column not in {"name", "seconds", "rest"}:
            now.lose(f"'{cell}' under '{column}'", "a rest has nothing but a time")
    return OutlineItem(place=now.place, step=step, losses=now.losses)


def _reps(now: Described, cell: str) -> None:
    described.add(now, parse_dose(cell))


def _seconds(now: Described, cell: str) -> None:
    """Read a time, of which a bare number is seconds."""
    bare = _NUMBER.fullmatch(cell) or _NUMBERS.fullmatch(cell)
    dose = parse_dose(f"{cell}s" if bare else cell)
    if dose.seconds is None:
        raise wrong(f"{show(cell)} is not a time", "a time such as 30, 30s or 1:30")
    described.add(now, dose)


def _sets(now: Described, cell: str) -> None:
    found = leaflet_words.sets(
        leaflet_words.plain_numbers(cell if "set" in cell.casefold() else f"{cell} sets")
    )
    if found is None:
        raise wrong(f"{show(cell)} is not a number of sets", "a number such as 3")
    least, most = found
    if now.dose.reps is not None and len(now.dose.reps) > 1:
        raise wrong("the sets are said twice", "once is enough")
    now.sets = least
    if most != least:
        raise wrong(f"it begins with {format_count(least, 'set')}", "a number of sets may be raised later")


def _side(now: Described, cell: str) -> None:
    plain = " ".join(re.findall(r"[^\W_]+|[&-]", cell.casefold()))
    if plain not in _NO_SIDES:
        described.add(now, WrittenDose(sides=side_words.sides(cell.upper() if len(plain) < 4 else cell)))


def _load(now: Described, cell: str) -> None:
    described.add(now, WrittenDose(load=parse_load(cell)))


def _between_sets(now: Described, cell: str) -> None:
    now.rest = some_seconds(cell)


def _position(now: Described, cell: str) -> None:
    plain = " ".join(re.findall(r"[^\W_]+", cell.casefold()))
    now.posture = next((each for each, called in _POSTURES.items() if plain in called), None)
    now.position = "" if now.posture else cell


def _note(now: Described, cell: str) -> None:
    now.notes.append(cell)


_READ: Final[dict[str, Callable[[Described, str], None]]] = {
    "reps": _reps,
    "seconds": _seconds,
    "sets": _sets,
    "side": _side,
    "load": _load,
    "rest": _between_sets,
    "position": _position,
    "note": _note,
}
"""What reads the cells of each column but the names."""
