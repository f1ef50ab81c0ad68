"""Each rule on a history of a few sessions, with the sentence that the person gets."""

import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from fakes.journal import MONDAY, done_by, session_on, sets_of

from voicecoach.journal.records import Before, Choice, Decision, DoseChange, Felt, Leg, Wish
from voicecoach.routine.doses import Dose, at_dose, dose_of
from voicecoach.routine.files.library import Library
from voicecoach.session.listener import Ending
from voicecoach.training.exercise_log import History, Zone, practices_of
from voicecoach.training.prescribe import next_dose
from voicecoach.training.readiness import Stage, Today, condition
from voicecoach.training.standing import Around

LIBRARY = Library.default()
ALONE = Around()
CURL_UP = LIBRARY.exercise("mcgill_curl_up")
BRIDGE = LIBRARY.exercise("glute_bridge")
PLANK = LIBRARY.exercise("plank_front")
WALK = LIBRARY.exercise("brisk_walk")
STRAP = LIBRARY.exercise("hamstring_strap")


def find_variation(key):
    return LIBRARY.exercise(key)


def decide(exercise, *sessions, day=None, around=ALONE, choices=(), **before):
    """The decision two days after the last session, or on a ``day``."""
    last = max((each.day for each in sessions), default=MONDAY)
    when = last + timedelta(2) if day is None else MONDAY + timedelta(day)
    history = History(sessions=sessions, choices=choices)
    today = Today(day=when, before=Before(**before))
    return next_dose(exercise, history, today, find_variation=find_variation, around=around)


def good(day, exercise, **said):
    return session_on(day, sets_of(exercise), **said)


def test_it_begins_as_written():
    decision = decide(CURL_UP)
    assert decision.change is DoseChange.START
    assert decision.dose == dose_of(CURL_UP)
    assert decision.reason == "New: it begins at 3-2-1 x 5s."


def test_one_good_session_is_not_enough():
    decision = decide(BRIDGE, good(0, BRIDGE))
    assert decision.change is DoseChange.HOLD
    assert decision.reason == "It went well; once more like this: it stays at 8 x 2s."


def test_two_green_sessions_raise_the_reps():
    decision = decide(BRIDGE, good(0, BRIDGE, effort=5), good(2, BRIDGE, effort=6))
    assert decision.change is DoseChange.ADVANCE
    assert decision.dose.reps == (9,)
    assert decision.reason == "Two green sessions at effort 5 and 6: reps go from 8 to 9."
    assert decision.based_on[0] == "2026-03-04: 8 x 2s, green, effort 6, worst pain 1"


def test_too_light_raises_them_by_two():
    assert decide(BRIDGE, good(0, BRIDGE, effort=4), good(2, BRIDGE, effort=3)).dose.reps == (10,)


def test_after_a_rise_two_more_sessions_are_needed():
    higher = replace(BRIDGE, reps=(9,))
    assert decide(BRIDGE, *(good(day, BRIDGE) for day in (0, 2)), good(4, higher)).change is DoseChange.HOLD
    assert decide(BRIDGE, good(2, BRIDGE), *(good(day, higher) for day in (4, 6))).dose.reps == (10,)


@pytest.mark.parametrize(
    ("exercise", "at", "then", "words"),
    [
        (
            CURL_UP,
            Dose(reps=(8, 6, 4), hold=8),
            Dose(reps=(8, 6, 4), hold=10),
            "hold goes from 8 to 10 seconds",
        ),
        (BRIDGE, Dose(reps=(15,), hold=2), Dose(reps=(8, 8), hold=2), "a set is added, 2 x 8 now"),
        (STRAP, Dose(reps=(2,), hold=20), Dose(reps=(2,), hold=25), "hold goes from 20 to 25 seconds"),
        (WALK, Dose(reps=(1,), duration=600), Dose(reps=(1,), duration=660), "it goes from 10m to 11m"),
    ],
)
def test_the_ladder(exercise, at, then, words):
    here = at_dose(exercise, at)
    decision = decide(exercise, good(0, here), good(2, here))
    assert (decision.dose.reps, decision.dose.hold, decision.dose.duration) == (
        then.reps,
        then.hold,
        then.duration,
    )
    assert decision.reason == f"Two green sessions at effort 5: {words}."


