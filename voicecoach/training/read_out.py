"""Which changes are read out before a session: two, and how many others there are."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Final

from voicecoach.journal.records import Decision
from voicecoach.language.phrases import Message
from voicecoach.routine.model import Exercise
from voicecoach.training.dose_history import Direction, direction
from voicecoach.training.words import each_news

MOST_READ: Final = 2
"""The most changes that are read out; nobody remembers seven, which take a minute and a half. [own choice]"""
_OTHERS: Final[Mapping[frozenset[Direction | None], str]] = {
    frozenset({Direction.MORE}): "news.others_more",
    frozenset({Direction.LESS}): "news.others_less",
}


def read_out(
    decisions: Collection[Decision], names: Mapping[str, str], done: Mapping[str, Exercise]
) -> Iterator[Message]:
    """Yield the news of what is ``done`` in a session: what is left out first, at most two, and the others.

    ``names`` are those of the routine's exercises by their keys. Who does a part of the routine hears nothing
    that is about the rest.
    """
    whole = all(each.exercise in done for each in decisions if not each.leaves_out)
    heard = (each for each in decisions if each.exercise in done or (whole and each.leaves_out))
    found = sorted(
        each_news(heard, names, done), key=lambda each: direction(each.change) is not Direction.LEFT_OUT
    )
    yield from (each.message for each in found[:MOST_READ])
    if others := found[MOST_READ:]:
        ways = frozenset(direction(each.change) for each in others)
        code = _OTHERS.get(ways, "news.others")
        yield Message(code, n=sum(each.exercises for each in others))
