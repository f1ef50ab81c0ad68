"""When each routine was last done."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from voicecoach.settings import done_file

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


def test_the_last_time_of_each_is_kept(told):
    assert done_file.load() == {}
    done_file.record("core", NOW - timedelta(days=3), told.append)
    done_file.record("walk", NOW, told.append)
    done_file.record("core", NOW, told.append)
    assert done_file.load() == {"core": NOW, "walk": NOW}
    assert told == []


@pytest.mark.parametrize(
    "text", ["[", "[1]", '{"core": 3}', '{"core": "2026-11-22T09:30:00"}', "[" * 9999, "\0"]
)
def test_a_damaged_file_counts_as_none_and_is_kept_aside(home, told, text):
    home.mkdir()
    (home / "done.json").write_text(text)
    assert done_file.load() == {}
    done_file.record("core", NOW, told.append)
    assert done_file.load() == {"core": NOW}
    assert (home / "done.damaged-1.json").read_text() == text
    assert len(told) == 1


@pytest.mark.usefixtures("no_folder")
def test_a_disk_that_cannot_be_written_is_a_line(told):
    done_file.record("core", NOW, told.append)
    assert done_file.load() == {}
    assert "could not be noted" in told[0]


@pytest.mark.parametrize(
    ("last", "words"),
    [
        (None, "never"),
        (NOW, "today"),
        (NOW + timedelta(days=2), "today"),
        (NOW - timedelta(hours=9), "today"),
        (NOW - timedelta(hours=10), "yesterday"),
        (NOW - timedelta(days=20), "20 days ago"),
        (NOW - timedelta(days=21), "3 weeks ago"),
        (NOW - timedelta(days=3000), "long ago"),
        (datetime(2026, 11, 23, 1, 0, tzinfo=timezone(timedelta(hours=14))), "today"),
    ],
)
def test_how_long_ago(last, words):
    assert done_file.ago(last, NOW) == words
