"""A scene: what the full screen shows at a moment, in plain values and without a screen."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from voicecoach.language import phrases
from voicecoach.language.phrases import Phrases
from voicecoach.routine.dose import Counted
from voicecoach.session.microphone import Microphone
from voicecoach.timeline.segment import Sound

if TYPE_CHECKING:
    from voicecoach.display.figure import SeenFigure


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


class FigureShown(StrEnum):
    """How the figure of an exercise is shown."""

    ON = "on"
    STILL = "still"
    """Without motion: the position, and in each phase where it ends."""
    OFF = "off"


STILL: Final = frozenset({Mode.PAUSED, Mode.LOST})
"""The modes in which no time passes."""
WAITING: Final = STILL | {Mode.WAIT}
"""The modes in which nothing is counted, as somebody has to do something."""


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
    microphone: Microphone = Microphone.OFF
    """It has a sign at all times while it is open."""
    hint: str = ""
    """The keys that may be wanted at this moment, for newcomers."""
    figure: SeenFigure | None = None
    """The body that does the exercise; None where it has no figure, and where nothing is to be done."""
    say: Phrases = field(default_factory=phrases.load)
    """The words around all that."""
    closing: Closing | None = None
    """What is shown instead of all that when the session is over; None before."""
