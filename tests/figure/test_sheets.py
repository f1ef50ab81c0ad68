"""The contact sheets of ``scripts/figures.py`` leave no figure out, and their pictures stay small."""

import importlib.util
import sys
from pathlib import Path

import pytest

from voicecoach.figure.motion import figures_of
from voicecoach.figure.stances import STARTS
from voicecoach.paths import shipped
from voicecoach.routine.files.library import Library

SCRIPT = Path(__file__).parents[2] / "scripts" / "figures.py"

pytestmark = pytest.mark.skipif(not SCRIPT.exists(), reason="the script is in the repository only")


@pytest.fixture(scope="module")
def script():
    spec = importlib.util.spec_from_file_location("figure_sheets", SCRIPT)
    loaded = importlib.util.module_from_spec(spec)
    sys.modules["figure_sheets"] = loaded
    spec.loader.exec_module(loaded)
    return loaded


def test_every_figure_is_on_one_sheet(script):
    library = Library((shipped("routines"),))
    *sheets, stances = script.sheets(library)
    drawn = [each.name for sheet in sheets for each in sheet.figures]
    exercises = [library.exercise(name) for name in library.exercises()]
    wanted = [each.id for each in exercises if each.figure]
    varied = [place for each in exercises for place, _ in figures_of(each) if place[0] != "figure"]
    assert sorted(name for name in drawn if ":" not in name) == sorted(wanted)
    assert len(drawn) == len(wanted) + len(varied)
    assert len(stances.figures) == len(STARTS)
    assert max(len(sheet.figures) for sheet in sheets) <= script.MOST
    assert len({sheet.file for sheet in sheets}) == len(sheets)


def test_the_index_shows_every_sheet_and_says_what_is_checked(script):
    made = script.sheets(Library((shipped("routines"),)))
    told = script.index(made)
    assert all(f"]({sheet.file})" in told for sheet in made)
    rows = [line for line in told.splitlines() if line.startswith("| ") and "kB" not in line]
    assert len(rows) == sum(len(sheet.figures) for sheet in made[:-1])
    assert all(row.split(" | ")[3] == "0" for row in rows)
