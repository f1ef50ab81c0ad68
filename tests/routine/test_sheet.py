"""How routines and exercises are printed; what they say stands in ``cases/sheets.txt``."""

from pathlib import Path

import pytest
from golden import assert_golden
from naming import for_each

from voicecoach import paths
from voicecoach.language import phrases
from voicecoach.routine.dose import Dose
from voicecoach.routine.exercise_sheet import exercise_sheet
from voicecoach.routine.exercise_words import dose_in_words
from voicecoach.routine.files.library import Library
from voicecoach.routine.model import (
    Caution,
    Cue,
    Cues,
    Do,
    Exercise,
    Fix,
    Moment,
    Pace,
    Prompt,
    Remedy,
    Rest,
    Routine,
    Say,
    Sides,
    Variation,
    Wait,
)
from voicecoach.routine.paper import exercise_as_text, sheet_as_text, title_as_text
from voicecoach.routine.phase import Phase, PhaseKind
from voicecoach.routine.sheet import sheet

SHIPPED = Library((paths.shipped("routines"),))
REP = (Phase(name="lift", seconds=2.0), Phase(name="hold", seconds=5.0, kind=PhaseKind.HOLD))
DOSES = (
    {"rep": REP[:1], "reps": (1,)},
    {"rep": REP[:1], "reps": (8, 8)},
    {"rep": REP, "reps": (3,)},
    {"rep": REP, "reps": (3, 2, 1), "sides": Sides.SWAP, "limb": "knee"},
    {"rep": REP[:1], "reps": (2,) * 6, "sides": Sides.SWAP, "limb": "arm"},
    {"rep": REP[:1], "reps": (5,), "sides": Sides.SWAP, "limb": "leg"},
    {"rep": REP[:1], "reps": (1,), "sides": Sides.SWAP, "limb": "leg"},
    {"rep": REP[:1], "reps": (10,), "sides": Sides.ALTERNATE},
    {"rep": REP, "reps": (3,), "pace": Pace.SELF},
    {"duration": 60.0, "reps": (1,)},
    {"duration": 30.0, "reps": (1, 1)},
)


def test_sheets_and_doses_are_those_in_the_text():
    lift = Exercise(
        name="Lift",
        position=("Lie on your {side} side.", "Your {other} hand rests on your hip."),
        movement="Lift.",
        rep=REP,
        reps=(3,),
        sides=Sides.EACH,
        breathing=(Cue("Breathe out.", "lift"), Cue("Keep breathing.")),
        cues=Cues(always=(Cue("Brace."),), rotating=(Cue("Breathe."),)),
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
        substitutes=("march_seated",),
        cautions={
            Caution.KNEE: Remedy(),
            Caution.HIP: Remedy(exercise="march_in_place"),
            Caution.BAL: Remedy(advice="Take a stick."),
        },
        leg_rule=True,
        equipment=("shoes",),
        sources=("A trial",),
    )
    doses = (dose_in_words(Exercise(name="X", **values)) for values in DOSES)
    printed = (
        "\n".join([sheet_as_text(sheet(routine, minutes=1)), exercise_as_text(exercise_sheet(walk)), *doses])
        + "\n"
    )
    assert_golden(Path(__file__).parent / "cases" / "sheets.txt", printed)
    assert "do this instead: Marching." in exercise_as_text(
        exercise_sheet(walk, {"march_in_place": "Marching"})
    )


def test_a_box_at_the_top_has_a_frame_as_wide_as_what_is_in_it():
    routine = Routine(id="hip", name="Hip", steps=(Rest(seconds=60),), path=Path())
    box = (
        ("From Anna Berg, 20 November 2026", ()),
        ("Precautions", ("Do not bend the hip past 90 degrees.", "Do not cross your legs.")),
        ("Goal", ("Walk to the shop.",)),
    )
    assert sheet_as_text(sheet(routine, 1, box=box)).splitlines()[:10] == [
        "Hip",
        "===",
        "+------------------------------------------+",
        "| From Anna Berg, 20 November 2026         |",
        "| Precautions:                             |",
        "|   * Do not bend the hip past 90 degrees. |",
        "|   * Do not cross your legs.              |",
        "| Goal:                                    |",
        "|   Walk to the shop.                      |",
        "+------------------------------------------+",
    ]
    for width in (30, 40, 80, None):
        lines = sheet_as_text(sheet(routine, 1, box=box), width).splitlines()
        framed = [line for line in lines if line[0:1] in {"|", "+"}]
        assert len({*map(len, framed)}) == 1
        assert len(framed[0]) <= (width or 80)
        words = " ".join(line.strip("|+- *") for line in framed).split()
        assert " ".join(words).count("bend the hip past 90 degrees.") == 1


def test_every_caution_has_its_words():
    assert all(phrases.load().part(f"caution.{each}.who") for each in Caution)


@for_each(SHIPPED.exercises())
def test_the_sheet_of_each_exercise_fits_on_paper(name):
    text = exercise_as_text(exercise_sheet(SHIPPED.exercise(name)))
    assert max(map(len, text.splitlines())) <= 80
    assert "{" not in text


@for_each(SHIPPED.routines())
def test_a_shipped_sheet_leaves_nothing_out_and_says_the_same_at_any_width(name):
    model = sheet(SHIPPED.load(name), minutes=7)
    text = sheet_as_text(model)
    assert "{" not in text
    letters = "".join(text.split())  # a word may be broken at its hyphen
    for width in (40, 58, 80, 120):
        printed = sheet_as_text(model, width)
        assert max(map(len, printed.splitlines())) <= width
        assert "".join(printed.split()) == letters
    joined = " ".join(text.split())
    for exercise in SHIPPED.load(name).exercises:
        fixes = (error.fix for error in exercise.errors)
        for part in (exercise.why, exercise.feel, *(cue.text for cue in exercise.cues), *fixes):
            assert part.replace("{side}", "left").replace("{other}", "right") in joined


@pytest.mark.parametrize(
    ("title", "width", "printed"),
    [
        ("Wall sit", None, "Wall sit\n========\n"),
        ("体幹", 80, "体幹\n====\n"),
        ("Slow reach to the left", 10, "Slow reach\nto the\nleft\n==========\n"),
    ],
)
def test_a_title_is_underlined_as_far_as_it_reaches_and_the_screen_does(title, width, printed):
    assert title_as_text(title, width) == printed
