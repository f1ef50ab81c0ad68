"""What FFmpeg's own reader finds in a sound file, and that its sound stands where it stood in the session."""

import io
import json
import shutil
import subprocess
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from PIL import Image

from voicecoach.errors import UsageError
from voicecoach.render import container, sinks
from voicecoach.render.about import About
from voicecoach.render.chapters import Chapter
from voicecoach.units import RATE, frames

STARTS = (0.0, 1.234, 3.5)
TITLES = ("The beginning", "Bird dog, set 1 of 2, left", "Größe; # = ✓")
LENGTH = 6
CHAPTERS = tuple(
    Chapter(frames(start), frames(end), title)
    for start, end, title in zip(STARTS, (*STARTS[1:], LENGTH), TITLES, strict=True)
)
CLICKS = (0.5, 2.0, 5.25)

needs_ffmpeg = pytest.mark.skipif(not shutil.which("ffprobe"), reason="ffmpeg is not installed")


def picture():
    file = io.BytesIO()
    Image.new("P", (60, 40), 3).save(file, "PNG")
    return file.getvalue()


ABOUT = About(title="Core", description="Slow & steady.", chapters=CHAPTERS, cover=picture())


def sound():
    """Tones of 1 kHz and 20 ms."""
    samples = np.zeros(frames(LENGTH), np.int16)
    for at in CLICKS:
        samples[frames(at) : frames(at) + 960] = 8000 * np.sin(2 * np.pi * 1000 * np.arange(960) / RATE)
    return samples


@pytest.fixture
def written(tmp_path, ending):
    if ending not in {".mp3", ".wav"}:
        pytest.importorskip("av", reason="needs the extra 'files'")
    path = tmp_path / f"one{ending}"
    sink = sinks.SINKS[ending](path, ABOUT)
    for block in np.array_split(sound(), 4):
        sink.write(block)
    sink.close()
    return path


@needs_ffmpeg
@pytest.mark.parametrize("ending", [".mp3", ".m4b", ".opus", ".ogg", ".flac"])
def test_another_reader_finds_the_tags_and_the_cover(written, ending):
    command = ["ffprobe", "-v", "error", "-of", "json", "-show_chapters", "-show_format", "-show_streams"]
    found = json.loads(subprocess.run([*command, written], check=True, capture_output=True).stdout)
    told = found["format"].get("tags") or found["streams"][0]["tags"]  # in Ogg they are those of the sound
    tags = {name.lower(): text for name, text in told.items()}
    assert (tags["title"], tags["comment"]) == ("Core", "Slow & steady.")
    sound = next(each for each in found["streams"] if each["codec_type"] == "audio")
    assert (tags.get("language") or sound["tags"]["language"]) in {"en", "eng"}
    pictures = [each for each in found["streams"] if each["disposition"]["attached_pic"]]
    assert [(each["codec_name"], each["width"], each["height"]) for each in pictures] == [("png", 60, 40)]
    starts = [float(each["start_time"]) for each in found["chapters"]]
    late = sinks.late(written)
    assert starts == pytest.approx([start and start + late for start in STARTS], abs=0.002)
    assert [each["tags"]["title"] for each in found["chapters"]] == list(TITLES)


@needs_ffmpeg
@pytest.mark.parametrize("ending", sinks.SINKS)
def test_what_is_heard_is_as_late_as_is_known(written, ending):
    decode = ["ffmpeg", "-v", "error", "-i", written, "-vn", "-f", "s16le", "-ac", "1", "-ar", str(RATE), "-"]
    heard = np.frombuffer(subprocess.run(decode, check=True, capture_output=True).stdout, np.int16)
    loud = np.flatnonzero(np.abs(heard) > 2500) / RATE
    starts = loud[np.diff(loud, prepend=-1) > 0.1]
    assert starts - sinks.late(written) == pytest.approx(CLICKS, abs=0.002)


def test_without_the_library_one_is_told_how_to_get_it_and_what_goes_without(tmp_path, monkeypatch):
    monkeypatch.setattr(container, "find_spec", lambda _: None)
    with pytest.raises(UsageError, match=r"pip install 'voicecoach\[files\]', or write an \.mp3"):
        sinks.check(tmp_path / "one.m4b")
    sinks.check(tmp_path / "one.mp3")


@pytest.mark.parametrize("ending", [".m4b", ".flac", ".opus"])
def test_a_file_that_fails_at_its_end_is_closed(tmp_path, ending):
    """Windows removes no file that is open."""

    class Full:
        def encode(self, _):
            raise OSError(28, "No space left on device")

    pytest.importorskip("av", reason="needs the extra 'files'")
    sink: Any = sinks.SINKS[ending](tmp_path / f"one{ending}", ABOUT)
    sink.write(sound())
    file, closed = sink._file, []
    sink._sound = Full()
    sink._file = SimpleNamespace(mux=file.mux, close=lambda: closed.append(file.close()))
    with pytest.raises(OSError, match="No space"):
        sink.close()
    assert closed == [None]
