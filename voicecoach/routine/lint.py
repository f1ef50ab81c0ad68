"""The rules of good coaching, and the advice they give."""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final, Generic, NamedTuple, TypeVar

from voicecoach.errors import MISSPELT, Place, nearest
from voicecoach.routine.contradictions import contradictions
from voicecoach.routine.effort import is_known, longest_effort, longest_hold
from voicecoach.routine.files.located_yaml import At, Data, Document
from voicecoach.routine.model import (
    EFFORT,
    TURN_OVER,
    Caution,
    Do,
    Exercise,
    Kind,
    Pace,
    Posture,
    Routine,
    Sides,
)
from voicecoach.routine.region import Region
from voicecoach.routine.sheet import phases_in_words
from voicecoach.units import format_duration

T = TypeVar("T")

COMMON: Final = "general physiotherapy knowledge"
"""The source of rules that physiotherapists agree on."""
OWN: Final = "our own rule"
"""The source of rules that we chose ourselves."""


class Level(StrEnum):
    """How much a piece of advice matters."""

    ADVICE = "advice"
    """Better changed before anybody exercises with the routine."""
    NOTE = "note"
    """Good to know; the routine can stay as it is."""


@dataclass(frozen=True, slots=True)
class Rule(Generic[T]):
    """One thing to look for in a ``T``."""

    name: str
    look: Callable[[T], str]
    """Returns the finding as a sentence without a full stop; empty when all is well."""
    reason: str
    source: str
    level: Level = Level.ADVICE

    def on(self, subject: T, place: Place | None) -> Iterator[Advice]:
        """Yield the advice on ``subject`` at ``place``; none when all is well."""
        if what := self.look(subject):
            yield Advice(self.name, what, self.reason, self.source, self.level, place)


@dataclass(frozen=True, slots=True)
class Advice:
    """The advice of one rule for one place."""

    rule: str
    what: str
    reason: str
    source: str
    level: Level = Level.ADVICE
    place: Place | None = None
    """The place in the file; None for the whole routine or an exercise without a file."""

    def __str__(self) -> str:
        return f"{self.level}: {self.what} [{self.rule}] ({self.reason}; {self.source})"


SHORT_STRETCH: Final = 10.0
"""Seconds; ACSM: hold 10-30 s."""
SORE_STRETCH: Final = 5.0
"""Seconds; where people in pain begin (Mayo)."""
LONG_STRETCH: Final = 60.0
"""Seconds; ACSM: older adults 30-60 s."""
LONG_HOLD: Final = 10.0
"""Seconds; McGill: holds of at most ten seconds, and more of them."""
LONGEST_PLANK: Final = 60.0
"""Seconds; never longer, however strong (active.com, after McGill)."""
LONG_BREATH: Final = 10.0
"""Seconds of a hold in which people hold their breath too, unless told otherwise. [own choice]"""
SHORT_REST: Final = 30.0
"""Seconds between sets of strength; the shortest of the sources (AAOS guide: straight-leg raise)."""
SHORT_CHANGE: Final = 5.0
"""Seconds for changing sides. [own choice: 5-8 s]"""
SHORT_SET: Final = 15.0
"""Seconds; several times for less are mostly meant as reps that are held. [own choice]"""
MANY_SHORT_SETS: Final = 4
"""The number of short sets that are more likely reps. [own choice]"""
FAST: Final = 1.0
"""Seconds; a shorter movement is a jerk. [own choice]"""
MOST_SETS: Final = 3
"""ACSM and EMPoweR: from one set to three."""

WARMING: Final = frozenset({Kind.MOBILITY, Kind.AEROBIC, Kind.STABILISATION})

