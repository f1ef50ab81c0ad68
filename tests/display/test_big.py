"""The large characters: the same pixels at every scale, as large as they fit."""

import itertools

from naming import for_each

from voicecoach.display import big_letters
from voicecoach.display.big_letters import BOLD, FINE
from voicecoach.display.layout import Part, Plan, places

SIZES = [(width, height) for width in (60, 61, 79, 80, 100, 120, 173, 240) for height in (18, 21, 24, 37, 70)]
DIGITS = "0123456789"


def pixels(rows):
    """Half-blocks as rows of booleans, two for each row of cells."""
    halves = {" ": (False, False), "▀": (True, False), "▄": (False, True), "█": (True, True)}
    return [[halves[mark][half] for mark in row] for row in rows for half in (0, 1)]


def shape(face, text):
    """``text`` in ``face`` at scale 1, as it must look at every scale."""
    return ["".join(parts) for parts in zip(*(_spaced(face.glyphs, text)), strict=True)]


def _spaced(glyphs, text):
    for number, letter in enumerate(text):
        if number:
            yield (".",) * len(glyphs[letter])
        yield glyphs[letter]


def test_faces_have_the_same_characters_and_tabular_digits():
    assert BOLD.keys() == FINE.keys()
    for face in (BOLD, FINE):
        assert len({len(face[digit][0]) for digit in DIGITS}) == 1
        assert len({len(glyph) for glyph in face.values()}) == 1
        assert all(len({len(row) for row in glyph}) == 1 for glyph in face.values())
        drawn = [glyph for letter, glyph in face.items() if letter not in "O0S5Z2I1"]
        assert len(set(drawn)) == len(drawn), "two characters look the same"


@for_each(itertools.product(SIZES, ["8", "10", "9:47"]))
def test_a_count_has_the_shape_of_its_face_at_every_size(case):
    (width, height), text = case
    box = places(Plan(width, height))[Part.COUNT]
    face = big_letters.fit((text,), box.width, box.height)
    drawn = pixels(big_letters.draw(text, face, box.width, box.height))
    assert len(drawn) <= 2 * box.height
    assert {len(row) for row in drawn} == {face.width(text)}
    assert face.width(text) <= box.width
    for y, row in enumerate(shape(face, text)):
        for x, mark in enumerate(row):
            for dy, dx in itertools.product(range(face.scale), repeat=2):
                assert drawn[y * face.scale + dy][x * face.scale + dx] == (mark == "#")


def test_nothing_larger_would_fit():
    for width, height in itertools.product(range(6, 90, 7), range(3, 40, 5)):
        face = big_letters.fit(("24",), width, height)
        for glyphs in (BOLD, FINE):
            for scale in range(1, 40):
                other = big_letters.Face(glyphs, scale)
                if other.width("24") <= width and other.rows() <= height:
                    assert face.pixels >= other.pixels


@for_each(SIZES)
def test_strokes_of_a_count_keep_a_cell_at_a_quarter_of_the_size(size):
    box = places(Plan(*size))[Part.COUNT]
    face = big_letters.fit(("88",), box.width, box.height)
    stroke = face.scale * (2 if face.glyphs is BOLD else 1)
    assert stroke >= 4


@for_each([(60, 18), (80, 24), (120, 40)])
def test_digits_can_be_told_apart_at_a_quarter_of_the_size(size):
    box = places(Plan(*size))[Part.COUNT]
    face = big_letters.fit(("88",), box.width, box.height)
    small = {digit: quarter(pixels(face.draw([digit]))) for digit in DIGITS}
    for one, other in itertools.combinations(DIGITS, 2):
        apart = max(abs(a - b) for a, b in zip(small[one], small[other], strict=True))
        assert apart >= 0.3, f"no pixel of a quarter picture tells {one} from {other}"


def quarter(drawn):
    """The mean of each square of four by four pixels, row by row."""
    tall, wide = len(drawn) // 4 * 4, len(drawn[0]) // 4 * 4
    return [
        sum(drawn[y + dy][x + dx] for dy in range(4) for dx in range(4)) / 16
        for y in range(0, tall, 4)
        for x in range(0, wide, 4)
    ]


def test_words_break_where_they_fit_best():
    face = big_letters.fit(("CHANGE SIDES",), 30, 6, 2)
    assert big_letters.draw("Change sides", face, 30, 6, 2) == face.draw(["CHANGE", "SIDES"])


def test_accents_are_left_out_and_other_scripts_are_not_drawn():
    assert big_letters.drawable("Hälfte ½".removesuffix(" ½")) == "HALFTE"
    assert big_letters.drawable("straße") == "STRASSE"
    assert (
        big_letters.drawable("弓") == big_letters.drawable("🐕") == big_letters.drawable("[red]x[/red]") == ""
    )
    assert big_letters.fit(("弓",), 80, 20) is None
    assert big_letters.fit(("WORD",), 3, 20) is None
    assert big_letters.fit(("WORD",), 80, 2) is None
    assert big_letters.fit((), 80, 20) is None
