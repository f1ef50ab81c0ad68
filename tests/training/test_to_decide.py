"""What a clinician has to decide: each thing once, with its days, its side, the words and a command."""

import random
from dataclasses import replace
from datetime import timedelta

import pytest
from fakes.journal import MONDAY, session_on, sets_of
from histories import Life, any_past, any_routine
from two_weeks import LAST, LIBRARY, Day, lived, next_time, routine

from voicecoach.journal.records import Decision, DoseChange, Leg, Lifted, Weakness
from voicecoach.language import phrases
from voicecoach.language.phrases import Message
from voicecoach.pages.decide_box import decide_box
from voicecoach.routine.dose import Dose
from voicecoach.routine.instructions import AgreedPain, Instructions
from voicecoach.routine.model import Caution
from voicecoach.routine.suit import Swap
from voicecoach.session.listener import Ending
from voicecoach.training.exercise_log import History
from voicecoach.training.leg import leg_courses
from voicecoach.training.practice import keys_that_hurt
from voicecoach.training.stats import assumed_pain, pain_by_day
from voicecoach.training.to_decide import MatterKind, NextTime, is_red, is_unanswered, to_decide


def decide(sessions, *, plans=None, since=MONDAY, today=LAST, **more):
    plans = [next_time(sessions, today)] if plans is None else plans
    return to_decide(History(sessions=tuple(sessions), **more), plans, since, today)


def told(matters):
    """A line for each matter."""
    return [
        " ".join(
            filter(
                None,
                [
                    each.about,
                    "+".join(each.exercises),
                    each.side,
                    f"since {each.since.day}" if each.since else "",
                    f"until {each.until.day}" if each.until else "",
                    f"instead {each.instead}" if each.instead else "",
                    *map(incident, each.incidents),
                    f"| {' '.join(each.settle)}",
                ],
            )
        )
        for each in matters
    ]


def incident(each):
    said = ["-" if each.pain is None else str(each.pain), *(["form"] if each.form_lost else []), each.words]
    return f"({each.day.day}: {', '.join(filter(None, said))})"


TWO_WEEKS = [
    (
        "left_out bird_dog right since 9 instead dead_bug"
        " (6: 5, Felt it under the kneecap) (9: 7, form, knee swollen) | plan clear bird_dog"
    ),
    "red (13: 7, Stairs all day) | log --session 12 --named EXERCISE",
    "form (12: 3, form, wobbly) | plan keep EXERCISE",
    "unanswered (10: -) | log --session 9",
]
"""What has to be decided after them: pain of 3 is nothing, and what led to a thing is told with it."""


def test_two_weeks_are_told_as_exactly_what_is_to_decide():
    assert told(decide(lived())) == TWO_WEEKS


