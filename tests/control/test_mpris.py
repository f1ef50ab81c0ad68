import os
import re
import subprocess
import threading

import pytest
from bus import until

from voicecoach.control import mpris
from voicecoach.control.mpris import MediaKeys
from voicecoach.session.commands import Command
from voicecoach.session.levels import Levels, Volume
from voicecoach.session.listener import Position, Script
from voicecoach.session.transport import State
from voicecoach.timeline.segment import Segment, SegmentKind
from voicecoach.units import frames


def segment(index, kind, title, seconds):
    waits = kind is SegmentKind.WAIT
    return Segment(index, kind, title, block=index, frames=frames(seconds), events=(), waits=waits)


INTRO = segment(0, SegmentKind.INTRO, "Core", 20)
SET = segment(1, SegmentKind.WORK, "Bird dog", 40)
WAIT = segment(2, SegmentKind.WAIT, "Fetch your strap", 60)
SCRIPT = Script(steps=(), outline=(INTRO, SET, WAIT))
ENDS = (20, 60, 120)


def at(segment, seconds, elapsed=None):
    """The position that many seconds into ``segment``."""
    planned = ENDS[segment.index] - segment.frames // 48_000 + seconds
    return Position(
        segment,
        frames(seconds),
        frames(planned if elapsed is None else elapsed),
        frames(120 - planned),
    )


def run(*command):
    """What ``command`` prints, errors too."""
    done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=10)
    return done.stdout + done.stderr


@pytest.fixture
def sent():
    return []


@pytest.fixture
def keys():
    keys = MediaKeys("Core")
    keys.planned(SCRIPT)
    return keys


@pytest.fixture
def connected(bus, keys, sent):
    """``keys`` on a private bus, where they have been seen."""
    with keys.connected(sent.append, pytest.fail):
        until(lambda: "voicecoach" in bus.players())
        yield keys


def test_playerctl_presses_the_buttons(bus, connected, sent):
    for word in ("play-pause", "play", "pause", "next", "previous", "stop"):
        bus.playerctl(word)
    assert sent == [
        Command.TOGGLE,
        Command.RESUME,
        Command.PAUSE,
        Command.NEXT,
        Command.BACK,
        Command.STOP,
    ]


def test_playerctl_turns_the_volume(bus, connected, sent):
    assert bus.playerctl("volume") == "1.000000"
    bus.playerctl("volume", "0.4")
    assert sent == [Volume(40)]
    connected.levels_changed(Levels(master=40))
    until(lambda: bus.playerctl("volume") == "0.400000")
    bus.playerctl("volume", "0.1-")
    assert sent == [Volume(40), Volume(30)]


def test_playerctl_shows_where_the_session_is(bus, connected):
    template = "{{status}}|{{title}}|{{album}}|{{artist}}|{{mpris:length}}|{{duration(position)}}"
    shown = [bus.playerctl("metadata", "--format", template)]
    for moved in (at(INTRO, 19), at(SET, 4), at(WAIT, 1)):
        connected.moved(moved)
        shown.append(bus.playerctl("metadata", "--format", template))
    connected.state_changed(State.ENDED)
    shown.append(bus.playerctl("status"))
    assert shown == [
        "Playing|Core|Core|voicecoach|120000000|0:00",
        "Playing|Core|Core|voicecoach|120000000|0:19",
        "Playing|Bird dog|Core|voicecoach|120000000|0:24",
        "Paused|Fetch your strap|Core|voicecoach|120000000|1:01",
        "Stopped",
    ]


def test_changes_are_told_without_being_asked_for(bus, connected, tmp_path):
    told = tmp_path / "told"
    follow = ["--follow", "metadata", "--format", "{{status}} {{title}} {{mpris:length}} {{volume}}"]
    with bus.following(told, "playerctl", "--player=voicecoach", *follow):
        until(lambda: "Playing Core 120000000 1" in told.read_text())
        connected.moved(at(SET, 0))
        until(lambda: "Playing Bird dog 120000000 1" in told.read_text())
        connected.state_changed(State.PAUSED)
        until(lambda: "Paused Bird dog 120000000 1" in told.read_text())
        connected.planned(Script(steps=(), outline=(INTRO, SET)))
        until(lambda: "Paused Bird dog 60000000 1" in told.read_text())
        connected.levels_changed(Levels(master=50))
        until(lambda: "Paused Bird dog 60000000 0.5" in told.read_text())


def test_a_jump_is_told_and_what_goes_on_evenly_is_not(bus, connected, tmp_path):
    told = tmp_path / "told"
    with bus.following(told, "dbus-monitor", "path='/org/mpris/MediaPlayer2'"):
        until(lambda: "NameAcquired" in told.read_text())
        for tenth in range(100):
            connected.moved(at(INTRO, tenth / 10))
        connected.moved(at(WAIT, 0, elapsed=10))
        until(lambda: "Seeked" in told.read_text())
        connected.state_changed(State.ENDED)
        until(lambda: "Stopped" in told.read_text())
    assert told.read_text().count("Seeked") == 1


