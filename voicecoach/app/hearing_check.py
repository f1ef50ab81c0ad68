"""What ``voicecoach listen`` finds out: whether the coach hears the person, how well, and what would help."""

from __future__ import annotations

import queue
import statistics
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Self, TypeAlias

from voicecoach.app import prepare
from voicecoach.app.compose import Sounding, Studio
from voicecoach.app.hearing import open_worker
from voicecoach.app.journal import Notice
from voicecoach.clock import Alarm, Clock
from voicecoach.errors import HearingUnavailable
from voicecoach.hearing.advice import Figures
from voicecoach.hearing.messages import Fault, Level, Lost, Ready, Said, Speaking, Told
from voicecoach.hearing.models import TINY
from voicecoach.hearing.spoken_commands import Worker
from voicecoach.hearing.trial import Attempt, Outcome, Trial, counted
from voicecoach.hearing.vocabulary import Match, Vocabulary
from voicecoach.language.phrases import Phrases
from voicecoach.session.commands import WARY, Command
from voicecoach.session.listener import Listener
from voicecoach.settings.table import SessionSettings

_STARTS_WITHIN: Final = 60.0
"""Seconds that the model may take to load, from a slow disk too [own choice]."""
_OPENS_WITHIN: Final = 10.0
"""Seconds for which a microphone is waited for that could not be opened at once [own choice]."""
QUIET: Final = 3.0
"""Seconds for which the room is listened to [own choice]."""
_PASSING: Final = frozenset({Fault.BUSY, Fault.BROKEN, Fault.UNPLUGGED, Fault.WORKER})
"""The faults after which the worker tries again by itself, soon enough to wait for."""
_TICK: Final = 0.1
"""Seconds between two looks at the time."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A phrase that is to be said now."""

    phrase: str


@dataclass(frozen=True, slots=True)
class Heard:
    """What was heard, and the command that it is, if it is one."""

    text: str
    match: Match[Command] | None


@dataclass(frozen=True, slots=True)
class Echo:
    """How the coach comes back through the microphone; None for what could not be told."""

    level: float | None
    """In dBFS."""
    delay: float | None
    """Seconds."""
    loss: float
    """The decibels of it that are taken out."""


Event: TypeAlias = Asked | Heard | Attempt[Command] | Level


