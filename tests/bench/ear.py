"""A recording that knows when each frame was heard."""

from __future__ import annotations

import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import numpy as np

from voicecoach.units import RATE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from room import Recording, Room

    from voicecoach.audio.pcm import Samples

AUDIBLE = 20
"""Sample values above this are sound: -64 dBFS."""
LOUD = 650.0
"""The root mean square of speech that is certainly going on: -34 dBFS."""
QUIET = 0.7
"""Seconds of silence after which a session has certainly fallen silent."""
LOOK_EVERY = 0.005
"""Seconds between two looks at how long the recording is."""


class Ear:
    """A frame counts as heard when the recorder has written it to its file: up to 25 ms after it sounded."""

    def __init__(self, recording: Recording) -> None:
        self._recording = recording
        self._frames = [recording.frames]
        self._times = [time.monotonic()]
        self._closed = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    @property
    def samples(self) -> Samples:
        """All that is recorded so far, left in its file until it is looked at."""
        return np.memmap(self._recording._path, "<i2", "r", shape=(self._recording.frames,))

    def heard_at(self, frame: int) -> float:
        """When ``frame`` was heard, in seconds of the monotonic clock."""
        return self._times[min(int(np.searchsorted(self._frames, frame, "right")), len(self._times) - 1)]

    def frame_at(self, moment: float) -> int:
        """The first frame that was heard after ``moment``."""
        return self._frames[max(int(np.searchsorted(self._times, moment, "right")) - 1, 0)]

    def since(self, moment: float) -> Samples:
        """What was heard after ``moment``."""
        return self.samples[self.frame_at(moment) :]

    def first_sound(self, moment: float) -> float | None:
        """When sound was first heard after ``moment``."""
        audible = np.flatnonzero(np.abs(self.since(moment)) > AUDIBLE)
        return self.heard_at(self.frame_at(moment) + int(audible[0])) if len(audible) else None

    def wait_for_speech(self, limit: float = 20.0) -> None:
        """Wait until somebody is speaking. Raises TimeoutError."""
        end = time.monotonic() + limit
        while not is_loud(self.samples[-RATE // 20 :]):
            if time.monotonic() > end:
                raise TimeoutError("nobody spoke")
            time.sleep(LOOK_EVERY)

    def close(self) -> None:
        self._closed.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._closed.wait(LOOK_EVERY):
            if (frames := self._recording.frames) > self._frames[-1]:
                self._frames.append(frames)
                self._times.append(time.monotonic())


def is_loud(samples: Samples) -> bool:
    """Whether speech is going on in ``samples``."""
    return len(samples) > 0 and float(np.sqrt(np.mean(np.square(samples.astype(np.float64))))) > LOUD


@contextmanager
def ear_in(room: Room) -> Iterator[Ear]:
    """An ear that listens for as long as the block lasts."""
    with room.recorder() as recording:
        ear = Ear(recording)
        try:
            yield ear
        finally:
            ear.close()
