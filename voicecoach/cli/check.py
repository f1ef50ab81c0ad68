"""``voicecoach check``: mistakes, each with its place, and advice on coaching and safety."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, NamedTuple

import typer

from voicecoach.app import estimates, prepare
from voicecoach.cli import options, page, vocabulary
from voicecoach.errors import Place, Problem, RoutineError
from voicecoach.figure.check import Fault, faults
from voicecoach.figure.motion import Motion, figures_of, motion_of
from voicecoach.language import phrases
from voicecoach.routine.advice.cut_texts import advise_comments, advise_lists
from voicecoach.routine.advice.rule import Advice, Level
from voicecoach.routine.files.library import Library, read_file
from voicecoach.routine.files.located_yaml import Mistake, parse
from voicecoach.routine.files.shapes import KEYS
from voicecoach.routine.lint import advise, advise_exercise
from voicecoach.routine.model import Do, Exercise, Routine
from voicecoach.settings.table import SessionSettings
from voicecoach.timeline import lint as timing
from voicecoach.timeline.expand import Settings


@options.settings("language")
def check(
    paths: Annotated[
        list[str],
        typer.Argument(
            metavar="PATH...",
            help="Routine files, folders of them, or names.",
            autocompletion=vocabulary.routines,
        ),
    ],
    *,
    strict: Annotated[
        bool, typer.Option("--strict", help="Let advice count as a mistake: exit status 2.")
    ] = False,
    notes: Annotated[
        bool, typer.Option("--notes", help="Show notes too: good to know, but nothing needs to change.")
    ] = False,
    chosen: SessionSettings,
) -> None:
    """Look for mistakes in routines, and give advice on what is in them.

    Each piece of advice has its line, its reason and its source, and leaves the exit status at 0.
    """
    advised = False
    spoken = chosen.language
    library = prepare.library(spoken)
    for line in check_files(library, paths, notes=notes):
        page.show(line.text, hang=4)
        advised |= line.is_advice
    if lacks := (*phrases.lacking(spoken), *_sentences_lacking(library, paths)):
        page.show(f"What the language '{spoken}' lacks is said in English: {', '.join(lacks)}")
    if strict and advised:
        raise typer.Exit(2)


def _sentences_lacking(library: Library, paths: Iterable[str]) -> Iterator[str]:
    """Exercises of the routines in ``paths`` that are there in English alone, wholly or in some sentences."""
    if library.language == phrases.ENGLISH:
        return
    found = [library.read(file) for path in paths for file in library.files(path)]
    used = {each.id: None for routine in found if isinstance(routine, Routine) for each in routine.exercises}
    for name in (name for name in used if name):
        if lacks := library.lacking(name):
            yield name if "name" in lacks else f"{name} ({', '.join(lacks)})"


class Line(NamedTuple):
    """One line for the person."""

    text: str
    is_advice: bool = False
    """Whether something should be changed, as opposed to a note or "good"."""


def check_files(library: Library, paths: Iterable[str], *, notes: bool = False) -> Iterator[Line]:
    """What to say about each of ``paths``, with the notes or without.

    Raises RoutineError with all problems of all files; UnknownName or FileError for what cannot be read.
    """
    paths = list(paths)
    if problems := library.check(paths):
        raise RoutineError(problems)
    files = dict.fromkeys(file for path in paths for file in library.files(path))
    if problems := [problem for file in files for problem in _misdrawn(library, file)]:
        raise RoutineError(problems)
    for path in paths:
        lines = [line for file in library.files(path) for line in _advice(library, file)]
        count = sum(line.is_advice for line in lines)
        yield Line(f"{path}: no mistakes; advice: {count}" if count else f"{path}: good")
        yield from (line for line in lines if notes or line.is_advice)


def _misdrawn(library: Library, path: Path) -> Iterator[Problem]:
    """Yield what no body could do in the figures of a file, each at its line."""
    found = library.read(path)
    if isinstance(found, Exercise):
        document = parse(read_file(path), path, KEYS)
        for at, figure in figures_of(found):
            document.complain_all(at, map(_mistake, faults(Motion(figure, found.rep, found.cadence))))
        yield from document.problems
    elif isinstance(found, Routine):
        for step in found.steps:
            if isinstance(step, Do) and not step.exercise.id and (motion := motion_of(step.exercise)):
                for fault in faults(motion):
                    place = step.place or Place(1, 1)
                    yield Problem(path, place.line, place.column, *_told(fault))


def _mistake(fault: Fault) -> Mistake:
    return Mistake(*_told(fault), ("poses", fault.phase) if fault.phase else ("position",))


def _told(fault: Fault) -> tuple[str, str]:
    """Return what is wrong with a figure, and what is expected."""
    when = f"in '{fault.phase}'" if fault.phase else "in the position"
    return f"{when}, {fault.wrong}", fault.expected


def _advice(library: Library, path: Path) -> Iterator[Line]:
    found = library.read(path)
    document = parse(read_file(path), path, KEYS)
    advice = (*advise_comments(document), *advise_lists(document))
    if isinstance(found, Exercise):
        advice += advise_exercise(found)
    elif isinstance(found, Routine):
        score = estimates.estimate(prepare.steps_of(found, Settings()))
        advice += (*advise(found, library.exercises()), *timing.advise(found, score))
    places: dict[str, list[Advice]] = {}
    for each in sorted(advice, key=lambda each: each.place or (0, 0)):
        places.setdefault(str(each), []).append(each)
    for text, (first, *again) in places.items():
        lines = ", ".join(f"line {each.place.line}" for each in again if each.place)
        more = f"; also in {lines}" if lines else ""
        yield Line(f"{_where(path, first)}: {text}{more}", first.level is Level.ADVICE)


def _where(path: Path, advice: Advice) -> str:
    here = Path.cwd()
    shown = path.relative_to(here) if path.is_relative_to(here) else path
    return ":".join(map(str, (shown, *(advice.place or ()))))
