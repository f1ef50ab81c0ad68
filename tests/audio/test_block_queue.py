import threading

import numpy as np
from fakes.clock import Bell
from hypothesis import example, given
from hypothesis import strategies as st

from voicecoach.audio.attenuator import DUCKED, FULL
from voicecoach.audio.block_queue import LONGEST_WAIT, BlockQueue
from voicecoach.audio.pcm import FADE, fade_out
from voicecoach.clock import Alarm

CAPACITY = 1000
ACTIONS = st.sampled_from(["push", "push", "pull", "pull", "overlay", "drop", "duck", "give back"])


def pulled(queue, length):
    return np.frombuffer(queue.pull(length), np.int16).tolist()


def block(*values):
    return np.array(values, np.int16)


class Model:
    """What a queue does, as plainly as possible: lists of samples."""

    def __init__(self):
        self.queue, self.over, self.delivered, self.underruns = [], [], 0, 0
        self.flowing = self.dry = False
        self.factor = self.goal = FULL

    def push(self, samples):
        if len(self.queue) >= CAPACITY:
            return False
        self.queue += samples
        self.underruns += self.dry
        self.flowing, self.dry = True, False
        return True

    def pull(self, length):
        (out, self.queue), (over, self.over) = (
            (each[:length], each[length:]) for each in (self.queue, self.over)
        )
        self.delivered += len(out)
        self.dry |= self.flowing and max(len(out), len(over)) < length
        return [self.ducked(sample) for sample in clipped(out, over, length)]

    def ducked(self, sample):
        """``sample`` as loud as the next frame is to be."""
        self.factor += (self.goal > self.factor) - (self.goal < self.factor)
        return sample * self.factor // FULL

    def overlay(self, samples):
        self.over = clipped(self.over, samples, max(len(self.over), len(samples)))

    def drop(self):
        kept, forgotten = self.queue[:FADE], self.queue[FADE:]
        self.queue = fade_out(block(*kept)).tolist()
        self.flowing = self.dry = False
        return len(forgotten)


def clipped(one, other, length):
    sums = np.zeros((2, length))
    sums[0, : len(one)], sums[1, : len(other)] = one, other
    return np.clip(sums.sum(axis=0), -32_767, 32_767).astype(int).tolist()


@given(st.lists(st.tuples(ACTIONS, st.integers(0, 700)), max_size=40))
@example(
    [("push", 700), ("duck", 0), ("pull", 9), ("overlay", 700), ("pull", 0), ("pull", 900), ("push", 700)]
)
@example([("push", 700), ("duck", 0), ("pull", 300), ("give back", 0), ("drop", 0), ("pull", 700)])
@example(
    [("push", 700), ("pull", 9), ("overlay", 9), ("pull", 1), ("overlay", 12), ("pull", 600), ("push", 9)]
)
def test_whatever_is_pushed_pulled_laid_over_ducked_and_dropped(actions):
    queue, model = BlockQueue(CAPACITY), Model()
    for number, (action, length) in enumerate(actions):
        samples = np.arange(length, dtype=np.int16) + (-1) ** number * (32_000 - 100 * number)
        if action == "push":
            assert queue.push(samples.astype(np.int16)) == model.push(samples.tolist())
        elif action == "pull":
            assert pulled(queue, length) == model.pull(length)
        elif action == "overlay":
            queue.overlay(samples.astype(np.int16))
            model.overlay(samples.tolist())
        elif action in {"duck", "give back"}:
            queue.duck(on=action == "duck")
            model.goal = DUCKED if action == "duck" else FULL
        else:
            assert queue.drop() == model.drop()
        assert (queue.queued, queue.delivered) == (len(model.queue), model.delivered)
        assert queue.underruns == model.underruns


def test_a_gap_between_blocks_is_an_underrun_and_neither_the_end_nor_a_drop_is():
    queue = BlockQueue(100)
    for action, underruns in (
        (lambda: queue.pull(10), 0),  # nothing had begun
        (lambda: queue.push(block(1, 2, 3)), 0),
        (lambda: queue.pull(5), 0),  # it may be the end
        (lambda: queue.push(block(4)), 1),
        (lambda: queue.pull(2), 1),
        (queue.drop, 1),
        (lambda: queue.push(block(4)), 1),
    ):
        action()
        assert queue.underruns == underruns


def test_who_waits_for_room_is_woken_once_when_there_is_some_and_not_at_every_pull():
    queue, bell = BlockQueue(3), Bell()
    queue.wait(bell)
    assert bell.waits == [], "there was room"
    queue.push(block(1, 2, 3, 4, 5))
    queue.wait(bell)
    assert (bell.waits, bell.rung) == ([LONGEST_WAIT], 0)
    for rung in (0, 1, 1):  # still full, then not
        queue.pull(2)
        assert bell.rung == rung


def test_nothing_is_lost_or_doubled_between_threads():
    queue, alarm = BlockQueue(1000), Alarm()
    samples = np.arange(50_000).astype(np.int16)
    heard: list[bytes] = []

    def device():
        while sum(map(len, heard)) < len(samples) * 2:
            before = queue.delivered
            data = queue.pull(333)
            heard.append(data[: (queue.delivered - before) * 2])

    thread = threading.Thread(target=device)
    thread.start()
    for start in range(0, len(samples), 441):
        while not queue.push(samples[start : start + 441]):
            queue.wait(alarm)
    thread.join()
    assert np.array_equal(np.frombuffer(b"".join(heard), np.int16), samples)


def test_waiting_for_the_end_waits_for_overlays_and_silence_and_gives_up_on_a_device_that_is_gone():
    queue = BlockQueue(100)
    assert queue.wait_empty(0.001)
    queue.push(block(1, 2))
    assert not queue.wait_empty(0.001)
    queue.pull(5)
    assert queue.wait_empty(0.001, silent=3)
    assert not queue.wait_empty(0.001, silent=4)
    queue.pull(1)
    assert queue.wait_empty(0.001, silent=4)
    queue.overlay(block(1, 2))
    assert not queue.wait_empty(0.001)
    queue.pull(2)
    assert queue.wait_empty(0.001)
    assert not queue.wait_empty(0.001, silent=1)
