"""A sound file is written whole or not at all, whatever comes in between."""

import io
import os
import signal
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from voicecoach.control import signals
from voicecoach.errors import FileError, UsageError
from voicecoach.render import sinks
from voicecoach.render.about import About
from voicecoach.timeline.segment import Score, Segment, SegmentKind
from voicecoach.units import frames

ENDINGS = [
    pytest.param(
        ending,
        marks=pytest.mark.skipif(
            ending not in {".mp3", ".wav"} and not find_spec("av"), reason="needs the extra 'files'"
        ),
    )
    for ending in sinks.SINKS
]
SCORE = Score(tuple(Segment(index, SegmentKind.SAY, "", index, 600, ()) for index in range(2)))
LONG = Score((Segment(0, SegmentKind.SAY, "", 0, frames(30), ()),))


class Mixer:
    """Mixes noise."""

    def block(self, segment, start, length, then):
        return np.random.default_rng(start).integers(-9000, 9000, length, np.int16)


PACKAGE = Path(sinks.__file__).parent


class AtLine:
    """Sends this process a signal before a line of the package is run, the first one being 1."""

    def __init__(self, number, line):
        self.number, self.left = number, line

    def __call__(self, frame, event, _):
        if Path(frame.f_code.co_filename).parent != PACKAGE:
            return None
        if event == "line":
            self.left -= 1
            if self.left == 0:
                os.kill(os.getpid(), self.number)
        return self

    def __enter__(self):
        self.before = sys.gettrace()
        sys.settrace(self)

    def __exit__(self, *_):
        sys.settrace(self.before)


def cover():
    """A picture that is larger than what a file writes at a time."""
    file = io.BytesIO()
    Image.effect_noise((200, 200), 80).convert("P").save(file, "PNG")
    return file.getvalue()


ABOUT = About(title="One", cover=cover())


def write(folder, name="one.wav", score=SCORE):
    mixer: Any = Mixer()
    sinks.mixdown(score, mixer, folder / name, ABOUT, lambda _: None, {folder / "one.vtt": "new"})


def state(folder):
    """What stands in the folder, by name: whether that is old."""
    return {each.name: each.read_bytes() == b"old" for each in folder.iterdir()}


@pytest.mark.skipif(sys.platform == "win32", reason="there os.kill ends a process")
@pytest.mark.filterwarnings(
    "ignore::ResourceWarning", "ignore:.*FileIO:pytest.PytestUnraisableExceptionWarning"
)
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_at_any_line_leaves_all_old_files_or_all_new_ones(tmp_path, number):
    interrupted_at_each_line(tmp_path, ".wav", number)


@pytest.mark.skipif(sys.platform == "win32", reason="as above")
@pytest.mark.filterwarnings(
    "ignore::ResourceWarning", "ignore:.*FileIO:pytest.PytestUnraisableExceptionWarning"
)
@pytest.mark.parametrize("ending", ENDINGS)
def test_so_does_a_signal_in_any_kind_of_file(tmp_path, ending):
    interrupted_at_each_line(tmp_path, ending, signal.SIGTERM, step=3)


def interrupted_at_each_line(tmp_path, ending, number, step=1):
    files, line, ends = (f"one{ending}", "one.vtt"), 0, []
    while not ends or ends[-1][0] is not None:
        line += step
        for name in files:
            (tmp_path / name).write_bytes(b"old")
        ended = None
        try:
            with signals.ending(), AtLine(number, line):
                write(tmp_path, files[0])
        except (SystemExit, KeyboardInterrupt) as end:
            ended = getattr(end, "code", 130)
        now = state(tmp_path)
        assert now in (dict.fromkeys(files, True), dict.fromkeys(files, False)), line
        ends.append((ended, not now[files[0]]))
    status = 128 + number
    assert ends[0] == (status, False)
    assert {end for end, _ in ends[:-1]} == {status}
    assert line > 30  # as many lines are run
    assert (status, True) in ends, "one comes between the first and the last file"


@pytest.mark.skipif(sys.platform == "win32", reason="the limit is that of other systems")
@pytest.mark.parametrize("room", [1000, 60_000], ids=["before the sound", "in the sound"])
@pytest.mark.parametrize("ending", ENDINGS)
def test_a_disk_that_is_full_leaves_what_was_there(tmp_path, monkeypatch, ending, room):
    import resource  # noqa: PLC0415 - not on Windows

    monkeypatch.setattr(sys, "dont_write_bytecode", True)  # half of it would be kept, and read ever after
    name = f"one{ending}"
    (tmp_path / name).write_bytes(b"old")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, limits[1]))
    try:
        with pytest.raises(
            FileError, match=rf"^.*one\{ending} cannot be written \(File too large\)\. Choose another"
        ):
            write(tmp_path, name, LONG)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert state(tmp_path) == {name: True}


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such files there")
def test_what_cannot_be_written_is_refused_before_the_work(tmp_path):
    (tmp_path / "folder.wav").mkdir()
    os.mkfifo(tmp_path / "pipe.wav")
    (tmp_path / "device.wav").symlink_to("/dev/null")
    (tmp_path / "round.wav").symlink_to("round.wav")
    (tmp_path / "file").touch()
    (tmp_path / "beside.vtt").mkdir()
    for kind in ("folder", "pipe", "device"):
        with pytest.raises(
            UsageError, match=rf"{kind}\.wav is not a file, so it is left as it is\. Choose another"
        ):
            sinks.check(tmp_path / f"{kind}.wav")
    with pytest.raises(UsageError, match=r"beside\.vtt is not a file"):
        sinks.check(tmp_path / "beside.wav", tmp_path / "beside.vtt")
    for name, why in (
        ("round.wav", "cannot be written (Too many levels of symbolic links)"),
        (f"{'a' * 300}.wav", "cannot be written (File name too long)"),
        ("file/one.wav", "cannot be written (Not a directory)"),
        ("no/one.wav", "Make it, or choose another place with -o."),
    ):
        with pytest.raises(FileError) as refused:
            sinks.check(tmp_path / name)
        assert why in str(refused.value)
    sinks.check(tmp_path / "one.wav", tmp_path / "one.vtt")
