"""Step -> segment: every event at its frame.

A pure function: the same step, speech lengths, earcon lengths and phrases give the same segment. Work
segments, where words meet beats, are laid out in :mod:`voicecoach.timeline.work`; here are the others, in
which the coach speaks first and time follows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from voicecoach.routine.model import Posture
from voicecoach.timeline.counting import COUNT_IN_SECONDS
from voicecoach.timeline.fit import Lane
from voicecoach.timeline.phrases import Phrases
from voicecoach.timeline.say_dose import dose_sentences
from voicecoach.timeline.say_swaps import swap_sentences
from voicecoach.timeline.segment import Event, Play, Role, Score, Segment, SegmentKind, Sound, Speech
from voicecoach.timeline.steps import (
    AnyStep,
    Briefing,
    Change,
    Coaching,
    Intro,
    LeadIn,
    Outro,
    Rest,
    Say,
    Step,
    Wait,
    Work,
)
from voicecoach.timeline.work import work_segment
from voicecoach.units import frames

SENTENCE_PAUSE = frames(0.4)
"""Between two sentences of one thought."""
FOLLOW_PAUSE = frames(1.2)
"""After a sentence that asks the body to do something, so that one can follow. [own choice]"""
REMINDER_EVERY = 20.0
"""Seconds between reminders during a wait. [own choice]"""


@dataclass(frozen=True)
class Kit:
    """What compiling needs besides the step."""

    speech: Speech
    sounds: Mapping[Sound, int]
    """Length of each earcon in frames."""
    phrases: Phrases


def compile_step(index: int, step: AnyStep, kit: Kit) -> Segment:  # noqa: PLR0911 - one for each kind
    """The segment of one step; ``index`` is its place in the plan."""
    match step:
        case LeadIn():
            return _lead_in(index, step, kit)
        case Intro():
            return _intro(index, step, kit)
        case Briefing():
            return _briefing(index, step, kit)
        case Work():
            return work_segment(index, step, kit.speech, kit.sounds, kit.phrases)
        case Change():
            return _change(index, step, kit)
        case Rest():
            return _rest(index, step, kit)
        case Say():
            return _say(index, step, kit)
        case Wait():
            return _wait(index, step, kit)
        case Outro():
            return _outro(index, step, kit)


def compile_all(steps: tuple[AnyStep, ...], kit: Kit) -> Score:
    """The whole session at once: for files, checks and print-outs. A live session compiles step by step."""
    return Score(tuple(compile_step(index, step, kit) for index, step in enumerate(steps)))


def with_length(steps: tuple[AnyStep, ...], kit: Kit) -> tuple[AnyStep, ...]:
    """``steps`` whose intro and outro know how long the session lasts, measured with ``kit``'s voice.

    Pass an estimated voice here, so that the start need not wait for every sentence to be rendered.
    """
    length = compile_all(steps, kit).frames / frames(1)
    return tuple(replace(step, seconds=length) if isinstance(step, Intro | Outro) else step for step in steps)


@dataclass
class _Talk:
    """A segment written from front to back: sentences, pauses and earcons one after the other."""

    kit: Kit
    at: int = 0
    lane: Lane = field(init=False)
    sounds: list[Play] = field(default_factory=list)
    restarts: list[int] = field(default_factory=lambda: [0])

    def __post_init__(self) -> None:
        self.lane = Lane(self.kit.speech)

    def pause(self, length: int) -> None:
        self.at += length

    def say(self, text: str, role: Role, pause: int = SENTENCE_PAUSE) -> None:
        if text:
            self.restarts.append(self.at)
            self.at = self.lane.follow(self.at, text, role) + pause

    def play(self, sound: Sound, role: Role = Role.NAME, pause: int = SENTENCE_PAUSE) -> None:
        length = self.kit.sounds[sound]
        self.sounds.append(Play(self.at, length, sound, role))
        self.at += length + pause

    def done(self, index: int, kind: SegmentKind, step: Step, length: int = 0, **numbers: int) -> Segment:
        """The segment, at least ``length`` frames long and never shorter than what is in it."""
        events: list[Event] = sorted([*self.lane.said, *self.sounds], key=lambda event: event.frame)
        return Segment(
            index=index,
            kind=kind,
            title=step.title,
            block=step.block,
            frames=max(self.at, length, self.lane.ends()),
            events=tuple(events),
            dropped=tuple(self.lane.dropped),
            restarts=tuple(sorted({*self.restarts, *(say.frame for say in self.lane.said)})),
            set_number=numbers.get("set_number", 0),
            sets=numbers.get("sets", 0),
        )


def _lead_in(index: int, step: LeadIn, kit: Kit) -> Segment:
    talk = _Talk(kit, at=frames(step.seconds))
    talk.play(Sound.GET_READY)
    return talk.done(index, SegmentKind.INTRO, step)


def _intro(index: int, step: Intro, kit: Kit) -> Segment:
    say = kit.phrases
    talk = _Talk(kit)
    talk.say(say("intro.name", name=step.title), Role.NAME)
    if step.seconds:
        talk.say(say("intro.minutes", minutes=say.minutes(step.seconds)), Role.NAME)
    if step.equipment:
        talk.say(
            say("intro.equipment", things=say.join([say.thing(item) for item in step.equipment])), Role.NAME
        )
    for sentence in swap_sentences(step.swaps, say):
        talk.say(sentence, Role.NAME)
    talk.say(say("intro.safety"), Role.SAFETY)
    talk.pause(FOLLOW_PAUSE)
    return talk.done(index, SegmentKind.INTRO, step)


def _briefing(index: int, step: Briefing, kit: Kit) -> Segment:
    say, exercise = kit.phrases, step.exercise
    full = step.coaching is Coaching.FULL
    talk = _Talk(kit)
    name = (
        say("briefing.again", name=exercise.name)
        if step.again
        else say("briefing.name", step.block, name=exercise.name)
    )
    talk.say(name, Role.NAME)
    if full:
        talk.say(exercise.why, Role.TEACH)
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
    for sentence in dose_sentences(exercise, say):
        talk.say(sentence, Role.NAME)
    # The first sentence says where to go; from there to the first rep is the time to get there.
    ready = moving_from + frames(step.travel - COUNT_IN_SECONDS)
    settle = say("briefing.settle")
    if ready - talk.at > kit.speech.measure(settle) + FOLLOW_PAUSE:
        talk.say(settle, Role.PRAISE)
    return talk.done(index, SegmentKind.BRIEFING, step, ready, sets=len(exercise.reps))


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


def _change(index: int, step: Change, kit: Kit) -> Segment:
    say = kit.phrases
    talk = _Talk(kit)
    talk.say(say("change.sides", side=say.side(step.side), limb=step.exercise.limb), Role.SIDE)
    for sentence in step.position:
        talk.say(say.sided(sentence, step.side), Role.SIDE, FOLLOW_PAUSE)
    length = frames(step.exercise.change)
    return talk.done(index, SegmentKind.CHANGE, step, length, set_number=step.set_number, sets=step.sets)


def _rest(index: int, step: Rest, kit: Kit) -> Segment:
    say = kit.phrases
    talk = _Talk(kit)
    talk.play(Sound.REST)
    if step.after_work:
        talk.say(say("rest.end_of_work", step.turn), Role.NAME)
    if step.seconds is not None:
        phrase = "rest.time" if step.after_work else "rest.plain"
        talk.say(say(phrase, time=say.time(step.seconds)), Role.NAME)
    if step.seconds is None:
        talk.pause(FOLLOW_PAUSE)
        talk.say(say(_breath_phrase(step), step.turn), Role.BREATH, FOLLOW_PAUSE)
        talk.say(_next(step, kit), Role.NAME)
        return talk.done(index, SegmentKind.REST, step)
    length = frames(step.seconds - COUNT_IN_SECONDS if step.counts_in else step.seconds)
    _fill_rest(talk, step, kit, length)
    return talk.done(index, SegmentKind.REST, step, length, set_number=step.next_set, sets=step.sets)


def _fill_rest(talk: _Talk, step: Rest, kit: Kit, length: int) -> None:
    """Put what comes next, a breath cue and the ten-second call into a rest of stated length."""
    say, since = kit.phrases, talk.at
    ahead = frames(COUNT_IN_SECONDS) if step.counts_in else 0
    if upcoming := _next(step, kit):
        # Names and sides are never left out: a rest that is too short for them grows.
        talk.lane.place(
            [upcoming], Role.NAME, since=since, until=max(length, since + kit.speech.measure(upcoming))
        )
    if step.side:
        side = say("rest.side", side=say.side(step.side), limb=step.limb)
        start = talk.lane.ends() + SENTENCE_PAUSE
        talk.lane.place([side], Role.SIDE, since=start, until=max(length, start + kit.speech.measure(side)))
    for sentence in step.position:
        talk.lane.follow(talk.lane.ends() + SENTENCE_PAUSE, say.sided(sentence, step.side), Role.SIDE)
    ten = length + ahead - frames(10)
    if ten > talk.lane.ends() + FOLLOW_PAUSE:
        talk.lane.fix(ten, [say("rest.ten_seconds")], Role.COUNT, until=length)
    since, until = talk.lane.said[0].end if talk.lane.said else since, length
    if until - talk.lane.ends() > frames(3) or ten > talk.lane.ends():
        talk.lane.place(
            [say(_breath_phrase(step), step.turn)],
            Role.BREATH,
            since=since,
            until=until,
            margin=FOLLOW_PAUSE,
        )


def _breath_phrase(step: Rest) -> str:
    """Which breath cues suit: "let the floor hold you" is for people on the floor."""
    upright = step.posture in {None, Posture.STANDING, Posture.SITTING, Posture.HALF_KNEELING}
    return "rest.breath_standing" if upright else "rest.breath"


def _next(step: Rest, kit: Kit) -> str:
    """The sentence that says what follows the rest; empty when nothing does."""
    say = kit.phrases
    if step.next_set:
        if step.next_set == step.sets:
            return say("rest.last_set")
        return say("rest.next_set", n=say.number(step.next_set), sets=say.number(step.sets))
    exercise = step.next_exercise
    if exercise is None:
        return ""
    if exercise.posture is None:
        return say("rest.next_name", name=exercise.name)
    return say("rest.next", name=exercise.name, posture=say.part(f"posture.{exercise.posture}"))


def _say(index: int, step: Say, kit: Kit) -> Segment:
    talk = _Talk(kit)
    _and_rest(talk, step.after_work, step.block)
    talk.say(step.text, Role.NAME, FOLLOW_PAUSE)
    return talk.done(index, SegmentKind.SAY, step)


def _wait(index: int, step: Wait, kit: Kit) -> Segment:
    """A wait lasts its whole limit; the player leaves it early when the person is ready."""
    say = kit.phrases
    talk = _Talk(kit)
    _and_rest(talk, step.after_work, step.block)
    talk.say(say("wait.what", what=step.what), Role.NAME)
    go_on = say("wait.go_on")
    length = max(frames(step.limit), talk.at + FOLLOW_PAUSE + kit.speech.measure(go_on))
    talk.lane.place([go_on], Role.NAME, since=talk.at, until=length - SENTENCE_PAUSE // 2, late=True)
    turn = 0
    while (at := frames(REMINDER_EVERY * (turn + 1))) < length - frames(REMINDER_EVERY / 2):
        talk.lane.fix(at, [say("wait.reminder", turn)], Role.CUE, until=length)
        turn += 1
    return talk.done(index, SegmentKind.WAIT, step, length)


def _outro(index: int, step: Outro, kit: Kit) -> Segment:
    say = kit.phrases
    talk = _Talk(kit)
    _and_rest(talk, step.after_work, step.block)
    talk.play(Sound.SESSION_END)
    if step.exercises and step.seconds:
        phrase = "outro.done" if step.exercises > 1 else "outro.done_one"
        count = say.number(step.exercises)
        talk.say(say(phrase, name=step.name, count=count, minutes=say.minutes(step.seconds)), Role.NAME)
    else:
        talk.say(say("outro.done_plain", name=step.name), Role.NAME)
    talk.say(say("outro.come_back"), Role.PRAISE)
    return talk.done(index, SegmentKind.OUTRO, step)


def _and_rest(talk: _Talk, after_work: bool, turn: int) -> None:  # noqa: FBT001 - a plain fact, named at every call
    """A set never ends on a tone alone."""
    if after_work:
        talk.say(talk.kit.phrases("rest.end_of_work", turn), Role.NAME)
