"""The canvas: draws the parts of a scene, and writes those that changed to the terminal.

Textual draws the whole screen, when it is opened or resized; for a part of it that takes ten times as long.
"""

from __future__ import annotations

import functools
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import ClassVar, Final

from rich.segment import Segment
from rich.style import Style
from textual.events import Resize
from textual.geometry import Region
from textual.screen import Screen
from textual.strip import Strip

from voicecoach.display.help import Help, help_pages
from voicecoach.display.layout import WANTED, Box, Part, Plan, has_figure, help_box, places
from voicecoach.display.palette import Ink, paint
from voicecoach.display.picture import draw, larger_window, looks_at
from voicecoach.display.rows import Line, Lines
from voicecoach.display.scene import STILL, Mode, Scene
from voicecoach.display.scene_view import SceneView
from voicecoach.display.stage import stage_of
from voicecoach.display.themes import ANSI_NAMES, Depth

LOOKS: Final = 10
"""Looks at the session a second. A count is a quarter of a second behind the frames that the loudspeaker has
taken at most, and the loudspeaker holds half of that. More would cost more."""
MOVING_LOOKS: Final = 15
"""Those while a figure moves, so that it is seen to move. [own choice]"""
ASKED: Final = 5
"""Seconds for which a larger window is asked for. [own choice]"""
HOME: Final = "\x1b[H"
"""Where the cursor is left: there the shell goes on when the program is killed."""
CHUNK: Final = 8192
"""Characters written at a time; Windows loses some of more."""


