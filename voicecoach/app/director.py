"""What a session can become while it plays: easier and harder forms, estimates, and counting in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from voicecoach.errors import RoutineError, UnknownName
from voicecoach.routine.model import Exercise, Posture, Profile
from voicecoach.routine.suit import Exercises, alone
from voicecoach.session.edits import Steps
from voicecoach.session.transport import Outline
from voicecoach.timeline.compile import compile_all
from voicecoach.timeline.countdown import count_in_segment
from voicecoach.timeline.expand import Settings, expand_exercise
from voicecoach.timeline.segment import Segment
from voicecoach.timeline.speech_track import Kit


@dataclass(frozen=True, slots=True)
class Choices:
    """Where other forms of an exercise come from, and how they are coached."""

    shelf: Exercises
    person: Profile
    settings: Settings


class SessionDirector:
    """Knows the library, the person and the phrases of one session."""

    def __init__(self, choices: Choices, *, kit: Kit, estimating: Kit) -> None:
        self._choices = choices
        self._kit = kit
        self._estimating = estimating

    def outline(self, steps: Steps) -> Outline:
        """The steps compiled with estimated speech, at once."""
        return compile_all(steps, self._estimating).segments

    def count_in(self, resumed: Segment) -> Segment:
        """What is played before ``resumed``, a set, goes on after a pause."""
        return count_in_segment(resumed, self._kit)

    def forms(self, exercise: Exercise, *, harder: bool) -> Iterator[Exercise | str]:
        """The easier or harder forms that suit the person, the nearest first."""
        for form in exercise.harder if harder else exercise.easier:
            if form.text:
                yield form.text
            elif found := self._suiting(form.exercise):
                yield found

    def plan(self, block: int, exercise: Exercise, posture: Posture | None) -> Steps:
        """The steps of ``exercise``, for somebody who is in ``posture`` now."""
        return expand_exercise(block, exercise, self._choices.settings, posture)

    def _suiting(self, name: str) -> Exercise | None:
        try:
            shelf = self._choices.shelf
            return alone(shelf.exercise(name), self._choices.person, shelf)
        except (UnknownName, RoutineError):
            return None  # a library that cannot be read is no reason to end a session
