"""The safety notice before the first session, shown and spoken."""

from __future__ import annotations

import math
import sys
import textwrap
from typing import Final

from voicecoach.app.compose import Sounding
from voicecoach.cli.notices import to_stderr
from voicecoach.cli.one_key import LEAVE, SKIP, Asker
from voicecoach.clock import today
from voicecoach.errors import UsageError
from voicecoach.settings import safety

ACCEPT: Final = ("y", SKIP)
DECLINE: Final = ("n", *LEAVE)


def accept_notice(sounding: Sounding, *, unasked: bool) -> None:
    """Return when the notice was accepted, now or before; ``unasked`` accepts it.

    Raises UsageError when it is declined, or when there is nobody at a terminal to ask.
    """
    text = safety.load()
    if safety.accepted(text.version):
        return
    if not unasked:
        if not sys.stdin.isatty():
            notice = textwrap.fill(" ".join(text.notice), 80)
            raise UsageError(
                f"{notice}\n\nAccept this before the first session: play in a terminal, where you are asked,"
                " or add '--yes'."
            )
        if not _accepted(text, sounding):
            raise UsageError("You did not accept the notice, so nothing is played.")
    safety.accept(text.version, today(), to_stderr)


def _accepted(text: safety.SafetyText, sounding: Sounding) -> bool:
    """Speak the notice until there is an answer, and wait for one, however long it takes."""
    with Asker(sounding, patience=math.inf) as ask:
        ask.show("")
        ask.introduce(*text.notice)
        ask.show("")
        return ask.key(text.ask, (*ACCEPT, *DECLINE)) in ACCEPT
