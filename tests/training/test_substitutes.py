"""What is done for an exercise that hurt twice within a week, so that nothing is left open in its place.

``cases/substitutes.txt`` has it for somebody who is well and has everything, to be read: for each exercise
that can be left out of a routine the variation that follows the first pain, then the substitute; last, what
a routine becomes when all of it hurt.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

from golden import assert_golden
from histories import GREEN, LIBRARY, PATH, SHIPPED, Evening, Life

from voicecoach.journal.records import Before, DoseChange, Leg
from voicecoach.routine.model import Caution, Do, Routine
from voicecoach.routine.profile import Profile
from voicecoach.routine.suit import alone, tailor
from voicecoach.session.listener import Ending
from voicecoach.training.standing import REMOVABLE

EVERYBODY = {
    "well": Profile(),
    **{str(caution): Profile(cautions=frozenset({caution})) for caution in Caution},
    "a mat": Profile(equipment=frozenset({"mat"})),
    "nothing": Profile(equipment=frozenset()),
}
OPEN = {
    ("nothing", "maintain", "good_morning_bodyweight"),
    ("nothing", "strong-back", "good_morning_bodyweight"),
}
"""Who may be left without a substitute. Without a mat, a wall and a chair only walking is left, which takes
no part in a routine for the trunk: that is then not played."""


HURTS = Evening(morning=1, hurt=0)
HURTS_AT_ONCE = Evening(morning=1, early=(0, Ending.HURT, True))
LEG = Evening(morning=1, before=Before(pain=1, leg=Leg.KNEE))


def lives(name):
    """Yield each routine of the library as it suits one of :data:`EVERYBODY`, and what finds variations."""
    person = EVERYBODY[name]

    @cache
    def find(key):
        return alone(LIBRARY.exercise(key), person, LIBRARY) if key in LIBRARY.exercises() else None

    for routine in SHIPPED:
        yield tailor(routine, person, LIBRARY).routine, find


def twice(routine, find, index):
    """The decision after the exercise at ``index`` was ended twice in three days, and its last variation."""
    life = Life(routine, find)
    *_, made = life.lives([Evening(hurt=index), Evening(hurt=index), GREEN])
    key = routine.exercises[index].key
    return made.prescription.decisions[index], life.ledger[key][1].exercise


def instead_of(key, evenings):
    """The substitutes that are done in a routine of one exercise, each with its reps."""
    step = Do(exercise=LIBRARY.exercise(key))
    routine = Routine(id="core", name="Core", phases=(3,), steps=(step,), path=PATH)
    plans = [made.prescription.decisions[0] for made in Life(routine).lives(evenings)]
    return [(each.exercise, *each.dose.reps) for each in plans if each.substitute]


def all_twice(routine, find):
    """The decisions after everything hurt twice, two days apart."""
    life = Life(routine, find)
    for _ in range(2):
        list(life.lives([GREEN]))
        life.sessions[-1] = replace(
            life.sessions[-1],
            sets=tuple(replace(each, ending=Ending.HURT) for each in life.sessions[-1].sets),
        )
    *_, made = life.lives([GREEN])
    return made.prescription.decisions


def test_what_hurt_twice_is_replaced_by_something_that_is_not_in_the_routine():
    rows, left_open = [], set()
    for name in EVERYBODY:
        for routine, find in lives(name):
            have = {each.key for each in routine.exercises}
            for index, exercise in enumerate(routine.exercises):
                if exercise.kind not in REMOVABLE:
                    continue
                made, then = twice(routine, find, index)
                if made.change is DoseChange.REPLACE and made.exercise not in have and made.dose:
                    then = "" if then == exercise.key else then
                    if name == "well":
                        rows.append(f"{routine.id:<17} {exercise.key:<26} {then:<25} {made.exercise}")
                else:
                    left_open.add((name, routine.id, exercise.key))
    assert left_open == OPEN
    rows.append("")
    for routine, find in lives("well"):
        made = all_twice(routine, find)
        assert len({each.exercise for each in made if each.dose}) == len(made), routine.id
        rows.append(f"{routine.id:<17} {', '.join(each.exercise for each in made)}")
    assert_golden(Path(__file__).parent / "cases" / "substitutes.txt", "\n".join(rows) + "\n")


def test_a_substitute_that_hurt_stays_in_its_easier_variation_until_that_went_well():
    twice = [HURTS, HURTS]
    assert instead_of("mcgill_curl_up", [*twice, HURTS_AT_ONCE, *[GREEN] * 5]) == [
        ("dead_bug", 8),
        ("dead_bug_taps", 2),
        ("dead_bug_taps", 2),
        ("dead_bug", 2),
        ("dead_bug", 2),
        ("dead_bug", 4),
    ]


BRIDGE = [("glute_bridge", 8), ("glute_bridge_low", 8), ("glute_bridge_low", 7)]
"""What is done for a bird dog, and hurts each time."""
BUG = [("dead_bug", 8), ("dead_bug_taps", 2), ("dead_bug_taps", 2), ("dead_bug", 2), ("dead_bug", 2)]
"""What is done for the bridge then, which hurts at first."""


def test_a_substitute_whose_easier_variation_hurt_twice_comes_back_a_step_less():
    evenings = [*[HURTS] * 5, HURTS_AT_ONCE, *[GREEN] * 6]
    assert instead_of("bird_dog", evenings) == [*BRIDGE, *BUG, ("dead_bug", 4), ("glute_bridge_low", 6)]


def test_a_substitute_comes_back_with_no_more_than_was_done_when_a_leg_is_worse():
    evenings = [*[HURTS] * 5, HURTS_AT_ONCE, *[GREEN] * 5, LEG]
    assert instead_of("bird_dog", evenings) == [*BRIDGE, *BUG, ("dead_bug", 4), ("glute_bridge_low", 3)]
