"""Decides the own ladder of an exercise, and the bounds of its growth, from what ``bound_words`` parsed."""

from __future__ import annotations

from dataclasses import replace

from voicecoach.routine.bounds import NO_LIMIT, Bounds, Harder, Most, UpWhen
from voicecoach.routine.dose import Dose, Grade
from voicecoach.routine.doses import dose_of, most_of, raised, within_bounds
from voicecoach.routine.files import exercise_parts as parts
from voicecoach.routine.files.bound_words import UP_EXPECTED, WrittenUp, level_in
from voicecoach.routine.files.dose_words import WrittenDose
from voicecoach.routine.files.draft import Draft
from voicecoach.routine.files.located_yaml import Mistakes, show
from voicecoach.routine.model import Exercise
from voicecoach.units import format_load


def decide_levels(draft: Draft) -> None:
    """Decide the levels of an exercise, which may be bands, and the one at which it begins."""
    words, load = draft.given.levels, draft.given.load
    bands = load if isinstance(load, parts.Bands) else None
    if words and bands:
        draft.complain("load", "an exercise has one ladder of its own", "either 'levels', or bands in 'load'")
    if found := words or (bands and bands.words):
        grades = tuple(Grade(number=number, words=each) for number, each in enumerate(found, start=1))
        draft.put(grades=grades, grade=grades[0])
    said = draft.given.level
    if said is None or draft.bad & {"levels", "load"}:
        return
    grades = draft.exercise.grades
    rest, grade = level_in(said, grades)
    if isinstance(load, tuple):
        expected = f"the load in the dose, such as '3 x 8 with {format_load(load[0])}'"
        draft.complain("level", "weights have no levels", expected)
    elif not grades:
        draft.complain(
            "level", "this exercise has no levels", "'levels' with at least two of them, or no 'level'"
        )
    elif rest or grade is None:
        named = " | ".join(each.words for each in grades)
        draft.complain(
            "level", f"{show(said)} is none of its levels", f"a number from 1 to {len(grades)}, or {named}"
        )
    else:
        draft.put(grade=grade)


def decide_bounds(draft: Draft) -> None:
    """Decide how far an exercise may grow, and on whose word; the dose is decided before."""
    given, exercise = draft.given, draft.exercise
    if draft.bad & {"rep", "duration", "exercise", "reps", "sets", "hold", "load", "levels", "level"}:
        return
    bounds, most = exercise.bounds, NO_LIMIT
    if given.grow is not None:
        written = given.grow.over(draft.growth)
        most = _most(draft, "grow", written.most)
        bounds = Bounds(
            most=most,
            tempo_kept=bool(written.tempo_kept),
            grows=written.grows,
            harder=written.harder or Harder.YES,
            up=bounds.up,
            down=bounds.down,
        )
    elif draft.growth is not None:
        kept, harder = draft.growth.tempo_kept, draft.growth.harder
        bounds = replace(
            bounds,
            tempo_kept=bounds.tempo_kept or bool(kept),
            harder=harder if harder and bounds.harder is Harder.YES else bounds.harder,
        )
    if given.down_when is not None:
        bounds = replace(bounds, down=given.down_when)
    draft.put(bounds=bounds)
    wanted = _decide_up(draft, given.up_when) if given.up_when else NO_LIMIT
    if draft.exercise.goal is None:
        _reach(draft, wanted if most == NO_LIMIT else most)
    draft.put(bounds=settled(draft.exercise))
    _check(draft, most, wanted)


def settled(exercise: Exercise) -> Bounds:
    """Return the bounds of ``exercise`` as its dose makes them: what does not grow has that as its most, and
    where harder waits, the load and the level are its own until then.
    """
    bounds = exercise.bounds
    if bounds.grows is False:
        bounds = replace(bounds, most=most_of(dose_of(exercise)), tempo_kept=True, harder=Harder.NO)
    free = Most(load=exercise.load or 0.0, grade=exercise.grade.number if exercise.grade else None)
    return replace(bounds, free=NO_LIMIT if bounds.harder is Harder.YES else free)


