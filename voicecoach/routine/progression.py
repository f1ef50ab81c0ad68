"""The figures of the rules by which doses rise and fall, all in one place.

The rules have the numbers of the exercise catalogue, section 11. Each figure says what it does, between which
limits it can be set, and where it comes from. One from a source can only be set to the cautious side of it,
or within what the source says; one without was chosen by us, and nobody has tested it. The settings, what
``voicecoach config`` prints and the table of docs/progression.md come from here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import timedelta
from types import MappingProxyType
from typing import Any, Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """What there is to know about one figure."""

    default: float
    """As it is shipped; an int for a figure that takes whole numbers only."""
    least: float
    most: float
    unit: str
    """For a sentence: ``"in days"``; empty for counts, and for pain and effort."""
    rule: int
    """The number of its rule in the catalogue."""
    about: str
    """One sentence for the person."""
    source: str
    """Who says so; empty for our own choice."""

    @property
    def own(self) -> bool:
        """Whether it is our own choice."""
        return not self.source


def _figure(
    default: float,
    limits: tuple[float, float],
    unit: str,
    about: str,
    *,
    rule: int,
    source: str = "",
) -> Any:  # noqa: ANN401 - as dataclasses.field
    least, most = limits
    made = Figure(default=default, least=least, most=most, unit=unit, rule=rule, about=about, source=source)
    return field(default=default, metadata={"figure": made})


_PAIN_ZONES: Final = "providephysiotherapy, hp-3, fusionphysio"
_TRIALS: Final = "Trials 2017, 10.1186/s13063-017-1913-8"
_EMPOWER: Final = "EMPoweR, 10.1186/s12891-020-03866-2"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """Every figure that a rule uses. Days are whole days, pain and effort go from 0 to 10.

    Whoever makes one with figures of their own keeps to the limits of :data:`FIGURES`, and sees that
    :attr:`conflicts` is empty.
    """

    red_pain: int = _figure(
        6, (2, 6), "", "Worst pain from which an exercise is red.", rule=1, source=_PAIN_ZONES
    )
    amber_pain: int = _figure(
        4, (1, 4), "", "Worst pain from which an exercise is amber.", rule=1, source=_PAIN_ZONES
    )
    morning_rise: int = _figure(
        1, (0, 2), "", "More than this above the pain before it makes the next morning amber.", rule=1
    )

    successes: int = _figure(
        2, (2, 10), "", "Good sessions in a row before a dose rises.", rule=3, source=_TRIALS
    )
    easy_effort: int = _figure(
        6,
        (2, 6),
        "",
        "Effort up to which a dose may rise.",
        rule=3,
        source=f"{_TRIALS}: two reps in reserve",
    )
    too_light: int = _figure(
        5, (0, 5), "", "Effort below which reps rise by two at once.", rule=3, source=_EMPOWER
    )
    big_from: int = _figure(8, (8, 20), "", "Reps of a set from which they may rise by two at once.", rule=3)
    most_advances: int = _figure(2, (1, 2), "", "Exercises that rise in one session.", rule=3)

    most_sets: int = _figure(
        3, (1, 3), "", "The most sets that an exercise grows to.", rule=4, source=f"EMPoweR; {_TRIALS}"
    )
    hold_step: float = _figure(2.0, (1.0, 3.0), "in seconds", "A hold grows by this.", rule=4)
    most_hold: float = _figure(
        10.0, (3.0, 10.0), "in seconds", "The longest held effort.", rule=4, source="McGill: many short holds"
    )
    stretch_step: float = _figure(5.0, (1.0, 10.0), "in seconds", "A stretch grows by this.", rule=4)
    most_stretch: float = _figure(
        30.0, (10.0, 30.0), "in seconds", "The longest stretch.", rule=4, source="ACSM: 10 to 30 seconds"
    )
    lowering_step: float = _figure(1.0, (0.5, 2.0), "in seconds", "Lowering grows by this.", rule=4)
    most_lowering: float = _figure(
        5.0, (2.0, 5.0), "in seconds", "The slowest lowering.", rule=4, source="catalogue, good morning"
    )
    duration_percent: int = _figure(
        10, (5, 20), "in percent", "Timed work, as a walk, grows by this.", rule=4
    )
    duration_step: float = _figure(
        10.0, (5.0, 20.0), "in seconds", "Timed work grows by this at least, and in steps of it.", rule=4
    )
    shortest_work: float = _figure(10.0, (5.0, 30.0), "in seconds", "The shortest timed work.", rule=4)
    load_percent: int = _figure(
        5, (2, 10), "in percent", "A load grows by this.", rule=4, source="ACSM: 2 to 10 percent"
    )
    load_step: float = _figure(
        0.25, (0.1, 1.0), "in kilograms", "The smallest step of a load: a cup of water.", rule=4
    )

    hard_effort: int = _figure(9, (7, 10), "", "Effort from which a dose comes down.", rule=6)
    misses: int = _figure(
        3,
        (1, 3),
        "",
        "Sessions in a row below the target before a dose comes down.",
        rule=6,
        source=_EMPOWER,
    )
    reds: int = _figure(
        2, (1, 3), "", "Red sessions of an exercise, close together, after which it is left out.", rule=6
    )
    red_days: int = _figure(
        7, (7, 28), "in days", "Days within which red sessions are close together.", rule=6
    )

    flare_pain: int = _figure(6, (3, 7), "", "Pain before a session from which it is a flare.", rule=7)
    flare_rise: int = _figure(
        2, (1, 3), "", "Pain before a session that is this much above the usual is a flare too.", rule=7
    )
    usual_days: int = _figure(
        28, (14, 56), "in days", "Usual pain is the median of so many days before.", rule=7
    )
    usual_answers: int = _figure(3, (1, 6), "", "Usual pain is known when there are so many answers.", rule=7)
    calm_days: int = _figure(3, (1, 14), "in days", "Days of calm routines in a flare.", rule=7)
    return_days: int = _figure(
        7, (3, 28), "in days", "Days of doing less, after the calm days of a flare.", rule=7
    )
    return_percent: int = _figure(
        50, (25, 75), "in percent", "How much of a dose is done on the days of doing less.", rule=7
    )

    lay_off_days: int = _figure(
        7, (3, 14), "in days", "Days without an exercise from which it is a step lower.", rule=8
    )
    long_lay_off_days: int = _figure(
        14, (6, 28), "in days", "Days without an exercise from which it is two steps lower.", rule=8
    )
    anew_days: int = _figure(
        28, (14, 56), "in days", "Days without an exercise from which it begins anew.", rule=8
    )
    memory_days: int = _figure(
        180, (120, 365), "in days", "Older sessions count only for how far you had come.", rule=8
    )

    deload_week: int = _figure(11, (4, 11), "", "Every such week is an easy one.", rule=10, source=_TRIALS)
    deload_percent: int = _figure(
        80, (50, 80), "in percent", "How much of a dose is done in an easy week.", rule=10, source=_TRIALS
    )

    @property
    def conflicts(self) -> tuple[tuple[str, str], ...]:
        """The pairs of :data:`ASCENDING` that do not rise; none of the shipped ones."""
        return tuple(pair for pair in ASCENDING if getattr(self, pair[0]) >= getattr(self, pair[1]))

    @property
    def flare_memory(self) -> timedelta:
        """How far back a flare, and what was usual before it, are looked for."""
        return timedelta(self.usual_days + self.calm_days + self.return_days)


FIGURES: Final[Mapping[str, Figure]] = MappingProxyType(
    {each.name: each.metadata["figure"] for each in fields(Rules)}
)
"""Every figure by its name in :class:`Rules`, in the order of the rules."""

ASCENDING: Final = (
    ("amber_pain", "red_pain"),
    ("lay_off_days", "long_lay_off_days"),
    ("long_lay_off_days", "anew_days"),
)
"""Figures of which the first must be less than the second, where their limits do not see to that."""
