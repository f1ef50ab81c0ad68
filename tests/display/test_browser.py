"""The list of routines to choose from, driven by keys."""

import asyncio
import textwrap
import threading
from pathlib import Path

import pytest
from golden import assert_golden
from rich.style import Style
from screens import SIZES, svg
from textual.events import Key
from textual.widgets import Input

from voicecoach.display.browser import HELP, Browser
from voicecoach.display.routine_list import RoutineEntry
from voicecoach.display.themes import Colour, contrast

PICTURES = Path(__file__).parent / "pictures"
CHOICES = (
    RoutineEntry("ball", "Ball, steady", "Balance.", ("chair", "ball", "wall"), ("stabilisation",), "never"),
    RoutineEntry(
        "calm", "Calm mini", "For a sore day.", ("mat", "pillow"), ("breathing", "stretch"), "3 days ago"
    ),
    RoutineEntry("core", "Core", "Gentle strength.", ("mat",), ("mobility", "strength"), "yesterday"),
    RoutineEntry("mine", "mine", trouble="mine has 2 problem(s): voicecoach check mine"),
    *(RoutineEntry(f"walk-{number}", f"Walk [b]{number}[/b]", kinds=("aerobic",)) for number in range(12)),
)


def sheet(name, width):
    body = textwrap.wrap(
        f"{name} {width}: lift one leg, and lower it slowly. Keep your hips level. " * 9, width
    )
    return "\n".join((name.title(), "=" * len(name), *body, "", "1. Bird dog: 3 reps", "   [red]Hold[/red]"))


def drive(script, size=(80, 24), theme="dark", minutes=len):
    """Let ``script`` press keys; what the browser ended with."""

    async def run():
        browser = Browser(CHOICES, minutes, sheet, theme)
        async with browser.run_test(size=size) as pilot:
            await settle(pilot)
            await script(pilot)
        return browser.return_value

    return asyncio.run(run())


async def settle(pilot):
    """Wait until nothing is left to do."""
    await pilot.pause()
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


def screen(pilot):
    return "\n".join(strip.text for strip in pilot.app.screen._compositor.render_strips())


def keys(*presses):
    async def script(pilot):
        await pilot.press(*presses)
        await settle(pilot)

    return script


@pytest.mark.parametrize(
    ("presses", "chosen"),
    [
        (["end", "up", "down", "enter"], "walk-11"),
        (["slash", *"mat", "down", "down", "enter"], "core"),
        (["slash", *"no", "enter", "enter", "q"], None),
        (["slash", "q", "escape", "escape"], None),
        (["slash", "ctrl+c"], None),
        (["down", "down", "down", "enter", "q"], None),
        (["question_mark", "q", "down", "enter"], "calm"),
    ],
)
def test_keys(presses, chosen):
    assert drive(keys(*presses)) == chosen


def test_words_typed_in_a_burst_all_reach_the_filter():
    shown = []

    async def burst(pilot):
        for key in ("slash", *"calm"):
            pilot.app.post_message(Key(key, None if key == "slash" else key))
        await settle(pilot)
        shown.append(pilot.app.query_one(Input).value)

    drive(burst)
    assert shown == ["calm"]


SHOWN = (
    ((), "Ball\n"),
    (("pagedown", "space"), "[red]Hold[/red]"),
    (("pageup", "pageup"), "ball 77: lift one leg"),
    (("pagedown", "down"), "Calm\n"),
    ((), "calm 77: lift one leg"),
    ((), "Walk [b]0[/b]"),
    (("question_mark",), HELP.splitlines()[0]),
    ((), HELP.splitlines()[-1]),
    (("escape", "down", "down", "enter"), "mine has 2 problem(s): voicecoach check mine"),
    (("slash", *"sore"), "calm 77"),
    ((*"xyz",), "Escape shows all again"),
)
"""What is pressed, one after the other, and what stands on the screen then."""


def squeezed(text):
    """Without blanks: a title stands s p a c e d."""
    return text.replace(" ", "")


