"""``voicecoach timeline``."""

from __future__ import annotations

import json
from typing import Annotated, Final

import typer

from voicecoach.app import compose
from voicecoach.app.compose import Studio
from voicecoach.app.selection import Selection
from voicecoach.cli import options, page
from voicecoach.cli.notices import to_stderr
from voicecoach.cli.session_in_terminal import session_today
from voicecoach.settings.table import SessionSettings
from voicecoach.timeline import dump

_BEFORE_WORDS: Final = 21
"""Columns before what is said: its time and its length."""


@options.part
@options.settings("delay", "speed", "transition", "talk", "language", "voice", "rate", "lead_in", "clicks")
def timeline(
    routine: options.RoutineName,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="For programs: frames at 48 kHz.")] = False,
    coaching: options.HowMuch = None,
    as_written: options.AsWritten = False,
    selection: Selection,
    chosen: SessionSettings,
) -> None:
    """Print what is said and sounded when.

    These are exactly the times of 'play', to the frame.
    """
    session = session_today(routine, chosen, selection, coaching, as_written=as_written)
    with Studio(compose.sounding(chosen), to_stderr, patient=True) as studio:
        score = studio.compile(session.steps)
    if lack := studio.lack:
        to_stderr(f"{lack.why}, so these times are estimates. {lack.remedy}")
    if as_json:
        page.put(json.dumps(dump.as_json(score), indent=1))
    else:
        page.show(dump.as_text(score, studio.kit.phrases).rstrip("\n"), hang=_BEFORE_WORDS)
