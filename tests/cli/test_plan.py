"""``voicecoach plan`` where no transcript shows it: what is played, and files that are links."""

from dataclasses import replace

from fakes.journal import MONDAY, session_on, sets_of

from voicecoach.app import plan as planning
from voicecoach.journal import store
from voicecoach.journal.store import Journal
from voicecoach.routine.files.library import Library


def test_due_now_names_the_routine_to_play(run, clock):
    assert run("plan", "new", "--phase", "restore").status == 0
    told = []
    for routine in ("core-three-start", "daily-stretch"):
        assert planning.due_now(told.append, clock.moment()).routine == routine
        done = session_on(MONDAY, *map(sets_of, Library.default().load(routine).exercises))
        with Journal.open(store.file(), print) as journal:
            journal.begin(replace(done, routine=routine))
    agenda = planning.due_now(told.append, clock.moment())
    assert (agenda.routine, len(agenda.lines), told) == ("", 1, [])


def test_a_calendar_that_is_a_link_stays_one(run, tmp_path):
    target, link = tmp_path / "target.ics", tmp_path / "link.ics"
    link.symlink_to(target)
    run("plan", "new", "--phase", "restore")
    assert run("plan", "calendar", "-o", link).status == 0
    assert link.is_symlink()
    assert target.read_bytes().startswith(b"BEGIN:VCALENDAR\r\n")
