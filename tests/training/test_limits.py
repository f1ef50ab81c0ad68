"""The figures of the rules, and what docs/progression.md says of them."""

import re
from pathlib import Path

from voicecoach.training import limits
from voicecoach.training.limits import LIMITS

TEXT = (Path(__file__).parents[2] / "docs" / "progression.md").read_text(encoding="utf-8")


def row(limit):
    return f"| `{limit.name}` | {limit.about} | {limit.figure} | {limit.source or 'our own choice'} |"


def test_every_figure_stands_below_its_rule():
    sections = re.findall(r"^## (\d+)\..*?\n(.*?)(?=^## |\Z)", TEXT, re.MULTILINE | re.DOTALL)
    there = {int(number): re.findall(r"^\| `.*$", section, re.MULTILINE) for number, section in sections}
    assert there == {number: [row(each) for each in LIMITS if each.rule == number] for number in there}
    assert sum(map(len, there.values())) == len(LIMITS)


def test_every_figure_is_told():
    figures = {
        name for name, value in vars(limits).items() if name.isupper() and isinstance(value, int | float)
    }
    assert figures == {each.name.replace("-", "_").upper() for each in LIMITS}


def test_figures_that_follow_one_another_rise():
    assert limits.MORNING_RISE < limits.AMBER_RISE < limits.SORE_RISE
    assert limits.LAY_OFF_DAYS < limits.LONG_LAY_OFF_DAYS < limits.ANEW_DAYS


SHOWN_OR_SAID = {"BEFORE", "SHOWN", "_PARTS", "_ENOUGH", "LEARNING", "FORGETTING", "EVERY", "MOST_READ"}
"""Figures of how something is shown, explained or reminded of, which change no dose and no question."""


def test_no_rule_keeps_a_figure_of_its_own():
    choice = re.compile(r'^(\w+): Final = .*\d.*\n"""[^"]*\[own choice\]', re.MULTILINE)
    for path in Path(limits.__file__).parent.glob("*.py"):
        assert {*choice.findall(path.read_text(encoding="utf-8"))} <= SHOWN_OR_SAID, path.name
