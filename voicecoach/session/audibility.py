"""How a session is heard."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class Audibility(StrEnum):
    """How the session is heard.

    The value is the name under ``loudspeaker`` in the phrases of what is told when it becomes so
    (:func:`phrase_for`).
    """

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
        return self not in {Audibility.HEARD, Audibility.LOST}


_FOUND: Final = "loudspeaker.found"
ALL_PHRASES: Final = (*(f"loudspeaker.{each}" for each in Audibility), _FOUND)
"""The names of the phrases that tell how the session is heard."""
SPOKEN_PHRASES: Final = (f"loudspeaker.{Audibility.HEARD}", _FOUND)
"""Those that can be spoken, as there is sound again, or for the first time."""


def phrase_for(audibility: Audibility, before: Audibility) -> str:
    """Return the name of the phrase that tells of ``audibility`` when it was ``before`` until now."""
    is_first = audibility is Audibility.HEARD and before in {Audibility.ABSENT, Audibility.HUNG}
    return _FOUND if is_first else f"loudspeaker.{audibility}"
