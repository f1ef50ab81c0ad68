"""Text in cells: how wide it is on a screen, cut and wrapped so that it stays where it belongs."""

from __future__ import annotations

from collections.abc import Iterator

from rich.cells import cell_len, chop_cells

from voicecoach.text import Use, clean

ELLIPSIS = "…"


def width_of(text: str) -> int:
    """How many cells ``text`` takes."""
    return cell_len(text)


def clip(text: str, width: int) -> str:
    """``text``, or as much of it as fits ``width`` cells together with "…"."""
    text = clean(text, Use.SCREEN)
    if cell_len(text) <= width:
        return text
    return (chop_cells(text, width - 1)[0].rstrip() if width > 2 else "") + ELLIPSIS if width > 0 else ""


def pad(text: str, width: int) -> str:
    """``text`` clipped, and filled up with blanks to ``width`` cells."""
    clipped = clip(text, width)
    return clipped + " " * (width - cell_len(clipped))


def wrap(text: str, width: int, height: int) -> list[str]:
    """``text`` in at most ``height`` lines of ``width`` cells, broken between words; the last is clipped."""
    lines = list(_wrapped(clean(text, Use.SCREEN), max(width, 2)))
    if len(lines) <= height:
        return lines
    return [*lines[: height - 1], clip(" ".join(lines[height - 1 :]), width)] if height else []


def _wrapped(text: str, width: int) -> Iterator[str]:
    line = ""
    for word in text.split():
        if line and cell_len(line) + 1 + cell_len(word) > width:
            yield line
            line = ""
        *full, rest = chop_cells(word, width) or [word]
        yield from full
        line = f"{line} {rest}" if line else rest
    if line:
        yield line
