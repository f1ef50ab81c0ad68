"""docs/for-clinicians.md, done as it is written: from a leaflet to a patient, and on to the visit."""

import re
import shlex
from pathlib import Path

import documents
import pytest

PAGE = "docs/for-clinicians.md"
QUIETLY = ("--voice", "silent", "--output", "instant", "--yes", "--journal")
WEEKS = 6


def block(kind):
    (found,) = (each.text for each in documents.BLOCKS if (each.document, each.kind) == (PAGE, kind))
    return found


@pytest.fixture
def types(run):
    """Types a command that stands on the page."""
    on_page = documents.in_code(PAGE)

    def command(line, *more):
        assert line in on_page, line
        ended = run(*shlex.split(line)[1:], *more)
        assert ended.status == 0, ended.err
        return ended.out

    return command


def test_a_leaflet_is_a_patients_routine_with_a_plan_and_a_report(
    types, run, home, at, accepted, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    Path("leaflet.txt").write_text(block("text"))
    assert "Carried over: 5 exercises." in types("voicecoach new runners-knee --from leaflet.txt")
    own = home / "data/routines/runners-knee.yaml"
    own.write_text(block("yaml"))
    assert types("voicecoach check runners-knee") == "runners-knee: good\n"
    sheet = types("voicecoach show runners-knee")
    assert "From Anna Berg, physiotherapist, 30 November 2026, for a runner of 30" in sheet
    assert "on the right only" in sheet
    types("voicecoach sheet runners-knee")
    assert "From Anna Berg, physiotherapist, 30 November 2026" in Path("sheet.html").read_text("utf-8")
    heard = types("voicecoach timeline runners-knee", "--voice", "silent")
    assert "Right leg first." in heard
    types("voicecoach play runners-knee", *QUIETLY[:-1], "--no-journal")

    own.rename("runners-knee.yaml")
    assert "3 days a week, never two days in a row: Mon, Wed, Fri" in types(
        "voicecoach plan new --routine runners-knee.yaml"
    )
    types("voicecoach plan calendar")
    assert "Nothing waits" in types("voicecoach plan allow")
    for number, day in enumerate((7 * week + day for week in range(WEEKS) for day in (0, 2, 4)), start=1):
        at(day)
        assert run("play", *QUIETLY).status == 0
        said = ("--pain-before", 1, "--pain", 1, "--effort", 4, "--form", "good")
        assert run("log", "--session", number, *said).status == 0
        if "Step-down" in types("voicecoach plan allow"):
            break
    assert number < WEEKS * 3
    types("voicecoach report --since '3 weeks'")
    page = " ".join(re.sub("<[^>]*>", " ", Path("report.html").read_text("utf-8")).split())
    assert page.index("From Anna Berg") < page.index("For you to decide") < page.index("Next time")
    assert "Ready for more, and waits for you: Step-down" in page
    assert "To allow it: voicecoach plan allow Step-down" in page
    types("voicecoach plan allow Step-down", "--asked")
    assert "Nothing waits" in types("voicecoach plan allow")
    types("voicecoach plan dose Step-down '2 x 8'")
