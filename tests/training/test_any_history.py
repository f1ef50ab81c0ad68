"""What must hold for every decision, whatever happened before: ``scripts/prove decisions`` tries a million.

``promises.py`` has what is promised, ``histories.py`` makes the histories.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

import pytest
from histories import GREEN, Evening, Life, any_past, any_routine, find_variation, without_a_ball, work_of
from hypothesis import given
from hypothesis import strategies as st
from many import results
from promises import complaints

from voicecoach.journal.records import Before, Decision, Felt, Leg, Wish
from voicecoach.routine.doses import dose_of, raised
from voicecoach.routine.files.library import Library
from voicecoach.routine.model import Exercise, Kind, Routine
from voicecoach.training.ladder import Ladder

LIBRARY = Library.default()
PARTS = 8
LIVES = 1500
"""Of each part."""
WAY_BACK = 90
"""Green sessions, every second day, in which every dose must be back: half a year …"""
WAY_ON = 60
"""… and so many more in which it must have risen beyond what is written."""


def dead_end(life: Life) -> tuple[str, int, int]:
    """Live green evenings until every dose is as written, and beyond where it may grow.

    What is not, how many evenings, and decisions.
    """
    waits = {each.key: each for each in life.routine.exercises if not _held(life, each.key)}
    grows = {key: each for key, each in waits.items() if life.routine.grows and _has_more(life, each)}
    decided = 0
    for number, made in enumerate(life.lives([GREEN] * (WAY_BACK + WAY_ON)), start=1):
        decisions = {each.written: each for each in made.prescription.decisions}
        decided += len(decisions)
        if problem := next(complaints(life, made), None):
            return problem, number, decided
        for key in [*waits]:
            if key not in decisions or _is_back(life, waits[key], decisions[key]):
                del waits[key]
        for key in [*grows]:
            if key not in decisions or _is_on(life, grows[key], decisions[key]):
                del grows[key]
        if waits and number >= WAY_BACK:
            return f"never back to what is written: {_named(waits, decisions)}", number, decided
        if not waits and not grows:
            return "", number, decided
    return f"never on past what is written: {_named(grows, decisions)}", number, decided


def _named(keys: Iterable[str], decisions: Mapping[str, Decision]) -> str:
    return ", ".join(f"{key} ({decisions[key].change}: {decisions[key].dose})" for key in keys)


def _held(life: Life, key: str) -> bool:
    """Whether the person holds an exercise."""
    return any(each.wish is Wish.DOSE and each.written == key for each in life.choices)


def _is_back(life: Life, written: Exercise, decision: Decision) -> bool:
    if decision.dose is None or decision.advice:
        return False
    if decision.exercise != written.key:
        return decision.exercise in _harder(written)
    return work_of(written, decision.dose) >= work_of(written, dose_of(written)) - 0.001


def _has_more(life: Life, written: Exercise) -> bool:
    """Whether there is more than the written dose: a step up to the goal, or a harder variation."""
    if Ladder(written).steps_up(dose_of(written)):
        return True
    trained = written.kind in {Kind.STABILISATION, Kind.STRENGTH}
    keys = {each.key for each in life.routine.exercises}
    return trained and any(life.find(key) for key in _harder(written) - keys)


def _is_on(life: Life, written: Exercise, decision: Decision) -> bool:
    if decision.dose is None or decision.advice:
        return False
    if decision.exercise != written.key:
        return decision.exercise in _harder(written)
    return bool(raised(dose_of(written), decision.dose))


def _harder(written: Exercise) -> set[str]:
    found, coming = set(), [written]
    while coming:
        for each in coming.pop().harder:
            if each.exercise and each.exercise not in found:
                found.add(each.exercise)
                coming.append(find_variation(each.exercise))
    return found


Story = tuple[Routine, Callable[[str], Exercise | None], list[Evening]]


def a_story(seed: str) -> Story:
    """A routine, a library and a past; in half of the lives, but none "… whole", exercises are left early."""
    plain = seed.removesuffix(" whole")
    chance, early = random.Random(plain), random.Random(f"early {seed}")
    leaves = plain == seed and early.random() < 0.5
    routine, find = any_routine(chance), chance.choice((find_variation, without_a_ball))
    return routine, find, any_past(chance, early if leaves else None)


def told(story: Story) -> tuple[str, Counter[str], int]:
    """The first thing that is wrong in a life, its decisions, and how long the way back is."""
    routine, find, evenings = story
    life, counts = Life(routine, find), Counter()
    for made in life.lives(evenings):
        counts.update(str(each.change) for each in made.prescription.decisions)
        if problem := next(complaints(life, made), None):
            return problem, counts, 0
    problem, back, decided = dead_end(life)
    counts["on the way back"] += decided
    return problem, counts, back


def shortest(story: Story) -> Story:
    """The same with as few evenings as show what is wrong, and those as plain as may be."""
    routine, find, evenings = story
    kind = told(story)[0].partition(":")[0]

    def still(tried: list[Evening]) -> bool:
        return told((routine, find, tried))[0].partition(":")[0] == kind

    for index in reversed(range(len(evenings))):
        fewer = [*evenings[:index], *evenings[index + 1 :]]
        if still(fewer):
            evenings = fewer
    for index in range(len(evenings)):
        for name in ("before", "after", "morning", "named", "hurt", "share", "early", "how", "wish", "gap"):
            plain = replace(evenings[index], **{name: getattr(GREEN, name)})
            simpler = [*evenings[:index], plain, *evenings[index + 1 :]]
            if still(simpler):
                evenings = simpler
    return routine, find, evenings


def of_life(name: str) -> tuple[str, int, int]:
    """The same as JSON has it, of the life that is made from ``name``."""
    problem, made, back = told(a_story(name))
    return problem, made.total(), back


@pytest.mark.parametrize("part", range(PARTS))
def test_no_decision_asks_too_much_and_none_is_a_dead_end(part, some, progress, record_property):
    names = [f"{part} {number}" for number in some(range(LIVES))]
    decisions, backs = 0, []
    lives = results(f"decisions-{part}", of_life, names, progress, stop=lambda found: found[0])
    for name, (problem, made, back) in zip(names, lives, strict=False):
        if problem:
            routine, find, evenings = shortest(a_story(name))
            told_so = told((routine, find, evenings))[0]
            pytest.fail("\n".join([f"{told_so} [life {name}]", routine.name, *map(str, evenings)]))
        decisions += made
        backs.append(back)
    record_property(
        "figure",
        f"{decisions:,} decisions in {len(backs):,} lives, none too much;"
        f" the longest way back took {max(backs)} sessions",
    )


FOUND = (
    ("1 27 whole", "a dose lowered in reps and hold comes back in both at once"),
    ("1 76 whole", "the one that was ended hides that the pain rose"),
    ("1 189 whole", "a substitute hurt"),
    ("3 755 whole", "a substitute that is new after a try that hurt"),
    ("3 1360 whole", "a missing answer in another routine"),
    ("6 313 whole", "nothing else is in the routine, so it never comes back"),
    ("6 462 whole", "a chosen dose that came down is no longer the person's"),
    ("1 316 whole", "a hold is shorter here than elsewhere"),
    ("1 222 whole", "a dose that somebody wished for hurt at once, and came back nearly whole"),
    ("1 493 whole", "a hinge that warms up waits for a leg like any other"),
    ("1 1406 whole", "somebody is back at half the load here, and lifts all of it in another routine"),
    ("2 296", "a dose of their own that rose by a rep is no longer the person's"),
    ("1 61", "what hurt twice in one place comes for another exercise"),
    ("2 565", "an exercise that hurt was done by half, and a leg was better after it"),
    ("3 664", "the substitute hurt, and came back whole after one evening of an easier variation of it"),
    ("3 1466", "a dose of their own that came down is no longer the person's once it is done whole again"),
    ("4 286", "a hold grew in a session of one set, and fewer holds are less work"),
)
"""Lives in which the rules once asked too much."""


@pytest.mark.parametrize(("life", "why"), FOUND)
def test_what_was_once_asked_too_much_is_not_any_more(life, why):
    assert not told(a_story(life))[0], why


EXERCISES = tuple(map(LIBRARY.exercise, LIBRARY.exercises()))


SORE = Evening(
    before=Before(pain=1, leg=Leg.NONE), after=Felt(worst_pain=5, effort=5, leg=Leg.NONE), morning=4
)


def test_whatever_was_reached_comes_back_down_after_pain(some):
    """Months in which everything hurts, but nothing is to blame, lead to the easiest dose."""
    for number in some(range(LIVES)):
        routine, find, evenings = a_story(f"down {number}")
        life = Life(routine, find)
        *_, made = life.lives([*evenings, *[SORE] * 60])
        for decision in made.prescription.decisions:
            if decision.dose and decision.level:
                ladder = Ladder(life.exercise(decision.exercise))
                assert ladder.down(decision.level) == decision.level, (number, decision)


@given(exercise=st.sampled_from(EXERCISES), ups=st.integers(0, 60), big=st.booleans())
def test_every_step_of_a_ladder_is_one_variable_and_can_be_gone_back(exercise, ups, big):
    ladder = Ladder(exercise)
    dose = ladder.start
    for _ in range(ups):
        steps = ladder.steps_up(dose, big=big)
        if not steps:
            break
        assert all(len(raised(dose, higher)) == 1 for higher in steps)
        dose = steps[0]
    while (lower := ladder.down(dose)) != dose:
        assert not raised(dose, lower)
        dose = lower
    assert not raised(ladder.start, dose)


@given(
    exercise=st.sampled_from(EXERCISES),
    reps=st.lists(st.integers(1, 9), min_size=1, max_size=4),
    percent=st.sampled_from((50, 75)),
)
def test_a_part_of_any_dose_is_some_of_it_and_no_more(exercise, reps, percent):
    """Also of what somebody wished for: one rep of an exercise in which left and right take turns."""
    dose = replace(dose_of(exercise), reps=tuple(reps) if exercise.duration is None else (1,))
    part = Ladder(exercise).part(dose, percent)
    assert min(part.reps) >= 1
    assert 0 < work_of(exercise, part) <= work_of(exercise, dose)


@given(exercise=st.sampled_from(EXERCISES), sets=st.integers(1, 3))
def test_a_ladder_ends_at_the_goal(exercise, sets):
    """Also that of a routine which has fewer sets of it."""
    ladder = Ladder(replace(exercise, reps=exercise.reps[:sets]))
    dose = ladder.start
    while steps := ladder.steps_up(dose):
        dose = steps[-1]
    if goal := exercise.goal:
        assert dose.duration == goal.duration
        assert sum(dose.reps) == sum(goal.reps)
        assert goal.hold is None or dose.hold == goal.hold
