"""``voicecoach demo``."""

from __future__ import annotations

from voicecoach.app import compose
from voicecoach.app.demo import demonstration
from voicecoach.cli import options, page
from voicecoach.cli.session_in_terminal import Room, must_be_whole, play_session
from voicecoach.settings.table import SessionSettings


@options.settings(
    "language",
    "voice",
    "rate",
    "voice_volume",
    "sound_volume",
    "output",
    "view",
    "theme",
    "figure",
    "media_keys",
)
def demo(*, chosen: SessionSettings) -> None:
    """Show for forty seconds what the coach does: just watch and listen.

    Nothing is asked, and nothing is kept.
    """
    room = Room(chosen.view, chosen.theme, chosen.figure, chosen.media_keys, new=True)
    summary = play_session(demonstration(chosen), compose.sounding(chosen, music=False), room)
    page.show("To do something yourself, in five minutes: voicecoach play quick")
    must_be_whole(summary)
