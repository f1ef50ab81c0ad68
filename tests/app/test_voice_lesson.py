"""What can be said to the coach, told once."""

import re
from dataclasses import replace

import pytest

from voicecoach.app import prepare
from voicecoach.app.voice_lesson import VoiceLesson
from voicecoach.language import phrases
from voicecoach.session.commands import spoken
from voicecoach.timeline.expand import Settings, expand
from voicecoach.timeline.segment import Role, Speak
from voicecoach.timeline.steps import Intro, SayStep

SAY = phrases.load()
HEARS = "I can hear you, so you need no keys."
MOST = "You can say: pause please, go on, next exercise, slower please, that hurts or stop the session."
ALL = "To hear all that you can say, ask me: what can I say?"
TOLD = [HEARS, MOST, ALL]


@pytest.fixture(autouse=True)
def _home(tmp_path, monkeypatch):
    monkeypatch.setenv("VOICECOACH_HOME", str(tmp_path))


@pytest.fixture(scope="module")
def session():
    steps = expand(prepare.library().load("quick"), Settings(delay=10))
    return replace(prepare.remark("Quick."), steps=steps)


def lesson_in(session):
    return [step.text for step in session.steps if isinstance(step, SayStep)]


def hear(lesson, *texts):
    for text in texts:
        lesson.event_started(Speak(0, 1, text, Role.NAME))


def test_it_comes_after_the_introduction_until_it_was_heard(session):
    lesson = VoiceLesson(SAY, pytest.fail)
    taught = lesson.before(session)
    assert lesson_in(taught) == TOLD
    intro = next(index for index, step in enumerate(taught.steps) if isinstance(step, Intro))
    assert lesson_in(replace(taught, steps=taught.steps[intro + 1 : intro + 4])) == TOLD
    hear(lesson, HEARS, MOST)
    lesson.after()
    assert lesson_in(VoiceLesson(SAY, pytest.fail).before(session)) == TOLD, "it was not heard to its end"
    hear(lesson, ALL)
    assert lesson.before(session).steps == session.steps
    lesson.after()
    assert VoiceLesson(SAY, pytest.fail).before(session).steps == session.steps


def test_one_that_was_interrupted_in_it_tells_it_once(session):
    taught = VoiceLesson(SAY, pytest.fail).before(session)
    assert lesson_in(VoiceLesson(SAY, pytest.fail).before(taught)) == TOLD


def test_what_is_only_said_has_none():
    remark = prepare.remark("Good evening.")
    assert VoiceLesson(SAY, pytest.fail).before(remark).steps == remark.steps


def test_it_names_what_is_obeyed():
    named = re.split(", | or ", MOST.removeprefix("You can say: ").removesuffix("."))
    assert {*named, "what can I say"} <= spoken(SAY).keys()
    assert len(named) == 6
