"""Rolls rounds up again for who reads them: the steps of a group once, with how often they come."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from voicecoach.routine.model import Do, Rest, Round, Step
from voicecoach.routine.rounds import groups, of_each_round


@dataclass(frozen=True, slots=True)
class Numbered:
    """A step with its numbers in the routine, one for each round; without numbers when it is no exercise."""

    step: Step
    numbers: tuple[int, ...] = ()

    @property
    def rounds(self) -> tuple[Round, ...]:
        return self.step.rounds


@dataclass(frozen=True, slots=True)
class Begin:
    """The steps up to the matching :class:`End` come ``times`` times."""

    times: int
    every: float | None = None
    """Seconds from the start of a round to that of the next, where these are fixed."""


@dataclass(frozen=True, slots=True)
class End:
    """The end of the steps of a group, with the seconds of rest after each round but the last or all."""

    rests: tuple[float, ...]
    after_last: bool
    """Whether there is a rest after the last round too."""
    outermost: bool


@dataclass(frozen=True, slots=True)
class One:
    """The beginning of a round whose steps are not those of the others."""

    round: Round


RolledItem = Numbered | Begin | End | One


def rolled(steps: Iterable[Step]) -> Iterator[RolledItem]:
    """Yield ``steps``, with those of rounds that are all alike only once."""
    numbered, exercises = list[Numbered](), 0
    for step in steps:
        exercises += isinstance(step, Do)
        numbered.append(Numbered(step, (exercises,) if isinstance(step, Do) else ()))
    yield from _rolled(numbered, 0)


def _rolled(steps: Sequence[Numbered], depth: int) -> Iterator[RolledItem]:
    for group in groups(steps, depth):
        if len(group[0].rounds) <= depth:
            yield from group
            continue
        rounds = of_each_round(group, depth)
        bodies = [_without_rest(each, depth) for each in rounds]
        first = group[0].rounds[depth]
        if any(_plain(each, depth) != _plain(bodies[0], depth) for each in bodies):
            for each in rounds:
                yield One(each[0].rounds[depth])
                yield from _rolled(each, depth + 1)
            yield End((), after_last=False, outermost=depth == 0)
            continue
        rests = [rest for each in rounds if (rest := _rest(each, depth)) is not None]
        yield Begin(first.of, first.every)
        together = zip(*bodies, strict=True)
        merged = [
            replace(same[0], numbers=tuple(sorted(number for each in same for number in each.numbers)))
            for same in together
        ]
        yield from _rolled(merged, depth + 1)
        yield End(tuple(rests), after_last=len(rests) == len(rounds), outermost=depth == 0)


def _rest(steps: Sequence[Numbered], depth: int) -> float | None:
    """Return the seconds of the rest that ends a round; None without one."""
    match steps[-1].step:
        case Rest(seconds=seconds, between=True, rounds=rounds) if len(rounds) == depth + 1:
            return seconds
        case _:
            return None


def _without_rest(steps: list[Numbered], depth: int) -> list[Numbered]:
    return steps if _rest(steps, depth) is None else steps[:-1]


def _plain(steps: Iterable[Numbered], depth: int) -> list[Step]:
    """Return steps as they compare with those of another round."""
    return [replace(each.step, rounds=each.rounds[depth + 1 :]) for each in steps]
