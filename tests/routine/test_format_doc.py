"""The examples of the documents are what the program reads; docs/routine-format.md names all there is."""

import re

import documents
import pytest

from voicecoach import paths
from voicecoach.app import estimates, prepare
from voicecoach.routine import lint
from voicecoach.routine.files import shapes
from voicecoach.routine.files.dose_words import parse_dose
from voicecoach.routine.files.library import Library
from voicecoach.routine.files.routine import read_exercise, read_routine
from voicecoach.routine.lint import Level
from voicecoach.routine.model import Caution, Kind, Posture
from voicecoach.routine.programme import Programme
from voicecoach.timeline import lint as timing
from voicecoach.timeline.expand import Settings

DOC = documents.ROOT / "docs" / "routine-format.md"
TEXT = documents.TEXTS["docs/routine-format.md"]
PROGRAMME = ("docs/programme-format.md", "yaml")
BLOCKS = [
    (each.kind.removeprefix("yaml").strip(), each.text)
    for each in documents.BLOCKS
    if each.kind.startswith("yaml") and (each.document, each.kind) != PROGRAMME
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
        assert all(
            getattr(exercise, key) for key in ("rep", "words", "cues", "errors", "cautions", "sources")
        ) or (exercise.cadence and exercise.prompts)
    else:
        assert read_routine(block.encode(), DOC, "example", SHIPPED).steps


@pytest.mark.parametrize("block", [block for what, block in BLOCKS if not what], ids=lambda block: block[:20])
def test_an_example_is_well_advised(block):
    routine = read_routine(block.encode(), DOC, "example", SHIPPED)
    score = estimates.estimate(prepare.steps_of(routine, Settings()))
    found = [*lint.advise(routine), *timing.advise(routine, score)]
    assert [each for each in found if each.level is Level.ADVICE] == []


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


def test_all_advice_is_named():
    for name in [
        rule.name
        for rules in (lint.EXERCISE_RULES, lint.ROUTINE_RULES, lint.NAME_RULES, lint.TEXT_RULES, timing.RULES)
        for rule in rules
    ]:
        assert f"`{name}`" in TEXT, name


def test_every_key_and_every_choice_is_named():
    for key in (*shapes.keys(shapes.ChangesShape), *shapes.keys(shapes.ExerciseShape)):
        assert re.search(rf"\b{key}\b", TEXT), key
    for value in (*Kind, *Posture, *Caution):
        assert re.search(rf"\b{value}\b", TEXT), value
