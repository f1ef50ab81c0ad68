"""Played through a real sound server and recorded: every sound is where the timeline says."""

from __future__ import annotations

import signal
import subprocess
import threading
import time
from contextlib import contextmanager
from itertools import cycle, pairwise

import numpy as np
import pytest
import room as rooms
from fakes.audio import FakeClips
from recordings import assert_heard, expected, find_sounds

from voicecoach.audio import earcons
from voicecoach.audio.attenuator import DUCKED, FULL, Attenuator
from voicecoach.audio.miniaudio_output import MiniaudioOutput
from voicecoach.audio.mixer import SessionMixer
from voicecoach.audio.simpleaudio_output import SimpleaudioOutput
from voicecoach.clock import Alarm, SystemClock
from voicecoach.errors import OutputError
from voicecoach.timeline.segment import Play, Role, Score, Segment, SegmentKind, Sound
from voicecoach.units import RATE

pytestmark = rooms.NEEDED

BLOCK = 960
LEAD_IN = 2 * RATE
"""An idle server stalls for up to two seconds when a stream starts."""


def simpleaudio():
    pytest.importorskip("simpleaudio")
    return SimpleaudioOutput(SystemClock())


OUTPUTS = [pytest.param(MiniaudioOutput, id="miniaudio"), pytest.param(simpleaudio, id="simpleaudio")]


@contextmanager
def playing(output):
    """``output`` started and past the stall at the start of a stream."""
    output.start()
    try:
        write(output, np.zeros(LEAD_IN, np.int16))
        yield output
    finally:
        output.close(drain=False)


def write(output, samples):
    """Write as the player does: in small blocks, as room comes."""
    for start in range(0, len(samples), BLOCK):
        while not output.write(samples[start : start + BLOCK]):
            output.wait(Alarm())


def tone(length):
    return (8000 * np.sin(2 * np.pi * 1000 * np.arange(length) / RATE)).astype(np.int16)


