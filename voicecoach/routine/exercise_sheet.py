"""The sheet of one exercise: what there is to read of it, in parts, for a sheet of its own or a routine's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from voicecoach.language import phrases
from voicecoach.language.phrases import Phrases
from voicecoach.routine.bounds import NO_LIMIT, Bounds, Harder
from voicecoach.routine.doses import at_most_dose
from voicecoach.routine.exercise_words import dose_in_words, goal_in_words, phases_in_words
from voicecoach.routine.files.placeholders import IN_TEXT
from voicecoach.routine.model import OTHER_SIDE, Cue, Exercise, Pace, Prompt, Remedy, Sides, Variation
from voicecoach.routine.region import Region
from voicecoach.units import format_duration

Names = Mapping[str, str]
"""The name of each exercise by its id."""
NO_NAMES: Final[Names] = MappingProxyType({})


class Part(NamedTuple):
    """What a sheet says of one thing, such as the position of an exercise."""

    key: str
    """Its key in ``sheet.parts`` of the phrases; empty for what stands without a heading."""
    texts: tuple[str, ...]
    """At least one."""


class ExerciseSheet(NamedTuple):
    """All that there is to read of an exercise."""

    name: str
    facts: tuple[str, ...]
    """Its dose, its goal and what it needs, in sentences."""
    parts: tuple[Part, ...]
    language: str


def exercise_sheet(
    exercise: Exercise, names: Names = NO_NAMES, language: str = phrases.ENGLISH
) -> ExerciseSheet:
    """Return the sheet of an exercise; ``names`` are those of exercises that it may refer to."""
    say = phrases.load(language)
    facts = [say.part("sheet.dose", dose=dose_in_words(exercise))]
    if exercise.goal:
        facts.append(say.part("sheet.goal", dose=goal_in_words(exercise)))
    if exercise.equipment:
        facts.append(say.part("sheet.needs", things=", ".join(exercise.equipment)))
    return ExerciseSheet(exercise.name, tuple(facts), tuple(parts(exercise, names, say)), language)


def parts(exercise: Exercise, names: Names, say: Phrases) -> Iterator[Part]:
    """Yield all parts that have something to say, filled in for the side that comes first."""
    side = exercise.side_order[0]
    sides = {"{side}": say.side(side), "{other}": say.side(OTHER_SIDE[side])}
    for key, texts in _parts(exercise, names, say):
        if said := tuple(filter(None, (_filled(text, sides) for text in texts))):
            yield Part(key, said)


def _filled(text: str, sides: Mapping[str, str]) -> str:
    for blank, word in sides.items():
        text = text.replace(blank, word)
    return text


def _parts(exercise: Exercise, names: Names, say: Phrases) -> Iterator[tuple[str, Iterable[str]]]:
    yield "", [exercise.why]
    yield "position", exercise.position
    yield "sides", _sides(exercise, say)
    yield "levels", [_levels(exercise)]
    yield "growth", _growth(exercise, say)
    yield "movement", [exercise.movement]
    yield "pace", [_pace(exercise, say)]
    yield "feel", [exercise.feel]
    yield "breath", map(_breath, exercise.breathing)
    yield "rest", [exercise.resting]
    yield "change", [exercise.changing]
    yield "after", [exercise.leaving]
    yield "mind", (cue.text for cue in exercise.cues)
    yield "check", (f"{error.when.rstrip('.?')}? {error.fix}" for error in exercise.errors)
    yield "during", (_prompt(prompt, say) for prompt in exercise.prompts)
    yield "easier", (_variation(variation, names) for variation in exercise.easier)
    yield "harder", (_variation(variation, names) for variation in exercise.harder)
    yield "advice", exercise.advice
    if exercise.leg_rule:
        yield "stop", [say(f"region.{exercise.region or Region.BACK}.watch")]
    yield "instead", _substitutes(exercise, names, say)
    yield "caution", _cautions(exercise, names, say)
    yield "not_with", _who(exercise, say, may_do_it=False)
    yield "with_care", _who(exercise, say, may_do_it=True)
    yield "sources", (f"{source}." for source in exercise.sources)


def _sides(exercise: Exercise, say: Phrases) -> Iterator[str]:
    """Tell for which side it is written, and that the sides take turns from session to session."""
    if exercise.sides is Sides.BOTH or len(exercise.side_order) < 2:
        return
    first, other = map(say.side, exercise.side_order)
    if any(map(IN_TEXT.search, exercise.texts)):  # something else is said for the other side
        yield say.part("sheet.one_side", first=first, other=other)
    if exercise.sides is Sides.SWAP and not exercise.order:
        yield say.part("sheet.other_next", other=other)


def _pace(exercise: Exercise, say: Phrases) -> str:
    if exercise.pace is Pace.SELF:
        return ""
    if exercise.cadence is not None:
        return say.part("sheet.cadence", n=f"{exercise.cadence:g}")
    joined = phases_in_words(exercise)
    if joined and exercise.keeps_tempo:
        return say.part("sheet.tempo", tempo=exercise.tempo, phases=joined)
    return f"{joined}." if joined else ""


def _breath(cue: Cue) -> str:
    return f"{cue.text.rstrip('.')} ({cue.phase})." if cue.phase else cue.text


def _prompt(prompt: Prompt, say: Phrases) -> str:
    said = " / ".join(prompt.say)
    if prompt.every is not None:
        return say.part("sheet.during.every", said=said, time=format_duration(prompt.every))
    if prompt.before_end is not None:
        return say.part("sheet.during.before_end", said=said, time=format_duration(prompt.before_end))
    return say.part(f"sheet.during.{prompt.at}", said=said)


def _variation(variation: Variation, names: Names) -> str:
    return variation.text or f"{_name(variation.exercise, names)}."


def _name(ident: str, names: Names) -> str:
    """Return an exercise's name, or its id as words when the name is unknown."""
    return names.get(ident) or ident.replace("_", " ").capitalize()


