"""Programmes: what a file comes to, and that the documentation tells the truth about it."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.errors import RoutineError, UnknownName
from voicecoach.paths import shipped
from voicecoach.routine.files.library import Library
from voicecoach.routine.files.located_yaml import Mistakes
from voicecoach.routine.files.programme import activities, activity, distances, gate, read_programme, weekday
from voicecoach.routine.programme import Activity, Gate, PhaseName, ProgrammePhase, Weekday

DOC = (Path(__file__).parent.parent.parent / "docs" / "programme-format.md").read_text(encoding="utf-8")
SHIPPED = Library((shipped("routines"),))
PATH = Path("mine.yaml")


def test_the_example_of_the_documentation_is_read_as_it_says():
    (example,) = re.findall(r"```yaml\n(.*?)```", DOC, re.DOTALL)
    programme = read_programme(example.encode(), PATH, "mine", SHIPPED.routines())
    assert (programme.id, programme.name, programme.sore) == ("mine", "Mine", "calm-mini")
    restore, maintain = programme.phases
    assert restore == ProgrammePhase(
        name=PhaseName.RESTORE,
        about="Until the trunk is steady again.",
        activities=(
            Activity(routine="core-three-start", days=4),
            Activity(routine="walk", days=2, on=(Weekday.TUE, Weekday.SAT)),
        ),
        gate=Gate(weeks=2, routine="core-three-start", successes=2),
    )
    assert maintain.gate is None
    assert programme.after(PhaseName.RESTORE) == maintain
    assert programme.after(PhaseName.MAINTAIN) is None
    assert programme.phase(PhaseName.CALM) is None
    assert programme.routines == ("core-three-start", "walk", "maintain", "calm-mini")


def test_the_documentation_names_every_key_of_a_gate():
    with pytest.raises(Mistakes) as caught:
        gate({"what": 1})
    (mistake,) = caught.value.mistakes
    assert set(re.findall(r"^\| `(\w+)` \|", DOC, re.MULTILINE)) == set(
        mistake.expected.removeprefix("one of ").split(", ")
    )


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (3, Activity(routine="core", days=3)),
        ("3 days a week", Activity(routine="core", days=3)),
        ("3x/week", Activity(routine="core", days=3)),
        ("Daily", Activity(routine="core", days=7)),
        ({"days": "2", "apart": "3 days"}, Activity(routine="core", days=2, apart=3)),
        ({"on": "thu mon, thu"}, Activity(routine="core", days=2, on=(Weekday.MON, Weekday.THU))),
        ({"on": ["sun"], "apart": 7}, Activity(routine="core", days=1, apart=7, on=(Weekday.SUN,))),
        ({"days": 3, "or": "quick"}, Activity(routine="core", days=3, others=("quick",))),
        (
            {"on": "sun", "or": ["a", "b"]},
            Activity(routine="core", days=1, on=(Weekday.SUN,), others=("a", "b")),
        ),
    ],
)
def test_ways_to_write_days(written, expected):
    assert activity("core", written) == expected


def test_a_gate_in_full_and_the_names_of_days():
    assert gate({"pain": 4, "for": "3 days", "leg": "steady"}) == Gate(pain=4, pain_days=3, leg_steady=True)
    assert gate({"after": 2}) == Gate(weeks=2)
    assert {weekday(name) for name in ("mon", "Monday", " MOND ")} == {Weekday.MON}


data = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
keyed = st.dictionaries(
    st.sampled_from(["days", "apart", "on", "after", "pain", "for", "leg", "reached", "core"]), data
)


@given(data | keyed)
def test_whatever_is_written_is_understood_or_refused(raw):
    for parse in (activities, gate, lambda raw: activity("core", raw)):
        mistakes = []
        try:
            parse(raw)
        except Mistakes as error:
            mistakes.extend(error.mistakes)
        assert all(each.wrong and each.expected for each in mistakes)


@given(st.binary(max_size=60) | st.text(max_size=60).map(str.encode))
def test_no_file_is_a_traceback(source):
    with pytest.raises(RoutineError):
        read_programme(source, PATH, "mine", SHIPPED.routines())


def test_ones_own_programme_comes_before_the_shipped_one(tmp_path):
    folder = tmp_path / "programmes"
    folder.mkdir()
    (folder / "back.yaml").write_text(
        "name: My back\nsore: core\nphases: [{name: calm, routines: {core: 1}}]\n"
    )
    (tmp_path / "core.yaml").write_text("name: Core\nsteps: [cat_camel]\n")
    library = Library((tmp_path, shipped("routines")))
    assert library.programmes() == ("back",)
    assert library.programme("back").name == "My back"
    assert library.read(folder / "back.yaml") == library.programme("back")
    assert folder / "back.yaml" in library.files(tmp_path)
    with pytest.raises(UnknownName, match="Did you mean 'back'"):
        library.programme("bacj")
    with pytest.raises(UnknownName):
        library.programme("../programmes/back")


@pytest.mark.parametrize(
    ("on", "days"), [((0, 1, 5), [1, 4, 2]), ((2,), [7]), ((0, 3), [3, 4]), (range(7), [1] * 7)]
)
def test_days_from_each_session_to_the_next_one(on, days):
    assert distances(tuple(Weekday(day) for day in on)) == days
