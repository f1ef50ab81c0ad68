"""Nothing heard or shown in a session for a knee, a hip or a neck is a sentence about a back or a leg."""

import itertools
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from backs import OF_BACK, about_a_back
from fakes.journal import MONDAY, session_on, sets_of
from fakes.speech import SOUNDS, LetterSpeech

from voicecoach.app import by_hand, pace, person_questions, prepare
from voicecoach.app.questions import Past, Red
from voicecoach.journal.records import Arm, Before, Felt, Leg, Weakness
from voicecoach.language import phrases
from voicecoach.language.phrases import Message
from voicecoach.pages import regions as reported
from voicecoach.routine.files.library import Library
from voicecoach.routine.model import Caution, Do, Routine
from voicecoach.routine.profile import Profile
from voicecoach.routine.region import Region
from voicecoach.session.rungs import next_rung, rung_of
from voicecoach.settings import profile_file, safety
from voicecoach.settings.profile_file import OwnProfile
from voicecoach.timeline.compile import compile_all, reply_segment
from voicecoach.timeline.expand import NONE_DONE, Settings, expand_exercise
from voicecoach.timeline.medium import Medium
from voicecoach.timeline.segment import Speak
from voicecoach.timeline.speech_track import Kit
from voicecoach.timeline.steps import Coaching, Hurt, works
from voicecoach.training.agreement import Pace, Waits
from voicecoach.training.debrief import Aftermath, debrief
from voicecoach.training.dosed_routine import prescription_for
from voicecoach.training.exercise_log import History
from voicecoach.training.next_question import next_question
from voicecoach.training.questions import QUESTIONS, AskedWhen, Known
from voicecoach.training.readiness import Today

OTHERS = [each for each in Region if each is not Region.BACK]
SAY = phrases.load()
LIBRARY = Library.default()
ROUTINE = """
name: Whole
region: {region}
steps:
  - exercise: Lift
    kind: strength
    posture: supine
    position: [Lie down.]
    movement: Lift.
    rep: up 2s, hold 6s, down 2s
    reps: 2 x 3
    sides: each
    cues: [Slowly.]
  - hamstring_strap
  - sciatic_glide_seated
  - glute_bridge
"""
WALK = "name: Walk\nregion: {region}\nsteps: [brisk_walk]\n"
KIT = Kit(LetterSpeech(seconds_per_letter=0.02), SOUNDS, SAY)


def codes(message):
    """The names of the phrases of a message, and of those inside it."""
    yield message.code
    for value in message.values.values():
        for each in value if isinstance(value, tuple) else (value,):
            if isinstance(each, Message):
                yield from codes(each)


def backs(messages):
    return {code for each in messages for code in codes(each) if OF_BACK.fullmatch(code)}


@pytest.fixture
def routine(tmp_path):
    def read(region, text=ROUTINE):
        path = tmp_path / f"{region}.yaml"
        path.write_text(text.format(region=region))
        return prepare.tailored(LIBRARY, str(path), Profile()).routine

    return read


def heard(routine):
    """All that is said in a session, also when an exercise hurts or another variation is done."""
    for coaching, medium in itertools.product(Coaching, Medium):
        steps = prepare.steps_of(routine, Settings(coaching=coaching))
        kit = replace(KIT, medium=medium)
        replies = [Hurt(block=1, title="", exercise=each, goes_on=True) for each in routine.exercises]
        segments = (*compile_all(steps, kit).segments, *(reply_segment(0, each, kit) for each in replies))
        yield from (each.text for segment in segments for each in segment.events if isinstance(each, Speak))


def test_the_test_finds_what_the_back_is_told(routine):
    told = set(about_a_back(*heard(routine("back"))))
    assert {f"region.back.{each}" for each in ("intro", "watch", "watch_hurt", "stop")} <= told
    assert "region.back.intro_brisk" in about_a_back(*heard(routine("back", WALK)))


@pytest.mark.parametrize("region", OTHERS)
def test_nothing_in_a_session_is_about_a_back(routine, region):
    for text in (ROUTINE, WALK):
        said = {*heard(routine(region, text))}
        assert about_a_back(*said) == []
        brisk = "intro_brisk" if text is WALK else "intro"
        assert SAY(f"region.{region}.{brisk}") in said
    for each in ("watch", "watch_hurt", "stop"):
        assert SAY(f"region.{region}.{each}") in {*heard(routine(region))}


