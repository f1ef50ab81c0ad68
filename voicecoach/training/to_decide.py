"""What a clinician has to decide, from the journal and from what comes next: facts without words. All pure.

What is in force today is told however long ago it began; what happened is told since a day, such as that of
the last visit. Each matter has the command that settles it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final, NamedTuple

from voicecoach.journal.records import Decision, DoseChange, Session
from voicecoach.language.phrases import Message
from voicecoach.routine.instructions import NO_INSTRUCTIONS, Instructions
from voicecoach.routine.model import Caution, Routine
from voicecoach.routine.region import Region, of_region
from voicecoach.routine.suit import Swap
from voicecoach.session.listener import Ending
from voicecoach.training import limits
from voicecoach.training.exercise_log import History
from voicecoach.training.left_out import left_out_since
from voicecoach.training.leg import leg_courses
from voicecoach.training.practice import keys_that_hurt, sides_that_hurt
from voicecoach.training.precautions import in_force
from voicecoach.training.readiness import Stage, Today, condition
from voicecoach.training.stats import assumed_pain, pain_by_day, trained
from voicecoach.training.weakness import spells
from voicecoach.training.words import amount


class NextTime(NamedTuple):
    """A routine in use, and what the rules decide for the next session of it."""

    routine: Routine
    """As the person does it, at the doses that are written."""
    decisions: tuple[Decision, ...]
    swaps: tuple[Swap, ...] = ()
    """What was replaced or left out of it to suit the person."""


class MatterKind(StrEnum):
    """What there is to decide, the most important first."""

    WEAK = "weak"
    """A leg or foot is newly weak or numb, and nobody has looked at it."""
    SIGN = "sign"
    """There is a warning sign of another region than the back, and nobody has looked at it."""
    LEG = "leg"
    """What was felt in a leg went further down."""
    ARM = "arm"
    """What was felt in an arm went further down."""
    WAITS = "waits"
    """Exercises wait until the feeling in a leg has moved up."""
    PRECAUTIONS = "precautions"
    """Precautions ran until a day that is over, and nobody has said that they are lifted."""
    FLARE = "flare"
    LEFT_OUT = "left_out"
    """An exercise is left out because it hurt again."""
    REPLACED = "replaced"
    """A prescribed exercise is replaced or left out because of what the person is careful with."""
    HURT = "hurt"
    """An exercise was stopped because it hurt, or named afterwards."""
    RED = "red"
    """It hurt much more than before, or very much, and nobody knows which exercise it was."""
    FORM = "form"
    """The form was lost."""
    ASKS = "asks"
    """A step up that waits for the clinician."""
    UNANSWERED = "unanswered"
    """Nobody said how it hurt."""


class Incident(NamedTuple):
    """One session in which it happened."""

    day: date
    session: int
    """Its number in the journal."""
    pain: int | None = None
    """The worst pain of the session, or of the next morning where that was more."""
    form_lost: bool = False
    words: str = ""
    """The person's comment."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """One thing to decide."""

    about: MatterKind
    settle: tuple[str, ...]
    """The words of the command that settles it, after the name of the program."""
    exercises: tuple[str, ...] = ()
    """The keys of the exercises that it is about, by the routine's, or the name of one that suits the person
    not; empty when it is about whole sessions."""
    side: str = ""
    """The side that hurt, or is left out; empty for both, or where there is none."""
    since: date | None = None
    """The day on which what goes on began."""
    until: date | None = None
    """The last day of what goes on, if nothing ends it earlier."""
    instead: str = ""
    """The key, or the name, of the other exercise that is done meanwhile, or that was done when it hurt."""
    reason: Message | None = None
    """What the rules say to it."""
    incidents: tuple[Incident, ...] = ()
    """Earliest first."""


_EXERCISE: Final = "EXERCISE"
_PART: Final = "PART"
"""What stands in a command for what nobody knows yet, as in its help."""


