"""What physiotherapists write on paper is read as they mean it, or one message shows what works."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from voicecoach import paths
from voicecoach.app.prepare import steps_of
from voicecoach.errors import RoutineError
from voicecoach.language import phrases
from voicecoach.plain import plain
from voicecoach.plain import read as read_plain
from voicecoach.routine.dose import Counted, Dose
from voicecoach.routine.doses import dose_of
from voicecoach.routine.exercise_words import dose_in_words
from voicecoach.routine.files.dose_words import sides_in
from voicecoach.routine.files.library import Library
from voicecoach.routine.files.routine import read_routine
from voicecoach.routine.files.side_words import WrittenSides, said_order
from voicecoach.routine.lint import advise
from voicecoach.routine.model import Fix, Pace, Rest, Sides
from voicecoach.routine.one_side import with_sides
from voicecoach.routine.paper import sheet_as_text
from voicecoach.routine.phase import Phase
from voicecoach.routine.sheet import sheet
from voicecoach.timeline.expand import Settings
from voicecoach.timeline.saved_plan import SavedPlan, from_json, to_json
from voicecoach.timeline.steps import works
from voicecoach.timeline.words import dose_sentences
from voicecoach.training.words import amount, in_words
from voicecoach.training.words import step as change

SHIPPED = Library((paths.shipped("routines"),))
PHRASES = phrases.load("en")
HERE = Path("paper.yaml")


def read(steps, head=""):
    """A routine with these steps, indented as after "steps:"."""
    return read_routine(f"name: Paper\n{head}steps:\n{steps}".encode(), HERE, "paper", SHIPPED)


def step(keys, head=""):
    """The exercise of a routine that has one, from lines of keys."""
    lines = "\n    ".join(keys.strip().splitlines())
    (exercise,) = read(f"  - {lines}\n", head).exercises
    return exercise


def told(keys, head=""):
    """The problems of a routine with one exercise, without their places."""
    with pytest.raises(RoutineError) as error:
        step(keys, head)
    return [f"{each.wrong}; {each.expected}" for each in error.value.problems]


def test_a_dose_is_another_name_of_reps():
    assert step("exercise: glute_bridge\ndose: 2 x 10") == step("exercise: glute_bridge\nreps: 2 x 10")
    assert step("exercise: Wall sit\ndose: 5 x 30s").set_seconds == (30.0,) * 5
    assert told("exercise: glute_bridge\ndose: 2 x 10\nreps: 12") == [
        "'reps' means the same as 'dose', which is here too; keep one of the two"
    ]


@pytest.mark.parametrize(
    ("written", "seconds"),
    [
        ("60-90s", 90.0),
        ("1 to 2 min", 120.0),
        ("1 - 1 1/2 min", 90.0),
        ("30 s \u2013 1 min between sets", 60.0),
        ("[45s, 60-90s]", 45.0),
    ],
)
def test_of_a_range_the_longer_rest_is_taken(written, seconds):
    exercise = step(f"exercise: glute_bridge\nreps: 2 x 10\nrest: {written}")
    assert exercise.rest == seconds
    assert exercise.rests == ((45.0, 90.0) if "[" in written else ())


def test_a_rest_between_exercises_may_be_a_range_too():
    assert read("  - cat_camel\n  - rest: 60-90s\n  - cat_camel\n").steps[1] == Rest(seconds=90.0)
    with pytest.raises(RoutineError, match="the shorter before the longer"):
        read("  - cat_camel\n  - rest: 90-60s\n  - cat_camel\n")


@pytest.mark.parametrize(
    ("dose", "reps", "goal", "seconds", "most"),
    [
        ("3 x 15-30s each side", 3, 3, 15.0, 30.0),
        ("5 x 30-45s", 5, 5, 30.0, 45.0),
        ("30-45s", 1, 1, 30.0, 45.0),
    ],
)
def test_a_range_of_seconds(dose, reps, goal, seconds, most):
    exercise = step(f"exercise: Balance\nposition: Stand.\ndose: {dose}")
    assert (len(exercise.reps), exercise.duration) == (reps, seconds)
    assert (len(exercise.goal.reps), exercise.goal.duration) == (goal, most)


@pytest.mark.parametrize(
    ("dose", "reps", "goal"),
    [
        ("8-10", (8,), (10,)),
        ("3 x 8-10", (8, 8, 8), (10, 10, 10)),
        ("2-3 x 8-10 each side", (8, 8), (10, 10, 10)),
        ("2-3 sets of 8-10", (8, 8), (10, 10, 10)),
    ],
)
def test_a_range_of_reps_and_of_sets(dose, reps, goal):
    exercise = step(f"exercise: Step-down\ntempo: 3-1-3\ndose: {dose}")
    assert (exercise.reps, exercise.goal.reps) == (reps, goal)


OWN = """
exercise: Sit to stand
position: Sit on a firm high chair with arms.
movement: Push up with both hands, stand tall, sit down slowly.
dose: 2 x 8-10
errors: [{when: You drop, fix: Use both hands.}]
equipment: chair with arms
goal: 3 x 10
"""


def test_an_exercise_of_the_library_may_be_told_in_other_words():
    known = SHIPPED.exercise("sit_to_stand")
    own = step(OWN.replace("2 x 8-10", "2 x 8"))
    assert (own.id, own.rep, own.cautions) == (known.id, known.rep, known.cautions)
    assert own.position == ("Sit on a firm high chair with arms.",)
    assert own.movement == "Push up with both hands, stand tall, sit down slowly."
    assert (own.equipment, own.goal.reps) == (("chair with arms",), (10, 10, 10))
    assert [error.when for error in own.errors] == ["You drop"]
    assert not own.poised


def test_reminders_of_another_movement_are_not_said():
    own = step(OWN.replace("errors:", "# errors:"))
    assert (tuple(own.cues), own.errors, own.feel) == ((), (), "")
    assert step("exercise: sit_to_stand\nposition: Sit on a high chair.").cues.always
    known = SHIPPED.exercise("sit_to_stand")
    assert [each.text for each in step(OWN + "cues: [Look ahead.]").cues] == ["Look ahead."]
    assert step("exercise: sit_to_stand\ncues: [Look ahead.]").cues.always == known.cues.always


@pytest.mark.parametrize("key", ["position", "movement"])
def test_variations_of_another_position_or_movement_are_not_offered(key):
    text = "Sit on a high chair, and push up with both hands."
    known, own = SHIPPED.exercise("sit_to_stand"), step(f"exercise: sit_to_stand\n{key}: {text}")
    assert known.easier
    assert known.harder
    assert (own.easier, own.harder) == ((), ())
    both = step(f"exercise: sit_to_stand\n{key}: {text}\neasier: Use both hands.\nharder: wall_squat")
    assert [each.text for each in both.easier] == ["Use both hands."]
    assert [each.exercise for each in both.harder] == ["wall_squat"]


def test_what_the_library_says_of_another_position_or_movement_is_not_said():
    for known in map(SHIPPED.exercise, ("sit_to_stand", "plank_front", "hamstring_strap", "brisk_walk")):
        at_first = step(f"exercise: {known.id}\nposition: Stand.")
        assert not any((at_first.poised, at_first.resting, at_first.changing, at_first.leaving)), known.id
        assert (at_first.cues, at_first.substitutes) == (known.cues, known.substitutes), known.id
        otherwise = step(f"exercise: {known.id}\nmovement: Move.")
        assert not any((*otherwise.cues, *otherwise.prompts, *otherwise.substitutes)), known.id
        assert (otherwise.resting, otherwise.leaving) == (known.resting, known.leaving), known.id
        assert otherwise.cautions == at_first.cautions == known.cautions, known.id


def test_how_to_rest_in_a_position_of_ones_own_may_be_said():
    own = step("exercise: plank_front\nposition: Lean on the table.\nresting: Stand up.\nleaving: Step away.")
    assert (own.resting, own.leaving) == ("Stand up.", "Step away.")


def test_a_breath_of_the_library_is_dropped_with_its_phase():
    known = SHIPPED.exercise("sit_to_stand")
    assert [each.phase for each in known.breathing] == ["up", "down"]
    assert step("exercise: sit_to_stand\nrep: rise 2s, sit 3s").breathing == ()
    assert step("exercise: sit_to_stand\nrep: up 2s, sit 3s").breathing == known.breathing[:1]


def test_cautions_of_a_step_are_added_to_those_of_the_library():
    known = SHIPPED.exercise("sit_to_stand")
    own = step("exercise: sit_to_stand\ncautions: {neck: Look ahead., bal: leave out}")
    assert {caution: own.cautions[caution] for caution in known.cautions if caution != "bal"} == {
        caution: remedy for caution, remedy in known.cautions.items() if caution != "bal"
    }
    assert own.cautions["bal"].leaves_out
    assert own.cautions["neck"].advice == "Look ahead."


def test_a_variation_of_a_step_must_exist():
    assert told("exercise: sit_to_stand\nharder: wall_squad") == [
        "no exercise is called 'wall_squad'; did you mean 'wall_squat'?"
    ]


HOW_FAST = ["nothing says how fast its reps go; 'tempo: 2-1-2', or 'pace: self' for one's own pace"]


@pytest.mark.parametrize("name", ["Wall sit", "Step-up and over", "wallsit"])
def test_an_exercise_told_in_words_that_lacks_a_rep_gives_one_message(name):
    assert told(f"exercise: {name}\nposition: Stand.\nmovement: Bend your knees.\ndose: 2 x 10") == HOW_FAST
    read = step(f"exercise: {name}\nposition: Stand.\nmovement: Bend your knees.\ndose: 2 x 10\npace: self")
    assert (read.name, read.id) == (name, "")


def test_a_hold_and_reps_are_enough():
    exercise = step("exercise: Chin tuck\nmovement: Draw your chin in.\ndose: 10\nhold: 5s")
    assert [(phase.name, phase.seconds) for phase in exercise.rep] == [("move", 2), ("hold", 5), ("back", 2)]
    assert exercise.reps == (10,)


@pytest.mark.parametrize("dose", ["3 x 10 with 5s hold", "3 x 10 x 5s", "3 sets, 10 reps (hold 5 sec)"])
def test_reps_with_a_hold_are_enough(dose):
    exercise = step(f"exercise: Chin tuck\ndose: {dose}")
    assert [(phase.name, phase.seconds) for phase in exercise.rep] == [("move", 2), ("hold", 5), ("back", 2)]
    assert exercise.reps == (10, 10, 10)


def test_reps_that_are_held_are_not_sets():
    held = step("exercise: Chin tuck\ndose: 10-12 reps, hold 5 s")
    assert (held.reps, held.goal.reps, held.duration) == ((10,), (12,), None)
    for sets in ("3 x 30s", "hold 30s x 3"):
        assert step(f"exercise: Calf pull\ndose: {sets}").set_seconds == (30.0,) * 3


def test_a_goal_may_lie_beyond_a_range():
    exercise = step("exercise: Step-down\ntempo: 3-1-3\ndose: 2-3 x 8-10 each side\ngoal: 3 x 12 each side")
    assert (exercise.reps, exercise.goal.reps) == ((8, 8), (12, 12, 12))
    assert told("exercise: Step-down\ntempo: 3-1-3\ndose: 8-10\ngoal: 9") == [
        "the goal is less than the end of '8-10'; leave 'goal' out, or one number in the dose"
    ]


BOTH_SIDES = "name: Paper\nside: {side}\nsteps:\n{steps}"
SIDED = """
  - exercise: Step-down
    position: [Stand on the step on your {side} leg., Let the other foot hang.]
    tempo: 3-1-3
    dose: 10 each side
  - bird_dog
  - {exercise: bird_dog, sides: left first}
  - {exercise: dead_bug}
  - {exercise: mcgill_curl_up}
  - {exercise: cat_camel}
  - {exercise: Slide, tempo: 3-1-3, dose: "2 x 10, operated only"}
  - {exercise: Reach, tempo: 3-1-3, dose: 8 painful leg}
  - {exercise: Turn, tempo: 3-1-3, dose: 10, first: the unaffected side}
