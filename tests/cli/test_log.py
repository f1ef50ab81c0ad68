"""``voicecoach log`` and ``undo-log``: what a person writes into the journal, and takes back."""

import io
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from fakes.journal import session_on, sets_of
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from voicecoach.cli.log import Said, add, correct
from voicecoach.cli.undo_log import undo
from voicecoach.clock import today
from voicecoach.errors import UsageError
from voicecoach.journal import store
from voicecoach.journal.records import Before, Felt, Leg
from voicecoach.journal.store import Journal
from voicecoach.routine.files.library import Library

PLAYED = session_on(0, sets_of(Library.default().exercise("bird_dog")), pain=1, worst=2, effort=4)


@pytest.fixture
def journal(home):
    with Journal.open(store.file(), print) as journal:
        yield journal


@pytest.fixture
def answers(monkeypatch):
    """Type these lines, as if into a terminal."""

    def type_in(*lines):
        typed = io.StringIO("".join(f"{line}\n" for line in lines))
        typed.isatty = lambda: True
        monkeypatch.setattr("sys.stdin", typed)

    return type_in


def test_a_swim(run, journal):
    told = ("--minutes", "40", "--pain-before", "1", "--leg-before", "thigh", "--pain", "2", "--effort", "5")
    felt = ("--leg", "none", "--form", "good", "--next-morning", "0", "--comment", "In  the\tlake \x1b[31m.")
    shown = run("log", "Swimming", "--day", "2026-03-02", *told, *felt)
    assert shown.status == 0
    noted, hint = shown.out.splitlines()
    assert noted == (
        "Noted as session 1, Swimming on Monday 2 March 2026: length 40m, pain before 1, leg before thigh,"
        " worst pain 2, effort 5, leg none, form good, pain the next morning 0, comment 'In the lake .'."
    )
    assert hint == "Not right? voicecoach undo-log, or voicecoach log --session 1"
    noted = journal.latest()
    assert (noted.routine, noted.day.isoformat()) == ("Swimming", "2026-03-02")
    assert (noted.seconds, noted.planned, noted.ended - noted.started) == (2400, 2400, timedelta(minutes=40))
    assert noted.by_hand
    assert noted.finished
    assert noted.before == Before(pain=1, leg=Leg.THIGH)
    assert noted.after == Felt(worst_pain=2, effort=5, leg=Leg.NONE, form_ok=True)
    assert (noted.next_morning, noted.comment) == (0, "In the lake .")
    assert noted.sets == ()


def test_a_routine_knows_how_long_it_takes(run, journal):
    run("log", "core", "--pain", "2")
    (noted,) = journal.sessions()
    assert 300 < noted.seconds < 1800
    assert noted.day == today().date()
    assert noted.ended <= today()


@pytest.mark.parametrize(
    ("typed", "seconds"), [("25", 1500), ("2.5", 150), ("1h10m", 4200), (" 45 min ", 2700)]
)
def test_how_long(run, journal, typed, seconds):
    run("log", "Swimming", "--minutes", typed)
    assert journal.latest().seconds == seconds


def test_a_name_that_was_nearly_a_routine(run):
    assert "not\n'core'." in run("log", "cor", "--minutes", 12).out
    assert "not\n" not in run("log", "Swimming", "--minutes", 12).out


def test_twice_on_a_day_is_mentioned(run):
    assert "another" not in run("log", "Swimming", "--minutes", 12).out
    assert (
        "There is another one on that day: voicecoach history 1" in run("log", "Swimming", "--minutes", 9).out
    )


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([], 'Say what you did, and how long it took, as in: voicecoach log "Swimming"'),
        (["Swimming"], "Say how many minutes it took"),
        (["--minutes", "12"], "Say what you did"),
        (["  ", "--minutes", "12"], "Say what you did: a routine's name"),
        (["x" * 101, "--minutes", "12"], "has 101 letters; it may have 100"),
        (["Swimming", "--minutes", "0"], "'0' is not how long it took"),
        (["Swimming", "--minutes", "-5"], "'-5' is not how long it took"),
        (["Swimming", "--minutes", "25h"], "'25h' is not how long it took"),
        (["Swimming", "--minutes", "nan"], "'nan' is not how long it took"),
        (["core", "--day", "2999-01-01"], "2999-01-01 is still to come"),
        (["core", "--day", "1026-03-02"], "more than 100 years ago"),
        (["core", "--day", "monday"], "'monday' is not a day"),
        (["core", "--pain", "11"], "'11' is not pain: a whole number from 0 to 10, or 'unknown'"),
        (["core", "--effort", "-1"], "'-1' is not effort"),
        (["core", "--next-morning", "3.5"], "'3.5' is not pain"),
        (["core", "--leg", "toe"], "none, back, thigh, knee, calf, foot"),
        (["core", "--form", "meh"], "good, lost"),
        (["core", "--comment", "x" * 1001], "has 1001 letters; it may have 1000"),
        (["--session", "1", "--pain", "3"], "There is no session 1 in your journal"),
        (["--session", "one", "--pain", "3"], "'one' is not the number of a session"),
        (["--session", "last", "--pain", "3"], "There is no session last"),
    ],
)
def test_what_cannot_be_noted(run, journal, arguments, says):
    shown = run("log", *arguments)
    assert (shown.status, shown.out) == (2, "")
    assert says in shown.err
    assert journal.sessions() == ()
    assert journal.undo() is None


