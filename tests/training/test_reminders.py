"""The calendar file, read back by another library than the one that wrote it."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta, timezone

import pytest
import vobject

from voicecoach.routine.programme import Weekday, WeeklyTime
from voicecoach.training.calendar import BEFORE, Item, Reminders, calendar

NOW = datetime(2026, 3, 4, 23, 30, tzinfo=timezone(timedelta(hours=2)))
"""A Wednesday."""
CORE = Item("Core three basics", "voicecoach play core-three-start", 16)
WALK = Item("Walk; brisk \\ easy,\nor both 🚶 " + "long " * 30, "voicecoach play walk", 11)
PLAN = Reminders(
    plan="v0123456789ab",
    title="Back",
    at=time(18, 30),
    days={Weekday.MON: [CORE], Weekday.WED: [CORE, WALK]},
)


def events(reminders=PLAN, now=NOW):
    read = vobject.readOne(calendar(reminders, now).decode(), validate=True)
    return {event.uid.value: event for event in read.vevent_list}


def test_every_day_with_something_to_do_is_an_event_each_week():
    monday, wednesday = events().values()
    assert monday.summary.value == "Back: Core three basics"
    assert monday.dtstart.value.isoformat() == "2026-03-09T18:30:00"
    assert monday.duration.value == timedelta(minutes=16)
    assert wednesday.dtstart.value.isoformat() == "2026-03-04T18:30:00"
    assert wednesday.duration.value == timedelta(minutes=27)
    assert [f"{each:%m-%d}" for each in monday.rruleset[:3]] == ["03-09", "03-16", "03-23"]
    assert monday.transp.value == "TRANSPARENT"


def test_its_texts_come_back_whole():
    _, wednesday = events().values()
    assert wednesday.summary.value == f"Back: {CORE.name}, {WALK.name}"
    assert wednesday.description.value.splitlines()[0] == f"{CORE.name}, about 16 min: {CORE.command}"
    lines = calendar(PLAN, NOW).split(b"\r\n")
    assert max(map(len, lines)) <= 75, "octets in a line (RFC 5545 3.1)"


def test_an_alarm_goes_off_before_it():
    for event in events().values():
        alarm = event.valarm
        assert alarm.action.value == "DISPLAY"
        assert alarm.trigger.value == -BEFORE
        assert alarm.description.value == event.summary.value


def test_times_have_no_zone():
    text = calendar(PLAN, NOW).decode()
    assert "DTSTART:20260304T183000\r\n" in text
    assert "TZID" not in text
    assert "DTSTAMP:20260304T213000Z\r\n" in text, "which must be in UTC"


def test_a_later_file_replaces_an_earlier_one():
    later = NOW + timedelta(minutes=1)
    first, second = events(), events(replace(PLAN, at=time(7)), later)
    assert first.keys() == second.keys() == {"mon-v0123456789ab@voicecoach", "wed-v0123456789ab@voicecoach"}
    for uid, event in first.items():
        assert int(second[uid].sequence.value) > int(event.sequence.value)
        assert second[uid].dtstamp.value > event.dtstamp.value
    assert events().keys().isdisjoint(events(replace(PLAN, plan="v999999999999")))


def test_its_numbers_fit_everywhere():
    event = next(iter(events(now=datetime(2100, 1, 1, tzinfo=UTC)).values()))
    assert 0 < int(event.sequence.value) < 2**31


def test_a_day_that_has_nothing_any_more_is_cancelled():
    fewer = replace(PLAN, days={Weekday.MON: [CORE]}, cancelled=(Weekday.WED,))
    found = events(fewer)
    assert found.keys() == events().keys()
    assert [event.status.value for event in found.values()] == ["CONFIRMED", "CANCELLED"]
    assert not hasattr(found["wed-v0123456789ab@voicecoach"], "valarm")


def test_every_further_time_of_a_day_is_an_event_of_its_own():
    slots = {WeeklyTime(day, time(hour)): [CORE] for day in (Weekday.MON, Weekday.TUE) for hour in (9, 11)}
    plan = replace(PLAN, slots=slots, cancelled_slots=[WeeklyTime(Weekday.MON, time(13, 30))])
    found = events(plan)
    assert [uid.split("-v")[0] for uid in found] == [
        *("mon", "wed"),
        *("mon-0900", "mon-1100", "mon-1330", "tue-0900", "tue-1100"),
    ]
    monday = found["mon-1100-v0123456789ab@voicecoach"]
    assert monday.dtstart.value.isoformat() == "2026-03-09T11:00:00"
    assert [f"{each:%a %H:%M}" for each in monday.rruleset[:2]] == ["Mon 11:00", "Mon 11:00"]
    assert monday.valarm.trigger.value == -BEFORE
    cancelled = [uid for uid, event in found.items() if event.status.value == "CANCELLED"]
    assert cancelled == ["mon-1330-v0123456789ab@voicecoach"]


@pytest.mark.parametrize("day", Weekday)
def test_the_first_one_is_on_its_day_within_a_week(day):
    (event,) = events(replace(PLAN, days={day: [CORE]})).values()
    first = event.dtstart.value.date()
    assert first.weekday() == day
    assert timedelta() <= first - NOW.date() < timedelta(7)
