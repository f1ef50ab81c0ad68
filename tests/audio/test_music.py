"""The endless stream: order, level, taking back, and files that cannot be played."""

import threading
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import soundfile
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.audio import music
from voicecoach.audio.music import OVER, SHORTEST, TARGET, Music, mean_power, open_music
from voicecoach.audio.pcm import FADE
from voicecoach.errors import FileError
from voicecoach.units import RATE

SOFT = 100


class Decoder:
    """Decodes names into numbers: "a" is a run of 1s, "b" of 2s …; "bad" cannot be played."""

    def __init__(self, length=RATE, level=1):
        self.length, self.level, self.broken = length, level, {"bad"}

    def __call__(self, path, *, resampled=True):
        name = path.name
        if name in self.broken:
            raise FileError(f"'{name}' cannot be played.")
        for _ in range(0, self.length, 4800):
            yield np.full(4800, self.level * (1 + "abcdef".index(name)), np.int16)


@pytest.fixture
def play():
    """A patient player of the files of that name."""
    opened, said = [], []

    def make(*names, decode=None, patient=True):
        opened.append(
            Music([Path(name) for name in names], said.append, patient=patient, decode=decode or Decoder())
        )
        return opened[-1]

    make.said = said  # type: ignore[attr-defined]  # so that a test can look
    yield make
    for each in opened:
        each.close()


def runs(samples):
    """The samples without their first fade, as (value, length)."""
    edges = [0, *(np.flatnonzero(np.diff(samples)) + 1), len(samples)]
    return [(int(samples[start]), int(end - start)) for start, end in pairwise(edges)]


