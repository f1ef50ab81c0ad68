"""Describes the full-screen view at a moment in plain values, without a screen."""

from __future__ import annotations

import math
import threading
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, Final

from voicecoach.display.readout import confirmed, count, counted, phase_word, refusal, rep, rounds, unit
from voicecoach.language import phrases
from voicecoach.language.phrases import Phrases
from voicecoach.routine.dose import Counted
from voicecoach.routine.phase import PhaseKind
from voicecoach.session.commands import Command
from voicecoach.session.hearing import ALL_PHRASES, Hearing
from voicecoach.session.levels import Levels
from voicecoach.session.listener import Listener, Position, Script
from voicecoach.session.transport import State
from voicecoach.timeline.segment import Beat, Event, Play, Role, Segment, SegmentKind, Sound, Speak
from voicecoach.timeline.steps import AnyStep, ChangeSides, RestStep, TalkLevel
from voicecoach.units import format_clock, format_load, frames, seconds

CAPTIONS: Final = 4
"""How many of the last sentences are kept."""
NOTICE_LASTS: Final = frames(6)
"""How long a notice is shown, in frames heard: it stays while the session is paused. [own choice]"""
CAPTION_LASTS: Final = frames(3)
"""How long a sentence in large letters outlasts its sound, for who reads more slowly. [own choice]"""
EARCON_LASTS: Final = frames(1.5)
"""How long the sign of an earcon is shown. [own choice]"""
_NAMED_ON_SCREEN: Final = frozenset({Role.PHASE, Role.COUNT})
"""The purposes of what is said in a set and stands on the screen in other places."""
NOTICE_READ: Final = frames(2)
"""How long until it is read: one that is hidden by then is not shown again. [own choice]"""


