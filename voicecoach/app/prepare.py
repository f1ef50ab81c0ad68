"""From what a person wants to the steps of a session."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path

from voicecoach.app import region
from voicecoach.app.decide import Decide
from voicecoach.app.director import VariationSource, variations_for
from voicecoach.app.estimates import estimate
from voicecoach.app.journal import Notice, ask_journal, meetings
from voicecoach.app.selection import Selection
from voicecoach.errors import AllHurt, NothingSuits, VoicecoachError
from voicecoach.journal import records
from voicecoach.journal.met import Kind
from voicecoach.journal.records import Before, Decision
from voicecoach.journal.store import Journal
from voicecoach.language import phrases
from voicecoach.language.phrases import Message
from voicecoach.language.speech_length import DEFAULT_WPM
from voicecoach.routine.files.library import UNREADABLE, Library, read_file
from voicecoach.routine.instructions import NO_INSTRUCTIONS, Instructions
from voicecoach.routine.model import Exercise, Routine
from voicecoach.routine.one_side import with_sides
from voicecoach.routine.place import is_path
from voicecoach.routine.profile import Explaining, Profile
from voicecoach.routine.region import Region
from voicecoach.routine.select import still_told
from voicecoach.routine.suit import Swap, Tailored, owning, tailor
from voicecoach.settings.table import SessionSettings
from voicecoach.timeline.compile import with_length
from voicecoach.timeline.expand import Settings, expand
from voicecoach.timeline.medium import Medium
from voicecoach.timeline.saved_plan import NOTHING, SavedPlan
from voicecoach.timeline.steps import AnyStep, Briefing, Coaching, Intro, LeadIn, SayStep, praised
from voicecoach.training import limits, teaching
from voicecoach.training.dosed_routine import Prescription, prescription_for
from voicecoach.training.exercise_log import History
from voicecoach.training.news import news, read_out
from voicecoach.training.one_side import on_planned_sides
from voicecoach.training.onward import with_permissions
from voicecoach.training.praise import praises
from voicecoach.training.precautions import are_known
from voicecoach.training.readiness import Today
from voicecoach.training.standing import is_barred
from voicecoach.training.variation import FindVariation
from voicecoach.units import seconds, whole_minutes

_FULL = Settings()


@dataclass(frozen=True, slots=True)
class PreparedSession:
    """What is going to be played, and what it can become."""

    name: str
    """The routine's."""
    steps: tuple[AnyStep, ...]
    choices: VariationSource
    routine: str = ""
    """The id of the routine; empty when there is none."""
    version: str = ""
    """A hash of the routine's text, so that one sees when it was changed."""
    decisions: tuple[Decision, ...] = ()
    """The plan for its exercises; empty when it is done as it is written."""
    as_written: bool = False
    region: Region = Region.BACK
    """The part of the body that it is for."""
    asked: records.Asked | None = None
    """What was asked for."""
    instructions: Instructions = NO_INSTRUCTIONS
    """What the clinician asks for who wrote the routine."""
    resumes: records.Session | None = None
    """The interrupted session that goes on, with its sets; None for a new one."""
    past: SavedPlan = NOTHING
    """What of that one is over."""
    played: PlayedRoutine | None = None
    """The routine, or the part of it, that the steps were made from; None for a remark or what goes on."""


_EVERYTHING = Selection()


Sided = Callable[[Routine], Routine]
"""Puts the exercises of a routine on the sides on which a person does them."""

Steps = tuple[AnyStep, ...]
Measure = Callable[[Steps], int]
"""Returns how many frames the steps of a session are likely to take."""


def session_for(  # noqa: PLR0913 - all that a session depends on
    person: Profile,
    name: str,
    settings: Settings,
    rate: int,
    selection: Selection = _EVERYTHING,
    *,
    decide: Decide | None = None,
    praise: Callable[[Steps], Steps] | None = None,
    measure: Measure | None = None,
    unheeded: Profile | None = None,
    medium: Medium = Medium.LIVE,
    by_plan: bool = True,
) -> PreparedSession:
    """The session of ``person`` with a routine by name or file, or the selected part of it.

    ``praise`` adds a word to some exercises. ``measure`` tells how long a part is; without it that is
    estimated. Raises what :func:`as_played`, which ``unheeded`` and ``by_plan`` are for, and
    :meth:`Selection.of` raise.
    """
    shelf = library(settings.language)
    played = as_played(shelf, person, name, decide, unheeded, selection.order, by_plan=by_plan)

    def steps_of_part(routine: Routine) -> Steps:
        steps = steps_played(replace(played, routine=routine), settings)
        steps = praise(steps) if praise else steps
        return with_length(steps, estimate(steps, rate, settings.language, medium).expected)

    def seconds_of(routine: Routine) -> float:
        steps = steps_of_part(routine)
        return seconds(
            measure(steps) if measure else estimate(steps, rate, settings.language, medium).expected
        )

    part = selection.of(played.routine, seconds_of)
    wanted = selection if part != played.routine else Selection(side=selection.side)
    return PreparedSession(
        played.routine.name,
        steps_of_part(part),
        VariationSource(
            played.beside,
            owning(person.in_region(played.routine.for_region), played.written.equipment),
            settings,
            frozenset(each.written for each in played.decisions if each.leaves_out),
        ),
        played.routine.id,
        hashlib.sha256(read_file(played.place)).hexdigest()[:16],
        played.decisions,
        as_written=decide is None,
        region=played.routine.for_region,
        asked=replace(
            wanted.asked(played.place if is_path(name) else name),
            coaching="" if settings.coaching_for else str(settings.coaching),
        ),
        instructions=played.routine.instructions,
        played=replace(played, routine=part),
    )


