"""``voicecoach backup`` and ``restore``: nothing is lost, and nothing is written over."""

import shutil
import sqlite3
from dataclasses import replace

import pytest
from fakes.journal import MONDAY, session_on

from voicecoach.journal import store
from voicecoach.journal.opening import APPLICATION, LATEST
from voicecoach.journal.store import Journal


@pytest.fixture
def add(home):
    """Add sessions of these routines to the journal."""

    def add_sessions(*names):
        with Journal.open(store.file(), print) as journal:
            for day, name in enumerate(names):
                journal.begin(replace(session_on(day), routine=name))

    return add_sessions


def routines(path=None):
    with Journal.open(path or store.file(), pytest.fail) as journal:
        return [session.routine for session in journal.sessions()]


def aside(number=1):
    ending = "" if number == 1 else f"-{number}"
    return store.file().with_name(f"journal.before-{MONDAY.isoformat()}{ending}.db")


def files(folder):
    return sorted(path.name for path in folder.iterdir() if not path.name.startswith("journal.db-"))


def test_a_copy_while_a_session_goes_on(run, add, tmp_path):
    with Journal.open(_begun(add), print) as playing:
        session = playing.begin(session_on(5))
        assert run("backup", tmp_path / "copy.db").status == 0
        playing.end(session)
    assert routines(tmp_path / "copy.db") == ["core", "core"]


def _begun(add):
    add("core")
    return store.file()


def test_a_session_that_goes_on_keeps_its_journal(run, add, tmp_path):
    add("core")
    run("backup", tmp_path / "copy.db")
    with Journal.open(store.file(), print) as playing:
        session = playing.begin(session_on(5))
        shown = run("restore", tmp_path / "copy.db")
        assert shown.status == 2
        assert "End the session that is going on, and try again." in shown.err
        playing.end(session)
    assert routines() == ["core", "core"]
    assert not aside().exists()


def database(path, *, application=APPLICATION, version=LATEST, tables=False):
    connection = sqlite3.connect(path)
    if tables:
        connection.execute("CREATE TABLE notes (text)")
    connection.execute(f"PRAGMA application_id = {application}")
    connection.execute(f"PRAGMA user_version = {version}")
    connection.commit()
    connection.close()


def _cut(path):
    path.write_bytes(path.read_bytes()[:9000])


def _scribble(path):
    content = bytearray(path.read_bytes())
    content[5000:9000] = b"x" * 4000
    path.write_bytes(content)


def _senseless(path):
    connection = sqlite3.connect(path)
    connection.execute("UPDATE session SET day = 'someday'")
    connection.commit()
    connection.close()


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (lambda path: path.unlink(), "There is no file"),
        (lambda path: path.write_bytes(b""), "is not a journal of voicecoach"),
        (lambda path: path.write_text("a letter to my aunt " * 500), "is not a journal of voicecoach"),
        (lambda path: (path.unlink(), path.mkdir()), "is not a journal of voicecoach"),
        (
            lambda path: (path.unlink(), database(path, application=0, tables=True)),
            "is not a journal of voicecoach",
        ),
        (
            lambda path: (path.unlink(), database(path, version=LATEST + 1, tables=True)),
            f"newer voicecoach (version {LATEST + 1} of its format; this one knows {LATEST})",
        ),
        (lambda path: (path.unlink(), database(path, tables=True)), "no such table"),
        (_cut, "damaged"),
        (_scribble, "damaged"),
        (_senseless, "holds something that voicecoach did not write"),
    ],
)
def test_what_is_no_good_changes_nothing(run, add, tmp_path, spoil, says):
    copy = tmp_path / "copy.db"
    add(*("core",) * 20)
    run("backup", copy)
    spoil(copy)
    before = copy.read_bytes() if copy.is_file() else None
    add("later")
    shown = run("restore", copy)
    assert (shown.status, shown.out) == (2, "")
    assert says in shown.err
    assert shown.err.count("\n") == 1
    assert len(routines()) == 21
    assert files(store.file().parent) == ["journal.db", "journal.lock"]
    assert before is None or copy.read_bytes() == before


def test_the_journal_itself_is_no_copy(run, add, tmp_path):
    add("core")
    (tmp_path / "link.db").symlink_to(store.file())
    for path in (store.file(), tmp_path / "link.db"):
        shown = run("restore", path)
        assert shown.status == 2
        assert "is your journal itself" in shown.err


def test_a_damaged_journal_gives_way_to_a_copy(run, add, tmp_path):
    add("core")
    run("backup", tmp_path / "copy.db")
    store.file().write_bytes(b"SQLite format 3\0" + b"x" * 5000)
    shown = run("restore", tmp_path / "copy.db")
    assert shown.status == 0
    assert "journal.damaged-1.db" in shown.out
    assert routines() == ["core"]
    assert store.file().with_name("journal.damaged-1.db").read_bytes().endswith(b"xxx")


def test_a_journal_of_a_newer_version_is_kept_aside(run, add, tmp_path):
    add("core")
    run("backup", tmp_path / "copy.db")
    store.file().unlink()
    database(store.file(), version=LATEST + 1, tables=True)
    newer = store.file().read_bytes()
    assert run("restore", tmp_path / "copy.db").status == 0
    assert aside().read_bytes() == newer
    assert routines() == ["core"]


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


def test_a_journal_that_is_a_link_stays_one(run, add, tmp_path):
    add("core")
    run("backup", tmp_path / "copy.db")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    store.file().rename(elsewhere / "mine.db")
    store.file().symlink_to(elsewhere / "mine.db")
    assert run("restore", tmp_path / "copy.db").status == 0
    assert store.file().is_symlink()
    assert routines() == ["core"]
    assert f"mine.before-{MONDAY.isoformat()}.db" in files(elsewhere)


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
    def full(source, target):
        raise OSError(28, "No space left on device")

    add("core")
    run("backup", tmp_path / "copy.db")
    add("later")
    monkeypatch.setattr("shutil.copyfileobj", full)
    shown = run("restore", tmp_path / "copy.db")
    assert shown.status == 2
    assert "No space left on device. Your journal is as it was." in shown.err
    assert files(store.file().parent) == ["journal.db", "journal.lock"]
    assert routines() == ["core", "later"]


def test_a_copy_of_an_empty_journal(run, add, tmp_path):
    add()
    assert "(0 sessions)" in run("backup", tmp_path / "copy.db").out
    assert "now: 0 sessions.\n" in run("restore", tmp_path / "copy.db").out
