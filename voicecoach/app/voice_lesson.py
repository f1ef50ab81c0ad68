"""What can be said to the coach, told in the first session in which it listens."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from voicecoach.app.journal import Notice, is_told, note_told
from voicecoach.app.prepare import PreparedSession
from voicecoach.language.phrases import Phrases
from voicecoach.session.commands import Command, taught
from voicecoach.session.listener import Listener
from voicecoach.timeline.segment import Event, Speak
from voicecoach.timeline.steps import AnyStep, Intro, SayStep

NAME: Final = "voice"
"""What the journal calls it."""
_MOST_NEEDED: Final = (
    *(Command.PAUSE, Command.RESUME, Command.NEXT, Command.SLOWER, Command.HURTS, Command.STOP),
)


class VoiceLesson(Listener):
    """Adds the lesson to the sessions of one evening until it was heard, and tells the journal so.

    Where nothing ``hears`` the person, it leaves them as they are. ``notice`` gets a line when the journal
    cannot be read or written.
    """

    def __init__(self, say: Phrases, notice: Notice, *, hears: bool = True) -> None:
        *others, last = (taught(command, say) for command in _MOST_NEEDED)
        most = say.part("list_or", first=say.listed(others), last=last)
        self._sentences = tuple(say(f"lesson.{name}", phrases=most) for name in ("hears", "most", "all"))
        self._notice = notice
        self._hears = hears
        self._is_heard = False

    def before(self, session: PreparedSession) -> PreparedSession:
        """Return a ``session`` that is listened in, with the lesson after its introduction, if it is needed.

        A session that goes on may have been interrupted in the middle of it.
        """
        kept = [step for step in session.steps if not self._is_of_it(step)]
        at = next((index for index, step in enumerate(kept, 1) if isinstance(step, Intro)), None)
        if not self._hears or at is None or self._is_heard or is_told(NAME, self._notice):
            return replace(session, steps=tuple(kept))
        title = session.steps[0].title
        told = (SayStep(block=0, title=title, text=each, after_work=False) for each in self._sentences)
        return replace(session, steps=(*kept[:at], *told, *kept[at:]))

    def event_started(self, event: Event) -> None:
        self._is_heard |= isinstance(event, Speak) and event.text == self._sentences[-1]

    def after(self) -> None:
        """Note when a session is over that the lesson was heard in it."""
        if self._is_heard:
            note_told(NAME, self._notice)

    def _is_of_it(self, step: AnyStep) -> bool:
        return isinstance(step, SayStep) and step.text in self._sentences
