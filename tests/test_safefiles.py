"""Files that are whole or not there, and what stands in their place."""

import ast
import errno
import os
import select
import stat
import threading
from pathlib import Path

import pytest
from fakes.odd_files import NO_FILES
from naming import naming

import voicecoach
from voicecoach import safefiles
from voicecoach.safefiles import (
    claimed,
    close_to_others,
    hand_over,
    is_file,
    is_folder,
    locked,
    make_file,
    make_folder,
    opened,
    read,
    write,
)

posix = pytest.mark.skipif(os.name != "posix", reason="makes pipes and devices")

SAID = {
    "pipe": "it is a pipe, not a file",
    "socket": "it is a socket, not a file",
    "device": "it is a device, not a file",
    "folder": "it is a folder",
    "loop": "it is a link that leads back to itself",
    "unreadable": os.strerror(errno.EIO),
    "5 GB": "it has more than 1000 bytes",
}
"""Why each cannot be read, for the end of a sentence."""


@posix
def test_nothing_but_a_plain_file_is_read(tmp_path):
    for kind, make in NO_FILES.items():
        with naming(kind):
            make(path := tmp_path / kind)
            with pytest.raises(OSError) as refused:  # noqa: PT011 - its text is compared below
                read(path, 1000)
            assert refused.value.strerror == SAID[kind]
            assert (is_file(path), is_folder(path)) == (kind in {"unreadable", "5 GB"}, kind == "folder")


def test_a_name_that_no_file_can_have(tmp_path):
    for name in ("\0", "x" * 5000, "\ud800"):
        for use in (
            lambda path: read(path, 9),
            lambda path: write(path, ""),
            lambda path: locked(path).__enter__(),
        ):
            with naming(repr(name[:9])), pytest.raises(OSError) as refused:  # noqa: PT011 - see below
                use(tmp_path / name)
            assert refused.value.strerror
        assert not is_file(tmp_path / name)


def test_as_many_bytes_as_are_allowed(tmp_path):
    (tmp_path / "file").write_bytes(b"1234")
    (tmp_path / "link").symlink_to("file")
    assert read(tmp_path / "link", 4) == b"1234"
    with pytest.raises(OSError, match="more than 3 bytes"):
        read(tmp_path / "file", 3)


@posix
def test_what_becomes_something_else_in_the_meantime(tmp_path, monkeypatch):
    """What is looked at and what is opened need not be the same."""
    (file := tmp_path / "file").write_text("x")
    os.mkfifo(pipe := tmp_path / "pipe")
    really, closed = os.open, []
    monkeypatch.setattr(os, "open", lambda _, flags: closed.append(really(pipe, flags)) or closed[0])
    with pytest.raises(OSError, match="it is a pipe"):
        opened(file)
    with pytest.raises(OSError, match="Bad file descriptor"):
        os.fstat(closed[0])


def test_a_failure_leaves_what_was_there(tmp_path):
    path = tmp_path / "kept.txt"
    write(path, "old")
    with pytest.raises(UnicodeEncodeError):
        write(path, "new \udc00")
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


@posix
def test_a_full_disk_leaves_what_was_there(tmp_path, monkeypatch):
    write(path := tmp_path / "kept.txt", "old")
    full = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    monkeypatch.setattr(os, "fsync", lambda _: (_ for _ in ()).throw(full))
    with pytest.raises(OSError, match="No space left"):
        write(path, "new")
    assert (path.read_text(), list(tmp_path.iterdir())) == ("old", [path])


@posix
def test_nothing_but_a_plain_file_is_replaced(tmp_path):
    for kind, make in NO_FILES.items():
        if kind in {"unreadable", "5 GB"}:
            continue
        make(path := tmp_path / kind)
        there = path.lstat()
        for use in (
            lambda at: write(at, "new"),
            lambda at: locked(at).__enter__(),
            lambda at: claimed(at, 1),
        ):
            with naming(kind), pytest.raises(OSError) as refused:  # noqa: PT011 - its text is compared below
                use(path)
            assert SAID[kind] in refused.value.strerror or kind == "loop"
        assert (path.lstat().st_ino, path.lstat().st_mode) == (there.st_ino, there.st_mode)
    assert not [each for each in tmp_path.iterdir() if each.name.startswith(".")]