def _substitutes(exercise: Exercise, names: Names, say: Phrases) -> Iterator[str]:
    if exercise.substitutes:
        joined, *others = (_name(ident, names) for ident in exercise.substitutes)
        for each in others:
            joined = say.part("sheet.or", first=joined, next=each)
        yield say.part("sheet.instead", exercises=joined)


def _cautions(exercise: Exercise, names: Names, say: Phrases) -> Iterator[str]:
    for caution, remedy in exercise.cautions.items():
        who = say.part(f"caution.{caution}.who")
        yield say.part("sheet.caution", who=who, remedy=_remedy(remedy, names, say))


def _who(exercise: Exercise, say: Phrases, *, may_do_it: bool) -> Iterator[str]:
    """Name those who may do it with care, or those who do another exercise or none."""
    for caution, remedy in exercise.cautions.items():
        if may_do_it == bool(remedy.advice and not remedy.exercise):
            yield say.part(f"caution.{caution}.who")


def _remedy(remedy: Remedy, names: Names, say: Phrases) -> str:
    if remedy.exercise:
        return say.part("sheet.instead_do", exercise=_name(remedy.exercise, names))
    return remedy.advice or say.part("sheet.leave_out")


def _levels(exercise: Exercise) -> str:
    """Tell all levels of the exercise's own ladder; empty where there are not several."""
    if len(exercise.grades) < 2:
        return ""
    return f"{'; '.join(f'{each.number}. {each.words}' for each in exercise.grades)}."


def _growth(exercise: Exercise, say: Phrases) -> Iterator[str]:
    """Tell how far the exercise may grow, where that is bounded."""
    bounds = exercise.bounds
    if bounds.grows is False:
        yield say.part("sheet.growth.none")
        return
    if bounds.most != NO_LIMIT:
        most = dose_in_words(at_most_dose(exercise)).partition(";")[0]
        yield say.part("sheet.growth.most", dose=most)
    elif exercise.goal and (exercise.dose_range or bounds.up):
        yield say.part("sheet.growth.goal", dose=goal_in_words(exercise).partition(";")[0])
    if bounds.tempo_kept:
        yield say.part("sheet.growth.tempo_kept")
    if bounds.harder is not Harder.YES:
        yield say.part(f"sheet.growth.{bounds.harder}")
    yield from _ups_and_downs(bounds, say)


def _ups_and_downs(bounds: Bounds, say: Phrases) -> Iterator[str]:
    """Tell what has to be so before there is more, and what makes it less."""
    if up := bounds.up:
        what = say.part("sheet.growth.sessions")
        if up.times > 1:
            what = say.part("sheet.growth.good_sessions", n=str(up.times))
        if up.pain is not None:
            what = say.part("sheet.growth.with_pain", sessions=what, n=str(up.pain))
        yield say.part("sheet.growth.more", what=what)
    if down := bounds.down:
        pain, morning = "", say.part("sheet.growth.worse_morning") if down.worse_morning else ""
        if down.pain_above is not None:
            pain = say.part("sheet.growth.pain_above", n=str(down.pain_above))
        both = say.part("sheet.growth.either", first=pain, next=morning) if pain and morning else ""
        yield say.part("sheet.growth.less", what=both or pain or morning)
