"""Step -> segment: every event at its frame.

A pure function: the same step, speech lengths, earcon lengths and phrases give the same segment. Work
segments, where words meet beats, are laid out in :mod:`voicecoach.timeline.layout`; here are the others, in
which the coach speaks first and time follows.
"""

from __future__ import annotations

from dataclasses import replace

from voicecoach.language.phrases import Phrases
from voicecoach.routine.model import Pace, Sides
from voicecoach.timeline.counting import COUNT_IN_SECONDS, COUNTDOWN, count_down
from voicecoach.timeline.kit import Kit
from voicecoach.timeline.own_pace import own_pace_segment
from voicecoach.timeline.reply import reply_segment
from voicecoach.timeline.rest import rest_segment
from voicecoach.timeline.say_dose import dose_sentences
from voicecoach.timeline.say_swaps import swap_sentences
from voicecoach.timeline.segment import Role, Score, Segment, SegmentKind, Sound
from voicecoach.timeline.steps import (
    AnyStep,
    Briefing,
    Change,
    Coaching,
    GoToMat,
    Hurt,
    Intro,
    LeadIn,
    OtherForm,
    Outro,
    Rest,
    Say,
    Wait,
    Work,
)
from voicecoach.timeline.talk import FOLLOW_PAUSE, SENTENCE_PAUSE, Talk
from voicecoach.timeline.work import work_segment
from voicecoach.units import frames

REMINDER_EVERY = 20.0
"""Seconds between reminders during a wait. [own choice]"""


def compile_step(index: int, step: AnyStep, kit: Kit) -> Segment:  # noqa: C901, PLR0911 - one case for each kind
    """The segment of one step; ``index`` is its place in the plan."""
    match step:
        case LeadIn():
            return _lead_in(index, step, kit)
        case GoToMat():
            return _go_to_mat(index, step, kit)
        case Intro():
            return _intro(index, step, kit)
        case Briefing():
            return _briefing(index, step, kit)
        case Work():
            return _work(index, step, kit)
        case Change():
            return _change(index, step, kit)
        case Rest():
            return rest_segment(index, step, kit)
        case Say():
            return _say(index, step, kit)
        case Wait():
            return _wait(index, step, kit)
        case Hurt() | OtherForm():
            return reply_segment(index, step, kit)
        case Outro():
            return _outro(index, step, kit)


def compile_all(steps: tuple[AnyStep, ...], kit: Kit) -> Score:
    """The whole session at once: for files, checks and print-outs. A live session compiles step by step."""
    return Score(tuple(compile_step(index, step, kit) for index, step in enumerate(steps)))


def with_length(steps: tuple[AnyStep, ...], kit: Kit) -> tuple[AnyStep, ...]:
    """``steps`` whose intro and outro know how long the session lasts, measured with ``kit``'s voice.

    Pass an estimated voice here, so that the start need not wait for every sentence to be rendered.
    """
    length = compile_all(steps, kit).expected / frames(1)
    return tuple(replace(step, seconds=length) if isinstance(step, Intro | Outro) else step for step in steps)


def _lead_in(index: int, step: LeadIn, kit: Kit) -> Segment:
    talk = Talk(kit, at=frames(step.seconds))
    talk.play(Sound.GET_READY)
    return talk.done(index, SegmentKind.INTRO, step)


def _go_to_mat(index: int, step: GoToMat, kit: Kit) -> Segment:
    """Holds until the person is ready, as a wait does, and counts the last seconds of its time."""
    say = kit.phrases
    talk = Talk(kit)
    talk.say(say("delay.go", time=say.time(step.limit)), Role.NAME)
    length = max(frames(step.limit), talk.at)
    if length - talk.at > frames(COUNTDOWN[0] + 1):
        talk.sounds += count_down(talk.lane, length, talk.at, say, kit.sounds)
    return replace(talk.done(index, SegmentKind.WAIT, step, length), waits=True)


def _intro(index: int, step: Intro, kit: Kit) -> Segment:
    say = kit.phrases
    talk = Talk(kit)
    if (first := step.resumes_at) is not None:
        phrase = "intro.resume_set" if first.sets > 1 else "intro.resume"
        where = say(phrase, name=step.title, exercise=first.title, n=say.number(first.set_number))
        talk.say(where, Role.NAME)
        talk.pause(FOLLOW_PAUSE)
        return talk.done(index, SegmentKind.INTRO, step)
    talk.say(say("intro.name", name=step.title), Role.NAME)
    if step.seconds:
        talk.say(say("intro.minutes", minutes=say.minutes(step.seconds)), Role.NAME)
    if step.equipment:
        talk.say(
            say("intro.equipment", things=say.join([say.thing(item) for item in step.equipment])), Role.NAME
        )
    for sentence in (*swap_sentences(step.swaps, say), *step.changes):
        talk.say(sentence, Role.NAME)
    if step.changes:
        talk.say(say("intro.otherwise"), Role.NAME)
    talk.say(say("intro.safety"), Role.SAFETY)
    talk.pause(FOLLOW_PAUSE)
    return talk.done(index, SegmentKind.INTRO, step)


