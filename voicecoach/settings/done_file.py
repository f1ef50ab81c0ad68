"""When each routine was last done to its end: ``done.json`` in the data folder."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

from voicecoach import paths
from voicecoach.safefiles import locked, set_aside, write


def file() -> Path:
    """The file's place; it may not exist."""
    return paths.user_data() / "done.json"


def load() -> Mapping[str, datetime]:
    """The end of the last session with each routine, by its id. Nothing when the file cannot be read."""
    try:
        return _read()
    except (OSError, ValueError):
        return {}


def record(ident: str, now: datetime, notice: Callable[[str], None]) -> None:
    """Note that a routine was done to its end ``now``; never raises for a bad disk.

    A file that makes no sense is kept under another name.
    """
    try:
        with locked(file().with_suffix(".lock")):
            try:
                before = _read()
            except ValueError:
                before = {}
                notice(f"{file()} was damaged and is now {set_aside(file()).name}.")
            times = {**before, ident: now}
            entries = {key: time.isoformat(timespec="seconds") for key, time in sorted(times.items())}
            write(file(), json.dumps(entries, indent=1, ensure_ascii=False) + "\n")
    except OSError as error:
        notice(f"The day of this session could not be noted: {file()} cannot be written ({error.strerror}).")


def ago(last: datetime | None, now: datetime) -> str:
    """When that was, in words: "never", "today", "yesterday", "3 days ago", "5 weeks ago"."""
    if last is None:
        return "never"
    days = (now.date() - last.astimezone(now.tzinfo).date()).days
    if days <= 0:
        return "today"
    if days == 1:
        return "yesterday"
    if days < 21:
        return f"{days} days ago"
    weeks = days // 7
    return f"{weeks} weeks ago" if weeks < 100 else "long ago"


def _read() -> dict[str, datetime]:
    """Raises OSError, or ValueError when the file makes no sense."""
    try:
        text = file().read_text(encoding="utf-8")
    except (FileNotFoundError, NotADirectoryError):
        return {}
    try:
        times = {str(key): datetime.fromisoformat(time) for key, time in dict(json.loads(text)).items()}
    except (TypeError, RecursionError, OverflowError) as error:
        raise ValueError(str(error)) from error
    if any(time.tzinfo is None for time in times.values()):
        raise ValueError("a time without its zone")
    return times
