"""Which sets were done, as far as they were heard."""

from __future__ import annotations

from voicecoach.session.listener import Ending, Listener, SetResult
from voicecoach.timeline.segment import Segment, reps_done


class Results:
    """Follows what is heard, and tells ``listener`` of every set when it is left."""

    def __init__(self, listener: Listener) -> None:
        self._listener = listener
        self._open: tuple[Segment, int] | None = None
        """The set that is being done, and how much of it was heard."""
        self._all: list[SetResult] = []

    @property
    def all(self) -> tuple[SetResult, ...]:
        """Every set that was done or begun, in order."""
        return tuple(self._all)

    def heard(self, segment: Segment, frame: int) -> None:
        """``segment`` was heard up to ``frame``."""
        if segment.work is not None:
            self._open = (segment, frame)
            if frame == segment.frames:
                self.leave(Ending.DONE)

    def leave(self, ending: Ending) -> None:
        """What was being done is over; nothing happens outside a set, and before its first rep."""
        if self._open is None:
            return
        (segment, frame), self._open = self._open, None
        begun = segment.begins
        if segment.work is None or frame <= begun:
            return
        reps = segment.work.reps if ending is Ending.DONE else reps_done(segment, frame)
        if reps == segment.work.reps and ending is not Ending.HURT:
            ending = Ending.DONE  # only the tone at its end was not heard
        result = SetResult(segment.work, reps, frame - begun, ending)
        self._all.append(result)
        self._listener.set_ended(result)
