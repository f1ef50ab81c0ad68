"""The page for a physiotherapist: what stands on it, and that nothing in it is more than text."""

import re
from dataclasses import replace
from datetime import date, timedelta
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

import pytest
import seeded
from brackets import bracketed, stray
from fakes.journal import MONDAY, session_on, sets_of
from heavy import heavy

from voicecoach.journal.records import Decision, DoseChange, Felt, Leg
from voicecoach.language import phrases
from voicecoach.language.phrases import Phrases
from voicecoach.pages.charts import _apart
from voicecoach.pages.report import Report, page
from voicecoach.routine.files.library import Library
from voicecoach.session.listener import Ending
from voicecoach.training.stats import weeks_until

CAT = replace(Library.default().exercise("cat_camel"), reps=(6,))
DOSE = (
    "Dose of Cat-camel From 6 reps to 6 reps; all of it was done in 2 of 3 sessions, and it was stopped"
    " because it hurt in 1."
)
SUNDAY = MONDAY + timedelta(6)
HOSTILE = "</style><script>alert(1)</script><img src=x onerror=alert(1)> & \"a\" 'b' \x00\x1b[31m\ud800\u202e"
VOID = {"meta"}
ROWS = {"weeks": 16, "changes": 8, "exercises": 12}
"""At most."""


class Element:
    def __init__(self, name, attributes=()):
        self.name, self.attributes, self.children = name, dict(attributes), []

    def all(self, name):
        for child in self.children:
            if isinstance(child, Element):
                if child.name == name:
                    yield child
                yield from child.all(name)

    def classed(self, name, style):
        return next(each for each in self.all(name) if style in each.attributes.get("class", "").split())

    @property
    def words(self):
        parts = (child if isinstance(child, str) else child.words for child in self.children)
        return " ".join("".join(f" {part} " for part in parts).replace("\xa0", " ").split())


class Strict(HTMLParser):
    """Builds a tree, and accepts nothing that a browser would have to mend."""

    def __init__(self):
        super().__init__()
        self.root = Element("")
        self.open = [self.root]

    def handle_starttag(self, name, attributes):
        assert len(attributes) == len(dict(attributes)), "an attribute stands twice"
        self.open[-1].children.append(Element(name, attributes))
        if name not in VOID:
            self.open.append(self.open[-1].children[-1])

    def handle_endtag(self, name):
        assert self.open.pop().name == name

    def handle_data(self, data):
        self.open[-1].children.append(data)


def parsed(html):
    parser = Strict()
    parser.feed(html)
    parser.close()
    assert parser.open == [parser.root]
    return parser.root


def report(*sessions, today=SUNDAY, count=12, **more):
    return page(
        Report(
            weeks=weeks_until(today, count, sessions, 3), today=today, find_variation=find_variation, **more
        )
    )


def find_variation(key):
    return CAT if key == CAT.key else None


def card(html, question):
    """The answer to a question, and what stands below it."""
    found = next(each for each in parsed(html).all("div") if [h.words for h in each.all("h2")] == [question])
    return [each.words for each in found.all("p")]


def table(html, style):
    """The rows of a table, each with the words of its cells."""
    rows = parsed(html).classed("table", style).all("tr")
    return [[cell.words for cell in row.children if isinstance(cell, Element)] for row in rows]


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


def test_the_four_questions_come_first(twelve):
    assert [each.words for each in parsed(twelve).all("h2")] == [
        "How often",
        "How much",
        "What hurts",
        "What changed",
        "Week by week",
        "What changed, and why",
        "Exercises: dose over time",
        "In the person's words",
    ]


def week_of_three():
    """A quarter: a green Monday, a Wednesday that hurt, a Friday that was stopped."""
    up = Decision(
        written=CAT.key,
        exercise=CAT.key,
        dose=None,
        change=DoseChange.ADVANCE,
        reason="Two green sessions: reps go from 5 to 6.",
    )
    felt = Felt(worst_pain=7)
    return (
        session_on(0, sets_of(CAT), pain=4, worst=4, effort=4, leg=Leg.BACK, after_leg=Leg.THIGH),
        session_on(2, sets_of(CAT, share=0.5, ending=Ending.HURT, felt=felt), pain=5, worst=7, effort=6),
        replace(
            session_on(4, sets_of(CAT), pain=3, worst=2, effort=5, morning=1, decisions=[up]),
            finished=False,
            seconds=1200.0,
            comment="Went\n  well.",
        ),
    )


def test_how_often():
    assert card(report(*week_of_three()), "How often") == [
        "1 of 1 week on target",
        "Goal: 3 days a week. Exercise on 3 days.",
        "2 of 3 sessions done to the end.",
    ]
    assert card(report(week_of_three()[0]), "How often")[0] == "Just begun"


def test_how_much():
    assert card(report(*week_of_three()), "How much") == [
        "40 min",
        "13 minutes a session.",
        "Effort 5.0 of 10.",
    ]


def test_what_hurts():
    assert card(report(*week_of_three()), "What hurts") == [
        "Pain before: 4.0",
        "Worst during: 4.3. Means.",
        "Highest: 7 of 10, on 4 Mar.",
        "Stopped because it hurt: Cat-camel (1 time).",
        "Felt at most as far as the thigh; further down the leg after 1 session.",
    ]


