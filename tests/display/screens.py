"""Moments of a session, and rows of a screen as SVG."""

import re
from dataclasses import replace
from html import escape
from typing import Any

from figure.figures import REACH, exercise_with
from rich.cells import cell_len

from voicecoach.display.figure import SeenFigure, drawing_of
from voicecoach.display.scene import Closing, Mode, Scene
from voicecoach.session.microphone import Microphone
from voicecoach.timeline.segment import Sound

COMMON: dict[str, Any] = {
    "elapsed": "4:10",
    "left": "7:35",
    "session_share": 0.355,
    "coming": "Side bridge",
    "captions": (
        "Keep your hips level.",
        "Reach long through the heel.",
        "Halfway.",
        "Breathe out as you reach, and look at the floor between your hands.",
    ),
}
SET: dict[str, Any] = {"title": "Bird dog", "sets": "set 2 of 3", "side": "LEFT", "reps": 8}
PHASES = ("READY", "REACH", "HOLD", "RETURN")
IN_SET: dict[str, Any] = {"words": PHASES, "thens": PHASES[1:], "rail": "left", "sides": ("left",)}
KINDS = {
    "intro": Scene(
        title="Core",
        word="Core",
        captions=("Core.", "About twelve minutes.", "You need a mat and a strap or a towel."),
        told=True,
        told_share=0.4,
        coming="Cat camel",
        elapsed="0:08",
        left="11:37",
        session_share=0.01,
        phase_share=0.6,
    ),
    "briefing": Scene(
        **COMMON | {"coming": "Rest"},
        mode=Mode.BRIEFING,
        label="get into position",
        title="Bird dog",
        word="Bird dog",
        starts="starts in 0:14",
        told=True,
        told_share=0.7,
        phase_share=0.6,
    ),
    "count-in": Scene(
        **COMMON,
        **SET,
        mode=Mode.READY,
        label="get ready",
        word="READY",
        then="REACH",
        **IN_SET,
        count="3",
        room="8",
        phase_share=0.33,
    ),
    "move": Scene(
        **COMMON,
        **SET,
        mode=Mode.MOVE,
        label="move",
        word="REACH",
        then="HOLD",
        **IN_SET,
        count="2",
        room="8",
        rep=3,
        phase_share=0.45,
    ),
    "hold": Scene(
        **COMMON,
        **SET,
        mode=Mode.HOLD,
        label="hold",
        word="HOLD",
        then="RETURN",
        **IN_SET,
        count="10",
        room="88",
        rep=3,
        phase_share=0.05,
        half=True,
        tempo="speed 80 %",
    ),
    "relax": Scene(
        **COMMON | {"told": True, "told_share": 0.5, "told_now": True},
        title="Curl-up",
        sets="set 1 of 3",
        mode=Mode.RELAX,
        label="relax",
        word="RELAX",
        words=("READY", "LIFT", "HOLD", "RELAX"),
        thens=("LIFT", "HOLD", "RELAX"),
        count="2",
        room="8",
        rep=8,
        reps=8,
        phase_share=0.5,
        earcon=Sound.HALFWAY,
    ),
    "timed": Scene(
        **COMMON,
        mode=Mode.MOVE,
        label="move",
        title="Walk",
        word="WORK",
        words=("READY", "WORK"),
        count="9:47",
        room="88:88",
        phase_share=0.02,
        levels="muted",
    ),
    "own-pace": Scene(
        **COMMON,
        mode=Mode.MOVE,
        label="move",
        title="Wall press",
        word="YOUR PACE",
        words=("YOUR PACE",),
        detail=("Enter = done", "Enter"),
        phase_share=0.3,
        rounds=("round 2 of 3", "R 2/3"),
        sets="set 1 of 2 · 12 reps",
    ),
    "rest": Scene(
        **COMMON | {"coming": ""},
        mode=Mode.REST,
        label="rest",
        word="REST",
        count="24",
        room="88",
        then="set 3 of 3",
        side="LEFT",
        phase_share=0.8,
        notice="15 seconds more rest",
    ),
    "rest-before": Scene(
        **COMMON | {"coming": "", "captions": ("Good, and rest.", "Next comes the glute bridge.")},
        mode=Mode.REST,
        label="rest",
        word="REST",
        count="4",
        room="88",
        then="Glute bridge",
        detail=("on your back", "on back"),
        phase_share=0.1,
        told=True,
        told_share=0.9,
        told_now=True,
    ),
    "change": Scene(
        **COMMON,
        mode=Mode.CHANGE,
        label="change sides",
        title="Bird dog",
        word="RIGHT",
        detail=("change sides",),
        rail="right",
        sides=("right",),
        count="5",
        room="8",
        sets="set 2 of 3",
        phase_share=0.5,
    ),
    "wait": Scene(
        **COMMON | {"captions": ("Well done.", "Fetch your strap.")},
        mode=Mode.WAIT,
        label="waiting for you",
        title="Strap",
        word="READY?",
        told=True,
        starts="goes on in 0:45",
        detail=("Enter = ready", "Enter"),
        phase_share=0.75,
    ),
    "paused": Scene(
        **COMMON,
        **SET | {"side": "", "reps": 0, "sets": "set 2 of 3 · left · rep 3 of 8"},
        mode=Mode.PAUSED,
        label="paused",
        word="PAUSED",
        detail=("space = go on", "space"),
        phase_share=0.3,
    ),
    "lost": Scene(
        **COMMON,
        **SET | {"side": "", "reps": 0, "sets": "set 2 of 3 · left · rep 3 of 8"},
        mode=Mode.LOST,
        label="waiting",
        word="NO SOUND",
        detail=("space = go on without",),
        phase_share=0.3,
        notice="The loudspeaker is gone. The session waits until it is back.",
    ),
    "closing": Scene(
        mode=Mode.END,
        label="the end",
        title="Core",
        word="13 min",
        detail=("12 of 12 sets",),
        closing=Closing(
            title="Core",
            time=("13 minutes", "13 min"),
            sets="12 of 12 sets",
            days=(3, 5),
            week="3 of 5 days this week",
            lines=("More than last time in Bird dog and Curl-up.", "Next is Core, tomorrow."),
        ),
    ),
    "closing-without-plan": Scene(
        mode=Mode.END,
        label="the end",
        title="Quick",
        word="5 min",
        detail=("2 of 2 sets",),
        closing=Closing(
            title="Quick",
            time=("5 minutes", "5 min"),
            sets="2 of 2 sets",
            days=(1, 0),
            week="1 day this week",
            lines=("That was your first session.", "Next is Quick again, on Wednesday."),
        ),
    ),
    "outro": Scene(
        **COMMON | {"coming": "", "left": "0:04", "elapsed": "11:41", "session_share": 0.99},
        title="Core",
        mode=Mode.END,
        label="finished",
        word="FINISHED",
        phase_share=0.8,
    ),
}
BIRD_DOG = drawing_of(exercise_with(f"{REACH}  props: {{mat: true}}\n"))
assert BIRD_DOG is not None
KINDS |= {
    "briefing-figure": replace(KINDS["briefing"], figure=SeenFigure(BIRD_DOG, path=True)),
    "move-figure": replace(KINDS["move"], figure=SeenFigure(BIRD_DOG, stop=0, share=0.45, flipped=True)),
    "paused-figure": replace(KINDS["paused"], figure=SeenFigure(BIRD_DOG, stop=0, share=1.0, flipped=True)),
    "own-pace-listening": replace(KINDS["own-pace"], microphone=Microphone.ON),
    "briefing-voice": replace(KINDS["briefing"], sets="set 1 of 3 · 2 kg", microphone=Microphone.VOICE),
    "paused-unheard": replace(KINDS["paused"], microphone=Microphone.LOST),
    "outro": KINDS.pop("outro"),  # the last one again
}
SIZES = ((40, 15), (60, 20), (80, 24), (120, 40), (200, 60))
CELL = (8, 16)
"""Pixels of a cell in the pictures."""
STYLE = """
rect { shape-rendering: crispEdges }
text { font: 13.3px 'DejaVu Sans Mono', Menlo, Consolas, monospace }
.b { font-weight: bold }
"""
BLOCKS = {
    "█": (0, 0, 1, 1),
    "▀": (0, 0, 1, 0.5),
    "▂": (0, 0.75, 1, 0.25),
    "▄": (0, 0.5, 1, 0.5),
    **{mark: (0, 0, eighths / 8, 1) for eighths, mark in enumerate("▏▎▍▌▋▊▉", 1)},
}
"""Which part of its cell a block character fills: x, y, width, height."""


