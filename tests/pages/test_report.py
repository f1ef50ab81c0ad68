"""The page for a physiotherapist: what stands on it, and that nothing in it is more than text."""

import os
import re
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
import seeded
import two_weeks
from brackets import bracketed, stray
from fakes.journal import MONDAY, session_on, sets_of
from heavy import heavy
from html_tree import Element, parsed

from voicecoach import __version__
from voicecoach.journal.records import Decision, DoseChange, Leg, Weakness
from voicecoach.language import phrases
from voicecoach.language.phrases import Message, Phrases
from voicecoach.pages.charts import _apart
from voicecoach.pages.decide_box import MOST, decide_box
from voicecoach.pages.exercise_table import TableContext, exercises
from voicecoach.pages.report import Report, page
from voicecoach.routine.dose import Dose, Grade
from voicecoach.routine.doses import at_dose
from voicecoach.routine.files.library import Library
from voicecoach.routine.files.routine import read_routine
from voicecoach.routine.instructions import NO_INSTRUCTIONS, AgreedPain, Instructions
from voicecoach.session.listener import Ending
from voicecoach.training.by_exercise import DoneOf, ExerciseNow, RoutineNow
from voicecoach.training.stats import weeks_until
from voicecoach.training.to_decide import Incident, Matter, MatterKind

CAT = replace(Library.default().exercise("cat_camel"), reps=(6,))
SAID = Path(__file__).with_name("cases.txt")
SUNDAY = MONDAY + timedelta(6)
HOSTILE = "</style><script>alert(1)</script><img src=x onerror=alert(1)> & \"a\" 'b' \x00\x1b[31m\ud800\u202e"
ROWS = {"weeks": 16, "changes": 9, "exercises": 14}
"""At most."""


def report(*sessions, today=SUNDAY, count=12, **more):
    return page(
        Report(
            weeks=weeks_until(today, count, sessions, 3), today=today, find_variation=find_variation, **more
        )
    )


def find_variation(key):
    return CAT if key == CAT.key else None


def test_a_single_minute_is_one():
    short = replace(session_on(0, sets_of(CAT)), seconds=60.0)
    assert "1 minute a session." in parsed(report(short)).words


@pytest.fixture(scope="module")
def twelve():
    """The report of twelve weeks."""
    return seeded_report(12)


def seeded_report(count):
    sessions = seeded.months(weeks=count)
    last = MONDAY + timedelta(7 * count - 1)
    found = weeks_until(last, count, sessions, 3)
    return page(Report(weeks=found, today=last, name="Robin Example", find_variation=seeded.find_variation))


def test_it_is_well_formed(twelve):
    assert [each.name for each in parsed(twelve).children if isinstance(each, Element)] == ["html"]
    for picture in re.findall(r"<svg.*?</svg>", twelve, re.DOTALL):
        assert ET.fromstring(picture).get("role") == "img"


def test_every_id_stands_once_and_is_there(twelve):
    names = [each.attributes["id"] for each in every(twelve) if "id" in each.attributes]
    assert len(names) == len(set(names))
    used = " ".join(each.attributes.get("aria-labelledby", "") for each in every(twelve)).split()
    assert set(used) == set(names)


def every(html):
    def below(element):
        for child in element.children:
            if isinstance(child, Element):
                yield child
                yield from below(child)

    return below(parsed(html))


def test_it_loads_nothing_and_runs_nothing(twelve):
    assert not re.search(r"https?:|//|url\(|@import|expression\(|javascript:", twelve)
    assert {each.name for each in every(twelve)}.isdisjoint(
        {"script", "link", "img", "iframe", "object", "embed", "base", "form", "use", "image", "a"}
    )
    names = {name for each in every(twelve) for name in each.attributes}
    assert names.isdisjoint({"src", "href", "srcset", "style", "xlink:href", "action"})
    assert not any(name.startswith("on") for name in names)


def week_of_three():
    """A quarter: a green Monday, a Wednesday that hurt, a Friday that was stopped."""
    up = Decision(
        written=CAT.key,
        exercise=CAT.key,
        dose=None,
        change=DoseChange.ADVANCE,
        reason=Message.verbatim("Two green sessions: reps go from 5 to 6."),
    )
    return (
        session_on(0, sets_of(CAT), pain=4, worst=4, effort=4, leg=Leg.BACK, after_leg=Leg.THIGH),
        session_on(2, sets_of(CAT, share=0.5, ending=Ending.HURT), pain=5, worst=7, effort=6),
        replace(
            session_on(4, sets_of(CAT), pain=3, worst=2, effort=5, morning=1, decisions=[up]),
            finished=False,
            seconds=1200.0,
            comment="Went\n  well.",
        ),
    )


