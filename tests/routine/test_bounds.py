"""What a file says of growth, and what becomes of it: bounds, levels and bands."""

from __future__ import annotations

from pathlib import Path

import pytest

from voicecoach.errors import RoutineError
from voicecoach.routine.bounds import NO_LIMIT, UNBOUNDED, DownWhen, Harder, Most, UpWhen
from voicecoach.routine.dose import Dose, Grade
from voicecoach.routine.doses import dose_of, within_bounds
from voicecoach.routine.exercise_sheet import exercise_sheet
from voicecoach.routine.files import bound_words
from voicecoach.routine.files.bound_words import WrittenUp, level_in
from voicecoach.routine.files.library import Library
from voicecoach.routine.files.located_yaml import Mistakes
from voicecoach.routine.files.routine import read_routine
from voicecoach.routine.one_side import in_order, standing_in
from voicecoach.routine.paper import exercise_as_text

LIBRARY = Library.default()
STEP = "  - exercise: X\n    rep: lower 3s, hold 2s, up 3s\n    kind: strength\n"


def exercise(*lines, head=""):
    """The exercise of a routine with these lines."""
    text = f"name: R\n{head}\nsteps:\n{STEP}" + "".join(f"    {line}\n" for line in lines)
    (found,) = read_routine(text.encode(), Path("r.yaml"), "r", LIBRARY).exercises
    return found


@pytest.mark.parametrize(
    ("text", "means"),
    [
        ("3 x 12 with pain 2 or less, twice", WrittenUp("3 x 12", 2, 2)),
        ("3 x 12, pain at most 2, three times in a row", WrittenUp("3 x 12", 2, 3)),
        ("3 x 12 twice", WrittenUp("3 x 12", None, 2)),
        ("pain below 3", WrittenUp("", 2, 1)),
        ("pain 2/10 or less, in 3 sessions", WrittenUp("", 2, 3)),
        ("3 x 45s with pain up to 3", WrittenUp("3 x 45s", 3, 1)),
        ("2 x 10", WrittenUp("2 x 10")),
        ("twice", WrittenUp("", None, 2)),
    ],
)
def test_when_it_gets_harder(text, means):
    assert bound_words.up_when(text) == means


@pytest.mark.parametrize(
    ("text", "means"),
    [
        ("pain above 5, or worse the next morning", DownWhen(pain_above=5, worse_morning=True)),
        ("worse the next morning or pain over 4", DownWhen(pain_above=4, worse_morning=True)),
        ("pain 6 or more", DownWhen(pain_above=5)),
        ("Worse the morning after.", DownWhen(worse_morning=True)),
    ],
)
def test_when_it_gets_easier(text, means):
    assert bound_words.down_when(text) == means


@pytest.mark.parametrize("text", ["", "when it feels good", "pain 11 or less", 3, None, "x" * 300])
def test_what_is_not_understood_shows_the_form(text):
    with pytest.raises(Mistakes) as error:
        bound_words.up_when(text)
    assert [each.expected for each in error.value.mistakes] == [
        "a dose, the most pain and how often, such as '3 x 12 with pain 2 or less, twice'"
    ]


@pytest.mark.parametrize("text", ["it hurts", "pain above 5, or when it rains", "pain above 10", "", 5])
def test_what_is_not_understood_of_less_shows_the_form(text):
    with pytest.raises(Mistakes, match="pain above 5"):
        bound_words.down_when(text)


GRADES = (Grade(number=1, words="10 cm step, hand on the rail"), Grade(number=2, words="10 cm step"))
BANDS = tuple(Grade(number=at, words=f"{each} band") for at, each in enumerate(("red", "green"), start=1))


@pytest.mark.parametrize(
    ("text", "grades", "rest", "number"),
    [
        ("2 x 12 green band", BANDS, "2 x 12", 2),
        ("2 x 12 with the Red band", BANDS, "2 x 12", 1),
        ("green", BANDS, "", 2),
        ("2 x 12 with 5 kg", BANDS, "2 x 12 with 5 kg", None),
        ("2 x 8 (10 cm step, hand on the rail)", GRADES, "2 x 8", 1),
        ("2 x 8, 10 cm step", GRADES, "2 x 8", 2),
        ("level 2", GRADES, "", 2),
        ("2 x 8", GRADES, "2 x 8", None),
        ("2 x 8 green band", (), "2 x 8 green band", None),
    ],
)
def test_a_level_in_a_dose(text, grades, rest, number):
    found = level_in(text, grades)
    assert (found[0], found[1] and found[1].number) == (rest, number)


def test_the_bounds_of_a_step():
    found = exercise("reps: 2 x 8", "grow: {max: 3 x 12, tempo: keep, harder: ask}")
    bounds = found.bounds
    assert bounds.most == Most(reps=(12, 12, 12), hold=2.0)
    assert (bounds.tempo_kept, bounds.harder, bounds.grows) == (True, Harder.ASK, True)
    assert bounds.free == Most(load=0.0)
    assert found.goal == Dose(reps=(12, 12, 12), hold=2.0)


def test_what_a_step_does_not_say_is_as_the_routine_says():
    head = "grow: {tempo: keep, harder: ask}"
    assert exercise("reps: 8", "grow: {harder: no}", head=head).bounds.tempo_kept
    assert exercise("reps: 8", "grow: {harder: no}", head=head).bounds.harder is Harder.NO
    plain = exercise("reps: 8", head=head).bounds
    assert (plain.tempo_kept, plain.harder, plain.grows) == (True, Harder.ASK, None)
    assert exercise("reps: 8", head="grow: yes").bounds == UNBOUNDED


