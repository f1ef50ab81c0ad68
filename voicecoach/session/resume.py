"""Works out the rest of an interrupted session."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import dropwhile

from voicecoach.routine.instructions import NO_INSTRUCTIONS
from voicecoach.session.edits import concluded, left_out, uncounted
from voicecoach.session.revision import Steps
from voicecoach.timeline.saved_plan import SavedPlan
from voicecoach.timeline.steps import (
    AnyStep,
    Briefing,
    ChangeSides,
    GoToMat,
    Hurt,
    Intro,
    LeadIn,
    OtherVariation,
    RestStep,
    Work,
    works,
)
from voicecoach.timeline.transitions import retraced


def remaining(plan: SavedPlan, opening: Steps, hurt: Collection[str] = ()) -> Steps:
    """The steps to play: ``opening``, an intro that says where the session goes on, and what is left.

    The set in which it was interrupted begins again, after its exercise is explained again. Nothing is left
    of the exercises with the keys ``hurt``, nor of those that the plan says hurt. A session that was
    interrupted before its first set has its own intro.
    """
    over, left = plan.steps[: plan.at], plan.steps[plan.at :]
    begun = bool(works((*over, *left[:1])))
    left = _from_exercise_on(left)
    over = plan.steps[: len(plan.steps) - len(left)]
    left = uncounted(tuple(map(_anew, (*_explained_again(over, left), *left))), 0)
    # "This hurts" may come after the set was left, which then did not end with it.
    told = (step.exercise.key for step in plan.steps if isinstance(step, Hurt))
    for key in dict.fromkeys((*hurt, *told)):
        left = _from_exercise_on(left_out(left, key))
    following = next(iter(works(left)), None)
    intro = [step for step in plan.steps if isinstance(step, Intro)]
    if begun:
        title, where = plan.steps[-1].title, _set_of_session(over, left)
        asked = next((step.instructions for step in intro), NO_INSTRUCTIONS)
        again = Intro(
            block=0, title=title, equipment=(), instructions=asked, resumes_at=following, resumes_set=where
        )
        intro = [again] if following else []
    return concluded(retraced((*opening, *intro, *left)), idle=False)


def _set_of_session(over: Steps, left: Steps) -> tuple[int, int]:
    """Return which set of the session comes first in ``left``, and of how many, both sides as one."""
    to_do = SavedPlan(steps=left).sets
    sets = SavedPlan(steps=(*over, *left)).sets
    return sets - to_do + 1, sets


def _from_exercise_on(steps: Iterable[AnyStep]) -> Steps:
    """``steps`` without those at their start that only lead from one thing to the next."""
    leading = LeadIn | GoToMat | Intro | RestStep | ChangeSides | Hurt
    return tuple(dropwhile(lambda step: isinstance(step, leading), steps))


def _anew(step: AnyStep) -> AnyStep:
    """``step`` for somebody who is in no position yet."""
    return replace(step, leaving="", known=()) if isinstance(step, Briefing) else step


def _explained_again(over: Steps, left: Sequence[AnyStep]) -> Iterator[AnyStep]:
    """Yield the explanation that ``left`` needs when it begins in the middle of an exercise."""
    coming = next(step for step in left if not isinstance(step, OtherVariation))
    if not isinstance(coming, Work):
        return
    start = max(index for index, step in enumerate(over) if isinstance(step, Briefing))
    told, since = over[start], over[start + 1 :]
    assert isinstance(told, Briefing)
    yield replace(told, going_on=told.going_on or bool(works(since)), side=coming.side or told.side)
    told_since = [step for step in since if isinstance(step, OtherVariation)]
    yield from (step for step in told_since[-1:] if step.text)
