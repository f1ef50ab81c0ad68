"""Builds an exercise from its keys: a library exercise with changes, or a definition of its own."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from typing import Any, Final

from voicecoach.routine.files.dose_words import MAX_SECONDS, MAX_SETS, WrittenDose
from voicecoach.routine.files.located_yaml import At, Data, Mistake, show
from voicecoach.routine.files.shapes import DoseShape
from voicecoach.routine.files.values import meant
from voicecoach.routine.model import (
    KINDS_IN_A_REP,
    SHORTEST_PHASE,
    TURN_OVER,
    Cue,
    Cues,
    Dose,
    Exercise,
    Fix,
    Pace,
    Phase,
    PhaseKind,
    Posture,
    Sides,
    Variation,
)

_SIDED = re.compile(r"\{(?:side|other)\}")
_COPIED: Final = (
    *("kind", "posture", "why", "position", "movement", "feel", "breathing", "limb", "rest", "change"),
    *("pace", "limit", "resting", "leaving"),
    *(
        "prompts",
        "easier",
        "harder",
        "substitutes",
        "cautions",
        "care_order",
        "leg_rule",
        "pulls_on_leg",
        "equipment",
        "sources",
    ),
)
"""Keys whose values the model takes unchanged."""
_TEMPO_PLACES: Final = {
    "lowermove": (0, 2),
    "lowerstillmove": (0, 1, 2),
    "lowermovestill": (0, 2, 3),
    "lowerstillmovestill": (0, 1, 2, 3),
}
"""The position of each phase's seconds in a tempo, by the kinds of the phases from lowering on."""
UNCALLED_REP: Final = 4.0
"""The assumed seconds of an uncalled rep without phases. [own choice]"""


FindExercise = Callable[[str], Exercise | None]
"""An exercise by its key, or None when there is none that can be read."""


def _unknown(_: str) -> None:
    """Find no exercise."""


@dataclass
class Resolving:
    """An exercise on its way from file to model."""

    given: DoseShape
    bad: set[str]
    """Keys with problems; no further problem is noted for them."""
    raw: Data
    """The data as written, to find the place of a text in it."""
    values: dict[str, Any]
    """The model's fields so far."""
    mistakes: list[Mistake] = field(default_factory=list)
    find: FindExercise = _unknown
    """Finds its variations, to name one in a mistake."""

    def complain(self, key: str, wrong: str, expected: str) -> None:
        """Note a mistake at ``key``, unless the key already has one."""
        if key not in self.bad:
            self.bad.add(key)
            self.mistakes.append(Mistake(wrong, expected, (key,)))

    def get(self, key: str) -> Any:  # noqa: ANN401 - a key that this kind of shape may not have
        """Return the value of ``key`` in the file, or None."""
        return getattr(self.given, key, None)


def new_exercise(
    name: str, given: DoseShape, bad: set[str], raw: Data, ident: str = ""
) -> tuple[Exercise, list[Mistake]]:
    """Build the exercise that ``given`` defines, and list its mistakes."""
    return _resolve(Resolving(given, bad, raw, {"id": ident, "name": name, "rep": (), "words": {}}))


def changed_exercise(
    base: Exercise, given: DoseShape, bad: set[str], raw: Data, find: FindExercise
) -> tuple[Exercise, list[Mistake]]:
    """Apply the changes in ``given`` to ``base``, and list their mistakes."""
    values = {each.name: getattr(base, each.name) for each in dataclasses.fields(base)}
    return _resolve(Resolving(given, bad, raw, values, find=find))


def with_load(variations: Iterable[Variation], find: FindExercise) -> str:
    """Return the key of the first of these ``variations`` that takes a load; empty when none does."""
    found = (find(each.exercise) for each in variations if each.exercise)
    return next((each.key for each in found if each and each.load is not None), "")


def _resolve(it: Resolving) -> tuple[Exercise, list[Mistake]]:
    for key in _COPIED:
        if (value := it.get(key)) is not None:
            it.values[key] = value
    if it.given.cues is not None:
        it.values["cues"] = dataclasses.replace(it.values.get("cues", Cues()), **it.given.cues)
    if (errors := it.get("errors")) is not None:
        it.values["errors"] = tuple(Fix(when=when, fix=fix) for when, fix in errors)
    _work(it)
    _dose(it)
    _phases(it)
    _words(it)
    _sides(it)
    _load(it)
    _goal(it)
    _timed_only(it)
    _pace(it)
    return Exercise(**it.values), it.mistakes


