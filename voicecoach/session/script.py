"""The plan of a session as it stands: it changes when the person asks for something else."""

from __future__ import annotations

from dataclasses import dataclass

from voicecoach.session.transport import Outline
from voicecoach.timeline.steps import AnyStep


@dataclass(frozen=True, slots=True)
class Script:
    """What is going to happen. Step and segment with the same index belong together."""

    steps: tuple[AnyStep, ...]
    outline: Outline
    """One segment a step, as estimated: its kind, block and length, without waiting for speech."""
