"""Which question comes next, and what docs/progression.md says of them."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import chain, product
from pathlib import Path
from typing import Any

from naming import for_each

from voicecoach.journal.records import Leg
from voicecoach.language import phrases
from voicecoach.routine.region import Region
from voicecoach.training import limits
from voicecoach.training.next_question import next_question, which
from voicecoach.training.questions import (
    BARRIER,
    FOREVER,
    NEW,
    NOTICE,
    QUESTIONS,
    SCALE,
    WEAK,
    WEEKLY,
    WELCOME,
    AskedWhen,
    Known,
    Rank,
)

TEXT = (Path(__file__).parents[2] / "docs" / "progression.md").read_text(encoding="utf-8")
NOW = datetime(2026, 9, 14, 7, tzinfo=UTC)
ACCEPTED = {each.id: NOW - timedelta(days=400) for each in WELCOME}
WELCOMING = {each.id for each in WELCOME}
WELL = {**ACCEPTED, WEAK.id: NOW - timedelta(days=6)}
NOTHING_NEW: dict[str, Any] = {"worse": False, "leg_rose": False, "calm": False}
NEW_WEEK: dict[str, Any] = {**NOTHING_NEW, "pace": "pace"}
SORE: dict[str, Any] = {"worse": True, "leg_rose": False, "calm": True}
LEG_WORSE: dict[str, Any] = {"worse": True, "leg_rose": True, "calm": True}
ABOUT = frozenset(each.id for each in NEW)
DONE = {"bridge": "Bridge", "bird_dog": "Bird dog"}


def asked(known, facts=None, answer=1, **answers):
    """The ids of all that is asked, in order, when each gets its answer of ``answers``, else ``answer``.

    ``facts`` are known once pain and leg were asked for: ``worse``, ``leg_rose`` and ``calm``.
    """
    while question := next_question(known, NOW):
        known = known.and_asked(question, answers.get(question.id, answer))
        if known.moment is AskedWhen.BEFORE and {"pain", "leg"} & {*known.asked}:
            known = replace(known, **(facts or NOTHING_NEW))
    return list(known.asked)


def before(**known):
    return Known(moment=AskedWhen.BEFORE, **{"answered": WELL, **known})


def after(**known):
    return Known(moment=AskedWhen.AFTER, **known)


BEFORE: dict[str, tuple[Known, dict[str, Any] | None, dict[str, Any]]] = {
    "pain leg": (before(), None, {}),
    "pain leg morning": (before(morning=True), None, {}),
    "pain leg weak morning": (before(answered=ACCEPTED, morning=True), None, {}),
    "pain still": (before(leg_quiet=True), None, {"still": True}),
    "pain still leg weak morning": (
        before(answered=ACCEPTED, leg_quiet=True, morning=True),
        None,
        {"still": False},
    ),
    "pain leg flare instead": (before(answered=ACCEPTED, morning=True), SORE, {}),
    "pain leg weak instead": (before(answered=ACCEPTED, morning=True), LEG_WORSE, {}),
    "notice emergency pain leg weak morning": (before(answered={}, morning=True), None, {}),
    "notice emergency pain leg flare instead": (before(answered={}, morning=True), SORE, {}),
    "go_on pain leg morning": (before(interrupted=True, morning=True), None, {}),
    "go_on pain leg instead": (before(interrupted=True, morning=True), SORE, {}),
    "pain flare instead": (before(goes_on=True, answered=ACCEPTED, morning=True), SORE, {}),
    "notice emergency has_leg has_osteo has_op things pain leg morning": (
        before(answered={}, first=True, person=ABOUT, morning=True),
        None,
        {},
    ),
    "notice emergency has_leg has_osteo has_op things pain": (
        before(answered={}, first=True, person=ABOUT),
        None,
        {"has_leg": False},
    ),
    "pain leg again_op fusion weak": (
        before(answered=ACCEPTED, person={"again_op"}, morning=True),
        None,
        {"again_op": True, "fusion": True},
    ),
    "pain leg again_op fusion new_hip weak": (
        before(answered=ACCEPTED, person={"again_op"}, morning=True),
        None,
        {"again_op": True, "fusion": False},
    ),
    "pain leg again_acute morning": (before(person={"again_acute"}, morning=True), None, {}),
    "pain leg again_acute weak": (
        before(answered=ACCEPTED, person={"again_acute", "again_op"}, morning=True),
        None,
        {},
    ),
    "pain leg weak instead ": (before(answered=ACCEPTED, person=ABOUT), LEG_WORSE, {}),
    "pain leg pace morning": (before(morning=True, pace=None), NEW_WEEK, {}),
    "pain leg pace_beyond morning": (
        before(morning=True, pace=None),
        {**NEW_WEEK, "pace": "pace_beyond"},
        {},
    ),
    "pain leg weak pace": (before(answered=ACCEPTED, morning=True, pace=None), NEW_WEEK, {}),
    "pain leg flare weak": (
        before(answered=ACCEPTED, morning=True, pace=None),
        {**NEW_WEEK, "worse": True},
        {},
    ),
    "lifted pain leg weak": (before(answered=ACCEPTED, precautions_ended=True, morning=True), None, {}),
    "still_weak pain leg again_acute": (
        before(answered=ACCEPTED, weak=True, person={"again_acute"}, morning=True),
        None,
        {"still_weak": False},
    ),
    "still_weak pain": (before(goes_on=True, answered=ACCEPTED, weak=True), None, {}),
    "notice emergency still_weak has_leg has_osteo has_op things pain leg": (
        before(answered={}, first=True, weak=True, person=ABOUT),
        None,
        {},
    ),
    "notice emergency pain leg weak": (before(interrupted=True, answered={}), None, {}),
}
AFTER: dict[str, tuple[Known, dict[str, Any]]] = {
    "worst effort form comment": (after(pain_before=3, done=DONE), {"worst": 4}),
    "worst effort form barrier": (after(barrier=True), {}),
    "worst leg_after effort form": (after(leg_after=True), {}),
    "worst leg_after effort barrier": (after(leg_after=True, barrier=True), {}),
    "worst named leg_after effort": (after(pain_before=3, done=DONE, barrier=True), {"worst": 5}),
}


@for_each(BEFORE)
def test_what_is_asked_before_a_session_and_in_which_order(ids):
    known, facts, answers = BEFORE[ids]
    assert asked(known, facts, **answers) == ids.split()


@for_each(AFTER)
def test_what_is_asked_after_a_session_and_in_which_order(ids):
    known, answers = AFTER[ids]
    assert asked(known, **answers) == ids.split()


def test_what_is_skipped_is_not_asked_again():
    for known in (before(answered={}, morning=True, leg_quiet=True), after(pain_before=1, done=DONE)):
        assert (
            len(asked(known, answer=None)) == len({*asked(known, answer=None)}) >= limits.MOST_QUESTIONS - 1
        )


def test_pain_that_rose_by_two_is_asked_about_when_it_is_known_that_it_did():
    for pain, worst, rose in ((3, 5, True), (3, 4, False), (None, 9, False), (0, None, False)):
        assert ("named" in asked(after(pain_before=pain, done=DONE), worst=worst)) is rose
    assert "named" not in asked(after(pain_before=3), worst=9), "one was ended because it hurt"


def test_a_tip_of_the_week_waits_for_a_week():
    for days, due in ((6, False), (7, True)):
        known = after(barrier=True, answered={BARRIER.id: NOW - timedelta(days)})
        assert ("barrier" in asked(known)) is due


def test_there_are_never_more_than_four_and_none_about_safety_waits():
    flags = ("interrupted", "goes_on", "first", "morning", "barrier", "leg_quiet", "leg_after")
    for moment, answered, facts in product(AskedWhen, ({}, ACCEPTED, WELL), (SORE, LEG_WORSE, NOTHING_NEW)):
        for values in product((True, False), repeat=len(flags)):
            flagged: dict[str, Any] = dict(zip(flags, values, strict=True))
            known = Known(
                moment=moment, answered=answered, pain_before=0, done=DONE, person={"things"}, **flagged
            )
            ids = asked(known, facts, still=False, worst=5)
            beside = WELCOMING | {"still"} | ({"things"} if known.first else set())
            assert len({*ids} - beside) <= limits.MOST_QUESTIONS, (known, facts)
            due = [
                each.id
                for each in QUESTIONS
                if each.rank is Rank.SAFETY and each.moment is moment
                if each.due(replace(known, **facts, asked={"worst": 5, "still": False}))
                if each not in WELCOME or not answered
            ]
            assert set(due) <= set(ids), (known, facts)


def test_each_exercise_has_a_key_of_its_own_and_none_that_leaves():
    answers = which({str(number): "Bridge" for number in range(40)})
    assert [each.key for each in answers[:3]] == ["1", "2", "3"]
    assert answers[-1] == ("", "0")
    assert len({each.key for each in answers}) == len(answers) == 34
    assert not {"q", "w"} & {each.key for each in answers}


def test_the_table_is_sound():
    say = phrases.load()
    assert len({each.id for each in QUESTIONS}) == len(QUESTIONS)
    assert {each.holds for each in WELCOME} == {FOREVER}
    for each in QUESTIONS:
        assert len(set(each.keys)) == len(each.keys), each.id
        if each is not NOTICE:
            for region in Region:
                named = each.named(region)
                if named != "region.back.ask_after":  # a back is asked of the leg instead
                    assert say.part(named, name="N", wanted="W", what="O", when="w", day="D"), each.id
    leg = next(each for each in QUESTIONS if each.id == "leg")
    assert [leg.meant_by(key) for key in "014x"] == [Leg.NONE, Leg.THIGH, Leg.FOOT, None]
    assert [answer.key for answer in SCALE] == [*"0123456789", "t"]


def test_the_tables_of_the_docs_have_every_question_in_order():
    for moment in AskedWhen:
        (rows,) = re.findall(rf"^\| {moment} a session .*\n((?:\|.*\n)+)", TEXT, re.MULTILINE)
        named = [re.findall(r"`(\w+)`", row.split("|")[3]) for row in rows.splitlines()[1:]]
        assert all(named)
        assert [*chain(*named)] == [each.id for each in QUESTIONS if each.moment is moment]


def test_the_docs_say_what_is_asked_once_a_week():
    rows = [row for row in TEXT.splitlines() if row.startswith("|") and "once a week" in row]
    weekly = {each.id for each in QUESTIONS if each.holds == WEEKLY}
    assert weekly | {"pace", "pace_beyond"} == {name for row in rows for name in re.findall(r"`(\w+)`", row)}
