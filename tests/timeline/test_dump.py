"""The timeline for other programs."""

from voicecoach.routine.phase import PhaseKind
from voicecoach.timeline.dump import as_json
from voicecoach.timeline.segment import Beat, Play, Role, Score, Segment, SegmentKind, Sound, Speak


def test_events_beats_and_restarts_count_from_the_start_of_the_session():
    rest = Segment(0, SegmentKind.REST, "Rest", 1, 1000, (Play(0, 50, Sound.REST, Role.NAME),))
    beats = (
        Beat(0, 400, PhaseKind.COUNT_IN, 0, 1, "left"),
        Beat(400, 600, PhaseKind.HOLD, 1, 1, "left", "stay"),
    )
    said = Speak(400, 90, "Stay.", Role.PHASE)
    work = Segment(1, SegmentKind.WORK, "Plank", 2, 1000, (said,), beats, restarts=(0, 400))
    assert as_json(Score((rest, work))) == {
        "rate": 48_000,
        "frames": 2000,
        "segments": [
            {"index": 0, "kind": "rest", "title": "Rest", "start": 0, "frames": 1000, "restarts": []},
            {"index": 1, "kind": "work", "title": "Plank", "start": 1000, "frames": 1000}
            | {"restarts": [1000, 1400]},
        ],
        "events": [
            {"frame": 0, "frames": 50, "kind": "sound", "sound": "rest", "role": "name", "segment": 0},
            {"frame": 1400, "frames": 90, "kind": "say", "text": "Stay.", "role": "phase", "segment": 1},
        ],
        "beats": [
            {"frame": 1000, "frames": 400, "kind": "count-in", "phase": ""}
            | {"rep": 0, "reps": 1, "side": "left", "segment": 1},
            {"frame": 1400, "frames": 600, "kind": "hold", "phase": "stay"}
            | {"rep": 1, "reps": 1, "side": "left", "segment": 1},
        ],
    }
