"""Parses each sort of value in a file, from plain data as people write it to the model's value.

Each parser returns the value or raises Mistakes, and knows nothing of files.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Collection, Iterable
from enum import StrEnum
from typing import Any, Final, TypeVar

from voicecoach.errors import nearest
from voicecoach.language.phrases import phase_kinds
from voicecoach.routine.files.dose_words import (
    LOAD_EXPECTED,
    WrittenDose,
    check_reps,
    check_seconds,
    check_sets,
    parse_dose,
    parse_load,
)
from voicecoach.routine.files.located_yaml import At, Data, Mistake, Mistakes, show, wrong
from voicecoach.routine.model import (
    KINDS_IN_A_REP,
    SHORTEST_PHASE,
    Caution,
    Kind,
    Moment,
    Pace,
    Phase,
    PhaseKind,
    Posture,
    Prompt,
    Remedy,
    Sides,
    Variation,
)
from voicecoach.text import clean
from voicecoach.units import parse_duration

E = TypeVar("E", bound=StrEnum)

MAX_TEXT: Final = 500
MAX_RAW: Final = 10 * MAX_TEXT
"""The most characters, before invisible ones are removed."""
MAX_NAME: Final = 60
MAX_PHASES: Final = 8
SLOWEST: Final = 50
FASTEST: Final = 200
"""Percent; the largest ``speed`` in a file."""
_TEMPO: Final = re.compile(r"\s*\d{1,2}(?:\.\d)?(?:\s*[-\u2013]\s*\d{1,2}(?:\.\d)?){2,3}\s*", re.ASCII)
MAX_STEPS: Final = 300

_SWITCHES: Final = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}
_PLACEHOLDER = re.compile(r"\{(?:side|other)\}")
_PHASE = re.compile(r"(?P<name>[^\W\d][^\d:]*?)(?:\s*:\s*|\s+)(?P<time>\d.*|-\s*\d.*)", re.DOTALL)
_KIND = re.compile(r"(?P<time>.*)\((?P<kind>[^()]*)\)\s*", re.DOTALL)
_TIME_EXPECTED: Final = "a time such as 10s, 1m30s or 2 min"
_REP_EXPECTED: Final = "phases with their seconds, such as 'up 2s, hold 5s, down 2s'"


def text(raw: Data, *, longest: int = MAX_TEXT) -> str:
    """Parse a text in which ``{side}`` and ``{other}`` may stand for left and right."""
    if isinstance(raw, (int, float)) and not isinstance(raw, bool):
        raw = show(raw)
    if not isinstance(raw, str):
        raise wrong(
            f"{show(raw)} is not a text", "one text, in quotes if it holds ': ' or begins with '{' or '['"
        )
    if len(raw) > MAX_RAW:
        raise wrong(f"the text has {len(raw)} characters", f"at most {longest}")
    cleaned = clean(raw)
    if not cleaned:
        raise wrong("the text is empty", "at least one word, or leave the key out")
    if len(cleaned) > longest:
        raise wrong(f"the text has {len(cleaned)} characters", f"at most {longest}")
    rest = _PLACEHOLDER.sub("", cleaned)
    if brace := re.search(r"\{[^{}]*\}?|\}", rest):
        raise wrong(f"{show(brace[0])} stands for nothing", "only {side} and {other} can be filled in")
    return cleaned


def plain_text(raw: Data, *, longest: int = MAX_TEXT) -> str:
    """A text without ``{side}`` and ``{other}``."""
    cleaned = text(raw, longest=longest)
    if found := _PLACEHOLDER.search(cleaned):
        raise wrong(f"'{found[0]}' has no side here", "left and right exist only inside an exercise")
    return cleaned


def name(raw: Data) -> str:
    """A short text without placeholders."""
    return plain_text(raw, longest=MAX_NAME)


def texts(raw: Data) -> tuple[str, ...]:
    """One text or a list of texts."""
    return many(text, "a text or a list of texts")(raw if isinstance(raw, list) else [raw])


def names(raw: Data) -> tuple[str, ...]:
    """One name or a list of names."""
    return many(name, "a name or a list of names")(raw if isinstance(raw, list) else [raw])


def seconds(raw: Data) -> float:
    """A time in seconds, 0 included, at most an hour."""
    if isinstance(raw, (bool, list, dict)) or raw is None or (isinstance(raw, str) and len(raw) > MAX_NAME):
        raise wrong(f"{show(raw)} is not a time", _TIME_EXPECTED)
    below_zero = raw.strip().startswith("-") if isinstance(raw, str) else raw < 0
    try:
        parsed = parse_duration(raw)
    except ValueError:
        why = "is less than no time" if below_zero else "is not a time"
        raise wrong(f"{show(raw)} {why}", _TIME_EXPECTED) from None
    return check_seconds(parsed)


def some_seconds(raw: Data) -> float:
    """A time in seconds, more than 0."""
    parsed = seconds(raw)
    if parsed == 0:
        raise wrong(f"{show(raw)} is no time at all", f"{_TIME_EXPECTED}; 'off: true' leaves a step out")
    return parsed


def whole(raw: Data) -> int:
    """Parse a whole number of any size."""
    if isinstance(raw, str) and re.fullmatch(r"\s*-?\d{1,9}\s*", raw, re.ASCII):
        raw = int(raw)
    if isinstance(raw, bool) or not isinstance(raw, int):
        raise wrong(f"{show(raw)} is not a whole number", "a number such as 3")
    return raw


def sets(raw: Data) -> int:
    """A number of sets."""
    return check_sets(whole(raw))


def repeats(raw: Data) -> int:
    """Parse how often a group of steps is done."""
    count = whole(raw)
    if not 1 <= count <= MAX_ITEMS:
        raise wrong(f"{count} times", f"'repeat' takes a number from 1 to {MAX_ITEMS}")
    return count


def dose(raw: Data) -> WrittenDose:
    """Parse reps: a number, a list with a number for each set, or a dose in words."""
    if isinstance(raw, str):
        return parse_dose(raw)
    if isinstance(raw, list):
        rows = many(whole, "a number for each set")(raw)
        if not rows:
            raise wrong("the list is empty", "a number for each set, such as [6, 4, 2]")
        return WrittenDose(check_reps(rows))
    return WrittenDose(check_reps((whole(raw),)))


def load(raw: Data) -> float | bool:
    """Parse a load into kilograms; true for an exercise that takes one, false for one without."""
    if isinstance(raw, bool):
        return raw
    if isinstance(raw, str) and raw.casefold() in _SWITCHES:
        return _SWITCHES[raw.casefold()]
    return parse_load(_written(raw))


def weight(raw: Data) -> float:
    """Parse a weight that a person has, in kilograms."""
    if not (parsed := parse_load(_written(raw))):
        raise wrong(f"{show(raw)} is no weight", LOAD_EXPECTED)
    return parsed


def _written(raw: Data) -> str:
    if isinstance(raw, str):
        return raw
    if isinstance(raw, bool) or not isinstance(raw, (int, float)):
        raise wrong(f"{show(raw)} is not a load", LOAD_EXPECTED)
    return str(raw)


def speed(raw: Data) -> int:
    """Parse the speed of movements, in percent."""
    if isinstance(raw, str) and (found := re.fullmatch(r"\s*(\d{1,4})\s*%\s*", raw, re.ASCII)):
        raw = int(found[1])
    expected = f"a number from {SLOWEST} (half as fast) to {FASTEST} (twice as fast), in percent"
    if isinstance(raw, bool) or not isinstance(raw, int):
        raise wrong(f"{show(raw)} is not a speed", expected)
    if not SLOWEST <= raw <= FASTEST:
        raise wrong(f"a speed of {raw}", expected)
    return raw


def tempo(raw: Data) -> tuple[float, ...] | float:
    """Parse the seconds of lowering, pause, lifting and top: ``4-2-1-0``, or three of them.

    A single number is a factor for the seconds of the movement, as in version 0.1.0.
    """
    expected = "seconds of lowering, pause, lifting and top, such as 4-2-1-0; 'speed: 80' makes all slower"
    if isinstance(raw, str) and _TEMPO.fullmatch(raw):
        return tuple(float(part) for part in re.split(r"[-\u2013]", raw))
    if isinstance(raw, bool) or not isinstance(raw, (int, float)) or not math.isfinite(raw):
        raise wrong(f"{show(raw)} is not a tempo", expected)
    if not SLOWEST / 100 <= raw <= FASTEST / 100:
        raise wrong(f"a tempo of {raw:g}", expected)
    return float(raw)


def switch(raw: Data) -> bool:
    """Parse a boolean, or text for one, as a command line gives only text."""
    if isinstance(raw, str):
        raw = _SWITCHES.get(raw.casefold(), raw)
    if not isinstance(raw, bool):
        raise wrong(f"{show(raw)} is neither true nor false", "true or false")
    return raw


def choice(values: Iterable[E]) -> Callable[[Data], E]:
    """Make a parser for one of ``values``, spelt with spaces, hyphens or underscores."""
    known = {str(value): value for value in values}

    def parse(raw: Data) -> E:
        spelt = show(raw).strip("'").casefold().replace("-", "_").replace(" ", "_")
        if isinstance(raw, str) and spelt in known:
            return known[spelt]
        raise wrong(f"{show(raw)} is not known here", meant(raw if isinstance(raw, str) else "", known))

    return parse


kind = choice(Kind)
posture = choice(Posture)
sides = choice(Sides)
pace = choice(Pace)


def rep(raw: Data) -> tuple[Phase, ...]:
    """Parse the phases of a rep, in order, from text, a list or a mapping; 0 seconds mean none."""
    items: list[tuple[At, Data]]
    match raw:
        case str():
            items = [((), part.strip()) for part in raw.split(",")]
        case list():
            items = [((index,), item) for index, item in enumerate(raw)]
        case dict():
            items = [((key,), {key: value}) for key, value in raw.items()]
        case _:
            raise wrong(f"{show(raw)} is not a rep", _REP_EXPECTED)
    if not 1 <= len(items) <= MAX_PHASES:
        raise wrong(f"{len(items)} phases in a rep", f"1 to {MAX_PHASES} phases")
    phases = tuple(collect(items, _phase))
    if not any(phase.seconds for phase in phases):
        raise wrong("the rep lasts no time", _REP_EXPECTED)
    return phases


def _phase(raw: Data) -> Phase:
    if isinstance(raw, dict) and len(raw) == 1:
        [(called, time)] = raw.items()
    elif isinstance(raw, str) and len(raw) <= MAX_TEXT and (match := _PHASE.fullmatch(raw.strip())):
        called, time = match["name"], match["time"]
    else:
        raise wrong(f"{show(raw)} is not a phase of a rep", _REP_EXPECTED)
    stated = _KIND.fullmatch(time) if isinstance(time, str) and len(time) <= MAX_TEXT else None
    length = seconds(stated["time"].rstrip() if stated else time)
    if 0 < length < SHORTEST_PHASE:
        raise wrong(
            f"{length:g} seconds are too short to be coached",
            f"at least {SHORTEST_PHASE:g} seconds, or 0 to leave the phase out",
        )
    named = phase_name(called)
    kind = _phase_kind(stated["kind"]) if stated else PhaseKind(phase_kinds().get(named, PhaseKind.MOVE))
    return Phase(name=named, seconds=length, kind=kind)


def _phase_kind(raw: str) -> PhaseKind:
    word = raw.strip().casefold()
    if word not in KINDS_IN_A_REP:
        raise wrong(f"{show(raw)} is not a kind of phase", f"one of {', '.join(KINDS_IN_A_REP)}")
    return PhaseKind(word)


def phase_name(raw: Data) -> str:
    """Parse the name of a phase."""
    return name(raw).casefold()


def words(raw: Data) -> dict[str, str]:
    """Parse the words for the start of each phase."""
    if not isinstance(raw, dict):
        raise wrong(f"{show(raw)} is not a list of phases", "a line for each phase, such as 'up: Hips up'")
    spoken = collect([((key,), value) for key, value in raw.items()], text)
    names = collect([((key,), key) for key in raw], phase_name)
    return dict(zip(names, spoken, strict=True))


def cadence(raw: Data) -> float:
    """Steps a minute."""
    if isinstance(raw, bool) or not isinstance(raw, (int, float)) or not 30 <= raw <= 200:
        raise wrong(f"{show(raw)} is not a cadence", "steps a minute, a number from 30 to 200")
    return float(raw)


def programme_phases(raw: Data) -> tuple[int, ...]:
    """Parse one or several of the phases 1 to 4: ``2`` or ``1-4``."""
    if match := re.fullmatch(r"\s*([1-4])(?:\s*[-\u2013]\s*([1-4]))?\s*", show(raw).strip("'"), re.ASCII):
        first, last = int(match[1]), int(match[2] or match[1])
        if first <= last:
            return tuple(range(first, last + 1))
    raise wrong(f"{show(raw)} is not a phase", "a number from 1 (calm) to 4 (maintain), or two such as 2-4")


def wait(raw: Data) -> tuple[str, float | None]:
    """Parse what to wait for and the longest wait; None stands for the model's own limit."""
    if not isinstance(raw, dict):
        return plain_text(raw), None
    read = group(raw, {"for": plain_text}, {"limit": some_seconds})
    return read["for"], read.get("limit")


