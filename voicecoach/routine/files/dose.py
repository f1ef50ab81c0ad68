"""Decides the dose of an exercise: reps or time, sets, load and goal, and who keeps the time."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from voicecoach.routine.dose import Counted, Dose
from voicecoach.routine.doses import dose_of
from voicecoach.routine.files.dose_words import MAX_SETS, WrittenDose
from voicecoach.routine.files.draft import Draft
from voicecoach.routine.files.exercise_parts import Bands, WrittenPhase, rest_range
from voicecoach.routine.files.located_yaml import show
from voicecoach.routine.files.references import variation_with_load
from voicecoach.routine.files.rep import held_rep, hold_for, phases, with_relax
from voicecoach.routine.files.sides import named_sides
from voicecoach.routine.files.tempo import phases_of_tempo
from voicecoach.routine.model import Amrap, Exercise, Pace
from voicecoach.routine.phase import Phase
from voicecoach.units import format_count, format_load

UNCALLED: Final = {Counted.REPS: 4.0, Counted.BREATHS: 5.0, Counted.LENGTHS: 15.0, Counted.STEPS: 1.0}
"""The assumed seconds of an uncalled rep without phases, by what it is: a length is one of a counter or room.
[own choice]"""
_OWN_LOAD: Final = " ('load: true' in an exercise's own file lets it take one)"


def decide_work(draft: Draft) -> None:
    """Decide whether the work is counted in reps or timed."""
    given, before = draft.given, draft.exercise
    if given.rep is not None and given.duration is not None:
        draft.complain("duration", "an exercise has either 'rep' or 'duration'", "leave one of the two out")
    elif given.rep is not None:
        draft.put(rep=phases(given.rep, before.kind), duration=None)
    elif given.duration is not None and before.rep:
        names = ", ".join(phase.name for phase in before.rep)
        expected = f"'reps', or new seconds for {names}"
        draft.complain("duration", "this exercise is counted in reps", expected)
    elif given.duration is not None:
        draft.put(duration=given.duration)
    elif draft.base is None and (tempo := draft.get("tempo")):
        draft.put(rep=phases(phases_of_tempo(draft, tempo), before.kind))
    elif given.reps and not before.rep:
        _work_of_dose(draft, given.reps)
    work = draft.exercise
    known = work.rep or work.duration is not None
    if not known and not {"rep", "duration", "reps", "tempo", "phases"} & draft.bad:
        _complain_of_no_work(draft)


def _work_of_dose(draft: Draft, dose: WrittenDose) -> None:
    """Decide the work of an exercise without a rep by its dose: holds, timed sets, or reps nobody calls."""
    before = draft.exercise
    if dose.seconds is not None and dose.relax is not None and before.duration is None:
        draft.put(rep=phases([WrittenPhase("hold", dose.seconds)], before.kind), duration=None)
    elif dose.seconds is not None and dose.held and draft.base is None:
        draft.put(rep=held_rep(dose.seconds, before.kind))
    elif dose.seconds is not None:
        draft.put(duration=dose.seconds)
    elif draft.base is None and draft.given.hold and dose.reps:
        draft.put(rep=held_rep(draft.given.hold, before.kind))
    elif before.duration is None and _is_uncalled(draft, dose):
        counted = dose.counted or Counted.REPS
        draft.put(rep=(Phase(name=counted.one, seconds=UNCALLED[counted]),), pace=Pace.SELF)


def _complain_of_no_work(draft: Draft) -> None:
    if draft.given.reps and (draft.get("position") or draft.get("movement")):
        expected = "'tempo: 2-1-2', or 'pace: self' for one's own pace"
        draft.complain("exercise", "nothing says how fast its reps go", expected)
        return
    expected = "phases such as 'rep: up 2s, hold 5s, down 2s', or 'duration: 60s'"
    draft.complain("exercise", "nothing says how the exercise goes", expected)


def _is_uncalled(draft: Draft, dose: WrittenDose) -> bool:
    """Tell whether nobody calls the reps: at one's own pace, or where they are breaths, lengths or steps."""
    pace = draft.given.pace
    return pace is Pace.SELF or (pace is None and dose.counted is not None)


