"""What the proof found, in figures: what was obeyed, what was not said and obeyed, how long it took."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from spoken.speakers import RATE

WARY: Final = frozenset({"stop", "hurts"})
WIDTH: Final = 52
"""Columns of what a row of a table is about."""
LATEST: Final = 2.0
"""Seconds after a command in which what is decided is about it; the ear notices an end sooner."""


@dataclass(slots=True)
class Outcomes:
    """Counts of what became of commands."""

    said: int = 0
    obeyed: int = 0
    asked: int = 0
    """Stop or hurts, asked about first."""
    wrong: int = 0
    """Taken for another command."""
    cut: int = 0
    """No utterance came of it."""
    delays: list[float] = field(default_factory=list)
    """Seconds from the last word to the decision."""
    began: list[float] = field(default_factory=list)
    """Seconds from the first sound to noticing a voice."""

    def share(self, count: int) -> str:
        return f"{100 * count / self.said:.0f}%" if self.said else "-"

    @property
    def rate(self) -> float:
        """The share that was obeyed, or asked about as it should be."""
        return (self.obeyed + self.asked) / max(1, self.said)


@dataclass(slots=True)
class Alarms:
    """What was obeyed in sound without a command."""

    hours: float = 0.0
    began: int = 0
    """Voices noticed, each of which lowers the coach."""
    obeyed: int = 0
    wary: int = 0
    """Stop or hurts among them."""
    asked: int = 0
    """Stop or hurts, asked about."""
    texts: list[str] = field(default_factory=list)


def outcomes(results: Iterable[dict[str, Any]], model: str) -> Outcomes:
    """Count what became of the commands in ``results``, heard by ``model``."""
    total = Outcomes()
    for result in results:
        for said in result["said"]:
            total.said += 1
            begin, end = said["begin"], said["end"]
            near = [
                each for each in result["decisions"][model] if begin < each["frame"] <= end + LATEST * RATE
            ]
            total.cut += not near
            began = [each - begin for each in result["began"] if begin - RATE // 5 < each < end]
            total.began += [max(each, 0) / RATE for each in began[:1]]
            meant = next((each for each in near if each["means"]), None)
            if meant is None:
                continue
            if meant["means"] != said["means"]:
                total.wrong += 1
                continue
            total.obeyed += meant["sure"]
            total.asked += not meant["sure"]
            total.delays.append((meant["frame"] - end) / RATE + meant["seconds"])
    return total


def alarms(results: Iterable[dict[str, Any]], model: str) -> Alarms:
    """Count what ``model`` obeyed in ``results`` that nobody said."""
    total = Alarms()
    for result in results:
        total.hours += result["seconds"] / 3600
        total.began += len(result["began"])
        for each in result["decisions"][model]:
            if each["means"]:
                total.obeyed += each["sure"]
                total.wary += each["sure"] and each["means"] in WARY
                total.asked += not each["sure"]
                doubt = "" if each["sure"] else "?"
                total.texts.append(f"{each['means']}{doubt} ({each['text']})")
    return total


def commands_table(groups: Sequence[tuple[str, Sequence[dict[str, Any]]]], models: Sequence[str]) -> str:
    """Return a row for each group of results, and columns for each model."""
    head = " ".join(f"{model:>7} asked wrong" for model in models)
    lines = [f"{'':<{WIDTH}} {'said':>5} {'unheard':>7} {head}"]
    for name, results in groups:
        found = [outcomes(results, model) for model in models]
        cells = " ".join(
            f"{each.share(each.obeyed):>7} {each.share(each.asked):>5} {each.share(each.wrong):>5}"
            for each in found
        )
        lines.append(f"{name:<{WIDTH}} {found[0].said:5} {found[0].share(found[0].cut):>7} {cells}")
    return "\n".join(lines)


def delays_table(groups: Sequence[tuple[str, Sequence[dict[str, Any]]]], models: Sequence[str]) -> str:
    """Return how long it took, in seconds: the median and what nine of ten stay below."""
    lines = [
        f"{'seconds: half, nine of ten':<{WIDTH}} {'voice noticed':>16}"
        + "".join(f"{each:>16}" for each in models)
    ]
    for name, results in groups:
        found = [outcomes(results, model) for model in models]
        cells = [_spread(found[0].began), *(_spread(each.delays) for each in found)]
        lines.append(f"{name:<{WIDTH}} " + "".join(f"{each:>16}" for each in cells))
    return "\n".join(lines)


def alarms_table(groups: Sequence[tuple[str, Sequence[dict[str, Any]]]], models: Sequence[str]) -> str:
    """Return what was obeyed without a command: how often an hour, and of that stop or hurts."""
    head = " ".join(f"{model:>7} stop/hurts asked" for model in models)
    lines = [f"{'an hour':<16} {'hours':>6} {'lowered':>8} {head}"]
    for name, results in groups:
        found = [alarms(results, model) for model in models]
        hours = max(found[0].hours, 1e-9)
        cells = " ".join(
            f"{each.obeyed / hours:7.1f} {each.wary / hours:10.1f} {each.asked / hours:5.1f}"
            for each in found
        )
        lines.append(f"{name:<16} {found[0].hours:6.2f} {found[0].began / hours:8.0f} {cells}")
    return "\n".join(lines)


def mishearings(results: Iterable[dict[str, Any]], model: str) -> Iterator[str]:
    """Yield each command that was not obeyed, with what was heard instead."""
    for result in results:
        for said in result["said"]:
            one = {**result, "said": [said]}
            if not outcomes([one], model).rate:
                begin, end = said["begin"], said["end"] + LATEST * RATE
                heard = [each["text"] for each in result["decisions"][model] if begin < each["frame"] <= end]
                yield f"{said['phrase']}: {' / '.join(heard) or '-'}"


def _spread(values: Sequence[float]) -> str:
    if not values:
        return "-"
    ordered = sorted(values)
    return f"{ordered[len(ordered) // 2]:.2f} {ordered[int(0.9 * len(ordered))]:.2f}"
