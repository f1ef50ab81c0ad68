"""``voicecoach plan`` and ``today``."""

import io
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
import vobject
from fakes.journal import MONDAY, session_on, sets_of

from voicecoach.app import plan as planning
from voicecoach.cli import perform, plan_explain, plan_schedule
from voicecoach.journal import store
from voicecoach.journal.store import Journal
from voicecoach.routine.files.library import Library
from voicecoach.routine.programme import PhaseName
from voicecoach.settings import schedule_file

WEDNESDAY = MONDAY + timedelta(2)


@pytest.fixture(autouse=True)
def day(monkeypatch):
    """Let it be this day."""

    def set_day(day):
        now = datetime(day.year, day.month, day.day, 17, tzinfo=UTC)
        for module in (planning, plan_schedule, plan_explain):
            monkeypatch.setattr(module, "today", lambda: now)

    set_day(MONDAY)
    return set_day


@pytest.fixture
def answers(monkeypatch):
    """Type these lines, as if into a terminal."""

    def type_in(*lines):
        typed = io.StringIO("".join(f"{line}\n" for line in lines))
        typed.isatty = lambda: True
        monkeypatch.setattr("sys.stdin", typed)

    return type_in


@pytest.fixture
def plan(run):
    """Somebody in the phase restore since Monday."""
    assert run("plan", "new", "--phase", "restore").status == 0


def done(day, routine, **said):
    """Write into the journal that a routine was done, every set of it."""
    exercises = Library.default().load(routine).exercises
    session = session_on(day, *map(sets_of, exercises), **said)
    with Journal.open(store.file(), print) as journal:
        journal.begin(replace(session, routine=routine))


def test_without_a_plan_it_says_how_to_make_one(run):
    for words in (["today"], ["plan"], ["plan", "days", "walk", "2"], ["plan", "phase", "calm"]):
        result = run(*words)
        assert (result.status, result.out) == (2, "")
        assert "'voicecoach plan new' makes one" in result.err


def test_a_new_plan_is_shown(run, home):
    shown = run("plan", "new", "--phase", "restore")
    assert (shown.status, shown.err) == (0, "")
    assert shown.out == (
        "Back, phase 'restore' since 2 March 2026\n"
        "Short holds on most days, to get the trunk steady again (about the fourth to the twelfth week).\n"
        "\n"
        "  core-three-start  5 days a week: Mon, Tue, Wed, Thu, Sat\n"
        "  walk              3 days a week: Tue, Fri, Sun\n"
        "  daily-stretch     2 days a week: Mon, Thu\n"
        "\n"
        "After this comes 'build'. 'voicecoach today' says when you are ready for it.\n"
        f"Kept in {home / 'data' / 'plan.yaml'}\n"
        "What is due: voicecoach today. Reminders: voicecoach plan calendar -o plan.ics\n"
    )
    assert run("plan").out == shown.out[: shown.out.index("What is due")]


def test_a_question_makes_one_in_a_terminal(run, answers):
    answers("5", "3")
    asked = run("plan")
    assert asked.status == 0
    assert "How is your back?" in asked.out
    assert "Answer a number from 1 to 4." in asked.out + asked.err
    assert "phase 'build' since 2 March 2026" in asked.out
    answers()
    assert "How is your back?" not in run("plan").out


def test_without_a_terminal_the_phase_must_be_said(run):
    result = run("plan", "new")
    assert result.status == 2
    assert result.err == "Say where you begin, with --phase and one of: calm, restore, build, maintain.\n"
    assert "Did you mean 'back'?" in run("plan", "new", "--programme", "bak", "--phase", "calm").err


def test_a_programme_of_ones_own(run, home):
    folder = home / "data" / "routines" / "programmes"
    folder.mkdir(parents=True)
    (folder / "mine.yaml").write_text(
        "name: Mine\nsore: calm-mini\nphases:\n  - name: maintain\n"
        "    routines: {core: 2, desk-break: daily}\n"
    )
    assert run("check", str(folder / "mine.yaml")).out.endswith("mine.yaml: good\n")
    assert (
        "no phase 'calm', but: maintain" in run("plan", "new", "--programme", "mine", "--phase", "calm").err
    )
    shown = run("plan", "new", "--programme", "mine", "--phase", "maintain").out
    assert "  desk-break  every day\n" in shown
    assert "After this" not in shown
    (folder / "mine.yaml").write_text(
        "name: Mine\nsore: calm-mini\nphases:\n  - name: build\n    routines: {core: 2}\n"
    )
    gone = run("today")
    assert gone.status == 2
    assert (
        "has no phase 'maintain' any more. Choose one with 'voicecoach plan phase NAME': build." in gone.err
    )
    assert run("plan", "phase", "build").status == 0
    assert run("today").status == 0


