"""The middle of the screen: what is said, or word, count and side. Pure, as all that is drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from voicecoach.display import big_letters
from voicecoach.display.big_letters import Face
from voicecoach.display.cells import width_of
from voicecoach.display.large_text import LargeText, set_large
from voicecoach.display.layout import SMALLEST, Box, Stage
from voicecoach.display.palette import Ink
from voicecoach.display.readout import rep
from voicecoach.display.rows import Line, Lines, centred, choice, large, line, upright
from voicecoach.display.scene import Mode, Scene
from voicecoach.display.signs import SIGNS

_STAGES: Final[Mapping[Mode, Stage]] = {
    Mode.TALK: Stage.TELLING,
    Mode.BRIEFING: Stage.TELLING,
    Mode.WAIT: Stage.TELLING,
    Mode.PAUSED: Stage.ASKING,
    Mode.LOST: Stage.ASKING,
    Mode.END: Stage.ASKING,
}
"""What the middle is for; it is for counting in all other modes."""
_APART: Final = 4
"""Columns between side and rep."""
_ROOM_FOR_THEN: Final = 9
"""Rows from which the coming phase is in large letters, too."""


def stage_of(scene: Scene) -> Stage:
    """Return what the middle of the screen is for at this moment."""
    return Stage.CLOSING if scene.closing else _STAGES.get(scene.mode, Stage.COUNTING)


def told(scene: Scene, box: Box) -> Lines:
    """Return what the coach says, page by page; below it the key that is waited for."""
    above = _above_keys(scene, box)
    drawn = _text(scene, above).drawn(page_of(scene, box))
    rows = upright([line(box.width, (row, Ink.ACCENT)) for row in drawn], above)
    if above == box:
        return rows
    keys = box._replace(height=box.height - above.height - 1)
    return (*rows, line(box.width), *choice(scene.detail, keys, Ink.STRONG, 0.5))


def page_of(scene: Scene, box: Box) -> int:
    """Return which page of what the coach says is shown."""
    return _text(scene, _above_keys(scene, box)).page_at(scene.told_share)


def _above_keys(scene: Scene, box: Box) -> Box:
    """Return what the key to press, if there is one, leaves of ``box``."""
    keys = max(box.height // 4, SMALLEST) + 1 if scene.detail else 0
    return box._replace(height=box.height - keys)


def _text(scene: Scene, box: Box) -> LargeText:
    """Return what the coach says, else the word, in large letters."""
    text = scene.captions[-1] if scene.told and scene.captions else scene.word
    return set_large(text, box.width, box.height)


def word(scene: Scene, box: Box) -> Lines:
    """Return the large word, and what comes after it."""
    if scene.mode is Mode.REST and box.height > SMALLEST:
        return _rest(scene, box)
    if stage_of(scene) is Stage.ASKING:
        return _asking(scene, box)
    texts = scene.words or (scene.word,)
    if not scene.thens and not scene.then:
        return large(scene.word, texts, box, Ink.ACCENT, above=0, half_first=True)
    below = max(box.height // 5, SMALLEST) if box.height >= _ROOM_FOR_THEN else int(box.height > SMALLEST)
    upper = box._replace(height=box.height - below - (box.height > SMALLEST + 1))
    drawn = large(scene.word, texts, upper, Ink.ACCENT, above=0, half_first=True)
    if not below:
        return _beside(scene, drawn, box)
    gap = (line(box.width),) * (box.height - upper.height - below)
    return (*drawn, *gap, *_then(scene, box._replace(height=below), Ink.DIM))


def _rest(scene: Scene, box: Box) -> Lines:
    """Return the word and, large below it, what comes next; that matters more where there is little room."""
    upper = box._replace(height=max(box.height // 3, SMALLEST))
    lower = box._replace(height=box.height - upper.height)
    if scene.then and not _then_face(scene, lower) and _then_face(scene, box._replace(height=box.height - 1)):
        upper, lower = box._replace(height=1), box._replace(height=box.height - 1)
    return (
        *large(scene.word, (scene.word,), upper, Ink.ACCENT, above=0),
        *_then(scene, lower, Ink.STRONG),
    )


def _beside(scene: Scene, drawn: Lines, box: Box) -> Lines:
    """Return the word with what comes next in small letters at its right, if there is room."""
    coming = f"{_label(scene)}{scene.then}" if scene.then else ""
    texts = ["".join(text for text, _ in row).rstrip() for row in drawn]
    start = max(map(width_of, texts), default=0) + 2
    if not coming or start + width_of(coming) > box.width:
        return drawn
    middle = len(drawn) // 2
    shown = line(box.width, (texts[middle].ljust(start), Ink.ACCENT), (coming, Ink.DIM))
    return (*drawn[:middle], shown, *drawn[middle + 1 :])


def _then(scene: Scene, box: Box, ink: Ink) -> Lines:
    """Return what comes next, after a small "then"; in the size that all the coming ones of a set have."""
    if not scene.then:
        return (line(box.width),) * box.height
    label, face = _label(scene), _then_face(scene, box)
    if face is None:
        return large(label + scene.then, (), box, ink, above=0)
    drawn = big_letters.draw(scene.then, face, box.width - width_of(label), box.height, 2)
    last = face.rows() - 1
    rows = [
        line(box.width, (label if y == last else " " * len(label), Ink.DIM), (row, ink))
        for y, row in enumerate(drawn)
    ]
    return upright(rows, box, above=0.5 if scene.mode is Mode.REST else 0)


def _label(scene: Scene) -> str:
    return f"{scene.say.part('screen.then')} "


def _then_face(scene: Scene, box: Box) -> Face | None:
    """Return the face for what comes next; None where it has to be in small letters."""
    texts = scene.thens or (scene.then,)
    return big_letters.fit((*texts, scene.then), box.width - width_of(_label(scene)), box.height, 2)


def _asking(scene: Scene, box: Box) -> Lines:
    """Return the word, and large below it what to press."""
    if not scene.detail:
        return centred(large(scene.word, (scene.word,), box, Ink.ACCENT), box)
    lower = box._replace(height=(box.height + 1) // 2)
    upper = box._replace(height=box.height - lower.height)
    return (
        *large(scene.word, (scene.word,), upper, Ink.ACCENT),
        *choice(scene.detail, lower, Ink.STRONG, 0.5),
    )


def info(scene: Scene, box: Box) -> Lines:
    """Return side and rep, or what else belongs to the word, at the bottom of ``box``."""
    texts = [choices for choices in ((scene.side,) if scene.side else (), _reps(scene)) if choices]
    if len(texts) == 2:
        beside = _side_by_side(texts[0], texts[1], box)
        if beside or box.height < 2 * SMALLEST + 1:
            return beside or _side_by_side(texts[0], texts[1][-1:], box, anyhow=True)
    rows: list[Line] = []
    for choices in texts:
        rows += [line(box.width)] if rows else []
        rows += choice(choices, box._replace(height=(box.height - len(texts) + 1) // len(texts)))
    return (*[line(box.width)] * (box.height - len(rows)), *rows)


def _side_by_side(first: Sequence[str], second: Sequence[str], box: Box, *, anyhow: bool = False) -> Lines:
    """Return two texts beside each other, both large; nothing where that cannot be, unless ``anyhow``."""
    face = big_letters.fit((first[0],), box.width, box.height)
    start = face.width(big_letters.drawable(first[0])) if face else width_of(first[0])
    start = min(start, box.width - 2 * _APART)
    left, right = box._replace(width=start), box._replace(width=box.width - start - _APART)
    if not anyhow and not any(big_letters.fit((text,), right.width, right.height) for text in second):
        return ()
    rows = zip(choice(first, left), choice(second, right), strict=True)
    return tuple(line(box.width, *a, (" " * _APART, Ink.TEXT), *b) for a, b in rows)


def _reps(scene: Scene) -> tuple[str, ...]:
    """Ways to say which rep it is, the fullest first."""
    if not scene.reps:
        return scene.detail
    if not scene.rep:
        number = str(scene.reps)
        return scene.say.part(f"screen.{scene.unit}", n=number), scene.say.part("screen.reps_short", n=number)
    if scene.rep == scene.reps:
        return (scene.say.part(f"screen.last.{scene.unit}"), scene.say.part("screen.last.short"))
    n, reps = str(scene.rep), str(scene.reps)
    short = scene.say.part("screen.which_short", n=n, reps=reps)
    return (rep(scene.rep, scene.reps, scene.unit, scene.say), short, f"{n}/{reps}")


def count(scene: Scene, box: Box) -> Lines:
    """Return the count; where nothing is counted, the sign of the mode."""
    text, room = scene.count or SIGNS[scene.mode], scene.room
    if len(room) <= len(text):
        room = "8" * len(text) if scene.count else text
    height = box.height if scene.count else box.height // 2
    face = big_letters.fit((room, text, "88") if scene.count else (text,), box.width, height)
    drawn = big_letters.draw(text, face, box.width, height) if face else (text,)
    wide, width = max(map(width_of, drawn)), face.width(room) if face else width_of(room)
    start = max((box.width - width) // 2 + width - wide, 0)
    rows = [line(box.width, (" " * start + row, Ink.COUNT)) for row in drawn]
    return upright(rows, box, ink=Ink.COUNT)


def rail(scene: Scene, box: Box, side: str) -> Lines:
    """Return the edge of ``side``, filled while that side works."""
    filled = "█" * box.width if scene.rail == side else ""
    return (line(box.width, (filled, Ink.RAIL)),) * box.height
