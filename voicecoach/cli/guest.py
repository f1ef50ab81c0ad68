"""``voicecoach play --guest``: somebody else exercises here, and leaves no trace.

A guest hears the notice and is asked about the signs of an emergency each time, as nothing is kept of that
either. Doses, profile and plan of the owner stay out of it; voice, music and screen are as they are set here.
"""

from __future__ import annotations

import math
import sys
from contextlib import nullcontext
from dataclasses import replace
from typing import Final

from voicecoach import cli
from voicecoach.app import compose, prepare
from voicecoach.app.person import guest
from voicecoach.app.prepare import PreparedSession
from voicecoach.app.selection import Selection
from voicecoach.cli.notices import to_stderr
from voicecoach.cli.one_key import Asker
from voicecoach.cli.session_in_terminal import Room, must_be_whole, play_session
from voicecoach.cli.spoken_answers import Hearing
from voicecoach.cli.welcome import accept, has_signs
from voicecoach.errors import Declined, UsageError
from voicecoach.language import phrases
from voicecoach.routine.profile import Explaining
from voicecoach.routine.region import Region
from voicecoach.settings import safety
from voicecoach.settings.table import SessionSettings
from voicecoach.timeline.steps import Coaching
from voicecoach.training.exercise_log import History

UNKNOWN: Final = (
    "You are a guest: nothing of this session is kept, and the doses are those to begin with. The coach does"
    " not know what you should be careful with. Leave out what you are not sure of (key n), and end what"
    " hurts (key x)."
)


def play_as_guest(  # noqa: PLR0913 - one for each thing that a command decides
    routine: str | None,
    chosen: SessionSettings,
    selection: Selection,
    coaching: Explaining | None,
    *,
    as_written: bool,
    journal: bool | None,
    yes: bool,
    hearing: Hearing | None = None,
) -> None:
    """Play a routine for a guest; ``yes`` accepts the notice and asks nothing.

    Raises VoicecoachError, for the person, when it cannot be played, and Declined when it is not played to
    its end.
    """
    if routine is None:
        raise UsageError("Say what the guest plays, as in: voicecoach play quick --guest")
    if journal:
        raise UsageError("Nothing is kept of a guest: leave out either '--guest' or '--journal'.")
    session = _session(routine, chosen, selection, coaching, as_written=as_written)
    if not yes:
        _welcome(chosen, session.region, session.instructions.by, hearing)
    to_stderr(UNKNOWN)
    room = Room(
        chosen.view,
        chosen.theme,
        chosen.figure,
        chosen.media_keys,
        chosen.pause_others,
        chosen.duck_others,
        new=True,
        hearing=hearing,
    )
    must_be_whole(play_session(session, compose.sounding(chosen), room))


def _session(
    name: str,
    chosen: SessionSettings,
    selection: Selection,
    coaching: Explaining | None,
    *,
    as_written: bool,
) -> PreparedSession:
    """Prepare the session for somebody who has never done anything here."""
    now = cli.clock.moment()
    explained = Coaching.SHORT if coaching is Explaining.SHORT else Coaching.FULL
    person = guest(now, as_written=as_written)
    sounding = compose.sounding(chosen, music=False)
    with compose.measuring(sounding, to_stderr) if selection.minutes else nullcontext() as measure:
        session = prepare.session_for(
            person,
            name,
            replace(prepare.coached(chosen), coaching=explained),
            chosen.rate,
            selection,
            decide=prepare.deciding(person, to_stderr, now.date(), as_written=as_written, history=History),
            measure=measure,
        )
    if unheard := selection.unheard(session.name, session.steps):
        to_stderr(unheard)
    return session


def _welcome(chosen: SessionSettings, region: Region, by: str, hearing: Hearing | None) -> None:
    """Tell the notice and name the signs of an emergency. Raises Declined unless the guest may begin."""
    text, say = safety.load(region=region), phrases.load(chosen.language)
    if not sys.stdin.isatty():
        raise UsageError("A guest has to accept the safety notice: play in a terminal, or add '--yes'.")
    sounding = compose.sounding(chosen, music=False)
    with Asker(sounding, cli.clock, patience=math.inf, hearing=hearing) as ask:
        accept(ask, text, by)
        if has_signs(ask, text, say):
            raise Declined
