"""Each rule speaks up for one routine and keeps silent for the nearest one that is right."""

from pathlib import Path
from typing import Any

import pytest

from voicecoach import paths
from voicecoach.routine.advice.cut_texts import LIST_RULES, TEXT_RULES, advise_comments, advise_lists
from voicecoach.routine.advice.rule import Level
from voicecoach.routine.doses import at_goal
from voicecoach.routine.files.library import Library
from voicecoach.routine.files.located_yaml import parse
from voicecoach.routine.files.routine import read_exercise, read_routine
from voicecoach.routine.lint import (
    EXERCISE_RULES,
    FILE_RULES,
    NAME_RULES,
    ROUTINE_RULES,
    STEP_RULES,
    advise,
    advise_exercise,
)
from voicecoach.routine.model import Caution, Remedy
from voicecoach.routine.profile import Profile
from voicecoach.routine.suit import tailor

SHIPPED = Library((paths.shipped("routines"),))
STRETCH = "rep: in 3s, hold {}s, out 3s\nkind: stretch\ncues: [No bouncing.]"
PLANK = "rep: up 2s, hold {}s, down 2s\nbreathing: Breathe."
TOLD = "position: Lie down.\nmovement: Lift.\nwhy: To be strong.\nerrors: [{when: It hurts., fix: Stop.}]"