def test_new_weakness_is_named_with_its_days_until_it_is_long_over():
    days = ((-50, True), (-48, False), (1, True), (2, True), (3, False), (4, True))
    said = tuple(Weakness(at=session_on(day).started, present=present) for day, present in days)
    words = parsed(report(*week_of_three(), count=1, weakness=said)).words
    assert re.findall(r"New weakness[^.]*\.", words) == [
        "New weakness or numbness in a leg or foot: said on 3 March 2026, answered with no on 5 March 2026.",
        "New weakness or numbness in a leg or foot: said on 6 March 2026, and not answered with no since.",
    ]
    assert "New weakness" not in parsed(report(*week_of_three(), weakness=said[1:2])).words


@pytest.mark.parametrize(
    "change", [each for each in DoseChange if each not in {DoseChange.HOLD, DoseChange.START}]
)
def test_every_change_has_a_sign_with_a_meaning(change):
    plan = Decision(written="x", exercise="x", dose=None, change=change, reason=Message.verbatim("Because."))
    html = report(session_on(0, decisions=[plan]))
    sign = next(each for each in parsed(html).classed("table", "changes").all("span"))
    assert sign.words
    assert sign.attributes["aria-label"]


SIX, THREE, LOADED = Dose(reps=(6,)), Dose(reps=(3,)), Dose(reps=(4,), load=2.0)
SORE_DAYS = (
    (DoseChange.START, SIX, SIX),
    (DoseChange.ADVANCE, LOADED, LOADED),
    (DoseChange.REMOVE, LOADED, LOADED),
    (DoseChange.FLARE, THREE, LOADED),
    (DoseChange.FLARE, replace(THREE, load=2.0), LOADED),
)


def eased(change, dose, level):
    why = Message.verbatim("Because.")
    return Decision(written=CAT.key, exercise=CAT.key, dose=dose, level=level, change=change, reason=why)


CASES = {
    "a week": lambda: report(*week_of_three()),
    "a session": lambda: report(week_of_three()[0]),
    "six weeks": lambda: report(
        *(
            session_on(7 * week + day, pain=6 - week, worst=7 - week, effort=4 + week)
            for week in range(6)
            for day in (0, 2, 4)
        ),
        today=MONDAY + timedelta(41),
    ),
    "a load, then sore days": lambda: report(
        *(
            session_on(day, sets_of(at_dose(CAT, dose)), decisions=[eased(change, dose, level)])
            for day, (change, dose, level) in enumerate(SORE_DAYS)
        ),
    ),
    "two weeks of a knee": two_weeks.report,
    "two weeks of a knee, since the last visit": lambda: two_weeks.report(since=MONDAY + timedelta(9)),
    "nobody said": lambda: report(session_on(0, sets_of(CAT), worst=None, effort=None)),
    "only the worst, at the turn of a year": lambda: report(
        session_on(date(2025, 12, 30), worst=3), today=date(2026, 1, 3)
    ),
}


def test_an_agreed_pace_is_told():
    def decided(change):
        why = Message.verbatim("Because.")
        return Decision(written="x", exercise="x", dose=None, change=change, reason=why)

    steps = [DoseChange.PACE_BEGIN, DoseChange.PACE_MORE]
    html = report(*(session_on(day, decisions=[decided(each)]) for day, each in enumerate(steps)))
    assert "Since 2 March 2026 doses follow an agreed pace" in html
    assert "agreed pace" not in report(session_on(0, decisions=[decided(DoseChange.ADVANCE)]))


def test_what_stands_on_it():
    """As in ``cases.txt``; after a wanted change run with VOICECOACH_GOLDEN=write and read that."""
    now = "\n".join(f"## {name}\n{shown(make())}" for name, make in CASES.items())
    if os.environ.get("VOICECOACH_GOLDEN") == "write":
        SAID.write_text(now, encoding="utf-8")
    assert now == SAID.read_text(encoding="utf-8")


def shown(html):
    """The words of a page, a line for each paragraph, picture and row of a table."""
    lines, inside = [], set()
    for each in every(html):
        if each.name == "tr":
            lines.append(" | ".join(cell.words for cell in each.children if isinstance(cell, Element)))
            inside |= set(each.all("p"))
        elif each.name in {"h1", "h2", "p", "figcaption", "caption"} and each not in inside:
            lines.append("#" * each.name.startswith("h") + each.words)
        elif each.name == "li" and not list(each.all("p")):
            lines.append(each.words)
    return "".join(f"{line}\n" for line in lines).replace(f"voicecoach {__version__}", "voicecoach")


