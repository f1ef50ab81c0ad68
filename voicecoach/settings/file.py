"""The settings as a file that a person can read and edit: ``config.toml`` in the folder for settings."""

from __future__ import annotations

import contextlib
import json
import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time
from pathlib import Path
from typing import Any, Final

from voicecoach import names, paths
from voicecoach.errors import FileError, OwnFileError, Problem, UsageError
from voicecoach.language import phrases
from voicecoach.language.phrases import Phrases
from voicecoach.routine.files.located_yaml import Mistakes, show
from voicecoach.routine.files.values import unknown_key
from voicecoach.safefiles import locked, opened, write
from voicecoach.settings.table import FORMER, SETTINGS, SessionSettings, Setting

MAX_BYTES: Final = 100_000
FIXED: Final = "rule-"
"""The prefix of version 0.1.0's keys for the figures of the rules, which are ignored now."""
SHOW_FIGURES: Final = "See them with: voicecoach config rules"


def file() -> Path:
    """The file's place; it may not exist."""
    return paths.user_config() / "config.toml"


def load() -> SessionSettings:
    """The settings for a session; defaults when there is no file.

    Raises FileError, with every problem, when there is one that cannot be understood.
    """
    return checked().settings


def own_phrases() -> Phrases:
    """The coach's words in the language that is set. Raises FileError as :func:`load`."""
    return phrases.load(load().language)


def checked() -> Found:
    """What is in the file; raises as :func:`load`."""
    found = read()
    if found.problems:
        raise FileError(complaint(found))
    return found


def read() -> Found:
    """What is in the file, and every problem in it. Raises FileError when it cannot be opened."""
    try:
        return parse(_text() or "", file())
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        problem = Problem(file(), line, 1, "this is not text", "letters in UTF-8, as editors write them")
        return Found(SessionSettings(), frozenset(), (problem,))


def complaint(found: Found) -> str:
    """Return the problems, one per line, and the remedy."""
    return "\n".join((*map(str, found.problems), "Mend the settings with: voicecoach config edit"))


def setting(key: str) -> Setting:
    """The entry of the table with that key. Raises UnknownName."""
    spelt = key.strip().lower().replace("_", "-")
    spelt = FORMER.get(spelt, spelt)
    if spelt.startswith(FIXED):
        raise UsageError(f"{key} is not a setting: the figures of the rules are fixed. {SHOW_FIGURES}")
    known = {each: (each,) for each in SETTINGS}
    return SETTINGS[names.meant("setting", spelt, known, hint="'voicecoach config' shows them.")]


def create() -> None:
    """Write the file with every default in a comment, when there is none. Raises FileError."""
    with _changing() as path:
        if not path.exists():
            write(path, commented())


def change(key: str, typed: str) -> Setting:
    """Set ``key`` to what somebody typed; the rest of the file stays as it is, comments included.

    A file or folder is looked for from where they are.

    Raises UnknownName, UsageError for a value that cannot be, and FileError; then nothing is changed.
    """
    wanted = setting(key)
    try:
        value = wanted.sort.typed(typed)
    except Mistakes as found:
        raise UsageError(refused(wanted, found)) from None
    with _changing() as path:
        text = _readable()
        before = commented() if text is None else text
        write(path, with_value(before, wanted, value))
    return wanted


def refused(wanted: Setting, why: Mistakes) -> str:
    """Return the sentence that refuses a value that somebody typed."""
    mistake = why.mistakes[0]
    stop = "" if mistake.expected.endswith("?") else "."
    return f"{wanted.key}: {mistake.wrong}; {mistake.expected}{stop}"


def reset(key: str) -> Setting:
    """Let ``key`` have its default again.

    Raises UnknownName and FileError as :func:`change`; then nothing is changed.
    """
    wanted = setting(key)
    with _changing() as path:
        text = _readable()
        if text is not None:
            write(path, without_value(text, wanted))
    return wanted


@contextlib.contextmanager
def _changing() -> Iterator[Path]:
    """The place to write to, while no other program does. Raises FileError."""
    path = file()
    try:
        with locked(path.with_suffix(".lock")):
            yield path
    except OSError as error:
        raise OwnFileError(
            f"Your settings cannot be written to {path}: {error.strerror}. Set VOICECOACH_HOME to a folder"
            " that can be written to."
        ) from error


