"""The files and folders that a person names on the command line and in ``VOICECOACH_HOME``."""

from __future__ import annotations

from pathlib import Path

from voicecoach import paths
from voicecoach.errors import FileError, UsageError


def at_home(path: Path) -> Path:
    """Expand ``~`` in the path. Raises FileError for the home of a user who does not exist."""
    try:
        return path.expanduser()
    except RuntimeError as error:
        raise FileError(f"{path} names the home of a user who does not exist. Name another place.") from error


def check_home() -> None:
    """Raise UsageError when ``VOICECOACH_HOME`` cannot be a folder's name."""
    try:
        paths.home()
    except RuntimeError as error:
        raise UsageError(
            "VOICECOACH_HOME names the home of a user who does not exist. Set it to another folder."
        ) from error
