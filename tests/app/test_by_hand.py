"""What the rules knew before a session that was noted by hand."""

from fakes.journal import session_on

from voicecoach.app import by_hand, prepare
from voicecoach.routine.files.library import Library
from voicecoach.training.exercise_log import History


def test_it_knows_the_routines_that_grow_together_and_no_later_session(monkeypatch):
    known = History(sessions=(session_on(0), session_on(2)), growing=frozenset({"one", "two"}))
    monkeypatch.setattr(prepare, "known", lambda *_: known)
    found = by_hand.history_before(session_on(2), print)
    assert found == History(sessions=known.sessions[:1], growing=known.growing)


def test_who_names_a_routine_does_not_wait_until_all_others_are_read(tmp_path, monkeypatch):
    for name in ("mine", "planned", "other"):
        (tmp_path / f"{name}.yaml").write_text(f"name: {name.title()}\nsteps: [say: Hello.]\n")
    read, load = [], Library.load
    monkeypatch.setattr(Library, "load", lambda shelf, name: read.append(name) or load(shelf, name))
    for typed in ("mine", "Mine"):
        assert by_hand.meant(typed, Library([tmp_path]), ["planned"]) == "mine"
        assert set(read) == {"mine", "planned"}, typed
        read.clear()
