"""The base voice: pyttsx3, which drives espeak-ng on Linux and the system's own voice elsewhere.

What it was found to do (2.99), and what is done about it here:

* ``say`` starts another program to play the sound: only ``save_to_file`` is used.
* Several texts queued before one ``runAndWait`` give only the last file: one text at a time.
* On Linux ``runAndWait`` returns while espeak still works, in another thread: the "finished" message is
  waited for.
* About one text in a hundred comes out empty there, because the stop of the one before is still
  under way: it is asked for again.
* macOS writes AIFF whatever the file is called: the file's first bytes decide how it is read.
* Without a system-wide espeak, the library must be in the process before pyttsx3 looks for it, and loading
  it without its data path ends the process: both come from ``espeakng_loader``.
"""

from __future__ import annotations

import ctypes
import os
import sys
import tempfile
import threading
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final

from voicecoach.errors import VoiceFailed, VoiceUnavailable
from voicecoach.voices.sound_file import empty, read_sound

if TYPE_CHECKING:
    from voicecoach.voices.engine import Samples

_ESPEAK_PACE: Final = 1.25
"""Words a minute that 20 coaching sentences take, by the rate asked of espeak: 106 at 80, 206 at 165, 401 at
320 (tests/voices/bench_voices.py)."""
_TRIES: Final = 4
_PATIENCE: Final = 30.0
"""Seconds to wait for the "finished" message; the worker's own time limit is shorter and comes first."""


class Pyttsx3Engine:
    """The default voice. Must be used from the thread that made it (SAPI5 insists)."""

    def __init__(self) -> None:
        if sys.platform == "linux" and find_spec("espeakng_loader") is not None:
            _load_espeak()
        try:
            import pyttsx3  # noqa: PLC0415 - only the worker may load a speech library

            self._engine = pyttsx3.init()
        except Exception as error:  # its drivers raise whatever their platform does
            raise VoiceUnavailable(f"The base voice could not be loaded ({error}).") from error
        self._espeak = self._engine.driver_name == "espeak"
        self._finished = threading.Event()
        self._engine.connect("finished-utterance", self._on_finished)

    def render(self, text: str, wpm: int) -> tuple[Samples, int]:
        self._engine.setProperty("rate", round(wpm / _ESPEAK_PACE) if self._espeak else wpm)
        with tempfile.TemporaryDirectory(prefix="voicecoach-") as folder:
            for attempt in range(_TRIES):
                samples, rate = self._save(text, Path(folder, f"{attempt}.wav"))
                if len(samples):
                    return samples, rate
        return empty(), rate

    def _save(self, text: str, path: Path) -> tuple[Samples, int]:
        self._finished.clear()
        self._engine.save_to_file(text, str(path))
        self._engine.runAndWait()
        if self._espeak and not self._finished.wait(_PATIENCE):
            raise VoiceFailed("The base voice did not finish.")
        try:
            return read_sound(path.read_bytes())
        except FileNotFoundError:
            return empty(), 1

    def _on_finished(self, name: str | None, completed: bool) -> None:  # noqa: ARG002, FBT001 - pyttsx3's signature
        self._finished.set()


def _load_espeak() -> None:
    import espeakng_loader  # noqa: PLC0415 - as above

    os.environ["ESPEAK_DATA_PATH"] = espeakng_loader.get_data_path()
    ctypes.CDLL(espeakng_loader.get_library_path())
