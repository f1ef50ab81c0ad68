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
    **dict(zip("≡▼▲►■□○⇄‖✓·∙═─╱╲", "=v^>#_o~|*-.=-/\\", strict=True)),  # noqa: RUF001 - this is where they go
    # bars, big digits and letters, blocks of sets
    **dict(zip("█▀▄░▏▎▍▌▋▊▉▐▕", '#"_.|||||###|', strict=True)),
    # frames and scroll bars
    **dict(zip("│┌┐└┘├┤┬┴┼━┃╭╮╰╯║╔╗╚╝▁▂▃▅▆▇▔", "|+++++++++=|++++|++++______-", strict=True)),
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
    "─": "_",  # else this pattern would be that of "·"
}
"""Those that are others on a full screen: none may be longer than what it stands for."""
_BRAILLE: Final = range(0x2800, 0x2900)
"""The patterns of eight dots, of which figures are drawn."""
_DOTS: Final = " ..::++##"
"""By the number of dots in a pattern, a sign about as dark."""


def register() -> None:
    """Let streams have the error handler :data:`LEGIBLE`."""
    codecs.register_error(LEGIBLE, _replaced)


def for_cells(encoding: str) -> Mapping[int, str]:
    """Return what to translate before it is written in ``encoding`` where each letter has its cells."""
    return _InCells(encoding)


def of_terminal(encoding: str, variables: Mapping[str, str]) -> str:
    """Return the encoding with the letters of a terminal that is written to in ``encoding``.

    The console of Linux takes UTF-8, but has few more letters than the first PC. In the locale C, Python
    writes UTF-8 although nothing says that the terminal takes it.
    """
    if variables.get("TERM") == "linux":
        return "cp437"
    if variables.get("LC_ALL") in {"C", "POSIX"} and "PYTHONIOENCODING" not in variables:
        return "ascii"
    return encoding


class _InCells(dict[int, str]):
    """What each character becomes; found out when it is asked for first."""

    def __init__(self, encoding: str) -> None:
        super().__init__()
        self._encoding = encoding

    def __missing__(self, code: int) -> str:
        sign = chr(code)
        self[code] = sign if has(self._encoding, sign) else _in_cells(sign)
        return self[code]


def _in_cells(sign: str) -> str:
    """Return ASCII that takes as many cells as ``sign``."""
    if unicodedata.category(sign) in {"Mn", "Me", "Cf"}:
        return ""
    cells = 2 if unicodedata.east_asian_width(sign) in "WF" else 1
    return _IN_ONE_CELL.get(sign, _stand_in(sign))[:cells].ljust(cells)


def has(encoding: str, sign: str) -> bool:
    """Tell whether there is such a sign in ``encoding``."""
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
    if ord(sign) in _BRAILLE:
        return _DOTS[(ord(sign) - _BRAILLE.start).bit_count()]
    if unicodedata.combining(sign):
        return ""
    plain = unicodedata.normalize("NFKD", sign).encode("ascii", "ignore").decode()
    return plain or "?" * (2 if unicodedata.east_asian_width(sign) in "WF" else 1)
