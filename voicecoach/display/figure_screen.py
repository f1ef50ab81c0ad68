"""The screen of ``voicecoach figure``: an exercise that moves, rep after rep, above what it is in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import ClassVar, Final

from rich.style import Style
from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from voicecoach.display.canvas import MOVING_LOOKS
from voicecoach.display.figure_picture import INKS
from voicecoach.display.palette import paint
from voicecoach.display.scene import Mode
from voicecoach.display.terminal_app import TerminalApp
from voicecoach.display.themes import Depth
from voicecoach.figure.cells import CellPicture
from voicecoach.figure.drawing import Drawing
from voicecoach.figure.strokes import Role

KEYS: Final = "space hold still · q leave"


def styles(theme: str, depth: Depth) -> Mapping[Role, Style]:
    """Return the look of each role in a theme, where a terminal can show ``depth``."""
    paints = {role: paint(theme, Mode.MOVE, ink, depth) for role, ink in INKS.items()}
    return {role: Style(color=each.colour.hex, bold=each.bold) for role, each in paints.items()}


class _Place(Static):
    """Where the figure stands."""

    def __init__(self, fit: Callable[[int, int], None]) -> None:
        """``fit`` is told how many columns and rows it has, as soon as that is known."""
        super().__init__(id="figure")
        self._fit = fit

    def on_resize(self, event: events.Resize) -> None:
        """Have the figure drawn as large as there is room."""
        self._fit(*event.size)


class FigureScreen(TerminalApp[None]):
    """The screen. It is left by a key."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+c", "leave", show=False, priority=True),
        Binding("q,escape,enter", "leave", show=False),
        Binding("space", "hold", show=False),
    ]
    CSS: ClassVar[str] = """
        Screen { background: $background; color: $foreground; }
        #title { height: 1; padding: 0 1; color: $primary; text-style: bold; }
        #figure { height: 1fr; }
        #words { height: auto; max-height: 50%; padding: 0 1; }
        #keys { height: 1; padding: 0 1; color: $dim; }
    """

    def __init__(
        self,
        drawing: Drawing,
        now: Callable[[], float],
        *,
        title: str,
        words: str,
        flipped: bool = False,
        theme: str = "dark",
    ) -> None:
        super().__init__()
        self.take_theme(theme)
        self._styles = styles(theme, self.depth)
        self._drawing, self._flipped = drawing, flipped
        self._place = _Place(self._fit)
        self._picture: CellPicture | None = None
        self._heading, self._words = title, words
        self._now = now
        self._seen = now()
        self._moved = 0.0
        """Seconds of movement so far."""
        self._is_held = False

    def compose(self) -> ComposeResult:
        """The name of the exercise, its figure, what it is in words, and the keys."""
        yield Static(Text(self._heading), id="title")
        yield self._place
        yield Static(Text(self._words), id="words")
        yield Static(Text(KEYS), id="keys")

    def on_mount(self) -> None:
        """Begin to move."""
        self.set_interval(1 / MOVING_LOOKS, self._move)

    def _fit(self, width: int, height: int) -> None:
        self._picture = CellPicture(self._drawing, width, height, flipped=self._flipped) if height else None
        self._draw()

    def _move(self) -> None:
        if self.is_lost:
            self.exit()
        now = self._now()
        if not self._is_held:
            self._moved += now - self._seen
            self._draw()
        self._seen = now

    def _draw(self) -> None:
        if self._picture is None:
            return
        rows = self._picture.rows(self._drawing.motion.cycle(self._moved))
        text = Text("\n", no_wrap=True).join(
            Text.assemble(*((piece, self._styles[role]) for piece, role in row)) for row in rows
        )
        self._place.update(text)

    def action_hold(self) -> None:
        """Keep still, or go on."""
        self._is_held = not self._is_held

    def action_leave(self) -> None:
        """End."""
        self.exit()
