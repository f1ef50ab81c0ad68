"""Praise for an exercise that was done to its end: what is earned, and what the program can know. All pure.

It never says how something looked. After pain, on a sore day and for what was left early there is none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from voicecoach.language.phrases import Message, load_words
from voicecoach.routine.dose import Dose
from voicecoach.routine.doses import dose_of
from voicecoach.routine.model import Exercise, Kind, Pace
from voicecoach.routine.programme import Weekday
from voicecoach.training.exercise_log import History
from voicecoach.training.readiness import Stage, Today, condition
from voicecoach.training.stats import monday_of

EVERY: Final = 2
"""Of so many exercises, one is told that all of it was done, another one each day. [own choice]"""
_WAYS: Final = ("plain", "done", "yours")
"""The ways to say that all was done, in turn."""
_WEEK: Final = timedelta(7)


def praises(
    done: Sequence[Exercise], history: History, today: Today, met: Collection[str]
) -> Mapping[str, Message]:
    """Return what may be said at the end of exercises, by their keys, if all of them is done.

    ``done`` are those of the session, at the doses of the day; ``met`` are the keys of all that were ever
    done. No two are the same.
    """
    if _is_sore(history, today):
        return {}
    exercises, times = _at_one_dose(done), Counter(each.key for each in done)
    firsts = [key for key in exercises if met and key not in met]
    found: dict[str, Message] = {}
    for place, (key, exercise) in enumerate(exercises.items()):
        turn = place + today.day.toordinal()
        more = None if key in firsts else _more(exercise, history, today.day)
        if key in firsts[:1]:
            found[key] = Message("earned.first")
        elif more is not None:
            found[key] = Message("earned.too", what=more) if more in found.values() else more
        elif turn % EVERY == 0 and (whole := next(_all(exercise, times[key], turn // EVERY), None)):
            found[key] = whole
    return {key: each for key, each in found.items() if [*found.values()].index(each) == [*found].index(key)}


def _is_sore(history: History, today: Today) -> bool:
    """Tell whether it is a day on which coming at all is enough."""
    how = condition(history.sessions, replace(today, paced=history.paced))
    return how.sore or how.flare is Stage.CALM or how.leg_worse or how.suspended or history.weak


def _at_one_dose(exercises: Sequence[Exercise]) -> dict[str, Exercise]:
    """Return the exercises by their keys, without those that come at several doses."""
    doses: dict[str, set[Dose]] = {}
    for each in exercises:
        doses.setdefault(each.key, set()).add(dose_of(each))
    return {each.key: each for each in exercises if len(doses[each.key]) == 1}


def _more(exercise: Exercise, history: History, today: date) -> Message | None:
    """Say how much more it is than the last time, when that was done in full; None when it is no more."""
    practices = history.done(exercise.key, exercise.only_side or None)
    last = practices[-1] if practices else None
    if (
        last is None
        or last.hurt
        or not last.known
        or exercise.pace is Pace.SELF
        or not last.reached(exercise)
    ):
        return None
    before, now = last.planned(exercise), dose_of(exercise)
    when = ago(last.day, today)
    each = "_each" if exercise.sides_apart > 1 else ""
    if (n := sum(now.reps) - sum(before.reps)) > 0 and replace(now, reps=before.reps) == before:
        return Message(f"earned.more{each}", n=n, when=when)
    if now.load > before.load and replace(now, load=before.load) == before:
        return Message("earned.heavier", load=load_words(now.load), when=when)
    for name, phrase in (("hold", "earned.longer_hold"), ("duration", f"earned.longer{each}")):
        length, then = getattr(now, name), getattr(before, name)
        more = (length or 0) - (then or 0)
        if then and more >= 1 and more == int(more) and replace(now, **{name: then}) == before:
            return Message(phrase, n=int(more), when=when)
    return None


def ago(day: date, today: date) -> Message:
    """Return a day that is over, for the end of a sentence: "on Monday", "last week"."""
    days = (today - day).days
    if days in (0, 1):
        return Message(f"ago.{('today', 'yesterday')[days]}")
    if days < len(Weekday):
        return Message(f"ago.{list(Weekday)[day.weekday()].name.lower()}")
    return Message("ago.week" if monday_of(today) - monday_of(day) == _WEEK else "ago.last")


def _all(exercise: Exercise, times: int, turn: int) -> Iterator[Message]:
    """Yield the words that all of ``exercise``, which comes so many ``times``, was done, where the coach has
    counted it.
    """
    reps = exercise.reps[0]
    sets = times * len(exercise.reps) if len(exercise.reps) > 1 else 1
    if exercise.pace is Pace.SELF or exercise.kind is Kind.BREATHING:
        return
    each = "_each" if exercise.sides_apart > 1 else ""
    way = _WAYS[turn % len(_WAYS)]
    if sets > 1:
        what = "both" if sets == 2 else "sets"
        yield Message(f"earned.{what}{each}.{way}", n=sets)
    elif reps > 2:
        yield Message(f"earned.reps{each}.{way}", n=reps)
