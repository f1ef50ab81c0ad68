"""The safety text, and what was answered to it: ``safety.json`` in the data folder.

The file has the version of the notice that was accepted, and for each region the version whose signs of an
emergency the person does not have.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from voicecoach import paths
from voicecoach.language import phrases, tables
from voicecoach.routine.region import Region
from voicecoach.safefiles import read, write

_LARGEST: Final = 10_000
"""The most bytes of the file with the answers [own choice]; it has some hundred."""


def file() -> Path:
    """The file's place; it may not exist."""
    return paths.user_data() / "safety.json"


def accepted(version: int) -> bool:
    """Tell whether this version of the notice was accepted; when that is unknown, it was not."""
    return _kept().get("accepted") == version


def accepted_before(version: int) -> bool:
    """Tell whether an earlier version of the notice was accepted."""
    found = _kept().get("accepted")
    return isinstance(found, int) and found < version


def without_signs(version: int, day: date | None = None, region: Region = Region.BACK) -> bool:
    """Tell whether the person said that they have no sign of an emergency: of this version, on ``day``.

    Each region has its own signs, and so its own answer.
    """
    kept, signs = _kept(), _signs(region)
    if kept.get(signs) != version:
        return False
    return day is None or str(kept.get(f"{signs}_at")).startswith(day.isoformat())


def accept(version: int, now: datetime, notice: Callable[[str], None]) -> None:
    """Remember the acceptance; when that fails, ``notice`` gets a line and the safety notice comes again."""
    _keep(notice, accepted=version, at=now.isoformat(timespec="seconds"))


def rule_out_signs(
    version: int, now: datetime, notice: Callable[[str], None], region: Region = Region.BACK
) -> None:
    """Remember that the person has no sign of an emergency; when that fails, they are asked again."""
    signs = _signs(region)
    _keep(notice, **{signs: version, f"{signs}_at": now.isoformat(timespec="seconds")})


def _signs(region: Region) -> str:
    """Return the key of the answer about the signs of a region."""
    return "no_signs" if region is Region.BACK else f"no_signs_{region}"


def _kept() -> dict[str, Any]:
    """Return what the file says; nothing when it cannot be understood."""
    try:
        found = json.loads(read(file(), _LARGEST))
    except (OSError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _keep(notice: Callable[[str], None], **more: object) -> None:
    try:
        write(file(), json.dumps(_kept() | more) + "\n")
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
    """All of it, for one region of the body."""

    region: Region
    version: int
    """Raised when the notice or the signs of an emergency change, so that people are asked again."""
    notice: tuple[str, ...]
    """Shown and spoken before the first session, a sentence each."""
    unreviewed: str
    """The sentence of the notice that says that nobody has reviewed the exercises."""
    prescribed: str
    """What says instead who chose those of a routine."""
    ask: str
    """The question for acceptance, spoken after it."""
    sections: tuple[Section, ...]

    def notice_of(self, by: str) -> tuple[str, ...]:
        """Return the notice before a routine ``by`` a clinician; empty for one that nobody prescribed."""
        chosen = self.who_chose(by)
        return tuple(chosen if each == self.unreviewed else each for each in self.notice)

    def who_chose(self, by: str) -> str:
        """Say who chose the exercises of a routine ``by`` a clinician; or that nobody has reviewed them."""
        named = f"{by}," if "," in by else by
        return self.prescribed.format(by=named) if by else self.unreviewed

    @property
    def emergency(self) -> Section:
        """The signs with which nobody should exercise."""
        return self.sections[0]

    @property
    def warnings(self) -> tuple[Section, ...]:
        """The signs of an emergency, and those at which one stops an exercise and the session."""
        emergency, _, *stop = self.sections[:4]
        return (emergency, *stop)


@functools.cache
def load(language: str = "en", region: Region = Region.BACK) -> SafetyText:
    """The text for a region in ``language``, which is shipped, read once."""
    raw = tables.read(paths.shipped("routines", "safety", f"{language}.yaml"))
    say = phrases.load(language)
    signs = say.all_of(f"region.{region}.emergency")
    if region is Region.BACK:
        notice, rest = raw["notice"], raw["sections"]
    else:
        added = {name: say.all_of(f"region.{region}.{name}") for name in ("notice", "first", "halt")}
        notice = _filled(raw["notice_elsewhere"], added)
        rest = {title: _filled(points, added) for title, points in raw["sections_elsewhere"].items()}
    sections = (Section(raw["emergency"], signs), *(Section(title, tuple(rest[title])) for title in rest))
    told = (raw["unreviewed"], raw["prescribed"], raw["ask"])
    return SafetyText(region, raw["version"], tuple(notice), *told, sections)


def _filled(points: Sequence[str], added: Mapping[str, tuple[str, ...]]) -> list[str]:
    """Return ``points``, with those of a region where its key stands in braces."""
    return [each for point in points for each in added.get(point.strip("{}"), (point,))]