def steps(raw: Data) -> list[Data]:
    """Parse a list of steps, each still as written."""
    if isinstance(raw, list) and len(raw) > MAX_STEPS:
        raise wrong(f"{len(raw)} steps", f"at most {MAX_STEPS}")
    if raw == []:
        raise wrong("there are no steps", "at least one, such as '- bird_dog'")
    if not isinstance(raw, list):
        raise wrong(f"{show(raw)} is not a list of steps", "lines that begin with '- ', such as '- bird_dog'")
    return raw


Parser = Callable[[Data], Any]
T = TypeVar("T")

MAX_ITEMS: Final = 30


def many(parse: Callable[[Data], T], expected: str) -> Callable[[Data], tuple[T, ...]]:
    """Make a parser for lists of values that ``parse`` takes; it raises the mistakes of all items at once."""

    def parse_all(raw: Data) -> tuple[T, ...]:
        if not isinstance(raw, list):
            raise wrong(f"{show(raw)} is not a list", expected)
        if len(raw) > MAX_ITEMS:
            raise wrong(f"the list has {len(raw)} items", f"at most {MAX_ITEMS}")
        return tuple(collect((((index,), item) for index, item in enumerate(raw)), parse))

    return parse_all


def collect(items: Iterable[tuple[At, Data]], parse: Callable[[Data], T]) -> list[T]:
    """Parse each ``(at, raw)`` of ``items``, or raise all their mistakes."""
    values: list[T] = []
    mistakes: list[Mistake] = []
    for at, raw in items:
        try:
            values.append(parse(raw))
        except Mistakes as found:
            mistakes += [each.inside(*at) for each in found.mistakes]
    if mistakes:
        raise Mistakes(*mistakes)
    return values


