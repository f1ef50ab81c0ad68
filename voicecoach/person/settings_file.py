"""The settings as a file that a person can read and edit: ``config.toml`` in the folder for settings."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from voicecoach import paths
from voicecoach.errors import FileError, Problem, UnknownName, UsageError
from voicecoach.person import settings_text
from voicecoach.person.settings import SETTINGS, SessionSettings, Setting
from voicecoach.person.settings_sorts import PLACE
from voicecoach.person.settings_text import Found
from voicecoach.routine.files.located_yaml import Mistakes
from voicecoach.routine.progression import Rules
from voicecoach.safefiles import locked, write

MAX_BYTES: Final = 100_000


def file() -> Path:
    """The file's place; it may not exist."""
    return paths.user_config() / "config.toml"


def load() -> SessionSettings:
    """The settings for a session; defaults when there is no file.

    Raises FileError, with every problem, when there is one that cannot be understood.
    """
    return checked().settings


def load_rules() -> Rules:
    """The figures of the rules; the shipped ones when there is no file. Raises as :func:`load`."""
    return checked().rules


def checked() -> Found:
    """What is in the file; raises as :func:`load`."""
    found = read()
    if found.problems:
        raise FileError(complaint(found))
    return found


def read() -> Found:
    """What is in the file, and every problem in it. Raises FileError when it cannot be opened."""
    try:
        return settings_text.parse(_text() or "", file())
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        problem = Problem(file(), line, 1, "this is not text", "letters in UTF-8, as editors write them")
        return Found(SessionSettings(), Rules(), frozenset(), (problem,))


def complaint(found: Found) -> str:
    """What is wrong, a line each, and what to do."""
    return "\n".join((*map(str, found.problems), "Mend the settings with: voicecoach config edit"))


def setting(key: str) -> Setting:
    """The entry of the table with that key. Raises UnknownName."""
    spelt = key.strip().lower().replace("_", "-")
    if spelt not in SETTINGS:
        raise UnknownName("setting", key, SETTINGS, hint="'voicecoach config' and 'config rules' show them.")
    return SETTINGS[spelt]


def create() -> None:
    """Write the file with every default in a comment, when there is none. Raises FileError."""
    with _changing() as path:
        if not path.exists():
            write(path, settings_text.commented())


def change(key: str, typed: str) -> Setting:
    """Set ``key`` to what somebody typed; the rest of the file stays as it is, comments included.

    A file or folder is looked for from where they are.

    Raises UnknownName, UsageError for a value that cannot be, and FileError; then nothing is changed.
    """
    wanted = setting(key)
    if wanted.sort is PLACE and typed:
        typed = str(Path(typed) if typed.startswith("~") else Path(typed).resolve())
    try:
        value = wanted.sort.parse(typed)
    except Mistakes as found:
        mistake = found.mistakes[0]
        raise UsageError(f"{wanted.key}: {mistake.wrong}; {mistake.expected}.") from None
    with _changing() as path:
        text = _readable()
        before = settings_text.commented() if text is None else text
        write(path, _agreeing(settings_text.with_value(before, wanted, value), wanted))
    return wanted


def reset(key: str) -> Setting:
    """Let ``key`` have its default again.

    Raises UnknownName, UsageError and FileError as :func:`change`; then nothing is changed.
    """
    wanted = setting(key)
    with _changing() as path:
        text = _readable()
        if text is not None:
            write(path, _agreeing(settings_text.without_value(text, wanted), wanted))
    return wanted


def _agreeing(text: str, changed: Setting) -> str:
    """``text``, in which one setting was changed. Raises UsageError when it contradicts another now."""
    found = settings_text.parse(text, file())
    for pair in settings_text.conflicts(found):
        if changed in pair:
            raise UsageError(f"{'; '.join(settings_text.clash(found, *pair))}.")
    return text


@contextlib.contextmanager
def _changing() -> Iterator[Path]:
    """The place to write to, while no other program does; a link stays one. Raises FileError."""
    path = file()
    try:
        with locked(path.with_suffix(".lock")):
            yield path.resolve()
    except OSError as error:
        raise FileError(
            f"Your settings cannot be written to {path}: {error.strerror}. Set VOICECOACH_HOME to a folder"
            " that can be written to."
        ) from error


def _readable() -> str | None:
    """The file's text, or None when there is no file. Raises FileError when it cannot be changed safely."""
    try:
        text = _text()
    except UnicodeDecodeError:
        text = "\0"
    if text is not None and not settings_text.is_toml(text):
        raise FileError(f"{complaint(read())}\nNothing was changed.")
    return text


def _text() -> str | None:
    """The file's text; None when there is no file. Raises FileError, and UnicodeDecodeError."""
    path = file()
    try:
        with path.open("rb") as opened:
            source = opened.read(MAX_BYTES + 1)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise FileError(
            f"Your settings {path} cannot be read: {error.strerror}. Move that away, and the defaults hold."
        ) from error
    if len(source) > MAX_BYTES:
        raise FileError(f"Your settings {path} have more than {MAX_BYTES} bytes, so this is not that file.")
    return source.decode("utf-8-sig").replace("\r\n", "\n")
