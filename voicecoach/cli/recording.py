"""A routine as a file: the sound or the page that ``render`` makes of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from voicecoach.app import compose, sound_file
from voicecoach.app.compose import MOST_WORKERS, Studio
from voicecoach.app.selection import Selection
from voicecoach.cli import html_file, page_file
from voicecoach.cli.notices import to_stderr
from voicecoach.cli.session_in_terminal import session_today
from voicecoach.errors import UsageError
from voicecoach.render import sidecars, sinks
from voicecoach.routine.profile import Explaining
from voicecoach.settings.table import SessionSettings
from voicecoach.timeline.medium import Medium
from voicecoach.timeline.segment import Score
from voicecoach.units import format_clock, seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Recording:
    """How routines are written to files."""

    chosen: SessionSettings
    selection: Selection
    coaching: Explaining | None
    as_written: bool
    captions: bool
    """Whether what is said is written beside a sound file."""
    chapters: bool
    """Whether its exercises are."""
    workers: int = MOST_WORKERS
    """The most speech workers at a time."""

    def check(self, out: Path) -> None:
        """Raise UsageError or FileError when a file of that name, or one beside it, cannot be written."""
        self.check_kind(out)
        if _is_page(out):
            html_file.check("page", out)
        else:
            sinks.check(out, *self._beside(out))

    def check_kind(self, out: Path) -> None:
        """Raise UsageError when no file that ends so can be written."""
        if not _is_page(out):
            sinks.check_ending(out)
        elif self.captions or self.chapters:
            raise UsageError(
                "A page has captions and exercises inside, so leave out --captions and --chapters."
            )

    def write(self, routine: str, out: Path, progress: Callable[[float], None]) -> tuple[str, ...]:
        """Write ``routine`` to ``out``, and return what to tell of each file that was written.

        ``progress`` is told the share that is done, from 0 to 1. Raises what session_today, page_of and
        compose.render raise.
        """
        prepared = partial(
            session_today, routine, self.chosen, self.selection, self.coaching, as_written=self.as_written
        )
        if _is_page(out):
            session = prepared(medium=Medium.PAGE)
            progress(0.0)
            return (page_file.write(session, self.chosen, out, progress, workers=self.workers),)
        session, beside = prepared(medium=Medium.FILE), self._beside(out)
        progress(0.0)
        sounding = replace(compose.sounding(self.chosen), medium=Medium.FILE)
        about = partial(sound_file.about, session, language=sounding.language)
        with Studio(sounding, to_stderr, patient=True, workers=self.workers) as studio:
            score = compose.render(studio, session.steps, out, about, progress, beside)
        size = out.stat().st_size / 1e6
        return (f"{out}: {format_clock(seconds(score.frames))}, {size:.1f} MB", *map(str, beside))

    def _beside(self, out: Path) -> dict[Path, Callable[[Score], str]]:
        """Return the files that go with a sound file, and what makes their text."""
        beside: dict[Path, Callable[[Score], str]] = {}
        if self.captions:
            beside[out.with_suffix(".vtt")] = partial(sidecars.captions, late=sinks.late(out))
        if self.chapters:
            beside[out.with_suffix(".cue")] = partial(sidecars.cue_sheet, name=out.name, late=sinks.late(out))
        return beside


def _is_page(out: Path) -> bool:
    return out.suffix.lower() in html_file.ENDINGS
