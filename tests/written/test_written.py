"""Routines as people write them: circuits, intervals, hand-outs, a friend's file.

Beside each stands what is said of it: its mistakes, or the advice on it, the seconds that it asks for beside
those that are played, and its timeline.
"""

from pathlib import Path

import pytest
from fakes.speech import SOUNDS, LetterSpeech
from golden import assert_golden
from scores import assert_well_timed

from voicecoach.errors import RoutineError
from voicecoach.language import phrases
from voicecoach.routine.files.library import Library
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
from voicecoach.units import frames, seconds

FOLDER = Path(__file__).parent
FILES = sorted(FOLDER.glob("*.yaml"))
SHIPPED = Library.default()
VOICE = LetterSpeech()
KIT = Kit(VOICE, SOUNDS, phrases.load())
SHORT_TRANSITION = {"warmup_stretches": 6.0}
"""Seconds from one exercise to the next, for routines whose author needs them short."""


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


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_what_people_write_is_read_said_and_timed_as_they_mean_it(path):
    try:
        routine = SHIPPED.load(path)
    except RoutineError as error:
        text = "".join(f"{str(each).removeprefix(f'{path}:')}\n" for each in error.problems)
        assert_golden(path.with_suffix(".problems"), text)
        assert not path.with_suffix(".txt").exists()
        return
    told, timed, rules = told_of(routine, SHORT_TRANSITION.get(path.stem))
    assert_golden(path.with_suffix(".txt"), told)
    assert not path.with_suffix(".problems").exists()
    longer = [what for what, asked, got in timed if got != frames(asked)]
    assert not longer or "rest-grows" in rules, longer
