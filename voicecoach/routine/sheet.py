"""Prints a routine or one exercise as a plain-text sheet to exercise from on paper."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Final, NamedTuple

from voicecoach.language import phrases
from voicecoach.paragraph import cells, filled
from voicecoach.routine.bounds import NO_LIMIT, Bounds, Harder
from voicecoach.routine.doses import at_goal, at_most_dose, halves
from voicecoach.routine.model import (
    OTHER_SIDE,
    WAY,
    Caution,
    Cue,
    Do,
    Exercise,
    Pace,
    Prompt,
    Remedy,
    Rest,
    Routine,
    Say,
    Sides,
    Step,
    Variation,
    Wait,
)
from voicecoach.routine.profile import WEIGHT
from voicecoach.routine.region import Region
from voicecoach.routine.rolled import Begin, End, Numbered, One, RolledItem, rolled
from voicecoach.units import format_count, format_duration, format_load

WIDTH: Final = 80

Names = Mapping[str, str]
"""The name of each exercise by its id."""
NO_NAMES: Final[Names] = MappingProxyType({})

Written = Mapping[tuple[str, str], Exercise]
"""The exercise in the routine's file by the key and the only side of the one that is done for it."""
NO_EXERCISES: Final[Written] = MappingProxyType({})

SAFETY: Final = (
    "Never bounce. Move slowly and keep breathing."
    " Stop if pain, tingling or numbness travels further down a leg."
)
"""Spoken and printed with every routine (catalogue section 2, universal rules); see :func:`_safety`."""

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

PHASES: Final = {1: "calm", 2: "restore", 3: "build", 4: "maintain"}
"""The phases of a programme (catalogue section 11)."""

_SIDES: Final = {
    Sides.BOTH: "",
    Sides.EACH: " on each side",
    Sides.ALTERNATE: " in all, left and right in turn",
    Sides.SWAP: "",
}
_SIDED: Final = {Sides.EACH, Sides.ALTERNATE}


class _Paragraph(NamedTuple):
    """A text to be broken into lines once the width is known."""

    text: str
    first: str
    """The margin of the first line."""
    after: str
    """The margin of the other lines."""


class _Box(NamedTuple):
    """Paragraphs with a frame around them."""

    inside: tuple[_Paragraph, ...]


_Line = str | _Paragraph | _Box


def sheet(
    routine: Routine,
    minutes: int,
    names: Names = NO_NAMES,
    changes: Iterable[str] = (),
    *,
    written: Written = NO_EXERCISES,
    box: Sequence[tuple[str, Sequence[str]]] = (),
    width: int | None = WIDTH,
) -> str:
    """Return the whole sheet in lines of at most ``width`` columns; None leaves each paragraph on one line.

    ``minutes`` is the length of the session, ``names`` has the names of exercises that may be referred to,
    ``changes`` are sentences on what was changed for the person, and ``written`` has the exercises of the
    routine's file, by the key and the only side of what is done for them. In a ``box`` at its top stand
    headings, each with its texts.
    """
    return _printed(_lines(routine, minutes, names, changes, written, box), width)


def exercise_sheet(exercise: Exercise, names: Names = NO_NAMES, width: int | None = WIDTH) -> str:
    """Return the sheet of one exercise, with all its details; the others are as for :func:`sheet`."""
    lines: list[_Line] = [
        *_title(exercise.name),
        *_filled(f"Dose: {dose_in_words(exercise)}."),
        *(_filled(f"Goal: {_goal(exercise)}.") if exercise.goal else ()),
        *(_filled(f"You need: {', '.join(exercise.equipment)}.") if exercise.equipment else ()),
        "",
        *_for_side(exercise, _exercise(exercise, names)),
        *_substitutes(exercise, names),
        *_for_side(exercise, _cautions(exercise, names)),
        *_part("Sources", [f"{source}." for source in exercise.sources]),
    ]
    return _printed(lines, width)


def _goal(exercise: Exercise) -> str:
    """Describe the goal, which is the same at each level of an exercise."""
    return dose_in_words(replace(at_goal(exercise), grade=None))


