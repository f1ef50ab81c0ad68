"""The process that hears, so that a microphone that hangs or a recogniser that takes its time harm no sound.

:mod:`voicecoach.hearing.worker` starts it. It gives way to all other programs, drops what it cannot keep up
with, and ends when its standard input closes, that is, when the program is gone for any reason.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
import threading
from collections import deque
from collections.abc import Callable, Sequence
from typing import IO, Any, Final, Protocol

from voicecoach import worker_process
from voicecoach.clock import Clock, SystemClock
from voicecoach.errors import HearingUnavailable
from voicecoach.hearing import models
from voicecoach.hearing.alignment import FarSound
from voicecoach.hearing.ear import Heard, Utterance, VoiceBegan, VoiceEnded
from voicecoach.hearing.messages import (
    Expect,
    Far,
    Fault,
    FromWorker,
    Level,
    Lost,
    Missing,
    Ready,
    Said,
    Speaking,
    Spec,
    receive,
    send,
)
from voicecoach.hearing.microphone import Block, MicrophoneFault, Stillness
from voicecoach.hearing.sound import Sound
from voicecoach.hearing.transcript import Transcript
from voicecoach.plain import read

_MOST_MEMORY: Final = 3 * 1024**3
"""Bytes. The larger model takes 0.6 GiB."""
READ_WITHIN: Final = 0.1
"""Seconds that a look at the microphone waits for sound."""
TOLD_EVERY: Final = 0.25
"""Seconds between two levels."""
UNPLUGGED_AFTER: Final = 4.0
"""Seconds without sound after which a microphone counts as gone; the first sound of one on an idle sound
server was seen to come after 1.97 to 2.03."""
AGAIN_AFTER: Final = 2.0
"""Seconds between two attempts to open a microphone [own choice]."""
LOADS_WITHIN: Final = 120.0
RECOGNISES_WITHIN: Final = 30.0
"""Seconds after which a recogniser that loads, or works on one utterance, hangs [own choice]."""

Tell = Callable[[FromWorker], None]


class AnyCapture(Protocol):
    """A microphone that is open."""

    @property
    def name(self) -> str: ...

    def read(self, limit: float) -> Block:
        """Return all that was heard and not read yet, waiting up to ``limit`` seconds for something."""
        ...

    def close(self) -> None: ...


class AnyEar(Protocol):
    """Finds voices in sound."""

    @property
    def delay(self) -> float | None: ...

    @property
    def echo_loss(self) -> float: ...

    @property
    def level(self) -> float: ...

    @property
    def noise(self) -> float: ...

    def hear(self, near: Sound, far: Sound) -> Sequence[Heard]: ...


class AnyRecogniser(Protocol):
    """Writes down what was said."""

    def transcribe(self, samples: Any, phrases: Sequence[str]) -> Transcript: ...  # noqa: ANN401 - numpy's


class Recognition(threading.Thread):
    """Recognises one utterance at a time; of those that come meanwhile, the last one waits."""

    def __init__(self, load: Callable[[], tuple[str, AnyRecogniser]], tell: Tell, clock: Clock) -> None:
        """``load`` returns a recogniser after its name, which takes seconds."""
        super().__init__(name="recogniser", daemon=True)
        self.phrases: tuple[str, ...] = ()
        self.model = ""
        """The name of the model; empty until it is loaded."""
        self._load = load
        self._tell = tell
        self._clock = clock
        self._waiting: deque[tuple[Utterance, float]] = deque(maxlen=1)
        self._some = threading.Event()
        self._done_by: float | None = clock.now() + LOADS_WITHIN
        """When what it works on has to be done; None while it works on nothing."""

    @property
    def hangs(self) -> bool:
        """Whether it works on something that will never be done."""
        done_by = self._done_by
        return done_by is not None and self._clock.now() > done_by

    def put(self, utterance: Utterance) -> None:
        """Recognise ``utterance`` next."""
        self._waiting.append((utterance, self._clock.now()))
        self._some.set()

    def run(self) -> None:
        try:
            model, recogniser = self._load()
        except Exception as error:  # noqa: BLE001 - a library's own, of any kind
            self._tell(Lost(Fault.MODEL, _explain(error)))
            return
        self.model, self._done_by = model, None
        while True:
            self._some.wait()
            self._some.clear()
            while self._waiting:
                self.recognise(recogniser, *self._waiting.pop())

    def recognise(self, recogniser: AnyRecogniser, utterance: Utterance, noticed: float) -> None:
        """Tell what ``utterance`` is; one that cannot be recognised is not understood."""
        self._done_by = self._clock.now() + RECOGNISES_WITHIN
        try:
            transcript = recogniser.transcribe(utterance.clear(), self.phrases)
        except Exception:  # noqa: BLE001 - as above: the next one may be
            self._tell(Speaking(now=False))
            return
        finally:
            self._done_by = None
        self._tell(Said(transcript, self._clock.now() - noticed, utterance.over_coach))


class Hearing:
    """Hears through one microphone at a time, which may come and go."""

    def __init__(
        self,
        capture: Callable[[], AnyCapture],
        ear: AnyEar,
        far: FarSound,
        recognition: Recognition,
        tell: Tell,
        clock: Clock,
    ) -> None:
        self._make_capture = capture
        self._ear = ear
        self._far = far
        self._recognition = recognition
        self._tell = tell
        self._clock = clock
        self._capture: AnyCapture | None = None
        self._fault: Fault | None = None
        """Why nothing is heard, as far as that was told."""
        self._is_ready = False
        """Whether it was told that all is ready, and nothing has failed since."""
        self._said_at = 0
        """The frame of the last utterance, whose end is told with it."""
        self._stillness = Stillness()
        self._try_at = self._heard_at = self._told_at = clock.now()

    def turn(self) -> None:
        """Hear what has come since the last turn, waiting a moment for it."""
        if self._capture is None:
            self._open()
        else:
            self._listen(self._capture)
        self._tell_ready()
        now = self._clock.now()
        if now - self._told_at >= TOLD_EVERY:
            self._told_at = now
            ear = self._ear
            self._tell(Level(ear.level, ear.noise, ear.delay, ear.echo_loss))

    def _open(self) -> None:
        if (early := self._try_at - self._clock.now()) > 0:
            self._clock.sleep(min(early, TOLD_EVERY))
            return
        try:
            self._capture = self._make_capture()
        except MicrophoneFault as fault:
            self._lose(fault.fault, fault.what)
            return
        self._heard_at = self._clock.now()
        self._stillness = Stillness()
        self._fault = None

    def _listen(self, capture: AnyCapture) -> None:
        block, now = capture.read(READ_WITHIN), self._clock.now()
        if not len(block.sound):
            if now - self._heard_at > UNPLUGGED_AFTER:
                self._capture = None
                capture.close()
                self._lose(Fault.UNPLUGGED, capture.name)
            return
        self._heard_at = now
        self._heed_silence(block.sound, capture.name)
        self._far.take(block.lost)
        for sign in self._ear.hear(block.sound, self._far.take(len(block.sound))):
            self._pass_on(sign)

    def _heed_silence(self, sound: Sound, name: str) -> None:
        if self._stillness.hear(sound):
            self._lose(Fault.MUTED, name)
        elif self._fault is Fault.MUTED:
            self._fault = None

    def _pass_on(self, sign: Heard) -> None:
        if isinstance(sign, VoiceBegan):
            self._tell(Speaking(now=True))
        elif isinstance(sign, Utterance) and self._recognition.model:
            self._said_at = sign.frame
            self._tell(Speaking(now=False, recognised=True))
            self._recognition.put(sign)
        elif isinstance(sign, VoiceEnded) and sign.frame != self._said_at:
            self._tell(Speaking(now=False))

    def _lose(self, fault: Fault, what: str) -> None:
        self._try_at = self._clock.now() + AGAIN_AFTER
        if fault is not self._fault:
            self._fault, self._is_ready = fault, False
            self._tell(Lost(fault, what))

    def _tell_ready(self) -> None:
        model, capture = self._recognition.model, self._capture
        if model and capture is not None and self._fault is None and not self._is_ready:
            self._is_ready = True
            self._tell(Ready(model, capture.name))


def open_recogniser(spec: Spec) -> tuple[str, AnyRecogniser]:
    """Load the recogniser that ``spec`` asks for, and return it after its name. Raises HearingUnavailable."""
    from voicecoach.hearing.recogniser import opened  # noqa: PLC0415 - takes seconds to load

    recogniser = opened(models.chosen(spec.model), spec.threads)
    return recogniser.model.name, recogniser


def main(spec_as_json: str) -> None:
    """Hear as the :class:`Spec` says, until standard input closes."""
    os.environ["HF_HUB_OFFLINE"] = os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    worker_process.settle(worker_process.GIVES_WAY, _MOST_MEMORY)
    messages = worker_process.private_stdout()
    spec, clock, lock = read(Spec, json.loads(spec_as_json)), SystemClock(), threading.Lock()

    def tell(message: FromWorker) -> None:
        with lock:
            try:
                send(messages, message)
            except OSError:  # the program has gone
                os._exit(0)
        if isinstance(message, Lost) and message.fault is Fault.MODEL:  # nothing can be heard without one
            os._exit(0)

    far = FarSound()
    recognition = Recognition(lambda: _made(spec.recogniser)(spec), tell, clock)
    threading.Thread(target=_receive, args=(sys.stdin.buffer, far, recognition), daemon=True).start()
    try:
        ear = _made(spec.ear)()
    except Exception as error:  # noqa: BLE001 - a library that is not installed, or broken
        tell(Lost(Fault.MODEL, _explain(error)))
        return
    hearing = Hearing(lambda: _made(spec.capture)(spec.microphone), ear, far, recognition, tell, clock)
    recognition.start()
    while not recognition.hangs:
        hearing.turn()
    os._exit(1)  # a thread that hangs cannot be ended by itself; the program starts another process


def _explain(error: Exception) -> str:
    """Describe an error of a library or a model in a line."""
    return str(error) if isinstance(error, HearingUnavailable) else f"{type(error).__name__}: {error}"[:200]


def _made(name: str) -> Any:  # noqa: ANN401 - whatever stands there
    """Return what ``name`` names, as ``module:name``."""
    module, _, attribute = name.partition(":")
    return getattr(importlib.import_module(module), attribute)


def _receive(stdin: IO[bytes], far: FarSound, recognition: Recognition) -> None:
    """Take what the program says, until it is gone."""
    while (message := receive(stdin)) is not None:
        if isinstance(message, Far):
            far.put(message.sound)
        elif isinstance(message, Missing):
            far.missing(message.frames)
        elif isinstance(message, Expect):
            recognition.phrases = message.phrases
    os._exit(0)  # skips the libraries' own shutdown, which takes time and can crash
