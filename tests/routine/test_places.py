"""A key that is known, and stands in the wrong place, is told where it belongs."""

from pathlib import Path

import pytest

from voicecoach import paths
from voicecoach.errors import RoutineError
from voicecoach.routine.files import shapes
from voicecoach.routine.files.library import Library
from voicecoach.routine.files.routine import read_routine

SHIPPED = Library((paths.shipped("routines"),))
TOP = "write it at the top of the routine, above 'steps'"
BELOW = "write it in 'steps', indented below its exercise"
IN_GROW = "write it in 'grow' of an exercise, as in 'grow: {max: 3 x 12}'"
AT_THE_TOP, OF_THE_LIBRARY, OF_ONES_OWN, IN_ROUNDS, A_REST = (
    "name: X\n{}\nsteps: [cat_camel]",
    "name: X\nsteps:\n  - glute_bridge:\n      {}",
    "name: X\nsteps:\n  - exercise: Heel slip\n    rep: out 2s, back 2s\n    {}",
    "name: X\nsteps:\n  - repeat: 2\n    {}\n    steps: [cat_camel]",
    "name: X\nsteps:\n  - rest: 30s\n    {}\n  - cat_camel",
)


def told_of(text):
    """The problems of a routine, without their places; none where it has none."""
    try:
        read_routine(text.encode(), Path("places.yaml"), "places", SHIPPED)
    except RoutineError as error:
        return [f"{each.wrong}; {each.expected}" for each in error.problems]
    return []


@pytest.mark.parametrize(
    ("file", "line", "place"),
    [
        (AT_THE_TOP, "levels: [low step, high step]", BELOW),
        (AT_THE_TOP, "load: 2 kg", BELOW),
        (AT_THE_TOP, "dose: 3 x 12", "write it as 'reps' or 'dose' in 'steps', indented below its exercise"),
        (AT_THE_TOP, "sides: left", f"{BELOW}, or 'side' if that is meant"),
        (AT_THE_TOP, "tempo: keep", "write it in 'grow', as in 'grow: {tempo: keep, harder: ask}'"),
        (AT_THE_TOP, "max: 3 x 12", IN_GROW),
        (AT_THE_TOP, "grow: {max: 3 x 12}", f"{IN_GROW}: the most of one exercise fits no other"),
        (AT_THE_TOP, "grow: {up_when: 3 x 12}", BELOW),
        (AT_THE_TOP, "say: Hello.", "write it in 'steps', as a step of its own"),
        (OF_THE_LIBRARY, "region: knee", TOP),
        (OF_THE_LIBRARY, "precautions: Do not bend.", TOP),
        (OF_THE_LIBRARY, "kind: strength", "write it only in an exercise of your own"),
        (OF_THE_LIBRARY, "max: 3 x 12", IN_GROW),
        (OF_THE_LIBRARY, "grow: {levels: [low, high]}", "write it beside 'grow'"),
        (OF_THE_LIBRARY, "harder: ask", "write it in 'grow', as in 'grow: {harder: ask}'"),
        (OF_THE_LIBRARY, "tempo: keep", "write it in 'grow', as in 'grow: {tempo: keep}'"),
        (OF_ONES_OWN, "side: left", f"{TOP}, or 'sides' if that is meant"),
        (OF_ONES_OWN, "tempo: free", "write it in 'grow', as in 'grow: {tempo: free}'"),
        (OF_ONES_OWN, "speed: 80", "write it only below an exercise of the library"),
        (OF_ONES_OWN, "when: It hurts.", "write it in 'errors' of an exercise"),
        (IN_ROUNDS, "reps: 8", BELOW),
        (IN_ROUNDS, "grow: no", f"{BELOW}, or at the top of the routine, above 'steps'"),
        (A_REST, "transition: 6s", TOP),
    ],
)
def test_a_key_in_the_wrong_place_is_told_where_it_belongs(file, line, place):
    (said,) = told_of(file.format(line))
    assert place in said


@pytest.mark.parametrize("file", [AT_THE_TOP, OF_THE_LIBRARY, OF_ONES_OWN])
def test_no_key_is_unknown_but_what_no_file_has(file):
    for key in {*shapes.keys(shapes.RoutineShape), *shapes.keys(shapes.InlineShape)} - {"off"}:
        said = told_of(file.format(f"{key}: no"))
        assert not any("unknown key" in each for each in said), said
