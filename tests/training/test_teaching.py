"""How much an exercise is explained."""

from datetime import UTC, datetime, timedelta

import pytest

from voicecoach.journal.met import Meeting
from voicecoach.timeline.steps import Coaching
from voicecoach.training.teaching import coaching

NOW = datetime(2026, 3, 1, 18, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("times", "days_ago", "how"),
    [
        (0, None, Coaching.FULL),
        (2, 1, Coaching.FULL),
        (2, None, Coaching.FULL),
        (3, 1, Coaching.SHORT),
        (3, None, Coaching.SHORT),
        (30, 14, Coaching.SHORT),
        (30, 14.1, Coaching.FULL),
        (3, -9, Coaching.SHORT),  # a clock that was put back
    ],
)
def test_full_three_times_then_short_and_full_after_a_fortnight(times, days_ago, how):
    last = None if days_ago is None else NOW - timedelta(days=days_ago)
    assert coaching(Meeting(times, last) if times else None, NOW) is how
