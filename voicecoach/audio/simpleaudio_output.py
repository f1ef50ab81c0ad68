"""Output through simpleaudio, for those who ask for it by name.

simpleaudio plays whole buffers only: no stream, no position, no pause. But it reads a buffer bit by bit, so
this output starts one long buffer of silence and writes blocks into it ahead of the reading position, which
it computes from a clock.
"""

from __future__ import annotations

import sys
from threading import Thread
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from voicecoach.audio.attenuator import DUCKED, FULL, SCALE
from voicecoach.audio.outputs import hush_alsa, wait_for_alsa
from voicecoach.audio.pcm import FADE, Samples, fade_out, silence, to_samples
from voicecoach.errors import OutputError
from voicecoach.session.ports import DeviceSpent
from voicecoach.units import RATE, frames, seconds

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy.typing as npt

    from voicecoach.clock import Alarm, Clock

WINDOW: Final = 30 * 60 * RATE
"""Frames of the long buffer, half an hour; then the device is spent. A sound card may run 0.01 % faster than
the clock, which uses up 180 ms of the lead in this time. Only the parts that sound take up memory."""
READ_AHEAD: Final = RATE // 8
"""Frames read but not heard yet: simpleaudio asks the system for a buffer of 100 ms."""
LEAD: Final = 3 * RATE // 10
"""Frames from the playhead to the first place where blocks may be written: 300 ms."""
CAPACITY: Final = RATE // 5
"""Frames that may wait beyond the lead."""
SETTLED: Final = RATE // 10
"""Frames from the playhead to the last that a tap is told of. Less than READ_AHEAD away nothing changes any
more; the rest is for a thread that was kept waiting between a look at the clock and its writing."""
MOMENT: Final = 0.02
"""Seconds between two checks of a thread or buffer that is ending."""
PATIENCE: Final = 100
"""The number of such checks before giving up on simpleaudio's thread."""