"""


def test_what_has_sides_begins_with_the_affected_one_in_the_whole_routine():
    right = [exercise.order for exercise in read(SIDED, "side: right\n").exercises]
    first = ("right", "left")
    assert right == [first, first, first[::-1], first, first, (), ("right",), ("right",), first[::-1]]
    left = [exercise.order for exercise in read(SIDED, "side: Left knee\n").exercises]
    swap = {"left": "right", "right": "left"}
    named = {2}  # the file says which
    assert left == [
        order if at in named else tuple(swap[side] for side in order) for at, order in enumerate(right)
    ]


def test_without_a_side_nothing_changes():
    steps = "\n".join(SIDED.splitlines()[:9])
    assert [exercise.order for exercise in read(steps).exercises[:4]] == [(), (), ("left", "right"), ()]
    assert not read(steps).affected
    assert read(steps, "side: right\n").affected == "right"


def test_a_wish_for_another_side_still_counts():
    routine = read(SIDED, "side: right\n")
    left_first = with_sides(routine, ("left", "right"))
    assert left_first.exercises[0].order == ("left", "right")
    assert left_first.exercises[6].order == ("right",)


SENTENCES = """
  - exercise: Slide
    position: ["{affected} foot forward, {unaffected} foot back."]
    movement: Slide the {operated} leg out.
    tempo: 3-1-3
    cues: [Toes of the {painful} leg up.]
  - say: Rest your {affected} leg.