def steps_played(played: PlayedRoutine, settings: Settings) -> Steps:
    """The plan of a routine, whose intro tells what was changed in it."""
    say = phrases.load(settings.language)
    steps = expand(played.routine, settings, still_told(played.swaps, played.routine))
    names = {each.name for each in played.routine.exercises}
    ruled_out = tuple(each for each in played.ruled_out if each in names)
    order = played.order if any(each.order for each in played.routine.exercises) else ()
    return _told(steps, tuple(map(say.tell, played.changes_read_out)), ruled_out, order)


def _seconds(steps: tuple[AnyStep, ...], rate: int, settings: Settings) -> float:
    return seconds(estimate(steps, rate, settings.language).expected)


def _told(
    steps: Steps, changes: tuple[str, ...], ruled_out: tuple[str, ...], order: tuple[str, ...]
) -> Steps:
    """``steps`` whose intro tells what changed, what is done all the same and on which sides."""
    return tuple(
        replace(step, changes=changes, ruled_out=ruled_out, order=order) if isinstance(step, Intro) else step
        for step in steps
    )


def heeding(session: PreparedSession, asked: Instructions) -> PreparedSession:
    """``session`` in the place of one in which a clinician ``asked`` for something, which holds here, too."""
    if session.instructions or not asked:
        return session
    steps = (
        replace(step, instructions=asked, reminds=True) if isinstance(step, Intro) else step
        for step in session.steps
    )
    return replace(session, steps=tuple(steps), instructions=asked)


def without_what_hurt(session: PreparedSession, history: History, day: date) -> PreparedSession:
    """``session`` in which nothing that hurt too often lately becomes an easier or harder variation."""
    bars = functools.partial(is_barred, history=history.of(session.region), day=day)
    return replace(session, choices=replace(session.choices, bars=bars))


def praising(history: History, notice: Notice, today: Today, language: str) -> Callable[[Steps], Steps]:
    """Return what adds to steps, at the end of some exercises, a word on what was done."""
    say = phrases.load(language)
    known = meetings(Kind.EXERCISE, notice).keys()

    def praise(steps: Steps) -> Steps:
        exercises = [step.exercise for step in steps if isinstance(step, Briefing)]
        region = next((step.region for step in steps if isinstance(step, Intro)), Region.BACK)
        earned = praises(exercises, history.of(region), replace(today, region=region), known)
        return praised(steps, {key: say.tell(message) for key, message in earned.items()})

    return praise


def remark(*sentences: str, after: bool = False) -> PreparedSession:
    """A session that says this and nothing else, after the tone that every one starts with.

    One that comes right ``after`` another session has no tone.
    """
    title = sentences[0]
    steps: tuple[AnyStep, ...] = (
        *(() if after else (LeadIn(block=0, title=title, seconds=_FULL.lead_in),)),
        *(SayStep(block=0, title=text, text=text, after_work=False) for text in sentences),
    )
    return PreparedSession(title, steps, VariationSource(library(), Profile(), _FULL))


def settings_for(explaining: Explaining, notice: Notice, now: datetime, base: Settings = _FULL) -> Settings:
    """``base`` with how often each exercise was done, and how much of it is explained."""
    known = meetings(Kind.EXERCISE, notice)

    def met(exercise: Exercise) -> int:
        return known[exercise.key].times if exercise.key in known else 0

    base = replace(base, met=met)
    if explaining is not Explaining.FULL:
        base = replace(base, reminds=_told_often(notice, now))
    if explaining is not Explaining.AUTO:
        return replace(base, coaching=Coaching(explaining))

    def how(exercise: Exercise) -> Coaching:
        return Coaching.SHORT if teaching.is_learned(known.get(exercise.key), now) else Coaching.FULL

    return replace(base, coaching_for=how)


