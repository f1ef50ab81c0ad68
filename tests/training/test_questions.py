"""Which question comes next."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Any

import pytest

from voicecoach.journal.records import Leg
from voicecoach.language import phrases
from voicecoach.training.questions import (
    BARRIER,
    FOREVER,
    MOST,
    NOTICE,
    QUESTIONS,
    SCALE,
    WELCOME,
    AskedWhen,
    Known,
    next_question,
)

NOW = datetime(2026, 9, 14, 7, tzinfo=UTC)
ACCEPTED = {each.id: NOW - timedelta(days=400) for each in WELCOME}

WELCOMING = {each.id for each in WELCOME}


def asked(known, calm=None, answer=1):
    """The ids of all that is asked, in order, when every question gets ``answer``; a red day is ``calm``."""
    for red in (None, calm or None):
        known = replace(known, calm=red)
        while question := next_question(known, NOW):
            known = known.and_asked(question, answer)
    return list(known.asked)


def before(**known):
    return Known(moment=AskedWhen.BEFORE, **{"answered": ACCEPTED, **known})


def after(**known):
    return Known(moment=AskedWhen.AFTER, **known)


@pytest.mark.parametrize(
    ("known", "calm", "ids"),
    [
        (before(), False, "pain leg"),
        (before(morning=True), False, "morning pain leg"),
        (before(morning=True), True, "morning pain leg instead"),
        (before(answered={}), False, "notice emergency pain leg"),
        (before(answered={}, morning=True), True, "notice emergency morning pain leg instead"),
        (before(answered={NOTICE.id: NOW}), False, "emergency pain leg"),
        (before(interrupted=True, morning=True), False, "go_on pain leg"),
        (before(interrupted=True, answered={}), False, "notice emergency pain leg"),
        (before(goes_on=True, morning=True), True, "pain instead"),
        (after(), None, "worst effort form comment"),
        (after(barrier=True), None, "worst effort form barrier"),
        (
            after(barrier=True, answered={BARRIER.id: NOW - timedelta(days=6)}),
            None,
            "worst effort form comment",
        ),
        (
            after(barrier=True, answered={BARRIER.id: NOW - timedelta(days=7)}),
            None,
            "worst effort form barrier",
        ),
    ],
)
def test_what_is_asked_and_in_which_order(known, calm, ids):
    assert asked(known, calm) == ids.split()
    assert asked(known, calm, answer=None) == ids.split(), "what is skipped is not asked again"


def test_there_are_never_more_than_four_and_none_about_safety_waits():
    flags = ("interrupted", "goes_on", "morning", "barrier")
    for moment, answered, calm in product(AskedWhen, ({}, ACCEPTED), (True, False)):
        for values in product((True, False), repeat=len(flags)):
            flagged: dict[str, Any] = dict(zip(flags, values, strict=True))
            known = Known(moment=moment, answered=answered, **flagged)
            ids = asked(known, calm)
            assert len(set(ids) - WELCOMING) <= MOST, (known, calm)
            due = [
                each.id
                for each in QUESTIONS
                if each.safety and each.moment is moment and each.due(replace(known, calm=calm))
                if each not in WELCOME or not answered
            ]
            assert set(due) <= set(ids), (known, calm)


def test_the_table_is_sound():
    say = phrases.load()
    assert len({each.id for each in QUESTIONS}) == len(QUESTIONS)
    assert {each.holds for each in WELCOME} == {FOREVER}
    for each in QUESTIONS:
        assert len(set(each.keys)) == len(each.keys), each.id
        if each is not NOTICE:
            assert say.part(each.phrase, name="N", wanted="W", otherwise="O"), each.id
    leg = next(each for each in QUESTIONS if each.id == "leg")
    assert [leg.meant_by(key) for key in "05x"] == [Leg.NONE, Leg.FOOT, None]
    assert [answer.key for answer in SCALE] == [*"0123456789", "t"]
