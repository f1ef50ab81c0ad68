"""Every exercise of the library has a figure that a body can do."""

import itertools
from collections import Counter

import pytest

from voicecoach import paths
from voicecoach.figure import svg
from voicecoach.figure.body import LENGTHS
from voicecoach.figure.check import faults
from voicecoach.figure.drawing import Drawing
from voicecoach.figure.motion import Motion, figures_of
from voicecoach.routine.files.library import Library

LIBRARY = Library((paths.shipped("routines"),))
LARGEST = 12_000
"""Bytes of a picture that moves."""
SAMPLES = 40
BONES = {
    "thigh": ("hip", "knee"),
    "shin": ("knee", "foot"),
    "upper_arm": ("shoulder", "elbow"),
    "forearm": ("elbow", "hand"),
}


def drawn():
    """All figures of the library with their names, those of variations among them."""
    for name in LIBRARY.exercises():
        exercise = LIBRARY.exercise(name)
        for at, figure in figures_of(exercise):
            label = name if at == ("figure",) else f"{name} {at[0]} {at[1]}"
            yield label, Motion(figure, exercise.rep, exercise.cadence)


def test_every_exercise_has_a_figure():
    assert [name for name in LIBRARY.exercises() if LIBRARY.exercise(name).figure is None] == []


def test_no_figure_has_a_fault(record_property):
    found = {name: faults(motion) for name, motion in drawn()}
    wrong = {name: told for name, told in found.items() if told}
    record_property("figure", f"{len(found)} figures, {sum(map(len, wrong.values()))} faults")
    assert wrong == {}


def test_limbs_keep_their_lengths_and_what_holds_the_body_stays(record_property):
    """In a profile without depth every bone is as long as it is; and no anchor slides by a centimetre."""
    most = Counter[str]()
    for name, motion in drawn():
        for number, step in itertools.product(range(len(motion.stops)), range(SAMPLES + 1)):
            posed = motion.at(number, step / SAMPLES, first=True)
            for side, (bone, (one, other)) in itertools.product(("near", "far"), BONES.items()):
                segment = f"{side}_{bone}"
                long = abs(posed.points[f"{side}_{one}"] - posed.points[f"{side}_{other}"])
                assert long < LENGTHS[segment] + 0.01, (name, segment)
                if not posed.angles[segment].toward:
                    assert long == pytest.approx(LENGTHS[segment]), (name, segment)
            for end, to in posed.held.items():
                if isinstance(to, complex):
                    most["slide"] = max(most["slide"], abs(posed.points[end] - to))
    record_property("figure", f"what stays slides by {most['slide']:.2f} cm at most")
    assert most["slide"] < 1


def test_a_picture_that_moves_is_small(record_property):
    sizes = {name: len(svg.moving(Drawing(motion)).encode()) for name, motion in drawn()}
    largest = max(sizes, key=sizes.__getitem__)
    record_property("figure", f"the largest SVG is that of {largest}, {sizes[largest] / 1000:.1f} kB")
    assert sizes[largest] <= LARGEST
