"""What a session costs while it plays, and how soon it falls silent."""

from __future__ import annotations

import os
import random
import time
from importlib.util import find_spec
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import room as rooms
from ear import AUDIBLE, QUIET, ear_in, is_loud
from figures import Figure
from recordings import ALIKE, likeness
from running import VOICECOACH, Program, folder, warm

from voicecoach.audio.earcons import load
from voicecoach.timeline.segment import Sound
from voicecoach.units import RATE
from voicecoach.voices.engines import chain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ear import Ear

FADE = RATE // 100
"""Frames in which a pause fades out."""
ANSWERED = 0.3
"""Seconds after which the answer to a key is over."""
FULL_SCREEN = "\x1b[?1049h"
"""What a program says to a terminal when it fills the screen."""
LENGTH = 60.0
"""Seconds of a session that are watched; the second half shows what it costs once it runs."""
OUTPUTS = {"miniaudio": 150.0, "simpleaudio": None}
"""The outputs, and the milliseconds within which a pause and its answer should be heard."""


def cost(runs: int) -> Iterator[Figure]:
    """The first minute of 'voicecoach play core', without its speech worker; shares are of one core."""
    voice = chain()[0].name
    warm(voice, "core")
    for state in ("warm", "cold"):
        costs = [_cost(cold=state == "cold") for _ in range(runs)]
        told = f"{voice} voice, {state} cache: "
        yield Figure(f"{told}processor, start included", [100 * each.share for each in costs], "%", 3)
        yield Figure("  in the second half minute", [100 * each.later for each in costs], "%", 3)
        yield Figure("  memory at most", [each.peak for each in costs], "MB", 120, digits=0)
        workers = [worker for each in costs for worker in each.workers]
        if state == "warm":
            yield Figure(
                "  speech workers started", [float(len(each.workers)) for each in costs], "", digits=0
            )
        else:
            yield Figure("  speech worker gone after", [each.gone for each in workers], "s")
            stayed = [float(each.gone > LENGTH - 1) for each in workers]
            yield Figure("  speech workers still there at the end", stayed, "", 0, digits=0)
            yield Figure("  its memory at most", [each.peak for each in workers], "MB", digits=0)


class Worker(NamedTuple):
    """A speech worker: when it was gone, in seconds from the start of the command, and its memory in MB."""

    gone: float
    peak: float


class Cost(NamedTuple):
    """What a session took: shares of one core, and MB."""

    share: float
    later: float
    peak: float
    workers: list[Worker]


def view(runs: int) -> Iterator[Figure]:
    """What the full screen costs beside --plain, from the second half minute of 'voicecoach play core' on."""
    warm(chain()[0].name, "core")
    shares = [
        [100 * _cost(cold=False, options=options).later for options in ((), ("--plain",))]
        for _ in range(runs)
    ]
    yield Figure("full screen, 120 x 40", [full for full, _ in shares], "%")
    yield Figure("--plain", [plain for _, plain in shares], "%")
    yield Figure("the full screen costs more by", [full - plain for full, plain in shares], "%", 5)


def _cost(*, cold: bool, options: tuple[str, ...] = ()) -> Cost:
    with rooms.room(), folder() as work:
        environ = os.environ | ({"VOICECOACH_HOME": str(work)} if cold else {})
        with Program((*VOICECOACH, "play", "--yes", "core", *options), environ) as program:
            program.wait(LENGTH / 2)
            half = program.own
            program.wait(LENGTH / 2)
            own = program.own
    return Cost(
        own.cpu / (own.seen - program.began),
        (own.cpu - half.cpu) / (own.seen - half.seen),
        own.peak,
        [Worker(other.seen - program.began, other.peak) for other in program.others],
    )


def pause(runs: int) -> Iterator[Figure]:
    """From the space bar, pressed while the coach speaks, to silence and to the answer in the recording."""
    warm(chain()[0].name, "core")
    for output, aim in OUTPUTS.items():
        if find_spec(output) is not None:
            pauses = _pauses(output, 4 * runs)
            yield Figure(f"{output}: silence", [each.silent for each in pauses], "ms", aim, digits=0)
            yield Figure(
                f"{output}: the tone that says yes", [each.answered for each in pauses], "ms", aim, digits=0
            )


class Pause(NamedTuple):
    """Milliseconds from the key."""

    silent: float
    answered: float


def _pauses(output: str, count: int) -> list[Pause]:
    """How long each pause took; a session that goes on says the same sentence again."""
    took: list[Pause] = []
    command = (*VOICECOACH, "play", "--yes", "core", "--output", output)
    with rooms.room() as room, ear_in(room) as ear, Program(command, os.environ) as program:
        while FULL_SCREEN not in program.printed:  # keys are heard from then on; sound is there before
            program.wait(0.1)
        while len(took) < count:
            ear.wait_for_speech()
            time.sleep(random.uniform(0, 0.1))  # not always at the same point of the device's period
            pressed = program.press(" ")
            time.sleep(QUIET)
            if (found := _pause(ear, pressed)) is not None:
                took.append(found)
            program.press("p")  # the same key so soon would be the same press
            time.sleep(ANSWERED)  # or the answer to this key is taken for speech
    return took


def _pause(ear: Ear, moment: float) -> Pause | None:
    """What is heard of a pause after ``moment``; None when speech had just ended by itself."""
    begin = ear.frame_at(moment)
    heard = ear.samples[begin:].astype(np.float64)
    told = load(Sound.ACCEPTED).astype(np.float64)
    # Its beginning lies on the fade of the speech, and is not looked for.
    alike = likeness(heard, told[2 * FADE :])
    assert len(alike), "nothing was heard"
    assert alike.max() > ALIKE, "the answer was not heard"
    answer = max(int(alike.argmax()) - 2 * FADE, 0)
    heard[answer : answer + len(told)] -= told
    audible = np.flatnonzero(np.abs(heard) > AUDIBLE)
    if not len(audible):
        return None
    last = int(audible[-1])
    assert len(heard) - last > RATE // 10, "the pause was not heard"
    if not is_loud(ear.samples[begin + last - 3 * FADE : begin + last - FADE]):
        return None
    return Pause(*(1000 * (ear.heard_at(begin + frame) - moment) for frame in (last, answer)))
