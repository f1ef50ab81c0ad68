"""Every name of a point that a file may write can be an anchor, have a path, and be reached."""

import pytest
from figure.figures import moving

from voicecoach.figure.check import faults
from voicecoach.figure.drawing import Drawing
from voicecoach.routine.files.figure import POINT_NAMES

RAISED = """
duration: 30s
figure:
  from: standing
  {written}
  poses: {{up: {{arms: 30}}}}
"""


@pytest.mark.parametrize("written", ["anchor: {}", "path: {}", "position: {{reach: {{near_hand: {}}}}}"])
def test_a_point_can_be_named_everywhere(written: str) -> None:
    places = moving(RAISED.format(written="")).position.points
    for name in POINT_NAMES.keys() - places.keys():
        motion = moving(RAISED.format(written=written.format(name)))
        Drawing(motion).strokes(motion.position)
        faults(motion)
