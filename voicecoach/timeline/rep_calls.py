"""Calls each rep once it is done: its number, that half are done, "two more" and "last one".

A call comes late in the last movement of its rep, or in what follows that. Where there is no room, a number
follows the first word of the next rep ("Down. One done."), and what is left opens that rep ("Last one:
down."), so that exactly as many reps begin as were promised.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from voicecoach.routine.model import Sides
from voicecoach.routine.phase import PhaseKind
from voicecoach.timeline.countdown import COUNTDOWN
from voicecoach.timeline.segment import Beat, Role, Speak
from voicecoach.timeline.speech_track import BREATH, Kit, Lane
from voicecoach.timeline.steps import Work
from voicecoach.timeline.words import COUNTED_HOLD, counted_holds, uncapitalised
from voicecoach.units import frames

MANY_REPS: Final = 6
"""Sets of this many reps or more say when half of them are done, and when two are left (catalogue section 8
has "halfway" and "three more", which sounds like part of a countdown)."""
CALL_PAUSE: Final = frames(0.5)
"""Frames after the call of a rep, where there is room: a number right before a command sounds like the number
of the next rep. [own choice]"""
ORDER_PAUSE: Final = frames(0.25)
"""Frames between the word of a movement and what is said after it. [own choice]"""
BEFORE_COUNTDOWN: Final = frames(1.2)
"""The least number of frames from a call to a countdown: a number nearer to it sounds like a part of it (a
review of version 0.1.0)."""


def is_counted(beat: Beat) -> bool:
    """Tell whether the last seconds of ``beat`` are counted down, as in holds and timed work."""
    return beat.kind in {PhaseKind.HOLD, PhaseKind.TIMED} and beat.frames >= frames(COUNTED_HOLD)


def calls_end(beat: Beat) -> int:
    """Return the frame by which a call in ``beat`` must end."""
    return beat.end - (frames(COUNTDOWN[0]) + BEFORE_COUNTDOWN if is_counted(beat) else BREATH)


def closing(beats: Sequence[Beat]) -> Sequence[Beat]:
    """Return the last movement of a rep and what follows it, in which its end may be called.

    In a counted hold a call would come before its end, so that is only what follows it, or nothing.
    """
    efforts = [at for at, beat in enumerate(beats) if beat.kind not in {PhaseKind.PAUSE, PhaseKind.RELAX}]
    last = efforts[-1] if efforts else 0
    return beats[last + is_counted(beats[last]) :]


@dataclass
class RepCalls:
    """The calls of a set whose beats are laid out."""

    step: Work
    kit: Kit
    lane: Lane
    reps: Sequence[Sequence[Beat]]
    called: set[int] = field(default_factory=set)
    """The reps that are called so far."""

    def is_half(self, rep: int) -> bool:
        """Tell whether half of a longer set is done with ``rep``."""
        return rep == (self.step.reps + 1) // 2 and self.step.reps >= MANY_REPS

    def left_after(self, rep: int) -> str:
        """Return how many reps are left after ``rep``, as it is called; empty when its number is called."""
        left = self.step.reps - rep
        if left == 1:
            return self.kit.phrases("work.last_one")
        return self.kit.phrases("work.two_more") if left == 2 and self.step.reps >= MANY_REPS else ""

    def is_told(self, rep: int) -> bool:
        """Tell whether the call of ``rep`` is more than its number."""
        return self.is_half(rep) or bool(self.left_after(rep))

    def say_left(self, rep: int) -> str:
        """Say how many reps are left at the end of ``rep``, whose words are placed.

        Returns what has no room there and so is to open the next rep; empty when nothing is left to say.
        """
        text = self.left_after(rep)
        if not (text and self._at_end(rep, [text], Role.HALFWAY)):
            return text
        self.called.add(rep)
        return ""

    def open_with(self, text: str, beat: Beat, words: Sequence[str], *, sided: bool) -> bool:
        """Say how many are left as ``beat`` begins the next rep, with one of its ``words`` if there is room.

        A word that names the side is never left out, and no other word than in the other reps stands for one.
        """
        left = text.rstrip(".")
        words = words if sided else words[:1]
        joined = [self.kit.phrases("work.left_then", left=left, word=uncapitalised(word)) for word in words]
        texts = joined if sided else [*joined, text]
        said = self.lane.fix(beat.frame, texts, Role.HALFWAY, until=calls_end(beat), missed=False)
        if said:
            self.called.add(beat.rep - 1)
        return said is not None

    def say_rest(self, rep: int, *, numbers: bool) -> Speak | None:
        """Say the number of ``rep``, or that half are done, after it, once all other words are placed.

        Bare numbers are said with ``numbers`` only. What has no room is listed as not said.
        """
        if rep in self.called or rep == self.step.reps:
            return None
        if left := self.left_after(rep):
            self.lane.drop([left], Role.HALFWAY)
            return None
        if self.is_half(rep):
            half, role = [self.kit.phrases("work.half_done")], Role.HALFWAY
            if said := self._at_end(rep, half, role) or self._in_next(rep, half, role):
                return said
            self.lane.drop(half, role)
        if not numbers:
            return None
        said = self._at_end(rep, self._numbers(rep), Role.COUNT)
        if not said and not (said := self._in_next(rep, [self._done(rep)], Role.COUNT)):
            self.lane.drop([self._done(rep)], Role.COUNT)
        return said

    def _in_next(self, rep: int, texts: Sequence[str], role: Role) -> Speak | None:
        """Say the first of ``texts`` that has room after the first word of the rep after ``rep``."""
        opening = self.reps[rep][0]
        place = functools.partial(self.lane.place, texts, role, missed=False)
        since, until = opening.frame, calls_end(opening)
        return place(since=since, until=until, margin=ORDER_PAUSE) or place(since=since, until=until)

    def _at_end(self, rep: int, texts: Sequence[str], role: Role) -> Speak | None:
        """Say the first of ``texts`` that has room at the end of ``rep``, as late as it has."""
        beats = closing(self.reps[rep - 1])
        if not beats:
            return None
        windows = [(beats[0].frame, beats[-1].end - pause) for pause in (CALL_PAUSE, BREATH)]
        return self.lane.place_in(windows, texts, role, late=True, missed=False)

    def kept_for(self, beat: Beat, *, may_move: bool) -> int:
        """Return the frames at the end of ``beat`` that its rep's call may need; at least a breath.

        With ``may_move`` the number of the rep may come in the next one, where it has room there; without it
        the last two phases keep room, so that no reminder makes the words of all phases shorter.
        """
        beats = self.reps[beat.rep - 1]
        if beat not in (closing(beats) if may_move else beats[-2:]):
            return BREATH
        if beat.rep == self.step.reps:
            call = self.kit.phrases("work.last_one")
        elif not (call := self.left_after(beat.rep)):
            if may_move and self._has_room_later(beat.rep):
                return BREATH
            half = self.is_half(beat.rep)
            call = self.kit.phrases("work.half_done") if half else self._numbers(beat.rep)[0]
        return self.kit.speech.measure(call) + 2 * BREATH

    def _has_room_later(self, rep: int) -> bool:
        """Tell whether the next rep has room for the number of ``rep`` after its first word."""
        opening = self.reps[rep][0]
        if self.step.exercise.sides is Sides.ALTERNATE:  # its first words name the side and are long
            return False
        said = sum(map(self.kit.speech.measure, (self.kit.phrases.phase(opening.phase), self._done(rep))))
        return said + 2 * ORDER_PAUSE <= calls_end(opening) - opening.frame

    def _numbers(self, rep: int) -> list[str]:
        """Return the ways to call the number of ``rep`` at its end."""
        # After a countdown or within a hold, a bare number would sound like its seconds.
        held = any(beat.kind is PhaseKind.HOLD for beat in closing(self.reps[rep - 1]))
        if held or counted_holds(self.step.exercise):
            return [self._done(rep)]
        return [self.kit.phrases("work.rep", n=self.kit.phrases.number(rep))]

    def _done(self, rep: int) -> str:
        """Return the call of the number of ``rep`` for the next one, whose number it is not."""
        return self.kit.phrases("work.hold", n=self.kit.phrases.number(rep))
