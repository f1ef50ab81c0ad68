"""Reads a routine file into a :class:`Routine`, and an exercise file into an :class:`Exercise`."""

from __future__ import annotations

import dataclasses
import math
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache, partial
from pathlib import Path
from types import MappingProxyType
from typing import Final, Protocol

from voicecoach.errors import MISSPELT, Place, Problem, RoutineError, UnknownName, nearest
from voicecoach.routine.dose import Counted
from voicecoach.routine.files import exercise_parts as parts
from voicecoach.routine.files import shapes
from voicecoach.routine.files.affected import with_affected
from voicecoach.routine.files.bound_words import WrittenGrowth, growth_of_all
from voicecoach.routine.files.dose_words import WrittenDose
from voicecoach.routine.files.exercise import changed_exercise, new_exercise
from voicecoach.routine.files.exercise_figure import borrowed
from voicecoach.routine.files.located_yaml import At, Data, Document, Mistakes, parse, show
from voicecoach.routine.files.references import NEW_EXERCISE, Named, called, suggestion, unknown_references
from voicecoach.routine.files.region_words import region_named
from voicecoach.routine.files.sentences import complete, with_phases
from voicecoach.routine.files.shapes import Contents
from voicecoach.routine.files.values import MAX_STEPS, programme_phases
from voicecoach.routine.model import Caution, Do, Exercise, Remedy, Rest, Round, Routine, Say, Step, Wait
from voicecoach.routine.region import Region
from voicecoach.routine.rounds import least_seconds, needed
from voicecoach.routine.suit import Exercises, readable
from voicecoach.units import format_count, format_duration

MAX_REPEATS_INSIDE: Final = 3
MAX_SESSION: Final = 3 * 3600.0
_BELONGS: Final = {
    Contents.EXERCISE: (
        "this file has an exercise and no 'steps'",
        "put it into the folder exercises beside a routine, which names it in a step",
    ),
    Contents.PROGRAMME: (
        "this file has a programme and no 'steps'",
        "put it into programmes in your routines folder: 'voicecoach plan new --programme NAME'",
    ),
}
"""What is wrong with a file that is no routine, and where it belongs."""


class ExerciseIndex(Exercises, Named, Protocol):
    """Also knows all their names."""


def read_exercise(
    source: bytes,
    path: Path,
    ident: str,
    others: Collection[str] | None = None,
    languages: Mapping[Path, bytes] = MappingProxyType({}),
) -> Exercise:
    """Read the exercise in the text of a library file. Raises RoutineError with every problem in it.

    With ``others``, the names of all exercises, a reference to an unknown exercise is a problem too.
    ``languages`` maps files with its sentences to their contents; earlier files come first.
    """
    document = parse(source, path, shapes.KEYS)
    phases = complete(document, [parse(words, file) for file, words in languages.items()])
    data = document.data
    found, bad = shapes.check(shapes.ExerciseShape, data, document, ())
    if found is None:
        raise document.error()
    exercise, mistakes = new_exercise(found.name, found, bad, data, ident)
    document.complain_all((), mistakes)
    if others is not None:
        document.complain_all((), unknown_references(exercise, data, others))
    if document.problems:
        raise document.error()
    return with_phases(exercise, phases) if phases else exercise


@lru_cache(maxsize=64)
def may_grow(source: bytes) -> bool:
    """Tell whether the doses of a shipped routine rise, from the keys above its steps, which is quick."""
    head = parse(source.partition(b"\nsteps:")[0], Path()).data
    assert isinstance(head, dict)
    phases = programme_phases(head["phase"]) if "phase" in head else ()
    grow = growth_of_all(head["grow"]).grows if "grow" in head else None
    return Routine(id="", name="", phases=phases, grow=grow, steps=(), path=Path()).grows


