"""The library and the routines against the figures of the exercise catalogue, row by row.

A row: the phases of a rep in order with their seconds (or the cadence of timed work), the start dose, the
goal, the rest between sets, the cautions, and L for the rule to stop when leg symptoms spread. Where the
catalogue gives a range the first row is its gentle end.
"""

import re

import pytest

from voicecoach import paths
from voicecoach.routine.doses import at_goal
from voicecoach.routine.files.library import Library
from voicecoach.routine.model import Kind, Sides
from voicecoach.units import format_duration

SHIPPED = Library((paths.shipped("routines"),))

EXERCISES = """
breathing_diaphragm       | in 4, out 5                                       | 8            | 30            | -  | preg
breathing_seated          | in 4, out 5                                       | 8            | 30            | -  |
march_in_place            | at 80                                             | 1m           | 5m            | -  | bal knee
march_seated              | at 80                                             | 1m           | 5m            | -  | flex
brisk_walk                | at 100                                            | 5m           | 30m           | -  | leg bal bp L
step_up                   | up 2, pause 1, down 3                             | 8 each       | 10-10 each    | 60 | bal knee leg L
step_up_bouts             | at 60                                             | 30s          | 3 x 1m        | 60 | bal knee leg bp L
cat_camel                 | round 2, sag 2                                    | 6            | 8             | -  | wrist knee flex ext
cat_camel_seated          | round 2, lift 2                                   | 5            | 8             | -  | flex ext
pelvic_tilt               | press 2, hold 2, release 2, relax 1               | 5            | 15 x 5        | -  | preg flex
pelvic_tilt_wall          | press 2, hold 2, release 2, relax 1               | 5            | 15 x 5        | -  | flex
lower_trunk_rotation      | roll 3, hold 2, return 3                          | 10 alternate | 10 x 10 alternate | - | op osteo leg hip preg L
prone_lying               | -                                                 | 1m           | 5m            | -  | ext preg op neck L
prone_on_elbows           | up 3, hold 10, down 3, relax 2                    | 3            | 10 x 30       | -  | ext preg op shoulder L
prone_press_up            | up 4, pause 1, down 4, relax 1                    | 5            | 10-10         | 30 | ext op preg wrist shoulder L
standing_back_bend        | lean 2, pause 1, return 2, relax 1                | 5            | 10            | -  | ext op preg bal neck L
knee_to_chest_single      | draw 3, hold 5, lower 3, relax 3                  | 2 each       | 3 x 30 each   | -  | flex leg osteo am hip preg L
knee_to_chest_double      | draw 3, hold 5, lower 3, relax 3                  | 2            | 3 x 30        | -  | flex leg osteo am hip preg L
childs_pose               | sit back 3, hold 5, return 3, relax 1             | 8            | 3 x 30        | -  | knee flex osteo am preg
hamstring_strap           | raise 4, hold 20, lower 4, relax 5                | 2 each       | 2 x 30 each   | -  | leg preg L
piriformis_figure4        | draw 3, hold 15, lower 3, relax 5                 | 2 each       | 3 x 30 each   | -  | knee hip leg preg L
piriformis_figure4_seated | lean 3, hold 15, return 3, relax 3                | 2 each       | 3 x 30 each   | -  | knee hip leg L
hip_flexor_half_kneel     | tuck 2, shift 2, hold 20, back 2, relax 5         | 2 each       | 2 x 30 each   | -  | knee bal ext
hip_flexor_standing       | tuck 2, sink 2, hold 20, up 2, relax 5            | 2 each       | 2 x 30 each   | -  | bal ext knee
sciatic_glide_seated      | out 2, back 2                                     | 5 each       | 10 each       | -  | leg acute neck L
sciatic_glide_supine      | out 2, back 2                                     | 5 each       | 10 each       | -  | leg acute preg L
mcgill_curl_up            | lift 2, hold 5, lower 2, relax 2                  | 3-2-1 swap   | 8-6-4 x 10 swap | 20 | neck osteo preg acute
bird_dog                  | reach 3, hold 5, return 3, relax 1                | 3-2-1 each   | 6-4-2 x 10 each | 20 | knee wrist shoulder ext acute
side_plank_knees          | up 2, hold 5, down 2, relax 3                     | 3-2-1 each   | 10 x 10 each  | 20 | shoulder hip acute
side_plank_wall           | push 2, hold 5, release 2, relax 3                | 3-2-1 each   | 10 x 10 each  | 20 | bal acute
plank_front               | up 2, hold 10, down 2, relax 3                    | 3            | 6 x 10        | 30 | bp shoulder wrist preg acute
plank_front_toes          | up 2, hold 10, down 2, relax 5                    | 3            | 6 x 10        | 30 | bp shoulder wrist preg acute
plank_wall                | lean 2, hold 10, release 2, relax 3               | 3            | 6 x 10        | 30 | shoulder
dead_bug                  | reach 3, pause 1, return 3                        | 10 alternate | 20-20-20 alternate | 30 | preg hip acute
heel_slide                | slide 3, pause 1, return 3                        | 10 alternate | 20-20 alternate | 30 | preg
glute_bridge              | lift 2, hold 2, lower 3, relax 1                  | 8            | 15-15-15      | 45 | preg neck bp acute
glute_bridge_single       | lift 2, hold 2, lower 3, relax 1                  | 5 each       | 10-10-10 each | 45 | preg neck bp acute
sit_to_stand              | up 2, pause 1, down 3, relax 1                    | 8            | 12-12-12      | 45 | knee bal acute
partial_crunch            | curl 2, pause 1, lower 3                          | 8            | 15-15         | 45 | osteo flex neck preg am acute
leg_lift_supine           | tighten 1, lift 2, hold 1, lower 3, relax 1       | 5 each       | 10-10 each    | 30 | leg hip preg acute L
back_extension_one_leg    | lift 2, hold 1, lower 3, relax 2                  | 5 each       | 10-10-10 each | 60 | ext preg op bp osteo acute
back_extension_one_arm    | lift 2, hold 1, lower 3, relax 2                  | 5 each       | 10-10-10 each | 60 | ext preg op bp osteo acute shoulder
back_extension_prone      | lift 2, hold 1, lower 3, relax 2                  | 5            | 10-10-10      | 60 | ext preg op bp osteo acute
back_extension_temples    | lift 2, hold 1, lower 3, relax 2                  | 5            | 10-10-10      | 60 | ext preg op bp osteo acute shoulder
back_extension_opposite   | lift 2, hold 1, lower 3, relax 2                  | 5 each       | 10-10-10 each | 60 | ext preg op bp osteo acute shoulder
back_extension_superman   | lift 2, hold 1, lower 3, relax 2                  | 5            | 10-10-10      | 60 | ext preg op bp osteo acute shoulder
hip_hinge_wall            | lower 3, pause 1, rise 2, top 1                   | 8            | 12-12         | 60 | acute leg flex osteo op am bal L
good_morning_dowel        | lower 3, pause 1, rise 2, top 1                   | 8            | 12-12         | 60 | acute leg flex osteo op am shoulder L
good_morning_bodyweight   | lower 3, pause 1, rise 2, top 1                   | 8            | 12-12         | 60 | acute leg flex osteo op am L
good_morning_stick        | lower 3, pause 1, rise 2, top 1                   | 8            | 12-12         | 60 | acute leg flex osteo op am shoulder L
good_morning_backpack     | lower 3, pause 1, rise 2, top 1                   | 8-8          | 10-10-10      | 75 | acute leg flex osteo op am L
good_morning_weighted     | lower 3, pause 1, rise 2, top 1                   | 8-8          | 10-10-10      | 90 | acute leg flex osteo op am shoulder bp L
ball_pelvic_tilts         | tuck 2, arch 2                                    | 10           | 15            | 15 | bal flex ext
ball_pelvic_sways         | sway 2, middle 2                                  | 10 alternate | 20 alternate  | 15 | bal
ball_pelvic_circles       | circle 4                                          | 10 each      | 15 each       | 15 | bal
ball_bridge               | lift 2, hold 3, lower 3, relax 1                  | 6            | 10-10-10 x 5  | 60 | bp neck preg acute
ball_bridge_shoulders     | lift 2, hold 3, lower 3, relax 1                  | 6            | 10-10-10 x 5  | 60 | neck bp bal preg acute
ball_wall_squat           | down 3, hold 1, up 2                              | 8            | 10-10-10 x 5  | 60 | knee bal acute
wall_squat                | down 3, hold 1, up 2                              | 8            | 10-10-10 x 5  | 60 | knee bal acute
ball_bird_dog             | reach 3, hold 3, return 3                         | 5 each       | 10-10-10 x 5 each | 45 | preg wrist shoulder bal ext acute
"""  # noqa: E501 - a table
FIGURES = {
    cells[0]: cells[1:]
    for line in EXERCISES.strip().splitlines()
    if (cells := [" ".join(cell.split()) for cell in line.split("|")])
}