def group(raw: dict[str, Data], needed: dict[str, Parser], more: dict[str, Parser]) -> dict[str, Any]:
    """Parse a small group of keys. Raises all its mistakes at once."""
    read, mistakes = read_keys(raw, needed, more)
    if mistakes:
        raise Mistakes(*mistakes)
    return read


def read_keys(
    raw: dict[str, Data], needed: dict[str, Parser], more: dict[str, Parser]
) -> tuple[dict[str, Any], list[Mistake]]:
    """Parse a group of keys; return the values of those that are right, and all mistakes."""
    known = needed | more
    mistakes = [Mistake(f"'{key}' is missing", f"a line '{key}: …'") for key in needed if key not in raw]
    mistakes += [Mistake(*unknown_key(key, known), (key,), key=True) for key in raw if key not in known]
    read: dict[str, Any] = {}
    for key in (each for each in raw if each in known):
        try:
            read[key] = known[key](raw[key])
        except Mistakes as found:
            mistakes += [each.inside(key) for each in found.mistakes]
    return read, mistakes


def unknown_key(key: str, known: Collection[str]) -> tuple[str, str]:
    """Return the mistake and the remedy for an unknown key."""
    return f"unknown key {show(key)}", meant(key, known)


def meant(name: str, known: Collection[str], otherwise: str = "") -> str:
    """Return what to write in place of an unknown name: the nearest one, else ``otherwise`` or any known."""
    near = nearest(name, known)
    return f"did you mean '{near}'?" if near else otherwise or f"one of {', '.join(known)}"


