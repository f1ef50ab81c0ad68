"""The list of ``voicecoach`` without arguments: all routines, with the sheet of the selected one."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import ClassVar, Final

from rich.text import Text
from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Horizontal, VerticalScroll
from textual.message import Message
from textual.screen import ModalScreen
from textual.widgets import DataTable, Input, Static

from voicecoach.display.routine_list import RoutineEntry, RoutineList
from voicecoach.display.terminal_app import TerminalApp

WIDE: Final = 130
"""Columns from which list and sheet stand side by side."""
WIDEST_SHEET: Final = 90
"""Characters in a line of the sheet; longer ones are hard to read. [own choice]"""
NARROWEST_SHEET: Final = 30
"""Characters in a line of the narrowest sheet, as sheets are indented."""

KEYS: Final = (("Enter", "play"), ("/", "filter"), ("PgDn", "read"), ("?", "keys"), ("q", "leave"))
FILTER_KEYS: Final = (("Enter", "to the list"), ("Escape", "show all"))
"""Those that are no text for the filter."""
HELP: Final = """\
Up, Down    choose a routine
Home, End   the first, the last
Enter       play it
/           only those with a word
Escape      show all, or leave
PgUp, PgDn  read the sheet
space       read on
?           these keys
q           leave"""
"""In lines for a window of 40 columns."""
_COLUMN: Final = "routine"
"""The key of the only column, in which a routine has as many lines as it needs."""


def browse(
    choices: Sequence[RoutineEntry],
    *,
    minutes: Callable[[str], int],
    sheet: Callable[[str, int], str],
    theme: str = "dark",
) -> str | None:
    """Let the person choose; the id of a routine to play, or None when they leave.

    The cursor begins on the first of ``choices``. ``minutes`` is asked how long a routine takes, and
    ``sheet`` for its sheet in lines of at most so many characters: both on other threads, and only for
    routines without trouble.
    """
    return Browser(choices, minutes, sheet, theme).show_in_terminal()


class _Sized(Message):
    """The list or the sheet has got its size, so that what stands in it can be laid out."""


class _Pane(VerticalScroll):
    """Where the sheet stands."""

    def on_resize(self) -> None:
        self.post_message(_Sized())


class _Routines(DataTable[Text]):
    """The list. It handles the letter keys, which the filter takes as text."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("question_mark", "app.help", show=False),
        Binding("q", "app.leave", show=False),
        Binding("space", "app.read(1)", show=False),
        Binding("home", "scroll_top", show=False),
        Binding("end", "scroll_bottom", show=False),
    ]

    def on_resize(self) -> None:
        self.post_message(_Sized())


