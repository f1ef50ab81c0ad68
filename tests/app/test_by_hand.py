"""What the rules knew before a session that was noted by hand."""

from fakes.journal import session_on

from voicecoach.app import by_hand, prepare
from voicecoach.training.exercise_log import History


def test_it_knows_the_routines_that_grow_together_and_no_later_session(monkeypatch):
    known = History(sessions=(session_on(0), session_on(2)), growing=frozenset({"one", "two"}))
    monkeypatch.setattr(prepare, "known", lambda *_: known)
    found = by_hand.history_before(session_on(2), print)
    assert found == History(sessions=known.sessions[:1], growing=known.growing)