def _told_often(notice: Notice, now: datetime) -> Callable[[Instructions], bool]:
    """Return what tells whether instructions were told so often lately that a reminder will do."""

    @functools.cache
    def sessions() -> tuple[records.Session, ...]:
        since = now.date() - timedelta(limits.MEMORY_DAYS)
        return ask_journal(lambda journal: journal.overview(since), (), notice)

    return lambda asked: are_known(asked, sessions())


def coached(chosen: SessionSettings) -> Settings:
    """How a session is coached, as the person has set it."""
    return Settings(
        clicks=chosen.clicks,
        lead_in=chosen.lead_in,
        delay=chosen.delay,
        tempo=chosen.speed / 100,
        transition=chosen.transition or None,
        talk=chosen.talk,
        language=chosen.language,
    )


def steps_of(
    routine: Routine, settings: Settings, rate: int = DEFAULT_WPM, swaps: tuple[Swap, ...] = ()
) -> tuple[AnyStep, ...]:
    """The plan of ``routine``, which knows how long it will take and tells the ``swaps`` made in it."""
    steps = expand(routine, settings, swaps)
    return with_length(steps, estimate(steps, rate, settings.language).expected)


def minutes(played: PlayedRoutine, settings: Settings, rate: int) -> int:
    """How long a session with a routine takes, in whole minutes, at least one."""
    return whole_minutes(_seconds(steps_played(played, settings), rate, settings))


def library(language: str = phrases.ENGLISH) -> Library:
    """The user's routines and exercises, and the shipped ones, in ``language`` where they have it."""
    return Library.default(language)


def exercises_by_key() -> FindVariation:
    """Return what finds exercises of the library by key, each read once; None for one with mistakes."""
    shelf = library()

    @functools.cache
    def find(key: str) -> Exercise | None:
        try:
            return shelf.exercise(key)
        except VoicecoachError:
            return None

    return find


def _as_written(routine: Routine) -> Routine:
    """Leave the sides of a routine as its file has them."""
    return routine


def tailored(
    shelf: Library, name: str, person: Profile, sided: Sided = _as_written, *, by_plan: bool = True
) -> Tailored:
    """The routine with that name, or in that file, as ``person`` should do it.

    ``sided`` puts it on their sides; what replaces an exercise is done on the sides of that. ``by_plan`` is
    for :func:`region.placed`.

    Raises what Library.load raises, UnknownName or RoutineError for an alternative that cannot be read, and
    NothingSuits.
    """
    routine = region.placed(shelf.load(name), person, shelf, by_plan=by_plan)
    person = person.in_region(routine.for_region)
    found = tailor(sided(routine), person, shelf.beside(shelf.locate(name)))
    found = replace(found, routine=sided(found.routine))
    if found.empty:
        others = (other for other in shelf.routines() if other != found.routine.id)
        instead = next((other for other in others if is_empty(shelf, other, person) is False), None)
        advice = f"Try '{instead}', or" if instead else "Ask a physiotherapist what suits you, or"
        raise NothingSuits(
            f"Nothing of '{found.routine.name}' is left for your profile. {advice} see 'voicecoach profile'."
        )
    return found


def equipment(shelf: Library) -> tuple[str, ...]:
    """Everything that some exercise needs, in order of the alphabet."""
    things: set[str] = set()
    for entry in shelf.browse():
        if entry.name:
            things.update(shelf.exercise(entry.id).equipment)
    return tuple(sorted(things))


def is_empty(shelf: Library, name: str, person: Profile) -> bool | None:
    """Tell whether nothing of a routine suits ``person``; None for one that cannot be read."""
    try:
        routine = region.placed(shelf.load(name), person, shelf)
        suiting = person.in_region(routine.for_region)
        return tailor(routine, suiting, shelf.beside(shelf.locate(name))).empty
    except UNREADABLE:
        return None


def next_time(
    shelf: Library, person: Profile, name: str, notice: Notice, day: date
) -> tuple[Routine, Prescription, FindVariation]:
    """A routine as the person does it, what the rules decide for it, and what finds variations.

    A journal that cannot be read is told, and taken for an empty one. Raises as :func:`tailored`.
    """
    history = known(notice, day)
    own, find_variation = own_routine(shelf, person, name, history)
    made = prescription_for(own.routine, history, Today(day=day), find_variation=find_variation)
    return own.routine, made, find_variation


