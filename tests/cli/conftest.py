"""Running the command line in this process."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from fakes.clock import MONDAY_EVENING, FakeClock

from voicecoach.cli.main import main
from voicecoach.journal import store
from voicecoach.journal.store import Journal
from voicecoach.settings import safety


@dataclass(frozen=True)
class Result:
    status: str | int
    out: str
    err: str


@pytest.fixture
def home(tmp_path, monkeypatch):
    """An empty home for routines, data and cached speech."""
    monkeypatch.setenv("VOICECOACH_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def clock():
    """The clock of the commands that are run."""
    return FakeClock()


@pytest.fixture
def at(clock):
    """Let it be 17:00 so many days after a Monday."""

    def set_day(day):
        clock.then = MONDAY_EVENING + timedelta(day)

    return set_day


@pytest.fixture
def accepted(home):
    """Somebody who accepted the safety notice before, and has no sign of an emergency."""
    safety.accept(safety.load().version, MONDAY_EVENING, print)
    safety.rule_out_signs(safety.load().version, MONDAY_EVENING, print)


@pytest.fixture
def journal(home):
    """The journal, while it is open."""
    with Journal.open(store.file(), print) as journal:
        yield journal


@pytest.fixture
def run(run_here):
    """Run ``voicecoach`` with these arguments; its exit status and what it printed."""
    return run_here


@pytest.fixture
def run_here(home, clock, monkeypatch, capsys):
    """The same, for tests that run it elsewhere too."""

    def run_command(*args):
        monkeypatch.setattr("sys.argv", ["voicecoach", *map(str, args)])
        status: str | int = 0
        try:
            main(clock)
        except SystemExit as end:
            status = end.code or 0
        printed = capsys.readouterr()
        return Result(status, printed.out, printed.err)

    return run_command
