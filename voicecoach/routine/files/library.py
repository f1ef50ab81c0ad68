"""Finds exercises, routines and programmes by name: first the user's own, then the shipped ones."""

from __future__ import annotations

import errno
import functools
import os
import re
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from voicecoach import names
from voicecoach import paths as data
from voicecoach.errors import FileError, Problem, RoutineError, UnknownName, VoicecoachError, told
from voicecoach.language.phrases import ENGLISH
from voicecoach.routine import place
from voicecoach.routine.files.exercise_figure import borrowed
from voicecoach.routine.files.located_yaml import MAX_BYTES, parse
from voicecoach.routine.files.programme import read_programme
from voicecoach.routine.files.routine import may_grow, read_exercise, read_routine, translate
from voicecoach.routine.files.sentences import lacking
from voicecoach.routine.files.shapes import KEYS, Contents, contents
from voicecoach.routine.model import Exercise, Kind, Routine
from voicecoach.routine.place import ENDINGS, composed, is_path
from voicecoach.routine.programme import Programme
from voicecoach.routine.suit import readable
from voicecoach.safefiles import is_file, is_folder, opened

MAX_NAME: Final = 100
"""Bytes in UTF-8; a file system allows 255 with the ending."""
_FOLDERS: Final = {"exercises": Contents.EXERCISE, "programmes": Contents.PROGRAMME}
_NAME = re.compile(r"\w[\w-]*")
"""A name is a file's name without its ending, and cannot lead into another folder."""
_MARKS: Final = {"Mn", "Mc"}
"""Accents, and vowels of Indian scripts, by Unicode's general category: parts of a letter before them."""
UNREADABLE: Final = (FileError, RoutineError, UnknownName)
"""What a name raises that was right once, as it stands in the journal or in a plan: its file may be gone."""
_EXERCISES: Final = "'voicecoach exercises' shows them all."
_LISTED: Final = "'voicecoach list' shows them all; a file is named with its ending, as in my.yaml."


class Entry(NamedTuple):
    """An exercise in a list of all exercises."""

    id: str
    name: str
    """Empty when its file has problems."""
    kind: Kind | None
    """None when its file has problems."""


