"""What every source of music promises, the fake included."""

from pathlib import Path

import numpy as np
import pytest
from fakes.audio import CountedMusic

from voicecoach.audio.music import Music
from voicecoach.audio.pcm import FADE


def music(request):
    def decode(path, *, resampled=True):
        yield np.arange(1, 30_000).astype(np.int16)

    made = Music([Path("a")], pytest.fail, patient=True, decode=decode)
    request.addfinalizer(made.close)
    return made


@pytest.mark.parametrize("make", [music, lambda _: CountedMusic()])
def test_what_is_taken_back_comes_again_and_nothing_is_left_out(request, make):
    source = make(request)
    before = source.take(10_000)
    source.rewind(4_000)
    again, after = source.take(4_000), source.take(3 * FADE)
    assert [len(each) for each in (before, again, after)] == [10_000, 4_000, 3 * FADE]
    assert np.array_equal(again[FADE:], before[6_000 + FADE :])
    assert after[0] >= again[-1] > again[FADE]
