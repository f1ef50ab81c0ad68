"""What every command does first, so that each finds the person's files private."""

from __future__ import annotations

from voicecoach import paths
from voicecoach.safefiles import close_to_others


def look_after() -> None:
    """Close the person's folders to others on this computer; those that are closed cost one look each."""
    for folder in (paths.user_data(), paths.user_config(), paths.cache()):
        close_to_others(folder)
