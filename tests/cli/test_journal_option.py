"""Which sessions are written down when time is real; transcripts show those that take none."""

import sqlite3
from contextlib import closing

import pytest

from voicecoach.audio import outputs
from voicecoach.audio.outputs import InstantOutput
from voicecoach.journal import store

MET = [("glute_bridge", None), ("pelvic_tilt", None)]
"""What is kept of a session that is not written down: the exercises, and no day."""


@pytest.fixture
def kept(home, monkeypatch):
    """What is kept of sessions: how many are in the journal, and which exercises were met beside them."""
    monkeypatch.setitem(outputs.OUTPUTS, "silent", lambda _: InstantOutput())  # so that nobody waits

    def look():
        kept = {path.name for path in (home / "data").iterdir()}
        assert kept <= {"safety.json", *(f"journal.{end}" for end in ("db", "lock", "playing"))}
        with closing(sqlite3.connect(store.file())) as journal:
            met = journal.execute("SELECT name, last FROM met ORDER BY name").fetchall()
            return journal.execute("SELECT count(*) FROM session").fetchone()[0], met

    return look


@pytest.mark.usefixtures("accepted")
def test_what_is_played_in_real_time_is_written_down_unless_it_is_said(run, kept):
    shown = run("play", "quick", "--voice", "silent", "--output", "silent", "--no-journal")
    assert (shown.status, shown.err) == (0, "This session is not written down.\n")
    assert kept() == (0, MET)
    assert run("play", "quick", "--voice", "silent", "--output", "silent").err == ""
    assert kept() == (1, MET)


@pytest.mark.usefixtures("accepted")
def test_a_session_that_does_not_stand_in_the_journal_does_not_count_for_what_is_next(run, kept):
    run("play", "quick", "--voice", "silent", "--output", "silent")
    seen = [run(*command).out for command in (["history"], ["stats"], ["plan", "explain", "quick"])]
    run("play", "quick", "--voice", "silent", "--output", "instant")
    assert [run(*command).out for command in (["history"], ["stats"], ["plan", "explain", "quick"])] == seen
