"""All rules of good coaching in the order of their advice, and the advice on a routine or an exercise."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Final

from voicecoach.routine.advice import course, dose, growth, safety, words, written
from voicecoach.routine.advice.rule import COMMON, OWN, Advice, Level, Rule
from voicecoach.routine.model import Do, Exercise, Routine


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
        for advice in rule.on(written.NewName(step.exercise.name, library), step.place)
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


EXERCISE_RULES: Final[tuple[Rule[Exercise], ...]] = (
    Rule(
        "stretch-hold",
        dose.stretch_hold,
        "a shorter pull lengthens little",
        "ACSM 2021: 10-30 s; Mayo: from 5 s",
    ),
    Rule(
        "stretch-bounce",
        words.stretch_bounce,
        "a bounced muscle tightens",
        "wisdomphysio.com: 30 s, no bounce",
    ),
    Rule(
        "stretch-long", dose.stretch_long, "more brings nothing", "ACSM 2021: 10-30 s, older adults 30-60 s"
    ),
    Rule(
        "nerve-hold",
        dose.nerve_hold,
        "a nerve held under tension gets sore",
        "peak-physio.com.au: slide, light tension only",
    ),
    Rule("hold-long", dose.hold_long, "finish before the form breaks", "McGill: holds of at most 10 s"),
    Rule("plank-long", dose.plank_long, "finish before the form breaks", "active.com: never over 60 s"),
    Rule("hold-breath", words.hold_breath, "holding the breath raises blood pressure", COMMON),
    Rule(
        "jerk",
        dose.jerk,
        "a jerk strains before the muscles can steady",
        "Trials 2017, 10.1186/s13063-017-1913-8: 2 s up, 2 s down",
    ),
    Rule(
        "rest-short",
        dose.rest_short,
        "tired muscles lose the form",
        "ACSM: 1-2 min; AAOS: 30 s for light work",
    ),
    Rule("change-short", dose.change_short, "a sore back turns slowly", f"{OWN}: 5-8 s, 15 s to roll over"),
    Rule("limit-short", dose.limit_short, "nobody should have to hurry at their own pace", OWN),
    Rule("sides-unnamed", words.sides_unnamed, "with eyes shut you have to be told left from right", OWN),
    Rule(
        "leg-rule", safety.leg_rule, "pain that moves down the leg means stop", "UCSF McKenzie back protocol"
    ),
    Rule(
        "balance-hold-on",
        safety.balance_hold_on,
        "with eyes shut, or alone, a sway becomes a fall",
        "NHS Tayside: a sturdy chair or a worktop for support",
    ),
    Rule(
        "balance-kind", safety.balance_kind, "a stand grows to 30s, and what hurts in it is told as such", OWN
    ),
    Rule("thing-unlisted", words.thing_unlisted, "who lacks a thing must not be sent for it", OWN),
    Rule("another-movement", words.another_movement, "the words of each rep would say the opposite", OWN),
    Rule("contradiction", words.contradiction, "what is heard in a movement is done in it", OWN),
    Rule(
        "rest-range",
        written.rest_range,
        "a rest has one length, and more of it hurts nobody",
        OWN,
        Level.NOTE,
    ),
    Rule("short-sets", dose.short_sets, "between reps nobody rests that long", OWN),
    Rule("picture", written.picture, "what is not there cannot be looked at", OWN),
    Rule("tempo-factor", written.tempo_factor, "a tempo is seconds by phase, such as 4-2-1-0", OWN),
    Rule("untaught", words.untaught, "a newcomer cannot do it by ear", OWN, Level.NOTE),
)
"""The rules for each exercise."""

STEP_RULES: Final[tuple[Rule[Do], ...]] = (
    Rule(
        "many-sets",
        dose.many_sets,
        "more adds load, not strength, for a beginner",
        "ACSM; EMPoweR, 10.1186/s12891-020-03866-2: 1-3 sets",
    ),
)
"""The rules for an exercise in its place in a routine, with the rounds that it is done in."""

FILE_RULES: Final[tuple[Rule[Exercise], ...]] = (
    Rule("no-cautions", safety.uncautious_exercise, safety.FOR_EVERYBODY, OWN),
)
"""The rules for an exercise in a file of its own."""

NAME_RULES: Final[tuple[Rule[written.NewName], ...]] = (
    Rule("misspelt", written.misspelt, "the library's exercise is explained, a new one is not", OWN),
    Rule(
        "in-library",
        written.in_library,
        "a definition of your own goes without its explanation",
        OWN,
        Level.NOTE,
    ),
)
"""The rules for the name of an exercise that a routine defines."""

_TEMPO_ORDER: Final = Rule(
    "tempo-order", written.tempo_order, "who hears 'down' on the way up does the opposite", OWN
)

ROUTINE_RULES: Final[tuple[Rule[Routine], ...]] = (
    Rule(
        "warm-up",
        course.no_warm_up,
        "cold muscles are strained more easily",
        "AAOS: 5-10 min of light movement",
    ),
    Rule(
        "only-stretches",
        course.only_stretches,
        "stretching alone did no better than no exercise in lasting back pain",
        "Owen 2020, BJSM 54:1279",
    ),
    Rule("two-numbers", written.two_numbers, "version 0.1.0 read them as two sets", OWN),
    Rule("range-stays", growth.range_stays, "a range is what to begin with and what to work up to", OWN),
    _TEMPO_ORDER,
    Rule("level-stays", growth.level_stays, "the next level comes when a dose has grown to its goal", OWN),
    Rule("unbounded", growth.unbounded, "a harder form may ask for what a precaution forbids", OWN),
    Rule("on-the-minute", course.on_the_minute, "'limit' ends a set, and 'every' begins a round", OWN),
    Rule("first-thing", course.first_thing, "a back is stiffer after a night", COMMON),
    Rule("no-cautions", safety.uncautious, safety.FOR_EVERYBODY, OWN),
    Rule(
        "after-surgery",
        safety.unsuited_after_surgery,
        "the coach replaces it or leaves it out, and the patient hears why",
        OWN,
    ),
    Rule(
        "region-unsaid", safety.region_unsaid, "the signs to stop at are those of one part of the body", OWN
    ),
)
"""The rules for the routine as a whole."""
