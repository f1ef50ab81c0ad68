"""Nobody else on the computer can read what is in the person's folders."""

import os
import stat

import pytest

from voicecoach import paths
from voicecoach.journal import store
from voicecoach.journal.store import Journal

pytestmark = pytest.mark.skipif(os.name != "posix", reason="Windows has no such modes")


@pytest.fixture(autouse=True)
def generous():
    """Run where every new file is open to all, unless its maker says otherwise."""
    before = os.umask(0)
    yield
    os.umask(before)


def open_to_others(folder):
    return [
        path
        for path in (folder, *folder.rglob("*"))
        if not path.is_symlink() and stat.S_IMODE(path.stat().st_mode) & 0o077
    ]


def test_what_the_commands_write_is_private(run, home):
    for command in (
        "config set rate 140",
        "plan new --phase restore",
        "new mine",
        "log walk --minutes 9",
        "list",
    ):
        assert run(*command.split()).status == 0
    with Journal.open(store.file(), pytest.fail) as journal:
        journal.remove(0)
        assert sorted(path.name for path in paths.user_data().glob("journal.db*")) == [
            "journal.db",
            "journal.db-shm",
            "journal.db-wal",
        ]
        assert open_to_others(home) == []
    assert {path.name for path in home.iterdir()} == {"cache", "config", "data"}


def test_what_an_earlier_version_left_readable_is_closed_by_the_first_command(run, home):
    run("log", "walk", "--minutes", "9")
    run("config", "set", "rate", "140")
    for path in (home, *home.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
    assert run("history", "--help").status == 0
    assert len(open_to_others(home)) > 5
    assert run("history").status == 0
    assert open_to_others(home) == [home]
