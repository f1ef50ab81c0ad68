"""How much an exercise is explained."""

from datetime import UTC, datetime, timedelta

from naming import for_each

from voicecoach.journal.met import Meeting
from voicecoach.training.teaching import is_learned

NOW = datetime(2026, 3, 1, 18, 0, tzinfo=UTC)


LEARNED = {
    (0, None): False,
    (2, 1): False,
    (2, None): False,
    (3, 1): True,
    (3, None): True,
    (30, 14): True,
    (30, 14.1): False,
    (3, -9): True,  # a clock that was put back
}


@for_each(LEARNED)
def test_full_three_times_then_short_and_full_after_a_fortnight(case):
    times, days_ago = case
    last = None if days_ago is None else NOW - timedelta(days=days_ago)
    assert is_learned(Meeting(times, last) if times else None, NOW) is LEARNED[case]