def half_a_minute():
    """Earcons at odd intervals, now and then two on the same frame."""
    rng = np.random.default_rng(7)
    events, frame = [], 1
    for number, sound in zip(range(40), cycle(Sound), strict=False):
        length = len(earcons.load(sound))
        events.append(Play(frame, length, sound, Role.PHASE))
        if number % 7 == 5:
            events.append(Play(frame, len(earcons.load(Sound.TICK)), Sound.TICK, Role.PHASE))
        frame += length + int(rng.integers(RATE // 50, RATE * 3 // 4))
    assert frame > 30 * RATE
    return Segment(0, SegmentKind.WORK, "", 0, frame, tuple(events))


def no_speech(text):
    raise AssertionError(f"nothing says {text!r} here")


@pytest.mark.long
@pytest.mark.parametrize("make_output", OUTPUTS)
def test_every_sound_is_heard_on_its_frame_and_nothing_else_is(room, make_output):
    segment = half_a_minute()
    mixer = SessionMixer(FakeClips())
    mixer.load(segment)
    with room.recorder() as recording, playing(make_output()) as output:
        for start in range(0, segment.frames, BLOCK):
            write(output, mixer.block(segment, start, min(BLOCK, segment.frames - start)))
        output.close()
        recording.wait_for(RATE // 2)
    assert getattr(output, "underruns", 0) == 0
    assert_heard(recording.samples, expected(Score((segment,)).events(), earcons.load, no_speech))
    # Once more without being told where to listen, for the sounds that have no other on top of them.
    found = find_sounds(recording.samples, {sound: earcons.load(sound) for sound in Sound})
    first = found[0][0] - segment.events[0].frame
    together = {a.frame for a, b in pairwise(segment.events) if a.frame == b.frame}
    alone = [(event.frame, event.sound) for event in segment.events if event.frame not in together]
    assert [(frame - first, name) for frame, name in found if frame - first not in together] == alone


@pytest.mark.parametrize(("make_output", "limit"), [(MiniaudioOutput, 0.15), (simpleaudio, 0.35)])
def test_a_drop_is_heard_soon_and_without_a_click(room, make_output, limit):
    with room.recorder() as recording, playing(make_output()) as output:
        write(output, tone(RATE))
        asked_at = recording.frames
        forgotten = output.drop()
        recording.wait_for(RATE)
    heard = recording.samples
    last = int(np.flatnonzero(np.abs(heard) > 20)[-1])
    assert forgotten > RATE // 10
    assert last - asked_at < limit * RATE
    assert np.abs(np.diff(heard[last - RATE // 2 :].astype(int))).max() < 1.1 * np.diff(tone(100)).max()


@pytest.mark.parametrize(("make_output", "limit"), [(MiniaudioOutput, 0.15), (simpleaudio, 0.35)])
def test_an_overlay_is_heard_soon_and_leaves_what_is_under_it_as_it_was(room, make_output, limit):
    asked_at = []
    over = earcons.load(Sound.ACCEPTED)
    music = tone(4 * RATE)
    with room.recorder() as recording, playing(make_output()) as output:

        def answer():
            asked_at.append(recording.frames)
            output.overlay(over)

        for second in range(3):
            write(output, music[second * RATE : (second + 1) * RATE])
            answer()
        write(output, music[3 * RATE :])
        write(output, np.zeros(RATE // 2, np.int16))
        output.close()
        recording.wait_for(RATE // 2)
    heard = recording.samples.astype(int)
    begin = int(np.flatnonzero(np.abs(heard) > 20)[0]) - 1
    rest = heard[begin : begin + len(music)] - music
    found = [frame for frame, _ in find_sounds(rest.astype(np.int16), {"accepted": over})]
    late = [(begin + frame - at) / RATE for frame, at in zip(found, asked_at, strict=True)]
    print(f"from overlay() to its sound: {', '.join(f'{1000 * each:.0f}' for each in late)} ms")
    assert max(late) < limit
    for frame in found:
        rest[frame : frame + len(over)] -= over
    assert np.abs(rest).max() <= 1, "the session is untouched"


@pytest.mark.parametrize(("make_output", "limit"), [(MiniaudioOutput, 0.15), (simpleaudio, 0.35)])
def test_ducking_is_heard_soon_and_is_the_same_sound_at_a_quarter_and_so_is_the_tap(room, make_output, limit):
    asked_at, tapped, half = [], [], RATE // 2
    noise = np.random.default_rng(7).integers(FULL, 8 * FULL, 3 * half).astype(np.int16)
    with room.recorder() as recording, playing(make_output()) as output:
        output.tap(tapped.append)
        write(output, noise[:half])
        for start, on in ((half, True), (2 * half, False)):
            asked_at.append(recording.frames)
            output.duck(on=on)
            write(output, noise[start : start + half])
        write(output, np.zeros(half, np.int16))
        output.close()
        recording.wait_for(half)
    heard = recording.samples
    begin = int(np.flatnonzero(heard)[0])
    heard = heard[begin : begin + len(noise)]
    lowered = np.flatnonzero(heard < noise)
    turns = lowered[0], lowered[-1] + 2 - (FULL - DUCKED)
    late = [(begin + turn - at) / RATE for turn, at in zip(turns, asked_at, strict=True)]
    print(f"from duck() to its sound: {', '.join(f'{1000 * each:.0f}' for each in late)} ms")
    assert 0 < max(late) < limit
    attenuator, expected = Attenuator(), []
    for on, start, end in zip((False, True, False), (0, *turns), (*turns, len(noise)), strict=True):
        attenuator.duck(on=on)
        expected.append(attenuator.apply(noise[start:end].tobytes()))
    assert heard.tobytes() == b"".join(expected), "nothing is missing"
    assert heard.tobytes() in b"".join(tapped)


@pytest.mark.parametrize("make_output", OUTPUTS)
def test_a_sound_server_that_hangs_keeps_only_the_thread_that_opens(room, make_output):
    output = make_output()
    opening = threading.Thread(target=output.start)
    room.signal(signal.SIGSTOP)
    later = subprocess.Popen(["sh", "-c", f"sleep 4; kill -CONT {room._server.pid}"])
    began = time.monotonic()
    opening.start()
    opening.join(0.5)
    assert opening.is_alive()
    assert time.monotonic() - began < 3, "this thread went on"
    later.wait()
    opening.join(20)
    output.close(drain=False)


@pytest.mark.parametrize("make_output", OUTPUTS)
def test_what_is_overlaid_in_silence_is_heard_before_close_returns(room, make_output):
    with room.recorder() as recording, playing(make_output()) as output:
        output.overlay(earcons.load(Sound.REFUSED))
        output.close()
        recording.wait_for(RATE // 2)
    assert [name for _, name in find_sounds(recording.samples, {"refused": earcons.load(Sound.REFUSED)})]
    assert output.delivered == LEAD_IN


@pytest.mark.parametrize("make_output", OUTPUTS)
def test_the_end_is_heard_before_close_returns(room, make_output):
    with room.recorder() as recording, playing(make_output()) as output:
        write(output, tone(RATE // 2))
        output.close()
        recording.wait_for(RATE // 2)
    sounding = np.flatnonzero(recording.samples)
    assert sounding[-1] - sounding[0] >= RATE // 2 - 2
    assert output.delivered == LEAD_IN + RATE // 2


@pytest.mark.parametrize("make_output", OUTPUTS)
def test_a_lost_loudspeaker_stops_the_frames_and_nothing_plays_until_there_is_a_new_one(room, make_output):
    with playing(make_output()) as output:
        room.remove_loudspeaker()
        while output.write(tone(BLOCK)):
            pass
        output.wait(Alarm())  # the sound server takes a moment to tell
        stuck = output.delivered
        output.wait(Alarm())
        assert not output.write(tone(BLOCK))
        assert output.delivered == stuck
    for _ in range(20):
        with pytest.raises(OutputError, match="loudspeaker"):
            make_output().start()
    assert "voicecoach" not in room.run("pactl", "list", "clients"), "no connection is left behind"
    room.add_loudspeaker()
    with room.recorder() as recording, playing(make_output()) as output:
        write(output, tone(RATE))
        output.close()
        recording.wait_for(RATE // 2)
    assert np.count_nonzero(np.abs(recording.samples) > 1000) > 0.85 * RATE