@pytest.mark.parametrize("region", OTHERS)
def test_a_variation_is_one_for_the_same_region(routine, region):
    class Shelf:
        hurt = ()

        def variation(self, key):
            return LIBRARY.exercise(key)

        def plan(self, block, exercise, posture, done=NONE_DONE):
            return expand_exercise(block, exercise, Settings(), posture, done)

    bridge = works(prepare.steps_of(routine(region), Settings()))[-1]
    for harder in (True, False):
        found = next_rung(rung_of(bridge), Shelf(), (), harder=harder)
        while found and found.exercise.key == bridge.exercise.key:
            found = next_rung(found.rung, Shelf(), (), harder=harder)
        assert found is None or found.exercise.region is region


def asked(known):
    """Every question at a moment, as long as each is answered with its first answer, or skipped."""
    for skips in (True, False):
        now = known
        while question := next_question(now, session_on(9).started):
            yield question
            answer = question.answers[0].value if question.answers and not skips else None
            now = now.and_asked(question, answer)
            now = replace(now, worse=True, leg_rose=False, calm=True, pace="")


@pytest.mark.parametrize("region", OTHERS)
def test_nothing_that_is_asked_is_about_a_back(region):
    own = OwnProfile(cautions=dict.fromkeys((Caution.ACUTE, Caution.LEG, Caution.PREG), MONDAY))
    for first, weak, moment in itertools.product((True, False), (True, False), AskedWhen):
        person = person_questions.open_questions(own, MONDAY + timedelta(400), first=first, region=region)
        known = Known(moment=moment, region=region, first=first, weak=weak, person=person, leg_after=True)
        names = [each.named(region) for each in asked(known) if each.phrase]
        assert not [each for each in names if OF_BACK.fullmatch(each) and each != "red.instead"], names
        wanted = {AskedWhen.BEFORE: "still" if weak else "ask", AskedWhen.AFTER: "ask_after"}[moment]
        assert f"region.{region}.{wanted}" in names
        assert ("region.neck.arm" in "".join(names)) is (region is Region.NECK)
        for each in QUESTIONS:
            if OF_BACK.fullmatch(each.named(region)) and each.id != "instead":
                assert each.due(known) is False, each.id
    back = Known(moment=AskedWhen.BEFORE)
    assert "ask.leg" in {each.named(Region.BACK) for each in asked(back)}


@pytest.mark.parametrize("region", OTHERS)
def test_nothing_of_the_safety_text_is_about_a_back(region):
    text = safety.load(region=region)
    told = [*text.notice, *(point for section in text.sections for point in section.points)]
    assert [each for each in told if about_a_back(each)] == []
    of_back = {*safety.load().emergency.points} - {*SAY.all_of(f"region.{region}.emergency")}
    assert not of_back & {*told}


def histories(region):
    """Sessions with all sorts of answers, the last ones also about a leg, which nobody asks."""
    exercise = LIBRARY.exercise("wall_squat")
    for pain, worst, sign, arm in itertools.product((1, 9), (1, 5, 9), (None, False, True), (None, Arm.HAND)):
        yield (
            *(session_on(day, sets_of(exercise), pain=1, region=region, arm=Arm.NONE) for day in range(8)),
            session_on(9, sets_of(exercise), pain=pain, worst=worst, region=region, leg=Leg.CALF),
            replace(
                session_on(10, sets_of(exercise), pain=pain, region=region),
                before=Before(pain=pain, leg=Leg.FOOT, arm=arm),
                after=Felt(worst_pain=worst, effort=5, leg=Leg.FOOT, sign=sign, arm=arm),
            ),
        )