_SIDED = re.compile(r"\{(?:side|other)\}")
_MORNING = re.compile(r"(?<!good[ -])\b(?:mornings?|breakfast|wak(?:e|ing)|get(?:ting)? (?:up|out of bed))\b")
_THING = re.compile(
    r"\b(?P<thing>backpack|ball|chair|cushion|pillow|strap|towel)s?\b(?! of\b)", re.IGNORECASE
)
"""Equipment by its only meaning, unlike a step, a weight or the ball of a foot."""
_ANOTHER_WAY = re.compile(
    r"\binstead of\b|\bonly (?:the|your)\b|\bleave (?:both|the|your)\b.*\b(?:down|floor)\b", re.IGNORECASE
)
_TWO_NUMBERS = re.compile(r"(\d+)\s*[-\u2013]\s*(\d+)")
_IN_ORDER: Final = 3
"""The numbers of a tempo that is written in the order of doing."""
_BALANCE = re.compile(
    r"\bbalanc\w*|\b(?:one|single)[- ]leg(?:ged)? (?:stand|stance|balance)|\bstand\w* on one leg\b"
    r"|\btandem\b|\bheel[- ]to[- ]toe\b|\bflamingo\b|\bstork\b",
    re.IGNORECASE,
)
"""The names of exercises for balance. [own choice]"""
_FIRM = re.compile(
    r"\b(?:bar|bench|chair|counter|door(?:frame)?|frame|furniture|kitchen|rail|railing|banister|sink|sofa|table"
    r"|wall|windowsill|work ?top)s?\b|\bhold(?:ing)? on\b|\bsomething (?:firm|steady|solid)\b",
    re.IGNORECASE,
)
"""What one can hold on to. [own choice]"""
_NERVE = re.compile(r"hamstring|sciatic|nerve", re.IGNORECASE)


class NewName(NamedTuple):
    """The name of an exercise that a routine defines."""

    name: str
    library: Collection[str]
    """The names of the library's exercises."""


def advise(routine: Routine, library: Collection[str] = ()) -> tuple[Advice, ...]:
    """Return all advice on ``routine``, that on its exercises first, each piece once.

    ``library`` has the names of the library's exercises, to be compared with those of new ones.
    """
    done = [step for step in routine.steps if isinstance(step, Do)]
    found = [advice for step in done for advice in _on_step(step)]
    new = [step for step in done if not step.exercise.id]
    found += [
        advice
        for step in new
        for rule in NAME_RULES
        for advice in rule.on(NewName(step.exercise.name, library), step.place)
    ]
    found += [advice for rule in ROUTINE_RULES for advice in rule.on(routine, None)]
    return tuple(dict.fromkeys(found))


def advise_exercise(exercise: Exercise) -> tuple[Advice, ...]:
    """Return all advice on a single exercise, in a file of its own."""
    step = Do(exercise=exercise)
    alone = Routine(id="", name=exercise.name, steps=(step,), path=Path())
    found = (advice for rule in FILE_RULES for advice in rule.on(exercise, None))
    return (*_on_step(step), *_TEMPO_ORDER.on(alone, None), *found)


def _on_step(step: Do) -> Iterator[Advice]:
    for rule in EXERCISE_RULES:
        yield from rule.on(step.exercise, step.place)
    for each in STEP_RULES:
        yield from each.on(step, step.place)


def _cues(exercise: Exercise) -> str:
    """Return all words said during the work, in small letters."""
    reminders = (cue.text for cue in (*exercise.cues, *exercise.breathing))
    return " ".join((*exercise.words.values(), *reminders)).casefold()


def _stretch_hold(exercise: Exercise) -> str:
    if exercise.kind is not Kind.STRETCH:
        return ""
    hold = longest_effort(exercise)
    grows = exercise.goal is not None and (exercise.goal.hold or 0.0) >= SHORT_STRETCH
    least = SORE_STRETCH if grows else SHORT_STRETCH
    if hold >= least:
        return ""
    held = f"is held {format_duration(hold)}" if hold else "is not held"
    return f"{exercise.name} {held}; hold it {format_duration(least)} or longer"


def _stretch_bounce(exercise: Exercise) -> str:
    if exercise.kind is not Kind.STRETCH or "bounc" in _cues(exercise):
        return ""
    return f"{exercise.name} is a stretch and has no cue 'No bouncing.'"


def _stretch_long(exercise: Exercise) -> str:
    if exercise.kind is not Kind.STRETCH or longest_effort(exercise) <= LONG_STRETCH:
        return ""
    held, most = format_duration(longest_effort(exercise)), format_duration(LONG_STRETCH)
    return f"{exercise.name} is held {held}; {most} is long enough"