def test_what_is_shown():
    missing = []

    async def script(pilot):
        for presses, text in SHOWN:
            await keys(*presses)(pilot)
            shown = screen(pilot)
            if squeezed(text) not in squeezed(shown):
                missing.append((presses, text, shown))

    drive(script)
    assert missing == []


def test_it_opens_before_the_minutes_are_known():
    known = threading.Event()
    shown = []

    def minutes(name):
        known.wait()
        return 7

    async def run():
        async with Browser(CHOICES, minutes, sheet).run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            shown.append(screen(pilot))
            known.set()
            await settle(pilot)
            shown.append(screen(pilot))

    asyncio.run(run())
    assert "Ball, steady" in shown[0]
    assert "7 min" not in shown[0]
    assert shown[1].count("7 min") > 3


@pytest.mark.parametrize("size", [(40, 15), (60, 20), (80, 24), (120, 40), (200, 60)])
def test_it_begins_on_the_first_which_stands_on_top_in_full(size):
    async def script(pilot):
        shown = screen(pilot)
        for told in ("Ball, steady", "chair, ball, wall", "Balance."):
            assert told in shown
        await pilot.press("enter")

    assert drive(script, size) == "ball"


def test_resizing_keeps_the_cursor_and_loses_nothing():
    async def script(pilot):
        await keys("down", "down")(pilot)
        for size in ((200, 60), (20, 5), (1, 1), (80, 24)):
            await pilot.resize_terminal(*size)
            await settle(pilot)
        assert "core 77: lift one leg" in screen(pilot)
        await pilot.press("enter")

    assert drive(script) == "core"


@pytest.mark.parametrize(
    ("name", "size", "theme", "presses"),
    [
        *((f"{size[0]}x{size[1]}", size, "dark", ["down"]) for size in SIZES),
        ("light", (80, 24), "light", ["down"]),
        ("contrast", (80, 24), "contrast", ["down"]),
        ("help", (80, 24), "dark", ["question_mark"]),
        ("filter", (80, 24), "dark", ["slash", *"mat"]),
    ],
)
def test_picture(name, size, theme, presses):
    drawn = []

    async def script(pilot):
        pilot.app.screen.query("Input").first().cursor_blink = False
        await keys(*presses)(pilot)
        strips = pilot.app.screen._compositor.render_strips()
        drawn.append(svg([strip.apply_style(Style(color="white")) for strip in strips]))  # blanks have none

    drive(script, size, theme, minutes=lambda name: 4 * len(name))
    assert_golden(PICTURES / f"browser-{name}.svg", drawn[0])


def test_the_keys_that_are_told_are_those_that_act():
    told = []

    async def script(pilot):
        for presses in ((), ("slash", "q"), ("enter",), ("slash",), ("escape",)):
            await keys(*presses)(pilot)
            told.append(screen(pilot).splitlines()[-1].strip())

    drive(script, size=(40, 15))
    of_list, of_filter = "Enter play · ? keys · q leave", "Enter to the list · Escape show all"
    assert told == [of_list, of_filter, of_list, of_filter, of_list]


def test_the_keys_fit_a_window_that_is_resized_behind_the_help():
    told = []

    async def script(pilot):
        await keys("question_mark")(pilot)
        for size in ((120, 40), (40, 15)):
            await pilot.resize_terminal(*size)
            await settle(pilot)
        await keys("question_mark")(pilot)
        told.append(screen(pilot).splitlines()[-1].strip())

    drive(script)
    assert told == ["Enter play · ? keys · q leave"]


def test_what_the_filter_takes_is_readable_before_anything_is_typed():
    drawn = []

    async def script(pilot):
        await keys("slash")(pilot)
        style = pilot.app.query_one(Input).get_component_rich_style("input--placeholder")
        drawn.append((style.color.triplet, style.bgcolor.triplet))

    drive(script)
    assert contrast(*(Colour(*each) for each in drawn[0])) >= 7