def test_what_is_due(run, plan, day):
    first = run("today")
    assert (first.status, first.err) == (0, "")
    assert first.out == (
        "Today: Core three, start (16 min), 0 of 5 days this week.\n"
        "Also today: Daily stretch (20 min), 0 of 2 days this week.\n"
        "To play it: voicecoach play core-three-start\n"
    )
    done(0, "core-three-start")
    done(0, "daily-stretch")
    assert run("today").out == (
        "Nothing more is due today. Next: Core three, start (16 min) and Walk (11 min), tomorrow.\n"
    )
    day(WEDNESDAY)
    assert "Today: Core three, start (16 min), 1 of 5 days this week.\n" in run("today").out


def test_due_now_names_the_routine_to_play(plan):
    told = []
    assert planning.due_now(told.append).routine == "core-three-start"
    done(0, "core-three-start")
    assert planning.due_now(told.append).routine == "daily-stretch"
    done(0, "daily-stretch")
    agenda = planning.due_now(told.append)
    assert (agenda.routine, len(agenda.lines), told) == ("", 1, [])


def test_a_sore_day(run, plan, day):
    done(0, "core-three-start", pain=7)
    shown = run("today").out
    assert shown.startswith("Today, gently: Calm mini (")
    assert shown.endswith("To play it: voicecoach play calm-mini\n")


def test_the_next_phase_is_proposed_with_its_reason_and_never_begun(run, plan, day):
    for each in (0, 2, 7, 9, 14):
        done(each, "core-three-start", pain=1)
    day(MONDAY + timedelta(14))
    assert run("today").out.splitlines()[-2] == (
        "You may go on from 'restore' to 'build': you trained in three weeks of this phase and the last two"
        " times you reached every target of Core three, start without much pain. To do so: voicecoach plan"
        " phase build. To stay: voicecoach plan phase restore."
    )
    assert schedule_file.load(["x"]).phase is PhaseName.RESTORE
    stayed = run("plan", "phase", "restore").out
    assert stayed == "You stay in 'restore'. The next phase is not proposed before 30 March.\n"
    assert "You may go on" not in run("today").out
    assert "phase 'build' since 16 March 2026" in run("plan", "phase", "build").out
    assert schedule_file.load(["x"]).since == date(2026, 3, 16)


def test_a_journal_that_cannot_be_read_is_told_and_today_goes_on(run, plan):
    store.file().mkdir(parents=True)
    result = run("today")
    assert result.status == 0
    assert "So it is not known here what you did." in result.err
    assert result.out.startswith("Today: Core three, start (16 min), 0 of 5")


def test_days_are_changed(run, plan):
    assert "walk              1 day a week: Fri\n" in run("plan", "days", "walk", "1").out
    chosen = run("plan", "days", "core-three-start", "mon,wednesday, sat", "--apart", "2").out
    assert "core-three-start  3 days a week, not on days in a row: Mon, Wed, Sat\n" in chosen
    assert "This is your own choice" in chosen
    assert "ball-steady       1 day a week" in run("plan", "days", "ball-steady", "1").out
    assert "ball-steady" not in run("plan", "days", "ball-steady", "0").out
    assert "  daily-stretch     every day\n" in run("plan", "days", "daily-stretch", "daily").out
    again = run("plan", "new", "--phase", "restore").out
    assert "This is your own choice" in again, "a new beginning keeps it"
    assert "5 days a week" in run("plan", "reset").out


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["days", "wlak", "2"], "Did you mean 'walk'?"),
        (
            ["days", "walk", "8"],
            "'8' does not fit here: 1 to 7 days a week, daily, days such as mon,wed,fri, or 0 to leave it",
        ),
        (["days", "walk", "mnday"], "'mnday' is not a day of the week: did you mean 'mon'?\n"),
        (["days", "walk", "4", "--apart", "2"], "at most 3 days"),
        (["days", "ball-steady", "0"], "'ball-steady' is not in the phase 'restore'"),
        (["swap", "core-three", "core"], "Did you mean 'core-three-start'?"),
        (["swap", "walk", "cor"], "Did you mean 'core'?"),
        (["swap", "walk", "daily-stretch"], "is in this phase already"),
        (["at", "noon"], "'noon' is not a time of day"),
        (["phase", "peak"], "peak"),
    ],
)
def test_what_cannot_be_meant_changes_nothing(run, plan, words, says):
    before = schedule_file.file().read_text()
    result = run("plan", *words)
    assert result.status == 2
    assert says in result.err
    assert schedule_file.file().read_text() == before


def test_a_plan_keeps_one_routine(run, plan):
    run("plan", "days", "walk", "0")
    run("plan", "days", "daily-stretch", "0")
    assert "Nothing would be left" in run("plan", "days", "core-three-start", "0").err


def test_a_routine_is_swapped_for_another(run, plan):
    assert "  core           5 days a week" in run("plan", "swap", "core-three-start", "core").out
    assert run("today").out.startswith("Today: Core (")


