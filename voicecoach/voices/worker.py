"""The program's side of a speech worker: start it, ask it, lose patience with it, start it again."""

from __future__ import annotations

import struct
import subprocess
import threading
from contextlib import suppress
from enum import Enum
from typing import IO, Final

from voicecoach import worker_process
from voicecoach.errors import VoiceFailed, VoiceUnavailable
from voicecoach.text import clean
from voicecoach.voices.engines import EngineSpec, StillStarting, Unspeakable

_MOST_LOST: Final = 5
"""Different texts that may end a worker before the engine is given up, although each new worker passed its
trial [own choice]."""
TRIAL: Final = ""
"""Stands for a sentence that any voice can say. It is answered with READY, without the sound."""


class WorkerClient:
    """One worker process, started by the first request and by the first after :meth:`rest`.

    A worker counts as started when it has said a sentence that any voice can say. ``patience`` is the seconds
    that a request waits for that, and ``load_limit`` those it may take (the natural voice took 8 on a cold
    disk). ``limit`` is the seconds for one text, and ``limit_per_character`` those added for each character.
    """

    def __init__(
        self,
        engine: EngineSpec,
        *,
        patience: float = 4.0,
        load_limit: float = 20.0,
        limit: float = 4.0,
        limit_per_character: float = 0.03,
    ) -> None:
        self._engine = engine
        self._patience = patience
        self._load_limit = load_limit
        self._limit = limit
        self._limit_per_character = limit_per_character
        self._worker: _Worker | None = None
        self._lost: set[str] = set()
        """Texts that ended workers."""
        self._closed = False
        self._changing = threading.Lock()
        """Held while a process is started or ended, so that none is left over."""

    @property
    def pid(self) -> int | None:
        """The worker's process id; None when there is none."""
        worker = self._worker
        return worker.process.pid if worker else None

    def is_starting(self, after: float = 0.0) -> bool:
        """Tell whether a worker was begun that has not started, waiting up to so many seconds for it."""
        worker = self._worker
        return worker is not None and worker.is_starting(after)

    def render(self, text: str, wpm: int) -> bytes:
        """Return ``text`` as int16 mono samples at 48 kHz, little-endian. For one thread at a time.

        A worker that dies over a text is given it once more, one that hangs is not. After that another one
        is started, to see whether the text or the engine is at fault.

        Raises Unspeakable when only this text cannot be said, StillStarting when the worker may take it
        later, VoiceUnavailable when the engine cannot start, VoiceFailed when it breaks or is closed.
        """
        for _ in range(2):
            worker = self._started(wpm)
            try:
                sound = self._ask(worker, text, wpm)
            except _GoneError as gone:
                failure = gone
                if gone.hung:
                    break
            else:
                return sound
        self._lost.add(text)
        if self._closed or len(self._lost) == _MOST_LOST:
            raise VoiceFailed(f"The {self._engine.title} {failure}.")
        self._start(wpm)
        raise Unspeakable(f"The {self._engine.title} {failure} over this text.")

    def close(self) -> None:
        """End the worker for good. May be called from any thread, also during a request, which then fails."""
        self._closed = True
        self.rest()

    def rest(self) -> None:
        """End the worker, if there is one, until the next request."""
        with self._changing:
            worker, self._worker = self._worker, None
        if worker is not None:
            worker.end()

    def _ask(self, worker: _Worker, text: str, wpm: int) -> bytes:
        """Raises _GoneError, Unspeakable and VoiceFailed."""
        try:
            worker.send(text, wpm)
            kind, body = worker.receive(self._limit + self._limit_per_character * len(text))
        except BaseException:
            self.rest()  # an answer may still be on its way; the next request must not get it
            raise
        if kind is Reply.SOUND:
            return body
        if kind is Reply.UNSPEAKABLE:
            raise Unspeakable(f"The {self._engine.title} has no sound for this text.")
        raise VoiceFailed(f"The {self._engine.title} broke ({_message(body)}).")

    def _started(self, wpm: int) -> _Worker:
        """Return a worker that has started. Raises StillStarting, VoiceUnavailable and VoiceFailed."""
        worker = self._worker or self._start(wpm)
        try:
            reply = worker.first_reply(self._patience)
        except BaseException as error:
            self.rest()
            if isinstance(error, _GoneError):  # another attempt would take as long and end the same way
                raise VoiceUnavailable(f"The {self._engine.title} could not start (it {error}).") from None
            raise
        if reply is None:
            raise StillStarting(f"The {self._engine.title} is slow to start")
        kind, body = reply
        if kind is Reply.READY:
            return worker
        self.rest()
        if kind is Reply.UNAVAILABLE:
            raise VoiceUnavailable(f"The {self._engine.title} could not start ({_message(body)}).")
        raise VoiceFailed(f"The {self._engine.title} broke ({_message(body)}).")

    def _start(self, wpm: int) -> _Worker:
        with self._changing:
            if self._closed:
                raise VoiceFailed(f"The {self._engine.title} has been closed.")
            worker = self._worker = _Worker(self._spawn(), self._load_limit)
        worker.send(TRIAL, wpm)
        return worker

    def _spawn(self) -> subprocess.Popen[bytes]:
        try:
            return worker_process.start("voicecoach.voices.worker_main", self._engine.factory)
        except worker_process.NoProcess as error:
            raise VoiceUnavailable(f"The {self._engine.title} could not start ({error}).") from error


