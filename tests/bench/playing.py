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
from running import VOICECOACH, Program, folder, warm

from voicecoach.units import RATE
from voicecoach.voices.engine import chain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ear import Ear

FADE = RATE // 100
"""Frames in which a pause fades out."""
LENGTH = 60.0
"""Seconds of a session that are watched; the second half shows what it costs once it runs."""
OUTPUTS = {"miniaudio": 150.0, "simpleaudio": None}
"""The outputs, and the milliseconds within which a pause should be heard."""


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


def _cost(*, cold: bool) -> Cost:
    with rooms.room(), folder() as work:
        environ = os.environ | ({"VOICECOACH_HOME": str(work)} if cold else {})
        with Program((*VOICECOACH, "play", "--yes", "core"), environ) as program:
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
    """From the space bar, pressed while the coach speaks, to silence in the recording."""
    warm(chain()[0].name, "core")
    for output, aim in OUTPUTS.items():
        if find_spec(output) is not None:
            yield Figure(f"{output}", _pauses(output, 4 * runs), "ms", aim, digits=0)


def _pauses(output: str, count: int) -> list[float]:
    """How many milliseconds each pause took; a session that goes on says the same sentence again."""
    took: list[float] = []
    command = (*VOICECOACH, "play", "--yes", "core", "--output", output)
    with rooms.room() as room, ear_in(room) as ear, Program(command, os.environ) as program:
        while len(took) < count:
            ear.wait_for_speech()
            time.sleep(random.uniform(0, 0.1))  # not always at the same point of the device's period
            pressed = program.press(" ")
            time.sleep(QUIET)
            if (silent := _cut_off(ear, pressed)) is not None:
                took.append(1000 * (silent - pressed))
            program.press(" ")
    return took


def _cut_off(ear: Ear, moment: float) -> float | None:
    """When speech, cut off after ``moment``, was last heard; None when it had just ended by itself."""
    begin = ear.frame_at(moment)
    heard = ear.samples[begin:]
    audible = np.flatnonzero(np.abs(heard) > AUDIBLE)
    if not len(audible):
        return None
    last = int(audible[-1])
    assert len(heard) - last > RATE // 10, "the pause was not heard"
    before = ear.samples[begin + last - 3 * FADE : begin + last - FADE]
    return ear.heard_at(begin + last) if is_loud(before) else None
