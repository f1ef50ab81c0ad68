"""When the prompts of timed work are due."""

from __future__ import annotations

import math
from collections.abc import Iterator

from voicecoach.routine.model import Moment, Prompt

START_AFTER = 1.5
"""Seconds after "go" at which a prompt for the start is due. [own choice]"""


def due(prompts: tuple[Prompt, ...], duration: float) -> Iterator[tuple[float, Prompt, str]]:
    """Every prompt of ``duration`` seconds of work: seconds from its start, the prompt, and what it says."""
    # Once the end is announced ("ease the pace"), what comes every so often would contradict it.
    easing = duration - max((prompt.before_end or 0.0 for prompt in prompts), default=0.0)
    for prompt in prompts:
        for turn, at in enumerate(_moments(prompt, duration, easing)):
            yield at, prompt, prompt.say[turn % len(prompt.say)]


def _moments(prompt: Prompt, duration: float, easing: float) -> list[float]:
    """Seconds from the start of the work at which ``prompt`` is due; "every" ends with ``easing``."""
    if prompt.at is not None:
        return [duration / 2 if prompt.at is Moment.HALF else START_AFTER]
    if prompt.before_end is not None:
        return [duration - prompt.before_end] if prompt.before_end < duration else []
    assert prompt.every is not None
    return [prompt.every * count for count in range(1, math.ceil(easing / prompt.every))]