class _Worker:
    """A process and what it answers. It has until ``load_limit`` to start, which nobody need wait for."""

    def __init__(self, process: subprocess.Popen[bytes], load_limit: float) -> None:
        self.process = process
        self._first: tuple[Reply, bytes] | _GoneError | None = None
        self._late = False
        self._start = threading.Thread(target=self._receive_first, args=(load_limit,), daemon=True)
        self._start.start()

    def is_starting(self, after: float) -> bool:
        self._start.join(after)
        return self._start.is_alive()

    def first_reply(self, patience: float) -> tuple[Reply, bytes] | None:
        """Return the reply to :data:`TRIAL`; None when there is none yet. Only the first call waits.

        Raises _GoneError.
        """
        self._start.join(0 if self._late else patience)
        self._late = self._start.is_alive()
        if isinstance(self._first, _GoneError):
            raise self._first
        return self._first

    def send(self, text: str, wpm: int) -> None:
        with suppress(OSError, ValueError):  # dead, or closed by another thread: reading will report it
            send_request(worker_process.pipe(self.process.stdin), text, wpm)

    def receive(self, limit: float) -> tuple[Reply, bytes]:
        """Read the next reply; after ``limit`` seconds the process is killed, which ends the reading.

        Raises _GoneError.
        """
        late = threading.Event()

        def give_up() -> None:
            late.set()
            worker_process.kill(self.process)

        timer = threading.Timer(limit, give_up)
        timer.daemon = True
        timer.start()
        try:
            reply = read_reply(worker_process.pipe(self.process.stdout))
        except ValueError:  # closed by another thread
            reply = None
        finally:
            timer.cancel()
        if reply is None:
            raise _GoneError(hung=late.is_set())
        return reply

    def end(self) -> None:
        """End the process, politely at first."""
        with suppress(OSError):
            worker_process.pipe(self.process.stdin).close()
        worker_process.end(self.process)

    def _receive_first(self, limit: float) -> None:
        try:
            self._first = self.receive(limit)
        except _GoneError as gone:
            self._first = gone


class _GoneError(Exception):
    """The worker died or hung. ``str()`` is the verb of a sentence about it."""

    def __init__(self, *, hung: bool) -> None:
        super().__init__("stopped answering" if hung else "ended unexpectedly")
        self.hung = hung


def _message(body: bytes) -> str:
    """Turn a worker's message into one short line without control characters."""
    return clean(body.decode(errors="replace"))[:200].rstrip(".")


_REQUEST: Final = struct.Struct("<HI")
_REPLY: Final = struct.Struct("<cI")
_LARGEST: Final = 64 * 1024 * 1024
"""The most bytes of one message, eleven minutes of sound. More can only be a broken stream."""


class Reply(Enum):
    """The kinds of a worker's answer."""

    READY = b"R"
    UNAVAILABLE = b"X"
    SOUND = b"S"
    """int16 mono at 48 kHz, little-endian."""
    UNSPEAKABLE = b"U"
    """The engine cannot say this text, but still says others."""
    FAILED = b"F"


def send_request(pipe: IO[bytes], text: str, wpm: int) -> None:
    body = text.encode()
    pipe.write(_REQUEST.pack(wpm, len(body)) + body)
    pipe.flush()


def read_request(pipe: IO[bytes]) -> tuple[str, int] | None:
    """Read the next text and its words a minute; None when the other side is gone."""
    header = pipe.read(_REQUEST.size)
    if len(header) < _REQUEST.size:
        return None
    wpm, size = _REQUEST.unpack(header)
    body = pipe.read(size)
    return (body.decode(), wpm) if len(body) == size else None


def send_reply(pipe: IO[bytes], kind: Reply, body: bytes = b"") -> None:
    pipe.write(_REPLY.pack(kind.value, len(body)))
    pipe.write(body)
    pipe.flush()


def read_reply(pipe: IO[bytes]) -> tuple[Reply, bytes] | None:
    """Read the next reply; None when the worker is gone or sent something else."""
    header = pipe.read(_REPLY.size)
    if len(header) < _REPLY.size:
        return None
    kind, size = _REPLY.unpack(header)
    if size > _LARGEST:
        return None
    body = pipe.read(size)
    try:
        reply = Reply(kind)
    except ValueError:
        return None
    in_step = reply is not Reply.SOUND or (size and size % 2 == 0)
    return (reply, body) if len(body) == size and in_step else None
