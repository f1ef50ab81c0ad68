"""The bar that shows how loud it is."""

import pytest

from voicecoach.cli import page
from voicecoach.cli.meter import Meter


@pytest.fixture
def shown(monkeypatch, capsys):
    def show(*levels, moves=True):
        monkeypatch.setattr(page, "moves_cursor", lambda: moves)
        monkeypatch.setattr(page, "width", lambda _: 80)
        with Meter() as meter:
            for level in levels:
                meter.show(level)
        return capsys.readouterr().out

    return show


def test_it_stands_in_its_line_and_goes_at_the_end(shown):
    half, full, none, *_ = shown(-37.5, 3.0, -120.0).split("\r")[1:]
    assert half == "#" * 15 + "." * 15 + "  -38 dBFS"
    assert full == "#" * 30 + "    3 dBFS"
    assert none == "." * 30 + " -120 dBFS"
    assert shown(-37.5).endswith("\r" + " " * 40 + "\r")


def test_where_nothing_can_be_written_over_there_is_none(shown):
    assert shown(-37.5, moves=False) == shown() == ""