EXERCISES = [
    ("stretch-hold", STRETCH.format(9), STRETCH.format(10)),
    ("stretch-hold", STRETCH.format(4) + "\ngoal: 2 x 20s", STRETCH.format(5) + "\ngoal: 2 x 20s"),
    ("stretch-hold", STRETCH.format(5) + "\ngoal: 2 x 9s", STRETCH.format(10) + "\ngoal: 2 x 9s"),
    (
        "stretch-hold",
        "rep: in 3s, out 3s\nkind: stretch\ncues: [No bouncing.]",
        "duration: 30s\nkind: stretch\ncues: [Never bounce.]",
    ),
    (
        "stretch-bounce",
        "rep: hold 20s\nkind: stretch",
        "rep: hold 20s\nkind: stretch\nwords: {hold: No bounce}",
    ),
    ("stretch-long", STRETCH.format(61), STRETCH.format(60)),
    ("stretch-long", "duration: 2m\nkind: stretch\ncues: [No bouncing.]", "duration: 2m\nkind: mobility"),
    (
        "nerve-hold",
        "rep: out 2s, hold 1s\nkind: nerve\nleg_rule: true",
        "rep: out 2s, back 2s\nkind: nerve\nleg_rule: true",
    ),
    ("hold-long", PLANK.format(11) + "\nkind: stabilisation", PLANK.format(10) + "\nkind: stabilisation"),
    ("hold-long", PLANK.format(11) + "\nkind: strength", PLANK.format(11) + "\nkind: mobility"),
    ("plank-long", "duration: 61s\nkind: stabilisation", "duration: 60s\nkind: stabilisation"),
    ("plank-long", "duration: 10m\nkind: stabilisation", "duration: 10m\nkind: aerobic"),
    ("hold-breath", "rep: hold 10s", "rep: hold 10s\ncues: [Breathe easily.]"),
    ("hold-breath", "rep: up 2s, hold 12s", "rep: hold 9s"),
    ("hold-breath", "rep: hold 10s", "rep: hold 10s\nbreathing: Breathe easily."),
    (
        "contradiction",
        "rep: up 2s, down 2s\nbreathing: {up: Breathe out.}\ncues: [down: Lift your hips.]",
        "rep: up 2s, down 2s\nbreathing: {up: Breathe out.}\ncues: [up: Lift your hips.]",
    ),
    (
        "contradiction",
        "rep: in 4s, out 5s\nwords: {out: And breathe out}\ncues: [out: Breathe in through your nose.]",
        "rep: in 4s, out 5s\nwords: {out: And breathe out}\ncues: [in: Breathe in through your nose.]",
    ),
    (
        "contradiction",
        "rep: up 2s, down 2s\nbreathing: Breathe out.",
        "rep: up 2s, down 2s\nbreathing: Breathe out as you rise.",
    ),
    (
        "contradiction",
        "rep: up 2s, down 2s\nposition: [Put your elbow right under your shoulder.]",
        "rep: up 2s, down 2s\nposition: [Put your elbow directly under your shoulder.]",
    ),
    ("jerk", "rep: up 0.9s, down 1s", "rep: up 1s, top 0.5s, down 1s, relax 0.5s"),
    ("jerk", "rep: up 0.5s, down 0.5s", "rep: up 0.5s, down 0.5s\nreps: 8\npace: self"),
    ("jerk", "rep: up 0.5s, down 0.5s\nkind: strength", "rep: up 0.5s, down 0.5s\nkind: mobility"),
    (
        "rest-short",
        "rep: up 2s\nkind: strength\nreps: 2 x 8\nrest: 29s",
        "rep: up 2s\nkind: strength\nreps: 2 x 8\nrest: 30s",
    ),
    (
        "rest-short",
        "rep: up 2s\nkind: strength\nreps: 2 x 8\nrest: 0s",
        "rep: up 2s\nkind: strength\nreps: 8\nrest: 0s",
    ),
    ("many-sets", "rep: up 2s\nreps: 4 x 8", "rep: up 2s\nreps: 8-6-4"),
    (
        "change-short",
        "rep: up 2s, down 2s\nsides: each\nequipment: [strap]\nchange: 6s",
        "rep: up 2s, down 2s\nsides: left\nequipment: [strap]\nchange: 6s",
    ),
    (
        "sides-unnamed",
        "rep: up 2s, down 2s\nsides: right first\nposition: Sit down.",
        "rep: up 2s, down 2s\nsides: right\nposition: Sit down.",
    ),
    ("change-short", "rep: up 2s\nsides: each\nchange: 4s", "rep: up 2s\nsides: each\nchange: 5s"),
    *(
        (
            "change-short",
            f"rep: up 2s\nsides: each\nchange: 14s\n{slow}",
            f"rep: up 2s\nsides: each\nchange: 15s\n{slow}",
        )
        for slow in ("posture: side_lying", "posture: half_kneeling", "equipment: [strap]")
    ),
    ("change-short", "rep: up 2s\nsides: each\nchange: 0s", "rep: up 2s\nsides: alternate\nchange: 0s"),
    (
        "sides-unnamed",
        "rep: up 2s\nsides: alternate\nmovement: Lift a leg.",
        "rep: up 2s\nsides: alternate\nmovement: 'Lift your {side} leg.'",
    ),
    (
        "sides-unnamed",
        "rep: up 2s\nsides: swap\nposition: Lie down.",
        "rep: up 2s\nsides: swap\nposition: Lie down.\nmovement: 'Bend the {other} knee.'",
    ),
    ("limit-short", "reps: 12\npace: self\nlimit: 47s", "reps: 12\npace: self\nlimit: 48s"),
    (
        "balance-hold-on",
        "rep: hold 9s\nkind: balance\nposition: Stand tall.",
        "rep: hold 9s\nkind: balance\nposition: Stand at the kitchen counter.",
    ),
    (
        "balance-hold-on",
        "rep: stand 30s\nkind: balance\nposture: standing",
        "rep: stand 30s\nkind: balance\nequipment: [wall]\nposture: standing",
    ),
    ("leg-rule", "rep: out 2s\nkind: nerve", "rep: out 2s\nkind: nerve\nleg_rule: true"),
    (
        "thing-unlisted",
        "rep: up 2s\neasier: Put Pillows under your knees.",
        "rep: up 2s\nequipment: [pillow]\neasier: Put a pillow under your knees.",
    ),
    (
        "thing-unlisted",
        "rep: up 2s\ncautions: {knee: Sit on a chair.}",
        "rep: up 2s\ncautions: {knee: Press with the ball of your foot.}",
    ),
    (
        "another-movement",
        "rep: up 2s\ncautions: {neck: Leave your head down and only tighten your belly.}",
        "rep: up 2s\ncautions: {neck: Lift only half as far.}",
    ),
    ("another-movement", "rep: up 2s\neasier: Move only the leg.", "rep: up 2s\neasier: bird_dog_leg"),
    ("short-sets", "reps: 5 x 6s each direction", "reps: 5 x 6s each direction\nrest: 10s"),
    ("short-sets", "reps: 4 x 14s", "reps: 4 x 15s"),
    ("short-sets", "reps: 10 x 10s", "reps: 10 x 10s, rest 5s between reps"),
    ("picture", "rep: up 2s\npicture: step.png", "rep: up 2s"),
    ("rest-range", "rep: up 2s\nrest: 60-90s", "rep: up 2s\nrest: 90s"),
    ("untaught", "rep: up 2s", f"rep: up 2s\n{TOLD}"),
]


