"""The news of a plan: what it changes, in a sentence or two each, and which of them are read out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from voicecoach.journal.records import Decision, DoseChange
from voicecoach.language.phrases import Message, Value
from voicecoach.routine.model import Exercise, Kind
from voicecoach.training.dose_history import Direction, direction
from voicecoach.training.words import amount, in_words

MOST_READ: Final = 2
"""The most changes that are read out; nobody remembers seven, which take a minute and a half. [own choice]"""
_OTHERS: Final[Mapping[frozenset[Direction | None], str]] = {
    frozenset({Direction.MORE}): "news.others_more",
    frozenset({Direction.LESS}): "news.others_less",
}
_UNTOLD: Final = {DoseChange.START, DoseChange.HOLD}
"""The changes that are not told as news."""
_TOLD_BEFORE: Final = {"reason.ask_waits"}
"""The reasons that the person has heard already."""
_LESS_AT_FIRST: Final = {"reason.new_here", "reason.new_less", "reason.pace_here"}
"""The reasons of a first time that is told all the same, for it is not as the routine has it."""
_FOR_MANY: Final = {
    DoseChange.START: "news.start",
    DoseChange.LAY_OFF: "news.lay_off",
    DoseChange.FLARE: "news.flare",
    DoseChange.DELOAD: "news.deload",
    DoseChange.BACK: "news.back",
    DoseChange.PACE_BEGIN: "news.pace_begin",
    DoseChange.PACE_MORE: "news.pace_more",
    DoseChange.PACE_LESS: "news.pace_less",
}
"""Changes with a reason outside the single exercise, told once when there are several."""
_BY_REASON: Final = {
    "reason.flare_half": "news.flare_half",
    "reason.flare_more": "news.flare_more",
    "reason.new_less": "news.start_less",
    "reason.pause": "news.pause",
    "reason.pause_anew": "news.pause",
}
"""What is told instead for some reasons of the single exercises: a step back from a flare, no gap in all."""
_MANY: Final = 3
_NOTHING_ELSE: Final[Mapping[str, Exercise]] = MappingProxyType({})
"""No exercise is done for another one."""


class News(NamedTuple):
    """A sentence or two on a change."""

    message: Message
    change: DoseChange
    exercises: int
    """How many exercises it is about."""


def news(
    decisions: Iterable[Decision], names: Mapping[str, str], done: Mapping[str, Exercise] = _NOTHING_ELSE
) -> Iterator[Message]:
    """A sentence or two for each change.

    ``names`` are those of the routine's exercises by their keys, ``done`` is what is done for them.
    """
    return (each.message for each in _each_news(decisions, names, done))


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
        _each_news(heard, names, done), key=lambda each: direction(each.change) is not Direction.LEFT_OUT
    )
    yield from (each.message for each in found[:MOST_READ])
    if others := found[MOST_READ:]:
        ways = frozenset(direction(each.change) for each in others)
        code = _OTHERS.get(ways, "news.others")
        yield Message(code, n=sum(each.exercises for each in others))


def _each_news(
    decisions: Iterable[Decision], names: Mapping[str, str], done: Mapping[str, Exercise]
) -> Iterator[News]:
    """Yield the news of :func:`news`, with what they are about."""
    changed = [each for each in decisions if _is_news(each)]
    counts = Counter(each.change for each in changed)
    together = {change for change in _FOR_MANY if counts[change] >= _MANY}
    for change in sorted(together, key=list(_FOR_MANY).index):
        yield News(Message(_for_many(change, changed), n=counts[change]), change, counts[change])
    for each in changed:
        if each.change not in together:
            played = done.get(each.exercise)
            name = names[each.written] if played is None or _names(each.reason) else played.name
            reason = _spoken(each, played.kind if played else None)
            message = Message("news.one", name=name, reason=reason)
            if each.side:
                message = Message("news.one_side", name=name, side=Message(each.side), reason=reason)
            yield News(message, each.change, 1)


def _is_news(decision: Decision) -> bool:
    if decision.reason.code in _TOLD_BEFORE:
        return False
    return decision.change not in _UNTOLD or _is_less_at_first(decision)


def _is_less_at_first(decision: Decision) -> bool:
    return decision.change is DoseChange.START and decision.reason.code in _LESS_AT_FIRST


def _names(message: Message) -> bool:
    """Tell whether a reason itself names what is done, so that it is the routine's exercise it speaks of."""
    return "name" in message.values or any(map(_names, _parts(message)))


def _parts(message: Message) -> list[Message]:
    return [each for each in message.values.values() if isinstance(each, Message)]


def _for_many(change: DoseChange, changed: Iterable[Decision]) -> str:
    """Return the name of what is told of one change in many exercises."""
    reasons = [each.reason for each in changed if each.change is change]
    codes = {part.code for each in reasons for part in (each, *_parts(each))}
    return next((news for code, news in _BY_REASON.items() if code in codes), _FOR_MANY[change])


def _spoken(decision: Decision, kind: Kind | None) -> Message:
    """The reason with its doses in words: nobody hears what ``6-4-2 x 8s`` means."""
    doses = (each for each in (decision.dose, decision.level) if each is not None)
    return _with_words(decision.reason, {amount(dose): in_words(dose, kind) for dose in doses})


def _with_words(message: Message, doses: Mapping[str, Message]) -> Message:
    values: dict[str, Value] = dict(message.values)
    for blank, value in values.items():
        if isinstance(value, Message):
            values[blank] = _with_words(value, doses)
        elif blank == "dose" and isinstance(value, str):
            values[blank] = doses.get(value, value)
    return Message(message.code, **values)
