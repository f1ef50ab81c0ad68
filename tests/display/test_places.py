"""Where things stand: nothing overlaps or leaves the screen, at any size."""

import itertools

import pytest
from naming import for_each
from screens import KINDS

from voicecoach.display.cells import clip, pad, width_of, wrap
from voicecoach.display.full import help_pages
from voicecoach.display.layout import LEAST, Part, help_box, places
from voicecoach.display.picture import draw
from voicecoach.display.scene import Scene
from voicecoach.language import phrases

ALL_SIZES = list(
    itertools.product((60, 61, 66, 79, 80, 95, 120, 161, 200, 240), (18, 19, 22, 24, 28, 33, 40, 56, 70))
)
NASTY = (
    "[red]x[/red]",
    "x" * 400,
    "many words " * 60,
    "👩‍👩‍👧‍👦 🏋️‍♀️ 🧘" * 20,
    "腰をまっすぐに保ちます" * 9,
    "e\u0301\u0323 combining",
    "a\tb\nc\x1b[31m",
    "",
    " ",
)


def test_no_part_overlaps_another_or_leaves_the_screen():
    for width, height in ALL_SIZES:
        taken = set()
        for box in places(width, height).values():
            cells = set(itertools.product(range(box.x, box.x + box.width), range(box.y, box.y + box.height)))
            assert cells
            assert not cells & taken
            taken |= cells
        assert all(0 <= x < width and 0 <= y < height for x, y in taken)


def assert_fits(lines, box, why):
    assert len(lines) == box.height, why
    for line in lines:
        assert sum(width_of(text) for text, _ in line) == box.width, (why, line)


def test_every_part_fills_its_box():
    """At every size the kinds of moments in turn, so that each has all widths and heights."""
    kinds = itertools.cycle(KINDS)
    for width, height in ALL_SIZES:
        for kind in itertools.islice(kinds, 5):
            for part, box in places(width, height).items():
                assert_fits(draw(part, KINDS[kind], box), box, (kind, part, width, height))


@for_each(NASTY)
def test_no_text_breaks_its_box(text):
    scene = Scene(
        title=text, word=text, words=(text,), side=text, detail=(text,), rounds=(text,), sets=text,
        coming=text, captions=(text, text, text), notice=text, tempo=text, levels=text,
    )  # fmt: skip
    for width, height in ((60, 18), (80, 24), (120, 40), (240, 70)):
        for part, box in places(width, height).items():
            assert_fits(draw(part, scene, box), box, part)


def test_below_the_least_size_it_says_so_and_still_counts():
    for width, height in itertools.product((1, 5, 20, 30, 59, 240), (1, 2, 6, 10, 17)):
        boxes = places(width, height)
        assert set(boxes) == {Part.SMALL}
        lines = draw(Part.SMALL, KINDS["hold"], boxes[Part.SMALL])
        assert_fits(lines, boxes[Part.SMALL], (width, height))
    lines = draw(Part.SMALL, KINDS["hold"], places(40, 12)[Part.SMALL])
    told = " ".join("".join(text for text, _ in line).strip() for line in lines)
    assert "██" in told
    assert f"Please make this window {LEAST[0]} columns by {LEAST[1]} rows or larger." in " ".join(
        told.split()
    )


def test_markup_is_shown_as_it_is():
    box = places(80, 24)[Part.BAND]
    line = draw(Part.BAND, Scene(title="[red]x[/red]"), box)[0]
    assert "[red]x[/red]" in "".join(text for text, _ in line)


@pytest.mark.parametrize(("width", "height", "pages"), [(60, 18, 2), (80, 24, 1), (120, 40, 1), (240, 70, 1)])
def test_help_shows_every_row_in_full(width, height, pages):
    rows = tuple((f"key {number}", f"does thing {number} and something else") for number in range(22))
    box = help_box(width, height)
    drawn = help_pages(rows, box, phrases.load())
    assert len(drawn) == pages
    for lines in drawn:
        assert_fits(lines, box, "help")
    shown = "\n".join("".join(text for text, _ in line) for lines in drawn for line in lines)
    for key, what in rows:
        assert f"{key} " in shown
        assert what in shown
    for rows in ((), (("k" * 90, "w" * 90),) * 200):
        for lines in help_pages(rows, box, phrases.load()):
            assert_fits(lines, box, rows[:1])


def test_cells():
    assert clip("abcdef", 4) == "abc…"
    assert clip("腰腰腰", 4) == "腰…"
    assert clip("abc", 3) == "abc"
    assert clip("abc", 1) == "…"
    assert clip("abc", 0) == ""
    assert pad("ab", 4) == "ab  "
    assert wrap("one two three four", 9, 2) == ["one two", "three fo…"]
    assert wrap("one two three four", 9, 3) == ["one two", "three", "four"]
    assert wrap("x" * 12, 5, 3) == ["xxxxx", "xxxxx", "xx"]
    assert wrap("a", 5, 0) == []
