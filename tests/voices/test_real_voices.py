"""Both real engines, through the real worker: what a person would hear."""

import shutil

import numpy as np
import pytest
from fakes.voices import FakeWorker
from naming import naming

from voicecoach.app import prepare
from voicecoach.app.estimates import estimate as estimated
from voicecoach.app.estimates import sound_lengths
from voicecoach.language import phrases
from voicecoach.language.speech_length import DEFAULT_WPM, estimate
from voicecoach.routine.files.library import Library
from voicecoach.routine.profile import Profile
from voicecoach.timeline.compile import compile_step
from voicecoach.timeline.expand import Settings
from voicecoach.timeline.speech_track import Kit
from voicecoach.units import RATE, frames
from voicecoach.voices import loudness
from voicecoach.voices.cache import SpeechCache
from voicecoach.voices.engines import ENGINES
from voicecoach.voices.narrator import Narrator
from voicecoach.voices.worker import WorkerClient

pytestmark = pytest.mark.processes

SENTENCES = (
    "Lie on your back with both knees bent and your feet flat on the floor.",
    "Breathe out as you lift your head and shoulders a little.",
    "Push the heel to the wall behind you, and reach forward with the other hand.",
    "Keep your hips level, as if a cup of tea stood on your back.",
    "Fetch your strap and lie down on your back again.",
    "Twelve repetitions, two sets, with twenty seconds of rest between them.",
    "Squeeze your buttocks and lift your hips until your body makes a straight line.",
    "Well done. That was the last set of the session.",
)
OWN = (
    "Between each pair of vertebrae lies a disc that takes up fluid overnight which is why you are stiff",
    "Relax your shoulders and let go " * 12,
    "one two three four five six seven eight nine ten " * 6,
    "100, 99, 98, 97, 96, 95, 94, 93, 92, 91, 90",
    "Walk 10 km in 45 min, with 20 kg, at 50 % of what you did on 16 May at 16:45.",
    "Breathe in, and out, and in, and out. Now rest, and let the floor carry you. Nothing has to be done.",
    "word " * 90,
)
"""Texts that people may write, and the coach's own are not like."""
SOFT = ("Hold.", "Four.", "Slide.", "Hips.", "Stop.", "Five.", "Fetch.", "Three.")
HARD = ("Two.", "Down.", "Push.", "Up.", "Ready.", "Last one.")
AMPLITUDE = 32767


@pytest.fixture(scope="module", params=[engine.name for engine in ENGINES])
def spoken(request, tmp_path_factory):
    """Engine, folder of its cache, and the clips of every text."""
    (engine,) = (row for row in ENGINES if row.name == request.param)
    if engine.version() is None:
        pytest.skip(f"not installed: {engine.install}")
    folder, notices = tmp_path_factory.mktemp("speech"), []
    with Narrator((engine,), SpeechCache(folder, notices.append), notices.append) as narrator:
        clips = {text: narrator.clip(text) for text in (*SENTENCES, *OWN, *SOFT, *HARD)}
    assert notices == []
    return engine, folder, clips


def test_the_cache_gives_the_same_clips_without_a_worker(spoken):
    engine, folder, clips = spoken
    worker = FakeWorker(engine)
    with Narrator((engine,), SpeechCache(folder, print), print, worker=lambda _: worker) as narrator:
        for text, clip in clips.items():
            assert narrator.measure(text) == clip.frames
            assert np.array_equal(narrator.clip(text).samples, clip.samples)
    assert worker.said == []


def test_a_damaged_entry_is_spoken_again(spoken, tmp_path):
    engine, folder, clips = spoken
    copy = shutil.copytree(folder, tmp_path / "copy")
    for path in copy.iterdir():
        path.write_bytes(path.read_bytes()[:-2])
    notices = []
    with Narrator((engine,), SpeechCache(copy, notices.append), notices.append) as narrator:
        again = narrator.clip("Hold.")
    assert again.engine == engine.name
    assert again.frames == pytest.approx(clips["Hold."].frames, abs=frames(0.02))
    assert notices == []


