"""The auto-repeat of the keyboard, on a clock that the test winds."""

import pytest
from fakes.clock import FakeClock

from voicecoach.control.auto_repeat import HELD, AutoRepeat
from voicecoach.control.sources import CONTINUED, INTERRUPT, Key
from voicecoach.session.commands import HELP_KEY, TABLE, Command, Door
from voicecoach.session.levels import Volume

REPEATING = {
    *(row.command for row in TABLE if row.door is Door.LEVEL and row.command is not Command.MUTE),
    Command.SLOWER,
    Command.FASTER,
}
LONGEST_DELAY = 0.66
"""Seconds until a held key comes again: the default of X11."""
ONCE = {key for row in TABLE if row.command not in REPEATING for key in row.keys} | {"enter", "z", HELP_KEY}


class Terminal:
    """What becomes of the keys that come from it."""

    def __init__(self):
        self.clock, self.all = FakeClock(), []
        self.auto_repeat = AutoRepeat(self.all.append, self.clock)

    def hold(self, request, seconds=10.0, delay=0.25, rate=30):
        """Send ``request`` as a terminal does while its key is held down."""
        self.auto_repeat.send(request)
        self.clock.sleep(delay)
        for _ in range(round((seconds - delay) * rate)):
            self.auto_repeat.send(request)
            self.clock.sleep(1 / rate)

    def press(self, *requests, every=0.05):
        for each in requests:
            self.auto_repeat.send(each)
            self.clock.sleep(every)


@pytest.mark.parametrize("delay", [0.25, 0.5, LONGEST_DELAY])
def test_ten_seconds_of_a_held_key_are_one_press(delay):
    for key in ONCE:
        terminal = Terminal()
        terminal.hold(Key(key), delay=delay)
        assert terminal.all == [Key(key)], key


def test_volume_and_tempo_keys_repeat():
    assert {row.command for row in TABLE if row.repeats} == REPEATING
    for row in TABLE:
        for key in row.keys:
            terminal = Terminal()
            terminal.hold(Key(key), seconds=1.25)
            assert len(terminal.all) == (31 if row.repeats else 1), key


def test_who_counts_a_round_every_second_is_counted():
    terminal = Terminal()
    terminal.press(*5 * [Key("enter")], every=1.0)
    assert len(terminal.all) == 5


def test_a_trembling_hand_presses_once_and_a_key_counts_again_soon_after_it_is_let_go():
    terminal = Terminal()
    terminal.press(*4 * [Key("n")], every=0.3)
    assert terminal.all == [Key("n")]
    terminal.clock.sleep(HELD - 0.2)
    terminal.press(Key("N"), Key("n"))
    assert terminal.all == [Key("n"), Key("N")]


def test_another_key_counts_at_once_and_then_the_first_one_again():
    terminal = Terminal()
    keys = [Key(" "), Key("n"), Key(" ")]
    terminal.press(*keys)
    assert terminal.all == keys


@pytest.mark.parametrize("request_", [INTERRUPT, CONTINUED, Command.TOGGLE, Command.STOP, Volume(50)])
def test_signals_and_media_keys_do_not_repeat_so_that_each_counts(request_):
    terminal = Terminal()
    terminal.press(request_, request_)
    assert terminal.all == [request_, request_]
