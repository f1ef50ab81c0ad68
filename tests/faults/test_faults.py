"""Whatever breaks in the room, the person is told, can leave, and finds what they did."""

from concurrent.futures import ThreadPoolExecutor
from itertools import groupby

import pytest
import room as rooms
import tmux
from faults.table import FAULTS
from faults.trial import ends_while, several, single, tried

pytestmark = [
    pytest.mark.audio,
    pytest.mark.skipif(
        bool(rooms.MISSING + tmux.MISSING), reason=f"not installed: {rooms.MISSING + tmux.MISSING}"
    ),
]
AT_ONCE = 4
"""Trials side by side: each mostly waits."""


def test_each_fault_is_told_survived_and_left(all_tried, some, record_property):
    outcomes = all_tried(some(single(FAULTS)))
    record_property("table", table(outcomes))
    record_property("figure", f"{len(outcomes)} faults, {figures(outcomes)}")
    assert_right(outcomes)


def test_every_key_and_signal_ends_a_session_without_sound(all_tried, some, record_property):
    outcomes = all_tried(some(ends_while("sound")))
    record_property("figure", f"{len(outcomes)} ends right after the sound had gone, {figures(outcomes)}")
    assert_right(outcomes)


def test_several_faults_at_once_are_told_survived_and_left(all_tried, some, record_property):
    outcomes = all_tried(some(several(200, seed="in the room")))
    faults = sum(len(outcome.trial.faults) for outcome in outcomes)
    record_property("figure", f"{faults} random faults in {len(outcomes)} sessions, {figures(outcomes)}")
    assert_right(outcomes)


@pytest.fixture
def all_tried(home, within, progress):
    """The outcome of each trial, in their order; what went wrong is shown at once.

    What ended late and was not alone on the machine is tried again alone: what others do to it does not come
    twice, a fault of the program does.
    """

    def attempt(trial):
        return tried(trial, home, within=within)

    def try_all(trials):
        outcomes = []
        with ThreadPoolExecutor(AT_ONCE) as pool:
            for outcome in pool.map(attempt, trials):
                outcomes.append(outcome)
                if outcome.wrong:
                    progress(f"{outcome.trial}: {'; '.join(outcome.wrong)}")
        return [attempt(each.trial) if each.is_only_late(within) else each for each in outcomes]

    return try_all


def figures(outcomes):
    ended = [outcome.seconds for outcome in outcomes if outcome.seconds is not None]
    return f"left within {max(ended, default=0):.1f} s, {sum(outcome.kept for outcome in outcomes)} sets kept"


def assert_right(outcomes):
    assert not {str(outcome.trial): outcome.wrong for outcome in outcomes if outcome.wrong}


def table(outcomes):
    """One line for each fault: what was seen, heard and kept, over all its moments."""
    lines = [f"{'fault':<34} {'moments':>7} {'heard':>7} {'kept':>7} {'left in':>8}  seen"]
    for name, group in groupby(outcomes, lambda outcome: outcome.trial.faults):
        each = list(group)
        heard = sum(one.heard for one in each) / len(each)
        kept, done = sum(one.kept for one in each), sum(one.done for one in each)
        left = max(one.seconds if one.seconds is not None else 99.9 for one in each)
        seen = "; ".join(dict.fromkeys(line for one in each for line in one.seen)) or "the session as ever"
        figures = f"{len(each):>7} {heard:>5.1f} s {kept:>3} of {done:<2} {left:>6.1f} s"
        lines.append(f"{' + '.join(name):<34} {figures}  {seen}")
    return "\n".join(lines)
