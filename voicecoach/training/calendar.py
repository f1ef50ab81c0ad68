"""A plan as a calendar file with alarms, so that no program has to run in the background.

Every day of the week that has something planned is one event that recurs, with an identity that stays, and
so is each further time of such a day. A SEQUENCE and a DTSTAMP grow with time: a calendar that takes the file
again replaces what it had. What had a reminder in the last file, and has none now, is in the file as
cancelled.

Times are local without a zone ("floating", RFC 5545 3.3.5): six in the evening is six where the person is,
before and after the clocks change and on a journey, and no table of zones has to be sent along.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Final

from voicecoach.routine.programme import Weekday, WeeklyTime

if TYPE_CHECKING:
    from icalendar import Alarm, Event


BEFORE: Final = timedelta(minutes=10)
"""How long before a session the alarm comes: time to change and roll out the mat [own choice]."""
_RULE: Final = {day: day.name[:2] for day in Weekday}


@dataclass(frozen=True, slots=True)
class Item:
    """A routine on a day."""

    name: str
    command: str
    """The command that plays it."""
    minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminders:
    """The reminders for a calendar."""

    plan: str
    """The id of the plan."""
    title: str
    at: time
    """The usual time."""
    days: Mapping[Weekday, Sequence[Item]]
    """The routines for each day of the week at the usual time; days without any are missing."""
    cancelled: Collection[Weekday] = ()
    """Days of an earlier file that have nothing any more."""
    slots: Mapping[WeeklyTime, Sequence[Item]] = field(default_factory=dict)
    """The routines for other times of a day."""
    cancelled_slots: Collection[WeeklyTime] = ()
    """Such times of an earlier file that have nothing any more."""


def calendar(reminders: Reminders, now: datetime) -> bytes:
    """Return the calendar file, with reminders from the day of ``now`` on; ``now`` has a time zone."""
    from icalendar import Calendar  # noqa: PLC0415 - a tenth of a second that only this needs

    made = Calendar()
    made.add("prodid", "-//voicecoach//plan//EN")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", reminders.title)
    for day in Weekday:
        if day in reminders.days or day in reminders.cancelled:
            items = reminders.days.get(day, ())
            made.add_component(_event(reminders, WeeklyTime(day, reminders.at), items, day.short, now))
    for slot in sorted({*reminders.slots, *reminders.cancelled_slots}):
        items, name = reminders.slots.get(slot, ()), f"{slot.day.short}-{slot.at:%H%M}"
        made.add_component(_event(reminders, slot, items, name, now))
    return bytes(made.to_ical())


def _event(reminders: Reminders, slot: WeeklyTime, items: Sequence[Item], name: str, now: datetime) -> Event:
    """Return the event of a time of the week, which is cancelled when it has no items; ``name`` tells it."""
    from icalendar import Event  # noqa: PLC0415 - as above

    event = Event()
    event.add("uid", f"{name}-{reminders.plan}@voicecoach")
    event.add("dtstamp", now.astimezone(UTC))
    event.add("sequence", int(now.timestamp()) // 60)
    event.add("dtstart", datetime.combine(_first(slot.day, now.date()), slot.at))
    event.add("duration", timedelta(minutes=max(1, sum(item.minutes for item in items))))
    event.add("rrule", {"freq": "weekly", "byday": _RULE[slot.day]})
    event.add("transp", "TRANSPARENT")
    if not items:
        event.add("summary", reminders.title)
        event.add("status", "CANCELLED")
        return event
    event.add("summary", f"{reminders.title}: {', '.join(item.name for item in items)}")
    event.add("status", "CONFIRMED")
    event.add("description", _description(items))
    event.add_component(_alarm(str(event["summary"])))
    return event


def _alarm(text: str) -> Alarm:
    from icalendar import Alarm  # noqa: PLC0415 - as above

    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", text)
    alarm.add("trigger", -BEFORE)
    return alarm


def _description(items: Sequence[Item]) -> str:
    lines = [f"{item.name}, about {item.minutes} min: {item.command}" for item in items]
    return "\n".join((*lines, "Another day of the week is fine too."))


def _first(day: Weekday, today: date) -> date:
    """Return the first such day from today on."""
    return today + timedelta((day - today.weekday()) % len(Weekday))
