"""What a page asks before and after a session: what the coach asks, as far as a page can know."""

import json
import random
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial

import pytest

from voicecoach.app import page_questions
from voicecoach.app.questions import answers_before
from voicecoach.journal.records import Arm, Before, Leg, Session
from voicecoach.language import phrases
from voicecoach.plain import plain
from voicecoach.routine.region import Region
from voicecoach.training.limits import MOST_QUESTIONS
from voicecoach.training.next_question import next_question

DAY = date(2026, 12, 1)
SAY = phrases.load()

PLACES: dict[Region, type[Leg] | type[Arm]] = {Region.BACK: Leg, Region.NECK: Arm}
QUESTIONED = (Region.BACK, Region.NECK, Region.KNEE, Region.GENERAL)


def made_up(region: Region) -> Session:
    day = datetime(2026, 12, 1, tzinfo=UTC)
    return Session(id=0, routine="mine", started=day, day=DAY, planned=60.0, region=region)


@pytest.mark.parametrize("region", QUESTIONED)
def test_the_questions_are_those_of_the_coach_whatever_is_answered(region):
    session, names, random_ = made_up(region), {"step": "Step", "reach": "Reach"}, random.Random(region)
    asked = page_questions.questions(session, names, "calm", SAY)
    before = page_questions.BeforeSession(session, "calm", SAY)
    after = page_questions.AfterSession(session, names, SAY)
    for _ in range(40):
        felt = random_.choice([*asked["before"]["start"]])
        past = before.past(PLACES[region][felt.upper()] if felt else None)
        facts = partial(past.beginning, offers=False)
        known, end = walked(asked, "before", felt, before.known(), random_, facts)
        said = answers_before(known)
        assert end == before.end(past, said)
        hurt = random_.random() < 0.3
        place = said.arm if region is Region.NECK else said.leg
        key = "/".join(("" if said.pain is None else str(said.pain), plain(place) or "", "hurt" * hurt))
        begun = replace(after.session, before=replace(said, flare=None, weak=None, sign=None))
        known, end = walked(asked, "after", key, after.known(begun, hurt=hurt), random_, lambda known: known)
        assert end == {"say": after.last_words(after.answered(begun, known, hurt=hurt))}


def walked(asked, moment, start, known, random_, facts):
    """Follow a graph beside the coach's own questions; return what is known in the end, and its last node."""
    nodes, counted = asked[moment]["nodes"], set()
    node = nodes[asked[moment]["start"][start]]
    while question := next_question(facts(known), made_up(known.region).started):
        assert node["ask"] == question.id
        told = asked["asked"][question.id]
        values = [*dict.fromkeys(each.value for each in question.answers)]
        assert [each["value"] for each in told["answers"]] == [plain(each) for each in values]
        choices = [*range(len(values)), *([] if told.get("required") else [len(values)])]
        chosen = random_.choice(choices)
        known = known.and_asked(question, values[chosen] if chosen < len(values) else None)
        following = node["next"]
        node = nodes[following if isinstance(following, int) else following[chosen]]
        counted.add(question.part_of or question.id)
    assert len(counted) <= MOST_QUESTIONS
    return known, node


def test_new_weakness_and_a_red_day_begin_nothing_and_a_calm_routine_does_on_a_red_day():
    before = page_questions.BeforeSession(made_up(Region.BACK), "calm", SAY)
    past = before.past(Leg.THIGH)
    for said in (Before(weak=True), Before(pain=8, flare=True), Before(pain=2, leg=Leg.FOOT)):
        assert before.end(past, said)["starts"] is False
    assert before.end(past, Before(pain=8, flare=False, leg=Leg.THIGH, weak=False))["starts"] is True
    calm = page_questions.BeforeSession(made_up(Region.BACK), "mine", SAY)
    assert calm.end(past, Before(pain=8, flare=True))["starts"] is True
    assert calm.end(past, Before(pain=8, flare=True, weak=True))["starts"] is False


def test_no_word_of_a_question_names_a_key():
    for region in (Region.BACK, Region.KNEE):
        asked = page_questions.questions(made_up(region), {}, "", SAY)
        for each in asked["asked"].values():
            assert "press" not in each["text"].lower()
        told = json.dumps([asked["before"]["nodes"], asked["after"]["nodes"]])
        assert "I will" not in told
        assert "will be easier" not in told
