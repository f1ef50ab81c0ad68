"""Remembers which version of the safety notice was accepted: ``safety.json`` in the data folder."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import yaml

from voicecoach import paths
from voicecoach.safefiles import write


def file() -> Path:
    """The file's place; it may not exist."""
    return paths.user_data() / "safety.json"


def accepted(version: int) -> bool:
    """Tell whether this version of the notice was accepted; when that is unknown, it was not."""
    try:
        found = json.loads(file().read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return False
    return isinstance(found, dict) and found.get("accepted") == version


def accept(version: int, now: datetime, notice: Callable[[str], None]) -> None:
    """Remember the acceptance; when that fails, ``notice`` gets a line and the safety notice comes again."""
    entry = {"accepted": version, "at": now.isoformat(timespec="seconds")}
    try:
        write(file(), json.dumps(entry) + "\n")
    except OSError as error:
        notice(
            f"That you accepted the safety notice cannot be kept in {file()} ({error.strerror}):"
            " it will be shown again."
        )


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and the points below it."""

    title: str
    points: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SafetyText:
    """All of it."""

    version: int
    """Raised when the notice changes, so that people accept it again."""
    notice: tuple[str, ...]
    """Shown and spoken before the first session, a sentence each."""
    ask: str
    """The question for acceptance, spoken after it."""
    sections: tuple[Section, ...]


def load(language: str = "en") -> SafetyText:
    """The text in ``language``, which is shipped."""
    text = paths.shipped("routines", "safety", f"{language}.yaml").read_text(encoding="utf-8")
    raw = yaml.safe_load(text)
    sections = tuple(Section(title, tuple(points)) for title, points in raw["sections"].items())
    return SafetyText(raw["version"], tuple(raw["notice"]), raw["ask"], sections)
