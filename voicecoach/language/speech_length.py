"""Estimates how long a text takes to say, when there is no voice to measure.

A session with captions only must still leave the time that speech would take.
"""

from __future__ import annotations

import functools
import re
from typing import Final

from voicecoach.units import Frames, frames

DEFAULT_WPM: Final = 165
"""Words a minute, about the pace of an audiobook."""
SLOWEST_WPM: Final = 110
FASTEST_WPM: Final = 320
"""The fastest rate that every voice reaches; the slowest is the limit of the natural voice and espeak."""

# Seconds at DEFAULT_WPM. Least squares over 45 coaching texts said by the natural voice and trimmed:
# the median error is 7 %, the largest 0.6 s (tests/voices/bench_voices.py prints both).
_START: Final = 0.30
_SYLLABLE: Final = 0.26
_COMMA: Final = 0.35
_SENTENCE: Final = 0.90

_WORD = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)*|\d")
_VOWELS = re.compile(r"[aeiouyàáâäèéêëìíîïòóôöùúûü]+")
_SILENT_E = re.compile(r"(?<=[^aeiouyl])e$")
_COMMAS = re.compile(r"[,:;\u2013\u2014]\s")
_STOPS = re.compile(r"[.!?…]\s")


class EstimatedSpeech:
    """A :class:`~voicecoach.timeline.segment.Speech` without a voice."""

    def __init__(self, wpm: int = DEFAULT_WPM) -> None:
        self._wpm = wpm

    @property
    def audible(self) -> bool:
        return False

    def measure(self, text: str) -> int:
        return estimate(text, self._wpm)


@functools.lru_cache(maxsize=4096)
def estimate(text: str, wpm: int = DEFAULT_WPM) -> Frames:
    """Estimate the frames of ``text`` at ``wpm`` words a minute; 0 without words."""
    syllables = sum(map(_syllables, _WORD.findall(text.lower())))
    if not syllables:
        return Frames(0)
    body = text.strip()
    length = (
        _START
        + _SYLLABLE * syllables
        + _COMMA * len(_COMMAS.findall(body))
        + _SENTENCE * len(_STOPS.findall(body))
    )
    return frames(length * DEFAULT_WPM / wpm)


def _syllables(word: str) -> int:
    """Count groups of vowels, at least one, without a silent final e. A digit counts as one."""
    return max(1, len(_VOWELS.findall(_SILENT_E.sub("", word))))
