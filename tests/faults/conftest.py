import pytest
from faults.stage import GONE_WITHIN
from faults.trial import OBEYED_WITHIN

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


@pytest.fixture
def within(request):
    """Seconds in which a key or signal ends a session: few in a proof, which has the machine for itself."""
    return OBEYED_WITHIN if request.config.getoption("--share") >= 1 else GONE_WITHIN