class Mode(StrEnum):
    """What kind of moment it is. Each has a colour, a sign, a pattern and a name on the screen."""

    TALK = "listen"
    BRIEFING = "get into position"
    READY = "get ready"
    MOVE = "move"
    HOLD = "hold"
    RELAX = "relax"
    """Between the reps of a set."""
    REST = "rest"
    CHANGE = "change sides"
    WAIT = "waiting for you"
    PAUSED = "paused"
    LOST = "waiting"
    END = "the end"


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
ASKING: Final = frozenset({Mode.WAIT, Mode.PAUSED, Mode.LOST})
"""The modes in which nothing is counted, as somebody has to do something."""
_DRAINING: Final = frozenset({Mode.REST, Mode.WAIT, Mode.BRIEFING})
"""The modes whose bar empties: something will begin when it is empty."""
_STARTS: Final = {Mode.BRIEFING: "starts_in", Mode.WAIT: "goes_on_in"}
"""The modes in which the count is only told beside what the coach says, and how."""
_SHOW_THEIR_KEY: Final = ASKING | {Mode.END}
"""The modes whose picture names the key to press."""
_TITLED: Final = frozenset({SegmentKind.INTRO, SegmentKind.BRIEFING, SegmentKind.WORK})
"""Where the title is the large word; the others have one of their own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """What stands on the screen when a session has come to its end."""

    title: str
    """The routine."""
    time: tuple[str, ...]
    """How long it was, in several wordings, fullest first: "13 minutes"."""
    sets: str = ""
    """"12 of 12 sets"; empty where nothing is counted."""
    days: tuple[int, int] = (0, 0)
    """The days with exercise of the week so far, and those it aims at; 0 without a plan."""
    week: str = ""
    """The same in words."""
    lines: tuple[str, ...] = ()
    """What was better, and what comes next."""


@dataclass(frozen=True, slots=True)
class Scene:
    """Everything on the screen. Values without a meaning at the moment are empty or 0."""

    mode: Mode = Mode.TALK
    label: str = Mode.TALK.value
    """The mode in words."""
    title: str = ""
    """The exercise, or what else this is."""
    word: str = ""
    """The large word: the phase of a set."""
    words: tuple[str, ...] = ()
    """All large words of this set, so that one size can be found for all."""
    then: str = ""
    """What comes after the word, as one would say it: the next phase, or what follows a rest."""
    thens: tuple[str, ...] = ()
    """All of them in this set, so that one size can be found for all."""
    count: str = ""
    room: str = ""
    """The widest that the count gets in this phase."""
    starts: str = ""
    """The count in words, where it does not matter enough to be large: "starts in 0:12"."""
    side: str = ""
    rail: str = ""
    """The side that works: "left" or "right"; empty for both."""
    sides: tuple[str, ...] = ()
    """The sides that work in this set, likewise; none where both do."""
    rep: int = 0
    reps: int = 0
    unit: Counted = Counted.REPS
    """What the reps are called."""
    detail: tuple[str, ...] = ()
    """The text below the word outside counted reps (the position that comes after a rest, what to press), in
    several wordings, fullest first."""
    rounds: tuple[str, ...] = ()
    """"round 2 of 3", in several wordings, fullest first; empty outside rounds."""
    sets: str = ""
    """"set 1 of 3 · 2 kg"."""
    phase_share: float = 0.0
    """How much of the bar is filled."""
    half: bool = False
    """Whether half of the phase matters, and so has a tick on the bar."""
    earcon: Sound | None = None
    """The earcon that is heard, or was a moment ago."""
    session_share: float = 0.0
    elapsed: str = "0:00"
    left: str = ""
    coming: str = ""
    """The next block: an exercise, a rest, the end."""
    captions: tuple[str, ...] = ()
    """The last sentences; the last of them is the one that is said, or was said last. Names of phases and
    numbers of a set are not among them: they stand in the word and the count."""
    told: bool = False
    """Whether the last of them belongs to what is shown, and not to what came before."""
    told_share: float = 1.0
    """How much of the last of them has been said."""
    told_now: bool = False
    """Whether it is being said, or was a moment ago."""
    notice: str = ""
    tempo: str = ""
    """"speed 80 %" when it is not as written."""
    levels: str = ""
    """"no sound", "muted", what is not at 100 %, and how much is said when that is not everything."""
    hint: str = ""
    """The keys that may be wanted at this moment, for who is new."""
    say: Phrases = field(default_factory=phrases.load)
    """The words around all that."""
    closing: Closing | None = None
    """What is shown instead of all that when the session is over; None before."""


@dataclass(frozen=True, slots=True)
class _Notice:
    text: str
    since: int
    """From when on it is seen, in frames heard."""
    is_answer: bool = False
    """Whether it answers a key."""


def _lasting(notices: tuple[_Notice, ...], now: int) -> tuple[_Notice, ...]:
    """Return the notices without one that is over at ``now``; the one that it hid is seen from now on."""
    if not notices or now < notices[-1].since + NOTICE_LASTS:
        return notices
    return (*notices[:-2], *(replace(hidden, since=now) for hidden in notices[-2:-1]))


@dataclass(frozen=True, slots=True)
class _Facts:
    """The facts reported by the player."""

    script: Script | None = None
    position: Position | None = None
    state: State = State.PLAYING
    hearing: Hearing = Hearing.HEARD
    captions: tuple[str, ...] = ()
    said: Speak | None = None
    """The last of the captions, if it was said in the present segment."""
    earcon: tuple[Sound, int] | None = None
    """The last earcon, and when it began in frames heard."""
    notices: tuple[_Notice, ...] = ()
    """Only the last is seen, the newest: it may say why the session is paused, when no time passes."""
    levels: Levels = field(default_factory=Levels)
    closing: Closing | None = None


class SceneView(Listener):
    """Keeps what the player tells, and makes a :class:`Scene` of it when asked, from any thread.

    For who is ``new`` its scenes have a hint at the keys.
    """

    def __init__(self, say: Phrases, *, new: bool = False) -> None:
        self._say = say
        self._new = new
        self._facts = _Facts()
        self._made = self._facts, _scene(self._facts, say)
        """The last scene, and what it was made of."""
        self._lock = threading.RLock()
        """Notices come from the look-ahead's thread, all else from the player's."""

    def scene(self) -> Scene:
        """The scene of this moment; the same one as long as the player tells nothing."""
        facts, (of, scene) = self._facts, self._made
        if facts is not of:
            scene = _scene(facts, self._say)
            if self._new and scene.mode not in _SHOW_THEIR_KEY:
                scene = replace(scene, hint=self._say.part(f"screen.hint.{scene.mode}"))
            self._made = facts, scene
        return scene

    def moved(self, position: Position) -> None:
        with self._lock:
            self._learn(position=position, notices=_lasting(self._facts.notices, position.elapsed))

    def segment_started(self, segment: Segment) -> None:  # noqa: ARG002 - as the listener's
        self._learn(said=None)

    def event_started(self, event: Event) -> None:
        position = self._facts.position
        if isinstance(event, Play):
            self._learn(earcon=(event.sound, position.elapsed if position else 0))
        elif not (position and position.segment.beats and event.role in _NAMED_ON_SCREEN):
            self._learn(captions=(*self._facts.captions, event.text)[-CAPTIONS:], said=event)

    def planned(self, script: Script) -> None:
        self._learn(script=script)

    def state_changed(self, state: State) -> None:
        self._learn(state=state)

    def levels_changed(self, levels: Levels) -> None:
        self._learn(levels=levels)

    def hearing_changed(self, hearing: Hearing) -> None:
        """Remove what was told of it before, which is over."""
        over = {self._say(phrase) for phrase in ALL_PHRASES}
        with self._lock:
            notices = tuple(each for each in self._facts.notices if each.text not in over)
            self._learn(hearing=hearing, notices=notices)

    def obeyed(self, command: Command) -> None:
        if line := confirmed(command, self._say):
            self._show(line, is_answer=True)

    def refused(self, command: Command, why: str) -> None:
        self._show(refusal(command, why, self._say), is_answer=True)

    def closed(self, closing: Closing) -> None:
        """Show the end of the session from now on."""
        self._learn(closing=closing)

    def noticed(self, text: str) -> None:
        self._show(text)

    def _show(self, text: str, *, is_answer: bool = False) -> None:
        """Show ``text`` at once. A notice that it hides unread is seen again; no answer to a key is."""
        with self._lock:
            position, notices = self._facts.position, self._facts.notices
            now = position.elapsed if position else 0
            if notices and (notices[-1].is_answer or now >= notices[-1].since + NOTICE_READ):
                notices = notices[:-1]
            hidden = (each for each in notices if each.text != text)
            self._learn(notices=(*hidden, _Notice(text, now, is_answer)))

    def _learn(self, **facts: Any) -> None:  # noqa: ANN401 - fields of the facts
        with self._lock:
            self._facts = replace(self._facts, **facts)


def _scene(facts: _Facts, say: Phrases) -> Scene:
    position, script = facts.position, facts.script
    routine = script.steps[0].title if script and script.steps else ""
    levels, label = _levels(facts, say), say.part(f"screen.mode.{Mode.TALK}")
    notice = facts.notices[-1].text if facts.notices else ""
    plain = Scene(label=label, levels=levels, captions=facts.captions, notice=notice, say=say)
    if end := facts.closing:
        label = say.part(f"screen.mode.{Mode.END}")
        return Scene(Mode.END, label, end.title, end.time[-1], detail=(end.sets,), say=say, closing=end)
    if position is None:
        scene = replace(plain, title=routine, word=routine)
    else:
        scene = _heard(_at(position, script, plain, routine), facts, position)
    return _still(scene, _STILL[facts.state]) if facts.state in _STILL else scene


def _heard(scene: Scene, facts: _Facts, position: Position) -> Scene:
    """Return the scene with how far the last sentence has been said, and the sign of a tone."""
    said = facts.said
    share = _share(position.frame - said.frame, said.frames) if said else 1.0
    earcon = None
    if facts.earcon and 0 <= position.elapsed - facts.earcon[1] < EARCON_LASTS:
        earcon = facts.earcon[0]
    now = said is not None and position.frame < said.end + CAPTION_LASTS
    return replace(scene, told=said is not None, told_share=share, told_now=now, earcon=earcon)


def _at(position: Position, script: Script | None, plain: Scene, routine: str) -> Scene:
    segment, say = position.segment, plain.say
    scene = replace(
        plain,
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
        return replace(scene, starts=starts, detail=keys)
    if isinstance(step, ChangeSides):
        what = (say.part("screen.word.change"),)
        scene = replace(scene, word=_side(step.side, say), detail=what, rail=step.side, sides=(step.side,))
    if isinstance(step, RestStep):
        scene = replace(scene, **_after(step, say), side=_side(step.side, say), title="")
    return replace(scene, count=count(left, whole), room=_room(whole))


_STILL: Final = {State.PAUSED: Mode.PAUSED, State.LOST: Mode.LOST}


def _still(scene: Scene, mode: Mode) -> Scene:
    """The scene with the key that goes on; the side and the rep are in the band, as they begin again."""
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


def _levels(facts: _Facts, say: Phrases) -> str:
    talk = facts.script.steps[-1].talk if facts.script and facts.script.steps else TalkLevel.ALL
    less = say.part(f"screen.talk.{talk}") if talk is not TalkLevel.ALL else ""
    unheard = say.part("screen.no_sound") if facts.hearing.is_silent else ""
    return ", ".join(part for part in (unheard, _volumes(facts.levels, say), less) if part)


def _volumes(levels: Levels, say: Phrases) -> str:
    if levels.muted:
        return say.part("screen.muted")
    named = (
        ("voice", levels.voice),
        ("tones", levels.sounds),
        ("music", levels.music),
        ("overall", levels.master),
    )
    return ", ".join(say.part(f"screen.{name}", n=str(percent)) for name, percent in named if percent != 100)


def _room(length: int) -> str:
    return "".join("8" if mark.isdigit() else mark for mark in count(length, length))


def _share(done: int, whole: int) -> float:
    return min(max(done / whole, 0.0), 1.0) if whole else 0.0