@dataclass(frozen=True, slots=True)
class PlayedRoutine:
    """A routine as a person will really do it on a day."""

    routine: Routine
    """It suits the person, at the doses of the day."""
    written: Routine
    """It suits the person, at the doses that are written."""
    swaps: tuple[Swap, ...]
    """What was replaced or left out to suit the person."""
    decisions: tuple[Decision, ...]
    """The plan for its exercises; empty when nothing was decided."""
    place: Path
    """Its file."""
    beside: Library
    """The library that has what its file refers to."""
    ruled_out: tuple[str, ...] = ()
    """The names of the exercises that the person's profile would have replaced or left out."""
    order: tuple[str, ...] = ()
    """The sides on which all that has sides was asked for, in their order; empty when nothing was said."""

    @property
    def changes(self) -> tuple[Message, ...]:
        """What the decisions changed since the last time, and why."""
        return tuple(news(self.decisions, *self._names_and_done))

    @property
    def changes_read_out(self) -> tuple[Message, ...]:
        """What is heard of :attr:`changes` before the session."""
        return tuple(read_out(self.decisions, *self._names_and_done))

    @property
    def _names_and_done(self) -> tuple[dict[str, str], dict[str, Exercise]]:
        """The names of what is written, and the exercises that are done, by their keys."""
        names = {each.key: each.name for each in self.written.exercises}
        return names, {each.key: each for each in self.routine.exercises}


def as_played(
    shelf: Library,
    person: Profile,
    name: str,
    decide: Decide | None = None,
    unheeded: Profile | None = None,
    order: tuple[str, ...] = (),
    *,
    by_plan: bool = True,
) -> PlayedRoutine:
    """Return a routine by name or file as ``person`` will really do it; without ``decide`` as it is written.

    What has sides is done in ``order``, or else as it is planned. ``unheeded`` is their own profile when
    ``person`` is nobody in particular, to tell what that brings back. ``by_plan`` is for
    :func:`region.placed`. Raises as :func:`tailored`, and AllHurt when nothing of it is left to do.
    """

    def sided(routine: Routine) -> Routine:
        routine = with_sides(routine, order)
        return decide.sided(routine) if decide else routine

    found, place = tailored(shelf, name, person, sided, by_plan=by_plan), shelf.locate(name)
    beside = shelf.beside(place)
    planned, decisions = decide(found.routine, beside) if decide else (found.routine, ())
    if decisions and not planned.exercises:
        raise AllHurt(
            f"Everything of '{found.routine.name}' hurt lately, so it waits for now. Do something gentle"
            f" instead, such as 'voicecoach play calm-mini' or a walk. 'voicecoach plan explain {name}' says"
            " when it is tried again."
        )
    swaps = still_told(found.swaps, planned)
    heeded = unheeded and unheeded.in_region(planned.for_region)
    own = tailor(planned, heeded, beside).swaps if heeded else ()
    ruled_out = tuple(each.name for each in own if each.cautions)
    return PlayedRoutine(planned, found.routine, swaps, decisions, place, beside, ruled_out, order)


def own_routine(
    shelf: Library, person: Profile, name: str, history: History
) -> tuple[Tailored, FindVariation]:
    """Return a routine as ``person`` does it by their plan, and what finds variations.

    Raises as :func:`tailored`.
    """
    beside = shelf.beside(shelf.locate(name))
    found = tailored(shelf, name, person, partial(on_planned_sides, history=history))
    routine = with_permissions(found.routine, history)
    person = owning(person.in_region(routine.for_region), routine.equipment)
    return replace(found, routine=routine), variations_for(beside, person)


def deciding(
    person: Profile,
    notice: Notice,
    day: date,
    before: Before = Before(),  # noqa: B008 - frozen
    *,
    as_written: bool = False,
    history: Callable[[], History] | None = None,
    prescribed: Callable[[str], Instructions] = lambda _: NO_INSTRUCTIONS,
) -> Decide:
    """Decide what ``person`` does of a routine on ``day``, with what they said ``before`` the session.

    The journal is read once for all routines, or by ``history``, which several days can share. ``prescribed``
    is what the clinician asks for who wrote the programme that has a routine.
    """
    history = history or functools.cache(lambda: known(notice, day))
    return Decide(person, Today(day=day, before=before), history, as_written, prescribed)


def known(notice: Notice, day: date) -> History:
    """What the rules look at on ``day``; a journal that cannot be read is told, and taken for empty."""
    since = day - timedelta(limits.MEMORY_DAYS)

    def everything(journal: Journal) -> History:
        return History(
            sessions=tuple(each for each in journal.recent(since) if each.day <= day),
            choices=journal.choices(),
            growing=library().growing(),
            agreements=journal.agreements(),
            weakness=journal.weakness(),
            lifted=journal.lifted(),
        )

    return ask_journal(everything, History(), notice)
