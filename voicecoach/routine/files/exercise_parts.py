"""Parses the parts of an exercise in a file, such as its dose, rep, cues and cautions.

Like the parsers in ``values``, each takes plain data as people write it, and returns the model's value or
raises Mistakes.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from voicecoach.routine.files import side_words
from voicecoach.routine.files.bound_words import TEMPO_GROWTH, bands
from voicecoach.routine.files.dose_words import (
    LOAD_EXPECTED,
    WrittenDose,
    check_reps,
    check_sets,
    parse_dose,
    parse_load,
    range_ends,
)
from voicecoach.routine.files.figure import figure_of_variation
from voicecoach.routine.files.located_yaml import At, Data, show, wrong
from voicecoach.routine.files.values import (
    MAX_NAME,
    MAX_TEXT,
    SWITCHES,
    choice,
    collect,
    group,
    many,
    name,
    seconds,
    some_seconds,
    text,
    texts,
    whole,
)
from voicecoach.routine.model import (
    Amrap,
    Caution,
    Cue,
    Kind,
    Moment,
    Pace,
    Posture,
    Prompt,
    Remedy,
    Variation,
)
from voicecoach.routine.phase import KINDS_IN_A_REP, SHORTEST_PHASE, PhaseKind

MAX_PHASES: Final = 8
SLOWEST: Final = 50
FASTEST: Final = 200
"""Percent; the largest ``speed`` in a file."""
_TEMPO: Final = re.compile(r"(?:\d{1,2}(?:\.\d)?|x)(?:\s*[-\u2013/]\s*(?:\d{1,2}(?:\.\d)?|x)){2,3}", re.ASCII)
_SHORT_TEMPO: Final = re.compile(r"[\dx]{3,4}", re.ASCII)
"""A digit for each phase, as lifters write it: 4210, 30X0."""
FASTEST_LIFT: Final = 1.0
"""Seconds of an "X" in a tempo, as fast as one can: the least that a movement takes. [own choice]"""
_TEMPO_EXPECTED: Final = "seconds of lowering, pause, lifting and top, such as 4-2-1-0"
_PHASE = re.compile(r"(?P<name>[^\W\d][^\d:]*?)(?:\s*:\s*|\s+)(?P<time>\d.*|-\s*\d.*)", re.DOTALL)
_NO_REST: Final = {"none", "no", "no rest"}
_AROUND_A_REST: Final = re.compile(
    r"^(?:rest\s+|about\s+|approx\.?\s+|~\s*)+|\s+(?:rest|(?:rest\s+)?(?:between|after)\s+(?:each\s+)?sets?)$",
    re.IGNORECASE,
)
_KIND = re.compile(r"(?P<time>.*)\((?P<kind>[^()]*)\)\s*", re.DOTALL)
_REP_EXPECTED: Final = "phases with their seconds, such as 'up 2s, hold 5s, down 2s'"
_BAND: Final = re.compile(
    r"\b(?:bands?|tubes?|tubing|loops?|cords?|ropes?|bags?|sandbags?|backpack|rucksack|bottles?|vest|books?|springs?)\b",
    re.IGNORECASE,
)
"""What is a load without being a number."""
LEAVE_OUT: Final = "leave out"
NOBODY: Final = "none"
"""The cautions of an exercise for everybody."""
_NAME = re.compile(r"\w[\w-]*")
"""A single word names an exercise; a sentence has a space or a full stop."""
_WHEN: Final = ("at", "every", "before_end")


def sets(raw: Data) -> int:
    """A number of sets."""
    return check_sets(whole(raw))


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


SHORTEST_REST: Final = 1.0
"""Seconds in which a tone can end a set before the next one begins. [own choice]"""


def rests(raw: Data) -> tuple[float, ...]:
    """Parse the rest between sets: one time, or a list with one after each set."""
    if not isinstance(raw, list):
        return (rest(raw),)
    if not raw:
        raise wrong("the list is empty", "a time after each set, such as [30s, 45s]")
    return many(rest, "a time after each set")(raw)


def rest(raw: Data) -> float:
    """Parse one rest: none, or long enough for the tone that ends a set."""
    if isinstance(raw, str) and len(raw) <= MAX_NAME:
        if raw.strip().casefold() in _NO_REST:
            return 0.0
        raw = _rest_alone(raw)
    parsed = seconds(raw)
    if 0 < parsed < SHORTEST_REST:
        raise wrong(f"{show(raw)} is too short for a rest", "0s for none, or a second or more")
    return parsed


def transition(raw: Data) -> float:
    """Parse the time from one exercise to the next, at least as long as the shortest rest."""
    parsed = rest(raw)
    if not parsed:
        raise wrong(f"{show(raw)} is no transition", "a second or more; 'rest: 0s' between two steps is none")
    return parsed


def _rest_alone(raw: str) -> str:
    """Return the time in ``30 s between sets``, of a range the longer, as nobody is hurt by it.

    Raises Mistakes for several.
    """
    text = _AROUND_A_REST.sub("", raw.strip())
    if "," in text and re.search(r",\s", text):
        raise wrong(f"{show(raw)} is not one time", f"a list in brackets, such as [{text}]")
    if not (ends := range_ends(text)):
        return text
    least, most = ends
    if seconds(least) >= seconds(most):
        raise wrong(f"{show(raw)} is not one time", "a single time, or the shorter before the longer: 60-90s")
    return most


def rest_range(raw: Data) -> str:
    """Return a rest as it is written, where it is a range such as ``60-90s``; else nothing."""
    first = raw[0] if isinstance(raw, list) and raw else raw
    if not isinstance(first, str):
        return ""
    text = _AROUND_A_REST.sub("", first.strip())
    return text if range_ends(text) else ""


@dataclass(frozen=True, slots=True)
class Bands:
    """Loads that are words and no kilograms, the lightest first; one alone stays as it is."""

    words: tuple[str, ...]


def load(raw: Data) -> float | bool | tuple[float, ...] | Bands:
    """Parse a load into kilograms; true for an exercise that takes one, false for one without.

    A list has the weights, or the bands, that there are for it.
    """
    if isinstance(raw, bool):
        return raw
    if isinstance(raw, list):
        return _loads(raw)
    if isinstance(raw, str) and raw.casefold() in SWITCHES:
        return SWITCHES[raw.casefold()]
    if isinstance(raw, str) and _BAND.search(raw) and not raw.strip()[:1].isdigit():
        return Bands((name(raw),))
    return parse_load(_written(raw))


_WITHOUT: Final = re.compile(r"\s*0+\s*(?:kg|lb)?\s*", re.IGNORECASE | re.ASCII)


def _loads(raw: list[Data]) -> tuple[float, ...] | Bands:
    if not all(isinstance(each, (str, int, float)) and str(each).strip()[:1].isdigit() for each in raw):
        return Bands(bands(raw))
    if len(raw) < 2:
        raise wrong(f"{show(raw)} is not a load", LOAD_EXPECTED)
    if any(_WITHOUT.fullmatch(str(each)) for each in raw):
        raise wrong(
            "0 kg is none of the weights", "the weights alone; 'with 0 kg' in the dose begins without"
        )
    expected = "weights with their units, the lightest first, such as [2 kg, 4 kg]"
    weights = many(weight, expected)(raw)
    if list(weights) != sorted(set(weights)):
        raise wrong("these weights do not get heavier", expected)
    return weights


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
    expected = f"{_TEMPO_EXPECTED}; 'speed: 80' makes all slower"
    if by_phase := _tempo_seconds(raw):
        return by_phase
    if isinstance(raw, bool) or not isinstance(raw, (int, float)) or not math.isfinite(raw):
        raise wrong(f"{show(raw)} is not a tempo", expected)
    if not SLOWEST / 100 <= raw <= FASTEST / 100:
        raise wrong(f"a tempo of {raw:g}", expected)
    return float(raw)


def tempo_of_phases(raw: Data) -> tuple[float, ...]:
    """Parse the seconds of lowering, pause, lifting and top, which a new exercise may have for its rep."""
    if by_phase := _tempo_seconds(raw):
        return by_phase
    raise wrong(f"{show(raw)} is not a tempo", _TEMPO_EXPECTED)


def _tempo_seconds(raw: Data) -> tuple[float, ...]:
    """Return the seconds of the phases in a tempo; empty when it is none."""
    if isinstance(raw, str) and raw in TEMPO_GROWTH:
        raise wrong(f"{show(raw)} is not a tempo", f"write it in 'grow', as in 'grow: {{tempo: {raw}}}'")
    digits = isinstance(raw, int) and not isinstance(raw, bool) and 100 <= raw <= 9999
    written = str(raw).strip().lower() if digits or isinstance(raw, str) else ""
    if _TEMPO.fullmatch(written):
        parts = re.split(r"[-\u2013/]", written)
    elif _SHORT_TEMPO.fullmatch(written):
        parts = list(written)
    else:
        return ()
    return tuple(FASTEST_LIFT if part.strip() == "x" else float(part) for part in parts)


def phase_names(raw: Data) -> tuple[str, ...]:
    """Parse the names of the phases whose seconds a tempo gives, in the order in which they are done."""
    parsed = many(phase_name, "a name for each number of 'tempo', such as [down, stay, up]")(
        [each.strip() for each in raw.split(",")] if isinstance(raw, str) else raw
    )
    if len(set(parsed)) < len(parsed):
        raise wrong("two phases have the same name", "a name of its own for each, such as [down, stay, up]")
    return parsed


kind = choice(Kind)


posture = choice(Posture)


sides = side_words.sides
first = side_words.first
affected = side_words.affected


pace = choice(Pace)
amrap = choice(Amrap)


@dataclass(frozen=True)
class WrittenPhase:
    """A phase of a rep as it is written."""

    name: str
    seconds: float
    kind: PhaseKind | None = None
    """As it stands in brackets; None leaves it to its name."""


def rep(raw: Data) -> tuple[WrittenPhase, ...]:
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


def _phase(raw: Data) -> WrittenPhase:
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
    kind = _phase_kind(stated["kind"]) if stated else None
    return WrittenPhase(phase_name(called), length, kind)


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
    return _by_phase(raw, text)


def phase_words(raw: Data) -> dict[str, str]:
    """Parse the words for the start of each phase; an empty text leaves it to a tone."""
    return _by_phase(raw, lambda said: "" if said == "" else text(said))


def _by_phase(raw: Data, parse: Callable[[Data], str]) -> dict[str, str]:
    if not isinstance(raw, dict):
        raise wrong(f"{show(raw)} is not a list of phases", "a line for each phase, such as 'up: Hips up'")
    spoken = collect([((key,), value) for key, value in raw.items()], parse)
    names = collect([((key,), key) for key in raw], phase_name)
    return dict(zip(names, spoken, strict=True))


def cadence(raw: Data) -> float:
    """Steps a minute."""
    if isinstance(raw, bool) or not isinstance(raw, (int, float)) or not 30 <= raw <= 200:
        raise wrong(f"{show(raw)} is not a cadence", "steps a minute, a number from 30 to 200")
    return float(raw)


def cue(raw: Data) -> Cue:
    """Parse a reminder: a sentence, or one with the phase that it belongs to."""
    if not isinstance(raw, dict):
        return Cue(text(raw))
    if len(raw) != 1:
        raise wrong(
            f"{show(raw)} is not a reminder", "a sentence, or one phase with it, such as 'up: Hips up.'"
        )
    [(phase, said)] = words(raw).items()
    return Cue(said, phase)


def _cues(raw: Data) -> tuple[Cue, ...]:
    return many(cue, "a sentence or a list of sentences")(raw if isinstance(raw, list) else [raw])


def cues(raw: Data) -> dict[str, tuple[Cue, ...]]:
    """Parse reminders: a list of rotating ones, one for each of several phases, or lists ``always`` and
    ``rotating``.
    """
    if not isinstance(raw, dict):
        return {"rotating": _cues(raw)}
    if raw.keys() & {"always", "rotating"}:
        return group(raw, {}, {"always": _cues, "rotating": _cues})
    return {"rotating": tuple(Cue(said, phase) for phase, said in words(raw).items())}


def breathing(raw: Data) -> tuple[Cue, ...]:
    """Parse how to breathe: a sentence, or one for each of several phases."""
    if not isinstance(raw, dict):
        return (Cue(text(raw)),)
    return tuple(Cue(said, phase) for phase, said in words(raw).items())


def fix(raw: Data) -> tuple[str, str]:
    """Parse a common error and its fix."""
    if not isinstance(raw, dict):
        raise wrong(f"{show(raw)} is not an error with its fix", "'when: …' and 'fix: …'")
    read = group(raw, {"when": text, "fix": text}, {})
    return read["when"], read["fix"]


errors = many(fix, "a list of 'when: …' with 'fix: …'")


def variation(raw: Data) -> Variation:
    """Parse a variation: the name of an exercise, a sentence on what to do differently, or such a sentence
    with the words for the phases that are called otherwise then, or with the figure that is drawn then.
    """
    if isinstance(raw, dict):
        if raw.keys() & {"words", "figure"}:
            return Variation(**group(raw, {"text": text}, {"words": words, "figure": figure_of_variation}))
        return Variation(**group(raw, {"text": text, "words": words}, {}))
    read = text(raw)
    return Variation(exercise=read) if _NAME.fullmatch(read) else Variation(text=read)


def variations(raw: Data) -> tuple[Variation, ...]:
    """Parse one variation or a list of them."""
    if not isinstance(raw, list):
        return (variation(raw),)
    return many(variation, "an exercise, a sentence, or a list of them")(raw)


def remedy(raw: Data) -> Remedy:
    """Parse a remedy: an exercise to do instead, ``leave out``, or advice for doing the exercise."""
    read = text(raw)
    if read.casefold().rstrip(".") == LEAVE_OUT:
        return Remedy()
    return Remedy(exercise=read) if _NAME.fullmatch(read) else Remedy(advice=read)


def cautions(raw: Data) -> dict[Caution, Remedy]:
    """Parse cautions with their remedies; a plain list leaves the exercise out for each of them, and ``none``
    says that it is for everybody.
    """
    if isinstance(raw, str) and raw.strip().casefold() == NOBODY:
        return {}
    if not isinstance(raw, dict):
        expected = "a list such as [knee, wrist], or lines such as 'knee: leave out'"
        return dict.fromkeys(many(caution, expected)(raw), Remedy())
    read = group(raw, {}, {tag.value: remedy for tag in Caution} | {WHEN_IT_HURTS: text})
    return {Caution(tag): value for tag, value in read.items() if tag != WHEN_IT_HURTS}


WHEN_IT_HURTS: Final = "pain"
"""Stands among the cautions, and is none: what to do when the exercise hurts."""


def when_it_hurts(raw: Data) -> str:
    """Return what the cautions in a file, which :func:`cautions` takes, say to do when it hurts."""
    said = raw.get(WHEN_IT_HURTS) if isinstance(raw, dict) else None
    return "" if said is None else text(said)


caution = choice(Caution)


def own_cautions(raw: Data) -> dict[Caution, Remedy]:
    """Parse who leaves out all exercises of a routine's own that do not say more: a list, or ``none``."""
    if isinstance(raw, dict):
        raise wrong("it is not clear for which exercise", "a list such as [knee, hip], or none")
    return cautions(raw)


care_order = many(caution, "a list of cautions such as [osteo, flex]")


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
