"""``voicecoach resume``, and the offer of it when a routine is played that was interrupted."""

from __future__ import annotations

import queue
import sys
from typing import TYPE_CHECKING, Annotated, Final

import typer

from voicecoach.cli import options
from voicecoach.cli.printing import to_stderr
from voicecoach.errors import UsageError

if TYPE_CHECKING:
    from voicecoach.journal.records import Session
    from voicecoach.person.settings import SessionSettings

PATIENCE: Final = 15.0
"""Seconds in which the offer may be answered; then the routine begins from its start, as was asked for."""
YES: Final = frozenset({"y", "enter"})


def resume(
    *,
    coaching: options.HowMuch = None,
    voice: options.Voice = None,
    rate: options.Rate = None,
    output: options.Output = None,
    delay: options.Delay = None,
    plain: Annotated[
        bool, typer.Option("--plain", help="Line by line, for screen readers, instead of the full screen.")
    ] = False,
    yes: Annotated[
        bool, typer.Option("--yes", help="Accept the safety notice without being asked, for scripts.")
    ] = False,
) -> None:
    """Go on with the session that was interrupted.

    It goes on at the set in which it ended, when that was less than twelve hours ago.
    """
    from voicecoach.app import resuming  # noqa: PLC0415 - loaded when needed, here and below
    from voicecoach.person import settings_file  # noqa: PLC0415
    from voicecoach.person.settings import View  # noqa: PLC0415

    kept = resuming.interrupted(to_stderr)
    if kept is None:
        raise UsageError(
            "No session was interrupted in the last twelve hours. 'voicecoach play ROUTINE' starts one."
        )
    chosen = settings_file.load().overridden(
        voice=voice, rate=rate, output=output, delay=delay, view=View.PLAIN if plain else None
    )
    go_on(kept, chosen, coaching, yes=yes)


def go_on(kept: Session, chosen: SessionSettings, coaching: options.HowMuch, *, yes: bool) -> None:
    """Play what is left of ``kept``. Raises UsageError when its routine is not what it was."""
    from voicecoach import app as coach  # noqa: PLC0415
    from voicecoach.app import resuming  # noqa: PLC0415
    from voicecoach.cli.notice import accept_notice  # noqa: PLC0415
    from voicecoach.cli.playing import Room, play_session  # noqa: PLC0415

    person = coach.profile(as_written=kept.as_written)
    settings = coach.settings_for(coaching or person.coaching, to_stderr, coach.coached(chosen))
    session = resuming.session_resuming(kept, settings, chosen.rate, to_stderr)
    sounding = coach.sounding(chosen)
    accept_notice(sounding, unasked=yes)
    room = Room(chosen.view, chosen.theme, chosen.media_keys, chosen.pause_others, chosen.duck_others)
    with coach.recording(session, to_stderr, rate=chosen.rate) as written:
        summary = play_session(session, sounding, room, written.listener)
        written.close(summary)
    coach.remember(summary, to_stderr, kept.asked.name if kept.asked else kept.routine)


def wanted(name: str, *, ask: bool) -> Session | None:
    """The interrupted session of the routine ``name``, if there is one and the person wants to go on with
    it; where they cannot be asked, or ``ask`` is false, they are told how.
    """
    from voicecoach.app import resuming  # noqa: PLC0415

    kept = resuming.interrupted(to_stderr, name)
    if kept is None or not kept.sets:
        return None
    if not (ask and sys.stdin.isatty() and sys.stdout.isatty()):
        to_stderr(f"'{name}' was interrupted before; 'voicecoach resume' would go on where it ended.")
        return None
    typer.echo(
        f"'{name}' was interrupted. Go on where it ended? y or Enter: yes; any other key: from the start."
    )
    return kept if _key() in YES else None


def _key() -> str:
    """The key that is pressed; empty when none is for a while."""
    from voicecoach.control.keyboard import keys  # noqa: PLC0415

    pressed: queue.SimpleQueue[str] = queue.SimpleQueue()
    with keys(pressed.put):
        try:
            return pressed.get(timeout=PATIENCE)
        except queue.Empty:
            return ""
