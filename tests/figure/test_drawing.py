"""A drawing shows where a movement goes, and what lies under the body and moves on it."""

from figure.figures import BRIDGE, moving

from voicecoach.figure.drawing import Drawing

LOW_BRIDGE = BRIDGE.replace("{trunk: 203, head: 172}", "{trunk: 186, head: 174}")


def test_the_arrow_of_a_small_movement_has_a_shaft():
    drawing = Drawing(moving(LOW_BRIDGE))
    begin, end = drawing.path[0], drawing.path[-1]
    assert abs(end - begin) > 14.5
    assert drawing.extent.bottom < begin.imag < end.imag == drawing.motion.at(0, 1.0).points["hips"].imag
