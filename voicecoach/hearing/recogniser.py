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
from voicecoach.hearing.transcript import Guess, Transcript

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
_MOST_WORDS: Final = 16
"""The most tokens that are written down; what needs more is no command."""
_GUESSES: Final = 5
"""Guesses that are followed side by side, and returned."""
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
        self._threads = threads
        self._whisper = whisper
        self._tokens = words
        self._start = [*words.sot_sequence, words.no_timestamps]
        self._expected: tuple[str, ...] = ()
        self._prompts: tuple[list[int], ...] = ()
        """The beginnings that make the phrases expected."""

    def transcribe(self, samples: Samples, phrases: Sequence[str]) -> Transcript:
        """Write down an utterance, with ``phrases`` as what is probably said, the likeliest first.

        They are put to it in small letters and with a capital each: what is taken for the same phrase either
        way was more often said than what only one of them suggests.
        """
        sound = self._encoded(samples)
        self._expect(tuple(phrases))
        (free,) = self._guesses(sound, self._start, 1)
        hearings = (self._guesses(sound, [*prompt, *self._start], _GUESSES) for prompt in self._prompts)
        return Transcript(free.text, tuple(hearings))

    def seconds(self) -> float:
        """Return how long a recognition takes here: the shorter of two, of a made-up sound.

        It is a processor's time: what else runs while a session begins says nothing of the whole evening.
        """
        noise = np.random.default_rng(0).standard_normal(RATE).astype(np.float32) * 0.05
        taken = []
        for _ in range(2):
            begun = time.process_time()
            self.transcribe(noise, ["one two three four"] * _MOST_EXPECTED)
            taken.append((time.process_time() - begun) / self._threads)
        return min(taken)

    def _expect(self, phrases: tuple[str, ...]) -> None:
        if phrases != self._expected:
            capital = tuple(phrase[:1].upper() + phrase[1:] for phrase in phrases)
            self._prompts = tuple(self._prompt(each) for each in dict.fromkeys((phrases, capital)))
            self._expected = phrases

    def _prompt(self, phrases: tuple[str, ...]) -> list[int]:
        """Return the beginning that makes ``phrases`` expected, as many as there is room for."""
        tokens: list[int] = []
        for phrase in phrases:
            more = self._tokens.encode(f"{',' if tokens else ''} {phrase}")
            if len(tokens) + len(more) > _MOST_EXPECTED:
                break
            tokens += more
        return [self._tokens.sot_prev, *tokens]

    def _encoded(self, samples: Samples) -> object:
        import ctranslate2  # noqa: PLC0415 - loaded with the model

        room = _WINDOW * _FRAME
        padded = np.zeros(max(room, len(samples)), np.float32)
        padded[: len(samples)] = samples
        spectrogram = self._whisper.feature_extractor(padded)[:, :_WINDOW]
        return self._whisper.model.encode(
            ctranslate2.StorageView.from_array(np.ascontiguousarray(spectrogram[np.newaxis]))
        )

    def _guesses(self, sound: object, prompt: list[int], most: int) -> tuple[Guess, ...]:
        """Return what ``sound`` may be after ``prompt``, the likeliest first."""
        found = self._whisper.model.generate(
            sound,
            [prompt],
            beam_size=most,
            num_hypotheses=most,
            max_length=len(prompt) + _MOST_WORDS,
            return_scores=True,
        )[0]
        return tuple(
            # The score is a mean over the words and the end.
            Guess(str(self._tokens.decode(words)).strip(), float(score) * (len(words) + 1))
            for words, score in zip(found.sequences_ids, found.scores, strict=True)
        )


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
