"""Changes of plan that begin at once: explaining again, another form of an exercise, and leaving one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from voicecoach.routine.model import Exercise, Sides
from voicecoach.session.revision import Forms, Place, Refused, Revision, Steps
from voicecoach.timeline.expand import announcing, retraced
from voicecoach.timeline.segment import reps_done
from voicecoach.timeline.steps import (
    AnyStep,
    Briefing,
    Change,
    Coaching,
    Hurt,
    OtherForm,
    Outro,
    Rest,
    Work,
    at_tempo,
    has_tempo,
)
from voicecoach.units import seconds

SHORTEST_LEFT: Final = 5.0
"""Seconds; when less of timed work is left it counts as done. [own choice]"""


def explain(steps: Steps, at: Place, _: Forms) -> Revision:
    """The whole explanation of what is being done or comes next; then it goes on where it was."""
    here = at.index
    index, step = _meant(steps, here, "There is no exercise here to explain.")
    told: list[AnyStep] = []
    if isinstance(step, Briefing):
        told = [*steps[here:index], replace(step, coaching=Coaching.FULL)]
        return Revision(retraced((*steps[:here], *told, *steps[index + 1 :])), jump=index)
    if isinstance(steps[here], OtherForm):
        told = [steps[here]]  # which is said again before the set that it is about
    elif index == here and isinstance(step, Work):
        told = [*_rest_of(step, at)]
    return Revision(retraced((*steps[:here], _telling(step), *told, *steps[here + 1 :])), jump=here)


def easier(steps: Steps, at: Place, forms: Forms) -> Revision:
    """An easier form of what is being done or comes next, for all that is left of it."""
    return _other_form(steps, at, forms, harder=False)


def harder(steps: Steps, at: Place, forms: Forms) -> Revision:
    """A harder form of it."""
    return _other_form(steps, at, forms, harder=True)


def hurts(steps: Steps, at: Place, _: Forms) -> Revision:
    """The end of this exercise, now and for the rest of the session."""
    step = steps[at.index]
    if isinstance(step, Briefing | Work | Change):
        exercise, end = step.exercise, _end_of_exercise(steps, at.index)
    elif isinstance(step, OtherForm):
        exercise = _meant(steps, at.index, "No exercise was done yet.")[1].exercise
        end = _end_of_exercise(steps, at.index)
    else:
        before = [each for each in steps[: at.index + 1] if isinstance(each, Work | Hurt)]
        if not before:
            raise Refused("No exercise was done yet.")
        exercise, end = before[-1].exercise, at.index
        if isinstance(before[-1], Hurt):
            raise Refused(f"{exercise.name} is over already.")
        if isinstance(step, Rest) and step.next_set:
            end = _end_of_exercise(steps, at.index)
    stop = Hurt(block=step.block, title=exercise.name, exercise=exercise)
    left = shortened((*steps[: at.index], stop, *_left_out(steps[end:], exercise.key)))
    return Revision(retraced(left), jump=at.index)


def _meant(steps: Steps, index: int, refusal: str) -> tuple[int, Briefing | Work | Change]:
    """What a command at ``index`` is about, and its index: the exercise there, or the one that comes after a
    rest or a reply. Raises Refused when something else comes.
    """
    while isinstance(step := steps[index], Rest | OtherForm):
        index += 1
    if not isinstance(step, Briefing | Work | Change):
        raise Refused(refusal)
    return index, step


def _other_form(steps: Steps, at: Place, forms: Forms, *, harder: bool) -> Revision:
    index, step = _meant(steps, at.index, "There is no exercise here to change.")
    known = [told.text for told in steps if isinstance(told, OtherForm) and told.block == step.block]
    untold = (form for form in forms.forms(step.exercise, harder=harder) if form not in known)
    found = next(untold, None)
    if found is None:
        raise Refused(f"There is no {'harder' if harder else 'easier'} form of {step.exercise.name}.")
    told = OtherForm(block=step.block, title=step.exercise.name, harder=harder, side=step.side)
    if isinstance(found, str):
        return _done_differently(steps, at, index, replace(told, text=found))
    end = _end_of_exercise(steps, index)
    coming = next((each for each in steps[index:end] if isinstance(each, Work)), None)
    if coming is None:
        raise Refused(f"{step.exercise.name} is over already.")
    done, sets = coming.set_number - 1, coming.sets
    instead = forms.plan(step.block, _with_sets(found, done, sets), step.exercise.posture)
    later = _swapped(steps[end:], step.exercise, found, forms)
    new_things = tuple(item for item in found.equipment if item not in step.exercise.equipment)
    told = replace(told, instead=found.name, equipment=new_things)
    new = (_at_tempo_of(steps, each) for each in (*_numbered(instead, done, sets), *later))
    revised = (*steps[:index], told, *new)
    return Revision(retraced(revised), jump=index if index == at.index else None)


def _at_tempo_of(steps: Steps, step: AnyStep) -> AnyStep:
    """``step`` at the tempo that was asked for last, which the last set of ``steps`` has."""
    last = next((each for each in reversed(steps) if isinstance(each, Work) and has_tempo(each)), None)
    if last is None or not isinstance(step, Work):
        return step
    return at_tempo(step, last.tempo_of(last.reps))


def shortened(steps: Steps) -> Steps:
    """``steps`` when something of them is left out: their end no longer tells how much it was."""
    return tuple(replace(step, seconds=0.0) if isinstance(step, Outro) else step for step in steps)


def _telling(step: Work | Change) -> Briefing:
    """A full explanation in the middle of an exercise, in the position for it."""
    return Briefing(
        block=step.block,
        title=step.exercise.name,
        exercise=step.exercise,
        coaching=Coaching.FULL,
        side=step.side,
        travel=0.0,
        get_up=False,
        again=True,
        going_on=True,
    )


def _rest_of(work: Work, at: Place) -> Iterator[Work]:
    """What is left of a set at a place in it: the reps that are not done; nothing when all are."""
    starts = at.segment.rep_starts()
    if not starts or at.frame <= starts[0]:
        yield work
    elif (length := work.exercise.duration) is not None:
        left = length - seconds(at.segment.resume_at(at.frame) - starts[0])
        if left >= SHORTEST_LEFT:
            yield replace(work, exercise=replace(work.exercise, duration=left))
    else:
        done = reps_done(at.segment, at.frame)
        if work.exercise.sides is Sides.ALTERNATE:
            done -= done % 2  # the left side begins again
        if done < work.reps:
            yield replace(work, reps=work.reps - done, tempo=work.tempo[done:])


def _done_differently(steps: Steps, at: Place, index: int, told: OtherForm) -> Revision:
    """The same exercise, done as ``told``: said at once in a set, and else before the next one."""
    step = steps[index]
    if index == at.index and isinstance(step, Work):
        return Revision((*steps[:index], told, *_rest_of(step, at), *steps[index + 1 :]), jump=index)
    before = index + (not isinstance(step, Work))
    return Revision((*steps[:before], told, *steps[before:]))


def _end_of_exercise(steps: Steps, index: int) -> int:
    """The index after the last step of the exercise that step ``index`` belongs to."""
    block = steps[index].block
    for end in range(index, len(steps)):
        step = steps[end]
        if step.block != block or not isinstance(step, Briefing | Work | Change | OtherForm | Rest):
            return end
        if isinstance(step, Rest) and not step.next_set:
            return end
    return len(steps)


def _with_sets(exercise: Exercise, done: int, sets: int) -> Exercise:
    """``exercise`` in ``sets`` sets, without the first ``done`` of them; its last one may come repeatedly."""
    return replace(exercise, reps=(*exercise.reps, *exercise.reps[-1:] * sets)[done:sets])


def _numbered(steps: Steps, done: int, sets: int) -> Iterator[AnyStep]:
    """The steps of an exercise whose first ``done`` of ``sets`` sets were done in another form."""
    for step in steps:
        if isinstance(step, Work | Change):
            yield replace(step, set_number=step.set_number + done, sets=sets)
        elif isinstance(step, Rest) and step.next_set:
            yield replace(step, next_set=step.next_set + done, sets=sets)
        else:
            yield step


def _swapped(steps: Steps, old: Exercise, new: Exercise, forms: Forms) -> Iterator[AnyStep]:
    """``steps`` with ``new`` wherever ``old`` comes again, in as many sets, and explained once is enough."""
    index = 0
    while index < len(steps):
        step = steps[index]
        if isinstance(step, Briefing) and step.exercise.key == old.key:
            planned = forms.plan(step.block, _with_sets(new, 0, len(step.exercise.reps)), old.posture)
            yield from (_briefly(each) for each in planned)
            index = _end_of_exercise(steps, index)
            continue
        if isinstance(step, Rest) and step.next_exercise and step.next_exercise.key == old.key:
            step = announcing(step, new)
        yield step
        index += 1


def _briefly(step: AnyStep) -> AnyStep:
    if isinstance(step, Briefing):
        return replace(step, coaching=Coaching.SHORT, again=True)
    return replace(step, position=()) if isinstance(step, Change | Rest) else step


def _left_out(steps: Steps, key: str) -> list[AnyStep]:
    """``steps`` without the exercise called ``key``; the rest before it announces what comes instead."""
    left, kept = list(steps), list[AnyStep]()
    while left:
        step = left[0]
        if not (isinstance(step, Briefing) and step.exercise.key == key):
            kept.append(left.pop(0))
            continue
        del left[: _end_of_exercise(tuple(left), 0)]
        if kept and isinstance(before := kept[-1], Rest) and before.next_exercise is not None:
            after = left.pop(0) if left and isinstance(left[0], Rest) else None
            kept[-1] = _one_rest(before, after)
    return kept


def _one_rest(before: Rest, after: AnyStep | None) -> Rest:
    """Two rests with nothing left between them: the longer one, announcing what comes after both."""
    if not isinstance(after, Rest):
        return announcing(before, None)
    longer = before if (before.seconds or 0) > (after.seconds or 0) else after
    return announcing(longer, after.next_exercise)