def _nerve_hold(exercise: Exercise) -> str:
    if exercise.kind is not Kind.NERVE or not longest_hold(exercise):
        return ""
    return f"{exercise.name} is held {format_duration(longest_hold(exercise))}; keep moving, without a hold"


def _hold_long(exercise: Exercise) -> str:
    if exercise.kind not in EFFORT or not is_known(exercise) or longest_hold(exercise) <= LONG_HOLD:
        return ""
    held, most = format_duration(longest_hold(exercise)), format_duration(LONG_HOLD)
    return f"{exercise.name} is held {held}; do more reps of at most {most}{_unless(exercise, Kind.STRETCH)}"


def _plank_long(exercise: Exercise) -> str:
    timed = exercise.duration is not None and exercise.kind is Kind.STABILISATION
    if not timed or not is_known(exercise) or longest_effort(exercise) <= LONGEST_PLANK:
        return ""
    lasts, most = format_duration(longest_effort(exercise)), format_duration(LONGEST_PLANK)
    unless = _unless(exercise, Kind.AEROBIC)
    return f"{exercise.name} works the trunk for {lasts} on end; do sets of at most {most}{unless}"


def _unless(exercise: Exercise, kind: Kind) -> str:
    """Mention the kind for an exercise that counts as stabilisation without one."""
    return "" if exercise.kind_known else f", or write 'kind: {kind}' if that is what it is"


def _hold_breath(exercise: Exercise) -> str:
    if exercise.kind not in EFFORT or longest_hold(exercise) < LONG_BREATH or "breath" in _cues(exercise):
        return ""
    return f"{exercise.name} is held {format_duration(longest_hold(exercise))} without a word on breathing"


def _jerk(exercise: Exercise) -> str:
    if exercise.kind not in EFFORT or exercise.pace is Pace.SELF:
        return ""
    fast = [phase for phase in exercise.rep if phase.seconds < FAST and not phase.kind.is_still]
    if not fast:
        return ""
    phases = " and ".join(f"'{phase.name}' {format_duration(phase.seconds)}" for phase in fast)
    return f"{exercise.name} has {phases}; give each movement {format_duration(FAST)} or longer"


def _rest_short(exercise: Exercise) -> str:
    shortest = min(exercise.between_sets, default=SHORT_REST)
    if exercise.kind is not Kind.STRENGTH or shortest >= SHORT_REST:
        return ""
    rest, least = format_duration(shortest), format_duration(SHORT_REST)
    return f"{exercise.name} has {rest} of rest between sets; rest {least} or longer"


def _many_sets(step: Do) -> str:
    exercise, rounds = step.exercise, math.prod(each.of for each in step.rounds)
    sets = len(exercise.reps) * rounds
    if exercise.kind not in EFFORT or sets <= MOST_SETS:
        return ""
    together = f" in {rounds} rounds together" if rounds > 1 else ""
    return f"{exercise.name} has {sets} sets{together}; {MOST_SETS} are enough"


def _change_short(exercise: Exercise) -> str:
    turns = exercise.one_side_first or exercise.posture in {Posture.SIDE_LYING, Posture.HALF_KNEELING}
    shortest = TURN_OVER if turns or "strap" in exercise.equipment else SHORT_CHANGE
    if exercise.sides_apart == 1 or exercise.change >= shortest:
        return ""
    change, least = format_duration(exercise.change), format_duration(shortest)
    return f"{exercise.name} leaves {change} to change sides; leave {least} or more"


def _sides_unnamed(exercise: Exercise) -> str:
    told = " ".join((*exercise.position, exercise.movement))
    changes = exercise.sides is not Sides.BOTH and len(exercise.side_order) > 1
    if not changes or not told.strip() or _SIDED.search(told):
        return ""
    return f"{exercise.name} changes sides, and its texts never say {{side}} or {{other}}"


def _limit_short(exercise: Exercise) -> str:
    longest = max(exercise.set_seconds)
    if exercise.limit is None or exercise.limit >= longest:
        return ""
    limit, least = format_duration(exercise.limit), format_duration(math.ceil(longest))
    return f"{exercise.name} is over after {limit}, and its reps alone take {least}; let it last longer"


