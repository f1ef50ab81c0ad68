"""The top of the screen: the mode, the title, what is not as usual, and whether the microphone is open."""

from __future__ import annotations

from typing import Final

from voicecoach.display import big_letters
from voicecoach.display.cells import ELLIPSIS, clip, width_of
from voicecoach.display.layout import SMALLEST, Box
from voicecoach.display.palette import Ink
from voicecoach.display.readout import LEAST_OF_TITLE
from voicecoach.display.rows import Lines
from voicecoach.display.scene import Scene
from voicecoach.display.signs import EARCONS, MICROPHONES, PATTERNS, SIGNS
from voicecoach.session.microphone import Microphone

_LEAST_TO_SPELL_OUT: Final = 80
"""Columns from which the microphone's sign stands before whole words."""
_STANDS_OUT: Final = frozenset({Microphone.VOICE, Microphone.LOST})
"""When the microphone's sign has colours other than the band's."""
_ALTERNATE: Final = frozenset({Microphone.ON, Microphone.VOICE})
"""The signs that replace each other all the time, and so are equally wide."""


def band(scene: Scene, box: Box) -> Lines:
    """Mode, title and set on the colour and the pattern of the mode, with what is not as usual; the sign of
    the microphone at the end.
    """
    sign = microphone(scene, box.width)
    box = box._replace(width=box.width - width_of(sign))
    left = f" {SIGNS[scene.mode]} {scene.label.upper()} "
    large_already = not scene.told and scene.title.casefold() == scene.word.casefold()
    title = "" if large_already else scene.title
    alone = box.width - width_of(left) - 2
    most = alone - (min(width_of(title), LEAST_OF_TITLE) + 4 if title else 0)
    right = f" {told} " if (told := _right(scene, min(box.width // 2, alone), most)) else ""
    if title and told.endswith(ELLIPSIS):
        title, right = "", f" {_right(scene, 0, alone)} "
    between = box.width - width_of(left) - width_of(right)
    room = between - 6, box.height if box.height < SMALLEST + 2 else box.height - 2
    face = big_letters.fit((title,), *room) if title else None
    drawn = big_letters.draw(title, face, *room) if face else (clip(title, between - 4),)
    first = (box.height - len(drawn)) // 2
    lines = []
    for y in range(box.height):
        row = drawn[y - first] if first <= y < first + len(drawn) else ""
        row = f"  {row}  " if row else ""
        fill = between - width_of(row)
        pattern = _filled(_pattern(scene), fill)
        middle = y == box.height // 2
        start = left if middle else " " * width_of(left)
        text = f"{start}{row}{pattern}{right if middle else ' ' * width_of(right)}"
        stands_out = middle and scene.microphone in _STANDS_OUT
        shown = sign if middle else " " * width_of(sign)
        lines.append(((text, Ink.BAND), (shown, Ink.STRONG if stands_out else Ink.BAND)))
    return tuple(lines)


def microphone(scene: Scene, width: int) -> str:
    """Return the sign of the microphone on a screen of that width, with its words; empty while it is off."""
    if scene.microphone is Microphone.OFF:
        return ""
    words = "microphone" if width >= _LEAST_TO_SPELL_OUT else "microphone_short"

    def shown(of: Microphone) -> str:
        return f" {MICROPHONES[of]} {scene.say.part(f'screen.{words}.{of}')} "

    text = shown(scene.microphone)
    if scene.microphone in _ALTERNATE:
        text = text.ljust(max(width_of(shown(each)) for each in _ALTERNATE))
    return text


def _filled(pattern: str, width: int) -> str:
    """Return ``pattern`` as often as ``width`` cells have room for it; marks may be cut, words are not."""
    if any(mark.isalnum() for mark in pattern):
        return (pattern * (width // len(pattern))).ljust(width)
    return (pattern * width)[:width]


def _pattern(scene: Scene) -> str:
    """Return what fills the band: the sign of an earcon that is heard, else the pattern of the mode."""
    if scene.earcon is None or scene.earcon not in EARCONS:
        return PATTERNS[scene.mode]
    return f"{EARCONS[scene.earcon]} {scene.say.part(f'screen.earcon.{scene.earcon}').upper()}  "


def _right(scene: Scene, wanted: int, most: int) -> str:
    """What is not as usual, the round and the set, in the fullest wording that fits into the ``wanted``
    columns, else the shortest in at most ``most``: the count is worth more than the end of a title.
    """
    shorter = [
        " · ".join(filter(None, (scene.starts, scene.tempo, scene.levels, rounds, scene.sets)))
        for rounds in scene.rounds or ("",)
    ]
    return next((each for each in shorter if width_of(each) <= wanted), clip(shorter[-1], max(wanted, most)))
