"""The safety notice before the first session, shown and spoken."""

from __future__ import annotations

import math
import sys
import textwrap
from dataclasses import replace
from datetime import datetime

from voicecoach.app.compose import Sounding
from voicecoach.cli.notices import to_stderr
from voicecoach.cli.one_key import Asker
from voicecoach.clock import today
from voicecoach.errors import UsageError
from voicecoach.settings import safety
from voicecoach.training.questions import NOTICE, Known, next_question


def answered() -> dict[str, datetime]:
    """Return the acceptance of the notice for the table of questions; empty when it was not accepted."""
    return {NOTICE.id: today()} if safety.accepted(safety.load().version) else {}


def accept_notice(sounding: Sounding, known: Known, *, unasked: bool) -> Known:
    """Return when the notice was accepted, now or before, with what is ``known`` then.

    ``unasked`` accepts it. Raises UsageError when it is declined, or when there is nobody at a terminal to
    ask.
    """
    text = safety.load()
    known = replace(known, answered={**known.answered, **answered()})
    if next_question(known, today()) is not NOTICE:
        return known
    if not unasked:
        if not sys.stdin.isatty():
            notice = textwrap.fill(" ".join(text.notice), 80)
            raise UsageError(
                f"{notice}\n\nAccept this before the first session: play in a terminal, where you are asked,"
                " or add '--yes'."
            )
        if not _accepted(text, sounding):
            raise UsageError("You did not accept the notice, so nothing is played.")
        known = known.and_asked(NOTICE, answer=True)
    safety.accept(text.version, today(), to_stderr)
    return replace(known, answered=answered())


def _accepted(text: safety.SafetyText, sounding: Sounding) -> bool:
    """Speak the notice until there is an answer, and wait for one without a time limit."""
    with Asker(sounding, patience=math.inf) as ask:
        ask.show("")
        ask.introduce(*text.notice)
        ask.show("")
        return bool(ask.answer(NOTICE, text.ask))