class Canvas(Screen[None], inherit_bindings=False):
    """Draws the parts of a scene, and keeps their lines until what they show has changed.

    It is the whole screen: below a widget Textual would draw an empty one each time. Without Textual's
    bindings, Tab and Escape are keys of the session.
    """

    CSS: ClassVar[str] = "Canvas { overflow: hidden; }"

    def __init__(self, view: SceneView, help_rows: Help, theme: str) -> None:
        super().__init__()
        self._page = 0
        """The page of the help that is shown, from 1; 0 when none is."""
        self._view = view
        self._help = help_rows
        self._theme_name = theme
        self.depth = Depth.MANY
        """The colours of the terminal."""
        self.has_braille = True
        """Whether the terminal can show a figure."""
        self._plan: Plan | None = None
        self._boxes: Mapping[Part, Box] = {}
        self._seen: dict[Part, Hashable] = {}
        self._scene: Scene | None = None
        """What was drawn last."""
        self._asks = 0
        """How many looks more a larger window is asked for."""
        self._drawn: dict[Part, tuple[Mode, Lines]] = {}
        """The lines of each part as they were drawn last."""
        self._lines: dict[Part, list[list[Segment]]] = {}
        """The same in the colours of the theme."""

    def on_resize(self, event: Resize) -> None:
        small = event.size.width < WANTED[0] or event.size.height < WANTED[1]
        self._asks = ASKED * LOOKS if small else 0
        self._arrange(event.size.width, event.size.height)

    @property
    def closing(self) -> bool:
        """Whether the end of the session is shown."""
        return self._scene is not None and self._scene.closing is not None

    @property
    def helping(self) -> bool:
        """Whether the keys are shown."""
        return self._page > 0

    @property
    def looks(self) -> int:
        """How many looks a second are worth while."""
        figure = self._scene.figure if self._scene and Part.FIGURE in self._boxes else None
        moves = figure and figure.moves and self._scene and self._scene.mode not in STILL
        return MOVING_LOOKS if moves else LOOKS

    def turn_figure(self) -> None:
        """Show the figure or hide it, and say so; or say that this window has no place for one."""
        if not (self.has_braille and self._plan and has_figure(self._plan._replace(figure=True))):
            self._view.answer("screen.figure.no_room")
        else:
            self._view.answer(f"screen.figure.{'shown' if self._view.turn_figure() else 'hidden'}")

    def turn_help(self) -> None:
        """Show the keys; when they are shown, their next page; after the last, hide them."""
        pages = len(help_pages(self._help, help_box(*self.size), self._view.scene().say))
        self._page = self._page + 1 if self._page < pages else 0
        self._arrange(*self.size)

    def close_help(self) -> None:
        """Hide the keys."""
        self._page = 0
        self._arrange(*self.size)

    def look(self) -> None:
        """Write to the terminal what has changed since the last time."""
        scene = self._view.scene()
        self._asks -= self._asks > 0
        if scene is self._scene and self._asks != 1:
            return
        ground, before = self._ground, self._boxes
        self._place(scene)
        changed = self._draw(scene)
        if self._ground != ground or self._boxes is not before:
            width, height = self.size
            self._write((Box(0, y, width, 1), [self.render_line(y)]) for y in range(height))
        else:
            self._write(
                (self._boxes[part]._replace(y=self._boxes[part].y + y), [self._strip(self._lines[part][y])])
                for part, rows in changed.items()
                for y in rows
            )

    def _write(self, parts: Iterable[tuple[Box, Iterable[Strip]]]) -> None:
        """Write rows to where they stand."""
        console = self.app.console
        text = "".join(
            f"\x1b[{y + 1};{box.x + 1}H{row.render(console)}"
            for box, rows in parts
            for y, row in enumerate(rows, box.y)
        )
        text += HOME if text else ""
        if driver := self.app._driver:  # noqa: SLF001 - there is no public way to what Textual writes with
            for start in range(0, len(text), CHUNK):
                driver.write(text[start : start + CHUNK])

    def render_lines(self, crop: Region) -> list[Strip]:
        """Rows of the screen for Textual, which would keep old ones; wider while the size changes."""
        return [self.render_line(y).crop_extend(crop.x, crop.right, self._ground) for y in crop.line_range]

    def render_line(self, y: int) -> Strip:
        """One row of the screen."""
        row: list[Segment] = []
        x = 0
        empty = self._ground
        for part, box in self._boxes.items():
            if box.y <= y < box.y + box.height and part in self._lines:
                row += [Segment(" " * (box.x - x), empty), *self._lines[part][y - box.y]]
                x = box.x + box.width
        row.append(Segment(" " * (self.size.width - x), empty))
        return self._strip(row)

    def _strip(self, row: Iterable[Segment]) -> Strip:
        """``row`` in the colours that the person wants to see, or none."""
        strip = Strip(row)
        filters = self.get_line_filters() if self.depth is Depth.MANY else ()  # they know no names of colours
        for each in filters:
            strip = strip.apply_filter(each, self.background_colors[1])
        return strip

    @property
    def _ground(self) -> Style:
        """How empty cells look."""
        return self._style(self._scene.mode if self._scene else Mode.TALK, Ink.TEXT)

    def _draw(self, scene: Scene) -> Mapping[Part, Sequence[int]]:
        """Draw the parts that have changed, and return the rows of each that look different."""
        self._scene = scene
        if self._asks > 1 and not scene.notice:
            scene = replace(scene, notice=larger_window(scene, self.size.width))
        changed: dict[Part, Sequence[int]] = {}
        for part, box in self._boxes.items():
            seen = (scene.mode, self._page) if part is Part.HELP else looks_at(part, scene, box)
            if self._seen.get(part) != seen:
                lines = self._help_lines(box) if part is Part.HELP else draw(part, scene, box)
                self._seen[part] = seen
                changed[part] = self._keep(part, scene.mode, lines)
        return changed

    def _keep(self, part: Part, mode: Mode, lines: Lines) -> Sequence[int]:
        """Keep the lines of a part, and return the numbers of those that look different from before."""
        before, styled = self._drawn.get(part), self._lines.get(part)
        self._drawn[part] = mode, lines
        if styled is None or before is None or before[0] is not mode:
            self._lines[part] = [self._styled(row, mode) for row in lines]
            return range(len(lines))
        changed = [y for y, (row, old) in enumerate(zip(lines, before[1], strict=True)) if row != old]
        for y in changed:
            styled[y] = self._styled(lines[y], mode)
        return changed

    def _help_lines(self, box: Box) -> Lines:
        pages = help_pages(self._help, box, self._view.scene().say)
        return pages[min(self._page, len(pages)) - 1]

    def _arrange(self, width: int, height: int) -> None:
        """Draw everything anew, on a screen of that size."""
        self._plan = None
        scene = self._view.scene()
        self._place(scene, width, height)
        self._draw(scene)
        self.refresh()

    def _place(self, scene: Scene, width: int = 0, height: int = 0) -> None:
        """Find out where everything stands in ``scene``."""
        plan = Plan(
            width or self.size.width,
            height or self.size.height,
            stage_of(scene),
            scene.sides,
            figure=self.has_braille and scene.figure is not None,
        )
        if plan == self._plan:
            return
        if scene.closing:
            self._page = 0
        boxes = places(plan)
        if self.helping:
            band: dict[Part, Box] = {part: box for part, box in boxes.items() if part is Part.BAND}
            boxes = {**band, Part.HELP: help_box(plan.width, plan.height)}
        self._plan = plan
        self._boxes = dict(sorted(boxes.items(), key=lambda item: item[1].x))
        self._seen.clear()
        self._lines.clear()

    def _styled(self, row: Line, mode: Mode) -> list[Segment]:
        return [Segment(text, self._style(mode, ink)) for text, ink in row]

    def _style(self, mode: Mode, ink: Ink) -> Style:
        return _style(self._theme_name, mode, ink, self.depth)


@functools.cache
def _style(theme: str, mode: Mode, ink: Ink, depth: Depth) -> Style:
    look = paint(theme, mode, ink, depth)
    colours = look.colour, look.ground
    colour, ground = (each.hex if depth is Depth.MANY else ANSI_NAMES[each] for each in colours)
    return Style(color=colour, bgcolor=ground, bold=look.bold)
