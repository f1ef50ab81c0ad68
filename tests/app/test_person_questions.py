"""What becomes of the profile by the answers about surgery."""

from datetime import date

import pytest

from voicecoach.app.person_questions import answered, open_questions
from voicecoach.routine.model import Caution
from voicecoach.routine.region import Region
from voicecoach.settings.profile_file import ALWAYS, OwnProfile

DAY = date(2026, 3, 2)
OLD = date(2025, 12, 1)


@pytest.mark.parametrize(
    ("had", "answers", "has"),
    [
        ({}, {"has_op": True, "fusion": False, "new_hip": True}, {"hip": None, "hip_new": DAY}),
        ({}, {"has_op": True, "fusion": False, "new_hip": False}, {"op": DAY}),
        ({}, {"has_op": True, "fusion": False, "new_hip": None}, {"op": DAY}),
        ({}, {"has_op": True, "fusion": True}, {"op": ALWAYS}),
        ({"op": OLD}, {"again_op": True, "fusion": False, "new_hip": True}, {"hip": None, "hip_new": DAY}),
        ({"hip_new": OLD}, {"again_hip_new": True}, {"hip_new": DAY}),
        ({"hip_new": OLD}, {"again_hip_new": False}, {"hip": None}),
        ({"hip_new": OLD}, {"again_hip_new": None}, {"hip_new": OLD}),
    ],
)
def test_a_new_hip_takes_the_place_of_surgery_and_becomes_a_hip(had, answers, has):
    own = OwnProfile(cautions={Caution(tag): said for tag, said in had.items()})
    assert answered(own, answers, DAY).cautions == {Caution(tag): said for tag, said in has.items()}


def test_a_new_hip_is_asked_about_again_and_never_by_itself():
    assert "again_hip_new" in open_questions(
        OwnProfile(cautions={Caution.HIP_NEW: OLD}), DAY, first=False, region=Region.BACK
    )
    assert not [
        name for name in open_questions(OwnProfile(), DAY, first=True, region=Region.BACK) if "hip" in name
    ]