def test_at_the_goal_the_harder_form_comes():
    top = at_dose(PLANK, Dose(reps=(6,), hold=10))
    decision = decide(PLANK, good(0, top), good(2, top))
    assert (decision.change, decision.exercise) == (DoseChange.HARDER, "plank_front_toes")
    assert decision.dose == dose_of(LIBRARY.exercise("plank_front_toes"))


def test_a_load_grows_with_the_reps_at_the_bottom_again():
    weighted = LIBRARY.exercise("good_morning_weighted")
    top = Dose(reps=(10, 10, 10), lowering=5.0, load=10.0)
    here = at_dose(weighted, top)
    days = [
        session_on(day, [replace(each, load=10.0, lowering=5.0) for each in sets_of(here)]) for day in (0, 2)
    ]
    decision = decide(weighted, *days)
    assert decision.dose == Dose(reps=(8, 8, 8), lowering=5.0, load=10.5)
    assert "the load goes from 10 to 10.5 kg" in decision.reason


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"worst": 4}, "The last time was amber"),
        ({"effort": 7}, "Effort 7 is enough"),
        ({"effort": None}, "How hard it was was not said"),
        ({"worst": None}, "How much it hurt was not said"),
        ({"form": False}, "The target was not reached"),
        ({"pain": 1, "morning": 3}, "The last time was amber"),
    ],
)
def test_what_makes_it_stay(said, why):
    decision = decide(BRIDGE, good(0, BRIDGE), good(2, BRIDGE, **said))
    assert decision.change is DoseChange.HOLD
    assert decision.dose == dose_of(BRIDGE)
    assert decision.reason == f"{why}: it stays at 8 x 2s."


def test_a_target_that_was_missed_makes_it_stay():
    missed = session_on(2, sets_of(BRIDGE, share=0.5))
    assert decide(BRIDGE, good(0, BRIDGE), missed).reason.startswith("The target was not reached")


def test_a_set_that_an_explanation_cut_up_is_one_set():
    whole = sets_of(BRIDGE)[0]
    pieces = (replace(whole, reps=3, ending=Ending.SKIPPED), replace(whole, reps=5, reps_planned=5))
    assert decide(BRIDGE, good(0, BRIDGE), session_on(2, pieces)).change is DoseChange.ADVANCE


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"worst": 5, "pain": 1, "morning": 4}, "It was still sore the next morning"),
        ({"effort": 9}, "It took effort 9"),
    ],
)
def test_too_much_is_a_step_back(said, why):
    higher = replace(BRIDGE, reps=(10,))
    decision = decide(BRIDGE, good(0, higher), good(2, higher, **said))
    assert decision.change is DoseChange.REGRESS
    assert decision.reason == f"{why}: reps go from 10 to 9."


def test_three_misses_are_a_step_back_and_no_fourth():
    higher = replace(BRIDGE, reps=(10,))
    missed = [session_on(day, sets_of(higher, share=0.5)) for day in (0, 2, 4)]
    assert decide(BRIDGE, *missed[:2]).change is DoseChange.HOLD
    decision = decide(BRIDGE, *missed)
    assert decision.dose.reps == (9,)
    lower = session_on(6, done_by(BRIDGE, decision, share=0.5), decisions=[decision])
    assert decide(BRIDGE, *missed, lower).change is DoseChange.HOLD


def test_red_brings_the_easier_form_at_once():
    hurt = session_on(0, sets_of(PLANK, ending=Ending.HURT))
    decision = decide(PLANK, hurt)
    assert (decision.change, decision.exercise) == (DoseChange.EASIER, "plank_wall")
    assert decision.reason == "It hurt the last time: Plank at the wall instead."


