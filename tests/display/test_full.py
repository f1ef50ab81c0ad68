"""The screen in motion: keys, sizes, and all the ways in which it ends."""

import asyncio
import os
import re
import signal
import sys
import threading
from concurrent.futures import Future
from dataclasses import replace
from typing import Any

import pytest
from screens import KINDS, Still
from textual.drivers.headless_driver import HeadlessDriver
from textual.events import Key

from voicecoach.display import canvas, picture, terminal_app
from voicecoach.display.canvas import LOOKS, MOVING_LOOKS, Canvas
from voicecoach.display.full import FullScreen, SessionApp
from voicecoach.language import phrases

FOREVER = 30.0
"""Seconds; reached only when something is broken."""
HELP = (("space", "pause or go on"), ("n", "next exercise"))


def still(kind="hold"):
    view = Still()
    view.shown = KINDS[kind]
    return view


class Played(threading.Thread):
    """Plays what ``play`` does."""

    def __init__(self, play):
        super().__init__(daemon=True)
        self.end, self.play = Future(), play
        self.start()

    def run(self):
        try:
            self.end.set_result(self.play())
        except OSError as error:
            self.end.set_exception(error)

    def result(self):
        return self.end.result()


def with_pilot(do, view=None, size=(80, 24), rows=HELP):
    """Run ``do(pilot, app)`` on a screen; return the keys it passed, and how often it asked to stop."""
    over, keys, stops = threading.Event(), [], []
    session = Played(over.wait)
    app = SessionApp(Canvas(view or still(), rows, "dark"), keys.append, lambda: stops.append(1), session)

    async def drive():
        async with app.run_test(size=size) as pilot:
            await do(pilot, app)
            over.set()

    asyncio.run(drive())
    session.join()
    return keys, len(stops)


def shown(app):
    canvas = app.screen
    return "\n".join(canvas.render_line(y).text for y in range(canvas.size.height))


def test_keys_are_passed_as_a_terminal_gives_them():
    named = {"space": " ", "left_square_bracket": "[", "plus": "+"}
    pressed = [*named, *"nN", *["backspace", "left", "pageup", "enter", "tab", "escape", "ctrl+q", "ctrl+p"]]

    async def press(pilot, app):
        await pilot.press(*pressed)

    assert with_pilot(press) == ([named.get(key, key) for key in pressed], 0)


def test_ctrl_c_stops_and_keys_that_mean_nothing_are_left_out():
    async def press(pilot, app):
        await pilot.press("ctrl+c")
        for modifier in ("left_shift", "right_control", "iso_level3_shift"):
            app.post_message(Key(modifier, None))
        await pilot.pause()

    assert with_pilot(press) == ([], 1)


def test_help_comes_and_goes_and_keys_work_meanwhile():
    async def press(pilot, app):
        await pilot.press("question_mark")
        assert "next exercise" in shown(app)
        assert "HOLD" in shown(app).splitlines()[0]
        await pilot.press("n", "escape")
        assert "next exercise" not in shown(app)
        await pilot.press("question_mark", "question_mark")
        assert "next exercise" not in shown(app)

    assert with_pilot(press) == (["n"], 0)


async def resize(pilot, app, size):
    """Resize the terminal, and wait until the screen has its new size, however busy the machine is."""
    await pilot.resize_terminal(*size)
    for _ in range(1000):
        if sizes_of(app) == (size[1], {size[0]}):
            return
        await pilot.pause()


def sizes_of(app):
    """The number of rows on the screen, and their widths."""
    rows = shown(app).splitlines()
    return len(rows), {len(row) for row in rows}


def test_help_has_pages_where_there_is_little_room():
    rows = tuple((f"k{n}", f"row {n} " + "x" * 30) for n in range(30))

    async def press(pilot, app):
        await pilot.press("question_mark")
        assert "row 0 " in shown(app)
        await pilot.press("question_mark")
        assert "row 29 " in shown(app)
        await resize(pilot, app, (120, 40))
        assert "row 0 " in shown(app)
        await pilot.press("question_mark")
        assert "row 0 " not in shown(app)

    with_pilot(press, size=(60, 18), rows=rows)


def test_help_is_there_in_a_window_that_is_too_small_for_all_else():
    async def press(pilot, app):
        for size in ((30, 10), (12, 4), (1, 1)):
            await resize(pilot, app, size)
            await pilot.press("question_mark")
            assert app.screen.helping
            assert size != (30, 10) or "pause or go on" in shown(app)
            await pilot.press("escape")
            assert "pause or go on" not in shown(app)

    with_pilot(press)