class _Help(ModalScreen[None]):
    """The keys; any of the usual ones closes it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,question_mark,enter,space", "dismiss", show=False)
    ]

    def compose(self) -> ComposeResult:
        yield Static(Text(HELP))


class Browser(TerminalApp[str]):
    """The screen. It ends with the id of the chosen routine, or with None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+c", "leave", show=False, priority=True),
        Binding("slash", "filter", show=False, priority=True),
        Binding("escape", "show_all", show=False),
        Binding("down", "to_list", show=False),
        Binding("pagedown", "read(1)", show=False, priority=True),
        Binding("pageup", "read(-1)", show=False, priority=True),
    ]
    CSS_PATH = "browser.tcss"

    def __init__(
        self,
        choices: Sequence[RoutineEntry],
        minutes: Callable[[str], int],
        sheet: Callable[[str, int], str],
        theme: str = "dark",
    ) -> None:
        super().__init__()
        self.take_theme(theme)
        self._choices = tuple(choices)
        self._shown = self._choices
        self._rows = RoutineList(self._choices, 1)
        self._ask_minutes = minutes
        self._ask_sheet = sheet
        self._minutes: dict[str, int] = {}
        self._previewed = ("", 0)

    def compose(self) -> ComposeResult:
        """The title or the filter, the list, the sheet, and the keys."""
        with Horizontal(id="top"):
            yield Static("Choose a routine", id="title")
            yield Input(placeholder="with a word such as core, mat or stretch", compact=True)
        with Container(id="body"):
            yield _Routines(cursor_type="row")
            with _Pane(id="pane", can_focus=False):
                yield Static(id="sheet")
        yield Static(id="keys")

    def on_mount(self) -> None:
        """Begin on the list, and find out how long everything takes."""
        self.query_one(_Routines).focus()
        self._estimate()
        self.set_interval(1, self._leave_when_lost)

    def _leave_when_lost(self) -> None:
        if self.is_lost:
            self.exit()

    def on_resize(self, event: events.Resize) -> None:
        """Put list and sheet side by side, or one below the other."""
        self.screen_stack[0].set_class(event.size.width >= WIDE, "wide")
        self._tell_keys(event.size.width)

    def on_descendant_focus(self) -> None:
        """Tell the keys of the list or those of the filter."""
        self._tell_keys(self.size.width)

    def _tell_keys(self, width: int) -> None:
        keys = FILTER_KEYS if self.query_one(Input).has_focus else KEYS
        self.query_one("#keys", Static).update(Text(fitting(keys, width - 2)))

    @work
    async def _estimate(self) -> None:
        """Ask for the minutes of every routine, one after the other, and show each at once."""
        for choice in self._choices:
            if not choice.trouble:
                self._minutes[choice.id] = await asyncio.to_thread(self._ask_minutes, choice.id)
                if choice in self._shown and (table := self.query_one(_Routines)).columns:
                    table.update_cell(choice.id, _COLUMN, self._row(choice))

    @on(_Sized)
    @on(Input.Changed)
    def _fill(self) -> None:
        """Write the list; the cursor stays on its routine."""
        table = self.query_one(_Routines)
        before = self._chosen
        words = self.query_one(Input).value.casefold().split()
        self._shown = tuple(choice for choice in self._choices if choice.has(words))
        width = max(table.scrollable_content_region.width - 2 * table.cell_padding, 1)
        self._rows = RoutineList(self._choices, width)
        with self.batch_update():
            table.clear(columns=True)
            table.show_header = bool(self._rows.heading)
            table.add_column(Text(self._rows.heading), width=width, key=_COLUMN)
            for choice in self._shown:
                row = self._row(choice)
                table.add_row(row, height=row.plain.count("\n") + 1, key=choice.id)
            if before in self._shown:
                table.move_cursor(row=self._shown.index(before))
        self._preview()

    def _row(self, choice: RoutineEntry) -> Text:
        """Return the lines of a routine, with its name in bold."""
        row = Text("\n".join(self._rows.row(choice, self._minutes)), no_wrap=True)
        row.highlight_regex(r"\A\S+(?: \S+)*", "bold")
        return row

    @property
    def _chosen(self) -> RoutineEntry | None:
        """The routine under the cursor; None when nothing is shown."""
        row = self.query_one(_Routines).cursor_row
        return self._shown[row] if row < len(self._shown) else None

    @on(DataTable.RowHighlighted)
    def _preview(self) -> None:
        """Show the sheet of the routine under the cursor, from its beginning when it is another one."""
        pane, chosen = self.query_one("#pane"), self._chosen
        width = max(pane.scrollable_content_region.width, NARROWEST_SHEET)
        wanted = (chosen.id if chosen else "", min(width, WIDEST_SHEET))
        if wanted != self._previewed:
            if wanted[0] != self._previewed[0]:
                pane.scroll_home(animate=False)
            self._previewed = wanted
            self._show_sheet(chosen, wanted[1])

    @work(exclusive=True, group="sheet")
    async def _show_sheet(self, chosen: RoutineEntry | None, width: int) -> None:
        if chosen is None:
            text = "No routine has these words. Escape shows all again."
        elif chosen.trouble:
            text = chosen.trouble
        else:
            text = await asyncio.to_thread(self._ask_sheet, chosen.id, width)
        shown = Text(text)
        shown.highlight_regex(r"(?m)\A.+$|^\d+\. [^:\n]+", "bold")
        self.query_one("#sheet", Static).update(shown)

    @on(DataTable.RowSelected)
    def _play(self) -> None:
        if self._chosen and not self._chosen.trouble:
            self.exit(self._chosen.id)
        else:
            self.bell()

    @on(Input.Submitted)
    def action_to_list(self) -> None:
        """Leave the filter as it is and go to what it shows."""
        self.query_one(_Routines).focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's
        """Leave the slash to the filter and the help while they are open."""
        return action != "filter" or isinstance(self.focused, _Routines)

    def action_filter(self) -> None:
        """Ask for words: at once, as the first of them may be in the same burst of keys."""
        self.screen.add_class("filtering")
        self.screen.set_focus(self.query_one(Input))

    def action_show_all(self) -> None:
        """Show all again; leave when all are shown."""
        if not self.screen.has_class("filtering"):
            self.exit()
        self.query_one(Input).clear()
        self.screen.remove_class("filtering")
        self.query_one(_Routines).focus()

    def action_read(self, pages: int) -> None:
        """Turn the pages of the sheet."""
        pane = self.query_one("#pane")
        pane.scroll_relative(y=pages * max(1, pane.size.height - 2), animate=False)

    def action_help(self) -> None:
        """Show the keys."""
        self.push_screen(_Help())

    def action_leave(self) -> None:
        """End without a routine."""
        self.exit()


def fitting(keys: Sequence[tuple[str, str]], width: int) -> str:
    """As many of ``keys``, with what each does, as fit into a line; the last two always do."""
    chosen = list(keys)
    while len(line := " · ".join(f"{key} {does}" for key, does in chosen)) > width and len(chosen) > 2:
        chosen.pop(-3)
    return line
