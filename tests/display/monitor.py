"""A terminal's window: what is written to it, in the colours that it has."""

import asyncio
import contextlib
import functools
import os
from types import SimpleNamespace
from unittest import mock

from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from rich.terminal_theme import TerminalTheme
from screens import Still
from textual.strip import Strip

import voicecoach.display.browser
from voicecoach.app.home import Choice, Deed, Home
from voicecoach.display.browser import Browser
from voicecoach.display.canvas import ASKED, LOOKS, Canvas
from voicecoach.display.full import SessionApp
from voicecoach.language import phrases
from voicecoach.session.commands import help_rows

TERMINALS = {
    "24 bits": {"TERM": "xterm-256color", "COLORTERM": "truecolor"},
    "16 colours": {"TERM": "xterm"},
    "greys": {"TERM": "xterm-256color", "COLORTERM": "truecolor", "NO_COLOR": "1"},
    "4 greys": {"TERM": "xterm", "NO_COLOR": "1"},
}
"""What a terminal can show, or the person wants to see, and the variables that say so."""
XTERM = TerminalTheme(
    (0, 0, 0),
    (229, 229, 229),
    [
        (0, 0, 0),
        (205, 0, 0),
        (0, 205, 0),
        (205, 205, 0),
        (0, 0, 238),
        (205, 0, 205),
        (0, 205, 205),
        (229, 229, 229),
    ],
    [
        (127, 127, 127),
        (255, 0, 0),
        (0, 255, 0),
        (255, 255, 0),
        (92, 92, 255),
        (255, 0, 255),
        (0, 255, 255),
        (255, 255, 255),
    ],
)
"""The sixteen colours of xterm."""
DUE = Choice(deed=Deed.PLAY, shown="Core", routine="core", due=True)
"""What the plan has for today."""


def session(size, theme, terminal, scenes):
    """The rows of each of ``scenes`` by its name; of the keys, and of what asks for a larger window, too."""
    view = Still()
    canvas = Canvas(view, help_rows(phrases.load())[:-1], theme)
    drawn = {}

    def shown():
        return received(canvas.app, (canvas.render_line(y) for y in range(size[1])))

    def script(_):
        view.shown = next(iter(scenes.values()))
        canvas.look()
        if asks := canvas._asks:
            drawn["larger-window"] = shown()
        for _ in range(asks and ASKED * LOOKS):
            canvas.look()
        for name, scene in scenes.items():
            view.shown = scene
            canvas.look()
            drawn[name] = shown()
        canvas.turn_help()
        while canvas.helping:
            drawn[f"help-{canvas._page}"] = shown()
            canvas.turn_help()

    playing = SimpleNamespace(is_alive=lambda: True)
    _run(lambda: SessionApp(canvas, _ignore, _ignore, playing), size, terminal, script)
    return drawn


def choosing(size, theme, terminal):
    """The rows of the list of routines, of its filter and of its keys, as they are without a journal."""
    drawn = {}

    async def script(pilot):
        for name, key in (("chooser", "down"), ("chooser-filter", "slash"), ("chooser-help", "escape")):
            await pilot.press(*(["escape", "question_mark"] if name == "chooser-help" else [key]))
            await pilot.app.workers.wait_for_complete()
            await pilot.pause()
            drawn[name] = received(pilot.app, pilot.app.screen._compositor.render_strips())

    def show(choices, **rest):
        _run(lambda: Browser(choices, **{**rest, "theme": theme}), size, terminal, script)

    from voicecoach.cli import chooser  # noqa: PLC0415 - the lowest versions of what it needs would warn

    with mock.patch.object(voicecoach.display.browser, "browse", show):
        chooser.choose(Home(lines=(), choices=(DUE,), first=0))
    return drawn


def _run(made, size, terminal, script):
    async def run():
        async with made().run_test(size=size) as pilot:
            await pilot.pause()
            if (going := script(pilot)) is not None:
                await going

    with _environment(TERMINALS[terminal]):
        asyncio.run(run())


@contextlib.contextmanager
def _environment(variables):
    with mock.patch.dict(os.environ, variables):
        for name in {"COLORTERM", "NO_COLOR", "FORCE_COLOR"} - variables.keys():
            os.environ.pop(name, None)
        yield


def _ignore(*_):
    """Do nothing."""


def received(app, rows):
    """``rows`` as the terminal of ``app`` shows them."""
    system = app.console._color_system
    return [
        Strip(Segment(text, _true(style or Style(), system)) for text, style, _ in row if text)
        for row in rows
    ]


@functools.cache
def _true(style, system):
    """``style`` in the colours that rich makes of it for a terminal of that kind."""
    colours = (style.color, style.bgcolor)[:: -1 if style.reverse else 1]
    ink, ground = (
        (colour or Color.default()).downgrade(system).get_truecolor(XTERM, foreground=not number).hex
        for number, colour in enumerate(colours)
    )
    return Style(color=ink, bgcolor=ground, bold=style.bold)
