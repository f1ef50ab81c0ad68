from itertools import pairwise

import numpy as np
import pytest
from fakes.audio import ConstantMusic, CountedMusic, FakeClips
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.audio import earcons, mixer
from voicecoach.audio.mixer import SessionMixer
from voicecoach.audio.pcm import RAMP
from voicecoach.session.levels import Levels
from voicecoach.timeline.segment import Play, Role, Segment, SegmentKind, Sound, Speak

LENGTH = 60_000


def say(frame, text, length=4800):
    return Speak(frame, length, text, Role.CUE)


def play(frame, sound):
    return Play(frame, len(earcons.load(sound)), sound, Role.PHASE)


def segment(*events, index=0, frames=LENGTH):
    return Segment(index, SegmentKind.WORK, "", 0, frames, tuple(events))


def whole(mix, seg):
    mix.load(seg)
    return mix.block(seg, 0, seg.frames)


BUSY = segment(
    say(0, "one"),
    play(0, Sound.TICK),
    play(700, Sound.GET_READY),
    say(4801, "two, longer"),
    play(5000, Sound.PHASE),
    play(5001, Sound.REST),
    say(LENGTH - 4800, "at the end"),
)


def test_an_event_sounds_on_its_frame_unchanged():
    tick = earcons.load(Sound.TICK)
    samples = whole(SessionMixer(FakeClips()), segment(play(1000, Sound.TICK)))
    assert samples.dtype == np.int16
    assert np.array_equal(samples[1000 : 1000 + len(tick)], tick)
    assert np.count_nonzero(samples) == np.count_nonzero(tick)


@given(cuts=st.lists(st.integers(1, LENGTH), max_size=20))
def test_blocks_can_be_cut_anywhere(cuts):
    mix = SessionMixer(FakeClips(), levels=Levels(voice=37, sounds=150, master=90))
    edges = sorted({0, *cuts, LENGTH})
    parts = [mix.block(BUSY, start, end - start) for start, end in pairwise(edges)]
    assert np.array_equal(np.concatenate(parts), whole(mix, BUSY))


def test_outside_the_events_it_is_silent_and_sums_are_clipped_at_full_scale():
    mix = SessionMixer(FakeClips(), levels=Levels(voice=150, master=150))
    assert not mix.block(segment(), 0, 480).any()
    assert mix.block(segment(), 0, 0).shape == (0,)
    assert not mix.block(segment(say(0, "a")), 4800, 960).any()
    assert set(mix.block(segment(say(0, "loud" * 40)), 0, 100)) == {32767}


def test_levels_are_separate_and_hold_from_the_next_block_on():
    mix = SessionMixer(FakeClips(), levels=Levels(voice=50))
    seg = segment(say(0, "abc"), play(0, Sound.TICK))
    tick = earcons.load(Sound.TICK).astype(int)
    assert mix.block(seg, 0, 500).tolist() == (200 + tick[:500]).tolist()
    mix.levels = Levels(voice=0)
    mix.block(segment(), 0, RAMP)
    assert mix.block(seg, 500, 500).tolist() == tick[500:1000].tolist()
    mix.levels = Levels(sounds=0)
    mix.block(segment(), 0, RAMP)
    assert mix.block(seg, 0, 500).tolist() == [400] * 500


@pytest.mark.parametrize("levels", [Levels(muted=True), Levels(master=0)])
def test_one_switch_silences_everything(levels):
    mix = SessionMixer(FakeClips(), levels=levels)
    assert not whole(mix, BUSY).any()
    assert mix.sound(Sound.ACCEPTED).shape == (0,)


def test_a_change_of_level_ramps_however_the_blocks_are_cut():
    seg = segment(say(0, "x" * 99))
    for cut in (1, 100, RAMP - 1, RAMP, 2 * RAMP):
        mix = SessionMixer(FakeClips())
        assert set(mix.block(seg, 0, 100)) == {10_000}
        mix.levels = Levels(master=50)
        blocks = [mix.block(seg, start, min(cut, 3000 - start)) for start in range(100, 3000, cut)]
        ramp = np.concatenate(blocks).astype(int)
        assert np.array_equal(ramp[:RAMP], np.rint(10_000 - 5000 * np.arange(1, RAMP + 1) / RAMP))
        assert set(ramp[RAMP:]) == {5000}


