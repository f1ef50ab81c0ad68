"""Fills in the side that a routine names once as ``side``: ``{affected}`` in its texts is left or right."""

from __future__ import annotations

import re
from typing import Final

from voicecoach.routine.files.located_yaml import At, Data, Document, Mistakes
from voicecoach.routine.files.placeholders import AFFECTED, UNAFFECTED
from voicecoach.routine.files.side_words import affected
from voicecoach.routine.model import OTHER_SIDE

UNKNOWN: Final = "no side is named as the affected one"
NAME_IT: Final = "a line 'side: left' or 'side: right' above the steps of the routine"
_PLACEHOLDER: Final = re.compile(rf"\{{({'|'.join(sorted(AFFECTED | UNAFFECTED))})\}}")


def with_affected(document: Document) -> Data:
    """Return the data of a routine with its affected side in the texts; complain once where it has none."""
    raw = document.data.get("side") if isinstance(document.data, dict) else None
    try:
        side = affected(raw) if raw is not None else ""
    except Mistakes:
        side = ""  # which is told where the key is read
    lacking: list[At] = []
    data = _filled(document.data, side, (), lacking)
    if lacking and raw is None:
        document.complain(lacking[0], UNKNOWN, NAME_IT)
    return data


def _filled(data: Data, side: str, at: At, lacking: list[At]) -> Data:
    match data:
        case str() if found := _PLACEHOLDER.search(data):
            if not side:
                lacking.append(at)
                return _PLACEHOLDER.sub(found[1], data)
            return _named(data, side)
        case list():
            return [_filled(item, side, (*at, index), lacking) for index, item in enumerate(data)]
        case dict():
            # A sentence with a colon in it is a key with its value to YAML.
            named = {key: _named(key, side) if side else key for key in data}
            return {named[key]: _filled(item, side, (*at, key), lacking) for key, item in data.items()}
        case _:
            return data


def _named(text: str, side: str) -> str:
    """Return ``text`` with that side as the affected one."""
    return _PLACEHOLDER.sub(lambda each: side if each[1] in AFFECTED else OTHER_SIDE[side], text)
