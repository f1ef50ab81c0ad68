"""Control while a session is heard: buttons pressed, keys typed and the screen resized, all recorded."""

import itertools
import json
import math
import random
import shlex
import subprocess
import sys
import time
from pathlib import Path

import bus as desktop
import numpy as np
import pytest
import room as rooms
import soundfile
import tmux
from bus import until
from recordings import INAUDIBLE, Expected, assert_heard, begin, find_sounds

import voicecoach
from voicecoach.app.compose import Sounding, Studio
from voicecoach.audio import earcons
from voicecoach.timeline.segment import Sound
from voicecoach.units import RATE

pytestmark = pytest.mark.audio
LEAD_IN = 2.5
"""Seconds; an idle server stalls for up to two when a stream starts."""
EARCONS = {sound: earcons.load(sound) for sound in Sound}
PROGRAM = f"{sys.executable} -m voicecoach"
OPTIONS = f"mine.yaml --yes --output miniaudio --lead-in {LEAD_IN}"


@pytest.fixture
def place(tmp_path, monkeypatch):
    """A folder to play in, where the program is found."""
    monkeypatch.setenv("VOICECOACH_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("PYTHONPATH", str(Path(voicecoach.__file__).parents[1]))
    monkeypatch.chdir(tmp_path)
    return tmp_path


# Media keys

BUTTONS = """\
name: Buttons
steps:
  - exercise: Heel slide
    rep: slide 1s, back 2s
    reps: 20
  - exercise: Arm circle
    rep: up 1s, down 2s
    reps: 20
"""
MUSIC_PEAK = 150
"""Soft enough that earcons are known with it, and loud enough to tell a session that plays from silence."""
UNEVEN = RATE // 5
"""Frames that a machine that stands still may add; what is exact is tried elsewhere."""
PAUSE = 3.0
"""Seconds; at least one tone would be heard in them."""


def play_with_buttons(place):
    """The recording, its frames when each button was pressed, and what the program printed."""
    pressed = []
    with rooms.room() as room, desktop.bus() as bus, room.recorder() as recording:

        def press(button):
            pressed.append(recording.frames)
            assert bus.playerctl(button) == ""

        def wait_for(*names):
            """Wait until these are the last earcons since a button was pressed, a second apart."""

            def heard():
                found = find_sounds(recording.samples[pressed[-1] :], EARCONS)[-len(names) :]
                steps = [later - earlier for (earlier, _), (later, _) in itertools.pairwise(found)]
                return tuple(name for _, name in found) == names and all(
                    abs(step - RATE) < UNEVEN for step in steps
                )

            until(heard, limit=30)

        command = f"{PROGRAM} play {OPTIONS} --coaching short --voice silent --music tone.wav"
        with subprocess.Popen(
            shlex.split(command), cwd=place, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True
        ) as process:
            until(lambda: bus.playerctl("metadata", "title") == "Buttons")
            recording.wait_for(int((LEAD_IN + 2) * RATE))
            press("next")
            wait_for(Sound.GO, Sound.PHASE)
            wait_for(Sound.PHASE, Sound.PHASE)  # the second rep goes back
            press("play-pause")
            recording.wait_for(int(PAUSE * RATE))
            assert bus.playerctl("status") == "Paused"
            press("play-pause")
            wait_for(Sound.PHASE, Sound.PHASE)
            press("next")
            until(lambda: bus.playerctl("metadata", "title") == "Arm circle")
            recording.wait_for(RATE // 2)
            press("previous")
            until(lambda: bus.playerctl("metadata", "title") == "Heel slide")
            recording.wait_for(RATE // 2)
            press("stop")
            printed = process.communicate(timeout=20)[0]
            assert process.returncode == 3  # it was stopped
        recording.wait_for(RATE // 2)
        return recording.samples, pressed, printed


def check_buttons(recording, pressed, printed):
    found = find_sounds(recording, EARCONS)
    accepted = [frame for frame, name in found if name == Sound.ACCEPTED]
    assert len(accepted) == len(pressed), "every button is answered"
    late = [(answer - press) / RATE for answer, press in zip(accepted, pressed, strict=True)]
    rest = recording.astype(int)
    for frame, name in found:
        rest[frame : frame + len(EARCONS[name])] -= EARCONS[name]
    music = np.abs(rest) > INAUDIBLE

    _, pause, resume, *_ = accepted
    silent = pressed[1] + int(np.flatnonzero(music[pressed[1] : resume])[-1]) + 1
    print(f"from a button to its earcon: {', '.join(f'{1000 * each:.0f}' for each in late)} ms")
    print(f"from play-pause to silence: {1000 * (silent - pressed[1]) / RATE:.0f} ms")
    assert max(late) < 0.5
    assert silent - pressed[1] < RATE // 2
    heard = [name for frame, name in found if pause < frame < resume]
    assert heard == [], "nothing sounds in the pause"

    after = [(frame, name) for frame, name in found if frame > resume][:6]
    assert [name for _, name in after] == [*[Sound.TICK] * 3, *[Sound.PHASE] * 2, Sound.ACCEPTED]
    at = np.array([frame for frame, _ in after[:5]])
    assert np.abs(np.diff(at) - RATE).max() < UNEVEN, "counted in, then the rep from its start: slide, back"
    assert music[at[0] : at[3]].mean() > 0.9, "the music goes on with it"
    assert "Nothing was done this time" in printed, "each exercise was left for the next"


@pytest.mark.skipif(
    bool(rooms.MISSING + desktop.MISSING), reason=f"not installed: {rooms.MISSING + desktop.MISSING}"
)
def test_buttons_pause_and_steer_a_whole_session_as_is_heard(place):
    (place / "mine.yaml").write_text(BUTTONS)
    turns = 2 * np.pi * 440 / RATE * np.arange(90 * RATE)
    soundfile.write(place / "tone.wav", (MUSIC_PEAK * np.sin(turns)).astype(np.int16), RATE)
    rooms.tried(lambda: play_with_buttons(place), check_buttons)


# Fast keys and other sizes

BUSY = """\
name: Busy
steps:
  - exercise: Heel slide
    rep: slide 1s, back 1s
    reps: 2
"""
PATIENT = """\
from voicecoach.audio import miniaudio_output
from voicecoach.cli.main import main

miniaudio_output.PERIOD_MS *= 4
miniaudio_output.HELD *= 4
main()
"""
"""The program with more sound in hand: a key may move none of its samples, while a machine that keeps every
program waiting may move them all. PulseAudio holds one period only."""
SIZES = ((120, 40), (60, 18), (200, 60), (20, 5), (80, 24), (240, 70), (61, 19), (100, 30))
SILENT_KEYS = "zc?jk?vwy?"
"""Keys that change nothing that is heard: in this session nothing waits for "ready"."""
ANSWERED = "56"
"""Music softer, music louder: there is none, so all that is heard of them is the answer."""
PERIOD = 0.1
"""Seconds between two handfuls of keys, each with another size: far more than a person does."""
ANSWERS = 20
ANSWER_EVERY = 0.4
"""Seconds; answers must not overlap to be told apart."""


def play_with_fast_keys(place):
    """The recording, what stood on the screen in the end, and what should be heard."""
    session = announced()
    chance = random.Random(4)
    typed = answered = 0
    with rooms.room() as room, room.recorder() as recording, tmux.window(place) as window:
        window.run(f"{sys.executable} patient.py play {OPTIONS}; echo status $?")
        window.until("LISTEN   Busy")
        answer_at = math.inf
        while window.filled:
            time.sleep(PERIOD)
            window.press("".join(chance.choices(SILENT_KEYS, k=5)))
            window.resize(*chance.choice(SIZES))
            typed += 1
            if answer_at == math.inf and recording.samples.any():
                answer_at = time.monotonic() + 1  # the first sound stays whole: all others are placed by it
            if answered < ANSWERS and time.monotonic() > answer_at:
                window.press(ANSWERED[answered % 2])
                answered += 1
                answer_at = time.monotonic() + ANSWER_EVERY
        window.resize(100, 30)
        screen = window.until(r"status \d")
        recording.wait_for(RATE // 2)
        print(f"{5 * typed} keys that change nothing, {answered} that are answered, {typed} sizes")
        return recording.samples, screen, session


def announced():
    """What 'voicecoach timeline' says will be heard; asked each time, as what was done before counts."""
    command = shlex.split(f"{PROGRAM} timeline mine.yaml --lead-in {LEAD_IN} --json")
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    with Studio(Sounding(), print) as studio:
        return [
            Expected(event["frame"], studio.narrator.clip(event["text"]).samples, event["text"])
            if event["kind"] == "say"
            else Expected(event["frame"], EARCONS[event["sound"]], event["sound"])
            for event in json.loads(told)["events"]
        ]


def check_fast_keys(recording, screen, session):
    assert "Done after" in screen
    assert "status 0" in screen
    assert "lost" not in screen
    recording = recording[: start(recording, session) + max(sound.end for sound in session) + RATE // 10]
    answers = find_sounds(beside(recording, session), {"accepted": EARCONS[Sound.ACCEPTED]})
    assert len(answers) == ANSWERS
    alone = recording.astype(int)
    for frame, _ in answers:
        alone[frame : frame + len(EARCONS[Sound.ACCEPTED])] -= EARCONS[Sound.ACCEPTED]
    assert set(map(abs, assert_heard(alone, session))) <= {0, 1}


def start(recording, session):
    """The frame of the recording at which ``session`` starts; after its end the coach goes on."""
    first = min(session, key=lambda sound: sound.frame)
    return begin(recording, first.samples) - first.frame


def beside(recording, session):
    """What is heard beside ``session``."""
    origin = start(recording, session)
    rest = recording.astype(int)
    for sound in session:
        rest[origin + sound.frame : origin + sound.end] -= sound.samples
    return rest


@pytest.mark.long
@pytest.mark.skipif(
    bool(rooms.MISSING + tmux.MISSING), reason=f"not installed: {rooms.MISSING + tmux.MISSING}"
)
def test_fast_keys_and_other_sizes_leave_every_sample_where_it_was(place):
    (place / "mine.yaml").write_text(BUSY)
    (place / "patient.py").write_text(PATIENT)
    rooms.tried(lambda: play_with_fast_keys(place), check_fast_keys)
