from contextlib import ExitStack

import pytest
from bus import until
from fakes.players import MusicPlayer

from voicecoach.control import others
from voicecoach.control.mpris import MediaKeys
from voicecoach.control.others import others_paused


@pytest.fixture
def start(bus):
    """Starts players and waits until they can be found."""
    with ExitStack() as running:

        def started(*players):
            for player in players:
                running.enter_context(player.running())
            until(lambda: all(player.ready for player in players))

        yield started


def test_what_plays_is_paused_and_goes_on_at_the_end(start):
    music, radio = MusicPlayer("music"), MusicPlayer("radio", "Paused")
    start(music, radio)
    with others_paused(pytest.fail):
        until(lambda: music.status == "Paused")
    assert music.calls == ["Pause", "Play"]
    assert radio.calls == []


def test_it_goes_on_after_a_crash(start):
    music = MusicPlayer("music")
    start(music)

    def crash():
        with others_paused(pytest.fail):
            until(lambda: music.status == "Paused")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        crash()
    assert music.calls == ["Pause", "Play"]


@pytest.mark.parametrize("meanwhile", ["Playing", "Stopped"])
def test_what_the_person_did_meanwhile_is_left_alone(start, meanwhile):
    music = MusicPlayer("music")
    start(music)
    with others_paused(pytest.fail):
        until(lambda: music.status == "Paused")
        music.status = meanwhile
    assert music.calls == ["Pause"]


def test_a_session_that_ends_at_once_leaves_nothing_paused(start):
    music = MusicPlayer("music")
    start(music)
    with others_paused(pytest.fail):
        pass
    assert music.status == "Playing"


def test_neither_this_session_nor_one_that_stands_for_it_is_paused(bus, start):
    music, stand_in = MusicPlayer("music"), MusicPlayer("playerctld")
    start(music, stand_in)
    asked = []
    with MediaKeys("Core").connected(asked.append, pytest.fail):
        until(lambda: "voicecoach" in bus.players())
        with others_paused(pytest.fail):
            until(lambda: music.status == "Paused")
    assert asked == stand_in.calls == []


def test_a_player_that_hangs_holds_nobody(monkeypatch, start):
    monkeypatch.setattr(others, "ANSWER_WITHIN", 0.2)
    music, hung = MusicPlayer("music"), MusicPlayer("hung.instance7", deaf=True)
    start(music, hung)
    said = []
    with others_paused(said.append):
        until(lambda: said)
    assert said == ["No answer from hung, which may go on playing; pause it by hand."]
    assert music.calls == ["Pause", "Play"]
    assert hung.calls == []


def test_a_player_that_ends_meanwhile_is_no_matter(start):
    music, short = MusicPlayer("music"), MusicPlayer("short")
    start(music)
    with short.running():
        until(lambda: short.ready)
        session = others_paused(pytest.fail)
        session.__enter__()
        until(lambda: "Paused" == music.status == short.status)
    session.__exit__(None, None, None)
    assert music.status == "Playing"
