"""Turns an utterance into words: Whisper, which runs on this computer and needs no network."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import numpy as np

from voicecoach.errors import HearingUnavailable
from voicecoach.hearing.models import Model, unusable
from voicecoach.hearing.sound import RATE
from voicecoach.hearing.transcript import Candidate, Transcript
from voicecoach.hearing.vocabulary import nearest, once, plain

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Samples = NDArray[np.float32]
    """Mono at 16 kHz, from -1 to 1."""

_FRAME: Final = 160
"""Samples of a frame of the spectrogram."""
_WINDOW: Final = 1000
"""Frames that are looked at. Whisper learned with 3000, which takes four times as long and hears no more."""
_MOST_EXPECTED: Final = 200
"""The most tokens of the phrases that are expected: Whisper learned with 223, and each takes its time."""
_LEAST: Final = 1e-9
"""What is taken for a probability of zero, which has no logarithm."""
_MOST_WORDS: Final = 16
"""The most tokens that are written down; what needs more is no command."""
FAST_ENOUGH: Final = 1.2
"""The most seconds of a recognition, so that a command is obeyed within two seconds of its last word."""


class Recogniser:
    """A model that is loaded. It always hears the same words in the same samples."""

    def __init__(self, model: Model, threads: int = 1, language: str = "en") -> None:
        """Load ``model``, which takes seconds. Raises HearingUnavailable when it is damaged."""
        os.environ["HF_HUB_OFFLINE"] = "1"
        os.environ["ORT_DISABLE_TELEMETRY"] = "1"
        try:
            from faster_whisper import WhisperModel  # noqa: PLC0415 - only the worker needs it
            from faster_whisper.tokenizer import Tokenizer  # noqa: PLC0415 - the same
        except ImportError as error:
            raise HearingUnavailable(f"What recognises speech could not be loaded ({error}).") from error
        try:
            whisper = WhisperModel(
                str(model.name),
                device="cpu",
                compute_type="int8",
                cpu_threads=threads,
                local_files_only=True,
                files=model.read(),
            )
            words = Tokenizer(whisper.hf_tokenizer, whisper.model.is_multilingual, "transcribe", language)
        except (RuntimeError, ValueError, KeyError) as error:
            raise unusable(model, f"it is damaged ({error})") from error
        self.model = model
        self._whisper = whisper
        self._tokens = words
        self._start = [*words.sot_sequence, words.no_timestamps]
        self._expected: tuple[tuple[str, ...], list[int]] = ((), [])
        """The phrases that are expected, and the prompt that they make."""

    def transcribe(self, samples: Samples, phrases: Sequence[str]) -> Transcript:
        """Write down an utterance, with ``phrases`` as what is probably said, the likeliest first."""
        sound = self._encoded(samples)
        text, likelihood, no_speech = self._decoded(sound, [*self._prompt(tuple(phrases)), *self._start])
        unprompted, _, _ = self._decoded(sound, self._start)
        free = once(plain(unprompted))
        candidates = []
        if once(plain(text)) != free and (likely := nearest(text, phrases)):
            doubt = self._forced(sound, free)
            candidates = [Candidate(each, self._forced(sound, plain(each)) - doubt) for each in likely]
        return Transcript(text, unprompted, likelihood, no_speech, tuple(candidates))

    def seconds(self) -> float:
        """Return how long a recognition takes here: the shorter of two, of a made-up sound."""
        noise = np.random.default_rng(0).standard_normal(RATE).astype(np.float32) * 0.05
        taken = []
        for _ in range(2):
            begun = time.perf_counter()
            self.transcribe(noise, ["one two three four"] * _MOST_EXPECTED)
            taken.append(time.perf_counter() - begun)
        return min(taken)

    def _prompt(self, phrases: tuple[str, ...]) -> list[int]:
        """Return the beginning that makes ``phrases`` expected, as many as there is room for."""
        if phrases != self._expected[0]:
            tokens: list[int] = []
            for phrase in phrases:
                more = self._tokens.encode(f"{',' if tokens else ''} {phrase}")
                if len(tokens) + len(more) > _MOST_EXPECTED:
                    break
                tokens += more
            self._expected = phrases, [self._tokens.sot_prev, *tokens] if tokens else []
        return self._expected[1]

    def _forced(self, sound: object, text: str) -> float:
        """Return the log probability of the words of a plain ``text`` in ``sound``."""
        tokens = self._tokens.encode(f" {text}")
        if not text:
            return 0.0
        found = self._whisper.model.align(sound, self._start, [tokens], _WINDOW)[0]
        return float(np.log(np.maximum(found.text_token_probs, _LEAST)).sum())

    def _encoded(self, samples: Samples) -> object:
        import ctranslate2  # noqa: PLC0415 - loaded with the model

        room = _WINDOW * _FRAME
        padded = np.zeros(max(room, len(samples)), np.float32)
        padded[: len(samples)] = samples
        spectrogram = self._whisper.feature_extractor(padded)[:, :_WINDOW]
        return self._whisper.model.encode(
            ctranslate2.StorageView.from_array(np.ascontiguousarray(spectrogram[np.newaxis]))
        )

    def _decoded(self, sound: object, prompt: list[int]) -> tuple[str, float, float]:
        found = self._whisper.model.generate(
            sound,
            [prompt],
            beam_size=1,
            max_length=len(prompt) + _MOST_WORDS,
            return_scores=True,
            return_no_speech_prob=True,
        )[0]
        text = str(self._tokens.decode(found.sequences_ids[0])).strip()
        return text, float(found.scores[0]), float(found.no_speech_prob)


def opened(models: Sequence[Model], threads: int = 1) -> Recogniser:
    """Load the first of ``models`` that is fast enough on this computer, or else the last that works.

    Raises HearingUnavailable when all are damaged.
    """
    slow: Recogniser | None = None
    damaged: HearingUnavailable | None = None
    for model in models:
        try:
            recogniser = Recogniser(model, threads)
        except HearingUnavailable as error:
            damaged = error
            continue
        if model is models[-1] or recogniser.seconds() <= FAST_ENOUGH:
            return recogniser
        slow = recogniser
    if slow is not None:
        return slow
    raise damaged or HearingUnavailable("There is no model to load.")
