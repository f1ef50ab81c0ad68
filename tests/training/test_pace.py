"""What holds for every life with an agreed pace; ``cases/pace.txt`` tells some of them."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import takewhile

from fakes.journal import MONDAY, done_by, session_on
from histories import find_variation, next_dose, work_of
from naming import naming

from voicecoach.journal.records import Agreed, Agreement, Before, DoseChange, Felt, Leg
from voicecoach.routine.doses import dose_of, raised
from voicecoach.routine.files.library import Library
from voicecoach.session.listener import Ending
from voicecoach.training.agreement import pace_on
from voicecoach.training.exercise_log import History
from voicecoach.training.ladder import Ladder
from voicecoach.training.readiness import Today
from voicecoach.training.standing import Around

LIBRARY = Library.default()
EXERCISES = tuple(map(LIBRARY.exercise, LIBRARY.exercises()))
LIVES = 1000
OTHERWISE = {DoseChange.EASIER, DoseChange.LAY_OFF, DoseChange.REPLACE, DoseChange.OFFER, DoseChange.REMOVE}


@dataclass(frozen=True)
class Evening:
    """What an agreed pace goes by."""

    gap: int
    said: Agreed | None
    leg: Leg
    after_leg: Leg
    hurt: bool
    share: float


@dataclass(frozen=True)
class Feeling:
    """What it does not go by."""

    pain: int | None
    worst: int | None
    morning: int | None
    effort: int | None
    form: bool | None
    flare: bool | None


def any_evening(chance):
    knee = (Leg.NONE,) * 19 + (Leg.KNEE,)
    return Evening(
        gap=chance.choice((1, 1, 2, 2, 2, 2, 2, 3, 3, 3, 4, 7, chance.choice((5, 11, 15, 30)))),
        said=chance.choice((None, Agreed.MORE, Agreed.MORE, Agreed.BEYOND, Agreed.SAME, Agreed.LESS)),
        leg=chance.choice(knee),
        after_leg=chance.choice(knee),
        hurt=chance.random() < 0.05,
        share=chance.choice((1.0, 1.0, 0.5)),
    )


def any_feeling(chance):
    scale, answer = (None, *range(11)), (None, True, False)
    return Feeling(*(chance.choice(scale) for _ in range(4)), *(chance.choice(answer) for _ in range(2)))


def any_life(seed):
    """An exercise, some evenings, and whether its routine grows."""
    chance = random.Random(seed)
    evenings = [any_evening(chance) for _ in range(chance.randint(4, 40))]
    return chance.choice(EXERCISES), evenings, chance.random() < 0.5


def life(exercise, evenings, feelings, *, grows=True):
    """Yield each evening, what was agreed for it, and the decision."""
    agreements = [Agreement(at=morning(0), said=Agreed.BEGIN)]
    sessions, day = [], 0
    for evening, feeling in zip(evenings, feelings, strict=True):
        day += evening.gap
        before = Before(pain=feeling.pain, leg=evening.leg, flare=feeling.flare)
        today = Today(day=MONDAY + timedelta(day), before=before)
        pace = pace_on(History(sessions=tuple(sessions), agreements=tuple(agreements)), today)
        agreed = evening.said if pace.is_due(today.day) else None
        if agreed:
            agreements.append(Agreement(at=morning(day), said=agreed))
        history = History(sessions=tuple(sessions), agreements=tuple(agreements))
        around = Around(grows=grows, routine="core")
        made = next_dose(exercise, history, today, find_variation=find_variation, around=around)
        yield agreed, made
        doing = exercise if made.exercise == exercise.key else find_variation(made.exercise)
        ending = Ending.HURT if evening.hurt else Ending.DONE
        sets = done_by(doing, made, share=evening.share, ending=ending) if made.dose else ()
        after = Felt(
            worst_pain=feeling.worst, effort=feeling.effort, leg=evening.after_leg, form_ok=feeling.form
        )
        session = session_on(day, sets, decisions=[made], morning=feeling.morning)
        sessions.append(replace(session, id=len(sessions), before=before, after=after))


def morning(day):
    return datetime.combine(MONDAY + timedelta(day), datetime.min.time(), UTC) + timedelta(hours=6)


def test_the_calendar_the_answers_and_the_stops_decide_and_no_pain_and_no_effort(some, record_property):
    """As long as nothing is left out: when that is tried again depends on good weeks (rule 6)."""
    changes: Counter[str] = Counter()
    for number in some(range(LIVES)):
        exercise, evenings, grows = any_life(f"feels {number}")
        lives = []
        for feels in range(2):
            chance = random.Random(f"{number} {feels}")
            made = life(exercise, evenings, [any_feeling(chance) for _ in evenings], grows=grows)
            lives.append(list(takewhile(lambda each: not is_left_out(each[1]), made)))
        doses = [[(each.exercise, each.dose) for _, each in one] for one in lives]
        assert doses[0] == doses[1], number
        changes.update(str(made.change) for _, made in lives[0])
    record_property("figure", f"{_counted(changes)}: the same whatever is felt")


def is_left_out(made):
    return made.leaves_out or made.change is DoseChange.OFFER


FINE = Feeling(4, 4, 4, 5, form=True, flare=None)


def test_more_only_as_agreed_in_one_thing_and_by_one_small_step(some, record_property):
    changes: Counter[str] = Counter()
    for number in some(range(LIVES)):
        exercise, evenings, grows = any_life(f"steps {number}")
        last = None
        for agreed, made in life(exercise, evenings, [FINE] * len(evenings), grows=grows):
            if last and None not in {last.dose, made.dose} and made.change not in OTHERWISE:
                with naming(str(number)):
                    _is_a_small_step(exercise, last, made, agreed)
            last = made
            changes[made.change] += 1
    record_property("figure", f"{_counted(changes)}: all of them small and agreed")


def _counted(changes):
    assert changes[DoseChange.PACE_MORE]
    return f"{changes.total():,} decisions, {changes[DoseChange.PACE_MORE]:,} steps up"


def _is_a_small_step(exercise, last, made, agreed):
    doing = exercise if made.exercise == exercise.key else find_variation(made.exercise)
    more = raised(last.dose, made.dose)
    if made.exercise != last.exercise:
        assert made.change is DoseChange.PACE_MORE
        return
    assert len(more) <= 1
    if not more:
        return
    assert made.change is DoseChange.PACE_MORE
    assert agreed in {Agreed.MORE, Agreed.BEYOND}
    if raised(dose_of(doing), made.dose):
        assert agreed is Agreed.BEYOND
    smallest = Ladder(doing).steps_up(last.dose)[-1:]
    quarter_more = work_of(doing, last.dose) * 1.25
    assert (
        work_of(doing, made.dose) <= quarter_more + 0.001
        or made.dose in smallest
        or 0 < sum(made.dose.reps) - sum(last.dose.reps) <= 2  # back to what is written; sides may alternate
    )
