"""Runs jobs in processes of their own, a few at a time, and leaves none of them behind."""

from __future__ import annotations

import multiprocessing
import signal
import sys
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import wait
from multiprocessing.context import SpawnProcess
from typing import Final, NamedTuple

from voicecoach.control import signals
from voicecoach.errors import VoicecoachError

if sys.platform == "win32":
    from multiprocessing.connection import PipeConnection as Connection
else:
    from multiprocessing.connection import Connection

Job = Callable[[Callable[[float], None]], object]
"""Does something and returns what came of it; it is given what is to be told the share that is done, from 0
to 1. It goes to another process, as does what it returns, so both can be pickled."""
_GOODBYE: Final = 5.0
"""Seconds in which a process can remove its files before it is killed. [own choice]"""


@dataclass(frozen=True, slots=True)
class Done:
    """A job was done."""

    result: object


@dataclass(frozen=True, slots=True)
class Failed:
    """A job was not done."""

    why: str


Outcome = Done | Failed


class _Running(NamedTuple):
    name: str
    process: SpawnProcess


def outcomes(
    jobs: Mapping[str, Job], at_once: int, progress: Callable[[float], None]
) -> Generator[tuple[str, Outcome]]:
    """Run ``jobs``, by their names, and yield each with what became of it, as soon as that is known.

    ``progress`` is told the share of all that is done. Whoever does not take all of them closes the iterator,
    which ends those that still run.
    """
    waiting, shares = dict(jobs), dict.fromkeys(jobs, 0.0)
    running: dict[Connection, _Running] = {}
    try:
        while waiting or running:
            while waiting and len(running) < at_once:
                name = next(iter(waiting))
                _start(name, waiting.pop(name), running)
            for ready in wait(list(running)):
                assert isinstance(ready, Connection)
                name, process = running[ready]
                said = _received(ready, process)
                shares[name] = said if isinstance(said, float) else 1.0
                progress(sum(shares.values()) / len(shares))
                if not isinstance(said, float):
                    process.join()
                    ready.close()
                    del running[ready]
                    yield name, said
    finally:
        _end(running)


def _start(name: str, job: Job, running: dict[Connection, _Running]) -> None:
    """Start a process for ``job``, which is then one of those ``running``."""
    context = multiprocessing.get_context("spawn")  # it begins as a new program does, with nothing open
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=_perform, args=(job, there), daemon=True)
    with _held_back(), there:
        process.start()
        running[here] = _Running(name, process)


@contextmanager
def _held_back() -> Iterator[None]:
    """Let Ctrl-C wait for the end of the block. It never comes to a process that begins in it: one that still
    loads would print where it was.
    """
    if sys.platform == "win32":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _received(connection: Connection, process: SpawnProcess) -> float | Outcome:
    """Return what a process says next."""
    try:
        said: float | Outcome = connection.recv()
    except EOFError:
        process.join()
        return Failed(f"Writing it was cut short (exit status {process.exitcode}).")
    return said


def _end(running: Mapping[Connection, _Running]) -> None:
    """End what is still running: each notices that nobody listens any more, and removes its files."""
    for connection, (_, process) in running.items():
        connection.close()
        if sys.platform != "win32":  # there nothing in the process would hear of it
            process.terminate()
    for _, process in running.values():
        process.join(_GOODBYE)
        process.kill()
        process.join()


def _perform(job: Job, listener: Connection) -> None:
    """Do ``job`` in this process, and say how far it is, and what came of it."""

    def send(said: float | Outcome) -> None:
        try:
            listener.send(said)
        except OSError:  # nobody waits for it any more
            sys.exit(1)

    try:
        with listener, signals.ending():
            try:
                result = job(lambda share: send(float(share)))
            except VoicecoachError as error:
                send(Failed(str(error)))
            else:
                send(Done(result))
    except KeyboardInterrupt:  # on Windows
        sys.exit(130)