def test_red_without_an_easier_exercise_is_less_and_done_otherwise():
    higher = replace(BRIDGE, reps=(10,))
    decision = decide(BRIDGE, session_on(0, sets_of(higher, ending=Ending.HURT)))
    assert (decision.change, decision.dose.reps) == (DoseChange.REGRESS, (9,))
    assert decision.advice == "Lift only halfway."


def test_two_good_sessions_bring_the_whole_exercise_back_one_step_lower():
    hurt = session_on(0, sets_of(replace(PLANK, reps=(5,)), ending=Ending.HURT))
    history = [hurt]
    wall = LIBRARY.exercise("plank_wall")
    for day in (2, 4):
        decision = decide(PLANK, *history, day=day)
        assert decision.exercise == "plank_wall"
        history.append(session_on(day, done_by(wall, decision), decisions=[decision]))
    decision = decide(PLANK, *history)
    assert (decision.change, decision.exercise, decision.dose.reps) == (
        DoseChange.RETURN,
        "plank_front",
        (4,),
    )


def test_advice_goes_before_anything_rises():
    history = [session_on(0, sets_of(BRIDGE, ending=Ending.HURT))]
    for day in (2, 4):
        decision = decide(BRIDGE, *history, day=day)
        assert decision.advice == "Lift only halfway."
        history.append(session_on(day, done_by(BRIDGE, decision), decisions=[decision]))
    decision = decide(BRIDGE, *history)
    assert (decision.change, decision.advice, decision.dose) == (
        DoseChange.RETURN,
        "",
        history[-1].decisions[0].dose,
    )


def test_pain_further_down_the_leg_is_red_at_any_number():
    session = good(0, PLANK, leg=Leg.BACK, after_leg=Leg.THIGH, worst=1)
    decision = decide(PLANK, session)
    assert decision.change is DoseChange.EASIER
    assert decision.reason.startswith("The pain went further down the leg")


def test_pain_that_moves_up_the_leg_is_good():
    sessions = [good(day, BRIDGE, leg=Leg.CALF, after_leg=Leg.BACK) for day in (0, 2)]
    assert decide(BRIDGE, *sessions).change is DoseChange.ADVANCE


def test_the_others_are_amber_when_it_is_known_what_hurt():
    session = session_on(0, sets_of(BRIDGE, ending=Ending.HURT), sets_of(CURL_UP), worst=7)
    zones = {each.written: each.zone() for each in practices_of(session)}
    assert zones == {"glute_bridge": Zone.RED, "mcgill_curl_up": Zone.AMBER}


def test_everything_is_red_when_it_is_not_known_what_hurt():
    session = session_on(0, sets_of(BRIDGE), sets_of(CURL_UP), worst=7)
    assert {each.zone() for each in practices_of(session)} == {Zone.RED}


def test_an_exercise_has_its_own_answers():
    session = session_on(0, sets_of(BRIDGE, felt=Felt(worst_pain=2, effort=4)), worst=5, effort=9)
    (practice,) = practices_of(session)
    assert (practice.zone(), practice.effort) == (Zone.GREEN, 4)


def test_two_reds_within_a_week_leave_it_out_for_good():
    hurt = [session_on(day, sets_of(BRIDGE, ending=Ending.HURT)) for day in (0, 7)]
    decision = decide(BRIDGE, *hurt)
    assert (decision.change, decision.dose) == (DoseChange.REMOVE, None)
    assert "Ask a doctor or a physiotherapist" in decision.reason
    later = session_on(100, sets_of(CURL_UP), decisions=[decision])
    assert decide(BRIDGE, later).change is DoseChange.REMOVE  # when the reds are long forgotten, too


def test_two_reds_in_more_than_a_week_do_not():
    hurt = [session_on(day, sets_of(BRIDGE, ending=Ending.HURT)) for day in (0, 8)]
    assert decide(BRIDGE, *hurt).change is not DoseChange.REMOVE


