"""Changes of doses by day, with what they came after; a fall never hides a rise."""

from dataclasses import replace
from datetime import timedelta

import pytest
from fakes.journal import MONDAY, session_on
from two_weeks import DAYS, Day, lived

from voicecoach.journal.records import Decision, DoseChange
from voicecoach.language.phrases import Message
from voicecoach.training.change_days import Cause, change_days
from voicecoach.training.dose_history import Direction, changes, direction
from voicecoach.training.rules import reason


def shown(sessions):
    """A line for each day: what went where, how many, and after what."""
    return [
        f"{each.day.day}: "
        + "; ".join(
            " ".join(
                filter(
                    None,
                    [
                        part.leads,
                        str(len(part.exercises)),
                        "+".join(part.causes),
                        f"({part.pain} on {part.after.day})" if part.after else "",
                    ],
                )
            )
            for part in each.parts
        )
        for each in change_days(changes(sessions), sessions)
    ]


def test_two_weeks_are_a_line_a_day_with_the_cause():
    assert shown(lived()) == [
        "14: less 5 sore (7 on 13)",
        "10: left_out 1 hurt (7 on 9)",
        "7: less 1 hurt (5 on 6)",
        "6: more 2 good",
        "4: more 3 good",
    ]


def decided(key, change, why):
    return Decision(written=key, exercise=key, dose=None, change=change, reason=why)


def test_a_rise_on_a_day_of_falls_is_told_beside_them():
    sore = reason("too_much", why=reason("sore"), less=reason("least"))
    risen = reason("risen", more=reason("least"), good=reason("good", n=2))
    falls = [decided(f"e{number}", DoseChange.REGRESS, sore) for number in range(7)]
    rise = decided("up", DoseChange.ADVANCE, risen)
    sessions = [
        session_on(0, pain=2, worst=7),
        session_on(2, decisions=[*falls, rise], pain=2, worst=2),
    ]
    assert shown(sessions) == ["4: less 7 sore (7 on 2); more 1 good"]


def test_what_hurt_some_days_ago_is_told_with_its_own_day():
    told = reason("red", why=reason("hurt_ago", n=4), less=reason("least"))
    sessions = [
        session_on(0, worst=6),
        session_on(2, worst=1),
        session_on(4, decisions=[decided("x", DoseChange.REGRESS, told)]),
    ]
    assert shown(sessions) == ["6: less 1 hurt (6 on 2)"]


def test_an_exercise_comes_after_the_session_in_which_it_hurt_and_not_after_a_walk():
    told = reason("red", why=reason("hurt"), less=reason("least"))
    sessions = [
        replace(session_on(0, worst=6), named="x"),
        session_on(1, worst=0),
        session_on(2, decisions=[decided("x", DoseChange.REGRESS, told)]),
    ]
    assert shown(sessions) == ["4: less 1 hurt (6 on 2)"]


@pytest.mark.parametrize(
    ("change", "cause"),
    [
        (DoseChange.LAY_OFF, Cause.BREAK),
        (DoseChange.FLARE, Cause.FLARE),
        (DoseChange.DELOAD, Cause.EASY_WEEK),
        (DoseChange.BACK, Cause.OVER),
    ],
)
def test_what_several_share_has_the_cause_of_its_kind(change, cause):
    made = [decided(f"e{number}", change, Message.verbatim(f"{number}")) for number in range(3)]
    ((day,), (part,)) = _only(made)
    assert (day.day, part.causes, len(part.exercises)) == (MONDAY + timedelta(1), (cause,), 3)


def _only(made):
    days = change_days(changes([session_on(0), session_on(1, decisions=made)]), [session_on(0)])
    return days, days[0].parts


def test_the_words_of_an_old_version_are_no_cause_and_stay():
    why = Message.verbatim("Two green sessions: reps go from 5 to 6.")
    ((_,), (part,)) = _only([decided("x", DoseChange.ADVANCE, why)])
    assert (part.causes, part.changed[0].reason) == ((), why)


def test_every_change_is_on_its_day_once():
    days = (*DAYS, *(Day(day, worst=3 + day % 5) for day in range(14, 40, 2)))
    sessions = lived(days)
    all_of_them = changes(sessions)
    found = change_days(all_of_them, sessions)
    assert [each.day for each in found] == sorted({each.day for each in all_of_them}, reverse=True)
    told = [one for each in found for part in each.parts for one in part.changed]
    assert sorted(map(repr, told)) == sorted(repr(each) for each in all_of_them if direction(each.change))
    for each in found:
        leads = [part.leads for part in each.parts]
        assert leads == sorted(set(leads), key=list(Direction).index)


def test_what_a_prescriber_takes_for_too_much_is_a_cause_too():
    above = reason("too_much", why=reason("above", n=5), less=reason("least"))
    morning = reason("too_much", why=reason("worse_morning"), less=reason("least"))
    sessions = [
        session_on(0, pain=6, worst=6),
        session_on(2, decisions=[decided("x", DoseChange.REGRESS, above)], worst=1, morning=2),
        session_on(4, decisions=[decided("x", DoseChange.REGRESS, morning)], worst=1),
    ]
    assert [line.partition(": ")[2].partition(" (")[0] for line in shown(sessions)] == ["less 1 sore"] * 2


def test_a_step_that_waits_is_no_fall_and_no_rise():
    waits = decided("x", DoseChange.ASK, reason("ask", what=Message.verbatim("high step"), dose="2 x 10"))
    assert shown([session_on(0), session_on(2, decisions=[waits])]) == ["4: waits 1"]


@pytest.mark.parametrize(
    ("why", "cause"),
    [
        (reason("agreed_stop", n=7), "sore (7 on 2)"),
        (Message("region.neck.arm_worse"), "arm"),
        (Message("region.neck.arm_worse_ago", n=2), "arm"),
        (Message("region.knee.worse"), "sign"),
    ],
)
def test_what_a_prescriber_or_a_region_asks_for_has_its_cause(why, cause):
    told = reason("red", why=why, less=reason("least"))
    sessions = [
        session_on(0, worst=7),
        session_on(2, decisions=[decided("x", DoseChange.REGRESS, told)]),
    ]
    assert shown(sessions) == [f"4: less 1 {cause}"]
