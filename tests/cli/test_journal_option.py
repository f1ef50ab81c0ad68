"""Which sessions are written down when time is real; transcripts show those that take none."""

import pytest

from voicecoach.audio import outputs
from voicecoach.audio.outputs import InstantOutput
from voicecoach.journal import store
from voicecoach.journal.store import Journal


@pytest.fixture
def kept(home, monkeypatch):
    """What is kept of sessions: how many are in the journal, and the other files that know of them."""
    monkeypatch.setitem(outputs.OUTPUTS, "silent", lambda _: InstantOutput())  # so that nobody waits

    def look():
        files = {path.name for path in (home / "data").iterdir() if not path.name.endswith(".lock")}
        if "journal.db" not in files:
            return 0, files - {"safety.json", "journal.playing"}
        with Journal.open(store.file(), print) as journal:
            return len(journal.sessions()), files & {"done.json", "met.json"}

    return look


@pytest.mark.usefixtures("accepted")
def test_what_is_played_in_real_time_is_written_down_unless_it_is_said(run, kept):
    shown = run("play", "quick", "--voice", "silent", "--output", "silent", "--no-journal")
    assert (shown.status, shown.err) == (0, "This session is not written down.\n")
    assert kept() == (0, set())
    assert run("play", "quick", "--voice", "silent", "--output", "silent").err == ""
    assert kept() == (1, {"done.json", "met.json"})


@pytest.mark.usefixtures("accepted")
def test_a_session_that_does_not_stand_in_the_journal_does_not_count_for_what_is_next(run, kept):
    run("play", "quick", "--voice", "silent", "--output", "silent")
    seen = [run(*command).out for command in (["history"], ["stats"], ["plan", "explain", "quick"])]
    run("play", "quick", "--voice", "silent", "--output", "instant")
    assert [run(*command).out for command in (["history"], ["stats"], ["plan", "explain", "quick"])] == seen