def read_routine(source: bytes, path: Path, ident: str, exercises: ExerciseIndex) -> Routine:
    """Read the routine in the text of a file.

    Raises RoutineError with every problem in it and in the library exercises that it names.
    """
    return read_document(parse(source, path, shapes.KEYS), ident, exercises)


def read_document(document: Document, ident: str, exercises: ExerciseIndex) -> Routine:
    """Read the routine in ``document``. Raises RoutineError as :func:`read_routine`."""
    data = document.data
    if (what := shapes.contents(data)) is not Contents.ROUTINE:
        document.note(Place(1, 1), *_BELONGS[what])
        raise document.error()
    data = document.data = with_affected(document)
    found, bad = shapes.check(shapes.RoutineShape, data, document, ())
    if found is None:
        raise document.error()
    reader = _Reader(document, exercises, found.side, found.grow)
    steps = needed(list(reader.steps(found.steps or [], ("steps",))))
    asked = found.together(ident, bad, document)
    if found.cautions is not None:
        steps = tuple(_careful(step, found.cautions) for step in steps)
    if not document.problems and not reader.elsewhere:
        _check_length(steps, document)
    if document.problems or reader.elsewhere:
        raise RoutineError([*document.problems, *reader.elsewhere])
    region = found.region or _region_of(steps)
    if region is None and (asked or found.side):
        region = region_named(found.name, found.about)
    routine = Routine(
        id=ident,
        name=found.name,
        about=found.about,
        days=found.days,
        times_a_day=found.times_a_day or 0,
        phases=found.phase,
        grow=found.grow.grows if found.grow else None,
        transition=found.transition,
        affected=found.side,
        instructions=asked,
        surgery=found.surgery,
        steps=steps,
        path=document.path,
    )
    return routine.in_region(region) if region else routine


def _careful(step: Step, cautions: dict[Caution, Remedy]) -> Step:
    """Return ``step`` with the routine's ``cautions``, where its own exercise says nothing of any."""
    if not isinstance(step, Do) or step.exercise.id or step.exercise.cautions_known:
        return step
    exercise = dataclasses.replace(step.exercise, cautions=cautions, cautions_known=True)
    return dataclasses.replace(step, exercise=exercise)


def read_step(raw: Data, exercises: ExerciseIndex) -> list[Step]:
    """Read one step that is not in a file yet. Raises RoutineError with every problem in it."""
    document = Document(Path(), [raw])
    reader = _Reader(document, exercises)
    steps = reader.step(raw, (0,))
    if document.problems or reader.elsewhere:
        raise RoutineError([*document.problems, *reader.elsewhere])
    return steps


def translate(routine: Routine, source: bytes, path: Path) -> Routine:
    """``routine`` with the texts in another file. Raises RoutineError with every problem in that."""
    document = parse(source, path, shapes.KEYS)
    found, _ = shapes.check(shapes.RoutineTexts, document.data, document, ())
    if document.problems or found is None:
        raise document.error()
    return dataclasses.replace(routine, **{key: text for key, text in vars(found).items() if text})


_EMOM: Final = re.compile(r"\s*EMOM\s+(\d{1,2})(?:\s*min(?:utes)?)?\s*", re.IGNORECASE)


def _on_the_minute(raw: dict[str, Data]) -> dict[str, Data]:
    """Return ``raw`` with ``repeat: EMOM 10``, every minute on the minute, in the words of the format."""
    found = _EMOM.fullmatch(raw["repeat"]) if isinstance(raw["repeat"], str) and "every" not in raw else None
    return raw | {"repeat": int(found[1]), "every": 60} if found else raw


def _numbers(found: shapes.RepeatShape) -> list[Round]:
    return [Round(number, found.repeat, found.every) for number in range(1, found.repeat + 1)]


def _in_round(steps: list[Step], number: Round) -> list[Step]:
    """Return ``steps`` as they are done in a round; what is done once is in none."""
    if number.of == 1:
        return steps
    return [dataclasses.replace(step, rounds=(number, *step.rounds)) for step in steps]


