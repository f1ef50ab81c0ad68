"""What a session needs while it is played: the library, the person and the phrases."""

from __future__ import annotations

import functools
import threading
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from voicecoach.app.estimates import Estimates
from voicecoach.errors import RoutineError, UnknownName
from voicecoach.routine.model import Exercise, Posture
from voicecoach.routine.profile import Profile
from voicecoach.routine.suit import Exercises, alone
from voicecoach.session.revision import Steps
from voicecoach.session.transport import Outline
from voicecoach.timeline.countdown import count_in_segment
from voicecoach.timeline.expand import NONE_DONE, Done, Settings, expand_exercise
from voicecoach.timeline.gaps import GapsAround
from voicecoach.timeline.interjection import interjected
from voicecoach.timeline.segment import Segment
from voicecoach.timeline.speech_track import Kit
from voicecoach.timeline.steps import TalkLevel
from voicecoach.timeline.talk_level import at_talk_level
from voicecoach.training.variation import FindVariation


def variations_for(shelf: Exercises, person: Profile) -> FindVariation:
    """Return what finds other variations of an exercise that suit ``person``; a broken one is not found."""

    def find(key: str) -> Exercise | None:
        try:
            return alone(shelf.exercise(key), person, shelf)
        except (UnknownName, RoutineError):
            return None

    return find


@dataclass(frozen=True, slots=True)
class VariationSource:
    """Where other variations of an exercise come from, and how they are coached."""

    shelf: Exercises
    person: Profile
    settings: Settings
    hurt: frozenset[str] = frozenset()
    """The keys of the exercises that hurt in this session or wait today."""
    bars: Callable[[Exercise], bool] = lambda _: False
    """Whether an exercise may not be done for another one, as it hurt too often lately."""


class SessionDirector:
    """Knows the library, the person and the phrases of one session."""

    def __init__(
        self, choices: VariationSource, *, kit: Kit, estimates: Estimates, can_say: Callable[[str], bool]
    ) -> None:
        """``can_say`` tells whether a text is rendered."""
        self._choices = choices
        self._find = functools.cache(variations_for(choices.shelf, choices.person))
        self._kit = kit
        self.say = kit.phrases
        self._estimates = estimates
        self._can_say = can_say

    def outline(self, steps: Steps, around: Sequence[GapsAround]) -> Outline:
        """The steps compiled with estimated speech, at once."""
        return self._estimates.of(steps, around).segments

    def count_in(self, resumed: Segment, frame: int, said: str = "", *, counted: bool = True) -> Segment:
        """What comes before ``resumed`` goes on at ``frame``: ``said``, and when ``counted`` a countdown."""
        return count_in_segment(resumed, frame, self._kit, said, counted=counted)

    def can_say(self, text: str) -> bool:
        """Tell whether ``text`` is rendered."""
        return self._can_say(text)

    def render(self, text: str, done: Callable[[], None]) -> None:
        """Render ``text`` in a thread of its own, and call ``done`` there."""

        def work() -> None:
            self._kit.speech.measure(text)
            done()

        threading.Thread(target=work, name="aside", daemon=True).start()

    def interjected(
        self, segment: Segment, texts: Sequence[str], window: tuple[int, int]
    ) -> tuple[Segment, int] | None:
        """Return ``segment`` with ``texts`` in its silences, and where they begin, within ``window``."""
        return interjected(segment, texts, window, self._kit)

    def at_talk_level(self, old: Segment, new: Segment, frame: int, talk: TalkLevel) -> Segment:
        """What plays, with as much said from ``frame`` on as ``talk``."""
        return at_talk_level(old, new, frame, talk, self._kit)

    @property
    def hurt(self) -> Collection[str]:
        """The keys of the exercises that hurt before."""
        return self._choices.hurt

    def variation(self, key: str) -> Exercise | None:
        """The exercise with that key, when it suits the person."""
        found = self._find(key)
        return None if found is None or self._choices.bars(found) else found

    def plan(self, block: int, exercise: Exercise, posture: Posture | None, done: Done = NONE_DONE) -> Steps:
        """The steps of ``exercise`` without the sets ``done``, for somebody who is in ``posture`` now."""
        return expand_exercise(block, exercise, self._choices.settings, posture, done)
