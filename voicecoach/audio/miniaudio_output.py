"""The default output: the computer's default loudspeaker, through miniaudio."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, Final

from voicecoach.audio import alsa
from voicecoach.audio.block_queue import BlockQueue
from voicecoach.errors import OutputError
from voicecoach.units import RATE

if TYPE_CHECKING:
    from collections.abc import Generator

    from voicecoach.audio.pcm import Samples

QUEUE: Final = RATE // 5
PERIOD_MS: Final = 40
PERIODS: Final = 3
PATIENCE: Final = 3.0
SWITCH_INTERVAL: Final = 0.0005


class MiniaudioOutput:
    """One stream, open from :meth:`start` to :meth:`close`; silence is played as real silence."""

    name = "miniaudio"

    def __init__(self) -> None:
        self._queue = BlockQueue(QUEUE)
        self._device: Any = None

    @property
    def delivered(self) -> int:
        """Frames of written blocks that were handed to the device."""
        return self._queue.delivered

    @property
    def underruns(self) -> int:
        """How often the player fell behind and the sound had a gap."""
        return self._queue.underruns

    @property
    def backend(self) -> str:
        """What the device is reached through, such as "PulseAudio"; empty while it is closed."""
        return self._device.backend if self._device is not None else ""

    def start(self) -> None:
        """Open the default device. Raises OutputError when there is none; started already, does nothing."""
        if self._device is None:
            sys.setswitchinterval(SWITCH_INTERVAL)
            self._device = _open(self._feed())

    def write(self, block: Samples) -> bool:
        return self._queue.push(block)

    def drop(self) -> int:
        return self._queue.drop()

    def reopen(self) -> None:
        """Open the device that is the default now. Raises OutputError when there is none."""
        self.close(drain=False)
        self.start()

    def close(self, *, drain: bool = True) -> None:
        device, self._device = self._device, None
        if device is None:
            return
        if drain:
            self._queue.wait_empty(PATIENCE)
        device.close()

    def _feed(self) -> Generator[bytes, int, None]:
        """What the device's thread calls: it copies samples and does nothing else."""
        block = self._queue.pull(0)
        while True:
            block = self._queue.pull((yield block))


def _open(feed: Generator[bytes, int, None]) -> Any:  # noqa: ANN401 - miniaudio has no types
    import miniaudio  # noqa: PLC0415 - loaded only when this output is used

    alsa.hush()
    next(feed)
    device = None
    try:
        device = miniaudio.PlaybackDevice(
            output_format=miniaudio.SampleFormat.SIGNED16,
            nchannels=1,
            sample_rate=RATE,
            buffersize_msec=PERIOD_MS,
            callback_periods=PERIODS,
            # Without a list miniaudio falls back to a device that plays to nowhere, and says nothing.
            backends=[backend for backend in miniaudio.Backend if backend is not miniaudio.Backend.NULL],
            app_name="voicecoach",
        )
        device.start(feed)
    except miniaudio.MiniaudioError as error:
        if device is not None:
            device.close()
        raise OutputError("No loudspeaker was found") from error
    return device
