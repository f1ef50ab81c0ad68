"""Reads the tables of words that come with the program."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""libyaml's, where it is there: it is many times as fast."""


def read(path: Path) -> Any:  # noqa: ANN401 - what YAML has
    """Return the data in a shipped YAML file."""
    return yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506 - a safe loader