def routine(*exercises, name="Test", about="x"):
    """A routine of exercises of the library by name, and of exercises called "It" from their keys."""
    steps = []
    for text in exercises:
        inline = "\n    ".join(["  - exercise: It", *text.splitlines()])
        steps.append(inline if ": " in text else f"  - {text}")
    source = f"name: {name}\nabout: {about}\nsteps:\n" + "\n".join(steps)
    return read_routine(source.encode(), Path("test.yaml"), "test", SHIPPED)


def rules(found):
    return {advice.rule for advice in found}


@pytest.mark.parametrize(("rule", "wrong", "right"), EXERCISES, ids=[row[0] for row in EXERCISES])
def test_an_exercise_rule(rule, wrong, right):
    assert rule in rules(advise(routine(wrong)))
    assert rule not in rules(advise(routine(right)))


def test_the_leg_rule_belongs_to_what_pulls_on_the_nerve():
    for name, asks in {"Hamstring pull": True, "Sciatic ease": True, "Calf pull": False}.items():
        source = f"name: X\nsteps:\n  - exercise: {name}\n    kind: stretch\n    rep: hold 20s\n"
        found = advise(read_routine(source.encode(), Path("x.yaml"), "x", SHIPPED))
        assert ("leg-rule" in rules(found)) == asks, name


def test_a_name_tells_that_an_exercise_trains_balance():
    for name, asks in (
        ("Balance at the counter", True),
        ("One-leg stand", True),
        ("Single leg stance, eyes open", True),
        ("Standing on one leg", True),
        ("Tandem stand", True),
        ("Heel-to-toe walk", True),
        ("One-leg bridge", False),
        ("Standing on the stairs", False),
    ):
        source = f"name: X\nsteps:\n  - exercise: {name}\n    rep: hold 20s\n    posture: standing\n"
        for kind, told in (("", {"balance-kind", "balance-hold-on"}), ("balance", {"balance-hold-on"})):
            written = source + f"    kind: {kind}\n" * bool(kind)
            found = rules(advise(read_routine(written.encode(), Path("x.yaml"), "x", SHIPPED)))
            assert found & {"balance-kind", "balance-hold-on"} == (told if asks or kind else set()), name


@pytest.mark.parametrize("how", ["duration: 2m", "rep: hold 30s"])
def test_what_is_not_known_to_work_the_trunk_may_last(how):
    trunk = ("Forearm plank", "Planks", "Bridge", "Dead-bug", "Core hold")
    for name in (*trunk, "Tree pose", "Corpse pose", "Pigeon", "Planking jacks", "Wall sit"):
        source = f"name: X\nsteps:\n  - exercise: {name}\n    {how}\n"
        found = rules(advise(read_routine(source.encode(), Path("x.yaml"), "x", SHIPPED)))
        assert bool(found & {"plank-long", "hold-long"}) == (name in trunk), name


def written(dose, more=""):
    source = f"name: Leaflet\n{more}steps:\n  - glute_bridge: {dose}\n  - cat_camel: {dose}\n"
    return read_routine(source.encode(), Path("leaflet.yaml"), "leaflet", SHIPPED)


def rounds(limit, every=""):
    step = f"{{exercise: Swing, reps: 12, pace: self, {limit}}}"
    source = f"name: Rounds\nsteps:\n  - repeat: 10\n    {every}\n    steps: [{step}]\n"
    return read_routine(source.encode(), Path("rounds.yaml"), "rounds", SHIPPED)


