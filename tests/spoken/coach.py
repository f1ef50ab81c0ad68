"""What the coach says, as it goes to the loudspeaker: the natural voice, and whole routines with sounds."""

from __future__ import annotations

import functools
import hashlib
import os
from typing import Final

import numpy as np
import soxr
from many import KEPT
from spoken.speakers import CLIPS, RATE, Sound

from voicecoach.app import estimates, prepare
from voicecoach.audio import earcons
from voicecoach.audio.mixer import SessionMixer
from voicecoach.language import phrases
from voicecoach.render.sinks import blocks
from voicecoach.timeline.compile import compile_all
from voicecoach.timeline.expand import Settings
from voicecoach.timeline.medium import Medium
from voicecoach.timeline.segment import Score, Speak
from voicecoach.timeline.speech_track import Kit
from voicecoach.units import RATE as PLAYED_AT
from voicecoach.voices.cache import SpeechCache
from voicecoach.voices.engine_hibari import HibariEngine
from voicecoach.voices.engines import EngineSpec, chain
from voicecoach.voices.narrator import Narrator
from voicecoach.voices.worker_main import Speaker

TALKATIVE: Final = "core-three-start"
"""The routine whose sentences the coach says without a pause, so that a command comes over them."""
_BETWEEN: Final = 0.15
"""Seconds between them."""


class _Here:
    """The worker of the natural voice, in this process."""

    def __init__(self, engine: EngineSpec) -> None:
        self._speaker = _speaker()

    def is_starting(self, after: float = 0.0) -> bool:
        return False

    def render(self, text: str, wpm: int) -> bytes:
        return self._speaker.answer(text, wpm)[1]

    def rest(self) -> None:
        pass

    def close(self) -> None:
        pass


def speech(seconds: float, chance: np.random.Generator) -> Sound:
    """Sentences of a routine, close together, from a place of its own."""
    said = _said(TALKATIVE)
    at, made, length = int(chance.integers(len(said))), [], 0
    while length < seconds * RATE:
        heard = _heard_at_16k(_narrator().clip(said[at % len(said)]).samples)
        made += [heard, np.zeros(round(_BETWEEN * RATE), np.float32)]
        length += len(made[-2]) + len(made[-1])
        at += 1
    return np.concatenate(made)[: round(seconds * RATE)]


def session(routine: str) -> Sound:
    """A whole routine from its first word to its last. It is made once, and anew when its words change."""
    words = hashlib.sha256("\n".join(_said(routine)).encode()).hexdigest()[:8]
    file = KEPT / "routines" / f"{routine}-{words}.npy"
    if file.exists():
        return np.load(file).astype(np.float32) / 32768
    steps = prepare.steps_of(prepare.library().load(routine), Settings())
    narrator = _narrator()
    kit = Kit(narrator, earcons.lengths(), phrases.load(), medium=Medium.HEARING)
    score = compile_all(steps, kit)
    heard = soxr.ResampleStream(PLAYED_AT, RATE, 1, dtype="int16")
    made = np.concatenate([heard.resample_chunk(each) for each in blocks(score, SessionMixer(narrator))])
    file.parent.mkdir(parents=True, exist_ok=True)
    written = file.with_suffix(f".{os.getpid()}.npy")
    np.save(written, made)
    written.replace(file)
    return np.asarray(made / 32768, np.float32)


def seconds(routine: str) -> float:
    """Return about how long a routine is, without making it."""
    return sum(segment.frames for segment in _estimated(routine).segments) / PLAYED_AT


@functools.cache
def _estimated(routine: str) -> Score:
    steps = prepare.steps_of(prepare.library().load(routine), Settings())
    return estimates.estimate(steps, medium=Medium.HEARING)


@functools.cache
def _said(routine: str) -> tuple[str, ...]:
    texts = [event.text for _, _, event in _estimated(routine).events() if isinstance(event, Speak)]
    return tuple(dict.fromkeys(texts))


@functools.cache
def _speaker() -> Speaker:
    return Speaker(HibariEngine())


@functools.cache
def _narrator() -> Narrator:
    return Narrator(chain("natural"), SpeechCache(CLIPS, print), print, worker=_Here)


def _heard_at_16k(samples: np.ndarray) -> Sound:
    return soxr.resample(samples.astype(np.float32) / 32768, PLAYED_AT, RATE)
