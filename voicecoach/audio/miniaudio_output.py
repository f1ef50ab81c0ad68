"""The default output: the computer's default loudspeaker, through miniaudio."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

from voicecoach.audio.block_queue import BlockQueue
from voicecoach.audio.outputs import hush_alsa
from voicecoach.errors import OutputError
from voicecoach.sound_devices import releasing
from voicecoach.units import RATE

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    from voicecoach.audio.pcm import Samples
    from voicecoach.clock import Alarm


CAPACITY: Final = RATE * 2 // 5
"""Frames that may wait for the device, in case the player is kept from running. They do not delay a pause, as
drop() removes them."""

# Gaps heard in 20 s beside four busy Python threads, on two cores (PulseAudio 16.1), by period and periods:
#   switch interval 0.5 ms   20 ms x 4: 30   25 x 4: 8   30 x 3: 5   30 x 4: 1   40 x 3: 0   50 x 3: 0
#   switch interval 5 ms     40 ms x 3: 98 (two threads: 4, one: 0)   50 x 4: 64
# and from drop() to silence at 0.5 ms: 40 x 3: 79 to 89 ms, 50 x 3: 97 ms.
# Each period costs the same: 40 ms take 1.2 % of a core, 50 and 60 take 0.9 %.
# PulseAudio gets one period, however many there are. At 50 ms a program stopped for 40 ms was heard as a gap
# 7 times in 20, for 60 ms always; a longer period would make every pause as much later.
PERIOD_MS: Final = 50
PERIODS: Final = 3
HELD: Final = RATE * PERIOD_MS * PERIODS // 1000
"""Frames held by the device."""
SWITCH_INTERVAL: Final = 0.0005
"""Seconds that one Python thread may keep another waiting. The default of 5 ms, times the number of busy
threads, is longer than a period."""

PATIENCE: Final = 3.0
"""Seconds without progress after which close() stops waiting; an idle sound server was seen to stall for
two."""


class MiniaudioOutput:
    """One stream, open from :meth:`start` to :meth:`close`, which plays silence between blocks."""

    name = "miniaudio"

    def __init__(self) -> None:
        self._queue = BlockQueue(CAPACITY)
        self._device: Any = None
        self._far: Callable[[bytes], None] | None = None
        self._switch_interval = sys.getswitchinterval()

    @property
    def delivered(self) -> int:
        """Frames of written blocks handed to the device, which plays them within 150 ms."""
        return self._queue.delivered

    @property
    def underruns(self) -> int:
        """The number of gaps in the sound because the player fell behind."""
        return self._queue.underruns

    def start(self) -> None:
        """Open the default device, and run this thread first. Raises OutputError when there is none."""
        ask_to_run_first()
        if self._device is None:
            self._device = _open(self._feed())
            sys.setswitchinterval(SWITCH_INTERVAL)

    def write(self, block: Samples) -> bool:
        return self._queue.push(block)

    def wait(self, alarm: Alarm) -> None:
        self._queue.wait(alarm)

    def drop(self) -> int:
        return self._queue.drop()

    def overlay(self, block: Samples) -> None:
        self._queue.overlay(block)

    def duck(self, *, on: bool) -> None:
        self._queue.duck(on=on)

    def tap(self, far: Callable[[bytes], None] | None) -> None:
        self._far = far

    def close(self, *, drain: bool = True) -> None:
        device, self._device = self._device, None
        if device is None:
            return
        if drain:
            # Frames held by the device when it is closed are not heard.
            self._queue.wait_empty(PATIENCE, silent=HELD)
        device.close()
        sys.setswitchinterval(self._switch_interval)

    def _feed(self) -> Generator[bytes, int, None]:
        """Take samples from the queue in the device's thread, which does nothing else."""
        length = yield b""
        while True:
            pulled = self._queue.pull(length)
            if far := self._far:
                far(pulled)
            length = yield pulled


def _open(feed: Generator[bytes, int, None]) -> Any:  # noqa: ANN401 - miniaudio has no types
    try:
        import miniaudio  # noqa: PLC0415 - loaded only when this output is used
    except ImportError as error:
        raise OutputError("miniaudio is not installed. Install it with: pip install miniaudio") from error
    hush_alsa()
    next(feed)
    device = None
    try:
        device = _device_class(miniaudio)(
            output_format=miniaudio.SampleFormat.SIGNED16,
            sample_rate=RATE,
            buffersize_msec=PERIOD_MS,
            callback_periods=PERIODS,
        )
        device.start(feed)
    except miniaudio.MiniaudioError as error:
        if device is not None:
            device.close()
        raise OutputError(
            "No loudspeaker was found. Switch on or plug in a loudspeaker or headphones and check that "
            "another program can play sound, or follow the session on screen with: --output silent"
        ) from error
    return device


def _device_class(miniaudio: Any) -> Any:  # noqa: ANN401 - miniaudio has no types
    class Device(releasing(miniaudio.PlaybackDevice, miniaudio)):  # type: ignore[misc] # the same
        """The default device of a sound server that has a loudspeaker."""

        def _make_context(self, *args: object) -> Any:  # noqa: ANN401 - the same
            context = super()._make_context(*args)
            lib, ffi = miniaudio.lib, miniaudio.ffi
            if context.backend == lib.ma_backend_pulseaudio:
                found, count = ffi.new("ma_device_info **"), ffi.new("ma_uint32 *")
                lib.ma_context_get_devices(context, found, count, ffi.NULL, ffi.NULL)
                if not count[0]:
                    raise miniaudio.MiniaudioError("the sound server has no loudspeaker")
            return context

    return Device


NICENESS: Final = -11
"""The niceness that PulseAudio requests for itself. Most systems grant it to administrators only."""


def ask_to_run_first() -> None:
    """Request :data:`NICENESS` for this thread and those it starts; does nothing when refused."""
    if sys.platform != "win32":
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, 0, NICENESS)
