"""``voicecoach resume``, and the offer of it when a routine is played that was interrupted."""

from __future__ import annotations

import queue
import sys
from typing import TYPE_CHECKING, Annotated, Final, NamedTuple

import typer

from voicecoach.cli import options
from voicecoach.cli.printing import to_stderr
from voicecoach.errors import UsageError, VoicecoachError

if TYPE_CHECKING:
    from voicecoach import app as coach
    from voicecoach.journal.records import Session
    from voicecoach.settings.table import SessionSettings

PATIENCE: Final = 15.0
"""Seconds in which the offer may be answered; then the routine begins from its start, as was asked for."""
YES: Final = frozenset({"y", "enter"})


class Wish(NamedTuple):
    """What is asked to be played."""

    name: str
    """The routine's name or file; empty for what the plan has for today."""
    selection: coach.Selection
    coaching: options.HowMuch = None
    as_written: bool = False

    def could_be(self, kept: Session) -> bool:
        """Whether ``kept`` might be meant: the whole was asked for, or the same part of it."""
        from voicecoach.app import Selection  # noqa: PLC0415 - loaded when needed, here and below

        asked = kept.asked
        if self.selection == Selection() and not self.as_written:
            return True
        return (
            asked is not None
            and self.selection
            == Selection(start=asked.start, only=asked.only, sets=asked.sets, minutes=asked.minutes)
            and self.as_written == kept.as_written
        )


def resume(  # noqa: PLR0913 - one parameter an option
    *,
    coaching: options.HowMuch = None,
    voice: options.Voice = None,
    rate: options.Rate = None,
    output: options.Output = None,
    delay: options.Delay = None,
    questions: options.Questions = None,
    plain: Annotated[
        bool, typer.Option("--plain", help="Line by line, for screen readers, instead of the full screen.")
    ] = False,
    yes: Annotated[
        bool, typer.Option("--yes", help="Accept the safety notice, and ask nothing, for scripts.")
    ] = False,
) -> None:
    """Go on with the session that was interrupted.

    It goes on at the set in which it ended, when that was less than twelve hours ago.
    """
    from voicecoach.app import resume as resuming  # noqa: PLC0415
    from voicecoach.cli.performing import perform  # noqa: PLC0415
    from voicecoach.settings import file  # noqa: PLC0415
    from voicecoach.settings.table import View  # noqa: PLC0415

    kept = resuming.interrupted(to_stderr)
    if kept is None:
        raise UsageError(
            "No session was interrupted in the last twelve hours. 'voicecoach play ROUTINE' starts one."
        )
    chosen = file.load().overridden(
        voice=voice,
        rate=rate,
        output=output,
        delay=delay,
        questions=questions,
        view=View.PLAIN if plain else None,
    )
    left = resuming.session_resuming(kept, coaching, chosen, to_stderr)
    perform(left, chosen, coaching=coaching, yes=yes)


def wanted(wish: Wish, chosen: SessionSettings, *, ask: bool) -> coach.PreparedSession | None:
    """What is left of the interrupted session that may be meant, if there is one that can go on and the
    person wants to go on with it; where they cannot be asked, or ``ask`` is false, they are told how.
    """
    from voicecoach.app import resume as resuming  # noqa: PLC0415

    kept = resuming.interrupted(to_stderr, wish.name)
    if kept is None or kept.asked is None or not kept.sets or not wish.could_be(kept):
        return None
    try:
        left = resuming.session_resuming(kept, wish.coaching, chosen, to_stderr)
    except VoicecoachError:
        return None  # what was asked for begins from its start
    name = wish.name or kept.asked.name
    if not (ask and sys.stdin.isatty() and sys.stdout.isatty()):
        to_stderr(f"'{name}' was interrupted before; 'voicecoach resume' would go on where it ended.")
        return None
    otherwise = "from the start" if wish.name else "what your plan has for today"
    typer.echo(
        f"'{name}' was interrupted. Go on where it ended? y or Enter: yes; any other key: {otherwise}."
    )
    return left if _key() in YES else None


def _key() -> str:
    """The key that is pressed; empty when none is for a while."""
    from voicecoach.control.keyboard import keys  # noqa: PLC0415

    pressed: queue.SimpleQueue[str] = queue.SimpleQueue()
    with keys(pressed.put):
        try:
            return pressed.get(timeout=PATIENCE)
        except queue.Empty:
            return ""
