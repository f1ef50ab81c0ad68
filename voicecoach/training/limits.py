"""The figures of the rules by which doses rise and fall, each with its source.

The rules have the numbers of the exercise catalogue, section 11; rules 12 and 13 are added. A figure without
a source is our own choice, and nobody has tested it. None of them is a setting: a wrong one would be a
question of safety. Days are whole days, pain and effort go from 0 to 10. ``voicecoach config rules`` and
docs/progression.md show this table.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from voicecoach.routine import profile

# Rule 1
AMBER_RISE: Final = 2
SORE_RISE: Final = 3
UNSAID_PAIN: Final = 2
MORNING_RISE: Final = 1
MORNING_DAYS: Final = 3

# Rule 2
NEARLY_PERCENT: Final = 10
NEARLY_SECONDS: Final = 5.0
LEAST_WORK: Final = 60.0
LEAST_PART: Final = 50

# Rule 3
SUCCESSES: Final = 2
EASY_EFFORT: Final = 7
TOO_LIGHT: Final = 5
BIG_FROM: Final = 8
MOST_ADVANCES: Final = 2
MOST_GROWTH: Final = 25
STRENGTH_APART: Final = 2

# Rule 4
MOST_SETS: Final = 3
HOLD_STEP: Final = 2.0
MOST_HOLD: Final = 10.0
STRETCH_STEP: Final = 5.0
MOST_STRETCH: Final = 30.0
MOST_BALANCE: Final = 30.0
LOWERING_STEP: Final = 1.0
MOST_LOWERING: Final = 5.0
DURATION_PERCENT: Final = 10
DURATION_STEP: Final = 10.0
SHORTEST_WORK: Final = 10.0
HARDER_PERCENT: Final = 50
LOAD_STEP: Final = profile.LIGHT
SHORTEST_HOLD: Final = 3.0
SHORTEST_STRETCH: Final = 10.0
SHORT_HOLD_STEP: Final = 1.0
SHORT_WORK_STEP: Final = 5.0

# Rule 6
HARD_EFFORT: Final = 9
MISSES: Final = 3
RED_DAYS: Final = 7
TRY_AGAIN_DAYS: Final = 14
TRY_AGAIN_SESSIONS: Final = 3
TRY_REPS: Final = 2

# Rule 7
FLARE_LEAST: Final = 4
FLARE_RISE: Final = 2
FLARE_APART: Final = 7
FLARE_JUMP: Final = 4
FLARE_PAIN: Final = 7
USUAL_DAYS: Final = 28
USUAL_ANSWERS: Final = 3
CALM_DAYS: Final = 3
RETURN_DAYS: Final = 6
RETURN_PERCENT: Final = 50
RETURN_LATER_PERCENT: Final = 75
RETURN_GOOD: Final = 2
AT_USUAL: Final = 1
SUSPEND_DAYS: Final = 2

# Rule 8
LAY_OFF_DAYS: Final = 10
LONG_LAY_OFF_DAYS: Final = 14
LONG_LAY_OFF_PERCENT: Final = 70
ANEW_DAYS: Final = 28
MEMORY_DAYS: Final = 180

# Rule 9
PACE_SESSIONS: Final = 3
PACE_PERCENT: Final = 80
PACE_WEEK: Final = 7

# Rule 10
DELOAD_WEEK: Final = 11
DELOAD_PERCENT: Final = 80

# Rule 11
GATE_PERCENT: Final = 70
STEADY_DAYS: Final = 14
FIRST_REVIEW: Final = 2
SECOND_REVIEW: Final = 6
THIRD_REVIEW: Final = 12
NEXT_REVIEW: Final = 6
REVIEW_CHANGE: Final = 30
REVIEW_PAIN: Final = 2
USUAL_GOAL: Final = 3
MOST_DAYS: Final = 5
MOST_A_DAY: Final = 2
TASTE_MINUTES: Final = 5
WHOLE_PERCENT: Final = 80

# Rule 12
ACUTE_DAYS: Final = 14
LEG_DAYS: Final = 14
OP_DAYS: Final = 91
PREG_DAYS: Final = 168
SKIPPED_DAYS: Final = 14
MORNING_FROM: Final = 3
MORNING_UNTIL: Final = 10
STIFF_HOURS: Final = 1
UP_EARLY: Final = 120

# Rule 13
MOST_QUESTIONS: Final = 4
ASK_AGAIN_DAYS: Final = 7
QUIET_ANSWERS: Final = 5
LEG_SESSIONS: Final = 3
GO_ON_HOURS: Final = 12
SIGNS_DAYS: Final = 28
TOLD_IN_FULL: Final = 3
SILENT_SESSIONS: Final = 3
AWAY_DAYS: Final = 7
BETTER_PAIN: Final = 1
BETTER_ANSWERS: Final = 3

FLARE_MEMORY: Final = timedelta(2 * USUAL_DAYS + CALM_DAYS + RETURN_DAYS)
"""How far back a flare is searched, one that began again and again, and the usual pain before it."""


@dataclass(frozen=True, slots=True)
class Limit:
    """One figure, as it is explained to a person."""

    name: str
    """Its name in ``config rules`` and in docs/progression.md, such as "calm-days"."""
    rule: int
    """The number of its rule, as in docs/progression.md."""
    about: str
    """One sentence for the person."""
    unit: str = ""
    """As in "3 days": ``"days"``, ``"o'clock"``; empty for counts, and for pain and effort."""
    source: str = ""
    """The source; empty for our own choice."""

    @property
    def value(self) -> float:
        """The figure itself."""
        found: float = globals()[self.name.replace("-", "_").upper()]
        return found

    @property
    def figure(self) -> str:
        """The figure with its unit, as a person reads it."""
        unit = self.unit.removesuffix("s") if self.value == 1 else self.unit
        return f"{self.value:g} {unit}".rstrip()


_SMITH: Final = "Smith 2017, BJSM 51:1679: pain relative to the person"
_TRIALS: Final = "Trials 2017, 10.1186/s13063-017-1913-8"
_SPREAD: Final = "Pagé 2022, 10.1016/j.jpain.2022.01.001: pain varies by 1.2 from day to day"
_BIRTH: Final = "40 weeks less the first four months"
_AAOS: Final = "AAOS spine conditioning program: two to three days a week; catalogue, strong back: 48 hours"
_LAMBEEK: Final = "Lambeek 2007, BMC Public Health 7:254, table 2"
_EMPOWER: Final = "EMPoweR, 10.1186/s12891-020-03866-2"

ABOUT: Final = (
    "These figures decide when doses rise and fall. They are fixed; a figure without a source is our own"
    " choice."
)
"""The text above the figures."""

LIMITS: Final = (
    Limit(
        "amber-rise", 1, "Pain that rises this much in a session makes its exercises amber.", source=_SMITH
    ),
    Limit("sore-rise", 1, "Pain that rises this much makes every exercise of the session a step less."),
    Limit(
        "unsaid-pain",
        1,
        "The pain assumed before a session when neither it nor your usual pain is known.",
    ),
    Limit(
        "morning-rise",
        1,
        "A next morning with pain more than this above the pain before the session is amber.",
    ),
    Limit(
        "morning-days",
        1,
        "How long after a session the coach still asks about the next morning.",
        unit="days",
    ),
    Limit(
        "nearly-percent",
        2,
        "Timed work counts as done when no more than this is missing.",
        unit="percent",
    ),
    Limit("nearly-seconds", 2, "It does not count as done when more than this is missing.", unit="seconds"),
    Limit(
        "least-work", 2, "This much work counts as exercise even if every set was left early.", unit="seconds"
    ),
    Limit(
        "least-part",
        2,
        "This much of the timed work counts as exercise even if the session stopped there.",
        unit="percent",
    ),
    Limit("successes", 3, "Good sessions in a row before a dose rises.", source=_TRIALS),
    Limit(
        "easy-effort",
        3,
        "The highest effort at which a dose may still rise.",
        source="Helms 2016, SCJ 38:42: three reps in reserve",
    ),
    Limit("too-light", 3, "Below this effort, reps rise by two at once.", source=_EMPOWER),
    Limit("big-from", 3, "A set needs at least this many reps before they may rise by two at once."),
    Limit(
        "most-advances",
        3,
        "At most this many exercises rise in one session, not counting warm-ups and stretches.",
    ),
    Limit(
        "most-growth",
        3,
        "Work grows by no more than this in a week, or else by one smallest step.",
        unit="percent",
    ),
    Limit(
        "strength-apart",
        3,
        "Strength sessions count only when they are at least this far apart.",
        unit="days",
        source=_AAOS,
    ),
    Limit("most-sets", 4, "An exercise grows to at most this many sets.", source=f"EMPoweR; {_TRIALS}"),
    Limit("hold-step", 4, "A hold grows by this.", unit="seconds"),
    Limit("most-hold", 4, "The longest held effort.", unit="seconds", source="McGill: many short holds"),
    Limit("stretch-step", 4, "A stretch grows by this.", unit="seconds"),
    Limit("most-stretch", 4, "The longest stretch.", unit="seconds", source="ACSM: 10 to 30 seconds"),
    Limit(
        "most-balance",
        4,
        "The longest stand that trains balance.",
        unit="seconds",
        source="NHS Tayside: up to thirty seconds",
    ),
    Limit("lowering-step", 4, "Lowering grows by this.", unit="seconds"),
    Limit("most-lowering", 4, "The slowest lowering.", unit="seconds", source="catalogue, good morning"),
    Limit("duration-percent", 4, "Timed work, such as a walk, grows by this.", unit="percent"),
    Limit(
        "duration-step", 4, "Timed work grows by at least this, and in steps of this size.", unit="seconds"
    ),
    Limit("shortest-work", 4, "The shortest timed work.", unit="seconds"),
    Limit(
        "harder-percent", 4, "A harder variation begins with at most this much of the work.", unit="percent"
    ),
    Limit(
        "load-step",
        4,
        "A load begins at no more than this, and grows by no more than this.",
        unit="kilograms",
        source="ACSM: 2 to 10 percent, of an upper body of 50 kg",
    ),
    Limit(
        "shortest-hold",
        4,
        "The shortest held effort.",
        unit="seconds",
        source="catalogue, side plank: easier with holds of 3 s",
    ),
    Limit(
        "shortest-stretch",
        4,
        "The shortest stretch, unless it starts shorter.",
        unit="seconds",
        source="ACSM: 10 to 30 seconds",
    ),
    Limit("short-hold-step", 4, "The smallest step of a held effort.", unit="seconds"),
    Limit("short-work-step", 4, "The smallest step of timed work.", unit="seconds"),
    Limit("hard-effort", 6, "Effort at or above this brings a dose down."),
    Limit(
        "misses", 6, "A dose comes down after this many sessions in a row below the target.", source=_EMPOWER
    ),
    Limit("red-days", 6, "An exercise that hurts twice within this time is left out.", unit="days"),
    Limit("try-again-days", 6, "What was left out is tried again after this many good days.", unit="days"),
    Limit("try-again-sessions", 6, "Those days must have at least this many good sessions."),
    Limit("try-reps", 6, "The first try has at most this many reps."),
    Limit("usual-days", 7, "Usual pain is the median over this many days.", unit="days"),
    Limit("usual-answers", 7, "Usual pain is known once this many of those days have an answer."),
    Limit("flare-rise", 7, "Pain this much above the usual, twice in a row, may be a flare.", source=_SPREAD),
    Limit(
        "flare-apart",
        7,
        "Two answers count as in a row when they are no further apart than this.",
        unit="days",
    ),
    Limit("flare-jump", 7, "Pain this much above the usual may be a flare at once.", source=_SPREAD),
    Limit("flare-least", 7, "Pain below this is never a flare."),
    Limit("flare-pain", 7, "While the usual is unknown, pain at or above this may be a flare."),
    Limit("calm-days", 7, "Days of calm routines in a flare.", unit="days"),
    Limit("return-days", 7, "Days of doing less, after the calm days of a flare.", unit="days"),
    Limit("return-percent", 7, "How much of a dose is done on the first half of those days.", unit="percent"),
    Limit("return-later-percent", 7, "How much of a dose is done on the second half.", unit="percent"),
    Limit("return-good", 7, "This many good days in a row at the usual pain end a flare early."),
    Limit("at-usual", 7, "Pain up to this much above the usual still counts as usual."),
    Limit(
        "suspend-days",
        7,
        "After pain in the calf or foot on this many days in a row, what pulls on a leg stops.",
    ),
    Limit("lay-off-days", 8, "After this long without an exercise it is a step lower.", unit="days"),
    Limit("long-lay-off-days", 8, "After this long without an exercise it is much lower.", unit="days"),
    Limit("long-lay-off-percent", 8, "At most this much of the work is done then.", unit="percent"),
    Limit("anew-days", 8, "After this long without an exercise it starts again.", unit="days"),
    Limit("memory-days", 8, "Sessions older than this count only for how far you had come.", unit="days"),
    Limit(
        "pace-sessions",
        9,
        "This many sessions of an exercise show where its agreed pace begins.",
        source=f"{_LAMBEEK}; catalogue",
    ),
    Limit(
        "pace-percent",
        9,
        "It begins with this much of what was done in them on average.",
        unit="percent",
        source=f"catalogue; {_LAMBEEK}, takes 70",
    ),
    Limit(
        "pace-week",
        9,
        "The time from one agreed step to the next.",
        unit="days",
        source="Hartigan 2000, MSSE 32:551: quotas by the week",
    ),
    Limit("deload-week", 10, "Each week whose number is a multiple of this is an easy one.", source=_TRIALS),
    Limit(
        "deload-percent", 10, "How much of a dose is done in an easy week.", unit="percent", source=_TRIALS
    ),
    Limit(
        "gate-percent",
        11,
        "The next phase is proposed once this share of the planned days had exercise.",
        unit="percent",
    ),
    Limit(
        "steady-days",
        11,
        "After this long, pain that stays at its usual counts like little pain.",
        unit="days",
    ),
    Limit(
        "first-review",
        11,
        "If pain is no better after this much of a phase, the coach says so.",
        unit="weeks",
    ),
    Limit("second-review", 11, "It says so again after this.", unit="weeks"),
    Limit("third-review", 11, "And after this.", unit="weeks"),
    Limit("next-review", 11, "From then on it does so each time this much more has passed.", unit="weeks"),
    Limit(
        "review-change",
        11,
        "Pain that has dropped this much since the phase began counts as better.",
        unit="percent",
        source="Ostelo 2008, Spine 33:90",
    ),
    Limit("review-pain", 11, "Pain below this needs no review."),
    Limit(
        "usual-goal",
        11,
        "Without a plan, the goal is this many days of exercise a week.",
        source="AAOS spine conditioning program: two to three days a week",
    ),
    Limit(
        "most-days",
        11,
        "At most this many days of a week have something planned, unless one routine asks for more.",
    ),
    Limit("most-a-day", 11, "At most this many routines are due on one day: training and a walk."),
    Limit(
        "taste-minutes",
        11,
        "Training outside the plan that is shorter than this is a taster, not the day's training.",
        unit="minutes",
    ),
    Limit(
        "whole-percent",
        11,
        "A session in which less than this of its sets was done counts as a part.",
        unit="percent",
    ),
    Limit("acute-days", 12, "The coach asks about severe pain at rest again after this.", unit="days"),
    Limit("leg-days", 12, "The coach asks about pain in a leg again after this.", unit="days"),
    Limit(
        "op-days",
        12,
        "The coach asks about surgery again after this.",
        unit="days",
        source="catalogue: 3 months",
    ),
    Limit("preg-days", 12, "The coach asks about a pregnancy again after this.", unit="days", source=_BIRTH),
    Limit("skipped-days", 12, "Questions about you that you skipped come again after this.", unit="days"),
    Limit("morning-from", 12, "When a morning begins.", unit="o'clock"),
    Limit(
        "morning-until",
        12,
        "When a morning ends, if you have not said when you get up.",
        unit="o'clock",
    ),
    Limit(
        "stiff-hours",
        12,
        "How long a back stays stiff after you get up.",
        unit="hours",
        source="catalogue",
    ),
    Limit("up-early", 12, "You may be up this long before the time you gave.", unit="minutes"),
    Limit(
        "most-questions",
        13,
        "At most this many questions come before a session, and after it; the others wait.",
    ),
    Limit("ask-again-days", 13, "A weekly question comes again after this.", unit="days"),
    Limit(
        "quiet-answers",
        13,
        "After this many answers without anything in a leg, that question becomes shorter.",
    ),
    Limit(
        "leg-sessions",
        13,
        "On your first days of exercise, this many, the coach also asks about the leg afterwards.",
    ),
    Limit("go-on-hours", 13, "An interrupted session can go on for this long.", unit="hours"),
    Limit(
        "signs-days",
        13,
        "On a sore day all signs of an emergency are listed again after this; until then it is one line.",
        unit="days",
    ),
    Limit(
        "told-in-full",
        13,
        "In this many sessions all that the clinician asks for is said in full; after that, a reminder.",
    ),
    Limit(
        "silent-sessions", 13, "After this many sessions without an answer the coach says what that means."
    ),
    Limit("away-days", 13, "After this long without exercise, coming back earns a word.", unit="days"),
    Limit("better-pain", 13, "Pain before exercise that has dropped this much earns a word."),
    Limit("better-answers", 13, "A week can be compared with another when it has this many answers."),
)
"""Every figure, in the order of the rules."""
