"""The captions: what is said, in large letters where there is room."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from voicecoach.display.cells import wrap
from voicecoach.display.large_text import set_large
from voicecoach.display.layout import SMALLEST, Box, Stage
from voicecoach.display.palette import Ink
from voicecoach.display.rows import Line, Lines, line, upright
from voicecoach.display.scene import STILL, Scene
from voicecoach.display.stage import stage_of


def draw(scene: Scene, box: Box) -> Lines:
    """The sentence that is said, in full; in small letters also those before it, as far as there is room.

    While the coach talks it is large above them, and only those before it stand here. While the session
    stands still, a notice stands here instead, as one that says why may be long.
    """
    if _has_happened(scene):
        return upright(_sentence("» ", _wrapped(scene.notice, box), box.width, Ink.STRONG), box)
    if _is_large(scene, box):
        text, page = _large_caption(scene, box)
        rows = set_large(text, box.width, box.height).drawn(page, half_first=True)
        return upright([line(box.width, (row, Ink.STRONG)) for row in rows], box, above=0)
    lines: list[Line] = []
    before = scene.captions
    if not _stands_above(scene):
        before = scene.captions[:-1]
        lines = _sentence("▸ ", _lines_said(scene, box), box.width, Ink.STRONG)
    elif scene.told:
        before = scene.captions[:-1]
    for text in reversed(before):
        lines = [*_sentence("  ", _wrapped(text, box), box.width, Ink.DIM), *lines]
    return upright(lines[-box.height :], box)


def shown(scene: Scene, box: Box) -> Hashable:
    """Return everything besides the mode that :func:`draw` depends on."""
    if _has_happened(scene):
        return scene.notice
    if _is_large(scene, box):
        return _large_caption(scene, box)
    return scene.captions, scene.told, _lines_said(scene, box)


def _has_happened(scene: Scene) -> bool:
    """Tell whether a notice says why the session stands still, or answers a key meanwhile."""
    return bool(scene.notice) and scene.mode in STILL


def _is_large(scene: Scene, box: Box) -> bool:
    """Tell whether captions are in large letters: where there is room, and they are not large already."""
    return box.height >= 2 * SMALLEST and not _stands_above(scene)


def _stands_above(scene: Scene) -> bool:
    """Tell whether the sentence that is said is large already."""
    return stage_of(scene) is Stage.TELLING


def _large_caption(scene: Scene, box: Box) -> tuple[str, int]:
    """Return the sentence that is said, or was a moment ago, and the page of it that is shown."""
    text = scene.captions[-1] if scene.captions and scene.told_now else ""
    return text, set_large(text, box.width, box.height).page_at(scene.told_share)


def _lines_said(scene: Scene, box: Box) -> tuple[str, ...]:
    """Return the last sentence in small letters; the part of it that is being said, if it is too long."""
    lines = [row for text in scene.captions[-1:] for row in wrap(text, box.width - 2, len(text))]
    first = min(int(scene.told_share * len(lines)), len(lines) - 1) // box.height * box.height if lines else 0
    return tuple(lines[first : first + box.height])


def _wrapped(text: str, box: Box) -> Sequence[str]:
    return wrap(text, box.width - 2, box.height)


def _sentence(mark: str, lines: Sequence[str], width: int, ink: Ink) -> list[Line]:
    return [line(width, (mark if not y else "  ", ink), (row, ink)) for y, row in enumerate(lines)]
