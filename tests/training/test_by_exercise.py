"""Each exercise in use: prescribed, done lately, next time, worst pain and the side that was stopped."""

from dataclasses import replace

from fakes.journal import session_on, sets_of
from two_weeks import LAST, LIBRARY, Day, find_variation, lived, next_time, routine

from voicecoach.routine.one_side import in_order
from voicecoach.session.listener import Ending
from voicecoach.training.by_exercise import LATELY, by_routine
from voicecoach.training.dose_history import courses
from voicecoach.training.words import amount


def rows(sessions, plans=None, today=LAST):
    """A line for each exercise, under the names of the routines."""
    plans = [next_time(sessions, today)] if plans is None else plans
    lately = [each for each in sessions if today - each.day < LATELY]
    lines = []
    for found in by_routine(plans, sessions, courses(sessions, find_variation), lately):
        lines.append(f"# {found.routine.id if found.routine else '-'} {found.sessions}")
        for each in found.exercises:
            done = each.lately
            stopped = ",".join(f"{side or '*'}{count}" for side, count in each.stopped.items())
            what = amount(each.next.dose) if each.next and each.next.dose else "-"
            name = each.next.exercise if each.next and each.next.exercise != each.key else ""
            lines.append(
                f"{each.key}{f' {each.side}' if each.side else ''}:"
                f" {amount(each.prescribed) if each.prescribed else '-'}"
                f" | {done.times}: {done.sets}/{done.of} {done.instead}"
                f" | {' '.join(filter(None, [name, what]))}"
                f" | {'-' if not each.hurt else each.pain} | {stopped or '-'}"
            )
    return lines


def test_two_weeks():
    """The next dose is what the rules decide, and not the last one done; pain is that of its own sessions."""
    assert rows(lived()) == [
        "# knee 6",
        "sit_to_stand: 8 | 6: 6/6 0 | 8 | - | -",
        "glute_bridge: 8 x 2s | 6: 6/6 0 | 8 x 2s | - | -",
        "side_plank_knees: 3-2-1 x 5s | 6: 18/18 0 | 3-1-1 x 5s | - | -",
        "bird_dog: 3-2-1 x 5s | 1: 0/1 5 | dead_bug 2 | 7 | right2",
        "hamstring_strap: 2 x 20s | 6: 6/6 0 | 2 x 20s | - | -",
    ]


def test_next_time_is_not_what_was_done_last():
    sessions = lived((Day(0), Day(2), Day(4, stopped=("glute_bridge", ""))))
    (last,) = (each.dose for each in sessions[-1].decisions if each.written == "glute_bridge")
    (line,) = (each for each in rows(sessions) if each.startswith("glute_bridge"))
    assert (amount(last), line.split(" | ")[2]) == ("9 x 2s", "glute_bridge_low 2 x 2s")


def test_named_afterwards_is_hurt_and_not_stopped():
    (line,) = (each for each in rows(lived((Day(0, worst=6, named="sit_to_stand"),))) if "sit_to" in each)
    assert line.endswith("| 6 | -")


def test_both_sides_and_no_side():
    days = (Day(0, stopped=("bird_dog", "left")), Day(10, worst=6, stopped=("side_plank_knees", "right")))
    found = rows(lived((*days, Day(12, worst=4, stopped=("glute_bridge", "")))))
    assert [each.rpartition("|")[2].strip() for each in found[1:]] == ["-", "*1", "right1", "left1", "-"]


def test_an_exercise_that_is_done_by_side_has_a_row_for_each():
    exercise = LIBRARY.exercise("bird_dog")
    one = in_order(exercise, ("right",))
    sessions = [
        replace(session_on(day, sets_of(one, ending=ending), worst=4), id=day, routine="knee")
        for day, ending in ((8, Ending.DONE), (10, Ending.HURT))
    ]
    plan = next_time(sessions, made_of=routine(("bird_dog",)))
    assert [each.split(" |")[0] for each in rows(sessions, [plan])[1:]] == [
        "bird_dog left: 3-2-1 x 5s",
        "bird_dog right: 3-2-1 x 5s",
    ]
    assert [each.rpartition("|")[2].strip() for each in rows(sessions, [plan])[1:]] == ["-", "right1"]


def test_what_is_in_no_routine_in_use_comes_last_while_it_is_not_long_gone():
    cat = LIBRARY.exercise("cat_camel")

    def swum(day):
        return [replace(session_on(day, sets_of(cat)), id=100, routine="old"), *lived()]

    assert rows(swum(-15))[-2:] == ["# - 0", "cat_camel: - | 0: 0/0 0 | - | - | -"]
    assert not [each for each in rows(swum(-16)) if "cat_camel" in each]


def test_a_routine_of_which_nothing_was_done_is_there_all_the_same():
    assert rows((), [next_time(())])[:2] == ["# knee 0", "sit_to_stand: 8 | 0: 0/0 0 | 8 | - | -"]
