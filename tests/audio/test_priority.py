"""Asking to be run first never does harm."""

import os

from voicecoach.audio import priority


def test_where_it_is_refused_all_goes_on(monkeypatch):
    def refuse(*_):
        raise PermissionError("not for you")

    monkeypatch.setattr(os, "setpriority", refuse)
    priority.ask_to_run_first()


def test_it_asks_for_this_thread(monkeypatch):
    asked = []
    monkeypatch.setattr(os, "setpriority", lambda *arguments: asked.append(arguments))
    priority.ask_to_run_first()
    assert asked == [(os.PRIO_PROCESS, 0, priority.NICENESS)]
