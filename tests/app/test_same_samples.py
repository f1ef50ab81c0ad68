"""A file and an uninterrupted session are the same samples."""

import wave

import numpy as np
import pytest
from fakes.clock import FakeClock
from fakes.session import Diary

from voicecoach.app import compose, prepare
from voicecoach.audio import outputs
from voicecoach.audio.outputs import InstantOutput
from voicecoach.errors import FileError
from voicecoach.render import sinks
from voicecoach.render.about import About
from voicecoach.render.sidecars import captions


def untold(_):
    """The tags of a file that are not looked at."""
    return About(title="Quick")


def read(path):
    with wave.open(str(path)) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, 48_000)
        return np.frombuffer(file.readframes(file.getnframes()), np.int16)


@pytest.mark.processes
@pytest.mark.parametrize("voice", ["natural", "pyttsx3", "silent"])
def test_the_file_equals_the_session(studio, tmp_path, monkeypatch, quick, voice):
    played = []
    monkeypatch.setitem(outputs.STAND_INS, "instant", lambda _: InstantOutput(sink=played.append))
    room = studio(voice=voice, output="instant")
    summary = room.player(quick, Diary(), FakeClock()).run()
    assert summary.finished
    shares = []
    score = compose.render(studio(voice=voice), quick.steps, tmp_path / "quick.wav", untold, shares.append)
    written = read(tmp_path / "quick.wav")
    assert len(written) == score.frames == summary.frames
    assert np.array_equal(written, np.concatenate(played))
    assert shares == sorted(shares)
    assert shares[-1] == 1.0


@pytest.mark.processes
def test_rendering_twice_gives_the_same_bytes(studio, tmp_path, quick):
    for name in ("one.wav", "two.wav"):
        compose.render(studio(), quick.steps, tmp_path / name, untold, lambda _: None)
    assert (tmp_path / "one.wav").read_bytes() == (tmp_path / "two.wav").read_bytes()


@pytest.mark.parametrize("ending", sinks.SINKS)
def test_an_interrupted_render_leaves_what_was_there(studio, tmp_path, ending):
    path = tmp_path / f"quick{ending}"
    path.write_bytes(b"the last one")

    def interrupt(share):
        if share > 0.8:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        compose.render(
            studio(voice="silent"),
            prepare.remark("Hello.").steps,
            path,
            untold,
            interrupt,
            {path.with_suffix(".vtt"): captions},
        )
    assert path.read_bytes() == b"the last one"
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_is_not_there_is_said_clearly(studio, tmp_path):
    with pytest.raises(FileError, match=r"cannot be written .* Choose another place"):
        compose.render(
            studio(voice="silent"),
            prepare.remark("Hello.").steps,
            tmp_path / "no" / "quick.wav",
            untold,
            lambda _: None,
        )
