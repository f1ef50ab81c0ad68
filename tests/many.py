"""Many cases of a proof: on all cores, with progress, and from where an earlier run was broken off."""

from __future__ import annotations

import hashlib
import json
import math
import random
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
KEPT = ROOT / ".proofs"
"""Where results are kept; of other sources than the present ones they count for nothing."""
FEW = 50
"""So many cases are done at once, and nothing of them is kept."""
AT_A_TIME = 4
OFTEN = 20
"""Seconds between two lines of progress."""
SOURCES = (
    "voicecoach/**/*.py",
    "routines/**/*.yaml",
    "tests/*.py",
    "tests/spoken/*",
    "tests/training/*.py",
    "tests/fakes/*.py",
)


def share(config: pytest.Config, cases: Iterable[Any]) -> list[Any]:
    """A seeded share of ``cases`` in their order, at least one: as many as the command line asks for."""
    cases = list(cases)
    count = max(1, math.ceil(config.getoption("--share") * len(cases)))
    chosen = random.Random(f"{config.getoption('--seed')} {cases}").sample(range(len(cases)), count)
    return [cases[number] for number in sorted(chosen)]


def results(
    name: str,
    do: Callable[[Any], Any],
    cases: Sequence[Any],
    tell: Callable[[str], None],
    stop: Callable[[Any], Any] = lambda _: False,
) -> Iterator[Any]:
    """What ``do`` makes of each case, in their order, at the most until ``stop`` says so of a result.

    ``do`` takes and returns what JSON has. ``tell`` is told how far it is.
    """
    if len(cases) <= FEW:
        yield from map(do, cases)
        return
    KEPT.mkdir(exist_ok=True)
    file = KEPT / f"{name}-{_version()}.jsonl"
    known = _known(file)
    left = [each for each in cases if json.dumps(each) not in known]
    begun = told = time.monotonic()
    tell(f"{name}: {len(left)} of {len(cases)} to do")
    pool = ProcessPoolExecutor(mp_context=get_context("fork"))
    try:
        with file.open("a", encoding="utf-8") as out:
            found = pool.map(do, left, chunksize=AT_A_TIME)
            for number, case in enumerate(left, start=1):
                known[json.dumps(case)] = result = next(found)
                out.write(json.dumps([case, result]) + "\n")
                if (now := time.monotonic()) - told > OFTEN:
                    out.flush()
                    told, still = now, (now - begun) / number * (len(left) - number)
                    tell(f"{name}: {number} of {len(left)}, {still / 60:.0f} minutes left")
                if stop(result):
                    break
    finally:
        pool.shutdown(cancel_futures=True)
    yield from (known[json.dumps(each)] for each in cases if json.dumps(each) in known)


def _known(file: Path) -> dict[str, Any]:
    found = {}
    for line in file.read_text(encoding="utf-8").splitlines() if file.exists() else ():
        with suppress(ValueError):  # the last one may be cut off
            case, result = json.loads(line)
            found[json.dumps(case)] = result
    return found


def _version() -> str:
    """A hash of all that the results depend on."""
    found = hashlib.sha256()
    for path in sorted(path for each in SOURCES for path in ROOT.glob(each) if path.is_file()):
        found.update(path.read_bytes())
    return found.hexdigest()[:12]
