"""``voicecoach plan dose``, ``keep``, ``clear`` and ``undo``: what a person can say to the rules."""

import io
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from fakes.journal import MONDAY, session_on, sets_of

from voicecoach.app import plan
from voicecoach.app import wishes as wishing
from voicecoach.cli import plan_explain
from voicecoach.journal import store
from voicecoach.journal.records import Wish
from voicecoach.journal.store import Journal
from voicecoach.routine.doses import Dose
from voicecoach.routine.files.library import Library
from voicecoach.session.listener import Ending


@pytest.fixture(autouse=True)
def at(monkeypatch):
    """Let it be so many days after Monday, in the evening."""

    def set_day(day):
        when = datetime.combine(MONDAY, datetime.min.time(), UTC) + timedelta(days=day, hours=17)
        for module in (plan, wishing, plan_explain):
            monkeypatch.setattr(module, "today", lambda: when)

    set_day(0)
    return set_day


@pytest.fixture
def journal(home):
    with Journal.open(store.file(), print) as journal:
        yield journal


@pytest.fixture
def done(journal, at):
    """Do a routine on a day, which is today then; every set of it."""

    def do(day, routine="quick", ending=Ending.DONE, **said):
        at(day)
        exercises = Library.default().load(routine).exercises
        sets = [sets_of(each, ending=ending) for each in exercises]
        journal.begin(replace(session_on(day, *sets, **said), routine=routine))

    return do


@pytest.fixture
def ready(done):
    """Two good sessions, after which everything may rise."""
    done(0)
    done(2)


@pytest.fixture
def left_out(done):
    """Everything hurt, twice within a week."""
    done(0, ending=Ending.HURT)
    done(2, ending=Ending.HURT)


def test_a_dose_is_shown_with_its_reason(run, ready):
    shown = run("plan", "dose", "Glute-Bridge")
    assert (shown.status, shown.err) == (0, "")
    assert shown.out == (
        "Next time in Quick: Glute bridge, 4 x 2s.\n"
        "Two green sessions at effort 5: reps go from 3 to 4.\n"
        "  - 2026-03-04: 3 x 2s, green, effort 5, worst pain 1\n"
        "  - 2026-03-02: 3 x 2s, green, effort 5, worst pain 1\n"
        "To have it otherwise: voicecoach plan dose glute_bridge '3 x 2s'\n"
    )


def test_a_dose_is_set(run, ready, journal):
    shown = run("plan", "dose", "glute bridge", "2 x 8")
    assert (shown.status, shown.err) == (0, "")
    assert shown.out == (
        "Next time in Quick: Glute bridge, 2 x 8 x 2s. The last time it was 3 x 2s.\n"
        "Careful: by the rules it would be 4 x 2s.\n"
        "From there it goes up and down again by how your sessions go.\n"
        "Not right? voicecoach plan undo\n"
    )
    (choice,) = journal.choices()
    assert (choice.written, choice.wish) == ("glute_bridge", Wish.DOSE)
    assert choice.dose == Dose(reps=(8, 8), hold=2.0, lowering=3.0)
    explained = run("plan", "explain", "quick").out
    assert (
        "  Glute bridge: 2 x 8 x 2s\n      You chose 2 x 8 x 2s.\n      You said so on 4 March.\n"
    ) in explained
    again = run("plan", "dose", "glute bridge", "2 x 8").out
    assert again == "You chose that already. Next time in Quick: Glute bridge, 2 x 8 x 2s.\n"
    assert len(journal.choices()) == 1


def test_less_needs_no_caution(run, ready):
    assert run("plan", "dose", "glute_bridge", "2").out == (
        "Next time in Quick: Glute bridge, 2 x 2s. The last time it was 3 x 2s. Without this it would be"
        " 4 x 2s.\n"
        "From there it goes up and down again by how your sessions go.\n"
        "Not right? voicecoach plan undo\n"
    )


def test_more_after_pain_is_possible_and_said_plainly(run, done):
    done(0, worst=5)
    assert (
        "Careful: by the rules it would be 3 x 2s. The last time was amber: it stays at 3 x 2s. Begin only"
        " without pain, and stop at once when it hurts.\n"
    ) in run("plan", "dose", "glute_bridge", "5").out
    done(10, worst=7)
    assert (
        "Glute bridge, 6 x 2s. The last time it was 3 x 2s.\nCareful: by the rules it would be 2 x 2s. It"
        in (run("plan", "dose", "glute_bridge", "6").out)
    )


