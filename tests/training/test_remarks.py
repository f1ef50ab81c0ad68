"""What is said once about a phase: reviews, and the offer of an earlier phase."""

from datetime import UTC, datetime, timedelta

import pytest
from fakes.journal import MONDAY, session_on
from naming import for_each

from voicecoach.journal.records import Remark, RemarkTopic
from voicecoach.language import phrases
from voicecoach.paths import shipped
from voicecoach.routine.files.library import Library
from voicecoach.routine.programme import OwnPlan, PhaseName
from voicecoach.training.remarks import begin_again, review
from voicecoach.training.stats import pain_by_day

BACK = Library((shipped("routines"),)).programme("back")
TWO, SIX, TWELVE, LATER = (each for each in RemarkTopic if each is not RemarkTopic.AGAIN)


def looked_at(weeks, pain, *, every=2, since=MONDAY):
    """The review of somebody with ``pain(week)`` on every second day, after so many weeks."""
    days = range(0, 7 * weeks + 1, every)
    pains = pain_by_day(session_on(day, pain=pain(day // 7)) for day in days)
    return review(since, pains, MONDAY + timedelta(weeks=weeks))


REVIEWS = {
    "constant, before two weeks": (1, lambda _: 5, None),
    "constant, two weeks": (2, lambda _: 5, TWO),
    "constant, three weeks": (3, lambda _: 5, TWO),
    "constant, four weeks": (4, lambda _: 5, None),
    "constant, six weeks": (6, lambda _: 5, SIX),
    "constant, eleven weeks": (11, lambda _: 5, SIX),
    "constant, twelve weeks": (12, lambda _: 5, TWELVE),
    "constant, seventeen weeks": (17, lambda _: 5, TWELVE),
    "constant, eighteen weeks": (18, lambda _: 5, LATER),
    "constant, a year": (52, lambda _: 3, LATER),
    "nothing": (12, lambda _: 0, None),
    "one": (12, lambda _: 1, None),
    "two": (12, lambda _: 2, TWELVE),
    "worse": (6, lambda week: 3 + week // 3, SIX),
    "a fifth better": (6, lambda week: 5 - week // 6, SIX),
    "two fifths better": (6, lambda week: 5 - min(2, week // 2), None),
}


@for_each(REVIEWS)
def test_pain_that_has_not_changed_is_looked_at(name):
    weeks, pain, about = REVIEWS[name]
    found = looked_at(weeks, pain)
    assert (found and found.about) is about
    assert found is None or found.since == MONDAY


def test_a_pace_is_mentioned_from_six_weeks_on_where_pain_is_always_there():
    pains = pain_by_day(session_on(day, pain=4) for day in range(43))
    day = MONDAY + timedelta(42)
    assert review(MONDAY, pains, day).shown.code == "pace.offer"
    assert review(MONDAY, pains, day, paced=True).shown is None
    assert review(MONDAY, {**pains, day: 0}, day).shown is None
    assert looked_at(2, lambda _: 4).shown is None


def test_who_said_little_or_not_lately_gets_no_review():
    assert looked_at(6, lambda _: 5, every=20) is None
    assert looked_at(6, lambda _: 5, every=7) is not None
    long_ago = pain_by_day(session_on(day, pain=5) for day in range(14))
    assert review(MONDAY, long_ago, MONDAY + timedelta(weeks=6)) is None
    assert review(MONDAY, {}, MONDAY + timedelta(weeks=6)) is None


def test_the_six_weeks_are_those_of_the_phase():
    assert looked_at(6, lambda _: 5, since=MONDAY + timedelta(weeks=4)).about is TWO


def remark(about, day, since=MONDAY):
    at = datetime.combine(MONDAY + timedelta(day), datetime.min.time(), UTC)
    return Remark(at=at, about=about, since=since)


def test_each_review_is_said_once_in_a_phase():
    found = looked_at(6, lambda _: 5)
    assert found.day_said([]) is None
    assert found.day_said([remark(TWO, 14)]) is None
    assert found.day_said([remark(TWO, 14), remark(SIX, 43)]) == MONDAY + timedelta(43)
    assert found.day_said([remark(TWELVE, 90)]) is not None
    assert found.day_said([remark(SIX, 43, MONDAY - timedelta(90)), remark(RemarkTopic.AGAIN, 44)]) is None


@pytest.mark.parametrize(("weeks", "due"), [(18, 18), (23, 18), (24, 24), (54, 54), (59, 54)])
def test_from_twelve_weeks_on_it_is_said_every_six(weeks, due):
    found = looked_at(weeks, lambda _: 5)
    assert found.day_said([remark(LATER, 7 * due - 1)]) is None
    assert found.day_said([remark(TWELVE, 90), remark(LATER, 7 * due)]) == MONDAY + timedelta(7 * due)


def offered(phase, days, day, **own):
    plan = OwnPlan(id="a" * 8, programme="back", phase=PhaseName(phase), since=MONDAY, **own)
    return begin_again(BACK, plan, {MONDAY + timedelta(each) for each in days}, MONDAY + timedelta(day))


@pytest.mark.parametrize("phase", ["build", "maintain"])
def test_a_long_break_brings_the_offer_of_restore(phase):
    assert offered(phase, [0, 2], 30) is None, "27 days"
    for days in ([0, 2], [0, 2, 31]):
        found = offered(phase, days, 31)
        assert found.since == MONDAY + timedelta(2)
        assert phrases.load().tell(found.shown) == (
            f"To begin again: voicecoach plan phase restore. To stay: voicecoach plan phase {phase}."
        )
    assert offered(phase, [0, 2, 31], 32) is None, "who is back goes on"
    assert offered(phase, [0, 2], 31, stay_until=MONDAY + timedelta(40)) is None
    assert offered(phase, [-3], 40) is None, "the phase was chosen after the break"
    assert offered(phase, [], 40) is None


def test_calm_is_for_sore_backs_and_restore_asks_for_little():
    assert offered("restore", [0], 60) is None
    assert offered("calm", [0], 60) is None


@pytest.mark.parametrize("weeks", [2, 6, 12, 20])
def test_a_review_names_no_phase_as_a_plan_of_routines_alone_has_none(weeks):
    told = phrases.load().tell(looked_at(weeks, lambda _: 5).said)
    assert told.startswith("Your pain is ")
    assert "phase" not in told
