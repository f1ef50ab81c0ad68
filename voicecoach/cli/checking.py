"""``voicecoach check``: mistakes, each with its place, and notes on what will not fit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from voicecoach import app as coach
from voicecoach.errors import RoutineError
from voicecoach.routine.library import Library, is_path
from voicecoach.timeline.plan import Settings


def check_files(library: Library, paths: Iterable[str]) -> Iterator[str]:
    """A line for each good file and each note. Raises RoutineError with all problems of all files."""
    paths = list(paths)
    if problems := library.check(paths):
        raise RoutineError(problems)
    for path in paths:
        yield f"{path}: good"
        if is_path(path) or path in library.routines():
            yield from _notes(library, path)


def _notes(library: Library, path: str) -> Iterator[str]:
    score = coach.estimate(coach.steps_of(library.load(path), Settings()))
    notes = dict.fromkeys(
        f"{path}: note: in {segment.title} there is no room to say '{dropped.text}'"
        for segment in score.segments
        for dropped in segment.dropped
    )
    yield from notes
