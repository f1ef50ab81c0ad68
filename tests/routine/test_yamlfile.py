from pathlib import Path

import pytest
import yaml

from voicecoach.errors import RoutineError
from voicecoach.routine.files.located_yaml import MAX_BYTES, MAX_DEPTH, parse

HERE = Path("a.yaml")
STAIRS = "".join(f"{' ' * depth}a:\n" for depth in range(1_300))


@pytest.fixture(params=["libyaml", "python"], autouse=True)
def loader(request, monkeypatch):
    """Both parsers that PyYAML may have read a file alike."""
    if request.param == "python":
        monkeypatch.delattr(yaml, "CSafeLoader", raising=False)


def data(text):
    document = parse(text.encode(), HERE)
    assert document.problems == []
    return document.data


def places(source):
    """The problems of a file that cannot be read as ``line:column: wrong``."""
    with pytest.raises(RoutineError) as caught:
        parse(source if isinstance(source, bytes) else source.encode(), HERE)
    return [f"{problem.line}:{problem.column}: {problem.wrong}" for problem in caught.value.problems]


SCALARS = {
    "12": 12, "-5": -5, "010": 10, "0x1F": "0x1F", "1_000": "1_000", "2.5": 2.5, "1e3": 1000.0,
    "1:30": "1:30", "6-4-2": "6-4-2", "2024-01-02": "2024-01-02",
    "true": True, "False": False, "yes": "yes", "off": "off",
    "n": "n", "~": None, "null": None, "'12'": "12", '"true"': "true", "!!str 12x": "12x", "=": "=",
    "9" * 5000: "9" * 5000,
}  # fmt: skip


def test_scalars_mean_what_people_mean():
    for text, value in SCALARS.items():
        [found] = data(f"- {text}\n")
        assert (found, type(found)) == (value, type(value)), text


def test_keys_are_text():
    assert data("off: 1\nyes: 2\n12: 3\nnull: 4\n") == {"off": 1, "yes": 2, "12": 3, "null": 4}


def test_places_count_characters_after_a_byte_order_mark():
    document = parse("\ufeffä: [ü, {ö: 1}]\n".encode(), HERE)
    assert document.values["ä", 1, "ö"] == (1, 12)
    assert document.keys["ä", 1, "ö"] == (1, 9)


@pytest.mark.parametrize(
    ("source", "problem"),
    [
        ("a: b: c\n", "1:5: a ':' is not expected here"),
        ("a:\n\tb: [1\n", "2:1: a tab"),
        ("a: @b\n", "1:4: '@' cannot begin a text"),
        ("a: 'b\n", "2:1: a quotation mark is never closed"),
        ("a: [b\n", "2:1: a bracket does not close as expected"),
        ("a: {b: 1\n", "2:1: a bracket does not close as expected"),
        ("a: 1\n---\nb: 2\n", "2:1: a second document begins with '---'"),
        ("? [a]\n: 1\n", "1:3: a key is a list or a mapping"),
        ("{side}: 1\n", "1:1: a key is a list or a mapping"),
        ("'': 1\n", "1:1: a value has no key"),
        ("a: 1\n b: 2\n", "2:3: a ':' is not expected here"),
        (b"a: \xff\n", "1:4: this is not UTF-8 text"),
        ("a: 1\nb: \x07\n", "2:4: control character U+0007"),
        ("a: 1\n".encode("utf-16"), "1:1: this is not UTF-8 text"),
        (b"#" * (MAX_BYTES + 1), "1:1: the file is too large"),
        ("[" * 20_000, f"1:{MAX_DEPTH + 1}: this is nested too deeply"),
        ("{a: " * 3_000, f"1:{MAX_DEPTH * 4 + 1}: this is nested too deeply"),
        ("- " * 2_000, f"1:{MAX_DEPTH * 2 + 1}: this is nested too deeply"),
        (STAIRS, f"{MAX_DEPTH + 1}:{MAX_DEPTH + 1}: this is nested too deeply"),
        ("- [" + "1," * 40_000 + "]", "1:40000: the file holds too much"),
    ],
    ids=lambda value: str(value)[:20],
)
def test_what_cannot_be_read_has_its_place(source, problem):
    assert places(source) == [problem]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("a:\n\tb: 1\n", {"a": {"b": 1}}),
        ("a:\n - b: 1\n\tc: 2\n - d: 3\n", {"a": [{"b": 1, "c": 2}, {"d": 3}]}),
        ("a:\n\tb:\n\t\tc: 1\n\td: 2\n", {"a": {"b": {"c": 1}, "d": 2}}),
    ],
)
def test_a_tab_hides_nothing_else(text, meant):
    document = parse((text + "e: !x 1\n").encode(), HERE)
    assert document.data == meant | {"e": "1"}
    lines = [number for number, line in enumerate(text.split("\n"), start=1) if "\t" in line]
    assert [problem.line for problem in document.error().problems][:-1] == lines
    assert [problem.wrong for problem in document.error().problems][:-1] == ["a tab"] * len(lines)


def test_known_keys_are_understood_in_other_capitals():
    known = {"name": "name", "one_side_first": "one_side_first"}
    document = parse(b"Name: a\nONE-side first: b\nOther: {name: c}\nname: d\n", HERE, known)
    assert document.data == {"name": "a", "one_side_first": "b", "Other": {"name": "c"}}
    assert document.keys["one_side_first",] == (2, 1)
    assert [problem.wrong for problem in document.problems] == ["'name' is here twice"]


def test_a_key_may_have_another_name():
    document = parse(b"- {Dose: 1}\n- {reps: 1, dose: 2}\n", HERE, {"reps": "reps", "dose": "reps"})
    assert document.data == [{"reps": 1}, {"reps": 1}]
    assert list(map(str, document.problems)) == [
        "a.yaml:2:13: 'dose' means the same as 'reps', which is here too; keep one of the two"
    ]


def test_a_side_in_braces_is_text_inside_brackets_too():
    text = b"a: [Stand on the {side} leg., Let the {other} hang.]\nb: {side} leg # {other}\nc: '{operated}'\n"
    document = parse(text, HERE)
    assert document.data == {
        "a": ["Stand on the {side} leg.", "Let the {other} hang."],
        "b": "{side} leg",
        "c": "{operated}",
    }
    assert document.values["a", 1] == (1, 31)
    assert document.commented == {("b",): "{side} leg"}


def test_duplicate_keys_keep_the_first():
    document = parse(b"a: 1\nb:\n  a: 1\na: {c: [2]}\n", HERE)
    assert document.data == {"a": 1, "b": {"a": 1}}
    assert [str(problem) for problem in document.problems] == [
        "a.yaml:4:1: 'a' is here twice; keep one of the two"
    ]


def test_an_alias_bomb_is_never_built():
    lines = ["a0: &a0 [x, x]"]
    lines += [f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}, *a{n - 1}, *a{n - 1}]" for n in range(1, 30)]
    document = parse("\n".join(lines).encode(), HERE)
    assert len(document.problems) == 4 * 29
    assert isinstance(document.data, dict)
    assert document.data["a29"] == [None] * 4


def test_more_is_not_said_about_what_is_broken():
    document = parse(b"a: !thing {b: 1}\n", HERE)
    document.complain(("a", "b"), "wrong", "expected")
    document.complain(("a",), "wrong", "expected")
    assert len(document.problems) == 1
