"""Settings of the whole suite, and the fixture for proofs: tests that have more cases than a run can take."""

import functools
import gc
import os
import signal

import pytest
from hypothesis import settings
from many import share

from voicecoach.voices.worker import WorkerClient

IN_REAL_TIME = ("audio", "terminal")
OF_ITS_OWN = {"test_completion.py": "room", "test_room.py": "room"}
"""Files of tests in real time that take so long that they go beside the others of their kind."""

EXAMPLES = {"some": 10, "all": 1000}
"""How many examples a property is tried with, in a usual run and in a proof."""

UNHURRIED = {"patience": 120.0, "load_limit": 120.0, "limit": 60.0}
"""Seconds that a voice may take here: one that must give way to all other tests is slow, but not broken."""

# How long an example takes depends on what else the machine is doing; nothing passes or fails by it.
# Who works on the program tries other examples each time; a change is judged by the same ones as the last.
for profile, examples in EXAMPLES.items():
    same = profile == "some" and "VOICECOACH_SAME_EXAMPLES" in os.environ
    settings.register_profile(profile, deadline=None, derandomize=same, max_examples=examples)


def pytest_configure(config):
    start = WorkerClient.__init__
    start.__kwdefaults__ = {**start.__kwdefaults__, **UNHURRIED}
    # Where a script starts the tests in the background, Ctrl-C is ignored, and by every program they start.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    settings.load_profile("all" if config.getoption("--share") >= 1 else "some")


@pytest.hookimpl(tryfirst=True)  # before pytest-xdist looks at the groups
def pytest_collection_modifyitems(items):
    """Mark what belongs to a proof, and what is to follow one another in the same worker: those in real time,
    beside other tests, and those that share what their module makes for them, which is then made once.
    """
    for item in items:
        if "some" in item.fixturenames:
            item.add_marker(pytest.mark.proof)
        if mark := next(filter(item.get_closest_marker, IN_REAL_TIME), None):
            group = OF_ITS_OWN.get(item.path.name) or ("faults" if "faults" in item.path.parts else mark)
            item.add_marker(pytest.mark.xdist_group(group))
        elif _shares(item):
            item.add_marker(pytest.mark.xdist_group(item.path.name))


def _shares(item):
    """Tell whether a test uses what is made once for all those of its module."""
    used = item._fixtureinfo.name2fixturedefs.values()
    return any(each.scope == "module" for made in used for each in made)


def pytest_collection_finish():
    """Look for no garbage among the tests: that takes a tenth of their time."""
    gc.freeze()


def pytest_addoption(parser):
    proofs = parser.getgroup("proofs", "tests with more cases than a run can take (scripts/prove)")
    proofs.addoption("--share", type=float, default=0.01, help="the share of cases to run; 1 runs them all")
    proofs.addoption("--seed", default="0", help="chooses which cases belong to the share")


@pytest.fixture(scope="session")
def some(request):
    """``some(cases)`` returns a seeded share of ``cases`` in their order, at least one."""
    return functools.partial(share, request.config)


@pytest.fixture(scope="session")
def progress(request):
    """``progress(line)`` shows how far a long proof is, whatever is captured."""
    reporter = request.config.pluginmanager.getplugin("terminalreporter")
    return reporter.write_line if reporter else print


@pytest.fixture
def told():
    """What the person is told."""
    return []


def pytest_terminal_summary(terminalreporter):
    """Print the figures and tables that passed tests recorded."""
    passed = [each for each in terminalreporter.getreports("passed") if each.when == "call"]
    recorded = [both for each in passed for both in each.user_properties]
    figures = [value for name, value in recorded if name in {"figure", "table"}]
    if figures:
        terminalreporter.section("figures")
        terminalreporter.write_line("\n".join(figures))
