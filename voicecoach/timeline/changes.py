"""Compiles changes of sides: which side is next, how to get there, and the task of its set."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from voicecoach.language.phrases import Phrases
from voicecoach.routine.model import Posture
from voicecoach.timeline.countdown import COUNT_IN_SECONDS
from voicecoach.timeline.segment import Role, Segment, SegmentKind
from voicecoach.timeline.speech_track import FOLLOW_PAUSE, SENTENCE_PAUSE, TO_LEAVE, Kit, Talk, Telling
from voicecoach.timeline.steps import ChangeSides
from voicecoach.timeline.travel import side_below
from voicecoach.timeline.words import focus_sentence
from voicecoach.units import frames


def change_segment(
    index: int,
    step: ChangeSides,
    kit: Kit,
    told: Telling = Telling.EVERYTHING,
    length: int | None = None,
    unsaid: Sequence[str] = (),
) -> Segment:
    """Compile one change of sides of ``length`` frames; without one it takes the time to get there.

    The reminders that the next set leaves ``unsaid`` come first, as far as there is time.
    """
    talk = Talk(kit)
    moving_from = _lead(talk, step, told)
    for text in unsaid:
        if length is None or talk.at + kit.speech.measure(text) <= length - SENTENCE_PAUSE:
            talk.say(text, Role.CUE)
    ready = moving_from + frames(step.exercise.change - COUNT_IN_SECONDS) if length is None else length
    focus = focus_sentence(step, kit.phrases, step.set_number)
    if length is None or talk.at + kit.speech.measure(focus) <= length - SENTENCE_PAUSE:
        talk.say_last(focus, Role.CUE, ready)
    return talk.done(index, SegmentKind.CHANGE, step, ready, set_number=step.set_number, sets=step.sets)


def change_frames(step: ChangeSides, told: Telling, kit: Kit) -> int:
    """Return the frames that a change of sides needs at least, in which so much is told."""
    talk = Talk(kit)
    _lead(talk, step, told)
    return talk.at


def change_words(step: ChangeSides, say: Phrases) -> str:
    """Return the sentence that says which side is next."""
    return say.of_limb("change.sides", step.exercise.limb, side=say.side(step.side))


def _lead(talk: Talk, step: ChangeSides, told: Telling) -> int:
    """Say which side is next and how to get there; return the frame from which the person can move."""
    say = talk.kit.phrases
    if told is Telling.NOTHING:
        return 0
    talk.say(change_words(step, say), Role.SIDE)
    moving_from = 0
    if told is Telling.EVERYTHING:
        talk.say(step.resting, Role.SAFETY, TO_LEAVE)
        # As in a briefing, the time to get there runs from the first sentence, which says where to go.
        for number, sentence in enumerate(_moving(step, say)):
            talk.say(say.sided(sentence, step.side), Role.SIDE, FOLLOW_PAUSE)
            moving_from = talk.at if number == 0 else moving_from
        if step.resting:
            talk.say(say("change.back"), Role.SIDE, TO_LEAVE)
    return moving_from


def _moving(step: ChangeSides, say: Phrases) -> Iterator[str]:
    """Yield what is told of the position; who lies on the other side is told how to turn over."""
    lying = step.exercise.posture is Posture.SIDE_LYING
    for sentence in step.position:
        if lying and (sentence,) == step.exercise.position[:1]:
            (way,) = say.all_of("way.over_to_side_lying.full")
            yield say.sided(way, side_below(step.exercise, step.side))
        else:
            yield sentence
