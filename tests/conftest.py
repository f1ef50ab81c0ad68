"""What holds for all tests."""

import os

import pytest
from hypothesis import settings

IN_REAL_TIME = ("audio", "terminal")

# How long an example takes depends on what else the machine is doing; nothing passes or fails by it.
# Who works on the program tries other examples each time; a change is judged by the same ones as the last.
settings.register_profile("voicecoach", deadline=None, derandomize="VOICECOACH_SAME_EXAMPLES" in os.environ)
settings.load_profile("voicecoach")


def pytest_collection_modifyitems(items):
    """Beside other tests those in real time still follow one another, so as not to be disturbed."""
    for item in items:
        if any(item.get_closest_marker(mark) for mark in IN_REAL_TIME):
            item.add_marker(pytest.mark.xdist_group("in real time"))


def pytest_terminal_summary(terminalreporter):
    """Shows the charts that tests have recorded, one line each."""
    passed = terminalreporter.getreports("passed")
    charts = [
        value
        for report in passed
        if report.when == "call"
        for name, value in report.user_properties
        if name == "chart"
    ]
    if charts:
        terminalreporter.section("a year of training, by month")
        terminalreporter.write_line("\n".join(charts))
