"""An exercise whose sides swap may have more reps on one of them, so it begins on the other the next time."""

from collections import Counter
from dataclasses import replace
from functools import partial

from fakes.clock import MONDAY_EVENING
from fakes.journal import session_on, sets_of

from voicecoach.app import journal, prepare
from voicecoach.language import phrases
from voicecoach.routine.doses import dose_of
from voicecoach.routine.files.library import Library
from voicecoach.routine.model import Sides
from voicecoach.routine.profile import Explaining
from voicecoach.timeline.expand import Settings, expand_exercise
from voicecoach.timeline.steps import ChangeSides, Work, works
from voicecoach.timeline.words import dose_sentences
from voicecoach.training import dose_history
from voicecoach.training.exercise_log import practices_of
from voicecoach.training.work import dose_done, work_done

CURL_UP = replace(Library.default().exercise("mcgill_curl_up"), reps=(5, 4, 3))


def test_both_sides_come_to_the_same_in_two_sessions(tmp_path, monkeypatch):
    monkeypatch.setenv("VOICECOACH_HOME", str(tmp_path))
    done, firsts = Counter[str](), []
    for explaining in (Explaining.AUTO, Explaining.FULL):
        settings = prepare.settings_for(explaining, print, MONDAY_EVENING)
        works = [step for step in expand_exercise(0, CURL_UP, settings, None) if isinstance(step, Work)]
        for each in works:
            done[each.side] += each.reps
        firsts.append(works[0].side)
        journal.note_met([CURL_UP.key], print)
    assert firsts == ["left", "right"]
    assert done["left"] == done["right"] == 12
    assert dose_sentences(CURL_UP, phrases.load(), "right")[-1] == "Right knee first, then the left."


def _times(times, _):
    return times


def test_the_side_that_is_written_comes_first_each_time():
    right_first = replace(CURL_UP, order=("right", "left"))
    for times in (0, 1):
        steps = expand_exercise(0, right_first, Settings(met=partial(_times, times)), None)
        assert [each.side for each in works(steps)] == ["right", "left", "left"]


def test_one_side_alone_is_a_whole_set():
    """In the plan of the session, in the journal, and for the rules."""
    exercise = replace(
        Library.default().exercise("bird_dog"), reps=(4, 4), sides=Sides.EACH, order=("right",)
    )
    steps = expand_exercise(0, exercise, Settings(), None)
    assert [(each.side, each.set_number) for each in works(steps)] == [("right", 1), ("right", 2)]
    assert not any(isinstance(step, ChangeSides) for step in steps)
    done = session_on(0, sets_of(exercise))
    (practice,) = practices_of(done)
    assert practice.reached(exercise)
    assert work_done(practice, exercise) == sum(exercise.set_seconds)
    assert dose_done(practice, exercise) == dose_of(exercise)
    (course,) = dose_history.courses([done], lambda _: Library.default().exercise("bird_dog"))
    assert (course.each_side, [each.share for each in course.doings]) == (False, [1.0])
