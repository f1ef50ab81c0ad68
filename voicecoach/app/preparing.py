"""From what a person wants to the steps of a session."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from voicecoach.app.director import Choices
from voicecoach.app.kits import estimating
from voicecoach.app.shelf import library, tailored
from voicecoach.clock import today
from voicecoach.journal import records
from voicecoach.journal.records import Decision
from voicecoach.language.speech_length import DEFAULT_WPM
from voicecoach.routine.files.library import Library, is_path
from voicecoach.routine.model import Explaining, Profile, Routine
from voicecoach.routine.select import still_told
from voicecoach.routine.suit import Swap
from voicecoach.settings import met_file
from voicecoach.settings.table import SessionSettings
from voicecoach.timeline.compile import compile_all, with_length
from voicecoach.timeline.expand import Settings, expand
from voicecoach.timeline.segment import Score
from voicecoach.timeline.steps import AnyStep, Coaching, Intro, LeadIn, Outro, Say, Work
from voicecoach.training.words import news
from voicecoach.units import seconds

Notice = Callable[[str], None]
"""Takes one line for the person."""
_FULL = Settings()


@dataclass(frozen=True, slots=True)
class Session:
    """What is going to be played, and what it can become."""

    name: str
    """The routine's."""
    steps: tuple[AnyStep, ...]
    choices: Choices
    routine: str = ""
    """The id of the routine; empty when there is none."""
    version: str = ""
    """A hash of the routine's text, so that one sees when it was changed."""
    decisions: tuple[Decision, ...] = ()
    """The plan for its exercises; empty when it is done as it is written."""
    as_written: bool = False
    asked: records.Asked | None = None
    """What plans it again when it is interrupted."""
    resumes: records.Session | None = None
    """The interrupted session that goes on, with its sets; None for a new one."""
    past: tuple[Work, ...] = ()
    """The sets of that one which are not done again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """The part of a routine that is wanted; the whole of it when nothing is said."""

    start: str = ""
    """The step to begin with: its number on the sheet, its name or its id."""
    only: tuple[str, ...] = ()
    """Nothing but these steps."""
    sets: int | None = None
    """At most so many sets of each exercise."""
    minutes: float | None = None
    """At most that long, by leaving out what matters least."""

    def of(self, routine: Routine, seconds_of: Callable[[Routine], float]) -> Routine:
        """That part of ``routine``. Raises UnknownName and UsageError."""
        from voicecoach.routine import select  # noqa: PLC0415 - few sessions need them

        if self.start:
            routine = select.starting_at(routine, self.start)
        if self.only:
            routine = select.only(routine, self.only)
        if self.sets is not None:
            routine = select.at_most_sets(routine, self.sets)
        if self.minutes is not None:
            routine = select.within(routine, self.minutes, seconds_of)
        return routine

    def asked(self, name: str | Path) -> records.Asked:
        """This part of the routine called ``name``, as the journal keeps it."""
        name = str(name.resolve()) if isinstance(name, Path) else name
        return records.Asked(
            name=name, start=self.start, only=self.only, sets=self.sets, minutes=self.minutes
        )


_EVERYTHING = Selection()


Decide = Callable[[Routine, Library], tuple[Routine, tuple[Decision, ...]]]
"""Makes of a routine, with the library beside it, what is done of it today, and says why."""


def session_for(
    person: Profile,
    name: str,
    settings: Settings,
    rate: int,
    selection: Selection = _EVERYTHING,
    *,
    decide: Decide | None = None,
    week: tuple[int, int] | None = None,
) -> Session:
    """The session of ``person`` with a routine by name or file, or the selected part of it.

    ``week`` is told at its end: how many sessions of the week it makes, and how many are the goal, 0 when
    there is none. Raises what :func:`tailored` and :meth:`Selection.of` raise.
    """
    shelf = library()
    found, place = tailored(shelf, name, person), shelf.locate(name)
    beside = shelf.beside(place)
    planned, decisions = decide(found.routine, beside) if decide else (found.routine, ())

    def seconds_of(routine: Routine) -> float:
        return seconds(estimate(expand(routine, settings, found.swaps), rate).expected)

    routine = selection.of(planned, seconds_of)
    steps = steps_of(routine, settings, rate, still_told(found.swaps, routine))
    doing = {each.key: each.name for each in found.routine.exercises}
    return Session(
        found.routine.name,
        _told(steps, news(decisions, doing), week),
        Choices(beside, person, settings),
        found.routine.id,
        hashlib.sha256(place.read_bytes()).hexdigest()[:16],
        decisions,
        as_written=decide is None,
        asked=replace(
            selection.asked(place if is_path(name) else name),
            coaching="" if settings.coaching_for else str(settings.coaching),
            tempo=settings.tempo,
            rate=rate,
        ),
    )


def _told(
    steps: tuple[AnyStep, ...], changes: tuple[str, ...], week: tuple[int, int] | None
) -> tuple[AnyStep, ...]:
    """``steps`` whose intro tells what changed, and whose outro how the week goes."""
    return tuple(
        replace(step, changes=changes)
        if isinstance(step, Intro)
        else replace(step, week=week)
        if isinstance(step, Outro)
        else step
        for step in steps
    )


def remark(*sentences: str) -> Session:
    """A session that says this and nothing else, after the tone that every one starts with."""
    title = sentences[0]
    steps: tuple[AnyStep, ...] = (
        LeadIn(block=0, title=title, seconds=_FULL.lead_in),
        *(Say(block=0, title=text, text=text, after_work=False) for text in sentences),
    )
    return Session(title, steps, Choices(library(), Profile(), _FULL))


def settings_for(explaining: Explaining, notice: Notice, base: Settings = _FULL) -> Settings:
    """``base`` with each exercise explained as much as the person needs."""
    if explaining is not Explaining.AUTO:
        return replace(base, coaching=Coaching(explaining))
    met, now = met_file.load(notice), today()
    return replace(base, coaching_for=lambda exercise: met.coaching(exercise.key, now))


def coached(chosen: SessionSettings) -> Settings:
    """How a session is coached, as the person has set it."""
    return Settings(
        clicks=chosen.clicks, lead_in=chosen.lead_in, delay=chosen.delay, tempo=chosen.tempo / 100
    )


def steps_of(
    routine: Routine, settings: Settings, rate: int = DEFAULT_WPM, swaps: tuple[Swap, ...] = ()
) -> tuple[AnyStep, ...]:
    """The plan of ``routine``, which knows how long it will take and tells the ``swaps`` made in it."""
    return with_length(expand(routine, settings, swaps), estimating(rate))


def estimate(steps: tuple[AnyStep, ...], rate: int = DEFAULT_WPM) -> Score:
    """The session compiled with guessed speech lengths: no voice is needed, and it takes no time."""
    return compile_all(steps, estimating(rate))


def minutes(routine: Routine, settings: Settings = _FULL, swaps: tuple[Swap, ...] = ()) -> int:
    """How long ``routine`` takes, in whole minutes, at least one."""
    return max(1, round(seconds(estimate(expand(routine, settings, swaps)).expected) / 60))
