"""What is due on which day."""

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from fakes.journal import MONDAY, session_on, sets_of
from golden import assert_cases
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.journal.records import Leg
from voicecoach.language import phrases
from voicecoach.paths import shipped
from voicecoach.routine.files.library import Library
from voicecoach.routine.programme import Activity, PhaseName, Weekday
from voicecoach.session.listener import Ending
from voicecoach.training import words
from voicecoach.training.readiness import Today
from voicecoach.training.week import again, due
from voicecoach.training.week_plan import Load, goal_days, load_of, planned

MON, TUE, WED, THU, FRI, SAT, SUN = Weekday
LONG_AGO = MONDAY - timedelta(weeks=10)
SORE = "calm-mini"
CAT = Library((shipped("routines"),)).exercise("cat_camel")
SAY = phrases.load()
CASES = Path(__file__).parent / "cases" / "weeks.txt"


class Names(dict):
    def __missing__(self, key):
        return key.capitalize()

    def __contains__(self, _):
        return True


LOADS = {"walk": Load.WALK, "aerobics": Load.WALK, "stretch": Load.EASY}
"""Everything else in a phase is training."""
TRAINING = {"core", "ball", "strong"}
"""What trains, in a phase or beside it."""


def phase(*activities):
    return planned(activities, LOADS)


def core(days=3, **more):
    return Activity(routine="core", days=days, **more)


def done_on(day, routine, **said):
    return replace(session_on(day, **said), routine=routine)


def told(case):
    """The transcript of a case as it is now."""
    what, since, done, shown, sore = phase(core()), LONG_AGO, [], [], SORE
    for line in case.splitlines():
        if line.startswith(" "):
            continue
        shown.append(line)
        word, *words = line.split() or [""]
        if word == "calm":
            sore = words[0] if words else ""
        elif word in {"phase", "alone"}:
            chosen = [*map(activity, " ".join(words).split(", "))]
            what = planned(chosen, LOADS, {"core": "Core"}, prescribed=word == "alone")
        elif word == "since":
            since = MONDAY + timedelta(int(words[0]))
        elif words and words[0] == "?":
            today = Today(day=MONDAY + timedelta(int(word)))
            found = due(what, since, sore, sorted(done, key=lambda each: each.day), today, TRAINING)
            shown += [f"    {line}" for line in words_of(found)]
        elif words and word != "##":
            said = {name: int(value) for name, value in (each.split("=") for each in words[1:])}
            finished, minutes = said.pop("finished", 1), said.pop("minutes", 10)
            sets, of, hurt = said.pop("sets", 0), said.pop("of", 0), said.pop("hurt", 0)
            made = done_on(int(word), words[0], **said)
            ended = sets_of(CAT, ending=Ending.HURT, share=0) if hurt else ()
            made = replace(made, sets=(*(sets_of(replace(CAT, reps=(1,) * sets)) if sets else ()), *ended))
            done.append(replace(made, finished=bool(finished), seconds=minutes * 60.0, sets_planned=of))
    return "".join(f"{line}\n" for line in shown)


def activity(text):
    """``core 2 apart=2``, ``walk on=tue-thu`` or ``walk 3 or=aerobics``."""
    routine, *words = text.split()
    said = dict(each.split("=") for each in words if "=" in each)
    days = [int(each) for each in words if "=" not in each]
    on = tuple(Weekday[each.upper()] for each in said["on"].split("-")) if "on" in said else ()
    return Activity(
        routine=routine,
        days=days[0] if days else len(on),
        apart=int(said.get("apart", 1)),
        on=on,
        others=tuple(said["or"].split("-")) if "or" in said else (),
        times=int(said.get("times", 1)),
    )


def words_of(found):
    yield from words.agenda(found, Names(), SAY)
    for each in found.standings:
        later = "-" if each.next is None else (each.next - MONDAY).days
        yield f"({each.activity.routine}: done on {each.done}, next on day {later})"


def test_what_is_due():
    """As in ``cases/weeks.txt``; after a wanted change run with VOICECOACH_GOLDEN=write and read that."""
    assert_cases(CASES, told)