def decide_sets(draft: Draft) -> None:
    """Decide sets, reps and the time in a dose."""
    dose, sets = draft.given.reps, draft.given.sets
    if dose and draft.exercise.rep:
        _rep_dose(draft, dose)
    elif dose and draft.exercise.duration is not None:
        _timed_dose(draft, dose)
    if sets is not None:
        reps = draft.exercise.reps
        in_dose = (dose and dose.reps) or ()
        if len(set(reps)) > 1 or len(in_dose) > 1 or (dose is not None and len(reps) > 1):
            expected = "leave 'sets' out, or write one number of reps"
            draft.complain("sets", "the number of sets is said twice", expected)
        draft.put(reps=reps[:1] * sets)


def decide_rests(draft: Draft) -> None:
    """Decide the rests between sets: the same after each, or one of its own."""
    rests = draft.given.rest
    if rests is None:
        return
    if len(rests) > len(draft.exercise.reps) and not {"reps", "sets"} & draft.bad:
        wrong = f"{len(rests)} rests for {format_count(len(draft.exercise.reps), 'set')}"
        draft.complain("rest", wrong, "one after each set at most, or a single time")
    several = rests if len(rests) > 1 else ()
    draft.put(rest=rests[0], rests=several, rest_range=rest_range(draft.written("rest")))


def _rep_dose(draft: Draft, dose: WrittenDose) -> None:
    if dose.reps is not None or dose.seconds is not None:
        draft.put(reps=dose.reps or (1,))
    if dose.counted is not None and (draft.base is None or draft.exercise.pace is Pace.SELF):
        draft.put(counted=dose.counted)
    if dose.relax is not None:
        draft.put(rep=with_relax(draft.exercise.rep, dose.relax))
    if dose.seconds is not None and draft.given.hold is not None:
        draft.complain("hold", "the hold is said twice", "leave 'hold' out, or the time in 'reps'")
    elif dose.seconds is not None:
        hold_for(draft, dose.seconds, "reps")


def _timed_dose(draft: Draft, dose: WrittenDose) -> None:
    if dose.relax is not None:
        draft.complain("reps", "this exercise goes by time and has no reps", "a 'rest' between its sets")
    if dose.seconds is None or (dose.reps is not None and len(dose.reps) > 1):
        draft.complain("reps", "this exercise goes by time, not by reps", "a dose such as 60s or '2 x 60s'")
        return
    sets = dose.reps[0] if dose.reps else 1
    if (most := max(sets, *(dose.most_reps or (1,)))) > MAX_SETS:
        draft.complain("reps", f"{most} sets are too many", f"at most {MAX_SETS} sets")
    draft.put(duration=dose.seconds, reps=(1,) * min(sets, MAX_SETS))


def decide_load(draft: Draft) -> None:
    """Decide whether the exercise takes a load, and which one it has."""
    said, base = draft.given.load, draft.base
    in_dose = draft.given.reps.load if draft.given.reps else None
    if in_dose is not None and isinstance(said, tuple):
        _begin_among(draft, in_dose, said)
        return
    if in_dose is not None:
        if said is not None and said is not True:
            draft.complain("load", "the load is said twice", "leave 'load' out, or the load in the dose")
        said = in_dose
    if said is None or isinstance(said, Bands):
        return
    if base and base.load is None:
        if said:
            instead = variation_with_load(base, draft.find)
            expected = "a dose without one" + (f", or {instead}, which takes one" if instead else _OWN_LOAD)
            key = "load" if in_dose is None else "reps"
            draft.complain(key, "this exercise takes no load", expected)
    elif said is True:
        draft.put(load=base.load if base else 0.0)
    elif said is False:
        draft.put(load=0.0 if base else None)
    elif isinstance(said, tuple):
        draft.put(load=said[0], weights=said)
    else:
        draft.put(load=said)


def _begin_among(draft: Draft, load: float, weights: tuple[float, ...]) -> None:
    """Begin with the load of the dose, which is none or one of the weights that there are."""
    if draft.base and draft.base.load is None:
        draft.complain("load", "this exercise takes no load", "a dose without one")
    elif load and load not in weights:
        wrong = f"{format_load(load)} is none of its weights"
        draft.complain("reps", wrong, f"one of {', '.join(map(format_load, weights))}")
    else:
        draft.put(load=load, weights=weights)