CAREFUL = "precautions: Do not bend the hip past 90 degrees.\n"
WITHIN_BOUNDS = "grow: {tempo: keep, harder: ask}"
ROUTINES = [
    (
        "region-unsaid",
        routine("cat_camel", about="x\nside: left"),
        routine("cat_camel", about="a knee\nside: left"),
    ),
    (
        "after-surgery",
        written("8", "surgery: 2026-10-05\nregion: hip\n"),
        written("8", "surgery: 2026-10-05\nregion: knee\n"),
    ),
    ("after-surgery", written("8", "surgery: 2026-10-05\nregion: hip\n"), written("8", "region: hip\n")),
    ("no-cautions", routine("rep: up 2s"), routine("cat_camel")),
    (
        "no-cautions",
        routine("rep: up 2s"),
        routine("rep: up 2s\ncautions: none"),
    ),
    ("warm-up", routine("glute_bridge"), routine("cat_camel", "glute_bridge")),
    ("warm-up", routine("hamstring_strap", "glute_bridge", "cat_camel"), routine("hamstring_strap")),
    (
        "only-stretches",
        routine("breathing_diaphragm", "hamstring_strap"),
        routine("march_in_place", "hamstring_strap"),
    ),
    (
        "tempo-order",
        routine("tempo: 3-1-3"),
        routine("tempo: 3-1-3\nphases: [down, stay, up]", "tempo: 3-1-3-0", "rep: up 2s"),
    ),
    ("only-stretches", routine("childs_pose"), routine("breathing_diaphragm")),
    (
        "first-thing",
        routine("partial_crunch", name="Morning"),
        routine("partial_crunch", name="Good morning practice"),
    ),
    (
        "first-thing",
        routine("partial_crunch", about="For waking up."),
        routine("partial_crunch", about="With a good-morning or two."),
    ),
    (
        "first-thing",
        routine("partial_crunch", about="Before you get up."),
        routine("cat_camel", about="Before you get up."),
    ),
    ("on-the-minute", rounds("limit: 60s"), rounds("limit: 60s", "every: 60s")),
    ("two-numbers", written("8-12"), written("8 to 12")),
    ("range-stays", written("8 to 12"), written("8 to 12", "grow: yes\n")),
    ("range-stays", written("8 to 12"), written("{reps: 8 to 12, grow: yes}")),
    (
        "level-stays",
        written("{levels: [low step, high step]}"),
        written("{load: [red, green band], grow: yes}"),
    ),
    ("level-stays", written("{levels: [low step, high step]}"), written("{load: red band}")),
    ("range-stays", written("8 to 12", CAREFUL), written("8 to 12", f"{CAREFUL}{WITHIN_BOUNDS}\n")),
    ("unbounded", written("8", CAREFUL), written("8")),
    ("unbounded", written("8", "surgery: 2026-10-05\n"), written("8", "by: Anna Berg\n")),
    ("unbounded", written("8", f"{CAREFUL}grow: yes\n"), written("8", f"{CAREFUL}{WITHIN_BOUNDS}\n")),
    ("unbounded", written("8", CAREFUL), written("8", f"{CAREFUL}grow: no\n")),
    ("unbounded", written("8", CAREFUL), written("{reps: 8, grow: {max: 12}}", CAREFUL)),
    ("unbounded", written("8", CAREFUL), written("8 to 12", CAREFUL)),
    ("level-stays", written("{load: [red, green band]}"), written("{load: [red, green band], grow: no}")),
]


def test_an_exercise_that_is_kept_after_surgery_is_not_advised_on():
    """What the advice says to write keeps the exercise for a person with that caution."""
    top = "surgery: 2026-10-05\nregion: hip\n"
    dose = "{reps: 8, cautions: {hip_new: Only as far as is easy.}}"
    (found,) = (each.what for each in advise(written("8", top)) if each.rule == "after-surgery")
    assert "does not do Glute bridge and Cat-camel; " in found
    assert "'cautions: {hip_new: Only as far as is easy.}'" in found
    kept = written(dose, top)
    assert "after-surgery" not in rules(advise(kept))
    assert tailor(kept, Profile(cautions=frozenset({Caution.HIP_NEW})), SHIPPED).swaps == ()
    none = written("{reps: 8, cautions: none}", top)
    assert "after-surgery" in rules(advise(none))


def test_all_that_is_to_say_about_cautions_is_one_piece_of_advice():
    top = "surgery: 2026-10-05\nregion: hip\nsteps:\n  - {exercise: Slip, rep: up 2s}\n"
    own = read_routine(f"name: X\n{top}  - glute_bridge".encode(), Path("x.yaml"), "x", SHIPPED)
    (found,) = (each.what for each in advise(own) if each.rule in {"no-cautions", "after-surgery"})
    assert found.startswith("nothing says who should not do Slip; ")
    assert (
        "; whoever has 'hip_new' in the profile, as after such a surgery, does not do Glute bridge; " in found
    )


