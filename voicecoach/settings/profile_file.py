"""The profile as a file that a person can read and edit: ``profile.yaml`` in the data folder."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, time
from pathlib import Path
from typing import Final, Literal, Self

from voicecoach.routine.files import day_words
from voicecoach.routine.files.exercise_parts import weight
from voicecoach.routine.files.located_yaml import Data, show, wrong
from voicecoach.routine.files.values import choice, collect, many, plain_text, region
from voicecoach.routine.model import Caution
from voicecoach.routine.profile import Explaining
from voicecoach.routine.region import Region
from voicecoach.settings.own_file import Notice, OwnFile, day, parse_keys
from voicecoach.units import format_load

EVERYTHING: Final = "everything"
UNKNOWN: Final = "unknown"
NEVER: Final = "never"
ALWAYS: Final = date.max
"""The day of a caution that stays, such as a fusion: it is never asked about again."""
_ALWAYS: Final = "always"
Equipment = frozenset[str] | Literal["everything", "unknown"]

_TEXT: Final = Path(__file__).with_name("profile.txt").read_text(encoding="utf-8")
"""The file with blanks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnProfile:
    """What a person said about themselves; at first nothing."""

    cautions: Mapping[Caution, date | None] = field(default_factory=dict)
    """What to be careful with, with the day on which they said so; None when that is not known, and
    :data:`ALWAYS` for what stays."""
    unanswered: frozenset[Caution] = frozenset(Caution) - {Caution.AM, Caution.HIP_NEW}
    """The cautions they were not asked about, or skipped. Nobody asks about the morning, for which
    there is a clock, nor about a new hip alone, which is a part of the question about surgery."""
    equipment: Equipment = UNKNOWN
    up_at: time | None = None
    """When they get up; None when they did not say."""
    coaching: Explaining = Explaining.AUTO
    weights: tuple[float, ...] = ()
    """Kilograms of each weight they have, lightest first; empty when they did not say."""
    region: Region | None = None
    """What most of their routines are for, unless those say; None when they did not say."""
    skipped: date | None = None
    """The day on which they skipped questions of the profile last."""

    def with_answer(self, caution: Caution, *, careful: bool, on: date | None) -> Self:
        """Return it with an answer of a day: whether to be careful with ``caution``."""
        others = {each: said for each, said in self.cautions.items() if each is not caution}
        if careful:
            others[caution] = on
        return replace(self, cautions=others, unanswered=self.unanswered - {caution})

    def with_new_hip(self, on: date | None) -> Self:
        """Return it with a hip replaced lately in place of surgery, and as a hip to be careful with later."""
        without = self.with_answer(Caution.OP, careful=False, on=None)
        return without.with_answer(Caution.HIP_NEW, careful=True, on=on).with_answer(
            Caution.HIP, careful=True, on=None
        )


_FILE: Final = OwnFile[OwnProfile](
    "profile",
    "answer again with 'voicecoach profile --ask'",
    " Until then no routine can be made to suit you; '--as-written' does one without it.",
)
file = _FILE.path


def load() -> OwnProfile | None:
    """Return the profile, or None when there is none yet.

    Raises FileError when there is one that cannot be understood. It is never taken for no profile: that could
    bring back an exercise that hurts.
    """
    return _FILE.load(read)


def save(profile: OwnProfile, notice: Notice) -> None:
    """Write the profile, and keep what cannot be understood there under another name. Raises FileError."""
    _FILE.save(_text(profile), notice, read)


def clear(notice: Notice) -> None:
    """Forget the profile; one that cannot be understood is kept under another name. Raises FileError."""
    _FILE.remove(notice, read)


def read(source: bytes, path: Path) -> OwnProfile:
    """Read the profile in the text of a file. Raises RoutineError with every problem in it."""
    parsers = {
        "cautions": _cautions,
        "unanswered": lambda raw: frozenset(many(choice(Caution), "a list such as [osteo, op], or []")(raw)),
        "equipment": _equipment,
        "up_at": up_at,
        "weights": _weights,
        "coaching": choice(Explaining),
        "region": lambda raw: None if raw == UNKNOWN else region(raw),
        "skipped": lambda raw: None if raw == NEVER else day(raw),
    }
    found, document = parse_keys(source, path, "cautions: [knee]", {}, parsers)
    if document.problems:
        raise document.error()
    found.setdefault("unanswered", frozenset())  # version 0.1.0 asked all questions at once
    return OwnProfile(**found)


def _cautions(raw: Data) -> dict[Caution, date | None]:
    return dict(many(_caution, "a list such as [knee, acute: 2026-03-02], or [] for none")(raw))


def _caution(raw: Data) -> tuple[Caution, date | None]:
    """Parse a caution, with or without the day on which it was said."""
    if not isinstance(raw, dict):
        return choice(Caution)(raw), None
    if len(raw) != 1:
        raise wrong(f"{show(raw)} is not one caution with its day", "such as acute: 2026-03-02")
    [(name, said)] = raw.items()
    (on,) = collect([((name,), said)], _said)
    return choice(Caution)(name), on


def _said(raw: Data) -> date:
    return ALWAYS if raw == _ALWAYS else day(raw)


def _equipment(raw: Data) -> Equipment:
    if raw == EVERYTHING:
        return EVERYTHING
    if raw == UNKNOWN:
        return UNKNOWN
    return frozenset(many(plain_text, "everything, unknown, or a list such as [mat, chair]")(raw))


def _weights(raw: Data) -> tuple[float, ...]:
    return tuple(sorted(set(many(weight, "a list such as [1 kg, 5 lb], or [] for none")(raw))))


def up_at(raw: Data) -> time | None:
    """Parse the time at which somebody gets up. Raises Mistakes."""
    return None if raw == UNKNOWN else day_words.clock(raw)


def _text(profile: OwnProfile) -> str:
    things = str(profile.equipment)
    if not isinstance(profile.equipment, str):
        listed = (json.dumps(thing, ensure_ascii=False) for thing in sorted(profile.equipment))
        things = f"[{', '.join(listed)}]"
    return _TEXT.format(
        all_cautions=", ".join(Caution),
        cautions=", ".join(
            f"{tag}: {_ALWAYS if said == ALWAYS else said}" if (said := profile.cautions[tag]) else tag
            for tag in Caution
            if tag in profile.cautions
        ),
        unanswered=", ".join(tag for tag in Caution if tag in profile.unanswered),
        equipment=things,
        weights=", ".join(map(format_load, profile.weights)),
        up_at=f'"{profile.up_at:%H:%M}"' if profile.up_at else UNKNOWN,
        coaching=profile.coaching,
        all_regions=", ".join(Region),
        region=profile.region or UNKNOWN,
        skipped=profile.skipped or NEVER,
    )