def test_it_comes_back_when_a_professional_was_asked():
    hurt = [session_on(day, sets_of(PLANK, ending=Ending.HURT)) for day in (0, 2)]
    asked = Choice(at=hurt[-1].started + timedelta(days=20), written=PLANK.key, wish=Wish.CLEARED)
    decision = decide(PLANK, *hurt, day=30, choices=[asked])
    assert (decision.change, decision.exercise) == (DoseChange.EASIER, "plank_wall")


@pytest.mark.parametrize(
    ("days", "reps", "words"),
    [
        (7, (13,), "It went well; once more"),  # six days without: weekly training is no lay-off
        (8, (12,), "Good to have you back: reps go from 13 to 12"),
        (14, (12,), "Good to have you back: reps go from 13 to 12"),
        (15, (11,), "Good to have you back: reps go from 13 to 11"),
        (28, (11,), "Good to have you back: reps go from 13 to 11"),
        (29, (8,), "Good to have you back: it begins again at 8 x 2s"),
    ],
)
def test_a_lay_off(days, reps, words):
    decision = decide(BRIDGE, good(0, replace(BRIDGE, reps=(13,))), day=days)
    assert decision.dose.reps == reps
    assert decision.reason.startswith(words)


def test_a_lay_off_leads_no_lower_than_the_beginning():
    assert decide(BRIDGE, good(0, BRIDGE), day=20).dose == dose_of(BRIDGE)


def test_a_gap_never_raises():
    assert decide(BRIDGE, good(0, BRIDGE), good(2, BRIDGE), day=12).change is DoseChange.LAY_OFF
    assert decide(BRIDGE, good(0, BRIDGE), good(10, BRIDGE)).change is DoseChange.HOLD


@pytest.mark.parametrize(
    ("pain", "stage"),
    [(6, Stage.CALM), (4, Stage.CALM), (3, Stage.NONE)],
    ids=["six", "above usual", "usual"],
)
def test_a_flare(pain, stage):
    sessions = [good(day, BRIDGE, pain=2) for day in (0, 2, 4)]
    today = Today(day=MONDAY + timedelta(6), before=Before(pain=pain))
    assert condition(sessions, today).flare is stage


def test_after_a_flare_come_three_calm_days_and_a_week_at_half():
    sessions = (good(0, replace(BRIDGE, reps=(12, 12)), pain=7),)
    stages = [condition(sessions, Today(day=MONDAY + timedelta(day))).flare for day in range(11)]
    assert stages == [Stage.CALM] * 3 + [Stage.RETURN] * 7 + [Stage.NONE]
    half = decide(BRIDGE, *sessions, day=4)
    assert (half.change, half.dose.reps, half.level.reps) == (DoseChange.FLARE, (12,), (12, 12))
    back = session_on(4, done_by(BRIDGE, half), decisions=[half])
    assert decide(BRIDGE, *sessions, back, day=10).dose.reps == (12, 12)


def test_calm_routines_are_done_in_full_in_a_flare():
    tilt = LIBRARY.exercise("pelvic_tilt")
    around = Around(grows=False, calm=True)
    assert decide(tilt, good(0, tilt, pain=7), day=1, around=around).dose == dose_of(tilt)


def test_every_eleventh_week_is_easy():
    sessions = [good(day, replace(BRIDGE, reps=(10,)), effort=7) for day in range(0, 70, 2)]
    assert decide(BRIDGE, *sessions[:-1], day=69).change is DoseChange.HOLD
    easy = decide(BRIDGE, *sessions, day=70)
    assert (easy.change, easy.dose.reps, easy.level.reps) == (DoseChange.DELOAD, (8,), (10,))
    eased = session_on(70, done_by(BRIDGE, easy), decisions=[easy])
    assert decide(BRIDGE, *sessions, eased, day=76).change is DoseChange.DELOAD
    assert decide(BRIDGE, *sessions, eased, day=77).dose.reps == (10,)


def test_stretches_have_no_easy_week():
    sessions = [good(day, STRAP, effort=7) for day in range(0, 70, 2)]
    assert decide(STRAP, *sessions, day=70).change is DoseChange.HOLD