def decide_goal(draft: Draft) -> None:
    """Put the goal into the terms of the exercise: reps and a hold, or timed work."""
    dose: WrittenDose | None = draft.get("goal")
    exercise = draft.exercise
    if (begin := draft.given.reps) and begin.range:
        _begin_range(draft, begin, dose)
    if dose is None or {"rep", "duration", "exercise"} & draft.bad:
        return
    order = named_sides(dose.sides.order, draft.affected)
    if dose.sides.shared not in {None, exercise.sides} or order not in {(), exercise.order}:
        expected = "the same sides"
        draft.complain("goal", "the goal says something else about sides than the exercise", expected)
    elif dose.range:
        draft.complain("goal", f"{show(dose.range)} is a range", "the most alone: the dose has the least")
    elif dose.load and exercise.load is None:
        draft.complain("goal", "this exercise takes no load", "a goal without a load, or 'load: true'")
    elif not exercise.rep:
        if dose.seconds is None or len(dose.reps or ()) > 1:
            expected = "a goal such as 5m or '2 x 60s'"
            draft.complain("goal", "this exercise goes by time, not by reps", expected)
        else:
            sets = (dose.reps or (1,))[0]
            draft.put(goal=Dose(reps=(1,) * sets, duration=dose.seconds, load=dose.load or 0.0))
    elif dose.seconds is not None and not any(phase.is_hold for phase in exercise.rep):
        draft.complain("goal", "this exercise has no hold", "a goal without a time")
    else:
        goal = Dose(reps=dose.reps or (1,), hold=dose.seconds, load=dose.load or 0.0)
        draft.put(goal=replace(goal, counted=exercise.counted))


def _begin_range(draft: Draft, begin: WrittenDose, goal: WrittenDose | None) -> None:
    """Make the end of a range the goal, unless a ``goal`` beyond it is written."""
    draft.put(goal=_end_of_range(draft.exercise, begin), dose_range=begin.range)
    if goal is not None and _is_less(goal, begin):
        wrong = f"the goal is less than the end of {show(begin.range)}"
        draft.complain("goal", wrong, "leave 'goal' out, or one number in the dose")


def _is_less(goal: WrittenDose, begin: WrittenDose) -> bool:
    """Tell whether ``goal`` asks for less than the end of the range in ``begin``."""
    fewer = goal.reps and begin.most_reps and max(goal.reps) < max(begin.most_reps)
    shorter = goal.seconds and begin.most_seconds and goal.seconds < begin.most_seconds
    return bool(fewer or shorter)


def _end_of_range(exercise: Exercise, dose: WrittenDose) -> Dose:
    """Return the goal in a range such as 8-12 or 3 x 30-45s; what is no range stays as it is."""
    now = replace(dose_of(exercise), lowering=None)
    if exercise.duration is not None:
        reps = (1,) * max(len(now.reps), *(dose.most_reps or (1,)))
        return replace(now, reps=reps, duration=dose.most_seconds or now.duration)
    most = dose.most_reps or now.reps
    reps = most if len(most) >= len(now.reps) else most[:1] * len(now.reps)  # 'sets' may stand beside it
    return replace(now, reps=reps, hold=dose.most_seconds or now.hold)


_AS_MANY: Final = re.compile(r"\bas many (rounds|reps) as (?:possible|you can)\b|\bamrap\b", re.IGNORECASE)


def decide_amrap(draft: Draft) -> None:
    """Count rounds or reps in timed work that is called so, unless something else is said."""
    exercise = draft.exercise
    found = _AS_MANY.search(exercise.name)
    if found and draft.base is None and draft.get("amrap") is None and exercise.duration is not None:
        draft.put(amrap=Amrap((found[1] or "rounds").casefold()))


def check_time(draft: Draft) -> None:
    """Allow cadence and prompts in timed work, one's own pace with reps, and a limit with one's own pace."""
    exercise = draft.exercise
    for key in ("cadence", "prompts", "amrap"):
        if draft.get(key) and exercise.rep:
            wrong = f"this exercise is counted in reps and takes no {key}"
            draft.complain(key, wrong, "'duration' in place of 'rep'")
    own = exercise.pace is Pace.SELF
    if own and exercise.duration is not None:
        expected = "reps, or leave 'pace' out"
        draft.complain("pace", "this exercise goes by time, which the coach keeps", expected)
    if draft.given.limit is not None and not own:
        expected = "'pace: self', or leave 'limit' out"
        draft.complain("limit", "a set on the beat ends with its last rep", expected)
