"""Routine + settings -> steps: everything that happens, in order, still without times.

One step becomes one segment. An exercise with two sets on each side becomes::

    Briefing, Work(1, left), Change(right), Work(1, right), Rest, Work(2, left), Change(right), Work(2, right)

or, where one side comes first::

    Briefing, Work(1, left), Rest, Work(2, left), Change(right), Work(1, right), Rest, Work(2, right)

and a Rest between two exercises announces the next one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from voicecoach.routine import model
from voicecoach.routine.doses import halves
from voicecoach.routine.instructions import Instructions
from voicecoach.routine.model import LEFT, RIGHT, Exercise, Kind, Pace, Posture, Round, Routine, Sides
from voicecoach.routine.rounds import TO_THE_NEXT, every_of
from voicecoach.routine.suit import Swap
from voicecoach.timeline import every, reminders
from voicecoach.timeline.round_marks import beginning
from voicecoach.timeline.steps import (
    AS_WRITTEN,
    AnyStep,
    Briefing,
    ChangeSides,
    Coaching,
    GoToMat,
    Intro,
    LeadIn,
    Outro,
    RestStep,
    SayStep,
    TalkLevel,
    WaitStep,
    Work,
    at_tempo,
    telling,
)
from voicecoach.timeline.transitions import retraced
from voicecoach.timeline.travel import (
    Whereabouts,
)

RESTED_CHANGE: Final = 15.0
"""Seconds of the shortest change of sides in which people leave an awkward position. [own choice]"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The person's choices about the coaching of a session."""

    talk: TalkLevel = TalkLevel.ALL
    coaching: Coaching = Coaching.FULL
    coaching_for: Callable[[Exercise], Coaching] | None = None
    """Chooses how much each exercise is explained; None when ``coaching`` holds for all."""
    met: Callable[[Exercise], int] | None = None
    """In how many sessions an exercise was done before: cues and self-checks go on from there, and one whose
    sides swap begins on the other side each time. None when each is new."""
    reminds: Callable[[Instructions], bool] | None = None
    """Tells of which instructions a reminder will do; None when all are told in full."""
    clicks: bool = False
    """Whether timed work with a step rate gets clicks."""
    lead_in: float = 0.7
    """Seconds of silence before the first sound, because Bluetooth and HDMI swallow the start of a stream."""
    delay: float = 0.0
    """Seconds to get to the mat before the session begins; a key ends them early."""
    language: str = "en"
    """The code of the coach's language."""
    transition: float | None = None
    """Seconds from one exercise to the next, where that is known and near; None for what the routine says."""
    tempo: float = AS_WRITTEN
    """The tempo of every set, limited as :mod:`voicecoach.timeline.steps` says; 0.8 is slower."""


Done = frozenset[tuple[int, str]]
"""Sets that are over: each by its number and side, without a side when all of it is."""
NONE_DONE: Final[Done] = frozenset()


def expand(routine: Routine, settings: Settings, swaps: tuple[Swap, ...] = ()) -> tuple[AnyStep, ...]:
    """Return all steps of ``routine``, in order; its intro names the ``swaps`` made in it."""
    planned = telling(_Planner(routine, settings, swaps).steps(), settings.talk)
    return retraced(every.in_time(planned))


def opening(title: str, settings: Settings) -> tuple[AnyStep, ...]:
    """What every session called ``title`` begins with, before its intro."""
    lead_in = LeadIn(block=0, title=title, seconds=settings.lead_in)
    return (lead_in, GoToMat(block=0, title=title, limit=settings.delay)) if settings.delay else (lead_in,)


