"""The colours of the modes on the page that plays a session: that all can be read and told apart."""

import re

from voicecoach.display.scene import Mode
from voicecoach.display.themes import Colour, contrast
from voicecoach.pages import player_colours

RULE = re.compile(r"\.stage\[data-mode=(\w+)\]\{([^}]*)\}")
RULES = [
    (mode, {name: Colour(*bytes.fromhex(value)) for name, value in re.findall(r"--([\w-]+):#(\w{6})", told)})
    for mode, told in RULE.findall(player_colours.styles())
]


def test_every_mode_of_every_theme_has_its_colours():
    assert [mode for mode, _ in RULES] == 3 * [each.name.lower() for each in Mode]


def test_all_letters_of_the_stage_can_be_read_and_its_rail_be_seen():
    for mode, of in RULES:
        for letters, ground in (
            ("ink", "ground"),
            ("on-band", "band"),
            ("count", "count-ground"),
            ("about", "count-ground"),
        ):
            assert contrast(of[letters], of[ground]) >= 4.5, (mode, letters)
        assert contrast(of["hue"], of["ground"]) >= 3, mode


def test_rest_has_another_ground_than_work():
    for first in range(0, len(RULES), len(Mode)):
        grounds = {mode: of["ground"] for mode, of in RULES[first : first + len(Mode)]}
        assert [mode for mode, ground in grounds.items() if ground != grounds["move"]] == ["rest"]