def test_hostile_words_stay_words():
    plan = Decision(
        written=HOSTILE,
        exercise=HOSTILE,
        dose=None,
        change=DoseChange.ADVANCE,
        reason=Message.verbatim(HOSTILE),
    )
    sets = [replace(each, exercise=HOSTILE, ending=Ending.HURT) for each in sets_of(CAT)]
    session = replace(session_on(0, sets, decisions=[plan]), comment=HOSTILE)
    html = report(session, name=HOSTILE)
    assert {each.name for each in every(html)}.isdisjoint({"script", "img"})
    assert not any(name.startswith("on") for each in every(html) for name in each.attributes)
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]", html)
    html.encode("utf-8")
    (said,) = parsed(html).classed("ul", "comments").all("li")
    assert said.words.startswith("2 Mar </style><script>alert(1)</script>")
    for picture in re.findall(r"<svg.*?</svg>", html, re.DOTALL):
        ET.fromstring(picture)


def table(html, style):
    """The rows of a table, each with the words of its cells."""
    rows = parsed(html).classed("table", style).all("tr")
    return [[cell.words for cell in row.children if isinstance(cell, Element)] for row in rows]


@pytest.mark.parametrize("count", [1, 17, 104])
def test_tables_are_as_long_as_two_sheets_allow(count):
    html = report(*heavy(count), today=MONDAY + timedelta(7 * count - 1), count=count)
    for style, most in ROWS.items():
        assert 1 <= len(table(html, style)) - 1 <= most
    assert len(list(parsed(html).classed("ul", "comments").all("li"))) == 3
    others = int(re.search(r"And (\d+) exercises of which there is less to tell\.", html)[1])
    shown = [row for row in table(html, "exercises")[1:] if len(row) > 1]
    assert len(shown) + others == 25
    assert len(html) < 1_000_000
    if count == 104:  # many weeks stand several to a row
        rows = table(html, "weeks")
        assert rows[0][0] == "7 weeks from"
        assert [row[1] for row in rows[1:]] == ["49 of 21"] * 14 + ["42 of 18"]


@pytest.mark.parametrize(
    ("heights", "expected"),
    [
        ([20.0], [20.0]),
        ([20.0, 60.0], [20.0, 60.0]),
        ([60.0, 50.0], [65.0, 50.0]),
        ([100.0, 100.0, 100.0], [70.0, 85.0, 100.0]),  # at no pain nothing may stand on the dates
    ],
)
def test_names_of_lines_keep_apart(heights, expected):
    assert _apart(heights, 100.0) == expected


def test_in_another_language_no_letter_stands_outside_its_phrases(monkeypatch):
    made_up = Phrases(bracketed(phrases.entries("en")))
    monkeypatch.setattr(phrases, "load", {"xx": made_up}.get)
    sessions = [replace(each, comment=bracketed(each.comment)) for each in seeded.months(seed=47)]

    def named(key):
        found = seeded.find_variation(key)
        return found and replace(found, name=bracketed(found.name))

    for weeks, some in ((1, sessions[:2]), (12, sessions), (60, sessions)):
        last = MONDAY + timedelta(7 * weeks - 1)
        found = weeks_until(last, weeks, some, 3)
        html = page(Report(weeks=found, today=last, name="⟦Robin⟧", find_variation=named, language="xx"))
        assert '<html lang="xx">' in html
        root = parsed(re.sub("<style>.*?</style>", "", html, flags=re.DOTALL))
        words = [root.words, *(each.attributes.get("aria-label", "") for each in every(html))]
        assert "".join(words).count("⟦") > 100
        assert not [each for each in words if stray(each)]


