"""What must hold for every compiled session, whatever routine and voice."""

from itertools import pairwise

from voicecoach.routine.phase import PhaseKind
from voicecoach.timeline.segment import Play, Role, Score, SegmentKind, Sound, Speak
from voicecoach.units import frames


def assert_well_timed(score: Score, measure, numbers=("Three.", "Two.", "One.")) -> None:
    """``measure(text)`` is the length that the voice needs."""
    for segment in score.segments:
        if not segment.frames:  # where one set runs on into the next
            assert not segment.events
            assert segment.kind is not SegmentKind.WORK
            continue
        says = [event for event in segment.events if isinstance(event, Speak)]
        assert_nothing_overlaps_or_is_cut(segment, says, measure)
        assert_it_goes_on_without_a_cut(segment, says)
        if segment.kind is SegmentKind.WORK and not segment.waits:
            assert_countdowns_end_at_zero(segment, says, numbers)
            assert_phase_words_begin_on_their_frame(segment, says)
    assert score.frames == sum(segment.frames for segment in score.segments)


def assert_nothing_overlaps_or_is_cut(segment, says, measure):
    assert list(segment.events) == sorted(segment.events, key=lambda event: event.frame)
    for event in segment.events:
        assert event.frame >= 0
        assert event.end <= segment.frames, f"{event} is cut off by the end of {segment.title}"
    for say in says:
        assert say.frames == measure(say.text), f"{say} is not as long as the voice needs"
    for first, second in pairwise(says):
        assert first.end < second.frame, f"{first} runs into {second}"
    for first, second in pairwise([event for event in segment.events if isinstance(event, Play)]):
        assert first.end <= second.frame, f"{first} runs into {second}"


def assert_it_goes_on_without_a_cut(segment, says):
    """A pause goes on from the start of its rep or what was left of a hold, elsewhere with the word there."""
    for point in (*segment.restarts, *(say.frame for say in says), segment.frames - 1, segment.frames):
        at = segment.resume_at(point)
        back = max((each for each in segment.restarts if each <= point), default=0)
        assert (back if segment.restarts else at) <= at <= point
        assert segment.resume_at(at) == at
        assert not [say for say in says if say.frame < at < say.end]
    cut = [point for point in segment.restarts for say in says if say.frame < point < say.end]
    assert not cut, f"words of {segment.title} are cut at {cut}"


def assert_countdowns_end_at_zero(segment, says, numbers):
    starts = {beat.frame for beat in segment.beats} | {segment.beats[-1].frame + segment.beats[-1].frames}
    marks = {say.frame: say.text for say in says if say.role is Role.COUNT}
    begins = segment.begins if segment.begins < frames(3) else 0  # a rest may be too short for a countdown
    marks = {frame: text for frame, text in marks.items() if frame >= begins}
    countdowns = 0
    for frame, text in marks.items():
        if text == numbers[0] and marks.get(frame + frames(1)) == numbers[1]:
            assert marks.get(frame + frames(2)) == numbers[2]
            assert frame + frames(3) in starts, f"a countdown at {frame} ends at nothing"
            countdowns += 1
    tones = [event for event in segment.events if isinstance(event, Play) and event.role is not Role.PACE]
    ticks = [event.frame for event in tones if event.sound is Sound.TICK and event.frame >= begins]
    assert countdowns or ticks or segment.begins < frames(3), "a set begins without a countdown"
    for first, second, third in zip(ticks[::3], ticks[1::3], ticks[2::3], strict=True):
        assert (second - first, third - second) == (frames(1), frames(1))
        assert third + frames(1) in starts


def assert_phase_words_begin_on_their_frame(segment, says):
    """Each phase of effort has its word, or a cue or tone in its place, exactly on its first frame."""
    words = {say.frame for say in says if say.role is Role.PHASE}
    cues = {say.frame for say in says if say.role in {Role.CUE, Role.BREATH}}
    tones = {event.frame for event in segment.events if isinstance(event, Play)}
    beats = [beat for beat in segment.beats if beat.rep]
    assert words <= {beat.frame for beat in beats}
    for beat in beats:
        if beat.kind is not PhaseKind.RELAX:
            assert beat.frame in words | cues | tones, f"nothing marks {beat}"
