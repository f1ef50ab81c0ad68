"""What a page shows while its sound plays: scenes, sentences and figures, each with its time. Pure.

A time is in seconds of the sound as a browser plays it. The page counts by itself: with ``until`` a scene has
the moment at which its count comes to zero, and the number at a time is that of
:func:`voicecoach.display.readout.count`, the whole seconds left, rounded up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Final

from voicecoach.display.figure import CALM, STILL_FOR, SeenFigure, drawing_of, figure_at
from voicecoach.display.moment import Moment, scene_of
from voicecoach.display.readout import COUNTED, rep
from voicecoach.display.scene import FigureShown, Mode, Scene
from voicecoach.figure import svg
from voicecoach.figure.drawing import Drawing
from voicecoach.language.phrases import Phrases
from voicecoach.routine.phase import PhaseKind
from voicecoach.session.listener import Position, Script
from voicecoach.timeline.segment import Beat, Score, Segment, Speak
from voicecoach.timeline.steps import Briefing
from voicecoach.units import frames, seconds

Json = dict[str, Any]
Clock = Callable[[int], float]
"""Returns the time at which a frame of the session is heard from the page."""

_LARGEST: Final = 6_000
"""Bytes of a figure on a page, at most: a short session has little room beside its sound [own choice]."""
_DRAINING: Final = frozenset({Mode.REST, Mode.BRIEFING})
"""The modes whose bar empties, as on the full screen."""
_OWN: Final = frozenset({PhaseKind.OWN_PACE, PhaseKind.TIMED})
"""The phases in which the figure moves at a pace of its own."""


def clock(delay: float) -> Clock:
    """Return a clock of a sound that is heard so many seconds later than it stands in the timeline."""
    return lambda frame: round(frame / frames(1) + delay, 3)


def moments(script: Script, score: Score, say: Phrases, at: Clock) -> list[Json]:
    """Return the scenes of a session in their order, without what is empty, each from its time on."""
    found: list[Json] = []
    for start, segment in score.starts():
        for frame in _changes(segment) if segment.frames else ():
            shown = _shown(_scene(script, segment, frame, say), segment, frame, start, at)
            if not found or found[-1] != {"at": found[-1]["at"], **shown}:
                found.append({"at": at(start + frame), **shown})
    return found


def _changes(segment: Segment) -> list[int]:
    """Return the frames of a segment at which its scene changes."""
    return sorted({0, *(beat.frame for beat in segment.beats)})


def _scene(script: Script, segment: Segment, frame: int, say: Phrases) -> Scene:
    return scene_of(Moment(script, Position(segment, frame, 0, 0)), say)


def _shown(scene: Scene, segment: Segment, frame: int, start: int, at: Clock) -> Json:
    """Return what a page shows of a scene; that it waits for a tap stands where it does so."""
    waits = scene.mode is Mode.WAIT or (segment.waits and scene.mode is Mode.MOVE)
    end, whole = _end(segment, frame)
    shown: Json = {
        "mode": scene.mode.name.lower(),
        "label": scene.label,
        "title": scene.title,
        "word": scene.word,
        "then": scene.then,
        "side": scene.side,
        "rail": scene.rail,
        "which": rep(scene.rep, scene.reps, scene.unit, scene.say),
        "sets": scene.sets,
        "detail": "" if waits else next(iter(scene.detail), ""),
        "rounds": next(iter(scene.rounds), ""),
        "coming": scene.coming,
        "drains": scene.mode in _DRAINING,
    }
    if (counts := segment.counts(frame)) or waits:
        shown["detail"] = ""
    shown["taps"] = counts
    if not waits and (scene.count or scene.starts):
        shown["until"] = at(start + end)
        shown["clock"] = bool(scene.starts) or whole >= COUNTED
        if scene.starts:
            shown["starts"] = scene.say.part("screen.starts_in", time="{time}")
    return {name: value for name, value in shown.items() if value}


def _end(segment: Segment, frame: int) -> tuple[int, int]:
    """Return the frame at which what is counted is over, and how long it takes in all."""
    beat = next((each for each in reversed(segment.beats) if each.frame <= frame), None)
    if segment.beats and beat:
        return beat.end, beat.frames
    whole = segment.frames + segment.to_go
    return whole, whole


def said(score: Score, at: Clock) -> list[list[Any]]:
    """Return every sentence with the times at which it begins and ends."""
    return [
        [at(frame), at(frame + event.frames), event.text]
        for frame, _, event in score.events()
        if isinstance(event, Speak)
    ]


@dataclass(frozen=True, slots=True)
class Figures:
    """The moving pictures of a session, each once, and when which is shown."""

    pictures: dict[str, str]
    """SVG by name, without the styles, which stand on the page."""
    shown: list[Json]


def figures(script: Script, score: Score, at: Clock) -> Figures:
    """Return the figures that go with a session."""
    drawings: dict[int, Drawing] = {}
    names: dict[int, str] = {}
    shown: list[Json] = []
    for start, segment in score.starts():
        for stretch in _stretches(script, segment):
            drawing = stretch.figure.drawing
            drawings[id(drawing)] = drawing
            name = names.setdefault(id(drawing), f"f{len(names) + 1}")
            begin, end = stretch.of_picture
            shown.append(
                {
                    "at": at(start + stretch.start),
                    "to": at(start + stretch.end),
                    "figure": name,
                    "svg_at": round(begin, 3),
                    "svg_to": round(end, 3),
                    **({"flipped": True} if stretch.figure.flipped else {}),
                }
            )
    pictures = {names[each]: svg.moving(drawings[each], alone=False, largest=_LARGEST) for each in drawings}
    return Figures(pictures, shown)


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Frames of a segment in which a figure does one thing, at an even pace."""

    figure: SeenFigure
    start: int
    end: int
    length: float = 0.0
    """How many seconds of the picture go by in it; 0 where it stands still."""

    @property
    def of_picture(self) -> tuple[float, float]:
        """The seconds of the moving picture at which it begins and ends."""
        motion, figure = self.figure.drawing.motion, self.figure
        begin = motion.seconds if figure.exchanged else 0.0
        if figure.stop >= 0:
            begin += sum(each.seconds for each in motion.stops[: figure.stop])
            begin += figure.share * motion.stops[figure.stop].seconds
        return begin, begin + self.length


