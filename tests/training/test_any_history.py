"""What must hold for every decision, whatever happened before."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from fakes.journal import MONDAY, done_by, session_on
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from voicecoach.journal.records import Before, Choice, DoseChange, Leg, Wish
from voicecoach.routine.doses import at_dose, dose_of, raised
from voicecoach.routine.files.library import Library
from voicecoach.routine.model import Do, Profile, Routine
from voicecoach.routine.suit import alone
from voicecoach.session.listener import Ending
from voicecoach.training import limits
from voicecoach.training.dosed_routine import prescription_for, standing
from voicecoach.training.exercise_log import History, Zone, days_between
from voicecoach.training.ladder import Ladder
from voicecoach.training.readiness import Today

LIBRARY = Library.default()
EXERCISES = tuple(map(LIBRARY.exercise, LIBRARY.exercises()))
FEW = (
    *("mcgill_curl_up", "glute_bridge", "hamstring_strap", "plank_front", "brisk_walk", "dead_bug"),
    "good_morning_backpack",
)
PERSON = Profile(weights=(1.0, 2.0, 4.0))


def find_variation(key):
    return alone(LIBRARY.exercise(key), PERSON, LIBRARY)


def routine_of(keys, path):
    """What takes a load is done with two kilos."""
    found = map(find_variation, keys)
    steps = tuple(Do(exercise=at_dose(each, replace(dose_of(each), load=2.0))) for each in found)
    return Routine(id="core", name="Core", steps=steps, path=path)


pain = st.none() | st.integers(0, 10) | st.integers(0, 3)
leg = st.none() | st.sampled_from((Leg.NONE, Leg.NONE, Leg.BACK, Leg.THIGH))
an_hour = st.fixed_dictionaries(
    {
        "gap": st.sampled_from((0, 1, 2, 2, 2, 3, 7, 8, 13, 14, 15, 28, 29, 60)),
        "pain": pain,
        "leg": leg,
        "worst": pain,
        "after_leg": leg,
        "effort": st.none() | st.integers(0, 10) | st.integers(3, 6),
        "morning": pain,
        "share": st.sampled_from((1.0, 1.0, 1.0, 0.5)),
        "hurt": st.sampled_from((None, None, None, 0, 1, 2)),
        "form": st.sampled_from((None, None, True, False)),
    }
)
no_wish = st.just(())
a_wish = st.tuples(st.integers(0, 3), st.sampled_from(Wish), st.integers(-6, 6))
"""Of which exercise, what, and a dose so many steps from the present one."""
good_hour = st.fixed_dictionaries(
    {"gap": st.sampled_from((1, 2, 3)), "worst": st.integers(0, 3), "effort": st.integers(2, 6)}
).map(
    lambda hour: (
        dict.fromkeys(("leg", "after_leg", "morning", "hurt", "form")) | {"pain": 1, "share": 1.0} | hour
    )
)
a_past = st.lists(good_hour | good_hour | an_hour, max_size=30)


@st.composite
def a_past_with_wishes(draw):
    return [hour | {"wish": draw(no_wish | a_wish)} for hour in draw(a_past)]


def wished(routine, wish, history, today):
    """A wish an hour before the session that is planned; for a dose that may be far from the present one."""
    which, what, steps = wish
    key = routine.exercises[which % len(routine.exercises)].key
    here = standing(routine, key, history, today, find_variation=find_variation)
    dose = here.level
    for _ in range(abs(steps)):
        dose = (here.ladder.up(dose) or dose) if steps > 0 else here.ladder.down(dose)
    at = datetime.combine(today.day, datetime.min.time(), UTC) + timedelta(hours=7)
    return Choice(at=at, written=key, wish=what, dose=dose if what is Wish.DOSE else None)


def lived(routine, past):
    """Each session's history, day, plan; a session is done by its plan, and felt as ``past`` says."""
    sessions, choices, day = [], [], 0
    for hour in past:
        day += hour["gap"]
        today = Today(day=MONDAY + timedelta(day), before=Before(pain=hour["pain"], leg=hour["leg"]))
        history = History(sessions=tuple(sessions), choices=tuple(choices))
        if hour.get("wish") and hour["gap"]:
            choices.append(wished(routine, hour["wish"], history, today))
            history = replace(history, choices=tuple(choices))
        made = prescription_for(routine, history, today, find_variation=find_variation)
        yield history, today, made
        sets = [
            done_by(
                find_variation(decision.exercise),
                decision,
                share=hour["share"],
                ending=Ending.HURT if hour["hurt"] == index else Ending.DONE,
            )
            for index, decision in enumerate(made.decisions)
            if decision.dose
        ]
        said = {
            name: hour[name] for name in ("pain", "leg", "worst", "after_leg", "effort", "morning", "form")
        }
        session = session_on(day, *sets, decisions=made.decisions, **said)
        sessions.append(replace(session, id=len(sessions)))


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(past=a_past_with_wishes(), keys=st.permutations(FEW).map(lambda keys: keys[:4]))
def test_whatever_happened_nothing_rises_that_should_not_and_a_wish_holds(past, keys):
    removed: set[str] = set()
    for history, today, made in lived(routine_of(keys, LIBRARY.locate("core")), past):
        rising = [each.written for each in made.decisions if each.change.raises]
        assert len({*rising} - {"hamstring_strap"}) <= limits.MOST_ADVANCES <= 2, "a stretch takes no place"
        assert len({each.exercise for each in made.decisions}) == len(keys)
        for decision in made.decisions:
            wishes, practices = history.wishes(decision.written), history.practices(decision.written)
            if practices:
                rises_with_care(decision, practices[-1], today)
            if wishes and practices and decision.dose:
                holds(wishes, decision, practices[-1])
            if decision.written in removed and all(each.wish is not Wish.CLEARED for each in wishes):
                assert decision.change is DoseChange.REMOVE, "only a professional brings it back"
            (removed.add if decision.change is DoseChange.REMOVE else removed.discard)(decision.written)


