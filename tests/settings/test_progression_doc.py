"""docs/progression.md has every figure of the rules, as it is."""

import re
from pathlib import Path

from voicecoach.routine.progression import FIGURES
from voicecoach.settings.table import SETTINGS

TEXT = (Path(__file__).parents[2] / "docs" / "progression.md").read_text(encoding="utf-8")


def row(setting):
    figure = FIGURES[setting.name]
    limits = ", ".join(filter(None, (f"{figure.least:g} to {figure.most:g}", figure.unit)))
    whose = figure.source or "our own choice"
    return f"| `{setting.key}` | {figure.about} | {setting.shown(setting.default)} | {limits} | {whose} |"


def test_every_figure_stands_below_its_rule():
    there = {}
    for number, section in re.findall(r"^## (\d+)\..*?\n(.*?)(?=^## |\Z)", TEXT, re.MULTILINE | re.DOTALL):
        there[int(number)] = re.findall(r"^\| `rule-.*$", section, re.MULTILINE)
    expected = {number: [] for number in there}
    for setting in SETTINGS.values():
        if setting.rule:
            expected[FIGURES[setting.name].rule].append(row(setting))
    assert there == expected


def test_settings_that_it_names_exist():
    assert set(re.findall(r"`?(rule-[a-z-]+)", TEXT)) == {key for key in SETTINGS if key.startswith("rule-")}
