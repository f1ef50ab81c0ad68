"""A loudspeaker that comes and goes, in whole sessions: what is seen, heard and kept."""

import signal

import numpy as np
import pytest
import room as rooms
import tmux
from faults.stage import LOUD, Moment, View, spelt, stage
from faults.table import BACK, FOUND, LOST

from voicecoach.units import RATE

pytestmark = [
    pytest.mark.audio,
    pytest.mark.skipif(
        bool(rooms.MISSING + tmux.MISSING), reason=f"not installed: {rooms.MISSING + tmux.MISSING}"
    ),
]
WITHOUT = "no sound"
WAITING = {View.FULL: "! WAITING ", View.PLAIN: "Waiting for the loudspeaker; space goes on without sound"}


@pytest.fixture
def view(some):
    """One view, or with a larger share another."""
    return some(View)[-1]


@pytest.fixture
def left(within):
    """``left(at, leave)`` leaves so, and tells whether the program has ended in time."""

    def leave(at, leave):
        leave()
        return (at.seconds_to_end() or 99) <= within

    return leave


def waits(at, times):
    """Tell whether it waits for the loudspeaker for that time, and says why."""
    shown = at.text if at.view is View.PLAIN else at.window.screen
    return (shown.count(WAITING[at.view]), shown.count(LOST)) == (times if at.view is View.PLAIN else 1,) * 2


def goes_on(at, times):
    """Tell whether it has said so often that the loudspeaker is back, and says nothing else."""
    if at.view is View.PLAIN:
        return at.text.count(BACK) == times
    return BACK in (shown := spelt(at.window.screen)) and LOST not in shown and WAITING[at.view] not in shown


def test_a_sound_server_that_hangs_twice_in_a_row_is_waited_for_and_then_done_without(home, view, left):
    with stage(home, view) as at:
        at.go_to(Moment.SET)
        for times in (1, 2):
            at.room.signal(signal.SIGSTOP)
            at.window.until_it(lambda _: waits(at, times), "it waits")  # noqa: B023
            at.room.signal(signal.SIGCONT)
            at.window.until_it(lambda _: goes_on(at, times), "it goes on")  # noqa: B023
        at.room.signal(signal.SIGSTOP)
        at.window.until_it(lambda _: waits(at, 3), "it waits once more")
        at.window.press(" ")
        at.window.until(WITHOUT)
        at.see(Moment.REST)
        assert left(at, at.window.leave)
        assert (at.status(), len(at.sets())) == (3, 1)


def test_a_session_begun_without_a_loudspeaker_is_heard_when_there_is_one(home, view, left):
    with stage(home, view, loudspeaker=False) as at:
        at.go_to(Moment.REST)
        at.window.until(WITHOUT)
        # The answer to a key may hide it before it was read; it then comes back.
        assert 1 <= at.watch.times("No loudspeaker was found") <= 2
        assert at.heard(0) == 0
        at.room.add_loudspeaker()
        with at.room.recorder() as recording:
            at.window.until_it(lambda screen: FOUND in spelt(screen), "it says so")
            at.window.until_it(lambda screen: WITHOUT not in screen, "sound")
            recording.wait_for(RATE)
            assert np.abs(recording.samples.astype(int)).max() > LOUD
        assert left(at, lambda: at.window.press("ctrl+c"))
        assert len(at.sets()) == 1