def dose_in_words(exercise: Exercise) -> str:
    """Describe sets, reps, sides and holds: "2 sets of 3 reps on each side, each held 5s; rest 20s …"."""
    sets, counted = len(exercise.reps), exercise.counted
    if exercise.duration is not None:
        times = f"{sets} times " if sets > 1 else ""
        dose = f"{times}{format_duration(exercise.duration)}"
    elif sets > 1 and len(set(exercise.reps)) == 1:
        dose = f"{sets} sets of {format_count(exercise.reps[0], counted.one)}"
    elif sets > 1:
        dose = f"{sets} sets of {', '.join(map(str, exercise.reps[:-1]))} and {exercise.reps[-1]} {counted}"
    else:
        dose = format_count(exercise.reps[0], counted.one)
    dose += _sides(exercise)
    if exercise.one_side_first and sets > 1:
        dose += ", all of one side first"
    dose += _holds(exercise)
    if exercise.load:
        dose += f", with {format_load(exercise.load)}"
    if exercise.grade:
        dose += f", {exercise.grade.words}"
    if exercise.pace is Pace.SELF:
        dose += ", at your own pace"
    if exercise.sides is Sides.SWAP:
        dose += f", {_halves(exercise)}"
    rests = ", then ".join(map(format_duration, dict.fromkeys(exercise.between_sets)))
    return f"{dose}; rest {rests} between sets" if rests else dose


def _holds(exercise: Exercise) -> str:
    """Tell how each rep is held: ", each held 5s", ", each with 2 holds of 5s"."""
    held = [format_duration(phase.seconds) for phase in exercise.rep if phase.is_hold]
    if len(held) < 2:
        return f", each held {held[0]}" if held else ""
    if len(set(held)) == 1:
        return f", each with {len(held)} holds of {held[0]}"
    return f", each with holds of {', '.join(held[:-1])} and {held[-1]}"


def _sides(exercise: Exercise) -> str:
    first, *others = exercise.side_order
    goes = exercise.limb == WAY
    if not others:
        return f" {'to' if goes else 'on'} the {first} only"
    shared = " each way" if goes and exercise.sides is Sides.EACH else _SIDES[exercise.sides]
    return shared + (f", the {first} first" if exercise.order and exercise.sides in _SIDED else "")


def _halves(exercise: Exercise) -> str:
    """Tell the side of each set: "set 1 with the left knee, sets 2 and 3 with the right"."""
    shared, (first, second) = halves(exercise.reps), exercise.side_order
    before = [number for number, (reps, _) in enumerate(shared, start=1) if reps]
    after = [number for number, (_, reps) in enumerate(shared, start=1) if reps]
    with_first = f"with the {first} {exercise.limb}"
    if len(shared) > 1:
        return f"{_sets(before)} {with_first}, {_sets(after)} with the {second}"
    return f"{shared[0][0]} {with_first}, then {shared[0][1]} with the {second}" if after else with_first


def _sets(numbers: Sequence[int]) -> str:
    """Name consecutive sets: "set 1", "sets 2 and 3", "sets 1 to 4"."""
    if len(numbers) == 1:
        return f"set {numbers[0]}"
    return f"sets {numbers[0]} {'and' if len(numbers) == 2 else 'to'} {numbers[-1]}"


def _title(name: str) -> list[_Line]:
    return [*_filled(name), "=" * len(name)]


def _lines(
    routine: Routine,
    minutes: int,
    names: Names,
    changes: Iterable[str],
    written: Written,
    box: Sequence[tuple[str, Sequence[str]]],
) -> Iterator[_Line]:
    yield from _title(routine.name)
    if routine.about:
        yield from _filled(routine.about)
    if box:
        yield _Box(tuple(itertools.chain.from_iterable(_boxed(*each) for each in box)))
    yield from _filled(_when(routine, minutes))
    if needed := _needed(routine):
        yield from _filled(f"You need: {', '.join(needed)}.")
    yield from _filled(_safety(routine.for_region))
    for change in changes:
        yield from _filled(change, "* ", after="  ")
    seen: set[tuple[object, ...]] = set()
    for item in _joined(rolled(routine.steps)):
        yield ""
        match item:
            case Numbered(step=Do(exercise=exercise)):
                title = f"{_numbers(item.numbers)}. {exercise.name}: {dose_in_words(exercise)}"
                yield from _filled(title, after="   ")
                file_has = written.get((exercise.key, exercise.only_side), exercise)
                yield from _part("Written", [_as_written(exercise, file_has)])
                # A repeated exercise is described only once.
                what = (exercise.name, exercise.position, exercise.movement, exercise.rep)
                if what not in seen:
                    yield from _for_side(exercise, _exercise(exercise, names))
                seen.add(what)
            case Numbered(step=step):
                yield from _filled(_between(step), "   ")
            case _:
                yield from _filled(_of_rounds(item))


def _boxed(title: str, texts: Sequence[str]) -> Iterator[_Paragraph]:
    """Yield a heading and its texts, each with a mark where there are several."""
    yield _Paragraph(f"{title}:" if texts else title, "", "")
    several = len(texts) > 1
    for text in texts:
        yield _Paragraph(text, "  * " if several else "  ", "    " if several else "  ")


def _between(step: Step) -> str:
    """Tell what is no exercise."""
    match step:
        case Rest(seconds=seconds):
            return f"Rest {format_duration(seconds)}."
        case Wait(what=what):
            return f"Go on when you are ready: {what}."
        case Say(text=text):
            return text
    return ""