CASES = {
    "three out of ten is nothing": ((Day(0), Day(2), Day(4)), []),
    "five after two is much more": (
        (Day(0, worst=5),),
        ["red (2: 5) | log --session 1 --named EXERCISE"],
    ),
    "five after three is not, and seven after five is": (
        (Day(0, before=3, worst=5), Day(2, before=5, worst=7)),
        ["red (4: 7) | log --session 3 --named EXERCISE"],
    ),
    "stopped once": (
        (Day(0, stopped=("bird_dog", "left"), comment="sharp"), Day(2)),
        ["hurt bird_dog left (2: 3, sharp) | plan dose bird_dog 3-2-1 x 5s"],
    ),
    "named afterwards, which is the same exercise": (
        (Day(0, worst=6, named="glute_bridge"),),
        ["hurt glute_bridge (2: 6) | plan dose glute_bridge 8 x 2s"],
    ),
    "one side, and then the other": (
        (Day(0, stopped=("bird_dog", "left")), Day(10, stopped=("bird_dog", "right"))),
        ["hurt bird_dog (2: 3) (12: 3) | plan dose bird_dog 3-2-1 x 5s"],
    ),
    "a flare that goes on": (
        (*(Day(day) for day in range(5)), Day(12, before=8, worst=8, flare=True)),
        ["flare since 14 until 22 (14: 8) | log --session 13 --flare no"],
    ),
    "a flare that is over": (
        (*(Day(day) for day in range(3)), Day(3, before=7, worst=7, flare=True), *map(Day, range(4, 12))),
        ["flare (5: 7) | log --session 4 --flare no"],
    ),
    "three days without a word": (
        tuple(Day(day, worst=None, effort=None) for day in (0, 2, 4)),
        ["unanswered (2: -) (4: -) (6: -) | log --session 5"],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_what_there_is_to_decide(case):
    days, expected = CASES[case]
    found = told(decide(lived(days)))
    assert [_without_dose(each) for each in found] == [_without_dose(each) for each in expected]


def _without_dose(line):
    """What a dose has become is the business of the rules."""
    return line.partition(" plan dose ")[0] + ("plan dose" if "plan dose" in line else "")


@pytest.mark.parametrize(
    ("done", "command"),
    [
        ("glute_bridge", ("plan", "dose", "glute_bridge", "2 x 6")),
        ("easier", ("plan", "dose", "glute_bridge")),
    ],
)
def test_a_dose_in_a_command_is_the_one_that_comes_next(done, command):
    """When an easier one comes next, its dose would be for another exercise: the command says how."""
    sessions = lived((Day(0, stopped=("glute_bridge", "")),))
    made = Decision(
        written="glute_bridge",
        exercise=done,
        dose=Dose(reps=(6, 6)),
        change=DoseChange.REGRESS,
        reason=Message.verbatim("Because."),
    )
    (matter,) = decide(sessions, plans=[NextTime(routine(), (made,))])
    assert matter.settle == command


def test_what_happened_before_the_day_is_not_told_but_what_still_holds_is():
    late = decide(lived(), since=LAST)
    assert told(late) == [TWO_WEEKS[0]]


def test_what_is_cleared_is_not_told_any_more_as_left_out():
    sessions = lived()
    plan = next_time(sessions)
    kept = tuple(replace(each, substitute=False, exercise=each.written) for each in plan.decisions)
    found = told(decide(sessions, plans=[NextTime(plan.routine, kept)]))
    assert [each.partition(" ")[0] for each in found] == ["hurt", "red", "form", "unanswered"]


def test_a_level_that_asks_is_told_once_with_what_allows_it():
    why = Message.verbatim("It is ready for the green band.")
    asks = Decision(written="clam", exercise="clam", dose=None, change=DoseChange.ASK, reason=why)
    plan = NextTime(routine(), (asks,))
    (matter,) = decide((), plans=[plan, plan])
    assert (told([matter]), matter.reason) == (["asks clam | plan allow clam"], why)


def test_weakness_and_a_leg_come_first():
    said = (Weakness(at=session_on(3).started, present=True),)
    leg = replace(
        session_on(2, sets_of(LIBRARY.exercise("bird_dog")), leg=Leg.BACK, after_leg=Leg.CALF), id=3
    )
    found = decide((leg, *lived((Day(4, worst=8),))), plans=[], weakness=said)
    assert told(found) == [
        "weak since 5 | log --weak no",
        "leg (4: 1) | log --session 3 --leg PART",
        "red (6: 8) | log --session 5 --named EXERCISE",
    ]


def test_an_exercise_that_waits_for_a_leg_is_not_told_as_left_out_because_it_hurt():
    why = Message("reason.leg_suspended")
    waits = [
        Decision(written=key, exercise=key, dose=None, change=DoseChange.REMOVE, reason=why)
        for key in ("bird_dog", "hamstring_strap")
    ]
    plan = NextTime(routine(), tuple(waits))
    assert told(decide((), plans=[plan])) == ["waits bird_dog+hamstring_strap | plan clear EXERCISE"]
    one = NextTime(routine(), tuple(waits[:1]))
    assert told(decide((), plans=[one])) == ["waits bird_dog | plan clear bird_dog"]


def test_precautions_that_ended_are_told_until_they_are_lifted():
    asked = Instructions(source="Knee", by="Anna Berg", precautions=("No stairs.",), until=MONDAY)
    prescribed = replace(routine(), instructions=asked)
    no, yes = (
        Lifted(at=session_on(day).started, source="Knee", until=MONDAY, lifted=lifted)
        for day, lifted in ((1, False), (2, True))
    )

    def found(made_of, sessions=(), **more):
        plan = NextTime(made_of, ())
        return told(decide(sessions, plans=[plan, plan], **more))

    ended = ["precautions until 2 | play knee"]
    assert found(prescribed) == found(prescribed, lifted=(no,)) == ended
    assert found(prescribed, today=MONDAY) == found(prescribed, lifted=(no, yes)) == []
    extended = replace(prescribed, instructions=replace(asked, until=LAST))
    assert found(extended) == []
    of_programme = replace(session_on(0), routine="knee", instructions=asked)
    assert found(routine(), (of_programme,)) == ended
    assert found(extended, (of_programme,)) == []


def test_a_prescribed_exercise_that_does_not_suit_the_person_is_told_with_the_way_out():
    new_hip = (Caution.HIP_NEW,)
    swaps = (
        Swap("Glute bridge", "Sit to stand", new_hip),
        Swap("Knee over the hip", "", (*new_hip, Caution.BAL)),
        Swap("Step", "", missing=("step",)),
        Swap("Roll", "Tilt", (Caution.AM,)),
    )
    prescribed = replace(routine(), instructions=Instructions(patient="a runner"))
    plan = NextTime(prescribed, (), swaps)
    found = decide((), plans=[plan, plan])
    assert told(found) == [
        "replaced Glute bridge instead Sit to stand | show knee",
        "replaced Knee over the hip | show knee",
    ]
    assert decide((), plans=[NextTime(routine(), (), swaps)]) == ()
    one, other = decide_box(found, MONDAY, LAST, lambda key: key, phrases.load()).rows
    assert one["title"] == "Prescribed, but not done: Glute bridge. Sit to stand is done instead"
    assert other["title"] == "Prescribed, but left out: Knee over the hip"
    keep = "To keep it, write beside it what to heed: 'cautions:"
    assert one["reason"] == f"Because of hip_new in the profile. {keep} {{hip_new: ...}}'."
    assert f"{keep} {{hip_new: ..., bal: ...}}'." in other["reason"]


def test_what_was_done_for_another_exercise_is_named_when_it_hurt():
    sets = sets_of(LIBRARY.exercise("dead_bug"), written="bird_dog", ending=Ending.HURT)
    session = replace(session_on(0, sets), id=1)
    (matter,) = decide((session,), plans=[])
    assert (matter.exercises, matter.instead, matter.settle) == (("bird_dog",), "dead_bug", ("history", "1"))


@pytest.mark.parametrize(
    ("before", "worst", "morning", "red"),
    [
        (3, 5, None, False),
        (3, 6, None, True),
        (5, 7, None, True),
        (6, 7, None, False),
        (7, 7, 8, False),
        (2, 3, 5, True),
        (None, 5, None, True),
        (None, 4, None, False),
        (2, None, None, False),
        (2, None, 5, True),
    ],
)
def test_a_red_day_is_one_that_hurt_much_more_or_more_and_much(before, worst, morning, red):
    session = session_on(0, pain=before, worst=worst, morning=morning)
    assert is_red(session, 2.0) is red


@pytest.mark.parametrize(
    ("before", "worst", "red"), [(0, 3, False), (0, 4, True), (3, 5, False), (5, 6, True), (None, 6, True)]
)
def test_pain_that_was_agreed_with_a_clinician_decides_what_is_much(before, worst, red):
    agreed = Instructions(pain=AgreedPain(go=3, slow=5, stop=6))
    session = replace(session_on(0, pain=before, worst=worst), instructions=agreed)
    assert is_red(session, 4.0) is red


def test_nothing_is_to_decide_of_a_session_that_was_noted_by_hand_or_never_begun():
    by_hand = replace(session_on(0, worst=None), by_hand=True)
    never = replace(session_on(1, worst=None), finished=False)
    assert decide((by_hand, never), plans=[]) == ()
    assert decide((), plans=[], today=MONDAY + timedelta(1)) == ()


def test_a_session_without_a_word_about_pain_shows_no_pain_of_the_next_morning():
    quiet = session_on(0, sets_of(LIBRARY.exercise(routine().exercises[0].key)), worst=None, morning=2)
    (silent,) = [each for each in decide([quiet]) if each.about is MatterKind.UNANSWERED]
    assert [each.pain for each in silent.incidents] == [None]


@pytest.mark.parametrize("seed", range(40))
def test_whatever_happened_each_bad_day_is_told_and_no_good_one(seed):
    chance = random.Random(seed)
    life = Life(any_routine(chance))
    made = list(life.lives(any_past(chance, early=chance)))
    if not made:
        return
    history, today = life.history, made[-1].today.day
    plans = [NextTime(made[-1].routine, made[-1].prescription.decisions)]
    found = to_decide(history, plans, MONDAY, today)
    assert [each.about for each in found] == sorted(
        (each.about for each in found), key=list(MatterKind).index
    )
    told = {one.session for each in found for one in each.incidents}
    bad = {
        each.id
        for each in history.sessions
        if keys_that_hurt(each) or each.after.form_ok is False or is_unanswered(each) or each.before.flare
    }
    red = {each.id for each in history.sessions if is_red(each, usual(history, each))}
    assert bad | red <= told
    legs = {
        each.id for each, leg in zip(history.sessions, leg_courses(history.sessions), strict=True) if leg.rose
    }
    flare = {one.session for each in found if each.about is MatterKind.FLARE for one in each.incidents}
    assert told <= bad | red | legs | flare
    for about in (MatterKind.RED, MatterKind.FORM, MatterKind.UNANSWERED, MatterKind.FLARE):
        assert sum(each.about is about for each in found) <= 1


def usual(history, session):
    return assumed_pain(pain_by_day(history.sessions), session.day)
