"""Prints what the comments in ``voicecoach/voices`` and ``voicecoach/language/speech_length.py`` claim.

Run it from the top folder: ``python -m tests.voices.bench_voices``
"""

from __future__ import annotations

import contextlib
import io
import resource
import statistics
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from voicecoach.language.speech_length import estimate
from voicecoach.units import RATE
from voicecoach.voices import loudness
from voicecoach.voices.cache import SpeechCache
from voicecoach.voices.engines import ENGINES
from voicecoach.voices.narrator import Narrator

SENTENCES = """Lie on your back with both knees bent and your feet flat on the floor.
Slide your hands under the small of your back, and keep that gentle curve.
Breathe out as you lift your head and shoulders a little.
Hold for eight seconds, and keep breathing.
Slowly lower yourself back down to the mat.
Push the heel to the wall behind you, and reach forward with the other hand.
Next: side plank on the knees, ten seconds on each side.
This trains the muscles around your spine to keep it still while your arms and legs move.
Keep your hips level, as if a cup of tea stood on your back.
You should feel a gentle stretch in the front of the hip, never a sharp pain.
Rest now. Shake out your arms and take a slow breath.
Well done. That was the last set of the session.
If this hurts, stop and rest in a comfortable position.
Squeeze your buttocks and lift your hips until your body makes a straight line.
Left leg first. Get ready.
Fetch your strap and lie down on your back again.
Twelve repetitions, two sets, with twenty seconds of rest between them.
Look at the floor and keep the back of your neck long.
Turn onto your other side and stack your feet on top of each other.
Lift slowly, without bouncing, and stop before it hurts.""".splitlines()
CUES = """Hold.|Four.|Slide.|Hips.|Stop.|Five.|Fetch.|Three.|Two|One|Up|Down|Rest.|Ready.|Push|Breathe in
Lower|Hold|Last one.|Halfway.|Left side|Ten|Thigh|Half|Back""".replace("\n", "|").split("|")
TEXTS = SENTENCES + CUES
RATES = (80, 165, 320)


def main() -> None:
    """Every installed voice at three rates, first without and then with a cache."""
    for engine in ENGINES:
        if engine.version() is None:
            continue
        for wpm in (110, 165, 250, 320):
            with tempfile.TemporaryDirectory() as folder:
                cache = SpeechCache(Path(folder), print)
                with Narrator([engine], cache, print, wpm=wpm) as cold:
                    first, _ = _timed(lambda cold=cold: cold.clip("Get ready."))
                    rendering, clips = _timed(lambda cold=cold: {text: cold.clip(text) for text in TEXTS})
                with Narrator([engine], cache, print, wpm=wpm) as warm:
                    reading, _ = _timed(lambda warm=warm: [warm.clip(text) for text in TEXTS])
            words = sum(len(text.split()) for text in SENTENCES)
            minutes = sum(clips[text].frames for text in SENTENCES) / RATE / 60
            levels = [loudness.loudness(clips[text].samples / 32767) for text in SENTENCES]
            peak = max(
                loudness.peaks((clip.samples / 32767).astype(np.float32)).max() for clip in clips.values()
            )
            errors = [(estimate(text, wpm) - clip.frames) / RATE for text, clip in clips.items()]
            relative = [
                abs(error) / (clips[text].frames / RATE) for error, text in zip(errors, clips, strict=True)
            ]
            print(
                f"{engine.name} {engine.version()}, {wpm} wpm asked, {words / minutes:.0f} spoken: "
                f"start to first clip {first:.2f} s, {1000 * rendering / len(TEXTS):.0f} ms a cue, "
                f"{1e6 * reading / len(TEXTS):.0f} us from the cache; "
                f"{min(levels):.1f} to {max(levels):.1f} LUFS, {20 * np.log10(peak):.1f} dBTP; "
                f"estimate off by {100 * statistics.median(relative):.0f} % (median), "
                f"{max(map(abs, errors)):.1f} s at most"
            )
    print(f"this process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB at most")
    _paces()


def _paces() -> None:
    """Words a minute at the engines' own settings, the tables in the two engine modules."""
    from hibari import Hibari  # noqa: PLC0415 - after the memory has been measured

    from voicecoach.voices.engine_hibari import _SPEEDS  # noqa: PLC0415 - the same
    from voicecoach.voices.engine_pyttsx3 import _ESPEAK_PACE, Pyttsx3Engine  # noqa: PLC0415 - the same

    natural = Hibari()
    for speed in _SPEEDS:
        pace = _pace(lambda text, speed=speed: (natural(text, speed=speed, seed=0), 24_000))
        print(f"natural at speed {speed}: {pace:.1f}")
    with contextlib.redirect_stdout(io.StringIO()):
        base = Pyttsx3Engine()
        paces = {rate: _pace(lambda text, wpm=rate * _ESPEAK_PACE: base.render(text, wpm)) for rate in RATES}
    for rate, pace in paces.items():
        print(f"espeak at rate {rate}: {pace:.1f}")


def _pace(render) -> float:
    """Words a minute of the sentences, from the first to the last audible sample of each."""
    length = 0.0
    for text in SENTENCES:
        samples, rate = render(text)
        audible = np.flatnonzero(np.abs(samples) >= loudness.AUDIBLE)
        length += (audible[-1] - audible[0]) / rate
    return sum(len(text.split()) for text in SENTENCES) / length * 60


def _timed(work):
    start = time.perf_counter()
    made = work()
    return time.perf_counter() - start, made


if __name__ == "__main__":
    sys.exit(main())
