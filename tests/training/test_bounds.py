"""The bounds of whoever prescribed an exercise, on made-up exercises: ``cases/bounds.txt``.

The words are those of ``test_rules.py``, with a routine of one exercise; besides::

    28 allow                       whoever prescribed it allows the step that waits
    0 allow ledge level 3          or a level of the exercise
    20 ? news                      what is told before the session of that day
    4 wish dose 6 yellow band      a dose that names a level

After a wanted change run ``VOICECOACH_GOLDEN=write pytest tests/training/test_bounds.py``.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

from fakes.journal import MONDAY, session_on, sets_of
from golden import assert_cases
from naming import for_each
from pasts import CASES, MADE_UP, VARIATION, WORDS, Past, moment, reps

from voicecoach.journal.records import Before, Choice, Decision, DoseChange, Wish
from voicecoach.language.phrases import Message, capitalised
from voicecoach.routine.bounds import Bounds, Harder
from voicecoach.routine.dose import Grade
from voicecoach.routine.doses import dose_of, grade_number, work_at
from voicecoach.routine.files.bound_words import level_in
from voicecoach.routine.instructions import Instructions
from voicecoach.routine.model import Do, Exercise, Routine
from voicecoach.routine.phase import Phase
from voicecoach.training import limits
from voicecoach.training.dosed_routine import prescription_for, standings
from voicecoach.training.news import news
from voicecoach.training.onward import further, with_permissions
from voicecoach.training.practice import practices_of
from voicecoach.training.readiness import Today


class Prescribed(Past):
    """Somebody who does one exercise as it was prescribed."""

    def routine(self):
        steps = (Do(exercise=MADE_UP.exercise(self.exercise)),)
        steps = (Do(exercise=VARIATION(self.exercise)),) if VARIATION(self.exercise) else steps
        routine = Routine(id="core", name="Core", phases=(3,), steps=steps, path=Path("core.yaml"))
        return with_permissions(routine, self.history)

    def prescription(self, day, **before):
        today = Today(day=MONDAY + timedelta(day), before=Before(**before))
        return prescription_for(self.routine(), self.history, today, find_variation=VARIATION)

    def decided(self, day, routine="", **before):
        (made,) = self.prescription(day, **before).decisions
        return made

    def follows(self, day, words, said):
        self.exercise = words[0] if words else self.exercise
        super().follows(day, words, said)

    def asked(self, day, words, said):
        if words == ["news"]:
            exercise = VARIATION(self.exercise)
            told = news([self.decided(day)], {exercise.key: exercise.name})
            return list(map(WORDS, told)) or ["nothing"]
        return super().asked(day, words, said)

    def allow(self, day, words, said):
        self.exercise = words[0] if words else self.exercise
        today = Today(day=MONDAY + timedelta(day))
        (case,) = standings(self.routine(), self.exercise, self.history, today, find_variation=VARIATION)
        if words:
            dose, variation = (
                replace(case.level, grade=level_in(" ".join(words[1:]), case.written.grades)[1]),
                "",
            )
        else:
            found = further(case)
            other = found.exercise.key != case.current.key
            dose, variation = (None, found.exercise.key) if other else (found.dose, "")
        at = moment(day, 1)
        self.choices.append(
            Choice(at=at, written=self.exercise, wish=Wish.ALLOW, dose=dose, variation=variation)
        )

    def wish(self, day, words, said):
        what, count, *level = words
        exercise = VARIATION(self.exercise)
        wanted = replace(
            dose_of(exercise), reps=reps(count), grade=level_in(" ".join(level), exercise.grades)[1]
        )
        self.choices.append(Choice(at=moment(day, 1), written=self.exercise, wish=Wish(what), dose=wanted))


def told(case):
    past, shown = Prescribed(), []
    for line in case.splitlines():
        if line[:1] in {"", "#", " "}:
            shown += [line] if line[:1] != " " else []
            continue
        shown += [line, *(f"    {capitalised(each)}" for each in past.does(line) or ())]
    return "".join(f"{line}\n" for line in shown)


def test_what_is_decided_within_bounds():
    assert_cases(CASES / "bounds.txt", told)


def daily(name, by, days=21):
    """What somebody does who exercises every day, with each session in green: the work of each day."""
    past, exercise, work = Prescribed(), VARIATION(name), []
    for day in range(days):
        past.does(f"{day} follows {name} pain=1 morning=1 effort=4")
        last = past.sessions[-1]
        past.sessions[-1] = replace(last, instructions=Instructions(by=by))
        (made,) = last.decisions
        work.append(work_at(exercise, made.dose))
    return work


def test_strength_that_is_prescribed_for_every_day_rises():
    """By a quarter in a week at most, as ever, and only on good sessions two days apart."""
    work = daily("bridge", "Anna Berg, physiotherapist")
    rose = [day for day in range(1, len(work)) if work[day] > work[day - 1]]
    assert len(rose) >= 3
    assert rose[0] > limits.STRENGTH_APART
    assert all(later - earlier > limits.STRENGTH_APART for earlier, later in pairwise(rose))
    assert all(work[day] <= work[max(0, day - 7)] * (1 + limits.MOST_GROWTH / 100) for day in rose)


def test_strength_of_ones_own_still_rests_two_days_before_it_rises():
    assert len(set(daily("bridge", ""))) == 1


def test_a_set_at_a_lower_level_than_planned_is_no_set_of_that_level():
    """As with an easier variation, the session is no success; a higher one raises nothing by itself."""
    grades = tuple(
        Grade(number=n, words=words) for n, words in enumerate(["yellow", "red", "green"], start=1)
    )
    clam = Exercise(name="Clam", rep=(Phase(name="open", seconds=2),), reps=(8, 8), grades=grades)
    red = replace(clam, grade=grades[1])
    planned = Decision(
        exercise=clam.key, written=clam.key, change=DoseChange.HOLD, reason=Message("x"), dose=dose_of(red)
    )
    for words, reached in (("yellow", False), ("red", True), ("green", True)):
        first, second = sets_of(red)
        sets = (first, replace(second, level=words))
        (practice,) = practices_of(session_on(0, sets, decisions=[planned]))
        assert practice.reached(red) is reached, words
        assert grade_number(practice.planned(red)) == 2


REACHED: dict[str, tuple[dict[str, Any], str]] = {
    "as it was": ({}, "toes"),
    "without a harder variation": ({"harder": ()}, "plank"),
    "a harder one waits": ({"bounds": Bounds(harder=Harder.ASK)}, "plank"),
    "a harder one never comes": ({"bounds": Bounds(harder=Harder.NO)}, "plank"),
    "a harder one was allowed": ({"bounds": Bounds(harder=Harder.ASK, variations=("toes",))}, "toes"),
}


@for_each(REACHED)
def test_a_file_that_changed_takes_back_a_harder_variation(how):
    (changes, expected), past = REACHED[how], Prescribed()
    past.does("0..24 follows plank pain=1 morning=1")
    plank = replace(VARIATION("plank"), **changes)
    steps = (Do(exercise=plank),)
    routine = Routine(id="core", name="Core", phases=(3,), steps=steps, path=Path("core.yaml"))
    today = Today(day=MONDAY + timedelta(26))
    (made,) = prescription_for(routine, past.history, today, find_variation=VARIATION).decisions
    assert made.exercise == expected
