"""Where the page of each routine was served: ``shared.json`` in the data folder.

A browser keeps what a page wrote down for its address alone. So a routine keeps its address, and the phone
finds what it has not brought back yet.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from voicecoach import paths
from voicecoach.safefiles import locked, read, write

_LARGEST: Final = 100_000
"""The most bytes of the file [own choice]; a routine has about a hundred."""
_MOST: Final = 200
"""Routines whose address is kept, the latest ones [own choice]."""
_TOKEN: Final = re.compile(r"[0-9a-z]{16,64}")


@dataclass(frozen=True, slots=True)
class Served:
    """Where a page was served."""

    host: str
    """The address of this computer."""
    port: int
    token: str
    """What makes the address one that nobody can guess."""


def file() -> Path:
    """Return the file's place; it may not exist."""
    return paths.user_data() / "shared.json"


def served(routine: str) -> Served | None:
    """Return where the page of a routine was served last; None when that is not known."""
    return _served(_kept().get(routine))


def keep(routine: str, where: Served, notice: Callable[[str], None]) -> None:
    """Remember it; when that fails, ``notice`` gets a line."""
    try:
        with locked(file().with_suffix(".lock")):
            others = {name: each for name, each in _kept().items() if name != routine and _served(each)}
            latest = dict([*others.items(), (routine, asdict(where))][-_MOST:])
            write(file(), json.dumps(latest, indent=1) + "\n")
    except OSError as error:
        why = error.strerror or error
        notice(f"The address cannot be kept in {file()} ({why}), so the next time it is another one.")


def _kept() -> dict[str, Any]:
    """Return what the file says; nothing when it cannot be understood."""
    try:
        found = json.loads(read(file(), _LARGEST))
    except (OSError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _served(found: object) -> Served | None:
    """Return what is kept of one routine; None for what this program does not write."""
    match found:
        case {"host": str(host), "port": int(port), "token": str(token)} if (
            1024 <= port < 65536 and _TOKEN.fullmatch(token)
        ):
            return Served(host, port, token)
    return None
