"""A figure in braille: what it looks like, and what must hold for every one."""

import itertools
from pathlib import Path

import pytest
from figure.figures import ARM, BRIDGE, MARCH, REACH, moving
from golden import assert_golden

from voicecoach.figure.cells import CellPicture
from voicecoach.figure.drawing import Drawing
from voicecoach.figure.strokes import Role

BOXES = ((28, 13), (43, 20), (72, 35))
"""Columns and rows of a figure on screens of 80x24, 120x40 and 200x60."""
ON_A_MAT = BRIDGE + "  props: {mat: true}\n"
ALL = {"bridge": ON_A_MAT, "reach": REACH, "march": MARCH, "arm": ARM}
SIGNS = dict(zip(Role, "_=fBW >", strict=True))
"""What stands for each role below a picture."""
BITS = ((0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2), (0, 3), (1, 3))
"""By the bit of a braille pattern, the column and the row of its dot."""


def drawing(text):
    return Drawing(moving(text))


def letters(rows):
    """The text of each row, and below it the role of each cell."""
    for row in rows:
        yield "".join(text for text, _ in row).rstrip()
        yield "".join(mark if mark == " " else SIGNS[role] for text, role in row for mark in text).rstrip()


def test_what_figures_look_like():
    told = []
    for name, text in ALL.items():
        each = drawing(text)
        picture = CellPicture(each, 30, 12)
        for share, path in ((0.0, True), (0.5, False), (1.0, False)):
            shown = letters(picture.rows(each.motion.at(0, share, first=True), path=path))
            told += [f"## {name} at {share}{' with its path' * path}", *shown]
    assert_golden(Path(__file__).with_name("cells.txt"), "\n".join(told) + "\n")


@pytest.mark.parametrize("flipped", [False, True])
def test_every_row_is_as_wide_as_its_box(flipped):
    for text, box in itertools.product(ALL.values(), BOXES):
        each = drawing(text)
        picture = CellPicture(each, *box, flipped=flipped)
        for share in (0, 0.3, 1):
            rows = picture.rows(each.motion.at(0, share), path=True)
            assert len(rows) == box[1]
            assert {sum(len(text) for text, _ in row) for row in rows} == {box[0]}
            assert all(text for row in rows for text, _ in row)


def dots(rows):
    """Every dot, by its column and its row."""
    for y, row in enumerate(rows):
        for x, mark in enumerate("".join(text for text, _ in row)):
            code = 0 if mark == " " else ord(mark) - 0x2800
            for bit, (right, down) in enumerate(
                ((0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2), (0, 3), (1, 3))
            ):
                if code >> bit & 1:
                    yield 2 * x + right, 4 * y + down


@pytest.mark.parametrize("box", BOXES)
def test_a_figure_is_mirrored_for_the_other_side(box):
    each = drawing(REACH)
    posed = each.motion.at(0, 0.8)
    shown = set(dots(CellPicture(each, *box).rows(posed)))
    mirrored = {(2 * box[0] - 1 - x, y) for x, y in dots(CellPicture(each, *box, flipped=True).rows(posed))}
    assert len(shown ^ mirrored) < len(shown) / 50  # a dot that lies between two


def test_a_figure_stands_at_the_bottom_and_keeps_its_shape():
    for box in BOXES:
        each = drawing(ON_A_MAT)
        shown = {*dots(CellPicture(each, *box).rows(each.motion.position))}
        assert max(y for _, y in shown) >= 4 * box[1] - 2
        tall = 4 * box[1] - min(y for _, y in shown)
        wide = max(x for x, _ in shown) - min(x for x, _ in shown)
        lying = each.motion.position.points
        assert tall / wide < 0.6 < max(at.imag for at in lying.values()) / 60


def test_what_lies_in_front_is_parted_from_what_is_behind():
    """At the arm that hangs before the trunk, the row has a gap."""
    each = drawing(MARCH)
    picture = CellPicture(each, 72, 35)
    rows = picture.rows(each.motion.position)
    at_the_waist = 4 * 35 - round(95 * picture.scale)
    across = sorted(x for x, y in dots(rows) if y == at_the_waist)
    assert any(b - a > 1 for a, b in itertools.pairwise(across))


def test_rows_that_stay_are_the_same_objects():
    """So that they need not be written again."""
    each = drawing(REACH)
    picture = CellPicture(each, 40, 20)
    one, other = (picture.rows(each.motion.at(0, share)) for share in (0.5, 0.6))
    assert any(a is b for a, b in zip(one, other, strict=True))
    assert not all(a is b for a, b in zip(one, other, strict=True))


def test_a_cell_has_the_role_of_the_strongest_in_it():
    each = drawing(REACH)
    rows = CellPicture(each, 72, 35).rows(each.motion.at(0, 1.0))
    roles = {role for row in rows for text, role in row if text.strip()}
    assert roles == {Role.WORK, Role.BODY, Role.FAR, Role.FLOOR}


def test_a_fitted_picture_is_never_larger_than_its_box():
    for text, columns in ((BRIDGE, 5), (MARCH, 21), (REACH, 57)):
        each = drawing(text)
        lines = CellPicture.fitted(each, columns, 30).lines(each.motion.position)
        assert len(lines) <= 30
        assert max(map(len, lines)) <= columns


def test_a_body_that_is_all_below_the_floor_leaves_the_floor_alone_in_the_picture():
    each = drawing(BRIDGE.replace("poses:", "position: {move: [0, -200]}\n  poses:"))
    *above, floor = CellPicture(each, 30, 12).lines(each.motion.position)
    assert not "".join(above).strip()
    assert floor.strip()
    assert each.extent.height > 0
