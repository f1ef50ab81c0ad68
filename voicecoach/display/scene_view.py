"""The view of a session on the full screen: it keeps what the player tells, to show it when asked."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import Any, Final

from voicecoach.clock import Clock
from voicecoach.display.figure import figure_at
from voicecoach.display.moment import Moment, Notice, scene_of
from voicecoach.display.readout import confirmed, refusal
from voicecoach.display.scene import WAITING, Closing, FigureShown, Mode, Scene
from voicecoach.language.phrases import Phrases
from voicecoach.session.audibility import ALL_PHRASES, Audibility
from voicecoach.session.commands import Command
from voicecoach.session.levels import Levels
from voicecoach.session.listener import Listener, Position, Script
from voicecoach.session.microphone import Microphone
from voicecoach.session.transport import MOVING, State
from voicecoach.timeline.segment import Event, Play, Role, Segment, Speak
from voicecoach.units import frames

CAPTIONS: Final = 4
"""How many of the last sentences are kept."""
NOTICE_LASTS: Final = frames(6)
"""How long a notice is shown, in frames heard: it stays while the session is paused. [own choice]"""
NOTICE_READ: Final = frames(2)
"""How long until it is read: one that is hidden by then is not shown again. [own choice]"""
MOST_AHEAD: Final = 0.25
"""Seconds that a figure moves on between two reports of the player, which are a sixth of a second apart."""
_NAMED_ON_SCREEN: Final = frozenset({Role.PHASE, Role.COUNT})
"""The purposes of what is said in a set and stands on the screen in other places."""
_SHOW_THEIR_KEY: Final = WAITING | {Mode.END}
"""The modes whose picture names the key to press."""


class SceneView(Listener):
    """Keeps what the player tells, and makes a :class:`Scene` of it when asked, from any thread.

    If the person is ``new``, its scenes hint at the keys. Between two reports of the player a figure moves on
    by the ``clock``; without one it waits for them.
    """

    def __init__(
        self,
        say: Phrases,
        *,
        new: bool = False,
        clock: Clock | None = None,
        figure: FigureShown = FigureShown.ON,
    ) -> None:
        self._say = say
        self._new = new
        self._clock = clock
        self._figure = FigureShown.ON if figure is FigureShown.OFF else figure
        """How figures are shown when they are."""
        self._moment = Moment(figure=figure)
        self._frame = 0
        """The frame of the segment at which the figure was seen last."""
        self._made = self._moment, scene_of(self._moment, say)
        """The last scene, and what it was made of."""
        self._lock = threading.RLock()
        """Notices come from the look-ahead's thread, all else from the player's."""

    def scene(self) -> Scene:
        """The scene of this moment; the same one as long as the player tells nothing."""
        moment, (of, scene) = self._moment, self._made
        if moment is not of:
            scene = scene_of(moment, self._say)
            if self._new and scene.mode not in _SHOW_THEIR_KEY:
                scene = replace(scene, hint=self._say.part(f"screen.hint.{scene.mode}"))
        if self._clock and moment.position and scene.figure and scene.figure.moves:
            self._frame = _now(moment, moment.position, self._clock.now(), self._frame)
            figure = figure_at(moment.position, moment.script, moment.figure, self._frame)
            scene = scene if figure == scene.figure else replace(scene, figure=figure)
        self._made = moment, scene
        return scene

    def turn_figure(self) -> bool:
        """Show the figure or hide it; return whether it is shown from now on."""
        shown = self._figure if self._moment.figure is FigureShown.OFF else FigureShown.OFF
        self._learn(figure=shown)
        return shown is not FigureShown.OFF

    def answer(self, phrase: str) -> None:
        """Show what a key of the screen has done."""
        self._show(self._say.part(phrase), is_answer=True)

    def moved(self, position: Position) -> None:
        with self._lock:
            notices = _lasting(self._moment.notices, position.elapsed)
            said, now = _still_said(self._moment, position), self._clock.now() if self._clock else 0.0
            self._learn(position=position, notices=notices, said=said, told_at=now)

    def segment_started(self, segment: Segment) -> None:  # noqa: ARG002 - as the listener's
        self._learn(said=None)

    def event_started(self, event: Event) -> None:
        position = self._moment.position
        if isinstance(event, Play):
            self._learn(earcon=(event.sound, position.elapsed if position else 0))
        elif not (position and position.segment.beats and event.role in _NAMED_ON_SCREEN):
            before = self._moment.captions
            again = before[-1:] == (event.text,)  # as after a pause
            self._learn(captions=before if again else (*before, event.text)[-CAPTIONS:], said=event)

    def planned(self, script: Script) -> None:
        self._learn(script=script)

    def state_changed(self, state: State) -> None:
        self._learn(state=state)

    def levels_changed(self, levels: Levels) -> None:
        self._learn(levels=levels)

    def audibility_changed(self, audibility: Audibility) -> None:
        """Remove what was told of it before, which is over."""
        over = {self._say(phrase) for phrase in ALL_PHRASES}
        with self._lock:
            notices = tuple(each for each in self._moment.notices if each.text not in over)
            self._learn(audibility=audibility, notices=notices)

    def microphone_changed(self, microphone: Microphone) -> None:
        self._learn(microphone=microphone)

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
            position, notices = self._moment.position, self._moment.notices
            now = position.elapsed if position else 0
            if notices and (notices[-1].is_answer or now >= notices[-1].since + NOTICE_READ):
                notices = notices[:-1]
            hidden = (each for each in notices if each.text != text)
            self._learn(notices=(*hidden, Notice(text, now, is_answer)))

    def _learn(self, **told: Any) -> None:  # noqa: ANN401 - fields of the moment
        with self._lock:
            self._moment = replace(self._moment, **told)


def _now(moment: Moment, position: Position, now: float, seen: int) -> int:
    """Return the frame of the segment that is heard ``now``; where what was ``seen`` is just ahead, that."""
    ahead = min(max(now - moment.told_at, 0.0), MOST_AHEAD) if moment.state in MOVING else 0.0
    frame = min(position.frame + frames(ahead), position.segment.frames)
    return seen if 0 < seen - frame < frames(MOST_AHEAD) else frame


def _still_said(moment: Moment, position: Position) -> Speak | None:
    """Return what was said last; None when ``position`` is before it or elsewhere, as after a jump."""
    before, said = moment.position, moment.said
    elsewhere = before is not None and before.segment.index != position.segment.index
    return None if said is None or elsewhere or position.frame < said.frame else said


def _lasting(notices: tuple[Notice, ...], now: int) -> tuple[Notice, ...]:
    """Return the notices without one that is over at ``now``; the one that it hid is seen from now on."""
    if not notices or now < notices[-1].since + NOTICE_LASTS:
        return notices
    return (*notices[:-2], *(replace(hidden, since=now) for hidden in notices[-2:-1]))
