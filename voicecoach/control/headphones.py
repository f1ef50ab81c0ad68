"""Pauses the session when the headphones are pulled out, so that it does not go on aloud in the room.

A sound server moves what plays to another loudspeaker by itself then. PulseAudio and PipeWire tell of that
through ``pactl``, which is asked as a program: a server that hangs holds a process that can be killed, and
not this one. Without pactl, pulled-out headphones go unnoticed.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from voicecoach.clock import SystemClock
from voicecoach.control.sources import Send
from voicecoach.session.commands import Command
from voicecoach.session.listener import Listener
from voicecoach.session.transport import MOVING, State

ANSWER_WITHIN: Final = 2.0
"""Seconds for the sound server to answer [own choice]."""
AGAIN_AFTER: Final = 5.0
"""Seconds to the next try when the sound server is gone [own choice]."""
TOGETHER: Final = 2.0
"""Seconds by which a device may vanish after what played there was moved: servers tell these in any order
[own choice]."""

ENDS_WITH_US: Final = ("setpriv", "--pdeathsig", "KILL")
"""Goes before a command: the kernel kills the program when this process dies; pactl alone would go on
running."""


class Headphones(Listener):
    """A source of ``PAUSE``: inside :meth:`connected` it watches where this program is heard.

    ``gone`` is what the person is told. It works as a listener whether connected or not.
    """

    def __init__(self, gone: str) -> None:
        self._gone = gone
        self._state = State.PLAYING
        self._clock = SystemClock()
        self._over = threading.Event()
        self._running: set[subprocess.Popen[str]] = set()

    @contextmanager
    def connected(self, send: Send, notice: Callable[[str], None]) -> Iterator[None]:
        """Send ``PAUSE`` inside the block, from another thread, and say why."""
        pactl = shutil.which("pactl") if sys.platform == "linux" else None
        if pactl is None:
            yield
            return

        def lost() -> None:
            if self._state in MOVING and not self._over.is_set():
                send(Command.PAUSE)
                notice(self._gone)

        self._over.clear()
        thread = threading.Thread(target=self._watch, args=(pactl, lost), name="headphones", daemon=True)
        thread.start()
        try:
            yield
        finally:
            self._over.set()
            for process in tuple(self._running):
                process.kill()
            thread.join(ANSWER_WITHIN)

    def state_changed(self, state: State) -> None:
        self._state = state

    def _watch(self, pactl: str, lost: Callable[[], None]) -> None:
        with suppress(OSError):  # no more processes or files: nothing tells it then
            while not self._over.is_set():
                self._follow(pactl, lost)
                self._over.wait(AGAIN_AFTER)

    def _follow(self, pactl: str, lost: Callable[[], None]) -> None:
        """Follow what happens until the server is gone."""
        with self._asked(pactl, "subscribe") as events:
            trail = Trail()
            assert events.stdout
            self._look(pactl, trail)
            for event in events.stdout:
                if " on sink" in event and self._look(pactl, trail):
                    lost()

    def _look(self, pactl: str, trail: Trail) -> bool:
        sinks, streams = (self._answer(pactl, "list", what) for what in ("sinks", "sink-inputs"))
        return trail.is_lost(sinks_in(sinks), stream_of(streams, os.getpid()), self._clock.now())

    def _answer(self, *command: str) -> str:
        """Return what a program prints; nothing when it takes too long."""
        with self._asked(*command) as process, suppress(subprocess.TimeoutExpired):
            return process.communicate(timeout=ANSWER_WITHIN)[0]
        return ""

    @contextmanager
    def _asked(self, *command: str) -> Iterator[subprocess.Popen[str]]:
        """Run a program that is killed at the end of the block, of the session or of this process."""
        process = subprocess.Popen(  # noqa: S603 - a fixed command
            [*ENDS_WITH_US, *command] if shutil.which(ENDS_WITH_US[0]) else command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            errors="replace",
            env=os.environ | {"LC_ALL": "C.UTF-8"},
        )
        self._running.add(process)
        try:
            if self._over.is_set():  # too late for it to be killed with the others
                process.kill()
            yield process
        finally:
            process.kill()
            process.wait()
            self._running.discard(process)
            assert process.stdout
            process.stdout.close()


@dataclass(frozen=True, slots=True)
class Sink:
    """A device that sounds: a loudspeaker, headphones, a monitor."""

    name: str
    port: str = ""
    """The name of its connector in use, where it has several."""
    ports: Mapping[str, str] = field(default_factory=dict)
    """What is said of each connector: its kind, and whether something is plugged in."""
    device: str = ""
    """What stays the same when it goes over to another profile, as a headset does for a call: an address of
    Bluetooth, or the number of a sound card."""

    @property
    def is_worn(self) -> bool:
        told = self.port + self.ports.get(self.port, "")
        return re.search("headphone|headset|handsfree|earpiece", told, re.IGNORECASE) is not None


class _Place(NamedTuple):
    """Where a program is heard."""

    number: int
    sink: Sink


class Trail:
    """The places where this program was heard lately.

    A place is lost when it is gone soon after what played there went to another one. Where the old one stays,
    somebody has moved the sound on purpose, or plugged something in.
    """

    def __init__(self) -> None:
        self._here: _Place | None = None
        self._left: list[tuple[_Place, float]] = []

    def is_lost(self, sinks: Mapping[int, Sink], number: int | None, now: float) -> bool:
        """Tell whether the place was lost, now that this program is heard from ``number``, or nowhere."""
        sink = None if number is None else sinks.get(number)
        if sink is None or number is None:
            return False  # it may be heard again in a moment
        place, before = _Place(number, sink), self._here
        if before is not None and (before.number, before.sink.port) != (number, sink.port):
            self._left.append((before, now))
        self._here = place
        self._left = [each for each in self._left if now - each[1] <= TOGETHER]
        if any(_is_gone(left, place, sinks) for left, _ in self._left):
            self._left = []
            return True
        return False


def _is_gone(left: _Place, here: _Place, sinks: Mapping[int, Sink]) -> bool:
    """Tell whether nothing can be heard from ``left`` any more, and ``here`` is not the same device."""
    if there := sinks.get(left.number):
        return left.sink.is_worn and "not available" in there.ports.get(left.sink.port, "")
    if left.sink.name == here.sink.name:
        return False
    if not left.sink.device or left.sink.device != here.sink.device:
        return True
    return left.sink.is_worn and ":" not in left.sink.device  # a card went over from its headphones


def sinks_in(listed: str) -> dict[int, Sink]:
    """Return the sinks in what ``pactl list sinks`` prints, by their number."""
    sinks = {}
    for number, text in _entries(listed, "Sink"):
        ports = re.search(r"^\tPorts:\n((?:\t\t.*\n)*)", text, re.MULTILINE)
        told = (line.strip().partition(": ") for line in ports[1].splitlines()) if ports else ()
        sinks[number] = Sink(
            name=_value(text, r"\tName: (.*)"),
            port=_value(text, r"\tActive Port: (.*)"),
            ports={name: what for name, _, what in told},
            device=_value(text, r'\t\tapi\.bluez5\.address = "(.*)"')
            or _value(text, r'\t\tdevice\.string = "([0-9A-Fa-f:]{17})"')
            or _value(text, r'\t\talsa\.card = "(.*)"'),
        )
    return sinks


def stream_of(listed: str, process: int) -> int | None:
    """Return the sink of what ``process`` plays, from what ``pactl list sink-inputs`` prints."""
    for _, text in _entries(listed, "Sink Input"):
        if f'application.process.id = "{process}"' in text:
            return int(_value(text, r"\tSink: (\d+)") or -1)
    return None


def _entries(listed: str, what: str) -> Iterator[tuple[int, str]]:
    for entry in re.split(rf"^{what} #", listed, flags=re.MULTILINE)[1:]:
        number, _, text = entry.partition("\n")
        if number.isdigit():
            yield int(number), text


def _value(text: str, pattern: str) -> str:
    found = re.search(rf"^{pattern}$", text, re.MULTILINE)
    return found[1] if found else ""
