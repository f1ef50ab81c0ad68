"""The screen of a figure that moves, driven by keys and a clock of its own."""

import asyncio

import pytest
from figure.figures import REACH, moving

from voicecoach.display.figure_screen import FigureScreen
from voicecoach.figure.drawing import Drawing

WORDS = "Stretch your left leg and your right arm out, and come back."


def seen(script, size=(80, 24)):
    """What stands on the screen after each step of ``script``: a key, or the seconds that pass."""
    shown = []

    async def run():
        now = 0.0
        screen = FigureScreen(Drawing(moving(REACH)), lambda: now, title="Reach", words=WORDS)
        async with screen.run_test(size=size) as pilot:
            for step in script:
                if isinstance(step, str):
                    await pilot.press(step)
                else:
                    now += step
                screen._move()
                await pilot.pause()
                rows = screen.screen._compositor.render_strips() if screen._running else ()
                shown.append("\n".join(row.text for row in rows))

    asyncio.run(run())
    return shown


def test_it_moves_with_the_seconds_of_its_phases():
    start, half, end, again = seen([0, 1, 1, 2])
    assert len({start, half, end}) == 3
    assert start == again
    for each in (start, half, end):
        assert each.startswith(" Reach ")
        assert WORDS in each
        assert "⣿" in each


def test_space_holds_it_still_and_lets_it_go_on():
    moved, _, held, _, gone_on = seen([0.5, "space", 5, "space", 0.5])
    assert held == moved
    assert gone_on == seen([1])[0]


@pytest.mark.parametrize("key", ["q", "escape", "enter", "ctrl+c"])
def test_a_key_leaves_it(key):
    assert seen([1, key])[1] == ""


def test_a_small_terminal_has_the_words_first():
    (shown,) = seen([1], (40, 6))
    assert "Stretch your left leg" in shown
