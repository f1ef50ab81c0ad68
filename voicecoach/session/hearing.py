"""How a session is heard."""

from __future__ import annotations

from enum import StrEnum


class Hearing(StrEnum):
    """What there is to say about the loudspeaker. Each value names the phrase that tells of it."""

    HEARD = "back"
    """It plays, or the person has chosen none."""
    LOST = "lost"
    """It plays no more: nothing goes on until it is back or the person goes on without sound."""
    LEFT = "left"
    """The session goes on without the one that was lost, in real time."""
    ABSENT = "absent"
    """None was found; the session goes on in the same way."""
    HUNG = "hung"
    """The sound system does not answer; the session goes on in the same way."""

    @property
    def is_silent(self) -> bool:
        """Whether the session goes on although nobody hears it."""
        return self not in {Hearing.HEARD, Hearing.LOST}
