"""What stands beside a routine that people wrote: its advice, its times and its timeline as text."""

from fakes.speech import SOUNDS, LetterSpeech
from scores import assert_well_timed

from voicecoach.language import phrases
from voicecoach.routine.lint import advise
from voicecoach.routine.model import Pace
from voicecoach.timeline import lint
from voicecoach.timeline.compile import compile_all, with_length
from voicecoach.timeline.dump import as_text
from voicecoach.timeline.expand import Settings, expand
from voicecoach.timeline.gaps import gaps
from voicecoach.timeline.segment import Sound
from voicecoach.timeline.speech_track import Kit
from voicecoach.timeline.steps import Work, work_seconds
from voicecoach.units import seconds

VOICE = LetterSpeech()
KIT = Kit(VOICE, SOUNDS, phrases.load())


def times(steps, score):
    """Yield sets on the beat and the times between them: the seconds asked for, and the frames played."""
    ended = 0
    for step, around, (start, segment) in zip(steps, gaps(steps), score.starts(), strict=True):
        if not isinstance(step, Work):
            continue
        if around.gap and around.gap.after_set and not around.gap.grows:
            go = next(event.frame for event in segment.events if getattr(event, "sound", None) is Sound.GO)
            yield f"before {segment.title}", around.gap.seconds, start + go - ended
        if step.exercise.pace is Pace.BEAT:
            yield segment.title, work_seconds(step), segment.ends - segment.begins
        ended = start + segment.ends


def told_of(routine, transition):
    """Return what stands beside a routine, and the times that it asks for."""
    steps = expand(routine, Settings(transition=transition))
    steps = with_length(steps, compile_all(steps, KIT).expected)
    score = compile_all(steps, KIT)
    assert_well_timed(score, VOICE.measure)
    advice = [*advise(routine), *lint.advise(routine, score)]
    timed = list(times(steps, score))
    lines = [
        *(f"{each.rule}: {each.what}" for each in advice),
        "",
        *(f"{asked:9.3f} {seconds(got):9.3f}  {what}" for what, asked, got in timed),
        "",
        as_text(score, KIT.phrases),
    ]
    return "\n".join(lines), timed, {each.rule for each in advice}
