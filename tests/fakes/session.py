"""What a player needs, without sound: everything happens as fast as the loop turns."""

from collections.abc import Callable
from dataclasses import dataclass, field

from voicecoach.errors import OutputError
from voicecoach.session.levels import Levels
from voicecoach.session.listener import Listener


class Frames:
    """What sounds, as runs of consecutive frames: (segment index, range of its frames)."""

    def __init__(self, *runs):
        self.runs = list(runs)

    def __len__(self):
        return sum(len(frames) for _, frames in self.runs)

    def __iadd__(self, more):
        for index, frames in more.runs:
            last, before = self.runs[-1] if self.runs else (None, frames)
            if last == index and before.stop == frames.start:
                self.runs[-1] = (index, range(before.start, frames.stop))
            elif frames:
                self.runs.append((index, frames))
        return self

    def cut(self, length):
        """Remove the first ``length`` frames and return them."""
        first = Frames()
        while self.runs and length > 0:
            index, frames = self.runs.pop(0)
            first += Frames((index, frames[:length]))
            if frames[length:]:
                self.runs.insert(0, (index, frames[length:]))
            length -= len(frames)
        return first


class RangeMixer:
    """A block is the frames that it would sound."""

    levels = Levels()

    def sound(self, sound):
        return [str(sound)]

    def dropped(self, length):
        pass

    def block(self, segment, start, length, then=None):
        return Frames((segment.index, range(start, start + length)))


@dataclass
class ScriptedOutput:
    """Delivers when ``capacity`` frames are queued or nothing is written; then calls ``on_delivered``."""

    capacity: int = 2000
    on_delivered: Callable[["ScriptedOutput"], None] = lambda _: None
    name: str = "scripted"
    heard: Frames = field(default_factory=Frames)
    queue: Frames = field(default_factory=Frames)
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
            self.queue += block
            return True
        return False

    def wait(self, alarm):
        if len(self.queue) >= self.capacity:
            self.play(960)

    def play(self, frames):
        if not self.stuck:
            self.heard += self.queue.cut(frames)
            self.on_delivered(self)

    def drop(self):
        kept, forgotten = self.queue.cut(10), len(self.queue)
        self.queue = kept
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
