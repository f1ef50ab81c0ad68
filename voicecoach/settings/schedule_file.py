"""The person's plan as a file to read and edit: ``plan.yaml`` in the data folder.

It is a file rather than a table of the journal, because it is a wish and not a record: people edit it by hand
like the profile, and a damaged journal does not affect it.
"""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Collection
from functools import partial
from pathlib import Path
from typing import Final

from voicecoach.routine.files import day_words
from voicecoach.routine.files.located_yaml import At, Data, show, wrong
from voicecoach.routine.files.programme import activities, check_routine, phase_name, weekday, weekdays
from voicecoach.routine.files.values import collect, name, plain_text
from voicecoach.routine.place import is_path
from voicecoach.routine.programme import Activity, OwnPlan, PhaseName, WeeklyTime
from voicecoach.settings.own_file import Notice, OwnFile, day, parse_keys

_ID: Final = re.compile(r"[0-9a-z]{8,32}")
_TEXT: Final = Path(__file__).with_name("plan.txt").read_text(encoding="utf-8")
"""The file with blanks; a '{' of its own is written twice."""


_FILE: Final = OwnFile[OwnPlan]("plan", "begin another with 'voicecoach plan new'")
file = _FILE.path


def load(routines: Collection[str]) -> OwnPlan | None:
    """Return the plan, or None when there is none yet; ``routines`` are the names of all routines.

    Raises FileError when there is one that cannot be understood.
    """
    return _FILE.load(partial(read, routines=routines))


def save(plan: OwnPlan, notice: Notice, routines: Collection[str]) -> None:
    """Write the plan, and keep what cannot be understood there under another name. Raises FileError."""
    _FILE.save(text(plan), notice, partial(read, routines=routines))


def remove(notice: Notice, routines: Collection[str]) -> None:
    """Follow nothing any more; what cannot be understood is kept under another name. Raises FileError."""
    _FILE.remove(notice, partial(read, routines=routines))


def read(source: bytes, path: Path, routines: Collection[str]) -> OwnPlan:
    """Read the plan in the text of a file. Raises RoutineError with every problem in it."""
    return _read_once(source, path, tuple(routines))


@functools.lru_cache(maxsize=4)
def _read_once(source: bytes, path: Path, routines: tuple[str, ...]) -> OwnPlan:
    """Read the same text once, as each routine that a command looks at asks what the plan says of it."""
    found, document = parse_keys(
        source,
        path,
        "phase: restore",
        {"programme": _programme, "phase": phase_name, "since": day, "id": _ident},
        {
            "stay_until": lambda raw: raw and day(raw),
            "at": day_words.clock,
            "own": _own,
            "sore": lambda raw: name(raw) if raw else "",
            "reminded": lambda raw: weekdays(raw) if raw != [] else (),
            "reminded_at": _slots,
        },
    )
    for phase, chosen in found.get("own", {}).items():
        for each in chosen:
            for routine in each.routines:
                at = ("own", phase.value, each.routine, *(() if routine == each.routine else ("or",)))
                if not is_path(routine):  # whoever follows the plan looks whether a file is still there
                    check_routine(routine, at, routines, document)
    if (sore := found.get("sore")) and not is_path(sore):
        check_routine(sore, ("sore",), routines, document)
    if found.get("programme") == "" and found.get("phase") not in found.get("own", {}):
        document.complain(("programme",), "there is no programme and nothing of your own", "one of them")
    if document.problems:
        raise document.error()
    return OwnPlan(**found)


def text(plan: OwnPlan) -> str:
    """The plan as it stands in its file."""
    own = "".join(f"\n  {phase}:{_activities(chosen)}" for phase, chosen in plan.own.items())
    return _TEXT.format(
        programme=plan.programme,
        phase=plan.phase,
        since=plan.since.isoformat(),
        stay_until=plan.stay_until.isoformat() if plan.stay_until else "",
        at=plan.at.strftime("%H:%M"),
        own=own or "{}",
        sore=_name(plan.sore),
        id=plan.id,
        reminded=", ".join(each.short for each in plan.reminded),
        reminded_at=", ".join(f"{each.day.short} {each.at:%H:%M}" for each in plan.reminded_at),
    )


def _activities(chosen: tuple[Activity, ...]) -> str:
    return "".join(f"\n    {_name(each.routine)}: {_activity(each)}" for each in chosen)


def _activity(activity: Activity) -> str:
    parts = [
        f"on: [{', '.join(each.short for each in activity.on)}]" if activity.on else f"days: {activity.days}"
    ]
    if activity.apart > 1:
        parts.append(f"apart: {activity.apart}")
    if activity.others:
        parts.append(f"or: [{', '.join(map(_name, activity.others))}]")
    if activity.at:
        parts.append("at: [{}]".format(", ".join(f'"{each:%H:%M}"' for each in activity.at)))
    elif activity.times > 1:
        parts.append(f"times: {activity.times}")
    return f"{{{', '.join(parts)}}}"


def _programme(raw: Data) -> str:
    """Parse the name of a programme; empty for a plan of routines alone."""
    return plain_text(raw) if raw else ""


def _name(routine: str) -> str:
    """Write a routine's name as it is, and a file in quotes."""
    return json.dumps(routine, ensure_ascii=False) if is_path(routine) else routine


def _slots(raw: Data) -> tuple[WeeklyTime, ...]:
    """Parse times of the week, such as ``mon 08:00``."""
    if not isinstance(raw, list):
        raise wrong(f"{show(raw)} is no list of times", "a list such as [mon 08:00]")
    return tuple(sorted(collect([((index,), each) for index, each in enumerate(raw)], _slot)))


def _slot(raw: Data) -> WeeklyTime:
    name, _, at = raw.partition(" ") if isinstance(raw, str) else ("", "", "")
    return WeeklyTime(weekday(name), day_words.clock(at))


def _ident(raw: Data) -> str:
    ident = show(raw).strip("'")
    if not _ID.fullmatch(ident):
        raise wrong(f"{show(raw)} is not what voicecoach wrote here", "8 to 32 small letters and digits")
    return ident


def _own(raw: Data) -> dict[PhaseName, tuple[Activity, ...]]:
    if not isinstance(raw, dict):
        raise wrong(
            f"{show(raw)} does not say what you do in a phase", "phases, each with its routines, or {}"
        )
    items: list[tuple[At, Data]] = [((name,), name) for name in raw]
    phases = collect(items, phase_name)
    chosen = collect([((name,), each) for name, each in raw.items()], activities)
    return dict(zip(phases, chosen, strict=True))
