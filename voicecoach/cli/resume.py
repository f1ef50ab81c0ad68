"""``voicecoach resume``, and the offer of it when a routine is played that was interrupted."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import Final, NamedTuple

from voicecoach import cli
from voicecoach.app import resume as resuming
from voicecoach.app.compose import Sounding
from voicecoach.app.prepare import PreparedSession, Selection
from voicecoach.cli import options
from voicecoach.cli.notices import to_stderr
from voicecoach.cli.one_key import Asker
from voicecoach.cli.session_in_terminal import perform
from voicecoach.cli.welcome import answered
from voicecoach.errors import UsageError, VoicecoachError
from voicecoach.journal.records import Session
from voicecoach.language import phrases
from voicecoach.settings.table import SessionSettings
from voicecoach.training.questions import GO_ON, AskedWhen, Known, next_question
from voicecoach.voices.engines import SILENT

PATIENCE: Final = 15.0
"""Seconds in which the offer may be answered; then the routine begins from its start, as was asked for."""


class PlayRequest(NamedTuple):
    """What is asked to be played."""

    name: str
    """The routine's name or file; empty for what the plan has for today."""
    selection: Selection
    coaching: options.HowMuch = None
    as_written: bool = False

    def could_be(self, kept: Session) -> bool:
        """Whether ``kept`` might be meant: the whole was asked for, or the same part of it."""
        asked = kept.asked
        if self.selection == Selection() and not self.as_written:
            return True
        return (
            asked is not None
            and self.selection
            == Selection(start=asked.start, only=asked.only, sets=asked.sets, minutes=asked.minutes)
            and self.as_written == kept.as_written
        )


@options.settings("language", "voice", "rate", "output", "delay", "questions", "view")
def resume(
    *,
    coaching: options.HowMuch = None,
    chosen: SessionSettings,
    journal: options.Journal = None,
    yes: options.Yes = False,
) -> None:
    """Go on with the session that was interrupted.

    It goes on at the set in which it ended, when that was less than twelve hours ago. With --no-journal it
    stays interrupted.
    """
    kept = resuming.unfinished(to_stderr, cli.clock.moment())
    if kept is None:
        raise UsageError(
            "No session was interrupted in the last twelve hours. 'voicecoach play ROUTINE' starts one."
        )
    left = resuming.session_resuming(kept, coaching, chosen, to_stderr, cli.clock.moment())
    perform(left, chosen, coaching=coaching, journal=journal, yes=yes)


def offered(
    request: PlayRequest, chosen: SessionSettings, *, ask: bool
) -> tuple[PreparedSession | None, Known]:
    """What is left of the interrupted session that may be meant, if there is one that can go on and the
    person wants to go on with it; and what is known after that. Where they cannot be asked, or ``ask`` is
    false, they are told how.
    """
    known = Known(moment=AskedWhen.BEFORE, answered=answered())
    now = cli.clock.moment()
    kept = resuming.unfinished(to_stderr, now, request.name)
    if kept is None or kept.asked is None or not kept.sets or not request.could_be(kept):
        return None, known
    try:
        left = resuming.session_resuming(kept, request.coaching, chosen, to_stderr, now)
    except VoicecoachError:
        return None, known  # what was asked for begins from its start
    name = request.name or kept.asked.name
    seen = ask and sys.stdin.isatty() and sys.stdout.isatty()
    if not seen or next_question(replace(known, interrupted=True), now) is not GO_ON:
        to_stderr(f"'{name}' was interrupted before; 'voicecoach resume' would go on where it ended.")
        return None, known
    say = phrases.load(chosen.language)
    otherwise = say.part("ask.from_start" if request.name else "ask.from_plan")
    with Asker(Sounding(SILENT), cli.clock, patience=PATIENCE) as asker:
        wanted = asker.answer(GO_ON, say.part(GO_ON.phrase, name=name, otherwise=otherwise))
    if asker.interrupted:
        raise KeyboardInterrupt
    return left if wanted else None, known.and_asked(GO_ON, wanted)