def to_decide(history: History, plans: Sequence[NextTime], since: date, today: date) -> tuple[Matter, ...]:
    """Return everything to decide on the day ``today``, the most important first.

    ``plans`` are the routines in use; what happened counts from the day ``since``.
    """
    sessions = [each for each in history.sessions if since <= each.day <= today]
    out = list(_left_out(history, plans, since))
    told = {(key, one.session) for each in out for key in each.exercises for one in each.incidents}
    hurt = list(_hurt(sessions, plans, told))
    known = {session for _, session in told} | {one.session for each in hurt for one in each.incidents}
    red = [each for each in _red(history, sessions) if each.session not in known]
    known |= {each.session for each in red}
    form = [_incident(each) for each in sessions if each.after.form_ok is False and each.id not in known]
    silent = [_incident(each)._replace(pain=None) for each in sessions if is_unanswered(each)]
    found = [
        *_weak(history),
        *_leg(history, sessions),
        *_precautions(history, plans, today),
        *_flares(history, sessions, today),
        *out,
        *_replaced(history, plans),
        *hurt,
        *_together(MatterKind.RED, red, "--named", _EXERCISE),
        *_form(form, plans),
        *_asks(plans),
        *_together(MatterKind.UNANSWERED, silent),
    ]
    return tuple(sorted(found, key=lambda each: list(MatterKind).index(each.about)))


def is_unanswered(session: Session) -> bool:
    """Tell whether a session was exercise, and nobody said how much it hurt."""
    return not session.by_hand and trained(session) and session.after.worst_pain is None


def _weak(history: History) -> Iterator[Matter]:
    for region in Region:
        of_back = region is Region.BACK
        about, which = (MatterKind.WEAK, ()) if of_back else (MatterKind.SIGN, ("--region", str(region)))
        for since, until in spells(of_region(history.weakness, region)):
            if until is None:
                yield Matter(about=about, settle=("log", "--weak", "no", *which), since=since.day)


def _leg(history: History, sessions: Sequence[Session]) -> Iterator[Matter]:
    lately = {each.id for each in sessions}
    courses = zip(history.sessions, leg_courses(history.sessions), strict=True)
    worse = [each for each, leg in courses if leg.rose and each.id in lately]
    rose = [_incident(each) for each in worse if each.region is Region.BACK]
    yield from _together(MatterKind.LEG, rose, "--leg", _PART)
    others = [each for each in worse if each.region is not Region.BACK]
    signs = [_incident(each) for each in others if each.after.sign]
    yield from _together(MatterKind.SIGN, signs, "--sign", "no")
    arms = [_incident(each) for each in others if not each.after.sign]
    yield from _together(MatterKind.ARM, arms, "--arm", _PART)


def _precautions(history: History, plans: Sequence[NextTime], today: date) -> Iterator[Matter]:
    """Yield the precautions of the routines in use that have ended and are not lifted, each once."""
    told: set[Instructions] = set()
    for routine in (plan.routine for plan in plans):
        asked = in_force(_asked(routine, history), history.lifted)
        if asked.has_ended(today) and asked not in told:
            told.add(asked)
            yield Matter(about=MatterKind.PRECAUTIONS, settle=("play", routine.id), until=asked.until)


def _asked(routine: Routine, history: History) -> Instructions:
    """Return what a clinician asks for in a routine; of its programme, as it was in the last session."""
    last = (each.instructions for each in reversed(history.sessions) if each.routine == routine.id)
    return routine.instructions or next(last, NO_INSTRUCTIONS)


