"""Reads a workout of Just Another Workout Timer, an app that exports JSON: sets of timed exercises."""

from __future__ import annotations

import itertools
import json
import math
from collections.abc import Iterator
from typing import Final

from voicecoach.errors import Place
from voicecoach.routine.files import described, leaflet_words
from voicecoach.routine.files.described import Described, NamedExercises
from voicecoach.routine.files.dose_words import MAX_SECONDS, WrittenDose
from voicecoach.routine.files.located_yaml import Data, show
from voicecoach.routine.files.outline import Loss, Outline, OutlineItem, Unreadable
from voicecoach.routine.files.values import MAX_ITEMS, MAX_STEPS
from voicecoach.text import clean
from voicecoach.units import format_duration

VERSION: Final = 2
"""The newest version of its files that is known here."""
_KNOWN: Final = {
    "workout": {"title", "version", "sets", "position", "id"},
    "set": {"name", "repetitions", "exercises", "id"},
    "exercise": {"name", "duration", "id"},
}
"""The keys of each part. ``position`` and ``id`` only order the app's own lists."""
_PLACE: Final = Place(1, 1)
_NAMED_FIRST: Final = Loss(
    "going straight from one exercise to the next",
    "the coach says what comes, and gives you time to get there",
    _PLACE,
    "where there is no rest",
)
_EXPECTED: Final = "an export of Just Another Workout Timer, which has 'title' and 'sets'"


def outline(text: str, shelf: NamedExercises) -> Outline:
    """Return what the workout in ``text`` describes. Raises Unreadable for JSON that is none."""
    workout = _workout(_parsed(text))
    raw_sets = workout.get("sets")
    if not isinstance(raw_sets, list):
        raise Unreadable("this JSON has no list of 'sets'", _EXPECTED)
    if sum(map(_size, raw_sets)) > MAX_STEPS:
        raise Unreadable(f"this workout has more than {MAX_STEPS} exercises", "fewer, or several workouts")
    found = Outline()
    if isinstance(title := workout.get("title"), str):
        found.entitle(title, _PLACE, "the title")
    version = workout.get("version", VERSION)
    if isinstance(version, int) and version > VERSION:
        found.losses.append(
            Loss(f"what is new in version {version}", "only version 2 is known", _PLACE, "the version")
        )
    found.losses += _unknown(workout, "workout", "the workout")
    for number, raw in enumerate(raw_sets, start=1):
        found.items += _set(raw, f"set {number}", shelf)
    if _runs_on(found.items):
        found.losses.append(_NAMED_FIRST)
    return found


def _runs_on(items: list[OutlineItem]) -> bool:
    """Tell whether an exercise follows another one without a rest."""
    steps = [item for item in items if item.step is not None]
    rests = [isinstance(item.step, dict) and "rest" in item.step for item in steps]
    within = any(_runs_on([*item.inner, *item.inner]) for item in steps)
    return within or any(not one and not other for one, other in itertools.pairwise(rests))


def _parsed(text: str) -> object:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        what = "this JSON breaks off, or has a slip here"
        expected = "export it again, or look for a missing comma, quote or bracket"
        raise Unreadable(what, expected, Place(error.lineno, error.colno)) from None
    except RecursionError:
        raise Unreadable("this JSON has brackets too deep inside each other", _EXPECTED) from None
    except ValueError:  # a number of thousands of digits
        raise Unreadable("this JSON has a number that is far too long", _EXPECTED) from None


def _size(raw: object) -> int:
    """Return how many exercises a set has, at least one."""
    exercises = raw.get("exercises") if isinstance(raw, dict) else None
    return max(1, len(exercises)) if isinstance(exercises, list) else 1


def _workout(data: object) -> dict[str, object]:
    """Return the one workout in ``data``."""
    if isinstance(data, list):
        if len(data) != 1:
            raise Unreadable(
                f"this JSON has a list of {len(data)} things", "a file with one workout; export each alone"
            )
        data = data[0]
    if not isinstance(data, dict):
        raise Unreadable("this JSON is no workout", _EXPECTED)
    return data


