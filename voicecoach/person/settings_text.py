"""The settings as text: what stands in it, everything that is wrong with it, and how one is changed in it."""

from __future__ import annotations

import json
import re
import textwrap
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, time
from pathlib import Path
from typing import Any, Final

from voicecoach.errors import Problem
from voicecoach.person.settings import RULES_ABOUT, SETTINGS, SessionSettings, Setting, rule_key
from voicecoach.routine.files.located_yaml import Mistakes, show
from voicecoach.routine.files.values import unknown_key
from voicecoach.routine.progression import Rules

_HEAD: Final = """\
# Settings for voicecoach. A line that begins with # does nothing: to set something, take the # away and
# change what stands behind the =. An option of a command, such as --rate 140, comes before this file.
# What holds, and whether there are mistakes: voicecoach config
"""
_DATES: Final = (date, time)
"""TOML has them, and no setting takes one; a datetime is a date."""
_ASSIGNMENT: Final = re.compile(r"""\s*\[{0,2}\s*["']?(?P<key>[\w-]+)["']?\s*(?:[=:]\s*)?""")


@dataclass(frozen=True, slots=True)
class Found:
    """What is in a text: what could be understood, and defaults for the rest."""

    settings: SessionSettings
    rules: Rules
    yours: frozenset[str]
    """The keys whose value comes from the text."""
    problems: tuple[Problem, ...] = ()

    def value(self, setting: Setting) -> Any:  # noqa: ANN401 - each setting has a type of its own
        """The value of one setting."""
        return getattr(self.rules if setting.rule else self.settings, setting.name)


def commented() -> str:
    """A text that sets nothing and explains everything."""
    entries = [
        [_entry(setting) for setting in SETTINGS.values() if setting.rule is rule] for rule in (False, True)
    ]
    return "\n".join((_HEAD, *entries[0], f"{_comment(RULES_ABOUT)}\n", *entries[1]))


def parse(text: str, path: Path) -> Found:
    """What ``text`` sets, as far as it can be understood, and every problem in it; ``path`` names it."""
    text, problems = _mended(text, path)
    values: dict[str, Any] = {}
    for key, each in tomllib.loads(text).items():
        if key not in SETTINGS:
            problems.append(Problem(path, *_place_of(key, text), *unknown_key(key, SETTINGS)))
            continue
        setting = SETTINGS[key]
        try:
            values[key] = setting.sort.parse(str(each) if isinstance(each, _DATES) else each)
        except Mistakes as error:
            line, column = _place_of(key, text, value=True)
            problems += [
                Problem(path, line, column, f"{key}: {mistake.wrong}", _wanted(mistake.expected, setting))
                for mistake in error.mistakes
            ]
    of_rules, of_sessions = (
        {SETTINGS[key].name: value for key, value in values.items() if SETTINGS[key].rule is rule}
        for rule in (True, False)
    )
    found = Found(SessionSettings(**of_sessions), Rules(**of_rules), frozenset(values))
    for first, second in conflicts(found):
        key = first.key if first.key in found.yours else second.key
        problems.append(Problem(path, *_place_of(key, text, value=True), *clash(found, first, second)))
    return replace(found, problems=tuple(sorted(problems)))


def conflicts(found: Found) -> Iterator[tuple[Setting, Setting]]:
    """Figures of the rules of which the first should be less than the second, and is not."""
    for pair in found.rules.conflicts:
        first, second = (SETTINGS[rule_key(name)] for name in pair)
        yield first, second


def clash(found: Found, first: Setting, second: Setting) -> tuple[str, str]:
    """What is wrong with two of them, and what to do."""
    less, more = (f"{each.key} = {each.shown(found.value(each))}" for each in (first, second))
    return f"{less} is not less than {more}", "change one of the two"


def is_toml(text: str) -> bool:
    """Whether the text keeps to the language, so that one of its values can be changed."""
    try:
        tomllib.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def with_value(text: str, setting: Setting, value: object) -> str:
    """``text``, which is TOML, with one setting changed; everything else stays, comments included."""
    import tomlkit  # noqa: PLC0415 - only changing needs it

    plain = setting.sort.plain(value)
    if setting.key not in tomllib.loads(text):
        on = re.sub(rf"(?m)^#[ \t]*(?={setting.key} = )", "", text, count=1)
        text = on if is_toml(on) else text
    document = tomlkit.parse(text)
    document[setting.key] = plain
    return tomlkit.dumps(document)


def without_value(text: str, setting: Setting) -> str:
    """``text``, which is TOML, with the default of one setting, in a comment where its value was."""
    import tomlkit  # noqa: PLC0415 - only changing needs it

    if setting.key not in tomllib.loads(text):
        return text
    as_default = with_value(text, setting, setting.default)
    off = re.sub(rf"(?m)^[ \t]*(?={setting.key}\s*=)", "# ", as_default, count=1)
    if is_toml(off) and setting.key not in tomllib.loads(off):
        return off
    document = tomlkit.parse(text)  # it was written in another way, such as [rate]
    document.remove(setting.key)
    return tomlkit.dumps(document)


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
        keys = set(tomllib.loads(line)) if is_toml(line) else None
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
