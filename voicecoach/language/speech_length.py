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

# What people write and the coach's own texts avoid, each as more syllables than it is written with: measured
# with both voices; tests/voices/test_real_voices.py holds the bound.
_BREATHLESS: Final = 20
"""The most words without a comma or stop that are said as fast as others [own choice]."""
_SLOWER: Final = 0.3
"""Of a syllable, for each longer word of such a run: without phrases to join, words are said one by one."""
_FIGURE: Final = 0.4
"""Of a syllable, for each figure of a number with several: "45" has three syllables."""
_SPELT: Final = 0.7
"""A syllable for each further letter of what is spelt, such as "MRI", and for a unit."""

_RUNS = re.compile(r"[,:;.!?…\u2013\u2014]\s|\n")
_LONGER = re.compile(r"[^\W\d_]{4,}")
_NUMBERS = re.compile(r"\d{2,}")
_CAPITALS = re.compile(r"\b[A-Z]{2,5}\b")
_UNITS = re.compile(r"(?<=\d)\s?(?:kg|km|cm|mm|min|%)(?!\w)")
_WORD = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)*|\d")
_VOWELS = re.compile(r"[aeiouyàáâäèéêëìíîïòóôöùúûü]+")
_SILENT_E = re.compile(r"(?<=[^aeiouyl])e$")
_COMMAS = re.compile(r"[,:;\u2013\u2014]\s|\s-\s|\.\.\s|…\s")
_STOPS = re.compile(r"(?<!\.)[.!?]\s")


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
    syllables: float = sum(map(_syllables, _WORD.findall(text.lower())))
    if not syllables:
        return Frames(0)
    body = text.strip()
    syllables += _unusual(body)
    length = (
        _START
        + _SYLLABLE * syllables
        + _COMMA * len(_COMMAS.findall(body))
        + _SENTENCE * len(_STOPS.findall(body))
    )
    return frames(length * DEFAULT_WPM / wpm)


def _unusual(text: str) -> float:
    """Return the syllables that are heard and not written, in figures, units, what is spelt, long runs."""
    runs = (_LONGER.findall(run) for run in _RUNS.split(text) if len(run.split()) > _BREATHLESS)
    figures = sum(map(len, _NUMBERS.findall(text)))
    spelt = sum(len(each) - 1 for each in _CAPITALS.findall(text)) + 2 * len(_UNITS.findall(text))
    return _SLOWER * sum(map(len, runs)) + _FIGURE * figures + _SPELT * spelt


def _syllables(word: str) -> int:
    """Count groups of vowels, at least one, without a silent final e. A digit counts as one."""
    return max(1, len(_VOWELS.findall(_SILENT_E.sub("", word))))
