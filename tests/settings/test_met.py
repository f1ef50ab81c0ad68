"""How well an exercise is known, and the file in which that is kept."""

import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest

from voicecoach.settings import met_file
from voicecoach.settings.exercises_met import Met
from voicecoach.timeline.steps import Coaching

NOW = datetime(2026, 3, 1, 18, 0, tzinfo=UTC)
DAY = timedelta(days=1)


def after(*days):
    """Met after sessions on these days, counted from NOW."""
    met = Met()
    for day in days:
        met = met.after(["bird_dog"], NOW + day * DAY)
    return met


@pytest.mark.parametrize(
    ("days", "today", "how"),
    [
        ([], 0, Coaching.FULL),
        ([0, 1], 2, Coaching.FULL),
        ([0, 1, 2], 3, Coaching.SHORT),
        ([0, 0, 0], 0, Coaching.SHORT),
        ([0, 1, 2], 16, Coaching.SHORT),
        ([0, 1, 2], 16.1, Coaching.FULL),
        ([0, 1, 2, 30], 31, Coaching.SHORT),
        ([0, 1, 2], -9, Coaching.SHORT),  # a clock that was put back
    ],
)
def test_full_three_times_then_short_and_full_after_a_fortnight(days, today, how):
    assert after(*days).coaching("bird_dog", NOW + today * DAY) is how


def test_another_exercise_is_another_matter():
    assert after(0, 1, 2).coaching("plank", NOW) is Coaching.FULL


def test_one_session_counts_once():
    met = Met().after(["plank", "plank", "bow"], NOW)
    assert {key: meeting.times for key, meeting in met.meetings.items()} == {"plank": 1, "bow": 1}


def test_nothing_is_there_at_first_and_looking_makes_nothing(home, told):
    assert met_file.load(told.append) == Met()
    assert (told, home.exists()) == ([], False)


def test_what_was_recorded_is_loaded(told):
    for day in range(3):
        met_file.record(["bird_dog", "Mein Übung"], NOW + day * DAY, told.append)
    met = met_file.load(told.append)
    assert met == Met().after(["bird_dog", "Mein Übung"], NOW).after(["bird_dog", "Mein Übung"], NOW).after(
        ["bird_dog", "Mein Übung"], NOW + 2 * DAY
    )
    assert told == []


def test_sessions_that_end_at_once_are_all_counted(told):
    code = (
        "import datetime; from voicecoach.settings import met_file\n"
        "for _ in range(20):\n"
        "    met_file.record(['a'], datetime.datetime.now(datetime.UTC), print)"
    )
    both = [subprocess.Popen([sys.executable, "-c", code]) for _ in range(2)]
    assert [each.wait() for each in both] == [0, 0]
    assert met_file.load(told.append).meetings["a"].times == 40


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[",
        "[1]",
        '{"a": 3}',
        '{"a": {}}',
        '{"a": {"times": "3", "last": "2026-03-01T18:00:00+00:00"}}',
        '{"a": {"times": 0, "last": "2026-03-01T18:00:00+00:00"}}',
        '{"a": {"times": 3, "last": "2026-03-01T18:00:00"}}',
        '{"a": {"times": 3, "last": 20260301}}',
        '{"a": {"times": 3, "last": "yesterday"}}',
        '{"a": {"times": 3, "last": "2026-03-01T18:00:00+00:00", "more": 1}}',
        "[" * 100_000,
        "\udcff",
    ],
)
def test_a_damaged_file_is_moved_away_and_named(home, told, text):
    home.mkdir()
    damaged = text.encode("utf-8", "surrogateescape")
    (home / "met.json").write_bytes(damaged)
    (home / "met.damaged-1.json").write_text("an older one")
    assert met_file.load(told.append) == Met()
    assert len(told) == 1
    assert "met.damaged-2.json" in told[0]
    assert (home / "met.damaged-2.json").read_bytes() == damaged
    met_file.record(["a"], NOW, told.append)
    assert met_file.load(told.append).meetings["a"].times == 1
    assert len(told) == 1


def test_recording_over_a_damaged_file_keeps_it(home, told):
    home.mkdir()
    (home / "met.json").write_text("{")
    met_file.record(["a"], NOW, told.append)
    assert (home / "met.damaged-1.json").read_text() == "{"
    assert met_file.load(told.append).meetings["a"].times == 1


@pytest.mark.usefixtures("no_folder")
def test_a_disk_that_cannot_be_written_is_one_line(told):
    met_file.record(["a"], NOW, told.append)
    assert met_file.load(told.append) == Met()
    assert len(told) == 1
    assert "cannot be written" in told[0]


def test_a_file_that_cannot_be_read_is_one_line(home, told):
    (home / "met.json").mkdir(parents=True)
    assert met_file.load(told.append) == Met()
    assert len(told) == 1
    assert "cannot be read" in told[0]
