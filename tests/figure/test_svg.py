"""A figure as SVG: what it looks like, how large it is, and that every viewer can show it."""

import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from figure.figures import ARM, BRIDGE, MARCH, REACH, moving
from golden import assert_golden

from voicecoach.figure import svg
from voicecoach.figure.drawing import Drawing

GOLDEN = Path(__file__).parent / "golden"
ON_A_MAT = f"{BRIDGE}  props: {{mat: true}}\n"
ALL = {"bridge": ON_A_MAT, "reach": REACH, "march": MARCH}


def drawing(text):
    return Drawing(moving(text))


@pytest.mark.parametrize("name", ALL)
def test_what_it_looks_like(name):
    drawn = drawing(ALL[name])
    made = svg.moving(drawn, title=name.capitalize(), about="Slowly & softly.")
    assert_golden(GOLDEN / f"{name}.svg", made.replace("><", ">\n<"))


def test_a_still_picture_for_a_page():
    drawn = drawing(ON_A_MAT)
    made = svg.still(drawn, drawn.motion.farthest, path=True, flipped=True, title="Bridge")
    assert_golden(GOLDEN / "bridge-still.svg", made.replace("><", ">\n<"))


def test_it_says_in_words_what_it_shows():
    root = ET.fromstring(svg.moving(drawing(ON_A_MAT), title="<Bridge>", about="Lift & lower."))
    assert [each.text for each in root[:2]] == ["<Bridge>", "Lift & lower."]
    assert root.get("role") == "img"


def test_several_can_stand_in_one_page():
    made = [svg.still(drawn, drawn.motion.position) for drawn in map(drawing, ALL.values())]
    assert not re.findall(r"\bid=", "".join(made)), "an id may stand in a page once"
    assert "prefers-color-scheme" not in "".join(made), "a page has its own ground"


def test_a_file_of_its_own_needs_no_variables():
    made = svg.moving(drawing(ON_A_MAT))
    assert "var(" not in made
    assert "prefers-color-scheme:dark" in made


def test_what_moves_ends_where_it_begins():
    root = ET.fromstring(svg.moving(drawing(ON_A_MAT)))
    moves = root.findall(".//{*}animate")
    assert moves
    for each in moves:
        times, values = each.get("keyTimes").split(";"), each.get("values").split(";")
        assert (times[0], times[-1], len(times)) == ("0", "1", len(values))
        assert values[0] == values[-1]
        assert [*map(float, times)] == sorted(map(float, times))
        assert each.get("dur") == "8s", "as long as the rep"


def test_what_only_holds_stands_still():
    root = ET.fromstring(svg.moving(drawing("duration: 30s\nfigure: {from: standing}\n")))
    assert root.findall(".//{*}path")
    assert not root.findall(".//{*}animate")


def test_much_movement_takes_no_more_room():
    """The moments of a long movement are farther apart, so that the file stays small."""
    poses = ", ".join(
        f"{{trunk: {60 + 60 * (n % 2)}, arms: {-90 + 170 * (n % 2)}, thighs: {-90 + 30 * n % 90}}}"
        for n in range(6)
    )
    phases = [f"p{number}" for number in range(4)]
    text = f"rep: {{{', '.join(f'{each}: 4s' for each in phases)}}}\n"
    text += "figure:\n  from: standing\n  poses:\n"
    text += "".join(f"    {each}: [{poses}]\n" for each in phases)
    assert len(svg.moving(drawing(text)).encode()) <= svg.LARGEST


@pytest.mark.parametrize(("text", "side"), [(REACH, "right"), (ARM, "left")])
def test_the_side_that_works_is_the_near_one(text, side):
    """Who faces to the right is seen from the right; from the front it is as in a mirror."""
    motion = moving(text)
    assert [each for each in ("left", "right") if not motion.is_mirrored(each)] == [side]


def test_a_movement_of_very_many_poses_is_drawn_at_once_and_is_small():
    """Each pose more was once compared with all before it, for minutes."""
    poses = [
        ", ".join(f"{{trunk: {(k * 77 + n) % 360}, near_thigh: {k * 61 % 540}}}" for k in range(12))
        for n in range(8)
    ]
    lines = "\n".join(f"    p{n}: [{each}]" for n, each in enumerate(poses))
    drawn = drawing(f"duration: 30s\nfigure:\n  from: standing\n  poses:\n{lines}\n")
    assert len(svg.moving(drawn).encode()) <= svg.LARGEST
