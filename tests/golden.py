"""Texts and pictures that stand beside their tests. After a change that is meant, run the tests with
VOICECOACH_GOLDEN=write, then read the difference as you would read code.
"""

import difflib
import os
import re
from collections.abc import Callable
from pathlib import Path

from naming import naming


def assert_golden(path: Path, made: str) -> None:
    """Compare what was made with the file at ``path``, or write that."""
    if os.environ.get("VOICECOACH_GOLDEN") == "write":
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(made, encoding="utf-8")
    kept = path.read_text(encoding="utf-8")
    if made != kept:  # pytest's own explanation is cut where tests run quietly
        raise AssertionError(
            "\n".join(difflib.unified_diff(kept.splitlines(), made.splitlines(), path.name, "made"))
        )


def assert_cases(path: Path, told: Callable[[str], str]) -> None:
    """Compare each case of a file, which begins with ``## TITLE``, with what is told of it, or write that."""
    head, *cases = re.split("^(?=## )", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    now = list(map(told, cases))
    if os.environ.get("VOICECOACH_GOLDEN") == "write":
        path.write_text(head + "".join(now), encoding="utf-8")
        return
    for one, case in zip(now, cases, strict=True):
        with naming(case.splitlines()[0]):
            assert one == case
