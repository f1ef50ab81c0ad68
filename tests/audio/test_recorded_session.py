"""A whole session, put together as `play` does it, recorded in a room: it is the timeline, to the sample."""

import pytest
import room as rooms
from fakes.session import Diary
from hearing import assert_heard, expected

from voicecoach import app
from voicecoach.audio import sounds
from voicecoach.timeline.plan import Settings
from voicecoach.units import RATE

pytestmark = [
    pytest.mark.audio,
    pytest.mark.skipif(bool(rooms.MISSING), reason=f"not installed: {', '.join(rooms.MISSING)}"),
]

LEAD_IN = 2.5
"""Seconds; an idle server stalls for up to two when a stream starts, which is not what is measured here."""


@pytest.fixture(autouse=True)
def _home(monkeypatch, tmp_path):
    monkeypatch.setenv("VOICECOACH_HOME", str(tmp_path))


def lateness(name, **sounding):
    """Play the routine ``name`` in a room; frames late of every event, relative to the first."""
    steps = app.steps_of(app.library().load(name), Settings(lead_in=LEAD_IN))
    diary = Diary()
    with rooms.room() as room, app.Studio(app.Sounding(**sounding), diary.noticed) as studio:
        score = studio.compile(steps)
        with room.recorder() as recording:
            summary = studio.player(steps, diary).run()
            recording.wait_for(RATE)
        samples = recording.samples
        heard = expected(score.events(), sounds.load, lambda text: studio.narrator.clip(text).samples)
    assert summary.finished
    assert summary.frames == score.frames > 2 * 60 * RATE
    return assert_heard(samples, [event for event in heard if len(event.samples)])


@pytest.mark.parametrize(
    ("output", "voice"), [("miniaudio", "natural"), ("miniaudio", "silent"), ("simpleaudio", "pyttsx3")]
)
def test_every_event_of_two_minutes_is_heard_on_its_frame_and_nothing_else(output, voice):
    if output == "simpleaudio":
        pytest.importorskip("simpleaudio")
    late = lateness("quick", output=output, voice=voice)
    assert {abs(frames) for frames in late} <= {0, 1}


@pytest.mark.long
def test_ten_minutes_do_not_drift():
    late = lateness("core", output="miniaudio", voice="natural")
    assert set(late) == {0}
