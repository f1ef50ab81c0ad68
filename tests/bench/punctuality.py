"""When each cue of a session is heard, beside the same cues driven as most timers do it."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import room as rooms
from ear import ear_in
from figures import Figure
from recordings import likeness
from running import VOICECOACH, Program, folder, warm

from voicecoach.app import prepare
from voicecoach.app.compose import Sounding, Studio
from voicecoach.audio import earcons
from voicecoach.timeline.expand import Settings
from voicecoach.timeline.segment import Score, SegmentKind, Speak
from voicecoach.units import RATE, seconds
from voicecoach.voices.engine_pyttsx3 import read_sound
from voicecoach.voices.loudness import resample, trim

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ear import Ear

    from voicecoach.audio.pcm import Samples

NAIVE = Path(__file__).with_name("naive.py")
ALIKE = 0.3
"""The correlation from which a cue counts as heard: a tone under a word reaches 0.37, a wrong place 0.17."""
TELLING = RATE
"""Frames of a cue that are enough to know it by."""
BEFORE, AFTER = RATE // 4, RATE
"""Frames before and after the place where a cue is expected within which it is looked for."""


def punctual(runs: int) -> Iterator[Figure]:
    """Routine 'quick', recorded: voicecoach, and its cues by pyttsx3, simpleaudio and sleep."""
    warm("pyttsx3", "quick")
    with Studio(Sounding(voice="pyttsx3"), print) as studio:
        score = studio.compile(prepare.steps_of(prepare.library().load("quick"), Settings()))
        cues = _cues(score)
        speech = {cue.text: studio.narrator.clip(cue.text).samples for cue in cues if cue.text}
    ways: dict[str, Callable[[], Performance]] = {"voicecoach": partial(_voicecoach, cues, speech)}
    if find_spec("simpleaudio"):
        ways["naive, which sleeps as long as a phase lasts"] = partial(_naive, cues, "then")
        ways["naive, which sleeps until the next cue is due"] = partial(_naive, cues, "until")
    for what, perform in ways.items():
        performances = [perform() for _ in range(runs)]
        late = [1000 * late for each in performances for late in each.late]
        ends = [1000 * each.late[-1] for each in performances]
        yield Figure(f"{what}: each cue late by", late, "ms", digits=1)
        yield Figure("  the last cue late by", ends, "ms", digits=1)
        yield Figure("  cues not heard", [float(each.missing) for each in performances], "", digits=0)
        yield Figure("  first sound heard after", [each.began for each in performances], "s")
        yield Figure("  processor", [100 * each.share for each in performances], "%")
        yield Figure("  memory at most", [each.peak for each in performances], "MB", digits=0)


@dataclass(frozen=True)
class Cue:
    """A cue as the author of a simple timer writes it down; times in seconds."""

    at: float
    then: float
    """What is slept after it."""
    text: str = ""
    sound: str = ""
    """The path of a sound, when it is no text."""


class Performance(NamedTuple):
    """A session that was played to its end. The share is of one core, the peak in MB."""

    late: list[float]
    """Of each cue that was heard, the seconds after its time, counted from the first cue."""
    missing: int
    began: float
    """Seconds from the start of the program to the first sound."""
    share: float
    peak: float


def _cues(score: Score) -> list[Cue]:
    """A simple timer sleeps from cue to cue within a set, and elsewhere as long as the plan is silent.

    Of two cues due at once the sound comes first: it is not waited for.
    """
    events = sorted(score.events(), key=lambda each: (each[0], isinstance(each[2], Speak)))
    nexts = [frame for frame, _, _ in events[1:]] + [score.frames]
    cues = []
    for (frame, segment, event), following in zip(events, nexts, strict=True):
        waited = isinstance(event, Speak) and segment.kind is not SegmentKind.WORK
        since = frame + event.frames if waited else frame
        text = event.text if isinstance(event, Speak) else ""
        sound = "" if isinstance(event, Speak) else str(earcons.path(event.sound))
        cues.append(Cue(seconds(frame), max(0.0, seconds(following - since)), text, sound))
    return cues


def _voicecoach(cues: list[Cue], speech: dict[str, Samples]) -> Performance:
    with rooms.room() as room, ear_in(room) as ear:
        with Program((*VOICECOACH, "play", "--yes", "quick", "--voice", "pyttsx3"), os.environ) as program:
            program.finish(2 * cues[-1].at)
        origin = ear.frame_at(_first_sound(ear, program))
        heard: list[int | None] = []
        offset = 0  # where it lost time, if it did, so that it is not lost sight of
        for cue in cues:
            due = origin + round((cue.at - cues[0].at) * RATE)
            found = _find(ear, speech[cue.text] if cue.text else _read(Path(cue.sound)), due + offset)
            offset = offset if found is None else found - due
            heard.append(found)
        return _performance(program, ear, cues, heard)


def _naive(cues: list[Cue], how: str) -> Performance:
    with rooms.room() as room, ear_in(room) as ear, folder() as work:
        plan = work / "cues.json"
        plan.write_text(json.dumps([vars(cue) for cue in cues]))
        with Program((sys.executable, str(NAIVE), str(plan), str(work), how), os.environ) as program:
            program.finish(3 * cues[-1].at)
        clips = [_read(Path(cue.sound or work / f"{number}.wav")) for number, cue in enumerate(cues)]
        began = [ear.frame_at(float(line)) for line in (work / "began.txt").read_text().split()]
        heard = [_find(ear, clip, frame) for clip, frame in zip(clips, began, strict=True)]
        return _performance(program, ear, cues, heard)


def _performance(program: Program, ear: Ear, cues: list[Cue], heard: list[int | None]) -> Performance:
    late = [seconds(frame) - cue.at for cue, frame in zip(cues, heard, strict=True) if frame is not None]
    own = program.own
    return Performance(
        [each - late[0] for each in late],
        len(cues) - len(late),
        _first_sound(ear, program) - program.began,
        own.cpu / (own.seen - program.began),
        own.peak,
    )


def _first_sound(ear: Ear, program: Program) -> float:
    moment = ear.first_sound(program.began)
    assert moment is not None, program.printed
    return moment


def _find(ear: Ear, clip: Samples, near: int) -> int | None:
    """The frame at which ``clip`` begins in the recording; None when it is not there.

    pyttsx3 leaves a file empty now and then, when espeak was not waited for.
    """
    if not len(clip):
        return None
    begin = max(near - BEFORE, 0)
    window = np.array(ear.samples[begin : near + AFTER + TELLING], np.float64)
    alike = likeness(np.pad(window, (0, TELLING)), clip[:TELLING].astype(np.float64))
    best = int(alike.argmax())
    return begin + best if alike[best] >= ALIKE else None


def _read(file: Path) -> Samples:
    """A sound as it is in its file, or speech without the silence before it, as voicecoach has it too."""
    samples, rate = read_sound(file.read_bytes())
    return np.rint((samples if rate == RATE else trim(resample(samples, rate))) * 32767).astype(np.int16)
