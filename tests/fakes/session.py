"""What a player needs, without sound: everything happens as fast as the loop turns."""

from collections.abc import Callable
from dataclasses import dataclass, field

from voicecoach.errors import OutputError
from voicecoach.session.levels import Levels
from voicecoach.session.listener import Listener


class RangeMixer:
    """A block is the list of (segment index, frame) that it would sound."""

    levels = Levels()

    def sound(self, sound):
        return [str(sound)]

    def load(self, segment):
        pass

    def dropped(self, length):
        pass

    def block(self, segment, start, length, then=None):
        return [(segment.index, frame) for frame in range(start, start + length)]


@dataclass
class ScriptedOutput:
    """Delivers when ``capacity`` frames are queued or nothing is written; then calls ``on_delivered``."""

    capacity: int = 2000
    on_delivered: Callable[["ScriptedOutput"], None] = lambda _: None
    name: str = "scripted"
    heard: list = field(default_factory=list)
    queue: list = field(default_factory=list)
    stuck: bool = False
    reopened: list = field(default_factory=list)
    closed: list = field(default_factory=list)
    overlaid: list = field(default_factory=list)
    looks: int = 0
    fading: bool = False

    @property
    def delivered(self):
        self.looks += 1
        if self.looks > 3:  # nothing was written for a while: time goes on all the same
            self.play(self.capacity)
        return len(self.heard)

    def start(self):
        pass

    def write(self, block):
        self.looks = 0
        if self.fading:  # the fade is heard before there is room for more, as on a real device
            self.fading = False
            self.play(len(self.queue))
            return False
        if len(self.queue) < self.capacity:
            self.queue.extend(block)
            return True
        self.play(len(block))
        return False

    def play(self, frames):
        if not self.stuck:
            self.heard += self.queue[:frames]
            del self.queue[:frames]
            self.on_delivered(self)

    def drop(self):
        forgotten = len(self.queue[10:])
        del self.queue[10:]
        self.fading = True
        return forgotten

    def overlay(self, block):
        self.overlaid += block

    def reopen(self):
        self.reopened.append(len(self.reopened))
        if len(self.reopened) < 3:
            raise OutputError("not yet")
        self.stuck = False

    def close(self, *, drain=True):
        self.closed.append(drain)
        if drain:
            self.play(len(self.queue))


@dataclass
class SteppingClock:
    """A clock that moves on a little each time it is read."""

    at: float = 50_000.0
    step: float = 0.05

    def now(self):
        self.at += self.step
        return self.at

    def sleep(self, length):
        self.at += length


@dataclass
class Diary(Listener):
    """Writes down what the player told."""

    lines: list = field(default_factory=list)
    positions: list = field(default_factory=list)
    results: list = field(default_factory=list)

    def segment_started(self, segment):
        self.lines.append(f"segment {segment.index}")

    def event_started(self, event):
        self.lines.append(f"event {getattr(event, 'text', None) or event.sound}")

    def moved(self, position):
        self.positions.append(position)

    def state_changed(self, state):
        self.lines.append(str(state))

    def obeyed(self, command):
        self.lines.append(f"yes: {command}")

    def refused(self, command, why):
        self.lines.append(f"no: {command}: {why}")

    def set_ended(self, result):
        self.results.append(result)

    def noticed(self, text):
        self.lines.append(text)