def _thing_unlisted(exercise: Exercise) -> str:
    found = dict.fromkeys(
        match["thing"].lower() for text in exercise.texts for match in _THING.finditer(text)
    )
    missing = [f"'{thing}'" for thing in found if thing not in exercise.equipment]
    if not missing:
        return ""
    return (
        f"{exercise.name} names {' and '.join(missing)}, not listed in 'equipment'; list it, or name no thing"
    )


def _leg_rule(exercise: Exercise) -> str:
    nervous = exercise.kind is Kind.NERVE or _NERVE.search(f"{exercise.id} {exercise.name}")
    elsewhere = exercise.region is not None  # a routine for another region warns of something else
    if exercise.kind not in {Kind.NERVE, Kind.STRETCH} or not nervous or exercise.leg_rule or elsewhere:
        return ""
    return f"{exercise.name} pulls on the nerve of the leg; add 'leg_rule: true'"


def _balance_hold_on(exercise: Exercise) -> str:
    if not _for_balance(exercise) or exercise.posture not in {None, Posture.STANDING}:
        return ""
    if _FIRM.search(" ".join((*exercise.texts, *exercise.equipment))):
        return ""
    within = "begin 'position' with what is within reach, such as a wall or the kitchen counter"
    return f"{exercise.name} names nothing to hold on to; {within}"


def _balance_kind(exercise: Exercise) -> str:
    if exercise.kind_known or not _for_balance(exercise):
        return ""
    return f"{exercise.name} counts as stabilisation, which is held 10s at most; write 'kind: balance'"


def _for_balance(exercise: Exercise) -> bool:
    """Tell whether an exercise trains balance, by its kind or, without one, its name."""
    return exercise.kind is Kind.BALANCE or (not exercise.kind_known and bool(_BALANCE.search(exercise.name)))


def _another_movement(exercise: Exercise) -> str:
    told = (
        *(remedy.advice for remedy in exercise.cautions.values()),
        *(each.text for each in exercise.easier),
    )
    if not (found := next(filter(_ANOTHER_WAY.search, told), "")):
        return ""
    return f"{exercise.name} has '{found}', which is another movement; name an exercise of its own for it"


def _contradiction(exercise: Exercise) -> str:
    found = next(contradictions(exercise), "")
    return f"in {exercise.name} {found}" if found else ""


def _rest_range(exercise: Exercise) -> str:
    if not exercise.rest_range:
        return ""
    longer = format_duration(exercise.rest)
    return f"{exercise.name} rests {longer} of '{exercise.rest_range}', the longer; a key goes on sooner"


def _short_sets(exercise: Exercise) -> str:
    sets, length = len(exercise.reps), exercise.duration
    if exercise.id or exercise.exact_rest or length is None or length >= SHORT_SET or sets < MANY_SHORT_SETS:
        return ""
    each, rest = format_duration(length), format_duration(exercise.rest)
    held = f"'{sets} x {each}, rest 5s between reps' if these are reps, or say the 'rest' between sets"
    return f"{exercise.name} has {sets} sets of {each} with {rest} of rest between them; write {held}"


def _picture(exercise: Exercise) -> str:
    return f"{exercise.picture} is not shown: there are no pictures yet" if exercise.picture else ""


def _tempo_factor(exercise: Exercise) -> str:
    if exercise.factor is None:
        return ""
    speed = round(100 / exercise.factor)
    return f"{exercise.name} has 'tempo: {exercise.factor:g}', an old way to say it; write 'speed: {speed}'"


def _untaught(exercise: Exercise) -> str:
    parts = {
        "position": exercise.position,
        "movement": exercise.movement,
        "why": exercise.why,
        "errors": exercise.errors,
    }
    missing = [f"'{key}'" for key, told in parts.items() if not told]
    return f"{exercise.name} has no {', no '.join(missing)}" if missing else ""


SPOKEN: Final = frozenset(
    {
        *("name", "about", "say", "wait", "why", "position", "movement", "feel", "breathing"),
        *("resting", "changing", "leaving", "cues", "words", "when", "fix", "text"),
    }
)
"""The keys of texts."""