def _briefing(index: int, step: Briefing, kit: Kit) -> Segment:
    say, exercise = kit.phrases, step.exercise
    full = step.coaching is Coaching.FULL
    talk = Talk(kit)
    name = (
        say("briefing.again", name=exercise.name)
        if step.again
        else say("briefing.name", step.block, name=exercise.name)
    )
    talk.say(name, Role.NAME)
    if full:
        talk.say(say.sided(exercise.why, step.side), Role.TEACH)
    if step.get_up:
        talk.say(say("briefing.get_up"), Role.SAFETY, FOLLOW_PAUSE)
    moving_from = talk.at
    for number, sentence in enumerate(exercise.position if full else exercise.position[:1]):
        talk.say(say.sided(sentence, step.side), Role.NAME, FOLLOW_PAUSE)
        moving_from = talk.at if number == 0 else moving_from
    if full:
        for sentence in (exercise.movement, exercise.feel, _self_check(step, say)):
            talk.say(say.sided(sentence, step.side), Role.TEACH)
    for sentence in exercise.advice:
        talk.say(say.sided(sentence, step.side), Role.SAFETY)
    if exercise.leg_rule:
        talk.say(say("briefing.leg_rule"), Role.SAFETY)
    for sentence in _dose(step, say):
        talk.say(sentence, Role.NAME)
    # The first sentence says where to go; from there to the first rep is the time to get there.
    ready = moving_from + frames(step.travel - COUNT_IN_SECONDS)
    settle = say("briefing.settle")
    if ready - talk.at > kit.speech.measure(settle) + FOLLOW_PAUSE:
        talk.say(settle, Role.PRAISE)
    return talk.done(index, SegmentKind.BRIEFING, step, ready, sets=len(exercise.reps))


def _dose(step: Briefing, say: Phrases) -> list[str]:
    """How much is to be done, and with which side first; in the middle of it only the side."""
    exercise = step.exercise
    if not step.going_on:
        return dose_sentences(exercise, say)
    if exercise.sides is Sides.ALTERNATE:
        return [say("dose.alternate", limb=exercise.limb)]
    return [say("briefing.side", side=say.side(step.side), limb=exercise.limb)] if step.side else []


def _self_check(step: Briefing, say: Phrases) -> str:
    """One common error and its fix, another one each time; this is how a voice alone can supervise."""
    errors = step.exercise.errors
    if not errors:
        return ""
    error = errors[step.block % len(errors)]
    return say("briefing.check", step.block, when=_within(error.when), fix=_within(error.fix))


def _within(sentence: str) -> str:
    """A sentence as a part of another: small first letter, no full stop."""
    return sentence[:1].lower() + sentence[1:].rstrip(".")


def _work(index: int, step: Work, kit: Kit) -> Segment:
    if step.exercise.pace is Pace.SELF:
        compiled = own_pace_segment(index, step, kit)
    else:
        compiled = work_segment(index, step, kit.speech, kit.sounds, kit.phrases)
    return replace(compiled, work=step)


def _change(index: int, step: Change, kit: Kit) -> Segment:
    say = kit.phrases
    talk = Talk(kit)
    talk.say(say("change.sides", side=say.side(step.side), limb=step.exercise.limb), Role.SIDE)
    for sentence in step.position:
        talk.say(say.sided(sentence, step.side), Role.SIDE, FOLLOW_PAUSE)
    length = frames(step.exercise.change - COUNT_IN_SECONDS)
    return talk.done(index, SegmentKind.CHANGE, step, length, set_number=step.set_number, sets=step.sets)


def _say(index: int, step: Say, kit: Kit) -> Segment:
    talk = Talk(kit)
    talk.and_rest(step.block, after_work=step.after_work)
    talk.say(step.text, Role.NAME, FOLLOW_PAUSE)
    return talk.done(index, SegmentKind.SAY, step)


def _wait(index: int, step: Wait, kit: Kit) -> Segment:
    """A wait lasts its whole limit; the player leaves it early when the person is ready."""
    say = kit.phrases
    talk = Talk(kit)
    talk.and_rest(step.block, after_work=step.after_work)
    talk.say(say("wait.what", what=step.what), Role.NAME)
    go_on = say("wait.go_on")
    length = max(frames(step.limit), talk.at + FOLLOW_PAUSE + kit.speech.measure(go_on))
    talk.lane.place([go_on], Role.NAME, since=talk.at, until=length - SENTENCE_PAUSE // 2, late=True)
    turn = 0
    while (at := frames(REMINDER_EVERY * (turn + 1))) < length - frames(REMINDER_EVERY / 2):
        talk.lane.fix(at, [say("wait.reminder", turn)], Role.CUE, until=length)
        turn += 1
    return replace(talk.done(index, SegmentKind.WAIT, step, length), waits=True)


def _outro(index: int, step: Outro, kit: Kit) -> Segment:
    say = kit.phrases
    talk = Talk(kit)
    talk.and_rest(step.block, after_work=step.after_work)
    talk.play(Sound.SESSION_END)
    if step.exercises and step.seconds:
        phrase = "outro.done" if step.exercises > 1 else "outro.done_one"
        count = say.number(step.exercises)
        talk.say(say(phrase, name=step.name, count=count, minutes=say.minutes(step.seconds)), Role.NAME)
    else:
        talk.say(say("outro.done_plain", name=step.name), Role.NAME)
    if step.week:
        talk.say(_week(*step.week, say), Role.PRAISE)
    if step.lying:
        talk.say(say("outro.get_up"), Role.SAFETY)
    talk.say(say("outro.come_back", step.block), Role.PRAISE)
    return talk.done(index, SegmentKind.OUTRO, step)


def _week(count: int, goal: int, say: Phrases) -> str:
    """How the week goes: a week counts, never a row of days, so that a missed day breaks nothing."""
    if not goal:
        return say("outro.week_one") if count == 1 else say("outro.week", count=say.number(count))
    phrase = "outro.week_reached" if count >= goal else "outro.week_goal"
    return say(phrase, count=say.number(count), goal=say.number(goal))
