"""``play --guest`` leaves no trace: nothing that a rule, a report or the owner's next session could see."""

import pytest
from fakes.commands import typed
from fakes.journal import broken_off

from voicecoach.cli import one_key, session_in_terminal

LOOKS = ("today", "list", "history", "stats", "plan", "plan explain", "exercises --kind stretch")
QUIETLY = ("--voice", "silent", "--output", "instant", "--plain")


def kept(home):
    """Every file of a home but the open ends of its database, which are there while somebody reads."""
    return {
        path.relative_to(home): path.read_bytes()
        for path in home.rglob("*")
        if path.is_file() and not path.name.endswith(("-wal", "-shm"))
    }


@pytest.mark.usefixtures("accepted")
@pytest.mark.parametrize("ends", ["", "qzq", "nx"])
def test_a_guest_leaves_no_trace(run, home, monkeypatch, clock, ends):
    run("profile", "--caution", "flex", "--equipment", "everything")
    run("plan", "new", "--phase", "calm")
    run("play", "core", *QUIETLY, "--journal", "--yes")
    broken_off("core")
    seen, before = [run(*each.split()) for each in LOOKS], kept(home)
    for stream in ("stdin", "stdout"):
        monkeypatch.setattr(f"sys.{stream}.isatty", lambda: True, raising=False)
    clock.step = 2.0
    monkeypatch.setattr(one_key, "Keyboard", lambda: typed("y", "n"))
    monkeypatch.setattr(session_in_terminal, "Keyboard", lambda: typed(*ends))
    shown = run("play", "core", *QUIETLY, "--guest")
    assert shown.status == (3 if ends else 0)
    assert "interrupted" not in shown.out + shown.err  # the owner's session is none of a guest's business
    monkeypatch.undo()
    monkeypatch.setenv("VOICECOACH_HOME", str(home))
    assert kept(home) == before
    assert [run(*each.split()) for each in LOOKS] == seen
    assert run("resume", *QUIETLY, "--yes").status == 0
