"""Everything that is shipped can be read, spoken in the time there is, and done with eyes shut."""

import re
from operator import attrgetter

from naming import for_each

from voicecoach import paths
from voicecoach.routine.files.library import Library
from voicecoach.routine.model import Kind, Sides

SHIPPED = Library((paths.shipped("routines"),))
EXERCISES = [SHIPPED.exercise(name) for name in SHIPPED.exercises()]

each_exercise = for_each(EXERCISES, attrgetter("id"))


def texts(exercise):
    yield from (exercise.why, *exercise.position, exercise.movement, exercise.feel, exercise.breathing)
    yield from (*exercise.words.values(), *exercise.cues.always, *exercise.cues.rotating)
    for error in exercise.errors:
        yield from (error.when, error.fix)
    yield from (variation.text for variation in (*exercise.easier, *exercise.harder) if variation.text)
    yield from (remedy.advice for remedy in exercise.cautions.values() if remedy.advice)
    for prompt in exercise.prompts:
        yield from prompt.say


def test_nothing_is_wrong_with_what_is_shipped():
    assert SHIPPED.check([paths.shipped("routines")]) == []


@each_exercise
def test_an_exercise_says_what_one_needs_to_do_it_right(exercise):
    assert all((exercise.why, exercise.position, exercise.movement, exercise.feel, exercise.goal))
    assert exercise.breathing or exercise.kind is Kind.BREATHING
    assert all((exercise.posture, exercise.errors, exercise.easier, exercise.harder, exercise.sources))
    assert all((exercise.cues.always, exercise.cues.rotating)) or exercise.prompts
    assert exercise.rep or exercise.duration


@each_exercise
def test_the_position_names_the_surface_and_is_built_up_in_steps(exercise):
    assert 2 <= len(exercise.position) <= 5
    assert re.search(r"\b(mat|floor|chair|ball|wall|ground)\b", " ".join(exercise.position))


@each_exercise
def test_what_it_should_feel_like_says_where_not(exercise):
    assert re.search(
        r"\b(not|no|none|never|nothing|without|easy|easily|still|quiet|soft|fine)\b", exercise.feel.lower()
    )


@each_exercise
def test_sentences_are_short(exercise):
    for sentence in sentences(exercise):
        assert len(sentence.split()) <= 20, sentence
    short = [len(sentence.split()) <= 12 for sentence in sentences(exercise)]
    assert sum(short) >= 0.75 * len(short)


def sentences(exercise):
    return [each for text in texts(exercise) for each in re.split(r"(?<=[.!?])\s+", text) if each]


@each_exercise
def test_an_error_can_follow_the_word_if(exercise):
    for error in exercise.errors:
        assert re.fullmatch(r"(You|Your|The|A|An|It|Pain|Acid|One|Only|Both)\b.*[^.]\.", error.when), (
            error.when
        )
        assert re.fullmatch(r"[A-Z].*\.", error.fix), error.fix
        assert not re.match(r"(If|When|Your|The)\b", error.fix), error.fix


@each_exercise
def test_what_is_needed_can_be_spoken_of(exercise):
    known = {"mat", "pillow", "cushion", "chair", "strap", "towel", "stick", "ball", "step", "wall", "weight"}
    assert set(exercise.equipment) <= known | {"backpack"}
    told = " ".join((*exercise.position, exercise.movement))
    for thing in exercise.equipment:
        assert thing == "mat" or thing in told, thing


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


@for_each([each for each in EXERCISES if each.kind is Kind.STRETCH], attrgetter("id"))
def test_a_stretch_warns_against_bouncing(exercise):
    assert "No bouncing." in exercise.cues.always
