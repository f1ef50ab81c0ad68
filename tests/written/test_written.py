"""Routines as people write them: circuits, intervals, hand-outs, a friend's file.

Beside each stands what is said of it: its mistakes, or the advice on it, the seconds that it asks for beside
those that are played, and its timeline.
"""

from pathlib import Path

import pytest
from golden import assert_golden
from told import told_of

from voicecoach.errors import RoutineError
from voicecoach.routine.files.library import Library
from voicecoach.units import frames

FOLDER = Path(__file__).parent
FILES = sorted(FOLDER.glob("*.yaml"))
SHIPPED = Library.default()
SHORT_TRANSITION = {"warmup_stretches": 6.0}
"""Seconds from one exercise to the next, for routines whose author needs them short."""


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_what_people_write_is_read_said_and_timed_as_they_mean_it(path):
    try:
        routine = SHIPPED.load(path)
    except RoutineError as error:
        text = "".join(f"{str(each).removeprefix(f'{path}:')}\n" for each in error.problems)
        assert_golden(path.with_suffix(".problems"), text)
        assert not path.with_suffix(".txt").exists()
        return
    told, timed, rules = told_of(routine, SHORT_TRANSITION.get(path.stem))
    assert_golden(path.with_suffix(".txt"), told)
    assert not path.with_suffix(".problems").exists()
    longer = [what for what, asked, got in timed if got != frames(asked)]
    assert not longer or "rest-grows" in rules, longer
