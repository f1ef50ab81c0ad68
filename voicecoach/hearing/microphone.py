"""The computer's microphones, through miniaudio: which there are, which one to take, and its sound.

A Bluetooth microphone is taken only when it was named: as soon as one is open, the headset plays all sound in
the quality of a telephone.
"""

from __future__ import annotations

import queue
import re
import sys
from collections.abc import Generator, Sequence
from typing import Any, Final, NamedTuple

import numpy as np

from voicecoach.hearing.messages import Fault
from voicecoach.hearing.sound import RATE, Sound
from voicecoach.sound_devices import releasing, sound_systems

STEP: Final = RATE // 100
"""Frames are given out in multiples of this, 10 ms."""
_PERIOD_MS: Final = 10
_PERIODS: Final = 30
"""Periods that may wait in the sound system while this process, which gives way to all others, does not run.
They delay nothing."""
_MOST_WAITING: Final = RATE
"""Frames that may wait to be read; of more than a second the oldest are dropped."""


class MicrophoneFault(Exception):
    """A microphone cannot be used."""

    def __init__(self, fault: Fault, what: str = "") -> None:
        super().__init__(fault, what)
        self.fault = fault
        self.what = what
        """The name of the microphone, or the one that was looked for."""


class MicrophoneDevice(NamedTuple):
    """A microphone, or another source of sound that the computer can record."""

    name: str
    key: str
    """The sound system's own name for it."""
    is_default: bool = False
    id: Any = None
    """What miniaudio opens it by."""

    @property
    def is_bluetooth(self) -> bool:
        """Whether it is a microphone of a Bluetooth headset, as far as its names tell."""
        if self.key.startswith("alsa_input."):
            return False
        return _BLUETOOTH.search(f"{self.key}\n{self.name}") is not None

    @property
    def hears_room(self) -> bool:
        """Whether it hears somebody who speaks, and not what this computer plays, or nothing."""
        return _NO_MICROPHONE.search(f"{self.key}\n{self.name}") is None


_BLUETOOTH: Final = re.compile(
    r"bluez|bluetooth|hands-?free|airpods|\bbuds\b|earbuds|^(?:[0-9a-f]{2}[-:]){5}[0-9a-f]{2}|headset(?!.*usb)",
    re.IGNORECASE,
)
_NO_MICROPHONE: Final = re.compile(
    r"\.monitor$|^monitor of |^null$|stereo mix|what u hear|loopback"
    r"|^(?:lavrate|samplerate|speexrate|speex|upmix|vdownmix|jack|oss|pulse)$",
    re.IGNORECASE | re.MULTILINE,
)
"""What this computer plays, nothing at all, and ALSA's plugins, which are there without any microphone."""


def choose(found: Sequence[MicrophoneDevice], wanted: str = "") -> MicrophoneDevice:
    """Return the microphone that is ``wanted``, by its name or a part of it, or the best without a wish.

    Raises MicrophoneFault.
    """
    if wanted:
        named = [each for each in found if wanted.casefold() in f"{each.name}\n{each.key}".casefold()]
        if not named:
            raise MicrophoneFault(Fault.UNNAMED, wanted)
        return max(named, key=lambda each: (each.hears_room, wanted in {each.name, each.key}))
    hearing = [each for each in found if each.hears_room]
    if not hearing:
        raise MicrophoneFault(Fault.NONE)
    best = min(hearing, key=lambda each: (each.is_bluetooth, not each.is_default))
    if best.is_bluetooth:
        raise MicrophoneFault(Fault.BLUETOOTH, best.name)
    return best


def list_microphones() -> tuple[MicrophoneDevice, ...]:
    """Return all that the computer can record from. Raises MicrophoneFault when it cannot tell."""
    miniaudio = _miniaudio()
    lib, ffi = miniaudio.lib, miniaudio.ffi
    try:
        context = miniaudio.Devices(sound_systems(miniaudio))
    except miniaudio.MiniaudioError as error:
        raise _fault(miniaudio, error) from error
    infos, count = ffi.new("ma_device_info **"), ffi.new("ma_uint32 *")
    result = lib.ma_context_get_devices(context._context, ffi.NULL, ffi.NULL, infos, count)  # noqa: SLF001 - as below
    if result != lib.MA_SUCCESS:
        raise MicrophoneFault(Fault.NONE)
    return tuple(
        MicrophoneDevice(
            ffi.string(info.name).decode(errors="replace"),
            _key(bytes(ffi.buffer(ffi.addressof(info.id)))),
            bool(info.isDefault),
            ffi.new("ma_device_id *", info.id),
        )
        # get_captures() does not tell which is the default one
        for info in (infos[0][place] for place in range(count[0]))
    )


