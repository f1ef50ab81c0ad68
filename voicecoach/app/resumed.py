"""What is left of a session that was interrupted: a pure function from its steps to those that remain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from voicecoach.journal.records import SetDone
from voicecoach.session.listener import Ending
from voicecoach.timeline.plan import announcing, retraced
from voicecoach.timeline.steps import AnyStep, Briefing, Change, Intro, Outro, Rest, Say, Wait, Work

Steps = tuple[AnyStep, ...]
Key = tuple[int, int, str]
"""The block, the number and the side of a set."""


def resumed(steps: Steps, sets: Sequence[SetDone]) -> Steps:
    """``steps`` from the set on in which they were interrupted; ``sets`` in the order they were left.

    A set that was done, or left on purpose, is not done again, nor is what comes before the last one, and an
    exercise that hurt is over. A set in which the session was stopped begins again. The exercise that goes
    on is explained again.
    """
    if not sets:
        return steps
    here, left = _here(steps, sets[-1]), left_out(steps, sets)
    going_on = next((step for step in works(steps) if key(step) not in left), None)
    rest = _Remainder()
    for index, step in enumerate(steps):
        match step:
            case Intro():
                rest.kept += [] if going_on is None else [replace(step, resumes_at=going_on)]
            case Briefing():
                rest.briefing, rest.begun = step, False
            case Work() if key(step) in left:
                rest.begun = True
            case Work():
                rest.work(step)
            case Rest() if not step.next_set:
                rest.rest(step)
            case Change() | Rest():
                rest.between = step
            case Say() | Wait() if index < here:
                pass
            case _:
                rest.other(step)
    return retraced(tuple(rest.kept))


def left_out(steps: Steps, sets: Sequence[SetDone]) -> frozenset[Key]:
    """The sets of ``steps`` that are not done again."""
    if not sets:
        return frozenset()
    last, here = sets[-1], _here(steps, sets[-1])
    done = [each for each in sets if each.ending is not Ending.STOPPED]
    hurt = _hurting(steps, sets)
    return frozenset(
        key(step)
        for index, step in enumerate(steps)
        if isinstance(step, Work)
        and (
            index < here
            or (index == here and last.ending is not Ending.STOPPED)
            or step.exercise.key in hurt
            or any(_is(step, each) for each in done)
        )
    )


def works(steps: Steps) -> list[Work]:
    """The sets in ``steps``."""
    return [step for step in steps if isinstance(step, Work)]


def key(work: Work) -> Key:
    """What a set is known by in its session."""
    return work.block, work.set_number, work.side


def _is(work: Work, done: SetDone) -> bool:
    """Whether ``done`` is a record of ``work``, in another form perhaps that has no sides, or has them."""
    same = (work.block, work.set_number) == (done.block, done.set_number)
    return same and (work.side == done.side or not work.side or not done.side)


def _here(steps: Steps, last: SetDone) -> int:
    """The index of the set that was left last; -1 when it is not there."""
    found = [index for index, step in enumerate(steps) if isinstance(step, Work) and _is(step, last)]
    return found[-1] if found else -1


def _hurting(steps: Steps, sets: Sequence[SetDone]) -> set[str]:
    """The keys of the exercises that hurt, as planned and as done."""
    hurt = [each for each in sets if each.ending is Ending.HURT]
    blocks = {each.block for each in hurt}
    return {each.exercise for each in hurt} | {
        step.exercise.key for step in works(steps) if step.block in blocks
    }


@dataclass
class _Remainder:
    """Steps as they are gathered."""

    kept: list[AnyStep] = field(default_factory=list)
    briefing: Briefing | None = None
    """Of the exercise at hand, as long as nothing of it is kept."""
    begun: bool = False
    """Whether something of that exercise is left out."""
    between: Rest | Change | None = None
    """What comes between the sets of an exercise, before the next one."""
    rests: list[Rest] = field(default_factory=list)
    """Between exercises, before what comes next."""

    def work(self, step: Work) -> None:
        if self.briefing is not None:
            told = self.briefing
            if self.begun:
                told = replace(told, going_on=True, side=step.side or told.side)
            if self.rests and self.rests[-1].next_exercise is not None:
                self.rests[-1] = announcing(self.rests[-1], told.exercise)
            self.kept += [*self.rests, told]
            self.rests, self.briefing = [], None
        elif self.between is not None:
            self.kept.append(self.between)
        self.kept.append(step)

    def rest(self, step: Rest) -> None:
        """One rest is enough where nothing is left between two, and none before the first exercise."""
        if not works(tuple(self.kept)):
            return
        if self.briefing is not None and self.rests:
            before = self.rests.pop()
            if (before.seconds or 0) > (step.seconds or 0):
                step = announcing(before, step.next_exercise)
        self.briefing = None
        self.rests.append(step)

    def other(self, step: AnyStep) -> None:
        """What is no part of an exercise; a rest that announced one which is left out is left out too."""
        self.kept += [rest for rest in self.rests if rest.next_exercise is None]
        self.rests = []
        if isinstance(step, Outro):
            self.briefing = None
        self.kept.append(step)
