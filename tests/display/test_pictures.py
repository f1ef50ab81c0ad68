"""Every kind of moment as a picture. After a wanted change: ``VOICECOACH_GOLDEN=write pytest tests/display``,
then look at the pictures as you would read code.
"""

import asyncio
from pathlib import Path

import pytest
from golden import assert_golden
from screens import KINDS, SIZES, Still, svg
from textual.app import App

from voicecoach.display.canvas import Canvas

PICTURES = Path(__file__).parent / "pictures"
HELP = (
    ("space or p", "pause or go on; in a wait: ready"),
    *((key, "something else that one key does") for key in "nbrixeh[]+s908756mq"),
    ("?", "show these keys, or hide them"),
)


class Frame(App, inherit_bindings=False):
    """Nothing but a canvas."""

    def __init__(self, canvas):
        super().__init__()
        self.canvas = canvas

    def compose(self):
        yield self.canvas


def pictures(size, theme, kinds):
    """SVG by kind, as Textual draws them on a screen of ``size``."""

    async def draw():
        still = Still()
        canvas = Canvas(still, HELP, theme)
        drawn = {}
        async with Frame(canvas).run_test(size=size):
            for kind in kinds:
                if kind == "help":
                    canvas.turn_help()
                else:
                    still.shown = KINDS[kind]
                    canvas.look()
                drawn[kind] = svg([canvas.render_line(y) for y in range(size[1])])
        return drawn

    return asyncio.run(draw())


@pytest.mark.parametrize(
    ("size", "theme", "kinds"),
    [
        *((size, "dark", (*KINDS, "help")) for size in SIZES),
        ((80, 24), "light", ("hold", "rest", "paused", "move-figure", "briefing-voice")),
        ((80, 24), "contrast", ("hold", "rest", "paused", "move-figure", "briefing-voice")),
        ((30, 10), "dark", ("hold", "paused", "own-pace-listening")),
    ],
    ids=range(8),
)
def test_pictures(size, theme, kinds):
    folder = PICTURES / f"{size[0]}x{size[1]}-{theme}"
    for kind, drawn in pictures(size, theme, kinds).items():
        assert_golden(folder / f"{kind}.svg", drawn)


def test_the_picture_in_the_docs_is_true():
    drawn = (PICTURES / "120x40-dark" / "move-figure.svg").read_text(encoding="utf-8")
    assert_golden(Path(__file__).parents[2] / "docs" / "screen.svg", drawn)
