"""Music under a session, through a real sound server: lower under speech, smooth, without clicks."""

import numpy as np
import pytest
import room as rooms
import soundfile
from fakes.audio import Clip

from voicecoach.audio.miniaudio_output import MiniaudioOutput
from voicecoach.audio.mixer import SessionMixer
from voicecoach.audio.music import Music, open_music
from voicecoach.audio.pcm import FADE, fade_in, fade_out
from voicecoach.clock import Alarm
from voicecoach.timeline.segment import Role, Segment, SegmentKind, Speak
from voicecoach.units import RATE, frames

pytestmark = rooms.NEEDED

BLOCK = 960
MUSIC, SPEECH = 440, 3000
"""Hertz. Both make whole turns in a window, so that each can be measured beside the other."""
WINDOW = frames(0.025)
LEAD_IN = frames(2)


def tone(hertz, length, peak):
    samples = (peak * np.sin(2 * np.pi * hertz * np.arange(length) / RATE)).astype(np.int16)
    samples[:FADE], samples[-FADE:] = fade_in(samples[:FADE]), fade_out(samples[-FADE:])
    return samples


class Voice:
    """Says every text as a tone of half a second for each word."""

    def clip(self, text):
        return Clip(tone(SPEECH, len(text.split()) * RATE // 2, 8000))


def say(second, words):
    text = " ".join(["word"] * words)
    return Speak(frames(second), words * RATE // 2, text, Role.CUE)


# Words at 2 and, after a pause that is bridged, at 3.8 s; and where the second segment begins, at 7 s.
FIRST = Segment(0, SegmentKind.WORK, "", 0, frames(7), (say(2, 2), say(3.8, 1)))
SECOND = Segment(1, SegmentKind.REST, "", 1, frames(3), (say(0, 2),))
LAST = Segment(2, SegmentKind.OUTRO, "", 2, frames(3), (say(0, 1),))


@pytest.fixture
def music(tmp_path):
    soundfile.write(tmp_path / "tone.wav", tone(MUSIC, 60 * RATE, 20_000), RATE)
    opened = open_music(tmp_path, pytest.fail)
    with opened._changed:
        opened._changed.wait_for(lambda: opened._held > RATE)
    yield opened
    opened.close()


@pytest.fixture
def heard(music):
    """The recording from the first sample on, with a pause of half a second before the last segment."""
    assert isinstance(music, Music)
    mixer = SessionMixer(Voice(), music=music)
    output = MiniaudioOutput()
    with rooms.room() as room, room.recorder() as recording:
        output.start()
        write(output, [np.zeros(BLOCK, np.int16)] * (LEAD_IN // BLOCK))
        write(output, blocks(mixer, FIRST, SECOND))
        write(output, blocks(mixer, SECOND, None))
        mixer.dropped(output.drop())
        recording.wait_for(RATE // 2)
        write(output, blocks(mixer, LAST, None))
        output.close()
        recording.wait_for(RATE // 2)
        samples = recording.samples.astype(float)
    assert output.underruns == 0
    return samples[np.flatnonzero(samples)[0] :]


def blocks(mixer, segment, then):
    for start in range(0, segment.frames, BLOCK):
        yield mixer.block(segment, start, min(BLOCK, segment.frames - start), then)


def write(output, parts):
    for block in parts:
        while not output.write(block):
            output.wait(Alarm())


def level(samples, hertz):
    """The level of a tone around each frame, in dB."""
    turning = samples * np.exp(-2j * np.pi * hertz * np.arange(len(samples)) / RATE)
    total = np.cumsum(np.concatenate(([0], turning)))
    mean = np.abs(total[WINDOW:] - total[:-WINDOW]) * 2 / WINDOW
    return 20 * np.log10(np.maximum(np.pad(mean, WINDOW // 2)[: len(samples)], 0.1))


def ramp(relative, near):
    """Milliseconds between being within 1 dB of the upper and of the lower level, around ``near`` seconds."""
    part = relative[frames(near - 0.5) : frames(near + 0.5)]
    if part[0] < part[-1]:
        part = part[::-1]
    down = np.flatnonzero(part < -14)[0]
    return (down - np.flatnonzero(part[:down] > -1)[-1]) / RATE * 1000


def test_music_is_lowered_smoothly_under_speech_and_nothing_clicks(heard):
    music, speech = level(heard, MUSIC), level(heard, SPEECH)
    up = np.median(music[frames(0.5) : frames(1.5)])
    spoken = speech > speech.max() - 1
    down = music[: frames(7.9)][spoken[: frames(7.9)]]
    assert spoken.sum() > 2 * RATE
    print(f"under speech {up - down.max():.1f} to {up - down.min():.1f} dB lower")
    assert up - down.max() >= 12
    assert (music[frames(3) : frames(3.8)] < up - 12).all(), "a short pause is bridged"

    ramps = [ramp(music - up, near) for near in (1.9, 4.6, 6.9)]
    print(f"ramps of {', '.join(f'{ramp:.0f}' for ramp in ramps)} ms, of which 1 dB at each end is not seen")
    assert all(100 <= ramp <= 400 for ramp in ramps)
    assert np.median(music[frames(5.5) : frames(6.5)]) == pytest.approx(up, abs=0.2), "it comes back"

    # The steepest that the two tones can be, one on top of the other, and what rounding adds.
    steepest = 2 * np.pi / RATE * (MUSIC * 10 ** (music.max() / 20) + SPEECH * 10 ** (speech.max() / 20))
    alone = heard[: frames(1.8)]
    assert np.abs(np.diff(heard)).max() < steepest + 2
    assert np.abs(np.diff(alone)).max() < 2 * np.pi / RATE * MUSIC * 10 ** (up / 20) + 2
    bends = np.abs(np.diff(heard, 2))
    assert bends.max() < 1.05 * steepest * 2 * np.pi * SPEECH / RATE + 4