class Library:
    """Routines are ``<folder>/<name>.yaml``, exercises ``<folder>/exercises/<name>.yaml``, and programmes
    ``<folder>/programmes/<name>.yaml``.

    Of two files with the same name, the one in the earlier folder counts. The sentences of an exercise stand
    in its file or, for each language, in ``<folder>/exercises/<language>/<name>.yaml``; what ``language``
    lacks is said in English. ``<folder>/<language>/<name>.yaml`` translates a routine's name and purpose.
    """

    def __init__(self, folders: Sequence[Path], language: str = ENGLISH) -> None:
        self.folders = tuple(folders)
        self.language = language
        self._exercises: dict[str, Exercise | RoutineError] = {}
        self._routines: dict[tuple[Path, bytes], Routine] = {}
        """The routines that were read, by their file and what stood in it."""

    @classmethod
    def default(cls, language: str = ENGLISH) -> Library:
        """The user's folder, then the shipped one."""
        return cls((data.user_routines(), data.shipped("routines")), language)

    def exercises(self) -> tuple[str, ...]:
        """Return the names of all exercises, in alphabetical order."""
        return _names(self._inside("exercises"))

    def routines(self) -> tuple[str, ...]:
        """Return the names of all routines, in alphabetical order."""
        return _names(self.folders)

    def programmes(self) -> tuple[str, ...]:
        """Return the names of all programmes, in alphabetical order."""
        return _names(self._inside("programmes"))

    def _inside(self, name: str) -> list[Path]:
        return [folder / name for folder in self.folders]

    def programme(self, name: str) -> Programme:
        """Return the programme called ``name``.

        Raises UnknownName, RoutineError with every problem in its file, or FileError.
        """
        path = _find(name, self._inside("programmes"))
        if path is None:
            raise UnknownName("programme", name, self.programmes())
        return _programme_once(read_file(path), path, name, self.routines())

    def has_exercise(self, name: str) -> bool:
        """Tell whether ``name`` is the id of an exercise, without a look at all of them."""
        return name in self._exercises or _find(name, self._inside("exercises")) is not None

    def exercise(self, name: str) -> Exercise:
        """Return the exercise at its library dose.

        Raises UnknownName, or RoutineError with every problem in its file, also for one that cannot be read.
        """
        if name not in self._exercises:
            path = _find(name, self._inside("exercises"))
            if path is None:
                raise UnknownName("exercise", name, self.exercises())
            try:
                sentences = tuple(self._sentences(path).items())
                exercise = _exercise_once(read_file(path), path, name, sentences)
                self._exercises[name] = exercise  # for one that borrows its figure from this one
                self._exercises[name] = self._drawn(exercise, path)
            except RoutineError as error:
                self._exercises[name] = error
            except FileError as error:
                wrong = f"this cannot be read: {getattr(error.__cause__, 'strerror', 'it is not there')}"
                self._exercises[name] = RoutineError([Problem(path, 1, 1, wrong, "a file that may be read")])
        found = self._exercises[name]
        if isinstance(found, RoutineError):
            raise found
        return found

    def _drawn(self, exercise: Exercise, path: Path) -> Exercise:
        """Return ``exercise`` with the figure that it borrows. Raises RoutineError when there is none."""
        if not exercise.figure_from:
            return exercise
        drawn, mistakes = borrowed(exercise, functools.partial(readable, self), self.exercises())
        if mistakes:
            document = parse(read_file(path), path, KEYS)
            document.complain_all((), mistakes)
            raise document.error()
        return drawn

    def lacking(self, name: str) -> tuple[str, ...]:
        """The keys of the sentences of the exercise with that name that are there in English alone.

        There are none when its sentences stand in its own file. Raises RoutineError or FileError.
        """
        path = _find(name, self._inside("exercises"))
        words = self._sentences(path) if path and self.language != ENGLISH else {}
        *own, english = (parse(text, file).data for file, text in words.items() or ((Path(), b"{}"),))
        return tuple(lacking(english, own[0] if own else None))

    def _sentences(self, path: Path) -> dict[Path, bytes]:
        """The files with the sentences of the exercise in ``path``: first this language's, then English."""
        files = [path.parent / each / path.name for each in dict.fromkeys((self.language, ENGLISH))]
        return {file: read_file(file) for file in files if is_file(file)}

    def routine_meant(self, typed: str) -> str:
        """Return the id of the routine that a person means by its id or title; a file stays as it is.

        Raises UnknownName, also as AmbiguousName.
        """
        if typed in self.routines():
            return typed
        known = self.routine_names()
        if is_path(typed):
            return next((each for each, called in known.items() if typed in called), typed)
        return names.meant("routine", typed, known, hint=_LISTED)

    def exercise_meant(self, typed: str) -> str:
        """Return the id of the exercise that a person means by its id or title.

        Raises UnknownName, also as AmbiguousName.
        """
        if typed in self.exercises():
            return typed
        return names.meant("exercise", typed, self.exercise_names(), hint=_EXERCISES)

    def programme_meant(self, typed: str) -> str:
        """Return the id of the programme that a person means. Raises UnknownName, also as AmbiguousName."""
        folders = self._inside("programmes")
        return names.meant("programme", typed, {each: _called(each, folders) for each in self.programmes()})

    def routine_names(self) -> dict[str, list[str]]:
        """Return the names of each routine: its id, then its title here and in English."""
        return {each: _called(each, self.folders, self.language) for each in self.routines()}

    def routine_name(self, ident: str) -> str:
        """Return the name of a routine, or its id when it cannot be read; it may be a file."""
        if is_path(ident):
            return _title(Path(ident)) or place.ident(ident)
        return next(iter(_called(ident, self.folders, self.language)[1:]), ident)

    def exercise_names(self) -> dict[str, list[str]]:
        """Return the names of each exercise: its id, then its title here and in English."""
        folders = self._inside("exercises")
        return {each: _called(each, folders, self.language, ENGLISH) for each in self.exercises()}

    def browse(self, kind: Kind | None = None) -> tuple[Entry, ...]:
        """List all exercises, or those of one kind, by kind from breathing to aerobic and then by name.

        Exercises whose files have problems come last. Raises FileError for a folder that cannot be read.
        """
        entries = [self._entry(ident) for ident in self.exercises()]
        order = [*Kind, None]
        entries.sort(key=lambda entry: order.index(entry.kind))
        return tuple(entry for entry in entries if kind in {None, entry.kind})

    def _entry(self, ident: str) -> Entry:
        try:
            exercise = self.exercise(ident)
        except RoutineError:
            return Entry(ident, "", None)
        return Entry(ident, exercise.name, exercise.kind)

    def locate(self, name_or_path: str | Path) -> Path:
        """Return the file of a routine. Raises UnknownName for a name that no routine has."""
        if is_path(name_or_path):
            return _at_home(name_or_path)
        name = str(name_or_path)
        path = _find(name, self.folders)
        if path is None:
            raise UnknownName("routine", name, self.routines(), hint=_LISTED)
        return path

    def load(self, name_or_path: str | Path) -> Routine:
        """Load a routine by its name, or from a file when the text has a separator or ends in .yaml.

        Exercises in a folder ``exercises`` beside the file come before those of the library.
        Raises UnknownName, RoutineError with every problem, or FileError.
        """
        path = self.locate(name_or_path)
        if (with_own := self.beside(path)) is not self:
            return with_own.load(path)
        source = read_file(path)
        routine = self._routines.get((path, source))
        if routine is None:
            routine = read_routine(source, path, place.ident(path), self)
            self._routines[path, source] = routine
        translated = path.parent / self.language / path.name
        return translate(routine, read_file(translated), translated) if is_file(translated) else routine

    def growing(self) -> frozenset[str]:
        """Return the names of the shipped routines whose doses rise; they share what was reached in them."""
        own, shipped = self.folders[:-1], self.folders[-1]
        names = (name for name in _names([shipped]) if _find(name, own) is None)
        return frozenset(name for name in names if may_grow(read_file(shipped / f"{name}.yaml")))

    def check(self, paths: Iterable[str | Path]) -> list[Problem]:
        """Return every problem in these files, named routines, and folders with all their files.

        Raises UnknownName or FileError for those that do not exist or cannot be read; the message includes
        every problem of the others.
        """
        problems: set[Problem] = set()
        missing: list[VoicecoachError] = []
        for each in paths:
            try:
                files = self.files(each)
            except (UnknownName, FileError) as error:
                missing.append(error)
                continue
            for file in files:
                try:
                    self.read(file)
                except RoutineError as error:
                    problems.update(error.problems)
                except FileError as error:
                    missing.append(error)
        if len(missing) == 1 and not problems:
            raise missing[0]
        if missing:
            raise FileError("\n".join((*told(sorted(problems)), *map(str, missing))))
        return sorted(problems)

    def files(self, name_or_path: str | Path) -> list[Path]:
        """Return one file, or all routines, exercises and programmes in a folder.

        The folder may itself be one of exercises or programmes. Raises UnknownName for a name that no routine
        has, and FileError for a folder without any such files.
        """
        folder = _at_home(name_or_path)
        if str(name_or_path) in self.routines() or not str(name_or_path) or not is_folder(folder):
            return [self.locate(self.routine_meant(str(name_or_path)))]
        try:
            inside = [
                *folder.iterdir(),
                *(folder / "exercises").glob("*"),
                *(folder / "programmes").glob("*"),
            ]
        except OSError as error:
            raise FileError(f"The folder {folder} cannot be read: {error.strerror}.") from error
        files = sorted(path for path in inside if path.suffix in ENDINGS and not path.is_dir())
        if not files:
            raise FileError(f"There are no routines in {folder}.")
        return files

    def read(self, path: Path) -> Routine | Exercise | Programme:
        """Read a file: an exercise or programme when it lies in a folder of those, else what its keys say.

        Raises RoutineError with every problem in it, or FileError.
        """
        folder = path.absolute().parent
        if folder.parent.name == "exercises":  # sentences
            return self.read(folder.parent / path.name)
        what = _FOLDERS.get(folder.name) or contents(parse(read_file(path), path, KEYS).data)
        if what is Contents.PROGRAMME:
            beside = folder.parent if folder.name in _FOLDERS else folder
            return read_programme(read_file(path), path, path.stem, {*self.routines(), *_names([beside])})
        if what is Contents.ROUTINE:
            return self.load(path)
        known = {*self.exercises(), *_names([folder])}
        exercise = read_exercise(read_file(path), path, path.stem, known, self._sentences(path))
        return self._drawn(exercise, path)

    def beside(self, path: Path) -> Library:
        """Return this library with the exercises beside the routine in ``path`` put first."""
        if path.parent in self.folders or not is_folder(path.parent / "exercises"):
            return self
        return Library((path.parent, *self.folders), self.language)


