import threading

import numpy as np
from fakes.clock import Bell
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.audio.block_queue import LONGEST_WAIT, BlockQueue
from voicecoach.audio.pcm import FADE
from voicecoach.clock import Alarm

LENGTHS = st.lists(st.integers(0, 40), max_size=20)


def pulled(queue, length):
    return np.frombuffer(queue.pull(length), np.int16).tolist()


def block(*values):
    return np.array(values, np.int16)


def test_samples_come_out_as_they_went_in_and_silence_after_them():
    queue = BlockQueue(100)
    queue.push(block(1, 2, 3))
    queue.push(block(4, 5))
    assert pulled(queue, 2) == [1, 2]
    assert pulled(queue, 2) == [3, 4]
    assert (queue.queued, queue.delivered) == (1, 4)
    assert pulled(queue, 3) == [5, 0, 0]
    assert (queue.queued, queue.delivered) == (0, 5)


def test_who_waits_for_room_is_woken_once_when_there_is_some_and_not_at_every_pull():
    queue, bell = BlockQueue(3), Bell()
    queue.wait(bell)
    assert bell.waits == [], "there was room"
    queue.push(block(1, 2, 3, 4, 5))
    queue.wait(bell)
    assert (bell.waits, bell.rung) == ([LONGEST_WAIT], 0)
    queue.pull(2)
    assert bell.rung == 0, "still full"
    queue.pull(2)
    queue.pull(2)
    assert bell.rung == 1


@given(st.lists(st.integers(0, 50), max_size=20), st.lists(st.integers(0, 50), max_size=20))
def test_however_they_are_cut(pushes, pulls):
    queue = BlockQueue(10_000)
    samples = np.arange(1, sum(pushes) + 1, dtype=np.int16)
    for end, length in zip(np.cumsum(pushes), pushes, strict=True):
        assert queue.push(samples[end - length : end])
    out = [value for length in pulls for value in pulled(queue, length)]
    wanted = samples.tolist() + [0] * sum(pulls)
    assert out == wanted[: sum(pulls)]
    assert queue.delivered == min(sum(pulls), sum(pushes))
    assert queue.delivered + queue.queued == sum(pushes)


def test_a_full_queue_takes_nothing():
    queue = BlockQueue(3)
    assert queue.push(block(1, 2))
    assert queue.push(block(3, 4))
    assert not queue.push(block(5))
    queue.pull(2)
    assert queue.push(block(5))


def test_a_gap_between_blocks_is_an_underrun():
    queue = BlockQueue(100)
    queue.pull(10)
    queue.push(block(1))
    assert queue.underruns == 0, "nothing had begun"
    queue.pull(1)
    queue.push(block(2))
    assert queue.underruns == 0, "just in time"
    queue.pull(2)
    queue.pull(2)
    assert queue.underruns == 0, "it may be the end"
    queue.push(block(3))
    assert queue.underruns == 1


def test_a_gap_after_a_drop_is_not_an_underrun():
    queue = BlockQueue(100)
    queue.push(block(1))
    queue.drop()
    queue.pull(10)
    queue.push(block(2))
    assert queue.underruns == 0


def test_drop_keeps_a_fade_and_forgets_the_rest():
    queue = BlockQueue(10_000)
    queue.push(np.full(300, 1000, np.int16))
    queue.push(np.full(900, 1000, np.int16))
    assert queue.drop() == 1200 - FADE
    out = pulled(queue, FADE + 10)
    assert out[0] > 990
    assert sorted(out, reverse=True) == out
    assert out[FADE:] == [0] * 10
    assert queue.delivered == FADE


def test_drop_of_less_than_a_fade_forgets_nothing():
    queue = BlockQueue(100)
    assert queue.drop() == 0
    queue.push(block(9, 9, 9))
    assert queue.drop() == 0
    assert queue.queued == 3


def test_wait_empty_gives_up_on_a_device_that_is_gone():
    queue = BlockQueue(100)
    assert queue.wait_empty(0.001)
    queue.push(block(1))
    assert not queue.wait_empty(0.001)


def test_nothing_is_lost_or_doubled_between_threads():
    queue = BlockQueue(1000)
    samples = np.arange(200_000).astype(np.int16)
    alarm = Alarm()
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


def test_what_is_overlaid_comes_out_next_on_top_of_what_is_queued_and_counts_as_nothing():
    queue = BlockQueue(100)
    queue.push(block(1, 2, 3, 4))
    assert pulled(queue, 1) == [1]
    queue.overlay(block(10, 20, 30, 40, 50, 60))
    assert queue.queued == 3
    assert pulled(queue, 2) == [12, 23]
    assert pulled(queue, 3) == [34, 40, 50]
    assert queue.delivered == 4
    assert pulled(queue, 3) == [60, 0, 0]
    assert (queue.queued, queue.delivered, queue.underruns) == (0, 4, 0)


def test_two_overlays_are_heard_together():
    queue = BlockQueue(100)
    queue.overlay(block(1, 1, 1))
    assert pulled(queue, 1) == [1]
    queue.overlay(block(10, 10, 10))
    assert pulled(queue, 4) == [11, 11, 10, 0]


@given(
    st.lists(st.integers(0, 40), max_size=9), st.lists(st.integers(1, 40), max_size=20), st.integers(0, 90)
)
def test_what_lies_under_an_overlay_is_otherwise_untouched(pushes, pulls, over):
    queues = [BlockQueue(10_000), BlockQueue(10_000)]
    for length in pushes:
        for queue in queues:
            queue.push(np.full(length, 100 + length, np.int16))
    queues[1].overlay(np.full(over, 7, np.int16))
    plain, laid = ([value for length in pulls for value in pulled(queue, length)] for queue in queues)
    difference = [value - under for under, value in zip(plain, laid, strict=True)]
    assert difference == ([7] * over + [0] * sum(pulls))[: sum(pulls)]
    assert queues[0].delivered == queues[1].delivered


def test_an_overlay_is_clipped_at_full_scale_not_wrapped():
    queue = BlockQueue(100)
    queue.push(block(32_000, -32_000, 5))
    queue.overlay(block(32_000, -32_000, 6))
    assert pulled(queue, 3) == [32_767, -32_767, 11]


def test_a_drop_leaves_the_overlay_and_forgetting_it_leaves_the_rest():
    queue = BlockQueue(100)
    queue.push(np.full(FADE + 9, 1000, np.int16))
    queue.overlay(np.full(FADE + 9, 1, np.int16))
    queue.drop()
    assert pulled(queue, FADE + 20)[FADE:] == [1] * 9 + [0] * 11
    queue.push(block(5, 5))
    queue.overlay(block(1, 1))
    queue.forget_overlay()
    assert pulled(queue, 2) == [5, 5]


def test_waiting_for_the_end_waits_for_the_overlay_too():
    queue = BlockQueue(100)
    queue.overlay(block(1))
    assert not queue.wait_empty(0.001)
    queue.pull(1)
    assert queue.wait_empty(0.001)


def test_waiting_for_the_end_can_wait_for_silence_after_it():
    queue = BlockQueue(100)
    queue.push(block(1, 2))
    queue.pull(5)
    assert queue.wait_empty(0.001, silent=3)
    assert not queue.wait_empty(0.001, silent=4)
    queue.pull(1)
    assert queue.wait_empty(0.001, silent=4)
    queue.overlay(block(1, 2))
    queue.pull(2)
    assert not queue.wait_empty(0.001, silent=1)
