"""``voicecoach keys``."""

from __future__ import annotations

from voicecoach.cli import page, table
from voicecoach.session.commands import help_rows
from voicecoach.settings import file


def keys() -> None:
    """Show the keys that you can press while a session plays."""
    say = file.own_phrases()
    table.show([("key", "what it does"), *help_rows(say)])
    page.show(f"\n{say('keys.others')}")
