"""How a routine is called where somebody names it: by its name in the library, or by its file."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import Final

from voicecoach.text import legible

ENDINGS: Final = (".yaml", ".yml")


def is_path(name_or_path: str | Path) -> bool:
    """Tell whether this is meant as a file rather than a name."""
    text = str(name_or_path)
    return isinstance(name_or_path, Path) or "/" in text or "\\" in text or text.lower().endswith(ENDINGS)


def composed(name: str) -> str:
    """Return the name of a file as people type it: some systems write a letter and its accent apart."""
    return unicodedata.normalize("NFC", name)


def ident(name_or_path: str | Path) -> str:
    """Return the id of a routine, by which the journal knows it: a file's name without its ending."""
    return legible(composed(Path(name_or_path).stem)) if is_path(name_or_path) else str(name_or_path)
