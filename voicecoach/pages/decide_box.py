"""The first box of the report: what there is to decide, and the command that settles each."""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from voicecoach.language.dates import counted, day_in_full, past_day
from voicecoach.language.phrases import Phrases
from voicecoach.pages.charts import of_side
from voicecoach.pages.tables import clipped
from voicecoach.training.to_decide import Incident, Matter, MatterKind

MOST: Final = 7
"""The most matters that are told in full: more is not taken in at a glance [own choice]."""
_MOST_LINES: Final = 16
_LINE: Final = 46
"""The most lines of all of them together, and the characters of a line."""
_OTHERS: Final = 160
"""The most characters of what else there is."""
_LEAST_DAYS, _MOST_DAYS = 2, 5
_ROOM: Final = 100
"""The days of one that are told, as many as have so many characters together, and at least the worst and the
latest."""
_WORDS: Final = 50
"""The most characters of what the person said on a day."""
_NAME: Final = 40
_NAMES: Final = 3
_REASON: Final = 120


_NAMED: Final = {
    (MatterKind.FLARE, False, False): "flare_over",
    (MatterKind.LEFT_OUT, False, False): "left_out_now",
    (MatterKind.LEFT_OUT, False, True): "left_out_now",
    (MatterKind.REPLACED, False, False): "not_suited",
    (MatterKind.HURT, False, True): "hurt_instead",
}
"""The phrases of matters by whether it is known when they began, and whether another exercise is done, where
these have phrases of their own."""


@dataclass(frozen=True)
class DecideBox:
    """The box for the template."""

    period: str
    """Since when it tells what happened; when there is nothing to decide, that alone."""
    rows: Sequence[dict[str, str]] = ()
    more: str = ""
    """What else there is, and where it is found; empty when that is all."""


def decide_box(
    matters: Sequence[Matter], since: date, today: date, name_of: Callable[[str], str], say: Phrases
) -> DecideBox:
    """Return the box; ``matters`` come the most important first, and what happened counts since a day."""
    day = day_in_full(since, say)
    if not matters:
        return DecideBox(say.part("report.decide.none", day=day))
    telling = _Telling(name_of, today, say)
    rows = [telling.row(each) for each in matters]
    order = _first_of_each_kind(rows)
    kept, lines = [order[0]], _lines(rows[order[0]])
    for number in order[1:]:
        if len(kept) < MOST and lines + _lines(rows[number]) <= _MOST_LINES:
            kept.append(number)
            lines += _lines(rows[number])
    others = [rows[number]["title"] for number in order if number not in kept]
    shown = clipped("; ".join(others), _OTHERS)
    rest = say.part("report.decide.more", int(len(others) != 1), n=str(len(others)), others=shown)
    told = [rows[number] for number in sorted(kept)]
    return DecideBox(say.part("report.decide.since", day=day), told, rest if others else "")


def _first_of_each_kind(rows: Sequence[dict[str, str]]) -> list[int]:
    """Return the numbers of the rows, the first of each kind before the others: many of one hide no other."""
    seen: Counter[str] = Counter()
    later = []
    for number, row in enumerate(rows):
        seen[row["about"]] += 1
        later.append((seen[row["about"]] > 1, number))
    return [number for _, number in sorted(later)]


def _lines(row: dict[str, str]) -> int:
    """Return the lines on paper that a matter takes, about."""
    beside = 1 + -(-len(row["command"]) // _LINE)
    return max(beside, sum(-(-len(row[cell]) // _LINE) for cell in ("title", "days", "reason")))


@dataclass(frozen=True)
class _Telling:
    """Puts matters into words."""

    name_of: Callable[[str], str]
    today: date
    say: Phrases

    def row(self, matter: Matter) -> dict[str, str]:
        """Return the cells of a matter: what it is, the days of it, and the command that settles it."""
        looks = matter.settle[0] == "history"
        return {
            "about": matter.about.value,
            "title": self.title(matter),
            "reason": clipped(self.say.tell(matter.reason), _REASON) if matter.reason else "",
            "days": self._days(matter),
            "settle": self.say.part(f"report.decide.settle.{'look' if looks else matter.about}"),
            "command": self.say.part("report.decide.command", command=shlex.join(matter.settle)),
        }

    def title(self, matter: Matter) -> str:
        """Say what it is, in half a sentence."""
        names = [clipped(self.name_of(key), _NAME) for key in matter.exercises]
        exercise = of_side(names[0], matter.side, self.say) if len(names) == 1 else ", ".join(names[:_NAMES])
        instead = clipped(self.name_of(matter.instead), _NAME) if matter.instead else ""
        title = self._part(
            _NAMED.get((matter.about, matter.since is not None, bool(instead)), matter.about.value),
            exercise=exercise,
            instead=instead,
            sessions=counted(len(matter.incidents), "session", self.say),
            since=self._day(matter.since),
            until=self._day(matter.until),
        )
        out = matter.about is MatterKind.LEFT_OUT and instead
        return self._part("left_out_instead", out=title, instead=instead) if out else title

    def _days(self, matter: Matter) -> str:
        """Tell the worst and the latest days as far as there is room, and how many others there are."""
        told = {each: self._incident(each) for each in matter.incidents}
        worst_first = sorted(told, key=lambda each: (each.pain or 0, each.day), reverse=True)
        latest_first = sorted(told, key=lambda each: (each.day, each.session), reverse=True)
        kept: set[Incident] = set()
        for each in dict.fromkeys([*worst_first[:1], *latest_first]):
            full = sum(len(told[one]) for one in (*kept, each)) > _ROOM
            if len(kept) < (_MOST_DAYS if not full else _LEAST_DAYS):
                kept.add(each)
        shown = [words for each, words in told.items() if each in kept]
        if others := len(told) - len(shown):
            shown.append(self._part("others", int(others != 1), n=str(others)))
        return "; ".join(shown)

    def _incident(self, incident: Incident) -> str:
        facts = [
            self._part("pain", n=str(incident.pain)) if incident.pain is not None else "",
            self._part("form_lost") if incident.form_lost else "",
            self._part("words", words=clipped(incident.words, _WORDS)) if incident.words else "",
        ]
        day, given = past_day(incident.day, self.today, self.say), ", ".join(filter(None, facts))
        return self._part("day", day=day, facts=given) if given else day

    def _day(self, day: date | None) -> str:
        return past_day(day, self.today, self.say) if day else ""

    def _part(self, name: str, turn: int = 0, **blanks: str) -> str:
        return self.say.part(f"report.decide.{name}", turn, **blanks)
