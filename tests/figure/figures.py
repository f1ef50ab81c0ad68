"""Figures of made-up exercises."""

from pathlib import Path

from voicecoach.figure.motion import Motion, motion_of
from voicecoach.routine.files.routine import read_exercise
from voicecoach.routine.model import Exercise

BRIDGE = """
rep: lift 2s, hold 2s, lower 3s, relax 1s
figure:
  from: hook_lying
  anchor: shoulders
  poses:
    lift: {trunk: 203, head: 172}
"""
REACH = """
rep: reach 2s, return 2s
sides: each
figure:
  from: hands_and_knees
  poses:
    reach: {near_leg: -174, far_arm: 12}
"""
BOW = """
rep: bow 2s, rise 2s
figure:
  from: standing
  stay: [near_foot]
  poses:
    bow: {trunk: 40, far_leg: -80, far_foot: 0}
"""
MARCH = """
duration: 30s
cadence: 60
figure:
  from: standing
  alternates: true
  poses:
    up: {near_thigh: 0, near_shin: -90}
    down: {}
"""
ARM = """
rep: out 2s, back 2s
sides: each
figure:
  from: standing
  view: front
  poses:
    out: {left_arm: 180}
"""
SIDE_BEND = """
rep: reach 2s, return 2s
sides: each
figure:
  from: sitting
  view: front
  position: {right_arm: -80, right_hand: -80, reach: {right_hand: [24, 58]}}
  poses:
    reach: {low_back: 74, upper_back: 58}
"""
SIDE_PLANK = """
rep: up 2s, down 2s
sides: each
figure:
  from: side_lying
  position: {near_thigh: 0 toward 0.3, far_leg: -10 toward 0.1}
  poses:
    up: {move: [0, 24], near_leg: -12, far_leg: -22}
"""


def exercise_with(text: str) -> Exercise:
    return read_exercise(f"name: Made up\n{text}".encode(), Path("made_up.yaml"), "made_up")


def moving(text: str) -> Motion:
    motion = motion_of(exercise_with(text))
    assert motion is not None
    return motion
