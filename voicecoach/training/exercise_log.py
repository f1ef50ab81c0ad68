"""The sessions and the choices that the rules use, and what was done of each exercise in them. All pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property
from typing import Final

from voicecoach.journal.records import Agreed, Agreement, Choice, Lifted, Session, SetDone, Weakness, Wish
from voicecoach.routine.model import OTHER_SIDE
from voicecoach.routine.one_side import SIDES_SAID
from voicecoach.routine.region import Region, of_region
from voicecoach.session.listener import Ending
from voicecoach.training.leg import LegCourse, leg_courses
from voicecoach.training.practice import Practice, Zone, practices_of
from voicecoach.training.stats import assumed_pains, pain_by_day
from voicecoach.training.weakness import going_on, spells

_WORST: Final = (Zone.UNKNOWN, Zone.GREEN, Zone.AMBER, Zone.RED)


@dataclass(frozen=True, kw_only=True)
class History:
    """The sessions and choices that the rules use."""

    sessions: tuple[Session, ...] = ()
    """Earliest first, without the one that is being planned."""
    choices: tuple[Choice, ...] = ()
    """Earliest first."""
    growing: frozenset[str] = frozenset()
    """The ids of the routines whose doses grow together."""
    agreements: tuple[Agreement, ...] = ()
    """What was said about an agreed pace, earliest first."""
    weakness: tuple[Weakness, ...] = ()
    """Whether a leg or foot was newly weak or numb, or there was a warning sign of another region, earliest
    first."""
    lifted: tuple[Lifted, ...] = ()
    """Whether precautions that ended have been lifted, earliest first."""
    seen: Mapping[str, tuple[Practice, ...]] = field(default_factory=dict)
    """The practices of exercises that are looked at otherwise than they were done, by their keys."""

    def of(self, region: Region) -> History:
        """Return what counts for ``region``: an answer about a knee never decides for a back.

        It is the same each time, so that its practices are worked out once for all routines.
        """
        if region not in self._by_region:
            sessions, weakness = of_region(self.sessions, region), of_region(self.weakness, region)
            self._by_region[region] = replace(self, sessions=sessions, weakness=weakness)
        return self._by_region[region]

    @cached_property
    def _by_region(self) -> dict[Region, History]:
        """What :meth:`of` returned so far."""
        return {}

    @property
    def weak(self) -> bool:
        """Whether it was so when that was said last."""
        return going_on(self.weakness) is not None

    def weak_since(self, moment: datetime) -> bool:
        """Tell whether it is so, or was so after a moment."""
        return any(until is None or until.at > moment for _, until in spells(self.weakness))

    @property
    def paced(self) -> bool:
        """Whether doses follow an agreed pace (rule 9)."""
        return is_paced(self.agreements)

    def practices(self, written: str) -> tuple[Practice, ...]:
        """Every session in which an exercise was done, by its key in the routine; earliest first."""
        return self.seen[written] if written in self.seen else self._by_key.get(written, ())

    def done(self, exercise: str, side: str | None = None) -> list[Practice]:
        """Every session with an exercise, by its own key, for whatever it was done; earliest first.

        With a ``side`` only those with that side apart, or with "" on both together.
        """
        found = (each for practices in self._by_key.values() for each in practices)
        own = (each for each in found if each.exercise == exercise and side in {None, each.side})
        return sorted(own, key=_started)

    def is_apart(self, written: str) -> bool:
        """Tell whether each side of an exercise has a dose of its own, as one was done or chosen alone."""
        chosen = any(each.side in OTHER_SIDE for each in self.choices_for(written, None))
        return chosen or any(each.side for each in self.practices(written))

    def side_of(self, written: str) -> str:
        """Return the side, or the order of sides, on which the person wants an exercise done for now, as in
        ``SIDES_SAID``; empty without a word of it.
        """
        said = (each.side for each in reversed(self._wished(written)) if each.wish is Wish.SIDE)
        return found if (found := next(said, "")) in SIDES_SAID else ""

    def order_of(self, written: str) -> tuple[str, ...]:
        """Return the sides on which the person wants an exercise done for now; empty without a word of it."""
        return SIDES_SAID.get(self.side_of(written), ())

    @cached_property
    def _by_key(self) -> dict[str, tuple[Practice, ...]]:
        found: dict[str, list[Practice]] = {}
        for session, leg in zip(self.sessions, leg_courses(self.sessions), strict=True):
            guessed = self._as_told(_guessed(session, found.values()), session, leg)
            for practice in (*self._practices_of(session, leg), *(each for each in guessed if each.warns)):
                found.setdefault(practice.written, []).append(practice)
        return {key: tuple(practices) for key, practices in found.items()}

    @cached_property
    def _pains(self) -> Mapping[Region, Mapping[date, float]]:
        """What pain before the sessions for each region is taken for when nobody says, by their day."""
        found: dict[Region, Mapping[date, float]] = {}
        for region in dict.fromkeys(each.region for each in self.sessions):
            sessions = of_region(self.sessions, region)
            found[region] = assumed_pains(pain_by_day(sessions), [each.day for each in sessions])
        return found

    def _practices_of(self, session: Session, leg: LegCourse) -> tuple[Practice, ...]:
        return self._as_told(practices_of(session), session, leg)

    def _as_told(
        self, practices: Iterable[Practice], session: Session, leg: LegCourse
    ) -> tuple[Practice, ...]:
        """Return the practices of a session with what the sessions before and after it tell."""
        usual = self._pains[session.region][session.day]
        return tuple(replace(each, usual=usual, leg=leg) for each in practices)

    @cached_property
    def zones(self) -> tuple[tuple[date, Zone], ...]:
        """The day and the worst zone of each session; amber where a leg or the pain alone says so."""
        found: dict[int, tuple[date, Zone]] = {}
        for practice in (each for practices in self._by_key.values() for each in practices):
            key, zone = practice.session.id, practice.zone()
            known = found.get(key, (practice.day, Zone.UNKNOWN))[1]
            found[key] = (practice.day, max(known, zone, key=_WORST.index))
        return tuple(found.values())

    def choices_for(self, written: str, after: datetime | None) -> tuple[Choice, ...]:
        """Return the person's wishes for the dose of an exercise since a moment, or all of them."""
        own = (choice for choice in self._wished(written) if choice.is_of_dose)
        return tuple(choice for choice in own if after is None or choice.at > after)

    def permissions(self, written: str) -> tuple[Choice, ...]:
        """Return what was allowed of an exercise beyond its bounds, earliest first."""
        return tuple(each for each in self._wished(written) if each.wish is Wish.ALLOW)

    def wishes(self, written: str) -> tuple[Choice, ...]:
        """Return the person's wishes for the dose of an exercise since they last did it by the plan."""
        return self.choices_for(written, self._last_by_plan(written))

    def pending(self, written: str) -> tuple[Choice, ...]:
        """Return these wishes, and those for a side."""
        after = self._last_by_plan(written)
        return tuple(each for each in self._wished(written) if after is None or each.at > after)

    def _wished(self, written: str) -> tuple[Choice, ...]:
        return tuple(each for each in self.choices if each.written == written)

    def _last_by_plan(self, written: str) -> datetime | None:
        by_plan = (each for each in reversed(self.practices(written)) if not each.session.as_written)
        last = next(by_plan, None)
        return last.session.started if last else None