class _Planner:
    """Walks a routine once, tracking the person's posture and the exercises they have met.

    How one gets from one exercise to the next is left to :func:`retraced`.
    """

    def __init__(self, routine: Routine, settings: Settings, swaps: tuple[Swap, ...]) -> None:
        self._routine = routine
        self._settings = settings
        self._swaps = swaps
        self._posture: Posture | None = None
        self._full = {self._coaching(each) for each in routine.exercises} == {Coaching.FULL}
        """Whether all of it is explained in full."""
        self._keys_later = self._full and len({each.name for each in routine.exercises}) > 1
        self._met: set[str] = set()
        self._worked = Counter[str]()
        """The pieces of work of each exercise so far; its cues go on from there when it comes again."""
        self._rounds: tuple[Round, ...] = ()
        """The rounds of the exercise before."""
        self._self_paced = False
        """Whether there was a set at one's own pace already."""
        self._working = False
        """Whether the previous step ends with work, so that the next one begins with "and rest"."""

    def steps(self) -> Iterator[AnyStep]:
        routine = self._routine
        yield from opening(routine.name, self._settings)
        kinds = {each.kind for each in routine.exercises}
        yield Intro(
            block=0,
            title=routine.name,
            equipment=routine.equipment,
            loads=routine.loads,
            swaps=self._swaps,
            full=self._full,
            instructions=routine.instructions,
            reminds=self._reminds(routine.instructions),
            keys_later=self._keys_later,
            brisk=kinds == {Kind.AEROBIC},
            region=routine.for_region,
        )
        block = 0
        for position, step in enumerate(routine.steps):
            match step:
                case model.Do(exercise=exercise):
                    if self._working:
                        yield self._announce(block, self._unwritten(position, step), step)
                    block += 1
                    yield from self.exercise(block, exercise, step.rounds)
                case model.Rest(seconds=length):
                    block += 1
                    yield self._announce(block, length, self._do_at(position + 1))
                case model.Say(text=text):
                    block += 1
                    yield SayStep(block=block, title=text, text=text, after_work=self._working)
                case model.Wait(what=what, limit=limit):
                    block += 1
                    yield WaitStep(block=block, title=what, what=what, limit=limit, after_work=self._working)
            self._working = isinstance(step, model.Do)
        yield Outro(
            block=block + 1,
            title=routine.name,
            name=routine.name,
            exercises=len({exercise.name for exercise in routine.exercises}),
            after_work=self._working,
        )

    def _reminds(self, asked: Instructions) -> bool:
        reminds = self._settings.reminds
        return bool(asked) and reminds is not None and reminds(asked)

    def _do_at(self, position: int) -> model.Do | None:
        steps = self._routine.steps
        step = steps[position] if position < len(steps) else None
        return step if isinstance(step, model.Do) else None

    def _unwritten(self, position: int, following: model.Do) -> float | None:
        """Return the seconds to an exercise before which none are written; None for as long as it takes."""
        begins = self._begins(following.rounds)
        if every_of(following.rounds) and not (begins and begins.number == 1):
            return 0.0 if begins and begins.every else TO_THE_NEXT
        last = self._do_at(position - 1)
        return 0.0 if last and _runs_on(last.exercise, following.exercise) else None

    def _begins(self, rounds: tuple[Round, ...]) -> Round | None:
        """Return the outermost of ``rounds`` that begins with the next exercise; None when none does."""
        return beginning(self._rounds, rounds)

    def _announce(self, block: int, length: float | None, following: model.Do | None) -> RestStep:
        begins = self._begins(following.rounds) if following else None
        rest = RestStep(
            block=block,
            title="",
            seconds=length,
            fills=bool(begins and begins.every and begins.number > 1),
            after_work=self._working,
            posture=self._posture,
            turn=block,
            transition=self._settings.transition or self._routine.transition,
        )
        return announcing(rest, following.exercise if following else None)

    def exercise(
        self, block: int, exercise: Exercise, rounds: tuple[Round, ...] = (), done: Done = NONE_DONE
    ) -> Iterator[AnyStep]:
        met = self._settings.met(exercise) if self._settings.met else 0
        exercise = timed_in(rounds, exercise)
        works = [
            (number, side, reps)
            for number, side, reps in _works(exercise, _sides(exercise, met))
            if done.isdisjoint({(number, side), (number, "")})
        ]
        turn = reminders.first_turn(exercise, len(works), met) + self._worked[exercise.key]
        self._worked[exercise.key] += len(works)
        first_side = works[0][1] or (exercise.side_order[0] if exercise.sides is Sides.ALTERNATE else "")
        again = exercise.name in self._met
        coaching = Coaching.SHORT if again else self._coaching(exercise)
        yield Briefing(
            block=block,
            title=exercise.name,
            exercise=_left_of(exercise, works) if done else exercise,
            coaching=coaching,
            side=first_side,
            again=again,
            going_on=bool(done) and _is_uneven(exercise, works),
            turn=met,
            focus=reminders.focus(exercise, turn),
            keys=self._keys_later and not again and len(self._met) == 1,
        )
        self._rounds = rounds
        self._met.add(exercise.name)
        self._posture = exercise.posture or self._posture
        sets = len(exercise.reps)
        sides = [side for _, side, _ in works]
        other = next((number for number, side in enumerate(sides) if side != sides[0]), None)
        retold = other if coaching is Coaching.FULL else None
        before: tuple[int, str] | None = None
        resting = exercise.resting
        """How to rest, for the first rest; after that it is known."""
        for ordinal, (set_number, side, reps) in enumerate(works):
            if before is not None:
                step = self._between(block, exercise, before, (set_number, side), ordinal)
                position = _retold(exercise, whole=ordinal == retold) if side != before[1] else ()
                if isinstance(step, RestStep):
                    check = reminders.self_check(exercise, met + ordinal)
                    pyramid = exercise if len(set(exercise.reps)) > 1 else None
                    step = replace(step, check=check, pyramid=pyramid, reps=reps, resting=resting)
                    resting = ""
                elif _rests(exercise, position):
                    step = replace(step, resting=exercise.resting)
                yield replace(step, position=position, focus=reminders.focus(exercise, turn + ordinal))
            before = (set_number, side)
            work = Work(
                block=block,
                title=exercise.name,
                exercise=exercise,
                set_number=set_number,
                sets=sets,
                reps=reps,
                side=side,
                ordinal=ordinal,
                turn=turn + ordinal,
                clicks=self._settings.clicks,
                rounds=rounds,
                keys_known=self._self_paced,
            )
            self._self_paced |= exercise.pace is Pace.SELF
            yield at_tempo(work, self._settings.tempo)

    def _coaching(self, exercise: Exercise) -> Coaching:
        settings = self._settings
        return settings.coaching_for(exercise) if settings.coaching_for else settings.coaching

    def _between(
        self, block: int, exercise: Exercise, before: tuple[int, str], after: tuple[int, str], ordinal: int
    ) -> ChangeSides | RestStep:
        (old_set, old_side), (new_set, new_side) = before, after
        sets = len(exercise.reps)
        if new_set <= old_set:  # the same set, or all sets again, on the other side
            return ChangeSides(
                block=block,
                title=exercise.name,
                exercise=exercise,
                side=new_side,
                set_number=new_set,
                sets=sets,
                position=(),
            )
        rest = exercise.rest_after(old_set)
        return RestStep(
            block=block,
            title=exercise.name,
            seconds=rest if new_side == old_side or exercise.exact_rest else max(rest, exercise.change),
            after_work=True,
            posture=exercise.posture,
            next_set=new_set,
            sets=sets,
            side=new_side,
            changes=new_side != old_side,
            limb=exercise.limb,
            turn=ordinal,
            exact=exercise.exact_rest,
        )


