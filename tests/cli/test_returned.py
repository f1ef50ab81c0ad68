"""What comes back from pages: ``voicecoach log --from`` and ``voicecoach report --from``."""

import html
import re
from dataclasses import replace
from datetime import UTC, timedelta

import pytest
from fakes.clock import MONDAY_EVENING

from voicecoach.journal import store
from voicecoach.journal.records import Before, Felt, Session, SetDone
from voicecoach.journal.returned import as_code, as_text
from voicecoach.language import phrases
from voicecoach.session.listener import Ending

STARTED = MONDAY_EVENING.astimezone(UTC) - timedelta(hours=1)


def record(number=0, days=0, **fields):
    """The text of a record of ``core``, so many days before."""
    started = STARTED - timedelta(days)
    done = SetDone(
        exercise="cat_camel",
        written="cat_camel",
        set_number=1,
        sets=1,
        reps=6,
        reps_planned=6,
        seconds=40.0,
        ending=Ending.DONE,
        at=started + timedelta(minutes=2),
    )
    session = Session(
        id=0,
        routine="core",
        started=started,
        ended=started + timedelta(minutes=12),
        day=started.date(),
        utc_offset=0,
        planned=720.0,
        sets_planned=8,
        seconds=700.0,
        finished=True,
        before=Before(pain=2),
        after=Felt(worst_pain=7, effort=4),
        comment="It pulled",
        sets=(done,),
    )
    return as_text(f"{number:032x}", replace(session, **fields))


def test_a_code_is_noted_and_told_like_a_session_and_the_second_time_refused(run):
    code = as_code(record())
    first = run("log", "--from", code)
    assert first.status == 0
    assert "Noted as session 1, core on Monday" in first.out
    assert "worst pain 7, effort 4" in first.out
    assert "It pulled" in run("history", "1").out
    again = run("log", "--from", code)
    assert (again.status, again.out) == (2, "")
    assert "already in your journal" in again.err


def test_new_weakness_in_a_record_is_told_and_holds_on(run, journal):
    told = run("log", "--from", as_code(record(before=Before(pain=2, weak=True))))
    assert phrases.load()("region.back.see") in told.out
    assert [each.present for each in journal.weakness()] == [True]


@pytest.mark.parametrize(
    ("args", "why"),
    [
        (("core", "--from", "vc1.x"), "give '--from' alone"),
        (("--from", "vc1.x", "--pain", "3"), "give '--from' alone"),
        (("--from", "vc1.x", "--remove"), "give '--from' alone"),
        (("--from", "nowhere.json"), "cannot be read (No such file or directory)"),
        (("--from", "vc1.x"), "damaged"),
    ],
)
def test_what_is_no_record_is_refused(run, args, why):
    told = run("log", *args)
    assert told.status == 2
    assert why in " ".join(told.err.split())


def text_of(page):
    return html.unescape(re.sub(r"<[^>]+>", " ", page.read_text("utf-8")))


def test_a_report_tells_of_the_records_in_a_folder_and_of_nothing_else(run, tmp_path):
    folder, out = tmp_path / "returned", tmp_path / "report.html"
    folder.mkdir()
    (folder / "one.json").write_text(record(1, 7))
    (folder / "two.txt").write_text(as_code(record(2)))
    (folder / "two again.json").write_text(record(2))
    (folder / "strange.json").write_text(record(3, routine="mobility for knees", comment="Ours"))
    (folder / "letter.txt").write_text("Dear Ms Berg")
    told = run("report", "--from", folder, "--name", "Ms Berg", "-o", out)
    assert told.status == 0
    assert "letter.txt is left out." in told.err
    text = text_of(out)
    for word in ("Ms Berg", "Cat-camel", "It pulled", "Ours", "7"):
        assert word in text
    assert not store.begun()


def test_a_folder_without_records_is_no_report(run, tmp_path):
    told = run("report", "--from", tmp_path, "-o", tmp_path / "report.html")
    assert (told.status, (tmp_path / "report.html").exists()) == (0, False)
    assert "There is no record of a session" in told.out
    assert run("report", "--from", tmp_path / "no", "-o", tmp_path / "report.html").status == 2
