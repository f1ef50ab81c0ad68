"""The program's side of the process that hears: start it, feed it, lose patience with it, start it again."""

from __future__ import annotations

import json
import subprocess
import threading
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Final

from voicecoach import worker_process
from voicecoach.clock import Clock
from voicecoach.hearing.messages import (
    Expect,
    Far,
    Fault,
    Lost,
    Missing,
    Spec,
    Starting,
    Told,
    ToWorker,
    receive,
    send,
)
from voicecoach.plain import plain

_MODULE: Final = "voicecoach.hearing.worker_main"
_MOST_QUEUED: Final = 40
"""Blocks of the coach's sound that may wait for the worker: two seconds."""
STARTS_WITHIN: Final = 60.0
"""Seconds until the first message of a worker: on a cold disk its libraries take ten, and more
beside busy programs."""
HANGS_AFTER: Final = 10.0
"""Seconds without a message after which a worker hangs; it tells a level four times a second, but gives way
to all other programs."""
PAUSES: Final = (1.0, 4.0, 15.0, 60.0)
"""Seconds until another worker is started; the last goes on [own choice]."""
STEADY: Final = 120.0
"""Seconds for which one has to work so that the next one is started as soon as the first [own choice]."""
_LOOK_EVERY: Final = 0.5
_WIDTH: Final = 2
"""Bytes a frame."""

Spawn = Callable[[Spec], "subprocess.Popen[bytes]"]


def spawn(spec: Spec) -> subprocess.Popen[bytes]:
    """Start a process that hears as ``spec`` says. Raises NoProcess."""
    return worker_process.start(_MODULE, json.dumps(plain(spec)), last=True)


class HearingWorker:
    """One worker process at a time, from :meth:`start` to :meth:`close`.

    ``tell`` is called with its messages in a thread of this class; a :class:`Lost` of the fault WORKER says
    that it is gone, and another will be started. A model that cannot be loaded ends it for good.
    """

    def __init__(
        self, spec: Spec, tell: Callable[[Told], None], clock: Clock, *, spawn: Spawn = spawn
    ) -> None:
        self._spec = spec
        self._tell = tell
        self._clock = clock
        self._spawn = spawn
        self._process: subprocess.Popen[bytes] | None = None
        self._closed = threading.Event()
        self._awake = threading.Event()
        self._awake.set()
        self._rested = False
        """Whether the worker that was last was ended for a rest."""
        self._far: deque[bytes] = deque()
        self._missing = 0
        """Frames of the coach's sound that were dropped since the last that was sent."""
        self._expect: Expect | None = None
        self._some = threading.Event()
        self._last = 0.0
        """When the last message came, or the process was started."""
        self._limit = STARTS_WITHIN
        self._lock = threading.RLock()
        """Held while a process is started or ended, so that none is left over; also by a handler of signals,
        which comes between any two steps of the main thread."""
        self._phrases: tuple[str, ...] = ()
        self._keeper = threading.Thread(target=self._keep, name="hearing", daemon=True)

    @property
    def pid(self) -> int | None:
        """The worker's process id; None when there is none."""
        process = self._process
        return process.pid if process else None

    def start(self) -> None:
        """Start a worker, which takes seconds to be ready."""
        self._keeper.start()

    def feed(self, sound: bytes) -> None:
        """Hand on what goes out to the loudspeaker; returns at once, in any thread."""
        while len(self._far) >= _MOST_QUEUED:
            with suppress(IndexError):
                self._missing += len(self._far.popleft()) // _WIDTH
        self._far.append(sound)
        self._some.set()

    def expect(self, phrases: Sequence[str]) -> None:
        """Tell the worker, and those after it, what may be said."""
        self._phrases = tuple(phrases)
        self._expect = Expect(self._phrases)
        self._some.set()

    def rest(self) -> None:
        """End the worker, and with it close the microphone, until :meth:`wake`."""
        self._rested = True
        self._awake.clear()
        self._end_process()

    def wake(self) -> None:
        """Start a worker again after :meth:`rest`."""
        self._awake.set()

    def close(self) -> None:
        """End the worker. Further calls do nothing."""
        self._closed.set()
        self._awake.set()
        self._some.set()
        self._end_process()
        if self._keeper.is_alive() and self._keeper is not threading.current_thread():
            self._keeper.join(_LOOK_EVERY)

    def _keep(self) -> None:
        """Start one worker after the other until :meth:`close`."""
        in_vain = 0
        while True:
            begun = self._clock.now()
            fault = self._serve()
            if self._closed.is_set() or fault is Fault.MODEL:
                return
            if self._rested:
                self._awake.wait()
                self._rested = False
                self._tell(Starting())
                continue
            self._tell(Lost(Fault.WORKER))
            if self._clock.now() - begun >= STEADY:
                in_vain = 0
            if self._closed.wait(PAUSES[min(in_vain, len(PAUSES) - 1)]):
                return
            in_vain += 1

    def _end_process(self) -> None:
        with self._lock:
            process, self._process = self._process, None
            if process is not None:
                _end(process)

    def _serve(self) -> Fault | None:
        """Start a worker and pass on what it tells until it is gone; return its last fault."""
        with self._lock:
            if self._closed.is_set() or not self._awake.is_set():
                return None
            try:
                process = self._process = self._spawn(self._spec)
            except worker_process.NoProcess:
                return Fault.WORKER
            self._last, self._limit = self._clock.now(), STARTS_WITHIN
        self._far.clear()
        self.expect(self._phrases)
        gone = threading.Event()
        for task in (self._write, self._watch):
            threading.Thread(target=task, args=(process, gone), daemon=True).start()
        fault = None
        with suppress(ValueError):  # closed by another thread
            while (message := receive(worker_process.pipe(process.stdout))) is not None:
                self._last, self._limit = self._clock.now(), HANGS_AFTER
                fault = message.fault if isinstance(message, Lost) else None
                if self._closed.is_set() or not self._awake.is_set():
                    break
                self._tell(message)  # type: ignore[arg-type] # a worker sends no other
        gone.set()
        self._some.set()
        with self._lock:
            if self._process is process:
                self._process = None
                _end(process)
        return fault

    def _watch(self, process: subprocess.Popen[bytes], gone: threading.Event) -> None:
        """Kill ``process`` when it hangs."""
        while not gone.wait(_LOOK_EVERY):
            if self._clock.now() - self._last > self._limit:
                worker_process.kill(process)
                return

    def _write(self, process: subprocess.Popen[bytes], gone: threading.Event) -> None:
        """Hand on to ``process`` what it has to know, until it is gone."""
        stdin = worker_process.pipe(process.stdin)
        with suppress(OSError, ValueError):
            while not gone.is_set() and not self._closed.is_set():
                self._some.wait()
                self._some.clear()
                for message in self._due():
                    send(stdin, message)

    def _due(self) -> list[ToWorker]:
        due: list[ToWorker] = []
        if expect := self._expect:
            self._expect = None
            due.append(expect)
        if missing := self._missing:
            self._missing = 0
            due.append(Missing(missing))
        while self._far:
            due.append(Far(self._far.popleft()))
        return due


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a worker at once: it leaves nothing behind, and one that hangs would not end otherwise."""
    worker_process.kill(process)
    with suppress(OSError, ValueError):
        worker_process.pipe(process.stdin).close()
    worker_process.end(process)