def test_two_sessions_have_a_name_each(bus, connected):
    second = MediaKeys("Morning")
    asked = []
    with second.connected(asked.append, pytest.fail):
        name = f"voicecoach.instance{os.getpid()}"
        until(lambda: bus.players() == {"voicecoach", name})
        assert bus.playerctl("metadata", "album", player=name) == "Morning"
        bus.playerctl("next", player=name)
        assert asked == [Command.NEXT]
    until(lambda: bus.players() == {"voicecoach"})


def asked(*request):
    """What the session answers to a call."""
    return run("dbus-send", "--print-reply", f"--dest={mpris.NAME}", mpris.PATH, *request)


PROPERTIES = "org.freedesktop.DBus.Properties"
ROOT = f"string:{mpris.ROOT}"
PLAYER = f"string:{mpris.PLAYER}"


def test_others_can_stop_and_pause_in_their_own_ways(bus, connected, sent):
    asked(f"{mpris.ROOT}.Quit")
    asked(f"{PROPERTIES}.Set", PLAYER, "string:Rate", "variant:double:0")
    assert sent == [Command.STOP, Command.PAUSE]


def test_what_has_no_meaning_here_is_ignored(bus, connected, sent):
    for request in (
        [f"{mpris.PLAYER}.Seek", "int64:5000000"],
        [f"{mpris.PLAYER}.SetPosition", "objpath:/voicecoach/session", "int64:0"],
        [f"{mpris.PLAYER}.OpenUri", "string:https://example.org"],
        [f"{mpris.ROOT}.Raise"],
        [f"{PROPERTIES}.Set", PLAYER, "string:Rate", "variant:double:2"],
    ):
        assert asked(*request).startswith("method return"), request
    assert sent == []


def test_others_can_ask_what_there_is(bus, connected):
    answer = asked("org.freedesktop.DBus.Introspectable.Introspect")
    for part in ('<method name="PlayPause"', '<property name="Volume" type="d" access="readwrite"', "Seeked"):
        assert part in answer
    told = " ".join(asked(f"{PROPERTIES}.GetAll", interface) for interface in (ROOT, PLAYER))
    facts = re.findall(
        r'string "(\w+)" variant (?:boolean|string|double|int64) (\S+)', " ".join(told.split())
    )
    assert dict(facts) == {
        "Identity": '"voicecoach"',
        "PlaybackStatus": '"Playing"',
        "Position": "0",
        **dict.fromkeys(("Rate", "MinimumRate", "MaximumRate", "Volume"), "1"),
        **dict.fromkeys(
            ("CanQuit", "CanGoNext", "CanGoPrevious", "CanPlay", "CanPause", "CanControl"), "true"
        ),
        **dict.fromkeys(("CanRaise", "HasTrackList", "CanSeek"), "false"),
    }


def test_nonsense_from_others_is_refused(bus, connected, sent):
    for nonsense in (
        [f"{mpris.PLAYER}.Fly"],
        [f"{mpris.PLAYER}.Seek", "string:far"],
        [f"{PROPERTIES}.Get", PLAYER, "string:Shoes"],
        [f"{PROPERTIES}.Set", PLAYER, "string:Volume", "variant:string:loud"],
        [f"{PROPERTIES}.Set", PLAYER, "string:PlaybackStatus", "variant:string:Playing"],
        [f"{PROPERTIES}.Get", "int32:1"],
    ):
        assert "Error org.freedesktop.DBus" in asked(*nonsense), nonsense
    assert sent == []
    assert bus.playerctl("status") == "Playing"


def test_after_the_session_nothing_is_left(bus, keys, sent):
    with keys.connected(sent.append, pytest.fail):
        until(lambda: "voicecoach" in bus.players())
    keys.state_changed(State.ENDED)
    until(lambda: "voicecoach" not in bus.players())
    assert not [thread for thread in threading.enumerate() if thread.name == "message bus"]


def test_a_desktop_that_ends_leaves_the_session_alone(bus, connected, capfd):
    bus.stop()
    connected.state_changed(State.PAUSED)
    connected.moved(at(SET, 1))
    assert capfd.readouterr() == ("", "")


def test_the_address_may_be_left_to_the_runtime_folder(bus, no_bus, keys, sent, monkeypatch, tmp_path):
    address = bus.address
    (tmp_path / "bus").symlink_to(address.removeprefix("unix:path=").split(",")[0])
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    with keys.connected(sent.append, pytest.fail):
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        until(lambda: "voicecoach" in bus.players())
