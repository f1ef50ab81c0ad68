"""No dose, tempo or form is above a bound, whatever happened: ``scripts/prove bounds`` tries a million.

Made-up bounds on any exercises, and any history: pain, gaps, an agreed pace, wishes for more, tastes of
another routine, sessions as written, walks that lasted longer, and now and then a word of whoever prescribed
them. What is allowed is counted here once more, from the bounds as they are written and those words.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from histories import GREEN, Evening, Life, Made, any_past, any_routine, find_variation, without_a_ball
from many import results

from voicecoach.journal.records import Agreed, Agreement, Choice, Decision, DoseChange, Wish
from voicecoach.routine.bounds import NO_LIMIT, UNBOUNDED, Bounds, DownWhen, Harder, Most, UpWhen
from voicecoach.routine.dose import Dose, Grade
from voicecoach.routine.doses import dose_of
from voicecoach.routine.files.bounds import settled
from voicecoach.routine.model import Do, Exercise, Kind, Routine, Sides
from voicecoach.routine.one_side import of_both_sides, of_one_side
from voicecoach.training.dosed_routine import apply, standings
from voicecoach.training.onward import further, with_permissions
from voicecoach.training.readiness import Today

LIVES = 5000
GOOD = 42
"""Good evenings after any past, in which everything rises as far as it may."""
LADDER = ("low step, hand on the rail", "low step", "high step", "high step with a bag")


def any_bounds(exercise: Exercise, chance: random.Random) -> Exercise:
    """The same with bounds of any kind, or none, and now and then with a ladder of its own."""
    if chance.random() < 0.4:
        words = LADDER[: chance.randint(1, 4)]
        grades = tuple(Grade(number=number, words=each) for number, each in enumerate(words, start=1))
        exercise = replace(exercise, grades=grades, grade=chance.choice(grades))
    if chance.random() < 0.15:
        return exercise
    bounds = Bounds(
        most=_any_most(exercise, chance) if chance.random() < 0.7 else NO_LIMIT,
        tempo_kept=chance.random() < 0.5,
        grows=chance.choice((None, True, True, False)),
        harder=chance.choice(tuple(Harder)),
        up=chance.choice((None, None, UpWhen(pain=2, times=2), UpWhen(times=3))),
        down=chance.choice((None, None, DownWhen(pain_above=5), DownWhen(worse_morning=True))),
    )
    exercise = replace(exercise, bounds=bounds)
    return replace(exercise, bounds=settled(exercise))


def _any_most(exercise: Exercise, chance: random.Random) -> Most:
    """A limit at the dose that it begins with, or somewhat above, and at its level or above."""
    begins, unit = dose_of(exercise), 2 if exercise.sides is Sides.ALTERNATE else 1
    timed = begins.duration is not None
    sets = len(begins.reps) + chance.choice((0, 0, 1))
    first = (*begins.reps, *begins.reps[-1:] * sets)[:sets]
    return Most(
        reps=tuple(each + (0 if timed else unit * chance.choice((0, 0, 1, 3))) for each in first),
        hold=begins.hold and begins.hold + chance.choice((0, 0, 2, 5)),
        duration=begins.duration and begins.duration + chance.choice((0, 10, 60)),
        load=begins.load + chance.choice((0, 1, 2)) if exercise.load is not None else None,
        grade=chance.choice((None, exercise.grade.number, len(exercise.grades))) if exercise.grade else None,
    )


def any_bounded_routine(chance: random.Random) -> Routine:
    """Any routine, each exercise of which has bounds of its own, or the same wherever it comes."""
    routine, apart = any_routine(chance), chance.random() < 0.2
    known: dict[str, Exercise] = {}
    steps = []
    for step in routine.steps:
        if isinstance(step, Do):
            made = any_bounds(step.exercise, chance)
            same = known.setdefault(step.exercise.key, made)
            fits = dose_of(replace(same, grade=None)) == dose_of(step.exercise)
            step = replace(step, exercise=made if apart or not fits else same)  # noqa: PLW2901 - as bounded
        steps.append(step)
    return replace(routine, steps=tuple(steps))


class BoundedLife(Life):
    """Somebody whose exercises have bounds, who agrees on a pace now and then, and has things allowed."""

    def __init__(self, routine: Routine, find, chance: random.Random) -> None:
        super().__init__(routine, find)
        self.chance = chance
        self.agreements: list[Agreement] = []

    @property
    def history(self):
        return replace(super().history, agreements=tuple(self.agreements))

    def due(self, routine, history):
        self._agrees()
        return with_permissions(routine, history)

    def _agrees(self) -> None:
        at = self._at(6)
        paced = self.history.paced
        if not paced and self.chance.random() < 0.02:
            self.agreements.append(Agreement(at=at, said=Agreed.BEGIN))
        elif paced and self.chance.random() < 0.3:
            said = self.chance.choice((Agreed.MORE, Agreed.BEYOND, Agreed.BEYOND, Agreed.LESS, Agreed.END))
            self.agreements.append(Agreement(at=at, said=said))

    def _at(self, hour: int) -> datetime:
        day = Today(day=datetime(2026, 3, 2, tzinfo=UTC).date() + timedelta(self.day)).day
        return datetime.combine(day, datetime.min.time(), UTC) + timedelta(hours=hour)

    def _wished(self, wish, today):
        which, what, steps = wish
        if what is not Wish.ALLOW:
            return super()._wished(wish, today)
        key = self.routine.exercises[which % len(self.routine.exercises)].key
        routine = with_permissions(self.routine, self.history)
        cases = standings(routine, key, self.history, today, find_variation=self.find)
        case = next(iter(cases), None)
        choice = Choice(at=self._at(7), written=key, wish=Wish.ALLOW)
        if case is None or case.side:
            return choice
        if (found := further(case)) and not found.allowed:
            other = found.exercise.key != case.current.key
            return (
                replace(choice, variation=found.exercise.key) if other else replace(choice, dose=found.dose)
            )
        dose = case.level
        more = tuple(each + 2 * abs(steps) for each in dose.reps) if dose.duration is None else dose.reps
        return replace(choice, dose=replace(dose, reps=more))


def complaints(life: BoundedLife, made: Made) -> Iterator[str]:
    """What of a plan is above a bound."""
    places: dict[str, list[Exercise]] = {}
    base = life.taste if made.evening.how == "taste" else life.routine
    for each in base.exercises:
        places.setdefault(each.key, []).append(each)
    for decision in made.prescription.decisions:
        written = places[decision.written]
        for dose in filter(None, (decision.dose, decision.level)):
            problems = [list(_above(life, made, each, decision, dose)) for each in written]
            if all(
                problems
            ):  # an exercise at several places is within the bounds of the one it is decided for
                yield f"{decision.written}: {decision.change} {dose}: {problems[0]}"
    done = apply(made.routine, made.prescription.decisions, life.find)
    several = {key for key, found in places.items() if len({str(dose_of(each)) for each in found}) > 1}
    for exercise in done.exercises:
        if (found := places.get(exercise.key)) and exercise.key not in several and len(found) == 1:
            yield from (f"played {exercise.key}: {each}" for each in _over(life, made, found[0], exercise))


def _limits(made: Made, written: Exercise) -> tuple[Most, set[str]]:
    """The most of each variable that is written or was allowed, and the variations that were allowed."""
    bounds, begins = written.bounds, dose_of(written)
    most = bounds.most
    load, grade = most.load, most.grade
    if bounds.harder is not Harder.YES:
        load = min(begins.load if load is None else load, begins.load)
        number = begins.grade.number if begins.grade else None
        grade = number if grade is None or number is None else min(grade, number)
    keys: set[str] = set()
    reps, hold, duration = list(most.reps or ()), most.hold, most.duration
    for choice in made.history.choices:
        if choice.written != written.key or choice.wish is not Wish.ALLOW:
            continue
        keys |= {choice.variation} - {""}
        if dose := choice.dose:
            reps += [0] * (len(dose.reps) - len(reps)) if reps else []
            for number, count in enumerate(dose.reps if reps else ()):
                reps[number] = max(reps[number], count)
            hold = hold and max(hold, dose.hold or 0)
            duration = duration and max(duration, dose.duration or 0)
            load = None if load is None else max(load, dose.load)
            grade = None if grade is None else max(grade, dose.grade.number if dose.grade else 0)
    return Most(reps=tuple(reps) or None, hold=hold, duration=duration, load=load, grade=grade), keys


def _above(life: BoundedLife, made: Made, written: Exercise, decision: Decision, dose: Dose) -> Iterator[str]:
    done = life.exercise(decision.exercise, life.routine)
    most, allowed = _limits(made, written)
    apart = bool(decision.side) or made.history.is_apart(written.key)
    if most.reps:
        yield from _more_reps(most.reps, written, done, decision, dose, apart=apart)
    for what in ("hold", "duration", "load"):
        limit, now = getattr(most, what), getattr(dose, what) or 0
        own = what != "load" or decision.exercise == written.key  # another exercise has a load of its own
        if limit is not None and own and now > limit:
            yield f"{what} above {limit}"
    if most.grade is not None and dose.grade and dose.grade.number > most.grade:
        yield f"level above {most.grade}"
    if written.bounds.tempo_kept and dose.lowering not in {None, dose_of(done).lowering}:
        yield "another tempo"
    waits = set() if written.bounds.harder is Harder.YES or decision.substitute else _harder(written)
    if decision.exercise in waits - allowed:
        yield "a harder form"


def _more_reps(
    most: tuple[int, ...], written: Exercise, done: Exercise, decision: Decision, dose: Dose, *, apart: bool
) -> Iterator[str]:
    """What of sets and reps is above a limit, which is counted as both sides of the written exercise are."""
    if apart:
        each = of_one_side(most, written.sides)
        most = each if decision.side else of_both_sides(each, written.sides)
    if len(dose.reps) > len(most) and (decision.side or done.sides is not Sides.SWAP):
        yield f"sets above {most}"
    if dose.duration is None:
        top = most if done.sides is written.sides else of_one_side(most, written.sides)
        unit = 2 if done.sides is Sides.ALTERNATE and not decision.side else 1
        if any(now > max(limit, unit) for now, limit in zip(dose.reps, top, strict=False)):
            yield f"reps above {top}"


def _over(life: BoundedLife, made: Made, written: Exercise, played: Exercise) -> Iterator[str]:
    """What of an exercise that is played is above its bounds."""
    decision = Decision(
        written=written.key,
        exercise=played.key,
        dose=None,
        change=DoseChange.HOLD,
        reason=made.prescription.decisions[0].reason,
        side=played.only_side,
    )
    yield from _above(life, made, written, decision, dose_of(played))


def _harder(written: Exercise) -> set[str]:
    """The harder variations of an exercise, theirs, and so on."""
    found: set[str] = set()
    coming = [written]
    while coming:
        for each in coming.pop().harder:
            if each.exercise and each.exercise not in found | {written.key}:
                found.add(each.exercise)
                coming.append(find_variation(each.exercise))
    return found


def a_story(name: str) -> tuple[BoundedLife, list[Evening]]:
    chance = random.Random(f"bounds {name}")
    routine, find = any_bounded_routine(chance), chance.choice((find_variation, without_a_ball))
    evenings = [*any_past(chance, chance if chance.random() < 0.5 else None), *[GREEN] * GOOD]
    for number, evening in enumerate(evenings):
        if chance.random() < 0.15:
            what = chance.choice((Wish.DOSE, Wish.DOSE, Wish.ALLOW, Wish.KEEP, Wish.SIDE))
            wish = (chance.randint(0, 5), what, chance.randint(-3, 9))
            evenings[number] = replace(evening, wish=wish)
        if chance.random() < 0.1:
            evenings[number] = replace(evenings[number], share=chance.choice((1.5, 2.5)))
    return BoundedLife(routine, find, chance), evenings


def of_life(name: str) -> tuple[str, dict[str, int]]:
    """What is above a bound in the life that is made from ``name``, and its decisions by what bounds them."""
    life, evenings = a_story(name)
    counts: Counter[str] = Counter()
    for number, made in enumerate(life.lives(evenings)):
        bounds = {each.key: each.bounds for each in life.routine.exercises}
        for decision in made.prescription.decisions:
            counts["decisions"] += 1
            counts.update(_kinds(bounds[decision.written]))
            counts["waiting for a word"] += decision.change is DoseChange.ASK
            counts["risen"] += decision.change.raises
        if problem := next(complaints(life, made), None):
            return f"evening {number}: {problem}", dict(counts)
    counts["words of whoever prescribed it"] += sum(each.wish is Wish.ALLOW for each in life.choices)
    return "", dict(counts)


def _kinds(bounds: Bounds) -> Iterator[str]:
    if bounds == UNBOUNDED:
        yield "without a bound"
    if bounds.grows is False:
        yield "grow: no"
    elif bounds.most != NO_LIMIT:
        yield "max"
    if bounds.tempo_kept:
        yield "tempo: keep"
    if bounds.harder is not Harder.YES and bounds.grows is not False:
        yield f"harder: {bounds.harder}"
    if bounds.up:
        yield "up_when"
    if bounds.down:
        yield "down_when"


def test_nothing_is_above_a_bound(some, progress, record_property):
    names = [str(number) for number in some(range(LIVES))]
    counts: Counter[str] = Counter()
    lives = 0
    found = results("bounds", of_life, names, progress, stop=lambda each: each[0])
    for name, (problem, made) in zip(names, found, strict=False):
        if problem:
            pytest.fail(f"{problem} [life {name}]")
        counts.update(made)
        lives += 1
    record_property("figure", f"{counts['decisions']:,} decisions in {lives:,} lives, none above a bound")
    rows = [f"{name:<32}{count:>10,}" for name, count in sorted(counts.items(), key=lambda each: -each[1])]
    record_property("table", "\n".join(("Decisions by what bounds them; none is above it:", "", *rows)))


def test_the_exercises_of_these_lives_are_of_all_kinds():
    kinds = {each.kind for number in range(200) for each in a_story(str(number))[0].routine.exercises}
    assert kinds == set(Kind)
