"""What commands print stays between the edges, whole words and all of them."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach import paragraph
from voicecoach.cli import page, table

WORDS = st.lists(st.text("abc-/é腰", min_size=1, max_size=60), max_size=12).map(" ".join)
WIDTHS = st.integers(paragraph.NARROWEST, paragraph.WIDEST)
ROWS = st.integers(1, 5).flatmap(lambda count: st.lists(st.tuples(*[WORDS] * count), min_size=1, max_size=4))


def assert_fits(lines, width):
    for line in lines:
        assert paragraph.cells(line) <= width or len(line.split()) == 1, line
        assert line == line.rstrip()


@given(WORDS, WIDTHS, st.integers(0, 8), st.integers(0, 8))
def test_a_paragraph_has_all_its_words_between_the_edges(text, width, indent, hang):
    told = paragraph.filled(text, width, indent=indent, hang=hang)
    assert_fits(told.split("\n"), width)
    assert told.split() == text.split()


@given(ROWS, WIDTHS, st.booleans(), st.integers(0, 4))
def test_a_table_has_all_its_words_between_the_edges(rows, width, headed, flows):
    headings = ("day", "routine", "min", "sets", "ended")[: len(rows[0])] if headed else ()
    lines = [*table.lines(rows, width, headings=headings, right=(0,), flows=flows % len(rows[0]))]
    assert_fits(lines, width)
    words = {word for row in rows for cell in row for word in cell.split()}
    shown = {word.rstrip(",") for line in lines for word in line.split()}
    assert words <= shown <= words | set(headings) | {""}


def test_a_paragraph_hangs_and_a_long_word_stands_alone():
    text = "  -> Set VOICECOACH_HOME, as /home/somebody/.local/share/voicecoach/routines is full.\nAgain."
    assert paragraph.filled(text, 44, hang=5).split("\n") == [
        "  -> Set VOICECOACH_HOME, as",
        "/home/somebody/.local/share/voicecoach/routines",
        "     is full.",
        "Again.",
    ]


def test_the_plain_view_breaks_no_line_of_its_command(run, accepted, monkeypatch, tmp_path):
    """Neither those of the session nor what is told around it."""
    monkeypatch.setattr(page, "columns", lambda _: 40)
    (path := tmp_path / "tiny.yaml").write_text("name: Tiny\nsteps: [say: Hello.]\n")
    quickly = ("play", path, "--yes", "--voice", "silent", "--output", "instant")
    line = "This session is not written down. Use --journal to keep it.\n"
    assert run(*quickly, "--plain").err == line
    assert run(*quickly).err == line.replace("Use ", "Use\n")


ROUTINES = (
    ("core-three-start", "10 min", "Three exercises for a strong middle, done slowly"),
    ("walk", "8 min", "Walk"),
)


SIDE_BY_SIDE = """
core-three-start  10 min  Three exercises for a strong middle, done slowly
walk               8 min  Walk
"""
BROKEN = """
core-three-start  10 min  Three exercises for a strong
                          middle, done slowly
walk               8 min  Walk
"""
BLOCKS = """
core-three-start, 10 min
    Three exercises for a strong middle,
    done slowly
walk, 8 min
    Walk
"""


@pytest.mark.parametrize(("width", "expected"), [(None, SIDE_BY_SIDE), (60, BROKEN), (40, BLOCKS)])
def test_a_list_becomes_blocks_when_it_is_narrow(width, expected):
    assert [*table.lines(ROUTINES, width, right=(1,))] == expected.strip().split("\n")


def test_a_block_names_its_cells_when_the_table_has_headings():
    lines = table.lines(
        [("12", "", "a/long/word/that/needs/much/room", "done")], 40, headings=("no", "day", "x", "ended")
    )
    assert [*lines] == ["no 12, x", "    a/long/word/that/needs/much/room,", "    ended done"]


@pytest.mark.parametrize(("columns", "wide"), [("20", 40), ("57", 57), ("999", 200), ("", 80)])
def test_the_terminal_says_how_wide_it_is(columns, wide, monkeypatch):
    monkeypatch.setenv("COLUMNS", columns)
    stream = io.StringIO()
    assert paragraph.columns(stream) is None
    stream.isatty = lambda: True
    assert paragraph.columns(stream) == wide
