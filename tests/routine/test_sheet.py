from pathlib import Path

import pytest

from voicecoach import data
from voicecoach.routine.library import Library
from voicecoach.routine.model import Cues, Do, Exercise, Fix, Phase, Rest, Routine, Say, Sides, Wait
from voicecoach.routine.sheet import dose_in_words, sheet

SHIPPED = Library((data.shipped("routines"),))
REP = (Phase(name="lift", seconds=2.0), Phase(name="hold", seconds=5.0))

EXPECTED = """\
Two
===
Short.
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
    routine = Routine(id="two", name="Two", about="Short.", steps=steps, path=Path("two.yaml"))
    assert sheet(routine) == EXPECTED


@pytest.mark.parametrize("name", SHIPPED.routines())
def test_shipped_sheets_fit_on_paper_and_leave_nothing_out(name):
    text = sheet(SHIPPED.load(name))
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
            {"rep": REP, "reps": (3, 2, 1), "sides": Sides.SWAP},
            "3 sets of 3, 2 and 1 reps, each held 5s, change sides halfway; rest 20s between sets",
        ),
        ({"rep": REP[:1], "reps": (10,), "sides": Sides.ALTERNATE}, "10 reps in all, left and right in turn"),
        ({"duration": 60.0, "reps": (1,)}, "1m"),
        ({"duration": 30.0, "reps": (1, 1)}, "2 times 30s; rest 20s between sets"),
    ],
)
def test_doses_in_words(values, words):
    assert dose_in_words(Exercise(name="X", **values)) == words
