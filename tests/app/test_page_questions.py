"""What a page asks before and after a session: what the coach asks, as far as a page can know."""

import json
import random
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial

import pytest

from voicecoach.app import page_questions
from voicecoach.app.questions import answers_before
from voicecoach.journal.records import Arm, Before, Felt, Leg, Session
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
    # A yes begins no session, so no record keeps it for the next day.
    told = [name for name, each in asked["asked"].items() if each["text"].endswith(SAY("page.ask.unseen"))]
    assert told == ["weak" if region is Region.BACK else "sign"]
    before = page_questions.BeforeSession(session, "calm", SAY)
    after = page_questions.AfterSession(session, names, SAY)
    for _ in range(40):
        felt = random_.choice([*asked["before"]["start"]])
        past = before.past(PLACES[region][felt.upper()] if felt else None)
        facts = partial(before.facts, past)
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


def walk(before, felt, answers):
    """Return the questions that a page asks, and its end, for answers by the names of the questions."""
    number, questions = before.starts()[felt], []
    node = before.graph.nodes[number]
    while name := node.get("ask"):
        questions.append(name)
        answers_to = before.graph.asked[name].answers
        values = [*dict.fromkeys(plain(each.value) for each in answers_to)]
        chosen = values.index(answers[name]) if name in answers else len(values)
        following = node["next"]
        node = before.graph.nodes[following if isinstance(following, int) else following[chosen]]
    return questions, node


@pytest.mark.parametrize(
    ("pain", "flare", "is_asked", "starts"),
    [
        (3, None, False, True),
        (4, True, True, False),
        (4, False, True, True),
        (4, None, True, True),
        (7, None, True, False),
        (7, False, True, True),
    ],
)
def test_a_page_asks_about_a_flare_from_the_least_pain_of_one(pain, flare, is_asked, starts):
    said = {"pain": pain, "leg": "none", "weak": False} | ({} if flare is None else {"flare": flare})
    before = page_questions.BeforeSession(made_up(Region.BACK), "calm", SAY)
    asked, end = walk(before, "", said)
    assert (("flare" in asked), end["starts"]) == (is_asked, starts)


@pytest.mark.parametrize(
    ("felt", "here", "told"),
    [("calf", "calf", True), ("foot", "calf", True), ("foot", "none", False), ("knee", "knee", False)],
)
def test_who_feels_it_in_calf_or_foot_again_is_sent_to_have_it_looked_at(felt, here, told):
    before = page_questions.BeforeSession(made_up(Region.BACK), "calm", SAY)
    _, end = walk(before, felt, {"pain": 2, "leg": here, "weak": False})
    assert end == {"starts": True, "say": [SAY("page.ask.see_leg")] if told else []}


def test_a_leg_that_is_worse_is_told_what_to_do_and_every_sign():
    said = Before(pain=2, leg=Leg.FOOT)
    for calm, first in (("calm", "page.ask.red_leg"), ("mine", "red.leg")):
        before = page_questions.BeforeSession(made_up(Region.BACK), calm, SAY)
        end = before.end(before.past(Leg.THIGH), said)
        assert (end["starts"], end["signs"]) == (calm == "mine", True)
        assert (end["say"][0], end["say"][-1]) == (SAY(first), SAY("red.signs"))


def test_last_words_of_a_page_say_what_can_be_done_on_a_page():
    after = page_questions.AfterSession(made_up(Region.BACK), {"step": "Step"}, SAY)

    def said(worst, *, hurt=False):
        session = replace(after.session, before=Before(pain=2), after=Felt(worst_pain=worst))
        return " ".join(after.last_words(replace(session, named="step" if hurt else None)))

    assert "It should have settled by tomorrow morning; if it has not, rest" in said(4)
    assert "leave out with Next the exercise that brought it on" in said(6, hurt=True)


def test_no_word_of_a_question_names_a_key():
    for region in (Region.BACK, Region.KNEE):
        asked = page_questions.questions(made_up(region), {}, "", SAY)
        for each in asked["asked"].values():
            assert "press" not in each["text"].lower()
        told = json.dumps([asked["before"]["nodes"], asked["after"]["nodes"]])
        assert "I will" not in told
        assert "will be easier" not in told
