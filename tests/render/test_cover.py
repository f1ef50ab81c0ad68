"""The cover of a sound file: small, with nothing that is cut off and no letter that no font has."""

import io
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from voicecoach.app.prepare import library
from voicecoach.render import cover

LONG = "A long name, with more words than there is room for at once."
GROUND = (0, 81, 125)


def portrait(name):
    found = cover.portrait(library().exercise(name))
    assert found
    return found


def drawn(name, figure=None, length="7 minutes"):
    """The picture, and what it is drawn as."""
    png = cover.cover(name, length, figure)
    assert len(png) < 25_000
    picture = Image.open(io.BytesIO(png))
    assert (picture.format, picture.mode, picture.size) == ("PNG", "P", (1000, 1000))
    return np.asarray(picture.convert("RGB"))


@pytest.mark.parametrize("name", ["Core", LONG, "w" * 60, "Wide " * 12])
def test_a_name_of_any_length_is_within_its_margins(name):
    band = drawn(name, portrait("side_plank"))[:400]
    is_ground = (abs(band.astype(int) - GROUND) < 8).all(axis=2)
    assert not is_ground[:, 70:930].all()
    inside = np.zeros_like(is_ground)
    inside[20:380, 60:945] = True
    assert is_ground[~inside].all()


def test_the_same_comes_out_twice_and_each_figure_has_its_picture():
    bridge = portrait("glute_bridge")
    once = drawn("Core", bridge)
    assert (once == drawn("Core", bridge)).all()
    for other in (drawn("Core", portrait("bird_dog")), drawn("Core", bridge, "8 minutes")):
        assert (other != once).any()


@pytest.mark.parametrize("name", ["Спина", "日本語", "Rücken", "ظهر", "à̈́"])
def test_a_name_whose_letters_no_font_has_is_left_out(name, monkeypatch):
    monkeypatch.setattr(cover, "_FONTS", ())
    assert (drawn(name) == drawn("")).all()


def test_a_font_of_the_system_is_used_where_there_is_one():
    with_it = cover.cover("Rücken", "", None)
    assert (with_it == cover.cover("", "", None)) is (cover._font("Rücken") is None)


def test_one_with_sides_is_seen_from_the_first():
    left, right = (
        cover.portrait(replace(library().exercise("side_plank"), order=(side,))) for side in ("left", "right")
    )
    assert left
    assert right
    assert right.extent == left.extent._replace(left=-left.extent.right, right=-left.extent.left)
    for one, other in zip(left.strokes, right.strokes, strict=True):
        assert (one.role, one.width) == (other.role, other.width)
        assert [-each.conjugate() for each in one.points] == list(other.points)


def test_an_exercise_without_a_figure_has_none():
    assert cover.portrait(replace(library().exercise("side_plank"), figure=None)) is None