def test_files_follow_each_other_and_begin_again_after_a_fade_at_the_start(play):
    source = play("a", "b", "c", decode=Decoder(level=SOFT))
    begin = source.take(FADE)
    assert begin[0] <= 1
    assert (np.diff(begin) >= 0).all()
    heard = [(value // SOFT, length) for value, length in runs(source.take(4 * RATE))]
    assert heard == [(1, RATE - FADE), (2, RATE), (3, RATE), (1, RATE), (2, FADE)]


@given(st.lists(st.integers(0, 9000), max_size=20))
def test_blocks_can_be_cut_anywhere(lengths):
    source = Music((Path("a"), Path("b")), pytest.fail, patient=True, decode=Decoder(length=4800))
    samples = np.concatenate([np.zeros(0, np.int16), *(source.take(length) for length in lengths)])
    source.close()
    total = sum(lengths)
    assert len(samples) == total
    assert (samples[FADE:] == np.resize(np.repeat([1, 2], 4800), total)[FADE:]).all()


def test_what_was_taken_can_be_taken_back_and_fades_in(play):
    source = play("a", "b", decode=Decoder(level=SOFT))
    source.take(RATE + 500)
    source.rewind(1500)
    again = source.take(3000)
    assert again[0] == 0
    assert (again[FADE:1000] == SOFT).all()
    assert (again[1000:] == 2 * SOFT).all()
    assert source.take(1)[0] == 2 * SOFT


def test_taking_back_piece_by_piece_is_the_same(play):
    one, other = play("a", "b", "c"), play("a", "b", "c")
    for source in (one, other):
        for _ in range(60):
            source.take(960)
    one.rewind(20_000)
    for part in (1, 9999, 10_000):
        other.rewind(part)
    assert np.array_equal(one.take(3 * RATE), other.take(3 * RATE))


def test_more_than_is_remembered_cannot_be_taken_back(play):
    source = play("a", "b", "c")
    source.take(3 * RATE)
    source.rewind(10 * RATE)
    source.take(FADE)
    assert runs(source.take(RATE))[0][0] == 3


@pytest.mark.parametrize("name", ["bad", "unheard-of"])
def test_a_file_that_cannot_be_played_or_breaks_the_decoder_is_skipped_and_named_once(play, name):
    source = play("a", name, "b")  # the decoder has no number for the second
    source.take(FADE)
    assert [value for value, _ in runs(source.take(4 * RATE))] == [1, 2, 1, 2, 1]
    (said,) = play.said
    assert said.startswith(f"'{name}' cannot be played")


def test_when_nothing_can_be_played_any_more_there_is_silence_and_a_word_about_it(play):
    decode = Decoder()
    source = play("a", decode=decode)
    source.take(RATE)
    decode.broken.add("a")
    samples = [source.take(RATE) for _ in range(10)][-1]
    assert not samples.any()
    source.close()
    assert play.said == ["'a' cannot be played.", OVER]


def test_a_file_with_next_to_nothing_in_it_is_not_music(play):
    assert SHORTEST <= 4800
    source = play("a", decode=Decoder(length=0))
    assert not source.take(RATE).any()
    source.close()
    assert play.said[0].startswith("'a' cannot be played: it is empty")


def test_loud_tracks_are_turned_down_and_soft_ones_left(play):
    wanted = 32_767 * 10 ** (TARGET / 20)
    for level, heard in ((20_000, wanted), (SOFT, SOFT), (0, 0)):
        samples = play("a", decode=Decoder(level=level)).take(RATE)
        assert samples[FADE:].mean() == pytest.approx(heard, abs=1)


def endless(path, *, resampled=True):
    while True:
        yield np.full(4800, SOFT, np.int16)


def test_only_the_beginning_of_a_very_long_track_is_measured(play):
    assert play("a", decode=endless).take(RATE)[-1] == SOFT


def test_silence_and_soft_passages_do_not_count_as_the_level_of_a_track():
    loud, soft, nothing = (np.full(4800, level, np.int16) for level in (10_000, 300, 0))
    assert mean_power([loud] * 10) == (pytest.approx(10_000 / 32_767), 48_000)
    assert mean_power([nothing] * 90 + [loud] * 10 + [soft] * 90)[0] == pytest.approx(
        10_000 / 32_767, rel=0.01
    )
    assert mean_power([nothing] * 10) == (0, 48_000)
    assert mean_power([]) == (0, 0)


def test_a_session_never_waits_and_music_that_runs_dry_fades(play):
    may_decode = threading.Semaphore(0)

    def slow(name, *, resampled=True):
        if not resampled:
            yield np.full(9600, SOFT, np.int16)
            return
        for _ in range(2):
            may_decode.acquire()
            yield np.full(4800, SOFT, np.int16)
        raise FileError("The disk is gone.")

    source = play("a", decode=slow, patient=False)
    assert not source.take(960).any(), "nothing is there yet"
    heard = [np.zeros(1, np.int16)]
    for _ in range(2):
        may_decode.release()
        with source._changed:
            source._changed.wait_for(lambda: source._held == 4800)
        heard += [source.take(960) for _ in range(8)]
    whole = np.concatenate(heard).astype(int)
    assert np.count_nonzero(whole) > 9000
    assert np.abs(np.diff(whole)).max() < SOFT / 10
    assert not source.take(960).any()


def test_closing_twice_and_while_it_measures_does_nothing_more(play):
    source = play("a", decode=endless)
    source.close()
    source.close()
    assert not source._thread.is_alive()
    assert play.said == []


def test_a_folder_is_opened_from_its_first_good_file(tmp_path):
    for name in ("1.mp3", "2.ogg"):
        (tmp_path / name).write_bytes(b"no music")
    soundfile.write(tmp_path / "3.wav", np.full(RATE, SOFT, np.int16), RATE)
    (tmp_path / "4.mp3").touch()
    said = []
    source = open_music(tmp_path, said.append, patient=True)
    assert (source.take(3 * RATE)[FADE:] == SOFT).all()
    source.close()
    assert [text.split()[0] for text in said] == ["'1.mp3'", "'2.ogg'", "'4.mp3'"]


def test_nothing_to_play_is_an_error_before_the_session(tmp_path):
    (tmp_path / "bad.mp3").write_bytes(b"no music")
    said = []
    with pytest.raises(FileError, match=r"None of the files in .* can be played"):
        open_music(tmp_path, said.append)
    assert len(said) == 1
    with pytest.raises(FileError, match=r"^'bad\.mp3' cannot be played: .* mp3, flac, ogg or wav\."):
        open_music(tmp_path / "bad.mp3", pytest.fail)


def test_what_is_decoded_ahead_is_bounded(play):
    source = play("a", patient=False)
    with source._changed:
        assert source._changed.wait_for(lambda: source._held >= music.AHEAD, timeout=10)
        assert source._held < music.AHEAD + 4800
