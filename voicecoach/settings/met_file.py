"""Where it is kept which exercises were done: ``met.json`` in the data folder."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path

from voicecoach import paths
from voicecoach.safefiles import locked, set_aside, write
from voicecoach.settings.exercises_met import Meeting, Met

Notice = Callable[[str], None]


def file() -> Path:
    """The file's place; it may not exist."""
    return paths.user_data() / "met.json"


def load(notice: Notice) -> Met:
    """What was done so far. Nothing, and a line to ``notice``, when the file cannot be read."""
    try:
        return _read()
    except (OSError, ValueError):
        pass
    try:
        with locked(_lock()):
            return _read_or_set_aside(notice)
    except OSError as error:
        notice(f"{file()} cannot be read ({error.strerror}): every exercise is explained as if it were new.")
        return Met()


def record(keys: Iterable[str], now: datetime, notice: Notice) -> None:
    """Note that these exercises were done in a session that ended ``now``; never raises for a bad disk.

    Sessions that end at the same time are all counted.
    """
    try:
        with locked(_lock()):
            write(file(), _text(_read_or_set_aside(notice).after(keys, now)))
    except OSError as error:
        notice(
            f"It could not be noted which exercises you did: {file()} cannot be written ({error.strerror})."
            " The next session explains them as if you had not done them today."
        )


def _lock() -> Path:
    return file().with_suffix(".lock")


def _read_or_set_aside(notice: Notice) -> Met:
    """What is in the file, which is moved away when it is damaged; call it locked. Raises OSError."""
    try:
        return _read()
    except ValueError:
        aside = set_aside(file())
        notice(
            f"{file()} was damaged and is now {aside.name}: every exercise is explained as if it were new."
        )
        return Met()


def _read() -> Met:
    """Raises OSError, or ValueError when the file makes no sense."""
    try:
        text = file().read_text(encoding="utf-8")
    except (FileNotFoundError, NotADirectoryError):
        return Met()
    try:
        return Met({str(key): _meeting(**entry) for key, entry in dict(json.loads(text)).items()})
    except (TypeError, AttributeError, RecursionError, OverflowError) as error:
        raise ValueError(str(error)) from error


def _meeting(*, times: int, last: str) -> Meeting:
    meeting = Meeting(times, datetime.fromisoformat(last))
    if type(times) is not int or times < 1 or meeting.last.tzinfo is None:
        raise ValueError(f"{times} times, last {last}")
    return meeting


def _text(met: Met) -> str:
    entries = {
        key: {"times": meeting.times, "last": meeting.last.isoformat(timespec="seconds")}
        for key, meeting in sorted(met.meetings.items())
    }
    return json.dumps(entries, indent=1, ensure_ascii=False) + "\n"
