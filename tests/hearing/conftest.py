"""A voice that speaks to the ear and to the recogniser."""

import numpy as np
import pytest

from voicecoach.hearing.sound import RATE


@pytest.fixture(scope="package")
def say():
    """The natural voice, as a microphone hears it, with a little silence around."""
    hibari = pytest.importorskip("hibari").Hibari(threads=1)
    soxr = pytest.importorskip("soxr")

    def said(text):
        spoken = soxr.resample(np.asarray(hibari(text, seed=0), np.float32), hibari.sample_rate, RATE)
        return np.concatenate([np.zeros(3200, np.float32), spoken * 0.3, np.zeros(6400, np.float32)])

    return said
