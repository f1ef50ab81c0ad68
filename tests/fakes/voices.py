"""Stand-ins for speech: a worker and a cache without process or disk, and engines that misbehave."""

import os
import sys
import threading

import numpy as np

from voicecoach.errors import VoiceFailed, VoiceUnavailable
from voicecoach.voices.engines import EngineSpec, StillStarting, Unspeakable


def spec(name="tone", engine="Tone", version="1", title="test voice"):
    return EngineSpec(
        name, title, "default", f"fakes.voices:{engine}", lambda: version, f"pip install {name}"
    )


class FakeWorker:
    """Says each text in 100 frames a character; ``error`` is raised instead from the moment it is set.

    ``late`` is how often it is still starting when it is asked.
    """

    def __init__(self, engine):
        self.said, self.error, self.rests, self.closed, self.late = [], None, 0, False, 0

    def is_starting(self, after=0.0):
        return not after and self.late > 0

    def render(self, text, wpm):
        if self.late:
            self.late -= 1
            raise StillStarting("The test voice is slow to start")
        self.said.append(text)
        if self.error is not None:
            raise self.error
        if self.closed:
            raise VoiceFailed("The test voice has been closed.")
        if text in {"silence", "raise"}:
            raise Unspeakable("There is no sound for this text.")
        return np.full(100 * len(text), 1000, "<i2").tobytes()

    def rest(self):
        self.rests += 1

    def close(self):
        self.closed = True


class FakeCache(dict):
    """A cache in memory."""

    def put(self, key, sound):
        self[key] = sound
        return True


class Tone:
    """100 ms of silence, then a tone of 10 ms a character, at 16 kHz. Some texts are orders."""

    orders = {  # noqa: RUF012 - never written to
        "hang": lambda: threading.Event().wait(),
        "crash": lambda: os._exit(3),
        "raise": lambda: 1 / 0,
        "memory": lambda: np.empty(5 * 1024**3, np.int8),
        "chatter": lambda: (print("Audio saved"), os.write(1, b"noise"), sys.stdout.flush()),
    }

    def render(self, text, wpm):
        self.orders.get(text, lambda: None)()
        time = np.arange(160 * len(text)) / 16_000
        loudness = {"silence": 0, "nan": np.nan}.get(text, 0.3)
        tone = loudness * np.sin(2 * np.pi * 440 * time)
        return np.concatenate((np.zeros(1600), tone)).astype(np.float32), 16_000


class Broken(Tone):
    """It broke after it was loaded."""

    def render(self, text, wpm):
        raise RuntimeError("out of paper")


class Shy(Tone):
    """It says the sentence that any voice can say, and hangs over all others."""

    def render(self, text, wpm):
        return super().render(text if text.startswith("Lie on your back") else "hang", wpm)


class Mute(Tone):
    def render(self, text, wpm):
        return np.zeros(1600, np.float32), 16_000


class Refuses(Tone):
    def __init__(self):
        raise VoiceUnavailable("no library\x1b[31m here")


class DiesAtStart(Tone):
    def __init__(self):
        os._exit(1)


class HangsAtStart(Tone):
    def __init__(self):
        threading.Event().wait()