LEAVE_OUT: Final = "leave out"
_NAME = re.compile(r"\w[\w-]*")
"""A single word names an exercise; a sentence has a space or a full stop."""
_WHEN: Final = ("at", "every", "before_end")


def cues(raw: Data) -> dict[str, tuple[str, ...]]:
    """Parse reminders: a list of rotating ones, or lists ``always`` and ``rotating``."""
    if not isinstance(raw, dict):
        return {"rotating": texts(raw)}
    return group(raw, {}, {"always": texts, "rotating": texts})


def fix(raw: Data) -> tuple[str, str]:
    """Parse a common error and its fix."""
    if not isinstance(raw, dict):
        raise wrong(f"{show(raw)} is not an error with its fix", "'when: …' and 'fix: …'")
    read = group(raw, {"when": text, "fix": text}, {})
    return read["when"], read["fix"]


errors = many(fix, "a list of 'when: …' with 'fix: …'")


def variation(raw: Data) -> Variation:
    """Parse a variation: the name of an exercise, or a sentence on what to do differently."""
    read = text(raw)
    return Variation(exercise=read) if _NAME.fullmatch(read) else Variation(text=read)


def variations(raw: Data) -> tuple[Variation, ...]:
    """Parse one variation or a list of them."""
    return many(variation, "an exercise, a sentence, or a list of them")(
        raw if isinstance(raw, list) else [raw]
    )