def test_a_played_session_is_corrected_and_set_back(run, journal):
    kept = journal.begin(PLAYED)
    shown = run(
        "log", "--session", "last", "--pain", "3", "--effort", "unknown", "--comment", "The left knee."
    )
    corrected, hint = shown.out.splitlines()
    assert corrected == (
        "Corrected session 1, core on Monday 2 March 2026: worst pain is 3 now, not 2; effort is unknown now,"
        " not 4; comment is 'The left knee.' now, not unknown."
    )
    assert hint == "Not right? voicecoach undo-log"
    felt = replace(PLAYED.after, worst_pain=3, effort=None)
    assert journal.session(1) == replace(kept, after=felt, comment="The left knee.")
    assert run("undo-log").out == (
        "Taken back in session 1, core on Monday 2 March 2026: worst pain is 2 now, not 3; effort is 4 now,"
        " not unknown; comment is unknown now, not 'The left knee.'.\n"
    )
    assert journal.session(1) == kept


@pytest.mark.parametrize("arguments", [["core"], ["--day", "today"], ["--minutes", "9"]])
def test_what_was_played_stays_what_it_was(run, journal, arguments):
    kept = journal.begin(PLAYED)
    shown = run("log", "--session", "1", "--pain", "5", *arguments)
    assert shown.status == 2
    assert "Session 1 was played, so its routine, day and minutes are known." in shown.err
    assert journal.session(1) == kept


def test_what_was_noted_can_be_moved(run, journal):
    run("log", "Swiming", "--day", "2026-03-02", "--minutes", "40")
    before = journal.latest()
    run("log", "Swimming", "--session", "1", "--day", "2026-03-03", "--minutes", "45")
    after = journal.latest()
    assert (after.routine, after.day.isoformat(), after.seconds) == ("Swimming", "2026-03-03", 2700)
    assert after.started - before.started == timedelta(1)
    assert after.ended - after.started == timedelta(minutes=45)
    run("log", "--session", "1", "--minutes", "50")
    assert journal.latest().started == after.started
    run("undo-log")
    run("undo-log")
    assert journal.latest() == before


def test_nothing_to_change(run, journal):
    journal.begin(PLAYED)
    assert run("log", "--session", "1", "--pain", "2").out.startswith("Nothing was changed")
    shown = run("log", "--session", "1")
    assert shown.status == 2
    assert "voicecoach log --session 1 --pain 3" in shown.err
    assert run("undo-log").status == 2


def test_nothing_to_take_back(run, home):
    shown = run("undo-log")
    assert shown.status == 2
    assert shown.err.startswith("There is nothing to take back")
    assert not home.exists()


def test_each_change_is_taken_back_in_turn(run, journal):
    journal.begin(PLAYED)
    run("log", "Swimming", "--minutes", "40")
    run("log", "--session", "2", "--pain", "1")
    run("log", "--session", "1", "--pain", "9")
    said = [run("undo-log") for _ in range(4)]
    assert [each.status for each in said] == [0, 0, 0, 2]
    assert "in session 1" in said[0].out
    assert "in session 2" in said[1].out
    assert "session 2, Swimming on" in said[2].out
    assert "is gone again" in said[2].out
    assert len(journal.sessions()) == 1


