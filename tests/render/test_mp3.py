"""MP3 files: their tags as another reader finds them, and their sound as another decoder hears it."""

import io

import numpy as np
import pytest
import soundfile
from mutagen.id3 import ID3

from voicecoach.render.about import About
from voicecoach.render.chapters import Chapter
from voicecoach.render.mp3 import DELAY, KILOBITS, Mp3Sink, encoded
from voicecoach.units import RATE, frames

CHAPTERS = tuple(
    Chapter(frames(20 * n), frames(20 * n + 20), title)
    for n, title in enumerate(("The beginning", "Bird dog, set 1 of 2, left", "Größe ✓"))
)
ABOUT = About(title="Core", description="Slow & steady.", chapters=CHAPTERS, cover=b"\x89PNG and so on")


def written(path, about, blocks=()):
    sink = Mp3Sink(path, about)
    for block in blocks:
        sink.write(block)
    sink.close()
    return path


def test_another_reader_finds_the_tags(tmp_path):
    tag = ID3(written(tmp_path / "one.mp3", ABOUT, [np.zeros(RATE, np.int16)]))
    assert (tag.version, str(tag["TIT2"]), str(tag["TLAN"])) == ((2, 4, 0), "Core", "eng")
    assert tag.getall("COMM")[0].text == ["Slow & steady."]
    (cover,) = tag.getall("APIC")
    assert (cover.mime, cover.type, cover.data) == ("image/png", 3, ABOUT.cover)
    (contents,) = tag.getall("CTOC")
    found = [tag[f"CHAP:{name}"] for name in contents.child_element_ids]
    assert [str(each.sub_frames["TIT2"]) for each in found] == [each.title for each in CHAPTERS]
    late = round(1000 * DELAY)
    assert [each.start_time for each in found] == [0, 20_000 + late, 40_000 + late]
    assert [each.end_time for each in found] == [20_000 + late, 40_000 + late, 60_000 + late]
    assert str(tag["TLEN"]) == str(60_000 + late)


def test_a_session_of_many_sets_has_as_many_chapters_as_the_format_can_count(tmp_path):
    many = tuple(Chapter(frames(n), frames(n + 1), str(n)) for n in range(300))
    tag = ID3(written(tmp_path / "one.mp3", About(title="Long", chapters=many)))
    assert len(tag.getall("CHAP")) == len(tag.getall("CTOC")[0].child_element_ids) == 255
    assert int(str(tag["TLEN"])) == 300_000 + round(1000 * DELAY)


def test_a_file_without_anything_to_tell_has_its_title_alone(tmp_path):
    tag = ID3(written(tmp_path / "one.mp3", About(title="Core")))
    assert sorted(tag) == ["TIT2", "TLAN"]


@pytest.mark.parametrize("kilobits", [32, 40, KILOBITS])
def test_what_is_heard_is_as_late_as_is_known(kilobits):
    """Clicks come back within half a millisecond, and the size is that of the bit rate."""
    clicks = [0.5, 1.0, 3.25, 7.9]
    sound = np.zeros(frames(9), np.int16)
    for at in clicks:  # 20 ms of 1 kHz
        start = frames(at)
        sound[start : start + 960] = 8000 * np.sin(2 * np.pi * 1000 * np.arange(960) / RATE)
    data = b"".join(encoded(np.array_split(sound, 7), kilobits))
    assert len(data) == pytest.approx(9 * kilobits * 125, rel=0.02)
    heard, rate = soundfile.read(io.BytesIO(data))
    assert rate == 24_000
    loud = np.flatnonzero(np.abs(heard) > 0.08) / rate
    starts = loud[np.diff(loud, prepend=-1) > 0.1]
    assert starts - DELAY == pytest.approx(clicks, abs=0.0005)
