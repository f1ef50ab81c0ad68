"""The names that commands take: what is meant by each as it is typed, and what shells offer to complete.

``typer.Argument(parser=vocabulary.routine, autocompletion=vocabulary.routines)`` is such a name.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TypeVar

import typer

from voicecoach import names
from voicecoach.app import plan, prepare
from voicecoach.errors import FileError, UnknownName, UsageError
from voicecoach.language import phrases
from voicecoach.routine.files.library import Library
from voicecoach.routine.model import OTHER_SIDE, Caution, Kind
from voicecoach.routine.place import ENDINGS, is_path
from voicecoach.routine.programme import PhaseName
from voicecoach.routine.region import Region
from voicecoach.settings import file
from voicecoach.settings.table import SETTINGS

T = TypeVar("T", bound=str)

_LEAFLETS = (".txt", ".md", ".csv", ".tsv", ".json", ".pdf", ".doc", ".docx", ".odt", ".rtf", ".xls", ".xlsx")
"""Endings of files that people start a routine from, or try to: a name of a routine has no full stop."""


def library() -> Library:
    """Return the library in the person's language, whose titles they read."""
    try:
        return prepare.library(file.read().settings.language)
    except FileError:
        return prepare.library()  # whatever reads the settings says so


def routine(typed: str) -> str:
    """Return the id of the routine that is meant, or the file, also by its title when the plan has it.

    Raises UnknownName, also for an exercise.
    """
    shelf = library()
    try:
        return shelf.routine_meant(typed)
    except names.AmbiguousName:
        raise
    except UnknownName:
        if found := names.equal(typed, plan.files_called()):
            return found[0]
        if found := names.equal(typed, shelf.exercise_names()):
            raise UsageError(
                f"'{typed}' is an exercise. All about it: voicecoach exercises {found[0]}"
            ) from None
        raise


def place_of(routine: str) -> str:
    """Return a routine that goes on being found from any folder: a file by its whole path."""
    return str(Path(routine).expanduser().absolute()) if is_path(routine) else routine


def routine_or_file(typed: str) -> str:
    """Return the id of the routine that is meant, or a file of any sort. Raises UnknownName for neither."""
    return typed if is_foreign(typed) else routine(typed)


def is_foreign(typed: str) -> bool:
    """Tell whether this is meant as a file that need not be a routine, whatever is in it."""
    called = library().routine_names()
    if typed.lower().endswith(ENDINGS) or any(typed in (ident, *titles) for ident, titles in called.items()):
        return False
    return is_path(typed) or Path(typed).suffix.lower() in _LEAFLETS or os.path.lexists(typed)


def exercise(typed: str) -> str:
    """Return the id of the exercise that is meant. Raises UnknownName, also for a kind or a routine."""
    shelf = library()
    try:
        return shelf.exercise_meant(typed)
    except names.AmbiguousName:
        raise
    except UnknownName:
        if found := names.equal(typed, {str(each): (each,) for each in Kind}):
            all_ = f"voicecoach exercises --kind {found[0]}"
            raise UsageError(f"'{typed}' is a kind of exercise. All of that kind: {all_}") from None
        if found := names.equal(typed, shelf.routine_names()):
            raise UsageError(f"'{typed}' is a routine. All about it: voicecoach show {found[0]}") from None
        raise


def exercise_or_file(typed: str) -> str:
    """Return the id of the exercise that is meant, or the path of a file with one. Raises UnknownName."""
    return typed if is_path(typed) else exercise(typed)


def programme(typed: str) -> str:
    """Return the id of the programme that is meant. Raises UnknownName."""
    return library().programme_meant(typed)


def phase(typed: str) -> PhaseName:
    """Return the phase that is meant, by its word or as it is shown. Raises UnknownName."""
    say = phrases.load()
    titles = {each: say.part(f"phase_called.{each}") for each in PhaseName}
    shown = {each: (each.value, title, title.removeprefix("the ")) for each, title in titles.items()}
    return names.meant("phase", typed, shown, hint=f"There are: {', '.join(PhaseName)}.")


