"""What the clinician who wrote a routine asks of the person: precautions, agreed pain, signs to stop at."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any, Final

from voicecoach.plain import plain

MAX_PAIN: Final = 10
"""Pain is said on a scale from 0 to this."""
MOST_PRECAUTIONS: Final = 4
"""The most precautions of a routine: nobody keeps more in mind. [own choice]"""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreedPain:
    """The worst pain of a session that the clinician and the person agreed on."""

    go: int | None = None
    """Up to here it may hurt; None when that was not said."""
    slow: int | None = None
    """Up to here less is done, and no more; None when that was not said."""
    stop: int | None = None
    """From here on one stops; None when that was not said."""
    say: str = ""
    """The agreement in the clinician's words."""
    morning: bool = False
    """Whether the next morning has to be no worse than the time before the session."""

    def is_fine(self, worst: int) -> bool:
        """Tell whether that much pain was agreed to be fine."""
        return self.go is not None and worst <= self.go

    def is_much(self, worst: int) -> bool:
        """Tell whether it is more than was agreed to be fine."""
        most = self.slow if self.go is None else self.go
        return self.is_too_much(worst) or (most is not None and worst > most)

    def is_too_much(self, worst: int) -> bool:
        """Tell whether it is so much that one stops."""
        return self.stop is not None and worst >= self.stop


NO_AGREEMENT = AgreedPain()


@dataclass(frozen=True, slots=True, kw_only=True)
class Instructions:
    """All of it; empty in a routine that nobody prescribed."""

    source: str = ""
    """The name of the routine or programme in whose file it stands; empty where it is empty."""
    by: str = ""
    """Who wrote the routine: "Anna Berg, physiotherapist"."""
    written: date | None = None
    patient: str = ""
    """Whom it is for, in words."""
    precautions: tuple[str, ...] = ()
    """At most :data:`MOST_PRECAUTIONS`, the most important first."""
    until: date | None = None
    """The last day of the precautions; None when they have no end."""
    stop: tuple[str, ...] = ()
    """The signs to stop at."""
    pain: AgreedPain = NO_AGREEMENT
    supervision: str = ""
    goal: str = ""

    def __bool__(self) -> bool:
        return self != NO_INSTRUCTIONS

    def as_plain(self) -> dict[str, Any]:
        """Return it for JSON; most routines have none of it."""
        said = (each.name for each in fields(self) if getattr(self, each.name) != each.default)
        return {name: plain(getattr(self, name)) for name in said}

    @property
    def name(self) -> str:
        """The clinician's name without the profession."""
        return self.by.partition(",")[0].strip()

    @property
    def spoken(self) -> bool:
        """Whether there is something in it to tell before a session."""
        told = (self.precautions, self.stop, self.supervision, self.goal, self.pain != NO_AGREEMENT)
        return any(told)

    def has_ended(self, day: date) -> bool:
        """Tell whether the last day of its precautions is over."""
        return bool(self.precautions) and self.until is not None and day > self.until

    def was_told(self, told: Instructions) -> bool:
        """Tell whether who was ``told`` that has heard all of this that is about safety."""
        same = all(getattr(self, each) == getattr(told, each) for each in ("stop", "pain", "supervision"))
        return same and {*self.precautions} <= {*told.precautions}

    @property
    def lifted(self) -> Instructions:
        """Return it without its precautions."""
        return replace(self, precautions=(), until=None)


NO_INSTRUCTIONS = Instructions()
