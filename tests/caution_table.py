"""The table of docs/cautions.md: what each exercise asks of four cautions, each cell with its reason.

What is done comes from the files of the exercises; the reasons stand in the table alone.
"""

from __future__ import annotations

import re
from pathlib import Path

from voicecoach import paths
from voicecoach.routine.files.library import Library
from voicecoach.routine.model import Caution, Exercise, Remedy

DOCUMENT = Path(__file__).parents[1] / "docs" / "cautions.md"
COLUMNS = (Caution.HIP_NEW, Caution.KNEE, Caution.NECK, Caution.BAL)
SHIPPED = Library((paths.shipped("routines"),))
EXERCISES = {name: SHIPPED.exercise(name) for name in SHIPPED.exercises()}
_CELL = re.compile(r"\*\*(?P<what>.+?)\*\* (?P<reason>.+)")


def rows() -> list[list[str]]:
    """The rows of the table, with the name of the exercise first."""
    lines = DOCUMENT.read_text(encoding="utf-8").splitlines()
    table = [line for line in lines if line.startswith("| `")]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in table]


def reasons() -> dict[tuple[str, Caution], str]:
    """The reason in each cell that has one."""
    found = {}
    for name, *cells in rows():
        for caution, cell in zip(COLUMNS, cells, strict=True):
            if match := _CELL.fullmatch(cell):
                found[name.strip("`"), caution] = match["reason"]
    return found


def what(exercise: Exercise, caution: Caution) -> str:
    """What ``exercise`` asks of somebody with ``caution``."""
    remedy = exercise.cautions.get(caution, Remedy(advice="Fine."))
    if remedy.exercise:
        return f"Instead: {EXERCISES[remedy.exercise].name}."
    return remedy.advice or "Leave out."


def made() -> str:
    """The table as the files have it, with the reasons that it has."""
    known, lines = reasons(), []
    for name, exercise in EXERCISES.items():
        cells = (f"**{what(exercise, each)}** {known.get((name, each), '')}" for each in COLUMNS)
        lines.append(f"| `{name}` | {' | '.join(cells)} |")
    return "\n".join(lines)