def rises_with_care(decision, last, today):
    careful = (
        last.zone() in {Zone.RED, Zone.AMBER} or days_between(last.day, today.day) >= limits.LAY_OFF_DAYS
    )
    if careful:
        assert decision.change not in {DoseChange.ADVANCE, DoseChange.HARDER, DoseChange.RETURN}
    if decision.dose is None or decision.change is DoseChange.CHOSEN:
        return  # the person may raise a dose, and is told what to mind
    if careful:
        assert decision.dose.load <= last.planned(find_variation(last.exercise)).load
    if decision.exercise != last.exercise:
        return
    exercise = find_variation(last.exercise)
    if careful:
        assert raised(last.planned(exercise), decision.dose) == ()
    if decision.change is DoseChange.ADVANCE:
        assert len(raised(last.planned(exercise), decision.dose)) == 1
        assert len(raised(last.level(exercise), decision.level)) == 1
    elif decision.change is DoseChange.REGRESS:
        assert not raised(last.level(exercise), decision.level)


def holds(wishes, decision, last):
    if wishes[-1].wish is Wish.KEEP:
        assert not decision.change.raises
        if decision.exercise == last.exercise:
            assert not raised(last.planned(find_variation(last.exercise)), decision.dose)
    elif decision.change is DoseChange.CHOSEN:
        assert decision.level == wishes[-1].dose
    elif any(each.wish is Wish.CLEARED for each in wishes):
        ladder = Ladder(find_variation(decision.exercise))
        least = ladder.start if decision.change is DoseChange.EASIER else ladder.bottom(decision.level)
        assert not raised(least, decision.level)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(past=a_past, key=st.sampled_from(FEW))
def test_whatever_was_reached_comes_back_down_after_pain(past, key):
    """A month in which everything hurts, but not enough to stop, leads to the easiest dose."""
    routine = routine_of([key], LIBRARY.locate("core"))
    sore = {"gap": 2, "pain": 1, "worst": 5, "effort": 5, "morning": 4, "share": 1.0}
    sore |= dict.fromkeys(("leg", "after_leg", "hurt", "form"))
    plans = [made for _, _, made in lived(routine, [*past, *[sore] * 40])]
    last = plans[-1].decisions[0]
    if last.change is not DoseChange.REMOVE:
        exercise = find_variation(last.exercise) if last.exercise != key else routine.exercises[0]
        assert last.level == Ladder(exercise).down(last.level)
        assert not raised(dose_of(exercise), last.dose)


@given(exercise=st.sampled_from(EXERCISES), ups=st.integers(0, 60), big=st.booleans())
def test_every_step_of_a_ladder_is_one_variable_and_can_be_gone_back(exercise, ups, big):
    ladder = Ladder(exercise)
    dose = ladder.start
    for _ in range(ups):
        steps = ladder.steps_up(dose, big=big)
        if not steps:
            break
        assert all(len(raised(dose, higher)) == 1 for higher in steps)
        dose = steps[0]
    while (lower := ladder.down(dose)) != dose:
        assert not raised(dose, lower)
        dose = lower
    assert not raised(ladder.start, dose)


@given(exercise=st.sampled_from(EXERCISES))
def test_a_ladder_ends_at_the_goal(exercise):
    ladder = Ladder(exercise)
    dose = ladder.start
    while steps := ladder.steps_up(dose):
        dose = steps[-1]
    if goal := exercise.goal:
        assert dose.duration == goal.duration
        assert sum(dose.reps) == sum(goal.reps)
        assert goal.hold is None or dose.hold == goal.hold