def test_help_has_the_ground_of_the_rest_that_begins_below_it():
    view = still("timed")

    async def press(pilot, app):
        await pilot.press("question_mark")
        view.shown = KINDS["rest"]
        app.screen.look()
        rows = [app.screen.render_line(y) for y in range(2, 24)]
        assert len({segment.style.bgcolor for row in rows for segment in row}) == 1

    with_pilot(press, view)


def test_typing_fast_while_the_size_changes_loses_no_key():
    sizes = [(60, 18), (240, 70), (80, 24), (20, 5), (1, 1), (120, 40), (59, 18), (200, 60)]
    typed = list("nb rxqz019m+-=") * 8

    async def press(pilot, app):
        for turn, size in enumerate(sizes * 2):
            for key in typed[turn * 7 : turn * 7 + 7]:
                app.post_message(Key(key, key))
            await resize(pilot, app, size)
            assert sizes_of(app) == (size[1], {size[0]})

    keys, _ = with_pilot(press)
    assert keys == typed[: 7 * 2 * len(sizes)]


def test_only_what_changed_is_drawn_again(monkeypatch):
    drawn, written = [], []
    real = picture.draw
    monkeypatch.setattr(canvas, "draw", lambda part, *seen: drawn.append(part) or real(part, *seen))
    view = still()

    async def look(pilot, app):
        canvas = app.screen
        monkeypatch.setattr(HeadlessDriver, "write", lambda _, text: written.append(text))
        drawn.clear()
        canvas.look()
        assert drawn == []
        assert not written
        view.shown = replace(view.shown, count="9")
        canvas.look()
        assert drawn == ["count"]
        box = canvas._boxes["count"]
        rows = [(f"{box.y + y + 1}", f"{box.x + 1}") for y in range(box.height)]
        assert re.findall(r"\x1b\[(\d+);(\d+)H", "".join(written)) == rows

    with_pilot(look, view)


def test_of_a_figure_only_the_rows_that_moved_are_written(monkeypatch):
    written = []
    view = still("move-figure")

    async def look(pilot, app):
        canvas = app.screen
        box = canvas._boxes["figure"]
        before = canvas._drawn["figure"][1]
        monkeypatch.setattr(HeadlessDriver, "write", lambda _, text: written.append(text))
        view.shown = replace(view.shown, figure=replace(view.shown.figure, share=0.5, moves=True))
        assert canvas.looks == LOOKS
        canvas.look()
        assert canvas.looks == MOVING_LOOKS
        rows = zip(before, canvas._drawn["figure"][1], strict=True)
        moved = [(f"{box.y + y + 1}", f"{box.x + 1}") for y, (one, other) in enumerate(rows) if one != other]
        assert 0 < len(moved) < box.height / 2
        assert re.findall(r"\x1b\[(\d+);(\d+)H", "".join(written)) == moved

    with_pilot(look, view)


class WithKey:
    """A view that keeps what the key for the figure has done."""

    def __init__(self):
        self.told, self.on = [], True

    def scene(self):
        return KINDS["move-figure"]

    def turn_figure(self):
        self.on = not self.on
        return self.on

    def answer(self, phrase):
        self.told.append(phrases.load().part(phrase))


def test_f_hides_the_figure_and_shows_it_and_says_so_where_it_has_no_place():
    view = WithKey()

    async def press(pilot, app):
        await pilot.press("f", "F")
        await resize(pilot, app, (60, 20))
        await pilot.press("f")
        await resize(pilot, app, (80, 24))
        app.screen.has_braille = False
        await pilot.press("f")

    keys, _ = with_pilot(press, view)
    assert keys == []
    no_room = "the figure needs a window of 80 by 24 or more, and braille"
    assert view.told == ["the figure is hidden", "the figure is shown", no_room, no_room]


class Screening:
    """A full screen without a terminal, and what it said and did."""

    def __init__(self, monkeypatch, view=None):
        monkeypatch.setattr(terminal_app, "_driver", lambda _lost: HeadlessDriver)
        self.reports, self.stopped = [], threading.Event()
        self.screen = FullScreen(
            view or still(), pressed=print, stop=self.stopped.set, report=self.reports.append, help_rows=HELP
        )

    def show_while(self, play):
        return self.screen.show_while(Played(play))