def test_a_change_within_a_ramp_goes_on_from_where_it_is():
    seg = segment(say(0, "x" * 99))
    mix = SessionMixer(FakeClips())
    mix.levels = Levels(muted=True)
    down = mix.block(seg, 0, RAMP // 2)
    mix.levels = Levels()
    up = mix.block(seg, RAMP // 2, 2 * RAMP)
    assert down[-1] == 5000
    assert np.abs(np.diff(np.concatenate((down, up)).astype(int))).max() <= 10_000 / RAMP + 1
    assert up[-1] == 10_000


def test_an_answer_has_the_level_of_the_earcons():
    mix = SessionMixer(FakeClips(), levels=Levels(voice=0, sounds=50))
    assert np.array_equal(mix.sound(Sound.ACCEPTED), np.rint(earcons.load(Sound.ACCEPTED) * 0.5))
    mix.levels = Levels(sounds=0)
    assert not len(mix.sound(Sound.REFUSED))


def test_a_clip_that_would_be_cut_is_an_internal_error():
    with pytest.raises(AssertionError, match="a clip of 4801 frames would be cut"):
        SessionMixer(FakeClips({"long": 4801})).load(segment(say(0, "long")))


def test_a_clip_shorter_than_its_event_is_fine():
    samples = whole(SessionMixer(FakeClips({"short": 100})), segment(say(0, "short")))
    assert np.count_nonzero(samples) == 100


def test_a_segment_is_fetched_once_and_only_the_last_few_are_held():
    clips = FakeClips()
    mix = SessionMixer(clips)
    segments = [segment(say(0, f"{index}"), index=index) for index in range(mixer.KEPT + 1)]
    for seg in segments:
        mix.load(seg)
        mix.block(seg, 0, 960)
        mix.block(seg, 960, 960)
    assert clips.asked == [f"{index}" for index in range(mixer.KEPT + 1)]
    mix.load(segments[1])
    assert clips.asked[-1] == f"{mixer.KEPT}", "still held"
    assert mix.block(segments[0], 0, 960).any()
    assert clips.asked[-1] == "0", "forgotten and fetched again"


def test_equal_segments_made_one_after_the_other_are_not_taken_for_each_other():
    mix = SessionMixer(FakeClips())
    for text in ("a", "bb", "ccc") * 10:
        assert mix.block(segment(say(0, text)), 0, 1).tolist() == [100 * (1 + len(text))]


def with_music(**options):
    mix = SessionMixer(FakeClips(), music=CountedMusic(), **options)
    return mix, mix._bed._source


def test_music_lies_under_the_session_and_goes_on_from_block_to_block():
    mix, _ = with_music()
    seg = segment()
    assert mix.block(seg, 0, 1000).tolist() == list(range(1, 1001))
    assert mix.block(seg, 5000, 1000).tolist() == list(range(1001, 2001))


def test_music_is_lower_under_speech_and_not_under_earcons():
    mix, _ = with_music(levels=Levels(music=100))
    seg = segment(play(0, Sound.TICK), say(30_000, "abc"))
    samples = mix.block(seg, 0, 35_000).astype(int)
    tick = earcons.load(Sound.TICK).astype(int)
    assert np.array_equal(samples[: len(tick)], np.arange(1, len(tick) + 1) + tick)
    assert np.allclose(samples[30_000:32_767] - 400, np.arange(30_001, 32_768) * 10 ** (-15 / 20), atol=1)


def test_music_is_lowered_in_time_for_what_follows_when_that_is_known():
    then = segment(say(0, "abc"), index=1)
    lowered, _ = with_music()
    until = segment(frames=20_000)
    assert lowered.block(until, 0, 20_000, then)[-1] == np.rint(20_000 * 10 ** (-15 / 20))
    unprepared, _ = with_music()
    assert unprepared.block(until, 0, 20_000)[-1] == 20_000


@pytest.mark.parametrize("length", [0, 4800])
def test_music_stays_up_for_words_that_are_not_heard(length):
    mix = SessionMixer(
        FakeClips({"abc": length}), music=CountedMusic(), levels=Levels(voice=0 if length else 100)
    )
    assert mix.block(segment(say(20_000, "abc")), 0, 24_000).tolist() == list(range(1, 24_001))


def test_music_has_a_level_of_its_own():
    mix, _ = with_music(levels=Levels(music=50, master=50))
    assert np.array_equal(mix.block(segment(), 0, 4000), np.rint(np.arange(1, 4001) / 4))
    mix.levels = Levels(music=0)
    mix.block(segment(), 0, RAMP)
    assert not mix.block(segment(), 0, 1000).any()


def test_what_was_dropped_of_the_music_comes_next():
    mix, music = with_music()
    seg = segment()
    mix.block(seg, 0, 5000)
    mix.dropped(1800)
    assert music.at == 3200
    assert mix.block(seg, 3200, 100).tolist() == list(range(3201, 3301))
    SessionMixer(FakeClips()).dropped(1800)


def test_after_a_jump_music_begins_as_low_as_it_has_to_be():
    mix, _ = with_music()
    seg = segment(say(5000, "abc"))
    mix.dropped(0)
    assert mix.block(seg, 5000, 10)[0] == 400 + np.rint(10 ** (-15 / 20))


@pytest.mark.parametrize("cut", [7777, 200_000])
def test_music_fades_away_at_the_end_of_the_session(cut):
    mix = SessionMixer(FakeClips(), music=ConstantMusic())
    seg = Segment(9, SegmentKind.OUTRO, "", 0, 5 * 48_000, ())
    samples = np.concatenate(
        [mix.block(seg, start, min(cut, seg.frames - start)) for start in range(0, seg.frames, cut)]
    ).astype(int)
    assert set(samples[: 3 * 48_000]) == {10_000}
    assert (np.diff(samples[3 * 48_000 :]) <= 0).all()
    assert samples[-1] == 0


def test_a_session_whose_end_is_shorter_than_the_fade_fades_faster():
    mix = SessionMixer(FakeClips(), music=ConstantMusic())
    samples = whole(mix, Segment(9, SegmentKind.OUTRO, "", 0, 4800, ()))
    assert samples[0] > 9_990
    assert samples[-1] == 0
