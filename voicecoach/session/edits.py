"""Edits of the plan: pure functions that turn the steps of a session into other steps, one for each command.

Some commands start something else at once (explain again, an easier variation, this hurts): they *jump*.
Others change what is playing from some frame on (slower, more rest): its new version is *spliced* in there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import partial
from itertools import pairwise
from typing import Final

from voicecoach.session.commands import Command
from voicecoach.session.revision import (
    PlanPosition,
    Refused,
    Revision,
    Steps,
    end_of_exercise,
    is_within_exercise,
    meant,
    rest_of,
)
from voicecoach.session.rungs import Variations
from voicecoach.session.variation import vary
from voicecoach.timeline.every import from_next_round
from voicecoach.timeline.expand import announcing
from voicecoach.timeline.rests import lengthened
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
)
from voicecoach.timeline.transitions import retraced
from voicecoach.timeline.travel import leaves
from voicecoach.units import frames, seconds


def explain(steps: Steps, at: PlanPosition, _: Variations) -> Revision:
    """Explain in full what is being done or comes next, then go on from there."""
    here = at.index
    index, step = meant(steps, here, "nothing_to_explain")
    told: list[AnyStep] = []
    if isinstance(step, Briefing):
        asked = replace(step, coaching=Coaching.FULL, talk=TalkLevel.ALL, asked=True)
        told = [*steps[here:index], asked]
        return Revision(retraced((*steps[:here], *told, *steps[index + 1 :])), jump=index)
    if isinstance(steps[here], OtherVariation):
        told = [steps[here]]  # which is said again before the set that it is about
    elif index == here and isinstance(step, Work):
        told = [*rest_of(step, at)]
    return Revision(retraced((*steps[:here], _telling(step), *told, *steps[here + 1 :])), jump=here)


def hurts(steps: Steps, at: PlanPosition, _: Variations) -> Revision:
    """Leave the exercise out, now and for the rest of the session."""
    stop, end = hurt_at(steps, at.index)
    left = shortened((*steps[: at.index], stop, *left_out(steps[end:], stop.exercise.key)))
    return Revision(retraced(left), jump=at.index)


def hurt_at(steps: Steps, index: int) -> tuple[Hurt, int]:
    """Return the reply when something hurts in a step, and the index of what comes after that exercise.

    Raises Refused when nothing was done that could hurt.
    """
    step = steps[index]
    if isinstance(step, Briefing | Work | ChangeSides):
        exercise, end = step.exercise, end_of_exercise(steps, index)
    elif isinstance(step, OtherVariation):
        place, following = meant(steps, index, "nothing_done")
        exercise, end = following.exercise, end_of_exercise(steps, place)
    else:
        before = [each for each in steps[: index + 1] if isinstance(each, Work | Hurt)]
        if not before:
            raise Refused("nothing_done")
        exercise, end = before[-1].exercise, index
        if isinstance(before[-1], Hurt):
            raise Refused("over", name=exercise.name)
        if isinstance(step, RestStep) and is_within_exercise(steps, index):
            end = end_of_exercise(steps, index)
    goes_on = any(isinstance(each, Briefing | Work) for each in left_out(steps[end:], exercise.key))
    return Hurt(block=step.block, title=exercise.name, exercise=exercise, goes_on=goes_on), end


def shortened(steps: Steps) -> Steps:
    """``steps`` of which some are left out: the outro no longer says how long the session was."""
    return tuple(replace(step, seconds=0.0) if isinstance(step, Outro) else step for step in steps)


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


def uncounted(steps: Steps, coming: int) -> Steps:
    """``steps`` whose sets from ``coming`` on start uncounted; the same ones if they already do."""
    if not any(isinstance(step, Work) and step.marked for step in steps[coming:]):
        return steps
    anew = (replace(step, marked=()) if isinstance(step, Work) else step for step in steps[coming:])
    return (*steps[:coming], *anew)


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
        asked=True,
    )


def left_out(steps: Iterable[AnyStep], key: str) -> list[AnyStep]:
    """``steps`` without the exercise with that key; the rest before it announces what follows instead."""
    left, kept = list(steps), list[AnyStep]()
    while left:
        step = left[0]
        if not (isinstance(step, Briefing) and step.exercise.key == key):
            kept.append(left.pop(0))
            continue
        del left[: end_of_exercise(tuple(left), 0)]
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
    """The plan after ``command``, which must be one of ``Door.EDIT``. Raises Refused.

    Rounds that begin at fixed times still do, from the next one on.
    """
    revision = _EDITS[command](steps, at, variations)
    return replace(revision, steps=from_next_round(revision.steps, steps[: at.index + 1]))


def _tempo(change: float | None, steps: Steps, at: PlanPosition, _: Variations) -> Revision:
    """Change the tempo of this set from its next rep on, and of every set after it."""
    first, splice = _next_rep(at)
    here = steps[at.index]
    over = isinstance(here, Work) and splice is None
    if isinstance(here, Work) and not over and here.exercise.bounds.tempo_kept:
        raise Refused("tempo_kept", name=here.exercise.name)
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


def _count(steps: Steps, at: PlanPosition, _: Variations) -> Revision:
    """Count one more round or rep of the timed work that is being done."""
    step = steps[at.index]
    if not isinstance(step, Work) or not at.segment.counts(at.frame):
        raise Refused("nothing_to_count")
    return _marked(steps, step, at, (*step.marked, seconds(at.frame - at.segment.begins)))


def count_back(steps: Steps, at: PlanPosition) -> Revision:
    """Count one round or rep less of the timed work that is being done. Raises Refused where none is."""
    step = steps[at.index]
    if not isinstance(step, Work) or not (step.marked and at.segment.counts(at.frame)):
        raise Refused("nothing_to_take_back")
    return _marked(steps, step, at, step.marked[:-1])


def _marked(steps: Steps, step: Work, at: PlanPosition, marked: tuple[float, ...]) -> Revision:
    revised = replace(step, marked=marked)
    splice = min(at.frame + AHEAD, at.segment.frames - 1)  # the set ends as the one that has the last mark
    return Revision((*steps[: at.index], revised, *steps[at.index + 1 :]), splice=splice)


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
    Command.COUNT: _count,
    Command.EASIER: partial(vary, harder=False),
    Command.HARDER: partial(vary, harder=True),
    Command.HURTS: hurts,
}
"""The edit behind each command of ``Door.EDIT``."""
