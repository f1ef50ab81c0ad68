"""The settings on disk."""

import re
import threading

import pytest

from voicecoach.errors import FileError, UsageError
from voicecoach.settings import file
from voicecoach.settings.table import SessionSettings


@pytest.fixture
def path(home):
    return home.parent / "config" / "config.toml"


@pytest.fixture
def written(path):
    def write(text):
        path.parent.mkdir()
        path.write_bytes(text if isinstance(text, bytes) else text.encode())

    return write


def test_without_a_file_everything_is_the_default_and_none_is_made(path):
    assert file.load() == SessionSettings()
    file.reset("rate")
    assert not path.exists()


def test_what_editors_of_windows_write_is_read(written):
    written(b"\xef\xbb\xbfrate = 140\r\ntempo = 90\r\n")
    assert file.load() == SessionSettings(rate=140, speed=90)


@pytest.mark.parametrize("text", ["rate = 3\nvice = 1\n", "rate = fast\n", b"rate = \xff\n"])
def test_a_broken_file_is_told_and_never_overwritten(path, written, text):
    written(text)
    before = path.read_bytes()
    with pytest.raises(FileError, match=f"{path}:1:.*(?s:.*)voicecoach config edit"):
        file.load()
    file.create()
    if "rate = 3" not in str(text):  # which is a wrong value, not no TOML
        for change in (lambda: file.change("rate", "140"), lambda: file.reset("rate")):
            with pytest.raises(FileError, match="Nothing was changed"):
                change()
    assert path.read_bytes() == before


def test_a_link_stays_one(path, tmp_path):
    real = tmp_path / "dotfiles.toml"
    real.write_text("# mine\n")
    path.parent.mkdir()
    path.symlink_to(real)
    file.change("rate", "140")
    assert path.is_symlink()
    assert "rate = 140" in real.read_text()


def test_a_model_that_hears_is_a_name_or_a_folder_looked_for_from_here(home, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine").mkdir()
    for typed, kept in {
        "ba": "base",
        "mine": f"{tmp_path}/mine",
        "./gone": f"{tmp_path}/gone",
        f"{tmp_path}/mine": f"{tmp_path}/mine",
    }.items():
        file.change("listen-model", typed)
        assert file.load().listen_model == kept
    for typed, told in {
        "tny": "did you mean 'tiny'?",
        "gone": "the folder of a model",
        "": "one of auto",
    }.items():
        with pytest.raises(UsageError, match=f"is no model.*{re.escape(told)}"):
            file.change("listen-model", typed)


def test_two_programs_change_it_at_once(path):
    keys = {"rate": "140", "speed": "80", "delay": "5", "clicks": "on", "theme": "light", "view": "plain"}
    threads = [threading.Thread(target=file.change, args=each) for each in keys.items()]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert file.read().yours == set(keys)
    assert sorted(each.name for each in path.parent.iterdir()) == ["config.lock", "config.toml"]


def test_a_file_that_is_too_large_or_a_folder_is_said_clearly(path, written):
    written("#" * 200_000)
    with pytest.raises(FileError, match="more than 100000 bytes"):
        file.load()
    path.unlink()
    path.mkdir()
    with pytest.raises(FileError, match="cannot be read: it is a folder"):
        file.load()


def test_a_disk_that_cannot_be_written_is_said_clearly(path):
    path.parent.write_text("in the way")
    assert file.load() == SessionSettings()
    with pytest.raises(FileError, match="Set VOICECOACH_HOME"):
        file.change("rate", "140")
