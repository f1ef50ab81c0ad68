"""The report in a real browser, on screen and as PDF.

VOICECOACH_GOLDEN=write draws ``docs/report.png`` again; look at it then.
"""

import os
import re
import struct
import unicodedata
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import seeded
import two_weeks
from chromium import (
    A4,
    CHROMIUM,
    LEAST,
    PIXELS,
    WIDTHS,
    asked_for,
    browse,
    console,
    faults,
    letters,
    measured,
)
from fakes.journal import MONDAY, session_on
from heavy import CAT, heavy
from pypdf import PdfReader

from voicecoach.journal.records import Decision, DoseChange, Felt, Weakness
from voicecoach.language.phrases import Message
from voicecoach.pages.report import Report, page
from voicecoach.routine.dose import Dose
from voicecoach.routine.instructions import NO_INSTRUCTIONS, AgreedPain, Instructions
from voicecoach.routine.model import Do, Routine
from voicecoach.training.dosed_routine import prescription_for
from voicecoach.training.exercise_log import History
from voicecoach.training.readiness import Today
from voicecoach.training.stats import weeks_until
from voicecoach.training.to_decide import NextTime

PICTURE = Path(__file__).parents[2] / "docs" / "report.png"
TELLING = 47
"""The seed of a history with pain, of which some exercises were stopped."""
EDGE = 26
"""Points of the margin above and below."""
WIDE = 760
"""Pixels of the picture."""

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed"),
]


def written(sessions, weeks, name=""):
    """The report of so many weeks, as HTML."""
    today = MONDAY + timedelta(7 * weeks - 1)
    found = weeks_until(today, weeks, sessions, 3)
    history = History(sessions=tuple(sessions))
    made = prescription_for(seeded.routine(), history, Today(day=today), find_variation=seeded.find_variation)
    return page(
        Report(
            weeks=found,
            today=today,
            name=name,
            find_variation=seeded.find_variation,
            history=history,
            plans=(NextTime(seeded.routine(), made.decisions),),
        )
    )


ASKED = Instructions(
    by="Anna Example, physiotherapist",
    precautions=("Do not cross your legs.", "Do not bend your hip beyond a right angle."),
    stop=("The knee locks.", "The knee swells."),
    pain=AgreedPain(go=3, stop=6),
)


def everything_at_once(asked=NO_INSTRUCTIONS):
    """More than anybody has to decide, with the longest names, in three routines."""
    sessions = heavy(8)
    today = sessions[-1].day
    of_all = [
        replace(
            each,
            instructions=asked,
            next_morning=9,
            before=replace(each.before, pain=number % 5, flare=number % 9 == 0),
            after=Felt(worst_pain=(3, 9, None)[number % 3], form_ok=number % 4 > 0),
            sets=tuple(replace(one, written=one.exercise) for one in each.sets),
        )
        for number, each in enumerate(sessions)
    ]
    plans = [
        NextTime(
            Routine(
                id=f"routine-{number}",
                name=f"A routine of which the name is as long as that of any other, {number}",
                steps=tuple(Do(exercise=replace(CAT, id="", name=name)) for name in names),
                path=Path("x.yaml"),
            ),
            tuple(map(_decided, names)),
        )
        for number in range(3)
        for names in [sorted({each.exercise for each in of_all[0].sets})[8 * number : 8 * number + 8]]
    ]
    weakness = (Weakness(at=of_all[0].started, present=True),)
    return page(
        Report(
            weeks=weeks_until(today, 8, of_all, 3),
            today=today,
            name="A name that is longer than it should be",
            find_variation=seeded.find_variation,
            history=History(sessions=tuple(of_all), weakness=weakness),
            weakness=weakness,
            plans=tuple(plans),
        )
    )


def _decided(name):
    change = (DoseChange.ASK, DoseChange.REMOVE, DoseChange.HOLD)[len(name) % 3]
    dose = None if change is DoseChange.REMOVE else Dose(reps=(12, 12, 12), hold=10, load=12.5)
    return Decision(
        written=name,
        exercise=name,
        dose=dose,
        change=change,
        reason=Message.verbatim(
            "It went well the last two times, and the next level waits for a clinician. " * 3
        ),
    )


HISTORIES = {
    "twelve weeks": lambda: written(seeded.months(seed=TELLING), 12, "Robin Example"),
    "two years of long words": lambda: written(heavy(104), 104, "A name that is longer than it should be"),
    "everything at once": everything_at_once,
    "a clinician's box above everything": lambda: everything_at_once(ASKED),
    "two weeks of a knee": lambda: two_weeks.report(name="Robin Example"),
    "a session": lambda: written([session_on(0)], 1),
    "no pain": lambda: written([session_on(day, pain=0, worst=0, morning=0) for day in range(84)], 12),
}


@pytest.fixture(scope="module", params=HISTORIES)
def report(request, tmp_path_factory):
    """A report in its file."""
    path = tmp_path_factory.mktemp("report") / "report.html"
    path.write_text(HISTORIES[request.param](), encoding="utf-8")
    return path