@functools.lru_cache(maxsize=2000)
def is_name(text: str) -> bool:
    """Tell whether ``text`` can name a routine or an exercise: a file's name without ending or folder."""
    letters = "".join(each for each in text if unicodedata.category(each) not in _MARKS)
    return bool(_NAME.fullmatch(letters)) and len(text.encode()) <= MAX_NAME


def _names(folders: Iterable[Path]) -> tuple[str, ...]:
    names: set[str] = set()
    for folder in folders:
        try:
            names.update(
                composed(file.stem)
                for file in folder.iterdir()
                if file.suffix in ENDINGS and is_name(file.stem)
            )
        except FileNotFoundError:
            continue
        except OSError as error:
            raise FileError(
                f"The folder {folder} cannot be read: {error.strerror}. Move away what stands there, or set"
                " VOICECOACH_HOME to another folder."
            ) from error
    return tuple(sorted(names))


def _find(name: str, folders: Iterable[Path]) -> Path | None:
    if not is_name(name):
        return None
    spelt = dict.fromkeys((name, composed(name), unicodedata.normalize("NFD", name)))
    candidates = (folder / f"{each}{ending}" for folder in folders for each in spelt for ending in ENDINGS)
    return next((path for path in candidates if os.path.lexists(path)), None)


@functools.lru_cache(maxsize=16)
def _programme_once(source: bytes, path: Path, name: str, routines: tuple[str, ...]) -> Programme:
    """Read the same text once, as each routine of a plan asks what its programme says of it."""
    return read_programme(source, path, name, routines)


