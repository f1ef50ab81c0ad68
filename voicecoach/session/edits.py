"""Edits of the plan: pure functions that turn the steps of a session into other steps, one for each command.

Some commands start something else at once (explain again, an easier variation, this hurts): they *jump*.
Others change what is playing from some frame on (slower, more rest): its new version is *spliced* in there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise
from typing import Final, Protocol

from voicecoach.routine.model import Exercise, Posture, Sides
from voicecoach.session.commands import Command
from voicecoach.timeline.compile import lengthened
from voicecoach.timeline.expand import NONE_DONE, Done, announcing, retraced
from voicecoach.timeline.segment import Segment, reps_done
from voicecoach.timeline.steps import (
    AS_WRITTEN,
    AnyStep,
    Briefing,
    ChangeSides,
    Coaching,
    Hurt,
    OtherVariation,
    Outro,
    RestStep,
    TalkLevel,
    WaitStep,
    Work,
    at_tempo,
    has_tempo,
    telling,
    with_praise,
    within_bounds,
    works,
)
from voicecoach.timeline.travel import leaves
from voicecoach.units import frames, seconds

Steps = tuple[AnyStep, ...]


class Refused(Exception):
    """The command means nothing here; ``reason`` is a name under ``refused`` in the phrases."""

    def __init__(self, reason: str, **blanks: str) -> None:
        super().__init__(reason)
        self.reason, self.blanks = reason, blanks


@dataclass(frozen=True, slots=True)
class Revision:
    """A new plan, the same up to the step that is being played."""

    steps: Steps
    jump: int | None = None
    """The step to start now; None when what is playing goes on."""
    splice: int | None = None
    """The frame at which the new version of what is playing takes over; None when that stays as it is."""
    talk: TalkLevel | None = None
    """How much is said from there on, when that changes; the coach then names it."""


@dataclass(frozen=True, slots=True)
class PlanPosition:
    """Where the session is."""

    index: int
    frame: int
    segment: Segment
    """The compiled segment that plays there."""


class Variations(Protocol):
    """Finds and plans variations of an exercise that suit the person."""

    def of(self, exercise: Exercise, *, harder: bool) -> Iterable[Exercise | str]:
        """The easier or harder variations, the nearest first: another exercise, or what to do differently."""
        ...

    def plan(self, block: int, exercise: Exercise, posture: Posture | None, done: Done = NONE_DONE) -> Steps:
        """The steps of ``exercise`` without the sets ``done``, for somebody who is in ``posture`` now."""
        ...


SHORTEST_LEFT: Final = 5.0
"""Seconds; when less of timed work is left it counts as done. [own choice]"""


def explain(steps: Steps, at: PlanPosition, _: Variations) -> Revision:
    """Explain in full what is being done or comes next, then go on from there."""
    here = at.index
    index, step = _meant(steps, here, "nothing_to_explain")
    told: list[AnyStep] = []
    if isinstance(step, Briefing):
        told = [*steps[here:index], replace(step, coaching=Coaching.FULL, talk=TalkLevel.ALL)]
        return Revision(retraced((*steps[:here], *told, *steps[index + 1 :])), jump=index)
    if isinstance(steps[here], OtherVariation):
        told = [steps[here]]  # which is said again before the set that it is about
    elif index == here and isinstance(step, Work):
        told = [*_rest_of(step, at)]
    return Revision(retraced((*steps[:here], _telling(step), *told, *steps[here + 1 :])), jump=here)


def hurts(steps: Steps, at: PlanPosition, _: Variations) -> Revision:
    """Leave the exercise out, now and for the rest of the session."""
    step = steps[at.index]
    if isinstance(step, Briefing | Work | ChangeSides):
        exercise, end = step.exercise, _end_of_exercise(steps, at.index)
    elif isinstance(step, OtherVariation):
        exercise = _meant(steps, at.index, "nothing_done")[1].exercise
        end = _end_of_exercise(steps, at.index)
    else:
        before = [each for each in steps[: at.index + 1] if isinstance(each, Work | Hurt)]
        if not before:
            raise Refused("nothing_done")
        exercise, end = before[-1].exercise, at.index
        if isinstance(before[-1], Hurt):
            raise Refused("over", name=exercise.name)
        if isinstance(step, RestStep) and step.next_set:
            end = _end_of_exercise(steps, at.index)
    coming = left_out(steps[end:], exercise.key)
    goes_on = any(isinstance(each, Briefing | Work) for each in coming)
    stop = Hurt(block=step.block, title=exercise.name, exercise=exercise, goes_on=goes_on)
    left = shortened((*steps[: at.index], stop, *coming))
    return Revision(retraced(left), jump=at.index)


def _meant(steps: Steps, index: int, refusal: str) -> tuple[int, Briefing | Work | ChangeSides]:
    """The step that a command given at ``index`` is about, and its index: of the exercise there, or of the
    one that follows a rest or a reply. Raises Refused when something else follows.
    """
    while isinstance(step := steps[index], RestStep | OtherVariation):
        index += 1
    if not isinstance(step, Briefing | Work | ChangeSides):
        raise Refused(refusal)
    return index, step


def _vary(steps: Steps, at: PlanPosition, variations: Variations, *, harder: bool) -> Revision:
    """Do an easier or harder variation for the rest of the exercise that is being done or comes next."""
    index, step = _meant(steps, at.index, "nothing_to_change")
    for place in _places(steps, index, step.exercise.key):
        steps = unpraised(steps, place)
    known = [told.text for told in steps if isinstance(told, OtherVariation) and told.block == step.block]
    untold = (
        variation for variation in variations.of(step.exercise, harder=harder) if variation not in known
    )
    found = next(untold, None)
    if found is None:
        raise Refused("no_harder" if harder else "no_easier", name=step.exercise.name)
    told = OtherVariation(block=step.block, title=step.exercise.name, harder=harder, side=step.side)
    if isinstance(found, str):
        return _done_differently(steps, at, index, replace(told, text=found))
    end = _end_of_exercise(steps, index)
    coming = works(steps[index:end])
    if not coming:
        raise Refused("over", name=step.exercise.name)
    done = _done([work for work in works(steps[:index]) if work.block == step.block], coming)
    instead = variations.plan(step.block, _with_sets(found, coming[0].sets), step.exercise.posture, done)
    later = _swapped(steps[end:], step.exercise, found, variations)
    new_things = tuple(item for item in found.equipment if item not in step.exercise.equipment)
    told = replace(told, instead=found.name, equipment=new_things)
    new = (_at_tempo_of(steps, each) for each in (*instead, *later))
    revised = (*steps[:index], told, *telling(new, steps[-1].talk))
    return Revision(retraced(revised), jump=index if index == at.index else None)


def _places(steps: Steps, index: int, key: str) -> list[int]:
    """Return ``index``, and where the exercise with that key begins again after it."""
    again = (
        place
        for place, step in enumerate(steps)
        if place > index and isinstance(step, Briefing) and step.exercise.key == key
    )
    return [index, *again]


def _at_tempo_of(steps: Steps, step: AnyStep) -> AnyStep:
    """``step`` at the tempo that was asked for last: that of the last set of ``steps``."""
    last = next((each for each in reversed(steps) if isinstance(each, Work) and has_tempo(each)), None)
    if last is None or not isinstance(step, Work):
        return step
    return at_tempo(step, last.tempo_of(last.reps))


def shortened(steps: Steps) -> Steps:
    """``steps`` of which some are left out: the outro no longer says how long the session was."""
    return tuple(replace(step, seconds=0.0) if isinstance(step, Outro) else step for step in steps)


def unpraised(steps: Steps, index: int) -> Steps:
    """``steps`` without praise for the exercise that step ``index`` belongs to: not all of it is done."""
    end = _end_of_exercise(steps, index)
    return tuple(with_praise(step, "") if number == end else step for number, step in enumerate(steps))


def left_early(steps: Steps, index: int, coming: int) -> Steps:
    """``steps`` in which ``coming`` says how to leave the exercise that step ``index`` is in the middle of.

    Else somebody who goes on to the next exercise while over a ball would hear only where to go.
    """
    here, briefing = steps[index], steps[coming]
    if not isinstance(briefing, Briefing) or (isinstance(here, RestStep) and not here.next_set):
        return steps
    before = (step for step in reversed(steps[: index + 1]) if step.block == here.block)
    left = next((step.exercise for step in before if isinstance(step, Briefing)), None)
    if left is None or not leaves(left, briefing.exercise):
        return steps
    return (*steps[:coming], replace(briefing, leaving=left.leaving), *steps[coming + 1 :])


def concluded(steps: Steps, *, idle: bool) -> Steps:
    """``steps`` whose outro knows whether nothing was done; the same ones when it knows already."""
    if all(step.idle is idle for step in steps if isinstance(step, Outro)):
        return steps
    return tuple(replace(step, idle=idle) if isinstance(step, Outro) else step for step in steps)


def _telling(step: Work | ChangeSides) -> Briefing:
    """A full explanation in the middle of an exercise, for somebody who is in position already."""
    return Briefing(
        block=step.block,
        title=step.exercise.name,
        exercise=step.exercise,
        coaching=Coaching.FULL,
        side=step.side,
        again=True,
        going_on=True,
    )


def _rest_of(work: Work, at: PlanPosition) -> Iterator[Work]:
    """The set with the reps or the seconds that are left at a place in it; nothing when all are done."""
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


def _done_differently(steps: Steps, at: PlanPosition, index: int, told: OtherVariation) -> Revision:
    """Do the same exercise as ``told``, which is said at once within a set, else before the next one."""
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
        if step.block != block or not isinstance(
            step, Briefing | Work | ChangeSides | OtherVariation | RestStep
        ):
            return end
        if isinstance(step, RestStep) and not step.next_set:
            return end
    return len(steps)


def _done(past: Iterable[Work], coming: Iterable[Work]) -> Done:
    """What of the sets of an exercise is over; on every side where nothing of a set is to come."""
    over = {(work.set_number, work.side) for work in past}
    left = {work.set_number for work in coming}
    return frozenset(over | {(number, "") for number, _ in over if number not in left})


def _with_sets(exercise: Exercise, sets: int) -> Exercise:
    """``exercise`` in ``sets`` sets; a last set may be repeated."""
    return replace(exercise, reps=(*exercise.reps, *exercise.reps[-1:] * sets)[:sets])


def _swapped(steps: Steps, old: Exercise, new: Exercise, variations: Variations) -> Iterator[AnyStep]:
    """``steps`` with ``new`` in place of ``old`` wherever that comes again, explained briefly."""
    index = 0
    while index < len(steps):
        step = steps[index]
        if isinstance(step, Briefing) and step.exercise.key == old.key:
            planned = variations.plan(step.block, _with_sets(new, len(step.exercise.reps)), old.posture)
            yield from (_briefly(each) for each in planned)
            index = _end_of_exercise(steps, index)
            continue
        if isinstance(step, RestStep) and step.next_exercise and step.next_exercise.key == old.key:
            step = announcing(step, new)
        yield step
        index += 1


def _briefly(step: AnyStep) -> AnyStep:
    if isinstance(step, Briefing):
        return replace(step, coaching=Coaching.SHORT, again=True)
    return replace(step, position=()) if isinstance(step, ChangeSides | RestStep) else step


def left_out(steps: Iterable[AnyStep], key: str) -> list[AnyStep]:
    """``steps`` without the exercise with that key; the rest before it announces what follows instead."""
    left, kept = list(steps), list[AnyStep]()
    while left:
        step = left[0]
        if not (isinstance(step, Briefing) and step.exercise.key == key):
            kept.append(left.pop(0))
            continue
        del left[: _end_of_exercise(tuple(left), 0)]
        praise = ""
        while kept and isinstance(wait := kept[-1], WaitStep):  # for what is not needed any more
            praise = wait.praise
            kept.pop()
        left[:1] = [with_praise(step, praise) for step in left[:1]]
        if kept and isinstance(before := kept[-1], RestStep) and before.next_exercise is not None:
            after = left.pop(0) if left and isinstance(left[0], RestStep) else None
            kept[-1] = _one_rest(before, after)
    return kept


def _one_rest(before: RestStep, after: AnyStep | None) -> RestStep:
    """The longer of two rests with nothing left between them, announcing what follows both."""
    if not isinstance(after, RestStep):
        return announcing(before, None)
    longer = before if (before.seconds or 0) > (after.seconds or 0) else after
    return replace(announcing(longer, after.next_exercise), praise=before.praise)


TEMPO_STEP: Final = 0.1
MORE_REST: Final = 15.0
"""Seconds."""
AHEAD: Final = frames(0.6)
"""Frames between what is written and where the new version of a segment takes over: more than compiling it
takes."""


def revise(steps: Steps, at: PlanPosition, command: Command, variations: Variations) -> Revision:
    """The plan after ``command``, which must be one of ``Door.EDIT``. Raises Refused."""
    return _EDITS[command](steps, at, variations)


def _tempo(change: float | None, steps: Steps, at: PlanPosition, _: Variations) -> Revision:
    """Change the tempo of this set from its next rep on, and of every set after it."""
    first, splice = _next_rep(at)
    here = steps[at.index]
    over = isinstance(here, Work) and splice is None
    coming = [step for step in steps[at.index + over :] if isinstance(step, Work) and has_tempo(step)]
    if not coming:
        raise Refused("no_other_tempo")
    now = coming[-1].tempo_of(coming[-1].reps)  # what was asked for last
    tempo = AS_WRITTEN if change is None else round(within_bounds(now + change), 2)
    if tempo == now:
        raise Refused("normal_tempo" if change is None else "last_tempo")
    revised = [at_tempo(step, tempo) if isinstance(step, Work) else step for step in steps[at.index :]]
    if isinstance(here, Work):
        # What plays may still be the version from before another change of tempo, whose beats ``at`` goes by.
        revised[0] = here if over else at_tempo(at.segment.work or here, tempo, first=first)
    return Revision((*steps[: at.index], *revised), splice=splice)


def _next_rep(at: PlanPosition) -> tuple[int, int | None]:
    """The next rep and the frame it starts at; None when the last one has begun. Never the first rep: the
    words before it may depend on the tempo.
    """
    starts = at.segment.rep_starts()[1:]
    soon = at.frame + AHEAD
    return next(((rep, start) for rep, start in enumerate(starts, start=2) if start >= soon), (1, None))


def _more_rest(steps: Steps, at: PlanPosition, _: Variations) -> Revision:
    """Lengthen this rest, or the next one."""
    for index, step in enumerate(steps[at.index :], start=at.index):
        here = index == at.index
        longer: AnyStep
        if isinstance(step, RestStep):
            longer = lengthened(step, MORE_REST, at.segment.frames if here else 0)
        elif isinstance(step, WaitStep) and here:
            longer = replace(step, limit=step.limit + MORE_REST)
        else:
            continue
        revised = (*steps[:index], longer, *steps[index + 1 :])
        splice = min(at.frame + AHEAD, at.segment.frames) if here else None
        return Revision(revised, splice=splice)
    raise Refused("no_rest")


_TALK_AFTER: Final = dict(pairwise((*TalkLevel, TalkLevel.ALL)))


def _talk(steps: Steps, at: PlanPosition, _: Variations) -> Revision:
    """Say less than now, or everything again, in all of the session: who goes back wants it so there, too."""
    talk, splice = _TALK_AFTER[steps[-1].talk], at.frame + AHEAD
    revised = telling(steps, talk)
    if splice < at.segment.frames:
        return Revision(revised, splice=splice, talk=talk)
    return Revision((*revised[: at.index], steps[at.index], *revised[at.index + 1 :]), talk=talk)


_EDITS: Final[Mapping[Command, Callable[[Steps, PlanPosition, Variations], Revision]]] = {
    Command.SLOWER: partial(_tempo, -TEMPO_STEP),
    Command.FASTER: partial(_tempo, TEMPO_STEP),
    Command.NORMAL_TEMPO: partial(_tempo, None),
    Command.TALK: _talk,
    Command.MORE_REST: _more_rest,
    Command.EXPLAIN: explain,
    Command.EASIER: partial(_vary, harder=False),
    Command.HARDER: partial(_vary, harder=True),
    Command.HURTS: hurts,
}
"""The edit behind each command of ``Door.EDIT``."""