@pytest.mark.parametrize(
    ("dose", "told"),
    [
        ("8-12", {"two-numbers", "range-stays"}),
        ("8 to 12", {"range-stays"}),
        ("3 x 8-12", {"range-stays"}),
        ("8, 12", set()),
        ("12-8", set()),
        ("6-8-10", set()),
        ("[8, 12]", set()),
    ],
)
def test_two_rising_numbers_are_a_range_and_that_is_said_once(dose, told):
    found = advise(written(dose))
    rules = [each.rule for each in found if each.rule in {"two-numbers", "range-stays"}]
    assert (set(rules), len(rules)) == (told, len(told))
    assert "range-stays" not in {each.rule for each in advise(written(dose, "grow: yes\n"))}


def test_the_end_of_a_range_is_the_goal():
    bridge, cat = written("2-3 x 8-12").exercises
    assert (bridge.reps, at_goal(bridge).reps, cat.reps) == ((8, 8), (12, 12, 12), (8, 8))
    bridge, walk = read_routine(
        b"name: X\nsteps:\n  - glute_bridge: {reps: 8-12, sets: 3}\n"
        b"  - {exercise: Walk, reps: 2-3 x 30-45s}\n",
        Path("x.yaml"),
        "x",
        SHIPPED,
    ).exercises
    assert (bridge.reps, at_goal(bridge).reps) == ((8, 8, 8), (12, 12, 12))
    assert (walk.set_seconds, at_goal(walk).set_seconds) == ((30, 30), (45, 45, 45))
    (two, what) = [each.what for each in advise(written("8-12")) if "12" in each.what]
    assert two == (
        "Glute bridge begins with 8 reps and works up to 12; write '8 to 12' if that is meant,"
        " or '8, 12' for two sets"
    )
    assert what == "Glute bridge stays at the least of 8-12, as no dose here grows; add 'grow: yes'"


@pytest.mark.parametrize(("rule", "wrong", "right"), ROUTINES, ids=[row[0] for row in ROUTINES])
def test_a_routine_rule(rule, wrong, right):
    assert rule in rules(advise(wrong))
    assert rule not in rules(advise(right))


@pytest.mark.parametrize(
    ("dose", "grow", "way_out"),
    [
        ("8", "", f"write '{WITHIN_BOUNDS}' at the top, or 'grow: no' where every dose should stay"),
        ("8", "grow: yes\n", f"write '{WITHIN_BOUNDS}' in place of 'grow: yes', or 'grow: no' where"),
        ("8 to 12", "", f"add '{WITHIN_BOUNDS}'"),
        ("{levels: [low step, high step]}", "", f"add '{WITHIN_BOUNDS}'"),
    ],
)
def test_one_line_bounds_how_exercises_grow_with_precautions(dose, grow, way_out):
    (said,) = [each.what for each in advise(written(dose, CAREFUL + grow)) if "grow" in each.what]
    assert way_out in said


def in_rounds(*counts, reps="8", kind="strength"):
    lines, space = ["name: X", "steps:"], "  "
    for count in counts:
        lines += [f"{space}- repeat: {count}", f"{space}  steps:"]
        space += "  "
    lines.append(f"{space}- {{exercise: Squat, kind: {kind}, reps: {reps}, rep: down 2s}}")
    return read_routine("\n".join(lines).encode(), Path("x.yaml"), "x", SHIPPED)


@pytest.mark.parametrize(("seconds", "many"), [(6, False), (14, False), (15, True)])
def test_many_sets_of_some_seconds_are_what_others_call_reps(seconds, many):
    step = f"  - {{exercise: X, kind: strength, reps: 5 x {seconds}s, rest: 20s}}"
    found = read_routine(f"name: Neck\nsteps:\n{step}\n".encode(), Path("x.yaml"), "x", SHIPPED)
    assert ("many-sets" in [each.rule for each in advise(found)]) is many


@pytest.mark.parametrize(
    ("region", "begin"),
    [("back", "march_in_place or cat_camel"), ("neck", "march_in_place or another light movement")],
)
def test_a_warm_up_for_the_back_is_offered_to_the_back_alone(region, begin):
    source = f"name: It\nregion: {region}\nsteps: [glute_bridge]\n"
    found = read_routine(source.encode(), Path("x.yaml"), "x", SHIPPED)
    (told,) = [each.what for each in advise(found) if each.rule == "warm-up"]
    assert told.endswith(f"begin with {begin}")


