"""What can be said in answer to a question, which key it stands for, and when it counts."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Protocol

from voicecoach.clock import Clock
from voicecoach.control.sources import CommandSource, Key
from voicecoach.hearing.vocabulary import Match, Vocabulary, plain
from voicecoach.journal.records import WORST
from voicecoach.language.phrases import Phrases
from voicecoach.session.listener import Listener
from voicecoach.session.microphone import Microphone
from voicecoach.timeline.segment import Event, Speak
from voicecoach.training.questions import INSTEAD, PERSON, SCALE, WEAK, YES_OR_NO, Question, Rank
from voicecoach.units import seconds

if TYPE_CHECKING:
    from voicecoach.hearing.transcript import Transcript
    from voicecoach.session.ports import Output

_ECHOES: Final = 1.0
"""Seconds after the coach's last word in which its echo may still be recognised [own choice]."""
_LATE: Final = 1.0
"""Seconds by which a word may be said earlier than its place in the sentence tells [own choice]."""
_RECOGNISED: Final = 2.5
"""Seconds after a word begins in which its echo would be recognised [own choice]."""
_LIKELY: Final = -2.5
"""The least likelihood of an answer that is not certain, which nobody asks about [own choice, measured]."""
_SAID: Final = "spoken.answers"
"""Where the words of the answers stand among the phrases."""


class Spoken(Key):
    """A key that was not pressed but said."""

    __slots__ = ()


UNCLEAR: Final = Spoken("unclear")
"""Nobody's key: an answer was heard that has to be certain, and is not."""


AGAIN: Final = Spoken("again")
"""Nobody's key: the question shall be asked again."""


class Hearing(CommandSource, Protocol):
    """What hears a person: it sends what they said, as :class:`Spoken`."""

    @property
    def microphone(self) -> Microphone:
        """What the microphone does now."""
        ...

    def expecting(self, vocabulary: Vocabulary[Any]) -> AbstractContextManager[None]:
        """Inside the block, send what the utterances mean in ``vocabulary``."""
        ...

    def attend(self, output: Output[Any]) -> None:
        """Tell the sound of ``output`` from what a person says, from now on."""
        ...

    def watch(self, changed: Callable[[Microphone], None]) -> None:
        """Call ``changed`` with what the microphone does, now and whenever that changes, in any thread."""
        ...


class _Sentence(NamedTuple):
    text: str
    """As it is compared."""
    begun: float
    """By the clock, in seconds."""
    lasts: float

    def times(self, phrase: str) -> Iterator[float]:
        """Yield about when each ``phrase`` in it is said, as if all letters took as long."""
        for found in re.finditer(rf"\b{re.escape(phrase)}\b", self.text):
            yield self.begun + self.lasts * found.start() / len(self.text)


