"""``voicecoach render --all``: writes every routine of the library, a few at a time."""

from __future__ import annotations

import os
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Final, NamedTuple

from voicecoach import cli
from voicecoach.app import batch
from voicecoach.app.batch import Done, Failed
from voicecoach.app.shelf import Trouble, own_shelf
from voicecoach.cli import notices, page
from voicecoach.cli.notices import to_stderr
from voicecoach.cli.recording import Recording
from voicecoach.errors import FileError
from voicecoach.render import sinks
from voicecoach.text import and_list

AT_ONCE: Final = min(2, os.cpu_count() or 1)
"""Routines that are written at a time: each takes 300 MB with the natural voice. [own choice]"""
MOST_AT_ONCE: Final = 16
_CLEAR_LINE: Final = "\r\x1b[K"


class _Written(NamedTuple):
    """What is told of a routine that was written."""

    lines: tuple[str, ...]
    noticed: tuple[str, ...]


def write(recording: Recording, folder: Path, ending: str, at_once: int) -> bool:
    """Write a file with this ending for each routine that suits the person, and tell what became of it.

    Return whether none failed. Raises FileError when nothing can be written to ``folder``.
    """
    _make(folder)
    shelf = own_shelf(to_stderr, cli.clock.moment(), as_written=recording.as_written)
    jobs: dict[str, batch.Job] = {}
    failed: dict[str, str] = {}
    for name in shelf.names(to_stderr):
        look = shelf.look(name)
        if not isinstance(look, Trouble):
            jobs[name] = partial(_written, recording, name, folder / f"{name}{ending}")
        elif look.is_fault:
            failed[name] = look.text
        else:
            page.show(f"{name}: left out, as it {look.text}.")
    failed |= dict(_failures(jobs, folder.name, at_once))
    page.show(f"Routines written to {folder}: {len(jobs.keys() - failed.keys())}.")
    for why, names in _by_reason(failed).items():
        page.show(f"{and_list(names)} could not be written: {why}", hang=2, err=True)
    return not failed


def _failures(jobs: Mapping[str, batch.Job], label: str, at_once: int) -> Iterator[tuple[str, str]]:
    """Run ``jobs``, tell of each what it wrote, and yield those that failed, with why."""
    with page.progress(label) as progress, closing(batch.outcomes(jobs, at_once, progress)) as outcomes:
        for name, outcome in outcomes:
            if sys.stderr.isatty():  # the bar comes again, below
                page.put(_CLEAR_LINE, err=True, nl=False)
            match outcome:
                case Done(_Written(lines, noticed)):
                    for notice in noticed:
                        to_stderr(notice)
                    for line in lines:
                        page.show(line)
                case Failed(why):
                    page.show(f"{name}: not written")
                    yield name, why


def _by_reason(failed: Mapping[str, str]) -> dict[str, list[str]]:
    """Return the names by why they failed, as that is often the same for all."""
    names: dict[str, list[str]] = defaultdict(list)
    for name, why in failed.items():
        names[why].append(name)
    return names


def _make(folder: Path) -> None:
    """Make the folder where it is not there yet. Raises FileError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FileError(
            f"The folder {folder} cannot be made ({error.strerror or error}). Choose another place with -o."
        ) from error
    sinks.check_folder(folder)


def _written(recording: Recording, routine: str, out: Path, progress: Callable[[float], None]) -> _Written:
    """Write a routine in a process of its own, which prints nothing."""
    noticed: list[str] = []
    with notices.among(noticed.append):
        recording.check(out)
        lines = recording.write(routine, out, progress)
    return _Written(lines, tuple(noticed))
