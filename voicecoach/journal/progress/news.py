"""What the coach tells when a session begins: what is done otherwise than the last time, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from voicecoach.journal.progress.sentences import number
from voicecoach.journal.records import Change, Decision

_UNTOLD: Final = {Change.START, Change.HOLD}
"""What is no news."""
_FOR_MANY: Final = {
    Change.LAY_OFF: "Good to have you back: {n} exercises have less, or what they began with.",
    Change.FLARE: "After a flare less is enough, in {n} exercises.",
    Change.DELOAD: "An easy week, with less in {n} exercises.",
    Change.BACK: "In {n} exercises it is as much again as before.",
}
"""Changes with a reason outside the single exercise, told once when there are several."""
_MANY: Final = 3


def news(decisions: Iterable[Decision], names: Mapping[str, str]) -> tuple[str, ...]:
    """A sentence or two for each change; ``names`` are the exercises' by their keys in the routine."""
    return tuple(_told([each for each in decisions if each.change not in _UNTOLD], names))


def _told(changed: list[Decision], names: Mapping[str, str]) -> Iterator[str]:
    counts = Counter(each.change for each in changed)
    together = {change for change in _FOR_MANY if counts[change] >= _MANY}
    for change in sorted(together, key=list(_FOR_MANY).index):
        yield _FOR_MANY[change].format(n=number(counts[change]))
    for each in changed:
        if each.change not in together:
            yield f"{names[each.written]}. {each.reason}"