def advise_comments(document: Document) -> tuple[Advice, ...]:
    """Return all advice on texts that a comment may cut short."""
    spoken = {at: text for at, text in document.commented.items() if SPOKEN & set(at)}
    return tuple(
        advice
        for at, text in spoken.items()
        for rule in TEXT_RULES
        for advice in rule.on(text, document.values[at])
    )


_SENTENCES: Final = SPOKEN | {"always", "rotating", "precautions", "stop"}
_ENDS: Final = (".", "!", "?")


def advise_lists(document: Document) -> tuple[Advice, ...]:
    """Return all advice on lists of sentences in brackets, where each comma ends one."""
    return tuple(
        advice
        for at in document.bracketed
        if _SENTENCES & set(at)
        for rule in LIST_RULES
        for advice in rule.on(tuple(map(str, _value(document.data, at))), document.values[at])
    )


def _value(data: Data, at: At) -> list[Data]:
    """Return the list at ``at``."""
    for step in at:
        data = data[step]  # type: ignore[index] # the path leads there
    assert isinstance(data, list)
    return data


def _comma_in_list(items: tuple[str, ...]) -> str:
    ended = any(item.endswith(_ENDS) for item in items)
    for before, item in itertools.pairwise(items):
        goes_on = item[:1].islower() and before[:1].isupper()
        if (goes_on or ended) and not before.endswith(_ENDS):
            return (
                f"'{before}' and '{item}' are two texts; a comma inside brackets? put the sentence in quotes"
            )
    return ""


def _cut_text(text: str) -> str:
    return f"only '{text}' is said, and what follows ' #' is a comment; put the text in quotes if it is none"


def _misspelt(new: NewName) -> str:
    near = nearest(new.name, new.library, MISSPELT)
    if not near or nearest(new.name, new.library, 1):
        return ""
    return f"{new.name} is taken for a new exercise; did you mean '{near}'?"


def _in_library(new: NewName) -> str:
    known = nearest(new.name, new.library, 1)
    return f"{new.name} is in the library too; write '{known}' to have it explained" if known else ""


def _uncautious(routine: Routine) -> str:
    own = dict.fromkeys(each.name for each in routine.exercises if not each.id and not each.cautions_known)
    if not own:
        return ""
    shown = [
        *list(own)[:_MOST_NAMED],
        *([f"{len(own) - _MOST_NAMED} more"] if len(own) > _MOST_NAMED else []),
    ]
    named = " and ".join(filter(None, (", ".join(shown[:-1]), shown[-1])))
    return f"nothing says who should not do {named}; {_CAUTIONS}"


def _uncautious_exercise(exercise: Exercise) -> str:
    return "" if exercise.cautions_known else f"nothing says who should not do {exercise.name}; {_OF_ONE}"


_FOR_EVERYBODY: Final = "without it, everybody does it as it is, whatever they are careful with"
_MOST_NAMED: Final = 2
_OF_ONE: Final = "write 'cautions: [knee, hip]' or the like, or 'cautions: none' where it is for everybody"
_CAUTIONS: Final = f"{_OF_ONE}, in each or once at the top"


def _region_unsaid(routine: Routine) -> str:
    if routine.region or not (routine.instructions or routine.affected):
        return ""
    some = ", ".join(each for each in Region if each not in {Region.BACK, Region.GENERAL})
    return (
        "nothing says which part of the body it is for, so questions and warning signs are those of a back,"
        f" or of the profile; write 'region: back', or one of {some}, general"
    )


def _no_warm_up(routine: Routine) -> str:
    for exercise in routine.exercises:
        if exercise.kind in WARMING:
            return ""
        if exercise.kind is Kind.STRENGTH:
            return f"it comes to {exercise.name} without a warm-up; begin with march_in_place or cat_camel"
    return ""


def _only_stretches(routine: Routine) -> str:
    kinds = {exercise.kind for exercise in routine.exercises} - {Kind.BREATHING}
    return "it only stretches; add walking, stabilisation or strength" if kinds == {Kind.STRETCH} else ""


