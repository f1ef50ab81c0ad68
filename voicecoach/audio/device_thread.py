"""The thread in which devices open and close, so that one that hangs holds nobody else."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from typing import Any, Final, Generic, TypeVar, cast

T = TypeVar("T")


class Task(Generic[T]):
    """Something to be done once, in another thread, by :meth:`run`.

    ``concurrent.futures`` has the like, but loads logging, which takes 10 ms before the first sound.
    """

    def __init__(self, do: Callable[[], T]) -> None:
        self._do = do
        self._done = threading.Event()
        self._result: T | None = None
        self.failure: Exception | None = None
        """What it raised."""

    def run(self) -> None:
        """Do it, and keep what it returns or raises."""
        try:
            self._result = self._do()
        except Exception as failure:  # noqa: BLE001 - raised again for who asks for the result
            self.failure = failure
        self._done.set()

    @property
    def is_done(self) -> bool:
        """Whether it has been done, or has failed."""
        return self._done.is_set()

    def wait(self, limit: float) -> bool:
        """Wait until it is done, at most ``limit`` seconds; tell whether it is."""
        return self._done.wait(limit)

    def result(self) -> T:
        """Return what it has returned, or raise what it has raised. It must be done."""
        assert self.is_done
        if self.failure is not None:
            raise self.failure
        return cast("T", self._result)


class DeviceThread:
    """Opens and closes devices, one after the other, in a thread of its own.

    It does not keep Python from ending, as a device that hangs may never be closed.
    """

    def __init__(self) -> None:
        self._tasks: queue.SimpleQueue[Task[Any]] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None
        self._given_up: Task[Any] | None = None

    @property
    def is_stuck(self) -> bool:
        """Whether a task that was given up is still running."""
        return self._given_up is not None and not self._given_up.is_done

    def begin(self, do: Callable[[], T]) -> Task[T]:
        """Do something when all that was begun before is done."""
        task = Task(do)
        self._tasks.put(task)
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name="devices", daemon=True)
            self._thread.start()
        return task

    def wait(self, task: Task[T], limit: float) -> bool:
        """Wait until that is done, at most ``limit`` seconds; not at all while the thread is stuck."""
        return task.wait(0 if self.is_stuck else limit)

    def give_up(self, task: Task[T]) -> None:
        """Note that ``task`` takes longer than anybody waits."""
        self._given_up = task

    def _work(self) -> None:
        while True:
            self._tasks.get().run()


DEVICE_THREAD: Final = DeviceThread()
"""The one of this process: what hangs once need not be waited for again."""