class CoachSpeech(Listener):
    """What the coach says, so that its echo answers no question."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._said: tuple[_Sentence, ...] = ()
        """The last two sentences."""
        self._until = -math.inf

    def event_started(self, event: Event) -> None:
        if isinstance(event, Speak):
            begun = _Sentence(plain(event.text), self._clock.now(), seconds(event.frames))
            self._said = (*self._said[-1:], begun)

    def began(self) -> None:
        """It speaks from now on."""
        self._until = math.inf

    def ended(self) -> None:
        """It has fallen silent."""
        self._until = self._clock.now() + _ECHOES

    @property
    def echoes(self) -> bool:
        """Whether what is heard now may be its echo."""
        return self._clock.now() < self._until

    def says(self, phrase: str) -> bool:
        """Tell whether it says ``phrase`` about now, or has just said it."""
        now = self._clock.now()
        said = (at for each in self._said for at in each.times(plain(phrase)))
        return any(-_LATE <= now - at <= _RECOGNISED for at in said)


class Answers(Vocabulary[Spoken]):
    """What can be said in answer to one question.

    While the coach can be heard itself, a match counts only if it is certain and no word that it is saying.
    Where answers have to be ``certain``, they count only afterwards, and one that is not certain is
    :data:`UNCLEAR`.
    """

    likely_of_wary = _LIKELY

    def __init__(
        self, keys: Mapping[str, str], coach: CoachSpeech, say: Phrases, *, certain: bool = False
    ) -> None:
        """``keys`` has the key of each phrase."""
        meanings = {phrase: Spoken(key) for phrase, key in keys.items()}
        super().__init__(meanings, wary=meanings.values(), called=say.all_of("spoken.coach"))
        self._coach = coach
        self._certain = certain

    def match(self, transcript: Transcript) -> Match[Spoken] | None:
        found = super().match(transcript)
        if found is None:
            return None
        if self._coach.echoes and not self._is_no_echo(found):
            return None
        return Match(UNCLEAR if self._certain and not found.sure else found.meaning, found.phrase)

    def _is_no_echo(self, found: Match[Spoken]) -> bool:
        return found.sure and not self._certain and not self._coach.says(found.phrase)


class Answering:
    """Lets the answers to questions be said where there is a ``hearing``; without one it does nothing."""

    def __init__(self, hearing: Hearing | None, clock: Clock, say: Phrases) -> None:
        self._hearing = hearing
        self._say = say
        self._keys: Mapping[str, str] = {}
        self.coach = CoachSpeech(clock)

    def __bool__(self) -> bool:
        return self._hearing is not None

    @property
    def sources(self) -> tuple[CommandSource, ...]:
        """What sends the answers that are said."""
        return (self._hearing,) if self._hearing else ()

    @property
    def microphone(self) -> Microphone:
        """What the microphone does now."""
        return self._hearing.microphone if self._hearing else Microphone.OFF

    def attend(self, output: Output[Any]) -> None:
        """Tell the sound of ``output`` from an answer, from now on."""
        if self._hearing:
            self._hearing.attend(output)

    @contextmanager
    def expecting(self, keys: Mapping[str, str], *, certain: bool = False) -> Iterator[None]:
        """Inside the block, take the phrases of ``keys`` for their keys, perhaps only if they are certain."""
        self._keys = keys
        with ExitStack() as stack:
            if self._hearing:
                answers = Answers(keys, self.coach, self._say, certain=certain)
                stack.enter_context(self._hearing.expecting(answers))
            yield

    def word(self, key: str) -> str:
        """Return what is said for ``key``; the key itself where nothing is."""
        return next((phrase for phrase, each in self._keys.items() if each == key), key)


def words(name: str, say: Phrases) -> dict[str, str]:
    """Return what can be said to the question with that name, and to no other, with the key of each."""
    keys = say.names(f"{_SAID}.to.{name}")
    return {text: key for key in keys for text in say.all_of(f"{_SAID}.to.{name}.{key}")}


def general(name: str, key: str, say: Phrases) -> dict[str, str]:
    """Return what can be said to many questions for ``key``: the words with that ``name``."""
    return dict.fromkeys(say.all_of(f"{_SAID}.{name}"), key)


def numbers(keys: Iterable[str], say: Phrases) -> dict[str, str]:
    """Return what can be said for the ``keys`` that are figures, in words and as it may be written down."""
    figures = [key for key in keys if key.isdigit()]
    return {say.number(int(key)): key for key in figures} | {key: key for key in figures}


def answers(question: Question, say: Phrases) -> dict[str, str]:
    """Return what can be said for the answers of ``question``, its own words first."""
    found = words(question.id, say)
    if {answer.key: answer.value for answer in question.answers}.get("y") is True:
        found |= general("yes", "y", say) | general("no", "n", say)
    if question.several:
        found |= general("none", "0", say) | general("enough", "enter", say) | numbers("0", say)
    found |= numbers(question.keys, say)
    if question.answers == SCALE:
        found |= dict.fromkeys((say.number(WORST), str(WORST)), SCALE[-1].key)
    return found


def is_certain(question: Question) -> bool:
    """Tell whether an answer to ``question`` has to be certain: safety depends on it, and it is no number.

    A number that was heard wrongly is noticed when it is said again, and is seldom far off.
    """
    if question.answers == YES_OR_NO:
        return question.rank is Rank.SAFETY or question in (*PERSON, WEAK)
    return question is INSTEAD