def test_it_lasts_as_long_as_the_session_and_gives_back_its_result(monkeypatch):
    screening = Screening(monkeypatch)
    assert screening.show_while(lambda: 42) == 42
    assert not screening.reports
    assert not screening.stopped.is_set()


def test_what_the_session_raises_is_raised(monkeypatch):
    def play():
        raise OSError("no room")

    with pytest.raises(OSError, match="no room"):
        Screening(monkeypatch).show_while(play)


def test_a_screen_that_breaks_stops_the_session_and_says_so(monkeypatch, capfd):
    view = still()
    screening = Screening(monkeypatch, view)

    def play():
        def scene():
            raise RuntimeError("a fault")

        view.scene = scene
        screening.stopped.wait()
        return "three sets"

    assert screening.show_while(play) == "three sets"
    assert screening.reports == ["The screen was lost (RuntimeError: a fault), so the session was stopped."]
    assert "Traceback" not in "".join(capfd.readouterr())


def test_a_screen_that_closes_by_itself_stops_the_session(monkeypatch):
    screening = Screening(monkeypatch)
    monkeypatch.setattr(Canvas, "look", lambda canvas: canvas.app.exit())
    screening.show_while(screening.stopped.wait)
    assert screening.reports == ["The screen was lost (it closed by itself), so the session was stopped."]


def test_a_screen_that_cannot_start_leaves_the_session_to_the_ears(monkeypatch):
    def refuse(*_args, **_options):
        raise OSError("no terminal")

    screening = Screening(monkeypatch)
    monkeypatch.setattr(SessionApp, "run", refuse)
    assert screening.show_while(lambda: "heard") == "heard"
    assert screening.reports == [
        "The full screen cannot be shown here (OSError: no terminal). The session goes on without it."
    ]


def test_a_terminal_that_is_gone_is_noticed_once():
    class Gone:
        encoding = "utf-8"
        writes = 0

        def fileno(self):
            return 2

        def write(self, _text):
            self.writes += 1
            raise OSError(5, "Input/output error")

        def flush(self):
            raise ValueError("closed")

    stream, lost = Gone(), threading.Event()
    outlet = terminal_app._Outlet(stream, lost)  # type: ignore[arg-type]  # a part of one
    for _ in range(100):
        outlet.write("x")
        outlet.flush()
    assert lost.is_set()
    assert stream.writes == 1


@pytest.mark.skipif(sys.platform == "win32", reason="no terminals of this kind")
def test_a_terminal_that_hangs_up_is_noticed_also_after_the_shell_had_it(monkeypatch):
    from textual.drivers.linux_driver import LinuxDriver  # noqa: PLC0415 - not on Windows

    for name in ("__init__", "start_application_mode", "close"):
        monkeypatch.setattr(LinuxDriver, name, lambda _: None)
    monkeypatch.setattr(terminal_app, "HANG_UP_MS", 1)
    far, near = os.openpty()
    try:
        lost = threading.Event()
        watched: Any = terminal_app._driver(lost)
        driver = watched()
        driver._file, driver.fileno = None, near
        driver.start_application_mode()
        (watch,) = (thread for thread in threading.enumerate() if thread.name == "hang-up")
        driver.close()
        watch.join(FOREVER)
        driver.start_application_mode()
        assert not lost.is_set()
        os.close(far)
        assert lost.wait(FOREVER)
    finally:
        os.close(near)


@pytest.mark.skipif(sys.platform == "win32", reason="no job control")
def test_signals_of_the_shell_that_are_to_be_ignored_stay_so(monkeypatch):
    monkeypatch.setattr(terminal_app, "_driver", lambda _lost: HeadlessDriver)
    numbers = signal.SIGTSTP, signal.SIGCONT
    before = [signal.getsignal(number) for number in numbers]

    async def look(app):
        signal.signal(signal.SIGTSTP, signal.SIG_DFL)  # as Textual's driver does in any case
        async with app.run_test():
            return [signal.getsignal(number) for number in numbers]

    try:
        signal.signal(signal.SIGTSTP, signal.SIG_IGN)
        ignored, heeded = asyncio.run(look(terminal_app.TerminalApp()))
    finally:
        for number, handler in zip(numbers, before, strict=True):
            signal.signal(number, handler)
    assert ignored is signal.SIG_IGN
    assert heeded is not signal.SIG_DFL
