"""The person's plan as a file to read and edit: ``plan.yaml`` in the data folder.

It is a file rather than a table of the journal, because it is a wish and not a record: people edit it by hand
like the profile, and a damaged journal does not affect it.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import partial
from pathlib import Path
from typing import Final

from voicecoach.routine.files.located_yaml import At, Data, show, wrong
from voicecoach.routine.files.programme import activities, check_routine, phase_name, weekdays
from voicecoach.routine.files.values import collect, plain_text
from voicecoach.routine.programme import Activity, OwnPlan, PhaseName
from voicecoach.settings.own_file import Notice, OwnFile, clock, day, parse_keys

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
    found, document = parse_keys(
        source,
        path,
        "phase: restore",
        {"programme": plain_text, "phase": phase_name, "since": day, "id": _ident},
        {
            "stay_until": lambda raw: raw and day(raw),
            "at": clock,
            "own": _own,
            "reminded": lambda raw: weekdays(raw) if raw != [] else (),
        },
    )
    for phase, chosen in found.get("own", {}).items():
        for each in chosen:
            check_routine(each.routine, ("own", phase.value, each.routine), routines, document)
            for other in each.others:
                check_routine(other, ("own", phase.value, each.routine, "or"), routines, document)
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
        id=plan.id,
        reminded=", ".join(each.short for each in plan.reminded),
    )


def _activities(chosen: tuple[Activity, ...]) -> str:
    return "".join(f"\n    {each.routine}: {_activity(each)}" for each in chosen)


def _activity(activity: Activity) -> str:
    parts = [
        f"on: [{', '.join(each.short for each in activity.on)}]" if activity.on else f"days: {activity.days}"
    ]
    if activity.apart > 1:
        parts.append(f"apart: {activity.apart}")
    if activity.others:
        parts.append(f"or: [{', '.join(activity.others)}]")
    return f"{{{', '.join(parts)}}}"


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
