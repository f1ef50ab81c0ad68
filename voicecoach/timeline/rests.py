"""Compiles rests: how to rest, what comes next, a self-check, quiet, and the task of the next set."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import count

from voicecoach.language.phrases import Phrases, sentence
from voicecoach.routine.model import Posture
from voicecoach.timeline.countdown import COUNT_IN_SECONDS
from voicecoach.timeline.segment import Role, Segment, SegmentKind, Sound
from voicecoach.timeline.speech_track import FOLLOW_PAUSE, SENTENCE_PAUSE, TO_LEAVE, Kit, Lane, Talk
from voicecoach.timeline.steps import RestStep
from voicecoach.timeline.words import focus_sentence, self_check_sentence, set_dose
from voicecoach.units import frames

SHORTEST_TOLD = 5.0
"""Seconds of the shortest rest whose length is announced. [own choice]"""
COACHED = 40.0
"""Seconds of the shortest rest with a self-check (a clinical review of version 0.1.0)."""
QUIET = frames(4)
"""Frames of silence around a word that only fills a rest. [own choice]"""
LONGEST_SILENCE = frames(40)
"""Frames of silence in a rest after which people wonder whether it goes on. [own choice]"""


def lengthened(rest: RestStep, more: float, played: int = 0) -> RestStep:
    """Lengthen ``rest`` by ``more`` seconds.

    ``played`` is 0 for a coming rest, which is announced with its new length. For one that has begun it is
    the length of the rest's segment in frames: then only the ten-second call moves, to its new place.
    """
    if rest.seconds is None or played:
        return replace(rest, added=rest.added + more)
    return replace(rest, seconds=rest.seconds + more)


def rest_segment(index: int, step: RestStep, kit: Kit) -> Segment:
    """Compile one rest; one without a length lasts as long as its words."""
    say = kit.phrases
    talk = Talk(kit)
    talk.play(Sound.REST)
    if step.after_work:
        ends = step.next_set == 0 and step.seconds is None
        talk.say(say("rest.end_of_exercise" if ends else "rest.end_of_work", step.turn), Role.NAME)
    if step.seconds is not None and step.seconds >= SHORTEST_TOLD:
        phrase = "rest.time" if step.after_work else "rest.plain"
        talk.say(say(phrase, time=say.time(step.seconds)), Role.NAME)
    praised = talk.praise(step)
    talk.say(step.resting, Role.SAFETY, FOLLOW_PAUSE if step.next_set else TO_LEAVE)
    if step.seconds is None:
        talk.pause(FOLLOW_PAUSE)
        if not praised:
            talk.say(_filler(step.posture, say, step.turn), Role.BREATH, FOLLOW_PAUSE)
        length = talk.at
    else:
        length = frames(step.seconds - COUNT_IN_SECONDS if step.counts_in else step.seconds)
        _fill(talk, step, length)
    if step.added:
        length = max(length, talk.at, talk.lane.ends()) + frames(step.added)
        _call_again(talk, step, length)
    titled = replace(step, title=_title(step, say))
    return talk.done(index, SegmentKind.REST, titled, length, set_number=step.next_set, sets=step.sets)


def _title(step: RestStep, say: Phrases) -> str:
    if step.next_exercise is not None:
        return say.part("title.next", name=step.next_exercise.name)
    return step.title or say.part("title.rest")


def _fill(talk: Talk, step: RestStep, length: int) -> None:
    """Fill a rest of ``length`` frames, the count-in not included.

    What comes next and its task are never left out: a rest too short for them grows.
    """
    say, lane = talk.kit.phrases, talk.lane
    dose = sentence(set_dose(step.pyramid, step.reps, say)) if step.pyramid else ""
    for text in (_next(step, say), dose, *(say.sided(each, step.side) for each in step.position)):
        talk.say(text, Role.SIDE if step.changes else Role.NAME)
    told = talk.at
    if (step.seconds or 0.0) >= COACHED and step.check:
        check = say.sided(self_check_sentence(step.check, say), step.side)
        lane.place([check], Role.TEACH, since=told + FOLLOW_PAUSE, until=length)
    _call_ten_seconds(talk, step, length)
    if focus := focus_sentence(step, say, step.turn):
        least = told + talk.kit.speech.measure(focus)
        lane.place([focus], Role.CUE, since=told, until=max(least, length - SENTENCE_PAUSE), late=True)
    _break_silence(talk, step, told, length)


def _break_silence(talk: Talk, step: RestStep, since: int, until: int) -> None:
    """Say a word in the middle of the longest silence, as often as one is longer than people should wait."""
    for turn in count():
        start, end = max(_silences(talk.lane, since, until), key=lambda silence: silence[1] - silence[0])
        if turn and end - start <= LONGEST_SILENCE:
            return
        text = _filler(step.posture, talk.kit.phrases, step.turn + turn)
        middle = (start + end - talk.kit.speech.measure(text)) // 2
        if not talk.lane.place([text], Role.BREATH, since=middle, until=end, margin=QUIET, missed=False):
            return


def _silences(lane: Lane, since: int, until: int) -> Iterator[tuple[int, int]]:
    """Yield the first frame of each silence, and the one after its last."""
    for say in lane.said:
        if say.frame >= since:
            yield since, say.frame
            since = say.end
    yield since, until


def _call_again(talk: Talk, step: RestStep, length: int) -> None:
    """Move the ten-second call of a lengthened rest to ten seconds before the new end."""
    talk.lane.said = [say for say in talk.lane.said if say.role is not Role.COUNT]
    _call_ten_seconds(talk, step, length)


def _call_ten_seconds(talk: Talk, step: RestStep, length: int) -> None:
    """Say that the rest ends soon; who was told to leave the position for it is called back."""
    ten = length + (frames(COUNT_IN_SECONDS) if step.counts_in else 0) - frames(10)
    if ten > talk.lane.ends() + FOLLOW_PAUSE:
        phrase = "rest.ten_seconds_back" if step.resting and step.next_set else "rest.ten_seconds"
        talk.lane.fix(ten, [talk.kit.phrases(phrase)], Role.COUNT, until=length)


def _filler(posture: Posture | None, say: Phrases, turn: int) -> str:
    """Return a word to rest by that is true in ``posture``; who lies can let the floor hold them."""
    upright = posture is None or posture.is_upright
    where = "kneeling" if posture is Posture.HANDS_AND_KNEES else "upright" if upright else "lying"
    return say(f"rest.filler.{where}", turn)


def _next(step: RestStep, say: Phrases) -> str:
    """Return the sentence that announces what follows the rest; empty when nothing does."""
    if step.next_set:
        phrase = "rest.last_set" if step.next_set == step.sets else "rest.next_set"
        if step.side:
            phrase += "_changed" if step.changes else "_same"
        numbers = {"n": say.number(step.next_set), "sets": say.number(step.sets)}
        return say.of_limb(phrase, step.limb, side=step.side and say.side(step.side), **numbers)
    exercise = step.next_exercise
    if exercise is None:
        return ""
    if exercise.posture is None:
        return say("rest.next_name", name=exercise.name)
    return say("rest.next", name=exercise.name, posture=say.part(f"posture.{exercise.posture}"))
