"""Sheets as pages, with drawings that stand for those of the exercises."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from voicecoach import paths
from voicecoach.pages.sheet import Picture, SheetPage, page
from voicecoach.routine.doses import at_goal
from voicecoach.routine.files.library import Library
from voicecoach.routine.files.routine import read_routine
from voicecoach.routine.model import Do
from voicecoach.routine.sheet import sheet
from voicecoach.settings import safety

DAY = date(2026, 3, 2)
LIBRARY = Library((paths.shipped("routines"),))
SVG = (
    '<svg viewBox="0 0 150 100"><path d="M5 95H145" stroke="#888"/>'
    '<path d="M20 90L80 {y}L130 90" fill="none" stroke="#1c2430" stroke-width="8"/></svg>'
)
"""As wide and high as a figure."""


def drawn(exercise):
    """The start, and the end of the first phase."""
    first = exercise.rep[0].name.capitalize() if exercise.rep else "On the way"
    return (Picture(SVG.format(y=80), "Start"), Picture(SVG.format(y=20), first))


def tall(exercise):
    """The same in a frame that is higher than wide, as for somebody who stands."""
    return tuple(
        each._replace(svg=each.svg.replace("0 0 150 100", "0 0 100 150")) for each in drawn(exercise)
    )


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
