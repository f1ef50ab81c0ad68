"""A scene as lines of text, part by part. Pure: the same scene in the same box gives the same lines."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from functools import partial
from operator import attrgetter
from typing import Final

from voicecoach.display import big_letters, stage
from voicecoach.display.cells import ELLIPSIS, clip, width_of, wrap
from voicecoach.display.large_text import set_large
from voicecoach.display.layout import SMALLEST, WANTED, Box, Part, Stage
from voicecoach.display.palette import Ink
from voicecoach.display.readout import LEAST_OF_TITLE
from voicecoach.display.rows import Line, Lines, choice, large, line, upright
from voicecoach.display.scene import ASKING, Closing, Scene
from voicecoach.display.signs import EARCONS, PATTERNS, SIGNS

_EIGHTHS: Final = " ▏▎▍▌▋▊▉"
TRACK: Final = "▂"
"""The part of a bar that is still to come: its shape tells it from the rest without colour."""
LEAST_WIDTH_TO_ASK: Final = 60
"""Columns from which a larger window is asked for in a whole sentence."""
_CLOSING_GAP: Final = 2
"""Empty rows between what is large at the end of a session and the rest."""
LEAST_SESSION: Final = 20
"""Columns from which the time has a bar."""
TICK: Final = "┃"


def draw(part: Part, scene: Scene, box: Box) -> Lines:
    """The lines of ``part``."""
    return _PAINTERS[part](scene, box)


def looks_at(part: Part, scene: Scene, box: Box) -> Hashable:
    """Return everything that the lines of ``part`` depend on, so that unchanged parts are not drawn again."""
    if part is Part.PHASE:
        return scene.mode, scene.half, _eighths(scene.phase_share, box.width)
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
        large_ones = _is_large(scene, box)
        shown = _large_caption(scene, box) if large_ones else (scene.captions, _lines_said(scene, box))
        return scene.mode, shown, scene.notice
    if part is Part.SESSION:
        return scene.mode, scene.elapsed, scene.left, int(scene.session_share * box.width)
    return scene.mode, _FIELDS[part](scene)


def _band(scene: Scene, box: Box) -> Lines:
    """Mode, title and set on the colour and the pattern of the mode, with what is not as usual."""
    left = f" {SIGNS[scene.mode]} {scene.label.upper()} "
    large_already = not scene.told and scene.title.casefold() == scene.word.casefold()
    title = "" if large_already else scene.title
    most = box.width - width_of(left) - 2 - (min(width_of(title), LEAST_OF_TITLE) + 4 if title else 0)
    right = f" {told} " if (told := _right(scene, box.width // 2, most)) else ""
    if title and told.endswith(ELLIPSIS):
        title, right = "", f" {_right(scene, 0, box.width - width_of(left) - 2)} "
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
        lines.append(((f"{start}{row}{pattern}{right if middle else ' ' * width_of(right)}", Ink.BAND),))
    return tuple(lines)


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


def _eighths(share: float, width: int) -> int:
    """How many eighths of a cell a bar of ``width`` cells is filled by."""
    return int(share * width * 8)


def _bar(share: float, width: int, *, track: str = TRACK, half: bool = False) -> Line:
    """Return a bar of one row, with a tick at its ``half`` where that matters."""
    eighths = _eighths(share, width)
    full, part = divmod(eighths, 8)
    filled = "█" * full + (_EIGHTHS[part] if part else "")
    whole = filled + track * (width - len(filled))
    runs = ((whole[:full], Ink.AREA), (whole[full:], Ink.TRACK))
    if not half:
        return runs
    middle = width // 2
    tick = (TICK, Ink.BAND if middle < full else Ink.AREA)
    before = (whole[: min(full, middle)], Ink.AREA), (whole[full:middle], Ink.TRACK)
    after = (whole[middle + 1 : full], Ink.AREA), (whole[max(full, middle + 1) :], Ink.TRACK)
    return tuple(run for run in (*before, tick, *after) if run[0])


def _phase(scene: Scene, box: Box) -> Lines:
    upper = _bar(scene.phase_share, box.width, track=" ", half=scene.half)
    return (*(upper,) * (box.height - 1), _bar(scene.phase_share, box.width, half=scene.half))


def _session(scene: Scene, box: Box) -> Lines:
    left = f" {scene.say.part('screen.left', time=scene.left)}" if scene.left else ""
    if box.width < LEAST_SESSION:
        return (line(box.width, (left.strip(), Ink.STRONG)),)
    start = f"{scene.elapsed} "
    room = box.width - width_of(left) - width_of(start)
    done = int(scene.session_share * room)
    bar = ("━" * done, Ink.ACCENT), ("─" * (room - done), Ink.ACCENT)
    return (line(box.width, (start, Ink.STRONG), *bar, (left, Ink.STRONG)),)


def _is_large(scene: Scene, box: Box) -> bool:
    """Tell whether captions are in large letters: where there is room, and they are not large already."""
    return box.height >= 2 * SMALLEST and not _stands_above(scene)


def _large_caption(scene: Scene, box: Box) -> tuple[str, int]:
    """Return the sentence that is said, or was a moment ago, and the page of it that is shown."""
    text = scene.captions[-1] if scene.captions and scene.told_now else ""
    return text, set_large(text, box.width, box.height).page_at(scene.told_share)


def _captions(scene: Scene, box: Box) -> Lines:
    """The sentence that is said, in full; in small letters also those before it, as far as there is room.

    While the coach talks it is large above them, and only those before it stand here.
    """
    if _is_large(scene, box):
        text, page = _large_caption(scene, box)
        drawn = set_large(text, box.width, box.height).drawn(page, below=True)
        return upright([line(box.width, (row, Ink.STRONG)) for row in drawn], box, above=0)
    if scene.notice and stage.stage_of(scene) is Stage.ASKING:  # there is little room for it at the bottom
        return upright(
            _sentence("» ", wrap(scene.notice, box.width - 2, box.height), box.width, Ink.STRONG), box
        )
    rows: list[Line] = []
    before = scene.captions
    if not _stands_above(scene):
        before = scene.captions[:-1]
        rows = _sentence("▸ ", _lines_said(scene, box), box.width, Ink.STRONG)
    elif scene.told:
        before = scene.captions[:-1]
    for text in reversed(before):
        rows = [*_sentence("  ", wrap(text, box.width - 2, box.height), box.width, Ink.DIM), *rows]
    return upright(rows[-box.height :], box)


def _stands_above(scene: Scene) -> bool:
    """Tell whether the sentence that is said is large already."""
    return stage.stage_of(scene) is Stage.TELLING


def _lines_said(scene: Scene, box: Box) -> tuple[str, ...]:
    """Return the last sentence in small letters; the part of it that is being said, if it is too long."""
    lines = [row for text in scene.captions[-1:] for row in wrap(text, box.width - 2, len(text))]
    first = min(int(scene.told_share * len(lines)), len(lines) - 1) // box.height * box.height if lines else 0
    return tuple(lines[first : first + box.height])


def _sentence(mark: str, lines: Sequence[str], width: int, ink: Ink) -> list[Line]:
    return [line(width, (mark if not y else "  ", ink), (row, ink)) for y, row in enumerate(lines)]


_ROOM_TO_TELL: Final = 34
"""Columns kept for what has happened or comes next, beside hints at keys."""


_ROOM_FOR_NOTICES: Final = 70
"""Columns that hold any notice. With less, one that says why the session stands still is a caption."""


def _bottom(scene: Scene, box: Box) -> Lines:
    """What has just happened, else what comes next; and how to see the keys, unless what happened is long."""
    if scene.closing:
        return (line(box.width, (scene.say.part("screen.any_key"), Ink.STRONG)),)
    hint, room_for_more = scene.say.part("screen.keys_hint"), box.width - _ROOM_TO_TELL
    if scene.hint and width_of(longer := f"{scene.hint} · {hint}") <= room_for_more:
        hint = longer
    if width_of(f"» {scene.notice}") > box.width - width_of(hint) - 2:
        hint = ""
    room = box.width - width_of(hint) - 2
    above = stage.stage_of(scene) is Stage.ASKING and box.width < _ROOM_FOR_NOTICES
    if scene.notice and not above:
        said = (clip(f"» {scene.notice}", room), Ink.STRONG)
    else:
        coming = scene.say.part("screen.next", name=scene.coming) if scene.coming else ""
        said = (clip(coming, room), Ink.TEXT)
    fill = " " * (box.width - width_of(said[0]) - width_of(hint))
    return (line(box.width, said, (fill, Ink.TEXT), (hint, Ink.DIM)),)


def _closing(scene: Scene, box: Box) -> Lines:
    """How long and how much it was, in large letters; below that the week, and what else has room."""
    end = scene.closing
    if end is None:
        return (line(box.width),) * box.height
    below = list(_week(end, box))
    large_ones = 2 if end.sets and box.height >= 2 * SMALLEST + _CLOSING_GAP + len(below) else 1
    if end.sets and large_ones == 1:
        below.insert(0, line(box.width, (end.sets, Ink.STRONG)))
    told = [row for text in end.lines for row in wrap(text, box.width, box.height)]
    left = box.height - large_ones * SMALLEST - _CLOSING_GAP - len(below) - bool(below)
    if told and left > 0:
        below += [line(box.width)] if below else []
        below += [line(box.width, (row, Ink.STRONG)) for row in told[:left]]
    room = box.height - len(below) - (_CLOSING_GAP if below else 0)
    sets = max(room * 2 // 5, SMALLEST) if large_ones == 2 else 0
    rows = [*choice(end.time, box._replace(height=room - sets), Ink.ACCENT, 0.5)]
    rows += choice((end.sets,), box._replace(height=sets), Ink.STRONG, 0.5) if sets else ()
    return upright([*rows, *[line(box.width)] * (_CLOSING_GAP if below else 0), *below], box, above=0.0)


def _week(end: Closing, box: Box) -> Lines:
    """A block for each day that the week aims at, or that had exercise, the done ones full; and the words."""
    done, goal = end.days
    blocks = max(done, goal)
    words = line(box.width, (end.week, Ink.STRONG))
    if not goal:
        return (words,) if end.week else ()
    full, empty = "███  " * done, "░░░  " * (blocks - done)
    row = ((full, Ink.ACCENT), (empty, Ink.DIM))
    if width_of(full + empty + end.week) > box.width:
        return words, line(box.width, *row)
    return line(box.width, *row, (end.week, Ink.STRONG)), line(box.width, *row)


def larger_window(scene: Scene, width: int) -> str:
    """Ask for a larger window, in about ``width`` columns."""
    phrase = "small" if width >= LEAST_WIDTH_TO_ASK else "small_short"
    return scene.say.part(f"screen.{phrase}", columns=str(WANTED[0]), rows=str(WANTED[1]))


def _small(scene: Scene, box: Box) -> Lines:
    """The count and the word, and a kind hint."""
    told = wrap(larger_window(scene, WANTED[0]), box.width, box.height // 2)
    told = [*scene.detail[:1], *told] if scene.mode in ASKING else told
    room = Box(0, 0, box.width, box.height - len(told) - 1)
    if room.height < 1:
        return upright([line(box.width, (f"{scene.word} {scene.count}", Ink.ACCENT))], box)
    rows = [
        line(box.width, (f"{scene.word}", Ink.ACCENT)),
        *large(scene.count or SIGNS[scene.mode], (scene.count or SIGNS[scene.mode],), room, Ink.ACCENT),
        *(line(box.width, (text, Ink.DIM)) for text in told),
    ]
    return upright(rows, box, above=0.0)


_PAINTERS: Final[Mapping[Part, Callable[[Scene, Box], Lines]]] = {
    Part.BAND: _band,
    Part.TOLD: stage.told,
    Part.WORD: stage.word,
    Part.INFO: stage.info,
    Part.COUNT: stage.count,
    Part.LEFT_RAIL: partial(stage.rail, side="left"),
    Part.RIGHT_RAIL: partial(stage.rail, side="right"),
    Part.PHASE: _phase,
    Part.CAPTIONS: _captions,
    Part.SESSION: _session,
    Part.BOTTOM: _bottom,
    Part.CLOSING: _closing,
    Part.SMALL: _small,
}
_FIELDS: Final[Mapping[Part, Callable[[Scene], Hashable]]] = {
    Part.BAND: attrgetter("title", "word", "label", "starts", "tempo", "levels", "rounds", "sets", "earcon"),
    Part.WORD: attrgetter("word", "words", "then", "thens", "detail"),
    Part.INFO: attrgetter("side", "rep", "reps", "unit", "detail"),
    Part.LEFT_RAIL: attrgetter("rail"),
    Part.RIGHT_RAIL: attrgetter("rail"),
    Part.COUNT: attrgetter("count", "room"),
    Part.CAPTIONS: attrgetter("captions"),
    Part.BOTTOM: attrgetter("notice", "coming", "hint", "closing"),
    Part.CLOSING: attrgetter("closing"),
    Part.SMALL: attrgetter("word", "count", "detail"),
}
"""What each part shows besides the mode, for those that are not bars."""
