"""Sentences in large letters, spread over pages where one does not hold them.

The pages of a sentence follow each other while it is said, as on a teleprompter.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from voicecoach.display import big_letters
from voicecoach.display.big_letters import Face, drawable
from voicecoach.display.cells import wrap

_PAUSES: Final = ",;:.?!"
"""A page is turned where the speaker draws breath, if that is near the middle."""
_BREATH: Final = 0.25
"""How much less a page that is too long or too short matters there. [own choice]"""


@dataclass(frozen=True, slots=True)
class LargeText:
    """A text broken into lines and pages."""

    pages: tuple[tuple[str, ...], ...]
    """The lines of each page."""
    face: Face | None
    """The face of its letters; None for plain text."""

    def page_at(self, share: float) -> int:
        """Return the index of the page to show when ``share`` of the text has been said.

        A page is shown for as long as its letters take.
        """
        lengths = [sum(map(len, page)) for page in self.pages]
        said = share * sum(lengths)
        for index, length in enumerate(lengths):
            said -= length
            if said < 0:
                return index
        return len(lengths) - 1

    def drawn(self, page: int, *, half_first: bool = False) -> tuple[str, ...]:
        """Return the rows of a page, as :meth:`Face.draw` does."""
        lines = self.pages[page]
        return self.face.draw(lines, half_first=half_first) if self.face else lines


@functools.lru_cache(maxsize=64)
def set_large(text: str, width: int, height: int) -> LargeText:
    """Return ``text`` in the largest letters that fit one page of ``width`` cells and ``height`` rows.

    Where not even the smallest do, they take several pages. It stays plain text where it has characters that
    no face has, a word that is too long, or no room.
    """
    letters = drawable(text)
    found = LargeText((tuple(wrap(text, width, max(height, 1))),), None)
    for face in big_letters.faces(height) if letters else ():
        if pages := _pages(letters.split(), face, width, height):
            found = LargeText(pages, face)
            if len(pages) == 1:
                break
    return found


def _pages(words: Sequence[str], face: Face, width: int, height: int) -> tuple[tuple[str, ...], ...]:
    """Break ``words`` into pages of lines; none when a word is too long for a line."""
    lines, room = _even_lines(words, face, width), _room(face, height)
    if not lines or not room:
        return ()
    if len(lines) <= room:
        return (lines,)
    cut = _turn(words, math.ceil(len(lines) / room))
    first, later = _pages(words[:cut], face, width, height), _pages(words[cut:], face, width, height)
    return (*first, *later)


def _turn(words: Sequence[str], pages: int) -> int:
    """Return how many words stand on the first of ``pages``: about as many letters as on each other one."""
    ends = [len(" ".join(words[:count])) for count in range(1, len(words))]
    even = (ends[-1] + len(words[-1]) + 1) / pages

    def cost(count: int) -> float:
        breath = words[count - 1][-1] in _PAUSES
        return abs(ends[count - 1] - even) * (_BREATH if breath else 1)

    return min(range(1, len(words)), key=cost)


def _even_lines(words: Sequence[str], face: Face, width: int) -> tuple[str, ...]:
    """Break ``words`` into the fewest lines that ``width`` allows, about as long as one another."""
    lines = _lines(words, face, width)
    while lines:
        narrower = _lines(words, face, max(map(face.width, lines)) - 1)
        if not narrower or len(narrower) > len(lines):
            break
        lines = narrower
    return lines


def _lines(words: Sequence[str], face: Face, width: int) -> tuple[str, ...]:
    """Fill lines of ``width`` cells with ``words``; none when a word is longer than a line."""
    lines: list[str] = []
    for word in words:
        if face.width(word) > width:
            return ()
        longer = f"{lines[-1]} {word}" if lines else ""
        if longer and face.width(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return tuple(lines)


def _room(face: Face, height: int) -> int:
    """Return how many lines ``height`` rows have room for."""
    lines = 0
    while face.rows(lines + 1) <= height:
        lines += 1
    return lines
