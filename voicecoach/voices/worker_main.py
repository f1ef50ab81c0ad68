"""The process that makes speech, so that an engine that hangs, crashes or prints harms nothing else.

:mod:`voicecoach.voices.worker` starts it. It answers requests in order and ends when its stdin closes, that
is, when the program that started it is gone for any reason.
"""

from __future__ import annotations

import importlib
import os
import queue
import sys
import threading
from contextlib import suppress
from typing import IO, TYPE_CHECKING, Final

import numpy as np

from voicecoach import worker_process
from voicecoach.errors import VoiceFailed, VoiceUnavailable
from voicecoach.voices import loudness
from voicecoach.voices.worker import TRIAL, Reply, read_request, send_reply

if TYPE_CHECKING:
    from voicecoach.voices.engines import Engine


_CALIBRATION: Final = (
    "Lie on your back with both knees bent. Breathe out as you lift your head and shoulders, "
    "hold for eight seconds, and slowly lower yourself back down to the mat."
)
_MOST_MEMORY: Final = 3 * 1024**3
"""Bytes: an engine that wants more fails before the computer does. The natural voice takes 0.8 GiB for the
longest text."""
_LEAVE_WITHIN: Final = 1.0
"""Seconds for an engine to finish its work once stdin has closed."""


class Speaker:
    """An engine with the gain of its voice."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._gains: dict[int, float] = {}

    def answer(self, text: str, wpm: int) -> tuple[Reply, bytes]:
        """Return a clip of ``text`` as a reply, or UNSPEAKABLE when the engine still says other texts.

        Raises what the engine raises when it says none.
        """
        if wpm not in self._gains:
            self._gains[wpm] = self._calibrate(wpm)
        if text == TRIAL:
            return Reply.READY, b""
        clip = self._clip(text, wpm)
        if len(clip):
            return Reply.SOUND, clip
        self._calibrate(wpm)
        return Reply.UNSPEAKABLE, b""

    def _clip(self, text: str, wpm: int) -> bytes:
        """Return the sound of ``text``; nothing for one that the engine cannot say."""
        try:
            samples, rate = self._engine.render(text, wpm)
        except Exception:  # noqa: BLE001 - whether the engine is broken, another text will tell
            return b""
        if not np.isfinite(samples).all():
            return b""
        return loudness.finish(samples, rate, self._gains[wpm]).astype("<i2").tobytes()

    def _calibrate(self, wpm: int) -> float:
        """Find one gain for all texts of the voice, so that a soft word stays softer than a loud one."""
        gain = loudness.gain_for(*self._engine.render(_CALIBRATION, wpm))
        if gain is None:
            raise VoiceFailed("it makes no sound")
        return gain


def main(factory: str) -> None:
    """Serve requests with the engine that ``factory`` makes (``module:class`` or ``module:class:accent``).

    It ends when stdin closes.
    """
    worker_process.settle(niceness=0, most_memory=_MOST_MEMORY)
    requests: queue.SimpleQueue[tuple[str, int] | None] = queue.SimpleQueue()
    done = threading.Event()
    threading.Thread(target=_listen, args=(sys.stdin.buffer, requests, done), daemon=True).start()
    replies = worker_process.private_stdout()
    with suppress(BrokenPipeError):  # the program has gone
        _serve(factory, requests, replies)
    done.set()
    os._exit(0)  # skips the engines' own shutdown, which takes time and can crash


def _serve(factory: str, requests: queue.SimpleQueue[tuple[str, int] | None], replies: IO[bytes]) -> None:
    module, name, *accent = factory.split(":", 2)
    try:
        speaker = Speaker(getattr(importlib.import_module(module), name)(*accent))
    except Exception as error:  # noqa: BLE001 - any error of an engine must reach the person
        send_reply(replies, Reply.UNAVAILABLE, _explain(error))
        return
    while (request := requests.get()) is not None:
        try:
            reply = speaker.answer(*request)
        except Exception as error:  # noqa: BLE001 - as above
            reply = Reply.FAILED, _explain(error)
        send_reply(replies, *reply)


def _listen(
    stdin: IO[bytes], requests: queue.SimpleQueue[tuple[str, int] | None], done: threading.Event
) -> None:
    """Read requests ahead of the work, so that a closed stdin is noticed even while the engine hangs."""
    try:
        while (request := read_request(stdin)) is not None:
            requests.put(request)
    finally:  # an invalid request is the last one: nothing else would notice a closed stdin
        requests.put(None)
        if not done.wait(_LEAVE_WITHIN):
            os._exit(0)


def _explain(error: Exception) -> bytes:
    """Describe an error as part of a sentence."""
    known = isinstance(error, (VoiceFailed, VoiceUnavailable))
    return (str(error) if known else f"{type(error).__name__}: {error}").encode(errors="replace")
