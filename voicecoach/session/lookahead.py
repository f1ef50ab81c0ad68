"""Compiles segments ahead of the player, in a thread of its own, so that playing never waits for speech."""

from __future__ import annotations

import threading
from collections.abc import Callable

from voicecoach.timeline.segment import Segment


class Lookahead:
    """Makes every segment of a session, those after the last one asked for first.

    ``make(index)`` compiles a segment and fetches its sound; it may be slow. ``done()`` is called once, when
    all are made; ``interrupt()`` when the work is to stop before that, so that a slow ``make`` ends soon.
    Whatever ``make`` raises is raised again by :meth:`wait`.
    """

    def __init__(
        self,
        count: int,
        make: Callable[[int], Segment],
        *,
        done: Callable[[], None],
        interrupt: Callable[[], None],
    ) -> None:
        self._count = count
        self._make = make
        self._done = done
        self._interrupt = interrupt
        self._ready: dict[int, Segment] = {}
        self._wanted = 0
        self._failure: Exception | None = None
        self._closed = False
        self._changed = threading.Condition()
        self._thread = threading.Thread(target=self._work, name="look-ahead", daemon=True)

    def start(self) -> None:
        """Begin with the first segment."""
        self._thread.start()

    def wait(self, index: int, timeout: float) -> Segment | None:
        """Segment ``index``, or None when it is not ready within ``timeout`` seconds."""
        with self._changed:
            self._wanted = index
            self._changed.wait_for(lambda: index in self._ready or self._failure, timeout)
            if self._failure:
                raise self._failure
            return self._ready.get(index)

    def close(self) -> None:
        """Stop after the segment in hand; returns when the thread is gone."""
        with self._changed:
            self._closed = True
        if self._thread.is_alive():
            self._interrupt()
            self._thread.join()

    def _work(self) -> None:
        try:
            while (index := self._next()) is not None:
                segment = self._make(index)
                with self._changed:
                    self._ready[index] = segment
                    self._changed.notify_all()
            self._done()
        except Exception as failure:  # noqa: BLE001 - handed to the thread that waits
            with self._changed:
                self._failure = failure
                self._changed.notify_all()

    def _next(self) -> int | None:
        with self._changed:
            if self._closed:
                return None
            order = (*range(self._wanted, self._count), *range(self._wanted))
            return next((index for index in order if index not in self._ready), None)
