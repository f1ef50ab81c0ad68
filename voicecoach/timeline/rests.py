"""Compiles rests: how to rest, what comes next, a self-check, quiet, and the task of the next set."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count

from voicecoach.language.phrases import Phrases, sentence
from voicecoach.routine.model import Posture
from voicecoach.timeline.countdown import COUNT_IN_SECONDS
from voicecoach.timeline.segment import Role, Segment, SegmentKind, Sound
from voicecoach.timeline.speech_track import FOLLOW_PAUSE, SENTENCE_PAUSE, TO_LEAVE, Kit, Lane, Talk, Telling
from voicecoach.timeline.steps import RestStep
from voicecoach.timeline.words import focus_sentence, round_words, self_check_sentence, set_dose
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


@dataclass(frozen=True, slots=True)
class RestTime:
    """The time of a rest, in frames."""

    length: int
    to_go: int = 0
    """From its end to the next "go"; 0 where something else comes."""
    told: Telling = Telling.EVERYTHING


def rest_segment(
    index: int, step: RestStep, kit: Kit, time: RestTime | None = None, unsaid: Sequence[str] = ()
) -> Segment:
    """Compile one rest.

    Without a ``time`` it lasts for its seconds, or until its words are said. The reminders that the next set
    leaves ``unsaid`` come before it, where there is room.
    """
    if time is None and step.seconds is not None:
        to_go = COUNT_IN_SECONDS if step.counts_in else 0.0
        time = RestTime(frames(step.seconds - to_go), frames(to_go))
    talk = Talk(kit)
    praised = _tell(talk, step, time.told if time else Telling.EVERYTHING)
    if time is None:
        talk.pause(FOLLOW_PAUSE)
        if not praised:
            talk.say(_filler(step.posture, kit.phrases, step.turn), Role.BREATH, FOLLOW_PAUSE)
        length = talk.at
    else:
        length = time.length
        _fill(talk, step, time, unsaid)
    if step.added:
        length = max(length, talk.at, talk.lane.ends()) + frames(step.added)
        _call_again(talk, step, length, time.to_go if time else 0)
    titled = replace(step, title=_title(step, kit.phrases))
    rest = talk.done(index, SegmentKind.REST, titled, length, set_number=step.next_set, sets=step.sets)
    return replace(rest, to_go=time.to_go) if time else rest


def rest_frames(step: RestStep, told: Telling, kit: Kit) -> int:
    """Return the frames that a rest needs at least, in which so much is told."""
    talk = Talk(kit)
    _tell(talk, step, told)
    _announce(talk, step, told)
    if told <= Telling.TASK:
        talk.say(focus_sentence(step, kit.phrases, step.turn), Role.CUE)
    return talk.at


def _tell(talk: Talk, step: RestStep, told: Telling) -> bool:
    """Say that the set is over, for how long, and how to rest; tell whether it was praised."""
    say, praised = talk.kit.phrases, False
    if told <= Telling.NEEDED:
        talk.play(Sound.REST)
    if step.after_work and told <= Telling.NEEDED:
        ends = step.next_set == 0 and step.seconds is None
        talk.say(say("rest.end_of_exercise" if ends else "rest.end_of_work", step.turn), Role.NAME)
    if told is Telling.EVERYTHING:
        if step.seconds is not None and step.seconds >= SHORTEST_TOLD:
            phrase = "rest.time" if step.after_work else "rest.plain"
            talk.say(say(phrase, time=say.time(step.seconds)), Role.NAME)
        praised = talk.praise(step)
    if told <= Telling.NEEDED or not step.next_set:
        talk.say(step.resting, Role.SAFETY, FOLLOW_PAUSE if step.next_set else TO_LEAVE)
    return praised


def _announce(talk: Talk, step: RestStep, told: Telling) -> None:
    """Say what comes next, and how much of it and where where that differs from the last set."""
    say = talk.kit.phrases
    dose = sentence(set_dose(step.pyramid, step.reps, say)) if step.pyramid else ""
    texts: list[str] = []
    if told < Telling.NOTHING:
        texts.append(next_words(step, say, short=told is Telling.NEXT))
    if told < Telling.NEXT:
        texts += [dose, *(say.sided(each, step.side) for each in step.position)]
    for text in texts:
        talk.say(text, Role.SIDE if step.changes else Role.NAME)


def _title(step: RestStep, say: Phrases) -> str:
    if step.next_exercise is not None:
        return say.part("title.next", name=step.next_exercise.name)
    return step.title or say.part("title.rest")


def _fill(talk: Talk, step: RestStep, time: RestTime, unsaid: Sequence[str]) -> None:
    """Fill the ``time`` of a rest: what comes next is never left out, so a rest too short for that grows."""
    say, lane, length = talk.kit.phrases, talk.lane, time.length
    _announce(talk, step, time.told)
    told = talk.at
    if (step.seconds or 0.0) >= COACHED and step.check:
        check = say.sided(self_check_sentence(step.check, say), step.side)
        lane.place([check], Role.TEACH, since=told + FOLLOW_PAUSE, until=length)
    if (focus := focus_sentence(step, say, step.turn)) and time.told <= Telling.TASK:
        lane.place([focus], Role.CUE, since=told, until=length - SENTENCE_PAUSE, late=True)
    _call_ten_seconds(talk, step, length, time.to_go, since=told)
    for text in unsaid:
        lane.place(
            [text], Role.CUE, since=told + FOLLOW_PAUSE, until=length, margin=FOLLOW_PAUSE, missed=False
        )
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


def _call_again(talk: Talk, step: RestStep, length: int, to_go: int) -> None:
    """Move the ten-second call of a lengthened rest to ten seconds before the new end."""
    talk.lane.said = [say for say in talk.lane.said if say.role is not Role.COUNT]
    _call_ten_seconds(talk, step, length, to_go, since=talk.lane.ends())


def _call_ten_seconds(talk: Talk, step: RestStep, length: int, to_go: int, *, since: int) -> None:
    """Say when it is ten seconds to "go"; who was told to leave the position for the rest is called back."""
    ten = length + to_go - frames(10)
    if to_go and ten > since + FOLLOW_PAUSE:
        phrase = "rest.ten_seconds_back" if step.resting and step.next_set else "rest.ten_seconds"
        talk.lane.fix(ten, [talk.kit.phrases(phrase)], Role.COUNT, until=length, missed=False)


def _filler(posture: Posture | None, say: Phrases, turn: int) -> str:
    """Return a word to rest by that is true in ``posture``; who lies can let the floor hold them."""
    upright = posture is None or posture.is_upright
    where = "kneeling" if posture is Posture.HANDS_AND_KNEES else "upright" if upright else "lying"
    return say(f"rest.filler.{where}", turn)


def next_words(step: RestStep, say: Phrases, *, short: bool = False) -> str:
    """Return the sentence that announces what follows the rest, ``short`` without the posture.

    It is empty when nothing does.
    """
    if step.next_set:
        phrase = "rest.last_set" if step.next_set == step.sets else "rest.next_set"
        if step.side:
            phrase += "_changed" if step.changes else "_same"
        numbers = {"n": say.number(step.next_set), "sets": say.number(step.sets)}
        return say.of_limb(phrase, step.limb, side=step.side and say.side(step.side), **numbers)
    exercise = step.next_exercise
    if exercise is None:
        return ""
    posture = say.part(f"posture.{exercise.posture}") if exercise.posture and not short else ""
    phrase = "rest.next" if posture else "rest.next_name"
    following = say(phrase, name=exercise.name, posture=posture)
    return " ".join(filter(None, (round_words(step.round, say), following)))
