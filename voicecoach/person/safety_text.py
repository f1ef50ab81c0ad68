"""The text about safety, from ``routines/safety/<language>.yaml``."""

from __future__ import annotations

from dataclasses import dataclass

import yaml

from voicecoach import paths


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and the points below it."""

    title: str
    points: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SafetyText:
    """All of it."""

    version: int
    """Goes up when the notice says something else, so that it is accepted again."""
    notice: tuple[str, ...]
    """Shown and spoken before the first session, a sentence each."""
    ask: str
    """How it is accepted, spoken after it."""
    sections: tuple[Section, ...]


def load(language: str = "en") -> SafetyText:
    """The text in ``language``, which is shipped."""
    text = paths.shipped("routines", "safety", f"{language}.yaml").read_text(encoding="utf-8")
    raw = yaml.safe_load(text)
    sections = tuple(Section(title, tuple(points)) for title, points in raw["sections"].items())
    return SafetyText(raw["version"], tuple(raw["notice"]), raw["ask"], sections)
