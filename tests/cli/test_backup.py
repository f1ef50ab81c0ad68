"""``voicecoach backup`` and ``restore``: nothing is lost, and nothing is written over."""

import os
import shutil
import sqlite3
import tempfile
import zipfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from fakes.journal import MONDAY, session_on
from naming import naming

from voicecoach import paths, safefiles
from voicecoach.journal import store, unwritten
from voicecoach.journal.opening import APPLICATION, LATEST, connect_to_nothing
from voicecoach.journal.store import Journal


def full(*_):
    """Stands in for what writes to a disk."""
    raise OSError(28, "No space left on device")


@pytest.fixture
def add(home):
    """Add sessions of these routines to the journal."""

    def add_sessions(*names):
        with Journal.open(store.file(), print) as journal:
            for day, name in enumerate(names):
                journal.begin(replace(session_on(day), routine=name))

    return add_sessions


def routines(copy=None):
    """The routines of the sessions in the journal, or in a copy."""
    with tempfile.TemporaryDirectory() as folder:
        if copy is not None:
            zipfile.ZipFile(copy).extract("journal.db", folder)
        with Journal.open(Path(folder) / "journal.db" if copy else store.file(), pytest.fail) as journal:
            return [session.routine for session in journal.sessions()]


def aside(number=1):
    ending = "" if number == 1 else f"-{number}"
    return store.file().with_name(f"before-{MONDAY.isoformat()}{ending}.zip")


def files(folder):
    return sorted(path.name for path in folder.iterdir() if not path.name.startswith("journal.db-"))


def test_a_session_that_goes_on_is_in_a_copy_and_keeps_its_journal(run, add, tmp_path):
    add("core")
    with Journal.open(store.file(), print) as playing:
        session = playing.begin(session_on(5))
        assert run("backup", tmp_path / "copy.db").status == 0
        shown = run("restore", tmp_path / "copy.db")
        assert shown.status == 1
        assert "End the session that is going on, and try again." in shown.err
        playing.end(session)
    assert routines() == routines(tmp_path / "copy.db") == ["core", "core"]
    assert not aside().exists()


def _made(*statements):
    """In its place, a database of another sort."""

    def make(path):
        path.unlink()
        with closing(sqlite3.connect(path)) as connection:
            connection.executescript(";".join(("CREATE TABLE notes (text)", *statements)))

    return make


def _scribble(path):
    content = bytearray(path.read_bytes())
    content[5000:9000] = b"x" * 4000
    path.write_bytes(content)


def _senseless(path):
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE session SET day = 'someday'")


OURS = f"PRAGMA application_id = {APPLICATION}; PRAGMA user_version = {LATEST}"
SPOILT: list[tuple[Callable[[Path], object], str]] = [
    (lambda path: path.write_bytes(b""), "is no copy that voicecoach has made"),
    (lambda path: (path.unlink(), path.mkdir()), "it is a folder"),
    (_made(), "is no copy that voicecoach has made"),
    (_made(OURS), "no such table"),
    (lambda path: path.write_bytes(path.read_bytes()[:9000]), "damaged"),
    (_scribble, "damaged"),
    (_senseless, "holds something that voicecoach did not write"),
]


def test_what_is_no_good_changes_nothing(run, add, tmp_path):
    add(*("core",) * 20)
    with Journal.open_to_read(store.file(), pytest.fail) as journal:
        journal.backup(tmp_path / "whole.db")
    for number, (spoil, says) in enumerate(SPOILT):
        copy = tmp_path / f"{number}.db"
        shutil.copyfile(tmp_path / "whole.db", copy)
        spoil(copy)
        before = copy.is_file() and copy.read_bytes()
        shown = run("restore", copy)
        with naming(number, says):
            assert (shown.status, shown.out, shown.err.count("\n")) == (2, "", 1)
            assert says in shown.err
            assert (copy.is_file() and copy.read_bytes()) == before
    assert len(routines()) == 20
    assert files(store.file().parent) == ["journal.db", "journal.lock"]


def test_what_is_beside_a_file_is_restored_with_it(run, add, home, tmp_path, monkeypatch):
    other = tmp_path / "other.db"
    with Journal.open(other, print) as journal:
        journal.begin(replace(session_on(0), routine="beside"))
        taken = tmp_path / "taken.db"  # as by a program that copies files, while it is being written
        for ending in ("", "-wal"):
            shutil.copyfile(f"{other}{ending}", f"{taken}{ending}")
    add("core")
    assert run("restore", taken).status == 0
    assert routines() == ["beside"]


def test_file_systems_without_links(run, add, tmp_path, monkeypatch):
    def none(self, target):
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr("pathlib.Path.hardlink_to", none)
    add("core")
    assert run("backup", tmp_path / "copy.db").status == 0
    add("later")
    assert run("restore", tmp_path / "copy.db").status == 0
    assert routines() == ["core"]
    assert routines(aside()) == ["core", "later"]