class HearingCheck:
    """Listens for ``voicecoach listen``, and keeps the figures."""

    def __init__(
        self,
        open_worker: Callable[[Callable[[Told], None]], Worker],
        vocabulary: Vocabulary[Command],
        clock: Clock,
        say: Phrases,
        notice: Notice,
    ) -> None:
        """Listen with the worker that is opened with what takes its messages, in any thread.

        ``notice`` is told what fails for a moment.
        """
        self.figures = Figures()
        self._vocabulary = vocabulary
        self._clock = clock
        self._say = say
        self._notice = notice
        self._told: queue.SimpleQueue[tuple[float, Told]] = queue.SimpleQueue()
        self._alarm = Alarm()
        self._worker = open_worker(self._take)

    def __enter__(self) -> Self:
        self._worker.expect(self._vocabulary.phrases)
        self._worker.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._worker.close()

    def ready(self, *, is_bluetooth: bool) -> Ready:
        """Wait until it listens. Raises HearingUnavailable when it cannot."""
        until = self._clock.now() + _STARTS_WITHIN
        why = "listening.late"
        for _, message in self._messages():
            if isinstance(message, Ready):
                self.figures = Figures(is_tiny=message.model == TINY, is_bluetooth=is_bluetooth)
                return message
            if isinstance(message, Lost) and message.fault is not Fault.WORKER:
                until, why = min(until, self._clock.now() + _OPENS_WITHIN), "listening.unopened"
            if self._clock.now() >= until:
                break
        raise HearingUnavailable(self._say(why))

    def quiet(self) -> Iterator[Level]:
        """Listen to the room, in which nobody should speak now."""
        levels = []
        for _, message in self._messages(QUIET):
            if isinstance(message, Level):
                levels.append(message.level)
                yield message
        self.figures = replace(self.figures, noise=statistics.median(levels) if levels else None)

    def echo(self, play: Callable[[Callable[[bytes], None]], None]) -> Echo:
        """Let ``play`` speak as the coach, which gives all that is played to what it is given."""
        begun = self._clock.now()
        play(self._worker.feed)
        levels = [
            message for at, message in self._messages(_TICK) if isinstance(message, Level) and at >= begun
        ]
        loudness = _loudness([each.level for each in levels])
        known = [each for each in levels if each.delay is not None]
        if not known:
            return Echo(loudness, None, 0.0)
        self.figures = replace(self.figures, coach=loudness)
        return Echo(loudness, known[-1].delay, known[-1].echo_loss)

    def trial(self, asked: Mapping[str, Command]) -> Iterator[Event]:
        """Ask for each of these phrases in its turn, and tell what is heard."""
        trial = Trial(asked, self._clock.now())
        voices: list[float] = []
        spoken: list[float] = []
        yield Asked(trial.phrase)
        for at, message in self._messages():
            attempt = trial.time_passed(self._clock.now())
            match message:
                case Level():
                    spoken.append(message.level)
                    yield message
                case Speaking(now=True):
                    spoken.clear()
                    trial.speaks(now=True)
                case Speaking(recognised=recognised):
                    if recognised and (loudness := _loudness(spoken)) is not None:
                        voices.append(loudness)
                    trial.speaks(now=recognised)
                case Said():
                    heard = self._heard(message)
                    yield heard
                    attempt = attempt or trial.heard(heard.match, at - message.ago, at)
            if attempt:
                yield attempt
                if trial.is_over:
                    break
                yield Asked(trial.phrase)
        self._note(trial.attempts, voices)

    def listening(self) -> Iterator[Heard | Level]:
        """Tell without an end what is heard."""
        for _, message in self._messages():
            if isinstance(message, Said):
                yield self._heard(message)
            elif isinstance(message, Level):
                yield message

    def _note(self, attempts: Sequence[Attempt[Command]], voices: Sequence[float]) -> None:
        delays = [each.delay for each in attempts if each.delay is not None]
        self.figures = replace(
            self.figures,
            voice=statistics.median(voices) if voices else None,
            delay=statistics.median(delays) if delays else None,
            tried=len(attempts),
            silent=sum(not each.heard for each in attempts),
            failed=len(attempts) - counted(attempts)[Outcome.RIGHT],
        )

    def _heard(self, said: Said) -> Heard:
        return Heard(said.transcript.text, self._vocabulary.match(said.transcript))

    def _take(self, message: Told) -> None:
        self._told.put((self._clock.now(), message))
        self._alarm.ring()

    def _lost(self, lost: Lost) -> None:
        """Tell what may pass, and raise HearingUnavailable for what does not."""
        told = self._say(f"hearing.{lost.fault}", what=lost.what)
        if lost.fault not in _PASSING:
            raise HearingUnavailable(told)
        self._notice(told)

    def _messages(self, length: float | None = None) -> Iterator[tuple[float, Told | None]]:
        """Yield each message with its time, and None ten times a second, for so many seconds or for ever.

        Raises HearingUnavailable when nothing can be heard any more.
        """
        until = None if length is None else self._clock.now() + length
        while until is None or self._clock.now() < until:
            try:
                at, message = self._told.get_nowait()
            except queue.Empty:
                yield self._clock.now(), None
                self._clock.wait(self._alarm, _TICK)
                continue
            if isinstance(message, Lost):
                self._lost(message)
            yield at, message


def opened(
    chosen: SessionSettings, phrases: Mapping[str, Command], clock: Clock, say: Phrases, notice: Notice
) -> HearingCheck:
    """Return a check with the microphone and the model that are chosen.

    Raises HearingUnavailable when something for it is not installed.
    """
    vocabulary = Vocabulary(phrases, WARY, say.all_of("spoken.coach"))
    return HearingCheck(lambda told: open_worker(chosen, clock, told), vocabulary, clock, say, notice)


def speak(
    sentence: str, sounding: Sounding, notice: Notice, clock: Clock, far: Callable[[bytes], None]
) -> None:
    """Say a sentence as the coach, and give ``far`` all that is played."""
    with Studio(sounding, notice, clock) as studio:
        studio.attended_by(lambda output: output.tap(far))
        studio.player(prepare.remark(sentence), Listener(), clock).run(waits=False)


def _loudness(levels: Sequence[float]) -> float | None:
    """Return how loud the louder part of some sound is; None when there is none."""
    return sorted(levels)[int(0.8 * (len(levels) - 1))] if levels else None
