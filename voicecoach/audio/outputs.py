"""Lists the outputs by name, and has those without a device.

The settings take their names from here, so a device's module, and numpy with it, is loaded when it is opened.
"""

from __future__ import annotations

import contextlib
import sys
from typing import TYPE_CHECKING, Final

from voicecoach.clock import Alarm, Clock
from voicecoach.session.audibility import Audibility
from voicecoach.units import RATE, frames, seconds

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from voicecoach.audio.pcm import Samples
    from voicecoach.session.ports import Device, Output


CAPACITY: Final = RATE // 5
"""Frames that may wait: as many as in real outputs, so that the player behaves the same."""
FADE: Final = RATE // 100
"""Frames that :meth:`SilentOutput.drop` still delivers, like the fade of a loudspeaker: 10 ms."""


class SilentOutput:
    """Delivers blocks at the pace of ``clock``.

    Positions are computed from the start of the present run of blocks and never added up, so it keeps time
    with the clock to the frame as long as the player keeps up.
    """

    name = "silent"

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._run_began = clock.now()
        self._before_run = 0
        self._written = 0
        self._closed = False

    @property
    def delivered(self) -> int:
        """Frames of written blocks whose time has passed."""
        passed = frames(self._clock.now() - self._run_began)
        return min(self._before_run + passed, self._written)

    def start(self) -> None:
        """Do nothing: time starts with the first block."""

    def write(self, block: Samples) -> bool:
        waiting = self._written - self.delivered
        if waiting >= CAPACITY:
            return False
        if not waiting:
            self._run_began, self._before_run = self._clock.now(), self._written
        self._written += len(block)
        return True

    def wait(self, alarm: Alarm) -> None:
        self._clock.wait(alarm, seconds(self._written - self.delivered - CAPACITY + 1))

    def drop(self) -> int:
        forgotten = max(self._written - self.delivered - FADE, 0)
        self._written -= forgotten
        return forgotten

    def overlay(self, block: Samples) -> None:
        """Do nothing: there is no loudspeaker."""

    def duck(self, *, on: bool) -> None:
        """Do nothing: nothing is heard."""

    def tap(self, far: Callable[[bytes], None] | None) -> None:
        """Do nothing: nothing is heard."""

    def audibility(self) -> Audibility:
        """Tell that the session is heard as it was chosen."""
        return Audibility.HEARD

    def go_on(self) -> None:
        """Do nothing: nothing can be lost."""

    def close(self, *, drain: bool = True) -> None:
        if drain and not self._closed:
            self._clock.sleep(seconds(self._written - self.delivered))
        self._closed = True


def _miniaudio(_: Clock) -> Device[Samples]:
    from voicecoach.audio.miniaudio_output import MiniaudioOutput  # noqa: PLC0415 - see the top

    return MiniaudioOutput()


def _simpleaudio(clock: Clock) -> Device[Samples]:
    from voicecoach.audio.simpleaudio_output import SimpleaudioOutput  # noqa: PLC0415 - see the top

    return SimpleaudioOutput(clock)


SILENT: Final = "silent"
INSTANT: Final = "instant"
DEVICES: Final[Mapping[str, Callable[[Clock], Device[Samples]]]] = {
    "miniaudio": _miniaudio,
    "simpleaudio": _simpleaudio,
}
"""All ways to a loudspeaker. To add one, write a module and add its row here."""
STAND_INS: Final[Mapping[str, Callable[[Clock], Output[Samples]]]] = {
    SILENT: SilentOutput,
    INSTANT: lambda _: InstantOutput(),
}
"""The outputs without a device."""

AUTO: Final = ("miniaudio", "simpleaudio")
"""The devices that ``auto`` tries, in order."""

NAMES: Final = ("auto", *DEVICES, *STAND_INS)
"""The values of ``--output``."""


class InstantOutput:
    """Delivers each block at once, to ``sink`` when there is one."""

    name = "instant"

    def __init__(self, sink: Callable[[Samples], object] | None = None) -> None:
        self.delivered = 0
        self._sink = sink

    def start(self) -> None:
        """Nothing to do."""

    def write(self, block: Samples) -> bool:
        if self._sink is not None:
            self._sink(block)
        self.delivered += len(block)
        return True

    def wait(self, alarm: Alarm) -> None:
        """Do nothing: there is always room."""

    def drop(self) -> int:
        """Return 0: nothing is ever queued."""
        return 0

    def overlay(self, block: Samples) -> None:
        """Do nothing: overlays do not belong into a file."""

    def duck(self, *, on: bool) -> None:
        """Do nothing: nobody speaks to a file."""

    def tap(self, far: Callable[[bytes], None] | None) -> None:
        """Do nothing: a microphone hears none of it."""

    def audibility(self) -> Audibility:
        """Tell that the session is heard as it was chosen."""
        return Audibility.HEARD

    def go_on(self) -> None:
        """Do nothing: nothing can be lost."""

    def close(self, *, drain: bool = True) -> None:
        """Nothing to do."""


def hush_alsa() -> None:
    """Keep libasound from printing a dozen lines where there is no sound card, until the process ends."""
    if sys.platform != "linux":
        return
    import ctypes  # noqa: PLC0415 - the settings, which import this module, need no sound

    with contextlib.suppress(OSError, AttributeError):
        asound = ctypes.CDLL("libasound.so.2")
        # The handler may be called in a thread unknown to Python, even while Python shuts down, so it is a
        # C function that does nothing with its arguments.
        nothing = ctypes.cast(ctypes.CDLL(None).getpid, ctypes.c_void_p)
        asound.snd_lib_error_set_handler(nothing)


def wait_for_alsa() -> None:
    """Wait until the default device of libasound can be opened or is refused, for as long as that takes.

    simpleaudio keeps all threads of Python waiting while it opens a device; this keeps only its own.
    """
    if sys.platform != "linux":
        return
    import ctypes  # noqa: PLC0415 - as above

    with contextlib.suppress(OSError, AttributeError):
        asound, device = ctypes.CDLL("libasound.so.2"), ctypes.c_void_p()
        if asound.snd_pcm_open(ctypes.byref(device), b"default", _PLAYBACK, 0) == 0:
            asound.snd_pcm_close(device)


_PLAYBACK: Final = 0
"""SND_PCM_STREAM_PLAYBACK."""