def test_reminders_follow_the_plan(run, plan, tmp_path):
    path = tmp_path / "plan.ics"
    run("plan", "days", "walk", "0")
    run("plan", "days", "daily-stretch", "0")
    run("plan", "at", "7:30")
    written = run("plan", "calendar", "-o", path)
    assert written.out.startswith(f"Written: {path}, reminders at 07:30 on Mon, Tue, Wed, Thu, Sat.\n")
    changed = run("plan", "days", "core-three-start", "mon,thu")
    assert "Your calendar does not know yet: voicecoach plan calendar -o plan.ics\n" in changed.out
    run("plan", "calendar", "-o", path)
    events = vobject.readOne(path.read_bytes().decode()).vevent_list
    assert [(each.uid.value[:3], each.status.value) for each in events] == [
        ("mon", "CONFIRMED"),
        ("tue", "CANCELLED"),
        ("wed", "CANCELLED"),
        ("thu", "CONFIRMED"),
        ("sat", "CANCELLED"),
    ]
    assert {each.dtstart.value.strftime("%H:%M") for each in events} == {"07:30"}
    assert events[0].summary.value == "Back: Core three, start"
    run("plan", "calendar", "-o", path)
    assert len(vobject.readOne(path.read_bytes().decode()).vevent_list) == 2


@pytest.mark.parametrize("where", [".", "nowhere/plan.ics"])
def test_a_calendar_that_cannot_be_written_is_said(run, plan, tmp_path, where):
    result = run("plan", "calendar", "-o", tmp_path / where)
    assert result.status == 2
    assert "cannot be written" in result.err
    assert schedule_file.load(["x"]).reminded == ()


def test_what_is_no_file_is_written_to_and_not_replaced(run, plan, tmp_path):
    target, link = tmp_path / "target.ics", tmp_path / "link.ics"
    link.symlink_to(target)
    assert run("plan", "calendar", "-o", link).status == 0
    assert link.is_symlink()
    assert target.read_bytes().startswith(b"BEGIN:VCALENDAR\r\n")


def test_no_plan_any_more(run, plan, tmp_path):
    run("plan", "calendar", "-o", tmp_path / "plan.ics")
    assert "Delete the reminders in your calendar" in run("plan", "stop").out
    assert run("today").status == 2
    assert run("plan", "stop").status == 0


def test_why_each_dose_is_what_it_is(run, plan, day):
    for each in (0, 1):
        done(each, "core-three-start", pain=1, effort=4)
    day(WEDNESDAY)
    shown = run("plan", "explain")
    assert (shown.status, shown.err) == (0, "")
    assert shown.out.startswith("Core three, start: what the next time asks of you, and why\n\n  Cat-camel: ")
    assert "  Bird dog: 3-2-1 x 8s, each side\n" in shown.out
    assert "      - 2026-03-03: 3-2-1 x 8s, green, effort 4, worst pain 1\n" in shown.out
    assert shown.out.count("Two green sessions at effort 4: ") == 2, "at most two exercises rise"


def test_a_session_of_which_nothing_was_said_is_told_as_that(run, plan, day):
    done(0, "core-three-start", worst=None, effort=None)
    day(WEDNESDAY)
    shown = run("plan", "explain").out
    assert "      - 2026-03-02: 3-2-1 x 8s, pain not said\n" in shown
    assert "unknown" not in shown


def test_the_end_of_a_session_counts_the_days_and_not_the_sessions(run, plan, accepted, monkeypatch):
    for each in (0, 1, 1):
        done(each, "core-three-start")
    monkeypatch.setattr(perform, "today", lambda: datetime(2026, 3, 3, 17, tzinfo=UTC))
    played = run("play", "quick", "--yes", "--voice", "silent", "--output", "instant")
    assert "That makes two of five days this week.\n" in played.out


def test_any_routine_can_be_explained_without_a_plan(run):
    assert "  Glute bridge: 3 x 2s\n      New: it begins at 3 x 2s.\n" in run("plan", "explain", "quick").out
    assert "Did you mean 'quick'?" in run("plan", "explain", "quik").err


PLAY = ("play", "quick", "--yes", "--voice", "silent", "--output", "instant")


@pytest.mark.parametrize("command", [("today",), ("plan", "explain"), ("config",), ("config", "rules"), PLAY])
def test_figures_that_were_settings_change_nothing_and_no_command_refuses(run, plan, home, command):
    path = home / "config" / "config.toml"
    path.parent.mkdir(exist_ok=True)
    path.write_text("rule-red-pain = 3\nrule-calm-days = 5\n")
    shown = run(*command)
    assert (shown.status, shown.err.count("rule-")) == (0, 0)
    named = "Not used any more, as the figures of the rules are fixed: rule-red-pain, rule-calm-days."
    assert shown.out.count(named) == (0 if command[0] in {"today", "play"} else 1)
