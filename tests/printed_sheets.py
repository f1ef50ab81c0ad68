"""Sheets as pages, with drawings that stand for those of the exercises."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from voicecoach import paths
from voicecoach.pages.sheet import SheetPage, page
from voicecoach.pages.stills import Picture
from voicecoach.routine.doses import at_goal
from voicecoach.routine.files.library import Library
from voicecoach.routine.files.routine import read_routine
from voicecoach.routine.model import Do
from voicecoach.routine.sheet import sheet
from voicecoach.settings import safety

DAY = date(2026, 3, 2)
LIBRARY = Library((paths.shipped("routines"),))
SVG = (
    '<svg class="f" role="img" viewBox="0 0 150 100"><path d="M5 95H145" stroke="#888"/>'
    '<path d="M20 90L80 {y}L130 90" fill="none" stroke="#1c2430" stroke-width="8"/></svg>'
)
"""About as wide and high as a figure on hands and knees."""
FRAME, LYING, STANDING = "0 0 150 100", "0 0 270 100", "0 0 100 150"


def drawn(exercise):
    """The start, and the end of the first phase; flat where somebody lies on the back."""
    return in_frame(LYING if exercise.posture == "supine" else FRAME)(exercise)


def in_frame(frame):
    def pictures(exercise):
        first = exercise.rep[0].name.capitalize() if exercise.rep else "On the way"
        start, end = (SVG.format(y=y).replace(FRAME, frame) for y in (80, 20))
        return (Picture(start, "Start"), Picture(end, first))

    return pictures


def written(text):
    return read_routine(text.encode(), Path("mine.yaml"), "mine", LIBRARY)


def at_its_goals(name):
    """A shipped routine with each exercise at the dose that is worked up to."""
    routine = LIBRARY.load(name)
    steps = [replace(each, exercise=at_goal(each.exercise)) for each in routine.steps if isinstance(each, Do)]
    return replace(routine, steps=tuple(steps))


def contents(routine, **more):
    made = sheet(routine, 15, {each.id: each.name for each in LIBRARY.browse()}, box=more.pop("box", ()))
    return SheetPage(sheet=made, safety=safety.load(region=made.region), today=DAY, **more)


def as_page(routine, **more):
    return page(contents(routine, **more))