def test_what_was_said_since_stays_when_something_else_is_taken_back(run, journal):
    kept = journal.begin(PLAYED)
    run("log", "--session", "1", "--pain", "9")
    journal.update(replace(journal.session(1), next_morning=4))
    run("undo-log")
    assert journal.session(1) == replace(kept, next_morning=4)


def test_a_session_that_ends_keeps_what_was_corrected(run, journal):
    playing = journal.begin(replace(PLAYED, ended=None, finished=False, seconds=0.0))
    run("log", "--session", "1", "--comment", "Dog barked.")
    journal.end(replace(playing, ended=playing.started, seconds=5.0))
    assert (journal.session(1).comment, journal.session(1).seconds) == ("Dog barked.", 5.0)


def test_in_a_terminal_it_asks(run, journal, answers):
    answers("", "core", "someday", "yesterday", "", "11", "2", "", "Slept badly.")
    shown = run("log")
    assert shown.status == 0
    assert "'someday' is not a day" in shown.out + shown.err
    assert "'11' is not pain" in shown.out + shown.err
    (noted,) = journal.sessions()
    assert (noted.routine, noted.day) == ("core", today().date() - timedelta(1))
    assert noted.after == Felt(worst_pain=2)
    assert noted.comment == "Slept badly."
    assert noted.seconds >= 60


def test_a_name_is_not_asked_for_twice(run, journal, answers):
    answers("", "30", "", "", "")
    assert "What did you do" not in run("log", "Swimming").out
    assert journal.latest().seconds == 1800


def test_correcting_offers_what_is_there(run, journal, answers):
    kept = journal.begin(replace(PLAYED, comment="Good."))
    answers("", "", "")
    assert "Nothing was changed" in run("log", "--session", "1").out
    answers("", "6", "")
    assert "effort is 6 now, not 4" in run("log", "--session", "1").out
    assert journal.session(1) == replace(kept, after=replace(kept.after, effort=6))


def test_leaving_in_the_middle_notes_nothing(run, journal, answers):
    answers("core", "today")
    assert run("log").status == 1
    assert journal.sessions() == ()


SCALES = st.sampled_from([None, "unknown", "0", "7", "10"])
SAID = st.builds(
    Said,
    pain_before=SCALES,
    leg_before=st.sampled_from([None, "unknown", "none", "calf"]),
    pain=SCALES,
    effort=SCALES,
    leg=st.sampled_from([None, "unknown", "back", "foot"]),
    form=st.sampled_from([None, "unknown", "good", "lost"]),
    next_morning=SCALES,
    comment=st.none() | st.text(max_size=20),
)
CHANGES = st.lists(st.tuples(st.sampled_from(["add", "1", "last"]), SAID), max_size=6)


@given(changes=CHANGES)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_all_that_was_changed_can_be_taken_back(tmp_path_factory, changes):
    with Journal.open(tmp_path_factory.mktemp("journal") / "journal.db", print) as journal:
        journal.begin(PLAYED)
        states = [journal.sessions()]
        for what, said in changes:
            if what == "add":
                add(journal, replace(said, routine="Swimming", minutes="40"))
            elif said == Said():
                continue
            else:
                correct(journal, what, said)
            if (now := journal.sessions()) != states[-1]:
                states.append(now)
        while len(states) > 1:
            assert journal.sessions() == states.pop()
            undo(journal)
        assert journal.sessions() == states[0]
        with pytest.raises(UsageError):
            undo(journal)


def test_a_full_disk(run, journal, monkeypatch):
    pages = journal._connection.execute("PRAGMA page_count").fetchone()[0]
    opened = Journal.open

    def small(path, notice):
        found = opened(path, notice)
        found._connection.execute(f"PRAGMA max_page_count = {pages}")
        return found

    monkeypatch.setattr(Journal, "open", small)
    for _ in range(200):
        shown = run("log", "Swimming", "--minutes", "5", "--comment", "x" * 900)
        if shown.status:
            break
    assert shown.status == 2
    assert shown.err == f"Your journal {store.file()} cannot be written: the disk is full. Make room on it.\n"
    assert all(each.comment == "x" * 900 for each in journal.sessions())


def test_the_day_is_the_persons_own(run, journal):
    run("log", "Swimming", "--minutes", str(23 * 60))
    noted = journal.latest()
    assert noted.day == today().date()
    assert noted.started.astimezone().date() == noted.day  # however long it was
    assert noted.started.tzinfo is UTC
    assert isinstance(noted.started, datetime)
