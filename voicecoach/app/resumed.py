"""What is left of a session that was interrupted: a pure function from its steps to those that remain."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from voicecoach.journal.records import Course, SetDone
from voicecoach.routine.model import Exercise, Posture
from voicecoach.session.listener import Ending
from voicecoach.timeline.expand import announcing, retraced
from voicecoach.timeline.steps import (
    AnyStep,
    Briefing,
    Change,
    Intro,
    Outro,
    Rest,
    Say,
    Wait,
    Work,
    at_tempo,
    has_tempo,
)
from voicecoach.training.variation import Forms

Steps = tuple[AnyStep, ...]
Key = tuple[int, int, str]
"""The block, the number and the side of a set."""
PlanExercise = Callable[[int, Exercise, Posture | None], Steps]
"""The steps of an exercise in a block, for somebody who is in that posture."""

_NOTHING: Final = Course()


def resumed(steps: Steps, sets: Sequence[SetDone], course: Course = _NOTHING) -> Steps:
    """``steps`` from the set on in which they were interrupted; ``sets`` in the order they were left.

    A set that was done, or left on purpose, is not done again, nor is what comes before the last one or the
    place that was reached, and an exercise that hurt is over. A set in which the session was stopped begins
    again. The exercise that goes on is explained again.
    """
    if not sets and course == _NOTHING:
        return steps
    here, left = _here(steps, sets), left_out(steps, sets, course)
    going_on = next((step for step in works(steps) if key(step) not in left), None)
    begun = bool(sets or left)
    rest = _Remainder()
    for index, step in enumerate(steps):
        match step:
            case Intro() if begun:
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
            case Say() | Wait() if index < here or step.block < course.block:
                pass
            case _:
                rest.other(step)
    return retraced(tuple(rest.kept))


def left_out(steps: Steps, sets: Sequence[SetDone], course: Course = _NOTHING) -> frozenset[Key]:
    """The sets of ``steps`` that are not done again."""
    here, over = _here(steps, sets), _over(steps, sets, course)
    done = [each for each in sets if each.ending is not Ending.STOPPED]
    stopped = bool(sets) and sets[-1].ending is Ending.STOPPED
    return frozenset(
        key(step)
        for index, step in enumerate(steps)
        if isinstance(step, Work)
        and (
            index < here
            or (index == here and not stopped)
            or step.block < course.block
            or key(step) in over
            or any(_is(step, each) for each in done)
        )
    )


def past(steps: Steps, sets: Sequence[SetDone], course: Course) -> tuple[Work, ...]:
    """The sets of ``steps`` that are not done again and still count as planned: not the rest of an exercise
    that is over because it hurt.
    """
    left, over = left_out(steps, sets, course), _over(steps, sets, course)
    return tuple(
        step
        for step in works(steps)
        if key(step) in left and (key(step) not in over or any(_is(step, each) for each in sets))
    )


def as_it_became(steps: Steps, course: Course, find: Forms, plan: PlanExercise) -> Steps:
    """``steps`` with the tempo, the forms and the advice that the person chose on the way."""
    chosen, advice = {form.block: form.exercise for form in course.forms}, dict[int, str]()
    for block, text in course.advice:
        advice[block] = f"{advice[block]} {text}" if block in advice else text
    found = {
        step.block: _with_sets(form, len(step.exercise.reps))
        for step in steps
        if isinstance(step, Briefing) and step.block in chosen and (form := find(chosen[step.block]))
    }
    became: list[AnyStep] = []
    for index, step in enumerate(steps):
        form = found.get(step.block)
        if isinstance(step, Rest) and not step.next_set:
            after = steps[index + 1] if index + 1 < len(steps) else None
            form = found.get(after.block) if isinstance(after, Briefing) else None
            became.append(announcing(step, form) if form else step)
        elif form is None or not isinstance(step, Briefing | Work | Change | Rest):
            became.append(step)
        elif isinstance(step, Briefing):
            became += plan(step.block, form, step.exercise.posture)
    told = (_advised(step, advice.get(step.block, "")) for step in became)
    return retraced(
        tuple(at_tempo(s, course.tempo) if isinstance(s, Work) and has_tempo(s) else s for s in told)
    )


def _with_sets(exercise: Exercise, sets: int) -> Exercise:
    """``exercise`` in so many sets; its last one may come repeatedly."""
    return replace(exercise, reps=(*exercise.reps, *exercise.reps[-1:] * sets)[:sets])


def _advised(step: AnyStep, advice: str) -> AnyStep:
    if advice and isinstance(step, Briefing | Work | Change):
        return replace(step, exercise=replace(step.exercise, advice=(*step.exercise.advice, advice)))
    return step


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


def _here(steps: Steps, sets: Sequence[SetDone]) -> int:
    """The index of the set that was left last; -1 when it is not there."""
    found = [
        index for index, step in enumerate(steps) if sets and isinstance(step, Work) and _is(step, sets[-1])
    ]
    return found[-1] if found else -1


def _over(steps: Steps, sets: Sequence[SetDone], course: Course) -> frozenset[Key]:
    """The sets of the exercises that hurt, as planned and as done."""
    hurt = [(each.block, each.exercise) for each in sets if each.ending is Ending.HURT]
    hurt += course.over
    blocks = {block for block, _ in hurt}
    keys = {name for _, name in hurt} | {step.exercise.key for step in works(steps) if step.block in blocks}
    return frozenset(key(step) for step in works(steps) if step.exercise.key in keys)


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