def _readable() -> str | None:
    """The file's text, or None when there is no file. Raises FileError when it cannot be changed safely."""
    try:
        text = _text()
    except UnicodeDecodeError:
        text = "\0"
    if text is not None and not is_toml(text):
        raise FileError(f"{complaint(read())}\nNothing was changed.")
    return text


def _text() -> str | None:
    """The file's text; None when there is no file. Raises FileError, and UnicodeDecodeError."""
    path = file()
    try:
        with opened(path) as content:
            source = content.read(MAX_BYTES + 1)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise OwnFileError(
            f"Your settings {path} cannot be read: {error.strerror}. Move that away to use the defaults."
        ) from error
    if len(source) > MAX_BYTES:
        raise FileError(
            f"Your settings {path} have more than {MAX_BYTES} bytes, so this is not that file. Move it away"
            " to use the defaults."
        )
    return source.decode("utf-8-sig").replace("\r\n", "\n")


_HEAD: Final = """\
# Settings for voicecoach. A line that begins with # does nothing: to set something, remove the # and
# change the value after the =. An option of a command, such as --rate 140, overrides this file.
# To see the settings in use, and any mistakes: voicecoach config
"""
_DATES: Final = (date, time)
"""TOML has them, and no setting takes one; a datetime is a date."""
_ASSIGNMENT: Final = re.compile(r"""\s*\[{0,2}\s*["']?(?P<key>[\w-]+)["']?\s*(?:[=:]\s*)?""")


@dataclass(frozen=True, slots=True)
class Found:
    """What is in a text: what could be understood, and defaults for the rest."""

    settings: SessionSettings
    yours: frozenset[str]
    """The keys whose value comes from the text."""
    problems: tuple[Problem, ...] = ()
    unused: tuple[str, ...] = ()
    """The keys that begin with :data:`FIXED`, in the order of the file."""

    def value(self, setting: Setting) -> Any:  # noqa: ANN401 - each setting has a type of its own
        """The value of one setting."""
        return getattr(self.settings, setting.name)

    @property
    def remark(self) -> str:
        """What to say of settings that are not used any more, in one line; empty when there are none."""
        if not self.unused:
            return ""
        keys = ", ".join(self.unused)
        return f"Not used any more, as the figures of the rules are fixed: {keys}. {SHOW_FIGURES}"


def commented() -> str:
    """A text that sets nothing and explains everything."""
    return "\n".join((_HEAD, *map(_entry, SETTINGS.values())))


def parse(text: str, path: Path) -> Found:
    """What ``text`` sets, as far as it can be understood, and every problem in it; ``path`` names it."""
    text, problems = _mended(text, path)
    values: dict[str, Any] = {}
    unused: list[str] = []
    written = _toml(text)
    for key, each in written.items():
        if key.startswith(FIXED):
            unused.append(key)
            continue
        present = FORMER.get(key, key)
        if present not in SETTINGS:
            problems.append(Problem(path, *_place_of(key, text), *unknown_key(key, SETTINGS)))
            continue
        if key != present and present in written:
            wrong = f"'{key}' is '{present}' now, which is set as well"
            problems.append(Problem(path, *_place_of(key, text), wrong, "take this line out"))
            continue
        setting = SETTINGS[present]
        try:
            values[present] = setting.sort.parse(str(each) if isinstance(each, _DATES) else each)
        except Mistakes as error:
            line, column = _place_of(key, text, value=True)
            problems += [
                Problem(path, line, column, f"{key}: {mistake.wrong}", _wanted(mistake.expected, setting))
                for mistake in error.mistakes
            ]
    settings = SessionSettings(**{SETTINGS[key].name: value for key, value in values.items()})
    return Found(settings, frozenset(values), tuple(sorted(problems)), tuple(unused))


def _toml(text: str) -> dict[str, Any]:
    """The values in ``text``. Raises ValueError and RecursionError."""
    if not text:
        return {}
    import tomllib  # noqa: PLC0415 - not for those who have set nothing

    return tomllib.loads(text)


