"""What the program and the hearing worker tell each other, and how it stands in the two pipes between them.

The coach's sound goes to the worker as it is. All else is a record as JSON, a few hundred bytes.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import IO, Final, TypeAlias, cast

from voicecoach.hearing.transcript import Transcript
from voicecoach.plain import plain, read


class Fault(StrEnum):
    """Why nothing is heard. Its value is the name of its sentence among the phrases, below ``hearing``."""

    NONE = "none"
    """There is no microphone."""
    UNNAMED = "unnamed"
    """There is none of the name that was chosen."""
    BLUETOOTH = "bluetooth"
    """There are only Bluetooth ones, and none was named."""
    UNPLUGGED = "unplugged"
    """It gives no sound any more, not even silence."""
    MUTED = "muted"
    """All it gives is silence."""
    BUSY = "busy"
    """Another program has it."""
    REFUSED = "refused"
    """The computer does not let this program listen."""
    BROKEN = "broken"
    """It cannot be opened for another reason."""
    MODEL = "model"
    """The recogniser cannot be loaded."""
    WORKER = "worker"
    """The worker died, hangs or cannot be started."""


@dataclass(frozen=True, slots=True)
class Spec:
    """All that a hearing worker has to know when it starts.

    The last three name what makes its parts, as ``module:name``.
    """

    microphone: str = ""
    """Its name or a part of it; empty for the default one."""
    model: str = "auto"
    """As the setting ``listen-model`` has it."""
    threads: int = 1
    """How many threads recognise."""
    capture: str = "voicecoach.hearing.microphone:Capture"
    ear: str = "voicecoach.hearing.ear:Ear"
    recogniser: str = "voicecoach.hearing.worker_main:open_recogniser"


@dataclass(frozen=True, slots=True)
class Far:
    """The coach's sound: int16 mono at 48 kHz, little-endian."""

    sound: bytes


@dataclass(frozen=True, slots=True)
class Missing:
    """So many frames of the coach's sound at 48 kHz got lost on the way."""

    frames: int


@dataclass(frozen=True, slots=True)
class Expect:
    """The phrases that somebody may say now."""

    phrases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Starting:
    """Another worker starts after a rest. None sends it: it is told of them."""


@dataclass(frozen=True, slots=True)
class Ready:
    """The microphone is open and the recogniser is loaded, for the first time or again."""

    model: str
    microphone: str


@dataclass(frozen=True, slots=True)
class Level:
    """How loud it is, several times a second. The worker works as long as these come."""

    level: float = 0.0
    """In dBFS."""
    noise: float = 0.0
    """When nobody speaks, in dBFS."""
    delay: float | None = None
    """Seconds by which the coach's sound comes back through the microphone, once known."""
    echo_loss: float = 0.0
    """Decibels of the coach's sound that were taken out lately."""


@dataclass(frozen=True, slots=True)
class Speaking:
    """Somebody begins to speak, or has ended."""

    now: bool
    recognised: bool = False
    """Whether what was said is being recognised, so that :class:`Said` follows."""


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody said."""

    transcript: Transcript
    ago: float
    """Seconds since its end."""
    over_coach: bool = False


@dataclass(frozen=True, slots=True)
class Lost:
    """Nothing is heard for now."""

    fault: Fault
    what: str = ""
    """What it is about: the name of a microphone, or what is wrong with the model."""


ToWorker: TypeAlias = Far | Missing | Expect
FromWorker: TypeAlias = Ready | Level | Speaking | Said | Lost
Told: TypeAlias = FromWorker | Starting
"""What is told of one worker after the other."""

_KINDS: Final[Mapping[bytes, type[Far | Missing | Expect | Ready | Level | Speaking | Said | Lost]]] = {
    b"F": Far,
    b"M": Missing,
    b"E": Expect,
    b"R": Ready,
    b"L": Level,
    b"V": Speaking,
    b"S": Said,
    b"X": Lost,
}
_LETTERS: Final = {kind: letter for letter, kind in _KINDS.items()}
_HEADER: Final = struct.Struct("<cI")
_LARGEST: Final = 1024 * 1024
"""The most bytes of one message, ten seconds of sound. More can only be a broken stream."""


def send(pipe: IO[bytes], message: ToWorker | FromWorker) -> None:
    """Write ``message`` to ``pipe``. Raises OSError when the other side is gone."""
    body = message.sound if isinstance(message, Far) else json.dumps(plain(message)).encode()
    pipe.write(_HEADER.pack(_LETTERS[type(message)], len(body)) + body)
    pipe.flush()


def receive(pipe: IO[bytes]) -> ToWorker | FromWorker | None:
    """Read the next message; None when the other side is gone or sends what is none."""
    header = pipe.read(_HEADER.size)
    if len(header) < _HEADER.size:
        return None
    letter, size = _HEADER.unpack(header)
    kind = _KINDS.get(letter)
    if kind is None or size > _LARGEST:
        return None
    body = pipe.read(size)
    if len(body) < size:
        return None
    if kind is Far:
        return Far(body) if size % 2 == 0 else None
    try:
        return cast("ToWorker | FromWorker", read(kind, json.loads(body)))
    except (ValueError, TypeError, KeyError, AttributeError):
        return None
