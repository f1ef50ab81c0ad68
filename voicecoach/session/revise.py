"""What a command makes of the plan: pure functions from the steps of a session to other steps.

Some commands start something else at once (explain again, another form, this hurts): they *jump*. Others let
what plays go on and change it from some frame on (slower, more rest): a new form of it is *spliced* in there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Final

from voicecoach.session import rework
from voicecoach.session.revision import Forms, Place, Refused, Revision, Steps
from voicecoach.session.transport import Command
from voicecoach.timeline.compile import lengthened
from voicecoach.timeline.steps import (
    AS_WRITTEN,
    AnyStep,
    Rest,
    Wait,
    Work,
    at_tempo,
    has_tempo,
    within_bounds,
)
from voicecoach.units import frames

TEMPO_STEP: Final = 0.1
MORE_REST: Final = 15.0
"""Seconds."""
AHEAD: Final = frames(0.6)
"""How far after what is written a new form of a segment takes over: more than compiling it takes."""


def revise(steps: Steps, at: Place, command: Command, forms: Forms) -> Revision:
    """The plan after ``command``, one of :data:`REVISING`. Raises Refused."""
    return REVISING[command](steps, at, forms)


def _tempo(change: float | None, steps: Steps, at: Place, _: Forms) -> Revision:
    """Another tempo for this set from its next rep on, and for every set after it."""
    first, splice = _next_rep(at)
    here = steps[at.index]
    over = isinstance(here, Work) and splice is None
    coming = [step for step in steps[at.index + over :] if isinstance(step, Work) and has_tempo(step)]
    if not coming:
        raise Refused("Nothing is left that could go at another tempo.")
    now = coming[-1].tempo_of(coming[-1].reps)  # what was asked for last
    tempo = AS_WRITTEN if change is None else round(within_bounds(now + change), 2)
    if tempo == now:
        raise Refused("This is the normal tempo." if change is None else "It does not go beyond this tempo.")
    revised = [at_tempo(step, tempo) if isinstance(step, Work) else step for step in steps[at.index :]]
    if isinstance(here, Work):
        # What plays may still be the form from before another change of tempo, whose beats ``at`` goes by.
        revised[0] = here if over else at_tempo(at.segment.work or here, tempo, first=first)
    return Revision((*steps[: at.index], *revised), splice=splice)


def _next_rep(at: Place) -> tuple[int, int | None]:
    """The next rep, and where it starts: None when the last one has begun. Never the first one: at another
    tempo the words before it might be others.
    """
    starts = at.segment.rep_starts()[1:]
    soon = at.frame + AHEAD
    return next(((rep, start) for rep, start in enumerate(starts, start=2) if start >= soon), (1, None))


def _more_rest(steps: Steps, at: Place, _: Forms) -> Revision:
    """A longer rest: this one, or the next one."""
    for index, step in enumerate(steps[at.index :], start=at.index):
        here = index == at.index
        longer: AnyStep
        if isinstance(step, Rest):
            longer = lengthened(step, MORE_REST, at.segment.frames if here else 0)
        elif isinstance(step, Wait) and here:
            longer = replace(step, limit=step.limit + MORE_REST)
        else:
            continue
        revised = (*steps[:index], longer, *steps[index + 1 :])
        splice = min(at.frame + AHEAD, at.segment.frames) if here else None
        return Revision(revised, splice=splice)
    raise Refused("There is no rest after this.")


REVISING: Final[Mapping[Command, Callable[[Steps, Place, Forms], Revision]]] = {
    Command.SLOWER: partial(_tempo, -TEMPO_STEP),
    Command.FASTER: partial(_tempo, TEMPO_STEP),
    Command.NORMAL_TEMPO: partial(_tempo, None),
    Command.MORE_REST: _more_rest,
    Command.EXPLAIN: rework.explain,
    Command.EASIER: rework.easier,
    Command.HARDER: rework.harder,
    Command.HURTS: rework.hurts,
}
"""The commands that change the plan."""

SPLICING: Final = frozenset({Command.SLOWER, Command.FASTER, Command.NORMAL_TEMPO, Command.MORE_REST})
"""Those of them that let what is playing go on: they begin where nothing is written yet."""
