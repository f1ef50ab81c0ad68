"""What the coach says when somebody asks for something in the middle of an exercise."""

from __future__ import annotations

from voicecoach.timeline.kit import Kit
from voicecoach.timeline.segment import Role, Segment, SegmentKind
from voicecoach.timeline.steps import Hurt, OtherForm
from voicecoach.timeline.talk import FOLLOW_PAUSE, Talk


def reply_segment(index: int, step: Hurt | OtherForm, kit: Kit) -> Segment:
    """Compile one reply; it lasts as long as it takes to say."""
    talk = Talk(kit)
    if isinstance(step, Hurt):
        _hurt(talk, step)
    else:
        _other_form(talk, step)
    return talk.done(index, SegmentKind.SAY, step)


def _hurt(talk: Talk, step: Hurt) -> None:
    """The rules are those of catalogue section 7: when to leave an exercise, and when to stop altogether."""
    say, posture = talk.kit.phrases, step.exercise.posture
    upright = posture is not None and posture.is_upright
    talk.say(say("hurt.upright" if upright else "hurt.lying"), Role.SAFETY, FOLLOW_PAUSE)
    if step.exercise.leg_rule:
        talk.say(say("hurt.leg_rule"), Role.SAFETY)
    talk.say(say("hurt.stop"), Role.SAFETY, FOLLOW_PAUSE)


def _other_form(talk: Talk, step: OtherForm) -> None:
    say = talk.kit.phrases
    if step.instead:
        talk.say(say("form.instead", name=step.instead), Role.NAME)
        if step.equipment:
            things = say.join([say.thing(item) for item in step.equipment])
            talk.say(say("intro.equipment", things=things), Role.NAME, FOLLOW_PAUSE)
        return
    text = say.sided(step.text, step.side)
    talk.say(say("form.harder" if step.harder else "form.easier", text=text), Role.NAME, FOLLOW_PAUSE)
