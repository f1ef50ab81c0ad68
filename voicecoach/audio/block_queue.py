"""The blocks between the player, which pushes them, and a sound device's callback, which pulls bytes."""

from __future__ import annotations

import operator
from array import array
from collections import deque
from threading import Condition
from typing import Final

import numpy as np

from voicecoach.audio.attenuator import Attenuator
from voicecoach.audio.pcm import FADE, FULL_SCALE, Samples, fade_out
from voicecoach.clock import Alarm

LONGEST_WAIT: Final = 0.25
"""The most seconds that :meth:`BlockQueue.wait` waits for room, as a lost device pulls nothing."""
WIDTH: Final = 2
"""Bytes a frame."""
_NOTHING: Final = array("h")


class BlockQueue:
    """A queue of samples between one pushing and one pulling thread. Every method is safe in any thread.

    Pulling uses bytes rather than arrays: numpy lets other threads run during a copy, and with four busy
    threads that alone takes longer than a sound device waits.
    """

    def __init__(self, capacity: int) -> None:
        """Make a queue that is full at ``capacity`` frames; the last block pushed may exceed it."""
        self._capacity = capacity
        self._blocks: deque[bytes] = deque()
        self._over = _NOTHING
        """The rest of the overlays."""
        self._attenuator = Attenuator()
        self._silent = 0
        """Frames of silence pulled since the last sound."""
        self._flowing = False
        self._ran_dry = False
        self._changed = Condition()
        self._alarm: Alarm | None = None
        """The alarm to ring when there is room; None when nobody waits."""
        self.queued = 0
        """Frames waiting in the queue."""
        self.delivered = 0
        """Frames that have been pulled."""
        self.underruns = 0
        """The number of gaps in the sound that nobody asked for."""

    def push(self, block: Samples) -> bool:
        """Queue ``block`` and return True, or return False when the queue is full."""
        data = block.tobytes()
        with self._changed:
            if self.queued >= self._capacity:
                return False
            self.underruns += self._ran_dry
            self._flowing, self._ran_dry = True, False
            self._blocks.append(data)
            self.queued += len(block)
            return True

    def wait(self, alarm: Alarm) -> None:
        """Wait until the queue has room or ``alarm`` rings, at most :data:`LONGEST_WAIT`."""
        with self._changed:
            if self.queued < self._capacity:
                return
            self._alarm = alarm
        alarm.wait(LONGEST_WAIT)

    def overlay(self, block: Samples) -> None:
        """Add ``block`` to the next frames pulled, whether queued ones or silence."""
        with self._changed:
            self._over = _sum(array("h", block.tobytes()), self._over)

    def duck(self, *, on: bool) -> None:
        """Lower all that is pulled from now on by 12 dB, overlays too, or give it back."""
        self._attenuator.duck(on=on)

    def pull(self, length: int) -> bytes:
        """Return exactly ``length`` frames: queued ones, then silence. One thread pulls."""
        with self._changed:
            taken = self._take(length)
            sounding = len(taken) // WIDTH
            self.delivered += sounding
            over = _NOTHING
            if self._over:
                over, self._over = self._over[:length], self._over[length:]
                sounding = max(sounding, len(over))
            if sounding < length:
                self._ran_dry |= self._flowing and len(taken) < length * WIDTH
            self._silent = length - sounding + (0 if sounding else self._silent)
            self._changed.notify_all()
            if self._alarm and self.queued < self._capacity:
                self._alarm.ring()
                self._alarm = None
        if over:
            taken = _sum(array("h", taken), over).tobytes()
        return self._attenuator.apply(taken.ljust(length * WIDTH, b"\0"))

    def drop(self) -> int:
        """Keep the first 10 ms, faded out, drop the rest, and return the number of frames dropped."""
        with self._changed:
            kept = np.frombuffer(self._take(FADE), np.int16)
            forgotten = self.queued
            self._blocks.clear()
            self._blocks.append(fade_out(kept).tobytes())
            self.queued = len(kept)
            self._flowing = self._ran_dry = False
            self._changed.notify_all()
            return forgotten

    def wait_empty(self, patience: float, silent: int = 0) -> bool:
        """Wait until everything is pulled, and ``silent`` frames of silence after it.

        Returns False when nothing was pulled for ``patience`` seconds, as happens when the device is gone.
        """
        with self._changed:
            while self.queued or self._over or self._silent < silent:
                if not self._changed.wait(patience):
                    return False
            return True

    def _take(self, length: int) -> bytes:
        """Take up to ``length`` frames off the front."""
        missing = length * WIDTH
        parts = []
        while self._blocks and missing:
            block = self._blocks.popleft()
            if len(block) > missing:
                self._blocks.appendleft(block[missing:])
                block = block[:missing]
            parts.append(block)
            missing -= len(block)
        self.queued -= length - missing // WIDTH
        return b"".join(parts)


def _sum(one: array[int], other: array[int]) -> array[int]:
    """Add two runs of samples, as long as the longer one, clipped at full scale.

    It takes 0.2 ms for 40 ms of samples, and no other thread runs meanwhile.
    """
    shared = min(len(one), len(other))
    rest = one[shared:] or other[shared:]
    try:
        return array("h", map(operator.add, one, other)) + rest
    except OverflowError:
        sums = map(operator.add, one, other)
        return array("h", [max(-FULL_SCALE, min(FULL_SCALE, value)) for value in sums]) + rest