@posix
def test_what_cannot_be_written_is_known_before_it_is_made(tmp_path):
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_text("old", encoding="utf-8")
    for place in ("folder", "file/in/it"):
        with pytest.raises(OSError, match=r"\w"):
            safefiles.check(tmp_path / place)
    for place in ("file", "new", "not/yet/there"):
        safefiles.check(tmp_path / place)
    assert sorted(each.name for each in tmp_path.iterdir()) == ["file", "folder"]


def test_a_link_and_the_rights_of_a_file_stay(tmp_path):
    (file := tmp_path / "file").write_text("old")
    file.chmod(0o640)
    (link := tmp_path / "link").symlink_to("file")
    (dangling := tmp_path / "dangling").symlink_to("in/new")
    write(link, "new")
    write(dangling, "first")
    assert (link.is_symlink(), file.read_text(), stat.S_IMODE(file.stat().st_mode)) == (True, "new", 0o640)
    assert (dangling.is_symlink(), (tmp_path / "in" / "new").read_text()) == (True, "first")


@posix
def test_a_file_that_may_not_be_changed_stays(tmp_path, monkeypatch):
    (file := tmp_path / "file").write_text("old")
    monkeypatch.setattr(os, "access", lambda path, how: (Path(path), how) != (file, os.W_OK))
    with pytest.raises(PermissionError):
        write(file, "new")
    assert (file.read_text(), list(tmp_path.iterdir())) == ("old", [file])


@posix
def test_what_was_asked_for_goes_into_a_device_or_a_pipe_too(tmp_path):
    hand_over(Path("/dev/null"), b"gone")
    assert stat.S_ISCHR(Path("/dev/null").stat().st_mode)
    hand_over(tmp_path / "file", b"kept")
    assert (tmp_path / "file").read_bytes() == b"kept"
    os.mkfifo(pipe := tmp_path / "pipe")
    with pytest.raises(OSError, match="nobody reads from this pipe"):
        hand_over(pipe, b"lost")
    content, reader = b"x" * 200_000, os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    writing = threading.Thread(target=hand_over, args=(pipe, content))
    writing.start()
    select.select([reader], [], [], 10)  # until it is opened
    os.set_blocking(reader, True)
    with os.fdopen(reader, "rb") as file:
        assert file.read() == content
    writing.join()


def _modes(folder):
    found = sorted([folder, *folder.rglob("*")])
    return {path.relative_to(folder).as_posix(): oct(path.lstat().st_mode)[-3:] for path in found}


@posix
def test_what_is_made_is_private(tmp_path):
    make_folder(tmp_path / "new" / "in" / "it")
    make_folder(tmp_path / "new" / "in" / "it")
    write(tmp_path / "new" / "other" / "file", "text")
    make_file(tmp_path / "new" / "empty")
    with locked(tmp_path / "new" / "lock"):
        pass
    folders = dict.fromkeys((".", "in", "in/it", "other"), "700")
    assert _modes(tmp_path / "new") == folders | dict.fromkeys(("empty", "lock", "other/file"), "600")
    with pytest.raises(FileExistsError):
        make_file(tmp_path / "new" / "empty")
    with pytest.raises(FileExistsError):
        make_folder(tmp_path / "new" / "empty")
    with pytest.raises(NotADirectoryError):
        make_folder(tmp_path / "new" / "empty" / "in")


