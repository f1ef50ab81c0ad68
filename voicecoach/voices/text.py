"""Text as an engine may have it: words and punctuation, nothing that an engine would obey."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

LONGEST: Final = 1000
"""Characters in one utterance, more than a minute of speech. The rest is not said."""

_LESS = re.compile(r"<(?=\s*\d)")
_MORE = re.compile(r">(?=\s*\d)")
# espeak and macOS read [[...]] as phonemes or commands, SAPI reads <...> as SSML, and hibari reads
# [word](/phonemes/); espeak also takes a control character, removed with all others, for commands.
_TAG = re.compile(r"</?[A-Za-z!?][^<>]*>")
_PHONEMES = re.compile(r"\]\(/[^)]*\)")
_BRACKETS = str.maketrans(dict.fromkeys("[]{}<>|\\`", " "))


def spoken(text: str) -> str:
    """``text`` as it is handed to an engine, and as it is known in the cache.

    Control characters and engine markup are gone, white space is single spaces, and a text over
    :data:`LONGEST` characters ends with its last whole word.
    """
    text = unicodedata.normalize("NFC", text[: 4 * LONGEST])
    text = "".join(_visible(char) for char in text)
    text = _PHONEMES.sub("]", _TAG.sub(" ", text))
    text = _MORE.sub(" more than ", _LESS.sub(" less than ", text))
    text = " ".join(text.translate(_BRACKETS).split())
    if len(text) > LONGEST:
        text = text[: LONGEST + 1].rpartition(" ")[0] or text[:LONGEST]
    return text


def has_words(text: str) -> bool:
    """Whether there is anything in ``text`` that can be said."""
    return any(char.isalnum() for char in text)


def _visible(char: str) -> str:
    """White space for line ends and tabs, nothing for other control, format and unassigned characters."""
    if char.isspace():
        return " "
    return "" if unicodedata.category(char)[0] == "C" else char
