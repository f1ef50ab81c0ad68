"""The part of the body that a routine is for: questions, signs, sentences and rules depend on it.

The words of each region stand in the language's data, in ``routines/phrases/regions.en.yaml``.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Protocol, TypeVar


class Region(StrEnum):
    """A region of the body; also the name of its row in the language's data."""

    BACK = "back"
    """The back and the leg: the only region for which the program has exercises of its own."""
    NECK = "neck"
    SHOULDER = "shoulder"
    HIP = "hip"
    KNEE = "knee"
    ANKLE = "ankle"
    GENERAL = "general"
    """No part in particular."""

    @property
    def calm(self) -> str:
        """The routine for a red day without a plan; empty where there is none."""
        return "calm-mini" if self is Region.BACK else ""


class OfRegion(Protocol):
    """What belongs to a region."""

    @property
    def region(self) -> Region:
        """Its region."""
        ...


R = TypeVar("R", bound=OfRegion)


def of_region(records: Iterable[R], region: Region) -> tuple[R, ...]:
    """Return those of ``records`` that belong to ``region``, in their order."""
    return tuple(each for each in records if each.region is region)