def _work(it: Resolving) -> None:
    """Decide whether the work is counted in reps or timed."""
    given, values = it.given, it.values
    dose = given.reps
    if given.rep is not None and given.duration is not None:
        it.complain("duration", "an exercise has either 'rep' or 'duration'", "leave one of the two out")
    elif given.rep is not None:
        values["rep"] = given.rep
        values["duration"] = None
    elif given.duration is not None and values["rep"]:
        phases = ", ".join(phase.name for phase in values["rep"])
        it.complain("duration", "this exercise is counted in reps", f"'reps', or new seconds for {phases}")
    elif given.duration is not None:
        values["duration"] = given.duration
    elif dose and dose.seconds is not None and not values["rep"]:
        values["duration"] = dose.seconds
    elif given.pace is Pace.SELF and dose and not values["rep"] and values.get("duration") is None:
        values["rep"] = (Phase(name="rep", seconds=UNCALLED_REP),)
    if not values["rep"] and values.get("duration") is None and not {"rep", "duration", "reps"} & it.bad:
        expected = "phases such as 'rep: up 2s, hold 5s, down 2s', or 'duration: 60s'"
        it.complain("exercise", "nothing says how the exercise goes", expected)


def _dose(it: Resolving) -> None:
    """Decide sets, reps and the time in a dose."""
    values, dose = it.values, it.given.reps
    if values["rep"]:
        _rep_dose(it)
    elif values.get("duration") is not None:
        _timed_dose(it)
    if it.given.sets is not None:
        reps = values.get("reps", (1,))
        in_dose = (dose and dose.reps) or ()
        if len(set(reps)) > 1 or len(in_dose) > 1 or (dose is not None and len(reps) > 1):
            it.complain(
                "sets", "the number of sets is said twice", "leave 'sets' out, or write one number of reps"
            )
        values["reps"] = reps[:1] * it.given.sets


def _rep_dose(it: Resolving) -> None:
    dose, values = it.given.reps, it.values
    if dose is None:
        return
    if dose.reps is not None or dose.seconds is not None:
        values["reps"] = dose.reps or (1,)
    if dose.seconds is not None and it.given.hold is not None:
        it.complain("hold", "the hold is said twice", "leave 'hold' out, or the time in 'reps'")
    elif dose.seconds is not None:
        _hold(it, dose.seconds, "reps")


def _timed_dose(it: Resolving) -> None:
    dose, values = it.given.reps, it.values
    if dose is None:
        return
    if dose.seconds is None or (dose.reps is not None and len(dose.reps) > 1):
        it.complain("reps", "this exercise goes by time, not by reps", "a dose such as 60s or '2 x 60s'")
        return
    values["duration"] = dose.seconds
    sets = dose.reps[0] if dose.reps else 1
    if sets > MAX_SETS:
        it.complain("reps", f"{sets} sets are too many", f"at most {MAX_SETS} sets")
    values["reps"] = (1,) * min(sets, MAX_SETS)


def _phases(it: Resolving) -> None:
    """Set the hold, apply speed and tempo, and drop phases of 0 seconds."""
    if it.given.hold is not None:
        _hold(it, it.given.hold, "hold")
    speed, tempo = it.get("speed"), it.get("tempo")
    if speed is not None and tempo is not None:
        it.complain("speed", "'tempo' gives the seconds already", "leave one of the two out")
    elif speed is not None:
        _stretch(it, "speed", 100 / speed, "a smaller number")
    elif isinstance(tempo, float):
        _stretch(it, "tempo", tempo, "a larger number")
        it.values["factor"] = tempo
    elif tempo is not None:
        _count_tempo(it, tempo)
    if it.values["rep"] and not any(phase.seconds for phase in it.values["rep"]):
        it.complain("hold", "the rep lasts no time", "a phase with more than 0 seconds")
    it.values["rep"] = tuple(phase for phase in it.values["rep"] if phase.seconds > 0)
    for reps in it.values.get("reps", ()):
        if reps * sum(phase.seconds for phase in it.values["rep"]) > MAX_SECONDS:
            it.complain("reps", "a set is longer than an hour", "fewer reps or shorter phases")