def test_what_changed_over_time():
    sessions = [session_on(7 * week, pain=6 - week, worst=7 - week, effort=4 + week) for week in range(6)]
    html = report(*sessions, today=MONDAY + timedelta(41))
    assert card(html, "What hurts")[:2] == [
        "Pain before: 5.5 → 1.5",
        "Worst during: 6.5 → 2.5. Means of the first and last 2 weeks.",
    ]
    assert card(html, "How much")[2] == "Effort 4.5 → 8.5 of 10."


def test_who_said_nothing_about_pain():
    html = report(session_on(0, sets_of(CAT), worst=None, effort=None))
    assert card(html, "What hurts") == ["Nobody said", "No exercise was stopped because it hurt."]
    assert "Nothing was said about pain." in html
    assert card(html, "How much") == ["10 min", "10 minutes a session."]


def test_who_said_only_what_hurt_during():
    html = report(session_on(0, worst=3))
    assert card(html, "What hurts")[:2] == ["Worst during: 3.0", "Means."]


def test_what_changed():
    html = report(*week_of_three())
    assert card(html, "What changed") == [
        "1 up, 0 down",
        "Doses raised after good sessions, and lowered after pain or too much effort.",
        "Last change: 6 March 2026.",
    ]
    assert table(html, "changes") == [
        ["Day", "", "Exercise", "Why"],
        ["6 Mar", "▲", "Cat-camel", "Two green sessions: reps go from 5 to 6."],
    ]
    assert card(report(session_on(0)), "What changed") == ["Nothing", "Every dose stayed as it was."]


@pytest.mark.parametrize(
    "change", [each for each in DoseChange if each not in {DoseChange.HOLD, DoseChange.START}]
)
def test_every_change_has_a_sign_with_a_meaning(change):
    plan = Decision(written="x", exercise="x", dose=None, change=change, reason="Because.")
    html = report(session_on(0, decisions=[plan]))
    sign = next(each for each in parsed(html).classed("table", "changes").all("span"))
    assert sign.words
    assert sign.attributes["aria-label"]


def test_weeks_in_numbers():
    assert table(report(*week_of_three()), "weeks") == [
        ["Week of", "Days", "Minutes", "Pain before", "worst", "next morning", "Effort"],
        ["2 Mar", "3 of 3", "40", "4.0", "4.3", "1.0", "5.0"],
    ]


def test_exercises_in_numbers():
    assert table(report(*week_of_three()), "exercises") == [
        ["Exercise", "Each session, 2 Mar to 8 Mar", "At first", "Now", "All done", "Stopped, hurt"],
        [
            "Cat-camel",
            DOSE,
            "6 reps",
            "6 reps",
            "2 of 3",
            "1 time (pain 7)",
        ],
    ]


def test_the_persons_words():
    (said,) = parsed(report(*week_of_three())).classed("ul", "comments").all("li")
    assert said.words == "6 Mar Went well."


def test_hostile_words_stay_words():
    plan = Decision(written=HOSTILE, exercise=HOSTILE, dose=None, change=DoseChange.ADVANCE, reason=HOSTILE)
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


@pytest.mark.parametrize("count", [1, 2, 16, 17, 104])
def test_tables_are_as_long_as_two_sheets_allow(count):
    html = report(*heavy(count), today=MONDAY + timedelta(7 * count - 1), count=count)
    for style, most in ROWS.items():
        assert 1 <= len(table(html, style)) - 1 <= most
    assert len(list(parsed(html).classed("ul", "comments").all("li"))) == 3
    assert "And 13 exercises done less often." in html
    assert len(html) < 1_000_000


def test_many_weeks_stand_several_to_a_row():
    rows = table(report(*heavy(104), today=MONDAY + timedelta(727), count=104), "weeks")
    assert rows[0][0] == "7 weeks from"
    assert [row[1] for row in rows[1:]] == ["49 of 21"] * 14 + ["42 of 18"]


@pytest.mark.parametrize(
    ("heights", "expected"),
    [
        ([20.0], [20.0]),
        ([20.0, 60.0], [20.0, 60.0]),
        ([60.0, 50.0], [63.0, 50.0]),
        ([100.0, 100.0, 100.0], [74.0, 87.0, 100.0]),  # at no pain nothing may stand on the dates
    ],
)
def test_names_of_lines_keep_apart(heights, expected):
    assert _apart(heights, 100.0) == expected


def test_a_year_is_told_where_it_matters():
    html = report(session_on(date(2025, 12, 30)), today=date(2026, 1, 3))
    assert parsed(html).classed("p", "period").words == "29 December 2025 to 3 January 2026 · 1 week"


def test_in_another_language_no_letter_stands_outside_its_phrases(monkeypatch):
    made_up = Phrases(bracketed(phrases.entries("en")))
    monkeypatch.setattr(phrases, "load", {"xx": made_up}.get)
    sessions = [
        replace(
            each,
            comment=bracketed(each.comment),
            decisions=tuple(replace(one, reason=bracketed(one.reason)) for one in each.decisions),
        )
        for each in seeded.months(seed=47)
    ]

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
