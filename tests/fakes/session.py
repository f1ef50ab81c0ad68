"""What a player needs, without sound: everything happens as fast as the loop turns."""

from dataclasses import dataclass, field

from voicecoach.errors import OutputError
from voicecoach.session.levels import Levels
from voicecoach.session.listener import Listener
from voicecoach.timeline.compile import compile_all
from voicecoach.timeline.countdown import count_in_segment
from voicecoach.timeline.expand import Settings, expand_exercise
from voicecoach.timeline.speech_track import Kit
from voicecoach.timeline.steps import Coaching


@dataclass
class Span:
    """A block that is only the frames of a segment that it would sound, and can be cut like samples."""

    segment: object
    frames: range

    def __len__(self):
        return len(self.frames)

    def __getitem__(self, part):
        return Span(self.segment, self.frames[part])


class FakeMixer:
    levels = Levels()

    def sound(self, sound):
        return [str(sound)]

    def dropped(self, length):
        pass

    def block(self, segment, start, length, then=None):
        return Span(segment, range(start, start + length))


class FakeOutput:
    """Delivers half of what it holds when it is full, all when nobody writes; then calls ``on_delivered``."""

    name = "fake"

    def __init__(self, on_delivered=lambda _: None, capacity=2000):
        self.on_delivered, self.capacity = on_delivered, capacity
        self.queue, self.heard, self.overlaid, self.closed, self.jumps = [], [], [], [], [0]
        self.written = self.frames = self.looks = self.reopened = 0
        self.stuck = self.fading = False

    @property
    def delivered(self):
        self.looks += 1
        if self.looks > 3:  # nothing was written for a while: time goes on all the same
            self.play(self.capacity)
        return self.frames

    def start(self):
        pass

    def write(self, block):
        self.looks = 0
        if self.fading:  # the fade is heard before there is room for more, as on a real device
            self.fading = False
            self.play(self.capacity)
        elif self.written - self.frames < self.capacity:
            self.queue.append(block)
            self.written += len(block)
            return True
        return False

    def wait(self, alarm):
        if self.written - self.frames >= self.capacity:
            self.play(self.capacity // 2)

    def play(self, length):
        while self.queue and length > 0 and not self.stuck:
            block, self.queue[:1] = self.queue[0], [self.queue[0][length:]] * (len(self.queue[0]) > length)
            self.heard.append(block[:length])
            self.frames += len(block[:length])
            length -= len(block)
        self.on_delivered(self)

    def drop(self):
        self.queue = [self.queue[0][:10]] if self.queue else []
        forgotten = self.written - self.frames - sum(map(len, self.queue))
        self.written -= forgotten
        self.fading = True
        self.jumps.append(self.written)
        return forgotten

    def overlay(self, block):
        self.overlaid += list(block)

    def reopen(self):
        self.reopened += 1
        if self.stuck and self.reopened < 3:
            raise OutputError("There is no loudspeaker yet.")
        self.stuck = False

    def close(self, *, drain=True):
        self.closed.append(drain)
        if drain:
            self.play(self.written)


def runs(output):
    """The spans heard, joined where they follow one another: (segment, first frame, frames)."""
    joined = []
    for span in output.heard:
        last, start, length = joined[-1] if joined else (None, 0, 0)
        if last is span.segment and start + length == span.frames.start:
            joined[-1] = (last, start, length + len(span))
        else:
            joined.append((span.segment, span.frames.start, len(span)))
    return joined


@dataclass
class FakeDirector:
    """Plays with one kit and estimates with another. ``instead`` are the variations of all exercises, which
    otherwise have those that they put into words.
    """

    kit: Kit
    guess: Kit | None = None
    instead: tuple = ()

    @property
    def say(self):
        return self.kit.phrases

    def outline(self, steps):
        return compile_all(steps, self.guess or self.kit).segments

    def count_in(self, resumed):
        return count_in_segment(resumed, self.kit)

    def of(self, exercise, *, harder):
        return self.instead or [each.text for each in (exercise.harder if harder else exercise.easier)]

    def plan(self, block, exercise, posture):
        return expand_exercise(block, exercise, Settings(coaching=Coaching.SHORT), posture)


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
