"""Compiles segments ahead of the player, in a thread of its own, so that playing never waits for speech."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Final

from voicecoach.timeline.segment import Segment
from voicecoach.timeline.steps import AnyStep

PATIENCE: Final = 15.0
"""Seconds to wait for the thread at the end: a disk in a network may never answer [own choice]."""

Steps = tuple[AnyStep, ...]
Join = Callable[[Segment], Segment]
"""Makes of a new form of a segment the one to play, when its old form is playing already."""


class Lookahead:
    """Makes every segment of a session, those after the last one asked for first.

    ``make(index, step)`` compiles a segment and fetches its sound; it may be slow. ``done()`` is called when
    all are made; ``interrupt()`` when the work is to stop before that, so that a slow ``make`` ends soon.
    Whatever ``make`` raises is raised again by :meth:`wait`.
    """

    def __init__(
        self,
        steps: Steps,
        make: Callable[[int, AnyStep], Segment],
        *,
        done: Callable[[], None],
        interrupt: Callable[[], None],
    ) -> None:
        self._steps = steps
        self._make = make
        self._done = done
        self._interrupt = interrupt
        self._ready: dict[int, tuple[AnyStep, Segment]] = {}
        self._joins: dict[int, Join] = {}
        self._wanted = 0
        self._failure: BaseException | None = None
        self._closed = False
        self._idle = True
        """Whether the thread has nothing left to make."""
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin with the segment that was asked for last, at first with the first one."""
        self._idle = False
        self._thread = threading.Thread(target=self._work, name="look-ahead", daemon=True)
        self._thread.start()

    def wait(self, index: int, timeout: float) -> Segment | None:
        """Segment ``index``, or None when it is not ready within ``timeout`` seconds."""
        with self._changed:
            self._wanted = index
            self._changed.wait_for(lambda: self._is_ready(index) or self._failure, timeout)
            if self._failure:
                raise self._failure
            return self._ready[index][1] if self._is_ready(index) else None

    def peek(self, index: int) -> Segment | None:
        """Segment ``index``, or None when it is not ready."""
        with self._changed:
            return self._ready[index][1] if self._is_ready(index) else None

    def revise(self, steps: Steps, joins: dict[int, Join]) -> None:
        """Follow another plan. Segments of steps that are where they were are kept; a new form of one that
        is in ``joins`` is passed through what stands there.
        """
        with self._changed:
            kept = {
                index: join
                for index, join in self._joins.items()
                if index < len(steps) and steps[index] is self._steps[index]
            }
            self._steps, self._joins = steps, kept | joins
            if self._idle and not self._closed:
                self.start()

    def close(self) -> None:
        """Stop after the segment in hand, and wait for that, but not without end."""
        with self._changed:
            self._closed = True
            making = not self._idle and self._failure is None
        if making:
            self._interrupt()
        if self._thread is not None:
            self._thread.join(PATIENCE)

    def _is_ready(self, index: int) -> bool:
        return index in self._ready and self._ready[index][0] is self._steps[index]

    def _work(self) -> None:
        try:
            while (found := self._next()) is not None:
                index, step, join = found
                segment = self._make(index, step)
                with self._changed:
                    self._ready[index] = (step, join(segment) if join else segment)
                    self._changed.notify_all()
            if not self._closed:
                self._done()
        except BaseException as failure:  # noqa: BLE001 - handed to the thread that waits
            with self._changed:
                self._failure = failure
                self._changed.notify_all()

    def _next(self) -> tuple[int, AnyStep, Join | None] | None:
        """What to make; None when nothing is left."""
        with self._changed:
            wanted = min(self._wanted, len(self._steps))
            for index in (*range(wanted, len(self._steps)), *range(wanted)):
                if not self._closed and not self._is_ready(index):
                    return index, self._steps[index], self._joins.pop(index, None)
            self._idle = True
            return None
