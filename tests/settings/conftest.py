"""A home of its own for every test."""

import pytest


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    """The data folder, which does not exist yet."""
    monkeypatch.setenv("VOICECOACH_HOME", str(tmp_path))
    return tmp_path / "data"


@pytest.fixture
def no_folder(home):
    """A file stands where the data folder would be, so that nothing can be written, not even by root."""
    home.write_text("in the way")