def _do(exercise: Exercise, place: Place | None) -> list[Step]:
    """Return the steps of an exercise: it, and the rest after its last set where there is one."""
    do = Do(exercise=exercise, place=place)
    if len(exercise.rests) < len(exercise.reps):
        return [do]
    return [do, Rest(seconds=exercise.rests[-1], between=True)]


def _region_of(steps: tuple[Step, ...]) -> Region | None:
    """Return the region that all exercises of the person's own in ``steps`` name; None when they do not."""
    exercises = [step.exercise for step in steps if isinstance(step, Do)]
    named = {each.region for each in exercises if each.region or not each.id}
    return named.pop() if len(named) == 1 else None


def _check_length(steps: tuple[Step, ...], document: Document) -> None:
    if not steps:
        document.complain(("steps",), "every step is switched off", "at least one step without 'off: true'")
    if len(steps) > MAX_STEPS:
        document.complain(("steps",), f"{len(steps)} steps, repeats included", f"at most {MAX_STEPS}")
    if sum(_seconds(step) for step in steps) > MAX_SESSION:
        document.complain(
            ("steps",), "the session is longer than three hours", "fewer steps, reps or repeats"
        )


_TAUGHT: Final = frozenset({"position", "movement"})
"""Texts that tell of an exercise that it is one of its own."""


_OWN: Final = frozenset({"kind", "region"})
"""The keys that no step with an exercise of the library has."""


_REFER: Final = frozenset({"easier", "harder", "cautions"})
"""The keys of a change that may name another exercise."""


def _says_how(raw: dict[str, Data]) -> bool:
    """Tell whether the dose in a step says for how long, as 2 x 30s does, or counts steps that are told."""
    try:
        dose = parts.dose(raw["reps"]) if raw.get("reps") is not None else WrittenDose()
    except Mistakes:
        return False
    counted = dose.counted in {Counted.LENGTHS, Counted.STEPS} and bool(_TAUGHT & raw.keys())
    return dose.seconds is not None or counted


def _seconds(step: Step) -> float:
    match step:
        case Do(exercise=exercise):
            return exercise.total_seconds
        case Rest(seconds=seconds):
            return seconds
        case Wait(limit=limit):
            return limit
        case Say():
            return 0.0