def is_toml(text: str) -> bool:
    """Whether the text keeps to the language, so that one of its values can be changed."""
    try:
        _toml(text)
    except (ValueError, RecursionError):
        return False
    return True


def with_value(text: str, setting: Setting, value: object) -> str:
    """``text``, which is TOML, with one setting changed; everything else stays, comments included."""
    import tomlkit  # noqa: PLC0415 - only changing needs it

    plain = setting.sort.plain(value)
    text = _renamed(text, setting)
    if setting.key not in _toml(text):
        on = re.sub(rf"(?m)^#[ \t]*(?={setting.key} = )", "", text, count=1)
        text = on if is_toml(on) else text
    document = tomlkit.parse(text)
    document[setting.key] = plain
    return tomlkit.dumps(document)


def without_value(text: str, setting: Setting) -> str:
    """``text``, which is TOML, with the default of one setting, in a comment where its value was."""
    import tomlkit  # noqa: PLC0415 - only changing needs it

    text = _renamed(text, setting)
    if setting.key not in _toml(text):
        return text
    as_default = with_value(text, setting, setting.default)
    off = re.sub(rf"(?m)^[ \t]*(?={setting.key}\s*=)", "# ", as_default, count=1)
    if is_toml(off) and setting.key not in _toml(off):
        return off
    document = tomlkit.parse(text)  # it was written in another way, such as [rate]
    document.remove(setting.key)
    return tomlkit.dumps(document)


def _renamed(text: str, setting: Setting) -> str:
    """``text``, which is TOML, with the present key of ``setting`` where its former one stands."""
    there = _toml(text)
    for former, present in FORMER.items():
        if present == setting.key and former in there and present not in there:
            renamed = re.sub(rf"(?m)^([ \t]*){former}(?=\s*=)", rf"\g<1>{present}", text, count=1)
            return renamed if is_toml(renamed) else text
    return text


def _entry(setting: Setting) -> str:
    wanted = _wanted(setting.sort.expected, setting)
    default = json.dumps(setting.sort.plain(setting.default))
    return f"{_comment(setting.about)}\n# {wanted[0].upper()}{wanted[1:]}\n# {setting.key} = {default}\n"


def _comment(text: str) -> str:
    return textwrap.fill(text, 110, initial_indent="# ", subsequent_indent="# ")


def _wanted(expected: str, setting: Setting) -> str:
    return f"{expected}; for example: {setting.example}"


def _mended(text: str, path: Path) -> tuple[str, list[Problem]]:
    """The text as TOML: lines that cannot be read, or set something again, are empty in it, and problems."""
    if is_toml(text):
        return text, []
    lines: list[str] = []
    problems: list[Problem] = []
    seen: set[str] = set()
    for number, line in enumerate(text.split("\n"), start=1):
        keys = set(_toml(line)) if is_toml(line) else None
        if keys is None:
            problems.append(_unreadable(path, number, line))
        elif again := keys & seen:
            problems.append(Problem(path, number, 1, f"{show(again.pop())} is set again", "set it only once"))
        lines.append("" if keys is None or keys & seen else line)
        seen |= keys or set()
    return "\n".join(lines), problems


def _unreadable(path: Path, number: int, line: str) -> Problem:
    match = _ASSIGNMENT.match(line)
    key = match["key"] if match else ""
    setting = SETTINGS.get(key.replace("_", "-"))
    wrong = f"{show(line.strip())} cannot be read"
    if match is None or setting is None:
        return Problem(path, number, 1, wrong, "a line such as rate = 140, or a comment that begins with #")
    return Problem(path, number, match.end() + 1, wrong, _wanted(setting.sort.expected, setting))


def _place_of(key: str, text: str, *, value: bool = False) -> tuple[int, int]:
    """Line and column of a key, or of its value."""
    for number, line in enumerate(text.split("\n"), start=1):
        match = _ASSIGNMENT.match(line)
        if match and match["key"] == key:
            return number, (match.end() if value else match.start("key")) + 1
    return 1, 1  # a key that is written with an escape