@pytest.fixture
def twelve(tmp_path):
    path = tmp_path / "report.html"
    path.write_text(HISTORIES["twelve weeks"](), encoding="utf-8")
    return path


def test_it_prints_on_two_full_sheets_in_letters_of_ten_points(report, request):
    target = report.with_suffix(".pdf")
    browse(report, f"--print-to-pdf={target}", "--no-pdf-header-footer")
    sheets = PdfReader(target).pages
    assert len(sheets) == (1 if "[a session]" in request.node.name else 2)
    first = [height for _, height in letters(sheets[0])]
    assert (min(first) - EDGE) / A4[1] < 0.2, "the first sheet is full"
    for sheet in sheets:
        assert min(size for size, _ in letters(sheet)) > LEAST - 0.01
        assert (round(sheet.mediabox.width), round(sheet.mediabox.height)) == A4
    found = unicodedata.normalize("NFKC", " ".join(sheet.extract_text() for sheet in sheets))  # no ligatures
    words = " ".join(found.split())
    for each in (
        "For you to decide",
        "How often",
        "How much",
        "What hurts",
        "What changed",
        "Effort",
        "not medical advice",
    ):
        assert each in words


def test_nothing_sticks_out_is_cut_or_written_over(report):
    for width, found in zip(WIDTHS, measured(report, *WIDTHS), strict=True):
        assert found["wide"] == width
        assert found["on"] == [], width
        assert found["out"] == [], width
        assert found["cut"] == [], f"nothing has to be moved sideways at {width}"
        assert found["least"] > 0.4, (
            "what there is to decide is read in lines, not in letters below each other"
        )
        assert width > WIDTHS[0] or found["cell"] > 0.25, "so are the tables"
        assert found["small"] > LEAST * PIXELS - 0.01, width


@pytest.mark.parametrize(
    ("name", "width"), [("twelve weeks", 1280), ("two weeks of a knee", 360), ("everything at once", 360)]
)
def test_axe_finds_nothing(name, width, tmp_path):
    path = tmp_path / "report.html"
    path.write_text(HISTORIES[name](), encoding="utf-8")
    found, kept = faults(path, width)
    assert found == []
    assert kept > 20


def test_axe_finds_faults(tmp_path):
    """So that the test above can fail."""
    path = tmp_path / "page.html"
    path.write_text(
        "<!DOCTYPE html><html lang='en'><body><main><h1>A</h1><div style='overflow: auto; width: 50px'>"
        "<p style='width: 900px'>B</p></div></main></body></html>",
        encoding="utf-8",
    )
    assert {"document-title", "scrollable-region-focusable"} <= {name for name, _ in faults(path, 360)[0]}


def test_the_browser_finds_no_fault_and_asks_for_nothing(twelve):
    shown = browse(twelve, "--dump-dom", f"--log-net-log={twelve.with_name('net.json')}")
    assert console(shown) == []
    assert asked_for(twelve.with_name("net.json")) == set()
    text = twelve.read_text(encoding="utf-8")
    assert shown.stdout.count("<tr>") == text.count("<tr>")
    assert re.findall("<text[^>]*>(.*?)</text>", shown.stdout) == re.findall("<text[^>]*>(.*?)</text>", text)


def test_what_a_page_asks_for_is_seen(tmp_path):
    """So that the test above can fail."""
    page, log = tmp_path / "page.html", tmp_path / "net.json"
    page.write_text("<!DOCTYPE html><title>.</title><img src='http://127.0.0.1:9/a.png'>", encoding="utf-8")
    browse(page, "--dump-dom", f"--log-net-log={log}")
    assert asked_for(log) == {"http://127.0.0.1:9/a.png"}


def test_what_came_into_the_page_would_not_run(twelve):
    """Words are escaped; should that ever fail, the browser refuses."""
    html = twelve.read_text(encoding="utf-8")
    evil = "<script>document.title = 'ran'</script><img src=x onerror=\"document.title = 'ran'\">"
    twelve.write_text(html.replace("</body>", f"{evil}</body>"), encoding="utf-8")
    shown = browse(twelve, "--dump-dom")
    assert "<title>Exercise report for Robin Example</title>" in shown.stdout
    assert any("Content Security Policy" in line for line in console(shown))


def test_the_picture_in_the_documentation(tmp_path):
    if os.environ.get("VOICECOACH_GOLDEN") == "write":
        path = tmp_path / "report.html"
        path.write_text(HISTORIES["two weeks of a knee"](), encoding="utf-8")
        high = measured(path, WIDE)[0]["high"]
        browse(path, f"--screenshot={PICTURE}", f"--window-size={WIDE},{high}")
    head = PICTURE.read_bytes()[:24]
    assert head.startswith(b"\x89PNG")
    assert struct.unpack(">I", head[16:20]) == (WIDE,)
    assert PICTURE.stat().st_size < 300_000
