"""What stands in the list of routines."""

from collections import Counter
from itertools import product

from voicecoach.display.browser import HELP, fitting
from voicecoach.display.cells import width_of
from voicecoach.display.routine_list import RoutineEntry, RoutineList

CORE = RoutineEntry(
    "core", "Core", "Gentle strength. Then rest.", ("mat",), ("mobility", "strength"), "today"
)
THINGS = ("chair", "mat", "cushion", "strap", "wall")
LONG = RoutineEntry(
    "long",
    "A name that is rather long, as somebody may have written it",
    "For the end of a day on which nothing was asked of you but to sit on a chair, and to look at the wall.",
    THINGS,
    last="12 days ago",
    due=True,
)
BROKEN = RoutineEntry(
    "broken", "broken", trouble="broken has 2 problems: voicecoach check broken", last="never"
)
EVERY = (CORE, LONG, BROKEN)


def test_what_decides_is_never_cut_at_any_width():
    for width, choices in product(range(36, 241), (EVERY, (CORE,), (LONG,))):
        found = RoutineList(choices, width)
        assert width_of(found.heading) <= width
        for choice in choices:
            lines = found.row(choice, {"core": 8, "long": 120})
            assert max(map(width_of, lines)) <= width, (width, lines)
            shown = Counter(" ".join(lines).split())
            for told in (
                choice.name,
                choice.things,
                choice.purpose,
                choice.minutes({"core": 8, "long": 120}),
            ):
                assert Counter(told.split()) <= shown, (width, told, lines)
            assert "…" not in "".join(lines)


def test_a_row_is_as_high_before_its_minutes_are_known():
    for width in (10, 37, 57, 77, 117, 197):
        found = RoutineList(EVERY, width)
        assert [len(found.row(each, {})) for each in EVERY] == [
            len(found.row(each, {"core": 8, "long": 120})) for each in EVERY
        ]


def test_one_thing_below_the_other_in_a_narrow_window_and_all_side_by_side_in_a_wide_one():
    things = ("mat", "a chair without arms")
    shown = [RoutineEntry(CORE.id, CORE.name, CORE.about, things, last="yesterday")]
    heads, lines = {}, {}
    for width in (36, 40, 60, 120):
        found = RoutineList(shown, width)
        heads[width], lines[width] = found.heading.split("  "), found.row(shown[0], {"core": 8})
    assert heads[36] == [""]
    assert lines[36] == [
        "Core" + 27 * " " + "8 min",
        "  You need: mat, a chair without",
        "  arms",
        "  Gentle strength.",
    ]
    assert [name.strip() for name in heads[60] if name] == ["routine", "time", "you need", "last done"]
    assert lines[60][1:] == ["  Gentle strength."]
    assert "purpose" in heads[120][-1]
    assert len(lines[120]) == 1
    assert lines[120][0].endswith("Gentle strength.")


def test_what_is_not_known_yet_or_cannot_be_done():
    assert [each.minutes({"core": 8}) for each in EVERY] == ["8 min", "…", "-"]
    bare = RoutineEntry("bare", "Bare")
    assert [each.things for each in (CORE, bare, BROKEN)] == ["mat", "nothing", ""]
    assert [each.purpose for each in (CORE, bare, BROKEN)] == ["Gentle strength.", "", BROKEN.trouble]
    assert LONG.purpose.startswith("In your plan today. For the end")


def test_the_keys_have_room_in_a_small_window():
    assert max(map(len, HELP.splitlines())) <= 40 - 6
    assert len(HELP.splitlines()) <= 15 - 4


def test_it_is_found_by_words_from_anywhere():
    for words in ("", "core", "mat strength", "gentle"):
        assert CORE.has(words.split()), words
    assert not CORE.has(["mat", "chair"])


def test_the_keys_fit_and_the_last_two_stay():
    keys = [("a", "one"), ("b", "two"), ("?", "keys"), ("q", "leave")]
    assert fitting(keys, 80) == "a one · b two · ? keys · q leave"
    assert fitting(keys, 30) == "a one · ? keys · q leave"
    assert fitting(keys, 3) == "? keys · q leave"
