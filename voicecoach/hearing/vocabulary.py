"""What can be said at the moment and what it means, and which of it an utterance is.

Only whole utterances count: the recogniser writes down sentences that were never said, and people say "stop"
in the middle of others.
"""

from __future__ import annotations

import difflib
import math
import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from voicecoach.hearing.transcript import Transcript

T = TypeVar("T")

LIKE: Final = 0.8
"""How like a phrase an utterance has to be, from 0 to 1 [own choice, measured]."""
ALIKE_REPEATED: Final = 0.5
"""How like the two hearings have to be where the prompted one repeats itself, as an invention does
[own choice, measured]."""
MARGIN: Final = 0.1
"""How much liker it has to be than the phrases of any other meaning [own choice, measured]."""
SUPPORT: Final = -4.0
"""The least support for a phrase that was heard only by somebody who expects it [own choice, measured]."""
SUPPORT_OF_LIKE: Final = -2.0
"""The least support for a phrase that was heard nearly [own choice, measured]."""
SUPPORT_OF_WARY: Final = -1.5
"""The least support for the doubt whether a meaning that must be certain was said [own choice, measured]."""
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
        expected, free = (self._heard(each) for each in (transcript.text, transcript.unprompted))
        support = {plain(each.phrase): each.support for each in transcript.candidates}
        if (
            free in self._meanings
            and self._meanings.get(expected, self._meanings[free]) == self._meanings[free]
        ):
            confirmed = expected in self._meanings
            return self._matched(expected if confirmed else free, sure=confirmed)
        repeated = expected != self._unnamed(plain(transcript.text))
        if repeated and alike(expected, free) < ALIKE_REPEATED:
            return None
        if expected in self._meanings:
            return self._doubted(expected, support.get(expected, 0.0), SUPPORT)
        likely = self._nearest(expected)
        return self._doubted(likely, support.get(likely, -math.inf), SUPPORT_OF_LIKE) if likely else None

    def _matched(self, heard: str, *, sure: bool) -> Match[T]:
        meaning = self._meanings[heard]
        return Match(meaning, self._written[heard], sure or meaning not in self._wary)

    def _doubted(self, heard: str, support: float, least: float) -> Match[T] | None:
        """Return the match of a phrase that was heard only by somebody who expects it, or None."""
        if self._meanings[heard] in self._wary:
            least = SUPPORT_OF_WARY
        return self._matched(heard, sure=False) if support >= least else None

    def _heard(self, text: str) -> str:
        """Return ``text`` as it is compared, without a name before it and without repetitions."""
        return self._one_of(once(self._unnamed(once(plain(text)))))

    def _unnamed(self, text: str) -> str:
        """Return a plain ``text`` without the name before it."""
        named = (text.removeprefix(f"{name} ") for name in self._called if text.startswith(f"{name} "))
        return next(named, text)

    def _one_of(self, heard: str) -> str:
        """Return the first of the phrases that make up what was heard if all mean the same, or all of it."""
        said: list[str] = []
        words = heard.split()
        while words:
            length = next((n for n in range(len(words), 0, -1) if " ".join(words[:n]) in self._meanings), 0)
            if not length and not (said and said[0].startswith(" ".join(words))):
                return heard  # unless it broke off in the middle of a repetition
            said.append(" ".join(words[:length]) if length else said[0])
            words = words[length:] if length else []
        return said[0] if said and len({self._meanings[each] for each in said}) == 1 else heard

    def _nearest(self, heard: str) -> str | None:
        """Return the phrase that ``heard`` is like, unless it is nearly as like one of another meaning."""
        likeness = sorted(((alike(heard, phrase), phrase) for phrase in self._meanings), reverse=True)
        if not likeness or likeness[0][0] < LIKE:
            return None
        best, phrase = likeness[0]
        others = (each for each, other in likeness if self._meanings[other] != self._meanings[phrase])
        return phrase if best - next(others, 0.0) >= MARGIN else None


def nearest(text: str, phrases: Collection[str], most: int = 3) -> list[str]:
    """Return the few of ``phrases`` that ``text`` may be: those at its ends, then those like it."""
    heard = once(plain(text))
    by_plain = {plain(phrase): phrase for phrase in phrases}
    inside = [
        each for each in by_plain if f"{heard} ".startswith(f"{each} ") or f" {heard}".endswith(f" {each}")
    ]
    like = sorted(((alike(heard, each), each) for each in by_plain), reverse=True)[:2]
    found = [*sorted(inside, key=len, reverse=True), *(each for likeness, each in like if likeness >= LIKE)]
    return [by_plain[each] for each in dict.fromkeys(found)][:most]


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
