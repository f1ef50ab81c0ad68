"""What the coach changed in a routine to suit the person, in words."""

from __future__ import annotations

from collections.abc import Sequence

from voicecoach.language.phrases import Phrases
from voicecoach.routine.suit import Swap

MOST = 3
"""Sentences that one can listen to before anything happens; more are only counted. [own choice]"""


def swap_sentences(swaps: Sequence[Swap], say: Phrases) -> tuple[str, ...]:
    """What is said about them in the intro: each in a sentence, or how many there are."""
    if len(swaps) > MOST:
        return (say("swap.many", n=say.number(len(swaps))),)
    return every_swap(swaps, say)


def every_swap(swaps: Sequence[Swap], say: Phrases) -> tuple[str, ...]:
    """A sentence for each, with the reason."""
    return tuple(
        say(
            "swap.instead" if swap.instead else "swap.left_out",
            name=swap.name,
            instead=swap.instead,
            reason=_reason(swap, say),
        )
        for swap in swaps
    )


def _reason(swap: Swap, say: Phrases) -> str:
    reasons = [say.part(f"caution.{caution}.because") for caution in swap.cautions]
    if swap.missing:
        reasons.append(say.part("swap.missing", things=say.join([say.thing(item) for item in swap.missing])))
    return say.join(reasons)
