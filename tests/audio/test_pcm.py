import wave

import numpy as np
import pytest
import soundfile

from voicecoach.audio import pcm
from voicecoach.errors import FileError
from voicecoach.units import RATE


def test_a_written_file_reads_back_the_same(tmp_path):
    samples = np.array([0, 1, -1, 32767, -32768], np.int16)
    soundfile.write(tmp_path / "a.wav", samples, RATE)
    back = pcm.read_wav(tmp_path / "a.wav")
    assert back.dtype == np.int16
    assert back.tolist() == samples.tolist()


@pytest.mark.parametrize(
    ("channels", "width", "rate"),
    [(2, 2, 48_000), (1, 1, 48_000), (1, 2, 44_100)],
    ids=["stereo", "8 bit", "44.1"],
)
def test_another_format_is_refused(tmp_path, channels, width, rate):
    with wave.open(str(tmp_path / "a.wav"), "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(width)
        file.setframerate(rate)
        file.writeframes(bytes(channels * width * 10))
    with pytest.raises(FileError, match=r"one channel of 16 bits at 48000 Hz"):
        pcm.read_wav(tmp_path / "a.wav")


def test_a_damaged_or_missing_file_is_named(tmp_path):
    for content in (b"", b"RIFF", b"not a sound at all, but long enough to be one"):
        (tmp_path / "a.wav").write_bytes(content)
        with pytest.raises(FileError, match=r"a\.wav cannot be read"):
            pcm.read_wav(tmp_path / "a.wav")
    with pytest.raises(FileError, match=r"gone\.wav cannot be read"):
        pcm.read_wav(tmp_path / "gone.wav")


def test_levels():
    assert pcm.gain(-20) == pytest.approx(0.1)


def test_rounding_clips_at_full_scale():
    assert pcm.to_samples(np.array([0.4, -0.6, 40_000, -40_000])).tolist() == [0, -1, 32767, -32767]


def test_a_ramp_rises_all_the_way_and_mirrors_itself():
    ramp = pcm.rise(480)
    assert np.all(np.diff(ramp) > 0)
    assert 0 < ramp[0] < 1e-4
    assert ramp + ramp[::-1] == pytest.approx(1)
    assert len(pcm.rise(0)) == 0


def test_a_fade_ends_in_silence_without_a_step():
    faded = pcm.fade_out(np.full(480, 10_000, np.int16))
    assert faded[0] > 9_990
    assert faded[-1] == 0
    assert np.abs(np.diff(faded)).max() < 40