@posix
def test_a_folder_that_others_can_read_is_closed_once_and_links_are_left(tmp_path, monkeypatch):
    data, elsewhere = tmp_path / "data", tmp_path / "elsewhere"
    (data / "routines").mkdir(parents=True)
    elsewhere.mkdir()
    for file in (data / "journal.db", data / "routines" / "mine.yaml", elsewhere / "shared"):
        file.touch()
        file.chmod(0o644)
    for folder in (data, data / "routines", elsewhere):
        folder.chmod(0o755)
    (data / "link").symlink_to(elsewhere / "shared")
    (data / "routines" / "friends").symlink_to(elsewhere)
    close_to_others(data)
    closed = {".": "700", "journal.db": "600", "routines": "700", "routines/mine.yaml": "600"}
    assert {name: mode for name, mode in _modes(data).items() if name in closed} == closed
    assert _modes(elsewhere) == {".": "755", "shared": "644"}
    (tmp_path / "linked").symlink_to(elsewhere)
    close_to_others(tmp_path / "linked")
    close_to_others(tmp_path / "none")
    assert _modes(elsewhere) == {".": "755", "shared": "644"}
    monkeypatch.setattr(os, "walk", pytest.fail)
    close_to_others(data)
    monkeypatch.setattr(Path, "chmod", lambda *_: None)  # as on a disk that has no modes
    close_to_others(elsewhere)


_SHIPPED = "comes with the program"
_OWN = "a file that it has written itself, in a folder of its own"
_WRITES = "writes"
UNBOUNDED = {
    ("audio/earcons.py", "wave.open"): _SHIPPED,
    ("audio/pcm.py", "wave.open"): _SHIPPED,
    ("cli/manual.py", "self.path.read_text"): _SHIPPED,
    ("cli/manual.py", "self.path.open"): _SHIPPED,
    ("display/big_letters.py", "read_text"): _SHIPPED,
    ("journal/opening.py", "read_text"): _SHIPPED,
    ("language/tables.py", "path.read_text"): _SHIPPED,
    ("pages/markup.py", "read_text"): _SHIPPED,
    ("routine/files/starter.py", "read_text"): _SHIPPED,
    ("settings/profile_file.py", "read_text"): _SHIPPED,
    ("settings/schedule_file.py", "read_text"): _SHIPPED,
    ("voices/engines.py", "file.read_text"): "comes with a library",
    ("voices/engine_pyttsx3.py", "path.read_bytes"): _OWN,
    ("hearing/models.py", "part.read_bytes"): "a model, as large as it is",
    ("worker_process.py", "os.fdopen"): "its standard output",
    ("cli/new.py", "open"): _WRITES,
    ("cli/notices.py", "open"): _WRITES,
    ("cli/streams.py", "open"): _WRITES,
    ("cli/streams.py", "os.open"): _WRITES,
    ("cli/streams.py", "os.fdopen"): "the null device, in place of a stream that is closed",
    ("app/archive.py", "made.open"): _WRITES,
    ("app/archive.py", "found.open"): "what it reads there is bounded",
    ("app/backup.py", "open"): _WRITES,
    ("app/restore.py", "open"): _WRITES,
    ("journal/backup.py", "open"): _WRITES,
    ("journal/opening.py", "open"): _WRITES,
    ("render/container.py", "av.open"): _WRITES,
    ("render/mp3.py", "path.open"): _WRITES,
    ("render/wav.py", "path.open"): _WRITES,
}
"""What opens a file without this module, by module and call, and why it may."""
_OPENING = {"open", "read_text", "read_bytes", "fdopen", "copyfile", "copy2", "loadtxt", "fromfile"}
_OTHERS = {"webbrowser", "Journal", "cls", "self._journal", "store.Journal"}
"""What opens something else than a file."""


def test_no_other_module_opens_a_file():
    package = Path(voicecoach.__file__).parent
    found = set()
    for path in package.rglob("*.py"):
        if path == Path(safefiles.__file__):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            called = ast.unparse(node.func)
            owner, _, name = called.rpartition(".")
            if name in _OPENING and owner not in _OTHERS:
                simple = called if called.replace(".", "").isidentifier() else name
                found.add((path.relative_to(package).as_posix(), simple))
    assert found - UNBOUNDED.keys() == set(), "read through voicecoach.safefiles, or give the reason here"
    assert UNBOUNDED.keys() - found == set(), "is not there any more"
