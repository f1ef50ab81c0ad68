"""The edit of a plan for an easier or harder variation: what is left of an exercise, done on another rung."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from voicecoach.routine.doses import dose_of, within_bounds
from voicecoach.routine.model import Exercise, Sides
from voicecoach.session.revision import (
    SHORTEST_LEFT,
    PlanPosition,
    Refused,
    Revision,
    Steps,
    end_of_exercise,
    meant,
    rest_of,
    unpraised,
)
from voicecoach.session.rungs import Variations, Varied, next_rung, rung_of, varied
from voicecoach.timeline.countdown import COUNT_IN_SECONDS
from voicecoach.timeline.expand import Done, announcing, timed_in
from voicecoach.timeline.steps import (
    AnyStep,
    Briefing,
    ChangeSides,
    Coaching,
    Hurt,
    OtherVariation,
    RestStep,
    Rung,
    TalkLevel,
    Work,
    at_tempo,
    has_tempo,
    telling,
    works,
)
from voicecoach.timeline.transitions import retraced
from voicecoach.timeline.travel import leaves
from voicecoach.units import seconds


def vary(steps: Steps, at: PlanPosition, variations: Variations, *, harder: bool) -> Revision:
    """Do the next easier or harder variation for the rest of the exercise, and wherever it comes again.

    It is told at once; only an explanation, a change of sides and the last moments of a set are heard to
    their end before.
    """
    index, step = meant(steps, at.index, "nothing_to_change")
    steps = unpraised(steps, index)
    start, end = at.index, end_of_exercise(steps, index)
    left = steps[index:end]
    if isinstance(step, Work) and index == start:
        if rest := tuple(rest_of(step, at)):
            left = (*rest, *left[1:])
        else:
            start += 1
            index = next((later for later in range(start, end) if not _leads_on(steps[later])), end)
            left = steps[index:end]
    if not works(left):
        raise Refused("over", name=step.exercise.name)
    first = works(left)[0]
    found = _found(steps, first, variations, harder=harder)
    told = _told(steps[at.index].block, first, found, harder=harder)
    later = _wherever_it_comes_again(steps, end, found.rung, variations)
    rests = list(_rests(steps[start:index], at if start == at.index else None))
    if _is_the_same(left, found):
        if isinstance(left[0], Briefing | ChangeSides) and index == at.index:
            return Revision(retraced((*steps[: index + 1], told, *_reworded(left[1:], found), *later)))
        changed = [*rests, *_reworded(left, found)]
    else:
        past = [work for work in works(steps[:index]) if work.block == step.block]
        exercise = _in_place_of(found.exercise, first)
        planned = variations.plan(step.block, exercise, step.exercise.posture, _done(past, works(left)))
        met = _has_met(steps[: at.index + 1], exercise)
        changed = [_before(rest, exercise) for rest in rests]
        begun = _has_met(
            tuple(each for each in steps[: at.index] if each.block == step.block), first.exercise
        )
        changed += _on_rung(steps, planned, found, works(left), met=met, before=first if begun else None)
    revised = (*steps[:start], told, *changed, *later)
    return Revision(retraced(revised), jump=start if start == at.index else None)


def _leads_on(step: AnyStep) -> bool:
    return isinstance(step, RestStep | OtherVariation)


def _found(steps: Steps, work: Work, variations: Variations, *, harder: bool) -> Varied:
    hurt = {*variations.hurt, *(step.exercise.key for step in steps if isinstance(step, Hurt))}
    found = next_rung(rung_of(work), variations, hurt, harder=harder)
    if found is None:
        raise Refused("no_harder" if harder else "no_easier", name=work.exercise.name)
    written, key = found.rung.written, found.exercise.key
    if found.rung.number > 0 and not written.bounds.lets("" if found.text else key):
        raise Refused("harder_waits", name=written.name)
    return found


def _is_the_same(left: Steps, found: Varied) -> bool:
    """Tell whether the exercise stays, and is only done differently."""
    return all(work.exercise.key == found.exercise.key for work in works(left))


def _has_met(steps: Steps, exercise: Exercise) -> bool:
    return any(isinstance(step, Briefing) and step.exercise.key == exercise.key for step in steps)


def _told(block: int, first: Work, found: Varied, *, harder: bool) -> OtherVariation:
    """The reply, with what has to be fetched for another exercise."""
    before, exercise = first.exercise, found.exercise
    other = exercise.key != before.key
    named = other or not found.text
    return OtherVariation(
        block=block,
        title=exercise.name,
        harder=harder,
        back=named and (not other or not found.rung.number),
        text="" if named else found.text,
        instead=exercise.name if named else "",
        equipment=tuple(item for item in exercise.equipment if item not in before.equipment),
        side=first.side,
    )


def _reworded(steps: Iterable[AnyStep], found: Varied) -> Iterator[AnyStep]:
    """``steps`` of an exercise that is only done differently; how is told after its explanation."""
    for step in steps:
        if isinstance(step, Work):
            exercise = replace(
                step.exercise,
                words=found.exercise.words,
                grade=found.exercise.grade,
                figure=found.exercise.figure,
            )
            yield replace(step, exercise=exercise, rung=_kept(found.rung, step))
        elif isinstance(step, Briefing):
            grade, figure = found.exercise.grade, found.exercise.figure
            exercise = replace(step.exercise, grade=grade, figure=figure)
            yield step if exercise == step.exercise else replace(step, exercise=exercise)
            yield from _reminder(step, found)
        elif isinstance(step, ChangeSides):
            yield replace(step, exercise=replace(step.exercise, figure=found.exercise.figure))
        elif not isinstance(step, OtherVariation):
            yield step


def _reminder(briefing: Briefing, found: Varied) -> Iterator[OtherVariation]:
    """Yield what to do differently, unless the briefing tells it."""
    if not found.text or found.is_level:
        return
    yield OtherVariation(
        block=briefing.block,
        title=briefing.title,
        talk=briefing.talk,
        harder=found.rung.number > 0,
        reminds=True,
        text=found.text,
        side=briefing.side,
    )


def _kept(rung: Rung, work: Work) -> Rung | None:
    """The rung to keep with ``work``: none with a whole set of the exercise of the routine."""
    return rung if rung.number or work.share < 1 else None


def _on_rung(
    steps: Steps,
    planned: Steps,
    found: Varied,
    left: Sequence[Work],
    *,
    met: bool,
    before: Work | None = None,
) -> Iterator[AnyStep]:
    """``planned``, the steps of another exercise, at the tempo of ``steps`` and told no longer than needed.

    What was done of a set that was begun is not done again. ``before`` is the set that the person is in.
    """
    for step in telling(planned, steps[-1].talk):
        if isinstance(step, Briefing):
            yield _told_after(before, step, met=met)
            yield from _reminder(step, found)
        elif isinstance(step, Work):
            work = _shared(step, left)
            work = replace(work, rounds=left[0].rounds, limit=left[0].limit, keys_known=left[0].keys_known)
            yield _at_last_tempo(steps, replace(work, rung=_kept(found.rung, work)))
        else:
            yield step


def _told_after(before: Work | None, briefing: Briefing, *, met: bool) -> Briefing:
    """``briefing`` with what is new to somebody who is in the set ``before``, or has ``met`` the exercise."""
    if met or briefing.coaching is Coaching.SHORT:
        told = replace(briefing, coaching=Coaching.SHORT, again=met)
    else:
        told = replace(briefing, coaching=Coaching.HOW, talk=TalkLevel.ALL, asked=True)
    if before is None:
        return told
    old, new = before.exercise, briefing.exercise
    stays = old.posture is new.posture and before.side == briefing.side
    return replace(
        told,
        leaving=old.leaving if leaves(old, new) else "",
        known=tuple(each for each in new.position[1:] if stays and each in old.position),
    )


def _shared(work: Work, left: Iterable[Work]) -> Work:
    """``work`` with as much of its set as is ``left`` of that set in another exercise."""
    of_set = [each for each in left if each.set_number == work.set_number]
    of_side = [each for each in of_set if each.side == work.side or "" in {each.side, work.side}]
    share = max(each.share for each in of_side or of_set)
    if share == 1:
        return work
    if work.exercise.duration is not None:
        length = max(SHORTEST_LEFT, work.exercise.duration * share)
        return replace(work, exercise=replace(work.exercise, duration=length), share=share)
    reps = math.ceil(work.reps * share - 1e-9)
    if work.exercise.sides is Sides.ALTERNATE:
        reps = min(work.reps, reps + reps % 2)
    return replace(work, reps=reps, tempo=work.tempo[:reps], share=share)


def _at_last_tempo(steps: Steps, work: Work) -> Work:
    """``work`` at the tempo that was asked for last: that of the last set of ``steps``."""
    last = next((each for each in reversed(works(steps)) if has_tempo(each)), None)
    return at_tempo(work, last.tempo_of(last.reps)) if last else work


def _rests(steps: Iterable[AnyStep], at: PlanPosition | None) -> Iterator[RestStep]:
    """The rests among ``steps``; of the first, what is left of it when it plays ``at`` a place."""
    for step in steps:
        if isinstance(step, RestStep) and at is None:
            yield step
        elif isinstance(step, RestStep) and at is not None and step.seconds is not None:
            left = seconds(at.segment.frames - at.frame)
            counted_in = COUNT_IN_SECONDS if step.counts_in else 0.0
            if left >= SHORTEST_LEFT:
                yield replace(step, seconds=float(round(left + counted_in)), added=0.0)
        at = None


def _before(rest: RestStep, exercise: Exercise) -> RestStep:
    """``rest`` with another exercise after it."""
    plain = RestStep(
        block=rest.block,
        title="",
        talk=rest.talk,
        seconds=rest.seconds,
        after_work=rest.after_work,
        posture=rest.posture,
        turn=rest.turn,
        added=rest.added,
        fills=rest.fills,
    )
    return announcing(plain, exercise)


def _done(past: Iterable[Work], left: Sequence[Work]) -> Done:
    """What of the sets of an exercise is over; on every side where nothing of a set is left.

    Sets before those ``past`` may be over as well: the session may have gone on from an interruption.
    """
    over = {(work.set_number, work.side) for work in past}
    numbers = {work.set_number for work in left}
    every = range(1, left[0].sets + 1)
    return frozenset(over | {(number, "") for number in every if number not in numbers})


def _in_place_of(exercise: Exercise, work: Work) -> Exercise:
    """``exercise`` in as many sets as ``work`` is one of, within its bounds; a last set may be repeated."""
    as_many = replace(exercise, reps=_stretched(exercise.reps, work.sets))
    bounded = within_bounds(as_many, dose_of(as_many)).reps
    return timed_in(work.rounds, replace(exercise, reps=_stretched(bounded, work.sets)))


def _stretched(reps: tuple[int, ...], sets: int) -> tuple[int, ...]:
    return (*reps, *reps[-1:] * sets)[:sets]


def _wherever_it_comes_again(steps: Steps, start: int, rung: Rung, variations: Variations) -> list[AnyStep]:
    """The steps from ``start`` on, with the same rung wherever the same exercise of the routine comes."""
    kept: list[AnyStep] = []
    while start < len(steps):
        end = end_of_exercise(steps, start) if isinstance(steps[start], Briefing) else start + 1
        part = steps[start:end]
        start = end
        if found := _there(works(part), rung, variations):
            if kept and isinstance(rest := kept[-1], RestStep) and rest.next_exercise:
                kept[-1] = announcing(rest, found.exercise)
            kept += _again(steps, part, found, variations)
            steps = unpraised(steps, start - 1)
        else:
            kept += part
    return kept


def _there(left: Sequence[Work], rung: Rung, variations: Variations) -> Varied | None:
    """What is done on ``rung`` where the sets ``left`` are planned; None in another exercise."""
    if not left or (own := rung_of(left[0])).written.key != rung.written.key:
        return None
    return varied(replace(own, number=rung.number), variations)


def _again(steps: Steps, part: Steps, found: Varied, variations: Variations) -> Iterator[AnyStep]:
    """The steps of an exercise that comes again, ``part``, as it is done now, and told briefly."""
    if _is_the_same(part, found):
        yield from _reworded(part, found)
        return
    left = works(part)
    exercise = _in_place_of(found.exercise, left[0])
    planned = variations.plan(part[0].block, exercise, left[0].exercise.posture)
    for step in _on_rung(steps, planned, found, left, met=True):
        yield replace(step, position=()) if isinstance(step, ChangeSides | RestStep) else step
