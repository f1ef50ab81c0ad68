"""Every text can be read, and no kind of moment depends on its colour."""

import itertools

import pytest

from voicecoach.display.palette import BLACK, THEMES, WHITE, Ink, contrast, paint
from voicecoach.display.picture import PATTERNS, SIGNS
from voicecoach.display.scene import Mode
from voicecoach.settings.table import Theme


def test_contrast_is_that_of_wcag():
    assert contrast(BLACK, WHITE) == pytest.approx(21)
    assert contrast(WHITE, WHITE) == 1


@pytest.mark.parametrize(("theme", "least"), [("dark", 7), ("light", 7), ("contrast", 10)])
def test_every_text_stands_out_from_its_ground(theme, least):
    for mode, ink in itertools.product(Mode, Ink):
        look = paint(theme, mode, ink)
        assert contrast(look.colour, look.ground) >= (3 if ink is Ink.TRACK else least), (mode, ink)


def test_the_setting_takes_every_theme():
    assert set(THEMES) == set(Theme)


def test_modes_differ_in_sign_pattern_and_words():
    for table in (SIGNS, PATTERNS, {mode: str(mode) for mode in Mode}):
        assert set(table) == set(Mode)
        assert len(set(table.values())) == len(Mode)


def test_what_is_done_and_what_is_rest_differ_in_colour_too():
    modes = (Mode.MOVE, Mode.HOLD, Mode.REST, Mode.CHANGE, Mode.WAIT, Mode.READY, Mode.PAUSED)
    for theme in THEMES:
        assert len({paint(theme, mode, Ink.ACCENT) for mode in modes}) == len(modes)