def _hold(it: Resolving, seconds: float, key: str) -> None:
    if not it.values["rep"] and it.bad & {"rep", "duration", "exercise"}:
        return
    if not any(phase.is_hold for phase in it.values["rep"]):
        has = ", ".join(phase.name for phase in it.values["rep"])
        has = f"it has the phases {has}" if has else "it goes by time"
        it.complain(key, "this exercise has no hold", f"leave the hold out; {has}")
    if 0 < seconds < SHORTEST_PHASE:
        it.complain(
            key, f"{seconds:g} seconds are too short to be coached", f"at least {SHORTEST_PHASE:g} seconds"
        )
    it.values["rep"] = tuple(
        dataclasses.replace(phase, seconds=seconds) if phase.is_hold else phase for phase in it.values["rep"]
    )


def _stretch(it: Resolving, key: str, factor: float, way_out: str) -> None:
    """Make each phase ``factor`` times as long; holds keep their seconds."""
    if not it.values["rep"]:
        it.complain(key, "this exercise has no phases to make slower or faster", f"leave '{key}' out")
    it.values["rep"] = tuple(
        phase if phase.is_hold else dataclasses.replace(phase, seconds=round(phase.seconds * factor, 3))
        for phase in it.values["rep"]
    )
    if any(0 < phase.seconds < SHORTEST_PHASE for phase in it.values["rep"] if not phase.is_hold):
        it.complain(key, "a phase becomes too short to be coached", way_out)


def _count_tempo(it: Resolving, tempo: tuple[float, ...]) -> None:
    """Set the seconds of lowering, pause, lifting and top, whichever comes first in the rep."""
    rep: tuple[Phase, ...] = it.values["rep"]
    first = next((index for index, phase in enumerate(rep) if phase.kind is PhaseKind.LOWER), 0)
    from_lowering = [*range(first, len(rep)), *range(first)]
    shape = "".join("still" if rep[index].kind.is_still else rep[index].kind for index in from_lowering)
    places = _TEMPO_PLACES.get(shape)
    if places is None:
        it.complain(
            "tempo",
            "this exercise does not go down and up with pauses, so it has no tempo",
            "'rep' with the seconds of each phase, or 'speed' to make all of them slower or faster",
        )
        return
    seconds = dict(enumerate(tempo))
    if without := [
        name for place, name in ((1, "pause"), (3, "top")) if place not in places and seconds.get(place)
    ]:
        it.complain("tempo", f"this exercise has no {without[0]}", "0 there, or 'rep' with a phase for it")
        return
    lasting = {index: seconds.get(place, 0.0) for index, place in zip(from_lowering, places, strict=True)}
    it.values["rep"] = tuple(
        dataclasses.replace(phase, seconds=lasting[index]) for index, phase in enumerate(rep)
    )
    if any(0 < length < SHORTEST_PHASE for length in lasting.values()):
        it.complain("tempo", "a phase becomes too short to be coached", "a larger number")


def _words(it: Resolving) -> None:
    """Decide the words for each existing phase."""
    names = [phase.name for phase in it.given.rep or it.values["rep"]]
    for at, phase in _worded(it) if "rep" not in it.bad else ():
        if phase not in names:
            expected = meant(phase, names, "" if names else "one of no phases")
            it.mistakes.append(Mistake(f"no phase is called {show(phase)}", expected, (*at, phase)))
    if it.given.words is not None and "rep" not in it.bad:
        it.values["words"] = it.values["words"] | it.given.words
    it.values["words"] = {phase: said for phase, said in it.values["words"].items() if phase in names}
    _bind_cues(it, [*names, *KINDS_IN_A_REP] if names else [])


