"""Every text can be read, and no kind of moment depends on its colour."""

import functools
import itertools

import pytest
import rich.color
from coloraide import Color
from rich.color import ColorSystem

from voicecoach.display.palette import (
    BLACK,
    FLOODED,
    THEMES,
    WHITE,
    Colour,
    Ink,
    Paint,
    contrast,
    look,
    paint,
)
from voicecoach.display.scene import Mode
from voicecoach.display.signs import PATTERNS, SIGNS
from voicecoach.settings.table import Theme

DEPTHS = ("24 bit", "256 colours")
VISIONS = ("normal", "protan", "deutan", "tritan")
LEAST = {"dark": 7, "light": 7, "contrast": 10}
"""The contrast of text."""
TOLD_APART = 15
"""The least difference of two modes, as CIEDE2000."""
LETTERS = frozenset(Ink) - {Ink.AREA, Ink.TRACK}


@functools.cache
def shown(colour, depth):
    """What a terminal of ``depth`` shows for ``colour``."""
    if depth == "24 bit":
        return colour
    return Colour(*rich.color.Color.from_rgb(*colour).downgrade(ColorSystem.EIGHT_BIT).get_truecolor())


@functools.cache
def seen(colour, vision):
    """``colour`` in CIELAB as somebody sees it (Machado, Oliveira & Fernandes 2009, severity 1)."""
    colour = Color(colour.hex)
    if vision != "normal":
        colour = colour.filter(vision, 1, method="machado")
    return colour.convert("lab-d65")


@functools.cache
def difference(one, other, vision):
    return seen(one, vision).delta_e(seen(other, vision), method="2000")


def looks(theme, depth, ink):
    """How ``ink`` looks in each mode."""
    paints = {mode: paint(theme, mode, ink) for mode in Mode}
    return {mode: (shown(each.colour, depth), shown(each.ground, depth)) for mode, each in paints.items()}


EVERYWHERE = pytest.mark.parametrize(("theme", "depth"), list(itertools.product(THEMES, DEPTHS)))


def test_contrast_is_that_of_wcag():
    assert contrast(BLACK, WHITE) == pytest.approx(21)
    assert contrast(WHITE, WHITE) == 1


@EVERYWHERE
def test_every_text_stands_out_from_its_ground(theme, depth):
    for ink in LETTERS:
        for mode, (colour, ground) in looks(theme, depth, ink).items():
            assert contrast(colour, ground) >= LEAST[theme], (mode.name, ink.name)


@EVERYWHERE
def test_a_bar_stands_out_from_the_ground_and_what_is_done_from_what_is_to_come(theme, depth):
    areas = looks(theme, depth, Ink.AREA)
    for mode, (done, to_come) in looks(theme, depth, Ink.TRACK).items():
        assert areas[mode][0] == done
        assert contrast(to_come, areas[mode][1]) >= 3, mode.name
        assert contrast(to_come, done) >= 2, mode.name


@EVERYWHERE
def test_any_two_modes_can_be_told_apart_by_everybody(theme, depth):
    by_mode = {mode: look(theme, mode) for mode in Mode}
    for one, other in itertools.combinations(Mode, 2):
        pairs = [
            (shown(a, depth), shown(b, depth))
            for a, b in (
                (by_mode[one].ground, by_mode[other].ground),
                (by_mode[one].colour, by_mode[other].colour),
            )
        ]
        for vision in VISIONS:
            most = max(difference(*pair, vision) for pair in pairs)
            assert most >= TOLD_APART, (one.name, other.name, vision)


def test_rest_floods_the_screen_and_work_does_not():
    assert {mode for mode in Mode if mode in FLOODED} == {Mode.REST}
    for theme, mode in itertools.product(THEMES, Mode):
        grounds = {paint(theme, mode, ink).ground for ink in LETTERS - {Ink.BAND, Ink.COUNT}}
        expected = look(theme, mode).ground if mode in FLOODED else THEMES[theme].ground
        assert grounds == {expected}, (theme, mode.name)


def test_the_band_is_the_look_and_on_a_flooded_screen_its_opposite():
    for theme, mode in itertools.product(THEMES, Mode):
        usual = look(theme, mode)
        opposite = Paint(usual.ground, usual.colour, bold=True)
        assert paint(theme, mode, Ink.BAND) == (opposite if mode in FLOODED else usual)


def test_the_setting_takes_every_theme():
    assert set(THEMES) == set(Theme)


def test_modes_differ_in_sign_pattern_and_words():
    for table in (SIGNS, PATTERNS, {mode: str(mode) for mode in Mode}):
        assert set(table) == set(Mode)
        assert len(set(table.values())) == len(Mode)
