"""The list of all routines, as the home page opens it; the terminal's part is in ``test_terminal``."""

import io
import itertools
from dataclasses import replace

import pytest
from fakes.commands import typed

from voicecoach.app.home import Choice, Deed, Home
from voicecoach.cli import one_key
from voicecoach.cli.chooser import in_order
from voicecoach.display import browser

MINE = "name: Mine\nsteps:\n  - say: Hello.\n"


class Screen(io.StringIO):
    def isatty(self):
        return True


@pytest.fixture
def at_terminal(monkeypatch):
    """What somebody takes from the list, by the key "choose"; and all that the list was given."""
    given = {}

    def browse(choices, **more):
        given.update(more, choices={choice.id: choice for choice in choices})
        return given.get("choose")

    monkeypatch.setattr(browser, "browse", browse)
    monkeypatch.setenv("TERM", "xterm")
    return given


@pytest.fixture
def alone(accepted, run, monkeypatch):
    """Run ``voicecoach`` alone, at a terminal, and open the list; then leave what comes after it."""

    def run_alone(key="4"):
        pressed = itertools.chain([key], itertools.repeat("q"))
        monkeypatch.setattr(one_key, "Keyboard", lambda: typed(next(pressed)))
        monkeypatch.setattr("sys.stdin", Screen())
        monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
        return run()

    return run_alone


@pytest.fixture
def routines(home):
    folder = home / "data" / "routines"
    folder.mkdir(parents=True)
    (folder / "mine.yaml").write_text(MINE)
    (folder / "broken.yaml").write_text("name: [")
    return folder


def test_in_a_pipe_the_help_is_shown_and_for_a_person_who_wants_lines_a_list_of_them(
    run, alone, at_terminal, monkeypatch
):
    piped = run()
    assert "Usage: voicecoach" in piped.out + piped.err
    monkeypatch.setenv("TERM", "dumb")
    dumb = alone()
    monkeypatch.setenv("TERM", "xterm")
    run("config", "set", "view", "plain")
    for shown in (dumb, alone()):
        assert "calm-mini" in shown.out
        assert shown.out.index("\nquick  ") < shown.out.index("\naerobics  ")
        assert (shown.status, "Which one?" in shown.out) == (3, True)
    assert at_terminal == {}


@pytest.mark.usefixtures("routines")
def test_the_list_knows_what_list_and_show_know(run, alone, at_terminal):
    alone()
    choices, minutes, sheet = (at_terminal[key] for key in ("choices", "minutes", "sheet"))
    assert next(iter(choices)) == "quick"
    assert set(choices) == {line.split()[0] for line in run("list").out.splitlines() if line[0] != " "}
    assert choices["core"].equipment == ("mat",)
    assert choices["core"].kinds == ("mobility", "stabilisation", "strength")
    assert f"{minutes('core')} min" in next(x for x in run("list").out.splitlines() if x.startswith("core "))
    assert "⣿" in sheet("core", 80)
    assert max(map(len, sheet("core", 50).splitlines())) <= 50
    run("config", "set", "figure", "off")
    alone()
    assert at_terminal["sheet"]("core", 80) == run("show", "core").out
    assert choices["broken"].trouble == "broken has 1 problem(s): voicecoach check broken"


def test_settings_and_earlier_sessions_are_seen_in_it_and_leaving_it_is_all(run, alone, at_terminal):
    run("config", "set", "theme", "light")
    assert run("log", "core", "--minutes", "9").status == 0
    shown = alone("5")
    assert (shown.status, shown.err) == (3, "")
    assert at_terminal["theme"] == "light"
    assert next(iter(at_terminal["choices"])) == "core"
    assert [at_terminal["choices"][name].last for name in ("core", "walk")] == ["today", "never"]


def offer(routine, *, loads=False, due=False):
    return Choice(deed=Deed.PLAY, shown="", routine=routine, loads=loads, due=due)


def test_what_is_sensible_now_stands_first_and_after_pain_what_loads_nothing():
    names = ("ball", "core", "quick", "stretch", "walk")
    offered = (
        offer("stretch", loads=True, due=True),
        Choice(deed=Deed.PLAN, shown="Make a plan"),
        offer("walk"),
        offer("quick", loads=True),
    )
    today = Home(lines=(), choices=offered, first=0)
    assert in_order(names, today) == ["stretch", "walk", "quick", "ball", "core"]
    assert in_order(names, replace(today, first=None)) == ["walk", "stretch", "quick", "ball", "core"]
    assert in_order(("ball",), Home(lines=(), choices=(), first=None)) == ["ball"]


@pytest.mark.parametrize(("name", "last"), [("mine", "today"), ("mine.yaml", "never")])
def test_what_was_played_by_its_name_was_done_today(run, routines, alone, at_terminal, name, last):
    called = routines / name if "." in name else name
    assert run("play", called, "--voice", "silent", "--output", "instant", "--journal").status == 0
    alone("5")
    assert at_terminal["choices"]["mine"].last == last


def test_broken_settings_are_said_and_nothing_is_listed(alone, at_terminal, home):
    (home / "config").mkdir(parents=True)
    (home / "config" / "config.toml").write_text("view = plain\n")
    shown = alone()
    assert (shown.status, shown.out) == (2, "")
    assert "config.toml:1:8: 'view = plain' cannot be read" in shown.err
    assert at_terminal == {}
