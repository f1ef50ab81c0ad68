"""The profile as a file that a person can read and edit: ``profile.yaml`` in the data folder."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

from voicecoach.routine.files.located_yaml import Data
from voicecoach.routine.files.values import choice, many, plain_text, weight
from voicecoach.routine.model import Caution, Explaining, Profile
from voicecoach.settings.own_file import Notice, OwnFile, parse_keys
from voicecoach.units import format_load

EVERYTHING: Final = "everything"

_TEXT: Final = Path(__file__).with_name("profile.txt").read_text(encoding="utf-8")
"""The file with blanks."""


_FILE: Final = OwnFile[Profile](
    "profile",
    "answer again with 'voicecoach profile --ask'",
    " Until then no routine can be made to suit you; '--as-written' does one without it.",
)
file = _FILE.path


def load() -> Profile | None:
    """Return the profile, or None when there is none yet.

    Raises FileError when there is one that cannot be understood. It is never taken for no profile: that could
    bring back an exercise that hurts.
    """
    return _FILE.load(_profile)


def save(profile: Profile, notice: Notice) -> None:
    """Write the profile, and keep what cannot be understood there under another name. Raises FileError."""
    _FILE.save(_text(profile), notice, _profile)


def clear(notice: Notice) -> None:
    """Forget the profile; one that cannot be understood is kept under another name. Raises FileError."""
    _FILE.remove(notice, _profile)


def _profile(source: bytes, path: Path) -> Profile:
    parsers = {
        "cautions": _cautions,
        "equipment": _equipment,
        "weights": _weights,
        "coaching": choice(Explaining),
    }
    read, document = parse_keys(source, path, "cautions: [knee]", {}, parsers)
    if document.problems:
        raise document.error()
    return Profile(**read)


def _cautions(raw: Data) -> frozenset[Caution]:
    return frozenset(many(choice(Caution), "a list such as [knee, wrist], or [] for none")(raw))


def _equipment(raw: Data) -> frozenset[str] | None:
    if raw == EVERYTHING:
        return None
    return frozenset(many(plain_text, "everything, or a list such as [mat, chair]")(raw))


def _weights(raw: Data) -> tuple[float, ...]:
    return tuple(sorted(set(many(weight, "a list such as [1 kg, 5 lb], or [] for none")(raw))))


def _text(profile: Profile) -> str:
    things = profile.equipment
    listed = [json.dumps(thing, ensure_ascii=False) for thing in sorted(things or ())]
    return _TEXT.format(
        all_cautions=", ".join(Caution),
        cautions=", ".join(tag for tag in Caution if tag in profile.cautions),
        equipment=EVERYTHING if things is None else f"[{', '.join(listed)}]",
        weights=", ".join(map(format_load, profile.weights)),
        coaching=profile.coaching,
    )
