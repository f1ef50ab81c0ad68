"""What every command does first, so that each finds the person's files private and whole."""

from __future__ import annotations

from voicecoach import paths
from voicecoach.safefiles import close_to_others, is_folder


def look_after() -> None:
    """Close the person's folders to others on this computer, and finish a copy that was being restored.

    Mostly there is nothing to do, which costs a look at four folders. Raises JournalError when the copy
    cannot be finished.
    """
    for folder in (paths.user_data(), paths.user_config(), paths.cache()):
        close_to_others(folder)
    if is_folder(paths.half_restored()):
        from voicecoach.app import restore  # noqa: PLC0415 - which hardly ever has to be done

        restore.finish()
