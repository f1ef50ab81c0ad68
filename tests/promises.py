"""The promises of the rules, checked on one plan of a made-up history.

Work is seconds on all sides, at a load that is not higher. What is asked after pain, a gap or a missing
answer is compared with what was really done before, in whatever variation. A step of an agreed pace may
follow pain, as it is agreed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import Protocol

from histories import REDUCED_ONLY, Line, Made, work_of

from voicecoach.journal.records import Agreed, Decision, DoseChange, Leg, Session, Wish
from voicecoach.routine.dose import Dose
from voicecoach.routine.doses import dose_of, raised
from voicecoach.routine.model import Exercise, Kind, Routine, Sides
from voicecoach.session.listener import Ending
from voicecoach.training import limits
from voicecoach.training.ladder import Ladder

WEEK = 7
"""Days."""
GAP = 10
"""Days after which nothing may be more than before."""
COUNTED = {Kind.STABILISATION, Kind.STRENGTH}
"""Of these no more than two rise in a session, and of a walk; the others are a warm-up."""
RISES = {DoseChange.ADVANCE, DoseChange.HARDER, DoseChange.RETURN}
OTHER = {*RISES, "offer"}
"""Another exercise may begin with less than the one before it, and a longer hold with fewer reps."""


class Doing(Protocol):
    """Somebody who does a routine."""

    @property
    def routine(self) -> Routine: ...

    def exercise(self, key: str, routine: Routine | None = None) -> Exercise:
        """An exercise as it is written in the routine, or a variation of it."""
        ...


def complaints(life: Doing, made: Made) -> Iterator[str]:
    """What is wrong with a plan: of what kind, then how."""
    decisions = made.prescription.decisions
    rising = [each for each in decisions if each.change in RISES]
    walks = {each.kind for each in made.routine.exercises} == {Kind.AEROBIC}
    counted = {Kind.AEROBIC} if walks else COUNTED
    if sum(life.exercise(each.exercise, made.routine).kind in counted for each in rising) > 2:
        yield "more than two exercises rise at once"
    if len({each.exercise for each in decisions}) < len(decisions):
        yield "two exercises became the same one"
    if decisions and all(each.dose is None for each in decisions):
        kinds = {each.kind for each in made.routine.exercises if not _waits(each, decisions)}
        if not kinds.isdisjoint(REDUCED_ONLY):
            yield "the session is empty"
    for decision in decisions:
        key = decision.written
        for complaint in _of_one(life, made, decision, made.ledger.get(key, [])):
            kind, _, how = complaint.partition(": ")
            yield f"{kind}: {key} {how}"


def _of_one(life: Doing, made: Made, decision: Decision, past: Sequence[Line]) -> Iterator[str]:
    exercise = life.exercise(decision.exercise, made.routine)
    if decision.dose is None:
        if exercise.kind in REDUCED_ONLY and not _waits(exercise, [decision]):
            yield f"{exercise.kind} is left out"
        return
    if min(decision.dose.reps) < 1 or work_of(exercise, decision.dose) <= 0:
        yield "nothing of it is left to do"
    yield from _wishes(made, decision)
    written = life.exercise(decision.written, made.routine)
    if exercise is not written and written.kind not in REDUCED_ONLY and _hurt_twice(exercise, made):
        yield "it hurt twice within a week, and comes in the place of another one"
    if made.evening.before.weak and made.evening.gap and decision.change in RISES:
        yield "it rises after new weakness"
    if not past or decision.change is DoseChange.CHOSEN:
        return
    asked = _Asked(life, made, decision, exercise, past)
    if decision.change is DoseChange.PACE_MORE:
        yield from asked.agreed()
        return
    yield from asked.too_much()
    yield from asked.too_soon()
    yield from asked.too_fast()
    yield from asked.two_things()
    yield from asked.too_little()


def _waits(exercise: Exercise, decisions: Iterable[Decision]) -> bool:
    """Whether it waits while pain stays in the calf or foot: also a hinge that only warms up."""
    mine = (each.reason.code for each in decisions if each.written == exercise.key)
    return exercise.pulls_on_leg and any(each.startswith("reason.leg_suspended") for each in mine)


def _hurt_twice(exercise: Exercise, made: Made) -> bool:
    """Whether it was ended or named twice close together, in the last fortnight, for whatever it was done."""
    if exercise.kind in REDUCED_ONLY:
        return False
    wished = [each.at for each in made.history.choices if each.written == exercise.key]
    since = max(wished, default=None)
    lines = [each for past in made.ledger.values() for each in past if each.exercise == exercise.key]
    blamed = (each.session for each in lines if pain(each) in BY_THEIR_WORD)
    hurt = (each for each in blamed if not _moved_up(each, made.history.sessions))
    days = sorted(each.day for each in hurt if since is None or each.started > since)
    close = [later for earlier, later in pairwise(days) if (later - earlier).days <= limits.RED_DAYS]
    return bool(close) and (made.today.day - close[-1]).days < limits.TRY_AGAIN_DAYS


def _moved_up(session: Session, sessions: Sequence[Session]) -> bool:
    """Whether it was less far down a leg after it, so that what was named is no bad sign yet."""
    earlier = [each for each in sessions if each.started < session.started]
    said = [{each.before.leg, each.after.leg} - {None} for each in earlier]
    last = max(next(filter(None, reversed(said)), {None}))
    before, after = last if session.before.leg is None else session.before.leg, session.after.leg
    return None not in {before, after} and max(after, Leg.BACK) < before


def _wishes(made: Made, decision: Decision) -> Iterator[str]:
    wishes = made.history.wishes(decision.written)
    if wishes and wishes[-1].wish is Wish.KEEP and decision.change in RISES:
        yield "it rises although no change was wished"
    if decision.change is DoseChange.CHOSEN and wishes and decision.level != wishes[-1].dose:
        yield "another dose than the one that was chosen"


@dataclass(frozen=True)
class _Asked:
    """What is asked of one exercise that was done before."""

    life: Doing
    made: Made
    decision: Decision
    exercise: Exercise
    past: Sequence[Line]

    @property
    def work(self) -> float:
        return work_of(self.exercise, self.decision.dose)

    @property
    def last(self) -> Line:
        return self.past[-1]

    @property
    def own(self) -> Line | None:
        """The last time by the plan of this routine."""
        return next((each for each in reversed(self.past) if _by_the_plan(each, self.life.routine)), None)

    def too_much(self) -> Iterator[str]:
        """More work, or a rise, for which there is a reason not to."""
        rises = self.decision.change in RISES
        if rises and self.last.session.day == self.made.today.day:
            yield "it rises twice on a day"
        cautious, most = self._caution()
        if not cautious or self._is_allowed():
            return
        load = self.decision.dose.load
        done = max(each.done for each in most)
        if self.decision.reason.code.startswith("reason.pace_"):  # what was agreed stays, on bad days too
            done = max(each.work for each in filter(None, [*most, self.own]))
        least = _least(self.exercise, self.decision.dose)
        if self.work > done + 0.001 and not least:
            seconds = f"{self.work:g} s after {done:g} s"
            yield f"more work after {cautious}: {seconds} ({self.decision.change})"
        if load > max(each.dose.load for each in most):
            yield f"more load after {cautious}"
        if rises:
            yield f"it rises after {cautious}"

    def too_soon(self) -> Iterator[str]:
        """More of what is done again in the place of another one than was done until it hurt."""
        mine = [each for each in self.past if each.exercise == self.exercise.key]
        if self.decision.change is not DoseChange.REPLACE or not mine or not pain(mine[-1]):
            return
        if self.work > mine[-1].done + 0.001 and not _least(self.exercise, self.decision.dose):
            yield f"it comes again as if it had not hurt: {self.work:g} s after {mine[-1].done:g} s"

    def too_fast(self) -> Iterator[str]:
        """More than a quarter more work than a week ago, and more than one smallest step.

        The most of the four weeks before counts, for back to that it goes faster. A routine that does not
        grow leads back to what is written in quarters of that, or by one smallest step at a time.
        """
        today, mine = self.made.today.day, self.exercise.key
        here = [
            line
            for line in self.past
            if line.exercise == mine
            and (today - line.session.day).days <= WEEK + limits.ANEW_DAYS
            and self._is_on_track(line)
        ]
        if self.decision.change not in RISES or not here or self.work <= here[-1].work:
            return
        weeks_ago = [line for line in here if (today - line.session.day).days >= WEEK] or here[:1]
        reached = max(map(_reached, weeks_ago), key=partial(work_of, self.exercise))
        best = work_of(self.exercise, reached)
        least = [work_of(self.exercise, each) for each in Ladder(self.exercise).steps_up(reached)]
        most = max(best * (1 + limits.MOST_GROWTH / 100), min(least, default=0))
        if not self.made.routine.grows:
            last = here[-1]
            whole = work_of(self.exercise, dose_of(self.exercise))
            steps = Ladder(self.exercise).steps_up(_reached(last))
            least = [work_of(self.exercise, each) for each in steps]
            most = max(most, last.work + whole * limits.MOST_GROWTH / 100, min(least, default=0))
        if self.work > most + 0.001:
            yield f"more than a quarter more in a week: {self.work:g} s after {best:g} s"

    def agreed(self) -> Iterator[str]:
        """A step of a pace, which may follow pain, but only as agreed and one at a time."""
        mine, here = self.exercise.key, self.made.routine.id
        own = next((each for each in reversed(self.past) if each.session.routine == here), self.last)
        said = [each.said for each in self.made.history.agreements if each.at > own.session.started]
        if not {Agreed.MORE, Agreed.BEYOND} & {*said}:
            yield "a step that nobody agreed to"
        if _rose_since(self.last, self.made):
            yield "it rises after the leg rose since"
        if own.exercise != mine:
            return
        steps = Ladder(self.exercise).steps_up(own.dose)
        least = min((work_of(self.exercise, each) for each in steps), default=0)
        if self.work > max(own.work * (1 + limits.MOST_GROWTH / 100), least) + 0.001:
            yield f"too big a step of a pace: {self.work:g} s after {own.work:g} s"
        if len(raised(own.dose, self.decision.dose)) > 1:
            yield f"a step of two things: {own.dose} then {self.decision.dose}"

    def _is_on_track(self, line: Line) -> bool:
        """Whether it says how far somebody has come here; before that was done, what led to it does."""
        here = self.made.routine.id
        if line.session.as_written or line.session.routine == here:
            return not line.session.as_written
        begun = next((each.session.started for each in self.past if each.session.routine == here), None)
        both = {line.session.routine, here}
        return both <= self.made.history.growing and (begun is None or line.session.started < begun)

    def _caution(self) -> tuple[str, Sequence[Line]]:
        """Why there must not be more work today than in any of those; empty when there is no reason.

        A session that was stopped or chosen to be shorter does not hide those before it, up to a whole one.
        """
        last, made = self.last, self.made
        if why := pain(last):
            return why, [last]
        own = [each for each in self.past if _counts_in(each, made.routine)]
        whole = [at for at, each in enumerate(own) if each.evening.how != "sets" and each.session.finished]
        if not whole:
            return "", [last]  # never done here; less of it elsewhere says nothing
        most = [last, *own[whole[-1] :]]
        if (made.today.day - last.session.day).days > GAP:
            return "a gap", most
        if _rose_since(last, made):
            return "the leg rose since", most
        if last.evening.after.worst_pain is None or last.evening.after.effort is None:
            return "a missing answer", most
        return "", most

    def _is_allowed(self) -> bool:
        """Whether a professional agreed, there is nothing less to give, or it is back to a substitute."""
        if any(each.wish is Wish.CLEARED for each in self.made.history.wishes(self.decision.written)):
            return True
        if self.exercise.key == self.last.exercise:
            return False
        before = [each.work for each in self.past if each.exercise == self.exercise.key]
        tried = self.last.tried and self.work <= max(before, default=0)
        return tried or _least(self.exercise, self.decision.dose)

    def two_things(self) -> Iterator[str]:
        """More of two things at once than the last time."""
        if self.own is not self.last or self.exercise.key != self.last.exercise:
            return
        if self.made.routine is not self.life.routine:
            return
        more = set(raised(self.last.dose, self.decision.dose))
        if self.decision.change not in RISES and {"sets", "reps"} <= more:
            more.remove("sets")  # as many as before, after less for a time
        if len(more) > 1:
            doses = f"{self.last.dose} then {self.decision.dose}"
            yield f"more of two things: {' and '.join(sorted(more))}, {doses}"

    def too_little(self) -> Iterator[str]:
        """Less than by the plan of this routine, only because there was less of it elsewhere since."""
        own = self.own
        if own is None or own is self.last or self.made.routine is not self.life.routine:
            return
        if self.made.history.paced:
            return
        since = self.past[self.past.index(own) :]
        if self.made.evening.how != "plan" or self.decision.change in OTHER or _eased(self.made, own):
            return
        if self.decision.dose.load > own.dose.load:  # a heavier load begins with fewer reps
            return
        if any(each.exercise != self.exercise.key or _rose_after(each, self.made) for each in since):
            return
        if self._is_longer_held(own):
            return
        if all(map(_was_good, since)) and self.work < own.work - 0.001:
            how = self.last.evening.how
            yield f"less after a {how}: {self.work:g} s after {own.work:g} s ({self.decision.change})"

    def _is_longer_held(self, own: Line) -> bool:
        """Whether fewer holds are longer than then, with no fewer seconds of holding in all.

        Such a step up is less work, as the way into each hold and out of it is gone fewer times.
        """
        before, now = own.dose, self.decision.dose
        if before.hold is None or now.hold is None or now.hold <= before.hold:
            return False
        return sum(now.reps) * now.hold >= sum(before.reps) * before.hold


def _reached(line: Line) -> Dose:
    """The dose that a person had reached then, which a flare or an easy week does not lower."""
    made = next((each for each in line.session.decisions if each.exercise == line.exercise), None)
    return made.level if made and made.level and not line.session.by_hand else line.dose


def _least(exercise: Exercise, dose: Dose) -> bool:
    """Whether there is nothing less to give: one rep on each side, or the shortest time."""
    if dose.duration is not None:
        return dose.duration <= limits.SHORTEST_WORK
    return sum(dose.reps) <= (2 if exercise.sides is Sides.ALTERNATE else 1)


def _by_the_plan(line: Line, routine: Routine) -> bool:
    return line.session.routine == routine.id and line.evening.how == "plan"


def _counts_in(line: Line, routine: Routine) -> bool:
    """Whether it says how far somebody has come in a routine."""
    return line.session.routine == routine.id and not line.session.as_written


BY_THEIR_WORD = ("it was ended because it hurt", "it was named")
"""The first reasons of :func:`pain`."""


def pain(last: Line) -> str:
    """How the last session hurt; empty when it did not."""
    session, evening = last.session, last.evening
    before, worst = evening.before.pain, evening.after.worst_pain
    mine = [each for each in session.sets if (each.written or each.exercise) == _key_of(last)]
    reasons = {
        "it was ended because it hurt": any(each.ending is Ending.HURT for each in mine),
        "it was named": bool(session.named) and session.named == _key_of(last),
        "it went further down the leg": _rose(evening.before.leg, evening.after.leg),
        "pain rose": worst is not None and (worst >= 6 if before is None else worst >= before + 2),
        "a bad morning": None not in {before, evening.morning} and evening.morning >= before + 2,
    }
    return next((why for why, holds in reasons.items() if holds), "")


def _rose_since(last: Line, made: Made) -> bool:
    if last.session is not made.history.sessions[-1]:  # its leg may have moved up since
        return False
    said = [each for each in (last.evening.after.leg, last.evening.before.leg) if each is not None]
    return _rose(max(said, default=None), made.today.before.leg)


def _rose_after(line: Line, made: Made) -> bool:
    """Whether the next session began with it further down a leg, which counts against the one before."""
    later = (each for each in made.history.sessions if each.started > line.session.started)
    following = next(later, None)
    said = [each for each in (line.session.after.leg, line.session.before.leg) if each is not None]
    return following is not None and _rose(max(said, default=None), following.before.leg)


def _rose(before: Leg | None, after: Leg | None) -> bool:
    return before is not None and after is not None and after > max(before, Leg.BACK)


def _key_of(line: Line) -> str:
    done = next((each for each in line.session.decisions if each.exercise == line.exercise), None)
    return done.written if done else line.exercise


def _was_good(line: Line) -> bool:
    evening = line.evening
    pain = evening.before.pain
    return (
        pain is not None
        and evening.after.worst_pain is not None
        and evening.after.worst_pain <= pain + 1
        and evening.after.effort in range(1, 8)
        and evening.after.form_ok is not False
        and (evening.morning is None or evening.morning <= pain + 1)
        and (evening.share, evening.hurt, evening.early, evening.wish) == (1.0, None, None, None)
        and evening.named in {None, -1}
        and (evening.before.leg or Leg.NONE) <= Leg.BACK
        and (evening.after.leg or Leg.NONE) <= Leg.BACK
    )


def _eased(made: Made, own: Line) -> bool:
    """Whether the day itself asks for less: a flare, an easy week, a leg, a gap."""
    how = made.prescription.condition
    last = own.session.day
    return how.flare != "none" or how.easy_week or how.leg_worse or (made.today.day - last).days >= GAP
