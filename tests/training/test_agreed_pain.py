"""The pain that a clinician agreed on: it makes a session worse than our rules do, never better."""

from dataclasses import replace
from datetime import timedelta
from itertools import product
from pathlib import Path
from typing import Any

from fakes.journal import session_on, sets_of
from naming import for_each, naming

from voicecoach.journal.records import Agreed, Agreement, Before, Decision, DoseChange
from voicecoach.language import phrases
from voicecoach.language.phrases import Message
from voicecoach.routine.dose import Dose
from voicecoach.routine.doses import at_dose
from voicecoach.routine.instructions import NO_AGREEMENT, AgreedPain, Instructions
from voicecoach.routine.model import Do, Exercise, Kind, Routine
from voicecoach.routine.phase import Phase
from voicecoach.session.listener import Ending
from voicecoach.training import limits
from voicecoach.training.dosed_routine import prescription_for
from voicecoach.training.exercise_log import History
from voicecoach.training.practice import Zone
from voicecoach.training.questions import AskedWhen, Known
from voicecoach.training.readiness import Today
from voicecoach.training.variation import no_variations

SAY = phrases.load()
AGREED = AgreedPain(go=3, slow=5, stop=6, morning=True)
SQUAT = Exercise(
    id="squat", name="Squat", kind=Kind.STRENGTH, rep=(Phase(name="lower", seconds=2.0),), reps=(8, 8)
)
ROUTINE = Routine(id="core", name="Core", grow=True, steps=(Do(exercise=SQUAT),), path=Path())
ALL = (None, *range(11))


def practice(agreed=AGREED, ending=Ending.DONE, named=None, **said):
    session = session_on(0, sets_of(SQUAT, ending=ending), **said)
    session = replace(session, instructions=Instructions(pain=agreed), named=named)
    (found,) = History(sessions=(session,)).practices("squat")
    return found


ZONES: dict[str, tuple[Zone, dict[str, Any]]] = {
    "no pain": (Zone.GREEN, {"pain": 0, "worst": 0}),
    "up to what was agreed, as before": (Zone.GREEN, {"pain": 3, "worst": 3}),
    "up to what was agreed, and more than before": (Zone.AMBER, {"pain": 0, "worst": 3}),
    "more than was agreed, as before": (Zone.AMBER, {"pain": 4, "worst": 4}),
    "less is to be done": (Zone.AMBER, {"pain": 5, "worst": 5}),
    "one stops": (Zone.RED, {"pain": 6, "worst": 6}),
    "one stops, and only the exercise that hurt is to blame": (
        Zone.AMBER,
        {"pain": 6, "worst": 7, "named": "other"},
    ),
    "one stops, and it was this one": (Zone.RED, {"pain": 6, "worst": 7, "named": "squat"}),
    "a little worse in the morning": (Zone.AMBER, {"pain": 2, "worst": 2, "morning": 3}),
    "as before in the morning": (Zone.GREEN, {"pain": 2, "worst": 2, "morning": 2}),
    "ended as it hurt, with little pain": (Zone.RED, {"pain": 0, "worst": 1, "ending": Ending.HURT}),
    "nobody said": (Zone.UNKNOWN, {"pain": 3, "worst": None}),
}


@for_each(ZONES)
def test_the_zone_of_a_session(title):
    zone, said = ZONES[title]
    assert practice(**said).zone() is zone


def test_an_agreement_never_makes_a_session_better():
    """For all answers and many agreements the zone is as bad as ours, or worse."""
    worse = [Zone.UNKNOWN, Zone.GREEN, Zone.AMBER, Zone.RED].index
    agreements = [
        AgreedPain(go=go, slow=slow, stop=stop, morning=morning)
        for go, slow, stop, morning in product((None, 3, 8), (None, 5, 9), (None, 6, 10), (False, True))
    ]
    for before, worst, morning in product((None, 0, 2, 4, 6), ALL, (None, 0, 3, 9)):
        said = {"pain": before, "worst": worst, "morning": morning}
        ours = practice(NO_AGREEMENT, **said).zone()
        for agreed in agreements:
            with naming(f"{said} {agreed}"):
                assert worse(practice(agreed, **said).zone()) >= worse(ours)


def test_agreed_pain_that_has_gone_by_the_next_morning_lowers_nothing():
    """Our rule makes all a step less when pain rose by three and nobody knows why."""
    assert practice(NO_AGREEMENT, pain=0, worst=3, morning=0).sore
    assert not practice(pain=0, worst=3, morning=0).sore
    for said in ({"worst": 3}, {"worst": 3, "morning": 1}, {"worst": 4, "morning": 0}):
        assert practice(pain=0, **said).sore


def test_an_agreed_morning_is_no_reason_for_a_step_less():
    assert not practice(pain=2, worst=4, morning=3).unsettled()
    assert practice(pain=2, worst=4, morning=2 + limits.MORNING_RISE + 1).unsettled()


def decided(*, paced=False, **said):
    """What comes after good sessions and one with these answers, with an agreed pace of a little more."""
    asked = Instructions(pain=AGREED)
    days = [{"pain": 2, "worst": 2}] * 2 + [said]
    dose = Dose(reps=(6, 6))
    told = Decision(
        written="squat",
        exercise="squat",
        dose=dose,
        change=DoseChange.PACE_BEGIN,
        reason=Message("reason.pace_begins"),
    )
    done = sets_of(at_dose(SQUAT, dose) if paced else SQUAT)
    sessions = tuple(
        replace(session_on(3 * day, done, decisions=[told] * paced, **answers), instructions=asked)
        for day, answers in enumerate(days)
    )
    since, last = sessions[0].started - timedelta(1), sessions[-1]
    agreements = (
        Agreement(at=since, said=Agreed.BEGIN),
        Agreement(at=last.started + timedelta(2), said=Agreed.MORE),
    )
    history = History(sessions=sessions, agreements=agreements if paced else ())
    today = Today(day=last.day + timedelta(3), before=Before(pain=2))
    (decision,) = prescription_for(ROUTINE, history, today, find_variation=no_variations).decisions
    return decision


def test_above_what_was_agreed_nothing_rises_and_from_the_stop_on_it_is_less():
    held, less = decided(pain=4, worst=4), decided(pain=5, worst=6)
    assert (held.change, less.change) == (DoseChange.HOLD, DoseChange.REGRESS)
    assert SAY.tell(held.reason).startswith("It hurt more last time than you had agreed")
    assert SAY.tell(less.reason).startswith("Your pain reached six, where you had agreed to stop, so")


def test_they_hold_beside_an_agreed_pace():
    """Pain changes nothing of a pace but where a clinician agreed on less."""
    as_ever, held, less = (decided(paced=True, pain=2, worst=worst) for worst in (3, 4, 6))
    assert as_ever.change is DoseChange.PACE_MORE
    assert held.change is DoseChange.HOLD
    assert less.change is DoseChange.REGRESS
    assert less.reason.values["why"].code == "reason.agreed_stop"


def test_more_than_was_agreed_asks_which_exercise_it_was():
    known = Known(moment=AskedWhen.AFTER, pain_before=4, asked={"worst": 4})
    assert not known.rose
    assert replace(known, agreed=AGREED).rose
