"""What a player needs, without sound: everything happens as fast as the loop turns."""

from dataclasses import dataclass, field, replace

from voicecoach.session.audibility import Audibility
from voicecoach.session.levels import Levels
from voicecoach.session.listener import Ending, Listener
from voicecoach.timeline.compile import compile_all
from voicecoach.timeline.countdown import count_in_segment
from voicecoach.timeline.expand import Settings, expand_exercise
from voicecoach.timeline.interjection import interjected
from voicecoach.timeline.speech_track import Kit
from voicecoach.timeline.steps import Coaching
from voicecoach.timeline.talk_level import at_talk_level


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

    def words(self, text):
        return [text]

    def dropped(self, length):
        pass

    def block(self, segment, start, length, then=None):
        return Span(segment, range(start, start + length))


class FakeOutput:
    """Its time passes when it is full, and when nobody writes; then it calls ``on_delivered``."""

    name = "fake"

    def __init__(self, on_delivered=lambda _: None, capacity=2000):
        self.on_delivered, self.capacity, self.looks = on_delivered, capacity, 0
        self.blocks, self.written, self.frames, self.jumps = [], 0, 0, [0]
        self.ducked, self.far = False, None

    @property
    def delivered(self):
        self.looks += 1
        if self.looks > 3:  # nothing was written for a while
            self.play(self.capacity)
        return self.frames

    def write(self, block):
        self.looks = 0
        room = self.written - self.frames < self.capacity
        if room:
            self.blocks.append(block)
            self.written += len(block)
        return room

    def wait(self, alarm):
        if self.written - self.frames >= self.capacity:
            self.play(self.capacity // 2)

    def play(self, length):
        self.frames = min(self.frames + length, self.written)
        self.on_delivered(self)

    def drop(self):
        kept = min(self.frames + 10, self.written)
        forgotten, self.written = self.written - kept, kept
        self.blocks = cut(self.blocks, kept)
        self.jumps.append(kept)
        return forgotten

    def start(self):
        pass

    def audibility(self):
        return Audibility.HEARD

    def go_on(self):
        pass

    def overlay(self, block):
        pass

    def duck(self, *, on):
        self.ducked = on

    def tap(self, far):
        self.far = far

    def close(self, *, drain=True):
        self.play(self.written * drain)


def cut(blocks, length):
    """The first ``length`` frames of ``blocks``."""
    kept = []
    for block in blocks:
        if length > 0:
            kept.append(block[:length])
        length -= len(block)
    return kept


class FakeLoudspeaker(FakeOutput):
    """Is heard as ``now`` says, and to fade before there is room again; notes what it is told."""

    def __init__(self, *how):
        super().__init__(*how)
        self.overlaid, self.closed = [], []
        self.now, self.fading = Audibility.HEARD, False

    def write(self, block):
        if self.fading:
            self.looks, self.fading = 0, False
            self.play(self.capacity)
            return False
        return super().write(block)

    def play(self, length):
        if self.now is not Audibility.LOST:
            super().play(length)

    def drop(self):
        self.fading = True
        return super().drop()

    def audibility(self):
        return self.now

    def go_on(self):
        if self.now is Audibility.LOST:
            self.now = Audibility.LEFT

    def overlay(self, block):
        self.overlaid += list(block)

    def close(self, *, drain=True):
        self.closed.append(drain)
        super().close(drain=drain)


def runs(output):
    """The spans heard, joined where they follow one another: (segment, first frame, frames)."""
    joined = []
    for span in output.blocks:
        last, start, length = joined[-1] if joined else (None, 0, 0)
        if last is span.segment and start + length == span.frames.start:
            joined[-1] = (last, start, length + len(span))
        else:
            joined.append((span.segment, span.frames.start, len(span)))
    return joined


@dataclass
class FakeDirector:
    """Plays with one kit and estimates with another. ``known`` are the exercises that suit the person."""

    kit: Kit
    guess: Kit | None = None
    known: tuple = ()
    hurt: frozenset = frozenset()
    coaching: Coaching = Coaching.SHORT

    @property
    def say(self):
        return self.kit.phrases

    def outline(self, steps, around):
        return compile_all(steps, self.guess or self.kit, around).segments

    def count_in(self, resumed, frame, said="", *, counted=True):
        return count_in_segment(resumed, frame, self.kit, said, counted=counted)

    def can_say(self, text):
        return True

    def render(self, text, done):
        done()

    def interjected(self, segment, texts, window):
        return interjected(segment, texts, window, self.kit)

    def at_talk_level(self, old, new, frame, talk):
        return at_talk_level(old, new, frame, talk, self.kit)

    def variation(self, key):
        return next((each for each in self.known if each.key == key), None)

    def plan(self, block, exercise, posture, done=frozenset()):
        return expand_exercise(block, exercise, Settings(coaching=self.coaching), posture, done)


@dataclass
class Diary(Listener):
    """Writes down what the player told."""

    lines: list = field(default_factory=list)
    positions: list = field(default_factory=list)
    results: list = field(default_factory=list)
    audibilities: list = field(default_factory=list)

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

    def exercise_hurt(self, key):
        self.lines.append(f"hurt: {key}")
        last = max(index for index, each in enumerate(self.results) if each.work.exercise.key == key)
        self.results[last] = replace(self.results[last], ending=Ending.HURT)

    def taken_back(self, command, at, endings):
        self.lines.append(f"taken back: {command}")
        told = zip(self.results, endings, strict=True)
        self.results = [replace(each, ending=ending) for each, ending in told if ending]

    def audibility_changed(self, audibility):
        self.audibilities.append(audibility)

    def noticed(self, text):
        self.lines.append(text)
