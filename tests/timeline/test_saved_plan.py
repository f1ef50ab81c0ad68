"""The plan of a session as text."""

import json
from datetime import date

import pytest

from voicecoach.app import prepare
from voicecoach.errors import NothingSuits
from voicecoach.routine.files.library import Library
from voicecoach.routine.instructions import AgreedPain, Instructions
from voicecoach.routine.model import Caution
from voicecoach.routine.profile import Profile
from voicecoach.timeline.expand import Settings
from voicecoach.timeline.saved_plan import SavedPlan, from_json, to_json
from voicecoach.timeline.steps import Intro

PLAN = SavedPlan(at=3, written={1: "glute_bridge"})


@pytest.mark.parametrize("person", [Profile(), Profile(cautions=frozenset(Caution), equipment=frozenset())])
def test_every_plan_is_read_as_it_was_written(person):
    for name in Library.default().routines():
        try:
            steps = prepare.session_for(person, name, Settings(delay=5, clicks=True, tempo=0.8), 165).steps
        except NothingSuits:
            continue
        plan = SavedPlan(steps=steps, at=3, written={1: "glute_bridge", 12: "Ünder"})
        assert from_json(to_json(plan)) == plan, name


def test_what_a_clinician_asks_for_is_in_it():
    asked = Instructions(by="Anna Berg", written=date(2026, 11, 20), pain=AgreedPain(go=3), stop=("Fever.",))
    plan = SavedPlan(steps=(Intro(block=0, title="Hip", equipment=(), instructions=asked, reminds=True),))
    assert from_json(to_json(plan)) == plan


@pytest.mark.parametrize(
    "change",
    [
        {"version": 1},
        {"version": None},
        {"plan": {"steps": [{"type": "Dance", "block": 1, "title": ""}]}},
        {"plan": {"steps": [{"type": "Hurt", "block": 1, "title": "", "exercise": 7}]}},
        {"plan": {"steps": [{"type": "LeadIn", "block": 1, "title": ""}]}},
        {"exercises": [{"name": "A", "kind": "juggling"}]},
    ],
    ids=str,
)
def test_a_plan_of_another_version_is_refused(change):
    text = json.dumps({**json.loads(to_json(PLAN)), **change})
    with pytest.raises(ValueError, match=r"a plan|is not a valid"):
        from_json(text)
