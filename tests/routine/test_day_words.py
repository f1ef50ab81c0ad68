"""How often something is done, in the words of a leaflet."""

from datetime import time

import pytest

from voicecoach.routine.files import day_words
from voicecoach.routine.files.located_yaml import Mistakes
from voicecoach.routine.files.programme import activity
from voicecoach.routine.programme import AT, Activity

EIGHT, SIX = time(8), time(18)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("daily", {"days": 7}),
        ("5", {"days": 5}),
        ("5 days a week", {"days": 5}),
        ("3x/week", {"days": 3}),
        ("Twice a week", {"days": 2}),
        ("three times per week", {"days": 3}),
        ("3-4 a week", {"days": 3}),
        ("3 or 4 a week, a day between", {"days": 3, "apart": 2}),
        ("4 a week, a day between", {"days": 3, "apart": 2}),
        ("2-3 a week, 48 hours apart", {"days": 2, "apart": 2}),
        ("every other day", {"days": 3, "apart": 2}),
        ("three times a week, never two days in a row", {"days": 3, "apart": 2}),
        ("twice a day", {"days": 7, "times": 2}),
        ("2-3 times a day", {"days": 7, "times": 2}),
        ("5 days a week and 3 x a day", {"days": 5, "times": 3}),
        ("mon, wed, fri", {"on": "mon, wed, fri"}),
        ("Tue and Thu, twice a day", {"on": "tue, thu", "times": 2}),
        ("every 2 hours", {"days": 7, "every": "2 hours"}),
        ("every two hours", {"days": 7, "every": "2 hours"}),
        ("every 2 hours at work", {"on": "mon, tue, wed, thu, fri", "every": "2 hours"}),
        ("every 90 min from 8:00 to 12:30", {"days": 7, "every": "90 min", "from": "8:00", "to": "12:30"}),
        ("2-3 a week, and walks", None),
        ("daily, or 5 a week", None),
        ("", None),
    ],
)
def test_what_a_leaflet_says(text, expected):
    assert day_words.meant(text) == expected
    if expected:
        activity("knee", expected)


@pytest.mark.parametrize("text", ["as often as you like", "in place of a walk", "once or twice a day"])
def test_other_words_are_no_days(text):
    with pytest.raises(Mistakes):
        activity("knee", day_words.meant(text) or {})


@pytest.mark.parametrize(
    ("raw", "wrong"),
    [
        ({"days": 5, "times": 0}, "times a day, from 1 to 12"),
        ({"days": 5, "times": 3, "at": ["8:00", "18:00"]}, "3 times a day, and 2 times of day"),
        ({"days": 5, "at": "noon"}, "is not a time of day"),
        ({"days": 5, "from": "8:00"}, "say when, and not how often"),
        ({"days": 5, "every": "10 min"}, "at least 15 min"),
        ({"days": 5, "every": "15 min"}, "is 33 times"),
        ({"days": 5, "every": "2h", "from": "18:00", "to": "9:00"}, "is 0 times"),
    ],
)
def test_times_that_cannot_be_meant(raw, wrong):
    with pytest.raises(Mistakes) as caught:
        activity("knee", raw)
    assert any(wrong in f"{each.wrong}; {each.expected}" for each in caught.value.mistakes)


@pytest.mark.parametrize(
    ("times", "usual", "expected"),
    [
        (1, time(19, 30), "19:30"),
        (2, AT, "08:00 18:00"),
        (2, time(7), "07:00 18:00"),
        (3, AT, "08:00 13:00 18:00"),
        (4, time(20), "08:00 12:00 16:00 20:00"),
        (5, time(18, 10), "08:00 10:30 13:00 15:30 18:10"),
    ],
)
def test_times_are_spread_over_the_day(times, usual, expected):
    found = Activity(routine="knee", days=5, times=times).clocks(usual)
    assert " ".join(f"{each:%H:%M}" for each in found) == expected


def test_times_that_were_chosen_stay():
    assert activity("knee", {"days": 5, "at": "18:00, 8:00"}).clocks(AT) == (EIGHT, SIX)
    every = activity("knee", {"days": 5, "every": "2h"})
    assert (every.times, [each.hour for each in every.clocks(AT)]) == (5, [9, 11, 13, 15, 17])