def _joined(items: Iterable[RolledItem]) -> Iterator[RolledItem]:
    """Leave out the ends of rounds that need no word: without a rest, and with nothing after them."""
    ended: End | None = None
    for item in items:
        if isinstance(item, End):
            if item.rests:
                yield item
            ended = item
            continue
        if ended is not None:
            yield replace(ended, rests=())
            ended = None
        yield item


def _of_rounds(item: Begin | End | One) -> str:
    """Tell where rounds begin and end: "3 rounds of:", "Rest 30s between rounds.", "After these rounds:"."""
    if isinstance(item, One):
        return f"Round {item.round.number} of {item.round.of}:"
    if isinstance(item, Begin):
        every = "" if item.every is None else f", one every {format_duration(item.every)}"
        return f"{item.times} rounds{every}, each of:"
    if not item.rests:
        return "After all rounds:" if item.outermost else "After these rounds:"
    when = "after each round" if item.after_last else "between rounds"
    rests = item.rests[:1] if len(set(item.rests)) == 1 else item.rests
    return f"   Rest {', then '.join(map(format_duration, rests))} {when}."


_NUMBERS_SHOWN: Final = 4
"""The most numbers of an exercise in rounds that are all printed [own choice]."""


def _numbers(numbers: Sequence[int]) -> str:
    """Return the numbers that the options take: "3", "2, 4, 6", "1-10", "1, 3, ... 19"."""
    first, last = numbers[0], numbers[-1]
    if len(numbers) > 2 and last - first == len(numbers) - 1:
        return f"{first}-{last}"
    shown = [str(each) for each in numbers]
    return ", ".join(shown if len(shown) <= _NUMBERS_SHOWN else [*shown[:2], f"... {last}"])


def _as_written(exercise: Exercise, written: Exercise) -> str:
    """Tell the dose in the routine's file where it is not what is done; empty where it is."""
    dose = dose_in_words(written)
    if written.key != exercise.key:
        return f"{written.name}, {dose}."
    return "" if dose == dose_in_words(exercise) else f"{dose}."


def _needed(routine: Routine) -> list[str]:
    """Name the things to lay out, each weight by its load."""
    loads = routine.loads
    things = [thing for thing in routine.equipment if not (loads and thing == WEIGHT)]
    return things + [f"weight of {format_load(load)}" for load in loads]


def _when(routine: Routine, minutes: int) -> str:
    """Tell the length, the days and the phases: "About 10 minutes, 3-5 a week. For phase 1 (calm)"."""
    when = f"About {format_count(minutes, 'minute')}"
    if routine.for_region not in {Region.BACK, Region.GENERAL}:
        when += f", for the {routine.region}"
    if routine.days:
        when += f", {routine.days}"
    if routine.times_a_day > 1:
        when += f", {routine.times_a_day} times a day"
    if not routine.phases:
        return f"{when}."
    phases = ", ".join(f"{phase} ({PHASES[phase]})" for phase in routine.phases)
    return f"{when}. For phase{'s' if len(routine.phases) > 1 else ''} {phases}."


def _safety(region: Region) -> str:
    """Return what is printed with every routine for a region of the body."""
    return SAFETY if region is Region.BACK else f"Never bounce. {phrases.load()(f'region.{region}.intro')}"


def _exercise(exercise: Exercise, names: Names) -> Iterator[_Line]:
    if exercise.why:
        yield from _filled(exercise.why, "   ")
    yield from _part("Position", exercise.position)
    if exercise.sides is not Sides.BOTH and len(exercise.side_order) > 1:
        first, other = exercise.side_order
        again = f"The next time begin with the {other}." * (
            exercise.sides is Sides.SWAP and not exercise.order
        )
        written = f"Written for the {first} side. For the {other}, swap left and right."
        yield from _part("Sides", [written if _names_sides(exercise) else "", again])
    yield from _part("Levels", [_levels(exercise)])
    yield from _part("Growth", [_growth(exercise)])
    yield from _part("Movement", [exercise.movement])
    yield from _part("Pace", [_pace(exercise)])
    yield from _part("Feel", [exercise.feel])
    yield from _part("Breath", map(_breath, exercise.breathing))
    yield from _part("Rest", [exercise.resting])
    yield from _part("Change", [exercise.changing])
    yield from _part("After", [exercise.leaving])
    yield from _part("Mind", (cue.text for cue in exercise.cues))
    for index, error in enumerate(exercise.errors):
        yield from _part("" if index else "Check", [f"{error.when.rstrip('.?')}?", error.fix])
    yield from _part("During", map(_prompt, exercise.prompts))
    yield from _part("Easier", (_variation(variation, names) for variation in exercise.easier))
    yield from _part("Harder", (_variation(variation, names) for variation in exercise.harder))
    yield from _part("For you", exercise.advice)
    yield from _part("Stop", [_watch(exercise)] if exercise.leg_rule else [])


