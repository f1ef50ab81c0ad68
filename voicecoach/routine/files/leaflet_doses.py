"""Rewrites doses as leaflets have them in the short form, and refuses what is none, with the form that works.

``dose_words`` parses the short form; that of ``3 sets, 10 reps (hold 5 sec) L+R`` is ``3 sets x 10 reps x 5
sec each side``.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from voicecoach.routine.files.located_yaml import show, wrong
from voicecoach.units import digits

MAX_LENGTH: Final = 60
"""Characters; no dose is that long."""
_SIGNS: Final = str.maketrans(
    {
        **dict.fromkeys("\u2010\u2011\u2012\u2014\u2212", "-"),
        **dict.fromkeys("\u00a0\u2007\u2009\u202f", " "),
        **dict.fromkeys("()[]", " "),
        "\u00d7": "x",
    }
)
"""Dashes, blanks and brackets that mean what the plain ones do."""
_TIME: Final = r"""\d[\d.,]*\s*(?:s|secs?|seconds?|mins?|minutes?|"|\u2033|\u201d)"""
_WITH: Final = r"(?:\bwith\s+(?:an?\s+)?|\bw/\s*(?:an?\s+)?)"
_ONE_SIDE: Final = re.compile(r"(?:^|(?<=[\d\s(]))([LR])\b(?=\W*(?:$|only|side|leg|arm|first))")
"""A side by its capital letter: a small r may be for reps."""
_LETTERS: Final = {"L": " left", "R": " right"}
_REWRITTEN: Final = tuple(
    (re.compile(pattern), plain)
    for pattern, plain in (
        (r"(?<=[a-z])\.(?=\W|$)", " "),  # the full stop of an abbreviation
        (r"^(?:about|around|approx|approximately|ca|circa|~)\s*(?=\d)", ""),
        (r"(?<=\d)(?=(?:ea|each|per|alt|alternating|left|right)\b)", " "),
        (r"(?<=\d)-(?=(?:s|secs?|seconds?|mins?|minutes?)\b)", " "),
        (r"\bea\b(?=\s)", "each"),
        (r"\b(\d+)\s*(?:l|left)\s*(?:[/+&,]|\band\b)?\s*\1\s*(?:r|right)\b", r"\1 each side"),
        (r"\b(?:l|left)\s*(?:[/+&]|\band\b)\s*(?:r|right)\b(?!\s+first)", "each side"),
        (r"\b(?:r|right)\s*(?:[/+&]|\band\b)\s*(?:l|left)\b(?!\s+first)", "each side"),
        (r"\b(?:e/s|es)\b", "each side"),
        (r"\balt\b", "alternating"),
        (r"\b(left|right)\s+then\s+(?:left|right)\b", r"\1 first"),
        (r"^((?:left|right)(?:\s+(?:side|leg|arm))?)\s*[:,]?\s+(\d.*)", r"\2 \1"),
        (r"\bby\b(?=\s*\d)", "x"),
        (r"\b(?:sets?|series|reps?|repetitions?|holds?)\s+of\b", "x"),
        (r"(\d)\s*/\s*(?=\d+\s*[/,]\s*\d)", r"\1, "),  # three sets and more
        (r"(, \d+)\s*/\s*(?=\d)", r"\1, "),
        (r"^(?:hold|holding|held)\s+(?:for\s+)?(?=\d)", ""),
        (rf"(?:\bx\s*|[,;]?\s*){_WITH}?\b(?:hold|holding|held)\s+(?:each\s+)?(?:for\s+)?(?=\d)", " x "),
        (rf"[,;]?\s*{_WITH}(?={_TIME}\s*holds?\b)", " x "),
        (rf"(?<=\d)[,;]\s*(?={_TIME}\s*holds?\b)|(?<=\d)\s+(?={_TIME}(?!\w))", " x "),
        (r"(?<=\d)\s*(sets?|reps?|repetitions?|times(?=[,;])|side|leg|each)[\s,;:]+(?=\d)", r" \1 x "),
    )
)
"""What stands in a dose, and how the short form has it, one after another."""


def short_form(raw: str) -> str:
    """Return a dose in small letters, in the words and signs that ``dose_words`` knows."""
    text = _ONE_SIDE.sub(lambda found: _LETTERS[found[1]], raw.translate(_SIGNS))
    text = digits(" ".join(text.casefold().split()))
    for pattern, plain in _REWRITTEN:
        text = pattern.sub(plain, text)
    return " ".join(text.split()).strip(" .,;")


Refusal = Callable[[re.Match[str]], tuple[str, str]]
"""What is wrong with a dose in which something was found, and what to write."""

_MOST_SETS: Final = 20
_SECONDS: Final = r"""(\d+)\s*(?:s|secs?|seconds?|")?"""


def _open(found: re.Match[str]) -> tuple[str, str]:
    timed = f"'duration: {_minutes(found)}m' and 'amrap: reps'"
    return "asks for as many as you can", f"a new exercise in which Enter counts them, with {timed}"


def _minutes(found: re.Match[str]) -> int:
    """Return the minutes that stand anywhere in the dose, or ten."""
    number = re.search(r"(?<![\d.,])([1-9]\d?)(?![\d.,])\s*(?:m|mins?|minutes?|$)(?![a-z])", found.string)
    return min(int(number[1]), 60) if number else 10


def _each_minute(found: re.Match[str]) -> tuple[str, str]:
    every = min(max(int(found["every"] or 1), 1), 60)
    rounds = max(1, min(_minutes(found) // every, _MOST_SETS))
    expected = f"'repeat: {rounds}' and 'every: {every}m', with the exercise in its 'steps'"
    return "begins a round on the minute", expected


def _intervals(found: re.Match[str]) -> tuple[str, str]:
    beside = f"{found.string[: found.start()]} {found.string[found.end() :]}"
    around = re.search(r"(\d+)\s*x|x\s*(\d+)", beside)
    sets = min(int(around[1] or around[2]), _MOST_SETS) if around else 8
    work, rest = found[1], found[2]
    return "has a rest in it", f"the two apart, as with 'reps: {max(sets, 1)} x {work}s' and 'rest: {rest}s'"


def _rest(found: re.Match[str]) -> tuple[str, str]:
    return "has a rest in it", f"the dose without it, and beside it 'rest: {found[1] or found[2]}s'"


def _always(wrong: str, expected: str) -> Refusal:
    return lambda _: (wrong, expected)


_OFTEN: Final = _always(
    "says how often", "how much of it at a time, such as 10; 'days: 3 a week' goes above the steps"
)
_DAYS: Final = (
    r"(?:/|\b(?:a|per|each|every|other|times)\s+)(?:other\s+)?(?:day|week|wk|d|hour|hr)\b"
    r"|\b(?:daily|weekly|twice)\b"
)
_UNTIL: Final = r"\b(?:to|until|till)\s+(?:failure|fatigue|tired|exhaustion)\b"
_HARD: Final = _always(
    "says how hard it is", "the dose alone, and a reminder such as 'cues: [Not too hard.]'"
)
_REFUSED: Final[tuple[tuple[re.Pattern[str], Refusal], ...]] = tuple(
    (re.compile(pattern), refusal)
    for pattern, refusal in (
        (r"\be(?P<every>\d{0,2})mom\b|\bevery minute\b", _each_minute),
        (
            r"\btabata\b",
            _always("has a rest in it", "the two apart, as with 'reps: 8 x 20s' and 'rest: 10s'"),
        ),
        (rf"\bamrap\b|\bas many\b|\bmax(?:imum)?$|{_UNTIL}", _open),
        (rf"{_SECONDS}\s*(?:on|work)\s*[/,:]?\s*{_SECONDS}\s*(?:off|rest)", _intervals),
        (r"(?<![\d/])([1-9]\d{1,2})\s*s?\s*/\s*([1-9]\d?)\s*s?(?![\d/]|\s*m)", _intervals),
        (r"\brest\D{0,8}(\d+)|\b(\d+)\s*(?:s|secs?|seconds?)?\s*(?:of\s+)?rest\b(?!\s*(?:for\s*)?\d)", _rest),
        (_DAYS, _OFTEN),
        (
            r"\bup to\b|\bat (?:least|most)\b|\bmax(?:imum)?\b|^min(?:imum)?\s+\d|\d\s*\+(?!\s*\d)",
            _always("says only where it begins or ends", "one number, or a range such as 8-12"),
        ),
        (r"\brpe\b|\d\s*%", _HARD),
        (
            r"\d\s*(?:met(?:re|er)s?|miles?|km|laps?|yards?|yds?)\b",
            _always("is a distance", "the time it takes, such as 5m"),
        ),
    )
)
"""What people write where a dose stands, which is none, and what to write in its place."""


def refuse(text: str, raw: str) -> None:
    """Refuse ``raw``, whose short form is ``text``, when it asks for what no dose says. Raises Mistakes."""
    for pattern, refusal in _REFUSED:
        if found := pattern.search(text):
            what, expected = refusal(found)
            raise wrong(f"{show(raw)} {what}", expected)
