"""A session as most timers drive it, for comparison: speak, beep, sleep, one after the other.

``python naive.py CUES FOLDER HOW`` plays the cues of the JSON file CUES in their order, each a dictionary of

* ``at``: when it is due, in seconds;
* ``then``: the seconds that its author sleeps after it: ``say("Hold"); sleep(2)``;
* ``text``: what to say, or ``sound``: the path of a WAV file; the other is empty.

Speech is made when its turn comes, with pyttsx3, and played and waited for with simpleaudio. A sound is
played and not waited for. HOW is ``then``, to sleep as the author wrote, or ``until``, to look at the clock
each time and sleep until the next cue is due, which few timers do.

FOLDER is given the speech of cue 7, counted from 0, as ``7.wav``, and in ``began.txt`` the moment at which
each cue was begun, in seconds of the system-wide monotonic clock.
"""

from __future__ import annotations

import ctypes
import json
import os
import sys
import time
from importlib.util import find_spec
from itertools import zip_longest
from pathlib import Path

ESPEAK_RATE = 132
"""What voicecoach asks of espeak at its default pace, so that both speak equally long."""


def main(cues: Path, folder: Path, how: str) -> None:
    """Play everything in ``cues``."""
    if find_spec("espeakng_loader"):
        import espeakng_loader  # noqa: PLC0415 - brings an espeak where none is installed

        os.environ["ESPEAK_DATA_PATH"] = espeakng_loader.get_data_path()
        ctypes.CDLL(espeakng_loader.get_library_path())
    import pyttsx3  # noqa: PLC0415 - it looks for espeak when it is imported
    import simpleaudio  # noqa: PLC0415 - stands beside the other
    from pyttsx3.drivers import _espeak  # noqa: PLC0415 - the same

    engine = pyttsx3.init()
    engine.proxy.setBusy(False)  # this and Synchronize: else the rate is forgotten in every other run
    engine.setProperty("rate", ESPEAK_RATE)
    _espeak.Synchronize()
    plan = json.loads(cues.read_text())
    start = time.monotonic() - plan[0]["at"]
    with (folder / "began.txt").open("w", buffering=1) as began:
        for number, (cue, following) in enumerate(zip_longest(plan, plan[1:])):
            file = cue["sound"] or str(folder / f"{number}.wav")
            if cue["text"]:
                engine.save_to_file(cue["text"], file)
                engine.runAndWait()
            began.write(f"{time.monotonic()}\n")
            playing = simpleaudio.WaveObject.from_wave_file(file).play()
            if cue["text"]:
                playing.wait_done()
            if following:
                left = start + following["at"] - time.monotonic()
                time.sleep(cue["then"] if how == "then" else max(0.0, left))
        playing.wait_done()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