"""


def test_the_affected_side_stands_in_sentences():
    routine = read(SENTENCES, "side: left\nabout: A new {operated} hip.\n")
    exercise, said = routine.exercises[0], routine.steps[1]
    assert routine.about == "A new left hip."
    assert exercise.position == ("left foot forward, right foot back.",)
    assert exercise.movement == "Slide the left leg out."
    assert [cue.text for cue in exercise.cues] == ["Toes of the left leg up."]
    assert said.text == "Rest your left leg."


UNNAMED = (
    "no side is named as the affected one;"
    " a line 'side: left' or 'side: right' above the steps of the routine"
)


@pytest.mark.parametrize(
    "keys", ["dose: 10, operated only", "dose: 10\nfirst: painful", "dose: 10\nsides: affected first"]
)
def test_a_side_that_nothing_names_is_told_with_the_way_out(keys):
    assert told(f"exercise: Slide\ntempo: 3-1-3\n{keys}") == [UNNAMED]


@pytest.mark.parametrize("sides", ["affected", "the operated leg", "painful only"])
def test_the_affected_side_may_stand_alone(sides):
    assert step(f"exercise: bird_dog\nsides: {sides}", "side: right\n").order == ("right",)


def test_a_side_that_nothing_names_is_told_once_for_all_sentences():
    with pytest.raises(RoutineError) as error:
        read(SENTENCES)
    assert list(map(str, error.value.problems)) == [f"paper.yaml:5:16: {UNNAMED}"]


@pytest.mark.parametrize("side", ["both", "yes", "3", "[left]"])
def test_one_side_is_affected_or_none_is_named(side):
    what = {"3": "3", "[left]": "a list"}.get(side, f"'{side}'")
    assert told("exercise: Slide\ntempo: 3-1-3\ndose: 10, operated only", f"side: {side}\n") == [
        f"{what} is not one side; left or right, the painful or operated one; or no 'side'",
        UNNAMED,
    ]


def test_a_first_side_that_cannot_be():
    assert told("exercise: Slide\ntempo: 3-1-3\ndose: 10\nfirst: the big one", "side: left\n") == [
        "'the big one' is not a side; affected, painful, operated, left or right"
    ]
    assert told("exercise: cat_camel\nfirst: left") == [
        "this exercise works both sides at once; a dose without sides"
    ]
    assert told("exercise: Slide\ntempo: 3-1-3\ndose: 10 left\nfirst: right") == [
        "the dose says the left side; the sides in one place only"
    ]


def test_the_sheet_is_written_for_the_affected_side():
    routine = read("\n".join(SIDED.splitlines()[:6]), "side: right\n")
    printed = " ".join(sheet_as_text(sheet(routine, 10)).split())
    assert "10 reps on each side, the right first" in printed
    assert "Stand on the step on your right leg." in printed
    assert "Written for the right side." in printed


def test_a_typed_dose_knows_left_and_right_alone():
    assert sides_in("10 affected only") == WrittenSides()
    assert said_order("affected only") == ()
    assert sides_in("10 right only") == WrittenSides(None, ("right",))


def rep(keys):
    """The phases of an exercise, each with its seconds."""
    return [(phase.name, phase.seconds) for phase in step(keys).rep]


STAY = [("down", 3.0), ("stay", 1.0), ("up", 4.0)]


@pytest.mark.parametrize(
    ("keys", "phases"),
    [
        ("tempo: 3-1-4\nphases: [down, stay, up]", STAY),
        ("tempo: 314\nphases: down, stay, up", STAY),
        ("tempo: 3-1-4\nwords: {down: Slowly down, stay: Stay, up: And up}", STAY),
        ("tempo: 2-1-3\nwords: {up: Up, pause: Stay, down: Down}", [("up", 2), ("pause", 1), ("down", 3)]),
        ("tempo: 3-0-3\nphases: [lift, stay, lower]\nwords: {stay: Stay}", [("lift", 3), ("lower", 3)]),
        ("tempo: 2-0-2-0", [("down", 2), ("up", 2)]),
        ("tempo: 3-1-4\nmovement: Bend the knee, and come up.", [("down", 3), ("pause", 1), ("up", 4)]),
        ("tempo: 2-1-3\nmovement: Lift your heels, then lower them.", [("up", 2), ("pause", 1), ("down", 3)]),
        ("tempo: 2-1-3\nmovement: Slide your leg out.", [("out", 2), ("pause", 1), ("back", 3)]),
        ("tempo: 2-1-3-0\nmovement: Lift your heels.", [("down", 2), ("pause", 1), ("up", 3)]),
    ],
)
def test_the_seconds_of_a_tempo_belong_to_its_phases(keys, phases):
    assert rep(f"exercise: Step-over\n{keys}") == phases


@pytest.mark.parametrize(
    ("name", "phases"),
    [
        ("Calf raise off a step", ["up", "pause", "down"]),
        ("Clam shell with band", ["open", "pause", "close"]),
        ("Hip abduction", ["out", "pause", "back"]),
        ("Row with band", ["pull", "pause", "back"]),
        ("Neck rotation", ["turn", "pause", "back"]),
        ("Push-up", ["down", "pause", "up"]),
        ("Wobble", ["down", "pause", "up"]),
    ],
)
def test_a_name_tells_which_way_a_movement_goes_first(name, phases):
    assert [phase for phase, _ in rep(f"exercise: {name}\ntempo: 2-1-3")] == phases


SEAT = "exercise: Sit to stand\ntempo: 2-1-3"


def test_three_numbers_for_a_movement_that_is_told_are_in_its_order():
    up_first = [("up", 2), ("pause", 1), ("down", 3), ("relax", 1)]
    assert rep(f"{SEAT}\nmovement: Push up with both hands, sit down slowly.") == up_first
    with pytest.raises(RoutineError, match="this exercise has no pause"):
        rep("exercise: glute_bridge\nrep: up 2s, down 2s\ntempo: 2-1-3\nmovement: Lift your hips.")
    assert rep(f"{SEAT}\nphases: [up, stay, down]") == [("up", 2), ("stay", 1), ("down", 3)]


def test_what_is_wrong_with_the_phases_of_a_tempo():
    new = "exercise: Step-over\ndose: 10\n"
    assert told(f"{new}tempo: 3-1-3\nphases: [down, up]") == [
        "2 phases for a tempo of 3 numbers; a name for each number"
    ]
    assert told(f"{new}rep: down 2s, up 2s\nphases: [down, up]") == [
        "'rep' names the phases already; leave one of the two out"
    ]
    assert told("exercise: glute_bridge\nphases: [down, up]") == [
        "there is no tempo for these phases; a line such as 'tempo: 3-1-3'"
    ]
    assert told(f"{new}tempo: 3-1-3\nphases: [up, stay, up]") == [
        "two phases have the same name; a name of its own for each, such as [down, stay, up]"
    ]
    assert told(f"{new}tempo: 3-0.2-3\nphases: [up, stay, down]") == [
        "a phase becomes too short to be coached; a larger number"
    ]


TEMPOS = """
  - exercise: Calf raise off a step
    tempo: 2-1-3
  - exercise: Step-down
    tempo: 3-1-3
    phases: [down, stay, up]
  - exercise: Clam shell
    tempo: 2-1-2