class SimpleaudioOutput:
    """Blocks are heard about 300 ms after they are written; positions follow ``clock``."""

    name = "simpleaudio"

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._playing: Any = None
        self._buffer = silence(0)
        self._began = 0.0
        self._heard = 0
        """Frames of the buffer heard at the last check."""
        self._end = 0
        """Frames of the buffer that are written or already past."""
        self._plain = silence(0)
        """What is in the buffer from ``_plain_from`` on, as it is without ducking."""
        self._plain_from = 0
        self._over = silence(0)
        """The last overlay."""
        self._over_from = 0
        """The frame of the buffer at which it begins."""
        self._waiting_from = 0
        """The frame of the buffer at which the present run of blocks began."""
        self._before_run = 0
        """Frames written before the present run."""
        self._written = 0
        self._goal = self._turned_at = FULL
        """The factor after the last change of ducking and its ramp, and the one before."""
        self._turn = 0
        """The frame of the buffer from which that change is heard."""
        self._far: Callable[[bytes], None] | None = None

    @property
    def delivered(self) -> int:
        """Frames of written blocks heard so far, by the clock."""
        return min(self._before_run + max(self._position() - self._waiting_from, 0), self._written)

    def start(self) -> None:
        """Open the default device. Raises OutputError when it or simpleaudio is missing."""
        if self._playing is None:
            self._buffer = silence(WINDOW)
            self._heard = self._end = self._over_from = self._waiting_from = self._plain_from = self._turn = 0
            self._over = self._plain = silence(0)
            self._before_run = self._written
            self._turned_at = self._goal
            self._began = self._clock.now()
            self._playing = _play(self._buffer)
            self.tap(self._far)

    def write(self, block: Samples) -> bool:
        here = self._position()
        if self._end > here + LEAD + CAPACITY:
            return False
        if max(self._end, here + LEAD) + len(block) > WINDOW:
            if self.delivered == self._written:
                raise DeviceSpent
            return False
        if self._end < here + LEAD:
            self._before_run = self._written
            self._end = self._waiting_from = here + LEAD
        self._add(self._end, block)
        self._end += len(block)
        self._written += len(block)
        return True

    def wait(self, alarm: Alarm) -> None:
        until_room = seconds(self._end - self._position() - LEAD - CAPACITY)
        self._clock.wait(alarm, until_room if until_room > 0 else MOMENT)

    def drop(self) -> int:
        fade = max(self._position() + READ_AHEAD, self._waiting_from)
        silent = min(fade + FADE, self._end)
        forgotten = max(self._end - silent, 0)
        if forgotten:
            over_from = max(self._over_from, fade)
            over = self._over[over_from - self._over_from :]
            self._add(over_from, -over)
            dropped = self._as_written(fade, self._end)
            dropped[: silent - fade] = fade_out(dropped[: silent - fade])
            dropped[silent - fade :] = 0
            self._fill(fade, self._end)
            self._add(over_from, over)
            self._end = silent
            self._written -= forgotten
        return forgotten

    def overlay(self, block: Samples) -> None:
        start = self._position() + READ_AHEAD
        self._add(start, block)
        self._over_from, self._over = start, block

    def duck(self, *, on: bool) -> None:
        turn = self._position() + READ_AHEAD
        self._turned_at, self._turn = int(self._factors(turn - 1, turn)[0]), turn
        self._goal = DUCKED if on else FULL
        self._fill(turn, self._plain_from + len(self._plain))

    def tap(self, far: Callable[[bytes], None] | None) -> None:
        """Call ``far`` in a thread of its own: simpleaudio reads where Python cannot watch it.

        The frames follow one another exactly, but which one is heard when is known by the clock only.
        """
        self._far = far
        if far and self._playing:
            Thread(target=self._tell, args=(far, self._playing), name="tap", daemon=True).start()

    def close(self, *, drain: bool = True) -> None:
        playing, self._playing = self._playing, None
        if playing is None:
            return
        if drain and playing.is_playing():
            end = max(self._end, self._over_from + len(self._over))
            self._clock.sleep(seconds(end - self._elapsed() + READ_AHEAD))
            self._heard = self._elapsed()
        playing.stop()
        # Its thread returns the buffer to Python when it ends, which must happen before Python itself ends.
        for _ in range(PATIENCE):
            if not playing.is_playing():
                break
            self._clock.sleep(MOMENT)

    def _add(self, start: int, block: Samples) -> None:
        """Add ``block`` to what goes out from ``start`` on, as far as the buffer reaches."""
        stop = min(start + len(block), WINDOW)
        place = self._as_written(start, stop)
        block = block[: len(place)]
        place[:] = to_samples(np.add(place, block, dtype=np.float32)) if place.any() else block
        self._fill(start, stop)

    def _as_written(self, start: int, stop: int) -> Samples:
        """Return the frames from ``start`` to ``stop`` as they are without ducking, to change in place."""
        ahead = self._plain[self._heard - self._plain_from :]
        self._plain_from = self._heard
        missing = stop - self._plain_from - len(ahead)
        self._plain = np.concatenate((ahead, silence(max(missing, 0))))
        return self._plain[start - self._plain_from : max(stop - self._plain_from, 0)]

    def _fill(self, start: int, stop: int) -> None:
        """Put what was written from ``start`` to ``stop`` into the buffer, as loud as it is to be."""
        factors = self._factors(start, stop)
        plain = self._plain[start - self._plain_from : max(stop - self._plain_from, 0)]
        self._buffer[start:stop] = np.multiply(plain, factors, dtype=np.int32) >> SCALE

    def _factors(self, start: int, stop: int) -> npt.NDArray[np.int32]:
        """Return the factors of the frames from ``start`` to ``stop``, which lie after the last change."""
        turned = np.arange(start, stop, dtype=np.int32) - (self._turn - 1)
        if self._goal < self._turned_at:
            turned = -turned
        low, high = sorted((self._goal, self._turned_at))
        return np.clip(self._turned_at + turned, low, high)

    def _tell(self, far: Callable[[bytes], None], playing: Any) -> None:  # noqa: ANN401 - simpleaudio has no types
        """Tell ``far`` what goes out, until another is to be told or the device plays no more."""
        told = self._elapsed() + SETTLED
        while self._far is far and playing.is_playing():
            self._clock.sleep(MOMENT)
            settled = min(self._elapsed() + SETTLED, WINDOW)
            far(self._buffer[told:settled].tobytes())
            told = settled

    def _elapsed(self) -> int:
        return min(frames(self._clock.now() - self._began), WINDOW)

    def _position(self) -> int:
        """Return the frame of the buffer that is heard now; it stops once the device is lost."""
        if self._playing is not None and self._playing.is_playing():
            self._heard = self._elapsed()
        return self._heard


def _play(buffer: Samples) -> Any:  # noqa: ANN401 - simpleaudio has no types
    _refuse_the_one_that_crashes()
    try:
        import simpleaudio  # noqa: PLC0415 - loaded only when this output is used
    except ImportError as error:
        raise OutputError(
            "simpleaudio is not installed. Install it with: pip install 'voicecoach[simpleaudio]', "
            "or leave out --output to play without it."
        ) from error
    hush_alsa()
    wait_for_alsa()
    try:
        return simpleaudio.play_buffer(buffer, 1, 2, RATE)
    except Exception as error:  # its error class is not public
        raise OutputError(
            "simpleaudio found no loudspeaker. Check that other programs can play sound, "
            "or follow the session on screen with: --output silent"
        ) from error


def _refuse_the_one_that_crashes() -> None:
    """Refuse the original package, which crashes the process from Python 3.12 on."""
    if sys.version_info < (3, 12) or _is_installed("simpleaudio-patched") or not _is_installed("simpleaudio"):
        return
    raise OutputError(
        "The installed simpleaudio crashes on this version of Python. Install the repaired one with: "
        "pip uninstall simpleaudio; pip install simpleaudio-patched"
    )


def _is_installed(distribution: str) -> bool:
    from importlib import metadata  # noqa: PLC0415 - slow to load, and few use this output

    try:
        metadata.version(distribution)
    except metadata.PackageNotFoundError:
        return False
    return True
