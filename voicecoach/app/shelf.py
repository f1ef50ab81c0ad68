"""Routines and exercises as one person can do them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from voicecoach.errors import NothingSuits, RoutineError, UnknownName
from voicecoach.routine.files.library import Library
from voicecoach.routine.model import Profile
from voicecoach.routine.progression import Rules
from voicecoach.routine.suit import Tailored, tailor
from voicecoach.settings import file, profile_file

if TYPE_CHECKING:
    from voicecoach.routine.model import Exercise, Routine


def library() -> Library:
    """The user's routines and exercises, and the shipped ones."""
    return Library.default()


def profile(*, as_written: bool = False) -> Profile:
    """What is known about the person: nothing when that is wanted, or when there is no profile.

    Raises FileError when there is one that cannot be understood.
    """
    return Profile() if as_written else profile_file.load() or Profile()


def rules() -> Rules:
    """The figures by which doses rise and fall, with those the person set.

    Raises FileError when the settings cannot be understood: figures that nobody chose are no way to go on.
    """
    return file.load_rules()


def tailored(shelf: Library, name: str, person: Profile) -> Tailored:
    """The routine with that name, or in that file, as ``person`` should do it.

    Raises what Library.load raises, UnknownName or RoutineError for an alternative that cannot be read, and
    NothingSuits.
    """
    found = tailor(shelf.load(name), person, shelf.beside(shelf.locate(name)))
    if found.empty:
        others = (other for other in shelf.routines() if other != found.routine.id)
        instead = next((other for other in others if _suits(shelf, other, person)), None)
        advice = f"Try '{instead}', or" if instead else "Ask a physiotherapist what suits you, or"
        raise NothingSuits(
            f"Nothing of '{found.routine.name}' is left for your profile. {advice} see 'voicecoach profile'."
        )
    return found


def equipment(shelf: Library) -> tuple[str, ...]:
    """Everything that some exercise needs, in order of the alphabet."""
    things: set[str] = set()
    for entry in shelf.browse():
        if entry.name:
            things.update(shelf.exercise(entry.id).equipment)
    return tuple(sorted(things))


def routine_of(exercise: Exercise) -> Routine:
    """A routine with nothing but ``exercise``, at its library dose."""
    from voicecoach.routine.model import Do, Routine  # noqa: PLC0415 - what only this needs

    return Routine(id=exercise.id, name=exercise.name, steps=(Do(exercise=exercise),), path=Path(exercise.id))


def _suits(shelf: Library, name: str, person: Profile) -> bool:
    """Whether something of a routine is left for ``person``."""
    try:
        return not tailor(shelf.load(name), person, shelf).empty
    except (RoutineError, UnknownName):
        return False
