import importlib.util
import sys
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from naming import for_each

from voicecoach.audio import earcons
from voicecoach.audio.pcm import FULL_SCALE
from voicecoach.errors import FileError
from voicecoach.paths import shipped
from voicecoach.timeline.segment import Sound
from voicecoach.units import RATE

SCRIPT = Path(__file__).parents[2] / "scripts" / "make_sounds.py"
SPEECH_PEAK = -3.0
LONGEST_MS = {
    Sound.TICK: 60,
    Sound.PHASE: 90,
    Sound.GO: 250,
    Sound.GET_READY: 450,
    Sound.HALFWAY: 400,
    Sound.REST: 500,
    Sound.END_OF_SET: 600,
    Sound.SESSION_END: 1500,
    Sound.ACCEPTED: 119,
    Sound.REFUSED: 119,
}
ANSWERS = {Sound.ACCEPTED, Sound.REFUSED}


@pytest.mark.skipif(not SCRIPT.exists(), reason="the script is in the repository only")
def test_the_script_makes_the_shipped_files_to_the_byte(tmp_path):
    spec = importlib.util.spec_from_file_location("make_sounds", SCRIPT)
    script = importlib.util.module_from_spec(spec)
    sys.modules["make_sounds"] = script
    spec.loader.exec_module(script)
    script.write_all(tmp_path)
    made = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
    assert made == {file.name: file.read_bytes() for file in shipped("sounds").iterdir()}


def peak(samples):
    """In dBFS."""
    return 20 * np.log10(np.abs(samples.astype(int)).max() / FULL_SCALE)


@for_each(Sound)
def test_a_sound_is_short_soft_at_its_ends_and_heard_by_ageing_ears_below_a_word(sound):
    samples = earcons.load(sound)
    assert len(samples) / RATE * 1000 <= LONGEST_MS[sound]
    assert samples[0]
    assert samples[-1]
    assert max(np.abs(samples[:20]).max(), np.abs(samples[-20:]).max()) < 100, "a click"
    assert peak(samples) > -21
    assert 10 ** (peak(samples) / 20) + 10 ** (SPEECH_PEAK / 20) < 1, "with a word it is too loud"
    power = np.abs(np.fft.rfft(samples)) ** 2
    hertz = np.fft.rfftfreq(len(samples), 1 / RATE)
    assert power[(hertz > 450) & (hertz < 1600)].sum() > 0.7 * power.sum()
    assert power[(hertz > 900) & (hertz < 6000)].sum() > 0.1 * power.sum(), "harmonics"


def test_answers_to_commands_are_softer_than_what_belongs_to_the_session():
    levels = {sound: peak(earcons.load(sound)) for sound in Sound}
    assert max(levels[sound] for sound in ANSWERS) < min(levels[sound] for sound in set(Sound) - ANSWERS) - 3


def test_no_sound_is_like_another():
    for one, other in combinations(Sound, 2):
        a, b = earcons.load(one).astype(float), earcons.load(other).astype(float)
        size = len(a) + len(b)
        overlap = np.fft.irfft(np.fft.rfft(a, size) * np.conj(np.fft.rfft(b, size)), size)
        assert np.abs(overlap).max() < 0.6 * np.sqrt((a @ a) * (b @ b)), f"{one} and {other}"


def test_lengths_are_those_of_the_samples():
    assert earcons.lengths() == {sound: len(earcons.load(sound)) for sound in Sound}


def test_a_loaded_sound_cannot_be_written_to():
    with pytest.raises(ValueError, match="read-only"):
        earcons.load(Sound.TICK)[0] = 0


def test_a_missing_sound_file_says_how_to_get_it_back(monkeypatch, tmp_path):
    monkeypatch.setattr(earcons, "shipped", tmp_path.joinpath)
    with pytest.raises(FileError, match=r"Install voicecoach again"):
        earcons.lengths()
