"""A folder that a physiotherapist gives to a patient: each routine as a page, a sound file and a sheet.

Nothing in it comes from the profile, the plan or the journal of whoever makes it.
"""

from __future__ import annotations

import re
import tempfile
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Final, NamedTuple

from voicecoach.app import compose, prepare, sound_file
from voicecoach.app.compose import Sounding, Studio
from voicecoach.app.journal import Notice
from voicecoach.app.page import page_of
from voicecoach.app.prepare import PreparedSession
from voicecoach.app.selection import Selection
from voicecoach.app.shelf import exercise_names, sheet_of
from voicecoach.control import signals
from voicecoach.errors import FileError, NothingSuits, UsageError
from voicecoach.language import phrases
from voicecoach.pages import sheet as sheets
from voicecoach.pages.stills import stills
from voicecoach.routine.model import Caution
from voicecoach.routine.profile import Profile
from voicecoach.settings import safety
from voicecoach.settings.table import SessionSettings
from voicecoach.text import and_list
from voicecoach.timeline.medium import Medium
from voicecoach.timeline.words import every_swap

LETTER: Final = "letter.txt"
RETURNED: Final = "returned"
"""The folder for the records that come back."""
SHEET: Final = "-sheet.html"
"""How the name of a sheet ends."""
_ENDINGS: Final = (".html", ".mp3", SHEET)
"""How the names of the three files of a routine end."""
_LONGEST: Final = 60
"""The most letters of a routine in the name of a file [own choice]."""
_RESERVED: Final = re.compile("(con|prn|aux|nul|com[0-9]|lpt[0-9])", re.IGNORECASE)
"""What no file on Windows can be called."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Patient:
    """For whom a folder is."""

    name: str
    cautions: frozenset[Caution] = frozenset()
    side: str = ""
    """The side on which all is done that has sides, or their order, as for :class:`Selection`."""

    @property
    def selection(self) -> Selection:
        """The whole of a routine, on their side."""
        return Selection(side=self.side)


class Item(NamedTuple):
    """A routine in a folder."""

    session: PreparedSession
    """For its page and its sheet."""
    heard: PreparedSession
    """The same for its sound file."""
    stem: str
    """The beginning of the names of its files."""
    changes: tuple[str, ...] = ()
    """A sentence for each exercise that does not suit the patient."""

    @property
    def files(self) -> tuple[str, ...]:
        """The names of its page, its sound file and its sheet."""
        return tuple(self.stem + ending for ending in _ENDINGS)


def items(routines: Sequence[str], patient: Patient, chosen: SessionSettings) -> list[Item]:
    """Return the routines as they are written, as far as they suit the patient.

    Raises UsageError when nothing of one does, and what else keeps a routine from being prepared.
    """
    made: list[Item] = []
    taken: set[str] = set()
    for name in dict.fromkeys(routines):
        session, heard = (_session(name, patient, chosen, each) for each in (Medium.PAGE, Medium.FILE))
        assert session.played is not None
        changes = every_swap(session.played.swaps, phrases.load(chosen.language))
        made.append(Item(session, heard, _stem(session.routine, taken), changes))
        taken.update(made[-1].files)
    return made


def _session(name: str, patient: Patient, chosen: SessionSettings, medium: Medium) -> PreparedSession:
    try:
        return prepare.session_for(
            Profile(cautions=patient.cautions),
            name,
            prepare.coached(chosen),
            chosen.rate,
            patient.selection,
            medium=medium,
            by_plan=False,
        )
    except NothingSuits as error:
        cautions = and_list(sorted(patient.cautions))
        raise UsageError(
            f"No exercise of '{name}' suits somebody with these cautions: {cautions}."
        ) from error


def _stem(routine: str, taken: set[str]) -> str:
    """Return what the names of the files of a routine begin with: as it is called, whatever its name has."""
    letters = unicodedata.normalize("NFC", routine).casefold()
    plain = re.sub(r"[\W_]+", "-", letters)[:_LONGEST].strip("-") or "routine"
    plain = f"routine-{plain}" if _RESERVED.fullmatch(plain) else plain
    stem, number = plain, 1
    while not taken.isdisjoint(stem + ending for ending in _ENDINGS):
        number += 1
        stem = f"{plain}-{number}"
    return stem


def pack(
    folder: Path,
    patient: Patient,
    contents: Sequence[Item],
    sounding: Sounding,
    day: date,
    notice: Notice,
    progress: Callable[[float], None],
) -> None:
    """Make ``folder``, new or in the place of an empty one, with all that is for the patient.

    It is there when it is complete. ``progress`` is told the share that is done, from 0 to 1. Raises
    FileError when that cannot be done, and VoiceUnavailable when a voice is wanted and there is none.
    """
    done = 0

    def part(share: float) -> None:
        progress((done + share) / (2 * len(contents)))

    with _made(folder) as inside:
        for session, heard, stem, _ in contents:
            page = page_of(session, replace(sounding, medium=Medium.PAGE), notice, day, part)
            (inside / f"{stem}.html").write_text(page, encoding="utf-8")
            done += 1
            with Studio(replace(sounding, medium=Medium.FILE), notice, patient=True) as studio:
                about = partial(sound_file.about, heard, language=sounding.language)
                compose.render(studio, heard.steps, inside / f"{stem}.mp3", about, part)
            sheet = _sheet(session, patient, sounding, day)
            (inside / f"{stem}{SHEET}").write_text(sheet, encoding="utf-8")
            done += 1
        (inside / LETTER).write_text(_letter(patient, contents, sounding.language), encoding="utf-8")
        (inside / RETURNED).mkdir()


def _sheet(session: PreparedSession, patient: Patient, sounding: Sounding, day: date) -> str:
    """Return the page to print."""
    assert session.played is not None
    language = sounding.language
    minutes = prepare.minutes(
        session.played, prepare.coached(SessionSettings(language=language)), sounding.rate
    )
    made = sheet_of(session.played, minutes, language, day, exercise_names(prepare.library(language)))
    return sheets.page(
        sheets.SheetPage(
            sheet=made,
            safety=safety.load(language, made.region),
            today=day,
            name=patient.name,
            pictures=partial(stills, say=phrases.load(language)),
        )
    )


def _letter(patient: Patient, contents: Sequence[Item], language: str) -> str:
    """Return two lines: how to begin, and how to send back what was done."""
    say = phrases.load(language)
    named = [say("letter.routine", name=each.session.name, file=f"{each.stem}.html") for each in contents]
    start = say(
        "letter.start",
        patient=patient.name,
        routines=say.join(named),
        start=say("page.words.start"),
        sheet=SHEET,
    )
    back = say("letter.back", save=say("page.words.save"), copy=say("page.words.copy"))
    return f"{start}\n{back}\n"


def check(folder: Path) -> None:
    """Raise UsageError or FileError when ``folder`` cannot be made, or has something in it."""
    place = folder.resolve()
    try:
        if not place.parent.is_dir():
            raise FileError(f"There is no folder {place.parent}. Make it, or name another place.")
        if place.is_dir() and place == Path.cwd():
            raise UsageError("You are in this folder, so it stays as it is. Name a new one in it.")
        if place.exists() and (not place.is_dir() or any(place.iterdir())):
            raise UsageError(f"{folder} is not an empty folder, so it stays as it is. Name a new one.")
    except OSError as error:
        raise _failed(folder, error) from error


@contextmanager
def _made(folder: Path) -> Iterator[Path]:
    """Yield a folder beside ``folder`` to put its contents in, which takes its place when all are there.

    Raises FileError when one of them cannot be written; then, and after an interruption, nothing is left.
    """
    place = folder.resolve()
    try:
        with tempfile.TemporaryDirectory(
            prefix=".voicecoach-", dir=place.parent, ignore_cleanup_errors=True
        ) as name:
            inside = Path(name) / "folder"
            inside.mkdir()
            yield inside
            with signals.deferred():
                if place.is_dir():
                    place.rmdir()  # Windows renames nothing to what is there
                inside.rename(place)
    except OSError as error:
        raise _failed(folder, error) from error


def _failed(folder: Path, error: OSError) -> FileError:
    return FileError(f"{folder} cannot be written ({error.strerror or error}). Name another place.")