@functools.lru_cache(maxsize=128)
def _exercise_once(
    source: bytes, path: Path, name: str, sentences: tuple[tuple[Path, bytes], ...]
) -> Exercise:
    """Read the same text once, whichever library asks for it."""
    return read_exercise(source, path, name, None, dict(sentences))


def _called(name: str, folders: Iterable[Path], *languages: str) -> list[str]:
    """Return ``name``, and the titles in its file and beside it, as far as they can be read."""
    path = _find(name, folders)
    files = [path.parent / language / path.name for language in languages] if path else []
    titles = (_title(file) for file in (*files, path) if file)
    return list(dict.fromkeys((name, *filter(None, titles))))


def _title(path: Path) -> str:
    """Return what stands after ``name:`` in a file; empty when nothing readable does."""
    try:
        now = path.stat()
    except (OSError, ValueError):
        return ""
    return _title_then(path, now.st_mtime_ns, now.st_size)


@functools.lru_cache(maxsize=1024)
def _title_then(path: Path, changed: int, size: int) -> str:  # noqa: ARG001 - what tells a changed file
    """Return the title in a file that was ``changed`` at that moment, as all are asked for each name."""
    try:
        found = parse(read_file(path), path, KEYS).data
    except (FileError, RoutineError):
        return ""
    title = found.get("name") if isinstance(found, dict) else None
    return title if isinstance(title, str) else ""


def _at_home(name_or_path: str | Path) -> Path:
    """Expand ``~`` in the path. Raises FileError for an unknown user's home."""
    try:
        return Path(name_or_path).expanduser()
    except RuntimeError as error:
        raise FileError(f"There is no file {name_or_path}. Check the name and the folder.") from error


def read_file(path: Path) -> bytes:
    """Return what is in a file, but no more bytes than show that it is too large. Raises FileError."""
    try:
        with opened(path) as file:
            return file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise FileError(f"There is no file {path}. Check the name and the folder.") from None
    except OSError as error:
        refused = error.errno == errno.EACCES
        way_out = "Give yourself permission to read it" if refused else "Name another file that ends in .yaml"
        raise FileError(f"{path} cannot be read: {error.strerror}. {way_out}.") from error
