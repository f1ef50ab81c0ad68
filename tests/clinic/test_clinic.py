"""What a physiotherapist writes, as it was meant (``wished``), and as ``check`` would have it (``amended``).

Beside each stands what ``check`` says of it; beside the amended ones also the sheet, the seconds that are
asked for beside those that are played, and the timeline. In ``stairs`` is a routine with the exercise.
"""

from pathlib import Path

import pytest
from fakes.clock import MONDAY_EVENING
from golden import assert_golden
from told import told_of

from voicecoach.app.shelf import own_shelf
from voicecoach.cli.check import check_files
from voicecoach.errors import RoutineError
from voicecoach.routine.files.library import Library
from voicecoach.routine.paper import sheet_as_text
from voicecoach.routine.region import Region
from voicecoach.units import frames

FOLDER = Path(__file__).parent
FILES = sorted(FOLDER.rglob("*.yaml"))
PLAYED = [*sorted(FOLDER.glob("amended/*.yaml")), FOLDER / "stairs/stairs.yaml"]
MOST = 5
"""So many messages of a file are read and heeded by somebody with little time."""
OTHERS = {
    "hip-week-8": {
        "surgery: 2025-12-15",
        "grow: {tempo: keep, harder: ask}",
        "cautions: none",
        "kind: balance",
        "movement: Lift your {other} foot a hand's width. If you are steady, only two fingers stay on.",
    },
    "runner-knee": {
        "grow: {tempo: keep, harder: ask}",
        "cautions: none",
        'position: [Back flat on the wall., "Feet hip-width, half a metre from the wall."]',
    },
    "step-down": {"rest: 60s"},
}
"""The lines that the amended files have, and the wished ones have not."""
REGIONS = {"hip-week-8": Region.HIP, "runner-knee": Region.KNEE, "stairs": Region.KNEE}


@pytest.fixture(autouse=True)
def _here(monkeypatch, tmp_path):
    monkeypatch.chdir(FOLDER)
    monkeypatch.setenv("VOICECOACH_HOME", str(tmp_path))


def messages(path):
    """What ``check`` says, a message a line."""
    try:
        return [line.text for line in check_files(Library.default(), [str(path.relative_to(FOLDER))])]
    except RoutineError as error:
        return [str(each) for each in error.problems]


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_check_says_in_five_messages_what_to_change(path):
    said = messages(path)
    assert_golden(path.with_suffix(".check"), "".join(f"{each}\n" for each in said))
    assert sum("no mistakes; advice: " not in each for each in said) <= MOST


def test_check_says_the_rest_once_it_knows_the_day_of_the_surgery(tmp_path, monkeypatch):
    """Until then it cannot be read; the line that it asks for is all that is missing."""
    text = (FOLDER / "wished/hip-week-8.yaml").read_text()
    path = tmp_path / "hip-week-8.yaml"
    path.write_text(text.replace("until:", "surgery: 2025-12-15\nuntil:"))
    monkeypatch.chdir(tmp_path)
    said = [line.text for line in check_files(Library.default(), [path.name])]
    assert_golden(FOLDER / "wished/hip-week-8-surgery-known.check", "".join(f"{each}\n" for each in said))
    assert len(said) <= 1 + MOST


@pytest.mark.parametrize("name", OTHERS)
def test_nothing_is_amended_but_what_check_proposes(name):
    (before,) = FOLDER.glob(f"wished/{name}*.yaml")
    (after,) = (each for each in FILES if each.stem.startswith(name) and each.parent.name != "wished")
    was, now = ({line.strip() for line in each.read_text().splitlines()} for each in (before, after))
    assert now - was == OTHERS[name]


@pytest.mark.parametrize("path", PLAYED, ids=lambda path: path.stem)
def test_what_is_heard_is_what_was_written(path):
    routine = Library.default().load(path)
    told, timed, rules = told_of(routine, None)
    assert_golden(path.with_suffix(".txt"), told)
    longer = [what for what, asked, got in timed if got != frames(asked)]
    assert not longer or "rest-grows" in rules, longer


@pytest.mark.parametrize("path", PLAYED, ids=lambda path: path.stem)
def test_the_sheet_is_for_the_region_and_the_side(path):
    shelf = own_shelf(lambda _: None, MONDAY_EVENING)
    routine = shelf.find(str(path))
    assert routine.routine.for_region is REGIONS[path.stem]
    assert_golden(path.with_suffix(".sheet"), sheet_as_text(shelf.sheet(routine, shelf.minutes(routine)), 80))