def _decide_up(draft: Draft, written: WrittenUp) -> Most:
    up = UpWhen(pain=written.pain, times=written.times)
    draft.put(bounds=replace(draft.exercise.bounds, up=up))
    return _most(draft, "up_when", written.dose)


def _reach(draft: Draft, most: Most) -> None:
    """Make a limit the goal of an exercise that has none, where it is more than it begins with."""
    begins = dose_of(draft.exercise)
    goal = Dose(
        reps=most.reps or begins.reps,
        hold=most.hold,
        duration=most.duration or begins.duration,
        load=most.load or 0.0,
    )
    if raised(replace(begins, load=0.0), goal):
        draft.put(goal=goal)


def _most(draft: Draft, key: str, text: str) -> Most:
    """Return the dose in ``text``, which stands at ``key``, as a limit; none where it is empty or wrong."""
    if not text:
        return NO_LIMIT
    exercise = draft.exercise
    rest, grade = level_in(text, exercise.grades)
    try:
        dose = parts.dose(rest) if rest else WrittenDose()
    except Mistakes as error:
        expected = UP_EXPECTED if key == "up_when" else error.mistakes[0].expected
        draft.complain(key, error.mistakes[0].wrong, expected)
        return NO_LIMIT
    timed = exercise.duration is not None
    if dose.range:
        draft.complain(key, f"{show(text)} is a range", "one dose, the most of it")
    elif dose.sides.shared not in {None, exercise.sides} or dose.sides.order not in {(), exercise.order}:
        draft.complain(key, "it says something else about sides than the exercise", "the same sides, or none")
    elif timed and dose.reps is not None and dose.seconds is None:
        draft.complain(key, "this exercise goes by time, not by reps", "a dose such as 45s or '3 x 45s'")
    elif not timed and dose.seconds is not None and not any(phase.is_hold for phase in exercise.rep):
        draft.complain(key, "this exercise has no hold", "a dose without a time")
    elif dose.load and exercise.load is None:
        draft.complain(key, "this exercise takes no load", "a dose without a load, or 'load: true'")
    else:
        return _limit(exercise, dose, grade)
    return NO_LIMIT


def _limit(exercise: Exercise, dose: WrittenDose, grade: Grade | None) -> Most:
    """Return a written dose as a limit; what it does not name stays as it is, but load and level."""
    begins = dose_of(exercise)
    if exercise.duration is not None:
        reps = (1,) * (dose.reps[0] if dose.reps else len(begins.reps))
    else:
        reps = dose.reps or begins.reps
        if len(reps) == 1:  # of each set
            reps *= len(begins.reps)
    return Most(
        reps=reps,
        hold=begins.hold if dose.seconds is None or begins.hold is None else dose.seconds,
        duration=(dose.seconds or begins.duration) if exercise.duration is not None else None,
        load=dose.load,
        grade=grade.number if grade else None,
    )


def _check(draft: Draft, most: Most, wanted: Most) -> None:
    """Complain about bounds that the exercise exceeds from the beginning, or can never reach."""
    exercise = draft.exercise
    begins, goal = dose_of(exercise), exercise.goal
    if within_bounds(exercise, begins) != begins:
        draft.complain(
            "grow", "the most is less than the dose it begins with", "more, or a smaller dose to begin with"
        )
    if goal is None or "goal" in draft.bad:
        return
    says_goal = draft.get("goal") is not None or bool(draft.given.reps and draft.given.reps.range)
    if says_goal and most.reps and within_bounds(exercise, _at(begins, goal)) != _at(begins, goal):
        draft.complain("grow", "the goal is more than the most", "the same, or a smaller 'goal'")
    reach = replace(begins, reps=wanted.reps or begins.reps, hold=wanted.hold, duration=wanted.duration)
    if wanted != NO_LIMIT and raised(_at(begins, goal), reach):
        draft.complain(
            "up_when", "it asks for more than the goal, which is never done", "a dose up to the goal"
        )


def _at(begins: Dose, goal: Dose) -> Dose:
    return replace(
        begins, reps=goal.reps, hold=goal.hold or begins.hold, duration=goal.duration or begins.duration
    )