def remedy(raw: Data) -> Remedy:
    """Parse a remedy: an exercise to do instead, ``leave out``, or advice for doing the exercise."""
    read = text(raw)
    if read.casefold().rstrip(".") == LEAVE_OUT:
        return Remedy()
    return Remedy(exercise=read) if _NAME.fullmatch(read) else Remedy(advice=read)


def cautions(raw: Data) -> dict[Caution, Remedy]:
    """Parse cautions with their remedies; a plain list leaves the exercise out for each of them."""
    if not isinstance(raw, dict):
        expected = "a list such as [knee, wrist], or lines such as 'knee: leave out'"
        return dict.fromkeys(many(caution, expected)(raw), Remedy())
    read = group(raw, {}, {tag.value: remedy for tag in Caution})
    return {Caution(tag): value for tag, value in read.items()}


caution = choice(Caution)
moment = choice(Moment)


def prompt(raw: Data) -> Prompt:
    """Parse a prompt: the text to say during timed work, and its time."""
    if not isinstance(raw, dict):
        raise wrong(
            f"{show(raw)} is not a prompt", "'say: …' with 'at: half', 'every: 3m' or 'before_end: 2m'"
        )
    read = group(raw, {"say": texts}, {"at": moment, "every": some_seconds, "before_end": some_seconds})
    if len(read.keys() & set(_WHEN)) != 1:
        raise wrong("it is not clear when this is said", "one of 'at', 'every' and 'before_end'")
    return Prompt(**read)


prompts = many(prompt, "a list of 'say: …' with 'at', 'every' or 'before_end'")
