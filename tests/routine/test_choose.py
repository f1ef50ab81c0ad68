"""A part of a routine, with what belongs to it."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.errors import UnknownName, UsageError
from voicecoach.routine.doses import halves
from voicecoach.routine.model import Do, Exercise, Rest, Routine, Say, Wait
from voicecoach.routine.phase import Phase
from voicecoach.routine.select import at_most_sets, keeping, only, starting_at, still_told
from voicecoach.routine.suit import Swap

REP = (Phase(name="lift", seconds=2.0),)


def do(name, *reps, ident=""):
    return Do(exercise=Exercise(id=ident, name=name, rep=REP, reps=reps or (1,), equipment=(f"a {name}",)))


def routine(*steps):
    return Routine(id="core", name="Core", steps=steps, path=Path("core.yaml"))


CAT, DOG, PLANK = do("Cat-camel", ident="cat_camel"), do("Bird dog", ident="bird_dog"), do("Plank")
HELLO, BYE, STRAP = Say(text="Hello."), Say(text="Bye."), Wait(what="strap")
REST, LONG = Rest(seconds=30), Rest(seconds=60)
WHOLE = routine(HELLO, CAT, REST, STRAP, DOG, LONG, PLANK, DOG, BYE)


@pytest.mark.parametrize("step", ["2", "bird_dog", "Bird dog", "bird-dog", "BIRD DOG", " bird_dog "])
def test_a_step_has_a_number_an_id_and_a_name_and_the_first_counts(step):
    assert starting_at(WHOLE, step).steps == (STRAP, DOG, LONG, PLANK, DOG, BYE)


def test_only_some_steps_come_in_the_order_of_the_routine_with_what_belongs_to_them():
    assert only(WHOLE, ["Plank", "cat camel"]).steps == (HELLO, CAT, REST, PLANK)
    assert only(WHOLE, ["bird_dog"]).steps == (STRAP, DOG, LONG, DOG, BYE)
    assert only(WHOLE, ["4"]).steps == (DOG, BYE)
    assert only(WHOLE, ["1", "1"]).steps == (HELLO, CAT)


def test_only_what_is_done_has_to_be_laid_out():
    assert only(WHOLE, ["plank"]).equipment == ("a Plank",)


@pytest.mark.parametrize("step", ["0", "5", "-1", "brid_dog", "", "²"])
def test_a_step_that_does_not_exist_is_answered_with_those_that_do(step):
    for choose in (starting_at, lambda whole, name: only(whole, ["1", name])):
        with pytest.raises(UnknownName) as caught:
            choose(WHOLE, step)
        assert str(caught.value).endswith(
            "The steps of 'Core' are: 1 cat_camel, 2 bird_dog, 3 Plank, 4 bird_dog."
        )
    if step == "brid_dog":
        assert "Did you mean 'bird_dog'?" in str(caught.value)


def test_without_exercises_there_are_no_steps():
    with pytest.raises(UnknownName, match="There are no exercises in 'Core'"):
        starting_at(routine(HELLO, REST), "1")
    with pytest.raises(UsageError, match="No step is chosen"):
        only(WHOLE, [])


def test_no_exercise_has_more_sets_than_asked_for_or_than_before():
    whole = routine(do("Plank", 6, 4, 2), REST, do("Bridge", 8), do("Lift", 5, 5))
    assert [each.reps for each in at_most_sets(whole, 2).exercises] == [(6, 4), (8,), (5, 5)]
    assert [each.reps for each in at_most_sets(whole, 1).exercises] == [(6,), (8,), (5,)]
    assert at_most_sets(whole, 20) == whole
    for sets in (0, -1, 21):
        with pytest.raises(UsageError, match="is not a possible number of sets"):
            at_most_sets(whole, sets)


HALVES = {
    (1,): ((1, 0),),
    (5,): ((3, 2),),
    (6, 6): ((6, 0), (0, 6)),
    (3, 2, 1): ((3, 0), (0, 2), (0, 1)),
    (1, 2, 3): ((1, 0), (2, 0), (0, 3)),
    (1, 100): ((1, 0), (0, 100)),
    (2, 2, 2): ((2, 0), (0, 2), (0, 2)),
}


def test_the_sides_change_nearest_to_half_of_all_reps():
    assert {reps: halves(reps) for reps in HALVES} == HALVES


def test_only_changes_that_are_heard_of_are_told():
    swaps = (Swap("Crunch", "Plank"), Swap("Squat", "Bird dog"), Swap("Lift"))
    assert still_told(swaps, only(WHOLE, ["plank"])) == (Swap("Crunch", "Plank"), Swap("Lift"))


steps = st.lists(st.sampled_from([CAT, DOG, PLANK, HELLO, STRAP, REST, LONG]), max_size=9).map(tuple)


@given(steps, st.data())
def test_what_is_kept_is_in_order_and_nothing_is_lost_when_all_is_kept(steps, data):
    whole = replace(WHOLE, steps=steps)
    numbers = range(1, len(whole.exercises) + 1)
    if whole.exercises:
        assert keeping(whole, numbers) == whole
    chosen = data.draw(st.sets(st.sampled_from(numbers) if whole.exercises else st.nothing()))
    kept = keeping(whole, chosen)
    assert kept.exercises == tuple(whole.exercises[number - 1] for number in sorted(chosen))
    remaining = iter(whole.steps)
    assert all(any(step is each for each in remaining) for step in kept.steps)