@pytest.mark.parametrize(
    ("activities", "days"),
    [
        ("core 1", "mon"),
        ("core 2", "mon-thu"),
        ("core 2 apart=2", "mon-thu"),
        ("core 3", "mon-wed-fri"),
        ("core 3 apart=2", "mon-wed-fri"),
        ("core 4", "mon-tue-thu-sat"),
        ("core 5", "mon-tue-wed-thu-sat"),
        ("core 7", "mon-tue-wed-thu-fri-sat-sun"),
        ("core 3, walk 3", "mon-wed-fri, mon-thu-sat"),
        ("core 3, walk 3, ball 2", "mon-wed-fri, mon-wed-fri, tue-sat"),
        ("core on=tue-thu-sat, walk 3", "tue-thu-sat, mon-wed-sat"),
        ("core 5, walk 3, stretch 2", "mon-tue-wed-thu-sat, mon-wed-sat, tue-thu"),
        ("core 3, ball 2 apart=2, walk 5", "mon-wed-fri, tue-sat, mon-tue-wed-fri-sat"),
        ("core 2 apart=2, walk 5", "mon-thu, mon-tue-wed-thu-sat"),
        ("core 2, stretch 7", "mon-thu, mon-tue-wed-thu-fri-sat-sun"),
        ("core 7, ball 2", "mon-tue-wed-thu-fri-sat-sun, mon-thu"),
        ("core 3, walk 3 or=aerobics", "mon-wed-fri, mon-thu-sat"),
        ("core 3, walk 3 or=strong", "mon-wed-fri, tue-thu-sat"),
    ],
)
def test_days_are_spread_over_the_week(activities, days):
    found = phase(*map(activity, activities.split(", ")))
    assert ", ".join("-".join(day.name.lower() for day in each.on) for each in found) == days


def test_days_that_lie_further_apart_in_words():
    assert words.week(core(2, apart=3), (MON, THU), str, SAY) == "2 days a week, 3 days apart: Mon, Thu"


def test_the_shipped_programme_has_every_phase_and_never_stretches_only():
    library = Library((shipped("routines"),))
    back = library.programme("back")
    assert [each.name for each in back.phases] == list(PhaseName)
    assert [each.gate is None for each in back.phases] == [False, False, False, True]
    for each in back.phases:
        first = library.load(each.activities[0].routine)
        assert each.name.number in first.phases
        assert first.id != "daily-stretch"
        named = [library.load(name) for other in each.activities for name in other.routines]
        assert all(each.name.number in routine.phases for routine in named)
        loads = {routine.id: load_of(routine) for routine in named}
        for other in each.activities:
            same = {loads[name] for name in other.routines}
            assert len(same) == 1, f"what takes the place of {other.routine} asks for more or less than it"
        assert Load.WALK in loads.values()
        days = goal_days(planned(each.activities, loads))
        assert days == (7 if each.name is PhaseName.CALM else 5), "and two stay free"
    assert 1 in library.load(back.sore).phases
    assert load_of(library.load("daily-stretch")) is Load.EASY


