"""Real files, made here in every format."""

import os
import wave

import numpy as np
import pytest

from voicecoach.audio.music import FORMATS, decode, find
from voicecoach.errors import FileError
from voicecoach.units import RATE


def tone(hertz, seconds=1.0, rate=44_100):
    return 0.5 * np.sin(2 * np.pi * hertz * np.arange(round(seconds * rate)) / rate)


def write(path, signal, rate=44_100):
    """``signal`` in the format that the name asks for, on two channels."""
    soundfile = pytest.importorskip("soundfile")
    soundfile.write(path, np.stack([signal, signal], axis=1), rate)
    return path


def decoded(path, **options):
    return np.concatenate(list(decode(path, **options)))


@pytest.mark.parametrize("ending", FORMATS)
@pytest.mark.parametrize("rate", [44_100, 48_000])
def test_every_format_is_decoded_and_keeps_its_length_pitch_and_level(tmp_path, ending, rate):
    samples = decoded(write(tmp_path / f"tone.{ending}", tone(1000, rate=rate), rate)).astype(float)
    assert abs(len(samples) - RATE) < RATE // 10, "mp3 has silence before and after"
    middle = samples[RATE // 4 : RATE // 2]
    spectrum = np.abs(np.fft.rfft(middle * np.hanning(len(middle))))
    assert spectrum.argmax() * RATE / len(middle) == pytest.approx(1000, abs=5)
    assert middle.std() == pytest.approx(32_767 * 0.5 / 2**0.5, rel=0.02)


def test_high_tones_survive_the_change_of_rate(tmp_path):
    samples = decoded(write(tmp_path / "tone.wav", tone(10_000))).astype(float)[RATE // 4 : RATE // 2]
    spectrum = np.abs(np.fft.rfft(samples * np.hanning(len(samples)))) ** 2
    hertz = np.fft.rfftfreq(len(samples), 1 / RATE)
    near = np.abs(hertz - 10_000) < 50
    assert samples.std() == pytest.approx(32_767 * 0.5 / 2**0.5, rel=0.02)
    assert spectrum[~near].sum() < 1e-6 * spectrum.sum()


def test_as_it_comes_means_at_its_own_rate(tmp_path):
    path = write(tmp_path / "tone.wav", tone(1000))
    assert len(decoded(path, resampled=False)) == 44_100
    assert len(decoded(path)) == RATE


@pytest.mark.parametrize(
    "content",
    [b"", b"no music", bytes(5000), b"ID3\x04\x00" + bytes(range(256)) * 40, b"RIFF\xff\xff\xff\xffWAVEfmt "],
)
@pytest.mark.parametrize("ending", FORMATS)
def test_a_damaged_file_is_refused_in_a_sentence(tmp_path, content, ending):
    path = tmp_path / f"bad.{ending}"
    path.write_bytes(content)
    with pytest.raises(FileError, match=rf"^'bad\.{ending}' cannot be played: .* mp3, flac, ogg or wav\.$"):
        list(decode(path))


@pytest.mark.parametrize("rate", [1, 2_000_000_000])
def test_an_absurd_sample_rate_is_refused_before_it_fills_the_memory(tmp_path, rate):
    path = tmp_path / "odd.wav"
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, rate, 0, "NONE", ""))
        file.writeframes(bytes(2000))
    with pytest.raises(FileError, match="cannot be played"):
        list(decode(path))


def test_a_file_that_is_cut_off_ends_there(tmp_path):
    path = write(tmp_path / "tone.flac", np.random.default_rng(1).normal(0, 0.1, 3 * 44_100))
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    assert RATE < len(decoded(path)) < 2 * RATE


def test_the_name_in_a_message_cannot_steer_the_terminal(tmp_path):
    path = tmp_path / "a\x1b[31mb\nc.mp3"
    path.write_bytes(b"")
    with pytest.raises(FileError) as caught:
        list(decode(path))
    assert str(caught.value).startswith("'ab c.mp3' ")


def test_a_folder_is_played_in_the_order_people_number_in(tmp_path):
    ordered = ["1 first.flac", "2 second.MP3", "10 last.mp3"]
    ordered += ["cd 1/A.wav", "cd 1/b.ogg", "cd 2/y.mp3", "cd 10/x.wav"]
    for name in [*reversed(ordered), "cover.jpg", "._2 second.mp3", "notes.txt", "mp3"]:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    (tmp_path / "folder.mp3").mkdir()
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "nobody writes to this.mp3")
    assert [str(file.relative_to(tmp_path)) for file in find(tmp_path)] == ordered


def test_a_single_file_is_taken_whatever_it_is_called(tmp_path):
    (tmp_path / "song").touch()
    assert find(tmp_path / "song") == (tmp_path / "song",)


def test_no_music_names_the_place_and_the_formats(tmp_path):
    for path, said in ((tmp_path, "There is no music in"), (tmp_path / "none", "There is no music at")):
        with pytest.raises(FileError, match=said) as caught:
            find(path)
        assert str(path) in str(caught.value)
        assert "mp3, flac, ogg or wav" in str(caught.value)
