"""The table of commands: every one has its row, and what stands in the rows fits together."""

import re
from collections import Counter
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from voicecoach.display.readout import confirmed
from voicecoach.display.scene_view import NOTICE_LASTS
from voicecoach.language import phrases
from voicecoach.language.speech_length import estimate
from voicecoach.session import edits
from voicecoach.session.commands import HELP_KEY, TABLE, WHERE_KEY, Command, Door, command_for, help_rows
from voicecoach.session.levels import LOUDEST, STEP, Levels, Volume
from voicecoach.session.player import TWICE
from voicecoach.session.undo import LASTS
from voicecoach.units import seconds

SAY = phrases.load()
BY_OTHERS = {
    *(Command.COUNT, Command.PAUSE, Command.RESUME, Command.READY, Command.STOP),
    *(Command.TIME_LEFT, Command.OPTIONS, Command.YES, Command.NO),
}
"""Without a key of their own: space pauses and goes on, any other key says "ready", or counts, and who leaves
stops. The screen shows how long it takes, as does a key of the plain view; and who presses keys need not know
what to say. Yes and no have their keys while something is asked."""
OPPOSITES = {row.opposite for row in TABLE}
"""Listed with the command that they are the opposite of."""
BY_OTHER_WORDS = {Command.TOGGLE, Command.LEAVE}
"""Said as what is meant: pause or go on; and who says that they want to stop need not say it twice."""


def test_every_command_has_one_row():
    assert Counter(row.command for row in TABLE) == Counter(Command)
    assert all(command.row.command is command for command in Command)


def test_no_key_asks_for_two_commands():
    counted = Counter(key.lower() for row in TABLE for key in row.keys)
    assert [key for key, times in counted.items() if times > 1] == []


def test_every_command_can_be_asked_for_in_each_way():
    for row in TABLE:
        words = phrases.entries("en")["command"][row.command]
        assert bool(row.keys) == (row.command not in BY_OTHERS), row
        assert ("does" in words) == (bool(row.keys) and row.command not in OPPOSITES), row
        assert row.is_seen == ("done" not in words), row
        assert words["name"] == row.command.replace("tempo", "speed"), row  # the journal keeps the old name
        assert row.spoken == (row.command not in BY_OTHER_WORDS), row


def test_every_door_opens_for_its_commands_alone():
    for row in TABLE:
        assert (row.command in edits._EDITS) == (row.door is Door.EDIT), row
        assert (Levels().adjusted(row.command) != Levels()) == (row.door is Door.LEVEL), row
        assert not row.splices or row.door is Door.EDIT, row
        assert not row.jumps or row.door is Door.TRANSPORT, row


@given(st.lists(st.sampled_from(list(Command)) | st.builds(Volume, st.integers(-50, 300)), max_size=60))
def test_levels_stay_within_bounds_and_whoever_asks_for_a_volume_hears_it(wishes):
    levels = Levels()
    for wish in wishes:
        before = levels
        if isinstance(wish, Volume):
            levels = levels.at_volume(wish)
            assert levels == replace(before, master=min(max(wish.percent, 0), LOUDEST), muted=False)
        else:
            levels = levels.adjusted(wish)
            loud = [(each.voice, each.sounds, each.music) for each in (before, levels)]
            assert sum(abs(old - new) for old, new in zip(*loud, strict=True)) in {0, STEP}
            assert (levels.muted != before.muted) == (wish is Command.MUTE)
        assert all(0 <= each <= LOUDEST for each in (levels.voice, levels.sounds, levels.music))


def test_keys():
    assert command_for("N") is command_for("right") is Command.NEXT
    assert command_for("y") is command_for("enter") is Command.READY
    assert {HELP_KEY, WHERE_KEY}.isdisjoint({key for row in TABLE for key in row.keys})
    assert help_rows(SAY)[0] == ("space or p", "pause or go on")
    assert [keys for keys, _ in help_rows(SAY)[1:3]] == ["q", "n or >"]
    assert ("9 and 0", "voice softer and louder") in help_rows(SAY)
    shown = {key for keys, _ in help_rows(SAY) for key in keys.split(" or ")}
    told = re.findall(r"(\S+) (?:pauses|goes|says|takes|pressed twice stops|shows)", SAY("keys.most"))
    assert len(told) == 8
    assert {key.casefold() for key in told} <= shown


def test_y_and_n_answer_while_the_coach_asks_something():
    assert [command_for(key, asked=True) for key in "yN"] == [Command.YES, Command.NO]
    assert [command_for(key) for key in "yN"] == [Command.READY, Command.NEXT]
    assert command_for("x", asked=True) is Command.HURTS


def test_what_is_easily_done_by_a_slip_names_the_key_that_takes_it_back():
    [undo] = Command.UNDO.row.keys
    for command in (Command.NEXT, Command.HURTS, Command.EASIER, Command.HARDER):
        assert re.search(rf"\b{undo} takes (it|this) back", confirmed(command, SAY))
    assert SAY.time(seconds(LASTS)) in SAY("refused.too_late_to_take_back")


def test_q_is_wanted_again_as_long_as_that_is_shown_or_a_slow_reader_takes_to_say_it():
    assert seconds(NOTICE_LASTS) == TWICE
    assert seconds(estimate(confirmed(Command.LEAVE, SAY), 110)) + 2.0 < TWICE
