"""The texts that go with a sound file."""

from voicecoach.render.mp3 import DELAY
from voicecoach.render.sidecars import captions, cue_sheet
from voicecoach.timeline.segment import Role, Score, Segment, SegmentKind, Speak
from voicecoach.units import frames


def segment(index, kind, title, block, *said):
    events = tuple(Speak(frames(at), frames(2.5), text, Role.SAFETY) for at, text in said)
    return Segment(index, kind, title, block, frames=frames(40.3), events=events)


SCORE = Score(
    (
        segment(0, SegmentKind.INTRO, 'The "quick" one', 0, (1, "Quick.")),
        segment(1, SegmentKind.BRIEFING, "Bird dog", 1, (0, "Arms & legs --> apart.")),
        segment(2, SegmentKind.WORK, "Bird dog", 1),
        segment(3, SegmentKind.REST, "Next: Plank", 1, (0, "And rest.")),
        segment(4, SegmentKind.SAY, "A word", 2),
        segment(5, SegmentKind.WORK, "Plank", 3),
        segment(6, SegmentKind.OUTRO, "Quick", 4, (40, "Well done.")),
    )
)


def test_each_sentence_is_a_caption_while_it_is_said():
    assert captions(SCORE) == (
        "WEBVTT\n\n"
        "00:00:01.000 --> 00:00:03.500\nQuick.\n\n"
        "00:00:40.300 --> 00:00:42.800\nArms &amp; legs --&gt; apart.\n\n"
        "00:02:00.900 --> 00:02:03.400\nAnd rest.\n\n"
        "00:04:41.800 --> 00:04:44.300\nWell done.\n"
    )


def test_captions_are_as_late_as_the_sound():
    assert "00:00:01.046 --> 00:00:03.546\nQuick.\n" in captions(SCORE, late=DELAY)


def test_each_exercise_is_a_chapter_with_the_rest_after_it():
    assert cue_sheet(SCORE, 'my "own".wav').splitlines() == [
        "FILE \"my 'own'.wav\" WAVE",
        "  TRACK 01 AUDIO",
        "    TITLE \"The 'quick' one\"",
        "    INDEX 01 00:00:00",
        "  TRACK 02 AUDIO",
        '    TITLE "Bird dog"',
        "    INDEX 01 00:40:22",
        "  TRACK 03 AUDIO",
        '    TITLE "Plank"',
        "    INDEX 01 03:21:37",
        "  TRACK 04 AUDIO",
        '    TITLE "Quick"',
        "    INDEX 01 04:01:60",
    ]


def test_chapters_are_as_late_as_the_sound_and_the_first_is_its_beginning():
    starts = [
        line.split()[2] for line in cue_sheet(SCORE, "own.mp3", late=DELAY).splitlines() if "INDEX" in line
    ]
    assert starts == ["00:00:00", "00:40:25", "03:21:40", "04:01:63"]
