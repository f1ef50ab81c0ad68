"""An answer about one region of the body decides for no other."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from fakes.journal import MONDAY, session_on, sets_of

from voicecoach.journal.records import Arm, Before, DoseChange, Leg, Weakness
from voicecoach.language import phrases
from voicecoach.pages.decide_box import decide_box
from voicecoach.routine.files.library import Library
from voicecoach.routine.model import Do, Routine
from voicecoach.routine.region import Region, of_region
from voicecoach.training.debrief import Aftermath, debrief
from voicecoach.training.dosed_routine import prescription_for
from voicecoach.training.exercise_log import History
from voicecoach.training.leg import is_worse_lately, leg_courses
from voicecoach.training.practice import Zone
from voicecoach.training.readiness import Stage, Today, condition
from voicecoach.training.to_decide import MatterKind, to_decide
from voicecoach.training.week import _is_calm

OTHERS = [each for each in Region if each is not Region.BACK]
SQUAT = Library.default().exercise("wall_squat")


def lately(region, **last):
    """Two weeks of quiet sessions for a region, the last one with these answers, yesterday."""
    quiet = [session_on(day, sets_of(SQUAT), pain=2, region=region) for day in range(0, 12, 2)]
    return (*quiet, session_on(13, sets_of(SQUAT), pain=2, region=region, **last))


def on(day, region, **said):
    return Today(day=MONDAY + timedelta(day), region=region, before=Before(**said))


def decision(region, sessions, weak=()):
    routine = Routine(
        id="core", name="It", phases=(2,), steps=(Do(exercise=SQUAT),), path=Path("it")
    ).in_region(region)
    history = History(sessions=sessions, weakness=weak)
    return prescription_for(routine, history, on(14, region), find_variation=lambda _: None).decisions[0]


@pytest.mark.parametrize("region", OTHERS)
def test_pain_of_one_region_is_no_flare_of_another(region):
    for here, there in ((region, Region.BACK), (Region.BACK, region)):
        sessions = (*lately(here), session_on(14, pain=9, region=here))
        assert condition(sessions, on(15, here)).flare is Stage.CALM
        assert condition(sessions, on(15, there, pain=2)).flare is Stage.NONE
        assert condition(sessions, on(15, here)).usual == 2
        assert condition(sessions, on(15, there)).usual is None


@pytest.mark.parametrize("region", OTHERS)
def test_a_warning_sign_afterwards_is_red_for_its_region_alone(region):
    sessions = lately(region, after_sign=True)
    assert leg_courses(sessions)[-1].rose_in
    assert History(sessions=sessions).practices("wall_squat")[-1].zone() is Zone.RED
    assert is_worse_lately(sessions, MONDAY + timedelta(14))
    assert _is_calm(sessions, on(14, region))
    assert not _is_calm(sessions, on(14, Region.BACK))
    made = decision(region, sessions)
    assert (made.change, made.reason.values["why"].code) == (DoseChange.REGRESS, f"region.{region}.worse")
    for other in set(Region) - {region}:
        assert decision(other, sessions).change is DoseChange.START


@pytest.mark.parametrize("region", OTHERS)
def test_a_leg_changes_nothing_but_for_the_back(region):
    """Whatever a journal has: nobody is asked about a leg in a session for another region."""
    sessions = lately(region, leg=Leg.NONE, after_leg=Leg.FOOT)
    assert not any(each.rose for each in leg_courses(sessions))
    told = condition((*sessions, session_on(14, leg=Leg.FOOT)), on(15, region, leg=Leg.FOOT))
    assert (told.leg, told.leg_worse, told.suspended) == (None, False, False)
    assert condition(lately(Region.BACK, leg=Leg.CALF), on(14, Region.BACK, leg=Leg.CALF)).suspended


def test_an_arm_of_a_neck_is_what_a_leg_is_for_a_back():
    sessions = lately(Region.NECK, arm=Arm.UPPER_ARM, after_arm=Arm.HAND)
    assert leg_courses(sessions)[-1].rose_in
    assert decision(Region.NECK, sessions).reason.values["why"].code == "region.neck.arm_worse"
    calm = lately(Region.NECK, arm=Arm.ELBOW, after_arm=Arm.NONE)
    assert condition(calm, on(14, Region.NECK, arm=Arm.HAND)).leg_worse
    assert not condition(calm, on(14, Region.BACK, arm=Arm.HAND)).leg_worse
    assert leg_courses(calm)[-1].moved_up


@pytest.mark.parametrize("region", Region)
def test_a_sign_that_has_to_be_looked_at_holds_its_own_region_back(region):
    """One before the last session keeps what went well from rising; of another region it does not."""
    at = session_on(12).started
    for each in Region:
        history = History(weakness=(Weakness(at=at, present=True, region=each),))
        assert history.of(region).weak is (each is region)
        good = tuple(replace(one, after=replace(one.after, effort=3)) for one in lately(region))
        made = decision(region, good, history.weakness)
        held = made.reason.values.get("why")
        said = "reason.weak" if region is Region.BACK else f"region.{region}.said"
        assert (held is not None and held.code == said) is (each is region)


@pytest.mark.parametrize("region", OTHERS)
def test_the_last_word_names_the_sign_and_not_the_leg(region):
    session = session_on(14, sets_of(SQUAT), pain=2, worst=3, region=region, after_sign=True)
    told = debrief(Aftermath(session=session, past=lately(Region.BACK, leg=Leg.CALF), names={}))
    codes = [each.values["said"].code for each in told if "said" in each.values]
    assert codes == [f"region.{region}.rose"]
    assert "debrief.see_leg" not in [each.code for each in told]


def test_those_of_a_region_stay_in_their_order():
    sessions = (session_on(0), session_on(1, region=Region.KNEE), session_on(2))
    assert of_region(sessions, Region.BACK) == (sessions[0], sessions[2])


@pytest.mark.parametrize("region", Region)
def test_what_is_to_be_decided_of_a_region_names_its_command(region):
    """A sign before a session waits for an answer, and one after it stands with its session."""
    weak = (Weakness(at=session_on(12).started, present=True, region=region),)
    sessions = lately(region, after_sign=None if region is Region.BACK else True)
    told = to_decide(History(sessions=sessions, weakness=weak), (), MONDAY, MONDAY + timedelta(14))
    if region is Region.BACK:
        assert (told[0].about, told[0].settle) == (MatterKind.WEAK, ("log", "--weak", "no"))
        return
    signs = [each for each in told if each.about is MatterKind.SIGN]
    assert [each.settle[:3] for each in signs] == [
        ("log", "--weak", "no"),
        ("log", "--session", signs[1].settle[2]),
    ]
    assert signs[0].settle[3:] == ("--region", region)
    assert [one.session for one in signs[1].incidents] == [sessions[-1].id]
    assert not {MatterKind.WEAK, MatterKind.LEG} & {each.about for each in told}
    box = decide_box(told, MONDAY, MONDAY + timedelta(14), str, phrases.load())
    assert {row["title"] for row in box.rows} == {"There was a warning sign"}


def test_an_arm_that_got_worse_is_told_as_that_and_not_as_a_sign():
    sessions = lately(Region.NECK, arm=Arm.UPPER_ARM, after_arm=Arm.FOREARM)
    told = to_decide(History(sessions=sessions), (), MONDAY, MONDAY + timedelta(14))
    assert [each.about for each in told] == [MatterKind.ARM]
    box = decide_box(told, MONDAY, MONDAY + timedelta(14), str, phrases.load())
    assert [row["title"] for row in box.rows] == ["It went further down the arm"]
    assert box.rows[0]["command"] == f"voicecoach log --session {sessions[-1].id} --arm PART"
