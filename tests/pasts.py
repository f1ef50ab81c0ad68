"""What somebody did and wished of made-up exercises, in the words of ``training/test_rules.py``."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from fakes.journal import MONDAY, done_by, session_on, sets_of
from histories import next_dose

from voicecoach.journal.records import Agreed, Agreement, Before, Choice, Leg, Weakness, Wish
from voicecoach.language import phrases
from voicecoach.language.phrases import capitalised
from voicecoach.routine.doses import at_dose, dose_of
from voicecoach.routine.files.library import Library
from voicecoach.routine.profile import Profile
from voicecoach.routine.suit import alone
from voicecoach.session.listener import Ending
from voicecoach.training.agreement import pace_on
from voicecoach.training.exercise_log import History
from voicecoach.training.practice import practices_of
from voicecoach.training.readiness import Today, condition
from voicecoach.training.standing import Around
from voicecoach.training.words import amount

WORDS = phrases.load().words
CASES = Path(__file__).parent / "training" / "cases"
MADE_UP = Library([Path(__file__).parent / "training" / "made_up"])
PERSON = Profile(weights=(1.0, 2.0, 5.0, 16.0))


def VARIATION(name):  # noqa: N802 - what is found of the made-up exercises is a constant
    return alone(MADE_UP.exercise(name), PERSON, MADE_UP)


class Past:
    """What somebody did and wished, line by line."""

    def __init__(self):
        self.sessions, self.choices, self.agreements, self.exercise = [], [], [], None
        self.weakness = []

    def does(self, line):
        """The answer to a line, when it asks for one."""
        days, word, *words = line.split()
        first, last = re.fullmatch(r"(-?\d+)(?:\.\.(\d+))?", days).groups()
        said = dict(each.split("=") for each in words if "=" in each)
        words = [each for each in words if "=" not in each]
        for day in range(int(first), int(last or first) + 1, 2):
            shown = getattr(self, {"?": "asked"}.get(word, word))(day, words, dict(said))
        return shown

    def done(self, day, words, said):
        share, hurt = float(said.pop("share", 1)), said.pop("hurt", None)
        sets = []
        for block, part in enumerate(" ".join(words).split(" & ")):
            name, *dose = part.split()
            self.exercise = self.exercise or name
            exercise, numbers = VARIATION(name), changed(dose)
            at = replace(dose_of(exercise), **numbers)
            ending = Ending.HURT if hurt in {name, "all"} else Ending.DONE
            more = {"lowering": numbers["lowering"]} if "lowering" in numbers else {}
            made = sets_of(at_dose(exercise, at), share=share if block == 0 else 1, ending=ending)
            sets += [replace(each, block=block, **more) for each in made]
        self.add(day, sets, said)

    def follows(self, day, _, said):
        made, share = self.decided(day, said.pop("routine", "")), float(said.pop("share", 1))
        ending = Ending.HURT if said.pop("hurt", "") else Ending.DONE
        sets = done_by(VARIATION(made.exercise), made, share=share, ending=ending) if made.dose else ()
        self.add(day, sets, said, [made])

    def hand(self, day, _, said):
        """The routine noted by hand, with what was felt and no more."""
        self.add(day, [], said)
        self.sessions[-1] = replace(self.sessions[-1], by_hand=True)

    def forget(self, _, words, __):
        del self.sessions[: -int(words[0])]

    def add(self, day, sets, said, decisions=()):
        said = {key: answer(each) for key, each in said.items()}
        session = session_on(day, sets, decisions=decisions, **said)
        self.sessions.append(replace(session, id=len(self.sessions), named=said.get("named")))

    def wish(self, day, words, said):
        what, *dose = words
        at = moment(day, said.get("at", 1))
        wanted = replace(dose_of(VARIATION(self.exercise)), **changed(dose)) if what == "dose" else None
        self.choices.append(Choice(at=at, written=self.exercise, wish=Wish(what), dose=wanted))

    def weak(self, day, words, said):
        present = {"yes": True, "no": False}[words[0]]
        self.weakness.append(Weakness(at=moment(day, said.get("at", -1)), present=present))

    def pace(self, day, words, said):
        for what in words:
            self.agreements.append(Agreement(at=moment(day, said.pop("at", -1)), said=Agreed(what)))
        if words:
            return None
        before = Before(**{key: answer(each) for key, each in said.items()})
        found = pace_on(self.history, Today(day=MONDAY + timedelta(day), before=before))
        if found is None:
            return ["none"]
        after = (found.next - MONDAY).days if found.next else "-"
        begun = f"week {found.week(MONDAY + timedelta(day))}" if found.began else f"{found.sessions} sessions"
        return [f"{begun}, asks on day {after}{f', waits: {found.waits}' if found.waits else ''}"]

    @property
    def history(self):
        return History(
            sessions=tuple(self.sessions),
            choices=tuple(self.choices),
            agreements=tuple(self.agreements),
            weakness=tuple(self.weakness),
        )

    def decided(self, day, routine="", **before):
        around = Around(grows=not routine, calm=routine == "calm")
        history = self.history
        today = Today(day=MONDAY + timedelta(day), before=Before(**before))
        return next_dose(VARIATION(self.exercise), history, today, find_variation=VARIATION, around=around)

    def asked(self, day, words, said):
        self.exercise = words[0] if words else self.exercise
        made = self.decided(day, said.pop("routine", ""), **{key: answer(each) for key, each in said.items()})
        other = "" if made.exercise == self.exercise else f"{made.exercise} "
        dose = "nothing" if made.dose is None else amount(made.dose)
        level = "" if made.level in {made.dose, None} else f", reached {amount(made.level)}"
        advice = f" {made.advice}" if made.advice else ""
        lines = [f"{made.change}: {other}{dose}{level}. {capitalised(WORDS(made.reason))}{advice}"]
        return [*lines, *(map(WORDS, made.based_on) if "why" in words[1:] else ())]

    def zones(self, *_):
        history, last = History(sessions=tuple(self.sessions)), self.sessions[-1]
        keys = dict.fromkeys(each.written for each in practices_of(last))
        return [f"{key} {(each := history.practices(key)[-1]).zone()}, effort {each.effort}" for key in keys]

    def flare(self, day, words, said):
        before = Before(**{key: answer(each) for key, each in said.items()})
        days = range(day, int((words or [day])[0]) + 1)
        today = (Today(day=MONDAY + timedelta(each), before=before) for each in days)
        return [" ".join(condition(self.sessions, each).flare for each in today)]


def changed(words):
    """``8-6 - 5`` as what is changed of a dose: reps, hold, duration, load and lowering."""
    found = zip(("reps", "hold", "duration", "load", "lowering"), words, strict=False)
    changes: dict[str, Any] = {key: word for key, word in found if word != "-"}
    return {key: reps(word) if key == "reps" else float(word) for key, word in changes.items()}


def reps(word):
    return tuple(map(int, word.split("-")))


def answer(text):
    """``3``, ``thigh``, ``yes`` or ``-`` for nothing as the journal has it."""
    if text.upper() in Leg.__members__:
        return Leg[text.upper()]
    return int(text) if text.isdigit() else {"-": None, "yes": True, "no": False}.get(text, text)


def moment(day, hours):
    """So many days and hours after eight o'clock on a Monday."""
    return datetime.combine(MONDAY, datetime.min.time(), UTC) + timedelta(day, hours=8 + int(hours))
