"""Asking to be run first never does harm."""

import os

from voicecoach.audio import miniaudio_output


def test_where_it_is_refused_all_goes_on(monkeypatch):
    def refuse(*_):
        raise PermissionError("not for you")

    monkeypatch.setattr(os, "setpriority", refuse)
    miniaudio_output.ask_to_run_first()


def test_it_asks_for_this_thread(monkeypatch):
    asked = []
    monkeypatch.setattr(os, "setpriority", lambda *arguments: asked.append(arguments))
    miniaudio_output.ask_to_run_first()
    assert asked == [(os.PRIO_PROCESS, 0, miniaudio_output.NICENESS)]
