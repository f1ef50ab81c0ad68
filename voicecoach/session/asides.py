"""Asides: what the coach says besides the plan, once it is rendered and there is room for it.

A question of the person must cost no rep. So the answer is said in the next silence of a set; elsewhere at
once, and what it interrupts begins its sentence again; in a pause over the silence, and the pause goes on.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from voicecoach.session.playhead import Playhead
from voicecoach.session.ports import Director
from voicecoach.session.running_plan import RunningPlan
from voicecoach.session.transport import State
from voicecoach.timeline.segment import SegmentKind
from voicecoach.units import frames

AFTER_EARCON: Final = 0.5
"""Seconds from the request, in a pause, so that the earcon that confirms it is over."""
AHEAD: Final = frames(0.4)
"""Frames from what is written to the first word: blocks up to there may be mixed already."""
SOON: Final = frames(3)
"""Frames in which the next silence has to come outside a set, as else the coach interrupts itself [own
choice]."""


@dataclass(frozen=True, slots=True)
class Aside:
    """One or more sentences."""

    texts: tuple[str, ...]
    since: float
    """When it was asked for, by the clock."""
    interrupts: bool = False
    """Whether it is too long for a silence, so that it interrupts a set as well."""

    @property
    def whole(self) -> str:
        return " ".join(self.texts)


@dataclass
class Asides:
    """Holds the aside that is to be said next; a new one takes its place."""

    plan: RunningPlan
    playhead: Playhead
    director: Director
    ring: Callable[[], None]
    """Called in any thread when something is rendered."""
    waiting: Aside | None = None
    _rendering: set[str] = field(default_factory=set)

    def take(self, now: float) -> str:
        """Return what is to be said at once; empty when there is nothing, or not yet.

        What fits into the next silence is put there.
        """
        aside, state = self.waiting, self.playhead.at.state
        if aside is None or state is State.COUNTING_IN:
            return ""
        if state in {State.LOST, State.ENDED}:  # nobody hears it
            self.waiting = None
            return ""
        if state is State.PAUSED:
            is_due = now >= aside.since + AFTER_EARCON
        else:
            is_due = not self.playhead.is_arriving and (aside.interrupts or not self._has_place(aside))
        if not (is_due and self._is_rendered(aside.whole)):
            return ""
        self.waiting = None
        return aside.whole

    def _has_place(self, aside: Aside) -> bool:
        """Say ``aside`` in the next silence; in a set, wait for one. Tell whether it need not interrupt."""
        if not self._is_rendered(*aside.texts):
            return True
        at, heard = self.playhead.at, self.playhead.transport
        in_set = SegmentKind.WORK in {self.plan.outline[each.segment].kind for each in (at, heard)}
        since = at.frame + AHEAD
        if self.plan.interject(at, aside.texts, since, None if in_set else since + SOON):
            self.waiting = None
            return True
        return in_set

    def _is_rendered(self, *texts: str) -> bool:
        missing = [text for text in texts if not self.director.can_say(text)]
        for text in missing:
            if text not in self._rendering:
                self._rendering.add(text)
                self.director.render(text, self.ring)
        return not missing
