"""Which sessions are written down: those that somebody exercised in, unless they say otherwise."""

import pytest

from voicecoach.audio import outputs
from voicecoach.audio.outputs import InstantOutput
from voicecoach.journal import store
from voicecoach.journal.store import Journal

TOLD = "This session is not written down."
HINT = f"{TOLD} Use --journal to keep it."


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
@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--output", "instant"], [HINT]),
        (["--output", "instant", "--no-journal"], [TOLD]),
        (["--output", "silent", "--no-journal"], [TOLD]),
        (["--output", "instant", "--journal"], None),
        (["--output", "silent"], None),
        (["--output", "silent", "--journal"], None),
    ],
)
def test_what_is_written_down(run, kept, options, told):
    shown = run("play", "quick", "--voice", "silent", *options)
    assert shown.out.endswith("2 of 2 sets.\n")
    assert shown.err.splitlines() == (told or [])
    assert kept() == ((0, set()) if told else (1, {"done.json", "met.json"}))


@pytest.mark.usefixtures("accepted")
def test_the_output_may_be_a_setting(run, kept):
    run("config", "set", "output", "instant")
    assert run("play", "quick", "--voice", "silent").err == f"{HINT}\n"
    assert kept() == (0, set())
    assert run("play", "quick", "--voice", "silent", "--output", "silent").err == ""
    assert kept() == (1, {"done.json", "met.json"})


@pytest.mark.usefixtures("accepted")
def test_a_session_that_does_not_stand_in_the_journal_does_not_count_for_what_is_next(run, kept):
    run("play", "quick", "--voice", "silent", "--output", "silent")
    seen = [run(*command).out for command in (["history"], ["stats"], ["plan", "explain", "quick"])]
    run("play", "quick", "--voice", "silent", "--output", "instant")
    assert [run(*command).out for command in (["history"], ["stats"], ["plan", "explain", "quick"])] == seen
