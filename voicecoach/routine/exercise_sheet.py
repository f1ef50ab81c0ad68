"""Prints one exercise as a plain-text sheet, and its part of the sheet of a routine."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from voicecoach.language import phrases
from voicecoach.routine.bounds import NO_LIMIT, Bounds, Harder
from voicecoach.routine.doses import at_most_dose
from voicecoach.routine.exercise_words import dose_in_words, goal_in_words, phases_in_words
from voicecoach.routine.files.placeholders import IN_TEXT
from voicecoach.routine.model import Caution, Cue, Exercise, Pace, Prompt, Remedy, Sides, Variation
from voicecoach.routine.paper import WIDTH, Line, for_side, heading, lines_of, part, printed
from voicecoach.routine.region import Region
from voicecoach.units import format_duration

Names = Mapping[str, str]
"""The name of each exercise by its id."""
NO_NAMES: Final[Names] = MappingProxyType({})

APPLIES_TO: Final = {
    Caution.FLEX: "Bending or sitting makes it worse",
    Caution.EXT: "Arching or standing makes it worse",
    Caution.LEG: "Pain, tingling or numbness in a leg",
    Caution.OSTEO: "Osteoporosis or a broken vertebra",
    Caution.ACUTE: "Severe pain even at rest",
    Caution.OP: "Surgery on spine or hip in the last three months, or a fusion",
    Caution.PREG: "Pregnancy after the fourth month",
    Caution.KNEE: "Knee pain",
    Caution.WRIST: "Wrist pain",
    Caution.SHOULDER: "Shoulder pain",
    Caution.NECK: "Neck pain",
    Caution.HIP: "Hip pain or a hip replacement",
    Caution.HIP_NEW: "A hip replaced in the last three months",
    Caution.BP: "High blood pressure or heart disease",
    Caution.BAL: "Poor balance or falls",
    Caution.AM: "The first hour after getting up",
}
"""The condition behind each caution, which a person can answer with yes or no (catalogue section 0)."""


def exercise_sheet(exercise: Exercise, names: Names = NO_NAMES, width: int | None = WIDTH) -> str:
    """Return the sheet of one exercise, with all its details; the others are as for ``sheet.sheet``."""
    lines: list[Line] = [
        *heading(exercise.name),
        *lines_of(f"Dose: {dose_in_words(exercise)}."),
        *(lines_of(f"Goal: {goal_in_words(exercise)}.") if exercise.goal else ()),
        *(lines_of(f"You need: {', '.join(exercise.equipment)}.") if exercise.equipment else ()),
        "",
        *for_side(exercise, details(exercise, names)),
        *_substitutes(exercise, names),
        *for_side(exercise, _cautions(exercise, names)),
        *part("Sources", [f"{source}." for source in exercise.sources]),
    ]
    return printed(lines, width)


def details(exercise: Exercise, names: Names) -> Iterator[Line]:
    """Yield what a sheet says of how an exercise is done."""
    if exercise.why:
        yield from lines_of(exercise.why, "   ")
    yield from part("Position", exercise.position)
    if exercise.sides is not Sides.BOTH and len(exercise.side_order) > 1:
        first, other = exercise.side_order
        again = f"The next time begin with the {other}." * (
            exercise.sides is Sides.SWAP and not exercise.order
        )
        written = f"Written for the {first} side. For the {other}, swap left and right."
        yield from part("Sides", [written if _names_sides(exercise) else "", again])
    yield from part("Levels", [_levels(exercise)])
    yield from part("Growth", _growth(exercise))
    yield from part("Movement", [exercise.movement])
    yield from part("Pace", [_pace(exercise)])
    yield from part("Feel", [exercise.feel])
    yield from part("Breath", map(_breath, exercise.breathing))
    yield from part("Rest", [exercise.resting])
    yield from part("Change", [exercise.changing])
    yield from part("After", [exercise.leaving])
    yield from part("Mind", (cue.text for cue in exercise.cues))
    for index, error in enumerate(exercise.errors):
        yield from part("" if index else "Check", [f"{error.when.rstrip('.?')}?", error.fix])
    yield from part("During", map(_prompt, exercise.prompts))
    yield from part("Easier", (_variation(variation, names) for variation in exercise.easier))
    yield from part("Harder", (_variation(variation, names) for variation in exercise.harder))
    yield from part("For you", exercise.advice)
    yield from part("Stop", [_watch(exercise)] if exercise.leg_rule else [])


def _watch(exercise: Exercise) -> str:
    return phrases.load()(f"region.{exercise.region or Region.BACK}.watch")


def _names_sides(exercise: Exercise) -> bool:
    """Tell whether any text of ``exercise`` is another one for the other side."""
    return any(map(IN_TEXT.search, exercise.texts))


def _pace(exercise: Exercise) -> str:
    if exercise.pace is Pace.SELF:
        return ""
    if exercise.cadence is not None:
        return f"{exercise.cadence:g} steps a minute."
    joined = phases_in_words(exercise)
    tempo = f"tempo {exercise.tempo}: " if exercise.keeps_tempo else ""
    return f"{tempo}{joined}." if joined else ""


def _breath(cue: Cue) -> str:
    return f"{cue.text.rstrip('.')} ({cue.phase})." if cue.phase else cue.text


def _prompt(prompt: Prompt) -> str:
    if prompt.every is not None:
        when = f"every {format_duration(prompt.every)}"
    elif prompt.before_end is not None:
        when = f"{format_duration(prompt.before_end)} before the end"
    else:
        when = str(prompt.at)
    return f"{' / '.join(prompt.say)} ({when})"


def _variation(variation: Variation, names: Names) -> str:
    return variation.text or f"{_name(variation.exercise, names)}."


def _name(ident: str, names: Names) -> str:
    """Return an exercise's name, or its id as words when the name is unknown."""
    return names.get(ident) or ident.replace("_", " ").capitalize()