def test_a_routine_that_does_not_grow_is_never_above_what_is_written():
    more = good(0, replace(BRIDGE, reps=(15,)))
    decision = decide(BRIDGE, more, good(2, replace(BRIDGE, reps=(15,))), around=Around(grows=False))
    assert (decision.dose.reps, decision.level.reps) == ((8,), (15,))
    assert decision.reason == "This routine stays as it is: it stays at 8 x 2s."


def test_what_the_person_chooses_counts_from_then_on():
    wish = Choice(
        at=good(0, BRIDGE).started, written=BRIDGE.key, wish=Wish.DOSE, dose=Dose(reps=(6,), hold=2.0)
    )
    chosen = decide(BRIDGE, choices=[wish])
    assert (chosen.change, chosen.dose.reps, chosen.reason) == (DoseChange.CHOSEN, (6,), "You chose 6 x 2s.")
    done = session_on(1, done_by(BRIDGE, chosen), decisions=[chosen])
    assert decide(BRIDGE, done, choices=[wish]).level.reps == (6,)


def test_the_person_can_say_no():
    sessions = good(0, BRIDGE), good(2, BRIDGE)
    no = Choice(at=sessions[-1].started + timedelta(hours=1), written=BRIDGE.key, wish=Wish.KEEP)
    decision = decide(BRIDGE, *sessions, choices=[no])
    assert decision.reason == "You asked for no change: it stays at 8 x 2s."


def wish(after, what, dose=None, hours=1):
    return Choice(at=after.started + timedelta(hours=hours), written=BRIDGE.key, wish=what, dose=dose)


def test_the_last_wish_counts():
    sessions = good(0, BRIDGE), good(2, BRIDGE)
    more = wish(sessions[-1], Wish.DOSE, Dose(reps=(12,), hold=2.0))
    no = wish(sessions[-1], Wish.KEEP, hours=2)
    assert decide(BRIDGE, *sessions, choices=[more, no]).dose == dose_of(BRIDGE)
    assert decide(BRIDGE, *sessions, choices=[no, replace(more, at=no.at + timedelta(1))]).dose == more.dose


def test_no_change_after_an_easy_week_leaves_the_dose_of_that_week():
    sessions = [good(day, replace(BRIDGE, reps=(10,)), effort=7) for day in range(0, 70, 2)]
    easy = decide(BRIDGE, *sessions, day=70)
    sessions.append(session_on(70, done_by(BRIDGE, easy), decisions=[easy]))
    no = wish(sessions[-1], Wish.KEEP)
    kept = decide(BRIDGE, *sessions, day=77, choices=[no])
    assert (kept.change, kept.dose.reps, kept.level.reps) == (DoseChange.HOLD, (8,), (10,))
    back = decide(BRIDGE, *sessions, day=77)
    assert (back.change, back.reason) == (DoseChange.BACK, "The easy week is over: 10 x 2s again.")


def test_a_dose_that_comes_back_after_a_flare_is_told():
    flare = good(0, replace(BRIDGE, reps=(12, 12)), pain=7)
    half = decide(BRIDGE, flare, day=4)
    back = session_on(4, done_by(BRIDGE, half), decisions=[half])
    decision = decide(BRIDGE, flare, back, day=10)
    assert (decision.change, decision.reason) == (DoseChange.BACK, "The flare is over: 2 x 12 x 2s again.")


def test_it_is_told_in_a_routine_that_does_not_grow_too():
    maintain = Around(grows=False)
    flare = good(0, replace(BRIDGE, reps=(12, 12)), pain=7)
    half = decide(BRIDGE, flare, day=4, around=maintain)
    back = session_on(4, done_by(BRIDGE, half), decisions=[half])
    decision = decide(BRIDGE, flare, back, day=10, around=maintain)
    assert (half.dose.reps, decision.dose.reps) == ((4,), (8,))
    assert (decision.change, decision.reason) == (DoseChange.BACK, "The flare is over: 8 x 2s again.")


