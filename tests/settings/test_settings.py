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


def test_what_is_written_as_text_is_understood():
    text = "rate = '140'\nlead-in = '2s'\ndelay = '1m30s'\nclicks = 'yes'\nview = 'Plain'\nrate-is = 1"
    found = parse(text, HERE)
    settings = found.settings
    assert (settings.rate, settings.lead_in, settings.delay, settings.clicks) == (140, 2, 90, True)
    assert settings.view == "plain"
    assert [problem.line for problem in found.problems] == [6]


def test_a_setting_is_read_by_the_key_it_had_in_version_0_1_0_and_written_by_its_present_one():
    found = parse("tempo = 80  # slow", HERE)
    assert (found.problems, found.settings.speed, found.yours) == ((), 80, {"speed"})
    assert with_value("tempo = 80  # slow\n", SETTINGS["speed"], 90) == "speed = 90  # slow\n"
    assert problems("speed = 90\ntempo = 80") == [
        "config.toml:2:1: 'tempo' is 'speed' now, which is set as well; take this line out"
    ]


def test_figures_of_the_rules_that_version_0_1_0_had_are_passed_over_and_named_in_one_line():
    found = parse("rule-red-pain = 3\nrate = 140\nrule-load-step = 'x'", HERE)
    assert (found.problems, found.settings.rate, found.yours) == ((), 140, {"rate"})
    assert found.remark == (
        "Not used any more, as the figures of the rules are fixed: rule-red-pain, rule-load-step."
        " See them with: voicecoach config rules"
    )
    assert parse("rate = 140", HERE).remark == ""


WRONG = """\
# Everything in here is wrong.
rate = 90
speed = 100.5
voice-volume = true
delay = "-3s"
lead-in = nan
voice = "natral"
theme = 2026-01-01
music = "calm.mp3"
clicks = 1
vew = "plain"
"""


def test_every_problem_has_its_place_and_says_what_is_expected():
    assert problems(WRONG) == [
        (
            "config.toml:2:8: rate: 90 is too small; a whole number from 110 to 320, in words a minute; "
            "for example: rate = 140"
        ),
        (
            "config.toml:3:9: speed: 100.5 is not a whole number; a whole number from 50 to 150, in percent; "
            "for example: speed = 80"
        ),
        (
            "config.toml:4:16: voice-volume: true is not a whole number; a whole number from 0 to 150, "
            "in percent; for example: voice-volume = 120"
        ),
        (
            "config.toml:5:9: delay: '-3s' is not such a time; a time from 0 to 120 seconds; "
            "for example: delay = 20"
        ),
        (
            "config.toml:6:11: lead-in: nan is not such a time; a time from 0 to 10 seconds; "
            "for example: lead-in = 2"
        ),
        (
            "config.toml:7:9: voice: 'natral' is not known here; did you mean 'natural'?; "
            'for example: voice = "natural"'
        ),
        (
            "config.toml:8:9: theme: '2026-01-01' is not known here; one of dark, light, contrast; "
            'for example: theme = "light"'
        ),
        (
            "config.toml:9:9: music: 'calm.mp3' does not say where it begins; "
            "a file or folder with its whole path, or '' for none; for example: music = '~/Music/calm'"
        ),
        "config.toml:10:10: clicks: 1 is neither true nor false; true or false; for example: clicks = true",
        "config.toml:11:1: unknown key 'vew'; did you mean 'view'?",
    ]


def test_lines_that_are_no_toml_are_all_named_and_the_rest_is_read():
    found = parse(
        'voice = natural\nrate: 140\nrate = 150\nrate = 160\n[odd\n"x\ndelay = 1d\ntempo = 90', HERE
    )
    assert [(problem.line, problem.column) for problem in found.problems] == [
        *[(1, 9), (2, 7), (4, 1), (5, 1), (6, 1), (7, 9)]
    ]
    assert "'rate' is set again" in found.problems[2].wrong
    assert (found.settings.rate, found.settings.speed) == (150, 90)


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


def test_a_value_stands_below_its_explanation_and_keeps_its_remark():
    text = with_value(commented(), SETTINGS["rate"], 140)
    assert "in words a minute; for example: rate = 140\nrate = 140\n" in text
    remarked = with_value(MINE, SETTINGS["rate"], 150)
    assert remarked == MINE.replace("200", "150")
    assert without_value(remarked, SETTINGS["rate"]) == MINE.replace("rate = 200", "# rate = 165")


@pytest.mark.parametrize(
    "text", ["rate.x = 1\n", "[rate]\nx = 1\n", '"rate" = 2\n', '[odd]\nx = """\nrate = 3"""\n']
)
def test_values_written_in_another_way_can_be_changed_too(text):
    changed = with_value(text, SETTINGS["rate"], 140)
    assert parse(changed, HERE).settings.rate == 140
    assert "rate" not in tomllib.loads(without_value(changed, SETTINGS["rate"]))
    assert "rate" not in tomllib.loads(without_value(text, SETTINGS["rate"]))
