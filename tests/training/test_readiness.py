"""The condition of a day from a row of days: ``cases/readiness.txt``.

``## TITLE`` begins a case. A line of answers has one word a day: the pain before its session, with ``y`` or
``n`` when it was asked whether it is a flare, ``+3`` when the session raised it by so much, ``?`` when it was
not said afterwards; ``.`` for a day without a session. ``leg`` begins a line of how far down a leg it is
with ``>`` before what was said after the session. Below stands the condition of each day, before its session.

After a wanted change run ``VOICECOACH_GOLDEN=write pytest tests/training``; read it as you read code.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from fakes.journal import MONDAY, session_on
from golden import assert_cases

from voicecoach.journal.records import Before, Leg
from voicecoach.training.readiness import Stage, Today, condition, worse_than_usual

CASES = Path(__file__).parent / "cases" / "readiness.txt"
WORD = re.compile(r"(?P<pain>\d+)(?P<flare>[yn])?(?P<rise>\+\d+|\?)?")
CALLED = {"y": True, "n": False, None: None}


def pain_row(words):
    sessions, shown = [], []
    for number, word in enumerate(words):
        day, before, worst = MONDAY + timedelta(number), Before(), None
        if match := WORD.fullmatch(word):
            pain, rise = int(match["pain"]), match["rise"] or "0"
            before = Before(pain=pain, flare=CALLED[match["flare"]])
            worst = None if rise == "?" else pain + int(rise)
        today = Today(day=day, before=before)
        shown.append(told(condition(sessions, today)) + "?" * worse_than_usual(sessions, today))
        if word != ".":
            sessions.append(replace(session_on(number, worst=worst), before=before))
    return shown


def told(how):
    if how.flare is Stage.NONE:
        return "sore" if how.sore else "-"
    return f"{how.flare}" if how.flare is Stage.CALM else f"{how.share}%"


def leg_row(words):
    sessions, shown = [], []
    for number, word in enumerate(words):
        before, _, after = word.partition(">")
        felt = Before(leg=leg(before))
        how = condition(sessions, Today(day=MONDAY + timedelta(number), before=felt))
        shown.append("+".join(["worse"] * how.leg_worse + ["suspended"] * how.suspended) or "-")
        if word != ".":
            sessions.append(replace(session_on(number, after_leg=leg(after)), before=felt))
    return shown


def leg(word):
    return Leg[word.upper()] if word.strip("?.") else None


def both(line):
    """The line of answers and the line of conditions, in columns."""
    start, words = ("leg ", line[4:].split()) if line.startswith("leg ") else ("", line.split())
    below = leg_row(words) if start else pain_row(words)
    widths = [max(len(one), len(other)) for one, other in zip(words, below, strict=True)]
    first, second = (" ".join(map(str.ljust, each, widths)).rstrip() for each in (words, below))
    return [start + first, " " * len(start) + second, ""]


def told_case(case):
    title, *lines = case.strip().splitlines()
    asked = [line for line in lines if line[:1].isdigit() or line.startswith("leg ")]
    return "\n".join([title, *(each for line in asked for each in both(line))]) + "\n"


def test_the_condition_of_each_day():
    assert_cases(CASES, told_case)
