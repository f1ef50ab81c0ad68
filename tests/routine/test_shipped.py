"""Everything that is shipped can be read, spoken in the time there is, and done with eyes shut."""

import re

from voicecoach import paths
from voicecoach.language import phrases
from voicecoach.routine.files.library import Library
from voicecoach.routine.model import Caution, Kind, Sides, Wait

SAY = phrases.load()
PLACE = re.compile(r"\b(wall|table|step)\b|^Lie on your \{other\} side")
"""A place of this exercise's own, which nobody is in already."""
SHIPPED = Library((paths.shipped("routines"),))
EXERCISES = [SHIPPED.exercise(name) for name in SHIPPED.exercises()]
THINGS = {"mat", "pillow", "cushion", "chair", "strap", "towel", "stick", "ball", "step", "wall", "weight"}
WAYS = (
    "down",
    "down_to_knees",
    "down_to_side",
    "down_from_knees",
    "down_from_knees_to_side",
    "over_to_supine",
)
NOT_THERE = r"\b(not|no|none|never|nothing|without|easy|easily|still|quiet|soft|fine)\b"
POSTURE = r"(Stand|Sit|Kneel|Lie|Come)\b[^.!?]*\."
LOOSE_RIGHT = r"\bright (under|behind|above|over|angle)\b"
SEEN = r"\bas shown\b|\blike (this|that)\b|\bthis (leg|arm|side|knee)\b|\bpicture"
SUBJECT = r"(You|Your|The|A|An|It|Pain|Acid|One|Only|Both)\b.*[^.]\."


def mistakes(exercise):
    """What is wrong with an exercise, each with the rule that it breaks."""
    told = " ".join((*exercise.position, exercise.movement))
    cues = [cue.text for cue in exercise.cues]
    sentences = [each for text in exercise.texts for each in re.split(r"(?<=[.!?])\s+", text) if each]
    whole = (exercise.why, exercise.movement, exercise.feel, exercise.goal, exercise.posture, exercise.errors)
    whole += (exercise.easier, exercise.harder, exercise.sources, exercise.rep or exercise.duration)
    yield "it says all that one needs", all(whole)
    yield "it says how to breathe", exercise.breathing or exercise.kind is Kind.BREATHING
    yield "it has cues", exercise.prompts or (exercise.cues.always and exercise.cues.rotating)
    yield "the position is built up in steps", 2 <= len(exercise.position) <= 5
    yield (
        "the position begins with nothing but the posture, unless it names a place",
        exercise.position[0] in SAY.all_of(f"position.{exercise.posture}")
        or "ball" in exercise.equipment
        or PLACE.search(exercise.position[0]),
    )
    surface = re.search(r"\b(mat|floor|chair|ball|wall|ground)\b", " ".join(exercise.position))
    yield "the position names the surface", surface
    yield "the feeling says where it is not", re.search(NOT_THERE, exercise.feel.lower())
    yield "the feeling is what one should feel", re.match(r"[A-Z][a-z]+ (\w+ )*?should\b", exercise.feel)
    yield "the position begins with the posture alone", re.fullmatch(POSTURE, exercise.position[0])
    yield (
        "most sentences are short",
        sum(len(each.split()) <= 12 for each in sentences) >= 0.75 * len(sentences),
    )
    yield "equipment can be spoken of", set(exercise.equipment) <= THINGS | {"backpack"}
    yield "left and right are named", ("{side}" in told) == (exercise.sides is not Sides.BOTH)
    yield "the limb has a name", exercise.limb in {"leg", "arm", "side", "knee", "circle"}
    yield "every phase has words", set(exercise.words) == {phase.name for phase in exercise.rep}
    yield (
        "a stretch does not bounce",
        exercise.kind is not Kind.STRETCH or any("bouncing" in cue.text for cue in exercise.cues.always),
    )
    for sentence in sentences:
        yield f"a sentence is short: {sentence}", len(sentence.split()) <= 20
        yield f"nothing has to be seen: {sentence}", not re.search(SEEN, sentence)
        yield f"right is a side: {sentence}", not re.search(LOOSE_RIGHT, sentence)
    for error in exercise.errors:
        yield f"an error can follow 'if': {error.when}", re.fullmatch(SUBJECT, error.when)
        yield f"a fix is told: {error.fix}", re.fullmatch(r"(?!(If|When|Your|The)\b)[A-Z].*\.", error.fix)
    for thing in exercise.equipment:
        yield f"equipment is used: {thing}", thing == "mat" or thing in told
    for cue in cues:
        yield f"a cue is short: {cue}", len(cue.split()) <= 7
    for phase in exercise.rep:
        room = max(1, 2 * (phase.seconds - 0.5))
        yield f"words fit into {phase.name}", len(exercise.words.get(phase.name, "").split()) <= room
        yield f"words of {phase.name} are few", len(exercise.words.get(phase.name, "").split()) <= 4


def test_a_shipped_wait_is_short_as_it_ends_by_itself():
    routines = [SHIPPED.load(name) for name in SHIPPED.routines()]
    waits = [step for each in routines for step in each.steps if isinstance(step, Wait)]
    assert waits
    assert all(step.limit <= 30 for step in waits)


def test_nothing_is_wrong_with_what_is_shipped():
    assert SHIPPED.check([paths.shipped("routines")]) == []
    assert [(each.id, rule) for each in EXERCISES for rule, kept in mistakes(each) if not kept] == []


def test_balance_is_trained_with_open_eyes_and_something_to_hold():
    for name in ("tandem_stand", "single_leg_stand", "cushion_stand"):
        exercise = SHIPPED.exercise(name)
        posture, eyes, wall, *_ = exercise.position
        assert posture in {"Stand on the floor.", "Stand on the mat."}, name
        assert eyes.startswith("Open your eyes"), name
        assert "wall" in eyes + wall, name
        assert "Eyes open, fingertips on the wall." in [cue.text for cue in exercise.cues.always], name
        assert "wall" in exercise.equipment, name
        remedy = exercise.cautions[Caution.BAL]
        assert remedy.exercise == "tandem_stand" or "both hands on the wall all the time" in remedy.advice


def test_every_sentence_of_a_list_is_whole():
    """A comma in a list of YAML that is not quoted makes two sentences of one."""
    care = [sentence for thing in THINGS for sentence in SAY.care(thing)]
    ways = [
        sentence for how in ("full", "short") for way in WAYS for sentence in SAY.all_of(f"way.{way}.{how}")
    ]
    for sentence in (*care, *ways):
        assert re.fullmatch(r"[A-Z].*\.", sentence), sentence
