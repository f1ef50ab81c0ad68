"""Every text can be read, and no kind of moment depends on its colour."""

import functools
import itertools

import pytest
import rich.color
from coloraide import Color
from rich.color import ColorSystem

from voicecoach.display.palette import Ink, paint
from voicecoach.display.scene import Mode
from voicecoach.display.signs import PATTERNS, SIGNS
from voicecoach.display.themes import ANSI, BLACK, FLOODED, THEMES, WHITE, Colour, Depth, contrast
from voicecoach.settings.table import Theme

DEPTHS = {"24 bit": Depth.MANY, "256 colours": Depth.MANY, "16 colours": Depth.SIXTEEN, "greys": Depth.GREYS}
IN_COLOUR = [name for name, depth in DEPTHS.items() if depth is not Depth.GREYS]
VISIONS = ("normal", "protan", "deutan", "tritan")
LEAST = {"dark": 7, "light": 7, "contrast": 10}
"""The contrast of text."""
TOLD_APART = 15
"""The least difference of two modes, as CIEDE2000."""
SHAPES = frozenset({Ink.HUE, Ink.BACK, Ink.FAINT})
LETTERS = frozenset(Ink) - {Ink.AREA, Ink.RAIL, Ink.TRACK} - SHAPES
OWN_GROUND = frozenset({Ink.BAND, Ink.COUNT, Ink.TRACK})


@functools.cache
def shown(colour, depth):
    """What a terminal of ``depth`` shows for ``colour``."""
    if depth != "256 colours":
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


def inked(theme, depth, ink):
    """The colour and the ground of ``ink`` in each mode."""
    paints = {mode: paint(theme, mode, ink, DEPTHS[depth]) for mode in Mode}
    return {mode: (shown(each.colour, depth), shown(each.ground, depth)) for mode, each in paints.items()}


def looks(theme, depth):
    """Ground, letters and area of each mode."""
    table = THEMES[DEPTHS[depth]][theme].looks
    return {mode: [shown(colour, depth) for colour in look] for mode, look in table.items()}


EVERYWHERE = pytest.mark.parametrize(("theme", "depth"), list(itertools.product(Theme, DEPTHS)))


def test_contrast_is_that_of_wcag():
    assert contrast(BLACK, WHITE) == pytest.approx(21)
    assert contrast(WHITE, WHITE) == 1


@EVERYWHERE
def test_every_text_stands_out_from_its_ground(theme, depth):
    for ink in LETTERS:
        for mode, (colour, ground) in inked(theme, depth, ink).items():
            assert contrast(colour, ground) >= LEAST[theme], (mode.name, ink.name)


@EVERYWHERE
def test_a_bar_stands_out_from_the_ground_and_what_is_done_from_what_is_to_come(theme, depth):
    areas = inked(theme, depth, Ink.AREA)
    for mode, (done, to_come) in inked(theme, depth, Ink.TRACK).items():
        assert areas[mode][0] == done
        ground = areas[mode][1]
        assert contrast(to_come, ground) >= 3, mode.name
        assert contrast(to_come, done) >= 2, mode.name
        assert contrast(done, ground) >= 3 or (theme == Theme.LIGHT and depth != "greys"), mode.name


@EVERYWHERE
def test_a_rail_stands_out_from_the_ground(theme, depth):
    for mode, (rail, ground) in inked(theme, depth, Ink.RAIL).items():
        assert contrast(rail, ground) >= 3, mode.name


@EVERYWHERE
def test_the_parts_of_a_figure_stand_out_and_the_near_from_the_far(theme, depth):
    near = inked(theme, depth, Ink.STRONG)
    for ink in SHAPES:
        for mode, (colour, ground) in inked(theme, depth, ink).items():
            assert contrast(colour, ground) >= 3, (mode.name, ink.name)
    for mode, (back, _) in inked(theme, depth, Ink.BACK).items():
        assert contrast(back, near[mode][0]) >= 1.5 or mode in FLOODED, mode.name


@pytest.mark.parametrize(("theme", "depth"), list(itertools.product(Theme, IN_COLOUR[:2])))
def test_what_works_in_a_set_has_another_colour_than_the_body(theme, depth):
    bodies = inked(theme, depth, Ink.STRONG)
    for mode in (Mode.READY, Mode.MOVE, Mode.HOLD):
        hue = inked(theme, depth, Ink.HUE)[mode][0]
        assert difference(hue, bodies[mode][0], "normal") >= TOLD_APART, mode.name


@pytest.mark.parametrize(("theme", "depth"), list(itertools.product(Theme, IN_COLOUR)))
def test_any_two_modes_can_be_told_apart_by_everybody(theme, depth):
    for (one, its), (other, others) in itertools.combinations(looks(theme, depth).items(), 2):
        for vision in VISIONS:
            most = max(difference(*pair, vision) for pair in zip(its, others, strict=True))
            assert most >= TOLD_APART, (one.name, other.name, vision)


def test_rest_floods_the_screen_and_work_does_not():
    assert set(Mode) & FLOODED == {Mode.REST}
    for depth, theme, mode in itertools.product(Depth, Theme, Mode):
        scheme = THEMES[depth][theme]
        grounds = {paint(theme, mode, ink, depth).ground for ink in Ink if ink not in OWN_GROUND}
        assert grounds == {scheme.looks[mode].ground if mode in FLOODED else scheme.ground}


@EVERYWHERE
def test_the_band_is_the_look_and_on_a_flooded_screen_its_opposite(theme, depth):
    bands = inked(theme, depth, Ink.BAND)
    for mode, (ground, letters, _) in looks(theme, depth).items():
        assert bands[mode] == ((ground, letters) if mode in FLOODED else (letters, ground)), mode.name


@pytest.mark.parametrize(
    ("depth", "allowed"),
    [
        (Depth.SIXTEEN, set(ANSI)),
        (Depth.GREYS, {"black", "bright_black", "white", "bright_white"}),
    ],
)
def test_few_colours_are_those_of_terminals_and_dark_letters_are_not_bold(depth, allowed):
    for theme, mode, ink in itertools.product(Theme, Mode, Ink):
        look = paint(theme, mode, ink, depth)
        assert {look.colour, look.ground} <= {ANSI[name] for name in allowed}
        assert not (look.bold and look.colour.luminance < look.ground.luminance), (theme, mode.name, ink.name)


def test_the_setting_takes_every_theme():
    for schemes in THEMES.values():
        assert set(schemes) == set(Theme)
        assert all(set(scheme.looks) == set(Mode) for scheme in schemes.values())


def test_modes_differ_in_sign_pattern_and_words():
    for table in (SIGNS, PATTERNS, {mode: str(mode) for mode in Mode}):
        assert set(table) == set(Mode)
        assert len(set(table.values())) == len(Mode)
