"""A moment of a session as the player tells it, and the scene that the screen shows of it."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from typing import Any, Final

from voicecoach.display.figure import figure_at
from voicecoach.display.readout import count, counted, loudness, phase_word, rep, rounds, unit
from voicecoach.display.scene import Closing, FigureShown, Mode, Scene
from voicecoach.language.phrases import Phrases
from voicecoach.routine.phase import PhaseKind
from voicecoach.session.audibility import Audibility
from voicecoach.session.levels import Levels
from voicecoach.session.listener import Position, Script
from voicecoach.session.microphone import Microphone
from voicecoach.session.transport import State
from voicecoach.timeline.segment import Beat, Segment, SegmentKind, Sound, Speak
from voicecoach.timeline.steps import AnyStep, ChangeSides, RestStep, TalkLevel, WaitStep
from voicecoach.units import format_clock, format_load, frames, seconds

CAPTION_LASTS: Final = frames(3)
"""How long a sentence in large letters outlasts its sound, for slower readers. [own choice]"""
PAGES_TURN: Final = frames(8)
"""How long all pages of a sentence that is over take, before the first is shown again. [own choice]"""
EARCON_LASTS: Final = frames(1.5)
"""How long the sign of an earcon is shown. [own choice]"""
_MODES: Final = {
    SegmentKind.INTRO: Mode.TALK,
    SegmentKind.BRIEFING: Mode.BRIEFING,
    SegmentKind.CHANGE: Mode.CHANGE,
    SegmentKind.REST: Mode.REST,
    SegmentKind.SAY: Mode.TALK,
    SegmentKind.WAIT: Mode.WAIT,
    SegmentKind.OUTRO: Mode.END,
}
_PHASE_MODES: Final = {
    PhaseKind.HOLD: Mode.HOLD,
    PhaseKind.RELAX: Mode.RELAX,
    PhaseKind.COUNT_IN: Mode.READY,
}
"""The modes of a set; every other phase is one of moving."""
_DRAINING: Final = frozenset({Mode.REST, Mode.WAIT, Mode.BRIEFING})
"""The modes whose bar empties: something will begin when it is empty."""
_STARTS: Final = {Mode.BRIEFING: "starts_in", Mode.WAIT: "goes_on_in"}
"""The modes in which the count is only told beside what the coach says, and how."""
_TOLD_AGAIN: Final = frozenset({Mode.TALK, Mode.BRIEFING})
"""The modes in which the last sentence stays large when it is over."""
_TITLED: Final = frozenset({SegmentKind.INTRO, SegmentKind.BRIEFING, SegmentKind.WORK})
"""Where the title is the large word; the others have one of their own."""


@dataclass(frozen=True, slots=True)
class Notice:
    """A line that the person should read."""

    text: str
    since: int
    """From when on it is seen, in frames heard."""
    is_answer: bool = False
    """Whether it answers a key."""


@dataclass(frozen=True, slots=True)
class Moment:
    """What the player has told of a moment."""

    script: Script | None = None
    position: Position | None = None
    state: State = State.PLAYING
    audibility: Audibility = Audibility.HEARD
    microphone: Microphone = Microphone.OFF
    captions: tuple[str, ...] = ()
    said: Speak | None = None
    """The last of the captions, if it was said in the present segment."""
    earcon: tuple[Sound, int] | None = None
    """The last earcon, and when it began in frames heard."""
    notices: tuple[Notice, ...] = ()
    """Only the last is seen, the newest: it may say why the session is paused, when no time passes."""
    levels: Levels = field(default_factory=Levels)
    closing: Closing | None = None
    figure: FigureShown = FigureShown.ON
    told_at: float = 0.0
    """When the position was told, by the clock."""


def scene_of(moment: Moment, say: Phrases) -> Scene:
    """Return what the screen shows of ``moment``, in the words of ``say``."""
    position, script = moment.position, moment.script
    routine = script.steps[0].title if script and script.steps else ""
    levels, label = _levels(moment, say), say.part(f"screen.mode.{Mode.TALK}")
    notice = moment.notices[-1].text if moment.notices else ""
    base = Scene(label=label, microphone=moment.microphone, say=say)
    if end := moment.closing:
        label = say.part(f"screen.mode.{Mode.END}")
        return replace(
            base,
            mode=Mode.END,
            label=label,
            title=end.title,
            word=end.time[-1],
            detail=(end.sets,),
            closing=end,
        )
    base = replace(base, levels=levels, captions=moment.captions, notice=notice)
    if position is None:
        scene = replace(base, title=routine, word=routine)
    else:
        base = replace(base, figure=figure_at(position, script, moment.figure, position.frame))
        scene = _heard(_at(position, script, base, routine), moment, position)
    return _still(scene, _STILL[moment.state]) if moment.state in _STILL else scene


def _heard(scene: Scene, moment: Moment, position: Position) -> Scene:
    """Return the scene with how far the last sentence has been said, and the sign of a tone.

    When it is over, the pages of what stands large follow each other again; in a wait that is what to do.
    """
    said = moment.said
    share = _share(position.frame - said.frame, said.frames) if said else 1.0
    earcon = None
    if moment.earcon and 0 <= position.elapsed - moment.earcon[1] < EARCON_LASTS:
        earcon = moment.earcon[0]
    now = said is not None and position.frame < said.end + CAPTION_LASTS
    turned = position.frame % PAGES_TURN / PAGES_TURN
    if scene.mode is Mode.WAIT and scene.word == scene.title and not now:
        return replace(scene, told_share=turned, earcon=earcon)
    if scene.mode in _TOLD_AGAIN and not now:
        share = turned
    return replace(scene, told=said is not None, told_share=share, told_now=now, earcon=earcon)


def _at(position: Position, script: Script | None, base: Scene, routine: str) -> Scene:
    segment, say = position.segment, base.say
    scene = replace(
        base,
        title=routine if segment.kind in {SegmentKind.SAY, SegmentKind.OUTRO} else segment.title,
        rounds=rounds(segment, script, say),
        sets=" · ".join(filter(None, (_sets(segment.set_number, segment.sets, say), _load(segment)))),
        session_share=_share(position.elapsed, position.elapsed + position.remaining),
        elapsed=format_clock(seconds(position.elapsed)),
        left=format_clock(seconds(position.remaining)),
        coming=_coming(script, segment, say),
    )
    beat = _beat(position)
    if beat:
        return _in_set(scene, position, beat)
    step = script.steps[segment.index] if script and segment.index < len(script.steps) else None
    return _outside_set(scene, position, step)


def _in_set(scene: Scene, position: Position, beat: Beat) -> Scene:
    segment, say = position.segment, scene.say
    done = position.frame - beat.frame
    mode = _PHASE_MODES.get(beat.kind, Mode.MOVE)
    words = tuple(dict.fromkeys(phase_word(each, say) for each in segment.beats))
    scene = replace(
        scene,
        mode=mode,
        label=say.part(f"screen.mode.{mode}"),
        word=phase_word(beat, say),
        words=words,
        then=_phase_after(beat, segment, say),
        thens=words[1:] if len(words) > 1 else (),
        side=_side(beat.side, say),
        rail=beat.side,
        sides=tuple(sorted({each.side for each in segment.beats if each.side})),
        phase_share=_share(done, beat.frames),
        half=mode is Mode.HOLD or beat.kind is PhaseKind.TIMED,
        tempo=_tempo(segment, beat, say),
    )
    if segment.waits:
        work = segment.work
        reps = say.part(f"screen.{unit(segment)}", n=str(work.reps)) if work and work.reps > 1 else ""
        detail = say.part("screen.press_when_done"), say.part("screen.press_short")
        return replace(scene, detail=detail, sets=" · ".join(part for part in (scene.sets, reps) if part))
    return replace(
        scene,
        count=count(beat.frames - done, beat.frames),
        room=_room(beat.frames),
        rep=beat.rep,
        reps=beat.reps if beat.reps > 1 else 0,
        unit=unit(segment),
        detail=counted(segment, say),
    )


def _phase_after(beat: Beat, segment: Segment, say: Phrases) -> str:
    """Return the word of the next phase in the set; empty in its last, and where all are alike."""
    after = next((phase_word(each, say) for each in segment.beats if each.frame > beat.frame), "")
    return "" if after == phase_word(beat, say) else after


def _outside_set(scene: Scene, position: Position, step: AnyStep | None) -> Scene:
    segment, say = position.segment, scene.say
    mode = _MODES.get(segment.kind, Mode.TALK)
    titled = segment.kind in _TITLED
    left, whole = segment.frames - position.frame + segment.to_go, segment.frames + segment.to_go
    scene = replace(
        scene,
        mode=mode,
        label=say.part(f"screen.mode.{mode}"),
        word=segment.title if titled else say.part(f"screen.word.{segment.kind}").upper(),
        phase_share=_share(left if mode in _DRAINING else whole - left, whole),
    )
    if mode in {Mode.TALK, Mode.END}:
        return scene
    if mode in _STARTS:
        starts = say.part(f"screen.{_STARTS[mode]}", time=format_clock(math.ceil(seconds(left))))
        keys = (say.part("screen.press"), say.part("screen.press_short")) if mode is Mode.WAIT else ()
        word = scene.title if isinstance(step, WaitStep) else scene.word
        return replace(scene, word=word, starts=starts, detail=keys)
    if isinstance(step, ChangeSides):
        what = (say.part("screen.word.change"),)
        scene = replace(scene, word=_side(step.side, say), detail=what, rail=step.side, sides=(step.side,))
    if isinstance(step, RestStep):
        scene = replace(scene, **_after(step, say), side=_side(step.side, say), title="")
    return replace(scene, count=count(left, whole), room=_room(whole))


_STILL: Final = {State.PAUSED: Mode.PAUSED, State.LOST: Mode.LOST}


def _still(scene: Scene, mode: Mode) -> Scene:
    """The scene with the key that goes on; the side and the rep are in the band, as they begin again.

    No time passes, so the sign of a tone would stand there all the while.
    """
    say = scene.say
    which = rep(scene.rep, scene.reps, scene.unit, say)
    return replace(
        scene,
        mode=mode,
        label=say.part(f"screen.mode.{mode}"),
        word=say.part(f"screen.word.{mode}").upper(),
        words=(),
        then="",
        thens=(),
        count="",
        room="",
        starts="",
        side="",
        rail="",
        sides=(),
        rep=0,
        reps=0,
        earcon=None,
        sets=" · ".join(filter(None, (scene.sets, scene.side.lower(), which))),
        detail=_going_on(mode, say),
    )


def _going_on(mode: Mode, say: Phrases) -> tuple[str, ...]:
    """The key that goes on; where it does so without sound, nothing shorter would say it."""
    if mode is Mode.LOST:
        return (say.part("screen.space.waiting"),)
    return (say.part("screen.space.paused"), say.part("screen.space.short"))


def _beat(position: Position) -> Beat | None:
    """Return the present phase; while the end tone of a set sounds, its last phase."""
    beats = position.segment.beats
    return position.beat or (beats[-1] if beats else None)


def _side(side: str, say: Phrases) -> str:
    return say.side(side).upper() if side else ""


def _sets(number: int, sets: int, say: Phrases) -> str:
    return say.part("title.set", n=str(number), sets=str(sets)) if number and sets > 1 else ""


def _load(segment: Segment) -> str:
    if segment.work is None:
        return ""
    exercise = segment.work.exercise
    load = format_load(exercise.load) if exercise.load else ""
    return " · ".join(filter(None, (load, exercise.grade.words if exercise.grade else "")))


def _after(rest: RestStep, say: Phrases) -> dict[str, Any]:
    """Return what follows a rest, as fields of a scene: its name, and which set or in what position."""
    if rest.next_set:
        which = say.part("title.set", n=str(rest.next_set), sets=str(rest.sets))
        return {"then": which, "coming": ""}
    if rest.next_exercise is None:
        return {}
    posture = rest.next_exercise.posture
    wordings = ("posture", "posture_short")
    where = tuple(say.part(f"screen.{each}.{posture}") for each in wordings) if posture else ()
    return {"then": rest.next_exercise.name, "detail": where, "coming": ""}


def _coming(script: Script | None, segment: Segment, say: Phrases) -> str:
    if script is None:
        return ""
    later = (step for step in script.steps[segment.index + 1 :] if step.block > segment.block)
    step = next(later, None)
    if step is None:
        return ""
    last = step is script.steps[-1] and len(script.steps) > 1
    return say.part("screen.end") if last else step.title or say.part("title.rest")


def _tempo(segment: Segment, beat: Beat, say: Phrases) -> str:
    tempo = segment.work.tempo_of(beat.rep) if segment.work and beat.rep else 1.0
    percent = round(100 * tempo)
    return say.part("screen.tempo", n=str(percent)) if percent != 100 else ""


def _levels(moment: Moment, say: Phrases) -> str:
    talk = moment.script.steps[-1].talk if moment.script and moment.script.steps else TalkLevel.ALL
    less = say.part(f"screen.talk.{talk}") if talk is not TalkLevel.ALL else ""
    unheard = say.part("screen.no_sound") if moment.audibility.is_silent else ""
    return ", ".join(part for part in (unheard, _volumes(moment.levels, say), less) if part)


def _volumes(levels: Levels, say: Phrases) -> str:
    return say.part("screen.muted") if levels.muted else ", ".join(loudness(levels, Levels(), say))


def _room(length: int) -> str:
    return "".join("8" if mark.isdigit() else mark for mark in count(length, length))


def _share(done: int, whole: int) -> float:
    return min(max(done / whole, 0.0), 1.0) if whole else 0.0
