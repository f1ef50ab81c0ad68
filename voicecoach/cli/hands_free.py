"""Opens the microphone for as long as a command plays, where the person has turned that on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from voicecoach import cli, job
from voicecoach.audio import outputs
from voicecoach.cli.notices import to_stderr
from voicecoach.cli.spoken_answers import Hearing
from voicecoach.errors import HearingUnavailable
from voicecoach.settings.table import SessionSettings


@contextmanager
def heard(chosen: SessionSettings) -> Iterator[Hearing | None]:
    """Yield what hears the person inside the block; None where they do not want it, or it is not installed.

    Raises FileError when the person's own words for commands cannot be used.
    """
    if not chosen.listen or chosen.output == outputs.INSTANT:  # in which nobody exercises
        yield None
        return
    from voicecoach.app.hearing import open_hearing  # noqa: PLC0415 - numpy loads with it

    try:
        hearing = open_hearing(chosen, cli.clock)
    except HearingUnavailable as error:
        to_stderr(f"{error} The session goes on without it.")
        yield None
        return
    with hearing, job.kept(hearing.rest, hearing.wake):
        yield hearing
