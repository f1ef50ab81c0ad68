"""A person on a mat in a virtual room: the microphone there hears them, and the loudspeaker's echo."""

from __future__ import annotations

import os
import statistics
import subprocess
import threading
from collections import deque
from contextlib import ExitStack, contextmanager, suppress
from typing import TYPE_CHECKING

import numpy as np

from voicecoach.audio.pcm import FULL_SCALE, gain
from voicecoach.units import RATE

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy.typing as npt
    from room import Recording, Room

    from voicecoach.audio.pcm import Samples

CHUNK = RATE // 100
"""Frames that the person hears and answers at a time."""
FLIGHT = RATE // 125
"""Frames that sound takes from the loudspeaker to the microphone: 2.7 m."""
TAIL = RATE // 4
"""Frames of reverberation."""
DECAY = 0.04
"""Seconds in which the reverberation falls to 1/e."""
ECHO = -10.0
"""dB from the loudspeaker's sound to its echo at the microphone."""
NOISE = -70.0
"""dBFS of the noise at the microphone, by its power."""
FIRST = -10
"""The niceness of what carries the sound, where it is granted: a delay there is none of the program's."""


class Echo:
    """What a microphone hears of a loudspeaker in a synthetic room, chunk by chunk."""

    def __init__(self, decibels: float = ECHO) -> None:
        chance = np.random.default_rng(3)
        tail = 0.3 * chance.standard_normal(TAIL) * np.exp(-np.arange(TAIL) / (DECAY * RATE))
        response = np.concatenate((np.zeros(FLIGHT), [1.0], tail))
        self.response = response * gain(decibels) / np.sqrt(np.square(response).sum())
        self._size = 1 << (len(self.response) + CHUNK - 1).bit_length()
        self._spectrum = np.fft.rfft(self.response, self._size)
        self._rest = np.zeros(self._size)

    def hear(self, far: Samples) -> npt.NDArray[np.float64]:
        """The echo while ``far``, at most a chunk, goes out."""
        heard = np.fft.irfft(np.fft.rfft(far, self._size) * self._spectrum, self._size) + self._rest
        self._rest = np.concatenate((heard[len(far) :], np.zeros(len(far))))
        return np.asarray(heard[: len(far)])


class Mat:
    """Says things into the microphone, which is the room's default one."""

    def __init__(self, room: Room, echo: Echo) -> None:
        self._room = room
        self._echo = echo
        self._noise = np.random.default_rng(4)
        self._words: deque[npt.NDArray[np.float64]] = deque()
        self._running = True
        self._ahead: list[int] = []
        """By how many frames the recording of the loudspeaker was ahead of the microphone's, each time."""
        self.loudspeaker: Recording
        self.microphone: Recording

    def say(self, words: Samples) -> None:
        """Begin to say ``words``, or go on with them after those that are being said."""
        for start in range(0, len(words), CHUNK):
            self._words.append(words[start : start + CHUNK].astype(np.float64))

    def at_loudspeaker(self, frame: int) -> int:
        """Where in the loudspeaker's recording that frame of the microphone's is, to some milliseconds."""
        return frame + round(statistics.median(self._ahead))

    @contextmanager
    def running(self) -> Iterator[None]:
        """Lie there inside the block."""
        room = self._room
        for request in (
            "load-module module-null-sink sink_name=mat rate=48000 channels=1",
            "load-module module-remap-source source_name=microphone master=mat.monitor",
            "set-default-sink room",
            "set-default-source microphone",
        ):
            room.run("pactl", *request.split())
        with ExitStack() as stack:
            heard = "parec -d room.monitor --rate=48000 --format=s16le --channels=1 --latency-msec=20 --raw"
            said = "pacat -d mat --rate=48000 --format=s16le --channels=1 --latency-msec=50 --raw"
            ears = stack.enter_context(_started(room, heard))
            mouth = stack.enter_context(_started(room, said))
            thread = threading.Thread(target=self._carry, args=(ears, mouth), name="mat")
            thread.start()
            try:
                self.loudspeaker = stack.enter_context(room.recorder())
                self.microphone = stack.enter_context(room.recorder("mat"))
                yield
            finally:
                self._running = False
                thread.join()

    def _carry(self, ears: subprocess.Popen[bytes], mouth: subprocess.Popen[bytes]) -> None:
        assert ears.stdout
        assert mouth.stdin
        _run_first(0)
        with suppress(BrokenPipeError):
            while self._running and len(far := ears.stdout.read(2 * CHUNK)) == 2 * CHUNK:
                near = self._echo.hear(np.frombuffer(far, np.int16))
                near += self._noise.normal(0, gain(NOISE) * FULL_SCALE, CHUNK)
                if self._words:
                    words = self._words.popleft()
                    near[: len(words)] += words
                mouth.stdin.write(np.clip(np.rint(near), -FULL_SCALE, FULL_SCALE).astype(np.int16).tobytes())
                mouth.stdin.flush()
                with suppress(AttributeError):  # not recorded yet
                    self._ahead.append(self.loudspeaker.frames - self.microphone.frames)


@contextmanager
def _started(room: Room, command: str) -> Iterator[subprocess.Popen[bytes]]:
    environ, pipe = os.environ | room.environ, subprocess.PIPE
    with subprocess.Popen(
        command.split(), env=environ, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL
    ) as process:
        _run_first(process.pid)
        try:
            yield process
        finally:
            process.kill()


def _run_first(process: int) -> None:
    with suppress(OSError):
        os.setpriority(os.PRIO_PROCESS, process, FIRST)


@contextmanager
def mat(room: Room, echo: Echo) -> Iterator[Mat]:
    """A person on a mat in ``room``, who is recorded, and so is its loudspeaker."""
    made = Mat(room, echo)
    with made.running():
        yield made
