"""An output that takes blocks as fast as they come: for rendering to a file and for tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from voicecoach.audio.pcm import Samples


class InstantOutput:
    """Delivers each block at once, to ``sink`` when there is one."""

    name = "instant"

    def __init__(self, sink: Callable[[Samples], object] | None = None) -> None:
        self.delivered = 0
        self._sink = sink

    def start(self) -> None:
        """Nothing to do."""

    def write(self, block: Samples) -> bool:
        if self._sink is not None:
            self._sink(block)
        self.delivered += len(block)
        return True

    def drop(self) -> int:
        """0: nothing is ever queued."""
        return 0

    def overlay(self, block: Samples) -> None:
        """Nothing: what is overlaid belongs to no file."""

    def reopen(self) -> None:
        """Nothing can be lost."""

    def close(self, *, drain: bool = True) -> None:
        """Nothing to do."""