@st.composite
def activities(draw):
    apart = draw(st.integers(1, 7))
    days = draw(st.integers(1, 7 // apart))
    routine = draw(st.sampled_from(["core", "walk", "strong-back", "stretch"]))
    return Activity(routine=routine, days=days, apart=apart)


phases = st.lists(activities(), min_size=1, max_size=4, unique_by=lambda each: each.routine).map(
    lambda found: phase(*found)
)


@given(phases, st.integers(0, 20), st.lists(st.booleans(), min_size=42, max_size=42), st.data())
def test_whoever_does_what_is_due_never_does_more_than_the_goal(what, since, comes, data):
    """Six weeks of somebody who does all that is due on the days on which they come, and sometimes more."""
    began = MONDAY + timedelta(since)
    sessions, done = [], {}
    for day in (MONDAY + timedelta(number) for number in range(42)):
        found = due(what, began, SORE, sessions, Today(day=day))
        assert found == due(what, began, SORE, tuple(sessions), Today(day=day))
        for each in found.standings:
            assert each.next is None or day <= each.next <= max(day, began) + timedelta(14)
            assert each.done <= each.activity.days
        loads = [each.load for each in found.now]
        assert len(loads) <= 2
        assert loads.count(Load.TRAINING) <= 1, "one training routine a day"
        assert loads.count(Load.WALK) <= 1
        for each in found.now:
            days = done.setdefault(each.activity.routine, [])
            assert day >= began
            assert all((day - other).days >= each.activity.apart for other in days)
            if comes[(day - MONDAY).days]:
                days.append(day)
                sessions.append(done_on(day, each.activity.routine))
    for each in what:
        weeks = [day.isocalendar()[:2] for day in done.get(each.activity.routine, ())]
        assert all(weeks.count(week) <= each.activity.days for week in weeks)


def fit_together(what):
    """Whether every planned day has room for all that is planned on it."""
    days = [[each.load for each in what if day in each.on] for day in Weekday]
    return all(len(loads) <= 2 and len(set(loads)) == len(loads) for loads in days)


@given(phases)
def test_whoever_misses_nothing_reaches_every_goal(what):
    sessions = []
    for day in (MONDAY + timedelta(number) for number in range(28)):
        found = due(what, MONDAY, SORE, sessions, Today(day=day))
        sessions += [done_on(day, each.activity.routine) for each in found.now]
        if day.weekday() == SUN:
            evening = due(what, MONDAY, SORE, sessions, Today(day=day))
            assert evening.goal.done == evening.goal.of <= goal_days(what)
            assert evening.now == ()
            if fit_together(what) and day > MONDAY + timedelta(7):  # the first begins at once
                assert evening.goal.of == goal_days(what)
                assert all(each.done == each.activity.days for each in evening.standings)


ROUTINES = ("core", "walk", "strong-back", "stretch", "swimming")


@given(phases, st.lists(st.tuples(st.integers(0, 6), st.sampled_from(ROUTINES), st.booleans()), max_size=25))
def test_a_goal_is_never_reached_while_a_routine_lacks_its_days(what, did):
    sessions = [replace(done_on(day, name), finished=whole) for day, name, whole in sorted(did)]
    found = due(what, LONG_AGO, SORE, sessions, Today(day=MONDAY + timedelta(6)))
    wholes = {name: {day for day, other, whole in did if (other, whole) == (name, True)} for name in ROUTINES}
    lacks = [each for each in what if len(wholes[each.activity.routine]) < each.activity.days]
    assert found.goal.reached is (not lacks and found.goal.of <= len(set().union(*wholes.values())))
    said = " ".join(words.agenda(found, Names(), SAY))
    assert ("days are done" in said or "day is done" in said) <= (not lacks)


def test_without_a_plan_training_comes_again_after_a_day_of_rest():
    def after(load, *past, **said):
        sessions = [*past, done_on(1, "core", **said)]
        today = sessions[-1].day
        found = again(load, sessions, Today(day=today))
        return found and (found - today).days

    assert [after(each) for each in (Load.TRAINING, Load.WALK, Load.EASY)] == [2, 2, 1]
    assert after(Load.TRAINING, pain=3, worst=6) == 2, "the rules make it less"
    assert after(Load.EASY, pain=8) is None, "a flare"
    assert after(Load.TRAINING, leg=Leg.THIGH, after_leg=Leg.CALF) is None
    worse = done_on(0, "core", leg=Leg.THIGH, after_leg=Leg.CALF)
    assert after(Load.TRAINING, worse, leg=Leg.THIGH) is None, "a day for calming a leg stays one"


GUILT = re.compile(
    r"miss|fail|behind|late\b|only|should|must|have to|streak|lost|skip|sorry|unfortunately|again",
    re.IGNORECASE,
)


@given(phases, st.sets(st.integers(0, 40)), st.integers(0, 45), st.booleans())
def test_no_sentence_blames(what, done, day, sore):
    sessions = [done_on(each, "core") for each in sorted(done)]
    if sore and day:
        sessions.append(done_on(day - 1, "walk", pain=8))
    found = due(what, MONDAY - timedelta(7), SORE, sessions, Today(day=MONDAY + timedelta(day)))
    for line in words.agenda(found, Names(), SAY):
        assert not GUILT.search(line)
        assert line == line.strip()
        assert line.endswith(".")