def test_what_comes_between_counts_first_and_is_told(run, done, at):
    done(0)
    run("plan", "dose", "glute_bridge", "6")
    at(20)
    explained = run("plan", "explain", "quick").out
    assert (
        "  Glute bridge: 3 x 2s\n      Good to have you back: reps go from 6 to 4; today 3 x 2s.\n"
        in explained
    )
    assert "      Your wish of 2 March, 6 x 2s, was before that.\n" in explained


def test_no_change(run, ready):
    assert run("plan", "keep", "glute_bridge").out == (
        "Next time in Quick: Glute bridge, 3 x 2s. That is as the last time. Without this it would be"
        " 4 x 2s.\n"
        "You asked for no change: it stays at 3 x 2s.\n"
        "Not right? voicecoach plan undo\n"
    )
    assert "  Pelvic tilt: 4 x 2s\n" in run("plan", "explain", "quick").out


def test_no_change_does_not_keep_what_hurt(run, done):
    done(0, ending=Ending.HURT)
    assert run("plan", "keep", "glute_bridge").out == (
        "Next time in Quick: Glute bridge, 2 x 2s. The last time it was 3 x 2s.\n"
        "It hurt the last time: reps go from 3 to 2.\n"
        "This refuses only what is more; what is less stays less. To have it otherwise: voicecoach plan dose"
        " glute_bridge '3 x 2s'\n"
        "Not right? voicecoach plan undo\n"
    )
    assert "You asked for no change on 2 March, so nothing rises." in run("plan", "explain", "quick").out


def test_what_was_left_out_comes_back_only_when_somebody_was_asked(run, left_out, journal):
    for words in (["dose", "glute_bridge", "2"], ["keep", "glute_bridge"], ["clear", "glute_bridge"]):
        refused = run("plan", *words)
        assert refused.status == 2
        assert journal.choices() == ()
    assert refused.err == (
        "Did a doctor or a physiotherapist say that you may do it again? If so, say it with --asked.\n"
    )
    explained = run("plan", "explain", "quick").out
    assert "to one left out: voicecoach plan clear EXERCISE\n" in explained
    assert "voicecoach plan clear glute_bridge\n" in run("plan", "dose", "glute_bridge").out
    cleared = run("plan", "clear", "glute_bridge", "--asked")
    assert cleared.status == 0
    assert cleared.out.endswith(
        "Next time in Quick: Glute bridge, 2 x 2s.\n"
        "You asked a professional: it begins again at 2 x 2s.\n"
        "Lift only halfway.\n"
        "Stop at once when it hurts, and ask them again when pain, tingling or numbness spreads down a leg.\n"
        "Not right? voicecoach plan undo\n"
    )
    assert run("plan", "clear", "glute_bridge", "--asked").status == 2
    assert "  Pelvic tilt: left out\n" in run("plan", "explain", "quick").out
    assert "Glute bridge, left out.\n" in run("plan", "undo").out


@pytest.mark.parametrize(("answer", "wishes"), [("y", [Wish.CLEARED]), ("n", []), ("", [])])
def test_in_a_terminal_it_asks(run, left_out, journal, monkeypatch, answer, wishes):
    typed = io.StringIO(f"{answer}\n")
    typed.isatty = lambda: True
    monkeypatch.setattr("sys.stdin", typed)
    assert "say that you may do it again? [y/N]" in run("plan", "clear", "glute_bridge").out
    assert [each.wish for each in journal.choices()] == wishes


def test_wishes_are_taken_back_one_by_one(run, ready, journal):
    run("plan", "keep", "pelvic_tilt")
    run("plan", "dose", "glute_bridge", "2")
    assert run("plan", "undo").out == (
        "Taken back: 2 x 2s for Glute bridge, as you said on 4 March.\n"
        "Next time in Quick: Glute bridge, 4 x 2s.\n"
        "Two green sessions at effort 5: reps go from 3 to 4.\n"
    )
    assert run("plan", "undo").out.startswith(
        "Taken back: no change for Pelvic tilt, as you said on 4 March.\n"
    )
    assert journal.choices() == ()
    nothing = run("plan", "undo")
    assert (nothing.status, nothing.out) == (2, "")


def test_what_a_session_has_followed_stays(run, done, journal):
    done(0)
    run("plan", "dose", "glute_bridge", "2")
    done(1)
    assert run("plan", "undo").status == 2
    assert len(journal.choices()) == 1


