"""Every screen as a picture to look through, and what of it is told from the mat without glasses."""

import itertools
import math
import shutil
from collections import defaultdict
from dataclasses import replace
from html import escape
from pathlib import Path
from typing import NamedTuple

import eye
import monitor
import pytest
from coloraide import Color
from screens import KINDS, SIZES, svg

from voicecoach.display.layout import WANTED, Part, Plan, places
from voicecoach.display.scene import Mode
from voicecoach.display.stage import stage_of
from voicecoach.settings.table import Theme

FOLDER = Path(__file__).parents[2] / "build" / "screens"
"""Where the pictures of a whole proof are kept; those of a part of it are not."""
GLANCE = 10
"""The difference that is told at a glance, as CIEDE2000; 2.3 is just noticed. [own choice]"""
READABLE = 4.5
"""The contrast of any text (WCAG 2.2, 1.4.3)."""
PHASES = {
    Mode.READY: "READY",
    Mode.MOVE: "REACH",
    Mode.HOLD: "HOLD",
    Mode.RELAX: "RELAX",
    Mode.CHANGE: "LEFT",
}
WORK = (Mode.MOVE, Mode.HOLD, Mode.RELAX)
COUNTS = (("1", "8"), ("8", "8"), ("11", "88"), ("24", "88"))
"""From little ink to much, and how wide the count gets in that phase."""
COLOURED = ("24 bits", "16 colours")


def name_of(size):
    return f"{size[0]}x{size[1]}"


@pytest.fixture
def folder(tmp_path, request):
    if request.config.getoption("--share") < 1:
        return tmp_path
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    return FOLDER


def test_every_screen_is_drawn_whole_and_readable(
    some, folder, progress, record_property, monkeypatch, tmp_path
):
    """Each kind of moment, the keys and the list of routines, in every size, theme and depth of colour."""
    monkeypatch.setenv("VOICECOACH_HOME", str(tmp_path))
    index, faint, least = [], {}, defaultdict(lambda: 21.0)
    for size, theme, terminal in some(itertools.product(SIZES, Theme, monitor.TERMINALS)):
        drawn = monitor.session(size, theme, terminal, KINDS) | monitor.choosing(size, theme, terminal)
        progress(f"{name_of(size)} {theme} {terminal}: {len(drawn)} pictures")
        for kind, rows in drawn.items():
            where = f"{name_of(size)}-{theme}-{terminal.replace(' ', '-')}-{kind}"
            assert [row.cell_length for row in rows] == [size[0]] * size[1], where
            lowest, text = min(contrasts(rows))
            if lowest < READABLE:
                faint[where] = text, lowest
            least[theme, terminal] = min(least[theme, terminal], lowest)
            (folder / f"{where}.svg").write_text(svg(rows), encoding="utf-8")
            (folder / f"{where}.png").write_bytes(eye.png(eye.blurred(eye.light(rows))))
            index.append((f"{name_of(size)}, {theme}, {terminal}", kind, where))
    (folder / "index.html").write_text(page(index), encoding="utf-8")
    record_property(
        "figure",
        f"{len(index)} pictures, each also out of focus, in {'/'.join(folder.parts[-2:])}/index.html",
    )
    for terminal in monitor.TERMINALS:
        found = (f"{theme} {least[theme, terminal]:.1f}" for theme in Theme if (theme, terminal) in least)
        if told := ", ".join(found):
            record_property("figure", f"least contrast of text, {terminal}: {told}")
    assert faint == {}


def contrasts(rows):
    """The contrast of each piece of text of a screen to its ground, and the text."""
    for segment in itertools.chain.from_iterable(rows):
        if any(mark.isalnum() for mark in segment.text):
            ink, ground = segment.style.color.name, segment.style.bgcolor.name
            yield eye.contrast(ink, ground), segment.text


def page(pictures):
    """All ``pictures`` in groups, each sharp and out of focus."""
    groups = defaultdict(list)
    for group, kind, where in pictures:
        sharp, soft = (f'<img loading="lazy" src="{where}.{ending}">' for ending in ("svg", "png"))
        groups[group].append(f"<figure>{sharp}{soft}<figcaption>{escape(kind)}</figcaption></figure>")
    style = (
        "body { background: #555; color: #fff; font-family: sans-serif } figure { display: inline-block;"
        " margin: 4px } img { width: 480px; vertical-align: top }"
    )
    parts = (f"<h2>{escape(group)}</h2>\n" + "\n".join(figures) for group, figures in groups.items())
    return f"<!doctype html><title>Screens</title><style>{style}</style>\n" + "\n".join(parts) + "\n"