def test_what_clinicians_asked_for_stands_first_each_once():
    hip = Instructions(
        by=f"Anna {HOSTILE}",
        precautions=("Do not cross your legs.", HOSTILE),
        until=MONDAY,
        pain=AgreedPain(go=3, stop=6),
    )
    knee = Instructions(by="Ben Okoro", stop=("The knee locks.",))
    asked = {0: ("hip", hip), 1: ("knee", knee), 2: ("hip-2", hip), 3: ("core", NO_INSTRUCTIONS)}
    sessions = [
        replace(session_on(day, sets_of(CAT), pain=1), routine=routine, instructions=each)
        for day, (routine, each) in asked.items()
    ]
    report = Report(weeks=weeks_until(SUNDAY, 1, sessions, 3), today=SUNDAY)
    root = parsed(page(report))
    boxes = [each for each in root.all("section") if each.attributes.get("class") == "prescribed"]
    first, second = (each.words for each in boxes)
    assert first.startswith("From Anna </style>")
    assert "Precautions, which ran until 2 March 2026 Do not cross your legs. </style>" in first
    assert "Agreed pain Up to 3 of 10: fine; 6 or more: stop." in first
    assert second == "From Ben Okoro Stop for today The knee locks."
    whole = root.words
    assert whole.index("From Anna") < whole.index("From Ben") < whole.index("How often")
    plain = [replace(each, instructions=NO_INSTRUCTIONS) for each in sessions]
    assert (
        "prescribed" not in page(replace(report, weeks=weeks_until(SUNDAY, 1, plain, 3))).split("</style>")[1]
    )


def test_a_level_stands_with_the_dose_and_begins_a_new_line_of_the_chart():
    low, high = (
        Grade(number=number, words=each) for number, each in enumerate(("low step", "15 ms band"), 1)
    )
    stepped = replace(CAT, grades=(low, high), grade=low)
    html = parsed(
        report(
            session_on(0, sets_of(stepped)),
            session_on(2, sets_of(stepped)),
            session_on(5, sets_of(replace(stepped, grade=high))),
        )
    )
    assert "(low step)" in html.words
    assert "(15 ms band)" in html.words


def box(*matters, since=MONDAY):
    return decide_box(matters, since, SUNDAY, str, phrases.load())


def hurt(number, **facts):
    incidents = (Incident(MONDAY, number, pain=7),)
    return Matter(
        about=MatterKind.HURT, settle=("x",), exercises=(f"e{number}",), incidents=incidents, **facts
    )


def test_the_box_says_in_one_line_that_there_is_nothing_to_decide():
    found = box()
    assert (found.rows, found.more) == ((), "")
    assert found.period.startswith("Nothing at present:")


def test_many_matters_of_a_kind_hide_no_other_and_the_rest_is_named_with_the_place_of_it():
    silent = Matter(about=MatterKind.UNANSWERED, settle=("log",), incidents=(Incident(MONDAY, 1),))
    found = box(*map(hurt, range(9)), silent)
    assert [row["about"] for row in found.rows] == ["hurt"] * (len(found.rows) - 1) + ["unanswered"]
    assert len(found.rows) == MOST
    assert found.more == (
        "And 3 more: It hurt: e6; It hurt: e7; It hurt: e8. See 'voicecoach plan explain' and"
        " 'voicecoach history'."
    )


def test_of_many_days_the_worst_and_the_latest_are_told_and_the_others_counted():
    days = [
        Incident(MONDAY + timedelta(day), day, pain=pain) for day, pain in enumerate((3, 9, 4, 5, 4, 5, 6))
    ]
    (row,) = box(Matter(about=MatterKind.RED, settle=("log",), incidents=tuple(days))).rows
    assert row["days"] == (
        "3 Mar: pain 9 of 10; 5 Mar: pain 5 of 10; 6 Mar: pain 4 of 10; 7 Mar: pain 5 of 10;"
        " 8 Mar: pain 6 of 10; and on 2 more days"
    )


def test_a_command_can_be_typed_as_it_stands():
    (row,) = box(
        Matter(about=MatterKind.HURT, settle=("plan", "dose", "Step-down, low", "2 x 8"), exercises=("x",))
    ).rows
    assert row["command"] == "voicecoach plan dose 'Step-down, low' '2 x 8'"


def test_each_session_has_a_mark_up_to_eight_weeks_and_a_seven_among_threes_is_seen():
    pains = (3, 3, 3, 3, 3, 3, 5, 7)
    sessions = [session_on(7 * week, pain=2, worst=worst) for week, worst in enumerate(pains)]
    root = parsed(report(*sessions, today=MONDAY + timedelta(55)))
    chart = root.classed("figure", "dots")
    marks = [each for each in chart.all("path") if each.attributes.get("class") == "dot-worst"]
    assert len(marks) == len(sessions) == sum(each.name == "circle" for each in _below(chart))
    heights = [float(each.attributes["transform"].split(",")[1].rstrip(")")) for each in marks]
    assert heights == sorted(heights, reverse=True)
    assert len(set(heights)) == 3
    assert [each.words for each in chart.all("text") if each.attributes["class"] == "value"] == ["7"]
    assert [row[4] for row in table(report(*sessions, today=MONDAY + timedelta(55)), "weeks")[1:]] == [
        *map(str, pains)
    ]