@pytest.mark.parametrize(
    ("exercise", "dose", "says"),
    [
        ("glute_bridge", "60s", "Glute bridge: say how many of them as well, as in '3 x 2s'."),
        ("glute_bridge", "8 each side", "this exercise works both sides at once"),
        ("glute_bridge", "0 x 8", "0 sets. Expected: at least 1 set."),
        ("glute_bridge", "500", "at most 100 reps a set"),
        ("glute_bridge", "100 x 3m", "longer than an hour"),
        (
            "glute_bridge",
            "20 x 100",
            "Glute bridge: 20 x 100 takes more than an hour with its rests. Take less.",
        ),
        ("glute_bridge", "a lot", "'a lot' is not a dose"),
        ("glute_bridge", "", "is not a dose"),
        ("bridge", "8", "Did you mean 'Glute bridge'? Looked into: quick."),
    ],
)
def test_what_cannot_be_meant_changes_nothing(run, ready, journal, exercise, dose, says):
    refused = run("plan", "dose", exercise, dose)
    assert (refused.status, refused.out) == (2, "")
    assert says in refused.err
    assert journal.choices() == ()


@pytest.mark.parametrize(
    ("exercise", "dose", "says"),
    [
        ("dead_bug", "7", "Dead bug: left and right take turns, so take an even number of reps."),
        ("dead_bug", "6 each side", "Dead bug: left and right are counted together. Leave the side out."),
        ("brisk_walk", "10", "this exercise goes by time, not by reps. Expected: a dose such as 60s"),
    ],
)
def test_a_dose_is_of_the_kind_that_the_exercise_has(run, home, exercise, dose, says):
    routine = home / "one.yaml"
    home.mkdir(exist_ok=True)
    routine.write_text(f"name: One\nsteps:\n  - {exercise}\n")
    refused = run("plan", "dose", exercise, dose, "--routine", routine)
    assert refused.status == 2
    assert says in refused.err


def test_each_side(run, home):
    shown = run("plan", "dose", "bird_dog", "2 x 6 x 8s each side", "--routine", "core")
    assert shown.out.startswith("Next time in Core: Bird dog, 2 x 6 x 8s, each side.\n")


def test_the_routines_of_the_plan_are_looked_into(run):
    assert "Name the routine with it, as in: --routine quick" in run("plan", "dose", "glute_bridge").err
    run("plan", "new", "--phase", "restore")
    assert run("plan", "dose", "bird dog").out.startswith("Next time in Core three, start: Bird dog, ")
    assert "There is no routine called 'cor'" in run("plan", "dose", "bird dog", "--routine", "cor").err


def test_another_form_is_found_by_its_own_name(run, home, journal):
    folder = home / "data" / "routines"
    folder.mkdir(parents=True)
    (folder / "planks.yaml").write_text("name: Planks\nsteps:\n  - plank_front\n")
    (plank,) = Library.default().load("planks").exercises
    hurt = session_on(0, sets_of(plank, ending=Ending.HURT))
    journal.begin(replace(hurt, routine="planks"))
    shown = run("plan", "dose", "plank at the wall").out
    first, why = shown.splitlines()[:2]
    assert first == "Next time in Planks: Plank at the wall, 3 x 10s."
    assert why == "It hurt the last time: Plank at the wall instead."
    refused = run("plan", "dose", "plank at the wall", "2 x 10s")
    assert (refused.status, journal.choices()) == (2, ())
    assert refused.err == (
        "Plank at the wall is what comes next, so its dose can be set when it was done once. To stay with"
        " Front plank on the knees: voicecoach plan dose plank_front '3 x 10s'\n"
    )
    assert run("plan", "dose", "plank_front", "2 x 10s").out.startswith(
        "Next time in Planks: Front plank on the knees, 2 x 10s. The last time it was 3 x 10s.\n"
        "Careful: by the rules it would be Plank at the wall, 3 x 10s. It hurt the last time: Plank at the"
        " wall instead. Begin only without pain, and stop at once when it hurts.\n"
    )


def test_a_new_exercise_has_nothing_to_keep(run):
    refused = run("plan", "keep", "glute_bridge", "--routine", "quick")
    assert refused.status == 2
    assert refused.err == (
        "Glute bridge is new to your plan, so there is nothing to keep. To begin it otherwise: voicecoach"
        " plan dose glute_bridge '3 x 2s'\n"
    )


def test_a_chosen_dose_is_told_before_it_is_played(run, accepted):
    run("plan", "dose", "glute_bridge", "5", "--routine", "quick")
    play = ("play", "quick", "--output", "instant", "--journal", "--voice", "silent", "--yes")
    lines = run(*play).out.splitlines()
    said = [line.split("  ")[-1] for line in lines]
    told = said.index("Glute bridge. You chose 5 x 2s.")
    assert said[told + 1] == "The plan explain command says how to have it otherwise."
    assert any("Five reps" in line for line in said[told:])
    again = run(*play).out
    assert "You chose" not in again, "it is no news any more"
