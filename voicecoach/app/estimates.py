"""How long a session will be, computed with guessed lengths of speech: no voice is needed."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from functools import lru_cache

from voicecoach.language import phrases
from voicecoach.language.speech_length import DEFAULT_WPM, EstimatedSpeech
from voicecoach.session.revision import Steps
from voicecoach.timeline.compile import compile_step
from voicecoach.timeline.gaps import GapsAround, gaps
from voicecoach.timeline.medium import Medium
from voicecoach.timeline.segment import Score, Segment, Sound
from voicecoach.timeline.speech_track import Kit
from voicecoach.timeline.steps import AnyStep

_KEPT = 16
"""Segments kept for each place: of a few routines, each as it will be on a few days."""


def estimate(
    steps: tuple[AnyStep, ...],
    rate: int = DEFAULT_WPM,
    language: str = phrases.ENGLISH,
    medium: Medium = Medium.LIVE,
) -> Score:
    """The session compiled with guessed speech lengths: no voice is needed, and it takes no time."""
    return estimates(rate, language, medium).of(steps)


class Estimates:
    """Compiles with guessed speech lengths, and steps that it has compiled before only once.

    A plan is estimated before it is told, written down and played, and at each edit; most of its steps stay.
    """

    def __init__(self, kit: Kit) -> None:
        self._kit = kit
        self._known: dict[int, deque[tuple[AnyStep, GapsAround, Segment]]] = {}
        """The last segments at each place, with their step and what is around it."""

    def of(self, steps: Steps, around: Sequence[GapsAround] | None = None) -> Score:
        """The session compiled; ``around`` tells what is around each step where that is known already."""
        places = zip(steps, around or gaps(steps), strict=True)
        return Score(tuple(self._segment(index, *place) for index, place in enumerate(places)))

    def _segment(self, index: int, step: AnyStep, around: GapsAround) -> Segment:
        known = self._known.setdefault(index, deque(maxlen=_KEPT))
        for before, beside, segment in known:
            if (before is step or before == step) and beside == around:
                return segment
        made = compile_step(index, step, self._kit, around)
        known.appendleft((step, around, made))
        return made


def estimates(rate: int, language: str, medium: Medium = Medium.LIVE) -> Estimates:
    """What compiles with the guessed lengths of speech at ``rate`` words a minute."""
    return _made(rate, language, medium)


@lru_cache(maxsize=1)
def _made(rate: int, language: str, medium: Medium) -> Estimates:
    return Estimates(Kit(EstimatedSpeech(rate), sound_lengths(), phrases.load(language), medium=medium))


def sound_lengths() -> dict[Sound, int]:
    """The length of each earcon in frames."""
    from voicecoach.audio.earcons import lengths  # noqa: PLC0415 - audio is for those who need sound

    return lengths()
