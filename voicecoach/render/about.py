"""What a sound file tells of itself, beside its sound."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from voicecoach.render.chapters import Chapter

_ISO_639_2: Final = {"en": "eng", "de": "deu", "fr": "fra", "es": "spa", "it": "ita", "pt": "por"}


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """The tags of a sound file. A format leaves out what it cannot hold."""

    title: str
    """The routine."""
    description: str = ""
    """What the routine is for, on one line."""
    language: str = "en"
    """The language of what is said, by ISO 639-1."""
    chapters: tuple[Chapter, ...] = ()
    """In order, one after the other from the first frame to the last."""
    cover: bytes = b""
    """A picture as PNG; empty for none."""

    @property
    def iso_639_2(self) -> str:
        """The language in three letters, as older formats want it."""
        return _ISO_639_2.get(self.language, "und")