ROUTINES = """
quick            | 1-4 | pelvic_tilt 3, glute_bridge 3
core             | 2-3 | cat_camel 6, mcgill_curl_up 3-2-1 x 5 swap, bird_dog 3 x 5 each, side_plank_knees 2 x 5 each, glute_bridge 8
calm-mini        | 1-1 | breathing_diaphragm 6, pelvic_tilt 5, lower_trunk_rotation 6 alternate, knee_to_chest_single 2 x 5 each
calm-start       | 1-1 | breathing_diaphragm 8, pelvic_tilt 5, lower_trunk_rotation 6 alternate, knee_to_chest_single 3 x 5 each, prone_on_elbows 3 x 10, march_in_place 1m
daily-stretch    | 2-4 | march_in_place 1m30s, hip_flexor_half_kneel 2 x 20 each, cat_camel 6, knee_to_chest_single 2 x 20 each, hamstring_strap 2 x 20 each, piriformis_figure4 2 x 20 each, lower_trunk_rotation 8 alternate
core-three-start | 2-2 | cat_camel 6, mcgill_curl_up 3-2-1 x 8 swap, bird_dog 3-2-1 x 8 each, side_plank_knees 3-2-1 x 8 each
core-three       | 3-3 | cat_camel 6, mcgill_curl_up 6-4-2 x 10 swap, bird_dog 6-4-2 x 10 each, side_plank_knees 6-4-2 x 10 each
ball-steady      | 3-3 | march_in_place 1m, ball_pelvic_circles 10 each, ball_wall_squat 8-8, ball_bridge 8-8, ball_bird_dog 5-5 each
strong-back      | 3-4 | march_in_place 3m, good_morning_bodyweight 10-10, glute_bridge 10-10, partial_crunch 10-10, leg_lift_supine 8 each, back_extension_prone 6-6
walk             | 1-4 | brisk_walk 10m
maintain         | 4-4 | march_in_place 1m, good_morning_bodyweight 10, cat_camel 6, side_plank_knees 3-2 x 10 each, mcgill_curl_up 6-4 x 10 swap, glute_bridge 12
desk-break       | 1-4 | piriformis_figure4_seated 2 x 15 each, cat_camel_seated 5, march_in_place 1m
"""  # noqa: E501 - a table
CONTENTS = {
    name.strip(): (phases.strip(), contents.strip())
    for name, phases, contents in (line.split("|") for line in ROUTINES.strip().splitlines())
}