@pytest.mark.parametrize("region", OTHERS)
def test_no_reason_and_no_last_word_is_about_a_back(region):
    exercise = LIBRARY.exercise("wall_squat")
    steps = (Do(exercise=exercise),)
    routine = Routine(id="core", name="It", phases=(2,), steps=steps, path=Path("it")).in_region(region)
    weak = (Weakness(at=session_on(8).started, present=True, region=region),)
    for sessions, said in itertools.product(histories(region), ((), weak)):
        history = History(sessions=sessions, weakness=said)
        for day, pain in itertools.product((11, 13, 30), (1, 9)):
            today = Today(day=MONDAY + timedelta(day), before=Before(pain=pain, arm=Arm.HAND, leg=Leg.FOOT))
            made = prescription_for(routine, history, today, find_variation=lambda _: None)
            assert not backs(each.reason for each in made.decisions)
        after = Aftermath(session=sessions[-1], past=sessions[:-1], names={}, weakness=said)
        assert not backs(debrief(after))


@pytest.mark.parametrize("region", OTHERS)
def test_a_red_day_says_what_to_do_instead(region):
    past = Past(MONDAY + timedelta(9), tuple(session_on(day, pain=1, region=region) for day in range(8)))
    past = past.about(region)
    said = Before(pain=9)
    assert past.red(said) is Red.PAIN
    told = past.told(Red.PAIN, said)
    assert (told.code, told.values["part"]) == ("red.rest", Message(f"region.{region}.part"))
    assert not about_a_back(SAY.tell(told))
    assert past.about(Region.BACK).sessions == ()


@pytest.mark.parametrize("region", OTHERS)
def test_the_report_tells_of_each_region_what_was_asked_there(region):
    sessions = (
        session_on(0, region=region, sign=False, after_sign=False),
        session_on(1, region=region, sign=False, after_sign=True),
        session_on(2, region=region),
    )
    part = SAY.part(f"region.{region}.part").capitalize()
    assert [*reported.asked(sessions, SAY)] == [f"{part}: a warning sign in 1 of 2 sessions."]
    both = (*sessions, session_on(3, leg=Leg.KNEE))
    assert next(iter(reported.asked(both, SAY))).startswith("Felt at most as far as the knee;")
    weak = (Weakness(at=session_on(1).started, present=True, region=region),)
    (line,) = reported.looked_at(weak, MONDAY, SAY)
    assert line.startswith(f"A warning sign of the {part.lower()}: said on")


def test_the_report_tells_how_far_down_an_arm_a_neck_was_felt():
    sessions = (session_on(0, region=Region.NECK, arm=Arm.NONE, after_arm=Arm.ELBOW),)
    (line,) = reported.asked(sessions, SAY)
    assert line == "Felt at most as far as the elbow; further down the arm after 1 session."


def test_what_is_noted_by_hand_is_for_the_region_of_its_routine_though_nothing_of_it_suits(tmp_path):
    profile_file.save(OwnProfile(region=Region.HIP, cautions={Caution.KNEE: MONDAY}), print)
    noted = session_on(0)
    for text, expected in (
        (
            "name: S\nregion: knee\nsteps: [{exercise: Up, cautions: [knee], rep: up 1s, reps: 2}]",
            Region.KNEE,
        ),
        ("name: S\nsteps: [{exercise: Up, cautions: [knee], rep: up 1s, reps: 2}]", Region.HIP),
        ("nothing that can be read", Region.HIP),
    ):
        (tmp_path / "step.yaml").write_text(text, encoding="utf-8")
        by_file = replace(noted, routine=str(tmp_path / "step.yaml"))
        assert by_hand.region_of(by_file, LIBRARY) is expected, text
    assert by_hand.region_of(replace(noted, routine="gardening"), LIBRARY) is Region.HIP


@pytest.mark.parametrize("region", Region)
def test_an_agreed_pace_waits_for_what_is_asked_of_the_region(region, monkeypatch):
    monkeypatch.setattr(pace, "usual", lambda: region)
    day = datetime(2026, 3, 2, tzinfo=UTC)
    waiting = Pace(since=day.date(), sessions=3, began=day.date(), waits=Waits.WEAK)
    for told in (pace.begun(SAY), pace.told(waiting, day, SAY)):
        assert (" leg or foot " in told) is (region is Region.BACK)
        assert (" leg" in told) is (region is Region.BACK)
        assert region is Region.BACK or f"your {SAY.part(f'region.{region}.part')}" in told.lower()
