"""Sentences of an exercise in files of their own, one for each language."""

import pytest
from shipped_files import in_one_file

from voicecoach.errors import RoutineError
from voicecoach.routine.files.library import Library

FACTS = """\
kind: strength
posture: supine
rep: up 2s, hold 3s
reps: 5
easier: [~, flat]
cautions:
  knee:
  op: leave out
"""
ENGLISH = """\
name: Lift
position: [Lie down., Bend your knees.]
words: {up: Lift up}
cues: [Slowly., {up: Breathe.}]
easier:
  - Lift one leg.
cautions: {knee: Bend less.}
"""
GERMAN = """\
name: Heben
position: [Hinlegen.]
phases: {up: hoch}
cautions: {knee: Weniger beugen.}
"""


@pytest.fixture
def folder(tmp_path):
    for name, text in (("lift", FACTS), ("en/lift", ENGLISH), ("de/lift", GERMAN), ("flat", ENGLISH + FACTS)):
        path = tmp_path / "exercises" / f"{name}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text if name != "flat" else "name: Flat\nrep: up 2s\n", encoding="utf-8")
    return tmp_path


def told(exercise):
    return (
        exercise.name,
        exercise.position,
        exercise.words,
        [(cue.text, cue.phase) for cue in exercise.cues.rotating],
        [each.exercise or each.text for each in exercise.easier],
        {caution.value: remedy.advice for caution, remedy in exercise.cautions.items()},
        [phase.name for phase in exercise.rep],
    )


def test_they_are_filled_into_the_facts_and_english_stands_in_for_what_a_language_lacks(folder):
    english, german = Library([folder]), Library([folder], "de")
    spoken, easier = [("Slowly.", ""), ("Breathe.", "up")], ["Lift one leg.", "flat"]
    cautions, position = {"knee": "Bend less.", "op": ""}, ("Lie down.", "Bend your knees.")
    said = ("Lift", position, {"up": "Lift up"}, spoken, easier, cautions, ["up", "hold"])
    assert told(english.exercise("lift")) == said
    cautions, spoken = {"knee": "Weniger beugen.", "op": ""}, [("Slowly.", ""), ("Breathe.", "hoch")]
    said = ("Heben", ("Hinlegen.",), {"hoch": "Lift up"}, spoken, easier, cautions, ["hoch", "hold"])
    assert told(german.exercise("lift")) == said
    assert german.lacking("lift") == ("words", "cues", "easier")
    assert english.lacking("lift") == german.lacking("flat") == ()
    lacking = Library([folder], "fr").lacking("lift")
    assert lacking == ("name", "position", "words", "cues", "easier", "cautions")


FIGURE = "figure: {from: hook_lying, poses: {up: {trunk: 203}}}\n"
DRAWN = FACTS.replace("[~, flat]", "[figure: {poses: {up: {trunk: 190}}}, flat]") + FIGURE


@pytest.mark.parametrize(
    "told", ["Lift one leg.", "{text: Lift one leg.}", "{text: Lift one leg., words: {up: One leg}}"]
)
def test_a_sentence_stands_beside_the_figure_in_the_facts(folder, told):
    (folder / "exercises" / "lift.yaml").write_text(DRAWN, encoding="utf-8")
    (folder / "exercises" / "en" / "lift.yaml").write_text(ENGLISH.replace("Lift one leg.", told))
    for language, phase in (("en", "up"), ("de", "hoch")):
        varied, _ = Library([folder], language).exercise("lift").easier
        assert varied.text == "Lift one leg."
        assert set(varied.figure.poses) == {phase}
        assert varied.words == ({phase: "One leg"} if "words" in told else {})


@pytest.mark.parametrize(
    ("file", "text", "problem"),
    [
        ("de/lift", GERMAN + "rest: 5s\n", "de/lift.yaml:5:1: 'rest' is no sentence"),
        ("de/lift", GERMAN + "feel: {a: b}\n", "de/lift.yaml:5:7: "),
        ("en/lift", ENGLISH + "cues: x\n", "en/lift.yaml:8:1: 'cues' is here twice"),
        ("en/lift", "position: Lie down.\n", "lift.yaml:1:1: 'name' is missing"),
        ("lift", FACTS.replace("reps: 5", "reps: x"), "lift.yaml:4:7: "),
        ("lift", FACTS.replace("  op:", "  what:"), "exercises/lift.yaml:8:3: "),
        ("lift", DRAWN.replace("190", "900"), "exercises/lift.yaml:5:39: 900 degrees"),
    ],
)
def test_a_mistake_has_its_place_in_the_file_where_it_stands(folder, file, text, problem):
    (folder / "exercises" / "de" / "lift.yaml").write_text("phases: {up: hoch}\n", encoding="utf-8")
    (folder / "exercises" / f"{file}.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(RoutineError) as caught:
        Library([folder], "de").exercise("lift")
    assert problem in str(caught.value)
    checked = Library([folder], "de").check([folder / "exercises" / f"{file}.yaml"])
    assert any(problem in str(each) for each in checked)


def test_a_file_of_ones_own_replaces_facts_and_sentences(folder, tmp_path):
    own = tmp_path / "own" / "exercises"
    own.mkdir(parents=True)
    (own / "lift.yaml").write_text("name: Mine\nrep: up 9s\n", encoding="utf-8")
    assert told(Library([own.parent, folder], "de").exercise("lift"))[:3] == ("Mine", (), {})


def test_a_shipped_exercise_means_the_same_in_one_file(folder):
    shipped = Library.default()
    (folder / "routine.yaml").write_text("name: x\nsteps: []\n", encoding="utf-8")
    for name in shipped.exercises():
        (folder / "exercises" / f"{name}.yaml").write_text(in_one_file(f"{name}.yaml"), encoding="utf-8")
    whole = Library([folder])
    for name in shipped.exercises():
        assert whole.exercise(name) == shipped.exercise(name), name


def test_a_routine_is_translated_by_its_texts(folder):
    (folder / "short.yaml").write_text("name: Short\nabout: Brief.\nsteps: [lift]\n", encoding="utf-8")
    (folder / "de").mkdir()
    (folder / "de" / "short.yaml").write_text("name: Kurz\n", encoding="utf-8")
    english, german = (Library([folder], each).load("short") for each in ("en", "de"))
    assert (english.name, english.about) == ("Short", "Brief.")
    assert (german.name, german.about) == ("Kurz", "Brief.")
    assert german.steps[0].exercise.name == "Heben"
    (folder / "de" / "short.yaml").write_text("steps: [lift]\n", encoding="utf-8")
    with pytest.raises(RoutineError, match=r"de/short.yaml:1:1: "):
        Library([folder], "de").load("short")
