"""What is shown where the terminal, or a reader of the output, lacks a letter or sign: one that reads alike.

ASCII is enough for all of it, so nothing that ships here becomes a question mark.
"""

from __future__ import annotations

import codecs
import unicodedata
from collections.abc import Mapping
from typing import Final

LEGIBLE: Final = "voicecoach.legible"
"""The name of the error handler for streams, once :func:`register` has been called."""

_STAND_INS: Final = {
    # the signs of the modes, and what fills their line
    **dict(zip("≡▼▲►■□○⇄‖✓·∙═─╱╲", "=v^>#-o~|*-.=-/\\", strict=True)),  # noqa: RUF001 - this is where they go
    # bars, big digits and letters, blocks of sets
    **dict(zip("█▀▄░▏▎▍▌▋▊▉▐▕", '#"_.|||||###|', strict=True)),
    # frames and scroll bars
    **dict(zip("│┌┐└┘├┤┬┴┼━┃╭╮╰╯║╔╗╚╝▁▂▃▅▆▇▔", "|+++++++++-|++++|++++______-", strict=True)),
    # prose
    **dict(zip("▸»«◀▶←↑↓•●✕⇒➜➡", ">><<><^v**x>>>", strict=True)),
    **dict(zip("‹›×–—‑−’‘‚“”„\N{NO-BREAK SPACE}°", "<>x----'''\"\"\" o", strict=True)),  # noqa: RUF001 - these
    **dict(zip("łŁøØđĐıµ", "lLoOdDiu", strict=True)),
    "…": "...",
    "→": "->",
    "±": "+-",
    "≥": ">=",
    "≤": "<=",
    "≈": "~",
    "½": "1/2",
    "¼": "1/4",
    "¾": "3/4",
    "⅓": "1/3",
    "⅔": "2/3",
    "№": "No.",
    "€": "EUR",
    "£": "GBP",
    "\N{PRIME}": "'",
    "\N{DOUBLE PRIME}": '"',
    "ß": "ss",
    "æ": "ae",
    "œ": "oe",
}
_IN_ONE_CELL: Final = {
    "…": "~",
    "→": ">",
    "±": "~",
    "≥": ">",
    "≤": "<",
    **dict.fromkeys("½¼¾⅓⅔№€£", "~"),
    "ß": "s",
    "æ": "a",
    "œ": "o",
}
"""Those that must not be longer than what they stand for, as on a full screen."""


def register() -> None:
    """Let streams have the error handler :data:`LEGIBLE`."""
    codecs.register_error(LEGIBLE, _replaced)


def for_cells(encoding: str) -> Mapping[int, str]:
    """Return what to translate before it is written in ``encoding`` where each letter has its cell."""
    return {ord(sign): other for sign, other in _IN_ONE_CELL.items() if not _has(encoding, sign)}


def _has(encoding: str, sign: str) -> bool:
    try:
        sign.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def _replaced(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(map(_stand_in, error.object[error.start : error.end])), error.end


def _stand_in(sign: str) -> str:
    """Return ASCII for one character: its stand-in, or its letter without accents."""
    if known := _STAND_INS.get(sign):
        return known
    if unicodedata.combining(sign):
        return ""
    plain = unicodedata.normalize("NFKD", sign).encode("ascii", "ignore").decode()
    return plain or "?" * (2 if unicodedata.east_asian_width(sign) in "WF" else 1)
