"""A scene as lines of text, part by part. Pure: the same scene in the same box gives the same lines."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from operator import attrgetter
from typing import Final

from voicecoach.display import big_letters
from voicecoach.display.cells import clip, width_of, wrap
from voicecoach.display.layout import LEAST, Box, Part
from voicecoach.display.palette import Ink
from voicecoach.display.readout import LEAST_OF_TITLE, rep
from voicecoach.display.scene import ASKING, Closing, Mode, Scene

SIGNS: Final = {
    Mode.TALK: "≡",
    Mode.BRIEFING: "▼",
    Mode.READY: "▲",
    Mode.MOVE: "►",
    Mode.HOLD: "■",
    Mode.RELAX: "□",
    Mode.REST: "○",
    Mode.CHANGE: "⇄",
    Mode.WAIT: "?",
    Mode.PAUSED: "‖",
    Mode.LOST: "!",
    Mode.END: "✓",
}
PATTERNS: Final = {
    Mode.TALK: " ",
    Mode.BRIEFING: "·",
    Mode.READY: "∙ ",
    Mode.MOVE: "\N{BOX DRAWINGS LIGHT DIAGONAL UPPER RIGHT TO LOWER LEFT}",
    Mode.HOLD: "═",
    Mode.RELAX: "- ",
    Mode.REST: "~",
    Mode.CHANGE: "<>",
    Mode.WAIT: "? ",
    Mode.PAUSED: "‖ ",
    Mode.LOST: "! ",
    Mode.END: "─",
}
"""The pattern of the band, which tells the mode without its colour."""
SMALLEST: Final = 3
"""Rows of the smallest large characters."""
_EIGHTHS: Final = " ▏▎▍▌▋▊▉"


def draw(part: Part, scene: Scene, box: Box) -> Lines:
    """The lines of ``part``."""
    return _PAINTERS[part](scene, box)


def looks_at(part: Part, scene: Scene, box: Box) -> Hashable:
    """Return everything that the lines of ``part`` depend on, so that unchanged parts are not drawn again."""
    if part is Part.PHASE:
        return scene.mode, _eighths(scene.phase_share, box.width)
    if part is Part.SESSION:
        return scene.mode, scene.elapsed, scene.left, _eighths(scene.session_share, box.width)
    return scene.mode, _FIELDS[part](scene)


def _band(scene: Scene, box: Box) -> Lines:
    """Mode, title and set on the colour and the pattern of the mode, with what is not as usual."""
    left = f" {SIGNS[scene.mode]} {scene.label.upper()} "
    title = scene.title if scene.title.casefold() != scene.word.casefold() else ""
    most = box.width - width_of(left) - 2 - (min(width_of(title), LEAST_OF_TITLE) + 4 if title else 0)
    right = f" {told} " if (told := _right(scene, box.width // 2, most)) else ""
    between = box.width - width_of(left) - width_of(right)
    room = between - 6, max(box.height - 2, 0)
    face = big_letters.fit((title,), *room) if title else None
    drawn = big_letters.draw(title, face, *room) if face else (clip(title, between - 4),)
    first = (box.height - len(drawn)) // 2
    lines = []
    for y in range(box.height):
        row = drawn[y - first] if first <= y < first + len(drawn) else ""
        row = f"  {row}  " if row else ""
        fill = between - width_of(row)
        pattern = (PATTERNS[scene.mode] * fill)[:fill]
        middle = y == box.height // 2
        start = left if middle else " " * width_of(left)
        lines.append(((f"{start}{row}{pattern}{right if middle else ' ' * width_of(right)}", Ink.BAND),))
    return tuple(lines)


def _right(scene: Scene, wanted: int, most: int) -> str:
    """What is not as usual, the round and the set, in the fullest wording that fits into the ``wanted``
    columns, else the shortest in at most ``most``: the count is worth more than the end of a title.
    """
    shorter = [
        " · ".join(filter(None, (scene.tempo, scene.levels, rounds, scene.sets)))
        for rounds in scene.rounds or ("",)
    ]
    return next((each for each in shorter if width_of(each) <= wanted), clip(shorter[-1], max(wanted, most)))


def _word(scene: Scene, box: Box) -> Lines:
    """The large word; in the lower half side and rep, or what comes next, or what to press."""
    texts = scene.words or (scene.word,)
    below = [choices for choices in ((scene.side,) if scene.side else (), _reps(scene)) if choices]
    if not below:
        return _large(scene.word, texts, box, Ink.ACCENT)
    lower = box._replace(height=(box.height + 1) // 2)
    upper = box._replace(height=box.height - lower.height)
    return (*_large(scene.word, texts, upper, Ink.ACCENT), *_info(below, lower))


def _count(scene: Scene, box: Box) -> Lines:
    """The count; where nothing is counted, the sign of the mode, large when it asks for something."""
    if not scene.count:
        tall = box.height if scene.mode in ASKING else box.height // 2
        sign = _large(SIGNS[scene.mode], (SIGNS[scene.mode],), Box(0, 0, box.width, tall), Ink.ACCENT)
        return upright(_centred(sign, box), box)
    room = scene.room if len(scene.room) > len(scene.count) else "8" * len(scene.count)
    face = big_letters.fit((room, scene.count, "88"), box.width, box.height)
    if face is None:
        return _centred(_large(scene.count, (scene.count,), box, Ink.ACCENT), box)
    width = max(face.width(room), face.width(scene.count))
    start = (box.width - width) // 2 + width - face.width(scene.count)
    drawn = big_letters.draw(scene.count, face, box.width, box.height)
    return upright([line(box.width, (" " * start, Ink.TEXT), (row, Ink.ACCENT)) for row in drawn], box)


def _info(texts: Sequence[Sequence[str]], box: Box) -> Lines:
    """One or two texts, each in the first wording that can be drawn large, at the bottom of ``box``."""
    if len(texts) == 2 and box.height < 2 * SMALLEST + 1:  # side by side
        first = box.width * 4 // 7
        left = _choice(texts[0], box._replace(width=first))
        right = _choice(texts[1], box._replace(width=box.width - first - 2))
        rows = [line(box.width, *a, ("  ", Ink.TEXT), *b) for a, b in zip(left, right, strict=True)]
        return tuple(rows)
    rows = []
    for choices in texts:
        rows += [line(box.width)] if rows else []
        rows += _choice(choices, box._replace(height=(box.height - len(texts) + 1) // len(texts)))
    return (*[line(box.width)] * (box.height - len(rows)), *rows)


def _reps(scene: Scene) -> tuple[str, ...]:
    """Ways to say which rep it is, the fullest first."""
    if not scene.reps:
        return scene.detail
    if not scene.rep:
        return (scene.say.part(f"screen.{scene.unit}", n=str(scene.reps)),)
    n, reps = str(scene.rep), str(scene.reps)
    short = scene.say.part("screen.which_short", n=n, reps=reps)
    return (rep(scene.rep, scene.reps, scene.unit, scene.say), short, f"{n}/{reps}")


def _choice(choices: Sequence[str], box: Box, ink: Ink = Ink.STRONG, above: float = 1.0) -> Lines:
    """The first of ``choices`` that can be drawn large, else the first in plain bold text; at the bottom."""
    for text in choices:
        widest = "".join("8" if mark.isdigit() else mark for mark in text)
        if big_letters.fit((text, widest), box.width, box.height, 2):
            return _large(text, (text, widest), box, ink, above=above)
    return _large(choices[0], (), box, ink, above=above)


def _large(text: str, among: tuple[str, ...], box: Box, ink: Ink, *, above: float = 0.5) -> Lines:
    """``text`` as large as all of ``among`` can be drawn; in plain text when they cannot.

    ``above`` is the share of the free rows above it.
    """
    face = big_letters.fit(among, box.width, box.height, 2) if among else None
    if face and big_letters.drawable(text):
        drawn: Sequence[str] = big_letters.draw(text, face, box.width, box.height, 2)
    else:
        drawn = wrap(text, box.width, box.height)
    return upright([line(box.width, (row, ink)) for row in drawn], box, above=above)


def _centred(rows: Lines, box: Box) -> Lines:
    """``rows`` in the middle of ``box`` from left to right."""
    texts = ["".join(text for text, _ in row).rstrip() for row in rows]
    margin = (box.width - max(map(width_of, texts), default=0)) // 2
    inks = [row[0][1] for row in rows]
    return tuple(line(box.width, (" " * margin + text, ink)) for text, ink in zip(texts, inks, strict=True))


def _eighths(share: float, width: int) -> int:
    """How many eighths of a cell a bar of ``width`` cells is filled by."""
    return int(share * width * 8)


def _bar(share: float, width: int) -> Line:
    full, part = divmod(_eighths(share, width), 8)
    rest = (_EIGHTHS[part] if part else "") + " " * (width - full - (part > 0))
    return (("█" * full, Ink.ACCENT), (rest, Ink.TRACK))


def _phase(scene: Scene, box: Box) -> Lines:
    return (_bar(scene.phase_share, box.width),) * box.height


def _session(scene: Scene, box: Box) -> Lines:
    left = f" {scene.say.part('screen.left', time=scene.left)}" if scene.left else ""
    start = f"{scene.elapsed} "
    room = box.width - width_of(left) - width_of(start)
    return (line(box.width, (start, Ink.STRONG), *_bar(scene.session_share, room), (left, Ink.STRONG)),)


def _captions(scene: Scene, box: Box) -> Lines:
    """The sentence that is said, marked, in full; above it those before it, as far as there is room."""
    if not scene.captions:
        return (line(box.width),) * box.height
    *before, now = scene.captions
    rows = _sentence("▸ ", now, box.width, box.height, Ink.STRONG)
    for text in reversed(before):
        rows = [*_sentence("  ", text, box.width, box.height, Ink.DIM), *rows]
    return upright(rows[-box.height :], box)


def _sentence(mark: str, text: str, width: int, height: int, ink: Ink) -> list[Line]:
    lines = wrap(text, width - 2, height)
    return [line(width, (mark if not y else "  ", ink), (row, ink)) for y, row in enumerate(lines)]


_ROOM_TO_TELL: Final = 34
"""Columns kept for what has happened or comes next, beside hints at keys."""


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
    if scene.notice:
        said = (clip(f"» {scene.notice}", room), Ink.STRONG)
    else:
        coming = scene.say.part("screen.next", name=scene.coming) if scene.coming else ""
        said = (clip(coming, room), Ink.TEXT)
    fill = " " * (box.width - width_of(said[0]) - width_of(hint))
    return (line(box.width, said, (fill, Ink.TEXT), (hint, Ink.DIM)),)


def _closing(scene: Scene, box: Box) -> Lines:
    """How long and how much it was, in large letters; below that the week, and what else there is to say."""
    end = scene.closing
    if end is None:
        return (line(box.width),) * box.height
    told = [row for text in end.lines for row in wrap(text, box.width, box.height)]
    below: list[Line] = [*_week(end, box)]
    for row in told:
        below += [line(box.width)] if below and row is told[0] else []
        below.append(line(box.width, (row, Ink.STRONG)))
    below = below[-max(box.height - 2 * SMALLEST - 2, 1) :]
    room = box.height - len(below) - (2 if below else 0)
    sets = max(room * 2 // 5, SMALLEST) if end.sets and room > 2 * SMALLEST else 0
    rows = [*_choice(end.time, box._replace(height=room - sets), Ink.ACCENT, 0.5)]
    rows += _choice((end.sets,), box._replace(height=sets), Ink.STRONG, 0.5) if sets else ()
    return upright([*rows, *[line(box.width)] * (2 if below else 0), *below], box, above=0.0)


def _week(end: Closing, box: Box) -> Lines:
    """A block for each day that the week aims at, or that had exercise, the done ones full; and the words."""
    done, goal = end.days
    blocks = max(done, goal)
    if not goal:
        return (line(box.width, (end.week, Ink.STRONG)),) if end.week else ()
    full, empty = "███  " * done, "░░░  " * (blocks - done)
    row = ((full, Ink.ACCENT), (empty, Ink.DIM))
    return line(box.width, *row, (end.week, Ink.STRONG)), line(box.width, *row)


def _small(scene: Scene, box: Box) -> Lines:
    """The count and the word, and a kind hint."""
    told = wrap(
        scene.say.part("screen.small", columns=str(LEAST[0]), rows=str(LEAST[1])), box.width, box.height // 2
    )
    told = [*scene.detail[:1], *told] if scene.mode in ASKING else told
    room = Box(0, 0, box.width, box.height - len(told) - 1)
    if room.height < 1:
        return upright([line(box.width, (f"{scene.word} {scene.count}", Ink.ACCENT))], box)
    rows = [
        line(box.width, (f"{scene.word}", Ink.ACCENT)),
        *_large(scene.count or SIGNS[scene.mode], (scene.count or SIGNS[scene.mode],), room, Ink.ACCENT),
        *(line(box.width, (text, Ink.DIM)) for text in told),
    ]
    return upright(rows, box, above=0.0)


_PAINTERS: Final[Mapping[Part, Callable[[Scene, Box], Lines]]] = {
    Part.BAND: _band,
    Part.WORD: _word,
    Part.COUNT: _count,
    Part.PHASE: _phase,
    Part.CAPTIONS: _captions,
    Part.SESSION: _session,
    Part.BOTTOM: _bottom,
    Part.CLOSING: _closing,
    Part.SMALL: _small,
}
_FIELDS: Final[Mapping[Part, Callable[[Scene], Hashable]]] = {
    Part.BAND: attrgetter("title", "word", "label", "tempo", "levels", "rounds", "sets"),
    Part.WORD: attrgetter("word", "words", "side", "rep", "reps", "unit", "detail"),
    Part.COUNT: attrgetter("count", "room"),
    Part.CAPTIONS: attrgetter("captions"),
    Part.BOTTOM: attrgetter("notice", "coming", "hint", "closing"),
    Part.CLOSING: attrgetter("closing"),
    Part.SMALL: attrgetter("word", "count", "detail"),
}
"""What each part shows besides the mode, for those that are not bars."""


Run = tuple[str, Ink]
Line = tuple[Run, ...]
"""Pieces of text that together are as wide as their box."""
Lines = tuple[Line, ...]
"""As many as their box is tall."""


def line(width: int, *runs: Run) -> Line:
    """``runs`` cut off or filled up with blanks to ``width`` cells."""
    kept: list[Run] = []
    room = width
    for text, ink in runs:
        shown = clip(text, room) if width_of(text) > room else text
        room -= width_of(shown)
        kept.append((shown, ink))
    return (*kept, (" " * room, Ink.TEXT)) if room else tuple(kept)


def upright(rows: Sequence[Line], box: Box, *, above: float = 0.5) -> Lines:
    """``rows`` and empty lines, ``above`` of them above: 0.5 is the middle of ``box``, 0 its top."""
    empty = line(box.width)
    first = int((box.height - len(rows)) * above)
    padded = [*[empty] * first, *rows, *[empty] * box.height]
    return tuple(padded[: box.height])
