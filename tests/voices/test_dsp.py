import numpy as np
import pytest

from voicecoach.units import RATE, frames
from voicecoach.voices import loudness

CEILING = 10 ** (loudness.CEILING_DBTP / 20)


def sine(hertz, seconds, amplitude=1.0, rate=RATE, phase=0.0):
    return (amplitude * np.sin(2 * np.pi * hertz * np.arange(round(rate * seconds)) / rate + phase)).astype(
        np.float32
    )


def silence(seconds, rate=RATE):
    return np.zeros(round(rate * seconds), np.float32)


def recursive(numerator, denominator, samples):
    (b0, b1, b2), (_, a1, a2) = numerator, denominator
    x1 = x2 = y1 = y2 = 0.0
    out = []
    for x in samples:
        y = b0 * x + b1 * x1 + b2 * x2 - a1 * y1 - a2 * y2
        x1, x2, y1, y2 = x, x1, y, y1
        out.append(y)
    return np.array(out)


class TestLoudness:
    def test_the_reference_of_the_standard(self):
        # BS.1770-4: a 997 Hz sine at 0 dBFS in one front channel reads -3.01
        assert loudness.loudness(sine(997, 5)) == pytest.approx(-3.01, abs=0.01)
        assert loudness.loudness(sine(997, 2, 0.5)) == pytest.approx(-3.01 - 6.02, abs=0.02)

    def test_the_filters_are_those_of_the_standard_applied_one_sample_after_the_other(self):
        expected = np.random.default_rng(1).standard_normal(4000)
        weighted = loudness._k_weighted(expected)
        for numerator, denominator in (loudness._SHELF, loudness._HIGH_PASS):
            expected = recursive(numerator, denominator, expected)
        assert weighted == pytest.approx(expected, abs=1e-4)

    def test_silence_between_sentences_does_not_count(self):
        speech = np.concatenate((sine(997, 4, 0.1), silence(6), sine(997, 4, 0.1)))
        assert loudness.loudness(speech) == pytest.approx(-23.0, abs=0.3)

    def test_a_word_shorter_than_a_block_is_measured_whole(self):
        assert loudness.loudness(sine(997, 0.25)) == pytest.approx(-3.01, abs=0.1)

    def test_silence_and_what_is_no_number_have_none(self):
        for length in (0, 0.1, 3):
            assert loudness.loudness(silence(length)) == -np.inf
            assert loudness.gain_for(silence(length), RATE) is None
        assert loudness.gain_for(np.full(RATE, np.nan, np.float32), RATE) is None


class TestTrim:
    def test_keeps_1_ms_before_the_first_and_5_ms_after_the_last_audible_sample(self):
        samples = np.concatenate((silence(0.3), sine(1000, 0.5, 0.2, phase=1), silence(0.4)))
        clip = loudness.trim(samples)
        audible = np.flatnonzero(np.abs(clip) >= loudness.AUDIBLE)
        assert audible[0] == frames(0.001)
        assert len(clip) - 1 - audible[-1] == frames(0.005)
        assert len(clip) == pytest.approx(frames(0.506), abs=2)

    def test_what_is_audible_is_not_touched(self):
        tone = sine(1000, 0.1, 0.2, phase=1)
        clip = loudness.trim(np.concatenate((silence(0.1), tone, silence(0.1))))
        at = frames(0.001)
        assert np.array_equal(clip[at : at + 4000], tone[:4000])

    def test_what_surrounds_it_is_faded(self):
        floor = np.full(frames(0.1), loudness.AUDIBLE * 0.9, np.float32)
        clip = loudness.trim(np.concatenate((floor, sine(1000, 0.1, 0.2, phase=1), floor)))
        lead, tail = clip[: frames(0.001)], clip[-frames(0.005) :]
        assert lead[0] == 0
        assert np.all(np.diff(lead) > 0)
        assert np.all(np.diff(tail) < 0)
        assert tail[-1] < floor[0] / 100

    def test_sound_at_the_very_ends_is_kept(self):
        tone = sine(1000, 0.1, 0.2, phase=1)
        assert len(loudness.trim(tone)) == len(tone)

    def test_a_long_pause_is_shortened_and_a_short_one_left(self):
        tone = sine(1000, 0.1, 0.2, phase=1)
        for pause, left in ((0.4, 0.4), (1.5, 0.45)):
            clip = loudness.trim(np.concatenate((tone, silence(pause), tone)))
            assert len(clip) == pytest.approx(frames(0.2 + left), abs=20)

    def test_silence_leaves_nothing(self):
        assert len(loudness.trim(silence(1))) == 0
        assert len(loudness.trim(np.full(RATE, loudness.AUDIBLE * 0.99, np.float32))) == 0


class TestLimit:
    def test_what_is_under_the_ceiling_is_not_touched(self):
        samples = sine(440, 0.2, 0.6)
        assert loudness.limit(samples) is samples

    def test_a_peak_is_turned_down_and_the_rest_left(self):
        samples = sine(440, 0.4, 0.5)
        samples[9000:9100] *= 3
        limited = loudness.limit(samples)
        assert loudness.peaks(limited).max() <= CEILING * 1.003
        assert np.array_equal(limited[:8700], samples[:8700])
        assert np.array_equal(limited[9400:], samples[9400:])

    def test_peaks_between_the_samples_are_seen(self):
        between = sine(RATE / 4, 0.1, 1.0, phase=np.pi / 4)  # its samples are all at 0.71
        assert np.abs(between).max() == pytest.approx(0.7071, abs=0.001)
        assert loudness.peaks(between).max() == pytest.approx(1.0, abs=0.03)

    def test_nothing_has_no_peak(self):
        assert not len(loudness.peaks(silence(0)))
        assert len(loudness.limit(silence(0))) == 0


@pytest.mark.parametrize("rate", [8000, 22050, 24000, 44100, 48000])
def test_a_clip_is_levelled_and_at_48_khz_whatever_the_engine_gives(rate):
    raw = sine(997, 1, 0.02, rate)
    gain = loudness.gain_for(raw, rate)
    clip = loudness.finish(raw, rate, gain)
    assert clip.dtype == np.int16
    assert len(clip) == pytest.approx(RATE, abs=frames(0.01))
    level = loudness.loudness((clip / 32767).astype(np.float32))
    assert level == pytest.approx(loudness.TARGET_LUFS, abs=0.1)


def test_a_resampled_sound_stays_where_it_was():
    click = np.zeros(24000, np.float32)
    click[12000] = 1
    assert np.argmax(loudness.resample(click, 24000)) == 24000
