"""The region that a routine is for: its own, else that of the programme that has it, else the person's."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable

from voicecoach.errors import VoicecoachError
from voicecoach.routine.files.library import UNREADABLE, Library
from voicecoach.routine.model import Routine
from voicecoach.routine.profile import Profile
from voicecoach.routine.region import Region
from voicecoach.settings import profile_file, schedule_file


def placed(routine: Routine, person: Profile, shelf: Library, *, by_plan: bool = True) -> Routine:
    """Return ``routine`` as one for the region that it is for when ``person`` does it.

    The plan counts that is followed here, unless ``by_plan`` says that ``person`` is somebody else.
    """
    planned = _of_programme(routine, shelf) if by_plan and not routine.region else None
    return routine.in_region(routine.region or planned or person.region or Region.BACK)


def _of_programme(routine: Routine, shelf: Library) -> Region | None:
    """Return what the programme of the person's plan says, when the routine is one of the plan's."""
    with contextlib.suppress(VoicecoachError):
        plan = schedule_file.load(shelf.routines())
        if plan is None or not plan.programme:
            return None
        programme = shelf.programme(plan.programme)
        added = (name for phase in plan.own.values() for each in phase for name in each.routines)
        if routine.id in {*programme.routines, *added}:
            return programme.region
    return None


def usual() -> Region:
    """Return the region of the person's plan, else of their profile, else the back."""
    return of_plan() or own() or Region.BACK


def of_plan() -> Region | None:
    """Return the region of the programme of the person's plan, or of all routines where it has none.

    None when they do not say, or there is no plan.
    """
    with contextlib.suppress(VoicecoachError):
        shelf = Library.default()
        plan = schedule_file.load(shelf.routines())
        if plan and plan.programme:
            return shelf.programme(plan.programme).region
        if plan:
            return of_routines(shelf, (each.routine for each in plan.own.get(plan.phase, ())))
    return None


def of_routines(shelf: Library, names: Iterable[str]) -> Region | None:
    """Return the region that all of these routines say; None when they do not, or one cannot be read."""
    with contextlib.suppress(*UNREADABLE):
        regions = {shelf.load(name).region for name in names}
        return regions.pop() if len(regions) == 1 else None
    return None


def own() -> Region | None:
    """Return the region of the person's profile; None when it does not say, or cannot be understood."""
    with contextlib.suppress(VoicecoachError):
        profile = profile_file.load()
        return profile.region if profile else None
    return None
