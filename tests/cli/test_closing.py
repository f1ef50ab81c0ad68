"""The end of a session is spoken and held until a key; transcripts and pictures show what is told."""

from types import SimpleNamespace
from typing import Any

import pytest
from fakes.clock import FakeClock

from voicecoach.app.closing import Farewell
from voicecoach.app.compose import Sounding
from voicecoach.cli.closing import PATIENCE, Closing
from voicecoach.display.scene import Closing as Picture
from voicecoach.errors import OutputError
from voicecoach.session.commands import Command
from voicecoach.session.levels import Levels
from voicecoach.session.listener import Summary

SUMMARY = Summary(finished=True, frames=0, steps=(), results=())
TOLD = Farewell(
    said=("Done after ten minutes.", "Next is Core."), picture=Picture(title="Core", time=("10 minutes",))
)


class Studio:
    """Plays nothing, does ``while_playing`` meanwhile, and notes what was to be played, and how."""

    def __init__(self, output="auto", while_playing=lambda: None):
        self.sounding = Sounding(output=output)
        self.while_playing, self.played, self.sent = while_playing, [], []
        self.closing = Closing(lambda _: TOLD)

    def player(self, session, listener, clock, levels):
        self.played.append(([step.title for step in session.steps], levels))
        return SimpleNamespace(run=self._run, send=self.sent.append)

    def _run(self, *, waits):
        assert not waits, "it goes on without a loudspeaker that is lost"
        self.while_playing()


def held(studio, told=TOLD, *, wait=True):
    """How long the end was held after what was said, and the end itself."""
    closing, clock = Closing(lambda _: told), FakeClock()
    closing.levels_changed(Levels(voice=50))
    closing.over(SUMMARY)
    began = clock.time
    anything: Any = studio
    studio.closing = closing
    closing.hold(anything, clock, wait=wait)
    return clock.time - began, closing


def test_it_is_spoken_as_loudly_as_the_session_and_then_waits():
    studio = Studio()
    assert held(studio)[0] == PATIENCE
    assert studio.played == [(list(TOLD.said), Levels(voice=50))]
    assert held(Studio(), wait=False)[0] == 0


def test_a_key_ends_what_is_said_and_the_wait():
    studio = Studio()
    studio.while_playing = lambda: studio.closing.pressed()  # noqa: PLW0108 - it is made later
    assert held(studio)[0] == 0
    assert studio.sent == [Command.STOP]


def test_a_key_that_comes_before_it_is_shown_ends_it():
    def tell(_):
        assert closing.pressed()
        return TOLD

    closing, clock, studio = Closing(tell), FakeClock(), Studio()
    closing.over(SUMMARY)
    began = clock.time
    anything: Any = studio
    closing.hold(anything, clock, wait=True)
    assert clock.time == began
    assert studio.sent == [Command.STOP]


def test_before_and_after_it_keys_are_for_somebody_else():
    _, closing = held(Studio())
    assert not closing.pressed()
    assert not Closing(lambda _: TOLD).pressed()


@pytest.mark.parametrize(("output", "told"), [("instant", TOLD), ("auto", Farewell(said=("Nothing.",)))])
def test_nothing_is_spoken_where_nobody_hears_it_or_nothing_was_done(output, told):
    studio = Studio(output)
    assert held(studio, told)[0] == 0
    assert studio.played == []


def test_a_loudspeaker_that_is_gone_leaves_the_picture():
    def fails():
        raise OutputError("It is gone.")

    assert held(Studio(while_playing=fails))[0] == PATIENCE
