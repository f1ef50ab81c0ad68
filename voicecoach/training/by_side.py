"""Tells by the sets of an exercise whose dose they show: that of one side, of the other, or of both."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from voicecoach.journal.records import Decision, SetDone


def by_side(sets: Sequence[SetDone], decisions: Mapping[str, Decision]) -> Mapping[str, Sequence[SetDone]]:
    """Return the ``sets`` of one exercise by the side whose dose they show; under "" those of both sides.

    Those that were planned on both sides show the dose of each when each had a decision of its own; those
    without a side, of what was done for the exercise on one side or on both, that of the side it was for.
    """
    of_block = {each.block: each.alone for each in sets if each.alone}
    sides = {*of_block.values(), *filter(None, decisions)}
    found: dict[str, list[SetDone]] = {}
    for each in sets:
        if each.alone or each.block in of_block:
            shown = {each.alone or of_block[each.block]}
        elif "" in decisions or not sides:
            shown = {""}
        else:
            own = {side for side in sides if side in decisions and decisions[side].exercise == each.exercise}
            shown = {side for side in own or sides if each.side in {"", side}}
        for side in sorted(shown):
            found.setdefault(side, []).append(each)
    return found