@pytest.mark.parametrize(
    ("movement", "told"),
    [
        ("Press {side}.", []),
        ("Turn in circles.", ["X changes sides, and its texts never say {side} or {other}"]),
        (
            "Press forwards, backwards, left and right.",
            ["X goes right and left alone, not 'forwards'; write an exercise for each direction"],
        ),
        (
            "Press in all directions.",
            ["X goes right and left alone, not 'in all directions'; write an exercise for each direction"],
        ),
    ],
)
def test_directions_that_are_not_left_and_right_are_not_left_unsaid(movement, told):
    """Who reads four of them would do two, and press forwards at "To the left"."""
    step = f"  - {{exercise: X, movement: '{movement}', reps: 5 x 6s each direction, rest: 20s}}"
    source = f"name: Neck\nside: right\nregion: neck\nsteps:\n{step}\n"
    found = read_routine(source.encode(), Path("x.yaml"), "x", SHIPPED)
    assert [each.what for each in advise(found) if each.rule == "sides-unnamed"] == told


@pytest.mark.parametrize(
    ("circuit", "told"),
    [
        (in_rounds(3), []),
        (in_rounds(10), ["Squat has 10 sets in 10 rounds together; 3 are enough"]),
        (in_rounds(2, reps="2 x 8"), ["Squat has 4 sets in 2 rounds together; 3 are enough"]),
        (in_rounds(2, 3), ["Squat has 6 sets in 6 rounds together; 3 are enough"]),
        (in_rounds(10, kind="mobility"), []),
    ],
)
def test_the_rounds_of_an_exercise_are_its_sets_which_is_said_once(circuit, told):
    assert [each.what for each in advise(circuit) if each.rule == "many-sets"] == told


NEW = [
    ("misspelt", "Brid dog", "Bird dog"),
    ("misspelt", "Step-ups", "Squats"),
    ("in-library", "Heel slide", "Heel slip"),
]


@pytest.mark.parametrize(("rule", "wrong", "right"), NEW)
@pytest.mark.parametrize("how", ["reps: 2 x 30s", "rep: up 2s, down 2s", "duration: 30s"])
def test_a_rule_for_the_name_of_a_new_exercise(rule, wrong, right, how):
    def advice(name):
        source = f"name: X\nsteps:\n  - exercise: {name}\n    {how}\n"
        routine = read_routine(source.encode(), Path("x.yaml"), "x", SHIPPED)
        return rules(advise(routine, SHIPPED.exercises()))

    assert rule in advice(wrong)
    assert rule not in advice(right)


COMMENTED = [
    ("say: Rest # now", "say: Rest  # now"),
    ("say: Rest # now", "say: 'Rest # now'"),
    ("bird_dog: {reps: 3}\n    off: false\n  - wait: strap # red", "rest: 20s # red"),
    ("bird_dog:\n      cues:\n        - Long # not high", "bird_dog # not high"),
]


@pytest.mark.parametrize(("wrong", "right"), COMMENTED)
def test_a_text_that_a_comment_cuts_short(wrong, right):
    def advice(step):
        return rules(advise_comments(parse(f"name: X\nsteps:\n  - {step}\n".encode(), Path("x.yaml"))))

    assert advice(wrong) == {"cut-text"}
    assert not advice(right)


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("cues: [Heels down, toes up.]", "cues: ['Heels down, toes up.']"),
        ("position: [Stand., Feet wide, toes out]", "position: [Stand., Feet wide., toes out]"),
        ("cues: {always: [Slowly, No bouncing.]}", "cues: {always: [Slowly., No bouncing.]}"),
        ("why: x\n    position: [Lie down, legs long]", "why: x\n    position: [lie down, legs long]"),
        ("feel: [Warm, not hot.]", "equipment: [Mat, chair.]"),
    ],
)
def test_a_comma_in_brackets_that_cuts_a_sentence(wrong, right):
    def advice(keys):
        source = f"name: X\nsteps:\n  - exercise: Squat\n    {keys}\n"
        return advise_lists(parse(source.encode(), Path("x.yaml")))

    (found,) = advice(wrong)
    assert (found.rule, found.place.line) == ("comma-in-list", 5 if "why" in wrong else 4)
    assert "a comma inside brackets? put the sentence in quotes" in found.what
    assert not advice(right)


