"""The figures of the rules, all in one place.

The rules have the numbers of the exercise catalogue, section 11. Where a source gives the figure, it stands
beside it; ``[own choice]`` marks those that had to be chosen, and which nobody has tested.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """Every figure that a rule uses. Days are whole days, pain and effort go from 0 to 10."""

    red_pain: int = 6
    """Worst pain from which an exercise is red (rule 1; providephysiotherapy, hp-3, fusionphysio)."""
    amber_pain: int = 4
    """Worst pain from which it is amber (rule 1; the same)."""
    morning_rise: int = 1
    """More than this above the pain before the session makes the next morning amber (rule 1) [own choice]."""

    successes: int = 2
    """Sessions in a row at the same dose before it rises (rule 3; Trials 2017, 10.1186/s13063-017-1913-8)."""
    easy_effort: int = 6
    """Effort up to which a dose may rise (rule 3; Trials 2017: two reps in reserve)."""
    too_light: int = 5
    """Effort below this is too light to train (rule 3; EMPoweR, 10.1186/s12891-020-03866-2)."""
    most_advances: int = 2
    """Exercises that advance in one session (rule 3) [own choice]."""

    most_sets: int = 3
    """Rule 4; EMPoweR and Trials 2017 go up to three."""
    hold_step: float = 2.0
    """Seconds (rule 4) [own choice]."""
    most_hold: float = 10.0
    """Seconds of a held effort (rule 4; McGill: short holds, many of them)."""
    stretch_step: float = 5.0
    """Seconds (rule 4) [own choice]."""
    most_stretch: float = 30.0
    """Seconds of a stretch (rule 4; ACSM: 10 to 30 seconds)."""
    lowering_step: float = 1.0
    """Seconds (rule 4) [own choice]."""
    most_lowering: float = 5.0
    """Seconds ("take five seconds to bow": catalogue, good morning)."""
    duration_share: float = 0.1
    """Timed work grows by a tenth at a time (catalogue, brisk walk) [own choice] …"""
    duration_step: float = 10.0
    """… and at least by these seconds, to which it is rounded [own choice]."""
    load_share: float = 0.05
    """Load grows by a twentieth (rule 4; ACSM: 2 to 10 per cent) …"""
    load_step: float = 0.25
    """… and at least by the smallest step there is, in kilograms: a cup of water [own choice]."""

    hard_effort: int = 9
    """Effort from which a dose comes down (rule 6) [own choice]."""
    misses: int = 3
    """Sessions in a row below the target before the dose comes down (rule 6; EMPoweR)."""
    red_days: int = 7
    """Two reds within these days: left out, ask a professional (rule 6) [own choice]."""

    flare_pain: int = 6
    """Pain at rest from which it is a flare (rule 7) [own choice] …"""
    flare_rise: int = 2
    """… or this much above the usual (rule 7) [own choice]."""
    usual_days: int = 28
    """What is usual is the median of these days (rule 7) [own choice] …"""
    usual_answers: int = 3
    """… when so many answers are known [own choice]."""
    calm_days: int = 3
    """Days of calm routines in a flare (rule 7) [own choice]."""
    return_days: int = 7
    """Days at half the sets after that (rule 7: full within one or two weeks, NHS) [own choice]."""

    lay_off_days: tuple[int, int, int] = (7, 14, 28)
    """Days without from which a dose is one or two steps lower, or begins anew (rule 8) [own choice]."""

    memory_days: int = 180
    """Older sessions are looked at only for what was decided last of an exercise [own choice]."""

    deload_week: int = 11
    """Every such week is an easy one (rule 10; Trials 2017)."""
    deload_share: float = 0.8
    """Rule 10; Trials 2017."""
