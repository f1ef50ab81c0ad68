"""Compiles segments ahead of the player, in its own thread, so that playing never waits for speech."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from voicecoach.session.revision import Steps
from voicecoach.timeline.gaps import GapsAround, gaps
from voicecoach.timeline.segment import Segment
from voicecoach.timeline.steps import AnyStep

PATIENCE: Final = 15.0
"""Seconds to wait for the thread at the end: a disk in a network may never answer [own choice]."""

_NEXT: Final = range(2)
"""How far ahead segments are made in a hurry: so that one can follow the other without a gap."""
_GLANCE: Final = 0.2
"""Seconds between two looks whether there still is a hurry."""

Join = Callable[[Segment], Segment]
"""Merges a recompiled segment into the one that is already playing."""
NONE_MADE: Final[Mapping[int, Segment]] = MappingProxyType({})


class Lookahead:
    """Makes all segments of a session, beginning with the one asked for last.

    ``make(index, step, around)`` compiles a segment and fetches its sound; it may be slow. ``done()`` is
    called when all are made; ``interrupt()`` when the work is to stop before that, so that a slow ``make``
    ends soon.
    While ``hurried()``, as what it makes will soon be better, it makes only what is played next.
    Whatever ``make`` raises is raised again by :meth:`wait`.
    """

    def __init__(
        self,
        steps: Steps,
        make: Callable[[int, AnyStep, GapsAround], Segment],
        *,
        done: Callable[[], None],
        interrupt: Callable[[], None],
        hurried: Callable[[], bool] = lambda: False,
    ) -> None:
        self._steps = steps
        self._around: Sequence[GapsAround] = gaps(steps)
        self._make = make
        self._done = done
        self._interrupt = interrupt
        self._hurried = hurried
        self._ready: dict[int, tuple[AnyStep, GapsAround, Segment]] = {}
        self._joins: dict[int, Join] = {}
        self._wanted = 0
        self._failure: BaseException | None = None
        self._closed = False
        self._idle = True
        """Whether the thread has nothing left to make."""
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin to make what is missing."""
        self._idle = False
        self._thread = threading.Thread(target=self._work, name="look-ahead", daemon=True)
        self._thread.start()

    def wait(self, index: int, timeout: float) -> Segment | None:
        """Return segment ``index``, or None when it is not ready within ``timeout`` seconds."""
        with self._changed:
            self._wanted = index
            self._changed.wait_for(lambda: self._is_ready(index) or self._failure, timeout)
            if self._failure:
                raise self._failure
            return self._ready[index][2] if self._is_ready(index) else None

    def peek(self, index: int) -> Segment | None:
        """Return segment ``index``, or None when it is not ready."""
        with self._changed:
            return self._ready[index][2] if self._is_ready(index) else None

    def revise(
        self,
        steps: Steps,
        joins: Mapping[int, Join],
        around: Sequence[GapsAround],
        made: Mapping[int, Segment] = NONE_MADE,
    ) -> None:
        """Change to the plan ``steps``, keeping the segments of steps that stay in their place.

        ``around`` tells what is around each step. A segment in ``joins`` goes through that function when it
        is compiled again; those that are ``made`` are not.
        """
        with self._changed:
            kept = {
                index: join
                for index, join in self._joins.items()
                if index < len(steps) and steps[index] is self._steps[index]
            }
            self._steps, self._around = steps, around
            self._joins = {index: join for index, join in {**kept, **joins}.items() if index not in made}
            self._ready |= {index: (steps[index], around[index], each) for index, each in made.items()}
            if self._idle and not self._closed:
                self.start()

    def close(self) -> None:
        """Stop after the present segment, and wait for it at most :data:`PATIENCE` seconds."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
            making = not self._idle and self._failure is None
        if making:
            self._interrupt()
        if self._thread is not None:
            self._thread.join(PATIENCE)

    def _is_ready(self, index: int) -> bool:
        if index not in self._ready:
            return False
        step, around, _ = self._ready[index]
        return step is self._steps[index] and around == self._around[index]

    def _work(self) -> None:
        try:
            while (found := self._next()) is not None:
                index, step, around, join = found
                segment = self._make(index, step, around)
                with self._changed:
                    self._ready[index] = (step, around, join(segment) if join else segment)
                    self._changed.notify_all()
            if not self._closed:
                self._done()
        except BaseException as failure:  # noqa: BLE001 - handed to the thread that waits
            with self._changed:
                self._failure = failure
                self._changed.notify_all()

    def _next(self) -> tuple[int, AnyStep, GapsAround, Join | None] | None:
        """Return what to make next; None when nothing is left."""
        with self._changed:
            while True:
                missing = self._missing()
                if not missing or self._closed:
                    self._idle = True
                    return None
                index = missing[0]
                if index - self._wanted in _NEXT or not self._hurried():
                    return index, self._steps[index], self._around[index], self._joins.pop(index, None)
                self._changed.wait(_GLANCE)

    def _missing(self) -> list[int]:
        """Return the indices of what is not made, in the order in which to make it."""
        wanted, count = min(self._wanted, len(self._steps)), len(self._steps)
        return [index for index in (*range(wanted, count), *range(wanted)) if not self._is_ready(index)]
