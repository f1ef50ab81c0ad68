"""Finds the kind of a phase by its name: "stay" is a hold, "down" lowers a weight."""

from __future__ import annotations

import functools
from collections.abc import Mapping

import yaml

from voicecoach.language import phrases

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@functools.cache
def phase_kinds() -> Mapping[str, str]:
    """Map each known name to its kind, from the ``phases.<language>.yaml`` of all languages.

    Where languages disagree, English wins. Names are in small letters.
    """
    files = phrases.folder().glob("phases.*.yaml")
    kinds: dict[str, str] = {}
    for path in sorted(files, key=lambda path: (path.name != "phases.en.yaml", path.name)):
        words = yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506 - a safe loader
        for kind, names in words.items():
            kinds = {name.casefold(): kind for name in names} | kinds
    return kinds
