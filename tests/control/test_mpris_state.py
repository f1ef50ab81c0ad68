import math

from voicecoach.control.mpris import MediaKeys, Playback, microseconds, percent
from voicecoach.session.commands import Command
from voicecoach.session.listener import Position, Script
from voicecoach.session.transport import State
from voicecoach.timeline.segment import Segment, SegmentKind
from voicecoach.units import RATE, frames


def test_status_and_what_play_means():
    """To a session that waits, "play" says "ready", and so does the only button of a headset."""
    for state, waiting, status in (
        (State.PLAYING, False, "Playing"),
        (State.COUNTING_IN, False, "Playing"),
        (State.PAUSED, False, "Paused"),
        (State.PLAYING, True, "Paused"),
        (State.PAUSED, True, "Paused"),
        (State.LOST, False, "Paused"),
        (State.LOST, True, "Paused"),
        (State.ENDED, False, "Stopped"),
        (State.ENDED, True, "Stopped"),
    ):
        playback = Playback("Core", state=state, waiting=waiting)
        says_ready = waiting and state is State.PLAYING
        for button in Command:
            plays = button in {Command.RESUME, Command.TOGGLE}
            meant = Command.READY if plays and says_ready else button
            assert (playback.status, playback.meant(button)) == (status, meant), (state, waiting, button)


def test_the_exercise_is_the_title_and_the_routine_the_album():
    metadata = Playback("Core", title="Bird dog", length=frames(720)).metadata
    assert metadata == {
        "mpris:trackid": "/voicecoach/session",
        "mpris:length": 720_000_000,
        "xesam:title": "Bird dog",
        "xesam:album": "Core",
        "xesam:artist": ["voicecoach"],
    }


def test_a_title_is_the_routine_before_the_session_begins_and_has_only_what_a_bus_can_carry():
    assert Playback("Core").metadata["xesam:title"] == "Core"
    assert Playback("Core", title="Nul\0 and half \ud83d").metadata["xesam:title"] == "Nul and half ?"


def test_microseconds_do_not_add_up_rounding():
    assert microseconds(1) == 20
    assert microseconds(RATE * 3600) == 3_600_000_000


def test_volume_is_kept_within_what_the_session_knows():
    levels = {1.0: 100, 0.0: 0, 0.333: 33, 1.5: 150, 2.0: 150, -0.2: 0, math.nan: None, math.inf: None}
    assert [percent(volume) for volume in levels] == list(levels.values())


def test_what_goes_on_evenly_is_no_jump_and_a_jump_is_one_and_stays_within_the_session():
    keys = MediaKeys("Core")
    part = Segment(0, SegmentKind.WORK, "Bird dog", 1, frames(120), ())
    keys.planned(Script((), (part,)))
    for second in (0, 0.1, 3, 6, 6.1, 39.9):  # far apart where the machine stood still
        keys.moved(Position(part, 0, frames(second), frames(120 - second)))
    assert (keys._jumps, keys.at) == (0, frames(39.9))
    keys.moved(Position(part, 0, frames(40), frames(20)))
    assert (keys._jumps, keys.at) == (1, frames(100))
    keys.moved(Position(part, 0, frames(40.1), frames(150)))  # longer than was estimated
    assert (keys._jumps, keys.at) == (2, 0)
