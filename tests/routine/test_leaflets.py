"""Half a million random lines of leaflets: ``scripts/prove leaflets`` reads them all.

Each alone becomes a routine that reads back as it was written, or an error with its place and a way out. So
does each as a dose in a routine.
"""

import random
import time
from functools import cache
from pathlib import Path

from leaflets import line
from many import results
from naming import for_each

from voicecoach import paths
from voicecoach.errors import RoutineError
from voicecoach.routine.files import described, dose_words, import_file, outline
from voicecoach.routine.files.import_text import MAX_LINE
from voicecoach.routine.files.library import Library
from voicecoach.routine.files.located_yaml import Mistakes
from voicecoach.routine.files.routine import read_routine


class Still(Library):
    """The shipped library, whose folder is looked through once."""

    exercises = cache(Library.exercises)
    exercise_names = cache(Library.exercise_names)


SHELF = described.NamedExercises(Still((paths.shipped("routines"),)))
PATH = Path("leaflet.txt")
PARTS = 500
LINES = 1000
"""Of each part."""
TOGETHER = 8
"""So many lines are read as one leaflet too."""


def outcome(text):
    """Whether a leaflet becomes a routine; raises for what must not happen, as an error without a way out."""
    found = None
    try:
        found = import_file.outline(text, PATH, SHELF)
        routine = outline.read(found, PATH, "mine", SHELF.library)
    except RoutineError as error:
        for each in error.problems:
            assert each.path == PATH
            assert 1 <= each.line <= text.count("\n") + 1
            assert 1 <= each.column <= len(text) + 1
            assert each.wrong
            assert each.expected
            assert str(each).isprintable()
        return False
    written = outline.write(found, "mine").partition("\n# What a step can be")[0]
    assert read_routine(written.encode(), PATH, "mine", SHELF.library) == routine
    return True


def dosed(text):
    """Whether a line is a dose; raises for an error without a way out."""
    try:
        dose_words.parse_dose(text)
    except Mistakes as error:
        mistakes = error.mistakes
    else:
        return True
    assert all(each.wrong and each.expected for each in mistakes)
    return False


def read(part):
    """How many lines of a part become routines, and are doses; the slowest line; what went wrong."""
    chance = random.Random(f"part {part}")
    routines, doses, slowest, page = 0, 0, (0.0, ""), list[str]()
    for _ in range(LINES):
        text = line(chance)
        page = [*page[1 - TOGETHER :], text]
        begun = time.thread_time()
        try:
            routines += outcome(text)
            doses += dosed(text)
            taken = time.thread_time() - begun
            if len(page) == TOGETHER:
                outcome("\n".join(page))
                page.clear()
        except Exception as error:  # noqa: BLE001 - whatever it is, the line that raised it is wanted
            return [routines, doses, *slowest, f"{text!r}, {page!r}: {type(error).__name__}: {error}"]
        slowest = max(slowest, (taken, text))
    return [routines, doses, *slowest, ""]


def test_any_line_of_a_leaflet(some, progress, record_property):
    parts = some(range(PARTS))
    found = list(results("leaflets", read, parts, progress, stop=lambda result: result[-1]))
    wrong = [each[-1] for each in found if each[-1]]
    assert not wrong, "\n".join(wrong)
    routines, doses = (sum(each[number] for each in found) for number in (0, 1))
    seconds, text = max((each[2], each[3]) for each in found)
    record_property(
        "figure",
        f"{LINES * len(found):,} lines: {routines:,} are routines, {doses:,} are doses, the others say what"
        f" is wrong; the slowest took {1000 * seconds:.0f} ms of a processor: {text.replace('|', '/')!r}",
    )


PIECES = (
    "1",
    "1 ",
    "x ",
    "3 x ",
    "(",
    "rest ",
    "1-",
    "a, ",
    "hold 5 ",
    "twice a day ",
    "# ",
    "* ",
    ". ",
    "1:30",
)


@for_each(PIECES)
def test_a_line_without_an_end_is_read(piece):
    for length in (60, MAX_LINE, 150_000):
        text = piece * (length // len(piece))
        outcome(f"Bridge 3 x 10 {text}")
        outcome(text)
        dosed(text)
