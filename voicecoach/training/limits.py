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
    """For a sentence: ``"in days"``, ``"o'clock"``; empty for counts, and for pain and effort."""
    source: str = ""
    """The source; empty for our own choice."""

    @property
    def value(self) -> float:
        """The figure itself."""
        found: float = globals()[self.name.replace("-", "_").upper()]
        return found


_SMITH: Final = "Smith 2017, BJSM 51:1679: pain relative to the person"
_TRIALS: Final = "Trials 2017, 10.1186/s13063-017-1913-8"
_SPREAD: Final = "Pagé 2022, 10.1016/j.jpain.2022.01.001: pain varies by 1.2 from day to day"
_BIRTH: Final = "40 weeks less the first four months"
_AAOS: Final = "AAOS spine conditioning program: two to three days a week; catalogue, strong back: 48 hours"
_LAMBEEK: Final = "Lambeek 2007, BMC Public Health 7:254, table 2"
_EMPOWER: Final = "EMPoweR, 10.1186/s12891-020-03866-2"

ABOUT: Final = (
    "The figures of the rules by which doses rise and fall. They are fixed; one without a source is"
    " our own choice."
)
"""The text above the figures."""

LIMITS: Final = (
    Limit("amber-rise", 1, "A rise of pain in a session from which its exercises are amber.", source=_SMITH),
    Limit("sore-rise", 1, "A rise of pain from which all exercises of a session are a step less."),
    Limit(
        "unsaid-pain",
        1,
        "What the pain before a session is taken for when neither it nor the usual is known.",
    ),
    Limit("morning-rise", 1, "More than this above the pain before it makes the next morning amber."),
    Limit("morning-days", 1, "Days after a session on which its next morning is asked for.", unit="in days"),
    Limit(
        "nearly-percent",
        2,
        "Timed work of which so little is missing counts as done.",
        unit="in percent",
    ),
    Limit("nearly-seconds", 2, "But never when more than this is missing.", unit="in seconds"),
    Limit(
        "least-work", 2, "So much work is exercise, even when every set was left early.", unit="in seconds"
    ),
    Limit(
        "least-part",
        2,
        "So much of timed work is exercise, even when the session ended with it.",
        unit="in percent",
    ),
    Limit("successes", 3, "Good sessions in a row before a dose rises.", source=_TRIALS),
    Limit(
        "easy-effort",
        3,
        "Effort up to which a dose may rise.",
        source="Helms 2016, SCJ 38:42: three reps in reserve",
    ),
    Limit("too-light", 3, "Effort below which reps rise by two at once.", source=_EMPOWER),
    Limit("big-from", 3, "Reps of a set from which they may rise by two at once."),
    Limit("most-advances", 3, "Exercises that rise in one session; warm-ups and stretches are not counted."),
    Limit("most-growth", 3, "More work a week than this only as one smallest step.", unit="in percent"),
    Limit("strength-apart", 3, "Days between sessions of strength that count.", unit="in days", source=_AAOS),
    Limit("most-sets", 4, "The most sets that an exercise grows to.", source=f"EMPoweR; {_TRIALS}"),
    Limit("hold-step", 4, "A hold grows by this.", unit="in seconds"),
    Limit("most-hold", 4, "The longest held effort.", unit="in seconds", source="McGill: many short holds"),
    Limit("stretch-step", 4, "A stretch grows by this.", unit="in seconds"),
    Limit("most-stretch", 4, "The longest stretch.", unit="in seconds", source="ACSM: 10 to 30 seconds"),
    Limit("lowering-step", 4, "Lowering grows by this.", unit="in seconds"),
    Limit("most-lowering", 4, "The slowest lowering.", unit="in seconds", source="catalogue, good morning"),
    Limit("duration-percent", 4, "Timed work, as a walk, grows by this.", unit="in percent"),
    Limit("duration-step", 4, "Timed work grows by this at least, and in steps of it.", unit="in seconds"),
    Limit("shortest-work", 4, "The shortest timed work.", unit="in seconds"),
    Limit("harder-percent", 4, "A harder variation begins with up to this much work.", unit="in percent"),
    Limit(
        "load-step",
        4,
        "A load begins with this at most, and grows by this at most.",
        unit="in kilograms",
        source="ACSM: 2 to 10 percent, of an upper body of 50 kg",
    ),
    Limit(
        "shortest-hold",
        4,
        "The shortest held effort.",
        unit="in seconds",
        source="catalogue, side plank: easier with holds of 3 s",
    ),
    Limit(
        "shortest-stretch",
        4,
        "The shortest stretch, unless it begins shorter.",
        unit="in seconds",
        source="ACSM: 10 to 30 seconds",
    ),
    Limit("short-hold-step", 4, "The smallest step of a held effort.", unit="in seconds"),
    Limit("short-work-step", 4, "The smallest step of timed work.", unit="in seconds"),
    Limit("hard-effort", 6, "Effort from which a dose comes down."),
    Limit("misses", 6, "Sessions in a row below the target before a dose comes down.", source=_EMPOWER),
    Limit("red-days", 6, "Days within which hurting twice leaves an exercise out.", unit="in days"),
    Limit("try-again-days", 6, "Good days after which what was left out is tried again.", unit="in days"),
    Limit("try-again-sessions", 6, "Good sessions that there are at least in these days."),
    Limit("try-reps", 6, "Reps of the first try, at most."),
    Limit("usual-days", 7, "Usual pain is the median of so many days before.", unit="in days"),
    Limit("usual-answers", 7, "Usual pain is known when so many of those days have an answer."),
    Limit("flare-rise", 7, "Pain this much above the usual, twice running, may be a flare.", source=_SPREAD),
    Limit("flare-apart", 7, "Two answers are running when they are at most this far apart.", unit="in days"),
    Limit("flare-jump", 7, "Pain this much above the usual may be a flare at once.", source=_SPREAD),
    Limit("flare-least", 7, "Pain below this is never a flare."),
    Limit("flare-pain", 7, "Pain from which it may be a flare while the usual is not known."),
    Limit("calm-days", 7, "Days of calm routines in a flare.", unit="in days"),
    Limit("return-days", 7, "Days of doing less, after the calm days of a flare.", unit="in days"),
    Limit("return-percent", 7, "How much of a dose is done on the first half of them.", unit="in percent"),
    Limit("return-later-percent", 7, "How much of a dose is done on the other half.", unit="in percent"),
    Limit("return-good", 7, "Good days in a row, at the usual pain, that end a flare early."),
    Limit("at-usual", 7, "Pain up to this much above the usual is as usual."),
    Limit("suspend-days", 7, "Days running with a calf or a foot after which what pulls on a leg stops."),
    Limit("lay-off-days", 8, "Days without an exercise from which it is a step lower.", unit="in days"),
    Limit("long-lay-off-days", 8, "Days without an exercise from which it is much lower.", unit="in days"),
    Limit("long-lay-off-percent", 8, "How much of the work is done at most then.", unit="in percent"),
    Limit("anew-days", 8, "Days without an exercise from which it begins anew.", unit="in days"),
    Limit("memory-days", 8, "Older sessions count only for how far you had come.", unit="in days"),
    Limit(
        "pace-sessions",
        9,
        "Sessions of an exercise that show where an agreed pace begins.",
        source=f"{_LAMBEEK}; catalogue",
    ),
    Limit(
        "pace-percent",
        9,
        "How much of what was done in them, on average, it begins with.",
        unit="in percent",
        source=f"catalogue; {_LAMBEEK}, takes 70",
    ),
    Limit(
        "pace-week",
        9,
        "Days from one step that is agreed to the next.",
        unit="in days",
        source="Hartigan 2000, MSSE 32:551: quotas by the week",
    ),
    Limit("deload-week", 10, "Every such week is an easy one.", source=_TRIALS),
    Limit(
        "deload-percent", 10, "How much of a dose is done in an easy week.", unit="in percent", source=_TRIALS
    ),
    Limit(
        "gate-percent",
        11,
        "Of the planned days of a phase's weeks so many have exercise before the next is proposed.",
        unit="in percent",
    ),
    Limit(
        "steady-days",
        11,
        "Days after which pain that is as usual counts like little pain.",
        unit="in days",
    ),
    Limit("first-review", 11, "Pain that is no better after so much of a phase is told.", unit="in weeks"),
    Limit("second-review", 11, "It is told again after this.", unit="in weeks"),
    Limit("third-review", 11, "And after this.", unit="in weeks"),
    Limit("next-review", 11, "From then on, each time so much more has passed.", unit="in weeks"),
    Limit(
        "review-change",
        11,
        "Pain that is less by so much since the phase began is better.",
        unit="in percent",
        source="Ostelo 2008, Spine 33:90",
    ),
    Limit("review-pain", 11, "Pain below this needs no review."),
    Limit(
        "usual-goal",
        11,
        "Days of exercise a week that are the goal without a plan.",
        source="AAOS spine conditioning program: two to three days a week",
    ),
    Limit("most-days", 11, "Days of a week with something planned, unless one routine has more."),
    Limit("most-a-day", 11, "Routines that are due on one day: training and a walk."),
    Limit(
        "taste-minutes",
        11,
        "Training beside the plan that is over in less is a taste, and not the day's training.",
        unit="in minutes",
    ),
    Limit("acute-days", 12, "Severe pain at rest is asked about again after this.", unit="in days"),
    Limit("leg-days", 12, "Pain in a leg is asked about again after this.", unit="in days"),
    Limit(
        "op-days",
        12,
        "Surgery is asked about again after this.",
        unit="in days",
        source="catalogue: 3 months",
    ),
    Limit("preg-days", 12, "A pregnancy is asked about again after this.", unit="in days", source=_BIRTH),
    Limit("skipped-days", 12, "Skipped questions about you come again after this.", unit="in days"),
    Limit("morning-from", 12, "The hour at which a morning begins.", unit="o'clock"),
    Limit(
        "morning-until",
        12,
        "The hour at which a morning ends, when nobody said when they get up.",
        unit="o'clock",
    ),
    Limit(
        "stiff-hours",
        12,
        "For so long after getting up a back is stiff.",
        unit="in hours",
        source="catalogue",
    ),
    Limit("up-early", 12, "You may be up this long before the time that you said.", unit="in minutes"),
    Limit("most-questions", 13, "Questions before a session, and after it; the others wait for the next."),
    Limit("ask-again-days", 13, "What is asked once a week comes again after this.", unit="in days"),
    Limit("quiet-answers", 13, "So many answers without a leg make the question about it shorter."),
    Limit("leg-sessions", 13, "Days of exercise at first on which the leg is asked about after it, too."),
    Limit("go-on-hours", 13, "A session that broke off can go on within this.", unit="in hours"),
    Limit(
        "signs-days",
        13,
        "A sore day has all signs of an emergency again after this, until then one line.",
        unit="in days",
    ),
    Limit("silent-sessions", 13, "After so many sessions without an answer you hear what that means."),
    Limit(
        "away-days", 13, "After so many days without exercise coming back is worth a word.", unit="in days"
    ),
    Limit("better-pain", 13, "Pain before exercise that is less by so much is worth a word."),
    Limit("better-answers", 13, "Answers of a week that make it comparable with another."),
)
"""Every figure, in the order of the rules."""
