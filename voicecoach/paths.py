"""Where the shipped data and the user's own files are.

``routines/`` and ``sounds/`` stand inside the package in a wheel and beside it in a checkout or an
editable install. The user's folders follow the platform, or all lie under ``VOICECOACH_HOME``.
"""

from __future__ import annotations

import os
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def shipped(*parts: str) -> Path:
    """A file or folder that came with the program, such as ``shipped("routines", "core.yaml")``."""
    inside = _PACKAGE / "_data"
    return (inside if inside.is_dir() else _PACKAGE.parent).joinpath(*parts)


def home() -> Path | None:
    """The folder named by ``VOICECOACH_HOME``, or None when the variable is unset or empty."""
    named = os.environ.get("VOICECOACH_HOME")
    return Path(named).expanduser().absolute() if named else None


def user_routines() -> Path:
    """The folder for a person's own routines; it may not exist yet."""
    return _user("data") / "routines"


def user_data() -> Path:
    """The folder for what must be kept; it may not exist yet."""
    return _user("data")


def user_config() -> Path:
    """The folder for settings; it may not exist yet."""
    return _user("config")


def cache() -> Path:
    """The folder for what can be made again."""
    return _user("cache")


def speech_cache() -> Path:
    """The folder for rendered speech; everything in it can be made again."""
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