def test_more_than_four_weeks_stand_in_two_charts_of_equal_spans_none_wider_than_a_phone():
    sessions = [session_on(7 * week, pain=2, worst=4) for week in range(5)]
    root = parsed(report(*sessions, today=MONDAY + timedelta(34)))
    charts = list(root.classed("figure", "dots").all("svg"))
    shown = [sum(each.attributes.get("class") == "monday" for each in chart.all("text")) for chart in charts]
    assert shown == [3, 2]
    first, second = ([each.attributes["cx"] for each in chart.all("circle")] for chart in charts)
    assert first[:2] == second
    assert len({chart.attributes["aria-labelledby"] for chart in charts}) == 2
    assert max(float(chart.attributes["width"]) for chart in root.all("svg")) <= 360 - 2 * 12


def test_each_cell_has_its_heading_for_where_there_are_no_columns():
    root = parsed(two_weeks.report())
    for name in ("exercises", "weeks"):
        shown = root.classed("table", name)
        heads = [each.words for each in shown.all("th") if each.attributes.get("scope") == "col"]
        assert all(heads)
        rows = [[each.attributes["data-head"] for each in row.all("td")] for row in shown.all("tr")]
        assert [row for row in rows if row]
        assert all(row == heads[1:] for row in rows if row)


def test_beyond_eight_weeks_there_are_means_and_the_highest_stands_beside_them():
    sessions = [session_on(day, pain=2, worst=7 if day == 6 else 3) for day in range(63)]
    html = report(*sessions, today=MONDAY + timedelta(62))
    assert not [each for each in every(html) if each.attributes.get("class") == "dots"]
    assert [row[4] for row in table(html, "weeks")[1:]] == ["3.6 (7)", *["3.0 (3)"] * 8]
    tops = [each for each in every(html) if each.attributes.get("class") == "up-to"]
    assert len(tops) == 9
    assert len({each.attributes["y2"] for each in tops}) == 2


def _below(element):
    for child in element.children:
        if isinstance(child, Element):
            yield child
            yield from _below(child)


def test_sessions_of_a_day_stand_beside_each_other_and_one_without_a_word_is_marked():
    twice = [replace(session_on(0, pain=2, worst=3), id=number) for number in (1, 2)]
    chart = parsed(report(*twice, session_on(1, worst=None))).classed("figure", "dots")
    assert len({each.attributes["cx"] for each in chart.all("circle")}) == 2
    assert [each.words for each in chart.all("text") if each.attributes["class"] == "dot-unsaid"] == ["?"]
    assert "no answer" in chart.words


RANGES = {
    "held, 5 x 30-45s": "5 × 30-45s",  # noqa: RUF001 - as it is shown
    "reps, 3 x 8-10 each side": "3 × 8-10",  # noqa: RUF001
    "reps, 3 x 12-15, right only": "3 × 12-15",  # noqa: RUF001
    "reps, 2-3 x 8-10 with 2 kg": "2-3 × 8-10 with 2 kg",  # noqa: RUF001
    "reps, 8-10": "8-10 reps",
    "reps, 5 to 8": "5-8 reps",
    "reps, 10 to 20 steps": "10-20 steps",
    "held, 3 x 10-30 s each side": "3 × 10-30s",  # noqa: RUF001
    "timed, 3 x 10 to 30 seconds each side": "3 × 10-30s",  # noqa: RUF001
    "timed, 45-60 s": "45s-1m",
    "timed, 5-10 min": "5-10m",
    "reps, 6": "6 reps",
}
AS_WRITTEN = {
    "held": "rep: 'up 2s, hold 5s, down 2s'",
    "reps": "rep: 'up 2s, down 2s'",
    "timed": "kind: aerobic",
}


@pytest.mark.parametrize("written", RANGES)
def test_what_is_prescribed_is_shown_with_its_range(written):
    how, _, dose = written.partition(", ")
    text = f"name: Own\nsteps: [{{exercise: Own, dose: '{dose}', {AS_WRITTEN[how]}}}]\n"
    exercise = read_routine(text.encode(), Path("own.yaml"), "own", Library.default()).exercises[0]
    row = ExerciseNow(key=CAT.key, lately=DoneOf(), written=exercise)
    about = TableContext(str, MONDAY, SUNDAY, phrases.load())
    (_, shown) = exercises([RoutineNow(None, 0, (row,))], about).rows
    assert shown["prescribed"] == RANGES[written]
