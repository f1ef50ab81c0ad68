"""The ladder of one exercise (rule 4): the next step up and the next step down, one variable at a time.

Reps come first, up to the goal; then sets, with a few more reps in all than before, shared out; then seconds
of holding or of timed work; then lowering more slowly; then the next weight at hand, with the reps (or the
time) at the bottom again. The next level of an exercise's own ladder, and a harder variation, come after all
of these but the load, and are the business of :mod:`~voicecoach.training.rules`. Nothing leads above the
bounds of the exercise.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any, Final, NamedTuple

from voicecoach.routine.dose import Dose, Grade
from voicecoach.routine.doses import (
    at_goal,
    dose_of,
    grade_number,
    lower_of,
    raised,
    within_bounds,
    work_at,
)
from voicecoach.routine.model import Exercise, Kind, Sides
from voicecoach.training import limits

_TINY: Final = 1e-9
_HELD: Final = (Kind.STABILISATION, Kind.STRENGTH)
"""Kinds in which a hold is an effort."""


class Ladder(NamedTuple):
    """An exercise with its first dose and its goal."""

    exercise: Exercise
    """At the dose it begins with."""

    @property
    def start(self) -> Dose:
        return dose_of(self.exercise)

    def work(self, dose: Dose) -> float:
        """Return the total work of a dose: seconds, on both sides."""
        return work_at(self.exercise, dose)

    def bounded(self, dose: Dose) -> Dose:
        """Return ``dose`` with nothing above the bounds of the exercise, and its level as that has it."""
        return within_bounds(self.exercise, dose)

    def up(self, dose: Dose, *, big: bool = False) -> Dose | None:
        """Return one step more, or None at the top; a ``big`` step in reps is two of them."""
        return next(iter(self.steps_up(dose, big=big)), None)

    def steps_up(self, dose: Dose, *, big: bool = False) -> tuple[Dose, ...]:
        """Return one step more and, where there is one, the smallest step in its place; empty at the top.

        A ``big`` step in reps is two of them. The smallest is a rep in one set, or a second of a hold.
        """
        steps: tuple[tuple[Callable[[Dose], Dose], ...], ...] = (
            (partial(self._more_reps, big=big), self._more_reps, self._one_rep_more),
            (self._more_sets,),
            (self._longer_hold, partial(self._longer_hold, step=self._short_hold_step)),
            (self._longer_work, partial(self._longer_work, step=limits.SHORT_WORK_STEP)),
            (self._slower,),
        )
        for sizes in steps:
            higher = tuple(dict.fromkeys(self.bounded(step(dose)) for step in sizes))
            if more := tuple(each for each in higher if raised(dose, each)):
                return more
        return ()

    def toward(self, dose: Dose, reached: Dose, most: float) -> Dose | None:
        """Return the next step back to a dose that was ``reached`` before, in one variable, with at most so
        many seconds of work; None when none fits.
        """
        sets = min(len(dose.reps), len(reached.reps))
        changes: tuple[dict[str, Any], ...] = (
            {"reps": (*map(max, dose.reps[:sets], reached.reps[:sets]), *dose.reps[sets:])},
            {"reps": (*dose.reps, *reached.reps[sets:])},
            {"hold": reached.hold},
            {"duration": reached.duration},
            {"lowering": reached.lowering},
        )
        for change in changes:
            if raised(dose, higher := self.bounded(replace(dose, **change))):
                lesser = self.within(higher, most, least=dose)
                return lesser if raised(dose, lesser) else None
        heavier = (each for each in {*self._weights, reached.load} if dose.load < each <= reached.load)
        load = min(heavier, default=None)
        back = None if load is None else self.bounded(replace(self._less_work(dose), load=load))
        if grade_number(dose) < grade_number(reached):
            back = self.more_grade(dose)
        return back if back is None else self._if_more(dose, self.within(back, most))

    def _if_more(self, dose: Dose, higher: Dose) -> Dose | None:
        return higher if raised(dose, higher) else None

    def within(self, dose: Dose, most: float, least: Dose | None = None) -> Dose:
        """Return ``dose`` with at most so many seconds of work, as far as one rep of the shortest hold is.

        Reps go first, those of the longest set before the others, then sets, then seconds. With ``least``
        only reps and seconds that are more than it has.
        """
        floor = (*least.reps, *[self._unit] * len(dose.reps)) if least else (self._unit,) * len(dose.reps)
        while self.work(dose) > most + _TINY:
            over = [index for index, reps in enumerate(dose.reps) if reps > floor[index]]
            if dose.duration is None and over:
                top = max(over, key=lambda index: (dose.reps[index], index))
                reps = list(dose.reps)
                reps[top] -= self._unit
                dose = replace(dose, reps=tuple(reps))
            elif len(dose.reps) > (len(least.reps) if least else 1):
                dose = replace(dose, reps=dose.reps[:-1])
            elif (shorter := self._second_less(dose, least)) != dose:
                dose = shorter
            else:
                break
        return dose

    def _second_less(self, dose: Dose, least: Dose | None) -> Dose:
        if dose.duration is not None:
            shortest = (least.duration if least else None) or min(dose.duration, limits.SHORTEST_WORK)
            return replace(dose, duration=max(shortest, dose.duration - 1))
        if dose.hold is not None:
            shortest = (least.hold if least else None) or min(dose.hold, self._shortest_hold)
            return replace(dose, hold=max(shortest, dose.hold - 1))
        return dose

    def lasting(self, dose: Dose, seconds: float) -> Dose:
        """Return timed ``dose`` with so many seconds a set where that is longer, up to the goal."""
        if dose.duration is None or self._goal.duration is None:
            return dose
        whole = seconds // limits.DURATION_STEP * limits.DURATION_STEP
        return self.bounded(replace(dose, duration=max(dose.duration, min(whole, self._goal.duration))))

    def more_grade(self, dose: Dose) -> Dose | None:
        """Return the first dose at the next level of the exercise's own ladder, or less; None at its top."""
        number = grade_number(dose)
        if not 0 < number < len(self.exercise.grades):
            return None
        first = self._less_work(dose)
        higher = replace(
            first,
            reps=first.reps[: len(self.start.reps)],
            hold=dose.hold and min(dose.hold, self.start.hold or dose.hold),
            grade=self.exercise.grades[number],
        )
        return self._if_more(dose, self.bounded(higher))

    def more_load(self, dose: Dose) -> Dose | None:
        """Return ``dose`` with the next weight at hand and the fewest reps, or the shortest time, again.

        None when the exercise takes no load, the goal has no more, or no weight is near enough.
        """
        if self.exercise.load is None:
            return None
        most = min(dose.load + limits.LOAD_STEP, self._goal.load or math.inf)
        heavier = next((weight for weight in self._weights if dose.load < weight <= most), None)
        if heavier is None:
            return None
        return self._if_more(dose, self.bounded(replace(self._less_work(dose), load=heavier)))

    def begun_after(self, mastered: float) -> Dose:
        """Return the dose with which this begins as a harder variation of one with so many seconds of work.

        It climbs from its first dose as far as a part of that work, or of its own goal where that is less, so
        that it restarts neither far below what is mastered nor at its own end.
        """
        begins = self.bounded(self.start)
        most = min(mastered, self.work(dose_of(at_goal(self.exercise)))) * limits.HARDER_PERCENT / 100
        while (higher := self.up(begins)) and self.work(higher) <= most + _TINY:
            begins = higher
        return self.within(begins, mastered)

    def down(self, dose: Dose, steps: int = 1) -> Dose:
        """So many steps less; at the bottom, which is half of what it began with, it stays."""
        for _ in range(steps):
            dose = self._lower(dose)
        return dose

    def bottom(self, dose: Dose) -> Dose:
        """Return the least dose."""
        while (lower := self._lower(dose)) != dose:
            dose = lower
        return dose

    def anew(self, dose: Dose) -> Dose:
        """Return the first dose, or ``dose`` where that is less, with a weight of at most half the load."""
        return replace(lower_of(dose, self.start), load=self._weight_within(dose.load / 2))

    @property
    def _goal(self) -> Dose:
        return self.exercise.goal or Dose(reps=self.exercise.reps, duration=self.exercise.duration)

    def _more_reps(self, dose: Dose, *, big: bool = False) -> Dose:
        """One rep more in each set, up to the goal; in a pyramid, one rep in one set."""
        if dose.duration is not None:
            return dose
        if len(set(dose.reps)) > 1:
            return self._one_rep_more(dose)
        more = list(dose.reps)
        room = self._room(dose)
        for index, now in enumerate(dose.reps):
            double = big and now >= limits.BIG_FROM * self._unit
            added = max(0, min(self._unit * (2 if double else 1), room(more, index)))
            more[index] += added
        return replace(dose, reps=tuple(more))

    def _one_rep_more(self, dose: Dose) -> Dose:
        """One rep more in the set that has the smallest part of its goal, the first of several."""
        if dose.duration is not None:
            return dose
        room = self._room(dose)
        able = [index for index in range(len(dose.reps)) if room(list(dose.reps), index) > 0]
        if not able:
            return dose
        whole = self._goal.reps if len(self._goal.reps) >= len(dose.reps) else self.start.reps
        shape = (*whole, *whole[-1:] * len(dose.reps))
        least = min(able, key=lambda index: dose.reps[index] / shape[index])
        more = list(dose.reps)
        more[least] += min(self._unit, room(more, least))
        return replace(dose, reps=tuple(more))

    def _room(self, dose: Dose) -> Callable[[list[int], int], int]:
        """Return how many more reps a set may have, by the reps of all sets and its place."""
        goal = self._goal.reps
        # A goal may be written as fewer sets than it begins with (3-2-1, then 10): then their sum counts.
        if len(goal) < len(dose.reps):
            return lambda reps, _: sum(goal) - sum(reps)
        # Another set is shared out evenly (6-4, then 4-4-4 of 6-4-2), so that the sum may be there first.
        return lambda reps, index: min(goal[index] - reps[index], sum(goal) - sum(reps))

    def _more_sets(self, dose: Dose) -> Dose:
        sets = len(dose.reps) + 1
        if sets > min(len(self._goal.reps), max(limits.MOST_SETS, len(self.start.reps))):
            return dose
        each = 1 if dose.duration is not None else self._whole((sum(dose.reps) + 1) / sets)
        return replace(dose, reps=(each,) * sets)

    def _longer_hold(self, dose: Dose, step: float | None = None) -> Dose:
        if dose.hold is None or self._goal.hold is None:
            return dose
        step = self._hold_step if step is None else step
        most = self._most_hold
        hold = max(dose.hold, min(dose.hold + step, self._goal.hold, most))
        # Many short holds may lead to a few long ones: no fewer seconds in all, down to the goal's reps.
        goal = self._goal.reps
        fewest = goal if len(goal) == len(dose.reps) else dose.reps
        reps = tuple(
            max(min(now, least), math.ceil(now * dose.hold / hold))
            for now, least in zip(dose.reps, fewest, strict=True)
        )
        return replace(dose, hold=hold, reps=reps if hold > dose.hold else dose.reps)

    def _longer_work(self, dose: Dose, step: float | None = None) -> Dose:
        if dose.duration is None or self._goal.duration is None:
            return dose
        step = self._duration_step(dose.duration) if step is None else step
        return replace(dose, duration=max(dose.duration, min(dose.duration + step, self._goal.duration)))

    def _slower(self, dose: Dose) -> Dose:
        if dose.lowering is None or self.exercise.goal is None:
            return dose
        most = limits.MOST_LOWERING
        return replace(dose, lowering=max(dose.lowering, min(dose.lowering + limits.LOWERING_STEP, most)))

    def _lower(self, dose: Dose) -> Dose:
        start = self.start
        steps: tuple[Callable[[], Dose], ...] = (
            lambda: replace(dose, load=self._weight_within(dose.load, below=True)),
            lambda: replace(dose, grade=self._easier_grade(dose)),
            lambda: replace(dose, lowering=_less(dose.lowering, limits.LOWERING_STEP, start.lowering)),
            lambda: replace(dose, duration=self._shorter(dose.duration, start.duration)),
            lambda: replace(dose, hold=_less(dose.hold, self._hold_step, start.hold)),
            lambda: replace(dose, reps=self._fewer_reps(dose)),
            lambda: replace(dose, reps=self._fewer_sets(dose)),
            # Below what it began with:
            lambda: replace(dose, duration=self._shorter(dose.duration, self._least_duration)),
            lambda: replace(dose, hold=_less(dose.hold, self._hold_step, self._least_hold)),
            lambda: replace(dose, reps=self._fewer_times(dose)),
        )
        return next((lower for step in steps if (lower := step()) != dose), dose)

    def _easier_grade(self, dose: Dose) -> Grade | None:
        number = grade_number(dose)
        return self.exercise.grades[number - 2] if number > 1 else dose.grade

    @property
    def _weights(self) -> list[float]:
        """The weights that there are, lightest first: those of the person and the one it begins with."""
        return sorted({*self.exercise.weights, self.start.load} - {0.0})

    def _weight_within(self, load: float, *, below: bool = False) -> float:
        """Return the heaviest weight up to ``load``, or ``below`` it; 0 when there is none."""
        fitting = (each for each in self._weights if each < load or (each == load and not below))
        return max(fitting, default=0.0)

    def _shorter(self, duration: float | None, least: float | None) -> float | None:
        return duration and _less(duration, self._duration_step(duration), least)

    @property
    def _least_duration(self) -> float | None:
        begun = self.start.duration
        return begun and min(begun, max(limits.SHORTEST_WORK, begun / 2))

    @property
    def _least_hold(self) -> float | None:
        return self.start.hold and min(self.start.hold, self._shortest_hold)

    @property
    def _shortest_hold(self) -> float:
        return limits.SHORTEST_STRETCH if self.exercise.kind is Kind.STRETCH else limits.SHORTEST_HOLD

    def _fewer_sets(self, dose: Dose) -> tuple[int, ...]:
        return dose.reps[: max(len(self.start.reps), len(dose.reps) - 1)]

    def _fewer_times(self, dose: Dose) -> tuple[int, ...]:
        """One set less of timed work that gets no shorter, down to half of those it began with."""
        if dose.duration is None:
            return dose.reps
        return dose.reps[: max(math.ceil(len(self.start.reps) / 2), len(dose.reps) - 1)]

    def _fewer_reps(self, dose: Dose) -> tuple[int, ...]:
        """One less in each set, down to half of what it began with."""
        if dose.duration is not None:
            return dose.reps
        first = (*self.start.reps, *self.start.reps[-1:] * len(dose.reps))
        return tuple(
            max(min(now, self._whole(begun / 2)), now - self._unit)
            for now, begun in zip(dose.reps, first, strict=False)
        )

    def _less_work(self, dose: Dose) -> Dose:
        """Return ``dose`` with the reps or the time it began with, at least a step less than it has."""
        if dose.duration is not None:
            shorter = max(self._least_duration or 0.0, dose.duration - self._duration_step(dose.duration))
            return replace(dose, duration=min(self.start.duration or shorter, shorter))
        first = (*self.start.reps, *self.start.reps[-1:] * len(dose.reps))
        fewer = (max(self._unit, reps - self._unit) for reps in dose.reps)
        return replace(dose, reps=tuple(map(min, dose.reps, first, fewer)))

    @property
    def _most_hold(self) -> float:
        if self.exercise.kind is Kind.BALANCE:
            return limits.MOST_BALANCE
        return limits.MOST_HOLD if self.exercise.kind in _HELD else limits.MOST_STRETCH

    @property
    def _hold_step(self) -> float:
        stretches = self.exercise.kind is Kind.STRETCH
        return limits.STRETCH_STEP if stretches else limits.HOLD_STEP

    @property
    def _short_hold_step(self) -> float:
        """The smallest step of a hold; a stretch, whose reps become fewer meanwhile, has no smaller one."""
        return limits.STRETCH_STEP if self.exercise.kind is Kind.STRETCH else limits.SHORT_HOLD_STEP

    def _duration_step(self, duration: float) -> float:
        step = limits.DURATION_STEP
        return max(step, math.floor(duration * limits.DURATION_PERCENT / 100 / step) * step)

    def part(self, dose: Dose, percent: int) -> Dose:
        """Return at most that part of all the work of ``dose``, shared out over its sets as they were.

        A dose of a single rep or of a single timed set is shortened instead.
        """
        whole = sum(dose.reps) // self._unit
        if whole <= 1:  # a single rep of one that takes turns is none of them
            return self.shorter(dose, percent)
        wanted = max(1, whole * percent // 100)
        sets = [max(1, reps // self._unit) for reps in dose.reps[:wanted]]
        shares = [count * wanted / sum(sets) for count in sets]
        kept = [max(1, math.floor(share)) for share in shares]
        while sum(kept) > wanted:
            more = (index for index in range(len(kept)) if kept[index] > 1)
            kept[max(more, key=lambda index: kept[index] - shares[index])] -= 1
        while sum(kept) < wanted:
            kept[max(range(len(kept)), key=lambda index: shares[index] - kept[index])] += 1
        return replace(dose, reps=tuple(count * self._unit for count in kept))

    def easy(self, dose: Dose, percent: int) -> Dose:
        """Return the dose of an easy week (rule 10): ``percent`` of the reps of each set, or of the time."""
        if dose.duration is None and max(dose.reps) > 1:
            return replace(
                dose, reps=tuple(min(each, self._whole(each * percent / 100)) for each in dose.reps)
            )
        return self.shorter(dose, percent)

    def shorter(self, dose: Dose, percent: int) -> Dose:
        """Return ``dose`` with that part of its seconds, as far as a hold or timed work may be shortened."""
        if dose.duration is not None:
            least = min(dose.duration, limits.SHORTEST_WORK)
            return replace(dose, duration=max(least, float(math.floor(dose.duration * percent / 100))))
        if dose.hold is not None:
            least = min(dose.hold, self._shortest_hold)
            return replace(dose, hold=max(least, float(math.floor(dose.hold * percent / 100))))
        return dose

    def _whole(self, reps: float) -> int:
        """So many reps, upwards to what can be done as much on the left as on the right."""
        return math.ceil(reps / self._unit - 1e-9) * self._unit

    @property
    def _unit(self) -> int:
        """The step in which reps are counted: two when left and right take turns."""
        return 2 if self.exercise.sides is Sides.ALTERNATE else 1


def _less(now: float | None, step: float, least: float | None) -> float | None:
    """A step less, down to ``least``; as it is when it is there already or has no such end."""
    if now is None or least is None:
        return now
    return min(now, max(least, now - step))
