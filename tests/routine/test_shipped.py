"""Everything that is shipped can be read, spoken in the time there is, and done with eyes shut."""

import re

import pytest

from voicecoach import data
from voicecoach.routine.library import Library
from voicecoach.routine.model import Kind, Sides

SHIPPED = Library((data.shipped("routines"),))
EXERCISES = [SHIPPED.exercise(name) for name in SHIPPED.exercises()]

each_exercise = pytest.mark.parametrize("exercise", EXERCISES, ids=lambda exercise: exercise.id)


def texts(exercise):
    yield from (exercise.why, *exercise.position, exercise.movement, exercise.feel, exercise.breathing)
    yield from (*exercise.words.values(), *exercise.cues.always, *exercise.cues.rotating)
    for error in exercise.errors:
        yield from (error.when, error.fix)
    yield from (form.text for form in (*exercise.easier, *exercise.harder) if form.text)
    yield from (remedy.advice for remedy in exercise.cautions.values() if remedy.advice)
    for prompt in exercise.prompts:
        yield from prompt.say


def test_nothing_is_wrong_with_what_is_shipped():
    assert SHIPPED.check([data.shipped("routines")]) == []


def test_the_promised_routines_are_there():
    assert {"core", "calm-mini", "quick"} <= set(SHIPPED.routines())


def test_core_trains_what_its_name_says():
    expected = ["cat_camel", "mcgill_curl_up", "bird_dog", "side_plank_knees", "glute_bridge"]
    assert [exercise.id for exercise in SHIPPED.load("core").exercises] == expected


@pytest.mark.parametrize(
    ("name", "least", "most"), [("core", 310, 360), ("calm-mini", 140, 180), ("quick", 45, 60)]
)
def test_work_leaves_time_for_the_briefings(name, least, most):
    """Told in full, with changes of position, these come to ten, six and two and a half minutes."""
    assert least <= sum(exercise.total_seconds for exercise in SHIPPED.load(name).exercises) <= most


@each_exercise
def test_an_exercise_says_what_one_needs_to_do_it_right(exercise):
    assert all((exercise.why, exercise.position, exercise.movement, exercise.feel))
    assert exercise.breathing or exercise.kind is Kind.BREATHING
    assert all((exercise.posture, exercise.errors, exercise.easier, exercise.harder, exercise.sources))
    assert all((exercise.cues.always, exercise.cues.rotating, exercise.cautions))


@each_exercise
def test_cues_are_short(exercise):
    for cue in (*exercise.cues.always, *exercise.cues.rotating):
        assert len(cue.split()) <= 7, cue


@each_exercise
def test_every_phase_has_words_that_can_be_spoken_in_it(exercise):
    assert set(exercise.words) == {phase.name for phase in exercise.rep}
    for phase in exercise.rep:
        assert len(exercise.words[phase.name].split()) <= max(1, 2 * (phase.seconds - 0.5)), phase


@each_exercise
def test_left_and_right_are_named(exercise):
    told = " ".join((*exercise.position, exercise.movement))
    assert ("{side}" in told) == (exercise.sides is not Sides.BOTH)
    assert exercise.limb in {"leg", "arm", "side", "knee"}


@each_exercise
def test_nothing_has_to_be_seen(exercise):
    for text in texts(exercise):
        assert not re.search(
            r"\bas shown\b|\blike (this|that)\b|\bthis (leg|arm|side|knee)\b|\bpicture", text
        ), text


@pytest.mark.parametrize(
    "exercise", [each for each in EXERCISES if each.kind is Kind.STRETCH], ids=lambda each: each.id
)
def test_a_stretch_warns_against_bouncing(exercise):
    assert "No bouncing." in exercise.cues.always
