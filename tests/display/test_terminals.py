"""What a terminal gets that can do less than others."""

import asyncio
import re

import pytest
from rich.color import Color, ColorSystem
from screens import KINDS, Still

from voicecoach.display import terminal_app
from voicecoach.display.canvas import Canvas
from voicecoach.display.terminal_app import TerminalApp
from voicecoach.display.themes import ANSI, Depth, contrast
from voicecoach.settings.table import Theme


class Frame(TerminalApp[None], inherit_bindings=False):
    """Nothing but a canvas."""

    def __init__(self, view):
        super().__init__()
        self.canvas = Canvas(view, (), "dark")
        self.canvas.depth = self.depth
        self.canvas.has_braille = self.has_braille

    def get_default_screen(self):
        return self.canvas


def written(kind):
    """What is written to the terminal to draw a moment."""

    async def draw():
        view = Still()
        view.shown = KINDS[kind]
        app = Frame(view)
        async with app.run_test(size=(80, 24)):
            return "".join(app.canvas.render_line(y).render(app.console) for y in range(24))

    return asyncio.run(draw())


@pytest.fixture(autouse=True)
def terminal(monkeypatch):
    """Return a way to set the variables by which a terminal is known."""
    for name in ("COLORTERM", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)

    def set_to(**variables):
        for name, value in variables.items():
            monkeypatch.setenv(name, value)

    return set_to


MANY_COLOURS = re.compile(r"\x1b\[[\d;]*[34]8;[25]")
"""Beginnings of codes for more than sixteen colours."""


def test_sixteen_colours_are_those_of_the_table(terminal):
    terminal(TERM="xterm")
    move, rest = written("move"), written("rest")
    assert not MANY_COLOURS.search(move + rest)
    assert "\x1b[30;46m" in move  # the band: black on cyan
    assert "\x1b[1;92;40m█" in move  # what is large: bright green on black
    assert "\x1b[1;36;40m" in rest  # the band: cyan on black
    assert "\x1b[30;46m" in rest  # all else: black on cyan


@pytest.mark.parametrize(
    "variables", [{"TERM": "xterm-256color"}, {"TERM": "xterm", "COLORTERM": "truecolor"}]
)
def test_more_colours_are_used(terminal, variables):
    terminal(**variables)
    assert MANY_COLOURS.search(written("move"))


def test_a_figure_is_drawn_where_the_terminal_has_braille(terminal):
    braille = re.compile("[\u2801-\u28ff]")
    assert braille.search(written("move-figure"))
    terminal(TERM="linux")
    assert not braille.search(written("move-figure"))


def test_who_wants_no_colours_gets_greys(terminal):
    terminal(TERM="xterm", NO_COLOR="1")
    for kind in ("move", "rest"):
        codes = ";".join(re.findall(r"\x1b\[([\d;]*)m", written(kind))).split(";")
        assert set(codes) <= {"0", "1", *["30", "37", "90", "97", "40", "47", "100", "107"]}


@pytest.mark.parametrize("depth", [Depth.SIXTEEN, Depth.GREYS])
def test_the_list_of_routines_can_be_read_in_sixteen_colours(depth):
    for theme in Theme:
        look = terminal_app._colours(theme, depth)
        names = look.primary, look.foreground, look.variables["dim"], look.background
        *inks, ground = (
            list(ANSI.values())[Color.parse(name).downgrade(ColorSystem.STANDARD).number or 0]
            for name in names
        )
        for ink, name in zip(inks, names, strict=False):
            assert contrast(ink, ground) >= 7, (theme, name)
