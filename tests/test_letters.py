"""What a terminal shows that lacks a sign: one of the same width that reads alike."""

import io
import threading
from pathlib import Path

import pytest

from voicecoach import letters
from voicecoach.display import big_letters, terminal_app
from voicecoach.display.cells import width_of
from voicecoach.display.signs import EARCONS, PATTERNS, SIGNS

ENCODINGS = ("ascii", "latin-1", "cp437", "cp850")
DISPLAY = Path(terminal_app.__file__).parent


def in_cells(text, encoding):
    return text.translate(letters.for_cells(encoding))


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_everything_drawn_stays_legible_in_its_cells(encoding):
    source = "".join(file.read_text(encoding="utf-8") for file in DISPLAY.rglob("*.py"))
    for sign in {*source, *"".join((*SIGNS.values(), *PATTERNS.values(), *EARCONS.values()))} - {"?", "\n"}:
        shown = in_cells(sign, encoding)
        assert shown.encode(encoding)
        assert width_of(shown) == width_of(sign), sign
        assert shown not in {"?", " "} or sign == shown, sign


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_signs_and_patterns_stay_different(encoding):
    for table in (SIGNS, PATTERNS, EARCONS):
        assert len({in_cells(sign, encoding) for sign in table.values()}) == len(table)


def test_a_filled_cell_is_a_hash_and_what_is_to_come_is_not():
    assert in_cells("█▌▂┃░", "ascii") == "#|_|."
    for encoding in ENCODINGS:
        for done, to_come in ("█▂", "█░", "━─"):
            assert in_cells(done, encoding) != in_cells(to_come, encoding)


def test_a_figure_of_dots_is_one_of_signs_as_dark():
    rows = ("\u2840\u28ff\u28e4\u2802", " \u28ff\u28ff")
    for encoding in ENCODINGS:
        assert [in_cells(row, encoding) for row in rows] == [".#:.", " ##"]


def test_large_letters_are_still_letters():
    rows = big_letters.Face(big_letters.FINE, 1).draw(("HOLD 13",))
    assert [in_cells(row, "ascii").rstrip() for row in rows] == [
        '# # #"# #   #"_   "#  ""#',
        '#"# # # #   # #    #  ""#',
        '" " """ """ ""    """ """',
    ]


@pytest.mark.parametrize("text", ["日本", "e\N{COMBINING ACUTE ACCENT}", "™ﬁ", "ß½…→"])
def test_no_text_becomes_wider_or_narrower(text):
    for encoding in ENCODINGS:
        assert width_of(in_cells(text, encoding)) == width_of(text), encoding


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({}, "utf-8"),
        ({"TERM": "xterm", "LC_ALL": "en_GB.UTF-8"}, "utf-8"),
        ({"LC_ALL": "C.UTF-8"}, "utf-8"),
        ({"LC_ALL": "C"}, "ascii"),
        ({"LC_ALL": "C", "PYTHONIOENCODING": "utf-8"}, "utf-8"),
        ({"TERM": "linux", "LC_ALL": "en_GB.UTF-8"}, "cp437"),
    ],
)
def test_a_terminal_may_have_fewer_letters_than_it_takes(variables, expected):
    assert letters.of_terminal("utf-8", variables) == expected


def test_the_console_of_linux_gets_signs_that_it_has(monkeypatch):
    monkeypatch.setenv("TERM", "linux")
    stream = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    outlet = terminal_app._Outlet(stream, threading.Event())
    outlet.write("⇄ ■ ▸ █▌▏\x1b[0m")
    outlet.flush()
    assert stream.buffer.getvalue().decode() == "~ ■ > █▌|\x1b[0m"
