"""All that a person may say to the coach in a session: the words of its language, and their own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from voicecoach import paths
from voicecoach.language import phrases, tables
from voicecoach.session.commands import spoken
from voicecoach.settings import listen_file
from voicecoach.settings.listen_file import OwnWords

_UNSAID: Final = frozenset(
    {
        *("spoken", "listening", "command", "keys", "page", "plain"),
        *("prescribed", "report", "screen", "sheet", "written"),
    }
)
"""The parts of the phrases that are only shown."""
_LONGEST: Final = 50
"""The most characters of a sentence that a phrase could be like [own choice]."""
_SENTENCE_END: Final = re.compile(r"(?<=[.!?])\s")


def understood(language: str) -> OwnWords:
    """Return every phrase that means a command, with the remarks on the person's own.

    Those come first: what is expected first is recognised best.

    Raises FileError when their file cannot be used.
    """
    shipped = spoken(phrases.load(language))
    own = listen_file.load(shipped, _said(language))
    return OwnWords({**own.phrases, **shipped}, own.remarks)


def _said(language: str) -> Iterator[str]:
    """Yield the short sentences that the coach says of itself, and those of the shipped exercises."""
    for part, words in phrases.entries(language).items():
        if part not in _UNSAID:
            yield from _sentences(words)
    for pattern in (f"exercises/{language}/*.yaml", f"phrases/phases.{language}.yaml"):
        for file in paths.shipped("routines").glob(pattern):
            yield from _sentences(tables.read(file))


def _sentences(data: Any) -> Iterator[str]:  # noqa: ANN401 - what YAML has
    match data:
        case str():
            yield from (each for each in _SENTENCE_END.split(data) if len(each) <= _LONGEST)
        case dict():
            yield from (each for value in data.values() for each in _sentences(value))
        case list():
            yield from (each for value in data for each in _sentences(value))
