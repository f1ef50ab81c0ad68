"""Asks once, before the first session: to accept the safety notice, and about signs of an emergency."""

from __future__ import annotations

import math
import sys
from dataclasses import replace
from datetime import datetime

from voicecoach import cli
from voicecoach.app.compose import Sounding
from voicecoach.cli.notices import to_stderr
from voicecoach.cli.one_key import Asker
from voicecoach.errors import Declined, UsageError
from voicecoach.language import phrases
from voicecoach.settings import safety
from voicecoach.settings.safety import SafetyText
from voicecoach.training.questions import EMERGENCY, NOTICE, WELCOME, Known, next_question

_IDS = tuple(each.id for each in WELCOME)


def answered() -> dict[str, datetime]:
    """Return what of :data:`WELCOME` was answered before, for the table of questions."""
    version, now = safety.load().version, cli.clock.moment()
    known = {NOTICE.id: safety.accepted(version), EMERGENCY.id: safety.without_signs(version)}
    return {name: now for name, is_known in known.items() if is_known}


def welcomed(sounding: Sounding, known: Known, *, unasked: bool) -> Known | None:
    """Return what is ``known`` once the notice is accepted and there is no emergency; None for an emergency.

    ``unasked`` accepts the notice, and asks nothing. Without a terminal nothing is asked of somebody who
    accepted an earlier notice. Raises Declined when the notice is declined or the question is left,
    KeyboardInterrupt after a signal, and UsageError when nobody is at a terminal to accept the first one.
    """
    text = safety.load()
    known = replace(known, answered={**known.answered, **answered()})
    welcome = replace(
        known, first=True, answered={**known.answered, **dict.fromkeys(_IDS, cli.clock.moment())}
    )
    if unasked:
        if not safety.accepted(text.version):
            safety.accept(text.version, cli.clock.moment(), to_stderr)
        return welcome
    if next_question(known, cli.clock.moment()) not in WELCOME:
        return replace(welcome, first=False)
    if not sys.stdin.isatty():
        if safety.accepted(text.version) or safety.accepted_before(text.version):
            return welcome
        notice = " ".join(text.notice)
        raise UsageError(
            f"{notice}\n\nAccept this before the first session: play in a terminal, where you are asked,"
            " or add '--yes'."
        )
    with Asker(sounding, cli.clock, patience=math.inf) as ask:
        if NOTICE.id not in known.answered:
            _accept(ask, text)
        if EMERGENCY.id not in known.answered and _has_signs(ask, text, sounding.language):
            return None
    return welcome


def _accept(ask: Asker, text: SafetyText) -> None:
    """Speak the notice until there is an answer. Raises Declined when it is declined."""
    ask.show("")
    ask.introduce(*text.notice)
    ask.show("")
    if not ask.answer(NOTICE, text.ask):
        if ask.interrupted:
            raise KeyboardInterrupt
        raise Declined("You did not accept the notice, so nothing is played.")
    safety.accept(text.version, cli.clock.moment(), to_stderr)


def _has_signs(ask: Asker, text: SafetyText, language: str) -> bool:
    """Name the signs of an emergency until there is an answer; say what to do when there are any.

    Raises Declined when the person leaves without an answer.
    """
    say = phrases.load(language)
    ask.show("")
    ask.introduce(say("emergency.signs"))
    ask.introduce(*text.emergency.points, mark="* ")
    found = None
    while found is None and not ask.over:
        found = ask.answer(EMERGENCY, say(EMERGENCY.phrase))
    if ask.interrupted:
        raise KeyboardInterrupt
    if found is None:
        raise Declined("This question needs an answer, so nothing is played. It is asked again next time.")
    if found:
        ask.tell(say("emergency.go"))
    else:
        safety.rule_out_signs(text.version, cli.clock.moment(), to_stderr)
    return bool(found)
