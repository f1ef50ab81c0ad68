"""The person's agreed pace: how it stands, and what they say about it."""

from __future__ import annotations

from datetime import UTC, datetime

from voicecoach.app import prepare
from voicecoach.app.journal import Notice
from voicecoach.app.region import usual
from voicecoach.errors import JournalError
from voicecoach.journal import store
from voicecoach.journal.records import Agreed, Agreement
from voicecoach.journal.store import Journal
from voicecoach.language.phrases import Phrases
from voicecoach.routine.region import Region
from voicecoach.training import words
from voicecoach.training.agreement import Pace, Waits, pace_on
from voicecoach.training.limits import PACE_SESSIONS
from voicecoach.training.readiness import Today


def now(notice: Notice, moment: datetime) -> Pace | None:
    """Return the agreed pace as it is; None without one."""
    day, region = moment.date(), usual()
    return pace_on(prepare.known(notice, day).of(region), Today(day=day, region=region))


def agree(said: Agreed, notice: Notice, moment: datetime) -> None:
    """Write down what was said about the pace. Raises JournalError."""
    with Journal.open(store.file(), notice) as journal:
        journal.agree(Agreement(at=moment.astimezone(UTC), said=said))


def say(said: Agreed, notice: Notice, moment: datetime) -> bool:
    """Write down an answer before a session, and tell whether that was possible; ``notice`` says if not."""
    try:
        agree(said, notice, moment)
    except JournalError as error:
        notice(f"{error} Your answer about your pace is not written down.")
        return False
    return True


def begun(say: Phrases) -> str:
    """Say what it means that a pace has begun, and for what its steps wait in the person's region."""
    region = usual()
    waits = "pace.begun_waits" if region is Region.BACK else "pace.begun_waits_part"
    return say.part("pace.begun", waits=say.part(waits, part=say.part(f"region.{region}.part")))


def pending(notice: Notice, moment: datetime) -> Agreed | None:
    """Return the last answer to the question of a week that no session has followed yet; None without one."""
    history = prepare.known(notice, moment.date())
    last = max((each.started for each in history.sessions), default=None)
    said = [each for each in history.agreements if last is None or each.at > last]
    return said[-1].said if said and said[-1].said.answers else None


def told(found: Pace, moment: datetime, say: Phrases) -> str:
    """Say how a pace stands, and when the next question is due."""
    day, region = moment.date(), usual()
    if found.waits is Waits.WEAK and region is not Region.BACK:
        return say.part("pace.waits_part", part=say.part(f"region.{region}.part"))
    if found.waits and (found.began or found.waits is not Waits.GAP):
        return say.part(f"pace.waits_{found.waits}")
    if found.began is None:
        return say.part("pace.measuring", n=str(found.sessions), of=str(PACE_SESSIONS))
    week = str(found.week(day))
    if found.next is None or found.is_due(day):
        return say.part("pace.due", n=week)
    return say.part("pace.week", n=week, day=words.day_name(found.next, day, say))