def _watch(exercise: Exercise) -> str:
    return phrases.load()(f"region.{exercise.region or Region.BACK}.watch")


def _names_sides(exercise: Exercise) -> bool:
    """Tell whether any text of ``exercise`` is another one for the other side."""
    return any("{side}" in text or "{other}" in text for text in exercise.texts)


def _pace(exercise: Exercise) -> str:
    if exercise.pace is Pace.SELF:
        return ""
    if exercise.cadence is not None:
        return f"{exercise.cadence:g} steps a minute."
    joined = phases_in_words(exercise)
    tempo = f"tempo {exercise.tempo}: " if exercise.keeps_tempo else ""
    return f"{tempo}{joined}." if joined else ""


def phases_in_words(exercise: Exercise) -> str:
    """Describe a rep: "down 3s, stay 1s, up 3s"; nothing for timed work."""
    return ", ".join(f"{phase.name} {format_duration(phase.seconds)}" for phase in exercise.rep)


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


def _substitutes(exercise: Exercise, names: Names) -> Iterator[_Line]:
    if exercise.substitutes:
        instead = ", or ".join(_name(ident, names) for ident in exercise.substitutes)
        yield from _part("Instead", [f"While it hurts: {instead}."])


def _cautions(exercise: Exercise, names: Names) -> Iterator[_Line]:
    for index, (caution, remedy) in enumerate(exercise.cautions.items()):
        yield from _part("" if index else "Caution", [f"{APPLIES_TO[caution]}: {_remedy(remedy, names)}"])


def _remedy(remedy: Remedy, names: Names) -> str:
    if remedy.exercise:
        return f"do this instead: {_name(remedy.exercise, names)}."
    return remedy.advice or "leave it out."


def _levels(exercise: Exercise) -> str:
    """Tell all levels of the exercise's own ladder; empty where there are not several."""
    if len(exercise.grades) < 2:
        return ""
    return f"{'; '.join(f'{each.number}. {each.words}' for each in exercise.grades)}."


def _growth(exercise: Exercise) -> str:
    """Tell how far the exercise may grow, where that is bounded."""
    bounds = exercise.bounds
    if bounds.grows is False:
        return "It stays as it is written."
    at_most = dose_in_words(at_most_dose(exercise)) if bounds.most != NO_LIMIT else ""
    return " ".join(
        (
            *((f"At most {at_most.partition(';')[0]}.",) if at_most else ()),
            *(("The tempo stays as it is written.",) if bounds.tempo_kept else ()),
            *(("Anything harder waits for whoever prescribed it.",) if bounds.harder is Harder.ASK else ()),
            *(("Nothing harder comes.",) if bounds.harder is Harder.NO else ()),
            *_ups_and_downs(bounds),
        )
    )


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


def _part(title: str, texts: Iterable[str]) -> Iterator[_Line]:
    """Yield a heading with its texts joined; nothing without texts."""
    if joined := " ".join(filter(None, texts)):
        yield from _filled(joined, f"   {title:10}", " " * 13)


def _filled(text: str, first: str = "", after: str | None = None) -> list[_Paragraph]:
    return [_Paragraph(text, first, first if after is None else after)]


def _for_side(exercise: Exercise, lines: Iterable[_Line]) -> Iterator[_Line]:
    """Fill in the side that comes first, for which the sheet is written, and the other one."""
    side = exercise.side_order[0]
    other = OTHER_SIDE[side]
    for line in lines:
        if isinstance(line, str | _Box):
            yield line
        else:
            yield line._replace(text=line.text.replace("{side}", side).replace("{other}", other))


def _printed(lines: Iterable[_Line], width: int | None) -> str:
    wrapped: list[str] = []
    for line in lines:
        if isinstance(line, str):
            wrapped.append(line[:width])  # only what underlines a title may be that long
        elif isinstance(line, _Box):
            wrapped += _framed(line, width or WIDTH)
        else:
            wrapped.append(filled(line.first + line.text, width, hang=len(line.after)))
    return "\n".join(wrapped) + "\n"


def _framed(box: _Box, width: int) -> list[str]:
    """Return the lines of a box of that width, or of one that is narrower when nothing is longer."""
    room = width - 4
    lines = [
        line
        for each in box.inside
        for line in filled(each.first + each.text, room, hang=len(each.after)).splitlines()
    ]
    widest = max(map(cells, lines))
    edge = f"+{'-' * (widest + 2)}+"
    return [edge, *(f"| {line}{' ' * (widest - cells(line))} |" for line in lines), edge]