def svg(strips):
    """Rows of a screen as a picture; blocks are drawn, so that it looks the same with every font."""
    width = max(strip.cell_length for strip in strips) * CELL[0]
    height = len(strips) * CELL[1]
    rows = [row for y, strip in enumerate(strips) for row in _row(strip, y * CELL[1])]
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">',
            f"<style>{STYLE}</style>",
            *rows,
            "</svg>\n",
        ]
    )


def _row(strip, y):
    x = 0
    for segment in strip.simplify():
        style, text, cells = segment.style, segment.text, segment.cell_length
        ink, ground = style.color.name, style.bgcolor.name
        yield _rect(x, y, cells, 1, ground)
        for start, run in _runs(text):
            if run[0] in BLOCKS:
                left, top, wide, tall = BLOCKS[run[0]]
                yield _rect(x + start + left, y + top * CELL[1], wide + len(run) - 1, tall, ink)
            else:
                weight = ' class="b"' if style.bold else ""
                place = f'x="{(x + start) * CELL[0]}" y="{y + 12}"'
                place += f' textLength="{len(run) * CELL[0]}"' if len(run) > 9 else ""
                yield f'<text {place}{weight} fill="{ink}">{escape(run)}</text>'
        x += cells


def _runs(text):
    """Pieces of ``text`` with the cell where they start: words, and signs that are the same."""
    for found in re.finditer(r"([^ -~])\1*|[!-~]+", text):
        yield cell_len(text[: found.start()]), found[0]


def _rect(x, y, wide, tall, fill):
    size = f'width="{wide * CELL[0]:g}" height="{tall * CELL[1]:g}"'
    return f'<rect x="{x * CELL[0]:g}" y="{y:g}" {size} fill="{fill}"/>'


class Still:
    """A view of a session that does not move."""

    def __init__(self):
        self.shown = Scene()

    def scene(self):
        return self.shown
