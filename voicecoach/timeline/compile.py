"""Step -> segment: every event at its frame.

Compiling is pure: the same step, speech lengths, earcon lengths and phrases give the same segment.
:mod:`voicecoach.timeline.work_set` lays out sets, in which words must meet beats. This module compiles all
other segments, whose length follows from what the coach says.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import count

from voicecoach.language.phrases import Phrases
from voicecoach.routine.model import Pace
from voicecoach.routine.region import Region
from voicecoach.timeline.briefings import briefing_segment, lead
from voicecoach.timeline.changes import change_segment, change_words
from voicecoach.timeline.countdown import COUNTDOWN, count_down
from voicecoach.timeline.gaps import ALONE, Gap, GapsAround, gaps, shares
from voicecoach.timeline.instruction_words import reminder, told_in_full
from voicecoach.timeline.medium import HOLD_QUIET, Medium
from voicecoach.timeline.own_pace import own_pace_segment
from voicecoach.timeline.rests import RestTime, next_words, rest_segment
from voicecoach.timeline.segment import Hold, Role, Score, Segment, SegmentKind, Sound, Speak, only_said
from voicecoach.timeline.speech_track import FOLLOW_PAUSE, SENTENCE_PAUSE, TO_LEAVE, Kit, Talk, Telling
from voicecoach.timeline.steps import (
    AnyStep,
    Briefing,
    ChangeSides,
    GoToMat,
    Hurt,
    Intro,
    LeadIn,
    OtherVariation,
    Outro,
    RestStep,
    SayStep,
    TalkLevel,
    WaitStep,
    Work,
)
from voicecoach.timeline.travel import BALL, is_held
from voicecoach.timeline.within import Within
from voicecoach.timeline.words import needed, swap_sentences
from voicecoach.timeline.work_set import work_segment
from voicecoach.units import frames

TO_SETTLE = frames(8)
"""Frames for a few slow breaths after an exercise that hurt, or in the end. [own choice]"""
REMINDER_EVERY = 20.0
"""Seconds between reminders during a wait, twice as often in a short one. [own choice]"""
SHORT_WAIT = 30.0
"""Seconds of the longest wait in which people have their hands full, as it goes on by itself. [own choice]"""


def compile_step(index: int, step: AnyStep, kit: Kit, around: GapsAround = ALONE) -> Segment:
    """Compile one step, the one at ``index`` in the plan, saying as much as the step wants said.

    ``around`` is what :func:`gaps` says of its neighbours. Sets are laid out as if everything were said, so
    that their times are the same however much is said.
    """
    return only_said(_compiled(index, step, replace(kit, talk=step.talk), around), step.talk)


def _compiled(index: int, step: AnyStep, kit: Kit, around: GapsAround) -> Segment:  # noqa: PLR0911 - one case for each kind
    match step:
        case LeadIn():
            return _lead_in(index, step, kit)
        case GoToMat():
            return _go_to_mat(index, step, kit)
        case Intro():
            return _intro(index, step, kit)
        case Briefing() | ChangeSides() | RestStep():
            return _between(index, step, kit, around)
        case Work():
            return _work(index, step, kit, around)
        case SayStep():
            return _say(index, step, kit)
        case WaitStep():
            return _wait(index, step, kit)
        case Hurt() | OtherVariation():
            return reply_segment(index, step, kit)
        case Outro():
            return _outro(index, step, kit)


def compile_all(steps: tuple[AnyStep, ...], kit: Kit, around: Sequence[GapsAround] = ()) -> Score:
    """Compile a whole session, for files, checks and print-outs; a live session compiles step by step.

    ``around`` is what :func:`gaps` says of ``steps``, where that is known already.
    """
    places = enumerate(zip(steps, around or gaps(steps), strict=True))
    return Score(tuple(compile_step(index, step, kit, beside) for index, (step, beside) in places))


def with_length(steps: tuple[AnyStep, ...], length: int) -> tuple[AnyStep, ...]:
    """Give the intro and the outro in ``steps`` the length of the session, in frames.

    An estimate will do, so that the start need not wait until every sentence is rendered.
    """
    told = length / frames(1)
    return tuple(replace(step, seconds=told) if isinstance(step, Intro | Outro) else step for step in steps)


def _lead_in(index: int, step: LeadIn, kit: Kit) -> Segment:
    talk = Talk(kit, at=frames(step.seconds))
    talk.play(Sound.GET_READY)
    return talk.done(index, SegmentKind.INTRO, step)


def _go_to_mat(index: int, step: GoToMat, kit: Kit) -> Segment:
    """Wait until the person is ready, and count down the last seconds of the time they were given."""
    say = kit.phrases
    talk = Talk(kit)
    talk.say(say(f"delay.go.{kit.medium}", time=say.time(step.limit)), Role.NAME)
    if kit.medium is Medium.PAGE:
        return _until_tapped(index, step, talk)
    length = max(frames(step.limit), talk.at)
    if length - talk.at > frames(COUNTDOWN[0] + 1):
        count_down(talk.lane, length, since=talk.at)
    return replace(talk.done(index, SegmentKind.WAIT, step, length), waits=True)


def _until_tapped(index: int, step: GoToMat | WaitStep, talk: Talk) -> Segment:
    """End a wait of a page, which stops the sound until the person taps: for as long as elsewhere, likely."""
    hold = Hold(talk.at, talk.at + HOLD_QUIET)
    waited = talk.done(index, SegmentKind.WAIT, step, hold.to)
    return replace(waited, waits=True, holds=(hold,), usual=hold.at + frames(step.limit))


def _intro(index: int, step: Intro, kit: Kit) -> Segment:
    say = kit.phrases
    talk = Talk(kit)
    for sentence in _notice(step, kit):
        talk.say(sentence, Role.SAFETY)
    if (first := step.resumes_at) is not None:
        number, sets = step.resumes_set
        phrase = "intro.resume_set" if sets > 1 else "intro.resume"
        which = {"n": say.number(number), "sets": say.number(sets)}
        talk.say(say(phrase, name=step.title, exercise=first.title, **which), Role.NAME)
        if near := step.instructions.supervision:
            talk.say(near, Role.SAFETY)
        talk.pause(FOLLOW_PAUSE)
        return talk.done(index, SegmentKind.INTRO, step)
    talk.say(say("intro.name", name=step.title), Role.NAME)
    length = [say("intro.minutes", minutes=say.minutes(step.seconds))] if step.seconds else []
    for sentence in (*length, *_sides_asked_for(step, say)):
        talk.say(sentence, Role.NAME)
    if things := needed(step.equipment, step.loads, say):
        talk.say(things, Role.NAME)
    for sentence in [each for thing in step.equipment for each in say.care(thing)] if step.full else []:
        talk.say(sentence, Role.SAFETY)
    if step.full and things:
        talk.say(say(f"intro.fetch.{kit.medium}"), Role.NAME)
    for sentence in _changed(step, kit):
        talk.say(sentence, Role.TEACH)
    for sentence in (*_to_heed(step, kit), *_how_to_stop(step, kit)):
        talk.say(sentence, Role.SAFETY)
    talk.pause(FOLLOW_PAUSE)
    return talk.done(index, SegmentKind.INTRO, step)


def _sides_asked_for(step: Intro, say: Phrases) -> list[str]:
    if not step.order:
        return []
    which = "side_only" if len(step.order) == 1 else "side_first"
    return [say(f"intro.{which}", side=say.side(step.order[0]))]


def _changed(step: Intro, kit: Kit) -> Iterator[str]:
    """Yield what was replaced or left out, and what is new, as only a live session knows when it is heard."""
    yield from swap_sentences(step.swaps, kit.phrases, prescribed=bool(step.instructions))
    if step.changes and kit.medium.has_keys:
        yield from (*step.changes, kit.phrases("intro.otherwise"))


def _notice(step: Intro, kit: Kit) -> Iterator[str]:
    """Yield the notice in short for a file; who plays a session or opens a page has read it before."""
    say, by = kit.phrases, step.instructions.by
    if kit.medium is Medium.FILE:
        yield say("intro.chosen", by=f"{by}," if "," in by else by) if by else say("intro.unreviewed")
        yield say(f"region.{step.region}.recording")


def _to_heed(step: Intro, kit: Kit) -> Iterator[str]:
    """Yield what is done all the same, what the clinician asks for, and what everybody heeds."""
    say = kit.phrases
    if step.ruled_out:
        yield say("intro.ruled_out", names=say.join(step.ruled_out))
    if not step.reminds:
        named = kit.medium is Medium.FILE  # by its notice
        yield from told_in_full(replace(step.instructions, by="") if named else step.instructions, say)
    else:
        yield from reminder(step.instructions, say)
    yield say(f"region.{step.region}.{'intro_brisk' if step.brisk else 'intro'}")


def _how_to_stop(step: Intro, kit: Kit) -> Iterator[str]:
    """Yield how to stop, and the keys for that, unless they are told later; only a live session has any."""
    say = kit.phrases
    if step.full:
        yield say("intro.come_out")
    if kit.medium is Medium.FILE and not step.full:
        yield say("intro.stop.file_short")
    else:
        yield say(f"intro.stop.{kit.medium}")
    if step.full and not step.keys_later and kit.medium.has_keys:
        yield from say.all_of("briefing.keys")


def _between(index: int, step: Briefing | ChangeSides | RestStep, kit: Kit, around: GapsAround) -> Segment:
    """Compile a step between two sets, with its share of the time that is written for them."""
    gap = around.gap
    time = shares(gap, kit) if gap else None
    unsaid = _unsaid(around.work, kit) if around.work else ()
    match step:
        case Briefing() if gap and time:
            return briefing_segment(
                index, step, kit, time.depth, length=time.briefing, named=not gap.names_next
            )
        case Briefing():
            return briefing_segment(index, step, kit)
        case ChangeSides() if time:
            return change_segment(index, step, kit, time.told, time.pause, unsaid)
        case ChangeSides():
            return change_segment(index, step, kit, unsaid=unsaid)
        case RestStep() if time:
            told = step if step.seconds is None else replace(step, seconds=time.seconds)
            return rest_segment(index, told, kit, RestTime(time.pause, time.to_go, time.told), unsaid)
        case RestStep():
            return rest_segment(index, step, kit, unsaid=unsaid)


def _unsaid(work: Work, kit: Kit) -> tuple[str, ...]:
    """Return the reminders for every set that have no room in ``work``: they are said before it."""
    if not work.exercise.cues.always or not work.ordinal or work.exercise.pace is Pace.SELF:
        return ()
    kit = replace(kit, talk=TalkLevel.ALL)
    said = {event.text for event in work_segment(0, work, kit).events if isinstance(event, Speak)}
    texts = (kit.phrases.sided(cue.text, work.side) for cue in work.exercise.cues.always)
    return tuple(text for text in texts if text not in said)


def _work(index: int, step: Work, kit: Kit, around: GapsAround) -> Segment:
    count_in = shares(around.gap, kit).count_in if around.gap else None
    laid_out = own_pace_segment if step.exercise.pace is Pace.SELF else work_segment
    return replace(laid_out(index, step, kit, _within(count_in, around.following, kit)), work=step)


def _within(count_in: int | None, following: Gap | None, kit: Kit) -> Within:
    """Return what a set has to say of the next one, and whether it runs on into it."""
    if following is None or (after := shares(following, kit)).told is not Telling.NOTHING:
        return Within(count_in)
    pause, say = following.pause, kit.phrases
    announced = (
        next_words(pause, say, short=True) if isinstance(pause, RestStep) else change_words(pause, say)
    )
    return Within(count_in, runs_on=not after.seconds, announces=announced)


def _say(index: int, step: SayStep, kit: Kit) -> Segment:
    talk = Talk(kit)
    talk.and_rest(step.block, after_work=step.after_work)
    talk.praise(step)
    talk.say(step.leaving, Role.SAFETY, TO_LEAVE)
    talk.say(step.text, Role.NAME, FOLLOW_PAUSE)
    return talk.done(index, SegmentKind.SAY, step)


def _wait(index: int, step: WaitStep, kit: Kit) -> Segment:
    """Compile a wait at its full limit; the player leaves it early when the person is ready.

    It says that it goes on by itself, as somebody with full hands cannot press a key. A page waits for a tap.
    """
    say = kit.phrases
    talk = Talk(kit)
    talk.and_rest(step.block, after_work=step.after_work)
    talk.praise(step)
    talk.say(step.leaving, Role.SAFETY, TO_LEAVE)
    what = step.what.rstrip(".")
    talk.say(say(f"wait.what.{kit.medium}", what=what, time=say.time(step.limit)), Role.NAME)
    if kit.medium is Medium.PAGE:
        return _until_tapped(index, step, talk)
    told, go_on = talk.at, say("wait.go_on")
    length = told + max(frames(step.limit), FOLLOW_PAUSE + kit.speech.measure(go_on))
    talk.lane.place([go_on], Role.NAME, since=told, until=length - SENTENCE_PAUSE // 2, late=True)
    every = REMINDER_EVERY if step.limit > SHORT_WAIT else REMINDER_EVERY / 2
    for turn in count():
        at = told + frames(every * (turn + 1))
        if at >= length - frames(every / 2):
            break
        left = say.time(step.limit - every * (turn + 1))
        talk.lane.fix(at, [say("wait.reminder", turn, time=left)], Role.CUE, until=length)
    return replace(talk.done(index, SegmentKind.WAIT, step, length), waits=True)


def _outro(index: int, step: Outro, kit: Kit) -> Segment:
    say = kit.phrases
    talk = Talk(kit)
    talk.and_rest(step.block, after_work=step.after_work)
    talk.praise(step)
    talk.say(step.leaving, Role.SAFETY, TO_LEAVE)
    if step.way and not step.idle:
        talk.say(say("outro.stay"), Role.BREATH, TO_SETTLE)
    talk.play(Sound.SESSION_END)
    if step.idle:
        talk.say(say("outro.idle"), Role.NAME)
        lead(talk, step)
        return talk.done(index, SegmentKind.OUTRO, step)
    if kit.medium is not Medium.FILE:  # what was really done is told when it is over
        talk.say(say("outro.done_plain", name=step.name), Role.NAME)
        lead(talk, step)
        return talk.done(index, SegmentKind.OUTRO, step)
    if step.exercises and step.seconds:
        phrase = "outro.done" if step.exercises > 1 else "outro.done_one"
        count = say.number(step.exercises)
        talk.say(say(phrase, name=step.name, count=count, minutes=say.minutes(step.seconds)), Role.NAME)
    else:
        talk.say(say("outro.done_plain", name=step.name), Role.NAME)
    lead(talk, step)
    talk.say(say("outro.come_back", step.block), Role.PRAISE)
    return talk.done(index, SegmentKind.OUTRO, step)


def reply_segment(index: int, step: Hurt | OtherVariation, kit: Kit) -> Segment:
    """Compile one reply, which lasts as long as it takes to say."""
    talk = Talk(kit)
    if isinstance(step, Hurt):
        _hurt(talk, step)
    else:
        _other_variation(talk, step)
    return talk.done(index, SegmentKind.SAY, step)


def _hurt(talk: Talk, step: Hurt) -> None:
    """Say how to come down and rest, when to stop altogether, and how it goes on (catalogue section 7)."""
    say, exercise = talk.kit.phrases, step.exercise
    talk.say(say("hurt.over"), Role.SAFETY)
    rest = say(f"hurt.rest.{exercise.posture or 'unknown'}")
    leaving = exercise.leaving if is_held(exercise) else ""
    # Over a ball only its own way out is right.
    for sentence in (leaving,) if leaving and BALL in exercise.equipment else (rest, leaving):
        talk.say(sentence, Role.SAFETY, FOLLOW_PAUSE)
    talk.say(say("hurt.breathe"), Role.SAFETY, TO_SETTLE)
    region = exercise.region or Region.BACK
    if exercise.leg_rule:
        talk.say(say(f"region.{region}.watch_hurt"), Role.SAFETY)
    talk.say(say(f"region.{region}.stop"), Role.SAFETY)
    talk.say(say("hurt.goes_on" if step.goes_on else "hurt.last"), Role.SAFETY, FOLLOW_PAUSE)


def _other_variation(talk: Talk, step: OtherVariation) -> None:
    say = talk.kit.phrases
    if step.instead:
        how = "back" if step.back else "harder_one" if step.harder else "easier_one"
        talk.say(say(f"variation.{how}", name=step.instead), Role.NAME)
        if step.equipment:
            talk.say(needed(step.equipment, (), say), Role.NAME, FOLLOW_PAUSE)
        return
    text = say.sided(step.text, step.side)
    how = "harder" if step.harder else "easier"
    talk.say(text if step.reminds else say(f"variation.{how}", text=text), Role.NAME, FOLLOW_PAUSE)
