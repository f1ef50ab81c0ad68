"""The program's side of a speech worker: start it, ask it, lose patience with it, start it again."""

from __future__ import annotations

import os
import signal
import struct
import subprocess
import sys
import threading
from contextlib import suppress
from enum import Enum
from pathlib import Path
from typing import IO, Final

from voicecoach.errors import VoiceFailed, VoiceUnavailable
from voicecoach.text import clean
from voicecoach.voices.engines import EngineSpec, Unspeakable

_ROOT: Final = str(Path(__file__).resolve().parents[2])
# -P keeps the current folder off the path. A plain checkout is on this program's path only: it is handed on.
_BOOT: Final = (
    "import sys; root, factory = sys.argv[1:]; root in sys.path or sys.path.insert(0, root); "
    "from voicecoach.voices.worker_main import main; main(factory)"
)
if sys.platform == "win32":
    _FLAGS = subprocess.CREATE_NEW_PROCESS_GROUP
else:
    _FLAGS = 0
_GOODBYE: Final = 0.2
"""Seconds for a worker to end by itself and remove its files before it is killed."""


class WorkerClient:
    """One worker process, started by the first request and by the first after :meth:`rest`.

    ``load_limit`` is the seconds an engine may take to start (the natural voice took 8 on a cold disk),
    ``limit`` those for one text, and ``limit_per_character`` those added for each character.
    """

    def __init__(
        self,
        engine: EngineSpec,
        *,
        load_limit: float = 25.0,
        limit: float = 5.0,
        limit_per_character: float = 0.03,
    ) -> None:
        self._engine = engine
        self._load_limit = load_limit
        self._limit = limit
        self._limit_per_character = limit_per_character
        self._process: subprocess.Popen[bytes] | None = None
        self._closed = False
        self._changing = threading.Lock()
        """Held while a process is started or ended, so that none is left over."""

    @property
    def pid(self) -> int | None:
        """The worker's process id; None when there is none."""
        process = self._process
        return process.pid if process else None

    def render(self, text: str, wpm: int) -> bytes:
        """Return ``text`` as int16 mono samples at 48 kHz, little-endian. For one thread at a time.

        A worker that dies or hangs over a text is restarted once. Raises VoiceUnavailable when the engine
        cannot start, Unspeakable when it has no sound for this text, VoiceFailed when it breaks or is closed.
        """
        try:
            return self._ask(text, wpm)
        except _GoneError:
            try:
                return self._ask(text, wpm)
            except _GoneError as gone:
                raise VoiceFailed(f"The {self._engine.title} {gone}.") from None

    def close(self) -> None:
        """End the worker for good. May be called from any thread, also during a request, which then fails."""
        self._closed = True
        self.rest()

    def rest(self) -> None:
        """End the worker, if there is one, until the next request."""
        with self._changing:
            process, self._process = self._process, None
        if process is None:
            return
        with suppress(OSError):
            _pipe(process.stdin).close()
        try:
            process.wait(_GOODBYE)
        except subprocess.TimeoutExpired:
            _kill(process)
            process.wait()
        _pipe(process.stdout).close()

    def _ask(self, text: str, wpm: int) -> bytes:
        try:
            process = self._process or self._start()
            with suppress(OSError):  # a dead worker: reading will report it
                send_request(_pipe(process.stdin), text, wpm)
            kind, body = _receive(process, self._limit + self._limit_per_character * len(text))
        except BaseException:
            self.rest()  # an answer may still be on its way; the next request must not get it
            raise
        if kind is Reply.SOUND:
            return body
        if kind is Reply.UNSPEAKABLE:
            raise Unspeakable(f"The {self._engine.title} has no sound for this text.")
        raise VoiceFailed(f"The {self._engine.title} broke ({_message(body)}).")

    def _start(self) -> subprocess.Popen[bytes]:
        """Start the worker, detached from the terminal so that Ctrl-C does not reach it, and wait for it."""
        with self._changing:
            if self._closed:
                raise _GoneError("has been closed")
            process = self._process = self._spawn()
        try:
            kind, body = _receive(process, self._load_limit)
        except _GoneError as gone:  # another attempt would take as long and end the same way
            raise VoiceUnavailable(f"The {self._engine.title} could not start (it {gone}).") from None
        if kind is not Reply.READY:
            raise VoiceUnavailable(f"The {self._engine.title} could not start ({_message(body)}).")
        return process

    def _spawn(self) -> subprocess.Popen[bytes]:
        try:
            return subprocess.Popen(  # noqa: S603 - this Python and fixed arguments
                [sys.executable, "-P", "-c", _BOOT, _ROOT, self._engine.factory],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
                creationflags=_FLAGS,
            )
        except OSError as error:  # no memory or no processes left
            raise VoiceUnavailable(f"The {self._engine.title} could not start ({error.strerror}).") from error


class _GoneError(Exception):
    """The worker died or hung. ``str()`` is the verb of a sentence about it."""


def _receive(process: subprocess.Popen[bytes], limit: float) -> tuple[Reply, bytes]:
    """Read the worker's next reply. After ``limit`` seconds the worker is killed, which ends the reading."""
    late = threading.Event()

    def give_up() -> None:
        late.set()
        _kill(process)

    timer = threading.Timer(limit, give_up)
    timer.daemon = True
    timer.start()
    try:
        reply = read_reply(_pipe(process.stdout))
    except ValueError:  # closed by another thread
        reply = None
    finally:
        timer.cancel()
    if reply is None:
        raise _GoneError("stopped answering" if late.is_set() else "ended unexpectedly")
    return reply


def _kill(process: subprocess.Popen[bytes]) -> None:
    """Kill the worker and any process it started."""
    if process.returncode is not None:
        return
    with suppress(OSError):
        if sys.platform == "win32":
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)


def _message(body: bytes) -> str:
    """Turn a worker's message into one short line without control characters."""
    return clean(body.decode(errors="replace"))[:200].rstrip(".")


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    assert pipe is not None
    return pipe


_REQUEST: Final = struct.Struct("<HI")
_REPLY: Final = struct.Struct("<cI")
_LARGEST: Final = 64 * 1024 * 1024
"""The most bytes of one message, eleven minutes of sound. More can only be a broken stream."""


class Reply(Enum):
    """The kinds of a worker's answer. Its first message is READY or UNAVAILABLE."""

    READY = b"R"
    UNAVAILABLE = b"X"
    SOUND = b"S"
    """int16 mono at 48 kHz, little-endian."""
    UNSPEAKABLE = b"U"
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
        return (Reply(kind), body) if len(body) == size else None
    except ValueError:
        return None
