"""Left and right: which comes first, one of them alone, and what is kept and told of that."""

from collections import Counter
from dataclasses import replace
from functools import partial

from fakes.clock import MONDAY_EVENING
from fakes.journal import MONDAY, session_on, sets_of

from voicecoach.app import journal, prepare
from voicecoach.app.selection import Selection
from voicecoach.journal.records import Choice, Wish
from voicecoach.language import phrases
from voicecoach.language.speech_length import DEFAULT_WPM
from voicecoach.pages.exercise_table import TableContext, exercises
from voicecoach.routine.doses import dose_of
from voicecoach.routine.files.library import Library
from voicecoach.routine.model import Caution, Sides
from voicecoach.routine.one_side import in_order
from voicecoach.routine.profile import Explaining, Profile
from voicecoach.session.listener import Ending
from voicecoach.timeline.expand import Settings, expand_exercise
from voicecoach.timeline.saved_plan import SavedPlan, from_json, to_json
from voicecoach.timeline.steps import ChangeSides, Work, works
from voicecoach.timeline.words import dose_sentences
from voicecoach.training import dose_history
from voicecoach.training.by_exercise import by_routine
from voicecoach.training.exercise_log import History
from voicecoach.training.practice import practices_of
from voicecoach.training.work import dose_done, work_done

NOBODY = Profile()
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


def _prepared(name, side="", person=NOBODY, choices=()):
    """A session by the rules, of somebody who wished something of its sides."""
    decide = prepare.deciding(person, print, MONDAY, history=lambda: History(choices=tuple(choices)))
    selection = Selection(side=side)
    return prepare.session_for(person, name, Settings(), DEFAULT_WPM, selection, decide=decide)


def _sides(session, key):
    """The sides of each set of an exercise in the session."""
    return [each.side for each in works(session.steps) if each.exercise.key == key]


def test_a_session_is_done_on_the_side_that_was_asked_for_and_goes_on_so():
    for side, found in (("right", ["right"]), ("right first", ["right", "left"]), ("", ["left", "right"])):
        session = _prepared("core", side)
        assert _sides(session, "bird_dog") == found
        assert session.asked.side == side
        plan = SavedPlan(steps=session.steps)
        assert from_json(to_json(plan)) == plan
    assert {each.side for each in _prepared("core", "right").decisions} == {"", "right"}


def test_what_a_profile_replaces_is_done_on_the_side_that_is_planned():
    """The session's side comes before that of the plan, which comes before the file's."""
    right = Choice(at=MONDAY_EVENING, written="side_plank_knees", wish=Wish.SIDE, side="right")
    sore = Profile(cautions=frozenset({Caution.SHOULDER}))
    for person, key in ((NOBODY, "side_plank_knees"), (sore, "side_plank_wall")):
        for side, found in (("", "right"), ("left", "left"), ("left first", "right")):
            session = _prepared("core", side, person, [right])
            assert set(_sides(session, key)) == {found}


def test_the_report_tells_of_which_side_a_dose_is():
    dog = Library.default().exercise("bird_dog")
    done = [
        session_on(0, sets_of(dog)),
        session_on(2, sets_of(in_order(dog, ("right",)), ending=Ending.HURT)),
    ]
    courses = dose_history.courses(done, lambda _: dog)
    about = TableContext(str, MONDAY, MONDAY, phrases.load())
    heading, *rows = exercises(by_routine((), done, courses, done), about).rows
    assert heading["routine"] == "In no routine of the present plan"
    assert [(row["sides"], row["stopped"], row["chart"].title) for row in rows] == [
        ("each side", "-", "Dose of Bird dog"),
        ("right only", "right 1\N{MULTIPLICATION SIGN}", "Dose of Bird dog, right"),
    ]
