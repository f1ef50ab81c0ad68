"""The table of settings, and the text of the file that is made from it."""

import re
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.settings.file import commented, parse, with_value, without_value
from voicecoach.settings.table import SETTINGS, SessionSettings, Theme

HERE = Path("config.toml")

values = {
    "rate": st.integers(110, 320),
    "voice": st.sampled_from(["auto", "natural", "pyttsx3", "silent"]),
    "lead-in": st.floats(0, 10),
    "delay": st.integers(0, 120),
    "clicks": st.booleans(),
    "music": st.text(st.characters(exclude_categories=["C", "Z"])).map(lambda name: Path("/", name)),
}
changes = st.one_of(*(st.tuples(st.just(key), each) for key, each in values.items()))


def problems(text):
    return [str(problem) for problem in parse(text, HERE).problems]


def test_the_commented_file_sets_nothing():
    assert tomllib.loads(commented()) == {}
    assert max(map(len, commented().splitlines())) <= 110


def test_taking_away_every_mark_sets_every_default():
    bare = re.sub(r"(?m)^# (?=[\w-]+ = )", "", commented())
    found = parse(bare, HERE)
    assert found.problems == ()
    assert found.yours == set(SETTINGS)
    assert found.settings == SessionSettings()


@pytest.mark.parametrize("setting", SETTINGS.values(), ids=SETTINGS)
def test_every_example_is_right_and_not_the_default(setting):
    found = parse(setting.example, HERE)
    assert found.problems == ()
    if setting.key != "language":  # there is only one so far
        assert found.value(setting) != setting.default
    assert setting.about.endswith(".")


def test_options_come_before_settings_and_none_leaves_them():
    settings = parse('rate = 140\ntheme = "light"', HERE).settings
    chosen = settings.overridden(rate=None, theme=Theme.CONTRAST, delay=0.0, clicks=None)
    assert (chosen.rate, chosen.theme, chosen.delay) == (140, Theme.CONTRAST, 0)


@pytest.mark.parametrize(
    "text",
    ["rate = " + "9" * 5000, "rate = " + "[" * 5000, "[rate]\nx = 1", "rate.x = 1", "\0", "a = '\x1b[2J'"],
)
def test_odd_files_have_problems_and_no_escapes(text):
    shown = problems(text)
    assert shown
    assert "\x1b" not in "".join(shown)


@given(text=st.text(st.characters(codec="utf-8"), max_size=60))
def test_no_text_breaks_it(text):
    parse(text.replace("\r\n", "\n"), HERE)


MINE = "# Mine.\nrate = 200   # for mum\n\n# theme = 'light'\nodd = 3\n"


@given(steps=st.lists(changes, max_size=6), start=st.sampled_from([commented(), MINE, ""]))
def test_changing_and_taking_back_leaves_the_rest_as_it_was(steps, start):
    text = start
    expected = {}
    for key, value in steps:
        text = with_value(text, SETTINGS[key], value)
        expected[key] = value
    found = parse(text, HERE)
    assert {key: found.value(SETTINGS[key]) for key in expected} == expected
    assert [line for line in start.splitlines() if line.startswith("# M")] == [
        line for line in text.splitlines() if line.startswith("# M")
    ]
    for key in expected:
        text = without_value(text, SETTINGS[key])
    assert not parse(text, HERE).yours & set(expected)
    if start == commented():
        assert text == start


@pytest.mark.parametrize(
    "text", ["rate.x = 1\n", "[rate]\nx = 1\n", '"rate" = 2\n', '[odd]\nx = """\nrate = 3"""\n']
)
def test_values_written_in_another_way_can_be_changed_too(text):
    changed = with_value(text, SETTINGS["rate"], 140)
    assert parse(changed, HERE).settings.rate == 140
    assert "rate" not in tomllib.loads(without_value(changed, SETTINGS["rate"]))
    assert "rate" not in tomllib.loads(without_value(text, SETTINGS["rate"]))