@pytest.mark.parametrize(("lists", "told"), [(2, ["", ""]), (3, ["; and in 2 more places: line 6, line 8"])])
def test_three_lists_that_cut_sentences_are_told_once(lists, told):
    squat = "  - exercise: Squat\n    cues: [Heels down, toes up.]\n"
    found = advise_lists(parse(f"name: X\nsteps:\n{squat * lists}".encode(), Path("x.yaml")))
    assert [each.what.partition("in quotes")[2] for each in found] == told


def test_every_rule_is_shown_to_speak_and_to_keep_silent():
    # What an exercise cannot have by itself (cases/tempo.read), and what depends on its name (above).
    elsewhere = {"tempo-factor", "balance-kind"}
    by_step = {rule.name for rule in EXERCISE_RULES} | {rule.name for rule in STEP_RULES}
    assert by_step == {row[0] for row in EXERCISES} | elsewhere
    assert {rule.name for rule in ROUTINE_RULES} == {row[0] for row in ROUTINES}
    assert {rule.name for rule in FILE_RULES} <= {row[0] for row in ROUTINES}
    assert {rule.name for rule in NAME_RULES} == {row[0] for row in NEW}


def test_each_rule_has_a_reason_and_a_source_and_a_name_of_its_own():
    every: list[Any] = [*EXERCISE_RULES, *STEP_RULES, *ROUTINE_RULES, *NAME_RULES, *TEXT_RULES, *LIST_RULES]
    assert all(rule.reason and rule.source for rule in every)
    assert len({rule.name for rule in every}) == len(every)


def test_advice_names_the_line_once_however_often_the_exercise_is_repeated():
    source = b"name: X\nsteps:\n  - rest: 5s\n  - repeat: 3\n    steps:\n      - hamstring_strap: 2 x 2m\n"
    (found,) = (each for each in advise(read_routine(source, Path("x.yaml"), "x", SHIPPED)) if each.place)
    assert (found.rule, found.place, found.level) == ("stretch-long", (6, 9), Level.ADVICE)
    assert str(found) == (
        "advice: Hamstring stretch with a strap is held 2m; 1m is long enough [stretch-long]"
        " (more brings nothing; ACSM 2021: 10-30 s, older adults 30-60 s)"
    )


def test_there_is_nothing_to_say_about_what_is_shipped():
    for exercise in map(SHIPPED.exercise, SHIPPED.exercises()):
        assert advise_exercise(exercise) == advise_exercise(at_goal(exercise)) == (), exercise.id
    for name in SHIPPED.routines():
        assert advise(SHIPPED.load(name)) == (), name


def test_who_should_not_do_it_is_asked_once_a_file():
    """In each exercise or once at the top; 'none' is an answer."""
    one = "  - exercise: {}\n    rep: up 2s\n"
    steps = "steps:\n" + "".join(one.format(name) for name in ("Sway", "Hop", "Skip", "Sway"))

    def read(head):
        return read_routine(f"name: X\n{head}{steps}".encode(), Path("x.yaml"), "x", SHIPPED)

    (found,) = (each for each in advise(read("")) if each.rule == "no-cautions")
    assert found.place is None
    assert found.what.startswith("nothing says who should not do Sway, Hop and 1 more; write 'cautions: [")
    for head, cautions in (("cautions: none\n", {}), ("cautions: [knee]\n", {Caution.KNEE: Remedy()})):
        routine = read(head)
        assert "no-cautions" not in rules(advise(routine))
        assert all(each.cautions == cautions for each in routine.exercises)
    own = "cautions: [knee]\nsteps:\n  - cat_camel\n" + one.format("Sway") + "    cautions: none\n"
    cat, sway = read_routine(f"name: X\n{own}".encode(), Path("x.yaml"), "x", SHIPPED).exercises
    assert sway.cautions == {}
    assert cat == SHIPPED.exercise("cat_camel")


def test_a_file_of_an_exercise_says_who_should_not_do_it():
    for given, asked in (("", True), ("cautions: none\n", False), ("cautions: {knee: leave out}\n", False)):
        found = read_exercise(f"name: Sway\nrep: up 2s\n{given}".encode(), Path("sway.yaml"), "sway")
        assert ("no-cautions" in rules(advise_exercise(found))) is asked