def _runs_on(exercise: Exercise, following: Exercise) -> bool:
    """Tell whether timed aerobic work follows other such work at once, as walking does running."""
    both = (exercise, following)
    timed = all(each.kind is Kind.AEROBIC and each.duration is not None for each in both)
    taught = following.id or following.why or following.position or following.movement
    return timed and not taught and all(each.sides is Sides.BOTH for each in both)


def _sides(exercise: Exercise, met: int) -> tuple[str, ...]:
    """Return the sides in the order in which they are worked."""
    swapped = exercise.sides is Sides.SWAP and met % 2 and not exercise.order
    return (RIGHT, LEFT) if swapped else exercise.side_order


def _retold(exercise: Exercise, *, whole: bool) -> tuple[str, ...]:
    """Return what is told of the position for another side: the sentences that differ, when ``whole``.

    From one knee to the other the way leads over both. Who rolled over builds the position up anew each
    time, and hears its first reminder before lifting.
    """
    first = (exercise.changing,) if exercise.changing else ()
    if whole:
        over_both = exercise.posture is Posture.HALF_KNEELING
        return (*first, *(sentence for sentence in exercise.position if over_both or "{" in sentence))
    if exercise.posture is Posture.SIDE_LYING:
        over = exercise.position[:1] if first else ()
        return (*first, *over, *(cue.text for cue in exercise.cues.always[:1]))
    return first