def _set(raw: object, where: str, shelf: NamedExercises) -> Iterator[OutlineItem]:
    """Yield the steps of a set: its exercises, or a ``repeat`` with them."""
    item = OutlineItem(place=_PLACE)
    exercises = raw.get("exercises") if isinstance(raw, dict) else None
    if not isinstance(raw, dict) or not isinstance(exercises, list):
        yield OutlineItem(
            place=_PLACE, losses=[Loss("this set", "it has no list of 'exercises'", _PLACE, where)]
        )
        return
    name = raw.get("name")
    if isinstance(name, str) and clean(name):
        item.comments.append(clean(name))
    item.losses += _unknown(raw, "set", where)
    inner = [
        _exercise(each, f"{where}, exercise {number}", shelf)
        for number, each in enumerate(exercises, start=1)
    ]
    repeat = _repetitions(raw.get("repetitions", 1), item, where)
    if repeat > 1 and any(each.step is not None for each in inner):
        item.step, item.inner = {"repeat": repeat}, inner
        yield item
        return
    yield item
    yield from inner


def _repetitions(raw: object, item: OutlineItem, where: str) -> int:
    """Return how often a set is done, at most as often as a ``repeat`` can."""
    number = _number(raw)
    if number is None or number != int(number) or number < 1:
        item.losses.append(Loss(f"{_shown(raw)} repetitions", "it is done once", _PLACE, where))
        return 1
    if number > MAX_ITEMS:
        why = f"'repeat' takes a number from 1 to {MAX_ITEMS}, so it is done {MAX_ITEMS} times"
        item.losses.append(Loss(f"{number:g} repetitions", why, _PLACE, where))
    return min(int(number), MAX_ITEMS)


def _exercise(raw: object, where: str, shelf: NamedExercises) -> OutlineItem:
    """Return the step for one timed exercise or rest."""
    if not isinstance(raw, dict):
        return OutlineItem(
            place=_PLACE, losses=[Loss(_shown(raw), "it is no exercise with a 'name'", _PLACE, where)]
        )
    written = raw.get("name")
    name = clean(written) if isinstance(written, str) else ""
    losses = list(_unknown(raw, "exercise", where))
    seconds = _number(raw.get("duration"))
    if not name or seconds is None or not 0 < seconds <= MAX_SECONDS:
        what = f"'{name}'" if name else "an exercise without a name"
        why = f"it lasts {_shown(raw.get('duration'))}, and a time here is from a moment to an hour"
        losses.append(Loss(what, why if name else "nothing says what to do", _PLACE, where))
        return OutlineItem(place=_PLACE, losses=losses)
    if leaflet_words.RESTING.fullmatch(name):
        return OutlineItem(place=_PLACE, step={"rest": format_duration(seconds)}, losses=losses)
    dose = WrittenDose(seconds=seconds)
    now = Described(name=name, place=_PLACE, where=where, dose=dose, timed=True, losses=losses)
    return described.item(now, shelf)


def _number(raw: object) -> float | None:
    """Return a number, also one in quotes; None for anything else."""
    if isinstance(raw, str):
        try:
            raw = float(raw)
        except ValueError:
            return None
    if isinstance(raw, bool) or not isinstance(raw, int | float):
        return None
    try:
        number = float(raw)
    except OverflowError:
        return None
    return number if math.isfinite(number) else None


def _shown(raw: object) -> str:
    data: Data = raw if isinstance(raw, str | bool | list | dict | float | int) or raw is None else str(raw)
    return show(data)


def _unknown(raw: dict[str, object], part: str, where: str) -> Iterator[Loss]:
    """Yield a loss for each key that means nothing here."""
    for key in raw.keys() - _KNOWN[part]:
        yield Loss(f"{show(key)}", "nothing here stands for it", _PLACE, where)