def _worded(it: Resolving) -> Iterator[tuple[At, str]]:
    """Yield each phase that the file has words for, and where."""
    yield from ((("words",), phase) for phase in it.given.words or ())
    for key in ("easier", "harder"):
        listed = isinstance(it.raw, dict) and isinstance(it.raw.get(key), list)
        for index, variation in enumerate(it.get(key) or ()):
            at: At = (key, index, "words") if listed else (key, "words")
            yield from ((at, phase) for phase in variation.words)


def _bind_cues(it: Resolving, phases: Collection[str]) -> None:
    """Refuse cues for phases that the rep has not; those of the library then fit any phase."""
    given = {"cues": chain(*(it.given.cues or {}).values()), "breathing": it.get("breathing") or ()}
    for key, cue in ((key, cue) for key, cues in given.items() for cue in cues):
        if cue.phase and cue.phase not in phases and "rep" not in it.bad:
            expected = meant(cue.phase, phases, "" if phases else "a reminder without a phase")
            it.complain(key, f"no phase is called {show(cue.phase)}", expected)

    def bound(cues: Iterable[Cue]) -> tuple[Cue, ...]:
        return tuple(cue if cue.phase in phases else Cue(cue.text) for cue in cues)

    cues = it.values.get("cues", Cues())
    it.values["cues"] = Cues(always=bound(cues.always), rotating=bound(cues.rotating))
    it.values["breathing"] = bound(it.values.get("breathing", ()))


def _sides(it: Resolving) -> None:
    """Decide the sides, and refuse ``{side}`` where there is none."""
    said, in_dose = it.given.sides, it.given.reps and it.given.reps.sides
    if said and in_dose and said.value != in_dose:
        it.complain("sides", "the dose says something else about sides", f"'sides: {in_dose}', or no 'sides'")
    sides = said or (Sides(in_dose) if in_dose else it.values.get("sides", Sides.BOTH))
    before = it.values.get("sides", sides)
    # Position and movement are written for one side or for both, which a routine cannot change.
    if before is Sides.BOTH is not sides:
        key = "sides" if said else "reps"
        it.complain(key, "this exercise works both sides at once", "a dose without sides")
        return
    if sides is Sides.BOTH is not before:
        it.complain("sides", "this exercise works left and right separately", "each, alternate or swap")
        return
    it.values["sides"] = sides
    _one_side_first(it, sides)
    if {"sides", "reps"} & it.bad:
        return
    for at, text in _texts(it.raw):
        if not (found := _SIDED.search(text)):
            continue
        if sides is Sides.BOTH:
            wrong = f"'{found[0]}' in an exercise that works both sides at once"
            it.mistakes.append(
                Mistake(wrong, "'sides: each', 'alternate' or 'swap', or a text without it", at)
            )
        elif at[0] in {"resting", "leaving"}:
            wrong = f"'{found[0]}' in a rest, which may come after either side"
            it.mistakes.append(Mistake(wrong, "a sentence without it", at))
        elif sides is Sides.ALTERNATE and at[0] in {"cues", "prompts"}:
            wrong = f"'{found[0]}' in a reminder, which may come in a rep of either side"
            it.mistakes.append(Mistake(wrong, "a reminder without it", at))


def _one_side_first(it: Resolving, sides: Sides) -> None:
    """Decide whether all sets of one side come first, as they do lying on the side, unless the file says."""
    first, each = it.given.one_side_first, sides is Sides.EACH
    if first and not each:
        expected = "'sides: each', or leave it out"
        it.complain("one_side_first", "this exercise does not do each set on both sides", expected)
    if first is None:
        first = it.values.get("one_side_first", it.values.get("posture") is Posture.SIDE_LYING)
    it.values["one_side_first"] = first and each
    if it.values["one_side_first"]:
        it.values.setdefault("change", TURN_OVER)


_OWN_LOAD: Final = " ('load: true' in an exercise's own file lets it take one)"