def _rests(exercise: Exercise, position: tuple[str, ...]) -> bool:
    """Tell whether a change of sides is long enough to leave the position, unless a new one is built up."""
    return not position and exercise.change >= RESTED_CHANGE


def _works(exercise: Exercise, sides: tuple[str, ...]) -> Iterator[tuple[int, str, int]]:
    """Yield (set number, side, reps) for each piece of work, in order."""
    if exercise.sides is Sides.EACH and exercise.one_side_first:
        numbered = list(enumerate(exercise.reps, start=1))
        yield from ((number, side, reps) for side in sides for number, reps in numbered)
        return
    for number, (reps, (first, second)) in enumerate(
        zip(exercise.reps, halves(exercise.reps), strict=True), start=1
    ):
        match exercise.sides:
            case Sides.BOTH | Sides.ALTERNATE:
                yield number, "", reps
            case Sides.EACH:
                yield from ((number, side, reps) for side in sides)
            case Sides.SWAP:
                yield from (
                    (number, side, some) for side, some in zip(sides, (first, second), strict=True) if some
                )


def _left_of(exercise: Exercise, works: Collection[tuple[int, str, int]]) -> Exercise:
    """``exercise`` with those of its sets that ``works`` still have."""
    left = sorted({number for number, _, _ in works})
    return replace(exercise, reps=tuple(exercise.reps[number - 1] for number in left))


def _is_uneven(exercise: Exercise, works: Collection[tuple[int, str, int]]) -> bool:
    """Tell whether one side has more left to do than the other, or may have."""
    if exercise.sides is Sides.EACH:
        return len(works) < exercise.sides_apart * len({number for number, _, _ in works})
    return exercise.sides is Sides.SWAP


def expand_exercise(
    block: int, exercise: Exercise, settings: Settings, posture: Posture | None, done: Done = NONE_DONE
) -> tuple[AnyStep, ...]:
    """Return the steps of one exercise, without those ``done``, for a person who begins in ``posture``."""
    routine = Routine(id="", name="", steps=(model.Do(exercise=exercise),), path=Path())
    planned = _Planner(routine, settings, ()).exercise(block, exercise, done=done)
    return retraced(telling(planned, settings.talk), Whereabouts(posture))


def timed_in(rounds: tuple[Round, ...], exercise: Exercise) -> Exercise:
    """Return ``exercise`` in ``rounds``: where they begin at fixed times its own are exact, too."""
    return replace(exercise, exact_rest=True, exact_change=True) if every_of(rounds) else exercise


def announcing(rest: RestStep, exercise: Exercise | None) -> RestStep:
    """Make ``rest`` announce ``exercise``, or nothing when that is None."""
    return replace(rest, title=exercise.name if exercise else "", next_exercise=exercise)
