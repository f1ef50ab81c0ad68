"""Parses what a file says of growth: ``grow``, ``levels``, ``level``, ``up_when`` and ``down_when``.

Like the parsers in ``values``, each takes plain data as people write it, and returns a value or raises
Mistakes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from voicecoach.routine.bounds import DownWhen, Harder
from voicecoach.routine.dose import Grade
from voicecoach.routine.files.day_words import OFTEN
from voicecoach.routine.files.located_yaml import Data, Mistakes, show, wrong
from voicecoach.routine.files.values import Parser, choice, group, many, name, switch
from voicecoach.routine.instructions import MAX_PAIN
from voicecoach.units import digits, format_count

UP_EXPECTED: Final = "a dose, the most pain and how often, such as '3 x 12 with pain 2 or less, twice'"
_DOWN_EXPECTED: Final = (
    "'pain above 5', 'worse the next morning', or both: 'pain above 5, or worse the next morning'"
)
MAX_CONDITION: Final = 100
"""Characters of 'up_when' and 'down_when'. [own choice]"""
_LEVELS_EXPECTED: Final = "at least two, a line each, the easiest first, such as '- 10 cm step'"
_PAIN: Final = re.compile(
    r"[\s,]*(?:\b(?:with|and|at)\s+)?\bpain\s+(?:(?P<below>below|under)\s+|(?:of\s+)?(?:at\s+most|up\s+to|no\s+more\s+than)?\s*)"
    r"(?P<pain>\d{1,2})(?:\s*(?:/\s*10|out\s+of\s+(?:10|ten)))?(?:\s+(?:or\s+(?:less|lower|below)|at\s+most))?",
    re.IGNORECASE | re.ASCII,
)
_TIMES: Final = re.compile(
    rf"[\s,]*(?:\band\s+)?\b(?P<times>{'|'.join(OFTEN)}|(?:[1-9]|three|four|five)\s+times|in\s+[1-9]\s+sessions)"
    r"(?:\s+(?:in\s+a\s+row|running))?$",
    re.IGNORECASE | re.ASCII,
)
_ABOVE: Final = re.compile(
    r"pain\s+(?:is\s+)?(?:above|over|more\s+than|higher\s+than)\s+(\d{1,2})", re.IGNORECASE | re.ASCII
)
_AT_LEAST: Final = re.compile(r"pain\s+(?:is\s+)?(\d{1,2})\s+or\s+more", re.IGNORECASE | re.ASCII)
_UNKNOWN: Final = re.compile(r"\bpain\b|\bwhen\b|\bafter\b|\bif\b|\bmorning\b", re.IGNORECASE)
"""Words that a dose has not: what stands there was not understood."""
_WORSE: Final = re.compile(
    r"(?:it\s+is\s+|is\s+)?worse\s+(?:on\s+|in\s+)?(?:the\s+)?(?:(?:next|following)\s+(?:morning|day)|(?:morning|day)\s+after)",
    re.IGNORECASE,
)


BELOW: Final = "in 'steps', indented below its exercise"
"""Where the keys of an exercise stand in a routine."""
TEMPO_GROWTH: Final = frozenset({"keep", "free"})
"""Whether the tempo of an exercise may change as it grows."""
IN_GROW: Final = "in 'grow' of an exercise, as in 'grow: {max: 3 x 12}'"
_IN_EACH: Final = f"{IN_GROW}: the most of one exercise fits no other"
_BESIDE: Final = ("levels", "level", "load", "up_when", "down_when")
"""The other keys about growth."""


@dataclass(frozen=True, slots=True)
class WrittenGrowth:
    """How an exercise, or all of a routine, may grow, as far as it is written."""

    grows: bool = True
    most: str = ""
    """The most dose, with the words of a level or without; empty when it is not said."""
    tempo_kept: bool | None = None
    harder: Harder | None = None

    def over(self, other: WrittenGrowth | None) -> WrittenGrowth:
        """Return this, with what it does not say from another one."""
        if other is None or not self.grows:
            return self
        return WrittenGrowth(
            most=self.most,
            tempo_kept=other.tempo_kept if self.tempo_kept is None else self.tempo_kept,
            harder=self.harder or other.harder,
        )


@dataclass(frozen=True, slots=True)
class WrittenUp:
    """When an exercise gets harder, as it is written."""

    dose: str = ""
    pain: int | None = None
    times: int = 1


def growth(raw: Data) -> WrittenGrowth:
    """Parse how an exercise may grow: no, yes, or the bounds of its growth."""
    expected = "no, yes, or bounds such as '{max: 3 x 12, tempo: keep, harder: ask}'"
    return _growth(raw, expected, {"max": _most, **_OF_ALL}, dict.fromkeys(_BESIDE, "beside 'grow'"))


def growth_of_all(raw: Data) -> WrittenGrowth:
    """Parse how the exercises of a routine may grow, where they do not say it themselves."""
    expected = "yes, no, or bounds of all its exercises such as '{tempo: keep, harder: ask}'"
    return _growth(raw, expected, _OF_ALL, dict.fromkeys(_BESIDE, BELOW) | {"max": _IN_EACH})


def _growth(raw: Data, expected: str, keys: dict[str, Parser], elsewhere: dict[str, str]) -> WrittenGrowth:
    if not isinstance(raw, dict):
        try:
            return WrittenGrowth(grows=switch(raw))
        except Mistakes:
            raise wrong(f"{show(raw)} says nothing of growth", expected) from None
    read = group(raw, {}, keys, elsewhere)
    return WrittenGrowth(most=read.get("max", ""), tempo_kept=read.get("tempo"), harder=read.get("harder"))


def _most(raw: Data) -> str:
    if isinstance(raw, bool) or not isinstance(raw, (str, int)):
        raise wrong(f"{show(raw)} is not a dose", "the most that it may become, such as '3 x 12' or 45s")
    return str(raw)


def _tempo(raw: Data) -> bool:
    if not (isinstance(raw, str) and raw.strip().casefold() in TEMPO_GROWTH):
        raise wrong(
            f"{show(raw)} is not known here", "keep: the lowering and the speed never change; free: they may"
        )
    return raw.strip().casefold() == "keep"


def _harder(raw: Data) -> Harder:
    if isinstance(raw, bool):  # as YAML reads yes and no
        return Harder.YES if raw else Harder.NO
    return _HARDER(raw)


_HARDER: Final = choice(Harder)
_OF_ALL: Final[dict[str, Parser]] = {"tempo": _tempo, "harder": _harder}


def levels(raw: Data) -> tuple[str, ...]:
    """Parse the levels of a ladder of its own, the easiest first."""
    read = many(name, _LEVELS_EXPECTED)(raw)
    return _apart(read, "levels", _LEVELS_EXPECTED)


def _apart(words: tuple[str, ...], what: str, expected: str) -> tuple[str, ...]:
    if len(words) < 2:
        raise wrong(f"a ladder with {format_count(len(words), 'step')}", expected)
    if len({each.casefold() for each in words}) < len(words):
        raise wrong(f"two {what} are called the same", expected)
    return words


def level(raw: Data) -> str:
    """Parse the level with which an exercise begins: its number, or its words."""
    if isinstance(raw, int) and not isinstance(raw, bool):
        return f"level {raw}"
    return name(raw)


def bands(raw: list[Data]) -> tuple[str, ...]:
    """Parse a list of bands, lightest first; of ``[yellow, red, green band]`` all are bands."""
    expected = "at least two, the lightest first, such as [yellow, red, green band] or [2 kg, 4 kg]"
    words = many(name, expected)(raw)
    *_, noun = words[-1].split() if words else [""]
    if words and noun != words[-1]:
        words = tuple(each if len(each.split()) > 1 else f"{each} {noun}" for each in words)
    return _apart(words, "bands", expected)


def _condition(raw: Data) -> str:
    """Return the words of a condition with single blanks; empty for what can be none."""
    return " ".join(raw.split()) if isinstance(raw, str) and len(raw) <= MAX_CONDITION else ""


def up_when(raw: Data) -> WrittenUp:
    """Parse when an exercise gets harder: ``3 x 12 with pain 2 or less, twice``."""
    dose, times, pain = _condition(raw), 1, None
    if found := _TIMES.search(dose):
        dose, times = dose[: found.start()], _times(found["times"])
    if found := _PAIN.search(dose):
        pain = int(found["pain"]) - bool(found["below"])
        dose = dose[: found.start()] + dose[found.end() :]
    dose = dose.strip(" ,")
    understood = (dose or pain is not None or times > 1) and not _UNKNOWN.search(dose)
    if not understood or not 0 <= (pain or 0) <= MAX_PAIN:
        raise wrong(f"{show(raw)} is not understood", UP_EXPECTED)
    return WrittenUp(dose, pain, times)


def _times(said: str) -> int:
    word = said.casefold()
    return OFTEN.get(word) or int(re.sub(r"\D", "", digits(word)))


def down_when(raw: Data) -> DownWhen:
    """Parse when an exercise gets easier: ``pain above 5, or worse the next morning``."""
    text = _AT_LEAST.sub(lambda found: f"pain above {int(found[1]) - 1}", _condition(raw))
    above, worse = None, False
    parts = [each for each in re.split(r"\s*(?:,|;|\bor\b|\band\b)\s*", text.rstrip(".")) if each]
    for part in parts:
        if found := _ABOVE.fullmatch(part):
            above = int(found[1])
        elif _WORSE.fullmatch(part):
            worse = True
        else:
            parts = []
    if not parts or (above is not None and not 0 <= above < MAX_PAIN):
        raise wrong(f"{show(raw)} is not understood", _DOWN_EXPECTED)
    return DownWhen(pain_above=above, worse_morning=worse)


def level_in(text: str, grades: Iterable[Grade]) -> tuple[str, Grade | None]:
    """Take the words of a level out of a dose; return the rest, and the level, if it names one.

    Of bands the colour is enough, and of any level its number: "level 2".
    """
    known = tuple(grades)
    if not known:
        return text, None
    said = [(grade.words, grade) for grade in known]
    if len({each.words.split()[-1] for each in known}) == 1:
        said += [(short, each) for each in known if (short := " ".join(each.words.split()[:-1]))]
    said += [(f"level {each.number}", each) for each in known]
    for words, grade in sorted(said, key=lambda each: len(each[0]), reverse=True):
        spelt = r"\s+".join(map(re.escape, words.split()))
        found = re.search(
            rf"[\s,(]*(?:\b(?:with|at|on)\s+(?:the\s+)?)?(?<!\w){spelt}(?!\w)[\s,)]*", text, re.IGNORECASE
        )
        if found:
            return f"{text[: found.start()]} {text[found.end() :]}".strip(), grade
    return text, None