def written_dose(exercise, *, hold=False):
    """The dose as the tables above write it."""
    if exercise.duration is not None:
        times = f"{len(exercise.reps)} x " if len(exercise.reps) > 1 else ""
        return times + format_duration(exercise.duration)
    dose = "-".join(map(str, exercise.reps))
    seconds = [phase.seconds for phase in exercise.rep if phase.is_hold]
    if hold and seconds:
        dose += f" x {seconds[0]:g}"
    return dose if exercise.sides is Sides.BOTH else f"{dose} {exercise.sides}"


def longest_hold(exercise):
    return max((phase.seconds for phase in exercise.rep if phase.is_hold), default=0)


def test_the_library_is_the_catalogue():
    assert set(SHIPPED.exercises()) == set(FIGURES)
    assert len(FIGURES) == 60


def test_the_routines_are_the_catalogue_s():
    assert set(SHIPPED.routines()) == set(CONTENTS)


@pytest.mark.parametrize("name", FIGURES)
def test_phases_doses_and_cautions(name):
    phases, start, goal, rest, cautions = FIGURES[name]
    exercise = SHIPPED.exercise(name)
    paced = ", ".join(f"{phase.name} {phase.seconds:g}" for phase in exercise.rep)
    assert (paced or (f"at {exercise.cadence:g}" if exercise.cadence else "-")) == phases
    assert written_dose(exercise) == start
    assert written_dose(at_goal(exercise), hold=exercise.goal.hold is not None) == goal
    if rest != "-":
        assert exercise.rest == float(rest)
    tags, _, rule = cautions.partition(" L") if cautions.endswith(" L") else (cautions, "", None)
    assert [*exercise.cautions] == tags.split()
    assert exercise.leg_rule == (rule is not None)


@pytest.mark.parametrize("name", CONTENTS)
def test_what_a_routine_holds(name):
    phases, contents = CONTENTS[name]
    routine = SHIPPED.load(name)
    told = [f"{each.id} {written_dose(each, hold=longest_hold(each) >= 5)}" for each in routine.exercises]
    assert ", ".join(told) == contents
    assert f"{routine.phases[0]}-{routine.phases[-1]}" == phases
    assert routine.days or name == "quick"


def test_every_kind_is_there():
    assert {SHIPPED.exercise(name).kind for name in SHIPPED.exercises()} == set(Kind)


def test_stretching_alone_is_never_the_programme():
    """It did not differ from doing nothing in chronic back pain (Owen 2020, catalogue section 10)."""
    stretching = {Kind.STRETCH, Kind.MOBILITY, Kind.BREATHING, Kind.NERVE}
    for name in SHIPPED.routines():
        routine = SHIPPED.load(name)
        training = [each for each in routine.exercises if each.kind not in stretching]
        if set(routine.phases) <= {1} or name == "desk-break":
            continue
        if [each.id for each in training] in ([], ["march_in_place"]):
            assert "goes along with core or strength days" in routine.about


def test_minutes_are_computed_not_typed():
    for name in SHIPPED.routines():
        assert not re.search(r"(\d|two|three|five|ten|twelve|few) (quiet )?minutes", SHIPPED.load(name).about)
