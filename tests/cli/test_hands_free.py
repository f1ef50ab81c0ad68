"""The microphone is open for as long as the program goes on."""

from contextlib import contextmanager

import pytest

from voicecoach import job
from voicecoach.cli.hands_free import heard
from voicecoach.settings.table import SessionSettings


class FakeHearing:
    def __init__(self):
        self.did = []

    def __enter__(self):
        self.did.append("open")
        return self

    def __exit__(self, *_):
        self.did.append("close")

    def rest(self):
        self.did.append("rest")

    def wake(self):
        self.did.append("wake")


@pytest.fixture
def hearing(monkeypatch):
    fake = FakeHearing()
    monkeypatch.setattr("voicecoach.app.hearing.open_hearing", lambda chosen, clock: fake)
    return fake


def test_a_program_that_is_stopped_hears_nothing(hearing, monkeypatch):
    @contextmanager
    def stopped_once(leave, back):
        leave()
        back()
        yield

    monkeypatch.setattr(job, "kept", stopped_once)
    with heard(SessionSettings(listen=True)):
        pass
    assert hearing.did == ["open", "rest", "wake", "close"]


def test_nothing_is_opened_where_nobody_asked_for_it(hearing):
    with heard(SessionSettings()):
        pass
    assert hearing.did == []