def _on_the_minute(routine: Routine) -> str:
    """Check for rounds of one set at one's own pace whose limit looks like the time from round to round."""
    for before, step in itertools.pairwise(routine.steps):
        if not (isinstance(before, Do) and isinstance(step, Do) and before.exercise == step.exercise):
            continue
        exercise, rounds = step.exercise, step.rounds[-1:]
        alone = [each.number for each in rounds if not each.every and each.number == 2]
        if alone and exercise.pace is Pace.SELF and exercise.limit is not None:
            limit = format_duration(exercise.limit)
            ends = f"each round of {exercise.name} begins when the one before it ends, after {limit} at most"
            return f"{ends}; for a round every {limit} write 'every: {limit}' beside 'repeat'"
    return ""


def _first_thing(routine: Routine) -> str:
    if not _MORNING.search(f"{routine.id} {routine.name} {routine.about} {routine.days}".casefold()):
        return ""
    names = dict.fromkeys(each.name for each in routine.exercises if Caution.AM in each.cautions)
    return f"it is for the morning; wait an hour after getting up with {', '.join(names)}" if names else ""


def _two_numbers(routine: Routine) -> str:
    for exercise in routine.exercises:
        if found := _TWO_NUMBERS.fullmatch(exercise.dose_range):
            least, most = found.groups()
            begins = f"{exercise.name} begins with {least} reps and works up to {most}"
            return f"{begins}; write '{least} to {most}' if that is meant, or '{least}, {most}' for two sets"
    return ""


def _range_stays(routine: Routine) -> str:
    ranged = (each for each in routine.exercises if each.dose_range)
    found = next((each for each in ranged if not each.bounds.grows), None)
    if routine.grows or found is None:
        return ""
    return f"{found.name} stays at the least of {found.dose_range}, as no dose here grows; add 'grow: yes'"


def _tempo_order(routine: Routine) -> str:
    """Check for tempos of three numbers that name no phases: their order is read from the movement."""
    read = dict.fromkeys(
        f"{each.name} {each.tempo} as {phases_in_words(each)}"
        for each in routine.exercises
        if not each.tempo_named and len(each.tempo_numbers) == _IN_ORDER and each.rep
    )
    if not read:
        return ""
    other = "where that is wrong, write 'phases: [up, stay, down]' beside it"
    return f"tempo is read of {'; of '.join(read)}; {other}"


def _level_stays(routine: Routine) -> str:
    laddered = (each for each in routine.exercises if len(each.grades) > 1 and each.grade)
    found = next((each for each in laddered if not (routine.grows or each.bounds.grows)), None)
    if found is None or found.grade is None or found.bounds.grows is False:
        return ""
    return f"{found.name} stays at its level '{found.grade.words}', as no dose here grows; add 'grow: yes'"


EXERCISE_RULES: Final[tuple[Rule[Exercise], ...]] = (
    Rule(
        "stretch-hold", _stretch_hold, "a shorter pull lengthens little", "ACSM 2021: 10-30 s; Mayo: from 5 s"
    ),
    Rule("stretch-bounce", _stretch_bounce, "a bounced muscle tightens", "wisdomphysio.com: 30 s, no bounce"),
    Rule("stretch-long", _stretch_long, "more brings nothing", "ACSM 2021: 10-30 s, older adults 30-60 s"),
    Rule(
        "nerve-hold",
        _nerve_hold,
        "a nerve held under tension gets sore",
        "peak-physio.com.au: slide, light tension only",
    ),
    Rule("hold-long", _hold_long, "finish before the form breaks", "McGill: holds of at most 10 s"),
    Rule("plank-long", _plank_long, "finish before the form breaks", "active.com: never over 60 s"),
    Rule("hold-breath", _hold_breath, "holding the breath raises blood pressure", COMMON),
    Rule(
        "jerk",
        _jerk,
        "a jerk strains before the muscles can steady",
        "Trials 2017, 10.1186/s13063-017-1913-8: 2 s up, 2 s down",
    ),
    Rule(
        "rest-short", _rest_short, "tired muscles lose the form", "ACSM: 1-2 min; AAOS: 30 s for light work"
    ),
    Rule("change-short", _change_short, "a sore back turns slowly", f"{OWN}: 5-8 s, 15 s to roll over"),
    Rule("limit-short", _limit_short, "nobody should have to hurry at their own pace", OWN),
    Rule("sides-unnamed", _sides_unnamed, "with eyes shut you have to be told left from right", OWN),
    Rule("leg-rule", _leg_rule, "pain that moves down the leg means stop", "UCSF McKenzie back protocol"),
    Rule(
        "balance-hold-on",
        _balance_hold_on,
        "with eyes shut, or alone, a sway becomes a fall",
        "NHS Tayside: a sturdy chair or a worktop for support",
    ),
    Rule("balance-kind", _balance_kind, "a stand grows to 30s, and what hurts in it is told as such", OWN),
    Rule("thing-unlisted", _thing_unlisted, "who lacks a thing must not be sent for it", OWN),
    Rule("another-movement", _another_movement, "the words of each rep would say the opposite", OWN),
    Rule("contradiction", _contradiction, "what is heard in a movement is done in it", OWN),
    Rule("rest-range", _rest_range, "a rest has one length, and more of it hurts nobody", OWN, Level.NOTE),
    Rule("short-sets", _short_sets, "between reps nobody rests that long", OWN),
    Rule("picture", _picture, "what is not there cannot be looked at", OWN),
    Rule("tempo-factor", _tempo_factor, "a tempo is seconds by phase, such as 4-2-1-0", OWN),
    Rule("untaught", _untaught, "a newcomer cannot do it by ear", OWN, Level.NOTE),
)
"""The rules for each exercise."""