def test_a_chosen_dose_is_lower_in_a_flare_that_came_later():
    done = good(0, BRIDGE, pain=1)
    chosen = wish(done, Wish.DOSE, Dose(reps=(12, 12), hold=2.0))
    decision = decide(BRIDGE, done, day=2, choices=[chosen], pain=7)
    assert (decision.change, decision.dose.reps, decision.level) == (DoseChange.CHOSEN, (12,), chosen.dose)
    assert decision.reason == "You chose 2 x 12 x 2s. After a flare less is enough: 12 x 2s."
    knowing = replace(chosen, at=chosen.at + timedelta(days=2))
    after = replace(good(0, BRIDGE, pain=7), id=1)
    assert decide(BRIDGE, after, day=4, choices=[knowing]).dose == chosen.dose


def test_a_chosen_dose_that_was_not_begun_for_long_begins_lower():
    done = good(0, BRIDGE)
    chosen = wish(done, Wish.DOSE, Dose(reps=(6,), hold=2.0))
    decision = decide(BRIDGE, done, day=20, choices=[chosen])
    assert (decision.change, decision.dose.reps) == (DoseChange.LAY_OFF, (6,))
    assert decide(BRIDGE, done, day=20, choices=[replace(chosen, dose=Dose(reps=(15,), hold=2.0))]).dose == (
        dose_of(BRIDGE)
    )


def test_a_chosen_dose_stays_in_a_routine_that_does_not_grow():
    calm = Around(grows=False)
    chosen = wish(good(0, BRIDGE), Wish.DOSE, Dose(reps=(12,), hold=2.0))
    sessions = [good(0, BRIDGE)]
    for day, change in ((2, DoseChange.CHOSEN), (4, DoseChange.HOLD), (6, DoseChange.HOLD)):
        decision = decide(BRIDGE, *sessions, day=day, choices=[chosen], around=calm)
        assert (decision.change, decision.dose) == (change, chosen.dose)
        sessions.append(session_on(day, done_by(BRIDGE, decision), decisions=[decision]))


def test_a_chosen_dose_is_forgotten_when_it_hurt_since_or_is_counted_otherwise():
    done = good(0, BRIDGE)
    chosen = wish(done, Wish.DOSE, Dose(reps=(12,), hold=2.0))
    hurt = session_on(2, sets_of(BRIDGE, ending=Ending.HURT), as_written=True)
    assert decide(BRIDGE, done, hurt, choices=[chosen]).change is DoseChange.REGRESS
    timed = replace(chosen, dose=Dose(reps=(1,), duration=60.0))
    assert decide(BRIDGE, done, choices=[timed]).dose == dose_of(BRIDGE)


def test_a_chosen_dose_that_hurt_since_stays_forgotten():
    done = good(0, BRIDGE)
    chosen = wish(done, Wish.DOSE, Dose(reps=(12,), hold=2.0))
    hurt = session_on(2, sets_of(BRIDGE, ending=Ending.HURT), as_written=True)
    better = replace(good(4, BRIDGE), as_written=True)
    decision = decide(BRIDGE, done, hurt, better, choices=[chosen])
    assert decision.dose == dose_of(BRIDGE)


def test_a_chosen_dose_is_no_rise_after_amber():
    done = good(0, BRIDGE)
    amber = replace(good(2, BRIDGE), as_written=True, after=Felt(worst_pain=4, effort=4))
    more = wish(done, Wish.DOSE, Dose(reps=(12,), hold=2.0))
    assert decide(BRIDGE, done, amber, choices=[more]).dose == dose_of(BRIDGE)
    less = replace(more, dose=Dose(reps=(6,), hold=2.0))
    assert decide(BRIDGE, done, amber, choices=[less]).dose == less.dose
    knowing = replace(more, at=amber.started + timedelta(hours=1))
    assert decide(BRIDGE, done, amber, choices=[knowing]).dose == more.dose
    green = replace(good(4, BRIDGE), as_written=True)
    assert decide(BRIDGE, done, amber, green, choices=[more]).dose == more.dose


