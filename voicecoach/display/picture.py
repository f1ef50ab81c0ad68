"""A scene as lines of text, part by part. Pure: the same scene in the same box gives the same lines."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from functools import partial
from operator import attrgetter
from typing import Final

from voicecoach.display import bars, captions, figure_picture, stage
from voicecoach.display.band import band, microphone
from voicecoach.display.cells import clip, width_of, wrap
from voicecoach.display.closing import closing
from voicecoach.display.layout import WANTED, Box, Part
from voicecoach.display.palette import Ink
from voicecoach.display.rows import Lines, large, line, upright
from voicecoach.display.scene import STILL, WAITING, Scene
from voicecoach.display.signs import SIGNS

_LEAST_WIDTH_TO_ASK: Final = 60
"""Columns from which a larger window is asked for in a whole sentence."""
_ROOM_TO_TELL: Final = 34
"""Columns kept for what has happened or comes next, beside hints at keys."""


def draw(part: Part, scene: Scene, box: Box) -> Lines:
    """The lines of ``part``."""
    return _PAINTERS[part](scene, box)


def looks_at(part: Part, scene: Scene, box: Box) -> Hashable:
    """Return everything that the lines of ``part`` depend on, so that unchanged parts are not drawn again."""
    if part is Part.PHASE:
        return scene.mode, scene.half, bars.eighths(scene.phase_share, box.width)
    if part is Part.TOLD:
        return (
            scene.mode,
            scene.captions[-1:],
            scene.told,
            scene.word,
            scene.detail,
            stage.page_of(scene, box),
        )
    if part is Part.CAPTIONS:
        return scene.mode, captions.shown(scene, box)
    if part is Part.SESSION:
        return scene.mode, scene.elapsed, scene.left, int(scene.session_share * box.width)
    return scene.mode, _FIELDS[part](scene)


def _bottom(scene: Scene, box: Box) -> Lines:
    """What has just happened, else what comes next; and how to see the keys, unless what happened is long.

    While the session stands still, a caption says what has happened.
    """
    if scene.closing:
        return (line(box.width, (scene.say.part("screen.any_key"), Ink.STRONG)),)
    notice = "" if scene.mode in STILL or not scene.notice else f"» {scene.notice}"
    hint, room_for_more = scene.say.part("screen.keys_hint"), box.width - _ROOM_TO_TELL
    if scene.hint and width_of(longer := f"{scene.hint} · {hint}") <= room_for_more:
        hint = longer
    if width_of(notice) > box.width - width_of(hint) - 2:
        hint = ""
    room = box.width - width_of(hint) - 2
    if notice:
        said = (clip(notice, room), Ink.STRONG)
    else:
        coming = scene.say.part("screen.next", name=scene.coming) if scene.coming else ""
        said = (clip(coming, room), Ink.TEXT)
    fill = " " * (box.width - width_of(said[0]) - width_of(hint))
    return (line(box.width, said, (fill, Ink.TEXT), (hint, Ink.DIM)),)


def larger_window(scene: Scene, width: int) -> str:
    """Ask for a larger window, in about ``width`` columns."""
    phrase = "small" if width >= _LEAST_WIDTH_TO_ASK else "small_short"
    return scene.say.part(f"screen.{phrase}", columns=str(WANTED[0]), rows=str(WANTED[1]))


def _small(scene: Scene, box: Box) -> Lines:
    """The count and the word, and a kind hint."""
    told = wrap(larger_window(scene, WANTED[0]), box.width, box.height // 2)
    told = [*scene.detail[:1], *told] if scene.mode in WAITING else told
    if sign := microphone(scene, box.width):
        told = [sign.strip(), *told][: box.height - 2]
    room = Box(0, 0, box.width, box.height - len(told) - 1)
    if room.height < 1:
        return upright([line(box.width, (f"{scene.word} {scene.count}", Ink.ACCENT))], box)
    rows = [
        line(box.width, (scene.word, Ink.ACCENT)),
        *large(scene.count or SIGNS[scene.mode], (scene.count or SIGNS[scene.mode],), room, Ink.ACCENT),
        *(line(box.width, (text, Ink.DIM)) for text in told),
    ]
    return upright(rows, box, above=0.0)


_PAINTERS: Final[Mapping[Part, Callable[[Scene, Box], Lines]]] = {
    Part.BAND: band,
    Part.TOLD: stage.told,
    Part.WORD: stage.word,
    Part.INFO: stage.info,
    Part.COUNT: stage.count,
    Part.LEFT_RAIL: partial(stage.rail, side="left"),
    Part.RIGHT_RAIL: partial(stage.rail, side="right"),
    Part.FIGURE: figure_picture.draw,
    Part.PHASE: bars.phase,
    Part.CAPTIONS: captions.draw,
    Part.SESSION: bars.session,
    Part.BOTTOM: _bottom,
    Part.CLOSING: closing,
    Part.SMALL: _small,
}
_FIELDS: Final[Mapping[Part, Callable[[Scene], Hashable]]] = {
    Part.BAND: attrgetter(
        "title",
        "word",
        "told",
        "label",
        "starts",
        "tempo",
        "levels",
        "rounds",
        "sets",
        "earcon",
        "microphone",
    ),
    Part.WORD: attrgetter("word", "words", "then", "thens", "detail"),
    Part.INFO: attrgetter("side", "rep", "reps", "unit", "detail"),
    Part.LEFT_RAIL: attrgetter("rail"),
    Part.RIGHT_RAIL: attrgetter("rail"),
    Part.COUNT: attrgetter("count", "room"),
    Part.FIGURE: attrgetter("figure"),
    Part.BOTTOM: attrgetter("notice", "coming", "hint", "closing"),
    Part.CLOSING: attrgetter("closing"),
    Part.SMALL: attrgetter("word", "count", "detail", "microphone"),
}
"""What each part shows besides the mode, for those that are not bars."""
