"""The whole way of a command in one process: ear, recogniser, vocabulary, and the coach who is lowered.

All of it is the program's own; only the process between them and the microphone are missing.
"""

from __future__ import annotations

import functools
import time
from collections.abc import Callable, Sequence
from typing import Any, Final

from fakes.clock import FakeClock
from spoken.scenes import BLOCK, Played, Scene
from spoken.speakers import RATE

from voicecoach.hearing import models
from voicecoach.hearing.ear import Ear, Utterance, VoiceBegan, VoiceEnded
from voicecoach.hearing.messages import Level, Ready, Said, Speaking, Told
from voicecoach.hearing.recogniser import Recogniser
from voicecoach.hearing.spoken_commands import SpokenCommands
from voicecoach.hearing.transcript import Transcript
from voicecoach.hearing.vocabulary import Vocabulary
from voicecoach.language import phrases
from voicecoach.session.commands import WARY, Command, spoken

MODELS: Final = ("base", "tiny")
THREADS: Final = 1
"""Threads of the recogniser, as in a session."""
TAKEN: Final = 0.4
"""Seconds that recognising takes, as far as the coach's volume depends on it; what it takes is measured."""
_LEVELS_EVERY: Final = 12
"""Blocks between two levels, which end what has lasted for too long."""


class _Worker:
    """Stands in for the process that hears."""

    def __init__(self, tell: Callable[[Told], None]) -> None:
        self.tell = tell

    def start(self) -> None:
        self.tell(Ready("base", "microphone"))

    def feed(self, sound: bytes) -> None:
        """Take nothing: the scene hands out what the coach plays."""

    def expect(self, phrases: tuple[str, ...]) -> None:
        """Take nothing: the phrases stay the same."""

    def rest(self) -> None:
        """Never be asked to."""

    def wake(self) -> None:
        """Never be asked to."""

    def close(self) -> None:
        """Have nothing to end."""


@functools.cache
def vocabulary() -> Vocabulary[Command]:
    """What can be said in a session."""
    say = phrases.load()
    return Vocabulary(spoken(say), WARY, say.all_of("spoken.coach"))


@functools.cache
def recogniser(model: str) -> Recogniser:
    return Recogniser(models.chosen(model)[0], THREADS)


def hear(scene: Scene, using: Sequence[str] = MODELS) -> dict[str, Any]:
    """Play ``scene`` and return what was heard in it, as JSON has it.

    ``began`` are the samples at which a voice was noticed, ``decisions`` what each utterance was taken for,
    by model. The coach's volume follows the first of the models.
    """
    clock, workers = FakeClock(time=0.0), []

    def open_worker(tell: Callable[[Told], None]) -> _Worker:
        workers.append(_Worker(tell))
        return workers[0]

    words, played = vocabulary(), Played(scene)
    found: dict[str, Any] = {"seconds": scene.seconds, "began": [], "decisions": {name: [] for name in using}}
    commands = SpokenCommands(open_worker, words, phrases.load(), clock, doubtful=lambda meaning: meaning)
    ear, taken, due = Ear(), 0.0, []
    with commands, commands.connected(lambda _: None, lambda _: None):
        commands.attend(played)
        for number, (near, far) in enumerate(played.blocks()):
            clock.time = (number + 1) * BLOCK / RATE
            while due and due[0][0] <= clock.time:
                workers[0].tell(Said(due.pop(0)[1], TAKEN))
            if number % _LEVELS_EVERY == 0:
                workers[0].tell(Level())
            begun = time.process_time()
            signs = ear.hear(near, far)
            taken += time.process_time() - begun
            for sign in signs:
                if isinstance(sign, VoiceBegan):
                    found["began"].append(sign.frame)
                    workers[0].tell(Speaking(now=True))
                elif isinstance(sign, Utterance):
                    workers[0].tell(Speaking(now=False, recognised=True))
                    due.append((clock.time + TAKEN, _recognised(sign, words, found["decisions"])))
                elif isinstance(sign, VoiceEnded) and not (due and due[-1][0] == clock.time + TAKEN):
                    workers[0].tell(Speaking(now=False))
    return found | {"ear": taken / scene.seconds}


def _recognised(
    utterance: Utterance, words: Vocabulary[Command], decisions: dict[str, list[Any]]
) -> Transcript:
    """Add what each model takes ``utterance`` for, and return what the first one heard."""
    heard = []
    for name, decided in decisions.items():
        model = recogniser(name)
        begun = time.process_time()
        heard.append(model.transcribe(utterance.clear(), words.expected))
        seconds = (time.process_time() - begun) / THREADS
        match = words.match(heard[-1])
        decided.append(
            {
                "frame": utterance.frame,
                "text": heard[-1].text,
                "means": str(match.meaning) if match else "",
                "sure": match.sure if match else True,
                "seconds": seconds,
            }
        )
    return heard[0]