def _started(practice: Practice) -> datetime:
    return practice.session.started


def is_paced(agreements: Iterable[Agreement]) -> bool:
    """Tell whether a pace is agreed after all that was said, earliest first."""
    said = [each.said for each in agreements if each.said in {Agreed.BEGIN, Agreed.END}]
    return bool(said) and said[-1] is Agreed.BEGIN


def _guessed(session: Session, known: Iterable[Sequence[Practice]]) -> Iterator[Practice]:
    """Yield what was done in a session that was noted by hand with its routine and no more.

    It is taken for the last time by the plan in that routine, to have it count that it hurt or was hard. That
    it went well counts for nothing, as nobody said how much it was.
    """
    if session.sets or not session.by_hand:
        return
    for practices in known:
        own = [each for each in practices if each.session.routine == session.routine]
        by_plan = [each for each in own if each.known and not each.session.as_written]
        for last in (each for each in by_plan if each.session.id == by_plan[-1].session.id):
            sets, others = map(_as_left, last.sets), map(_as_left, last.others)
            yield replace(last, session=session, sets=tuple(sets), others=tuple(others), known=False)


def _as_left(done: SetDone) -> SetDone:
    """Return a set without the word that it hurt, which belongs to its own session."""
    return replace(done, ending=Ending.STOPPED) if done.ending is Ending.HURT else done
