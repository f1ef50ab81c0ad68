"""How many rows each thing is tall, by the size of the screen: what can be read from the mat."""

from dataclasses import replace
from pathlib import Path

from golden import assert_golden
from screens import KINDS, SIZES

from voicecoach.display.layout import LEAST, Part, Plan, places
from voicecoach.display.picture import draw
from voicecoach.display.readout import confirmed
from voicecoach.display.stage import stage_of
from voicecoach.language import phrases
from voicecoach.session.commands import Command

BLOCKS = set("█▀▄")
SEEN = {
    "count": ("hold", Part.COUNT, 0),
    "phase": ("hold", Part.WORD, 0),
    "coming phase": ("hold", Part.WORD, 1),
    "side and rep": ("hold", Part.INFO, 0),
    "instruction": ("briefing", Part.TOLD, 0),
    "caption": ("relax", Part.CAPTIONS, 0),
    "rest": ("rest-before", Part.WORD, 0),
    "what comes": ("rest-before", Part.WORD, 1),
    "its position": ("rest-before", Part.INFO, 0),
    "wait, the key": ("wait", Part.TOLD, -1),
    "paused, the key": ("paused", Part.WORD, -1),
    "no sound, the key": ("lost", Part.WORD, -1),
}
"""The kind of moment that shows a thing, the part that it is in, and which of the lines there it is."""


def letters(kind, part, number, plan):
    """How many rows the letters of a thing are tall; 1 for plain text, 0 when it is not shown."""
    box = places(plan).get(part)
    rows = ["".join(text for text, _ in line) for line in draw(part, KINDS[kind], box)] if box else []
    found = heights(rows)
    if number < len(found):
        return found[number]
    return int(any(letter.isalnum() for row in rows for letter in row))


def heights(rows):
    """The rows of each line of letters: large ones reach to a half row without any."""
    halves = []
    for row in rows:
        large = [bool(set(row) & set(marks)) for marks in ("█▀", "█▄")]
        halves += (
            ["#" if half else "." for half in large] if any(large) else ["t", "."] if row.strip() else [".."]
        )
    return [-(-len(run) // 2) for run in "".join(halves).split(".") if run]


def test_rows_of_each_thing_by_size():
    told = []
    for figure in (False, True):
        sizes = [size for size in SIZES if not figure or size[0] >= 80]
        told.append(f"{'with a figure' if figure else '':<20}" + "".join(f"{w}x{h:<5}" for w, h in sizes))
        for name, (kind, part, number) in SEEN.items():
            scene = KINDS[kind]
            plans = (Plan(w, h, stage_of(scene), scene.sides, figure) for w, h in sizes)
            told.append(f"{name:<20}" + "".join(f"{letters(kind, part, number, plan):<8}" for plan in plans))
    assert_golden(Path(__file__).with_name("rows.txt"), "\n".join(told) + "\n")


def test_the_key_that_is_told_after_another_is_not_cut_on_the_smallest_screen():
    say, box = phrases.load(), places(Plan(*LEAST))[Part.BOTTOM]
    for command, told in ((Command.HURTS, "u takes this back"), (Command.LEAVE, "press q again to stop")):
        scene = replace(KINDS["hold"], notice=confirmed(command, say))
        (row,) = draw(Part.BOTTOM, scene, box)
        assert told in "".join(text for text, _ in row)