def _stretches(script: Script, segment: Segment) -> Iterator[_Stretch]:
    step = script.steps[segment.index]
    if isinstance(step, Briefing):
        yield from _of_briefing(script, segment, step)
        return
    ends = [*_changes(segment)[1:], segment.frames]
    for frame, end in zip(_changes(segment), ends, strict=True):
        position = Position(segment, frame, 0, 0)
        if figure := figure_at(position, script, FigureShown.ON, frame):
            beat = next((each for each in segment.beats if each.frame == frame), None)
            yield from _of_beat(figure, frame, end, beat)


def _of_beat(figure: SeenFigure, start: int, end: int, beat: Beat | None) -> Iterator[_Stretch]:
    """Yield the figure of a phase, and as it stands after the last one."""
    over = min(end, beat.end) if beat else end
    if figure.stop < 0 or not figure.moves or beat is None:
        yield _Stretch(figure, start, end)
        return
    stop = figure.drawing.motion.stops[figure.stop].seconds
    yield _Stretch(figure, start, over, seconds(over - start) if beat.kind in _OWN else stop)
    if over < end and beat.kind not in _OWN:
        yield _Stretch(replace(figure, share=1.0, moves=False), over, end)


def _of_briefing(script: Script, segment: Segment, step: Briefing) -> Iterator[_Stretch]:
    """Yield the figure of a briefing, which shows one rep after the other, each from the position."""
    motion = drawing.motion if (drawing := drawing_of(step.exercise)) else None
    if motion is None:
        return
    lengths = [CALM]
    if not motion.stops:
        lengths = [seconds(segment.frames)]
    elif not step.exercise.rep:
        lengths = [CALM, seconds(segment.frames)]
    else:
        stops = enumerate(motion.stops)
        lengths += [min(each.seconds, STILL_FOR) if motion.stays(n) else each.seconds for n, each in stops]
    start, turn = 0, 0
    while start < segment.frames:
        length = lengths[turn % len(lengths)]
        end = min(start + frames(length), segment.frames)
        # A little later, as the end of one thing is the beginning of the next.
        looked_at = min(start + frames(0.01), segment.frames - 1)
        figure = figure_at(Position(segment, looked_at, 0, 0), script, FigureShown.ON, looked_at)
        if figure is None:
            return
        moves = figure.stop >= 0 and not (step.exercise.rep and motion.stays(figure.stop))
        share = 1.0 if step.exercise.rep and figure.stop >= 0 and not moves else 0.0
        yield _Stretch(replace(figure, share=share), start, end, seconds(end - start) if moves else 0.0)
        start, turn = end, turn + 1
