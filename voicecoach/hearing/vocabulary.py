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

from voicecoach.hearing.transcript import Guess, Transcript

T = TypeVar("T")

LIKE: Final = 0.8
"""How like each other two phrases are too alike to be told apart, from 0 to 1 [own choice]."""
ALIKE_REPEATED: Final = 0.5
"""How like the two hearings have to be where the prompted one repeats itself, as an invention does
[own choice, measured]."""
LIKELY: Final = -5.4
"""The least likelihood of a phrase that was heard only by somebody who expects it [own choice, measured]."""
LIKELY_OF_WARY: Final = -4.5
"""The same where a meaning that must be certain is only asked about [own choice, measured]."""
UNSEEN: Final = 1.0
"""By how much less likely than all guesses of a hearing what is not among them is at least [own choice]."""
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

    likely_of_wary: float = LIKELY_OF_WARY
    """The least likelihood of a phrase that has to be certain, where only who expects it heard it."""

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

    @property
    def expected(self) -> tuple[str, ...]:
        """What may stand before any phrase, and the first of the phrases, up to where each meaning has one.

        More would only be confused. Where the recogniser did not expect the name, it took that and the phrase
        after it for other words: of 60 phrases after it 28 were understood, and 53 where it did [measured].
        """
        firsts = {self._meanings[plain(phrase)]: phrase for phrase in reversed(self.phrases)}
        last = max(map(self.phrases.index, firsts.values()), default=-1)
        return (*self._called, *self.phrases[: last + 1])

    def match(self, transcript: Transcript) -> Match[T] | None:
        """Return the phrase that the whole of an utterance is, or None."""
        free = self._heard(transcript.unprompted)
        meant = self._meanings.get(free)
        likely = self._likeliest(transcript)
        if meant is not None and (likely is None or self._meanings[likely.text] == meant):
            return self._matched(likely.text if likely else free, sure=likely is not None)
        if likely is None:
            return None
        least = self.likely_of_wary if self._meanings[likely.text] in self._wary else LIKELY
        return self._matched(likely.text, sure=False) if likely.likelihood >= least else None

    def _matched(self, heard: str, *, sure: bool) -> Match[T]:
        meaning = self._meanings[heard]
        return Match(meaning, self._written[heard], sure or meaning not in self._wary)

    def _likeliest(self, transcript: Transcript) -> Guess | None:
        """Return the first phrase of the likeliest meaning, and how likely that is over all hearings."""
        hearings = [hearing for hearing in transcript.hearings if hearing]
        meant = [self._meant(hearing, transcript.unprompted) for hearing in hearings]
        unseen = [min(guess.likelihood for guess in hearing) - UNSEEN for hearing in hearings]
        best: Guess | None = None
        for meaning in dict.fromkeys(meaning for each in meant for meaning in each):
            guesses = [each.get(meaning) for each in meant]
            likelihoods = [
                guess.likelihood if guess else least for guess, least in zip(guesses, unseen, strict=True)
            ]
            mean = sum(likelihoods) / len(likelihoods)
            if best is None or mean > best.likelihood:
                best = Guess(next(guess.text for guess in guesses if guess), mean)
        return best

    def _meant(self, hearing: Iterable[Guess], unprompted: str) -> dict[T, Guess]:
        """Return the first phrase of each meaning among the guesses, and how likely any phrase of it is."""
        found: dict[T, Guess] = {}
        for guess in hearing:
            heard = self._heard(guess.text)
            repeated = heard != self._unnamed(plain(guess.text))
            if heard not in self._meanings or (
                repeated and alike(heard, self._heard(unprompted)) < ALIKE_REPEATED
            ):
                continue
            meaning = self._meanings[heard]
            first = found.get(meaning)
            found[meaning] = (
                Guess(first.text, _either(first.likelihood, guess.likelihood))
                if first
                else Guess(heard, guess.likelihood)
            )
        return found

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


def plain(text: str) -> str:
    """Return ``text`` as it is compared: small letters and digits, without apostrophes, single spaces."""
    text = re.sub("['\N{RIGHT SINGLE QUOTATION MARK}]", "", unicodedata.normalize("NFKC", text).casefold())
    return " ".join(re.findall(r"\w+", text.replace("_", " ")))


def _either(one: float, other: float) -> float:
    """Return the log probability of one or the other, of which each excludes the other."""
    most = max(one, other)
    return most + math.log(math.exp(one - most) + math.exp(other - most))


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
