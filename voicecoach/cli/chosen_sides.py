"""The lines on exercises that a person does on one side for now."""

from __future__ import annotations

import shlex
from collections.abc import Iterator

from voicecoach.app import wishes
from voicecoach.routine.model import OTHER_SIDE
from voicecoach.training.exercise_log import History


def lines(history: History) -> Iterator[str]:
    """Say of each of them on which side it is done for now, and how to end that."""
    for each in wishes.sides_chosen(history):
        what = (
            f"the {each.side} side only"
            if each.side in OTHER_SIDE
            else f"the {each.side.split()[0]} side first"
        )
        both = f"voicecoach plan dose {shlex.quote(each.key)} both"
        yield f"{each.name}: {what}, for now. As before: {both}"
