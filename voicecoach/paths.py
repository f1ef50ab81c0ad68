"""The folders of the shipped data and of the user's own files.

``routines/`` and ``sounds/`` lie inside the package in a wheel and beside it in a checkout or an
editable install. The user's folders follow the platform, or all lie under ``VOICECOACH_HOME``.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

RESTORING: Final = ".restoring"
_PACKAGE = Path(__file__).resolve().parent


def shipped(*parts: str) -> Path:
    """Return the path of a shipped file or folder, such as ``shipped("routines", "core.yaml")``."""
    inside = _PACKAGE / "_data"
    return (inside if inside.is_dir() else _PACKAGE.parent).joinpath(*parts)


def home() -> Path | None:
    """Return the folder in ``VOICECOACH_HOME``, or None when the variable is unset or empty."""
    named = os.environ.get("VOICECOACH_HOME")
    return Path(named).expanduser().absolute() if named else None


def user_routines() -> Path:
    """Return the folder of the person's own routines; it may not exist yet."""
    return _user("data") / "routines"


def user_data() -> Path:
    """Return the folder for data that must be kept; it may not exist yet."""
    return _user("data")


def journal() -> Path:
    """The journal; it may not exist yet."""
    return _user("data") / "journal.db"


def half_restored() -> Path:
    """Return the folder of what a restored copy has yet to put in its places; there is none mostly."""
    return _user("data") / RESTORING


def user_config() -> Path:
    """Return the folder for settings; it may not exist yet."""
    return _user("config")


def cache() -> Path:
    """Return the folder for files that can be made again."""
    return _user("cache")


def speech_cache() -> Path:
    """Return the folder for rendered speech; its files can be made again."""
    return cache() / "speech"


def _user(kind: str) -> Path:
    if root := home():
        return root / kind
    import platformdirs  # noqa: PLC0415 - 27 ms that --help need not pay

    folders = {
        "cache": platformdirs.user_cache_dir,
        "config": platformdirs.user_config_dir,
        "data": platformdirs.user_data_dir,
    }
    return Path(folders[kind]("voicecoach", appauthor=False))
