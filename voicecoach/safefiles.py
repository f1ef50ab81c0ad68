"""Writes small files so that they survive a kill at any moment and two programs at once."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final

_TAKEN: Final = (errno.EACCES, errno.EAGAIN, errno.EDEADLK)
"""The numbers of the errors for a lock that another program has."""


def write(path: Path, content: str | bytes, suffix: str = "") -> None:
    """Write ``path`` completely or not at all, making its folder when needed. Raises OSError.

    An unfinished file has another name, which ends in ``suffix``. Text, which is a person's own, is on the
    disk when this returns; bytes can be made again, so nobody waits for the disk.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    number, name = tempfile.mkstemp(prefix=f".{path.name}-", suffix=suffix, dir=path.parent)
    try:
        with os.fdopen(number, "wb") as file:
            file.write(content.encode() if isinstance(content, str) else content)
            file.flush()
            if isinstance(content, str):
                os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def set_aside(path: Path, *beside: str, why: str = "damaged") -> Path:
    """Rename a file that is not to be read again to a free name and return that name. Raises OSError.

    Files that belong to it, with the endings in ``beside``, are renamed along with it and keep those endings.
    """
    number = 1
    while (aside := path.with_name(f"{path.stem}.{why}-{number}{path.suffix}")).exists():
        number += 1
    for ending in beside:
        with contextlib.suppress(FileNotFoundError):
            path.with_name(path.name + ending).rename(aside.with_name(aside.name + ending))
    return path.rename(aside)


PATIENCE: Final = 5.0
"""Seconds that a program waits for another one's lock, which usually takes milliseconds [own choice]."""
_LOOKS: Final = 0.02
"""Seconds between two looks whether a lock is free."""


@contextlib.contextmanager
def locked(path: Path, patience: float = PATIENCE) -> Iterator[None]:
    """Keep other programs out of blocks with the same ``path``; an empty file of that name stays behind.

    The lock ends with the program, however that ends. Raises OSError when the file cannot be made, and when
    another program, which may have been stopped, keeps the lock for ``patience`` seconds.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+b") as file:
        for looks_left in reversed(range(int(patience / _LOOKS) + 1)):
            try:
                _lock(file)
                break
            except OSError as error:
                if error.errno not in _TAKEN:
                    raise
                if not looks_left:
                    raise OSError(errno.EBUSY, os.strerror(errno.EBUSY), str(path)) from error
                threading.Event().wait(_LOOKS)
        yield


def _lock(file: BinaryIO) -> None:
    """Lock the whole of a file, or raise an OSError in :data:`_TAKEN` when another program has."""
    # Looked up by name, because type checkers know only the module of the system they run on.
    if sys.platform == "win32":
        import msvcrt  # noqa: PLC0415 - Windows only

        file.seek(0)
        getattr(msvcrt, "locking")(file.fileno(), getattr(msvcrt, "LK_NBLCK"), 1)  # noqa: B009 - see above
    else:
        import fcntl  # noqa: PLC0415 - POSIX only

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def claimed(path: Path, number: int) -> BinaryIO | None:
    """Claim ``number`` in ``path`` for this program for as long as the returned file stays open.

    Returns None when another program holds the claim. A claim ends with its program, however that ends, and
    also when the program opens and closes the file again. Raises OSError when the file cannot be made or
    locked.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    file = path.open("a+b")
    try:
        # Locks one byte, which need not exist. Looked up by name as in locked().
        if sys.platform == "win32":
            import msvcrt  # noqa: PLC0415 - Windows only

            file.seek(number)
            getattr(msvcrt, "locking")(file.fileno(), getattr(msvcrt, "LK_NBLCK"), 1)  # noqa: B009 - see above
        else:
            import fcntl  # noqa: PLC0415 - POSIX only

            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, number)
    except OSError as error:
        file.close()
        if error.errno in _TAKEN:
            return None
        raise
    return file