def _replaced(history: History, plans: Sequence[NextTime]) -> Iterator[Matter]:
    """Yield the prescribed exercises that do not suit the person, but for what is so in the morning only."""
    told: set[Swap] = set()
    for plan in plans:
        for swap in plan.swaps if _asked(plan.routine, history) else ():
            cautions = [each for each in swap.cautions if each is not Caution.AM]
            if cautions and swap not in told:
                told.add(swap)
                kept_by = ", ".join(f"{each}: ..." for each in cautions)
                yield Matter(
                    about=MatterKind.REPLACED,
                    settle=("show", plan.routine.id),
                    exercises=(swap.name,),
                    instead=swap.instead,
                    reason=Message(
                        "prescribed.cautious", cautions=", ".join(cautions), remedies=f"{{{kept_by}}}"
                    ),
                )


def _flares(history: History, sessions: Sequence[Session], today: date) -> Iterator[Matter]:
    """Yield the flare of each region that goes on, and the days that were called one."""
    for region in Region:
        own = history.of(region)
        yield from _flares_of(region, own, of_region(sessions, region), today)


def _flares_of(
    region: Region, history: History, sessions: Sequence[Session], today: date
) -> Iterator[Matter]:
    how = condition(history.sessions, Today(day=today, paced=history.paced, region=region))
    since = how.since if how.flare is not Stage.NONE else None
    called = [each for each in sessions if each.before.flare]
    if since is not None:
        first = max(
            (each for each in history.sessions if each.day == since),
            key=lambda each: -1 if each.before.pain is None else each.before.pain,
        )
        called = [first, *(each for each in called if each.id != first.id)]
    incidents = [_incident(each, each.before.pain) for each in sorted(called, key=lambda each: each.started)]
    if incidents:
        number = str(incidents[-1].session)
        yield Matter(
            about=MatterKind.FLARE,
            settle=("log", "--session", number, "--flare", "no"),
            since=since,
            until=how.until if since else None,
            incidents=tuple(incidents),
        )


def _left_out(history: History, plans: Sequence[NextTime], lately: date) -> Iterator[Matter]:
    """Yield the exercises that are left out, or wait for a leg, each once in however many routines.

    Of what led to it the last two days are told however long ago they were, as they are the reason.
    """
    waiting: list[str] = []
    told: set[tuple[str, str]] = set()
    for made in (each for plan in plans for each in plan.decisions if each.leaves_out):
        slot = (made.written, made.side)
        if slot in told:
            continue
        told.add(slot)
        own = [each for each in history.practices(made.written) if not each.is_substitute]
        practices = [each for each in own if each.side in {"", made.side} or not made.side]
        since = left_out_since(made.written, practices, history, made.side)
        if since is None and not made.reason.code.startswith("reason.left_out"):
            waiting.append(made.written)
            continue
        blamed = {each.session.id: each.session for each in practices if each.to_blame}
        before = [each for each in blamed.values() if since is None or each.day <= since]
        yield Matter(
            about=MatterKind.LEFT_OUT,
            settle=("plan", "clear", made.written),
            exercises=(made.written,),
            side=made.side or _only_side(before, made.written),
            since=since,
            instead=made.exercise if made.substitute else "",
            incidents=tuple(_incident(each) for each in before if each.day >= lately or each in before[-2:]),
        )
    if waiting:
        key = waiting[0] if len(waiting) == 1 else _EXERCISE
        yield Matter(about=MatterKind.WAITS, settle=("plan", "clear", key), exercises=tuple(waiting))


def _hurt(
    sessions: Iterable[Session], plans: Sequence[NextTime], told: Collection[tuple[str, int]]
) -> Iterator[Matter]:
    """Yield each exercise that was stopped or named because it hurt, but for what is ``told`` already."""
    found: dict[str, list[Session]] = {}
    for session in sessions:
        for key in keys_that_hurt(session):
            if (key, session.id) not in told:
                found.setdefault(key, []).append(session)
    for key, own in found.items():
        yield Matter(
            about=MatterKind.HURT,
            settle=_dose_of(key, plans) or ("history", str(own[-1].id)),
            exercises=(key,),
            side=_only_side(own, key),
            instead=_done_for(key, own),
            incidents=tuple(map(_incident, own)),
        )


