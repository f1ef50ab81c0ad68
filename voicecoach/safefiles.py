"""Reads plain files of bounded size, and writes small ones so that they survive a kill at any moment and two
programs at once. What it makes, nobody else on the computer can read.

What stands where a file should be may be anything: a pipe, which makes whoever opens it wait for somebody to
write, a device without an end, a folder, a link to itself. Nothing here waits for such a thing.
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final, Protocol

_TAKEN: Final = (errno.EACCES, errno.EAGAIN, errno.EDEADLK)
"""The numbers of the errors for a lock that another program has."""
_KINDS: Final = (
    (stat.S_ISDIR, errno.EISDIR, "it is a folder"),
    (stat.S_ISFIFO, errno.EINVAL, "it is a pipe, not a file"),
    (stat.S_ISSOCK, errno.EINVAL, "it is a socket, not a file"),
    (lambda _: True, errno.EINVAL, "it is a device, not a file"),
)
"""What is no file, with the error to raise, whose text ends a sentence."""
_TO_READ: Final = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
"""How a file is opened: without waiting for whoever writes into a pipe, and with its bytes as they are."""


_OTHERS: Final = 0o077
"""What others than the owner may do with a file."""


def make_folder(folder: Path) -> None:
    """Make a folder, and those it is in, which nobody else can read. Raises OSError."""
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
    except FileNotFoundError:
        if folder.parent == folder:
            raise
        make_folder(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)


def make_file(path: Path) -> None:
    """Make an empty file, which nobody else can read. Raises OSError, also when it is there already."""
    os.close(private(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL))


def private(path: str | os.PathLike[str], flags: int) -> int:
    """Open a file, which nobody else can read if it is made; for the ``opener`` of ``open``."""
    return os.open(path, flags, 0o600)


def close_to_others(folder: Path) -> None:
    """Let nobody else read what is in a folder that was open to others, also what version 0.1.0 left in it.

    A folder that is closed costs one look. Links stay as they are, and so does what is not ours.
    """
    if os.name == "nt":  # has no such modes
        return
    with contextlib.suppress(OSError):
        if not _closes(folder) or folder.lstat().st_mode & _OTHERS:  # some disks take no modes
            return
        for inside, folders, files in os.walk(folder):
            for name in (*folders, *files):
                with contextlib.suppress(OSError):
                    _closes(Path(inside, name))


def _closes(path: Path) -> bool:
    """Close what stands there to others, and tell whether it was open. Raises OSError."""
    mode = path.lstat().st_mode
    is_open = bool(mode & _OTHERS) and (stat.S_ISDIR(mode) or stat.S_ISREG(mode))
    if is_open:
        path.chmod(stat.S_IMODE(mode) & ~_OTHERS)
    return is_open


class Readable(Protocol):
    """What can be read as a file can."""

    def read(self, size: int = ..., /) -> bytes:
        """Return the next bytes, none at the end."""


def opened(path: Path) -> BinaryIO:
    """Open a plain file for reading, or what a link to one leads to.

    Raises OSError, and before anything is opened when something else stands there.
    """
    with _plainly():
        _refuse_what_is_no_file(path.stat().st_mode)
        number = os.open(path, _TO_READ)
    try:
        _refuse_what_is_no_file(os.fstat(number).st_mode)  # it may be another one by now
    except BaseException:
        os.close(number)
        raise
    return os.fdopen(number, "rb")


def read(path: Path, most: int) -> bytes:
    """Return what is in a plain file. Raises OSError as :func:`opened`, and for more than ``most`` bytes."""
    with opened(path) as file:
        content = file.read(most + 1)
    if len(content) > most:
        raise OSError(errno.EFBIG, f"it has more than {most} bytes")
    return content


def is_file(path: Path) -> bool:
    """Tell whether a plain file stands there; what cannot be looked at is none."""
    return stat.S_ISREG(_mode(path))


def is_folder(path: Path) -> bool:
    """Tell whether a folder stands there; what cannot be looked at is none."""
    return stat.S_ISDIR(_mode(path))


def _mode(path: Path) -> int:
    """Return the kind of what stands there and what may be done with it; 0 when that cannot be seen."""
    try:
        return path.stat().st_mode
    except (OSError, ValueError):
        return 0


def refuse_what_is_no_file(path: Path) -> None:
    """Raise OSError when something else than a plain file stands there; nothing may."""
    with _plainly(), contextlib.suppress(FileNotFoundError):
        _refuse_what_is_no_file(path.stat().st_mode)


def _refuse_what_is_no_file(mode: int) -> None:
    if not stat.S_ISREG(mode):
        raise next(OSError(number, what) for is_kind, number, what in _KINDS if is_kind(mode))


@contextlib.contextmanager
def _plainly() -> Iterator[None]:
    """Say what is wrong with a name in words for everybody. Raises OSError, whatever is wrong with it."""
    try:
        yield
    except ValueError as error:  # a NUL, or a letter that names of files cannot have here
        raise OSError(errno.EINVAL, "no file can have this name") from error
    except OSError as error:
        if error.errno == errno.ELOOP:
            raise OSError(errno.ELOOP, "it is a link that leads back to itself") from error
        raise


def check(path: Path) -> None:
    """Raise OSError where :func:`write` surely would, for something that takes long to make."""
    with _plainly():
        path = Path(os.path.realpath(path))
        _replaceable(path)
    if found := obstacle(path.parent):
        raise PermissionError(errno.EACCES, found[1])


def write(path: Path, content: str | bytes, suffix: str = "") -> None:
    """Write ``path`` completely or not at all, making its folder when needed.

    An unfinished file has another name, which ends in ``suffix``. Text, which is a person's own, is on the
    disk when this returns; bytes can be made again, so nobody waits for the disk. A link stays one, and what
    it leads to is written. Raises OSError, also when no file stands there but something else, or one that
    may not be changed.
    """
    with _plainly():
        path = Path(os.path.realpath(path))
        make_folder(path.parent)
        before = _replaceable(path)
    number, name = tempfile.mkstemp(prefix=f".{path.name}-", suffix=suffix, dir=path.parent)
    try:
        with os.fdopen(number, "wb") as file:
            file.write(content.encode() if isinstance(content, str) else content)
            file.flush()
            if isinstance(content, str):
                os.fsync(file.fileno())
        if before is not None:
            Path(name).chmod(before)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


@contextlib.contextmanager
def private_beside(path: Path) -> Iterator[tuple[BinaryIO, Path]]:
    """Open a new file with another name beside ``path``, which is gone after the block, and give its name.

    Nobody else can read it. Raises OSError.
    """
    number, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
    try:
        with os.fdopen(number, "w+b") as file:
            yield file, Path(name)
    finally:
        Path(name).unlink(missing_ok=True)


def give_name(file: Path, name: Path) -> None:
    """Give a file another name without replacing what has it. Raises FileExistsError or OSError."""
    try:
        name.hardlink_to(file)
    except FileExistsError:
        raise
    except OSError:  # not every file system has links
        if name.exists():
            raise FileExistsError from None
        file.rename(name)


def hand_over(path: Path, content: bytes) -> None:
    """Write what a person asked for to what they named: a file as :func:`write`, a device, or a pipe.

    Raises OSError, also for a pipe that nobody reads.
    """
    mode = _mode(path)
    if not (stat.S_ISCHR(mode) or stat.S_ISFIFO(mode)):
        path.parent.stat()  # a folder is not made for what may be a slip of the keyboard
        write(path, content)
        return
    try:
        number = os.open(path, os.O_WRONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except OSError as error:
        if error.errno == errno.ENXIO:
            raise OSError(errno.ENXIO, "nobody reads from this pipe") from error
        raise
    with os.fdopen(number, "wb") as file:
        if sys.platform != "win32":
            os.set_blocking(number, True)
        file.write(content)


def _replaceable(path: Path) -> int | None:
    """Return what may be done with the file at ``path``, None when there is none yet.

    Raises OSError when it is not to be replaced.
    """
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        return None
    _refuse_what_is_no_file(mode)
    if not os.access(path, os.W_OK) and path.exists():  # another program may have removed it
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    return stat.S_IMODE(mode)


def obstacle(folder: Path) -> tuple[Path, str] | None:
    """Return what keeps files from being written in ``folder``, and why; None when nothing does.

    It is the folder itself, or what stands in its way when it would have to be made. That is tried, for what
    a system permits says little of a disk; nothing stays behind.
    """
    there = next((each for each in (folder, *folder.parents) if os.path.lexists(each)), Path(folder.anchor))
    try:
        with tempfile.TemporaryDirectory(prefix=".voicecoach-", dir=there):
            return None
    except OSError as error:
        return there, "" if not there.is_dir() else error.strerror or str(error)


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
    with _to_lock(path) as file:
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
    file = _to_lock(path)
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


def _to_lock(path: Path) -> BinaryIO:
    """Open the file to lock, which is made when needed. Raises OSError."""
    make_folder(path.parent)
    try:
        refuse_what_is_no_file(path)
        return open(path, "a+b", opener=private)
    except OSError as error:
        if error.errno not in {errno.EINVAL, errno.EISDIR, errno.ELOOP}:
            raise
        raise OSError(error.errno, f"'{path.name}' beside it is in the way ({error.strerror})") from error
