from itertools import product
from pathlib import Path

import pytest
from naming import for_each

from voicecoach import paths
from voicecoach.routine.files.library import Library
from voicecoach.routine.model import (
    Caution,
    Cues,
    Do,
    Dose,
    Exercise,
    Fix,
    Moment,
    Pace,
    Phase,
    PhaseKind,
    Prompt,
    Remedy,
    Rest,
    Routine,
    Say,
    Sides,
    Variation,
    Wait,
)
from voicecoach.routine.sheet import APPLIES_TO, dose_in_words, exercise_sheet, sheet

SHIPPED = Library((paths.shipped("routines"),))
REP = (Phase(name="lift", seconds=2.0), Phase(name="hold", seconds=5.0, kind=PhaseKind.HOLD))

EXPECTED = """\
Two
===
Short.
About 1 minute, 3-5 a week. For phases 2 (restore), 3 (build).
You need: mat.
Never bounce. Move slowly and keep breathing. Stop if pain, tingling or numbness
travels further down a leg.

1. Lift: 3 reps on each side, each held 5s
   Position  Lie on your left side. Your right hand rests on your hip.
   Sides     Written for the left side. For the right, swap left and right.
   Movement  Lift.
   Pace      lift 2s, hold 5s.
   Mind      Brace. Breathe.
   Check     You roll? Chest to the wall.

   Rest 1m30s.

   Fetch your strap.

   Go on when you are ready: strap.

2. Lift: 3 reps on each side, each held 5s
"""


def test_the_whole_sheet():
    lift = Exercise(
        name="Lift",
        position=("Lie on your {side} side.", "Your {other} hand rests on your hip."),
        movement="Lift.",
        rep=REP,
        reps=(3,),
        sides=Sides.EACH,
        cues=Cues(always=("Brace.",), rotating=("Breathe.",)),
        errors=(Fix(when="You roll.", fix="Chest to the wall."),),
        equipment=("mat",),
    )
    steps = (
        Do(exercise=lift),
        Rest(seconds=90),
        Say(text="Fetch your strap."),
        Wait(what="strap"),
        Do(exercise=lift),
    )
    routine = Routine(
        id="two",
        name="Two",
        about="Short.",
        days="3-5 a week",
        phases=(2, 3),
        steps=steps,
        path=Path("two.yaml"),
    )
    assert sheet(routine, minutes=1) == EXPECTED


WALK = """\
Walk
====
Dose: 5m.
Goal: 30m.
You need: shoes.

   Pace      100 steps a minute.
   During    Stand tall. (start) Arms swing. / Push off. (every 3m) Ease the
             pace. (2m before the end)
   Easier    March in place.
   Harder    Find a hill.
   Stop      Stop if pain, tingling or numbness spreads down your leg.
   Caution   Knee pain: leave it out.
             Hip pain or a hip replacement: do this instead: March in place.
             Poor balance or falls: Take a stick.
   Sources   A trial.
"""


def test_the_sheet_of_an_exercise():
    walk = Exercise(
        name="Walk",
        duration=300.0,
        cadence=100.0,
        goal=Dose(duration=1800.0),
        prompts=(
            Prompt(say=("Stand tall.",), at=Moment.START),
            Prompt(say=("Arms swing.", "Push off."), every=180.0),
            Prompt(say=("Ease the pace.",), before_end=120.0),
        ),
        easier=(Variation(exercise="march_in_place"),),
        harder=(Variation(text="Find a hill."),),
        cautions={
            Caution.KNEE: Remedy(),
            Caution.HIP: Remedy(exercise="march_in_place"),
            Caution.BAL: Remedy(advice="Take a stick."),
        },
        leg_rule=True,
        equipment=("shoes",),
        sources=("A trial",),
    )
    assert exercise_sheet(walk) == WALK
    assert "do this instead: Marching." in exercise_sheet(walk, {"march_in_place": "Marching"})


def test_every_caution_has_its_words():
    assert set(APPLIES_TO) == set(Caution)


@for_each(SHIPPED.exercises())
def test_the_sheet_of_each_exercise_fits_on_paper(name):
    text = exercise_sheet(SHIPPED.exercise(name))
    assert max(map(len, text.splitlines())) <= 80
    assert "{" not in text


@for_each(SHIPPED.routines())
def test_shipped_sheets_fit_on_paper_and_leave_nothing_out(name):
    text = sheet(SHIPPED.load(name), minutes=7)
    assert max(map(len, text.splitlines())) <= 80
    assert "{" not in text
    joined = " ".join(text.split())
    for exercise in SHIPPED.load(name).exercises:
        for part in (
            exercise.why,
            exercise.feel,
            *exercise.cues.always,
            *(error.fix for error in exercise.errors),
        ):
            assert part.replace("{side}", "left").replace("{other}", "right") in joined


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"rep": REP[:1], "reps": (1,)}, "1 rep"),
        ({"rep": REP[:1], "reps": (8, 8)}, "2 sets of 8 reps; rest 20s between sets"),
        ({"rep": REP, "reps": (3,)}, "3 reps, each held 5s"),
        (
            {"rep": REP, "reps": (3, 2, 1), "sides": Sides.SWAP, "limb": "knee"},
            (
                "3 sets of 3, 2 and 1 reps, each held 5s, "
                "set 1 with the left knee, sets 2 and 3 with the right; rest 20s between sets"
            ),
        ),
        (
            {"rep": REP[:1], "reps": (2,) * 6, "sides": Sides.SWAP, "limb": "arm"},
            (
                "6 sets of 2 reps, sets 1 to 3 with the left arm, sets 4 to 6 with the right; "
                "rest 20s between sets"
            ),
        ),
        (
            {"rep": REP[:1], "reps": (5,), "sides": Sides.SWAP, "limb": "leg"},
            "5 reps, 3 with the left leg, then 2 with the right",
        ),
        ({"rep": REP[:1], "reps": (1,), "sides": Sides.SWAP, "limb": "leg"}, "1 rep, with the left leg"),
        ({"rep": REP[:1], "reps": (10,), "sides": Sides.ALTERNATE}, "10 reps in all, left and right in turn"),
        ({"rep": REP, "reps": (3,), "pace": Pace.SELF}, "3 reps, each held 5s, at your own pace"),
        ({"duration": 60.0, "reps": (1,)}, "1m"),
        ({"duration": 30.0, "reps": (1, 1)}, "2 times 30s; rest 20s between sets"),
    ],
)
def test_doses_in_words(values, words):
    assert dose_in_words(Exercise(name="X", **values)) == words


@for_each(product(SHIPPED.routines(), [40, 58, 120]))
def test_a_narrow_or_wide_sheet_says_the_same(case):
    name, width = case
    routine = SHIPPED.load(name)
    printed = sheet(routine, 10, width=width)
    assert max(map(len, printed.splitlines())) <= width
    letters = "".join(printed.split())  # a word may be broken at its hyphen
    assert letters == "".join(sheet(routine, 10).split())
