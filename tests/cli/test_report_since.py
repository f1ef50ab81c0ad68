"""``voicecoach report --since`` and the commands that stand in the report's first box."""

import html
import re
import shlex
from datetime import date

import pytest
import two_weeks
import yaml

from voicecoach.cli.days import since_called
from voicecoach.errors import UsageError
from voicecoach.journal import store
from voicecoach.journal.store import Journal

TODAY = date(2026, 11, 30)
CALLED = {
    "2026-11-01": date(2026, 11, 1),
    "2026-9-4": date(2026, 9, 4),
    "today": TODAY,
    "yesterday": date(2026, 11, 29),
    "2 weeks": date(2026, 11, 16),
    "3 Weeks ago": date(2026, 11, 9),
    "a week": date(2026, 11, 23),
    "last week": date(2026, 11, 23),
    "two weeks": date(2026, 11, 16),
    "seven days": date(2026, 11, 23),
    "10 days": date(2026, 11, 20),
    "a fortnight": date(2026, 11, 16),
    "1 month": date(2026, 10, 31),
    "3 November": date(2026, 11, 3),
    "3. nov": date(2026, 11, 3),
    "Nov 3": date(2026, 11, 3),
    "november 3, 2025": date(2025, 11, 3),
    "24 dec": date(2025, 12, 24),
    "24 december 2025": date(2025, 12, 24),
}
REFUSED = {
    "": "'' is not a day",
    "soon": "'soon' is not a day",
    "the visit": "'the visit' is not a day",
    "2026-13-01": "There is no such day as 2026-13-01",
    "31 feb": "'31 feb' is not a day",
    "3 4 nov": "'3 4 nov' is not a day",
    "2026-12-01": "2026-12-01 is still to come",
    "24 dec 2026": "2026-12-24 is still to come",
    "11/03/2026": "'11/03/2026' is not a day",
}


@pytest.mark.parametrize("text", CALLED)
def test_a_day_since_when_is_called_in_many_ways(text):
    assert since_called(text, TODAY) == CALLED[text]


@pytest.mark.parametrize("text", REFUSED)
def test_what_is_no_such_day_is_refused_with_the_forms_that_are(text):
    with pytest.raises(UsageError) as error:
        since_called(text, TODAY)
    assert (
        str(error.value)
        == f"{REFUSED[text]}: say since when as 2026-09-14, '14 September', '3 weeks' or '10 days'."
    )


def test_a_time_that_is_longer_than_there_are_years_is_the_first_day():
    assert since_called("9999 months", TODAY) > date.min
    assert since_called("9999 months", date(2, 1, 1)) == date.min


@pytest.fixture
def visit(home, at):
    """Two weeks with a routine of one's own, on the evening of the last day."""
    steps = [{"exercise": key} for key in two_weeks.KEYS]
    path = home / "data" / "routines" / "knee.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.safe_dump({"name": "Runner's knee", "grow": True, "steps": steps}), encoding="utf-8")
    with Journal.open(store.file(), print) as journal:
        for session in two_weeks.lived():
            journal.begin(session)
    at(13)


@pytest.fixture
def page(tmp_path, run):
    """Write a report with these options; the page."""

    def write(*options):
        path = tmp_path / "page.html"
        result = run("report", "-o", path, *options)
        assert (result.status, result.err) == (0, "")
        return path.read_text(encoding="utf-8")

    return write


def matters(page):
    return [html.unescape(each) for each in re.findall(r'<p class="what">(.*?)</p>', page)]


@pytest.mark.usefixtures("visit")
def test_the_first_box_has_exactly_what_is_to_decide(page):
    assert matters(page()) == [
        "Left out since 9 Mar: Bird dog, right. Dead bug is done instead",
        "It hurt a lot, and nobody said which exercise",
        "The form was lost",
        "1 session without a word about pain",
    ]


@pytest.mark.usefixtures("visit")
def test_every_command_of_the_box_is_one_that_works(page, run):
    """Where a word in capital letters stands for what only the person knows, it is put in."""
    commands = [html.unescape(each) for each in re.findall(r"<code>(.*?)</code>", page())]
    assert len(commands) == 4
    for command in commands:
        program, *words = shlex.split(command.replace("EXERCISE", "glute_bridge"))
        assert program == "voicecoach"
        more = {"clear": ["--asked"], "log": [] if "--named" in words else ["--pain", "3"]}
        extra = more.get(words[1] if words[0] == "plan" else words[0], [])
        result = run(*words, *extra)
        assert (result.status, result.err) == (0, ""), command
    assert matters(page()) != []


@pytest.mark.usefixtures("visit")
def test_what_the_commands_settle_is_gone_from_the_box(page, run):
    run("log", "--session", "last", "--pain", "3")
    run("log", "--session", "7", "--pain", "2", "--effort", "4")
    run("plan", "clear", "bird_dog", "--asked")
    assert matters(page()) == [
        "It hurt: Bird dog, right",
        "It hurt a lot, and nobody said which exercise",
        "The form was lost",
    ]


@pytest.mark.usefixtures("visit")
def test_since_the_last_visit(page, run):
    shown = page("--since", "2026-03-11")
    assert "Since 11 March 2026, until 15 March 2026" in shown
    assert page("--since", "4 days") == shown
    assert matters(shown) == [
        "Left out since 9 Mar: Bird dog, right. Dead bug is done instead",
        "It hurt a lot, and nobody said which exercise",
        "The form was lost",
    ]
    assert "3 of 3 sessions done in full." in page("--since", "12 march")
    assert "4 of 4 sessions done in full." in shown


@pytest.mark.usefixtures("visit")
def test_next_time_is_what_plan_explain_says(page, run):
    rows = re.findall(r"<tr.*?</tr>", page(), re.DOTALL)
    (dog,) = (re.sub("<[^>]*>", " ", row) for row in rows if "Bird dog" in row and 'class="dose"' in row)
    explained = run("plan", "explain", "knee").out
    assert "Dead bug, for Bird dog: 2" in explained
    assert "Dead bug instead, 2 reps" in " ".join(dog.split())
    assert "Side plank on the knees: 3-1-1 x 5s" in explained
    assert "3-1-1 \N{MULTIPLICATION SIGN} 5s" in page()


@pytest.mark.usefixtures("visit")
def test_what_does_not_fit_together_is_refused(run):
    for options, why in (
        (("--since", "2 weeks", "--weeks", "3"), "Say '--since' or '--weeks', not both."),
        (
            ("--since", "2023-01-01"),
            "2023-01-01 is more than two years ago, which is as far as a report goes.",
        ),
    ):
        result = run("report", *options)
        assert (result.status, result.err) == (2, f"{why}\n")


@pytest.mark.usefixtures("visit")
def test_since_a_day_without_a_session_after_it_the_way_back_is_told(run, at):
    at(30)
    assert run("report", "--since", "2026-03-20").out == (
        "Your last session was on 14 March 2026. Good to have you back."
        " To look further back: --since 2026-03-14.\n"
    )
