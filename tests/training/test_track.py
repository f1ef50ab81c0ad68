"""What routines with the same exercises have to do with one another: whose dose is it?"""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta

import pytest
from fakes.journal import MONDAY, done_by, session_on
from histories import LIBRARY, find_variation, work_of

from voicecoach.journal.records import Agreed, Agreement, Choice, DoseChange, Wish
from voicecoach.language import phrases
from voicecoach.routine.dose import Dose
from voicecoach.routine.doses import dose_of
from voicecoach.session.listener import Ending
from voicecoach.training.dosed_routine import prescription_for
from voicecoach.training.exercise_log import History
from voicecoach.training.news import news
from voicecoach.training.readiness import Today
from voicecoach.training.words import amount

GROWING = LIBRARY.growing()
CORES = ("core", "core-three-start", "core-three")
SAY = phrases.load().tell


class Person:
    """Somebody who does this routine and that one, by the plan."""

    def __init__(self):
        self.sessions, self.choices, self.agreements = [], [], []

    def asked(self, day, name):
        """The decision for each exercise of a routine."""
        history = History(
            sessions=tuple(self.sessions),
            choices=tuple(self.choices),
            agreements=tuple(self.agreements),
            growing=GROWING,
        )
        today = Today(day=MONDAY + timedelta(day))
        made = prescription_for(LIBRARY.load(name), history, today, find_variation=find_variation)
        return {each.written: each for each in made.decisions}

    def does(self, day, name, hurt="", **said):
        made = self.asked(day, name)
        written = {each.key: each for each in LIBRARY.load(name).exercises}
        sets = [
            done_by(
                written.get(each.exercise) or find_variation(each.exercise),
                each,
                ending=Ending.HURT if each.written == hurt else Ending.DONE,
            )
            for each in made.values()
            if each.dose
        ]
        session = session_on(
            day, *sets, decisions=made.values(), **{"pain": 1, "worst": 1, "morning": 1} | said
        )
        self.sessions.append(replace(session, routine=name, id=len(self.sessions)))
        return made

    def dose(self, day, name, key="bird_dog"):
        return amount(self.asked(day, name)[key].dose)

    def news(self, day, name):
        names = {each.key: each.name for each in LIBRARY.load(name).exercises}
        return [SAY(each) for each in news(self.asked(day, name).values(), names)]


@pytest.fixture
def person():
    return Person()


def test_a_week_goes_on_from_one_routine_to_the_next(person):
    for day in (0, 2, 4):
        person.does(day, "core-three-start", effort=4)
    for day in (5, 7):
        person.does(day, "core-three", effort=4)
    assert person.dose(9, "core-three", "mcgill_curl_up") == "3-2-2 x 8s"  # one more within the week
    assert person.dose(11, "core-three", "mcgill_curl_up") == "3-3-2 x 8s"


def test_one_evening_with_another_routine_changes_nothing(person):
    person.does(0, "core")
    assert person.dose(1, "core-three") == "6-4-2 x 10s"
    assert person.news(1, "core-three") == []


def test_a_routine_with_more_makes_no_gentle_one_longer(person):
    for day in (0, 2, 4):
        person.does(day, "core-three")
    assert person.dose(5, "core") == "3 x 5s"
    assert person.news(5, "core") == []


def test_the_next_phase_begins_where_the_one_before_ended_and_says_so(person):
    for day in (0, 2, 4, 6):
        person.does(day, "core-three-start")
    reached = person.sessions[-1].decisions[2].dose
    assert person.news(8, "core-three") == [
        "Three exercises are new in this routine, but you know them already, so we begin where you are."
    ]
    first = person.does(8, "core-three")["bird_dog"]
    assert first.change is DoseChange.START
    assert first.dose == reached
    assert [person.does(day, "core-three")["bird_dog"].change for day in (10, 12)] == ["hold", "advance"]


def test_a_first_time_after_pain_in_another_routine_is_less_and_says_so(person):
    person.does(0, "core", worst=4)
    assert person.dose(2, "core-three") != "6-4-2 x 10s"
    assert person.news(2, "core-three") == [
        "Three exercises are new in this routine. After how they went last time we begin with less."
    ]


def test_a_gap_and_a_routine_that_was_done_before_it(person):
    for day in (0, 2, 4, 6):
        person.does(day, "core-three-start")
    made = person.asked(206, "core-three")["bird_dog"]
    assert made.change is DoseChange.LAY_OFF
    assert len(made.dose.reps) == 1


def test_an_exercise_done_meanwhile_in_another_routine_with_as_much_was_not_away(person):
    person.does(0, "core")
    for day in range(2, 42, 2):
        person.does(day, "core-three")
    assert person.asked(42, "core")["bird_dog"].change is DoseChange.HOLD


def test_an_easier_variation_stays_easier_in_the_next_routine(person):
    for day in (0, 2, 4):
        person.does(day, "core-three-start")
    person.does(6, "core-three-start", hurt="bird_dog")
    easier = person.does(8, "core-three-start")["bird_dog"]
    there = person.asked(9, "core-three")["bird_dog"]
    assert (there.exercise, there.advice) == (easier.exercise, easier.advice)
    assert work_of(find_variation(there.exercise), there.dose) <= work_of(
        find_variation(easier.exercise), easier.dose
    )


def test_a_wish_counts_in_each_routine_with_the_exercise(person):
    for day in (0, 2, 4):
        person.does(day, "core")
        person.does(day + 1, "core-three-start")
    at = person.sessions[-1].started + timedelta(hours=2)
    person.choices.append(Choice(at=at, written="bird_dog", wish=Wish.DOSE, dose=Dose(reps=(2,), hold=5.0)))
    assert amount(person.does(6, "core")["bird_dog"].dose) == "2 x 5s"
    assert person.dose(7, "core-three-start") == "2 x 5s"


def test_a_pace_that_has_begun_goes_on_in_another_routine(person):
    at = session_on(0).started - timedelta(hours=1)
    person.agreements.append(Agreement(at=at, said=Agreed.BEGIN))
    for day in (0, 2, 4, 6):
        person.does(day, "core-three-start")
    reached = person.sessions[-1].decisions[2].dose
    first = person.does(8, "core-three")["bird_dog"]
    assert (first.dose, first.reason.code) == (reached, "reason.pace_here")
    assert person.does(10, "core-three")["bird_dog"].dose == reached


def test_no_routine_is_more_than_written_the_first_time_nor_less_because_of_another():
    for number in range(8):
        chance, person = random.Random(number), Person()
        own: dict[str, dict[str, tuple[str, float]]] = {}
        for day in range(0, 60, chance.choice((1, 2))):
            name = chance.choice(CORES)
            written = {each.key: each for each in LIBRARY.load(name).exercises}
            made = person.does(day, name, effort=chance.randint(3, 7))
            worked = {
                key: (
                    each.exercise,
                    work_of(written.get(each.exercise) or find_variation(each.exercise), each.dose),
                )
                for key, each in made.items()
            }
            for key, (exercise, work) in worked.items():
                before = own.get(name, {}).get(key)
                if before is None:
                    assert work <= work_of(written[key], dose_of(written[key])), (number, day, name, key)
                elif before[0] == exercise and made[key].change is DoseChange.HOLD:
                    assert work >= before[1] - 0.001, (number, day, name, key)
            own[name] = worked
