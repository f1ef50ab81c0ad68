"""Texts and pictures that stand beside their tests. After a change that is meant, run the tests with
VOICECOACH_GOLDEN=write, then read the difference as you would read code.
"""

import os
from pathlib import Path


def assert_golden(path: Path, made: str) -> None:
    """Compare what was made with the file at ``path``, or write that."""
    if os.environ.get("VOICECOACH_GOLDEN") == "write":
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(made, encoding="utf-8")
    assert made == path.read_text(encoding="utf-8"), f"{path.name} is different"
