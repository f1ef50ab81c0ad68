"""What may stand where a program expects a file."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

_ALIASES: Final = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{new}: &{new} [{', '.join([f'*{old}'] * 9)}]\n" for old, new in zip("abcdefgh", "bcdefghi", strict=True)
)


def _socket(path: Path) -> None:
    here = Path.cwd()
    os.chdir(path.parent)  # the name of a socket has to be short
    try:
        with socket.socket(socket.AF_UNIX) as made:
            made.bind(path.name)
    finally:
        os.chdir(here)


def _sparse(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(5 * 10**9)


def _written(text: bytes, path: Path) -> None:
    path.write_bytes(text)


NO_FILES: Final[dict[str, Callable[[Path], object]]] = {
    "pipe": os.mkfifo,
    "socket": _socket,
    "device": lambda path: path.symlink_to("/dev/zero"),
    "folder": lambda path: path.mkdir(),
    "loop": lambda path: path.symlink_to(path.name),
    "unreadable": lambda path: path.symlink_to("/proc/self/mem"),
    "5 GB": _sparse,
}
"""What cannot be read as a file, by its name, with what makes it."""
NO_TEXT: Final[dict[str, bytes]] = {
    "garbage": bytes(range(256)) * 40,
    "UTF-16": "name: Mine\nsteps: [cat_camel]\n".encode("utf-16"),
    "NULs": b"\0" * 4000,
    "aliases": _ALIASES.encode(),
    "deep": b"[" * 100_000,
    "a long line": b"name: " + b"x" * 900_000,
}
"""Files that make no sense."""
ODD: Final = {
    **NO_FILES,
    **{name: partial(_written, text) for name, text in NO_TEXT.items()},
}
