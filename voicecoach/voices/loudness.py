"""Makes a clip from an engine's samples: resample, level, trim, limit, 16 bits.

Loudness is measured by ITU-R BS.1770-4 (K-weighting, 400 ms blocks, two gates).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from voicecoach.units import RATE, frames

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Samples = NDArray[np.float32]


PROCESSING: Final = 2
"""Part of the cache key. Raise it whenever a change in this module changes the clips."""

TARGET_LUFS: Final = -19.0
CEILING_DBTP: Final = -3.0
"""Room for an earcon, which peaks at -11 dBFS, on the same frame as a word."""

AUDIBLE: Final = 10 ** (-50 / 20)
"""The amplitude at which a levelled clip begins and ends: 31 dB below the speech's own loudness.

The softest sounds that begin a word (f, h, th) peak at -35 to -45 dBFS once levelled, so they are kept; the
natural voice's noise, and the faint rise of some 20 ms before its words, stay below and are cut.
"""
_FADE_IN: Final = frames(0.001)
"""Frames before the first audible sample. 5 ms would make every word late, or soften a p or t."""
_FADE_OUT: Final = frames(0.005)
_LONGEST_PAUSE: Final = frames(0.45)
"""Frames of the longest pause between sentences; the natural voice would leave a second or more."""

_OVERSAMPLING: Final = 4
"""The oversampling that finds peaks between samples; BS.1770-4 annex 2 asks for at least four times."""


def finish(samples: Samples, rate: int, gain: float) -> NDArray[np.int16]:
    """Return a clip: int16 mono at 48 kHz, from 1 ms before the first audible sample; empty for silence.

    ``samples`` come from an engine; ``gain`` is the :func:`gain_for` its voice.
    """
    clip = limit(trim(resample(samples, rate) * np.float32(gain)))
    return np.rint(clip * 32767).astype(np.int16)


def gain_for(samples: Samples, rate: int) -> float | None:
    """Return the factor that brings this speech to :data:`TARGET_LUFS`; None for silence or NaN."""
    level = loudness(resample(samples, rate))
    return float(10 ** ((TARGET_LUFS - level) / 20)) if np.isfinite(level) else None


def resample(samples: Samples, rate: int) -> Samples:
    """Resample to 48 kHz, without delay."""
    if not len(samples) or rate == RATE:
        return samples.astype(np.float32)
    import soxr  # noqa: PLC0415 - needed in the worker only

    return np.asarray(soxr.resample(samples, rate, RATE, quality="HQ"), np.float32)


def trim(samples: Samples) -> Samples:
    """Cut to 1 ms before the first audible sample and 5 ms after the last, and shorten long pauses inside.

    These two margins are faded with half a raised cosine.
    """
    audible = np.flatnonzero(np.abs(samples) >= AUDIBLE)
    if not len(audible):
        return np.zeros(0, np.float32)
    first, end = audible[0], audible[-1] + 1
    start, stop = max(0, first - _FADE_IN), min(len(samples), end + _FADE_OUT)
    faded = samples.copy()
    faded[start:first] *= _ramp(first - start)
    faded[end:stop] *= _ramp(stop - end)[::-1]
    keep = np.zeros(len(samples), np.bool_)
    keep[start:stop] = True
    for pause in np.flatnonzero(np.diff(audible) > _LONGEST_PAUSE):
        keep[audible[pause] + _LONGEST_PAUSE // 2 : audible[pause + 1] - _LONGEST_PAUSE // 2] = False
    return faded[keep]


def limit(samples: Samples) -> Samples:
    """Limit peaks to :data:`CEILING_DBTP` by turning down only the 5 ms around each.

    Turning the whole clip down instead would make single words up to 4 dB softer than their neighbours.
    """
    ceiling = np.float32(10 ** (CEILING_DBTP / 20))
    highest = peaks(samples)
    over = np.flatnonzero(highest > ceiling)
    if not len(over):
        return samples
    reach = frames(0.0025)
    needed = np.pad(ceiling / np.maximum(highest, ceiling), 2 * reach, constant_values=1)
    window = np.hanning(2 * reach + 3)[1:-1]
    window /= window.sum()
    limited = samples.copy()
    for near in np.split(over, np.flatnonzero(np.diff(over) > 4 * reach) + 1):
        start, end = max(0, near[0] - 2 * reach), min(len(samples), near[-1] + 2 * reach + 1)
        lowest = sliding_window_view(needed[start : end + 4 * reach], 2 * reach + 1).min(axis=1)
        limited[start:end] *= np.convolve(lowest, window, mode="valid")
    return limited


def peaks(samples: Samples) -> Samples:
    """Return the largest amplitude at 48 kHz within half a sample of each sample, also between samples."""
    if not len(samples):
        return samples
    import soxr  # noqa: PLC0415 - as above

    fine = np.zeros(_OVERSAMPLING * (len(samples) + 1), np.float32)
    around = fine[_OVERSAMPLING // 2 :]
    resampled = soxr.resample(samples, RATE, RATE * _OVERSAMPLING, quality="HQ")[: len(around)]
    np.abs(resampled, out=around[: len(resampled)])
    highest = np.abs(samples)
    for each in range(_OVERSAMPLING):  # max(axis=1) over so few takes seven times as long
        np.maximum(highest, fine[each::_OVERSAMPLING][: len(highest)], out=highest)
    return highest


def loudness(samples: Samples) -> float:
    """Return the integrated loudness of mono ``samples`` at 48 kHz, in LUFS; minus infinity for silence.

    Speech shorter than one block of 400 ms is measured as a whole.
    """
    power = _k_weighted(samples.astype(np.float64)) ** 2
    block, step = frames(0.4), frames(0.1)
    if len(power) > block:
        total = np.concatenate(([0.0], np.cumsum(power)))
        starts = np.arange(0, len(power) - block + 1, step)
        blocks = (total[starts + block] - total[starts]) / block
    else:
        blocks = power.mean(keepdims=True) if len(power) else power
    for below_mean in (None, -10.0):
        gate = -70.0 if below_mean is None else _lufs(float(blocks.mean())) + below_mean
        blocks = blocks[blocks > 10 ** ((gate + 0.691) / 10)]
        if not len(blocks):
            return float("-inf")
    return _lufs(float(blocks.mean()))


def _lufs(power: float) -> float:
    return -0.691 + 10 * float(np.log10(power))


# BS.1770-4 tables 1 and 2, for 48 kHz: a shelf for the head, then a high-pass.
_SHELF: Final = (
    (1.53512485958697, -2.69169618940638, 1.19839281085285),
    (1.0, -1.69065929318241, 0.73248077421585),
)
_HIGH_PASS: Final = ((1.0, -2.0, 1.0), (1.0, -1.99004745483398, 0.99007225036621))


def _k_weighted(samples: NDArray[np.float64]) -> NDArray[np.float64]:
    """Filter by multiplying spectra, which is fast in numpy; the padding keeps the ends apart."""
    size = len(samples) + RATE  # the filters' own ringing is below -120 dB after half a second
    spectrum = np.fft.rfft(samples, size)
    z = np.exp(-2j * np.pi * np.arange(len(spectrum)) / size)
    for numerator, denominator in (_SHELF, _HIGH_PASS):
        spectrum *= np.polyval(numerator[::-1], z) / np.polyval(denominator[::-1], z)
    return np.fft.irfft(spectrum, size)[: len(samples)]


def _ramp(length: int) -> Samples:
    """Half a raised cosine, from 0 to almost 1."""
    return (0.5 - 0.5 * np.cos(np.pi * np.arange(length) / max(length, 1))).astype(np.float32)