@dataclass
class _Reader:
    """Reads the steps of one file."""

    document: Document
    library: ExerciseIndex
    affected: str = ""
    """The side that the routine names as its ``side``; empty when it names none."""
    growth: WrittenGrowth | None = None
    """How all exercises may grow that do not say it themselves."""
    elsewhere: set[Problem] = field(default_factory=set)
    """Problems in the files of library exercises."""
    depth: int = 0

    def steps(self, raws: list[Data], at: At) -> Iterator[Step]:
        for index, raw in enumerate(raws):
            yield from self.step(raw, (*at, index))

    def step(self, raw: Data, at: At) -> list[Step]:
        """Read one step: into nothing when it is off, into several steps when it repeats."""
        if isinstance(raw, str):
            return self.named(raw, {}, at, at, self.readers())
        if not isinstance(raw, dict) or not raw:
            self.document.complain(at, f"{show(raw)} is not a step", "an exercise, rest, say, wait or repeat")
            return []
        for key, read in self.readers().items():
            if key in raw:
                return read(raw, at)
        return self.shorthand(raw, at)

    def readers(self) -> dict[str, Callable[[dict[str, Data], At], list[Step]]]:
        """Map the key that marks each sort of step to its reader."""
        return {
            "exercise": self.exercise,
            "repeat": self.repeat,
            "rest": self.rest,
            "say": self.say,
            "wait": self.wait,
        }

    def rest(self, raw: dict[str, Data], at: At) -> list[Step]:
        found, _ = shapes.check(shapes.RestShape, raw, self.document, at)
        return [] if found is None or found.off else [Rest(seconds=found.rest)]

    def say(self, raw: dict[str, Data], at: At) -> list[Step]:
        found, _ = shapes.check(shapes.SayShape, raw, self.document, at)
        return [] if found is None or found.off else [Say(text=found.say)]

    def wait(self, raw: dict[str, Data], at: At) -> list[Step]:
        found, _ = shapes.check(shapes.WaitShape, raw, self.document, at)
        if found is None or found.off:
            return []
        what, limit = found.wait
        return [Wait(what=what) if limit is None else Wait(what=what, limit=limit)]

    def repeat(self, raw: dict[str, Data], at: At) -> list[Step]:
        found, _ = shapes.check(shapes.RepeatShape, _on_the_minute(raw), self.document, at)
        if self.depth == MAX_REPEATS_INSIDE:
            expected = f"at most {MAX_REPEATS_INSIDE} inside each other"
            self.document.complain(at, "too many repeats inside each other", expected)
            return []
        self.depth += 1
        steps = list(self.steps(found.steps, (*at, "steps"))) if found and found.steps else []
        self.depth -= 1
        if found is None or found.off:
            return []
        rounds = self.rounds(steps, found, at)
        if len(rounds) > MAX_STEPS:
            wrong = f"{len(rounds)} steps, repeats included"
            self.document.complain((*at, "repeat"), wrong, f"at most {MAX_STEPS}")
            return []
        return rounds

    def rounds(self, steps: list[Step], found: shapes.RepeatShape, at: At) -> list[Step]:
        """Return ``steps`` as often as ``found`` says, with the rests between rounds."""
        between = found.rest
        if found.every is not None and not self.in_time(steps, found, at):
            return []
        if steps and isinstance(last := steps[-1], Rest):
            if between is not None and not last.between:
                expected = "one of the two: the rest beside 'repeat', or the one that ends its steps"
                self.document.complain((*at, "rest"), "the rest between rounds is said twice", expected)
            kept = [dataclasses.replace(last, between=True)] if between is None else []
            steps = [*steps[:-1], *kept]
        if between is not None and len(between) > found.repeat:
            wrong = f"{len(between)} rests for {format_count(found.repeat, 'round')}"
            self.document.complain((*at, "rest"), wrong, "one after each round at most, or a single time")
        rests = [Rest(seconds=length, between=True) for length in between or ()]
        most = found.repeat if len(rests) == found.repeat > 1 else found.repeat - 1
        rounds = list[Step]()
        for number in _numbers(found):
            after = rests[min(number.number, len(rests)) - 1 :][:1] if number.number <= most else []
            rounds += _in_round([*steps, *after], number)
        return rounds

    def in_time(self, steps: list[Step], found: shapes.RepeatShape, at: At) -> bool:
        """Tell whether rounds of ``steps`` can begin as often as ``found`` says; else complain."""
        assert found.every is not None
        every, least = format_duration(found.every), least_seconds(steps)
        if found.rest is not None or (steps and isinstance(steps[-1], Rest)):
            wrong = "rounds that begin at fixed times have a rest between them already: what is left of each"
            self.document.complain((*at, "every"), wrong, "leave out the rest between rounds, or 'every'")
        elif not all(isinstance(step, Do | Rest) for step in steps):
            wrong = f"words and waits take their own time, so such a round cannot begin every {every}"
            self.document.complain((*at, "every"), wrong, "only exercises and rests in it")
        elif least > found.every:
            wrong = f"a round of these steps takes {format_duration(math.ceil(least))} at least"
            self.document.complain((*at, "every"), wrong, f"more than 'every: {every}', or less to do")
        else:
            return True
        return False

    def exercise(self, raw: dict[str, Data], at: At) -> list[Step]:
        """Read a step with the key ``exercise``: an exercise of the library, or one defined here."""
        name = raw["exercise"]
        if isinstance(name, str) and not self.defines(name, raw):
            return self.named(
                name, {key: value for key, value in raw.items() if key != "exercise"}, at, (*at, "exercise")
            )
        found, bad = shapes.check(shapes.InlineShape, raw, self.document, at)
        if found is None:
            return []
        exercise, mistakes = new_exercise(
            found.exercise, found, bad, raw, affected=self.affected, growth=self.growth
        )
        unclear = any(each.at == ("exercise",) for each in mistakes) and not (_TAUGHT | _OWN) & raw.keys()
        if unclear and nearest(found.exercise, self.library.exercises()):
            # It was probably meant as one of the library.
            expected = f"{suggestion(found.exercise, self.library)} {NEW_EXERCISE}"
            self.document.complain((*at, "exercise"), f"no exercise is called {show(name)}", expected)
            return []
        mistakes += unknown_references(exercise, raw, self.library.exercises())
        if exercise.figure_from and not mistakes:
            exercise, mistakes = borrowed(exercise, partial(readable, self.library), self.library.exercises())
        self.document.complain_all(at, mistakes)
        if mistakes or found.off:
            return []
        return _do(exercise, self.document.values.get(at))

    def defines(self, name: str, raw: dict[str, Data]) -> bool:
        """Tell whether a step with the key ``exercise`` is a new exercise, not one of the library."""
        if self.library.has_exercise(name):
            return False
        if {"rep", "duration"} & raw.keys():
            return True
        says_how = _says_how(raw) or {"pace", "reps"} <= raw.keys()
        if " " in name or name != name.lower():
            return says_how or not called(name, self.library)  # no id has spaces or capital letters
        says_how |= bool({"tempo", *_TAUGHT} & raw.keys())
        return says_how and not nearest(name, self.library.exercises(), MISSPELT)

    def shorthand(self, raw: dict[str, Data], at: At) -> list[Step]:
        """Read ``- NAME: dose`` or ``- NAME: {changes}``."""
        name, *others = [key for key in raw if key != "off"] or ["off"]
        value, inside = raw[name], (*at, name)
        # «- bird_dog:» with its changes not indented enough is one mapping to YAML; the meaning is clear.
        if value is None and others:
            value, inside, others = {key: raw[key] for key in others}, at, []
        for key in others:
            expected = "indent it below the exercise, or begin a new step with '- '"
            self.document.complain((*at, key), f"{show(key)} stands beside {show(name)}", expected, key=True)
        if not isinstance(value, dict):
            value = {} if value is None else {"reps": value}
        off: dict[str, Data] = {"off": raw["off"]} if "off" in raw else {}
        return self.named(name, value | off, inside, at, self.readers())

    def named(
        self, name: str, changes: dict[str, Data], at: At, name_at: At, others: Collection[str] = ()
    ) -> list[Step]:
        """Return the library exercise ``name`` with ``changes``, written at ``at``.

        ``others`` are the other words that could stand in its place.
        """
        found, bad = shapes.check(shapes.ChangesShape, changes, self.document, at)
        base = self.look_up(name, name_at, others)
        if base is None or found is None:
            return []
        find = partial(readable, self.library)
        exercise, mistakes = changed_exercise(base, found, bad, changes, find, self.affected, self.growth)
        if changes.keys() & _REFER:
            own = {key: getattr(found, key) for key in _REFER if getattr(found, key)}
            mistakes += unknown_references(Exercise(name=name, **own), changes, self.library.exercises())
        self.document.complain_all(at, mistakes)
        if mistakes or found.off:
            return []
        return _do(exercise, self.document.values.get(name_at))

    def look_up(self, name: str, at: At, others: Collection[str] = ()) -> Exercise | None:
        try:
            return self.library.exercise(called(name, self.library) or name)
        except RoutineError as error:
            self.elsewhere.update(error.problems)
        except UnknownName:
            self.document.complain(
                at, f"no exercise is called {show(name)}", suggestion(name, self.library, others)
            )
        return None
