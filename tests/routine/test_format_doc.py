"""The examples of the documents are what the program reads; docs/routine-format.md names all there is."""

import re

import documents
import pytest

from voicecoach import paths
from voicecoach.app import estimates, prepare
from voicecoach.language import phrases
from voicecoach.routine import lint
from voicecoach.routine.advice import cut_texts
from voicecoach.routine.advice.rule import Level
from voicecoach.routine.files import dose_words, shapes, values
from voicecoach.routine.files.dose_words import parse_dose
from voicecoach.routine.files.library import Library
from voicecoach.routine.files.routine import MAX_SESSION, read_exercise, read_routine
from voicecoach.routine.model import Caution, Exercise, Kind, Posture, Wait
from voicecoach.routine.phase import KINDS_IN_A_REP, SHORTEST_PHASE
from voicecoach.routine.programme import Programme
from voicecoach.timeline import lint as timing
from voicecoach.timeline.expand import RESTED_CHANGE, Settings
from voicecoach.timeline.words import COUNTED_HOLD

DOC = documents.ROOT / "docs" / "routine-format.md"
TEXT = documents.TEXTS["docs/routine-format.md"]
PROGRAMME = ("docs/programme-format.md", "yaml")
BLOCKS = [
    (each.kind.removeprefix("yaml").strip(), each.text)
    for each in documents.BLOCKS
    if each.kind in {"yaml", "yaml exercise"} and (each.document, each.kind) != PROGRAMME
]
SHIPPED = Library((paths.shipped("routines"),))


def test_the_programme_can_be_read_and_needs_no_advice(tmp_path):
    (text,) = (each.text for each in documents.BLOCKS if (each.document, each.kind) == PROGRAMME)
    path = tmp_path / "mine.yaml"
    path.write_text(text, encoding="utf-8")
    assert SHIPPED.check([path]) == []
    found = SHIPPED.read(path)
    assert isinstance(found, Programme)
    assert found.phases


@pytest.mark.parametrize(("what", "block"), BLOCKS, ids=[block.split("\n")[0] for _, block in BLOCKS])
def test_an_example_can_be_read(what, block):
    if what == "exercise":
        exercise = read_exercise(block.encode(), DOC, "example")
        assert (
            all(getattr(exercise, key) for key in ("rep", "words", "cues", "errors", "cautions", "sources"))
            or (exercise.cadence and exercise.prompts)
            or exercise.figure
        )
    else:
        assert read_routine(block.encode(), DOC, "example", SHIPPED).steps


@pytest.mark.parametrize("block", [block for what, block in BLOCKS if not what], ids=lambda block: block[:20])
def test_an_example_is_well_advised(block):
    routine = read_routine(block.encode(), DOC, "example", SHIPPED)
    score = estimates.estimate(prepare.steps_of(routine, Settings()))
    found = [*lint.advise(routine), *timing.advise(routine, score)]
    asked = ["no-cautions"] if routine.name == "Hips" else []  # a leaflet does not say who should not do it
    assert [each.rule for each in found if each.level is Level.ADVICE] == asked


def test_there_are_examples():
    assert len(BLOCKS) >= 5


def test_the_doses_in_the_table_are_doses():
    table = TEXT.partition("## Doses")[2].partition("Times are")[0]
    written = [
        dose
        for row in re.findall(r"^\| (`.*?) \|", table, re.MULTILINE)
        for dose in re.findall("`(.*?)`", row)
    ]
    assert len(written) >= 12
    for dose in written:
        parse_dose(dose)


ADVICE = [
    rule.name
    for rules in (
        lint.EXERCISE_RULES,
        lint.STEP_RULES,
        lint.ROUTINE_RULES,
        lint.NAME_RULES,
        cut_texts.TEXT_RULES,
        cut_texts.LIST_RULES,
        timing.RULES,
    )
    for rule in rules
]


def test_every_key_and_every_choice_is_named():
    for key in (*shapes.keys(shapes.ChangesShape), *shapes.keys(shapes.ExerciseShape)):
        assert re.search(rf"\b{key}\b", TEXT), key
    for value in (*Kind, *Posture, *Caution):
        assert re.search(rf"\b{value}\b", TEXT), value


def cells(head, name="docs/routine-format.md"):
    """The first two cells of each row of a table, the names in the first one apart."""
    return [(re.findall("`(.*?)`", first), second) for first, second, *_ in documents.rows(name, head)]


def test_the_tables_of_keys_have_all_keys_of_a_change_and_no_other():
    named = [key for keys, _ in cells("| key | takes |") for key in keys]
    assert sorted(named) == sorted({*shapes.keys(shapes.ChangesShape), *shapes.OTHER_NAMES, "off"})


def test_what_is_left_out_means_what_the_model_has():
    exercise = Exercise(id="", name="X")
    means = {key: meaning for keys, meaning in cells("| left out | means |") for key in keys}
    assert (exercise.sides, exercise.one_side_first, exercise.posture) == ("both", False, None)
    assert means["kind"].startswith(f"`{exercise.kind}`,")
    assert means["sides"] == f"`{exercise.sides}`"
    assert means["rest"] == (
        f"{exercise.rest:g} seconds between sets, {exercise.change:g} seconds to change sides,"
        f" {RESTED_CHANGE:g} with one side first"
    )
    assert exercise.reps == (1,)


def test_the_kinds_of_phases_and_their_names_are_those_of_the_program():
    kinds = {kind: names for (kind,), names in cells("| kind | names | the coach |")}
    named = {kind: [name for name, of in phrases.phase_kinds().items() if of == kind] for kind in kinds}
    assert {kind: names.split(", ") for kind, names in kinds.items() if kind != "move"} == {
        kind: names for kind, names in named.items() if kind != "move"
    }
    assert set(kinds) == set(KINDS_IN_A_REP)
    assert f"counts down its last three seconds from {COUNTED_HOLD:g} seconds on" in TEXT


def test_the_cautions_and_the_advice_are_those_of_the_program():
    assert [each for names, _ in cells("| caution | is for |") for each in names] == [*Caution]
    told = [each for names, _ in cells("| advice | is given when |") for each in names]
    assert sorted(told) == sorted({*ADVICE})


def test_the_limits_are_those_of_the_reader():
    told = (
        f"At most {dose_words.MAX_REPS} reps a set, {dose_words.MAX_SETS} sets, an hour for any one time"
        f" and three hours in all, and a load of {dose_words.MAX_LOAD:g} kg; {values.MAX_STEPS} steps"
        " with repeats counted out."
    )
    assert told in documents.flat("docs/routine-format.md")
    assert (dose_words.MAX_SECONDS, MAX_SESSION) == (3600, 3 * 3600)
    assert Wait(what="").limit == 60
    assert SHORTEST_PHASE == 0.5