def _key(raw: bytes) -> str:
    if sys.platform == "win32":
        return raw.decode("utf-16-le", errors="replace").split("\0")[0]
    return raw.split(b"\0")[0].decode(errors="replace")


class Block(NamedTuple):
    """What was heard since the last one."""

    sound: Sound
    lost: int
    """Frames before it that were dropped, as nobody read them in time."""


class Capture:
    """A microphone that is open, until it is closed."""

    def __init__(self, wanted: str = "") -> None:
        """Open the microphone that :func:`choose` chooses. Raises MicrophoneFault."""
        chosen = choose(list_microphones(), wanted)
        self.name = chosen.name
        self._arrived: queue.SimpleQueue[bytearray] = queue.SimpleQueue()
        self._rest: Sound = np.zeros(0, np.int16)
        self._device = _open(chosen, self._receive())

    def read(self, limit: float) -> Block:
        """Return all that was heard and not read yet, waiting up to ``limit`` seconds for something."""
        parts = [self._rest]
        try:
            parts.append(np.frombuffer(self._arrived.get(timeout=limit), np.int16))
            while True:
                parts.append(np.frombuffer(self._arrived.get_nowait(), np.int16))
        except queue.Empty:
            pass
        sound = np.concatenate(parts)
        lost = max(len(sound) - _MOST_WAITING, 0)
        whole = lost + (len(sound) - lost) // STEP * STEP
        self._rest = sound[whole:]
        return Block(sound[lost:whole], lost)

    def close(self) -> None:
        """Close the microphone."""
        self._device.close()

    def _receive(self) -> Generator[None, bytearray, None]:
        """Take samples in the device's thread, which does nothing else."""
        while True:
            self._arrived.put((yield))


def _miniaudio() -> Any:  # noqa: ANN401 - miniaudio has no types
    try:
        import miniaudio  # noqa: PLC0415 - loaded only when somebody listens
    except ImportError as error:
        raise MicrophoneFault(Fault.BROKEN) from error
    return miniaudio


def _open(chosen: MicrophoneDevice, receive: Generator[None, bytearray, None]) -> Any:  # noqa: ANN401 - the same
    miniaudio = _miniaudio()
    next(receive)
    device = None
    try:
        # Opened by its id, so that no sound server moves the stream to a Bluetooth one.
        device = releasing(miniaudio.CaptureDevice, miniaudio)(
            device_id=chosen.id,
            input_format=miniaudio.SampleFormat.SIGNED16,
            sample_rate=RATE,
            buffersize_msec=_PERIOD_MS,
            callback_periods=_PERIODS,
        )
        device.start(receive)
    except miniaudio.MiniaudioError as error:
        if device is not None:
            device.close()
        raise _fault(miniaudio, error, chosen.name) from error
    return device


def _fault(miniaudio: Any, error: Exception, name: str = "") -> MicrophoneFault:  # noqa: ANN401 - the same
    lib = miniaudio.lib
    faults = {
        lib.MA_ACCESS_DENIED: Fault.REFUSED,
        lib.MA_BUSY: Fault.BUSY,
        lib.MA_ALREADY_IN_USE: Fault.BUSY,
        lib.MA_NO_DEVICE: Fault.NONE,
        lib.MA_NO_BACKEND: Fault.NONE,
    }
    code = error.args[-1] if error.args else None
    return MicrophoneFault(faults.get(code, Fault.BROKEN if name else Fault.NONE), name)


class Stillness:
    """Notices when all that a microphone gives is silence, as when it is muted.

    Some give plain silence whenever nobody speaks, so one that has given sound gets more time; one that has
    given sound even after that is such a one.
    """

    LIMITS: Final = (10 * RATE, 60 * RATE)
    """Frames of silence that say that it is muted, before the first sound and after it [own choice]."""
    QUIETEST: Final = 8
    """The highest sample of silence, -72 dBFS: no room is so quiet while somebody moves [own choice]."""

    def __init__(self) -> None:
        self._still = 0
        self._limits = list(self.LIMITS)

    def hear(self, sound: Sound) -> bool:
        """Take what was heard next; tell whether there has been nothing but silence for too long."""
        if not len(sound) or int(np.abs(sound.astype(np.int32)).max()) <= self.QUIETEST:
            self._still += len(sound)
            return bool(self._limits) and self._still >= self._limits[0]
        if self._limits and (len(self._limits) == len(self.LIMITS) or self._still >= self._limits[0]):
            del self._limits[0]
        self._still = 0
        return False
