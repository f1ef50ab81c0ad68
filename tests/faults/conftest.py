import pytest

from voicecoach.clock import SystemClock
from voicecoach.settings import safety


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A home of somebody who accepted the safety notice, and is new to exercising with the program."""
    monkeypatch.setenv("VOICECOACH_HOME", str(tmp_path / "home"))
    now = SystemClock().moment()
    safety.accept(safety.load().version, now, print)
    safety.rule_out_signs(safety.load().version, now, print)
    return tmp_path / "home"
