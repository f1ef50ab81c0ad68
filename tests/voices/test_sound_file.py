import io
import struct
import wave

import numpy as np
import pytest

from voicecoach.errors import VoiceFailed
from voicecoach.voices.engine_pyttsx3 import read_sound

VALUES = [0, 16384, -32768, 1]
MONO = [0.0, 0.5, -1.0, 1 / 32768]


def wav(values=VALUES, channels=1, width=2):
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setnchannels(channels)
        out.setsampwidth(width)
        out.setframerate(22050)
        out.writeframes(np.array(values, "<i2").tobytes())
    return file.getvalue()


def aiff(kind=b"AIFF", order=">"):
    sound = np.array(VALUES, f"{order}i2").tobytes()
    rate = struct.pack(">HQ", 16383 + 14, 22050 << 49)
    common = struct.pack(">hIh", 1, len(VALUES), 16) + rate + (b"sowt\0\0" if order == "<" else b"")
    chunks = [(b"COMM", common), (b"odd ", b"x"), (b"SSND", bytes(8) + sound)]
    body = kind + b"".join(
        name + struct.pack(">I", len(data)) + data + b"\0" * (len(data) % 2) for name, data in chunks
    )
    return b"FORM" + struct.pack(">I", len(body)) + body


@pytest.mark.parametrize("data", [wav(), aiff(), aiff(b"AIFC", "<")], ids=["wav", "aiff", "sowt"])
def test_the_bytes_decide_what_the_file_is(data):
    samples, rate = read_sound(data)
    assert (samples.tolist(), rate, samples.dtype) == (MONO, 22050, np.float32)


def test_channels_are_mixed():
    assert read_sound(wav([16384, 0, -16384, -16384], channels=2))[0].tolist() == [0.25, -0.5]


def test_a_file_without_sound_is_no_samples():
    assert len(read_sound(wav([]))[0]) == 0


@pytest.mark.parametrize("data", [b"", b"RIFF", b"ID3\x04mp3", wav()[:30], aiff()[:20], wav(width=1)])
def test_anything_else_is_a_voice_that_failed(data):
    with pytest.raises(VoiceFailed, match="sound"):
        read_sound(data)