def test_a_full_disk_changes_nothing(run, add, tmp_path, monkeypatch):
    add("core")
    run("backup", tmp_path / "copy.db")
    add("later")
    for write in ("os.fsync", "shutil.copyfileobj", "voicecoach.journal.transcript.make_file"):
        with monkeypatch.context() as disk:
            disk.setattr(write, full)
            shown = run("restore", tmp_path / "copy.db")
        with naming(write):
            assert shown.status == 1
            assert "No space left on device. What you have is as it was." in shown.err
            assert files(store.file().parent) == ["journal.db", "journal.lock"]
            assert routines() == ["core", "later"]


def test_what_a_kill_interrupted_is_finished_by_the_next_command(run, add, home, tmp_path, monkeypatch):
    add("core")
    run("config", "set", "rate", "140")
    run("backup", tmp_path / "copy.zip")
    add("later")
    run("config", "set", "rate", "150")
    moved: list[Path] = []

    def killed(file, place):
        if moved:
            raise SystemExit(137)
        moved.append(place)
        file.replace(place)

    with monkeypatch.context() as killing:
        killing.setattr("voicecoach.app.restore._move", killed)
        assert run("restore", tmp_path / "copy.zip").status == 137
    assert routines() == ["core"]
    assert "150" in (home / "config" / "config.toml").read_text()
    assert run("restore", "--help").status == 0
    assert paths.half_restored().is_dir()
    with monkeypatch.context() as disk:
        disk.setattr("voicecoach.app.restore._move", full)
        refused, signs = run("history"), run("safety")
        assert (refused.status, refused.out) == (1, "")
        assert (signs.status, "emergency" in signs.out) == (0, True)
        assert "cannot be put in its place: No space left on device" in signs.err
    assert run("history").status == 0
    assert "140" in (home / "config" / "config.toml").read_text()
    assert routines() == ["core"]
    assert routines(aside()) == ["core", "later"]
    assert not paths.half_restored().exists()


def test_what_is_beside_an_archive_is_none_of_the_journal_in_it(run, add, tmp_path, monkeypatch):
    add("core")
    run("backup", tmp_path / "copy.zip")
    add("later")
    (tmp_path / "copy.zip-wal").write_bytes(bytes(1_000_001))
    monkeypatch.setattr("voicecoach.journal.backup.LARGEST", 1_000_000)  # so that reading it is refused
    assert run("restore", tmp_path / "copy.zip").status == 0
    assert routines() == ["core"]


def test_a_place_on_another_disk_gets_its_file_too(run, add, home, tmp_path, monkeypatch):
    add("core")
    run("new", "mine")
    run("backup", tmp_path / "copy.zip")
    moved = Path.replace

    def replace_here(file, place):
        if paths.RESTORING in file.parts and f"{paths.RESTORING}-" not in str(file):
            raise OSError(18, "Invalid cross-device link")
        return moved(file, place)

    add("later")
    monkeypatch.setattr(Path, "replace", replace_here)
    assert run("restore", tmp_path / "copy.zip").status == 0
    assert routines() == ["core"]
    assert files(home / "data") == [aside().name, "journal.db", "journal.lock", "routines"]


def test_what_is_in_the_way_is_told_before_anything_is_replaced(run, add, home, tmp_path):
    add("core")
    run("new", "mine")
    run("backup", tmp_path / "copy.zip")
    add("later")
    (home / "data" / "routines" / "mine.yaml").unlink()
    for path, make, says in (
        (home / "data" / "routines" / "mine.yaml", Path.mkdir, "it is a folder"),
        (home / "data" / "routines", Path.touch, "Not a directory"),
    ):
        shutil.rmtree(home / "data" / "routines")
        path.parent.mkdir(exist_ok=True, parents=True)
        make(path)
        shown = run("restore", tmp_path / "copy.zip")
        with naming(says):
            assert (shown.status, shown.out) == (1, "")
            assert says in shown.err
            assert routines() == ["core", "later"]
            assert not aside().exists()


def test_a_session_that_waits_beside_the_journal_is_in_the_copy(run, add, tmp_path, monkeypatch):
    add("core")
    memory = connect_to_nothing()
    with Journal(memory, store.file()) as journal:
        journal.begin(replace(session_on(3), routine="waited"))
        unwritten.keep(memory, unwritten.file_for(store.file(), session_on(3).started))
    with monkeypatch.context() as refusing:
        refusing.setattr("voicecoach.journal.store.AT_ONCE", 0.0)
        with safefiles.locked(store.file().with_suffix(".lock")):
            assert "2 sessions" in run("backup", tmp_path / "copy.zip").out
    assert routines(tmp_path / "copy.zip") == ["core", "waited"]


def test_a_copy_is_private_and_a_file_that_is_none_of_ours_is_named(run, add, home, tmp_path):
    add("core")
    folder = home / "data" / "routines"
    folder.mkdir()
    (folder / "huge.yaml").write_bytes(b"#" * 1_000_001)
    (folder / "con.yaml").write_text("name: Device")
    (folder / "notes.txt").write_text("not read")
    shown = run("backup", tmp_path / "copy.zip")
    assert shown.status == 0
    assert [line.partition(" is not")[0] for line in shown.err.splitlines()] == [
        str(folder / "con.yaml"),
        str(folder / "huge.yaml"),
    ]
    assert zipfile.ZipFile(tmp_path / "copy.zip").namelist() == ["voicecoach.json", "journal.db"]
    if os.name == "posix":
        assert (tmp_path / "copy.zip").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []
