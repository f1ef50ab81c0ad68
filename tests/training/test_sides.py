"""A dose belongs to an exercise and a side, as soon as one side was done alone."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from fakes.journal import MONDAY, session_on, sets_of

from voicecoach.journal.records import Choice, DoseChange, Wish
from voicecoach.routine.dose import Dose
from voicecoach.routine.doses import at_dose, dose_of
from voicecoach.routine.model import LEFT, RIGHT, Do, Exercise, Kind, Posture, Routine, Sides, Variation
from voicecoach.routine.one_side import (
    dose_of_both_sides,
    dose_of_one_side,
    in_order,
    of_both_sides,
    of_one_side,
    with_sides,
)
from voicecoach.routine.phase import Phase, PhaseKind
from voicecoach.session.listener import Ending
from voicecoach.training import dose_history
from voicecoach.training.dosed_routine import Slot, apply, prescription_for
from voicecoach.training.exercise_log import History
from voicecoach.training.one_side import on_planned_sides
from voicecoach.training.readiness import Today


def exercise(key, sides, reps=(8, 8), **more):
    return Exercise(
        id=key,
        name=key.capitalize(),
        kind=Kind.STABILISATION,
        posture=Posture.SUPINE,
        rep=(Phase(name="lift", seconds=2), Phase(name="hold", seconds=3, kind=PhaseKind.HOLD)),
        sides=sides,
        reps=reps,
        **{"goal": Dose(reps=tuple(2 * each for each in reps), hold=3.0)} | more,
    )


FLY = exercise("fly", Sides.EACH, easier=(Variation(exercise="flap"),))
SHELF = {
    each.id: each
    for each in (
        FLY,
        exercise("flap", Sides.ALTERNATE, reps=(12,)),
        exercise("float", Sides.BOTH),
        exercise("turn", Sides.ALTERNATE, reps=(12, 12)),
        exercise("curl", Sides.SWAP, reps=(6, 4, 2), goal=Dose(reps=(8, 6, 4), hold=3.0)),
    )
}


class Person:
    """Somebody with a routine of one exercise, in one place or in several, which they do every second day."""

    def __init__(self, *places):
        self.sessions, self.choices, self.day, self.places = [], [], 0, places or (FLY,)
        self.key = self.places[0].key

    @property
    def history(self):
        return History(sessions=tuple(self.sessions), choices=tuple(self.choices))

    @property
    def today(self):
        return MONDAY + timedelta(self.day)

    def wishes(self, **what):
        at = datetime.combine(self.today, datetime.min.time(), UTC)
        self.choices.append(Choice(at=at, written=self.key, **what))

    def plan(self, *order):
        """What is decided and played in that order, or as it is planned."""
        steps = tuple(Do(exercise=each) for each in self.places)
        routine = Routine(id="core", name="Core", phases=(2,), steps=steps, path=Path("core"))
        routine = on_planned_sides(with_sides(routine, order), self.history)
        made = prescription_for(routine, self.history, Today(day=self.today), find_variation=SHELF.get)
        return made.decisions, apply(routine, made.decisions, SHELF.get).exercises

    def does(self, *order, times=1, ending=Ending.DONE, hurts="", **said):
        for _ in range(times):
            decisions, played = self.plan(*order)
            sets = []
            for block, each in enumerate(played):
                end = Ending.HURT if hurts and each.only_side in {"", hurts} else ending
                done = sets_of(each, written=self.key, ending=end)
                sets += [replace(one, block=block) for one in done]
            answers = {"pain": 1, "worst": 1, "morning": 1} | said
            session = session_on(self.day, sets, decisions=decisions, **answers)
            self.sessions.append(replace(session, id=len(self.sessions)))
            self.day += 2

    def played(self):
        """The side and the reps of each exercise that is played."""
        return [(each.only_side, each.reps) for each in self.plan()[1]]

    def doses(self, *order):
        """The reps that are decided, by side."""
        return {each.side: each.dose.reps for each in self.plan(*order)[0]}


def test_the_other_side_keeps_its_dose_while_one_is_done_alone():
    anna = Person()
    anna.does(times=4)
    assert anna.doses() == {"": (10, 10)}
    anna.does(RIGHT, times=4)
    assert anna.doses(RIGHT) == {RIGHT: (12, 12)}
    assert anna.doses() == {LEFT: (10, 10), RIGHT: (12, 12)}
    assert anna.doses(LEFT) == {LEFT: (10, 10)}
    _, played = anna.plan()
    assert [(each.order, each.reps) for each in played] == [((LEFT,), (10, 10)), ((RIGHT,), (12, 12))]
    _, played = anna.plan(RIGHT, LEFT)
    assert [each.only_side for each in played] == [RIGHT, LEFT]


def test_after_some_weeks_the_other_side_begins_with_less_as_after_any_break():
    anna = Person()
    anna.does(times=4)
    anna.does(RIGHT, times=5)
    left, right = anna.plan()[0]
    assert (left.side, left.change, left.level.reps) == (LEFT, DoseChange.LAY_OFF, (8, 8))
    assert right.side == RIGHT
    assert right.dose.reps == (12, 12)


def test_sides_with_the_same_dose_are_done_together_again():
    """With a decision for each of them, until these are the same in everything."""
    anna = Person()
    anna.does(times=2)
    anna.does(RIGHT)
    decisions, played = anna.plan()
    assert [(each.side, each.dose.reps) for each in decisions] == [(LEFT, (9, 9)), (RIGHT, (9, 9))]
    assert played == (at_dose(FLY, Dose(reps=(9, 9), hold=3.0)),)
    anna.does(ending=Ending.DONE, effort=9)
    (both,) = anna.plan()[0]
    assert both.side == ""
    assert both.dose.reps == (8, 8)


def test_what_hurts_on_one_side_alone_is_made_easier_on_that_side():
    """The variation counts left and right together; on one side it has half of its reps."""
    anna = Person()
    anna.does(times=2)
    anna.does(RIGHT, hurts=RIGHT)
    decisions, played = anna.plan()
    assert [(each.side, each.exercise) for each in decisions] == [(LEFT, "fly"), (RIGHT, "flap")]
    assert [(each.key, each.order) for each in played] == [("fly", (LEFT,)), ("flap", (RIGHT,))]
    assert played[1].reps[0] <= 6
    assert played[1].shared is Sides.ALTERNATE
    assert anna.plan(LEFT)[1] == played[:1]


def test_what_hurt_when_both_were_done_counts_for_each():
    anna = Person()
    anna.does(times=2)
    anna.does(hurts=LEFT)
    for side in (LEFT, RIGHT):
        assert anna.plan(side)[0][0].exercise == "flap"


def test_a_substitute_without_sides_is_done_once():
    anna = Person(exercise("fly", Sides.EACH, substitutes=("float",)))
    anna.does(RIGHT)
    anna.does(hurts=RIGHT)
    anna.does(hurts=RIGHT)
    anna.does(LEFT, hurts=LEFT)
    anna.does(LEFT, hurts=LEFT)
    decisions, played = anna.plan()
    assert {each.exercise for each in decisions} == {"float"}
    assert [each.key for each in played] == ["float"]


@pytest.mark.parametrize(
    ("key", "both", "alone"), [("fly", (9, 9), (9, 9)), ("turn", (14, 14), (7, 7)), ("curl", (6, 4, 3), (7,))]
)
def test_what_is_counted_on_both_sides_together_counts_its_share_for_one(key, both, alone):
    anna = Person(SHELF[key])
    anna.does(times=2)
    assert anna.doses() == {"": both}
    assert anna.doses(LEFT) == {LEFT: alone}


def test_halves_become_wholes():
    for sides in (Sides.EACH, Sides.ALTERNATE, Sides.SWAP):
        for reps in ((3,), (4, 2), (5, 5)):
            assert of_one_side(of_both_sides(reps, sides), sides) == reps
            dose = Dose(reps=reps)
            assert dose_of_one_side(dose_of_both_sides(dose, sides), sides) == dose


def test_the_person_decides_on_which_side_until_they_say_otherwise():
    anna = Person()
    anna.does()
    anna.wishes(wish=Wish.SIDE, side="right")
    for _ in range(3):
        assert [each.only_side for each in anna.plan()[1]] == [RIGHT]
        anna.does()
    anna.wishes(wish=Wish.SIDE, side="right first")
    assert [each.only_side for each in anna.plan()[1]] == [RIGHT, LEFT]
    anna.wishes(wish=Wish.SIDE)
    anna.does()
    assert {each.side for each in anna.sessions[-1].sets} == {LEFT, RIGHT}
    assert [each.only_side for each in anna.plan(LEFT)[1]] == [LEFT]


def test_a_wish_for_a_side_and_its_dose_leaves_the_other_dose():
    anna = Person()
    anna.does()
    dose = replace(dose_of(FLY), reps=(5, 5))
    anna.wishes(wish=Wish.SIDE, side="right", dose=dose)
    assert [(each.change, each.dose) for each in anna.plan()[0]] == [(DoseChange.CHOSEN, dose)]
    anna.does()
    anna.wishes(wish=Wish.SIDE)
    assert anna.doses() == {LEFT: (8, 8), RIGHT: (5, 5)}


def test_one_exercise_may_be_written_for_each_side():
    """At different doses, each of which goes its own way."""
    one, other = in_order(FLY, (LEFT,)), at_dose(in_order(FLY, (RIGHT,)), Dose(reps=(4, 4), hold=3.0))
    routine = Routine(
        id="core", name="Core", phases=(2,), steps=(Do(exercise=one), Do(exercise=other)), path=Path("core")
    )
    sessions = []
    for day in (0, 2):
        sets = [*sets_of(one), *(replace(each, block=1) for each in sets_of(other))]
        sessions.append(session_on(day, sets, pain=1, worst=1, morning=1))
    made = prescription_for(
        routine, History(sessions=tuple(sessions)), Today(day=MONDAY + timedelta(4)), find_variation=SHELF.get
    )
    doses = {Slot(each.written, each.side): each.dose.reps for each in made.decisions}
    assert doses == {Slot("fly", LEFT): (9, 9), Slot("fly", RIGHT): (5, 5)}
    assert [each.reps for each in apply(routine, made.decisions, SHELF.get).exercises] == [(9, 9), (5, 5)]


def on(side, *reps):
    """The exercise on one side alone, at a dose of its own."""
    return at_dose(in_order(FLY, (side,)), Dose(reps=reps, hold=3.0))


def test_more_on_one_side_adds_to_what_is_done_on_both():
    """Each place keeps its own dose; only the side that has but one place grows."""
    for extra in (RIGHT, LEFT):
        anna = Person(at_dose(FLY, Dose(reps=(8,), hold=3.0)), on(extra, 4))
        for _ in range(2):
            assert anna.played() == [("", (8,)), (extra, (4,))]
            anna.does()
        grown = [(side, (8,) if side == extra else (9,)) for side in (LEFT, RIGHT)]
        assert anna.played() == [*grown, (extra, (4,))]


def test_less_on_both_than_on_one_side_stays_less():
    anna = Person(at_dose(FLY, Dose(reps=(4,), hold=3.0)), on(RIGHT, 8))
    for _ in range(2):
        assert anna.played() == [("", (4,)), (RIGHT, (8,))]
        anna.does()
    assert anna.played() == [(LEFT, (5,)), (RIGHT, (4,)), (RIGHT, (8,))]


def test_both_sides_at_several_doses_are_done_together():
    anna = Person(at_dose(FLY, Dose(reps=(8,), hold=3.0)), at_dose(FLY, Dose(reps=(4,), hold=3.0)))
    anna.does()
    anna.does(RIGHT)
    anna.wishes(wish=Wish.KEEP, side=RIGHT)
    assert [each.side for each in anna.plan()[0]] == [LEFT, RIGHT]
    assert anna.played() == [("", (8,)), ("", (4,))]


def test_what_hurt_is_made_less_in_each_place_of_its_side():
    anna = Person(at_dose(FLY, Dose(reps=(8,), hold=3.0)), on(RIGHT, 4))
    anna.does()
    anna.does(hurts=RIGHT)
    left, *right = anna.plan()[1]
    assert (left.key, left.only_side) == ("fly", LEFT)
    assert [(each.key, each.only_side) for each in right] == [("flap", RIGHT)] * 2
    assert sum(each.reps[0] for each in right) < 12


def test_the_same_on_each_side_by_places_of_their_own_grows_in_each():
    anna = Person(on(LEFT, 8), on(RIGHT, 8))
    anna.does(times=2)
    assert anna.played() == [(LEFT, (9,)), (RIGHT, (9,))]


def test_what_is_left_out_on_both_sides_is_done_in_neither_place():
    anna = Person(*(replace(on(side, 8), easier=()) for side in (LEFT, RIGHT)))
    anna.does(times=2, ending=Ending.HURT, worst=4)
    decisions, played = anna.plan()
    assert [(each.side, each.change) for each in decisions] == [
        (LEFT, DoseChange.REMOVE),
        (RIGHT, DoseChange.REMOVE),
    ]
    assert not played


def test_each_side_has_its_own_course():
    anna = Person()
    anna.does(times=2)
    anna.does(RIGHT, times=2)
    anna.does()
    found = [
        (each.side, each.each_side, each.first, each.last, len(each.doings), each.as_planned)
        for each in dose_history.courses(anna.sessions, SHELF.get)
    ]
    assert found == [
        (RIGHT, False, "2 x 9 x 3s", "2 x 10 x 3s", 3, 3),
        ("", True, "2 x 8 x 3s", "2 x 8 x 3s", 2, 2),
        (LEFT, False, "2 x 9 x 3s", "2 x 9 x 3s", 1, 1),
    ]


def test_practice_on_one_side_never_changes_the_dose_of_the_other():
    """Whatever is done on the right, and however it went."""
    for seed in range(60):
        chance = random.Random(seed)
        written = SHELF[chance.choice(["fly", "turn", "curl"])]
        anna, berta = Person(written), Person(written)
        for _ in range(chance.randint(1, 12)):
            order = chance.choice([(), (LEFT,), (RIGHT,), (RIGHT,)])
            end = chance.choice([Ending.DONE, Ending.DONE, Ending.DONE, Ending.SKIPPED])
            how = {"ending": end, "effort": chance.choice([3, 5, 5, 6])}
            if order == (RIGHT,):
                anna.does(*order, **how)
                berta.day += 2
                continue
            for each in (anna, berta):
                each.does(*order if written is FLY else (LEFT,), **how)
        one, other = (each.plan(LEFT)[0] for each in (anna, berta))
        known = [[(each.dose, each.level, each.exercise) for each in made] for made in (one, other)]
        assert known[0] == known[1], seed