def _substitutes(exercise: Exercise, names: Names) -> Iterator[Line]:
    if exercise.substitutes:
        instead = ", or ".join(_name(ident, names) for ident in exercise.substitutes)
        yield from part("Instead", [f"While it hurts: {instead}."])


def _cautions(exercise: Exercise, names: Names) -> Iterator[Line]:
    for index, (caution, remedy) in enumerate(exercise.cautions.items()):
        yield from part("" if index else "Caution", [f"{APPLIES_TO[caution]}: {_remedy(remedy, names)}"])


def _remedy(remedy: Remedy, names: Names) -> str:
    if remedy.exercise:
        return f"do this instead: {_name(remedy.exercise, names)}."
    return remedy.advice or "leave it out."


def _levels(exercise: Exercise) -> str:
    """Tell all levels of the exercise's own ladder; empty where there are not several."""
    if len(exercise.grades) < 2:
        return ""
    return f"{'; '.join(f'{each.number}. {each.words}' for each in exercise.grades)}."


def _growth(exercise: Exercise) -> Iterator[str]:
    """Tell how far the exercise may grow, where that is bounded."""
    bounds = exercise.bounds
    if bounds.grows is False:
        yield "It stays as it is written."
        return
    if bounds.most != NO_LIMIT:
        yield f"At most {dose_in_words(at_most_dose(exercise)).partition(';')[0]}."
    elif exercise.goal and (exercise.dose_range or bounds.up):
        yield f"Work up to {goal_in_words(exercise).partition(';')[0]}."
    if bounds.tempo_kept:
        yield "The tempo stays as it is written."
    if bounds.harder is Harder.ASK:
        yield "Anything harder waits for whoever prescribed it."
    elif bounds.harder is Harder.NO:
        yield "Nothing harder comes."
    yield from _ups_and_downs(bounds)


def _ups_and_downs(bounds: Bounds) -> Iterator[str]:
    """Tell what has to be so before there is more, and what makes it less."""
    if up := bounds.up:
        pain = "" if up.pain is None else f"pain of {up.pain} or less"
        times = f"{up.times} good sessions in a row" if up.times > 1 else ""
        yield f"More comes only after {' with '.join(filter(None, (times or 'sessions', pain)))}."
    if down := bounds.down:
        pain = "" if down.pain_above is None else f"pain above {down.pain_above}"
        morning = "a worse next morning" if down.worse_morning else ""
        yield f"It gets less after {' or '.join(filter(None, (pain, morning)))}."
