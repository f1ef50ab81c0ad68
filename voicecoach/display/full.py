"""The full-screen view, drawn with Textual.

The session runs in a thread of its own. The screen looks at it :data:`LOOKS` times a second and writes only
the parts that changed to the terminal, so the player never waits for it.
"""

from __future__ import annotations

import asyncio
import io
from collections.abc import Callable
from typing import Any, Final, Protocol, TypeVar

from rich.console import Console
from textual.events import Key
from textual.screen import Screen

from voicecoach.display.canvas import Canvas
from voicecoach.display.help import Help
from voicecoach.display.scene_view import SceneView
from voicecoach.display.terminal_app import SHELL_KEY, TerminalApp
from voicecoach.session.commands import FIGURE_KEY, HELP_KEY

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
STOP_KEY: Final = "ctrl+c"
_MODIFIERS: Final = ("_shift", "_control", "_alt", "_super", "_hyper", "_meta", "_lock")
"""Modifier keys, which some terminals report on their own; they are ignored."""


class SessionThread(Protocol[T_co]):
    """A session that plays in another thread: a thread with a result."""

    def is_alive(self) -> bool: ...

    def join(self) -> None: ...

    def result(self) -> T_co:
        """Wait until it is over; return its result, or raise what it raised."""
        ...


class FullScreen:
    """The view on a terminal.

    ``pressed`` gets every key, in order: a character as it was typed, else a name such as "left", "enter",
    "backspace" or "pageup". ``stop`` must end the session; it is called for Ctrl-C, and when the screen is
    lost. ``report`` then gets a line for the person, when the terminal is as it was before.
    """

    def __init__(
        self,
        view: SceneView,
        *,
        pressed: Callable[[str], None],
        stop: Callable[[], None],
        report: Callable[[str], None],
        help_rows: Help,
        theme: str = "dark",
    ) -> None:
        self._canvas = Canvas(view, help_rows, theme)
        self._pressed = pressed
        self._stop = stop
        self._report = report
        self.lost = False
        """Whether the session was stopped because the screen was lost."""

    def show_while(self, session: SessionThread[T]) -> T:
        """Show the session until it is over; return its result, or raise what it raised.

        Call it in the main thread, once. When the screen cannot be shown at all, the session goes on without
        it.
        """
        app = SessionApp(self._canvas, self._pressed, self._stop, session)
        problem = app.show()
        if not app.was_shown:
            self._report(f"The full screen cannot be shown here ({problem}). The session goes on without it.")
            return session.result()
        if session.is_alive():
            self._stop()
            session.join()
            problem = problem or "it closed by itself"
        if problem:
            self.lost = True
            self._report(f"The screen was lost ({problem}), so the session was stopped.")
        return session.result()


class SessionApp(TerminalApp[None], inherit_bindings=False):
    """Keys in, the canvas out. Leaves when ``session`` is over."""

    def __init__(
        self,
        canvas: Canvas,
        pressed: Callable[[str], None],
        stop: Callable[[], None],
        session: SessionThread[Any],
    ) -> None:
        self.was_shown = False
        super().__init__()
        self.error_console = Console(file=io.StringIO())  # no tracebacks for a person on a mat
        self._canvas = canvas
        self._canvas.depth = self.depth
        self._canvas.has_braille = self.has_braille
        self._pressed = pressed
        self._halt = stop
        self._session = session
        self._fault: Exception | None = None

    def get_default_screen(self) -> Screen[None]:
        return self._canvas

    def on_mount(self) -> None:
        self.was_shown = True
        self._look()

    def show(self) -> str:
        """Run until the session is over. Returns what went wrong in a few words, "" when nothing did."""
        try:
            self.show_in_terminal()
            problem = self._fault or self._exception  # the first one; Textual tells nobody else about it
        except Exception as error:  # noqa: BLE001 - whatever it is, the session must be ended by the caller
            problem = error
        if self.is_lost:
            return "the terminal is gone"
        return f"{type(problem).__name__}: {problem}" if problem else ""

    def _look(self) -> None:
        """Textual's own timers take as long as a look."""
        if self.is_lost or not self._session.is_alive():
            self.exit()
            return
        try:
            self._canvas.look()
        except Exception as error:  # noqa: BLE001 - whatever it is, the session must be ended by the caller
            self._fault = error
            self.exit()
        else:
            asyncio.get_running_loop().call_later(1 / self._canvas.looks, self._look)

    def on_key(self, event: Key) -> None:
        event.prevent_default().stop()
        key = event.character if event.character and event.is_printable else event.key
        if key == STOP_KEY:
            self._halt()
        elif key == SHELL_KEY:
            self.action_suspend_process()
        elif key == HELP_KEY and not self._canvas.closing:
            self._canvas.turn_help()
        elif key.lower() == FIGURE_KEY and not self._canvas.closing:
            self._canvas.turn_figure()
        elif key == "escape" and self._canvas.helping:
            self._canvas.close_help()
        elif not key.endswith(_MODIFIERS):
            self._pressed(key)