"""


def test_the_reading_of_all_tempos_is_one_piece_of_advice():
    (found,) = (each.what for each in advise(read(TEMPOS)) if each.rule == "tempo-order")
    assert found == (
        "tempo is read in this order: Calf raise off a step 2-1-3 as up 2s, pause 1s, down 3s;"
        " Clam shell 2-1-2 as open 2s, pause 1s, close 2s;"
        " where that is wrong, write 'phases: [up, stay, down]' beside it"
    )


def test_the_sheet_prints_a_tempo_as_it_is_written_while_it_is_done():
    routine = read(TEMPOS)
    assert "tempo 2-1-3: up 2s, pause 1s, down 3s." in sheet_as_text(sheet(routine, 10))
    slower = replace(routine.exercises[0], rep=(Phase(name="up", seconds=5.0),))
    assert not slower.keeps_tempo
    short = [replace(slower, tempo=tempo).tempo_numbers for tempo in ("31X", "3010", "2.5 - 0/1", "")]
    assert short == [(3, 1, 1), (3, 0, 1, 0), (2.5, 0, 1), ()]


def test_a_file_with_phases_and_a_movement_is_an_exercise(tmp_path):
    path = tmp_path / "step-down.yaml"
    path.write_text("name: Step-down\nmovement: Bend.\ntempo: 3-1-3\nphases: [down, stay, up]\ndose: 8\n")
    exercise = SHIPPED.read(path)
    assert [phase.name for phase in exercise.rep] == ["down", "stay", "up"]


LENGTHS = "exercise: Side steps along the counter\ndose: 3 lengths each way"


@pytest.mark.parametrize(
    ("dose", "reps", "counted", "printed"),
    [
        ("3 lengths each way", (3,), Counted.LENGTHS, "3 lengths each way, at your own pace"),
        ("1 length", (1,), Counted.LENGTHS, "1 length, at your own pace"),
        ("10 deep breaths", (10,), Counted.BREATHS, "10 breaths, at your own pace"),
        (
            "2 x 20 steps",
            (20, 20),
            Counted.STEPS,
            "2 sets of 20 steps, at your own pace; rest 20s between sets",
        ),
    ],
)
def test_what_is_counted_may_be_something_else_than_reps(dose, reps, counted, printed):
    exercise = step(f"exercise: Side steps along the counter\ndose: {dose}")
    assert (exercise.reps, exercise.counted, exercise.pace) == (reps, counted, Pace.SELF)
    assert dose_in_words(exercise) == printed
    assert amount(dose_of(exercise)) == dose.removesuffix(" each way").replace("deep ", "")


def test_what_is_counted_is_said():
    exercise = step(LENGTHS)
    assert dose_sentences(exercise, PHRASES) == ["Three lengths.", "Each way, first to the left."]
    assert dose_sentences(step("exercise: Walk\ndose: 1 step"), PHRASES) == ["One step."]
    assert PHRASES.words(in_words(dose_of(exercise))) == "three lengths"
    more = replace(dose_of(exercise), reps=(4,))
    assert PHRASES.words(change(dose_of(exercise), more, exercise.kind)) == "one more length"


def test_an_exercise_of_the_library_keeps_its_reps():
    assert step("exercise: bird_dog\ndose: 3 breaths") == step("exercise: bird_dog\ndose: 3")


def test_each_direction_is_each_side():
    exercise = step("exercise: Press against your hand\ndose: 5 x 6s each direction")
    assert (exercise.sides, exercise.limb, exercise.set_seconds) == (Sides.EACH, "circle", (6.0,) * 5)


@pytest.mark.parametrize(
    "dose",
    [
        "10 x 10s, rest 5s between reps",
        "10 reps x 10 s with 5 s rest between reps",
        "10 x 10s (5s rest between each)",
        "10 x 10s, relax for 5 seconds after each rep",
    ],
)
def test_a_rest_between_reps_is_part_of_each_rep(dose):
    exercise = step(f"exercise: Chin tuck\ndose: {dose}")
    assert [(phase.kind, phase.seconds) for phase in exercise.rep] == [("hold", 10.0), ("relax", 5.0)]
    assert (exercise.reps, exercise.duration) == ((10,), None)


def test_a_rest_between_reps_of_a_rep_that_is_written():
    keys = "exercise: {}\nrep: up 2s, hold 5s, down 2s{}\ndose: 2 x 8, rest 3s between reps"
    for relax in ("", ", relax 1s"):
        phases = step(keys.format("Lift", relax)).rep
        assert [phase.seconds for phase in phases] == [2, 5, 2, 3]
    assert step("exercise: glute_bridge\ndose: 8, rest 4s between reps").rep[-1].seconds == 4
    assert told("exercise: easy_walk\ndose: 5m, rest 5s between reps") == [
        "this exercise goes by time and has no reps; a 'rest' between its sets"
    ]


def keyed(*keys):
    """The error of a routine with a step for each of these keys, which no step has."""
    with pytest.raises(RoutineError) as error:
        read("".join(f"  - {{bird_dog: {{{key}: 2}}}}\n" for key in keys) + "  - a b c d\n")
    return error.value


def test_mistakes_of_one_kind_are_told_once():
    error = keyed("qqq", "zzz", "zzz", "2")
    assert len(error.problems) == 5
    first, other = str(error).splitlines()
    assert first == (
        "paper.yaml:3:17: unknown key 'qqq'; the keys that 'voicecoach help routine-format' explains;"
        " and in 3 more places: line 4 'zzz', line 5 'zzz', line 6 '2'"
    )
    assert other.startswith("paper.yaml:7:5: no exercise is called 'a b c d'")


def test_two_mistakes_of_one_kind_are_told_alone():
    assert len(str(keyed("qqq", "zzz")).splitlines()) == 3


def test_a_sentence_that_a_comma_in_braces_cuts_is_told():
    cut = "errors: [{when: Your knee drops, and hurts, fix: Stop.}]"
    assert told(f"exercise: Step-down\ntempo: 3-1-3\n{cut}") == [
        "a text ends at a comma here; a comma inside brackets? put the sentence in quotes"
    ]


def test_what_to_do_when_it_hurts_may_stand_with_the_cautions():
    own = step("exercise: Wall sit\ndose: 5 x 30s\ncautions: {pain: Slide up 10 cm., knee: leave out}")
    assert (list(own.cautions), own.errors) == (["knee"], (Fix(when="It hurts.", fix="Slide up 10 cm."),))
    known = SHIPPED.exercise("wall_squat")
    changed = step("exercise: wall_squat\ncautions: {pain: Slide up.}")
    assert changed.errors == (*known.errors, Fix(when="It hurts.", fix="Slide up."))
    assert changed.cautions == known.cautions


def test_only_a_text_with_a_side_is_swapped_on_the_sheet():
    swap = "Written for the left side. For the right, swap left and right."
    alone = read("  - exercise: Stand\n    dose: 30s each side\n")
    assert swap not in sheet_as_text(sheet(alone, 1))
    sided = read("  - exercise: Stand\n    why: On the {side} leg.\n    dose: 30s each side\n")
    assert swap in sheet_as_text(sheet(sided, 1))


def test_what_is_counted_is_kept_with_a_dose_and_with_a_plan():
    exercise = step(LENGTHS)
    kept = json.loads(json.dumps(plain(dose_of(exercise))))
    assert kept["counted"] == "lengths"
    assert read_plain(Dose, kept).counted is Counted.LENGTHS
    assert "counted" not in plain(dose_of(step("exercise: bird_dog")))
    saved = from_json(
        to_json(SavedPlan(steps=steps_of(read(f"  - {{{LENGTHS.replace(chr(10), ', ')}}}\n"), Settings())))
    )
    assert next(iter(works(saved.steps))).exercise.counted is Counted.LENGTHS


def test_steps_of_a_movement_that_is_told_are_an_exercise_of_their_own():
    keys = "exercise: March in place\ndose: 20 steps"
    assert step(f"{keys}\nmovement: March.").counted is Counted.STEPS
    assert told(keys) == ["this exercise goes by time, not by reps; a dose such as 60s or '2 x 60s'"]
