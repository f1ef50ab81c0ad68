"""How a session is heard."""

from __future__ import annotations

from enum import StrEnum

from voicecoach.language.phrases import Phrases


class Hearing(StrEnum):
    """How the session is heard.

    The value is the name under ``loudspeaker`` in the phrases, except that HEARD after ABSENT or HUNG is told
    as ``found``.
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
        return self not in {Hearing.HEARD, Hearing.LOST}


def spoken_of(say: Phrases) -> tuple[str, ...]:
    """Return the sentences that are spoken, when there is sound again, or for the first time."""
    return say("loudspeaker.back"), say("loudspeaker.found")
