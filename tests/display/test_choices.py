"""What stands in the list of routines."""

from itertools import product

from voicecoach.display.browser import RoutineEntry, columns, fitting

CORE = RoutineEntry("core", "Core", "Gentle strength.", ("mat",), ("mobility", "strength"), "today")
THINGS = ("chair", "mat", "cushion", "strap", "wall")
LONG = RoutineEntry("long", "A name that is rather long", equipment=THINGS, kinds=("a" * 90,))
BROKEN = RoutineEntry("broken", "broken", trouble="has 2 problems")


def test_the_columns_fit_into_any_width():
    for width, choices in product(range(42, 241), ((), (CORE,), (CORE, LONG, BROKEN))):
        found = columns(choices, width, 2)
        assert [column.title for column in found][:3] == ["routine", "time", "last done"]
        assert sum(column.width + 2 for column in found) <= width
        assert found[0].width >= 18
    assert columns((CORE,), 0, 2) == columns((CORE,), 42, 2)


def test_a_narrow_list_has_less_and_a_wide_one_all_of_it():
    assert [len(columns((LONG,), width, 2)) for width in (42, 57, 58, 74)] == [3, 3, 4, 5]
    wide = {column.title: column.width for column in columns((CORE, LONG), 200, 2)}
    assert wide == {"routine": 26, "time": 6, "last done": 12, "you need": 32, "kinds": 48}


def test_what_is_not_known_yet_or_cannot_be_done():
    cells = {column.title: column.cell for column in columns((CORE,), 200, 2)}
    assert [cells["time"](each, {"core": 8}) for each in (CORE, LONG, BROKEN)] == [" 8 min", "…", "-"]
    bare = RoutineEntry("bare", "Bare")
    assert [cells["you need"](each, {}) for each in (CORE, bare, BROKEN)] == ["mat", "nothing", ""]


def test_it_is_found_by_words_from_anywhere():
    for words in ("", "core", "mat strength", "gentle"):
        assert CORE.has(words.split()), words
    assert not CORE.has(["mat", "chair"])


def test_the_keys_fit_and_the_last_two_stay():
    keys = [("a", "one"), ("b", "two"), ("?", "keys"), ("q", "leave")]
    assert fitting(keys, 80) == "a one · b two · ? keys · q leave"
    assert fitting(keys, 30) == "a one · ? keys · q leave"
    assert fitting(keys, 3) == "? keys · q leave"
