"""How long a text takes to say, when no voice is there to measure.

With captions only, the session still has to leave the time a spoken sentence would take.
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
"""What every voice can really do: the slower limit is the natural voice's and espeak's own."""

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
    """A :class:`~voicecoach.timeline.segment.Speech` with no voice behind it."""

    def __init__(self, wpm: int = DEFAULT_WPM) -> None:
        self._wpm = wpm

    @property
    def audible(self) -> bool:
        return False

    def measure(self, text: str) -> int:
        return estimate(text, self._wpm)


@functools.lru_cache(maxsize=4096)
def estimate(text: str, wpm: int = DEFAULT_WPM) -> Frames:
    """Frames that ``text`` would last when said at ``wpm`` words a minute; 0 when it has no words."""
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
    """Groups of vowels, without a silent final e; at least one. A digit counts as one."""
    return max(1, len(_VOWELS.findall(_SILENT_E.sub("", word))))
