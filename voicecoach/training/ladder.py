"""The ladder of one exercise (rule 4): the next step up and the next step down, one variable at a time.

Reps come first, up to the goal; then sets, with a few more reps in all than before, shared out; then seconds
of holding or of timed work; then lowering more slowly; then the next weight at hand, with the reps (or the
time) at the bottom again. A harder variation comes after all of these but the load, and is the business of
:mod:`~voicecoach.training.prescribe`.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Final, NamedTuple

from voicecoach.routine.doses import dose_of, lower_of
from voicecoach.routine.model import Dose, Exercise, Kind, Sides
from voicecoach.training import limits

SHORTEST_HOLD: Final = 3.0
"""Seconds; less is no hold (catalogue, side plank: easier with holds of 3 s)."""
SHORTEST_STRETCH: Final = 10.0
"""Seconds (ACSM: 10 to 30 seconds); those that begin shorter stay so."""

_HELD: Final = (Kind.STABILISATION, Kind.STRENGTH)
"""Kinds in which a hold is an effort."""


class Ladder(NamedTuple):
    """An exercise with its first dose and its goal."""

    exercise: Exercise
    """At the dose it begins with."""

    @property
    def start(self) -> Dose:
        return dose_of(self.exercise)

    def up(self, dose: Dose, *, big: bool = False) -> Dose | None:
        """One step more, or None at the top; a ``big`` step in reps is two of them."""
        steps: tuple[Callable[[Dose], Dose], ...] = (
            partial(self._more_reps, big=big),
            self._more_sets,
            self._longer_hold,
            self._longer_work,
            self._slower,
        )
        return next((higher for step in steps if (higher := step(dose)) != dose), None)

    def more_load(self, dose: Dose) -> Dose | None:
        """Return ``dose`` with the next weight at hand and the fewest reps, or the shortest time, again.

        None when the exercise takes no load, the goal has no more, or no weight is near enough.
        """
        if self.exercise.load is None:
            return None
        most = min(dose.load + limits.LOAD_STEP, self._goal.load or math.inf)
        heavier = next((weight for weight in self._weights if dose.load < weight <= most), None)
        return None if heavier is None else replace(self._less_work(dose), load=heavier)

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

    def _more_reps(self, dose: Dose, *, big: bool) -> Dose:
        if dose.duration is not None:
            return dose
        goal = self._goal.reps
        # A goal may be written as fewer sets than it begins with (3-2-1, then 10): then their sum counts.
        summed = len(goal) < len(dose.reps)
        room, more = sum(goal) - sum(dose.reps), list(dose.reps)
        for index, now in enumerate(dose.reps):
            left = room if summed else goal[index] - now
            double = big and now >= limits.BIG_FROM * self._unit
            added = max(0, min(self._unit * (2 if double else 1), left))
            more[index] += added
            room -= added
        return replace(dose, reps=tuple(more))

    def _more_sets(self, dose: Dose) -> Dose:
        sets = len(dose.reps) + 1
        if sets > min(len(self._goal.reps), max(limits.MOST_SETS, len(self.start.reps))):
            return dose
        each = 1 if dose.duration is not None else self._whole((sum(dose.reps) + 1) / sets)
        return replace(dose, reps=(each,) * sets)

    def _longer_hold(self, dose: Dose) -> Dose:
        if dose.hold is None or self._goal.hold is None:
            return dose
        most = limits.MOST_HOLD if self.exercise.kind in _HELD else limits.MOST_STRETCH
        hold = max(dose.hold, min(dose.hold + self._hold_step, self._goal.hold, most))
        # Many short holds may lead to a few long ones: no fewer seconds in all, down to the goal's reps.
        goal = self._goal.reps
        fewest = goal if len(goal) == len(dose.reps) else dose.reps
        reps = tuple(
            max(min(now, least), math.ceil(now * dose.hold / hold))
            for now, least in zip(dose.reps, fewest, strict=True)
        )
        return replace(dose, hold=hold, reps=reps if hold > dose.hold else dose.reps)

    def _longer_work(self, dose: Dose) -> Dose:
        if dose.duration is None or self._goal.duration is None:
            return dose
        step = self._duration_step(dose.duration)
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
            lambda: replace(dose, lowering=_less(dose.lowering, limits.LOWERING_STEP, start.lowering)),
            lambda: replace(dose, duration=self._shorter(dose.duration, start.duration)),
            lambda: replace(dose, hold=_less(dose.hold, self._hold_step, start.hold)),
            lambda: replace(dose, reps=self._fewer_reps(dose)),
            lambda: replace(dose, reps=self._fewer_sets(dose)),
            # Below what it began with:
            lambda: replace(dose, duration=self._shorter(dose.duration, self._least_duration)),
            lambda: replace(dose, hold=_less(dose.hold, self._hold_step, self._least_hold)),
        )
        return next((lower for step in steps if (lower := step()) != dose), dose)

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
        shortest = SHORTEST_STRETCH if self.exercise.kind is Kind.STRETCH else SHORTEST_HOLD
        return self.start.hold and min(self.start.hold, shortest)

    def _fewer_sets(self, dose: Dose) -> tuple[int, ...]:
        return dose.reps[: max(len(self.start.reps), len(dose.reps) - 1)]

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
    def _hold_step(self) -> float:
        stretches = self.exercise.kind is Kind.STRETCH
        return limits.STRETCH_STEP if stretches else limits.HOLD_STEP

    def _duration_step(self, duration: float) -> float:
        step = limits.DURATION_STEP
        return max(step, math.floor(duration * limits.DURATION_PERCENT / 100 / step) * step)

    def part(self, dose: Dose, percent: int) -> Dose:
        """A part of ``dose`` for a time: whole sets when there are several, else reps, else seconds."""
        if len(dose.reps) > 1:
            return replace(dose, reps=dose.reps[: math.ceil(len(dose.reps) * percent / 100)])
        if dose.duration is None and dose.reps[0] > 1:
            return replace(dose, reps=(min(dose.reps[0], self._whole(dose.reps[0] * percent / 100)),))
        return self._seconds(dose, percent)

    def easy(self, dose: Dose, percent: int) -> Dose:
        """Return the dose of an easy week (rule 10): ``percent`` of the reps of each set, or of the time."""
        if dose.duration is None and max(dose.reps) > 1:
            return replace(
                dose, reps=tuple(min(each, self._whole(each * percent / 100)) for each in dose.reps)
            )
        return self._seconds(dose, percent)

    def _seconds(self, dose: Dose, percent: int) -> Dose:
        if dose.duration is not None:
            least = min(dose.duration, limits.SHORTEST_WORK)
            return replace(dose, duration=max(least, float(round(dose.duration * percent / 100))))
        if dose.hold is not None:
            return replace(
                dose, hold=max(min(dose.hold, SHORTEST_HOLD), float(round(dose.hold * percent / 100)))
            )
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
