"""Rests: of stated length, or as long as it takes to announce what comes next."""

from __future__ import annotations

from dataclasses import replace

from voicecoach.timeline.counting import COUNT_IN_SECONDS
from voicecoach.timeline.kit import Kit
from voicecoach.timeline.segment import Role, Segment, SegmentKind, Sound
from voicecoach.timeline.steps import Rest
from voicecoach.timeline.talk import FOLLOW_PAUSE, SENTENCE_PAUSE, Talk
from voicecoach.units import frames

SHORTEST_TOLD = 5.0
"""Seconds; a shorter rest is over before its length is said. [own choice]"""


def lengthened(rest: Rest, more: float, played: int = 0) -> Rest:
    """``rest`` with ``more`` seconds.

    ``played`` is the length of its segment in frames when it has begun: then all that it says stays where it
    is, but for the ten-second call, which comes later. 0 for one yet to come, which is announced as longer.
    """
    if rest.seconds is None or played:
        return replace(rest, added=rest.added + more)
    return replace(rest, seconds=rest.seconds + more)


def rest_segment(index: int, step: Rest, kit: Kit) -> Segment:
    say = kit.phrases
    talk = Talk(kit)
    talk.play(Sound.REST)
    if step.after_work:
        talk.say(say("rest.end_of_work", step.turn), Role.NAME)
    if step.seconds is not None and step.seconds >= SHORTEST_TOLD:
        phrase = "rest.time" if step.after_work else "rest.plain"
        talk.say(say(phrase, time=say.time(step.seconds)), Role.NAME)
    if step.seconds is None:
        talk.pause(FOLLOW_PAUSE)
        talk.say(say(_breath_phrase(step), step.turn), Role.BREATH, FOLLOW_PAUSE)
        length = talk.at
    else:
        length = frames(step.seconds - COUNT_IN_SECONDS if step.counts_in else step.seconds)
        _fill_rest(talk, step, kit, length)
    if step.added:
        length = max(length, talk.at, talk.lane.ends()) + frames(step.added)
        _call_again(talk, step, length)
    return talk.done(index, SegmentKind.REST, step, length, set_number=step.next_set, sets=step.sets)


def _fill_rest(talk: Talk, step: Rest, kit: Kit, length: int) -> None:
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


def _call_again(talk: Talk, step: Rest, length: int) -> None:
    """Move the ten-second call of a rest that was made longer to ten seconds before its new end."""
    talk.lane.said = [say for say in talk.lane.said if say.role is not Role.COUNT]
    ten = length + (frames(COUNT_IN_SECONDS) if step.counts_in else 0) - frames(10)
    if ten > talk.lane.ends() + FOLLOW_PAUSE:
        talk.lane.fix(ten, [talk.kit.phrases("rest.ten_seconds")], Role.COUNT, until=length)


def _breath_phrase(step: Rest) -> str:
    """Which breath cues suit: "let the floor hold you" is for people on the floor."""
    upright = step.posture is None or step.posture.is_upright
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
