"""The contact sheets of ``scripts/figures.py`` leave no figure out, and their pictures stay small."""

import importlib.util
import struct
import sys
import zlib
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


def png(rows, kind=2):
    """A picture of rows of bytes, each after the number of its filter."""
    header = struct.pack(">IIBBBBB", (len(rows[0]) - 1) // 3, len(rows), 8, kind, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(b"".join(map(bytes, rows)))), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(part)) + name + part + struct.pack(">I", zlib.crc32(name + part))
        for name, part in parts
    )


@pytest.mark.parametrize(
    "second", [(0, 9, 8, 7, 1, 2, 3), (1, 9, 8, 7, 248, 250, 252), (2, 8, 6, 4, 253, 253, 253)]
)
def test_a_palette_keeps_the_colours(script, second):
    made = script.with_palette(png([(0, 1, 2, 3, 4, 5, 6), second]))
    parts = dict(script._chunks(made))
    places = zlib.decompress(parts[b"IDAT"])
    colours = [parts[b"PLTE"][3 * at : 3 * at + 3] for at in (*places[1:3], *places[4:6])]
    assert colours == [bytes(each) for each in ((1, 2, 3), (4, 5, 6), (9, 8, 7), (1, 2, 3))]
