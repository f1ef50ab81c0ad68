import os
import subprocess
from contextlib import contextmanager

import numpy as np
import pytest
from room import MISSING, room

from voicecoach.audio.miniaudio_output import MiniaudioOutput
from voicecoach.control import others
from voicecoach.control.others import others_ducked, trigger

NULL_SINK = "1\tmodule-null-sink\tsink_name=room rate=48000\t\n"
SECOND = 48_000


@pytest.mark.parametrize(
    ("arguments", "role"),
    [
        ("", "phone"),
        ("trigger_roles=a11y", "a11y"),
        ("ducking_roles=music trigger_roles=phone,a11y volume=-15dB", "a11y"),
        ("trigger_roles=phone/a11y volume=-15dB/-20dB", "a11y"),
        ("trigger_roles='event,animation'", "event"),
        ("use_source_trigger=true", "phone"),
    ],
)
def test_the_role_is_one_that_the_module_minds(arguments, role):
    assert trigger(f"{NULL_SINK}23\tmodule-role-ducking\t{arguments}\t\n") == role


@pytest.mark.parametrize("modules", ["", NULL_SINK, "1\tmodule-role-cork\t\t\n", "nonsense\n\n"])
def test_without_the_module_there_is_no_role(modules):
    assert trigger(modules) is None


def test_properties_that_were_given_are_kept_and_come_back(monkeypatch):
    monkeypatch.setenv("PULSE_PROP", "application.icon_name=bell")
    monkeypatch.setattr(others, "_modules", lambda: "2\tmodule-role-ducking\t\t\n")
    with others_ducked(pytest.fail):
        assert os.environ["PULSE_PROP"] == "application.icon_name=bell media.role=phone"
    assert os.environ["PULSE_PROP"] == "application.icon_name=bell"


def test_a_server_without_ducking_is_said_and_nothing_is_set(monkeypatch):
    monkeypatch.delenv("PULSE_PROP", raising=False)
    monkeypatch.setattr(others, "_modules", lambda: NULL_SINK)
    said = []
    with others_ducked(said.append):
        assert "PULSE_PROP" not in os.environ
    assert said == [others.NO_DUCKING]


@pytest.mark.parametrize("answer", ["exit 1", None])
def test_what_cannot_be_told_is_said(monkeypatch, tmp_path, answer):
    """With a ``pactl`` that finds no server, and without one."""
    if answer:
        pactl = tmp_path / "pactl"
        pactl.write_text(f"#!/bin/sh\n{answer}\n")
        pactl.chmod(0o755)
    monkeypatch.delenv("PULSE_PROP", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    said = []
    with others_ducked(said.append):
        assert os.environ["PULSE_PROP"] == "media.role=a11y"
    assert said == [others.CANNOT_TELL]
    assert "PULSE_PROP" not in os.environ


@contextmanager
def music(folder):
    """Another program that plays a tone, as music, for as long as the block lasts."""
    tone = folder / "tone.raw"
    (np.sin(2 * np.pi * 440 / SECOND * np.arange(30 * SECOND)) * 8000).astype("<i2").tofile(tone)
    command = "pacat --playback --raw --rate=48000 --channels=1 --format=s16le --property=media.role=music"
    with subprocess.Popen([*command.split(), str(tone)]) as process:
        try:
            yield
        finally:
            process.kill()


def decibels(samples):
    return 20 * np.log10(np.sqrt(np.mean(np.square(samples / 32768))))


@pytest.mark.audio
@pytest.mark.skipif(bool(MISSING), reason=f"not installed: {', '.join(MISSING)}")
def test_music_is_lowered_while_the_session_lasts(tmp_path):
    """By 20 dB, which is what the module does when it is not told otherwise."""
    with room() as made:
        made.run("pactl", "load-module", "module-role-ducking")
        with made.recorder() as recording, music(tmp_path):
            recording.wait_for(SECOND * 3 // 2)
            before = recording.frames
            with others_ducked(pytest.fail):
                output = MiniaudioOutput()
                output.start()
                recording.wait_for(SECOND * 3 // 2)
                within = recording.frames
                output.close()
            recording.wait_for(SECOND * 3 // 2)
            heard = recording.samples
    levels = [decibels(heard[end - SECOND // 2 : end]) for end in (before, within, len(heard))]
    assert levels[0] - levels[1] == pytest.approx(20, abs=1)
    assert levels[2] == pytest.approx(levels[0], abs=1)
