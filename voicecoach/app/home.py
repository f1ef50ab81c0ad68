"""What may be done now, the most sensible thing first: the choices of ``voicecoach`` alone."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final, NamedTuple

from voicecoach.app import agenda, plan, prepare, remarks, resume, weakness
from voicecoach.app.agenda import Agenda
from voicecoach.app.journal import Notice, ask_journal
from voicecoach.app.plan import Following
from voicecoach.app.region import usual
from voicecoach.app.resume import Interruption
from voicecoach.journal.records import Session
from voicecoach.language import dates
from voicecoach.language.phrases import Message, Phrases, capitalised
from voicecoach.routine import place
from voicecoach.routine.region import Region
from voicecoach.settings import file
from voicecoach.settings.table import SessionSettings
from voicecoach.training import stats, words
from voicecoach.training.dose_history import name_of
from voicecoach.training.practice import keys_that_hurt
from voicecoach.training.praise import ago
from voicecoach.training.week_plan import Load

TRY: Final = "quick"
"""The routine to try the coach with."""
_WALK: Final = "walk"
"""The walk without a plan."""
_EASED: Final = {"home.due": "home.due_eased", "home.also": "home.also_eased"}
"""What is shown of that which the plan has for today, where it has become easier."""
_NAMED: Final = 2
"""The most exercises that are named; more are counted [own choice]."""
_LATELY: Final = timedelta(weeks=3)
"""How far back sessions are read."""


class Deed(StrEnum):
    """What a choice does."""

    PLAY = "play"
    GO_ON = "go_on"
    PLAN = "plan"
    ALL = "all"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One thing that may be done now."""

    deed: Deed
    shown: str
    routine: str = ""
    """What is played; empty for other deeds."""
    due: bool = False
    """Whether the person's plan has it for today."""
    loads: bool = False
    """Whether it loads the back."""
    enough: bool = False
    """Whether it is a walk, after a day that went badly, and did not hurt itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """What the person sees first."""

    lines: tuple[str, ...]
    """The day, how the week goes, and what has to be looked at."""
    choices: tuple[Choice, ...]
    first: int | None
    """The index of the choice that is preselected; None when none should be."""
    interruption: Interruption | None = None
    """The session that may go on."""


def home(notice: Notice, now: datetime, chosen: SessionSettings) -> Home:
    """Return the choices of this moment.

    After a day that went badly, which is told, the walk comes first; else nothing is preselected then, nor
    while something has to be looked at. Raises FileError for settings or a profile with mistakes.
    """
    say, following = file.own_phrases(), plan.followed(notice)
    due = agenda.at(following, notice, now) if following else None
    past = _past(notice, now)
    interruption = resume.interrupted(notice, now, chosen)
    weak = plan.is_weak(_region(following, notice, now))
    pain = _pain(past, notice, now)
    told = None if weak or (due and (due.due.sore or due.due.rests)) else pain
    choices = tuple(_choices(_Known(following, due, past, interruption, weak, told), now, say))
    first, why = _sensible(choices, due), ""
    if told:
        choices = tuple(sorted(choices, key=lambda each: not each.enough))
        first = 0 if choices[0].enough else None
        why = say.tell(Message("home.nothing" if first is None else "home.rest", what=told.said(now)))
    elif (weak or pain) and first is not None and choices[first].loads:
        first = None
    once = map(say.tell, remarks.on_screen(following, notice, now)) if following else ()
    return Home(
        lines=(*_heading(due, now, say), *([why] if why else []), *weakness.shown(notice, now, say), *once),
        choices=choices,
        first=first,
        interruption=interruption,
    )


def region(notice: Notice, now: datetime) -> Region:
    """Return the region of which one is asked before it is chosen what to do."""
    return _region(plan.followed(notice), notice, now)


def _region(following: Following | None, notice: Notice, now: datetime) -> Region:
    return agenda.region_on(following, notice, now.date()) if following else usual()


class _Known(NamedTuple):
    """What the choices follow from."""

    plan: Following | None
    due: Agenda | None
    past: Sequence[Session]
    """The exercise of the last weeks, earliest first."""
    interruption: Interruption | None
    weak: bool
    """Whether new weakness has to be looked at before anything trains."""
    pain: _Pain | None
    """What went badly lately, where a walk is enough for that; None when nothing did."""


def _past(notice: Notice, now: datetime) -> tuple[Session, ...]:
    since = now.date() - _LATELY
    nothing: tuple[Session, ...] = ()
    found = ask_journal(lambda journal: journal.sessions(since), nothing, notice)
    return tuple(each for each in found if each.day <= now.date() and stats.trained(each))


class _Pain(NamedTuple):
    """What went badly today, or on the last day with exercise before it."""

    day: date
    names: tuple[str, ...]
    """Those of the exercises that hurt, as far as is known."""
    routines: frozenset[str]
    """The routines in which it did."""

    def allows(self, routine: str, load: Load | None) -> bool:
        """Tell whether ``routine`` is a walk that did not hurt."""
        return load is Load.WALK and place.ident(routine) not in self.routines

    def said(self, now: datetime) -> Message:
        """Say what hurt, and when, as a part of a sentence."""
        when, names = ago(self.day, now.date()), [Message.verbatim(name) for name in self.names]
        if not names:
            return Message("home.sore", when=when)
        if len(names) > _NAMED:
            return Message("home.hurt_many", n=len(names), when=when)
        return Message("home.hurt", names=Message.joined(names), when=when)


def _pain(past: Sequence[Session], notice: Notice, now: datetime) -> _Pain | None:
    """Return what went badly; None when nothing did."""
    day = now.date()
    last = max((each.day for each in past if each.day < day), default=day)
    lately = [each for each in past if each.day >= last]
    history = prepare.known(notice, day) if lately else None
    bad = [each for each in lately if history and resume.is_painful(each, history, notice, day)]
    if not bad:
        return None
    find, keys = prepare.exercises_by_key(), (key for each in bad for key in keys_that_hurt(each))
    names = tuple(dict.fromkeys(name_of(key, find) for key in keys))
    return _Pain(max(each.day for each in bad), names, frozenset(each.routine for each in bad))


def _heading(due: Agenda | None, now: datetime, say: Phrases) -> Iterator[str]:
    """Yield the day and how the week goes; what is due itself only where no choice says it."""
    day = capitalised(dates.with_weekday(now.date(), say))
    if due is None:
        yield f"{day}."
    elif due.due.routines and not due.due.sore:
        yield f"{day}. {words.week_so_far(due.due.goal, say)}"
        yield from due.beyond
    else:
        yield f"{day}."
        yield from due.lines


def _choices(known: _Known, now: datetime, say: Phrases) -> Iterator[Choice]:
    """Yield all choices, the most sensible one first; a routine that cannot be played is none."""
    if found := known.interruption:
        text, loads = say.part("go_on.goes_on", **resume.numbers(found, say)), weakness.trains(found.left)
        if not (loads and known.weak):
            yield Choice(deed=Deed.GO_ON, shown=capitalised(text), loads=loads)
    offers = list(_offers(known))
    shelf = known.plan.shelf if known.plan else prepare.library()
    looks = agenda.looks_of(shelf, {each.routine for each in offers if each.routine}, now, known.plan)
    for each in offers:
        if not each.routine:
            yield replace(each, shown=say.part(each.shown))
        elif minutes := looks[each.routine].minutes:
            length = dates.counted(minutes, "minute", say)
            load = plan.load_of(shelf, each.routine)
            enough = known.pain is not None and known.pain.allows(each.routine, load)
            phrase = "home.enough" if enough else each.shown
            if looks[each.routine].eased:
                phrase = _EASED.get(phrase, phrase)
            text = say.part(phrase, name=looks[each.routine].name, minutes=length)
            if not (load is Load.TRAINING and _has_to_wait(known, each.routine)):
                yield replace(each, shown=text, loads=load is Load.TRAINING, enough=enough)


def _has_to_wait(known: _Known, routine: str) -> bool:
    """Tell whether training with ``routine`` waits until new weakness was looked at."""
    if known.plan is None or not known.plan.is_mixed:
        return known.weak
    return plan.is_weak(known.plan.region_of(routine))


def _offers(known: _Known) -> Iterator[Choice]:
    """Yield the choices besides going on, each routine once, with the names of their phrases."""
    done = [each.routine for each in known.past]
    if known.due is not None:
        also = itertools.chain(["home.due"], itertools.repeat("home.also"))
        begin = [*zip(known.due.due.routines, also, strict=False)]
    else:
        hurt = known.pain.routines if known.pain else ()
        begin = [(name, "home.again") for name in done[-1:] if name != TRY and name not in hurt]
    begin += [] if done or (known.plan and known.plan.alone) else [(TRY, "home.try")]
    rest = [(name, "home.routine") for name in _besides(known)]
    begun = {name for name, _ in begin}
    for name, phrase in begin:
        yield Choice(deed=Deed.PLAY, shown=phrase, routine=name, due=phrase in _EASED)
    if known.plan is None and usual() is Region.BACK:  # the program's own plan is for a back
        yield Choice(deed=Deed.PLAN, shown="home.plan")
    for name, phrase in rest:
        if name not in begun:
            yield Choice(deed=Deed.PLAY, shown=phrase, routine=name)
    yield Choice(deed=Deed.ALL, shown="home.all")


def _besides(known: _Known) -> Iterator[str]:
    """Yield what may be done besides: a walk and what is quick; in a plan of routines alone, these."""
    if known.plan is None or not known.plan.alone:
        yield from (_walk(known.plan), TRY)
    elif not (known.due and known.due.due.rests):
        yield from (each.activity.routine for each in known.plan.week)


def _walk(following: Following | None) -> str:
    """Return the walk of the plan, or any walk."""
    walks = (each.activity.routine for each in following.week if each.load is Load.WALK) if following else ()
    return next(iter(walks), _WALK)


def _sensible(choices: Sequence[Choice], due: Agenda | None) -> int | None:
    """Return the index of what most people would do now: nothing on a day for which the plan has nothing."""
    begins = choices[0].deed is Deed.GO_ON or due is None or due.due.routines
    return 0 if begins else None
