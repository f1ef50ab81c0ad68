"""The words of a leaflet around a dose: bullets, headings, rests, rounds, how often, holds.

``dose_words`` reads the doses themselves; here is what people write before, between and after them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from voicecoach.routine.files.dose_words import (
    EXPECTED,
    LOAD_EXPECTED,
    WrittenDose,
    check_sets,
    parse_dose,
)
from voicecoach.routine.files.leaflet_doses import MAX_LENGTH, refuse, short_form
from voicecoach.routine.files.located_yaml import Mistakes
from voicecoach.routine.files.side_words import NO_SIDES, WrittenSides, sides_at_end, take_sides
from voicecoach.routine.files.values import some_seconds
from voicecoach.units import digits, parse_duration

_MARK: Final = r"\u2022\u25aa\u25cf\u25cb\u2610-\u2612\u2713\u2714"
_BULLET: Final = re.compile(
    rf"""\s*(?:
    [-*\u00b7\u2013\u2014\u25e6\u2023+>{_MARK}]+\s+ | [{_MARK}]\s* | \[[ xX]?\]\s*
    | \(?\d{{1,2}}[.)](?!\d)\s* | \(?[a-h]\d?[):]\s+
    | (?:exercise|ex\.?|step)\s*(?:no\.?\s*|\#\s*)?\d{{1,2}}\s*[:.)\u2013-]?\s+
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_EMPHASIS: Final = re.compile(r"\*\*|__|`|(?<!\w)[*_](?=\w)|(?<=\w)[*_](?!\w)")
_HEADING: Final = re.compile(
    r"\s*(?:#{1,6}\s+(?P<text>.*?)[\s#]*|(?:\*\*|__)(?P<bold>[^*_]+)(?:\*\*|__):?\s*)"
)
_RULE: Final = re.compile(r"[\W_]*")
"""A line of dashes, of stars or of nothing."""
_UNITS: Final = r"(?:s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?)"
_COUNTED: Final = rf"(?:times|x|reps?|repetitions?|sets?|breaths?|rounds?|{_UNITS}|each|per|on|to)"
SLIP: Final = re.compile(rf"\d\s*(?:[*\u00d7]|{_COUNTED}\b)|\b[x\u00d7]\s*\d", re.IGNORECASE)
"""What stands in a line that was meant to have a dose, however it is spelt."""
_NUMBER: Final = re.compile(rf"\b[a-z-]+(?=[\s-]+(?:{_COUNTED}\b|x\s?\d|\u00d7))", re.IGNORECASE)
"""A word before something that is counted."""
_JOINED: Final = re.compile(rf"(?<=\d)-(?={_UNITS}\b)", re.IGNORECASE)
"""The hyphen in "5-second hold"."""
_SPREAD: Final = re.compile(r"(?<=\d)(?:\s*[-\u2013\u2014~]\s*|\s+or\s+)(?=\d)", re.ASCII)
_ABBREVIATED: Final = re.compile(
    r"(?<=\d)(\s*(?:secs?|mins?|reps?|hrs?|ea))\.(?!\d)", re.IGNORECASE | re.ASCII
)
_PERIOD: Final = r"(?:day|week|wk|morning|evening|night|hour|fortnight|month)s?"
_SOME_TIMES: Final = r"\d+(?:\s*(?:-|\u2013|to|or)\s*\d+)?\s*(?:x|times|sessions?|sets|days)?"
_TIMES: Final = rf"(?:{_SOME_TIMES}|once|twice|(?:three|four)\s+times)"
_OFTEN: Final = re.compile(
    rf"""(?:\(\s*)?\b
    (?:(?:do|repeat|perform)\s+)?(?:(?:this|these|it|all|the)\s+)*(?:exercises?\s+)?
    (?P<often>
        {_TIMES}(?:\s+or\s+{_TIMES})?\s*(?:/|\b(?:per|a|each|every)\b)\s*(?:single\s+)?{_PERIOD}
        | (?:once|twice|\d+\s*(?:x|times))\s+daily | \d+\s*x\s*/?\s*{_PERIOD}
        | every\s+(?:other\s+|second\s+|single\s+)?{_PERIOD} | daily
    )(?!\w)(?:\s*\))?""",
    re.IGNORECASE | re.VERBOSE | re.ASCII,
)
"""How often a day or a week."""
_RESTS: Final = r"(?:rest(?:ing|s)?|break|pause|recover(?:y|ing)?|relax(?:ing)?)"
RESTING: Final = re.compile(rf"(?:{_RESTS})(?:\s+(?:time|period|break))?", re.IGNORECASE)
"""What a rest is called where its time stands elsewhere."""
_BETWEEN: Final = (
    r"(?:\s*(?:,|in)?\s*(?:between|after)\s+(?:each\s+|every\s+|the\s+|all\s+)?"
    r"(?P<between>sets?|rounds?|circuits?|exercises?|reps?|repetitions?|sides?))?"
)
_REST: Final = tuple(
    re.compile(rf"(?:then\s+|take\s+(?:a\s+)?|and\s+)?{form}{_BETWEEN}", re.IGNORECASE)
    for form in (
        rf"(?:{_RESTS})\b(?:\s+(?:for|of|about|period|time|in))*\s*[:=\u2013-]?\s*(?P<time>[\d\u00bc-\u00be].*?)",
        rf"(?P<time>[\d\u00bc-\u00be].*?)\s*(?:of\s+)?{_RESTS}",
    )
)
_REST_ALONE: Final = re.compile(rf"(?:{_RESTS})(?:\s+\S+){{0,3}}", re.IGNORECASE)
_ROUNDS: Final = re.compile(
    r"(?:(?:do|repeat|complete|perform|go\s+(?:through|round))\s+)?"
    r"(?:(?:the|this|these|all|whole|entire|circuit|everything|exercises|list|following|sequence|of|x|for)\s+)*"
    r"(?P<count>\d{1,3})\s*(?:x\s*)?(?P<what>rounds?|circuits?|times\s+(?:round|through|over)|laps?)"
    r"(?:\s+(?:of|of\s+the|in)\b.{0,40}|\s+in\s+all|\s+total)?\s*[:.]?",
    re.IGNORECASE | re.ASCII,
)
_AGAIN: Final = re.compile(
    r"(?:repeat|do)\s+(?:the\s+|this\s+|all\s+|whole\s+|entire\s+|these\s+|of\s+)*"
    r"(?:circuit|everything|all|exercises|list|sequence|above)\s+(?P<count>\d{1,3})\s*(?:x|times)\s*[:.]?",
    re.IGNORECASE | re.ASCII,
)
_CLOCKED: Final = re.compile(r"\b(?:AMRAP|E\d{0,2}MOM|tabata)\b.*", re.IGNORECASE)
"""Rounds by the clock, or as many as possible."""
_SPLIT: Final = re.compile(
    r"""\s+[-\u2013\u2014]+\s+ | \s*[;|\t()\[\]]\s* | \s*,(?!\d)(?!\s*\d+\s*(?:[,;.]|$))\s*
    | \.(?=\s|$)(?!\s+(?-i:[a-z]))\s* | [!?](?=\s|$)\s*
    | :(?=\s)\s*
    | \s+(?:(?:and|then|with\s+a|with)\s+)*(?=(?:hold|holding|keep|repeat|rest|pause)\b[^,;.]{0,30}?\d)
    | (?:(?<=\d)|(?<=reps)|(?<=times)|(?<=sets)|(?<=side)|(?<=each))\s+(?=with\s+\D)
    | \s+(?:and|then)\s+(?=(?:do|perform|complete)\b\s+\d)""",
    re.IGNORECASE | re.VERBOSE | re.ASCII,
)
_VERB: Final = re.compile(
    r"(?:(?:repeat|do|perform|complete|aim\s+for|work\s+up\s+to|up\s+to|about|approx(?:\.|imately)?|around|for|at"
    r"|x|~|this|it|these|exercise|of|and|then|slowly)\b\s*|[~=:]\s*)+(?=\d|[\u00bc-\u00be])",
    re.IGNORECASE,
)
_HOLD: Final = re.compile(
    r"(?:hold(?:ing)?|keep|stay|squeeze)\b(?:\s+(?:it|this|that|each|there|the|rep|position|stretch|pose|for|about|up|to|at|top|end|a))*"
    r"\s*[:=~]?\s*(?=\d|[\u00bc-\u00be])",
    re.IGNORECASE,
)
_HELD: Final = re.compile(r"\bholds?\b|\bheld\b", re.IGNORECASE)
_HELD_TAIL: Final = re.compile(
    r"\s*(?:each|per)\s+(?:rep(?:etition)?|hold|time|one)$|\s*\b(?:each\s+)?(?:held|holds?)$", re.IGNORECASE
)
_REPS_OF: Final = re.compile(r"\s*\b(?:reps?|repetitions?|times)\s+of\s+(?=\d)", re.IGNORECASE)
_BARE: Final = re.compile(r"[\d ]*[./,][\d./, ]*", re.ASCII)
"""A fraction or a decimal without a unit, such as the pain in "5/10"."""
_DISTANCE: Final = re.compile(r"\d+\s*[x\u00d7]\s*\d+\s*m\b(?!\s*\d)", re.IGNORECASE | re.ASCII)
"""Metres: nobody writes "4 x 30m" for four times half an hour."""
_SETS: Final = re.compile(
    r"(?P<least>\d{1,6})(?:\s*(?:-|\u2013|to|or)\s*(?P<most>\d{1,6}))?\s*sets?", re.IGNORECASE | re.ASCII
)
_ENDS: Final = " :,;-\u2013\u2014(@x."
"""What separates a name from its dose."""
_JOINING: Final = re.compile(r"(?:[\s,]+(?:and|then|with|for|x))+$", re.IGNORECASE)
_AFTER_NUMBERS: Final = (
    "x reps rep repetitions repetition sets set times time seconds second secs sec s minutes minute mins min"
    " m hours hour h breaths ea kg lb lbs kilos pounds degrees cm inches in mm am pm th st nd rd percent"
    " of"
)
_NOT_FIRST: Final = frozenset(_AFTER_NUMBERS.split())
"""What no name of an exercise begins with."""
_AROUND_DOSES: Final = (
    "hold holds held each per on a to and or with for left right sides side both leg arm legs arms l r more"
    " rest only first then every"
)
_NOT_ALONE: Final = _NOT_FIRST | frozenset(_AROUND_DOSES.split())
"""What no name of an exercise is made of alone."""
_PAPER_WORDS: Final = (
    "week day phase level page session part block round set stage tel phone fax date room dob age version no"
    " number figure fig photo chapter section rpe pain max maximum minimum about approximately until step"
    " total exercise exercises repeat perform hold rest do for"
)
_NO_EXERCISE: Final = frozenset(_PAPER_WORDS.split())
"""What numbers on a sheet stand behind that is no exercise."""


class Bad(NamedTuple):
    """A dose that was understood and that nobody can do."""

    wrong: str
    expected: str


def undecorated(line: str) -> tuple[str, bool, bool]:
    """Return ``line`` without bullet, number and markup; whether it had a bullet, and is a heading."""
    if heading := _HEADING.fullmatch(line):
        return _EMPHASIS.sub("", heading["text"] or heading["bold"] or "").strip(), False, True
    text = _EMPHASIS.sub("", line) if not _RULE.fullmatch(line) else ""
    bullet = _BULLET.match(text)
    text = text[bullet.end() :] if bullet else text
    return " ".join(text.split()), bool(bullet), False


def plain_numbers(text: str) -> str:
    """Write numbers and what is counted in one way: "hold for five seconds", "5-sec. hold", "20 - 30 sec"."""
    text = _NUMBER.sub(lambda found: digits(found[0]), text)
    return _ABBREVIATED.sub(r"\1", _SPREAD.sub("-", _JOINED.sub(" ", text)))


def take_often(text: str) -> tuple[str, list[str]]:
    """Take what says how often a day or a week out of ``text``; return the rest, and what was taken."""
    taken = [found["often"] for found in _OFTEN.finditer(text)]
    return " ".join(_OFTEN.sub(" ", text).split()).strip(" ,;:-\u2013"), taken


def rest(text: str) -> tuple[float, str] | None:
    """Return the seconds of a rest and between what it is, such as "sets"; None for other words.

    Raises Mistakes for a rest of no length or of hours.
    """
    for form in _REST:
        if (found := form.fullmatch(text.rstrip(" .!"))) and (seconds := _rest_seconds(found["time"])):
            between = (found["between"] or "").casefold().rstrip("s")
            return seconds, "round" if between == "circuit" else between
    return None


def is_rest(text: str) -> bool:
    """Tell whether a line is about resting, for how long or without saying so."""
    text = text.rstrip(" .!")
    return any(form.fullmatch(text) for form in _REST) or bool(_REST_ALONE.fullmatch(text))


def _rest_seconds(text: str) -> float | None:
    """Return the seconds in ``text``, the most of a range, None when it is no time."""
    text = re.split(r"-|\u2013|\bto\b", text.strip(" .,"))[-1].strip()
    try:
        if re.fullmatch(r"\d+(?:[.,]\d+)?", text):
            return None if float(text.replace(",", ".")) > 3600 else some_seconds(text)
        parse_duration(text)
    except ValueError:
        return None
    return some_seconds(text)


def rounds(text: str) -> tuple[int, bool] | None:
    """Return how many rounds a line asks for, and whether of what stands before it; None for other lines."""
    if found := _AGAIN.fullmatch(text):
        return int(found["count"]), True
    if found := _ROUNDS.fullmatch(text):
        back = text.casefold().startswith(("repeat", "complete")) and not text.rstrip().endswith(":")
        return int(found["count"]), back
    return None


def clocked(text: str) -> str:
    """Return what to write for rounds by the clock or as many as possible; empty for other lines."""
    found = _CLOCKED.search(text)
    if not found:
        return ""
    try:
        refuse(short_form(found[0][:MAX_LENGTH]), found[0])
    except Mistakes as error:
        return f"write {error.mistakes[0].expected}"
    return ""


def clauses(text: str) -> list[str]:
    """Split a line where one thing ends and the next begins."""
    return [part for each in _SPLIT.split(text) if (part := each.strip(" .,:;"))]


def sets(text: str) -> tuple[int, int] | None:
    """Return the least and the most number of sets in "3 sets" or "2-3 sets". Raises Mistakes."""
    if found := _SETS.fullmatch(_after(_VERB, text)):
        return check_sets(int(found["least"])), check_sets(int(found["most"] or found["least"]))
    return None


def dose(text: str) -> tuple[WrittenDose, bool] | Bad | None:
    """Return the dose that a clause is, and whether its time is that of a hold; None for other words."""
    held = bool(_HELD.search(text)) or bool(_HOLD.match(text))
    plain = _HELD_TAIL.sub("", _after(_VERB, _after(_HOLD, text)))
    plain = _REPS_OF.sub(" x ", plain.strip(" ."))
    if not plain or len(plain) > MAX_LENGTH or _BARE.fullmatch(plain):
        return None
    if (sides := _sides(plain)) != NO_SIDES:
        return WrittenDose(sides=sides), False
    found = _counted(plain) if any(char.isdigit() or char in "\u00bc\u00bd\u00be" for char in plain) else None
    return (found, held) if isinstance(found, WrittenDose) else found


def _sides(text: str) -> WrittenSides:
    """Return the sides that a clause is about alone."""
    rest, sides = sides_at_end(text)
    return NO_SIDES if rest else sides


def _counted(text: str) -> WrittenDose | Bad | None:
    """Return the dose with numbers that ``text`` is."""
    if _DISTANCE.match(text):
        expected = "reps, or a time such as '2 min'"
        return Bad("these look like metres, which the coach does not count", expected)
    try:
        return parse_dose(text)
    except Mistakes as error:
        mistake = error.mistakes[0]
    begins = text[0].isdigit() or text[:1] == "@" or text[:4].casefold() == "with"
    is_dose = begins and mistake.expected not in {EXPECTED, LOAD_EXPECTED}
    return Bad(mistake.wrong, mistake.expected) if is_dose else None


def _after(words: re.Pattern[str], text: str) -> str:
    """Return ``text`` without the ``words`` that it begins with."""
    found = words.match(text)
    return text[found.end() :] if found else text


def named(clause: str) -> Iterator[tuple[str, str]]:
    """Yield each way to split a clause into a name and what may be its dose, the shortest name first."""
    for found in re.finditer(r"(?<![\w/.,])[\d\u00bc-\u00be]|(?<!\w)[x@](?=\s?\d)|\bwith\b(?=\s*\d)", clause):
        name, sided = _apart(_JOINING.sub("", clause[: found.start()].strip(_ENDS)))
        if is_exercise_name(name):
            yield name, clause[found.start() :] + sided
    if clause[:1].isdigit():
        for found in reversed([*re.finditer(r"\s+", clause)][:8]):
            name, sided = _apart(clause[found.end() :].removeprefix("of ").removeprefix("x "))
            if is_exercise_name(name) and not any(char.isdigit() for char in name):
                yield name, clause[: found.start()] + sided


def _apart(name: str) -> tuple[str, str]:
    """Return a name without the sides at its end, and the words for these."""
    alone = take_sides(name.casefold())[0]
    if len(name.casefold()) != len(name) or not alone or alone == name.casefold():
        return name, ""
    return _JOINING.sub("", name[: len(alone)]), f" {name[len(alone) :].strip()}"


def is_exercise_name(name: str) -> bool:
    """Tell whether words can be the name of an exercise: they begin with none of a dose."""
    words = re.findall(r"[^\W_]+", name.casefold())
    if not any(char.isalpha() for char in name) or words[0] in _NOT_FIRST or _NOT_ALONE.issuperset(words):
        return False
    return name.casefold().rstrip(":") not in _NO_EXERCISE
