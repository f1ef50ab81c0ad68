"""Compiles the briefing of an exercise: the way there, what it is for, how it goes, and how much to do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from enum import IntEnum

from voicecoach.language.phrases import Phrases
from voicecoach.routine.model import LEFT, RIGHT, Posture, Sides
from voicecoach.routine.region import Region
from voicecoach.timeline.countdown import COUNT_IN_SECONDS
from voicecoach.timeline.reminders import self_check
from voicecoach.timeline.segment import Role, Segment, SegmentKind
from voicecoach.timeline.speech_track import FOLLOW_PAUSE, SENTENCE_PAUSE, TO_LEAVE, Kit, Talk
from voicecoach.timeline.steps import Briefing, Coaching, Outro
from voicecoach.timeline.travel import BALL, side_below
from voicecoach.timeline.words import dose_sentences, focus_sentence, round_words, self_check_sentence
from voicecoach.units import frames

TO_MOVE = frames(3)
"""Frames after each sentence on the way down to the floor, up or over. [own choice]"""
TIRING = frozenset({Posture.HANDS_AND_KNEES, Posture.HALF_KNEELING})
"""Postures in which nobody likes to wait: their exercises are explained on the way there. [own choice]"""


class Depth(IntEnum):
    """How much of an exercise is explained, most first."""

    FULL = 0
    """As :attr:`Coaching.FULL`."""
    HOW = 1
    """As :attr:`Coaching.HOW`."""
    SHORT = 2
    """As :attr:`Coaching.SHORT`."""
    HURRIED = 3
    """The same, without the time to get there."""
    DOSE = 4
    """How to leave the last exercise, advice, and the dose."""
    SAFETY = 5
    """How to leave the last exercise, and advice."""


_COACHED = {Depth.FULL: Coaching.FULL, Depth.HOW: Coaching.HOW}


def depth_of(step: Briefing) -> Depth:
    """Return how much ``step`` explains where it has all the time it needs."""
    return next((depth for depth, coaching in _COACHED.items() if coaching is step.coaching), Depth.SHORT)


def teaches(step: Briefing) -> bool:
    """Tell whether ``step`` explains more than it does of an exercise that is known."""
    exercise = step.exercise
    told = exercise.why or exercise.movement or exercise.feel or exercise.position[1:] or exercise.errors
    return depth_of(step) < Depth.SHORT and bool(told)


def briefing_segment(
    index: int, step: Briefing, kit: Kit, depth: Depth | None = None, length: int = 0, *, named: bool = True
) -> Segment:
    """Compile one briefing, which lasts as long as its words, or as getting into position takes.

    In a written time a ``depth`` is given, whether the name is still to be said, and the ``length`` in frames
    that everything said at that depth takes.
    """
    talk = Talk(kit)
    ready = _brief(talk, step, depth_of(step) if depth is None else depth, named=named)
    return talk.done(index, SegmentKind.BRIEFING, step, max(ready, length), sets=len(step.exercise.reps))


def briefing_frames(step: Briefing, kit: Kit, depth: Depth, *, named: bool) -> int:
    """Return the frames that a briefing of that ``depth`` needs, ``named`` if it says the name."""
    talk = Talk(kit)
    return max(_brief(talk, step, depth, named=named), talk.at)


def _brief(talk: Talk, step: Briefing, depth: Depth, *, named: bool = True) -> int:
    """Say a briefing, and return the frame at which the person is in position at the earliest."""
    talk.say(step.leaving, Role.SAFETY, TO_LEAVE)
    if depth > Depth.HURRIED:
        _hurry(talk, step, depth, named=named)
        return talk.at
    if depth > Depth.HOW:
        step = replace(step, keys=False)  # told once, and no rest grows for it
    if depth is Depth.HURRIED:
        step = replace(step, travel=0.0, way="")
    return _explain(talk, replace(step, coaching=_COACHED.get(depth, Coaching.SHORT)), named=named)


def _hurry(talk: Talk, step: Briefing, depth: Depth, *, named: bool) -> None:
    """Say only what there is time for: what is advised, and at most how much to do."""
    say = talk.kit.phrases
    if named:
        talk.say(_name(step, say), Role.NAME)
    _advise(talk, step)
    for sentence in (_level(step, say), *_dose(step, say)) if depth is Depth.DOSE else ():
        talk.say(sentence, Role.NAME)


def _explain(talk: Talk, step: Briefing, *, named: bool) -> int:
    """Explain an exercise as far as its ``coaching`` says, and return when the person is in position."""
    say, exercise = talk.kit.phrases, step.exercise
    taught = step.coaching in {Coaching.FULL, Coaching.HOW}
    listens_there = exercise.posture not in TIRING
    if listens_there:
        lead(talk, step)
    if named:
        talk.say(_name(step, say), Role.NAME)
    talk.say(_load(step, say), Role.NAME)
    talk.say(_level(step, say), Role.NAME)
    _tell(
        talk, step, say.all_of("briefing.keys") if step.keys and talk.kit.medium.has_keys else (), Role.KEYS
    )
    if step.coaching is Coaching.FULL:
        talk.say(say.sided(exercise.why, step.side), Role.TEACH)
    if not listens_there:
        if taught:
            _teach(talk, step)
        lead(talk, step)
    position = _position(step, say)
    _tell(talk, step, position[:1], Role.NAME, FOLLOW_PAUSE)
    moving_from = talk.at
    kept = 1 if exercise.poised and taught else 0
    _tell(talk, step, position[1 : len(position) - kept], pause=FOLLOW_PAUSE)
    if listens_there and taught:
        _teach(talk, step)
    _tell(talk, step, _reminders(talk, step), Role.SAFETY)
    _advise(talk, step)
    for sentence in _dose(step, say):
        talk.say(sentence, Role.NAME)
    if exercise.amrap:
        talk.say(say(f"amrap.how.{exercise.amrap}.{talk.kit.medium}"), Role.NAME)
    _tell(talk, step, position[len(position) - kept :], pause=FOLLOW_PAUSE)
    # The time to get there runs from the first sentences, which say where to go.
    ready = moving_from + frames(step.travel - COUNT_IN_SECONDS)
    focus, settle = focus_sentence(step, say), say("briefing.settle")
    measure = talk.kit.speech.measure
    if ready - talk.at > measure(settle) + measure(focus) + FOLLOW_PAUSE:
        talk.say(settle, Role.PRAISE)
    talk.say_last(focus, Role.CUE, ready)
    return ready


def _advise(talk: Talk, step: Briefing) -> None:
    """Say what safety asks for of this person, and when to stop."""
    _tell(talk, step, step.exercise.advice, Role.SAFETY)
    if step.exercise.leg_rule:
        talk.say(talk.kit.phrases(f"region.{step.exercise.region or Region.BACK}.watch"), Role.SAFETY)


def _teach(talk: Talk, step: Briefing) -> None:
    """Say how the exercise goes, what it feels like and what may go wrong.

    Nobody can follow that on hands and knees, so there it comes on the way, with the posture it is about.
    """
    say, exercise = talk.kit.phrases, step.exercise
    there = exercise.posture in TIRING and BALL not in exercise.equipment
    how = "briefing.how_there" if there else "briefing.how"
    posture = say.part(f"posture.{exercise.posture}") if exercise.posture else ""
    if exercise.movement:
        talk.say(say(how, step.block, posture=posture), Role.TEACH)
    _tell(talk, step, [exercise.movement])
    if step.coaching is Coaching.FULL:
        check = self_check(exercise, step.turn)
        _tell(talk, step, [exercise.feel, self_check_sentence(check, say)])


def _reminders(talk: Talk, step: Briefing) -> Iterator[str]:
    """Yield the cues for every set, but those that stand in what was just told."""
    say = talk.kit.phrases
    told = _sideless(" ".join(said.text for said in talk.lane.said), say)
    for cue in step.exercise.cues.always:
        if _sideless(say.sided(cue.text, step.side), say).rstrip(".") not in told:
            yield cue.text


def _sideless(text: str, say: Phrases) -> str:
    """Return ``text`` for comparing: "behind your left thigh" says what "behind your thigh" does."""
    words = text.casefold().split()
    return " ".join(word for word in words if word not in {say.side(LEFT), say.side(RIGHT)})


def _tell(
    talk: Talk,
    step: Briefing,
    sentences: Iterable[str],
    role: Role = Role.TEACH,
    pause: int = SENTENCE_PAUSE,
) -> None:
    for sentence in sentences:
        talk.say(talk.kit.phrases.sided(sentence, step.side), role, pause)


def lead(talk: Talk, step: Briefing | Outro) -> None:
    """Say how to get down to the floor, up from it or over, with time to do each of it."""
    if step.way:
        side = side_below(step.exercise, step.side) if isinstance(step, Briefing) else ""
        for sentence in talk.kit.phrases.all_of(f"{step.way}.{'full' if step.way_in_full else 'short'}"):
            talk.say(talk.kit.phrases.sided(sentence, side), Role.SAFETY, TO_MOVE)


def _position(step: Briefing, say: Phrases) -> tuple[str, ...]:
    """Return what is said of the position: who lies on the back already is told to stay there.

    When little is explained that is its first sentence, and the second if the first is only the posture.
    """
    position, posture = step.exercise.position, step.exercise.posture
    only_posture = bool(position and posture and position[0] in say.all_of(f"position.{posture}"))
    told = position[: 1 + only_posture] if step.coaching is Coaching.SHORT else position
    if step.coaching is not Coaching.FULL:
        told = tuple(sentence for sentence in told if sentence not in step.known)
    if only_posture and step.stays:
        return (say.part(f"stay.{posture}", side="{side}"), *told[1:])
    return told


def _name(step: Briefing, say: Phrases) -> str:
    name, begins = step.exercise.name, round_words(step.round, say)
    told = say("briefing.again", name=name) if step.again else say("briefing.name", step.block, name=name)
    return f"{begins} {told}" if begins else told


def _load(step: Briefing, say: Phrases) -> str:
    """Name the weight to take before getting into position; empty when there is none."""
    load = step.exercise.load
    return say("briefing.load", load=say.load(load)) if load else ""


def _level(step: Briefing, say: Phrases) -> str:
    """Name the level of the exercise's own ladder, a band for one; empty when it has none."""
    grade = step.exercise.grade
    return say("briefing.level", level=grade.words) if grade else ""


def _dose(step: Briefing, say: Phrases) -> list[str]:
    """Say how much to do and which side comes first; in mid-exercise, say only the side."""
    exercise = step.exercise
    if not step.going_on:
        return dose_sentences(exercise, say, step.side)
    if exercise.sides is Sides.ALTERNATE:
        return [say("dose.alternate", limb=exercise.limb, side=say.side(exercise.side_order[0]))]
    return [say.of_limb("briefing.side", exercise.limb, side=say.side(step.side))] if step.side else []