def kind(typed: str) -> Kind:
    """Return the kind of exercise that is meant. Raises UnknownName."""
    return one_of("kind", typed, Kind, hint=f"The kinds are {', '.join(Kind)}.")


def side(typed: str) -> str:
    """Return the side of the body that is meant. Raises UnknownName."""
    return one_of("side", typed, OTHER_SIDE)


def caution(typed: str) -> Caution:
    """Return the caution that is meant. Raises UnknownName."""
    return one_of("caution", typed, Caution)


def language(typed: str) -> str:
    """Return the code of the language that is meant. Raises UnknownName."""
    return one_of("language", typed, phrases.languages())


def one_of(what: str, typed: str, known: Iterable[T], hint: str = "") -> T:
    """Return the one of a few words that is meant. Raises UnknownName."""
    words = {each: (each,) for each in known}
    return names.meant(what, typed, words, hint=hint or f"There are: {', '.join(words)}.")


def region(typed: str) -> Region:
    """Return the region of the body that is meant. Raises UnknownName."""
    return one_of("region", typed, Region)


def region_option(which: str, otherwise: str) -> Any:  # noqa: ANN401 - as typer has it
    """Return the option ``--region`` for ``which`` part of the body; without it ``otherwise`` counts."""
    return typer.Option(
        metavar="REGION",
        parser=region,
        autocompletion=offering(Region),
        help=f"{which}, one of {', '.join(Region)}; else {otherwise}.",
    )


def caution_option(which: str) -> Any:  # noqa: ANN401 - as typer has it
    """Return the option ``--caution``, which may be given several times; ``which`` says whose they are."""
    return typer.Option(
        metavar="WHAT",
        parser=caution,
        autocompletion=offering(Caution),
        help=f"{which}, one option for each: {', '.join(Caution)}. What they mean is listed below.",
    )


def routines(incomplete: str) -> list[str]:
    """Offer the routines, and the files that begin so."""
    return [*library_routines(incomplete), *_files(incomplete)]


def routines_and_files(incomplete: str) -> list[str]:
    """Offer the routines, and all files that begin so."""
    return [*library_routines(incomplete), *_files(incomplete, "")]


def library_routines(incomplete: str) -> list[str]:
    """Offer the routines without files."""
    return _begin(incomplete, library().routines())


def exercises(incomplete: str) -> list[str]:
    """Offer the exercises of the library."""
    return _begin(incomplete, library().exercises())


def programmes(incomplete: str) -> list[str]:
    """Offer the programmes."""
    return _begin(incomplete, library().programmes())


def languages(incomplete: str) -> list[str]:
    """Offer the languages of the coach."""
    return _begin(incomplete, phrases.languages())


def offering(words: Iterable[str], more: Callable[[], Iterable[str]] = tuple) -> Callable[[str], list[str]]:
    """Return what offers these words, and those that it looks up then."""

    def offered(incomplete: str) -> list[str]:
        return _begin(incomplete, (*words, *more()))

    return offered


def settings(incomplete: str) -> list[tuple[str, str]]:
    """Offer the settings, with what each is about."""
    return [(key, SETTINGS[key].about) for key in _begin(incomplete, SETTINGS)]


def values(context: typer.Context, incomplete: str) -> list[str]:
    """Offer the values of the setting that was typed before, when they are a few words."""
    try:
        return _begin(incomplete, file.setting(context.params["key"]).sort.choices)
    except (KeyError, UsageError):
        return []


def _begin(incomplete: str, known: Iterable[str]) -> list[str]:
    return [each for each in known if each.startswith(incomplete)]


def _files(incomplete: str, *endings: str) -> list[str]:
    """Return the files that begin so; those of this folder only once something of them is typed.

    They end as routines do, unless other ``endings`` are given.
    """
    folder, slash, start = incomplete.rpartition("/")
    try:
        there = sorted(each.name for each in Path(folder + slash).iterdir() if each.is_file())
    except OSError:
        return []
    fitting = (name for name in there if name.startswith(start) and name.endswith(endings or ENDINGS))
    return [f"{folder}{slash}{name}" for name in fitting if incomplete]