def test_sound_begins_within_a_millisecond_ends_5_ms_before_the_clip_and_stays_under_the_ceiling(spoken):
    _, _, clips = spoken
    for text, clip in clips.items():
        audible = np.flatnonzero(np.abs(clip.samples) >= loudness.AUDIBLE * AMPLITUDE)
        assert audible[0] <= frames(0.001), text
        assert clip.frames - audible[-1] <= frames(0.005) + 1, text
        peak = loudness.peaks((clip.samples / AMPLITUDE).astype(np.float32)).max()
        assert 20 * np.log10(peak) <= loudness.CEILING_DBTP + 0.05, text


def test_soft_consonants_are_not_cut(spoken):
    """Before the vowel there is a consonant: some 10 ms at least in which the sound is there, and soft."""
    _, _, clips = spoken
    for text in ("Hold.", "Hips.", "Three.", "Five.", "Fetch."):
        samples = clips[text].samples / AMPLITUDE
        vowel = np.flatnonzero(np.abs(samples) >= 0.3 * np.abs(samples).max())[0]
        assert vowel >= frames(0.010), text


def test_words_are_as_long_as_words(spoken):
    _, _, clips = spoken
    for text in (*SOFT, *HARD):
        assert 0.25 < clips[text].frames / RATE < 1.3, text


def test_loudness_is_the_target(spoken):
    _, _, clips = spoken
    levels = {
        text: loudness.loudness((clips[text].samples / AMPLITUDE).astype(np.float32)) for text in SENTENCES
    }
    together = np.concatenate([clips[text].samples for text in SENTENCES]) / AMPLITUDE
    assert loudness.loudness(together.astype(np.float32)) == pytest.approx(loudness.TARGET_LUFS, abs=1)
    assert levels == {text: pytest.approx(loudness.TARGET_LUFS, abs=2) for text in SENTENCES}


def test_the_rate_is_the_one_asked_for(spoken):
    _, _, clips = spoken
    words = sum(len(text.split()) for text in SENTENCES)
    minutes = sum(clips[text].frames for text in SENTENCES) / RATE / 60
    assert words / minutes == pytest.approx(165, rel=0.12)


def test_another_rate_is_spoken_from_its_first_text_on(spoken):
    engine, _, _ = spoken
    worker = WorkerClient(engine)
    try:
        slow, fast, slow_again = (len(worker.render(SENTENCES[0], wpm)) for wpm in (110, 320, 110))
    finally:
        worker.close()
    assert slow > 2 * fast
    assert slow_again == pytest.approx(slow, rel=0.02)


def test_the_estimate_is_near(spoken):
    _, _, clips = spoken
    errors = [abs(estimate(text) / clips[text].frames - 1) for text in SENTENCES]
    assert np.median(errors) < 0.15


def test_the_estimate_is_near_for_long_texts_and_figures_too(spoken):
    _, _, clips = spoken
    for text in OWN:
        assert estimate(text) / clips[text].frames == pytest.approx(1, abs=0.25), text
    together = sum(map(estimate, OWN)) / sum(clips[text].frames for text in OWN)
    assert together == pytest.approx(1, abs=0.1)


def test_the_minutes_of_routines_are_true(spoken, some):
    """What is said in advance, with guessed lengths, beside what the voice takes."""
    engine, folder, _ = spoken
    for name in some(Library.default().routines()):
        steps = prepare.session_for(Profile(), name, Settings(), DEFAULT_WPM).steps
        with Narrator((engine,), SpeechCache(folder, print), print) as narrator:
            kit = Kit(narrator, sound_lengths(), phrases.load())
            real = sum(compile_step(index, step, kit).expected for index, step in enumerate(steps))
        with naming(name):
            assert estimated(steps).expected == pytest.approx(real, rel=0.05)
