"""What can be said at the moment and what it means, and which of it an utterance is.

Only whole utterances count: the recogniser writes down sentences that were never said, and people say "stop"
in the middle of others.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from voicecoach.hearing.transcript import Transcript

T = TypeVar("T")

LIKE: Final = 0.8
"""How like a phrase an utterance has to be, from 0 to 1 [own choice, measured]."""
MARGIN: Final = 0.1
"""How much liker it has to be than the phrases of any other meaning [own choice, measured]."""
LIKELY: Final = -0.8
"""The least likelihood of the words of a command [own choice, measured]."""
_LIKE_SPEECH: Final = 0.8
"""How like a sentence of the coach a phrase may be at most."""


@dataclass(frozen=True, slots=True)
class Match(Generic[T]):
    """A phrase that was heard."""

    meaning: T
    phrase: str
    sure: bool = True
    """Whether it is certain enough for a meaning that has to be."""


class Vocabulary(Generic[T]):
    """The phrases that are expected, with what each means."""

    def __init__(
        self, phrases: Mapping[str, T], wary: Collection[T] = (), called: Collection[str] = ()
    ) -> None:
        """Expect ``phrases``.

        ``wary`` are the meanings that have to be certain; ``called`` is what may stand before any phrase,
        such as "coach".
        """
        self.phrases: tuple[str, ...] = tuple(phrases)
        self._meanings = {plain(phrase): meaning for phrase, meaning in phrases.items()}
        self._written = {plain(phrase): phrase for phrase in phrases}
        self._wary = frozenset(wary)
        self._called = tuple(plain(name) for name in called)

    def match(self, transcript: Transcript) -> Match[T] | None:
        """Return the phrase that the whole of an utterance is, or None."""
        heard = self._nearest(transcript.text)
        if heard is None or transcript.likelihood < LIKELY:
            return None
        meaning = self._meanings[heard]
        sure = meaning not in self._wary or self._is_certain(transcript, meaning)
        return Match(meaning, self._written[heard], sure)

    def _is_certain(self, transcript: Transcript, meaning: T) -> bool:
        """Tell whether both hearings are exactly phrases of ``meaning``."""
        heard = (self._without_name(once(plain(each))) for each in (transcript.text, transcript.unprompted))
        return all(self._meanings.get(each) == meaning for each in heard)

    def _without_name(self, text: str) -> str:
        """Return ``text`` without the name at its beginning, if something follows it."""
        return next(
            (text.removeprefix(f"{name} ") for name in self._called if text.startswith(f"{name} ")), text
        )

    def _nearest(self, text: str) -> str | None:
        heard = once(self._without_name(once(plain(text))))
        if heard in self._meanings:
            return heard
        likeness = sorted(((alike(heard, phrase), phrase) for phrase in self._meanings), reverse=True)
        if not likeness or likeness[0][0] < LIKE:
            return None
        best, phrase = likeness[0]
        others = (each for each, other in likeness if self._meanings[other] != self._meanings[phrase])
        return phrase if best - next(others, 0.0) >= MARGIN else None


def plain(text: str) -> str:
    """Return ``text`` as it is compared: small letters and digits, without apostrophes, single spaces."""
    text = re.sub("['\N{RIGHT SINGLE QUOTATION MARK}]", "", unicodedata.normalize("NFKC", text).casefold())
    return " ".join(re.findall(r"\w+", text.replace("_", " ")))


def once(text: str) -> str:
    """Return a plain ``text`` that repeats itself once: "stop stop stop", "go back go back go"."""
    words = text.split()
    for length in range(1, len(words) // 2 + 1):
        if all(word == words[place % length] for place, word in enumerate(words)):
            return " ".join(words[:length])
    return text


def alike(one: str, other: str) -> float:
    """Return how like two plain texts are, from 0 to 1, where 1 is the same."""
    return difflib.SequenceMatcher(None, one, other, autojunk=False).ratio()


@dataclass(frozen=True, slots=True)
class Clash:
    """Why a phrase of a person's own does not do well."""

    phrase: str
    kind: str
    """What it is: "empty", "short", or too like another "phrase" or something "said" by the coach."""
    other: str = ""
    """The phrase or sentence that it is too like."""

    @property
    def is_warning(self) -> bool:
        """Whether the phrase can be used all the same."""
        return self.kind == "short"


def clashes(
    phrases: Mapping[str, T], vocabulary: Mapping[str, T], said: Iterable[str] = ()
) -> Sequence[Clash]:
    """Return what is wrong with a person's own ``phrases`` beside a ``vocabulary`` and what is ``said``."""
    sentences = {plain(sentence): sentence for sentence in said}
    found = []
    for phrase, meaning in phrases.items():
        own = plain(phrase)
        if not any(letter.isalpha() for letter in own):
            found.append(Clash(phrase, "empty"))
            continue
        others = [each for each, other in [*vocabulary.items(), *phrases.items()] if other != meaning]
        found += [Clash(phrase, "phrase", each) for each in others if alike(own, plain(each)) >= LIKE]
        found += [
            Clash(phrase, "said", sentences[each]) for each in sentences if alike(own, each) >= _LIKE_SPEECH
        ]
        if len(own) < 5:
            found.append(Clash(phrase, "short"))
    return found