STEP_RULES: Final[tuple[Rule[Do], ...]] = (
    Rule(
        "many-sets",
        _many_sets,
        "more adds load, not strength, for a beginner",
        "ACSM; EMPoweR, 10.1186/s12891-020-03866-2: 1-3 sets",
    ),
)
"""The rules for an exercise in its place in a routine, with the rounds that it is done in."""

FILE_RULES: Final[tuple[Rule[Exercise], ...]] = (
    Rule("no-cautions", _uncautious_exercise, _FOR_EVERYBODY, OWN),
)
"""The rules for an exercise in a file of its own."""

NAME_RULES: Final[tuple[Rule[NewName], ...]] = (
    Rule("misspelt", _misspelt, "the library's exercise is explained, a new one is not", OWN),
    Rule("in-library", _in_library, "a definition of your own goes without its explanation", OWN, Level.NOTE),
)
"""The rules for the name of an exercise that a routine defines."""

TEXT_RULES: Final[tuple[Rule[str], ...]] = (
    Rule("cut-text", _cut_text, "two spaces before a '#' show that it is meant as a comment", OWN),
)
"""The rules for a text with a comment after it."""

_TEMPO_ORDER: Final = Rule(
    "tempo-order", _tempo_order, "who hears 'down' on the way up does the opposite", OWN
)

LIST_RULES: Final[tuple[Rule[tuple[str, ...]], ...]] = (
    Rule("comma-in-list", _comma_in_list, "half a sentence is heard as a whole one", OWN),
)
"""The rules for a list of sentences in brackets."""

ROUTINE_RULES: Final[tuple[Rule[Routine], ...]] = (
    Rule("warm-up", _no_warm_up, "cold muscles are strained more easily", "AAOS: 5-10 min of light movement"),
    Rule(
        "only-stretches",
        _only_stretches,
        "stretching alone did no better than no exercise in lasting back pain",
        "Owen 2020, BJSM 54:1279",
    ),
    Rule("two-numbers", _two_numbers, "version 0.1.0 read them as two sets", OWN),
    Rule("range-stays", _range_stays, "a range is what to begin with and what to work up to", OWN),
    _TEMPO_ORDER,
    Rule("level-stays", _level_stays, "the next level comes when a dose has grown to its goal", OWN),
    Rule("on-the-minute", _on_the_minute, "'limit' ends a set, and 'every' begins a round", OWN),
    Rule("first-thing", _first_thing, "a back is stiffer after a night", COMMON),
    Rule("no-cautions", _uncautious, _FOR_EVERYBODY, OWN),
    Rule("region-unsaid", _region_unsaid, "the signs to stop at are those of one part of the body", OWN),
)
"""The rules for the routine as a whole."""