@pytest.fixture
def los_angeles(monkeypatch):
    """Somebody who lives eight hours behind UTC."""
    with monkeypatch.context() as here:
        here.setenv("TZ", "PST8")
        time.tzset()
        yield
    time.tzset()


@pytest.mark.usefixtures("los_angeles")
def test_a_wish_in_the_evening_is_not_of_the_day_after():
    """There the 2nd of March begins in UTC at four in the afternoon of the 1st."""
    calm = good(-3, BRIDGE)
    evening = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
    chosen = Choice(at=evening, written=BRIDGE.key, wish=Wish.DOSE, dose=Dose(reps=(12, 12), hold=2.0))
    flare = replace(good(-1, PLANK, pain=7), started=evening + timedelta(hours=1))
    assert decide(BRIDGE, calm, flare, day=0, choices=[chosen]).dose.reps == (12,)


def test_what_hurt_comes_back_at_its_least_when_a_professional_was_asked():
    much = replace(BRIDGE, reps=(15, 15))
    hurt = [session_on(day, sets_of(much, ending=Ending.HURT)) for day in (0, 2)]
    before = wish(hurt[-1], Wish.DOSE, Dose(reps=(15,), hold=2.0))
    assert decide(BRIDGE, *hurt, choices=[before]).change is DoseChange.REMOVE
    asked = wish(hurt[-1], Wish.CLEARED, hours=2)
    decision = decide(BRIDGE, *hurt, choices=[before, asked])
    assert (decision.change, decision.dose.reps) == (DoseChange.REGRESS, (4,))
    assert decision.reason == "You asked a professional: it begins again at 4 x 2s."
    assert decision.advice == "Lift only halfway."


def test_a_session_as_written_tells_how_it_felt_but_not_how_far_one_is():
    there = good(0, replace(BRIDGE, reps=(12,)))
    decision = decide(BRIDGE, there, good(2, BRIDGE, as_written=True))
    assert (decision.change, decision.level.reps) == (DoseChange.HOLD, (12,))
    assert decide(BRIDGE, there, good(2, BRIDGE, as_written=True, worst=8)).change is DoseChange.REGRESS


def test_a_leg_that_is_worse_than_the_last_time_holds_everything():
    sessions = [good(day, BRIDGE, leg=Leg.BACK) for day in (0, 2)]
    assert decide(BRIDGE, *sessions, leg=Leg.KNEE).reason.startswith("Your leg feels worse")


def test_every_round_of_a_circuit_has_its_target():
    first = sets_of(BRIDGE)
    second = [replace(each, block=3) for each in sets_of(BRIDGE, share=0.5)]
    assert decide(BRIDGE, good(0, BRIDGE), session_on(2, first, second)).reason.startswith(
        "The target was not"
    )


def test_a_harder_form_stays_one_when_it_is_long_ago_that_it_was_chosen():
    single = LIBRARY.exercise("glute_bridge_single")
    kept = Decision(
        written="glute_bridge",
        exercise="glute_bridge_single",
        dose=dose_of(single),
        level=dose_of(single),
        change=DoseChange.HOLD,
        reason="",
    )
    sessions = [session_on(day, done_by(single, kept), decisions=[kept]) for day in (0, 2)]
    decision = decide(BRIDGE, *sessions)
    assert (decision.change, decision.exercise) == (DoseChange.ADVANCE, "glute_bridge_single")
    assert decide(BRIDGE, *sessions, day=40).exercise == "glute_bridge"


def test_a_long_lay_off_halves_a_load():
    weighted = LIBRARY.exercise("good_morning_weighted")
    done = session_on(0, [replace(each, load=5.5) for each in sets_of(weighted)])
    assert decide(weighted, done, day=40).dose == replace(dose_of(weighted), load=2.75)
    assert decide(weighted, done, around=Around(grows=False)).dose.load == 5.5
