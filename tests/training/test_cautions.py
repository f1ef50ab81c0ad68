"""Which cautions hold, and when they are asked about again."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from voicecoach.journal.records import Leg
from voicecoach.routine.model import Caution
from voicecoach.settings.profile_file import ALWAYS
from voicecoach.training.cautions import due, in_force, is_morning, next_turn

SAID = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("caution", "day"),
    [
        (Caution.ACUTE, date(2026, 3, 16)),
        (Caution.LEG, date(2026, 3, 16)),
        (Caution.OP, date(2026, 6, 1)),
        (Caution.HIP_NEW, date(2026, 6, 1)),
        (Caution.PREG, date(2026, 8, 17)),
        (Caution.KNEE, None),
        (Caution.OSTEO, None),
    ],
)
def test_a_caution_that_passes_is_due_again(caution, day):
    first = next((n for n in range(400) if due({caution: SAID}, SAID + timedelta(n))), None)
    assert (SAID + timedelta(first) if first else None) == day
    assert due({caution: None}, SAID) == ((caution,) if day else ()), "of an unknown day, at once"
    assert due({caution: ALWAYS}, date(2199, 1, 1)) == (), "and what stays, never"


@pytest.mark.parametrize(
    ("up_at", "mornings"),
    [
        (None, "03 04 05 06 07 08 09"),
        (time(6), "04 05 06"),
        (time(0), "00 22 23"),
        (time(23), "21 22 23"),
    ],
)
def test_the_morning_ends_at_ten_or_an_hour_after_getting_up(up_at, mornings):
    hours = [datetime(2026, 3, 2, hour, tzinfo=UTC) for hour in range(24)]
    assert " ".join(f"{now:%H}" for now in hours if is_morning(now, up_at)) == mornings
    for now in (each + timedelta(minutes=17) for each in hours):
        turn = next_turn(now, up_at)
        before = turn - timedelta(minutes=1)
        assert is_morning(turn, up_at) != is_morning(before, up_at) == is_morning(now, up_at)
        assert now < turn <= now + timedelta(1)


@pytest.mark.parametrize(
    ("said", "hour", "leg", "holds"),
    [
        ("", 17, None, ""),
        ("", 9, None, "am"),
        ("am", 17, None, "am"),
        ("acute", 17, Leg.BACK, "acute"),
        ("", 17, Leg.THIGH, "leg"),
        ("leg", 17, Leg.NONE, "leg"),
    ],
)
def test_what_holds_now(said, hour, leg, holds):
    cautions = {Caution(each): None for each in said.split()}
    assert in_force(cautions, datetime(2026, 3, 2, hour, tzinfo=UTC), None, leg) == set(holds.split())