def test_one_that_does_not_grow_has_its_dose_as_its_most():
    bounds = exercise("reps: [6, 4]", "load: 2 kg", "grow: no").bounds
    assert bounds.most == Most(reps=(6, 4), hold=2.0, load=2.0)
    assert (bounds.grows, bounds.tempo_kept, bounds.harder) == (False, True, Harder.NO)


def test_a_number_alone_is_of_each_set_and_a_pyramid_of_its_own():
    assert exercise("reps: 2 x 8", "grow: {max: 12}").bounds.most.reps == (12, 12)
    assert exercise("reps: [6, 4]", "grow: {max: 8-6-6}").bounds.most.reps == (8, 6, 6)


def test_levels_bands_and_where_they_begin():
    found = exercise("reps: 8", "load: [yellow, red, green band]", "level: red", "grow: {harder: ask}")
    assert [each.words for each in found.grades] == ["yellow band", "red band", "green band"]
    assert found.grade == found.grades[1]
    assert found.bounds.free.grade == 2
    assert exercise("reps: 8", "load: red band").grades == (Grade(number=1, words="red band"),)
    assert exercise("reps: 8", "levels: [low step, high step]").grade.words == "low step"
    assert exercise("reps: 8", "load: [2 kg, 4 kg]").weights == (2.0, 4.0)


def test_what_has_to_be_done_is_the_goal_where_there_is_no_other():
    assert exercise("reps: 2 x 8", "up_when: 3 x 12 with pain 2 or less, twice").goal.reps == (12, 12, 12)
    found = exercise("reps: 2 x 8", "goal: 3 x 12", "up_when: 3 x 10, twice")
    assert (found.goal.reps, found.bounds.up) == ((12, 12, 12), UpWhen(times=2))


def test_nothing_of_a_dose_is_above_a_bound():
    found = exercise(
        "reps: 2 x 8", "load: 2 kg", "levels: [low step, high step]", "grow: {max: 2 x 10, harder: ask}"
    )
    much = Dose(reps=(9, 12, 12), hold=8.0, lowering=5.0, load=4.0, grade=found.grades[1])
    assert within_bounds(found, much) == Dose(
        reps=(9, 10), hold=2.0, lowering=5.0, load=2.0, grade=found.grades[0]
    )
    assert within_bounds(found, dose_of(found)) == dose_of(found)
    kept = exercise("reps: 8", "grow: {tempo: keep}")
    assert within_bounds(kept, Dose(reps=(20,), lowering=5.0)).lowering == 3.0


def test_bounds_are_counted_for_one_side_and_hold_for_what_stands_in():
    both = exercise("reps: 12 alternating", "grow: {max: 16}")
    assert in_order(both, ("left",)).bounds.most.reps == (8,)
    each = exercise("reps: 2 x 3 each side", "grow: {max: 2 x 4}")
    bridge = standing_in(LIBRARY.exercise("glute_bridge"), each)
    assert max(bridge.reps) <= 4
    assert bridge.bounds.most.reps == (4, 4)


def test_a_word_widens_only_what_it_names():
    bounds = exercise("reps: 2 x 8", "grow: {max: 2 x 10, harder: ask}").bounds
    wider = bounds.allowing(Most(reps=(8, 8, 12), load=2.0), "lunge")
    assert wider.most.reps == (10, 10, 12)
    assert wider.free.load == 2.0
    assert wider.lets("lunge")
    assert not wider.lets("squat")
    assert not wider.lets("")
    assert UNBOUNDED.allowing(Most(reps=(3,))).most == NO_LIMIT


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (["reps: 3 x 8-12"], "Work up to 3 sets of 12 reps, each held 2s."),
        (["reps: 3 x 8", "up_when: '3 x 10, twice'"], "Work up to 3 sets of 10 reps, each held 2s."),
        (["reps: 3 x 8-12", "grow: {max: 3 x 12}"], "At most 3 sets of 12 reps, each held 2s."),
    ],
)
def test_a_sheet_says_how_far_a_range_goes(lines, told):
    printed = " ".join(exercise_as_text(exercise_sheet(exercise(*lines))).split())
    assert told in printed
    assert ("Work up to" in printed) is told.startswith("Work")


def test_a_load_may_begin_with_any_of_its_weights():
    found = exercise("dose: 3 x 15 with 10 kg", "load: [5 kg, 10 kg, 15 kg]")
    assert (found.load, found.weights) == (10, (5, 10, 15))
    assert exercise("dose: 3 x 15 with 0 kg", "load: [5 kg, 10 kg]").load == 0


@pytest.mark.parametrize(
    ("lines", "problem"),
    [
        (
            ["dose: 3 x 15 with 7 kg", "load: [5 kg, 10 kg]"],
            "7 kg is none of its weights; one of 5 kg, 10 kg",
        ),
        (
            ["dose: 3 x 15", "load: [0 kg, 5 kg]"],
            "0 kg is none of the weights; the weights alone; 'with 0 kg' in the dose begins without",
        ),
        (
            ["dose: 3 x 15", "load: [5 kg, 10 kg]", "level: 10 kg"],
            "weights have no levels; the load in the dose, such as '3 x 8 with 5 kg'",
        ),
    ],
)
def test_what_is_none_of_its_weights_is_a_mistake_that_says_what_to_write(lines, problem):
    with pytest.raises(RoutineError) as caught:
        exercise(*lines)
    assert problem in str(caught.value)


def test_reminders_may_name_a_phase_each():
    cues = exercise("reps: 8", "cues: {up: Straight up., lower: Slowly down.}").cues
    assert [(each.phase, each.text) for each in cues.rotating] == [
        ("up", "Straight up."),
        ("lower", "Slowly down."),
    ]
