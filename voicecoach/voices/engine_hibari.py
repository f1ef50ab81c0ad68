"""The natural voice: hibari-tts, a neural English voice that comes inside its wheel and needs no network."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from voicecoach.errors import VoiceUnavailable

if TYPE_CHECKING:
    from voicecoach.voices.engines import Samples


# Words a minute at each speed: 20 coaching sentences of 234 words, silence at both ends not counted
# (tests/voices/bench_voices.py). The engine moves in steps, so between two points this is near, not exact.
_SPEEDS: Final = (0.50, 0.60, 0.70, 0.75, 0.80, 0.85, 0.90, 1.00, 1.20, 1.30, 1.40, 1.80, 2.00)
_WPM: Final = (111.5, 134.0, 158.6, 163.8, 181.5, 202.1, 214.5, 223.9, 246.5, 260.4, 340.5, 369.2, 395.7)


class HibariEngine:
    """Voice "heart", 24 kHz. The same text, rate and version give the same samples (its noise has a seed)."""

    def __init__(self) -> None:
        try:
            from hibari import Hibari  # noqa: PLC0415 - loads onnxruntime, which only the worker needs
        except ImportError as error:
            raise VoiceUnavailable(f"The natural voice could not be loaded ({error}).") from error
        self._synth = Hibari(threads=1)

    def render(self, text: str, wpm: int) -> tuple[Samples, int]:
        speed = float(np.interp(wpm, _WPM, _SPEEDS))
        return np.asarray(self._synth(text, speed=speed, seed=0), np.float32), int(self._synth.sample_rate)
