"""What is praised at the end of an exercise: only what the journal knows, and never after pain."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from fakes.journal import MONDAY, session_on, sets_of
from naming import naming

from voicecoach.journal.records import Before, Leg, Weakness
from voicecoach.language import phrases
from voicecoach.routine.doses import at_dose, dose_of
from voicecoach.routine.model import Exercise, Kind, Pace, Sides
from voicecoach.routine.phase import Phase, PhaseKind
from voicecoach.session.listener import Ending
from voicecoach.training.exercise_log import History
from voicecoach.training.praise import praises
from voicecoach.training.readiness import Today

REP = (Phase(name="lift", seconds=2), Phase(name="hold", seconds=8, kind=PhaseKind.HOLD))
BRIDGE = Exercise(name="Bridge", kind=Kind.STRENGTH, rep=REP, reps=(8,), load=2.0)
DOG = replace(BRIDGE, name="Dog", sides=Sides.EACH, reps=(3, 2), load=None)
WALK = Exercise(name="Walk", kind=Kind.AEROBIC, duration=300)
ALL = {"Bridge", "Dog", "Walk"}
TODAY = MONDAY + timedelta(2)
WELL = Before(pain=1)
PLAIN = date.fromordinal(TODAY.toordinal() // 6 * 6)
"""A day on which the first exercise is praised in the plainest words."""


def earned(*exercises, past=(), day=TODAY, met=ALL, before=WELL, **known):
    """What is said, by exercise."""
    history = History(sessions=tuple(past), **known)
    said = praises(exercises, history, Today(day=day, before=before), met)
    return {key: phrases.load().tell(words) for key, words in said.items()}


def at(exercise, **dose):
    return at_dose(exercise, replace(dose_of(exercise), **dose))


def test_it_is_more_than_the_last_time():
    easy, dog = session_on(0, sets_of(BRIDGE)), session_on(0, sets_of(DOG))
    cases = (
        (BRIDGE, at(BRIDGE, reps=(9,)), "One more than on Monday."),
        (BRIDGE, at(BRIDGE, reps=(8, 4)), "Four more than on Monday."),
        (BRIDGE, at(BRIDGE, hold=10.0), "Each hold two seconds longer than on Monday."),
        (BRIDGE, at(BRIDGE, load=4.0), "Four kilos, and that is more than on Monday."),
        (WALK, at(WALK, duration=360), "One minute longer than on Monday."),
        (DOG, at(DOG, reps=(4, 3)), "Two more on each side than on Monday."),
    )
    for before, now, said in cases:
        assert earned(now, past=[session_on(0, sets_of(before))]) == {now.key: said}
    for less in (at(BRIDGE, reps=(9,), hold=6.0), at(BRIDGE, hold=8.5), at(BRIDGE, reps=(6,))):
        assert "than" not in " ".join(earned(less, past=[easy]).values())
    two = earned(at(BRIDGE, reps=(9,)), at(DOG, reps=(3, 3)), past=[replace(easy, sets=easy.sets + dog.sets)])
    assert two == {"Bridge": "One more than on Monday.", "Dog": "One more on each side than on Monday."}
    other = replace(BRIDGE, name="Other")
    both = session_on(0, sets_of(BRIDGE), sets_of(other))
    told = earned(at(BRIDGE, reps=(9,)), at(other, reps=(9,)), past=[both], met={"Bridge", "Other"})
    assert told == {"Bridge": "One more than on Monday.", "Other": "Here too: one more than on Monday."}


def test_the_last_time_has_a_name():
    names = {
        0: "earlier today",
        1: "yesterday",
        2: "on Monday",
        6: "on Thursday",
        7: "last week",
        9: "last week",
        10: "last time",
        40: "last time",
    }
    for days, name in names.items():
        past = [session_on(TODAY - timedelta(days), sets_of(BRIDGE))]
        with naming(days):
            assert earned(at(BRIDGE, reps=(9,)), past=past) == {"Bridge": f"One more than {name}."}


def test_nothing_is_compared_with_what_hurt_or_was_not_done_in_full():
    more = at(BRIDGE, reps=(10,))
    for left in (
        session_on(0, sets_of(BRIDGE, share=0.5, ending=Ending.SKIPPED)),
        session_on(0, sets_of(BRIDGE, ending=Ending.HURT)),
        replace(session_on(0, sets_of(BRIDGE)), named="Bridge"),
        session_on(0, sets_of(BRIDGE), form=False),
    ):
        assert "than" not in " ".join(earned(more, past=[left]).values())
    paced = replace(more, pace=Pace.SELF)
    assert earned(paced, past=[session_on(0, sets_of(BRIDGE))]) == {}, "nobody counted the reps"


def test_a_sore_day_has_no_praise_here():
    past = [session_on(day, sets_of(BRIDGE), pain=2) for day in range(-4, 1)]
    more = at(BRIDGE, reps=(9,))
    assert earned(more, past=past)
    for before in (
        Before(pain=6),
        Before(pain=6, flare=True),
        Before(pain=9),
    ):
        assert earned(more, past=past, before=before) == {}
    calf = [*past[:-1], replace(past[-1], before=Before(pain=2, leg=Leg.NONE))]
    assert earned(more, past=calf, before=Before(pain=2, leg=Leg.CALF)) == {}
    weak = Weakness(at=past[0].started, present=True)
    assert earned(more, past=past, weakness=(weak,)) == {}


def test_one_first_time_is_told_and_none_in_the_first_session():
    new = replace(BRIDGE, name="New"), replace(BRIDGE, name="Newer")
    assert earned(BRIDGE, *new)["New"] == "That was your first time with this one."
    assert "first" not in earned(BRIDGE, *new).get("Newer", "")
    assert "first" not in " ".join(earned(BRIDGE, *new, met=()).values())


def test_all_of_it_was_done_is_told_of_every_second_exercise_and_of_others_the_next_day():
    mat = [replace(BRIDGE, name=name) for name in "ABCDEF"]
    said = [earned(*mat, day=TODAY + timedelta(day), met="ABCDEF") for day in range(6)]
    for one, next_day in pairwise(said):
        assert not one.keys() & next_day.keys()
        assert one.keys() | next_day.keys() == set("ABCDEF")
        assert set(one.values()) == {"All eight.", "All eight done.", "You did all eight."}
    assert len({tuple(each.items()) for each in said}) == len(said)


def test_what_was_counted_is_what_is_named():
    cases = {
        "All eight.": BRIDGE,
        "Both sets.": replace(BRIDGE, reps=(8, 8)),
        "All three sets.": replace(BRIDGE, reps=(8, 6, 4)),
        "All three, left and right.": replace(DOG, reps=(3,)),
        "Both sets, left and right.": DOG,
    }
    for said, exercise in cases.items():
        assert earned(exercise, day=PLAIN) == {exercise.key: said}
    for nothing in (
        WALK,
        replace(BRIDGE, reps=(1,)),
        replace(BRIDGE, reps=(2,)),
        replace(BRIDGE, pace=Pace.SELF),
        replace(BRIDGE, kind=Kind.BREATHING),
    ):
        assert earned(nothing, day=PLAIN) == {}


def test_an_exercise_that_comes_at_two_doses_is_not_counted():
    assert earned(BRIDGE, replace(BRIDGE, reps=(4,)), day=PLAIN) == {}
    assert earned(BRIDGE, BRIDGE, day=PLAIN) == {"Bridge": "All eight."}


def test_the_sets_of_an_exercise_that_comes_several_times_are_counted_together():
    assert earned(DOG, DOG, day=PLAIN) == {"Dog": "All four sets, left and right."}
