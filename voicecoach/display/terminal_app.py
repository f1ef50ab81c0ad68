"""What every full screen has in common: its colours, and a terminal that may be gone or given to the shell.

Only this file, the canvas and the three screens, of a session, of the list of routines and of a figure, know
Textual.
"""

from __future__ import annotations

import asyncio
import os
import select
import signal
import sys
import threading
from collections.abc import Callable
from types import FrameType
from typing import ClassVar, Final, TextIO, TypeVar

from textual.app import App
from textual.binding import Binding, BindingType
from textual.driver import Driver
from textual.theme import Theme as Colours

from voicecoach import job, letters
from voicecoach.display.palette import Ink, paint
from voicecoach.display.scene import Mode
from voicecoach.display.themes import Depth

T = TypeVar("T")
HANG_UP_MS: Final = 500
"""How long the wait for a terminal that hangs up may outlast the screen."""
SHELL_KEY: Final = "ctrl+z"
if sys.platform == "win32":
    _ENDING: Final[tuple[signal.Signals, ...]] = ()
else:
    _ENDING: Final[tuple[signal.Signals, ...]] = (signal.SIGTERM, signal.SIGHUP)


class TerminalApp(App[T]):
    """A screen that Ctrl-Z gives to the shell, and ``fg`` takes back."""

    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(SHELL_KEY, "suspend_process", show=False, priority=True),
    ]

    def __init__(self) -> None:
        self._lost = threading.Event()
        self._is_away = False
        self._ended: SystemExit | None = None
        self._ignored = {number for number in job.HANDLERS if signal.getsignal(number) is signal.SIG_IGN}
        """The signals of job control that are to be ignored; Textual's driver sets handlers of its own."""
        super().__init__(driver_class=_driver(self._lost))

    @property
    def is_lost(self) -> bool:
        """Whether the terminal is gone."""
        return self._lost.is_set()

    @property
    def depth(self) -> Depth:
        """The colours of the terminal. Of more than sixteen, Textual makes greys if no colours are wanted."""
        if self.console.color_system != "standard":
            return Depth.MANY
        return Depth.GREYS if self.no_color else Depth.SIXTEEN

    @property
    def has_braille(self) -> bool:
        """Whether the terminal has the signs that figures are drawn in."""
        encoding = sys.__stdout__.encoding if sys.__stdout__ else "ascii"
        return letters.has(letters.of_terminal(encoding, os.environ), "\N{BRAILLE PATTERN DOTS-12345678}")

    def take_theme(self, theme: str) -> None:
        """Take the colours of a theme, as the terminal can show them, for what style sheets name."""
        colours = _colours(theme, self.depth)
        self.register_theme(colours)
        self.theme = colours.name

    def show_in_terminal(self) -> T | None:
        """Run to the end, and return the result. Raises SystemExit when a signal does."""
        before = {number: signal.getsignal(number) for number in _ENDING}
        try:
            with job.kept(self._leave, self._return):
                result = self.run(mouse=False)
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)
        if self._ended is not None:
            raise self._ended
        return result

    def on_mount(self) -> None:
        """Heed signals between two events: what is raised amid one is lost, and the terminal with it."""
        loop = asyncio.get_running_loop()
        for number, handle in job.HANDLERS.items():
            if number in self._ignored:
                signal.signal(number, signal.SIG_IGN)
            else:
                loop.add_signal_handler(number, handle)
        for number in _ENDING:
            if callable(handler := signal.getsignal(number)):
                loop.add_signal_handler(number, self._end, handler, number)

    def _end(self, handler: Callable[[int, FrameType | None], object], number: int) -> None:
        try:
            handler(number, None)
        except SystemExit as ended:
            self._ended = ended
            self.exit()

    def action_suspend_process(self) -> None:
        """Give the terminal to the shell."""
        job.ask_to_stop()

    def _leave(self) -> None:
        driver = self._driver
        if driver is not None and driver.can_suspend and not self._is_away:
            self._is_away = True
            driver.suspend_application_mode()

    def _return(self) -> None:
        """Take the screen back, and draw all of it: the shell has written there."""
        if _is_the_shells():
            self._leave()  # nothing has, after a SIGSTOP
        if self._driver is not None and self._is_away:
            self._driver.resume_application_mode()
            self._is_away = False
        self.refresh(layout=True)


def _colours(theme: str, depth: Depth) -> Colours:
    """The palette's colours as Textual takes them."""
    text, dim = paint(theme, Mode.TALK, Ink.TEXT, depth), paint(theme, Mode.TALK, Ink.DIM, depth)
    ground = text.ground.hex
    return Colours(
        name=f"voicecoach-{theme}",
        primary=paint(theme, Mode.RELAX, Ink.ACCENT, depth).colour.hex,
        foreground=text.colour.hex,
        background=ground,
        surface=ground,
        panel=ground,
        dark=text.ground.luminance < text.colour.luminance,
        variables={"dim": dim.colour.hex, "rule": dim.colour.hex},
    )


def _is_the_shells() -> bool:
    """Tell whether the terminal passes on whole lines, as a shell wants it."""
    if sys.platform == "win32":
        return False
    import termios  # noqa: PLC0415 - not on Windows

    try:
        return bool(termios.tcgetattr(sys.stdin.fileno())[3] & termios.ICANON)
    except (termios.error, ValueError):  # it is gone
        return False


def _driver(lost: threading.Event) -> type[Driver] | None:
    """A driver that notices when the terminal is gone; Textual's own would wait for it for ever."""
    if sys.platform == "win32":
        return None
    from textual.drivers.linux_driver import LinuxDriver  # noqa: PLC0415 - not on Windows

    class Watched(LinuxDriver):
        _left = threading.Event()
        """Set when the terminal was left, for the shell or for good."""

        def start_application_mode(self) -> None:
            first = not isinstance(self._file, _Outlet)
            if first and sys.__stdout__:  # the standard error may lead to a file
                self._file = _Outlet(sys.__stdout__, lost)  # type: ignore[assignment]  # a part of one
            super().start_application_mode()  # type: ignore[no-untyped-call]  # untyped there
            self._left = threading.Event()
            watch = threading.Thread(
                target=self._await_hanging_up, args=(self._left,), name="hang-up", daemon=True
            )
            watch.start()

        def close(self) -> None:
            self._left.set()
            super().close()

        def _await_hanging_up(self, left: threading.Event) -> None:
            """Wait until the terminal hangs up. Writes would show it too, but a paused session has none."""
            terminal = select.poll()
            terminal.register(self.fileno, 0)  # hanging up is told in any case
            while not left.is_set():
                if told := terminal.poll(HANG_UP_MS):
                    if told[0][1] & select.POLLHUP:
                        lost.set()
                    return

    return Watched


class _Outlet:
    """A stream that is only written to: its first error sets ``lost``, and later writes are dropped."""

    def __init__(self, stream: TextIO, lost: threading.Event) -> None:
        self._stream = stream
        self._lost = lost
        self._letters = letters.for_cells(letters.of_terminal(stream.encoding, os.environ))
        self.fileno = stream.fileno

    def write(self, text: str) -> None:
        self._attempt(lambda: self._stream.write(text.translate(self._letters)))

    def flush(self) -> None:
        self._attempt(self._stream.flush)

    def _attempt(self, do: Callable[[], object]) -> None:
        if self._lost.is_set():
            return
        try:
            do()
        except (OSError, ValueError):  # closed, or nobody is there
            self._lost.set()
