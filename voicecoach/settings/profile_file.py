"""The profile as a file that a person can read and edit: ``profile.yaml`` in the data folder."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Final

from voicecoach import paths
from voicecoach.errors import FileError, RoutineError
from voicecoach.routine.files.located_yaml import Data, Mistakes, parse, show
from voicecoach.routine.files.values import choice, group, many, plain_text
from voicecoach.routine.model import Caution, Explaining, Profile
from voicecoach.safefiles import set_aside, write

EVERYTHING: Final = "everything"

Notice = Callable[[str], None]

_TEXT: Final = """\
# What the coach knows about you. Edit it here, or run: voicecoach profile --ask

# What to be careful with, any of:
# {all_cautions}
cautions: [{cautions}]

# What you have to exercise with: everything, or a list such as [mat, chair]
equipment: {equipment}

# How much is explained before an exercise: auto (a lot while it is new to you), full or short
coaching: {coaching}
"""


def file() -> Path:
    """The file's place; it may not exist."""
    return paths.user_data() / "profile.yaml"


def load() -> Profile | None:
    """The profile, or None when there is none yet.

    Raises FileError when there is one that cannot be understood. It is never taken for no profile: that could
    bring back an exercise that hurts.
    """
    path = file()
    try:
        source = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise FileError(
            f"Your profile {path} cannot be read: {error.strerror}. Move it away, and answer again with"
            " 'voicecoach profile --ask'. '--as-written' does a routine without it."
        ) from error
    try:
        return _profile(source, path)
    except RoutineError as error:
        raise FileError(
            f"{error}\nYour profile cannot be understood, so no routine can be made to suit you. Mend it, or"
            " answer again with 'voicecoach profile --ask' (the file is then kept under another name)."
            " '--as-written' does a routine without it."
        ) from error


def save(profile: Profile, notice: Notice) -> None:
    """Write the profile; what stood there and cannot be understood is kept under another name, and named.

    Raises FileError when it cannot be written.
    """
    path = file()
    try:
        _keep_what_is_damaged(notice)
        write(path, _text(profile))
    except OSError as error:
        raise FileError(
            f"Your profile cannot be written to {path}: {error.strerror}. Set VOICECOACH_HOME to a"
            " folder that can be written to."
        ) from error


def clear(notice: Notice) -> None:
    """Forget the profile; one that cannot be understood is kept under another name. Raises FileError."""
    try:
        _keep_what_is_damaged(notice)
        file().unlink(missing_ok=True)
    except NotADirectoryError:
        return
    except OSError as error:
        raise FileError(f"Your profile {file()} cannot be removed: {error.strerror}.") from error


def _keep_what_is_damaged(notice: Notice) -> None:
    try:
        load()
    except FileError:
        aside = set_aside(file())
        notice(f"The profile that could not be understood is kept as {aside}.")


def _profile(source: bytes, path: Path) -> Profile:
    document = parse(source, path)
    raw = document.data
    if not isinstance(raw, dict):
        document.complain((), f"{show(raw)} stands here", "lines such as 'cautions: [knee]'")
        raise document.error()
    try:
        read = group(
            raw, {}, {"cautions": _cautions, "equipment": _equipment, "coaching": choice(Explaining)}
        )
    except Mistakes as found:
        document.complain_all((), found.mistakes)
    if document.problems:
        raise document.error()
    return Profile(**read)


def _cautions(raw: Data) -> frozenset[Caution]:
    return frozenset(many(choice(Caution), "a list such as [knee, wrist], or [] for none")(raw))


def _equipment(raw: Data) -> frozenset[str] | None:
    if raw == EVERYTHING:
        return None
    return frozenset(many(plain_text, "everything, or a list such as [mat, chair]")(raw))


def _text(profile: Profile) -> str:
    things = profile.equipment
    listed = [json.dumps(thing, ensure_ascii=False) for thing in sorted(things or ())]
    return _TEXT.format(
        all_cautions=", ".join(Caution),
        cautions=", ".join(tag for tag in Caution if tag in profile.cautions),
        equipment=EVERYTHING if things is None else f"[{', '.join(listed)}]",
        coaching=profile.coaching,
    )