def moments(figure=None):
    """Moments of work and rest by mode, side and count; those of work with a figure, if one is given."""
    found = {}
    for (mode, word), (count, room), side in itertools.product(PHASES.items(), COUNTS, ("left", "right", "")):
        if mode is Mode.CHANGE and not side:
            continue
        found[mode, side, count] = replace(
            KINDS["move"],
            mode=mode,
            label=str(mode),
            word=word,
            words=tuple(PHASES.values()),
            count=count,
            room=room,
            side=side.upper(),
            rail=side,
            sides=(side,) if side else (),
            phase_share=0.05,
            figure=replace(figure, flipped=side == "left") if figure else None,
        )
    for kind, (count, room) in itertools.product(("rest", "rest-before"), COUNTS):
        found[Mode.REST, kind, count] = replace(KINDS[kind], count=count, room=room)
    return found


def told_apart(size, theme, terminal, figure=None):
    """The least difference in blurred pictures of what must be told apart."""
    shown = moments(figure)
    drawn = monitor.session(size, theme, terminal, shown)
    seen = {moment: Seen.of(drawn[moment], scene, size) for moment, scene in shown.items()}
    found = defaultdict(lambda: math.inf)
    for (one, first), (other, second) in itertools.combinations(seen.items(), 2):
        if one[0] in WORK and other[0] is Mode.REST:
            apart = "work or rest", eye.difference(first.whole, second.whole)
        elif one[0] is other[0] and (one[1], other[1]) == ("left", "right"):
            apart = "side", eye.difference(first.left, second.left)
        elif one[0] is not other[0] is not Mode.REST:
            cues = (first.count, second.count), (first.colourful, second.colourful)
            apart = "phase", max(itertools.starmap(eye.difference, cues))
        else:
            continue
        found[apart[0]] = min(found[apart[0]], apart[1])
    return found


class Seen(NamedTuple):
    """Colours of a blurred picture."""

    whole: Color
    left: Color
    """The left edge of the middle, which is lit or not: the right one melts with the count beside it."""
    count: Color
    """The place of the count."""
    colourful: Color
    """The most colourful hundredth, wherever it is: the count, the rail or the bar."""

    @classmethod
    def of(cls, rows, scene, size):
        picture = eye.blurred(eye.light(rows))
        tall, wide, _ = picture.shape
        across, down = wide // size[0], tall // size[1]
        plan = Plan(size[0], size[1], stage_of(scene), scene.sides, figure=scene.figure is not None)
        box = places(plan)[Part.COUNT]
        rows, columns = (
            slice(first * by, (first + count) * by)
            for first, count, by in ((box.y, box.height, down), (box.x, box.width, across))
        )
        parts = (picture, picture[rows, : wide // 20], picture[rows, columns], eye.coloured(picture))
        return cls(*map(eye.colour, parts))


TOLD = ("work or rest", "phase", "side")


def test_what_is_told_from_the_mat_without_glasses(some, progress, record_property):
    """Work or rest by the mean colour of the screen, the phase by that of the count or of the most colourful
    part, the side by that of the left edge, with any number, with a figure and without; as blurred as for -2
    dioptres at three metres.
    """
    least = {}
    figures = (None, KINDS["move-figure"].figure)
    for terminal, theme, size, figure in some(itertools.product(COLOURED, Theme, SIZES, figures)):
        if figure and size < WANTED:
            continue  # there is none
        found = told_apart(size, theme, terminal, figure)
        for what, apart in found.items():
            key = terminal, theme, what, size
            least[key] = min(apart, least.get(key, math.inf))
        progress(f"{terminal} {theme} {name_of(size)}: {min(found.values()):.1f}")
    record_property("table", table(least))
    assert {key: apart for key, apart in least.items() if apart < GLANCE} == {}


def table(least):
    rows = [
        "Told from 3 m by an eye of -2 D, at a glance from a difference (CIEDE2000) of 10; the least found:",
        "",
    ]
    rows.append(f"{'':<36}" + "".join(f"{name_of(size):>8}" for size in SIZES))
    for terminal, theme, what in itertools.product(COLOURED, Theme, TOLD):
        found = (least.get((terminal, theme, what, size)) for size in SIZES)
        cells = (f"{apart:>8.1f}" if apart is not None else f"{'-':>8}" for apart in found)
        rows.append(f"{terminal:<12}{theme:<10}{what:<14}" + "".join(cells))
    return "\n".join(rows)
