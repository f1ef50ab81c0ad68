"""Commands by voice: what the worker hears becomes what was asked for, and the coach is lowered meanwhile."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final, Protocol, Self

from voicecoach.clock import Clock
from voicecoach.hearing.attention import Attention
from voicecoach.hearing.messages import Fault, Level, Lost, Ready, Said, Speaking, Starting, Told
from voicecoach.hearing.vocabulary import Match, Vocabulary
from voicecoach.language.phrases import Phrases
from voicecoach.session.microphone import Microphone

TOO_LATE: Final = 8.0
"""Seconds after which nobody expects any more that what they said has an effect [own choice]."""

Send = Callable[[Any], None]
Notice = Callable[[str], None]


class Coach(Protocol):
    """What is needed of the output that the coach speaks through."""

    def duck(self, *, on: bool) -> None: ...

    def tap(self, far: Callable[[bytes], None] | None) -> None: ...


class Worker(Protocol):
    """What is needed of the process that hears."""

    def start(self) -> None: ...

    def feed(self, sound: bytes) -> None: ...

    def expect(self, phrases: tuple[str, ...]) -> None: ...

    def rest(self) -> None: ...

    def wake(self) -> None: ...

    def close(self) -> None: ...


class SpokenCommands:
    """A command source that hears from the moment it is entered until it is left.

    It may be connected to one receiver after the other meanwhile: the questions, the session, the questions
    after it.
    """

    def __init__(
        self,
        open_worker: Callable[[Callable[[Told], None]], Worker],
        vocabulary: Vocabulary[Any],
        say: Phrases,
        clock: Clock,
        *,
        doubtful: Callable[[Any], object | None],
    ) -> None:
        """``open_worker`` makes the worker that tells what it hears.

        ``doubtful`` returns what is sent when a meaning that has to be certain was heard without certainty;
        None when that is nothing.
        """
        self._worker = open_worker(self._told)
        self._vocabulary = vocabulary
        self._say = say
        self._clock = clock
        self._doubtful = doubtful
        self._attention = Attention()
        self._ducked = False
        self._coach: Coach | None = None
        self._send: Send | None = None
        self._notice: Notice | None = None
        self._untold: str | None = None
        """The last notice, while nobody is there to read it."""
        self._watcher: Callable[[Microphone], None] = _nobody
        self._microphone = Microphone.OFF
        self._fault: Fault | None = None
        """Why nothing is heard, as far as that was told."""
        self._is_ready = False
        """Whether what is said is understood, as far as is known."""
        self._lock = threading.RLock()

    def __enter__(self) -> Self:
        self._change(Microphone.STARTING)
        self._worker.expect(self._vocabulary.expected)
        self._worker.start()
        return self

    def rest(self) -> None:
        """Close the microphone until :meth:`wake`, as while the program is stopped."""
        self._worker.rest()

    def wake(self) -> None:
        """Open the microphone again."""
        self._worker.wake()

    def __exit__(self, *_: object) -> None:
        """Close the microphone; the coach is as loud as ever."""
        self._worker.close()
        with self._lock:
            if self._coach is not None:
                self._coach.tap(None)
            self._lower(on=False)
            self._coach = None
            self._change(Microphone.OFF)

    @property
    def microphone(self) -> Microphone:
        """What the microphone does now."""
        return self._microphone

    def watch(self, changed: Callable[[Microphone], None]) -> None:
        """Call ``changed`` with what the microphone does, now and whenever that changes, in any thread."""
        with self._lock:
            self._watcher = changed
            changed(self._microphone)

    def attend(self, output: Coach) -> None:
        """Take what goes out through ``output`` out of what is heard from now on, and lower it for a voice.

        What another one gave out before is forgotten.
        """
        with self._lock:
            if self._coach is not None:
                self._coach.tap(None)
            self._coach = output
            output.tap(self._worker.feed)
            output.duck(on=self._ducked)

    @contextmanager
    def expecting(self, vocabulary: Vocabulary[Any]) -> Iterator[None]:
        """Understand ``vocabulary`` and nothing else inside the block."""
        before = self._expect(vocabulary)
        try:
            yield
        finally:
            self._expect(before)

    @contextmanager
    def connected(self, send: Send, notice: Notice) -> Iterator[None]:
        """Call ``send`` with what is asked for inside the block, in another thread, and never after it.

        Whatever fails, ``notice`` gets one line, and the program goes on without being spoken to.
        """
        with self._lock:
            before = self._send, self._notice
            self._send, self._notice = send, notice
            if self._untold is not None:
                untold, self._untold = self._untold, None
                notice(untold)
        try:
            yield
        finally:
            with self._lock:
                self._send, self._notice = before

    def _expect(self, vocabulary: Vocabulary[Any]) -> Vocabulary[Any]:
        with self._lock:
            before, self._vocabulary = self._vocabulary, vocabulary
            self._worker.expect(vocabulary.expected)
        return before

    def _told(self, message: Told) -> None:
        """Take what the worker tells, in its thread."""
        with self._lock:
            match message:
                case Level():
                    self._attention.time_passed(self._clock.now())
                case Speaking(now=True):
                    self._attention.voice_began(self._clock.now())
                    self._change(Microphone.VOICE)
                case Speaking(recognised=recognised):
                    if not recognised:
                        self._attention.in_vain(self._clock.now())
                    self._change(Microphone.ON if self._is_ready else Microphone.STARTING)
                case Said():
                    self._heed(message)
                case Starting():
                    self._attention.in_vain(self._clock.now())
                    self._is_ready = False
                    self._change(Microphone.STARTING)
                case Ready():
                    self._be_ready()
                case Lost():
                    self._lose(message)
            self._lower(on=self._attention.lowered)

    def _heed(self, said: Said) -> None:
        match = self._vocabulary.match(said.transcript) if said.ago <= TOO_LATE else None
        asked = self._asked(match) if match is not None else None
        if asked is None or self._send is None:
            self._attention.in_vain(self._clock.now())
            return
        self._attention.obeyed()
        self._lower(on=False)  # so that the earcon that confirms it is as loud as others
        self._send(asked)

    def _asked(self, match: Match[Any]) -> object | None:
        return match.meaning if match.sure else self._doubtful(match.meaning)

    def _be_ready(self) -> None:
        if self._fault is not None:
            self._fault = None
            self._tell(self._say("hearing.back"))
        self._is_ready = True
        self._change(Microphone.ON)

    def _lose(self, lost: Lost) -> None:
        self._attention.in_vain(self._clock.now())
        self._is_ready = False
        self._change(Microphone.LOST)
        if self._fault is None or (lost.fault is not self._fault and lost.fault not in _FOLLOW):
            self._fault = lost.fault
            what = {"what": lost.what} if lost.fault in _OF_SOMETHING else {}
            self._tell(self._say(f"hearing.{lost.fault}", **what))

    def _tell(self, line: str) -> None:
        if self._notice is None:
            self._untold = line
        else:
            self._notice(line)

    def _lower(self, *, on: bool) -> None:
        if on != self._ducked:
            self._ducked = on
            if self._coach is not None:
                self._coach.duck(on=on)

    def _change(self, microphone: Microphone) -> None:
        if microphone is not self._microphone:
            self._microphone = microphone
            self._watcher(microphone)


def _nobody(_: Microphone) -> None:
    """No-op callback."""


_FOLLOW: Final = frozenset({Fault.NONE, Fault.UNNAMED, Fault.UNPLUGGED, Fault.WORKER})
"""Faults that tell nothing new when something has been lost already."""
_OF_SOMETHING: Final = frozenset({Fault.UNNAMED, Fault.MODEL})
"""Faults whose sentence says what it is about."""
