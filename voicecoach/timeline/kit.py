"""What compiling needs besides the step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from voicecoach.language.phrases import Phrases
from voicecoach.timeline.segment import Sound, Speech


@dataclass(frozen=True)
class Kit:
    """A voice, the earcons and the phrases: the same kit and step give the same segment."""

    speech: Speech
    sounds: Mapping[Sound, int]
    """Length of each earcon in frames."""
    phrases: Phrases