def _load(it: Resolving) -> None:
    """Decide whether the exercise takes a load, and which one it has."""
    said, in_dose = it.given.load, it.given.reps.load if it.given.reps else None
    if in_dose is not None:
        if said is not None and said is not True:
            it.complain("load", "the load is said twice", "leave 'load' out, or the load in the dose")
        said = in_dose
    if said is None:
        return
    changes = "load" in it.values
    before = it.values.get("load", 0.0)  # a new exercise takes a load when it says so
    if before is None:
        if said:
            instead = with_load((*it.values["harder"], *it.values["easier"]), it.find)
            other = f", or {instead}, which takes one" if instead else _OWN_LOAD
            expected = f"a dose without one{other}"
            it.complain("reps" if in_dose else "load", "this exercise takes no load", expected)
    elif isinstance(said, bool):
        it.values["load"] = before if said else 0.0 if changes else None
    else:
        it.values["load"] = said


def _goal(it: Resolving) -> None:
    """Put the goal into the terms of the exercise: reps and a hold, or timed work."""
    dose: WrittenDose | None = it.get("goal")
    if dose is None or {"rep", "duration", "exercise"} & it.bad:
        return
    if dose.sides and dose.sides != it.values.get("sides"):
        it.complain("goal", "the goal says something else about sides than the exercise", "the same sides")
    elif dose.load and it.values.get("load") is None:
        it.complain("goal", "this exercise takes no load", "a goal without a load, or 'load: true'")
    elif not it.values["rep"]:
        if dose.seconds is None or len(dose.reps or ()) > 1:
            it.complain("goal", "this exercise goes by time, not by reps", "a goal such as 5m or '2 x 60s'")
        else:
            sets = (dose.reps or (1,))[0]
            it.values["goal"] = Dose(reps=(1,) * sets, duration=dose.seconds, load=dose.load or 0.0)
    elif dose.seconds is not None and not any(phase.is_hold for phase in it.values["rep"]):
        it.complain("goal", "this exercise has no hold", "a goal without a time")
    else:
        it.values["goal"] = Dose(reps=dose.reps or (1,), hold=dose.seconds, load=dose.load or 0.0)


def _timed_only(it: Resolving) -> None:
    """Allow a cadence and prompts only in timed work."""
    if (cadence := it.get("cadence")) is not None:
        it.values["cadence"] = cadence
    for key in ("cadence", "prompts"):
        if it.get(key) and it.values["rep"]:
            it.complain(
                key, f"this exercise is counted in reps and takes no {key}", "'duration' in place of 'rep'"
            )


def _pace(it: Resolving) -> None:
    """Allow one's own pace only with reps, and a limit only with one's own pace."""
    own = it.values.get("pace") is Pace.SELF
    if own and it.values.get("duration") is not None:
        it.complain("pace", "this exercise goes by time, which the coach keeps", "reps, or leave 'pace' out")
    if it.given.limit is not None and not own:
        it.complain("limit", "a set on the beat ends with its last rep", "'pace: self', or leave 'limit' out")


def _texts(raw: Data, at: At = ()) -> Iterator[tuple[At, str]]:
    match raw:
        case str():
            yield at, raw
        case list():
            for index, item in enumerate(raw):
                yield from _texts(item, (*at, index))
        case dict():
            for key, item in raw.items():
                yield from _texts(item, (*at, key))


def references(exercise: Exercise) -> Iterator[tuple[At, str]]:
    """Yield the id of each exercise that ``exercise`` refers to, with its place in the file."""
    for key, variations in (("easier", exercise.easier), ("harder", exercise.harder)):
        for index, variation in enumerate(variations):
            if variation.exercise:
                yield (key, index), variation.exercise
    for index, name in enumerate(exercise.substitutes):
        yield ("substitutes", index), name
    for caution, remedy in exercise.cautions.items():
        if remedy.exercise:
            yield ("cautions", caution.value), remedy.exercise


def unknown_references(exercise: Exercise, raw: Data, known: Collection[str]) -> list[Mistake]:
    """Return a mistake for each reference to an exercise not in ``known``; ``raw`` is the written data."""
    mistakes = []
    for at, name in references(exercise):
        if name in known:
            continue
        takes = "the name of an exercise" + ("" if at[0] == "substitutes" else ", or a whole sentence")
        expected = meant(name, known, takes)
        # A single one is written without a list.
        alone = isinstance(raw, dict) and isinstance(raw.get(str(at[0])), str)
        mistakes.append(Mistake(f"no exercise is called {show(name)}", expected, at[:1] if alone else at))
    return mistakes