def _done_for(key: str, sessions: Iterable[Session]) -> str:
    """Return the other exercise that was done for one of the routine whenever it hurt; else empty."""
    sets = (each for session in sessions for each in session.sets if each.written == key)
    ended = {each.exercise for each in sets if each.ending is Ending.HURT}
    return ended.pop() if len(ended) == 1 and key not in ended else ""


def _only_side(sessions: Iterable[Session], key: str) -> str:
    """Return the side on which an exercise hurt in these sessions; empty for both, or when nobody knows."""
    sides = {side for each in sessions for side in sides_that_hurt(each, key)}
    return sides.pop() if len(sides) == 1 else ""


def _red(history: History, sessions: Iterable[Session]) -> Iterator[Incident]:
    pains = pain_by_day(history.sessions)
    for each in sessions:
        if is_red(each, assumed_pain(pains, each.day)):
            yield _incident(each)


def is_red(session: Session, usual: float) -> bool:
    """Tell whether a session hurt much more than before it, then or on the next morning; or more, and much.

    Pain at which one stops, as was agreed with a clinician, is much whatever it was before; what was agreed
    to be fine is not. ``usual`` is what the pain before it is taken for when nobody said.
    """
    before = usual if session.before.pain is None else session.before.pain
    worst, agreed = _most(session), session.instructions.pain
    if worst is None or agreed.is_fine(worst):
        return False
    if agreed.is_too_much(worst):
        return True
    rise = worst - before
    return rise >= limits.SORE_RISE or (worst >= limits.FLARE_PAIN and rise >= limits.AMBER_RISE)


def _most(session: Session) -> int | None:
    """Return the worst pain in a session or on the morning after it; None when nobody said."""
    said = (session.after.worst_pain, session.next_morning)
    return max((each for each in said if each is not None), default=None)


def _form(incidents: Sequence[Incident], plans: Sequence[NextTime]) -> Iterator[Matter]:
    if incidents:
        keys = {each.key for plan in plans for each in plan.routine.exercises}
        alone = _dose_of(next(iter(keys)), plans) if len(keys) == 1 else None
        yield Matter(
            about=MatterKind.FORM,
            settle=alone or ("plan", "keep", _EXERCISE),
            incidents=tuple(incidents),
        )


def _asks(plans: Sequence[NextTime]) -> Iterator[Matter]:
    told: set[tuple[str, str]] = set()
    for made in (each for plan in plans for each in plan.decisions):
        if made.change is DoseChange.ASK and (made.written, made.side) not in told:
            told.add((made.written, made.side))
            yield Matter(
                about=MatterKind.ASKS,
                settle=("plan", "allow", made.written),
                exercises=(made.written,),
                side=made.side,
                reason=made.reason,
            )


def _dose_of(key: str, plans: Sequence[NextTime]) -> tuple[str, ...] | None:
    """Return the command that sets a dose, with the one that comes next; None when none does.

    When another exercise is done for it next, the command without a dose says how to have it otherwise.
    """
    made = [each for plan in plans for each in plan.decisions if each.written == key]
    own = (each.dose for each in made if each.dose and each.exercise == key)
    command = ("plan", "dose", key)
    return next(((*command, amount(dose)) for dose in own), command) if made else None


def _together(about: MatterKind, incidents: Sequence[Incident], *options: str) -> Iterator[Matter]:
    """Yield one matter of all ``incidents``; its command corrects the last of their sessions."""
    if incidents:
        number = str(incidents[-1].session)
        yield Matter(about=about, settle=("log", "--session", number, *options), incidents=tuple(incidents))


def _incident(session: Session, pain: int | None = None) -> Incident:
    return Incident(
        day=session.day,
        session=session.id,
        pain=_most(session) if pain is None else pain,
        form_lost=session.after.form_ok is False,
        words=" ".join(session.comment.split()),
    )
