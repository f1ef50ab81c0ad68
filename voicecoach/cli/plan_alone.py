"""``voicecoach plan new --routine``: makes a plan of routines alone, as somebody prescribed them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from voicecoach.app import prepare
from voicecoach.cli import vocabulary
from voicecoach.cli.mistaken import not_meant
from voicecoach.errors import UsageError
from voicecoach.routine.files import day_words
from voicecoach.routine.files import programme as programmefields
from voicecoach.routine.files.located_yaml import Data, Mistakes
from voicecoach.routine.model import Routine
from voicecoach.routine.place import ident
from voicecoach.routine.programme import Activity

_DAYS = "--days 5, --days daily or --days mon,wed,fri"
_TIMES: Final = ("times", "at", "every", "from", "to")
"""The options for the times of a day, which are the keys of an activity as well."""


class Often(NamedTuple):
    """How often, as it was typed; None where it was not."""

    days: str | None = None
    times: int | None = None
    at: str | None = None
    every: str | None = None
    first: str | None = None
    last: str | None = None

    @property
    def typed(self) -> dict[str, Data]:
        """What was typed, by its option."""
        return {key: said for key, said in zip(("days", *_TIMES), self, strict=True) if said is not None}


def activities(routines: Sequence[str], often: Often) -> tuple[Activity, ...]:
    """Return how often each of these routines, by name or file, is done, as is typed or as its file says.

    Raises UsageError for what cannot be meant, and what loading them raises.
    """
    shelf = prepare.library()
    named = [vocabulary.place_of(each) for each in routines]
    called = [ident(each) for each in named]
    if twice := next((each for each in called if called.count(each) > 1), ""):
        raise UsageError(f"'{twice}' is here twice. Name it once, or give one of two files another name.")
    return tuple(_activity(name, shelf.load(name), often) for name in named)


def _activity(name: str, routine: Routine, often: Often) -> Activity:
    if often.days is None:
        raw = _as_written(routine)
    elif (said := day_words.meant(often.days)) is None:
        raise UsageError(f"'{often.days}' does not say on how many days a week. Such as: {_DAYS}.")
    else:
        raw = said
    times = {key: value for key, value in often.typed.items() if key in _TIMES}
    if times.keys() & {"times", "at", "every"}:
        raw = {key: value for key, value in raw.items() if key not in _TIMES}
    raw = raw | times
    if {"from", "to"} & raw.keys() and "every" not in raw:
        raise UsageError("--from and --to say when small doses begin and end. Add how far apart: --every 2h")
    try:
        programmefields.activity(name, {key: value for key, value in raw.items() if key not in times})
    except Mistakes:
        raise UsageError(f"'{often.days}' does not say on how many days a week. Such as: {_DAYS}.") from None
    try:
        return programmefields.activity(name, raw)
    except Mistakes as error:
        raise not_meant(error) from None


def _as_written(routine: Routine) -> dict[str, Data]:
    """Return what a routine's file says of its days. Raises UsageError where that is not understood."""
    said = day_words.meant(routine.days) if routine.days else None
    try:
        programmefields.activity(routine.id, said or {})
    except Mistakes:
        words = f"'{routine.days}'" if routine.days else "its file"
        raise UsageError(
            f"{routine.name}: {words} does not say on how many days a week. Say it with {_DAYS}."
        ) from None
    raw = dict(said or {})
    if routine.times_a_day and "every" not in raw:
        raw["times"] = routine.times_a_day
    return raw
