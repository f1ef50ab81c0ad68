"""What other trackers read: the values of the sets come back."""

import csv
import io
from dataclasses import replace
from datetime import datetime, timedelta

from fakes.journal import session_on, sets_of

from voicecoach.journal.records import Felt
from voicecoach.journal.trackers import STRONG, TRACKERS, Names
from voicecoach.routine.dose import Counted
from voicecoach.routine.files.library import Library
from voicecoach.session.listener import Ending

LIBRARY = Library.default()
REPS, *_ = (replace(each, written="", hold=None) for each in sets_of(LIBRARY.exercise("glute_bridge")))
HELD = replace(REPS, exercise="side_plank", side="left", reps=3, reps_planned=3, hold=10.0, seconds=41.5)
TIMED = replace(REPS, exercise="walk", seconds=600.4, seconds_planned=600.0, hold=None, reps=1)


def rows(*sessions):
    table = TRACKERS["strong"](sessions, Names(str.upper, str.title))
    read = list(csv.reader(io.StringIO(table, newline="")))
    assert tuple(read[0]) == STRONG
    assert all(len(row) == len(STRONG) for row in read)
    return [dict(zip(STRONG, row, strict=True)) for row in read[1:]]


def test_each_set_comes_back_with_its_values():
    sets = (
        replace(REPS, reps=8, load=2.5, felt=Felt(effort=7)),
        replace(REPS, reps=6, set_number=2, ending=Ending.HURT, felt=Felt(effort=0)),
        HELD,
        replace(HELD, side="right", written="plank", level="red band"),
        TIMED,
        replace(TIMED, seconds=90.0, counted=5),
    )
    values = ("Exercise Name", "Set Order", "Weight", "Reps", "Distance", "Seconds", "Notes", "RPE")
    assert [tuple(row[name] for name in values) for row in rows(session_on(0, sets))] == [
        ("GLUTE_BRIDGE", "1", "2.5", "8", "0", "0", "", "7"),
        ("GLUTE_BRIDGE", "2", "0", "6", "0", "0", "hurt", ""),
        ("SIDE_PLANK", "1", "0", "3", "0", "30", "left side", ""),
        ("SIDE_PLANK", "2", "0", "3", "0", "30", "right side, red band, instead of PLANK", ""),
        ("WALK", "1", "0", "0", "0", "600", "", ""),
        ("WALK", "2", "0", "5", "0", "90", "", ""),
    ]


def test_a_session_is_told_by_the_clock_where_it_was_done_and_the_earliest_comes_first():
    there = replace(session_on(3, [REPS]), utc_offset=540, seconds=3900.0, comment='naïve, "水"')
    found = rows(there, replace(session_on(0, [REPS]), utc_offset=0))
    assert [row["Date"] for row in found] == ["2026-03-02 08:00:00", "2026-03-05 17:00:00"]
    assert [row["Duration"] for row in found] == ["10m", "1h 5m"]
    assert found[1]["Workout Name"] == "Core"
    assert found[1]["Workout Notes"] == there.comment
    assert datetime.fromisoformat(f"{found[1]['Date']}+09:00") == there.started


def test_nobody_is_told_an_hour_that_was_not_said_and_two_of_a_day_stay_two():
    walk = replace(session_on(0), by_hand=True, routine="walk", seconds=45.0)
    found = rows(walk, replace(walk, id=2, started=walk.started + timedelta(hours=5)))
    assert [row["Date"] for row in found] == ["2026-03-02 00:00:00", "2026-03-02 00:00:01"]
    assert [(row["Exercise Name"], row["Seconds"], row["Duration"]) for row in found] == [
        ("Walk", "45", "45s")
    ] * 2


def test_what_was_not_done_is_left_out():
    nothing = replace(REPS, reps=0, seconds=0.0, ending=Ending.SKIPPED)
    broken_off = replace(HELD, reps=0, seconds=6.0, ending=Ending.STOPPED, hold=30.0)
    breaths = replace(REPS, exercise="breathe", reps=9, unit=Counted.BREATHS)
    found = rows(session_on(0, [nothing, broken_off, breaths]), session_on(1))
    assert [(row["Set Order"], row["Reps"], row["Seconds"], row["Notes"]) for row in found] == [
        ("1", "0", "6", "left side, stopped"),
        ("1", "9", "0", "breaths"),
    ]


def test_no_text_is_a_formula():
    session = replace(session_on(0, [replace(REPS, exercise="=1+1")]), routine="@sum", comment="+1")
    (row,) = rows(session)
    assert (row["Exercise Name"], row["Workout Name"], row["Workout Notes"]) == ("'=1+1", "'@Sum", "'+1")
